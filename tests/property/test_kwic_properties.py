"""Whatever the text and the query: lines are places of it, orders lose nothing, numbers are those of the books."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from math import log, log2
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.index_corpus import make_article, open_index

from kashaf.bidi.concordance import align
from kashaf.text.fold import fold_word
from kashaf.text.tokens import tokenise
from kashaf_index.collocates import collocates, log_likelihood, mutual_information
from kashaf_index.frequencies import frequencies
from kashaf_index.kwic import NEAR, SORTS, concordance, sort_lines
from kashaf_index.model import Query, Rung
from kashaf_index.search import Searcher

_BASES = ("مجلس", "وزير", "مدرسة", "سوريا", "قسد", "في", "من", "bbc", "2025", "ﷺ")
_FORMS = ("{}", "ال{}", "و{}", "لل{}", "ـ{}ـ", "{}\u064e", "«{}»", "{}.", "({})", "{}\n", "{}\u200f")
_vocabulary = [form.format(base) for base in _BASES for form in _FORMS]
_words = st.sampled_from(_vocabulary)
_queries = st.one_of(
    _words,
    st.tuples(_words, _words).map(" ".join),
    st.tuples(_words, _words).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.tuples(_words, _words).map(lambda pair: f'{pair[0]} OR "{pair[0]} {pair[1]}"'),
    st.sampled_from(_BASES).map(lambda word: f"{word[:2]}*"),
)
_calmly = settings(deadline=None, max_examples=40)
_rungs: st.SearchStrategy[Rung] = st.sampled_from(("exact", "folded", "stem"))


@lru_cache(maxsize=1)
def _texts() -> tuple[str, ...]:
    chance = random.Random(11)
    return tuple(" ".join(chance.choices(_vocabulary, k=chance.randint(3, 60))) for _ in range(40))


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    articles = [
        make_article(str(at), text.split()[0], text, outlet=f"منبر {at % 3}" if at % 4 else None)
        for at, text in enumerate(_texts())
    ]
    with TemporaryDirectory() as folder, open_index(Path(folder), articles) as opened:
        yield opened


@_calmly
@given(text=_queries, rung=_rungs, width=st.integers(5, 60))
def test_lines_are_places_of_the_text(searcher: Searcher, text: str, rung: Rung, width: int) -> None:
    found = concordance(searcher, Query(text, rung=rung, match="any"), width=width, limit=10_000)
    assert len(found.lines) == found.total
    assert len({(line.id, line.start, line.end) for line in found.lines}) == found.total
    for line in found.lines:
        whole = searcher.article(line.id).text
        flat = "".join(" " if char.isspace() else char for char in whole)
        assert whole[line.start : line.end] == line.node != ""
        assert flat[line.start - len(line.left) : line.start] == line.left
        assert flat[line.end : line.end + len(line.right)] == line.right
        assert max(len(line.left), len(line.right)) <= width
        before = [token.exact for token in tokenise(whole) if token.end <= line.start]
        after = [token.exact for token in tokenise(whole) if token.start >= line.end]
        assert " ".join(line.before[::-1]).split() == _folded(before)[-len(" ".join(line.before).split()) :]
        assert " ".join(line.after).split() == _folded(after)[: len(" ".join(line.after).split())]
        assert len(line.before) <= NEAR >= len(line.after)


def _folded(tokens: list[str]) -> list[str]:
    """Nothing is left of a tatweel that stands alone."""
    return [form for form in map(fold_word, tokens) if form]


@_calmly
@given(text=_queries, limit=st.integers(0, 50))
def test_every_order_is_a_permutation_and_a_limit_its_beginning(
    searcher: Searcher, text: str, limit: int
) -> None:
    query = Query(text, match="any")
    plain = concordance(searcher, query, limit=10_000).lines
    for sort in SORTS:
        ordered = concordance(searcher, query, limit=10_000, sort=sort).lines
        assert Counter(ordered) == Counter(plain)
        assert list(ordered) == sort_lines(plain, sort) == sort_lines(ordered, sort)
        assert concordance(searcher, query, limit=limit, sort=sort).lines == ordered[:limit]


@_calmly
@given(text=_queries, before=st.integers(0, 6), after=st.integers(0, 6))
def test_collocates_are_tokens_beside_matches(searcher: Searcher, text: str, before: int, after: int) -> None:
    query = Query(text, match="any")
    matches = concordance(searcher, query, limit=10_000).lines
    expected: Counter[str] = Counter()
    for article_id in {line.id for line in matches}:
        tokens = [one for one in tokenise(searcher.article(article_id).text) if fold_word(one.exact)]
        # A surface of several tokens (U+FDFA) is one word of the window.
        starts = sorted({token.start for token in tokens})
        inside = {
            start
            for line in matches
            for start in starts
            if line.id == article_id and line.start <= start < line.end
        }
        near: set[int] = set()
        for line in matches:
            if line.id == article_id:
                left = [start for start in starts if start < line.start]
                near |= set(left[-before:] if before else [])
                near |= set([start for start in starts if start >= line.end][:after])
        expected.update(fold_word(token.exact) for token in tokens if token.start in near - inside)
    found = collocates(searcher, query, before, after, minimum=1, limit=10_000)
    assert found.window == expected.total()
    assert found.matches == len(matches)
    for one in found.words:
        assert one.count == expected[one.form]
        assert one.count > one.expected
        assert one.corpus >= one.count


@given(data=st.data())
def test_likelihood_and_information_are_those_of_the_books(data: st.DataObject) -> None:
    corpus = data.draw(st.integers(2, 10**7))
    window = data.draw(st.integers(1, corpus))
    in_corpus = data.draw(st.integers(1, corpus))
    least = max(1, window + in_corpus - corpus)
    count = data.draw(st.integers(least, min(window, in_corpus)))
    cells = [count, window - count, in_corpus - count, corpus - window - in_corpus + count]
    sums = [window, corpus - window, in_corpus, corpus - in_corpus]
    # Dunning's statistic as entropies (Moore, "On Log-Likelihood-Ratios and the Significance of Rare Events", 2004).
    entropies = sum(map(_xlogx, cells)) - sum(map(_xlogx, sums)) + _xlogx(corpus)
    assert log_likelihood(count, window, in_corpus, corpus) == pytest.approx(
        2 * entropies, rel=1e-6, abs=1e-4
    )
    chance = (window / corpus) * (in_corpus / corpus)
    assert mutual_information(count, window, in_corpus, corpus) == pytest.approx(
        log2(count / corpus / chance), abs=1e-9
    )


def _xlogx(number: int) -> float:
    return number * log(number) if number else 0.0


@_calmly
@given(text=_queries, rung=_rungs)
def test_frequencies_add_up_to_the_concordance(searcher: Searcher, text: str, rung: Rung) -> None:
    query = Query(text, rung=rung, match="any")
    lines = concordance(searcher, query, limit=10_000)
    counted = frequencies(searcher, query)
    assert (counted.whole.matches, counted.whole.articles) == (lines.total, lines.articles)
    by_outlet = Counter(line.outlet or "" for line in lines.lines)
    assert {one.name: one.matches for one in counted.outlets if one.matches} == by_outlet


@given(
    before=st.text(max_size=60), node=st.text(min_size=1, max_size=20), after=st.text(max_size=60),
    width=st.integers(0, 120),
)  # fmt: skip
def test_an_aligned_line_is_as_wide_as_asked(before: str, node: str, after: str, width: int) -> None:
    before, node, after = (" ".join(part.split()) for part in (before, node, after))
    shown = align(before, node, after, width)
    cells = shown.line.cells
    assert sum(cell.width for cell in cells) == shown.line.width == width
    assert before.endswith(shown.text[: shown.start])
    assert after.startswith(shown.text[shown.end :])
    texts = [cell for cell in cells if cell.start < cell.end]
    assert sorted(at for cell in texts for at in range(cell.start, cell.end)) == list(range(len(shown.text)))
