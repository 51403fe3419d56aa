"""What is highlighted is what looking at word after word finds, whatever the texts and the query."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.highlight_oracle import PlainHighlighter
from tests.index_corpus import make_article

from kashaf.corpus.article import Article
from kashaf.text.distance import letters
from kashaf.text.fold import fold_word
from kashaf.text.stem import _COUNTRIES, _OF_GOD
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index import surfaces
from kashaf_index.analysis import ROOT, RUNGS, ladder
from kashaf_index.highlight import Highlighter
from kashaf_index.query.compile import compile_query
from kashaf_index.query.expansion import Expansion
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import Unit, positive_units
from kashaf_index.query.slots import PatternSlot
from kashaf_index.surfaces import Surfaces

MET = """
وزير الوزير والوزير لوزير وزراء وزارة الوزارة كتب كتاب كِتاب الكتاب للكتاب والكتاب كاتب مكتبة مكتبه مكتب احمد أحمد إحمد
الأحمد سوريا سوري السورية الله لله والله تالله أمريكا أميركا امريكي ﷲ ﷺ ـ ـكتب كـتاب abc Abd abcd BBC والـBBC ΣΑΣ σας
كت\u200dاب ﻻعب لاعب ولاية بيت بيوت الـ90 90 ٩٠ ﻷحمد
"""
WORDS = st.sampled_from(MET.split()) | st.text("ابكتوأةل\u0650\u0640\u200cs", min_size=1, max_size=6)
LONG = st.builds(
    lambda word, end: word * 20 + end, WORDS.filter(lambda w: len(w) > 3), st.sampled_from("ابت")
)
GAPS = st.sampled_from([" ", "، ", "\n", "-", "", ". "])
TEXTS = st.lists(st.tuples(WORDS | LONG, GAPS), max_size=25).map(
    lambda pieces: "".join(word + gap for word, gap in pieces)
)
TERMS = (
    WORDS
    | WORDS.map(lambda word: f"{word}*")
    | WORDS.map(lambda word: f"*{word}*")
    | WORDS.map(lambda word: f"{word}~2")
    | WORDS.map(lambda word: f"root:{word}")
    | WORDS.map(lambda word: f'="{word}"')
    | WORDS.map(lambda word: f"title:{word}")
    | WORDS.map(lambda word: f"author:{word}")
    | st.lists(WORDS, min_size=2, max_size=3).map(lambda words: '"' + " ".join(words) + '"')
    | st.tuples(WORDS, WORDS).map(lambda pair: f"{pair[0]} NEAR/3 {pair[1]}")
)
QUERIES = st.lists(TERMS, min_size=1, max_size=3).map(" OR ".join)
WIDEST = st.integers(0, ROOT)


class Expander:
    """Every word may also be two others in a row."""

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        return tuple(
            Expansion(at, at + 1, (("كتاب", "احمد"), ("سوريا",)), "variant x", whole=at % 2 == 0)
            for at in range(len(words))
        )


def units_of(query: str, expanded: bool) -> tuple[Unit, ...]:
    root = parse(query).root
    if root is None:
        return ()
    plan = compile_query(root, "any", Expander() if expanded else None)
    return tuple(dict.fromkeys(positive_units(plan)))


def bound(units: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """As a search holds patterns to some words."""
    only = frozenset({"كتاب", "الكتاب", "احمد", "وزير"})
    return tuple(
        replace(
            unit,
            slots=tuple(
                replace(slot, only=only) if isinstance(slot, PatternSlot) else slot for slot in unit.slots
            ),
        )
        if not unit.parts
        else unit
        for unit in units
    )


def article_of(text: str, author: str) -> Article:
    made = make_article("x", "كتاب الوزير", text)
    return replace(made, metadata=replace(made.metadata, author=author))


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, WORDS, WIDEST), min_size=1, max_size=4),
    QUERIES,
    st.booleans(),
    st.booleans(),
    st.sampled_from([1, 1 << 18]),
)
def test_the_same_is_found(
    texts: list[tuple[str, str, int]], query: str, expanded: bool, held: bool, limit: int
) -> None:
    units = units_of(query, expanded)
    units = bound(units) if held else units
    articles = [article_of(text, author) for text, author, _ in texts]
    widest = [rung for _, _, rung in texts]
    plain, found = PlainHighlighter(units), Highlighter(units)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surfaces, "_LIMIT", limit)
        patch.setattr(surfaces, "_LONG_LIMIT", limit)
        for _ in range(2):  # the second time everything is remembered
            assert found.find_all(articles, widest) == [
                plain.find(article, rung) for article, rung in zip(articles, widest, strict=True)
            ]
        authors = [article.metadata.author or "" for article in articles]
        assert found.in_authors(authors, widest) == [
            plain.in_author(name, rung) for name, rung in zip(authors, widest, strict=True)
        ]
    for article, rung in zip(articles, widest, strict=True):
        assert found.find(article, rung) == plain.find(article, rung)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=12) | TEXTS | st.sampled_from(sorted({*_OF_GOD, *_COUNTRIES})))
def test_a_root_has_no_strong_letter_that_its_word_has_not(text: str) -> None:
    """What `surfaces` leaves words out by."""
    for surface in WORD.findall(text):
        folds = ""
        for exact in exact_forms(surface):
            reading = ladder(exact)
            strong = letters(reading.root.translate(surfaces._WEAK))
            assert strong & letters(reading.folded) == strong
            folds += fold_word(exact)
        by_letter = "".join(fold_word(form) for char in surface for form in exact_forms(char))
        assert letters(by_letter) == letters(folds)


def test_few_words_are_judged() -> None:
    """Those that lack a letter of the root are not read, and none is read twice."""
    read: list[str] = []
    units = units_of("كتاب", expanded=False)
    judge = Highlighter(units)._judge

    def verdicts(surface: str) -> tuple[surfaces.Verdict, ...]:
        read.append(surface)
        return judge.verdicts(surface)

    seen = Surfaces(judge.slots, verdicts)
    for _ in range(2):
        ((first, second),) = seen.accepted(["قال الوزير إن الكتاب بيد كاتب، والبيت بيته"])
    assert [first[:2], second[:2]] == [(3, (14, 20)), (5, (25, 29))]
    assert sorted(read) == ["الكتاب", "كاتب"]
    assert [RUNGS[accepted[0]] for accepted in second[2].values()] == ["root"]


def test_long_words_do_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(surfaces, "_LONG_LIMIT", 1000)
    judge = Highlighter(units_of("كتاب", expanded=False))._judge
    seen = Surfaces(judge.slots, judge.verdicts)
    for number in range(50):
        seen.accepted([f"{'ا' * 300}{'ب' * number}"])
        assert sum(map(len, seen._long)) < 2000
