from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.index_corpus import make_article, open_index

from kashaf.corpus.article import Article
from kashaf.text.clitics import with_proclitics
from kashaf.text.fold import fold_word
from kashaf.text.root import root
from kashaf.text.stem import stem
from kashaf.text.tokens import WORD, exact_forms, tokenise
from kashaf_index.analysis import RUNGS
from kashaf_index.model import Hit, Match, Query, Rung
from kashaf_index.query.compile import Unit, compile_query, positive_units
from kashaf_index.query.expansion import Expansion
from kashaf_index.query.parser import parse
from kashaf_index.query.slots import ExactSlot, FuzzySlot, PatternSlot, RootSlot, Slot, WordSlot
from kashaf_index.search import Searcher

_BASES = "مجلس وزير مدرسة أحمد سوريا قسد إعلان مستشفى في من الله كاتب مكتب bbc 2025".split()  # noqa: SIM905
_FORMS = (
    "{}",
    "ال{}",
    "و{}",
    "ب{}",
    "لل{}",
    "وال{}",
    "{}ات",
    "{}ي",
    "ـ{}ـ",
    "{}\u064e",
    "«{}»",
    "{}.",
    "م{}",
)
_vocabulary = [form.format(base) for base in _BASES for form in _FORMS]


class Book:
    """An alias of two words, a name of two words for one, and a variant."""

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        found = []
        for at, word in enumerate(words):
            if word == "قسد":
                found.append(Expansion(at, at + 1, (("مجلس", "سوريا"),), "alias قسد"))
            if word == "مدرسه":
                found.append(Expansion(at, at + 1, (("مكتب",), ("كاتب",)), "variant مدرسة"))
            if words[at : at + 2] == ("وزير", "احمد"):
                found.append(Expansion(at, at + 2, (("bbc",),), "alias BBC"))
        return tuple(found)


@lru_cache(maxsize=1)
def _corpus() -> tuple[str, ...]:
    chance = random.Random(7)
    return tuple(" ".join(chance.choices(_vocabulary, k=chance.randint(3, 40))) for _ in range(60))


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    articles = [make_article(str(at), text.split()[0], text) for at, text in enumerate(_corpus())]
    with TemporaryDirectory() as folder, open_index(Path(folder), articles) as opened:
        opened.expander = Book()
        yield opened


@pytest.fixture(scope="module")
def sample(indexed_sample: Path) -> Iterator[Searcher]:
    with Searcher.open(indexed_sample / ".kashaf" / "index") as opened:
        opened.expander = Book()
        yield opened


_word = st.one_of(st.sampled_from(_vocabulary), st.sampled_from(_BASES))
_arabic = st.sampled_from([base for base in _BASES if base[0] > "z" and len(base) > 2])


