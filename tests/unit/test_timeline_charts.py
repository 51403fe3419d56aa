"""Charts as lines of dots."""

from __future__ import annotations

import pytest

from kashaf_tui.charts import Mark, columns, columns_width, plane


def dots(line: str) -> list[int]:
    """How many dots each cell has."""
    return [0 if char == " " else (ord(char) - 0x2800).bit_count() for char in line]


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("size", [(1, 1), (20, 3), (80, 6)])
@pytest.mark.parametrize("number", [1, 2, 7, 40, 1000])
def test_a_chart_is_as_large_as_asked_and_holds_dots_alone(
    number: int, size: tuple[int, int], rtl: bool
) -> None:
    lines = columns([at % 9 for at in range(number)], *size, rtl=rtl)
    assert [len(line) for line in lines] == [size[0]] * size[1]
    assert all(char == " " or 0x2800 < ord(char) <= 0x28FF for line in lines for char in line)


def test_columns_are_as_tall_as_their_counts() -> None:
    lines = columns([0, 1, 4, 2], 4, 1)
    assert [count > 0 for count in dots(lines[0])] == [False, True, True, True]
    assert dots(lines[0]) == [0, 2, 8, 4]


def test_what_is_not_nothing_is_seen() -> None:
    assert dots(columns([1, 1000], 2, 2)[1])[0] > 0


def test_the_axis_of_a_right_to_left_interface_begins_at_the_right() -> None:
    assert dots(columns([3, 0], 2, 1, rtl=True)[0]) == [0, 8]
    assert dots(columns([3, 0], 2, 1)[0]) == [8, 0]


def test_many_counts_are_added_up_with_their_neighbours() -> None:
    lines = columns([1] * 100, 10, 1)
    assert dots(lines[0]) == [8] * 10
    assert columns_width(100, 10) == 10
    assert columns_width(3, 10) == 9


def test_a_plane_has_the_lowest_at_the_bottom() -> None:
    lines = plane([Mark(0, 1, 1), Mark(10, 9, 9)], 10, 3)
    assert dots(lines[2])[0] > 0
    assert dots(lines[0])[9] > 0
    mirrored = plane([Mark(0, 1, 1), Mark(10, 9, 9)], 10, 3, rtl=True)
    assert dots(mirrored[2])[9] > 0


def test_a_range_is_a_line() -> None:
    lines = plane([Mark(0, 0, 10), Mark(1, 5, 5)], 10, 3)
    assert all(dots(line)[0] for line in lines)


@pytest.mark.parametrize("size", [(0, 3), (5, 0), (0, 0)])
def test_no_room_is_no_chart(size: tuple[int, int]) -> None:
    assert columns([1, 2], *size) == [" " * size[0]] * size[1]
    assert plane([], 5, 2) == ["     "] * 2
