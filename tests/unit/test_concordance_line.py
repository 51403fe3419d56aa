"""A concordance line in cells: the match in one column, whole words beside it, nothing wider than asked for."""

from __future__ import annotations

from typing import Literal

import pytest

from kashaf.bidi.concordance import align
from kashaf.bidi.layout import Options

BEFORE, NODE, AFTER = "قال مراسل الصحيفة إن ", "وزير النقل", " افتتح أمس ميناء الصيد الجديد"


def node_columns(before: str, node: str, after: str, width: int) -> tuple[int, int]:
    """The cells of the match: first, and one past the last."""
    shown = align(before, node, after, width)
    columns = []
    column = 0
    for cell in shown.line.cells:
        if shown.start <= cell.start < cell.end <= shown.end:
            columns += [column, column + cell.width]
        column += cell.width
    return min(columns), max(columns)


@pytest.mark.parametrize("width", [20, 41, 76, 118])
def test_the_line_is_as_wide_as_asked_and_the_match_keeps_its_edge(width: int) -> None:
    edges = set()
    for before in (BEFORE, "", "و", BEFORE * 9):
        shown = align(before, NODE, AFTER, width)
        assert shown.line.width == width == sum(cell.width for cell in shown.line.cells)
        assert shown.text[shown.start : shown.end] == NODE
        edges.add(node_columns(before, NODE, AFTER, width)[1])
    assert len(edges) == 1  # the right edge, where an Arabic match begins


def test_a_latin_line_keeps_its_left_edge() -> None:
    edges = {node_columns(before, "harbour", " of fishing boats", 60)[0] for before in ("the new ", "", "a ")}
    assert edges == {25}


def test_contexts_lose_whole_words_away_from_the_match() -> None:
    shown = align(BEFORE, NODE, AFTER, 40)
    assert BEFORE.endswith(shown.text[: shown.start])
    assert AFTER.startswith(shown.text[shown.end :].rstrip())
    assert 0 < shown.start < len(BEFORE)
    assert set(shown.text.split()) <= set((BEFORE + NODE + AFTER).split())


def test_the_context_read_first_stands_at_the_right() -> None:
    shown = align("قبله ", "لفظ", " بعده", 40)
    visual = shown.line.text
    assert len(visual) == 40
    order = [cell.start for cell in shown.line.cells if cell.end > cell.start]
    assert order == sorted(order, reverse=True)
    assert shown.line.rtl


def test_latin_and_numbers_within_a_context_stay_in_their_part() -> None:
    shown = align("أعلنت BBC عام 2025 ", "قسد", " (SDF) و3.5 ملايين", 70)
    kinds = ["before" if c.start < shown.start else "node" if c.start < shown.end else "after"
             for c in shown.line.cells if c.end > c.start]  # fmt: skip
    assert kinds == sorted(kinds, key=["after", "node", "before"].index)


@pytest.mark.parametrize("width", [0, 1, 2, 5, 9])
def test_a_match_wider_than_the_line_is_cut(width: int) -> None:
    shown = align(BEFORE, NODE * 5, AFTER, width)
    assert sum(cell.width for cell in shown.line.cells) == max(0, width)


def test_words_too_long_for_the_room_go_whole() -> None:
    shown = align("ا" * 200 + " ", "لفظ", " " + "ب" * 200, 40)
    assert shown.text.split() == ["لفظ"]


def test_tashkeel_takes_no_room() -> None:
    choices: tuple[Literal["strip", "keep"], ...] = ("strip", "keep")
    for marks in choices:
        shown = align("قَالَ ", "مُدَرِّسٌ", " إِنَّ", 40, Options(marks=marks))
        assert shown.line.width == 40
        assert sum(cell.width for cell in shown.line.cells) == 40
