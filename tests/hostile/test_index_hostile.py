"""Indexes that are not what was written: planted pickles, torn files, flipped bytes."""

from __future__ import annotations

import gc
import hashlib
import io
import json
import os
import pickle  # noqa: TID251 -- to plant what must not run
import random
import struct
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.index_corpus import build

from kashaf.errors import IndexDamaged
from kashaf_index import opening, unpickle
from kashaf_index.model import Query
from kashaf_index.opening import MANIFEST, POINTER, FileEntry, current_generation, read_manifest, sha256_of
from kashaf_index.search import Searcher

# Whoosh leaves files open when it fails over their content.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning")

_QUERIES = ("وزير", '"وزير الاقتصاد"', "زيت*", "outlet:الميزان", "date:2025-11", "-قسد", "*")


@pytest.fixture(autouse=True)
def _collect_open_files() -> Iterator[None]:
    yield
    gc.collect()


class Payload:
    """Makes a folder when it is unpickled."""

    def __init__(self, marker: Path) -> None:
        self.marker = marker

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.marker),)


def sign(index_dir: Path) -> None:
    """Write manifest and pointer anew, as whoever can write the files could."""
    manifest = read_manifest(index_dir)
    folder = index_dir / manifest.generation
    files = tuple(
        FileEntry(path.name, path.stat().st_size, sha256_of(path))
        for path in sorted(folder.iterdir())
        if path.name != MANIFEST
    )
    data = replace(manifest, files=files).to_bytes()
    (folder / MANIFEST).write_bytes(data)
    pointer = {"generation": manifest.generation, "manifest_sha256": hashlib.sha256(data).hexdigest()}
    (index_dir / POINTER).write_text(json.dumps(pointer))


def answers(index_dir: Path) -> object:
    with Searcher.open(index_dir) as searcher:
        found = [replace(searcher.search(Query(text)), seconds=0) for text in _QUERIES]
        return found, sorted(searcher.ids()), searcher.outlets(), searcher.revisions()


def plant_in_toc(folder: Path, payload: bytes) -> None:
    (toc,) = folder.glob("*.toc")
    data = toc.read_bytes()
    # The segment list is the last pickle of the file, behind two ints.
    start = data.rindex(b"\x80\x04" if data.count(b"\x80\x04") else b"\x80\x05")
    toc.write_bytes(data[:start] + payload)


def plant_in_segment(folder: Path, payload: bytes) -> None:
    (segment,) = folder.glob("*.seg")
    data = segment.read_bytes()
    offset, _ = struct.unpack_from("!qi", data)
    segment.write_bytes(data[:offset] + payload + payload)


@pytest.mark.parametrize("plant", [plant_in_toc, plant_in_segment])
def test_a_planted_pickle_does_not_run(tmp_path: Path, plant: Callable[[Path, bytes], None]) -> None:
    index_dir = build(tmp_path / "index")
    marker = tmp_path / "ran"
    payload = pickle.dumps(Payload(marker))
    plant(current_generation(index_dir), payload)
    sign(index_dir)
    with pytest.raises(IndexDamaged) as caught:
        answers(index_dir)
    assert "UnpicklingError" in str(caught.value)
    assert "posix.mkdir" in str(caught.value) or "nt.mkdir" in str(caught.value)
    assert not marker.exists()
    # The payload is a working one.
    pickle.loads(payload)
    assert marker.exists()


def test_a_planted_old_table_of_contents_is_refused(tmp_path: Path) -> None:
    index_dir = build(tmp_path / "index")
    (toc,) = current_generation(index_dir).glob("*.toc")
    data = bytearray(toc.read_bytes())
    # Version -110 has a reader of its own in Whoosh, which resolves any name.
    position = data.index(struct.pack("!i", -12345)) + 4
    data[position : position + 4] = struct.pack("!i", -110)
    toc.write_bytes(data)
    sign(index_dir)
    with pytest.raises(IndexDamaged):
        answers(index_dir)


@pytest.mark.parametrize(
    "name", ["os.system", "builtins.eval", "builtins.getattr", "pathlib.Path", "whoosh.fields.ID"]
)
def test_the_reader_knows_no_other_names(name: str) -> None:
    module, _, attribute = name.rpartition(".")
    data = f"c{module}\n{attribute}\n.".encode()
    with pytest.raises(unpickle.UnpicklingError, match="no place in an index"):
        unpickle.loads(data)
    with pytest.raises(unpickle.UnpicklingError, match="no place in an index"):
        unpickle.load(io.BytesIO(data))
    with pytest.raises(unpickle.UnpicklingError):
        unpickle.loads(b"Psomething\n.")


def test_plain_values_are_read() -> None:
    value = {"a": (1, 2.5, None, b"x", "ن"), "b": [{1, 2}, True]}
    assert unpickle.loads(pickle.dumps(value, 4)) == value


def test_no_whoosh_module_keeps_a_way_to_unpickle(tmp_path: Path) -> None:
    answers(build(tmp_path))
    unguarded: list[Any] = [pickle, pickle.load, pickle.loads, pickle.Unpickler]
    kept = {
        f"{name}.{attribute}"
        for name, module in list(sys.modules.items())
        if name.startswith("whoosh")
        for attribute, value in vars(module).items()
        if any(value is one for one in unguarded)
    }
    # Its one user is the reader of old tables of contents, which is out of use (see above).
    assert kept <= {"whoosh.util.loading.pickle"}


@pytest.mark.parametrize("hashed", [True, False])
def test_torn_and_flipped_files_give_the_right_answer_or_say_so(
    tmp_path: Path, hashed: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    index_dir = build(tmp_path / "index")
    right = answers(index_dir)
    if not hashed:
        # What guards a large index at opening: sizes, and Whoosh's own stumbling.
        monkeypatch.setattr(opening, "HASH_LIMIT", 0)
    chance = random.Random(20251110)
    reported = 0
    for path in sorted(path for path in index_dir.rglob("*") if path.is_file() and path.stat().st_size):
        whole = path.read_bytes()
        cuts = {0, 1, len(whole) // 2, len(whole) - 1}
        damaged = [whole[:cut] for cut in sorted(cuts)] + [whole + b"\0"]
        for _ in range(20):
            flipped = bytearray(whole)
            flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
            damaged.append(bytes(flipped))
        for data in damaged:
            path.write_bytes(data)
            try:
                given = answers(index_dir)
            except IndexDamaged:
                reported += 1
                continue
            # Without hashes a flip inside a value cannot be told; it must not do more than that.
            assert given == right or (not hashed and len(data) == len(whole))
        path.write_bytes(whole)
    assert reported >= 60
    assert answers(index_dir) == right


def test_segments_cannot_name_files_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    index_dir = build(tmp_path / "index")
    monkeypatch.setattr("whoosh.codec.whoosh3.W3Segment.segment_id", lambda self: "../MAIN_x")
    from whoosh.index import TOC

    read = TOC.read

    def with_another_name(*args: Any, **kwargs: Any) -> Any:
        toc = read(*args, **kwargs)
        for segment in toc.segments:
            segment.segid = "../../elsewhere"
        return toc

    monkeypatch.setattr(TOC, "read", with_another_name)
    with pytest.raises(IndexDamaged, match="name"):
        Searcher.open(index_dir)


def test_links_out_of_the_generation_are_refused(tmp_path: Path) -> None:
    index_dir = build(tmp_path / "index")
    (segment,) = current_generation(index_dir).glob("*.seg")
    elsewhere = tmp_path / "elsewhere"
    segment.rename(elsewhere)
    segment.symlink_to(elsewhere)
    with pytest.raises(IndexDamaged):
        Searcher.open(index_dir)
