"""Paragraphs that hang beside a mark: fewer cells a row, the same offsets, and the text itself as it is."""

from __future__ import annotations

from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.bidi.layout import Options
from kashaf.corpus.article import Article, Kind, Metadata, Provenance
from kashaf_tui.explorer.widgets.kinds import HANG, MARKS, NONE, Kinds
from kashaf_tui.explorer.widgets.measure import count_piece, count_rows
from kashaf_tui.explorer.widgets.page import Page

LINES = st.lists(
    st.tuples(
        st.text(st.sampled_from("ابتلأإ  مكي\u064b\u200caB1.،٥"), max_size=60),
        st.sampled_from(get_args(Kind)),
    ),
    min_size=1,
    max_size=8,
)
WIDTHS = st.integers(4, 40)


def article(lines: list[tuple[str, Kind]]) -> Article:
    text = "\n".join(line for line, _ in lines)
    return Article(
        "id", text, Metadata("x"), Provenance("a", "", "ff"), kinds=tuple(kind for _, kind in lines)
    )


@given(LINES, WIDTHS)
@settings(max_examples=150, deadline=None)
def test_rows_are_those_of_each_paragraph_in_its_room(lines: list[tuple[str, Kind]], width: int) -> None:
    made = article(lines)
    kinds = Kinds.of(made)
    page = Page(made.text, width, Options(), 0, kinds)
    rooms = [
        width - (HANG if kind in MARKS and kinds.hang(start, width) else 0)
        for (_, kind), start in zip(lines, (one.start for one in made.paragraphs()), strict=True)
    ]
    expected = (
        sum(count_rows(line, room) for (line, _), room in zip(lines, rooms, strict=True)) + len(lines) - 1
    )
    assert page.height == expected
    assert page.height == sum(
        count_piece(made.text, page.pieces, piece, width, kinds) for piece in range(len(page.pieces))
    )
    for at in range(page.height):
        row = page.row(at)
        if row.line is not None:
            assert row.line.width <= max(1, width - page.hang(row.offset))


@given(LINES, WIDTHS)
@settings(max_examples=150, deadline=None)
def test_a_position_leads_back_to_the_cell_of_its_offset(lines: list[tuple[str, Kind]], width: int) -> None:
    made = article(lines)
    page = Page(made.text, width, Options(), 0, Kinds.of(made))
    for offset in range(len(made.text)):
        at, column = page.position(offset)
        assert 0 <= column < width
        row = page.row(at)
        if row.line is None or row.line.cell_of(offset - row.offset) is None or made.text[offset] == "\n":
            continue
        if row.line.column_of(offset - row.offset) is None:
            continue  # a blank that hangs behind the row
        start, end = page.cell_at(at, column)
        assert (
            start <= offset < end
            or row.line.width > width - page.hang(row.offset)
            or end - start == 0
            or (not row.line.cells[row.line.cell_of(offset - row.offset) or 0].width)
        )


@given(LINES)
@settings(max_examples=100, deadline=None)
def test_the_kind_of_every_offset_is_that_of_its_line(lines: list[tuple[str, Kind]]) -> None:
    made = article(lines)
    kinds = Kinds.of(made)
    for one in made.paragraphs():
        shown = one.kind if one.kind not in ("title", "paragraph") else "paragraph"
        assert all(kinds.at(offset) == shown for offset in range(one.start, one.end + 1))
        assert kinds.begins(one.start) == (shown != "paragraph")


def test_an_article_without_kinds_costs_nothing() -> None:
    assert Kinds.of(article([("ابتدأ", "title"), ("كلام", "paragraph")])) is NONE
    assert NONE.hang(0, 80) == 0
    assert NONE.at(5) == "paragraph"
