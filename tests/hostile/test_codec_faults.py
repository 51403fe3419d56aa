"""Containers on disks that fail, fill up or go away, and containers made to harm: the right answer or the error."""

from __future__ import annotations

import errno
import itertools
import os
import pickle  # noqa: TID251 -- to plant what must not run
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.codec_support import arrays, content, is_right, may_be_told, names_the_file, open_files, write
from tests.forging_support import Payload
from tests.notes_support import Counter

from kashaf.errors import DiskTrouble, IndexDamaged
from kashaf.storage import syscalls
from kashaf_index.codec import blocks, layout, writing
from kashaf_index.codec.container import Container, ContainerWriter


@pytest.fixture
def path(tmp_path: Path) -> Path:
    folder = tmp_path / "فهرس الصحف"
    folder.mkdir()
    path = folder / "a1.seg"
    write(path, arrays())
    return path


def _around(length: int) -> list[int]:
    """Places in a file: the ends, the borders of blocks, and every so often in between."""
    borders = {at + by for at in range(0, length, layout.BLOCK) for by in (-1, 0, 1)}
    ends = set(range(64)) | set(range(length - 100, length))
    return sorted(place for place in borders | ends | set(range(0, length, 97)) if 0 <= place < length)


def test_every_cut_is_told(path: Path) -> None:
    whole = path.read_bytes()
    for length in _around(len(whole)):
        path.write_bytes(whole[:length])
        assert not is_right(path)
    path.write_bytes(whole)
    assert is_right(path)


def test_every_flip_is_told(path: Path) -> None:
    whole = path.read_bytes()
    for place in _around(len(whole)):
        flipped = bytearray(whole)
        flipped[place] ^= 1 << place % 8
        path.write_bytes(flipped)
        assert not is_right(path)
        with may_be_told(path), Container.open(path) as container:
            container.verify()
            raise AssertionError("a flip that nobody noticed")


def test_zeros_in_place_of_blocks_are_told(path: Path) -> None:
    whole = path.read_bytes()
    # What a file system leaves of data that never reached the disk.
    for start in range(0, len(whole), 4_096):
        path.write_bytes(whole[:start] + bytes(4_096) + whole[start + 4_096 :])
        assert not is_right(path)


def _asked(container: Container) -> Iterator[tuple[Callable[[], Any], bytes]]:
    for name, array in arrays().items():
        stored = container.array(name)
        for start in range(0, len(array), 2_000):
            end = min(start + 3_000, len(array))
            yield partial(stored.slice, start, end), array[start:end].tobytes()
        indices = np.arange(0, len(array), 50)
        yield partial(stored.take, indices), array[indices].tobytes()
        yield partial(stored.gather, indices, np.ones(len(indices), np.int64)), array[indices].tobytes()


@pytest.mark.parametrize("warm", [False, True])
def test_a_file_cut_short_while_it_is_open(path: Path, warm: bool) -> None:
    whole = path.read_bytes()
    told = 0
    for length in (0, 1, 5_000, layout.BLOCK, 20_000, len(whole) - 1):
        path.write_bytes(whole)
        with Container.open(path) as container:
            if warm:
                seen = [ask() for ask, _ in _asked(container)]
            os.truncate(path, length)
            for number, (ask, expected) in enumerate(_asked(container)):
                try:
                    assert ask().tobytes() == expected
                except IndexDamaged as error:
                    names_the_file(error, path)
                    told += "size" in error.what
                if warm:
                    assert seen[number].tobytes() == expected
            if length < len(whole) // 2:
                with pytest.raises(IndexDamaged, match="size"):
                    container.verify()
    assert (told == 0) is warm


@pytest.mark.parametrize("change", ["unlink", "replace", "replace folder"])
def test_a_file_that_goes_away_while_it_is_open_is_read_on(path: Path, change: str) -> None:
    with Container.open(path) as container:
        if change == "unlink":
            path.unlink()
        elif change == "replace":
            other = path.with_name("other")
            write(other, {"text.0.docs": np.zeros(15_000, np.uint16)})
            other.replace(path)
        else:
            path.parent.rename(path.parent.with_name("elsewhere"))
        for ask, expected in _asked(container):
            assert ask().tobytes() == expected
        container.verify()


