"""The pointer and the manifest: what is read of them is believed only so far."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf_index.generations import deletions
from kashaf_index.generations.manifest import (
    FileEntry,
    Manifest,
    SegmentEntry,
    name_of,
    number_of,
    pointer_to,
    read_manifest,
)

SHA = "0" * 64
GOOD = Manifest(
    generation="gen-000007",
    created="2025-11-22T12:00:00+00:00",
    articles=12,
    fingerprint="4-x",
    files=(FileEntry("g1n0.seg", 10, SHA), FileEntry("g1n0-7.del", 3, SHA), FileEntry("g7m0.seg", 5, SHA)),
    segments=(SegmentEntry("g1n0.seg", "g1n0-7.del", 12, 4), SegmentEntry("g7m0.seg", "", 4, 0)),
)


def put(index_dir: Path, data: bytes, generation: str = "gen-000007") -> None:
    folder = index_dir / "gen-000007"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_bytes(data)
    pointer = {"generation": generation, "manifest_sha256": hashlib.sha256(data).hexdigest()}
    (index_dir / "current.json").write_text(json.dumps(pointer))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    put(tmp_path, GOOD.to_bytes())
    assert (tmp_path / "current.json").read_text() + "\n" == pointer_to(GOOD)
    assert read_manifest(tmp_path) == GOOD


def test_without_a_pointer_there_is_no_index(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match="no index yet"):
        read_manifest(tmp_path)


def change(*path: str | int, to: object) -> Callable[[dict[str, Any]], None]:
    def apply(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        value[path[-1]] = to

    return apply


def drop(*path: str | int) -> Callable[[dict[str, Any]], None]:
    def apply(value: Any) -> None:
        for step in path[:-1]:
            value = value[step]
        del value[path[-1]]

    return apply


@pytest.mark.parametrize(
    "spoil",
    [
        change("generation", to="gen-000008"),
        change("articles", to=13),
        change("articles", to=-1),
        change("articles", to=True),
        change("articles", to="12"),
        change("files", 0, "name", to="../g1n0.seg"),
        change("files", 0, "size", to=1.5),
        change("files", 0, "sha256", to="0" * 63),
        change("segments", 0, "file", to="../../etc/passwd"),
        change("segments", 0, "file", to="g7m0.seg"),
        change("segments", 0, "deletions", to=""),
        change("segments", 0, "deletions", to="manifest.json"),
        change("segments", 0, "deleted", to=13),
        change("segments", 0, "documents", to=1 << 40),
        change("segments", to={}),
        change("segments", to=[1]),
        drop("segments", 1),
        drop("files", 1),
        drop("files"),
        drop("format"),
        drop("segments", 0, "deleted"),
    ],
)
def test_a_manifest_that_names_what_it_should_not(
    tmp_path: Path, spoil: Callable[[dict[str, Any]], None]
) -> None:
    value = json.loads(GOOD.to_bytes())
    spoil(value)
    put(tmp_path, json.dumps(value).encode())
    with pytest.raises(IndexDamaged, match="manifest") as caught:
        read_manifest(tmp_path)
    assert "--rebuild" in caught.value.cure


@pytest.mark.parametrize(
    "data",
    [b"", b"{", b"[]", b"null", b"\xff", b"[" * 100_000, b" " * (17 << 20)],
    ids=["nothing", "half", "a list", "null", "no text", "deep", "long"],
)
def test_a_manifest_that_is_none(tmp_path: Path, data: bytes) -> None:
    put(tmp_path, data)
    with pytest.raises(IndexDamaged, match=r"manifest\.json"):
        read_manifest(tmp_path)


@pytest.mark.parametrize(
    ("version", "words"), [(1, "built by an earlier version"), (3, "of another version")]
)
def test_an_index_of_another_version_is_told_from_a_damaged_one(
    tmp_path: Path, version: int, words: str
) -> None:
    # What the version before wrote: files of Whoosh's, and no segments.
    files = [{"name": name, "size": 1, "sha256": SHA} for name in ("_MAIN_1.toc", "MAIN_0.seg")]
    value = {"format": version, "generation": "gen-000007", "created": "", "articles": 2, "files": files}
    put(tmp_path, json.dumps(value).encode())
    with pytest.raises(IndexDamaged, match=words) as caught:
        read_manifest(tmp_path)
    assert "kashaf index" in caught.value.cure
    assert "--rebuild" not in caught.value.cure


def test_a_manifest_of_other_bytes_than_the_pointer_says(tmp_path: Path) -> None:
    put(tmp_path, GOOD.to_bytes())
    (tmp_path / "gen-000007" / "manifest.json").write_bytes(GOOD.to_bytes() + b" ")
    with pytest.raises(IndexDamaged, match="not the one that was written"):
        read_manifest(tmp_path)


def test_names_of_generations() -> None:
    assert name_of(7) == "gen-000007"
    assert [number_of(name) for name in ("gen-000007", "gen-1234567", "gen-7", "gen-000007.part", "x")] == [
        7, 1234567, None, None, None,
    ]  # fmt: skip


@pytest.mark.parametrize("name", ["current.json", "gen-000007/manifest.json"])
def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path: Path, name: str) -> None:
    put(tmp_path, GOOD.to_bytes())
    (tmp_path / name).unlink()
    os.mkfifo(tmp_path / name)
    with pytest.raises(IndexDamaged, match=re.escape(name)):
        read_manifest(tmp_path)


# Deletions


@pytest.mark.parametrize("documents", [1, 7, 8, 9, 70_000])
def test_deletions_are_read_as_they_were_written(tmp_path: Path, documents: int) -> None:
    mask = np.random.default_rng(documents).random(documents) < 0.3
    path = tmp_path / "g1n0-2.del"
    written = deletions.write(path, mask)
    assert (written.size, written.sha256) == (
        path.stat().st_size,
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )
    deleted = int(mask.sum())
    read = deletions.read(path, documents=documents, deleted=deleted)
    assert np.array_equal(read, mask)
    assert not read.flags.writeable
    for wrong in ((documents + 1, deleted), (documents, deleted + 1)):
        with pytest.raises(IndexDamaged, match="deleted"):
            deletions.read(path, documents=wrong[0], deleted=wrong[1])
