from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf_index.query.ast import (
    Either,
    Entity,
    Everything,
    Exact,
    Fuzzy,
    HasNote,
    InField,
    Lang,
    Near,
    Node,
    Not,
    NoteText,
    Outlet,
    Pattern,
    Phrase,
    Published,
    Root,
    Similar,
    Tagged,
    Together,
    Word,
)
from kashaf_index.query.compile import compile_query, positive_units
from kashaf_index.query.parser import parse
from kashaf_index.query.tree import tree as drawn

_SIGNS = """
وزير ال من أو ليس قرب قرب/3 او BBC 3.5 * - ( ) " « » OR NOT AND NEAR NEAR/2 NEAR/999999 .. = ~ ~2 | \\ : /
outlet: title: date: مصدر: root: has: note person: tag: note: lang: ar similar: after: before: auhtor:
2025 2025-11 ٢٠٢٥ 9999 ، ـ \u064e \u200f ﷺ ? 😀 \ufdfa ﻻ \ud800 \x00 \x1b[2J
"""
_PIECES = st.sampled_from([*_SIGNS.split(), " ", " ", " "])
_queries = st.one_of(
    st.lists(_PIECES, max_size=16).map("".join),
    st.text(max_size=40),
    st.text(alphabet=st.characters(), max_size=30),
)

_words = st.text(alphabet="ابتثسمنهويأةAz9", min_size=1, max_size=6)
_long = st.text(alphabet="ابتثسمنهويأة", min_size=7, max_size=9)
_parts = st.text(alphabet="ابتثسمنهويأة", max_size=3)
_phrases = st.lists(_words, min_size=1, max_size=3).map(" ".join).map(Phrase)
_patterns = (
    st.lists(_parts, min_size=2, max_size=4)
    .filter(lambda parts: any(parts) and all(parts[1:-1]))
    .map("*".join)
    .map(Pattern)
)
_singles = st.one_of(
    _words.map(Word),
    st.sampled_from(["أو", "ليس", "OR", "NOT", "AND", "NEAR/3", "title:x", "ا*ب", "x~2"]).map(Word),
    _phrases,
    _words.map(Word).map(Exact),
    _phrases.map(Exact),
    st.text(alphabet="ابتثسمنهويأة", min_size=1, max_size=6).map(Root),
    _patterns,
    _long.flatmap(lambda word: st.integers(1, 2).map(lambda edits: Fuzzy(word, edits))),
)
_near = st.tuples(st.lists(_singles, min_size=2, max_size=4), st.integers(1, 100)).map(
    lambda drawn_: Near(tuple(drawn_[0]), drawn_[1])
)
_days = st.one_of(st.none(), st.dates(min_value=date(1, 1, 1)))
_leaves = st.one_of(
    _singles,
    _near,
    st.tuples(st.sampled_from(["title", "author"]), _singles).map(lambda two: InField(*two)),  # type: ignore[arg-type]  # drawn literals
    _near.map(lambda near: InField("title", near)),
    _words.map(Outlet),
    st.tuples(st.sampled_from(["person", "place", "organization"]), _words).map(lambda two: Entity(*two)),  # type: ignore[arg-type]  # drawn literals
    _words.map(Tagged),
    _words.map(NoteText),
    st.just(HasNote()),
    st.sampled_from(["ar", "en-gb"]).map(Lang),
    st.text(alphabet="abc123", min_size=1, max_size=12).map(Similar),
    st.tuples(_days, _days)
    .filter(lambda days: any(days) and not (days[0] and days[1] and days[0] > days[1]))
    .map(lambda days: Published(*days)),
    st.just(Everything()),
)


def _group(items: list[Node]) -> Node:
    flat = [part for item in items for part in (item.items if isinstance(item, Together) else (item,))]
    return Together(tuple(flat))


_trees: st.SearchStrategy[Node] = st.recursive(
    _leaves,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=4).map(_group),
        st.lists(inner, min_size=2, max_size=3).map(tuple).map(Either),
    ),
    max_leaves=6,
)


@settings(deadline=None)
@given(_trees)
def test_a_tree_prints_to_what_it_is_parsed_from(tree: Node) -> None:
    parsed = parse(str(tree))
    assert parsed.root == tree
    assert not [one for one in parsed.mistakes if "only the first" not in one.message]


@settings(deadline=None)
@given(_queries)
def test_any_text_parses(text: str) -> None:
    parsed = parse(text)
    for mistake in parsed.mistakes:
        assert 0 <= mistake.start <= mistake.end <= len(text)
        assert mistake.message in parsed.warnings
    if parsed.root is None:
        assert parsed.mistakes
        return
    printed = str(parsed.root)
    assert parse(printed).root == parsed.root
    printed.encode("utf-8")
    assert len(drawn(parsed.root)) >= 1
    for match in ("all", "any"):
        plan = compile_query(parsed.root, match)
        assert all(unit.slots for unit in positive_units(plan))


@settings(deadline=None)
@given(st.lists(st.sampled_from(["ميناء", "سفينة", "أو", "ليس", "(", ")", "-"]), max_size=12).map(" ".join))
def test_no_word_gets_lost(text: str) -> None:
    root = parse(text).root
    printed = str(root) if root else ""
    for word in ("ميناء", "سفينة"):
        assert printed.count(word) == text.count(word)
