"""Arrays go into a container in turns and come out as they were, whichever part is asked for."""

from __future__ import annotations

import hashlib
import mmap
import stat
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.codec_support import META, arrays, content, open_files, write

from kashaf.errors import IndexDamaged, KashafError
from kashaf_index.codec import blocks, layout, writing
from kashaf_index.codec.container import Container, ContainerWriter, Written
from kashaf_index.codec.damage import CURE_REBUILD


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "a1.seg"
    write(path, arrays())
    return path


def test_what_was_written_is_read(path: Path) -> None:
    kind, meta, found = content(path)
    assert (kind, meta) == ("segment", META)
    assert found == {
        name: (array.dtype.newbyteorder("<").str, array.tobytes()) for name, array in arrays().items()
    }


def test_the_writer_says_what_it_wrote_and_leaves_nothing_else(path: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    assert write(path, arrays()) == Written(len(data), hashlib.sha256(data).hexdigest())
    assert path.read_bytes() == data
    assert names(path.parent) == [path.name]
    assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_an_array_grows_between_others_and_through_the_spool(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path / "whole", arrays())
    for number, (buffer, large) in enumerate([(0, 1), (1_000, 500), (4_096, 1 << 20), (30_000, 5_000)]):
        monkeypatch.setattr(writing, "_BUFFER", buffer)
        monkeypatch.setattr(writing, "_LARGE", large)
        path = tmp_path / str(number)
        writer = ContainerWriter(path, "segment")
        for name, array in arrays().items():
            writer.append(name, array[:0])
        for turn in range(7):
            for name, array in arrays().items():
                step = -(-len(array) // 7)
                writer.append(name, array[turn * step : (turn + 1) * step])
        assert {name: writer.length(name) for name in arrays()} == {n: len(a) for n, a in arrays().items()}
        assert writer.length("other") == 0
        writer.finish(META)
        assert path.read_bytes() == (tmp_path / "whole").read_bytes()
    assert names(tmp_path) == ["0", "1", "2", "3", "whole"]


def test_the_writer_keeps_no_view_of_what_it_was_given(tmp_path: Path) -> None:
    values = np.arange(5, dtype=np.uint16)
    writer = ContainerWriter(tmp_path / "a", "segment")
    writer.append("a", values)
    values[:] = 0
    writer.append("a", np.arange(10, dtype=">u2")[5::2])
    writer.finish({})
    with Container.open(tmp_path / "a") as container:
        assert container.array("a").all().tolist() == [0, 1, 2, 3, 4, 5, 7, 9]
        assert container.array("a").dtype == np.dtype("<u2")


def test_a_container_without_arrays_is_one(tmp_path: Path) -> None:
    write(tmp_path / "a", {}, {}, "deletions")
    assert content(tmp_path / "a") == ("deletions", {}, {})


def test_what_a_container_does_not_hold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="kind"):
        ContainerWriter(tmp_path / "a", "Segment of mine")
    writer = ContainerWriter(tmp_path / "a", "segment")
    writer.append("a", np.zeros(1, np.uint16))
    with pytest.raises(TypeError, match="a holds u16, not u32"):
        writer.append("a", np.zeros(1, np.uint32))
    for dtype in (object, bool, "U3", "S3", "M8[s]", np.complex128, np.float16, [("a", "u1")]):
        with pytest.raises(TypeError, match="hold no"):
            writer.append("b", np.zeros(2, dtype))
    with pytest.raises(ValueError, match="one dimension"):
        writer.append("b", np.zeros((2, 2), np.uint8))
    for name in ("", ".a", "a/b", "ن", "a" * 129, "a\n"):
        with pytest.raises(ValueError, match="no name"):
            writer.append(name, np.zeros(1, np.uint8))
    deep: Any = []
    for _ in range(layout.MAX_DEPTH):
        deep = [deep]
    for meta in ({"a": float("nan")}, {"a": "\ud800"}, {"a": deep}, {1: 0, "1": 0}):
        with pytest.raises(ValueError):  # noqa: PT011 -- the encoders' own words
            writer.finish(meta)  # type: ignore[arg-type]  # what a caller must not give
    with pytest.raises(TypeError):
        writer.finish({"a": object()})  # type: ignore[dict-item]  # what a caller must not give
    writer.finish({})
    assert content(tmp_path / "a")[2] == {"a": ("<u2", b"\0\0")}


def test_a_writer_is_used_once(tmp_path: Path) -> None:
    writer = ContainerWriter(tmp_path / "a", "segment")
    writer.finish({})
    writer.abandon()
    assert (tmp_path / "a").exists()
    for use in (lambda: writer.append("a", np.zeros(1, np.uint8)), lambda: writer.finish({})):
        with pytest.raises(ValueError, match="finished or abandoned"):
            use()


def test_abandoning_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writing, "_BUFFER", 10)
    writer = ContainerWriter(tmp_path / "a", "segment")
    writer.append("a", np.zeros(100, np.uint8))
    writer.abandon()
    writer.abandon()
    assert not names(tmp_path)


