"""Segments: what is written is read, at the borders of slabs, escapes and parts, and damage is told."""

from __future__ import annotations

import gc
import os
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.codec_support import may_be_told
from tests.segment_support import Model, arrays_of, places, ranges, read, write_segment

from kashaf.errors import IndexDamaged
from kashaf_index.analysis import ladder
from kashaf_index.codec import dictionary, slabs
from kashaf_index.codec.container import Container, ContainerWriter
from kashaf_index.codec.segment import SegmentFile, SegmentWriter

MODEL: Model = {
    b"a": {0: [1, 5], 3: [0]},
    b"b": {3: [1]},
    b"ba": {0: [2], 1: [0], 2: [7, 8, 9], 3: [2]},
    b"c": {2: [0]},
}


@pytest.fixture
def small_slabs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(slabs, "SLAB", 2)


@pytest.mark.parametrize("slab", [1, 2, 3, 4, 1 << 16])
@pytest.mark.parametrize("chunk", [1, 3, 100])
def test_postings_of_ranges(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, slab: int, chunk: int) -> None:
    monkeypatch.setattr(slabs, "SLAB", slab)
    segment = write_segment(tmp_path / "s.seg", MODEL, 4, chunk=chunk)
    postings = segment.postings("text")
    assert postings is not None
    assert read(segment, ranges((0, 1))) == [(0, 2), (3, 1)]
    assert read(segment, ranges((0, 4))) == [(0, 1), (0, 2), (1, 1), (2, 1), (2, 3), (3, 1), (3, 1), (3, 1)]
    assert read(segment, ranges((3, 4), (1, 2))) == [(2, 1), (3, 1)]
    assert read(segment, ranges()) == read(segment, ranges((2, 2))) == []
    assert places(segment, ranges((0, 1), (2, 3))) == [
        (0, 1), (0, 2), (0, 5), (1, 0), (2, 7), (2, 8), (2, 9), (3, 0), (3, 2),
    ]  # fmt: skip
    assert places(segment, ranges((0, 4)), np.array([False, True, False, True])) == [
        (1, 0), (3, 0), (3, 1), (3, 2),
    ]  # fmt: skip
    assert places(segment, ranges((0, 4)), np.zeros(4, bool)) == []
    assert (postings.frequency(0, 4), postings.frequency(1, 3), postings.occurrences(2, 3)) == (8, 5, 6)
    assert postings.frequencies(np.array([2, 0])).tolist() == [4, 2]
    assert postings.sizes(0, 4).tolist() == [2, 1, 4, 1]
    assert postings.occurrence_sizes(1, 4).tolist() == [1, 6, 1]


@pytest.mark.usefixtures("small_slabs")
def test_labels_follow_their_ranges(tmp_path: Path) -> None:
    postings = write_segment(tmp_path / "s.seg", MODEL, 4).postings("text")
    assert postings is not None
    for wanted in (ranges((0, 1), (3, 4)), ranges((0, 1), (1, 2), (2, 3), (3, 3), (3, 4))):
        labels = np.arange(len(wanted), dtype=np.uint8)
        labels[-1] = 9
        rows = [
            (doc, count, label)
            for label, docs, counts in postings.stretches(wanted, labels)
            for doc, count in zip(docs.tolist(), counts.tolist(), strict=True)
        ]
        assert [row for row in rows if row[2] == 9] == [(2, 1, 9)]
        assert sorted(row[:2] for row in rows if row[2] == 0) == [(0, 2), (3, 1)]
        docs, positions, labelled = postings.places_labelled(wanted, None, labels)
        rows = list(zip(docs.tolist(), positions.tolist(), labelled.tolist(), strict=True))
        assert [row for row in rows if row[2] == 9] == [(2, 0, 9)]
        assert sorted(row[:2] for row in rows if row[2] == 0) == [(0, 1), (0, 5), (3, 0)]


