from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from kashaf.errors import UsageError
from kashaf_index.query.ast import (
    Either,
    Everything,
    Node,
    Not,
    Outlet,
    Phrase,
    Prefix,
    Published,
    Title,
    Together,
    Word,
)
from kashaf_index.query.compile import compile_query, positive_units
from kashaf_index.query.parser import parse

_PIECES = st.sampled_from(
    [
        *(
            "وزير",
            "ال",
            "من",
            "BBC",
            "3.5",
            "*",
            "-",
            "(",
            ")",
            '"',
            "«",
            "»",
            " ",
            " ",
            "OR",
            "NOT",
            "AND",
            "..",
        ),
        *(
            "outlet:",
            "title:",
            "date:",
            "مصدر:",
            "2025",
            "2025-11",
            "٢٠٢٥",
            "،",
            "ـ",
            "\u064e",
            "\u200f",
            "ﷺ",
            "?",
        ),
    ]
)
_queries = st.one_of(st.lists(_PIECES, max_size=14).map("".join), st.text(max_size=40))

_words = st.text(alphabet="ابتثسمنهويأةAz9", min_size=1, max_size=6).filter(
    lambda text: text not in {"OR", "NOT", "AND"}
)
_leaves = st.one_of(
    _words.map(Word),
    _words.filter(lambda text: not any(char in "Az9" for char in text)).map(Prefix),
    st.lists(_words, min_size=1, max_size=3).map(" ".join).map(Phrase),
    _words.map(Word).map(Title),
    _words.map(Phrase).map(Title),
    _words.map(Outlet),
    st.dates(min_value=date(1900, 1, 1)).map(lambda day: Published(day, None)),
    st.dates(min_value=date(1900, 1, 1)).map(lambda day: Published(day, day)),
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
    max_leaves=8,
)


@given(_trees)
def test_a_tree_prints_to_what_it_is_parsed_from(tree: Node) -> None:
    parsed = parse(str(tree))
    assert parsed.root == tree
    assert parsed.warnings == ()


@given(_queries)
def test_any_text_parses_or_is_refused_for_its_date(text: str) -> None:
    try:
        parsed = parse(text)
    except UsageError:
        assert "date:" in text or "تاريخ:" in text
        return
    if parsed.root is None:
        assert parsed.warnings
        return
    assert parse(str(parsed.root)).root == parsed.root
    for match in ("all", "any"):
        plan = compile_query(parsed.root, match)
        assert all(unit.slots for unit in positive_units(plan))