def test_parts_of_an_array_are_those_of_the_whole(path: Path) -> None:
    for name, whole in arrays().items():
        with Container.open(path) as container:
            array = container.array(name)
            assert len(array) == len(whole)
            for a, b in ((0, 0), (len(whole), len(whole)), (len(whole) // 3, len(whole) // 2)):
                assert array.slice(a, b).tolist() == whole[a:b].tolist()
            for i in {0, len(whole) // 2, len(whole) - 1} if len(whole) else set():
                assert array.item(i) == whole[i]
                assert type(array.item(i)) in {int, float}
            assert array.all().tolist() == whole.tolist()
            assert not array.all().flags.writeable


def test_numbers_of_any_type_are_places(path: Path) -> None:
    whole = arrays()["text.0.docs"]
    with Container.open(path) as container:
        array = container.array("text.0.docs")
        # 200 in eight bits, twice over, is no longer a place in bytes.
        assert array.item(np.uint8(200)) == whole[200]  # type: ignore[arg-type]  # numpy's integers serve too
        assert array.slice(np.uint8(150), np.uint16(14_000)).tolist() == whole[150:14_000].tolist()  # type: ignore[arg-type]  # likewise
        for dtype in (np.uint8, np.int8, np.uint16, np.uint32, np.uint64, np.int64):
            indices: NDArray[Any] = np.array([100, 3, 3, 127], dtype)
            assert array.take(indices).tolist() == whole[[100, 3, 3, 127]].tolist()
            assert array.gather(indices, indices[::-1]).tolist() == [
                *whole[100:227],
                *whole[3:6],
                *whole[3:6],
                *whole[127:227],
            ]


@pytest.mark.parametrize(("ranges", "longest"), [(1, 3), (400, 3), (400, 200), (3, 9_000)])
def test_ranges_are_gathered_in_their_order(path: Path, ranges: int, longest: int) -> None:
    whole = arrays()["text.0.docs"]
    chance = np.random.default_rng(ranges)
    counts = chance.integers(0, longest, ranges)
    starts = chance.integers(0, len(whole) - counts + 1)
    expected = [value for start, n in zip(starts, counts, strict=True) for value in whole[start : start + n]]
    with Container.open(path) as container:
        for _ in range(2):
            found = container.array("text.0.docs").gather(starts, counts)
            assert found.tolist() == expected
            assert found.dtype == np.dtype("<u2")
            assert found.flags.writeable


def test_neighbouring_ranges_are_one(path: Path) -> None:
    starts, counts = np.array([7, 17, 17, 9_000]), np.array([10, 0, 8_983, 5])
    with Container.open(path) as container:
        found = container.array("text.0.docs").gather(starts, counts)
        assert found.tolist() == arrays()["text.0.docs"][7:9_005].tolist()
        assert found.flags.writeable
        none = np.empty(0, np.int64)
        assert container.array("text.0.docs").gather(none, none).dtype == np.dtype("<u2")
        assert container.array("empty").gather(np.zeros(2, np.int64), np.zeros(2, np.int64)).tolist() == []
        assert container.array("empty").take(none).tolist() == []
        assert container.array("text.0.docs").gather(np.array([9, 3]), np.array([0, 0])).tolist() == []
        with pytest.raises(ValueError, match="for every range"):
            container.array("date").gather(starts, counts[1:])


@pytest.mark.parametrize("warm", [False, True])
def test_places_outside_of_an_array_are_damage(path: Path, warm: bool) -> None:
    outside: list[Callable[[Any], object]] = [
        lambda array: array.item(-1),
        lambda array: array.item(777),
        lambda array: array.slice(-1, 3),
        lambda array: array.slice(5, 4),
        lambda array: array.slice(0, 778),
        lambda array: array.take(np.array([0, -1])),
        lambda array: array.take(np.array([0, 777])),
        lambda array: array.take(np.array([2**64 - 1], np.uint64)),
        lambda array: array.gather(np.array([0, 700]), np.array([5, 78])),
        lambda array: array.gather(np.array([0, -1]), np.array([5, 7])),
        lambda array: array.gather(np.array([0, 5]), np.array([5, -1])),
        lambda array: array.gather(np.array([2**62, 2**62]), np.array([2**62, 2**62])),
        lambda array: array.gather(np.array([3]), np.array([2**63 - 1])),
        lambda array: array.gather(np.array([2**64 - 5, 1], np.uint64), np.array([9, 1], np.uint64)),
    ]
    with Container.open(path) as container:
        if warm:
            container.array("date").all()
        for use in outside:
            with pytest.raises(IndexDamaged, match="does not hold") as caught:
                use(container.array("date"))
            assert caught.value.where == str(path)
            assert caught.value.cure == CURE_REBUILD


def test_only_what_is_asked_for_is_read(path: Path) -> None:
    with Container.open(path) as container:
        ends = container.held
        assert ends <= 4 * layout.BLOCK
        container.array("text.0.start").item(2_500)
        assert container.held <= ends + layout.BLOCK
        container.array("text.0.docs").all()
        assert container.held >= 30_000


def test_each_block_is_read_once(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[tuple[int, int]] = []
    read = blocks._pread

    def counted(descriptor: int, view: memoryview, offset: int) -> int:
        reads.append((offset, len(view)))
        return read(descriptor, view, offset)

    with Container.open(path) as container:
        monkeypatch.setattr(blocks, "_pread", counted)
        array = container.array("text.0.docs")
        array.item(9_000)
        assert len(reads) == 1
        # The missing neighbours on both sides, each at once.
        array.all()
        assert len(reads) == 3
        assert len({offset for offset, _ in reads}) == 3
        array.all()
        array.take(np.arange(15_000))
        assert len(reads) == 3


def test_memory_is_given_back_over_a_budget_and_views_stay_right(path: Path) -> None:
    expected = arrays()
    with Container.open(path) as container:
        array = container.array("text.0.docs")
        view = array.all()
        held = container.held
        container.trim(held)
        assert container.held == held
        container.trim(held - 1)
        assert container.held == 0
        assert view.tolist() == expected["text.0.docs"].tolist()
        assert array.slice(14_000, 15_000).tolist() == expected["text.0.docs"][14_000:].tolist()
        assert container.array("date").all().tolist() == expected["date"].tolist()
        assert 0 < container.held < held


def test_a_closed_container_answers_from_memory_only(path: Path) -> None:
    container = Container.open(path)
    docs = container.array("text.0.docs")
    first = docs.slice(0, 3).tolist()
    container.close()
    container.close()
    assert docs.slice(0, 3).tolist() == first
    with pytest.raises(ValueError, match="closed"):
        docs.all()
    with pytest.raises(ValueError, match="closed"):
        container.verify()


def test_opening_leaves_no_file_open(path: Path) -> None:
    before = open_files()
    with Container.open(path):
        assert open_files() == before + 1
    path.write_bytes(path.read_bytes()[:-1])
    with pytest.raises(IndexDamaged):
        Container.open(path)
    assert open_files() == before


def test_a_container_that_nobody_closed_gives_its_file_back(path: Path) -> None:
    before = open_files()
    opened = Container.open(path)
    view = opened.array("date").all()
    assert open_files() == before + 1
    del opened
    assert open_files() == before
    assert np.array_equal(view, arrays()["date"])


def test_threads_share_a_container(path: Path) -> None:
    expected = arrays()
    wrong: list[str] = []
    with Container.open(path) as container:

        def use(seed: int) -> None:
            chance = np.random.default_rng(seed)
            for _ in range(200):
                name = str(chance.choice(["ids.blob", "text.0.docs", "text.0.start"]))
                a, b = sorted(chance.integers(0, len(expected[name]) + 1, 2).tolist())
                if container.array(name).slice(a, b).tobytes() != expected[name][a:b].tobytes():
                    wrong.append(name)
                if seed == 0:
                    container.trim(0)

        threads = [threading.Thread(target=use, args=(seed,)) for seed in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert not wrong


def test_another_kind_is_refused_when_one_is_expected(path: Path) -> None:
    with Container.open(path, "segment") as container:
        assert container.kind == "segment"
    with pytest.raises(IndexDamaged, match="another kind: segment") as caught:
        Container.open(path, "deletions")
    assert (caught.value.where, caught.value.cure) == (str(path), CURE_REBUILD)


def test_a_part_that_is_not_there_is_damage(path: Path) -> None:
    with Container.open(path) as container:
        assert "date" in container
        assert "dates" not in container
        with pytest.raises(IndexDamaged, match="lacks a part: dates"):
            container.array("dates")


def test_a_file_too_large_for_memory_is_not_called_damaged(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise OSError(12, "Cannot allocate memory")

    monkeypatch.setattr("mmap.mmap", refuse)
    with pytest.raises(KashafError, match="not enough memory") as caught:
        Container.open(path)
    assert not isinstance(caught.value, IndexDamaged)


def test_a_kernel_without_huge_pages_will_do(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Refusing(mmap.mmap):
        def madvise(self, *_: int) -> None:
            raise OSError(22, "Invalid argument")

    expected = content(path)
    monkeypatch.setattr("mmap.mmap", Refusing)
    assert content(path) == expected


def test_systems_without_preadv_read_alike(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = content(path)
    monkeypatch.setattr(blocks, "_pread", blocks._pread_copied)
    monkeypatch.setattr(blocks, "_READ", 5_000)
    assert content(path) == expected
    with Container.open(path) as container:
        container.verify()


def test_a_huge_sparse_file_costs_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a"
    with path.open("wb") as file:
        file.truncate(layout.MAX_SIZE + 1)
    with pytest.raises(IndexDamaged, match="size"):
        Container.open(path)
    with path.open("wb") as file:
        file.truncate(1 << 36)
    with pytest.raises(IndexDamaged):
        Container.open(path)
