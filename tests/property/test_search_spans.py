from __future__ import annotations

import random
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.index_corpus import make_article, open_index

from kashaf.text.fold import fold_word
from kashaf.text.stem import stem
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import RUNGS
from kashaf_index.model import Query
from kashaf_index.query.compile import compile_query, positive_units
from kashaf_index.query.parser import parse
from kashaf_index.search import Searcher

_BASES = (
    "مجلس",
    "وزير",
    "مدرسة",
    "أحمد",
    "سوريا",
    "قسد",
    "إعلان",
    "مستشفى",
    "في",
    "من",
    "الله",
    "bbc",
    "2025",
)
_FORMS = ("{}", "ال{}", "و{}", "ب{}", "لل{}", "وال{}", "{}ات", "{}ي", "ـ{}ـ", "{}\u064e", "«{}»", "{}.")
_vocabulary = [form.format(base) for base in _BASES for form in _FORMS]


@lru_cache(maxsize=1)
def _corpus() -> tuple[str, ...]:
    chance = random.Random(7)
    return tuple(" ".join(chance.choices(_vocabulary, k=chance.randint(3, 40))) for _ in range(60))


@pytest.fixture(scope="module")
def searcher() -> Iterator[Searcher]:
    articles = [make_article(str(at), text.split()[0], text) for at, text in enumerate(_corpus())]
    with TemporaryDirectory() as folder, open_index(Path(folder), articles) as opened:
        yield opened


_word = st.one_of(st.sampled_from(_vocabulary), st.sampled_from(_BASES))
_term = st.one_of(
    _word,
    _word.map(lambda word: f'"{word}"'),
    st.tuples(_word, _word).map(lambda pair: f'"{pair[0]} {pair[1]}"'),
    st.sampled_from(_BASES[:6]).map(lambda word: f"{word[:3]}*"),
    _word.map(lambda word: f"title:{word}"),
)
_query = st.one_of(
    _term,
    st.lists(_term, min_size=2, max_size=3).map(" ".join),
    st.tuples(_term, _term).map(" OR ".join),
    st.tuples(_term, _term).map(lambda pair: f"{pair[0]} -({pair[1]})"),
    st.tuples(_term, _term, _term).map(lambda three: f"({three[0]} OR -{three[1]}) {three[2]}"),
)


@given(query=_query, match=st.sampled_from(["all", "any"]))
def test_rungs_are_nested_and_hits_are_stamped_with_the_narrowest(
    searcher: Searcher, query: str, match: str
) -> None:
    results = {
        rung: searcher.search(Query(query, rung=rung, match=match, limit=100))  # type: ignore[arg-type]  # drawn literals
        for rung in RUNGS
    }
    ids = {rung: {hit.id for hit in found.hits} for rung, found in results.items()}
    assert ids["exact"] <= ids["folded"] <= ids["stem"]
    for found in results.values():
        assert found.rungs == {rung: len(ids[rung]) for rung in RUNGS}
    for hit in results["stem"].hits:
        assert hit.rung == next(rung for rung in RUNGS if hit.id in ids[rung])


@given(query=_query)
def test_every_span_is_a_word_that_a_term_explains_at_the_stamped_rung(
    searcher: Searcher, query: str
) -> None:
    root = parse(query).root
    assert root is not None
    slots = [slot for unit in positive_units(compile_query(root, "all")) for slot in unit.slots]
    for hit in searcher.search(Query(query, limit=100)).hits:
        text = searcher.article(hit.id).text
        assert list(hit.spans) == sorted(set(hit.spans))
        assert all(before[1] <= after[0] for before, after in zip(hit.spans, hit.spans[1:], strict=False))
        for start, end in hit.spans:
            (token,) = tokenise(text[start:end])
            assert (token.start, token.end) == (0, end - start)
            folded = fold_word(token.exact)
            assert any(
                _explains(slot.reading.exact, token.exact, slot.prefix)
                or (hit.rung != "exact" and _explains(slot.reading.folded, folded, slot.prefix))
                or (
                    hit.rung == "stem"
                    and (
                        stem(folded) == slot.reading.stem
                        or any(_explains(form, folded, slot.prefix) for form, _ in slot.forms())
                    )
                )
                for slot in slots
            )


def _explains(wanted: str, word: str, prefix: bool) -> bool:
    return word.startswith(wanted) if prefix else word == wanted


@given(word=_word, rung=st.sampled_from(RUNGS))
def test_a_word_finds_exactly_the_texts_that_hold_it(searcher: Searcher, word: str, rung: str) -> None:
    root = parse(word).root
    assert root is not None
    (unit,) = positive_units(compile_query(root, "all"))
    found = {hit.id for hit in searcher.search(Query(word, rung=rung, limit=100)).hits}  # type: ignore[arg-type]  # drawn
    expected = set()
    for article_id in searcher.ids():
        if searcher.occurrences(searcher.article(article_id), Query(word, rung=rung)):  # type: ignore[arg-type]  # drawn
            expected.add(article_id)
    assert found == expected, unit