@pytest.mark.usefixtures("small_slabs")
def test_a_field_of_some_of_the_terms(tmp_path: Path) -> None:
    segment = write_segment(tmp_path / "s.seg", MODEL, 4, others=[b"", b"ab", b"d"])
    postings = segment.postings("text")
    assert postings is not None
    assert segment.dictionary("words").terms(0, 9) == [b"", b"a", b"ab", b"b", b"ba", b"c", b"d"]
    assert postings.sizes(0, 7).tolist() == [0, 2, 0, 1, 4, 1, 0]
    assert postings.frequencies(np.arange(7)).tolist() == [0, 2, 0, 1, 4, 1, 0]
    assert postings.frequency(0, 3) == 2
    assert read(segment, ranges((2, 3), (6, 7))) == []
    assert read(segment, ranges((2, 4), (5, 7))) == [(2, 1), (3, 1)]
    assert places(segment, ranges((0, 2), (2, 3), (3, 4), (4, 4), (6, 7))) == [(0, 1), (0, 5), (3, 0), (3, 1)]
    chunk = postings.chunk(2, 5)
    assert chunk.terms.tolist() == [3, 4]


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.usefixtures("small_slabs")
def test_numbers_too_large_for_their_type_are_kept_aside(tmp_path: Path, wide: bool) -> None:
    model: Model = {
        b"x": {0: range(254), 1: range(255), 2: range(10, 310), 3: [65534, 65535, 65536, 1 << 31]},
        b"y": {1: [70_000], 3: [1]},
        b"z": {2: range(65_000, 65_900)},
    }
    segment = write_segment(tmp_path / "s.seg", model, 4, wide=wide)
    assert read(segment, ranges((0, 3))) == [
        (0, 254), (1, 1), (1, 255), (2, 300), (2, 900), (3, 1), (3, 4),
    ]  # fmt: skip
    expected = sorted((doc, place) for of in model.values() for doc, held in of.items() for place in held)
    assert places(segment, ranges((0, 3))) == expected
    assert places(segment, ranges((0, 1), (1, 2), (2, 3), (3, 3), (0, 0))) == expected
    only = np.array([False, False, False, True])
    assert places(segment, ranges((0, 3)), only) == [pair for pair in expected if pair[0] == 3]
    postings = segment.postings("text")
    assert postings is not None
    chunk = postings.chunk(0, 3)
    assert chunk.counts is not None
    assert chunk.positions is not None
    assert chunk.docs.tolist() == [0, 1, 2, 3, 1, 3, 2]
    assert chunk.counts.tolist() == [254, 255, 300, 4, 1, 1, 900]
    assert chunk.positions.tolist()[-902:-898] == [70_000, 1, 65_000, 65_001]


def test_many_ranges_with_escapes(tmp_path: Path) -> None:
    model: Model = {
        b"%03d" % number: {number % 7: range(number * 700, number * 700 + number + 200)}
        for number in range(100)
    }
    segment = write_segment(tmp_path / "s.seg", model, 7)
    wanted = ranges(*((number, number + 1) for number in range(0, 100, 2)))
    assert read(segment, wanted) == sorted((n % 7, n + 200) for n in range(0, 100, 2))
    expected = sorted((n % 7, n * 700 + k) for n in range(0, 100, 2) for k in range(n + 200))
    assert places(segment, wanted) == expected
    only = np.arange(7) == 3
    assert places(segment, wanted, only) == [pair for pair in expected if pair[0] == 3]


@pytest.mark.usefixtures("small_slabs")
def test_a_field_of_keys_counts_once(tmp_path: Path) -> None:
    segment = write_segment(tmp_path / "s.seg", MODEL, 4, counts=False, positions=False)
    postings = segment.postings("text")
    assert postings is not None
    assert read(segment, ranges((0, 1))) == [(0, 1), (3, 1)]
    assert read(segment, ranges((0, 1), (1, 2), (2, 3), (3, 4), (4, 4)))[:2] == [(0, 1), (0, 1)]
    assert postings.occurrences(0, 4) == 8
    assert postings.chunk(0, 4).counts is None
    with pytest.raises(ValueError, match="no positions"):
        postings.places(ranges((0, 1)), None)


@pytest.mark.parametrize("documents", [0, 1, 5])
def test_fields_without_postings(tmp_path: Path, documents: int) -> None:
    segment = write_segment(tmp_path / "s.seg", {}, documents, others=[b"a", b"b"])
    postings = segment.postings("text")
    assert postings is not None
    assert segment.postings("title") is None
    assert read(segment, ranges((0, 2))) == places(segment, ranges((0, 2))) == []
    assert read(segment, ranges(*[(0, 1)] * 9)) == []
    assert postings.frequency(0, 2) == postings.occurrences(0, 2) == 0
    assert postings.frequencies(np.array([0, 1])).tolist() == postings.sizes(0, 2).tolist() == [0, 0]
    chunk = postings.chunk(0, 2)
    assert [len(array) for array in chunk if array is not None] == [0, 0, 0, 0, 0]


