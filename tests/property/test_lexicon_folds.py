"""Patterns and fuzzy words on the table of folds stand for the words that each word's own slot accepts."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.folds_support import Texts, frequencies, make_segment, terms_of

from kashaf.text.fold import fold_word
from kashaf_index.analysis import EXACT, FOLDED, STEM, ladder, ladder_of_term
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.query import lexicon
from kashaf_index.query.lexicon import Expanding, Lexicon
from kashaf_index.query.slots import FuzzySlot, PatternSlot, WordSlot

FIELDS = ("text", "title")
# Words that meet: common beginnings, letters that fold, marks, another script, letters joined in front.
MET = """
كتب كتاب كِتاب الكتاب والكتاب للكتاب كاتب مكتبة مكتبه مكتب بمكتب احمد أحمد إحمد الأحمد لأحمد ولأحمد abc Abd abcd
وزير وزراء الوزير والوزير لوزير ـ كتتب كتكتب
"""
BEGINNINGS = "ا أ ب ال كت مكت ه ة اب احم ab A وز ير"
WORDS = st.sampled_from(MET.split()) | st.text("ابكتأة", min_size=1, max_size=5)
DOCUMENTS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(FIELDS, st.lists(WORDS, max_size=6).map(" ".join))), max_size=6
)
PARTS = st.sampled_from(BEGINNINGS.split())


@st.composite
def patterns(draw: st.DrawFn) -> PatternSlot:
    parts = [draw(PARTS) for _ in range(draw(st.integers(1, 3)))]
    if draw(st.booleans()):
        parts.insert(0, "")
    if len(parts) == 1 or draw(st.booleans()):
        parts.append("")
    exact = tuple(ladder(part).exact if part else "" for part in parts)
    return PatternSlot(exact, tuple(map(fold_word, exact)))


FUZZY = st.builds(FuzzySlot, WORDS.filter(fold_word).map(ladder), st.integers(1, 2))
SLOTS: st.SearchStrategy[Expanding] = patterns() | FUZZY


@contextmanager
def opened(segments: Sequence[Texts]) -> Iterator[list[SegmentFile]]:
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        files = [
            make_segment(Path(folder, f"{number}.seg"), documents, FIELDS)
            for number, documents in enumerate(segments)
        ]
        for file in files:
            stack.callback(file.container.close)
        yield files


def followed(terms: Mapping[bytes, int], slot: Expanding) -> tuple[frozenset[str] | None, int]:
    """What `Lexicon.followed` says, word by word."""
    counts: dict[str, int] = {}
    for term, count in terms.items():
        word = ladder_of_term(term)
        if accepts(slot, term) is not None:
            counts[word.folded] = counts.get(word.folded, 0) + count
    if len(counts) <= lexicon.MAX_WORDS:
        return None, len(counts)
    commonest = sorted(counts, key=lambda word: (-counts[word], word))
    return frozenset(commonest[: lexicon.MAX_WORDS]), len(counts)


def accepts(slot: Expanding, term: bytes) -> int | None:
    """The rung at which the term is among what a pattern fits or a fuzzy word's distance reaches."""
    word = ladder_of_term(term)
    if isinstance(slot, PatternSlot):
        accepted = slot.accepts(word)
        return accepted[0] if accepted else None
    near = slot.close(word.folded) and (slot.only is None or word.folded in slot.only)
    return STEM if near else None


@settings(max_examples=120, deadline=None)
@given(st.lists(DOCUMENTS, max_size=3), st.sampled_from(FIELDS), SLOTS, st.integers(1, 6))
def test_a_slot_stands_for_what_it_accepts(
    segments: list[Texts], field: str, slot: Expanding, most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch, opened(segments) as files:
        patch.setattr(lexicon, "MAX_WORDS", most)
        found = Lexicon(field, files)
        expected = followed(frequencies(segments, field), slot)
        assert found.followed(slot) == expected
        assert found.followed(slot) == expected
        bound = replace(slot, only=expected[0])
        check(found, bound, segments, files, field)
        # What another lexicon was bound to, and what is not bound.
        check(Lexicon(field, files), bound, segments, files, field)
        check(found, slot, segments, files, field)


def check(
    found: Lexicon, slot: Expanding, segments: Sequence[Texts], files: Sequence[SegmentFile], field: str
) -> None:
    by_segment = found.ranges(slot)
    assert len(by_segment) == len(files)
    for documents, file, by_rung in zip(segments, files, by_segment, strict=True):
        words = file.dictionary("words")
        rungs: dict[bytes, int] = {}
        for rung, ranges in zip((EXACT, FOLDED, STEM), by_rung, strict=True):
            assert ranges.shape == (len(ranges), 2)
            flat = ranges.ravel().tolist()
            assert flat == sorted(set(flat))
            for lo, hi in ranges.tolist():
                for term in words.terms(lo, hi):
                    assert term not in rungs
                    rungs[term] = rung
        held = {term for document in documents for term in terms_of(document.get(field, ""))}
        expected = {term: at for term in held if (at := accepts(slot, term)) is not None}
        # Terms that only another field has may be among them.
        assert {term: rung for term, rung in rungs.items() if term in expected} == expected
        assert all(accepts(slot, term) == rung for term, rung in rungs.items())


@settings(max_examples=100, deadline=None)
@given(WORDS.filter(fold_word), WORDS, st.integers(1, 2))
def test_a_fuzzy_word_is_its_word_and_what_is_close(asked: str, other: str, distance: int) -> None:
    """What the ranges of a fuzzy slot are put together with."""
    slot = FuzzySlot(ladder(asked), distance)
    for term in terms_of(other):
        word = ladder_of_term(term)
        plain = WordSlot(slot.reading).accepts(word)
        rungs = [accepted[0] for accepted in (plain,) if accepted] + [STEM] * slot.close(word.folded)
        accepted = slot.accepts(word)
        assert (accepted[0] if accepted else None) == min(rungs, default=None)