def _terms(word: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Terms of every kind about words."""
    plain = st.one_of(
        word,
        word.map(lambda one: f"={one}"),
        word.map(lambda one: f'"{one}"'),
        st.tuples(word, word).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
        word.map(lambda one: f"root:{one}"),
        word.map(lambda one: f"{one}~"),
        word.map(lambda one: f"{one[:3]}*"),
        word.map(lambda one: f"*{one[-2:]}"),
        word.map(lambda one: f"{one[:1]}*{one[-1:]}"),
    )
    near = st.tuples(plain, st.integers(1, 8), plain).map(lambda it: f"{it[0]} NEAR/{it[1]} {it[2]}")
    return st.one_of(plain, plain, near, word.map(lambda one: f"title:{one}"))


def _queries(term: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        term,
        st.lists(term, min_size=2, max_size=3).map(" ".join),
        st.tuples(term, term).map(" أو ".join),
        st.tuples(term, term).map(lambda pair: f"{pair[0]} -({pair[1]})"),
        st.tuples(term, term, term).map(lambda three: f"({three[0]} OR -({three[1]})) {three[2]}"),
    )


_term = _terms(_word)
_query = _queries(_term)


@settings(deadline=None)
@given(query=_query, match=st.sampled_from(["all", "any"]), filters=st.lists(_term, max_size=1).map(tuple))
def test_rungs_are_nested_and_hits_are_stamped_with_the_narrowest(
    searcher: Searcher, query: str, match: Match, filters: tuple[str, ...]
) -> None:
    _check_ladder(searcher, query, match, filters)


def _check_ladder(searcher: Searcher, query: str, match: Match, filters: tuple[str, ...]) -> None:
    results = {
        rung: searcher.search(Query(query, rung=rung, match=match, limit=100, filters=filters))
        for rung in RUNGS
    }
    ids = {rung: {hit.id for hit in found.hits} for rung, found in results.items()}
    assert all(ids[narrow] <= ids[wide] for narrow, wide in pairwise(RUNGS))
    for found in results.values():
        assert found.rungs == {rung: len(ids[rung]) for rung in RUNGS}
    for hit in results["root"].hits:
        assert hit.rung == next(rung for rung in RUNGS if hit.id in ids[rung])


@settings(deadline=None)
@given(query=_query, rung=st.sampled_from(RUNGS))
def test_every_span_is_a_word_that_a_term_explains_at_the_stamped_rung(
    searcher: Searcher, query: str, rung: Rung
) -> None:
    _check_spans(searcher, query, rung)


def _check_spans(searcher: Searcher, query: str, asked: Rung) -> None:
    tree = parse(query).root
    if tree is None:
        return
    units = list(positive_units(compile_query(tree, "all", searcher.expander)))
    for hit in searcher.search(Query(query, limit=100, rung=asked)).hits:
        article = searcher.article(hit.id)
        assert list(hit.spans) == sorted(set(hit.spans))
        assert all(before[1] <= after[0] for before, after in pairwise(hit.spans))
        assert hit.spans or _without_reason(tree)
        for start, end in hit.spans:
            (token,) = tokenise(article.text[start:end])
            assert (token.start, token.end) == (0, end - start)
            assert any(_explains(slot, token.exact, hit.rung, floor) for slot, floor in _slots(units)), (
                article.text[start:end]
            )
        for snippet in hit.snippets:
            assert set(snippet.spans) <= set(hit.spans)
        _check_why(hit, article)


def _without_reason(tree: object) -> bool:
    return "Not(" in repr(tree) or "Everything" in repr(tree)


def _check_why(hit: Hit, article: Article) -> None:
    marked = {article.text[start:end] for start, end in hit.spans}
    named = {word for why in hit.why for words in why.words for word in WORD.findall(words)}
    assert marked <= named
    rules = {why.rule.split()[0] for why in hit.why}
    assert rules <= {"exact", "folded", "stem", "root", "proclitic", "pattern", "fuzzy", "alias", "variant"}
    if hit.rung == "exact":
        assert rules <= {"exact", "pattern"}
    if hit.rung in ("exact", "folded"):
        assert not rules & {"stem", "root", "fuzzy", "alias", "variant"}


def _slots(units: list[Unit]) -> Iterator[tuple[Slot, int]]:
    for unit in units:
        if unit.parts:
            yield from _slots(list(unit.parts))
        for row in () if unit.parts else unit.rows:
            yield from ((slot, row.narrowest) for slot in row.slots)


def _explains(slot: Slot, exact: str, stamped: Rung, floor: int) -> bool:
    """Whether a word, folded and stemmed anew, is what a slot looks for at the rung of the hit."""
    rung = RUNGS.index(stamped)
    if rung < floor:
        return False
    folded = fold_word(exact)
    if isinstance(slot, PatternSlot):
        behind = (first for first, _ in with_proclitics(slot.folded[0])) if slot.folded[0] else ()
        return (
            _like(slot.exact, exact)
            or (rung >= 1 and _like(slot.folded, folded))
            or (rung >= 2 and any(_like((first, *slot.folded[1:]), folded) for first in behind))
        )
    mine = slot.reading
    if exact == mine.exact:
        return True
    if isinstance(slot, ExactSlot):
        return False
    if rung >= 1 and folded == mine.folded:
        return True
    if isinstance(slot, RootSlot):
        return rung >= 2 and root(stem(folded)) == mine.root
    behind_clitics = folded in dict(with_proclitics(mine.folded))
    if isinstance(slot, WordSlot) and slot.tolerant and rung >= 1 and behind_clitics:
        return True
    if rung >= 2 and (behind_clitics or stem(folded) == mine.stem):
        return True
    if isinstance(slot, FuzzySlot) and rung >= 2 and _edits(mine.folded, folded) <= slot.distance:
        return True
    return rung >= 3 and root(stem(folded)) == mine.root


def _like(parts: tuple[str, ...], word: str) -> bool:
    """Whether a word fits a pattern, by trying every place of an asterisk."""
    if len(parts) == 1:
        return word == parts[0]
    if not word.startswith(parts[0]):
        return False
    rest = word[len(parts[0]) :]
    return any(_like(parts[1:], rest[at:]) for at in range(len(rest) + 1))


def _edits(one: str, other: str) -> int:
    """The optimal string alignment distance by its definition."""
    table = [[max(i, j) if not i or not j else 0 for j in range(len(other) + 1)] for i in range(len(one) + 1)]
    for i in range(1, len(one) + 1):
        for j in range(1, len(other) + 1):
            table[i][j] = min(
                table[i - 1][j] + 1,
                table[i][j - 1] + 1,
                table[i - 1][j - 1] + (one[i - 1] != other[j - 1]),
            )
            if i > 1 and j > 1 and one[i - 2 : i] == other[j - 1] + other[j - 2]:
                table[i][j] = min(table[i][j], table[i - 2][j - 2] + 1)
    return table[-1][-1]


@settings(deadline=None)
@given(term=_term.filter(lambda text: not text.startswith("title:")), rung=st.sampled_from(RUNGS))
def test_a_term_finds_exactly_the_texts_that_hold_it(searcher: Searcher, term: str, rung: Rung) -> None:
    """The index and the highlighter, which read in different ways, agree on every article."""
    tree = parse(term).root
    assume(tree is not None and isinstance(compile_query(tree, "all", searcher.expander), Unit))
    found = set(searcher.matching_ids(Query(term, rung=rung)))
    occurs = searcher.finder(Query(term, rung=rung))
    assert found == {known for known in searcher.ids() if occurs(searcher.article(known))}


# Real text: queries made of the words of the sample corpus


@lru_cache(maxsize=1)
def _sample_words(searcher: Searcher) -> tuple[str, ...]:
    texts = (searcher.article(known).text for known in sorted(searcher.ids()))
    return tuple(
        sorted({exact for text in texts for surface in WORD.findall(text) for exact in exact_forms(surface)})
    )


@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_all_of_it_holds_on_the_sample_corpus(sample: Searcher, data: st.DataObject) -> None:
    query = data.draw(_queries(_terms(st.sampled_from(_sample_words(sample)))))
    _check_ladder(sample, query, "all", ())
    _check_spans(sample, query, data.draw(st.sampled_from(RUNGS)))