def test_one_document(tmp_path: Path) -> None:
    segment = write_segment(tmp_path / "s.seg", {b"a": {0: [0]}}, 1)
    assert segment.size == 1
    assert read(segment, ranges((0, 1))) == [(0, 1)]
    assert places(segment, ranges((0, 1)), np.array([True])) == [(0, 0)]


def test_wrong_questions_are_not_damage(tmp_path: Path) -> None:
    postings = write_segment(tmp_path / "s.seg", MODEL, 4).postings("text")
    assert postings is not None
    for wrong in (ranges((0, 5)), ranges((-1, 2)), ranges(*[(0, 5)] * 9)):
        with pytest.raises(ValueError, match="dictionary"):
            postings.read(wrong)
    with pytest.raises(ValueError, match="mask"):
        postings.places(ranges((0, 1)), np.zeros(3, bool))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"terms": [1, 0]}, "ascend"),
        ({"terms": [0, 9]}, "dictionary"),
        ({"df": [1, 1]}, "sizes"),
        ({"df": [3, 0]}, "sizes"),
        ({"docs": [1, 0, 0]}, "documents must ascend"),
        ({"docs": [0, 0, 0]}, "documents must ascend"),
        ({"docs": [0, 9, 0]}, "too large"),
        ({"counts": [1, 0, 2]}, "at least one"),
        ({"counts": [1, 1]}, "at least one"),
        ({"positions": [1, 2, 3, 4]}, "as many positions"),
        ({"positions": None}, "missing"),
    ],
)
def test_postings_that_make_no_sense_are_refused(tmp_path: Path, change: dict[str, Any], says: str) -> None:
    good: dict[str, Any] = {
        "terms": [0, 1], "df": [2, 1], "docs": [0, 2, 1], "counts": [1, 1, 1], "positions": [4, 4, 4],
    }  # fmt: skip
    writer = SegmentWriter(tmp_path / "s.seg")
    writer.documents = 3
    writer.dictionary("words").append([b"a", b"b"])
    field = writer.postings("text", "words", positions=True)
    arrays = {
        name: np.array(values, np.int64) if values is not None else None
        for name, values in (good | change).items()
    }

    def write() -> None:
        field.append(**arrays)  # type: ignore[arg-type]  # that is what is tested
        writer.finish()

    with pytest.raises(ValueError, match=says):
        write()
    writer.abandon()
    assert list(tmp_path.iterdir()) == []


def test_terms_must_ascend(tmp_path: Path) -> None:
    words = SegmentWriter(tmp_path / "s.seg").dictionary("words")
    assert words.append([b"a", b"b"]) == 0
    assert words.append([]) == 2
    for wrong in ([b"b"], [b"c", b"c"], [b"d", b"c"], [b"a"]):
        with pytest.raises(ValueError, match="ascend"):
            words.append(wrong)
    assert words.append([b"b\0"]) == 2
    assert len(words) == 3


def written_dictionary(path: Path, terms: list[bytes], chunk: int = 50) -> dictionary.Dictionary:
    writer = SegmentWriter(path)
    writer.documents = 0
    words = writer.dictionary("words")
    for start in range(0, len(terms), chunk):
        words.append(terms[start : start + chunk])
    writer.finish()
    return SegmentFile.open(path).dictionary("words")


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 127, 128, 129, 500])
def test_dictionary_borders(tmp_path: Path, count: int) -> None:
    terms = [b"%04d" % number for number in range(count)]
    words = written_dictionary(tmp_path / "s.seg", terms)
    assert len(words) == count
    assert words.terms(-5, count + 5) == terms
    assert [words.term(number) for number in range(count)] == terms
    assert [words.find(term) for term in terms] == list(range(count))
    assert words.lower(b"") == 0
    assert words.lower(b"a") == count
    assert words.find(b"0001x") == words.find(b"") == -1
    assert words.beginning(b"") == (0, count)
    assert words.beginning(b"000") == (0, min(count, 10))
    assert words.beginning(b"9") == (count, count)
    assert words.beginning(b"01") == (min(100, count), min(200, count))
    assert words.beginning(b"x") == (count, count)
    with pytest.raises(IndexError):
        words.term(count)
    with pytest.raises(IndexError):
        words.term(-1)


