"""A segment answers as a dict of term -> document -> positions does."""

from __future__ import annotations

from bisect import bisect_left
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType
from unittest.mock import patch

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray
from tests.segment_support import Model, arrays_of, places, ranges, read, write_segment

from kashaf_index.codec import dictionary, rows, slabs
from kashaf_index.codec import ranges as ranges_of
from kashaf_index.codec.postings import Chunk
from kashaf_index.codec.segment import SegmentFile, SegmentWriter

DOCUMENTS = 12

#: Most positions are small; some stand at the borders of 16 bits, and some postings count more than 8 bits hold.
one_place = st.one_of(st.integers(0, 30), st.integers(65_533, 65_537), st.integers(0, (1 << 32) - 1))
in_document = st.one_of(
    st.lists(one_place, min_size=1, max_size=4, unique=True).map(sorted),
    st.integers(250, 260).map(lambda size: list(range(size))),
)
terms = st.binary(max_size=4).filter(lambda term: len(term) < 4 or term[3] < 4)
models: st.SearchStrategy[Model] = st.dictionaries(
    terms,
    st.dictionaries(st.integers(0, DOCUMENTS - 1), in_document, max_size=5),
    max_size=12,
)


@st.composite
def disjoint_ranges(draw: st.DrawFn, length: int) -> NDArray[np.int64]:
    cuts = sorted(draw(st.lists(st.integers(0, length), max_size=24)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    return ranges(*draw(st.permutations(pairs)))


@settings(max_examples=200, deadline=None)
@given(
    st.data(),
    models,
    st.integers(1, 13),
    st.integers(1, 9),
    st.lists(terms, max_size=5),
    st.fixed_dictionaries(
        {
            (ranges_of, "_FEW"): st.integers(0, 5),
            (slabs, "_BRIEF"): st.sampled_from([0, 1 << 12]),
            (slabs, "_SPARSE"): st.sampled_from([0.06, 2.0]),
            (slabs, "_NEAR"): st.sampled_from([0, 1 << 13]),
            (slabs, "_BROAD"): st.sampled_from([0, 8]),
            (slabs, "_SHORT"): st.sampled_from([0, 4]),
            (rows, "_PROBES"): st.sampled_from([0, 256]),
        }
    ),
)
def test_postings_are_those_of_the_model(
    data: st.DataObject,
    model: Model,
    slab: int,
    chunk: int,
    others: list[bytes],
    ways: dict[tuple[ModuleType, str], float],
) -> None:
    """By whichever of the ways that are chosen by size."""
    with TemporaryDirectory() as folder, patch.object(slabs, "SLAB", slab), ExitStack() as patched:
        for (module, name), value in ways.items():
            patched.enter_context(patch.object(module, name, value))
        segment = write_segment(Path(folder, "s.seg"), model, DOCUMENTS, chunk=chunk, others=others)
        names = sorted(set(model) | set(others))
        wanted = data.draw(disjoint_ranges(len(names)))
        within = np.array(data.draw(st.lists(st.booleans(), min_size=DOCUMENTS, max_size=DOCUMENTS)))

        held = [
            (number, document, list(model[names[number]][document]))
            for lo, hi in wanted.tolist()
            for number in range(lo, hi)
            for document in model.get(names[number], {})
        ]
        assert read(segment, wanted) == sorted((document, len(at)) for _, document, at in held)
        expected = sorted((document, place) for _, document, at in held for place in at)
        assert places(segment, wanted) == expected
        assert places(segment, wanted, within) == [pair for pair in expected if within[pair[0]]]

        field = segment.postings("text")
        assert field is not None
        labels = np.arange(len(wanted), dtype=np.uint16)
        found = field.places_labelled(wanted, within, labels)
        label_of = {n: label for label, (lo, hi) in enumerate(wanted.tolist()) for n in range(lo, hi)}
        assert sorted(zip(*(array.tolist() for array in found), strict=True)) == sorted(
            (document, place, label_of[number])
            for number, document, at in held
            if within[document]
            for place in at
        )
        for names_of_ranges in (len(wanted) + 1, 3):
            stretched = field.stretches(wanted, labels % names_of_ranges)
            assert all(len(docs) for _, docs, _ in stretched)
            assert sorted(
                (document, count, label)
                for label, docs, counts in stretched
                for document, count in zip(docs.tolist(), counts.tolist(), strict=True)
            ) == sorted(
                (document, len(at), label_of[number] % names_of_ranges) for number, document, at in held
            )

        sizes = [len(model.get(name, {})) for name in names]
        assert field.sizes(0, len(names)).tolist() == sizes
        assert field.frequencies(np.arange(len(names))[::-1]).tolist() == sizes[::-1]
        occurrences = [sum(map(len, model.get(name, {}).values())) for name in names]
        assert field.occurrence_sizes(0, len(names)).tolist() == occurrences
        for lo, hi in wanted.tolist():
            assert field.frequency(lo, hi) == sum(sizes[lo:hi])
            assert field.occurrences(lo, hi) == sum(occurrences[lo:hi])
            in_range = {name: model[name] for name in names[lo:hi] if name in model}
            numbers = {name: number for number, name in enumerate(names)}
            same(field.chunk(lo, hi), Chunk(*arrays_of(numbers, in_range)))


def same(found: Chunk, expected: Chunk) -> None:
    for one, other in zip(found, expected, strict=True):
        assert one is not None
        assert other is not None
        assert one.tolist() == other.tolist()


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.one_of(terms, st.text("ابتث\0", max_size=6).map(str.encode)), unique=True, max_size=200),
    st.lists(st.one_of(terms, st.just(b"\xff\xff")), max_size=20),
    st.integers(1, 50),
    st.integers(1, 9),
)
def test_a_dictionary_is_a_sorted_list(
    words: list[bytes], asked: list[bytes], chunk: int, sampling: int
) -> None:
    words.sort()
    with TemporaryDirectory() as folder, patch.object(dictionary, "SAMPLING", sampling):
        writer = SegmentWriter(Path(folder, "s.seg"))
        writer.documents = 0
        out = writer.dictionary("words")
        for start in range(0, len(words), chunk):
            assert out.append(words[start : start + chunk]) == start
        writer.finish()
        found = SegmentFile.open(Path(folder, "s.seg")).dictionary("words")
        assert found.terms(0, len(found)) == words
        for term in [*asked, *words, *(word[:-1] for word in words)]:
            assert found.lower(term) == bisect_left(words, term)
            assert found.find(term) == (words.index(term) if term in words else -1)
            numbers = [number for number, word in enumerate(words) if word.startswith(term)]
            lo, hi = found.beginning(term)
            assert lo == bisect_left(words, term)
            assert list(range(lo, hi)) == numbers


@settings(max_examples=80, deadline=None)
@given(st.lists(st.binary(max_size=60), max_size=40), st.lists(st.booleans(), min_size=40, max_size=40))
def test_stored_documents_come_back_also_copied(documents: list[bytes], kept: list[bool]) -> None:
    with TemporaryDirectory() as folder, patch("kashaf_index.codec.stored._WORTH_COPYING", 5):
        writer = SegmentWriter(Path(folder, "s.seg"))
        stored = writer.stored
        for data in documents:
            stored.append(data)
        writer.documents = len(documents)
        writer.finish()
        one = SegmentFile.open(Path(folder, "s.seg"))
        assert [one.stored(number) for number in range(one.size)] == documents
        chosen = np.flatnonzero(np.array(kept[: len(documents)], bool))
        writer = SegmentWriter(Path(folder, "t.seg"))
        for _ in range(2):
            writer.stored.copy(one.stored_documents, chosen)
            writer.stored.append(b"between")
        writer.documents = 2 * len(chosen) + 2
        writer.finish()
        other = SegmentFile.open(Path(folder, "t.seg"))
        expected = [*(documents[number] for number in chosen.tolist()), b"between"] * 2
        assert [other.stored(number) for number in range(other.size)] == expected
