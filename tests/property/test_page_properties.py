"""The page that lays out only what is looked at shows what laying out everything would."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.bidi.layout import Line, Options, lay_out
from kashaf.text import segments
from kashaf_tui.explorer.marking import Unit, neighbour
from kashaf_tui.explorer.widgets import page as page_module
from kashaf_tui.explorer.widgets import pieces
from kashaf_tui.explorer.widgets.measure import count_piece, count_rows
from kashaf_tui.explorer.widgets.page import Page
from kashaf_tui.explorer.widgets.pieces import Pieces, pieces_of

PRESS = st.text(
    st.sampled_from("ابتلأإآللللا    مكي\u064b\u0651\u0653\u0654\u200c\u200d\u200b\u00a0\taB1.،٥\n\n"),
    max_size=120,
)
ANYTHING = st.text(
    st.one_of(
        st.sampled_from(
            "لاأ  \n\u0301\u0651\u0653\u2066\u2069\u202e\u200b\u3000漢\ufefb\ud800\udfff\u0600\u06dd\u00ad"
        ),
        st.characters(),
    ),
    max_size=120,
)
TEXTS = st.one_of(PRESS, ANYTHING)
WIDTHS = st.integers(1, 30)


@pytest.fixture(autouse=True, scope="module")
def _small() -> object:
    """Pieces of a few words and caches of a few lines, so that small texts have many."""
    patch = pytest.MonkeyPatch()
    patch.setattr(pieces, "SHORT", 24)
    patch.setattr(pieces, "LONG", 40)
    patch.setattr(pieces, "_SENTENCE", 12)
    patch.setattr(pieces, "_CLUSTER", 60)
    patch.setattr(page_module, "AT_ONCE", 16)
    patch.setattr(page_module, "_KEPT", 20)
    patch.setattr(page_module, "_KEPT_PIECES", 2)
    pieces_of.cache_clear()
    yield None
    patch.undo()
    pieces_of.cache_clear()


@dataclass
class Naive:
    """All rows of a text, one after another: the offset of the paragraph and its line, or None for a blank row."""

    rows: list[tuple[int, Line | None]]

    @classmethod
    def of(cls, text: str, width: int, page: Page) -> Naive:
        rows: list[tuple[int, Line | None]] = []
        cut = Pieces(text)
        for piece in range(len(cut)):
            for part in cut.paragraphs(piece):
                if part.new:
                    rows.append((part.start, None))
                base = page.base_of(piece, part.start, part.end)
                rows += [
                    (part.start, line)
                    for line in lay_out(text[part.start : part.end], width, Options(base=base))
                ]
        return cls(rows)

    def row_of(self, offset: int) -> int:
        starts = [start + (line.start if line else 0) for start, line in self.rows]
        row = max(0, bisect_right(starts, offset) - 1)
        return row - 1 if row and self.rows[row][1] is None else row


@given(TEXTS, WIDTHS)
@settings(max_examples=200, deadline=None)
def test_rows_are_counted_as_they_are_laid_out(text: str, width: int) -> None:
    for paragraph in text.split("\n"):
        assert count_rows(paragraph, width) == len(lay_out(paragraph, width))


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_pieces_hold_the_whole_text_in_order(text: str) -> None:
    cut = Pieces(text)
    parts = [part for piece in range(len(cut)) for part in cut.paragraphs(piece)]
    whole = "".join(("\n" if part.new else "") + text[part.start : part.end] for part in parts)
    assert whole == text
    assert all(part.end - part.start <= 61 for part in parts)
    assert all(
        cut.span(cut.at(offset))[0] <= offset < cut.span(cut.at(offset))[1] for offset in range(len(text))
    )
    short = [line for line in text.split("\n") if len(line) <= 40]
    assert set(short) <= {text[part.start : part.end] for part in parts}


@given(TEXTS, WIDTHS, st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_rows_and_positions_are_those_of_laying_out_everything(text: str, width: int, chance: object) -> None:
    page = Page(text, width, Options())
    naive = Naive.of(text, width, page)
    offsets = list(range(len(text) + 1))
    chance.shuffle(offsets)  # type: ignore[attr-defined]  # hypothesis gives a random.Random
    for offset in offsets:
        page.row_of(offset)
    assert page.exact
    assert page.height == len(naive.rows)
    for offset in offsets:
        assert page.row_of(offset) == naive.row_of(offset)
    for at, (start, line) in enumerate(naive.rows):
        row = page.row(at)
        assert (row.offset, row.line) == (start, line)


@given(TEXTS, WIDTHS)
@settings(max_examples=150, deadline=None)
def test_a_row_leads_to_its_offset_and_back(text: str, width: int) -> None:
    page = Page(text, width, Options())
    for offset in range(len(text)):
        at, column = page.position(offset)
        assert 0 <= column < max(width, 1)
        start, end = page.cell_at(at, column)
        line = page.row(at).line
        assert line is not None
        if line.width and line.width <= width:
            assert start <= offset < end or not line.cells or text[offset] == "\n"
        assert page.row_of(page.row(at).start) == at


@given(TEXTS, WIDTHS, st.data())
@settings(max_examples=150, deadline=None)
def test_estimates_replaced_in_any_order_come_to_the_same(text: str, width: int, data: st.DataObject) -> None:
    page = Page(text, width, Options())
    cut = page.pieces
    for piece in data.draw(st.permutations(range(len(cut)))):
        before = page.height
        page.measure(piece, [count_piece(text, cut, piece, width)])
        assert page.height >= 1
        assert before >= 1
    assert page.exact
    naive = Naive.of(text, width, page)
    assert page.height == len(naive.rows)
    other = data.draw(WIDTHS)
    page.resize(other)
    page.measure(0, [count_piece(text, cut, piece, other) for piece in range(len(cut))])
    assert page.height == len(Naive.of(text, other, page).rows)


@given(TEXTS, WIDTHS, st.integers(0, 120), st.integers(1, 12))
@settings(max_examples=150, deadline=None)
def test_what_is_around_an_offset_stays_around_it(text: str, width: int, offset: int, rows: int) -> None:
    page = Page(text, width, Options())
    offset = min(offset, len(text))
    page.measure_around(offset, rows)
    here = page.row_of(offset)
    near = range(max(0, here - rows), min(page.height, here + rows))
    seen = [page.row(at).start for at in near]
    page.measure(0, [count_piece(text, page.pieces, piece, width) for piece in range(len(page.pieces))])
    moved = page.row_of(offset) - here
    assert [page.row(at + moved).start for at in near] == seen


def in_order(
    text: str, find: Callable[[str], list[tuple[int, int]]], offset: int, step: int
) -> tuple[int, int]:
    spans = find(text)
    if not spans:
        return offset, offset
    here = bisect_right(spans, offset, key=lambda span: span[0]) - 1
    return spans[min(len(spans) - 1, max(0, here + step))]


PROSE = st.lists(
    st.sampled_from(["قال المدير.", "وصلت!", "\n", " ", "نعم،", "Reuters", "«3.5»", "\n\n"]), max_size=12
)


@given(PROSE.map(" ".join), st.integers(0, 90), st.integers(-3, 3))
@settings(max_examples=200, deadline=None)
def test_units_near_an_offset_are_those_of_the_whole_text(text: str, offset: int, step: int) -> None:
    if any(len(line) > 40 for line in text.split("\n")):
        text = text.replace(" ", "\n")
    offset = min(offset, len(text))
    finders: dict[Unit, Callable[[str], list[tuple[int, int]]]] = {
        "word": segments.words,
        "sentence": segments.sentences,
        "paragraph": segments.paragraphs,
    }
    for unit, find in finders.items():
        assert neighbour(text, unit, offset, step) == in_order(text, find, offset, step)
