"""Indexes that are not what was written: torn files, flipped bytes, other files, signed lies.

The right answer or IndexDamaged, never silence, never another error. Pickles are planted in test_index_pickles.py.
"""

from __future__ import annotations

import json
import os
import random
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.forging_support import (
    answered,
    answers,
    build_in_parts,
    change_json,
    commit,
    is_right,
    says_what_to_do,
    sign_files,
    sign_manifest,
)
from tests.index_corpus import ARTICLES

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf_index.generations.manifest import MANIFEST, POINTER
from kashaf_index.opening import current_generation, read_manifest, verify

_ROUNDS = 200 if os.environ.get("KASHAF_CRASH") == "all" else 25


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_in_parts(tmp_path_factory.mktemp("template") / "index")


@pytest.fixture(scope="module")
def right(template: Path) -> object:
    return answers(template)


@pytest.fixture
def index_dir(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "فهرس الصحف")


def files_of(index_dir: Path) -> list[Path]:
    """The files that matter: all but the lock."""
    return sorted(path for path in index_dir.rglob("*") if path.is_file() and path.stat().st_size)


def test_the_index_has_a_file_of_each_kind(index_dir: Path, right: object) -> None:
    assert {path.suffix for path in files_of(index_dir)} == {".json", ".seg", ".del"}
    assert is_right(index_dir, right)
    assert len(read_manifest(index_dir).segments) == 2