def test_dictionary_forgets_what_it_decoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "CACHE_BYTES", 20_000)
    terms = [b"%05d" % number for number in range(5_000)]
    words = written_dictionary(tmp_path / "s.seg", terms)
    for _ in range(2):
        assert [words.find(term) for term in terms] == list(range(5_000))
    held = [*words._young.values(), *words._old.values()]
    assert sum(46 * len(block) for block in held) <= 20_000


def test_joined_terms(tmp_path: Path) -> None:
    words = written_dictionary(tmp_path / "s.seg", [b"", b"a", b"bc", b"def", b"g"])
    joined, offsets = words.joined(1, 4)
    assert (joined.tobytes(), offsets.tolist()) == (b"abcdef", [0, 1, 3, 6])
    joined, offsets = words.gathered(ranges((3, 5), (0, 2), (2, 2)))
    assert (joined.tobytes(), offsets.tolist()) == (b"defga", [0, 3, 4, 4, 5])
    joined, offsets = words.gathered(ranges())
    assert (joined.tobytes(), offsets.tolist()) == (b"", [0])


def test_folds(tmp_path: Path) -> None:
    exact = ["كتاب", "كِتاب", "الكتاب", "كتب", "أحمد", "احمد", "إحمد", "مدرسة", "مدرسه"]
    terms = sorted({ladder(word).term() for word in exact})
    writer = SegmentWriter(tmp_path / "s.seg")
    writer.documents = 0
    words = writer.dictionary("words", folds=True)
    for term in terms:
        words.append([term])
    writer.finish()
    segment = SegmentFile.open(tmp_path / "s.seg")
    table = segment.folds
    folds = [fold.decode() for fold in table.terms(0, len(table))]
    assert folds == sorted({ladder(word).folded for word in exact})
    found = table.words(0, len(table)).tolist()
    assert sorted(number for lo, hi in found for number in range(lo, hi)) == list(range(len(terms)))
    for fold, (lo, hi) in zip(folds, found, strict=True):
        exacts = {term.split(b"\0")[3].decode() for term in segment.dictionary("words").terms(lo, hi)}
        assert exacts == {word for word in exact if ladder(word).folded == fold}
    assert table.words_of(np.array([2, 0])).tolist() == [found[2], found[0]]


def test_columns(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path / "s.seg")
    writer.documents = 3
    writer.numbers("date", np.array([20240101, -1, 20231231], np.int32))
    writer.ordinals("outlet", np.array([1, 0, 1]), ["", "الأيام"])
    writer.ordinals("member", np.array([0, 1, 0]), ["a\udcff", "ب"])
    writer.raw("hash", np.arange(12, dtype=np.uint8).reshape(3, 4))
    writer.ids(["b", "a", "b"])
    for wrong in (np.zeros(2, np.int32), np.zeros(3)):
        with pytest.raises(ValueError, match="length"):
            writer.numbers("length", wrong)
    with pytest.raises(ValueError, match="no name"):
        writer.ordinals("language", np.array([0, 1, 2]), ["ar", "en"])
    with pytest.raises(ValueError, match="already"):
        writer.numbers("date", np.zeros(3, np.int32))
    writer.finish(made_by="a test")
    segment = SegmentFile.open(tmp_path / "s.seg")
    assert segment.more == {"made_by": "a test"}
    assert segment.numbers("date").tolist() == [20240101, -1, 20231231]
    assert segment.numbers("date").dtype == np.int32
    ordinals, names = segment.names("outlet")
    assert [names[ordinal] for ordinal in ordinals] == ["الأيام", "", "الأيام"]
    assert segment.names("member")[1] == ["a\udcff", "ب"]
    assert [segment.raw("hash", document) for document in range(3)] == [
        bytes(range(4)), bytes(range(4, 8)), bytes(range(8, 12)),
    ]  # fmt: skip
    assert segment.raw_all("hash").shape == (3, 4)
    assert segment.ids() == ["b", "a", "b"]
    assert segment.id(1) == "a"
    assert segment.id_order().tolist() == [1, 0, 2]
    assert [segment.find_id(one) for one in ("a", "b", "", "c")] == [1, 2, -1, -1]
    with pytest.raises(IndexDamaged, match="nothing_such"):
        segment.numbers("nothing_such")


