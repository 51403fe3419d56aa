"""Any arrays, appended in any turns, come back; any damage to the file is told or changes nothing."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.codec_support import arrays, is_right, may_be_told, write

from kashaf_index.codec import layout, writing
from kashaf_index.codec.container import Container, ContainerWriter

_NAMES = st.from_regex(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}", fullmatch=True)
_TURN = st.tuples(st.integers(0, 5), st.integers(0, 3_000), st.integers(0, 2**32 - 1))
_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**64), 2**64)
    | st.floats(allow_nan=False, allow_infinity=False)
    | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=8,
)


@contextmanager
def limited(buffer: int, large: int) -> Iterator[None]:
    """Let the writer spool what is more than `buffer` bytes."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(writing, "_BUFFER", buffer)
        patch.setattr(writing, "_LARGE", large)
        yield


def random(dtype: np.dtype[Any], count: int, seed: int) -> NDArray[Any]:
    chance = np.random.default_rng(seed)
    if dtype.kind == "f":
        return chance.normal(size=count).astype(dtype)
    limits = np.iinfo(dtype)
    return chance.integers(limits.min, limits.max, count, dtype=dtype, endpoint=True)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(_NAMES, min_size=6, max_size=6, unique=True),
    st.lists(st.sampled_from(sorted(layout.DTYPES)), min_size=6, max_size=6),
    st.lists(_TURN, max_size=25),
    st.dictionaries(_TEXT, _JSON, max_size=4),
    st.sampled_from([0, 1_000, 20_000, 1 << 20]),
    st.sampled_from([0, 3_000]),
    st.integers(0, 2**32 - 1),
)
def test_arrays_come_back(
    names: list[str],
    dtypes: list[str],
    turns: list[tuple[int, int, int]],
    meta: dict[str, Any],
    buffer: int,
    large: int,
    seed: int,
) -> None:
    expected: dict[str, list[NDArray[Any]]] = {}
    with tempfile.TemporaryDirectory() as folder, limited(buffer, large):
        path = Path(folder, "a.seg")
        writer = ContainerWriter(path, "segment")
        for which, count, turn in turns:
            values = random(layout.DTYPES[dtypes[which]], count, turn)
            writer.append(names[which], values)
            expected.setdefault(names[which], []).append(values)
            assert writer.length(names[which]) == sum(map(len, expected[names[which]]))
        writer.finish(meta)
        chance = np.random.default_rng(seed)
        with Container.open(path, "segment") as container:
            assert container.meta == meta
            assert container.names == tuple(expected)
            for name, pieces in expected.items():
                whole = np.concatenate(pieces)
                array = container.array(name)
                assert (len(array), array.dtype) == (len(whole), whole.dtype)
                a, b = sorted(chance.integers(0, len(whole) + 1, 2).tolist())
                assert array.slice(a, b).tobytes() == whole[a:b].tobytes()
                if len(whole):
                    indices = chance.integers(0, len(whole), 50)
                    assert array.take(indices).tobytes() == whole[indices].tobytes()
                    starts = chance.integers(0, len(whole) + 1, 20)
                    counts = chance.integers(0, len(whole) - starts + 1)
                    ranges = [whole[s : s + n] for s, n in zip(starts, counts, strict=True)]
                    assert array.gather(starts, counts).tobytes() == np.concatenate(ranges).tobytes()
                assert array.all().tobytes() == whole.tobytes()
            container.verify()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("whole") / "a"
    write(path, arrays())
    return path.read_bytes()


def damaged_or_right(data: bytes, *, told: bool) -> None:
    """Whatever is asked of a container of `data`: the right answer, or the error that says what to do.

    told: reading all of it must not go without the error.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "a.seg")
        path.write_bytes(data)
        assert is_right(path) is not told
        for name, array in arrays().items():
            half = len(array) // 2
            with may_be_told(path), Container.open(path) as container:
                assert container.array(name).slice(0, half).tobytes() == array[:half].tobytes()


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_flipped_byte_is_told_or_was_not_asked_for(whole: bytes, data: st.DataObject) -> None:
    ends = st.integers(-300, 60) | st.integers(-len(whole), len(whole) - 1)
    place = data.draw(ends, "place") % len(whole)
    flipped = bytearray(whole)
    flipped[place] ^= data.draw(st.integers(1, 255), "bits")
    # Every byte is under some checksum, and 32 bits of CRC tell any burst of up to 32.
    damaged_or_right(bytes(flipped), told=True)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_a_file_cut_short_is_told(whole: bytes, data: st.DataObject) -> None:
    length = data.draw(
        st.integers(0, 200) | st.integers(len(whole) - 200, len(whole) - 1) | st.integers(0, len(whole) - 1)
    )
    damaged_or_right(whole[:length], told=True)


@settings(max_examples=60, deadline=None)
@given(st.binary(min_size=1, max_size=300) | st.integers(1, 20_000).map(bytes))
def test_a_file_with_more_behind_it_is_told(whole: bytes, more: bytes) -> None:
    damaged_or_right(whole + more, told=True)


def test_two_files_in_one_are_told(whole: bytes) -> None:
    damaged_or_right(whole + whole, told=True)
    damaged_or_right(whole[: len(whole) // 2] + whole, told=True)


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_piece_of_the_file_elsewhere_in_it_is_told_or_the_same(whole: bytes, data: st.DataObject) -> None:
    size = data.draw(st.sampled_from([1, 8, 512, 4_096, layout.BLOCK]))
    places = st.integers(0, len(whole) // size - 1).map(lambda number: number * size)
    source, target = data.draw(places), data.draw(places)
    moved = whole[:target] + whole[source : source + size] + whole[target + size :]
    damaged_or_right(moved, told=moved != whole)


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=600))
def test_any_bytes_are_no_container(data: bytes) -> None:
    damaged_or_right(data, told=True)
