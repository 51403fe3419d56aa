"""Counts as bars of one line."""

from __future__ import annotations

from kashaf_tui.explorer.panes.entities import by_quarter
from kashaf_tui.explorer.widgets.spark import bar, sparkline


def test_each_count_has_its_cell_and_none_is_seen() -> None:
    assert sparkline([0, 1, 4, 8]) == "·▁▄█"
    assert sparkline([]) == ""
    assert sparkline([0, 0]) == "··"


def test_one_is_never_nothing_however_high_the_others_are() -> None:
    assert sparkline([1, 100_000]) == "▁█"
    assert bar(1, 100_000, 10) == "▏"


def test_lines_to_be_compared_have_one_height() -> None:
    assert sparkline([2, 4], most=8) == "▂▄"


def test_a_bar_fills_its_room_and_no_more() -> None:
    assert bar(10, 10, 5) == "█████"
    assert bar(5, 10, 5) == "██▌"
    assert bar(20, 10, 5) == "█████"
    assert bar(0, 10, 5) == bar(3, 0, 5) == bar(3, 10, 0) == ""


def test_months_by_threes_end_with_the_newest() -> None:
    assert by_quarter([1, 1, 1, 2, 2, 2]) == [3, 6]
    assert by_quarter([5, 1, 1, 1]) == [5, 3]
    assert by_quarter([]) == []