@pytest.mark.parametrize("names", [1, 256, 257, 65_536, 65_537])
def test_ordinals_take_what_their_names_need(tmp_path: Path, names: int) -> None:
    writer = SegmentWriter(tmp_path / "s.seg")
    writer.documents = 2
    writer.ordinals("outlet", np.array([0, names - 1]), [str(name) for name in range(names)])
    writer.finish()
    ordinals, found = SegmentFile.open(tmp_path / "s.seg").names("outlet")
    assert ordinals.dtype.itemsize == (1 if names <= 256 else 2 if names <= 65_536 else 4)
    assert found[ordinals[1]] == str(names - 1)


def stored_segment(path: Path, documents: list[bytes]) -> SegmentFile:
    writer = SegmentWriter(path)
    for data in documents:
        writer.stored.append(data)
    writer.documents = len(documents)
    writer.finish()
    return SegmentFile.open(path)


@pytest.mark.parametrize("count", [0, 1, 15, 16, 17, 700])
def test_stored_documents(tmp_path: Path, count: int) -> None:
    documents = [b'{"id": "%d", "text": "%b"}' % (n, "خبر ".encode() * (n % 40)) for n in range(count)]
    documents[1:2] = [b""] * len(documents[1:2])
    segment = stored_segment(tmp_path / "s.seg", documents)
    assert [segment.stored(document) for document in range(count)] == documents


def test_stored_documents_are_copied_as_they_are(tmp_path: Path) -> None:
    one = [b"one %d " % n + os.urandom(20) for n in range(600)]
    two = [b"two %d " % n + os.urandom(20) for n in range(100)]
    first, second = stored_segment(tmp_path / "1.seg", one), stored_segment(tmp_path / "2.seg", two)
    kept = np.flatnonzero(np.arange(600) % 2)

    writer = SegmentWriter(tmp_path / "m.seg")
    writer.stored.append(b"before")
    writer.stored.copy(first.stored_documents, kept)
    writer.stored.copy(second.stored_documents, np.arange(100))
    writer.stored.append(b"after")
    writer.documents = 402
    writer.finish()
    merged = SegmentFile.open(tmp_path / "m.seg")
    expected = [b"before", *one[1::2], *two, b"after"]
    assert [merged.stored(document) for document in range(402)] == expected
    assert merged.stored_documents.deflated(np.arange(1, 301))[0].tobytes() == (
        first.stored_documents.deflated(kept)[0].tobytes()
    )

    again = SegmentWriter(tmp_path / "a.seg")
    again.stored.copy(merged.stored_documents, np.arange(402))
    again.documents = 402
    again.finish()
    copied = SegmentFile.open(tmp_path / "a.seg")
    assert [copied.stored(document) for document in range(402)] == expected


def test_parts_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    writer = SegmentWriter(tmp_path / "s.seg")
    writer.dictionary("words")
    with pytest.raises(ValueError, match="not said"):
        writer.postings("text", "words")
    writer.documents = 2
    writer.stored.append(b"x")
    with pytest.raises(ValueError, match="each document"):
        writer.ids(["a"])
    with pytest.raises(ValueError, match="stored"):
        writer.finish()
    writer.abandon()


def test_a_segment_may_be_forgotten(tmp_path: Path) -> None:
    segment = write_segment(tmp_path / "s.seg", MODEL, 4)
    gone = weakref.ref(segment)
    segment.close()
    del segment
    gc.collect()
    assert gone() is None


def everything(segment: SegmentFile) -> None:
    """Read whatever there is."""
    for name in segment.dictionaries:
        words = segment.dictionary(name)
        words.terms(0, len(words))
        words.find(b"b")
        words.beginning(b"a")
    segment.folds.words(0, len(segment.folds))
    for field in segment.fields:
        postings = segment.postings(field)
        assert postings is not None
        count = len(segment.dictionary_of(field))
        everyone = np.ones(segment.size, bool)
        for wanted in (ranges((0, count)), ranges(*((n, n + 1) for n in range(0, count, 2)))):
            postings.read(wanted)
            postings.places(wanted, None)
            everyone[::2] = False
            postings.places(wanted, everyone)
        postings.sizes(0, count)
        postings.occurrence_sizes(0, count)
        postings.frequencies(np.arange(count))
        postings.chunk(0, count)
    segment.numbers("date")
    segment.names("outlet")
    segment.ids()
    segment.find_id("b")
    for document in range(segment.size):
        segment.id(document)
        segment.stored(document)
        segment.raw("hash", document)