def test_a_file_overwritten_while_it_is_open_is_told(path: Path) -> None:
    told = 0
    with Container.open(path) as container:
        seen = container.array("text.0.docs").slice(0, 7_000)
        with path.open("r+b") as file:
            file.write(b"\x80\x04" * (path.stat().st_size // 2))
        for ask, expected in _asked(container):
            try:
                assert ask().tobytes() == expected
            except IndexDamaged as error:
                names_the_file(error, path)
                told += 1
        # What was read before is not read again, with its neighbours neither.
        assert seen.tobytes() == arrays()["text.0.docs"][:7_000].tobytes()
        container.trim(0)
        with pytest.raises(IndexDamaged, match="content"):
            container.array("text.0.docs").slice(0, 10)
    assert told


@pytest.mark.parametrize("error", [errno.EIO, errno.ENODEV, errno.ESTALE])
def test_a_disk_that_fails_at_the_nth_read(path: Path, error: int, monkeypatch: pytest.MonkeyPatch) -> None:
    read = blocks._pread
    for fail_at in itertools.count():
        reads = 0

        def failing(descriptor: int, view: memoryview, offset: int, fail_at: int = fail_at) -> int:
            nonlocal reads
            reads += 1
            if reads - 1 == fail_at:
                raise OSError(error, os.strerror(error))
            # Short reads are no failures.
            return read(descriptor, view[: max(1, len(view) // 2)] if len(view) < 9_000 else view, offset)

        monkeypatch.setattr(blocks, "_pread", failing)
        right = is_right(path)
        if reads <= fail_at:
            assert right
            break
        assert not right
        # The next attempt may succeed: nothing of the failure is kept.
        monkeypatch.setattr(blocks, "_pread", read)
        assert is_right(path)
    assert fail_at > 15


def test_a_failed_read_is_tried_again(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Container.open(path) as container:
        array = container.array("text.0.start")
        with monkeypatch.context() as patch:

            def refuse(descriptor: int, view: memoryview, offset: int) -> int:
                view[:] = b"\1" * len(view)
                raise OSError(errno.EIO, os.strerror(errno.EIO))

            patch.setattr(blocks, "_pread", refuse)
            for ask in (array.all, lambda: array.item(3_000), lambda: array.take(np.arange(3))):
                with pytest.raises(IndexDamaged, match="Input/output error"):
                    ask()
        assert array.all().tolist() == list(range(5_000))


def test_read_only_media_open_and_are_read(path: Path) -> None:
    path.chmod(0o400)
    path.parent.chmod(0o500)
    try:
        before = sorted(entry.name for entry in path.parent.iterdir())
        with syscalls.watched(Counter(1)):
            assert is_right(path)
            with Container.open(path) as container:
                container.verify()
        assert sorted(entry.name for entry in path.parent.iterdir()) == before
    finally:
        path.parent.chmod(0o700)


def test_what_is_no_ordinary_file_is_refused(path: Path, tmp_path: Path) -> None:
    link, fifo = tmp_path / "link.seg", tmp_path / "fifo.seg"
    link.symlink_to(path)
    os.mkfifo(fifo)
    for place in (link, fifo, path.parent, tmp_path / "none.seg", Path("/dev/zero"), path / "below"):
        with pytest.raises(IndexDamaged) as caught:
            Container.open(place)
        names_the_file(caught.value, place)


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("something was unpickled")


def test_nothing_in_a_container_is_unpickled(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    marker = tmp_path / "ran"
    payload = pickle.dumps(Payload(marker))
    for name in ("load", "loads", "Unpickler"):
        monkeypatch.setattr(pickle, name, _refuse)
        monkeypatch.setattr(f"_pickle.{name}", _refuse)
    monkeypatch.setattr(np, "load", _refuse)
    planted = np.frombuffer(payload.ljust(1_000, b"."), np.uint8)
    write(
        path,
        dict.fromkeys(arrays(), planted),
        {"fields": payload.decode("latin-1"), "schema": list(payload)},
    )
    _, meta, values = content(path)
    assert meta["fields"] == payload.decode("latin-1")
    assert {data for _, data in values.values()} == {planted.tobytes()}
    whole = path.read_bytes()
    for data in (
        payload,
        payload.ljust(len(whole), b"."),
        payload + whole[len(payload) :],
        whole[:200] + payload + whole[200 + len(payload) :],
        whole + payload,
    ):
        path.write_bytes(data)
        with pytest.raises(IndexDamaged):
            content(path)
    assert not marker.exists()
    monkeypatch.undo()
    pickle.loads(payload)
    assert marker.exists()


class _FullDisk:
    """Refuses the write that goes beyond so many bytes, and all that follow; what fits is there, as on a disk."""

    def __init__(self, left: int, error: int) -> None:
        self.left = left
        self.refused = 0
        self._error = error

    def __call__(self, call: syscalls.Call) -> None:
        if call.name != "write":
            return
        if len(call.data) > self.left:
            if Path(call.path).exists():
                with Path(call.path).open("ab") as torn:
                    torn.write(call.data[: self.left])
            self.left = 0
            self.refused += 1
            raise OSError(self._error, os.strerror(self._error))
        self.left -= len(call.data)


def _in_turns(writer: ContainerWriter) -> None:
    """Append `arrays` piece by piece."""
    for name, array in arrays().items():
        writer.append(name, array[:0])
    for turn in range(4):
        for name, array in arrays().items():
            step = -(-len(array) // 4)
            writer.append(name, array[turn * step : (turn + 1) * step])


def _write_or_abandon(path: Path) -> bool:
    """Whether the container came to be; when not, the disk's trouble was told and the writer abandoned."""
    writer = ContainerWriter(path, "segment")
    try:
        _in_turns(writer)
        writer.finish({})
    except DiskTrouble as error:
        named = error.where
    else:
        return True
    writer.abandon()
    assert named == str(path)
    return False


@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO])
@pytest.mark.parametrize("buffer", [4_000, 1 << 20])
def test_a_disk_that_is_full_at_the_nth_byte(
    tmp_path: Path, error: int, buffer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_BUFFER", buffer)
    monkeypatch.setattr(writing, "_LARGE", 1_000)
    monkeypatch.setattr(syscalls, "CHUNK", 3_000)
    before = open_files()
    path = tmp_path / "a1.seg"
    refusals = 0
    for left in range(0, 200_000, 1_777):
        disk = _FullDisk(left, error)
        with syscalls.watched(disk):
            written = _write_or_abandon(path)
        assert written is not bool(disk.refused)
        if written:
            break
        refusals += 1
        assert not list(tmp_path.iterdir())
    assert refusals > 20
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    assert open_files() == before


@pytest.mark.parametrize("buffer", [4_000, 1 << 20])
def test_a_disk_that_fails_at_the_nth_call(
    tmp_path: Path, buffer: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_BUFFER", buffer)
    monkeypatch.setattr(writing, "_LARGE", 1_000)
    monkeypatch.setattr(writing, "_PIECE", layout.BLOCK)
    path = tmp_path / "a1.seg"
    kinds: set[str] = set()
    for number in itertools.count(1):
        counter = Counter(number, errno.EIO)
        with syscalls.watched(counter):
            written = _write_or_abandon(path)
        if not counter.failed:
            assert written
            break
        assert not written
        kinds.add(counter.calls[number - 1].name)
        # A spool whose name could not be taken away is swept with the rest.
        left = [entry.name for entry in tmp_path.iterdir()]
        assert not left or (counter.calls[number - 1].name == "unlink" and left[0].startswith("."))
        for name in left:
            (tmp_path / name).unlink()
    assert kinds >= {"create", "write", "fsync", "replace"}
    assert ("unlink" in kinds) is (buffer == 4_000)


def test_a_spool_that_cannot_be_read_back_is_the_disks_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "_BUFFER", 0)
    for answer in (OSError(errno.EIO, os.strerror(errno.EIO)), b"short"):

        def pread(descriptor: int, length: int, offset: int, answer: OSError | bytes = answer) -> bytes:
            if isinstance(answer, OSError):
                raise answer
            return answer

        with monkeypatch.context() as patch:
            patch.setattr("os.pread", pread)
            assert not _write_or_abandon(tmp_path / "a1.seg")
        assert not list(tmp_path.iterdir())
    assert _write_or_abandon(tmp_path / "a1.seg")