def test_torn_files_are_told(index_dir: Path, right: object) -> None:
    for path in files_of(index_dir):
        whole = path.read_bytes()
        cuts = {0, 1, 32, len(whole) // 3, len(whole) // 2, len(whole) - 56, len(whole) - 1}
        torn = [whole[: max(cut, 0)] for cut in cuts] + [bytes(len(whole)), whole + b"\0", whole + whole]
        for data in torn:
            path.write_bytes(data)
            # Space around the pointer's JSON says nothing.
            assert not is_right(index_dir, right) or data.strip() == whole.strip()
        path.write_bytes(whole)
    assert is_right(index_dir, right)


def test_flipped_bytes_are_told_or_change_nothing(index_dir: Path, right: object) -> None:
    chance = random.Random(20251110)
    told = 0
    for path in files_of(index_dir):
        whole = path.read_bytes()
        for _ in range(_ROUNDS):
            flipped = bytearray(whole)
            flipped[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
            path.write_bytes(flipped)
            told += not is_right(index_dir, right)
            if path.name != POINTER:
                # What no search touched, a check of all of it does.
                with pytest.raises(IndexDamaged) as caught:
                    verify(index_dir)
                says_what_to_do(caught.value, index_dir)
        path.write_bytes(whole)
    assert told >= _ROUNDS * 2
    assert is_right(index_dir, right)


def test_files_that_are_gone_or_something_else_are_told(
    index_dir: Path, right: object, tmp_path: Path
) -> None:
    for path in files_of(index_dir):
        if path.name == POINTER:
            continue
        aside = tmp_path / "aside"
        path.rename(aside)
        assert not is_right(index_dir, right)
        path.mkdir()
        assert not is_right(index_dir, right)
        path.rmdir()
        path.symlink_to(aside)
        assert is_right(index_dir, right) is (path.name == MANIFEST)
        path.unlink()
        os.mkfifo(path)
        assert not is_right(index_dir, right)
        path.unlink()
        aside.rename(path)
    for name in ("more.seg", "g9n9-1.del", "MAIN_1.toc", ".hidden", "folder"):
        extra = current_generation(index_dir) / name
        extra.mkdir()
        assert not is_right(index_dir, right)
        extra.rmdir()
    assert is_right(index_dir, right)


def test_files_in_one_anothers_place_are_told(index_dir: Path, right: object) -> None:
    folder = current_generation(index_dir)
    names = [file.name for file in read_manifest(index_dir).files]
    for one in names:
        for other in names:
            if one != other:
                whole = (folder / one).read_bytes()
                shutil.copy(folder / other, folder / one)
                assert not is_right(index_dir, right)
                # Signed, a segment is one wherever it came from; anything else is none.
                sign_files(index_dir)
                assert answered(index_dir) <= (one.endswith(".seg") and other.endswith(".seg"))
                (folder / one).write_bytes(whole)
                sign_files(index_dir)
    assert is_right(index_dir, right)


def test_the_files_of_an_earlier_generation_are_told(index_dir: Path, right: object) -> None:
    before = shutil.copytree(index_dir, index_dir.with_name("before"))
    commit(index_dir, [ARTICLES[0]])
    now = answers(index_dir)
    assert now != right
    folder = current_generation(index_dir)
    for name in ("g2n0.seg", MANIFEST):
        assert (folder / name).exists()
        whole = (folder / name).read_bytes()
        shutil.copy(current_generation(before) / name, folder / name)
        assert is_right(index_dir, now) is (name == "g2n0.seg")
        (folder / name).write_bytes(whole)
    # The pointer alone: the generation before is whole, and is what was asked for.
    shutil.copy(before / POINTER, index_dir / POINTER)
    assert is_right(index_dir, right)
    shutil.rmtree(current_generation(index_dir))
    assert not is_right(index_dir, now)


_POINTERS = (
    b"",
    b"\0" * 100,
    b"null",
    b"[]",
    b"{}",
    b'{"generation": "gen-000002"}',
    b'{"generation": ["gen-000002"], "manifest_sha256": {}}',
    b'{"generation": "../gen-000002", "manifest_sha256": ""}',
    b'{"generation": "gen-000002/../gen-000002", "manifest_sha256": ""}',
    b'{"generation": "gen-000099", "manifest_sha256": ""}',
    b'{"generation": "/", "manifest_sha256": ""}',
    b'{"generation": "gen-000002\\u0000", "manifest_sha256": ""}',
    b"[" * 100_000,
    b'{"generation":' * 100_000,
    b" " * (17 << 20),
    b"\xff\xfe{\0}\0",
    b"1" * 5_000,
    b"\x80\x04}.",
)


@pytest.mark.parametrize("data", _POINTERS, ids=range(len(_POINTERS)))
def test_a_pointer_of_garbage_is_told(index_dir: Path, right: object, data: bytes) -> None:
    (index_dir / POINTER).write_bytes(data)
    assert not is_right(index_dir, right)
    # As a manifest it is no better, signed or not.
    fresh = index_dir.with_name("fresh")
    shutil.copytree(index_dir, fresh)
    (fresh / POINTER).write_text('{"generation": "gen-000002", "manifest_sha256": ""}')
    (fresh / "gen-000002" / MANIFEST).write_bytes(data)
    assert not is_right(fresh, right)
    sign_manifest(fresh)
    assert not is_right(fresh, right)


def test_without_a_pointer_there_is_no_index(index_dir: Path) -> None:
    (index_dir / POINTER).unlink()
    with pytest.raises(IndexMissing):
        answers(index_dir)


def test_a_pointer_that_is_no_file_is_told(index_dir: Path, right: object) -> None:
    pointer = index_dir / POINTER
    pointer.unlink()
    pointer.mkdir()
    assert not is_right(index_dir, right)
    pointer.rmdir()
    os.mkfifo(pointer)
    assert not is_right(index_dir, right)


def _leaves(value: Any, above: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value inside of one."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield (*above, key)
        yield from _leaves(inner, (*above, key))


_LIES: tuple[Any, ...] = (
    None, True, -1, 0, 1, 10**30, 0.5, "", "../x", "g1n0.seg", "a/../b.seg", [], {}, [[]], "\ud800",
)  # fmt: skip


def test_any_lie_in_a_signed_manifest_is_told(index_dir: Path, right: object) -> None:
    path = current_generation(index_dir) / MANIFEST
    whole = path.read_bytes()
    told = tried = 0
    for way in _leaves(json.loads(whole)):
        for lie in _LIES:
            path.write_bytes(whole)

            def tell(value: Any, way: tuple[Any, ...] = way, lie: Any = lie) -> None:
                for key in way[:-1]:
                    value = value[key]
                value[way[-1]] = lie

            change_json(path, tell)
            sign_manifest(index_dir)
            tried += 1
            # When it was made may be said to be any time.
            told += not is_right(index_dir, right) or way == ("created",)
    assert tried > 200
    # The hashes of files are compared on demand.
    assert tried - told <= sum(way[-1] == "sha256" for way in _leaves(json.loads(whole))) * len(_LIES)
    path.write_bytes(whole)
    sign_manifest(index_dir)
    assert is_right(index_dir, right)


def test_a_segment_cannot_be_listed_twice_or_out_of_order(index_dir: Path, right: object) -> None:
    path = current_generation(index_dir) / MANIFEST
    whole = path.read_bytes()
    changes: list[Callable[[Any], object]] = [
        lambda value: value["segments"].append(value["segments"][0]),
        lambda value: value["segments"].pop(),
        lambda value: value["files"].pop(),
        lambda value: value["files"].append(value["files"][0]),
        lambda value: value["segments"][1].update(deletions=value["segments"][0]["deletions"]),
    ]
    for change in changes:
        change_json(path, change)
        sign_manifest(index_dir)
        assert not is_right(index_dir, right)
        path.write_bytes(whole)
    sign_manifest(index_dir)
    assert is_right(index_dir, right)


@pytest.mark.parametrize("version", [0, 1, 3, 10**40, "2", None, 2.0, True])
def test_a_manifest_of_another_version_is_told(index_dir: Path, right: object, version: object) -> None:
    path = current_generation(index_dir) / MANIFEST
    change_json(path, lambda value: value.update(format=version))
    sign_manifest(index_dir)
    assert is_right(index_dir, right) is (version == 2)


def test_an_index_of_another_analysis_is_told(index_dir: Path, right: object) -> None:
    change_json(current_generation(index_dir) / MANIFEST, lambda value: value.update(fingerprint="4-0"))
    sign_manifest(index_dir)
    assert not is_right(index_dir, right)
