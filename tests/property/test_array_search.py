"""Searching by arrays against the plainest reading of every text: each word asked, each place tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.array_support import Paper, open_segments

from kashaf.text.clitics import with_proclitics
from kashaf_index.analysis import FOLDED, ROOT, RUNGS, STEM, Ladder, ladder, ladder_of_term
from kashaf_index.matching.evaluate import Evaluator
from kashaf_index.matching.nearness import Spot, chains
from kashaf_index.matching.resolve import Painted, united
from kashaf_index.matching.tallies import Occurrences, Tally, added_up, by_rung, tally
from kashaf_index.matching.terms import Counting, Terms
from kashaf_index.query.plan import (
    All,
    AllOf,
    AnyOf,
    Field,
    FromOutlet,
    InDates,
    InLanguage,
    Numbered,
    Plan,
    Row,
    Unit,
    Without,
)
from kashaf_index.query.slots import ExactSlot, FuzzySlot, PatternSlot, RootSlot, Slot, WordSlot
from kashaf_index.reading import IndexReader

if TYPE_CHECKING:
    from kashaf_index.matching.tallies import Postings

_BASES = "وزير مدرسة كاتب مكتب قسد في bbc".split()  # noqa: SIM905
_FORMS = ("{}", "ال{}", "و{}", "ب{}", "لل{}", "{}ات", "{}ي", "{}\u064e", "م{}")
_vocabulary = [form.format(base) for base in _BASES for form in _FORMS]

_word = st.one_of(st.sampled_from(_BASES), st.sampled_from(_vocabulary))
_text = st.lists(_word, max_size=12).map(" ".join)
_papers = st.lists(
    st.builds(
        Paper,
        id=st.just(""),
        text=_text,
        title=st.lists(_word, max_size=3).map(" ".join),
        author=st.sampled_from(("", "كاتب", "وزير كاتب")),
        outlet=st.sampled_from(("", "الميزان", "المرفأ")),
        language=st.sampled_from(("", "ar", "ar-SY", "AR", "arz")),
        date=st.sampled_from((0, 20240105, 20250310, 20251111)),
    ),
    max_size=7,
)
_reading = _word.map(ladder)
_word_slot = st.builds(WordSlot, _reading, st.booleans(), st.booleans())
_pattern = st.builds(
    lambda word, cut, behind, only: PatternSlot(
        (word.exact[:cut], word.exact[len(word.exact) - behind :]),
        (word.folded[:cut], word.folded[len(word.folded) - behind :]),
        only,
    ),
    _reading,
    st.integers(0, 4),
    st.integers(0, 2),
    st.none() | st.frozensets(_reading.map(lambda word: word.folded), max_size=9),
)
_slot: st.SearchStrategy[Slot] = st.one_of(
    _word_slot,
    _word_slot,
    st.builds(ExactSlot, _reading),
    st.builds(RootSlot, _reading),
    _pattern,
    st.builds(FuzzySlot, _reading, st.integers(1, 2)),
)
_rows = st.builds(Row, st.lists(_slot, min_size=1, max_size=3).map(tuple), st.sampled_from(("", "alias")))
_field: st.SearchStrategy[Field] = st.sampled_from(("text", "lead", "title", "author"))


def _unit(field: Field) -> st.SearchStrategy[Unit]:
    return st.builds(
        lambda first, others: Unit(first.slots, field, "", tuple(others), first.rule),
        _rows,
        st.lists(_rows, max_size=2),
    )


def _near(field: Field) -> st.SearchStrategy[Unit]:
    # A unit's own field counts, whatever its parts say: the ranking asks for the same words in titles.
    parts = st.lists(_unit("text"), min_size=2, max_size=3)
    twice = _unit("text").map(lambda part: [part, part])
    return st.builds(
        lambda parts, distance: Unit(
            tuple(chain.from_iterable(part.slots for part in parts)),
            field,
            "",
            parts=tuple(parts),
            distance=distance,
        ),
        st.one_of(parts, parts, twice),
        st.integers(1, 6),
    )


_units = _field.flatmap(lambda field: st.one_of(_unit(field), _near(field)))


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory() as made:
        yield Path(made)


class _Corpus:
    """Papers in segments, some of them deleted, read by arrays and plainly."""

    def __init__(self, folder: Path, parts: list[list[Paper]], deleted: set[int], slab: int) -> None:
        number = iter(range(1000))
        named = [[Paper(f"{next(number):03}", *_rest(paper)) for paper in part] for part in parts]
        self.papers = list(chain.from_iterable(named))
        self.deleted = {doc for doc in deleted if doc < len(self.papers)}
        gone = [self.papers[doc].id for doc in self.deleted]
        self.reader: IndexReader = open_segments(folder, named, gone, slab)
        self.evaluator = Evaluator(self.reader)

    def live(self) -> Iterator[tuple[int, Paper]]:
        return ((doc, paper) for doc, paper in enumerate(self.papers) if doc not in self.deleted)


def _rest(paper: Paper) -> tuple[str, str, str, str, str, int]:
    return paper.text, paper.title, paper.author, paper.outlet, paper.language, paper.date


_corpora = st.tuples(
    st.lists(_papers, min_size=1, max_size=3), st.sets(st.integers(0, 20), max_size=5), st.integers(1, 8)
)


def _words(paper: Paper, field: Field) -> list[Ladder]:
    places = paper.places(field)
    found = {at: ladder_of_term(term) for term, every in places.items() for at in every}
    return [found[at] for at in sorted(found)]


def _plain_spots(unit: Unit, words: Sequence[Ladder], widest: int) -> list[Spot]:
    if unit.parts:
        met = chains([_plain_spots(part, words, widest) for part in unit.parts], unit.distance)
        return [Spot(one[0].start, one[-1].end, max(spot.rung for spot in one)) for one in met]
    best: dict[tuple[int, int], int] = {}
    for row in (row for row in unit.rows if row.narrowest <= widest):
        for start in range(len(words) - len(row.slots) + 1):
            read = [slot.accepts(words[start + at]) for at, slot in enumerate(row.slots)]
            rungs = [accepted[0] for accepted in read if accepted and accepted[0] <= widest]
            if len(rungs) == len(read):
                place = (start, start + len(read))
                best[place] = min(best.get(place, ROOT), max(*rungs, row.narrowest))
    return [Spot(start, end, rung) for (start, end), rung in sorted(best.items())]


def _plain_counts(corpus: _Corpus, unit: Unit, widest: int) -> list[dict[int, int]]:
    counts: list[dict[int, int]] = [{} for _ in RUNGS]
    for doc, paper in corpus.live():
        for spot in _plain_spots(unit, _words(paper, unit.field), widest):
            for rung in range(spot.rung, len(RUNGS)):
                counts[rung][doc] = counts[rung].get(doc, 0) + 1
    return counts


def _as_dicts(found: Tally, size: int) -> list[dict[int, int]]:
    return [_as_dict(one, size) for one in found.rungs]


def _as_dict(one: Occurrences, size: int) -> dict[int, int]:
    docs = one.found().tolist()
    assert docs == sorted(set(docs)) == np.flatnonzero(one.mask(size)).tolist()
    assert one.frequency == len(docs)
    table = one.table(size)
    assert int(np.count_nonzero(table)) == len(docs)
    return {doc: int(table[doc]) for doc in docs}


@settings(max_examples=70, deadline=None)
@given(_corpora, st.lists(_units, min_size=3, max_size=6), st.sampled_from((FOLDED, STEM, ROOT)))
def test_a_unit_occurs_as_often_as_by_reading_every_word(
    folder: Path,
    made: tuple[list[list[Paper]], set[int], int],
    units: list[Unit],
    widest: int,
) -> None:
    corpus = _Corpus(folder, *made)
    with corpus.reader:
        for unit in units:
            found = corpus.evaluator.tally(unit, widest=widest)
            expected = _plain_counts(corpus, unit, widest)
            assert _as_dicts(found, len(corpus.papers)) == expected
            assert corpus.evaluator.tally(unit, widest=widest) is found
            for rung in range(widest + 1):
                one = corpus.evaluator.occurrences(unit, rung)
                assert _as_dict(one, len(corpus.papers)) == expected[rung]


@settings(max_examples=100, deadline=None)
@given(st.lists(_text, min_size=1, max_size=6), st.lists(_slot, min_size=1, max_size=8))
def test_terms_are_accepted_as_a_slot_accepts_them(folder: Path, texts: list[str], slots: list[Slot]) -> None:
    parts = [[Paper(str(at), text)] for at, text in enumerate(texts)]
    with open_segments(folder, parts) as reader:
        asked = Terms(reader)
        for slot in slots:
            for one, painted in zip(
                reader.segments, asked.of(slot, Counting(Unit((slot,), "text", ""), ROOT)), strict=True
            ):
                terms = one.file.dictionary("words")
                accepted = [
                    verdict[0] if (verdict := slot.accepts(ladder_of_term(term))) else None
                    for term in terms.terms(0, len(terms))
                ]
                assert accepted == _unpainted(painted, len(terms))
                for widest in (STEM, ROOT):
                    chosen = [at for at, rung in enumerate(accepted) if rung is not None and rung <= widest]
                    merged = painted.upto(widest).tolist()
                    assert chosen == [at for first, last in merged for at in range(first, last)]


def _unpainted(painted: Painted, size: int) -> list[int | None]:
    found: list[int | None] = [None] * size
    for first, last, rung in painted.stretches():
        assert first < last
        for at in range(first, last):
            assert found[at] is None
            found[at] = rung
    return found


@given(
    st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3), st.integers(1, 4), st.integers(0, 3))),
    st.integers(0, 3),
)
def test_nested_ranges_count_by_the_narrowest(
    nested: list[tuple[int, int, int, int]], narrowest: int
) -> None:
    # Words of a tree of four levels: a range is what begins so.
    ranges: list[tuple[int, int, int]] = []
    for at, level, _, rung in nested:
        width = 4**level
        ranges.append((at * 37 % 64 // width * width, at * 37 % 64 // width * width + width, rung))
    expected: list[int | None] = [None] * 64
    for first, last, rung in ranges:
        for at in range(first, last):
            known = expected[at]
            expected[at] = max(rung, narrowest) if known is None else min(known, max(rung, narrowest))
    halves = [(Painted.of(ranges[at::2]), narrowest) for at in range(2)]
    assert _unpainted(united(halves), 64) == expected


# Boolean logic


def _plans() -> st.SearchStrategy[Plan]:
    leaf: st.SearchStrategy[Plan] = st.one_of(
        st.builds(lambda slot: Unit((slot,), "text", ""), _word_slot),
        st.builds(lambda slot: Unit((slot,), "text", ""), _word_slot),
        st.just(All()),
        st.builds(FromOutlet, st.sampled_from(("", "الميزان", "المرفا"))),
        st.builds(InDates, st.sampled_from((1, 20240105, 20250101)), st.sampled_from((20240105, 99_999_999))),
        st.builds(InLanguage, st.sampled_from(("ar", "ar-sy", "arz", "en"))),
        st.builds(Numbered, st.frozensets(st.integers(0, 0), max_size=1)),
    )
    return st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(Without, inner),
            st.lists(inner, min_size=1, max_size=3).map(lambda items: AllOf(tuple(items))),
            st.lists(inner, min_size=1, max_size=3).map(lambda items: AnyOf(tuple(items))),
        ),
        max_leaves=6,
    )


def _matches(plan: Plan, doc: int, paper: Paper, rung: int) -> bool:
    match plan:
        case Unit():
            return any(spot.rung <= rung for spot in _plain_spots(plan, _words(paper, plan.field), ROOT))
        case FromOutlet(key):
            return bool(key) and {"الميزان": "الميزان", "المرفأ": "المرفا", "": ""}[paper.outlet] == key
        case InDates(first, last):
            return first <= paper.date <= last
        case InLanguage(tag):
            language = paper.language.lower()
            return language == tag or language.startswith(f"{tag}-")
        case Numbered(docs):
            return doc in docs
        case Without(item):
            return not _matches(item, doc, paper, FOLDED)
        case AllOf(items):
            return all(_matches(item, doc, paper, rung) for item in items)
        case AnyOf(items):
            return any(_matches(item, doc, paper, rung) for item in items)
        case _:
            return isinstance(plan, All)


@settings(max_examples=100, deadline=None)
@given(_corpora, st.lists(_plans(), min_size=1, max_size=4))
def test_a_plan_matches_what_it_says(
    folder: Path, made: tuple[list[list[Paper]], set[int], int], plans: list[Plan]
) -> None:
    corpus = _Corpus(folder, *made)
    with corpus.reader:
        for plan in (plan for plan in plans if corpus.papers or "Numbered" not in repr(plan)):
            masks = corpus.evaluator.masks(plan)
            for rung, mask in enumerate(masks):
                expected = [doc for doc, paper in corpus.live() if _matches(plan, doc, paper, rung)]
                assert np.flatnonzero(mask).tolist() == expected
        assert np.flatnonzero(corpus.reader.live).tolist() == [doc for doc, _ in corpus.live()]


# Sums


_postings = st.lists(st.tuples(st.integers(0, 19), st.integers(1, 4), st.integers(0, 3)), max_size=40)


@given(_postings, st.sampled_from((20, 500, 10_000)))
def test_a_tally_adds_up_whatever_way_it_is_made(postings: list[tuple[int, int, int]], size: int) -> None:
    found = tally(size, _by_rung(postings))
    assert _as_dicts(found, size) == _plainly(postings)
    masks = found.masks(size, (STEM, FOLDED))
    for rung, mask in zip((STEM, FOLDED), masks, strict=True):
        assert np.flatnonzero(mask).tolist() == found.rungs[rung].found().tolist()


@given(_postings, st.sampled_from((20, 500, 10_000)))
def test_occurrences_one_by_one_are_postings(postings: list[tuple[int, int, int]], size: int) -> None:
    docs, _, rungs = np.array(postings, np.int64).reshape(-1, 3).T
    found = tally(size, by_rung(docs.copy(), rungs.astype(np.uint8)))
    assert _as_dicts(found, size) == _plainly([(doc, 1, rung) for doc, _, rung in postings])


@given(st.lists(_postings, min_size=1, max_size=3), st.sampled_from((20, 500, 10_000)))
def test_tallies_add_up(several: list[list[tuple[int, int, int]]], size: int) -> None:
    parts = added_up([tally(size, _by_rung(one)) for one in several], size)
    assert _as_dicts(parts, size) == _plainly([one for postings in several for one in postings])


def _plainly(postings: list[tuple[int, int, int]]) -> list[dict[int, int]]:
    counts = [Counter[int]() for _ in RUNGS]
    for doc, count, narrowest in postings:
        for rung in range(narrowest, len(RUNGS)):
            counts[rung][doc] += count
    return [dict(one) for one in counts]


def _by_rung(postings: list[tuple[int, int, int]]) -> list[list[Postings]]:
    """In two pieces."""
    return [
        [
            (
                np.array([doc for doc, _, own in part if own == rung], np.int64),
                np.array([count for _, count, own in part if own == rung], np.int64),
            )
            for part in (postings[::2], postings[1::2])
        ]
        for rung in range(len(RUNGS))
    ]


def test_the_words_of_these_tests_are_of_every_kind() -> None:
    readings = [ladder(word) for word in _vocabulary]
    assert any(len(with_proclitics(word.folded)) == 1 for word in readings)
    assert len({word.root for word in readings}) < len({word.stem for word in readings}) < len(readings)