DOCUMENTS = 6
MODEL_TO_DAMAGE: Model = {
    b"r%d\0s\0f%d\0%02d" % (n // 4, n // 2, n): {
        d: range(n, n + (300 if n == 5 else 2)) if n != 7 else [70_000] for d in range(n % 3, DOCUMENTS)
    }
    for n in range(20)
}


def arrays_to_damage(path: Path) -> tuple[dict[str, Any], dict[str, np.ndarray[Any, Any]]]:
    """A segment of every kind of array: its description, and its arrays."""
    writer = SegmentWriter(path)
    writer.documents = DOCUMENTS
    terms = sorted(MODEL_TO_DAMAGE)
    words = writer.dictionary("words", folds=True)
    words.append([*terms, b"z\0z\0z\0z"])
    numbers = {term: number for number, term in enumerate(terms)}
    writer.postings("text", "words", positions=True).append(*arrays_of(numbers, MODEL_TO_DAMAGE))
    writer.numbers("date", np.arange(DOCUMENTS, dtype=np.int32))
    writer.ordinals("outlet", np.arange(DOCUMENTS) % 2, ["a", "ب"])
    writer.raw("hash", np.zeros((DOCUMENTS, 2), np.uint8))
    writer.ids(["b", "a", "c", "d", "e", "f"])
    for number in range(DOCUMENTS):
        writer.stored.append(b"document %d" % number * 9)
    writer.finish()
    with Container.open(path) as container:
        return container.meta, {name: container.array(name).all().copy() for name in container.names}


CHANGES: dict[str, Callable[[Any], Any]] = {
    "grown": lambda array: np.append(array, array[-1:]),
    "shrunk": lambda array: array[:-1],
    "emptied": lambda array: array[:0],
    "zeros": np.zeros_like,
    "largest": lambda array: np.full_like(array, np.iinfo(array.dtype).max),
    "reversed": lambda array: array[::-1].copy(),
    "one more": lambda array: array + array.dtype.type(1),
    "wider": lambda array: array.astype(np.uint64),
    "half as many": lambda array: array[::2].copy(),
}


@pytest.mark.parametrize("change", CHANGES)
def test_arrays_that_contradict_one_another_are_damage_or_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: str
) -> None:
    """Checksums that are right over nonsense: whatever comes of it, it is IndexDamaged or a list of numbers."""
    monkeypatch.setattr(slabs, "SLAB", 4)
    meta, arrays = arrays_to_damage(tmp_path / "s.seg")
    silent = set()
    for name, values in arrays.items():
        path = tmp_path / f"{name}.seg"
        writer = ContainerWriter(path, "segment")
        for other, kept in arrays.items():
            writer.append(other, CHANGES[change](values) if other == name else kept)
        writer.finish(meta)
        with may_be_told(path):
            everything(SegmentFile.open(path))
            silent.add(name)
    told = set(arrays) - silent
    if change in {"grown", "shrunk", "emptied", "half as many"}:
        assert {
            name for name in silent if not name.endswith((".blob", ".docs", ".positions", ".at"))
        } == set()
    assert {"text.0.start", "text.1.places"} <= told or change in {"wider", "zeros"}


@pytest.mark.parametrize(
    "change",
    [
        {"documents": -1}, {"documents": True}, {"documents": "6"}, {"documents": 1 << 40}, {"documents": None},
        {"slab": 0}, {"slab": 1 << 17}, {"dictionaries": {"words": -1}}, {"dictionaries": []},
        {"fields": {"text": {}}}, {"fields": {"text": None}}, {"columns": {"date": {"kind": "pickle", "size": 1}}},
        {"columns": {"hash": {"kind": "bytes", "size": 0}}}, {"columns": {"date": {"kind": "number", "size": 2}}},
        {"ids": 1}, {"stored": "yes"}, {"more": 7}, {"folds": None},
    ],
)  # fmt: skip
def test_descriptions_that_are_none(tmp_path: Path, change: dict[str, Any]) -> None:
    meta, arrays = arrays_to_damage(tmp_path / "s.seg")
    path = tmp_path / "t.seg"
    writer = ContainerWriter(path, "segment")
    for name, values in arrays.items():
        writer.append(name, values)
    writer.finish(meta | change)
    with pytest.raises(IndexDamaged) as told:
        SegmentFile.open(path)
    assert told.value.where == str(path)
