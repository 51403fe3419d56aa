"""Where the caret of a field may stand, and where arrows take it."""

from __future__ import annotations

import pytest

from kashaf.bidi.layout import Line, Options, lay_out
from kashaf_tui.explorer.widgets import field_rows
from kashaf_tui.explorer.widgets.field_rows import Base, Rows


def rows(value: str, width: int | None = None, base: Base = "ltr") -> Rows:
    found = Rows(base)
    found.update(value, width)
    return found


def walk(found: Rows, at: int, *, left: bool) -> list[int]:
    """Every place an arrow visits when it is held; fails when it comes to one again."""
    places = [at]
    while (following := found.beside(at, left=left)) != at:
        assert following not in places
        at = following
        places.append(at)
    return places


def test_left_goes_on_in_arabic_and_back_in_latin() -> None:
    assert walk(rows("نص"), 0, left=True) == [0, 1, 2]
    assert walk(rows("abc"), 3, left=True) == [3, 2, 1, 0]


def test_left_crosses_a_mixed_line_cell_by_cell() -> None:
    # On the screen, from the right: في, 2025 and GDP from their ends, and the caret behind it all on the left.
    arabic = rows("في 2025 نما GDP كثيرا")
    assert walk(arabic, 0, left=True) == [0, 1, 2, 6, 5, 4, 3, 7, 8, 9, 10, 11, 14, 13, 12, *range(15, 22)]
    assert walk(arabic, 21, left=False) == walk(arabic, 0, left=True)[::-1]


def test_lam_alef_and_marked_letters_are_one_place() -> None:
    assert walk(rows("سلاّم"), 0, left=True) == [0, 1, 4, 5]
    found = rows("سلام")
    assert found.beside(2, left=True) == 3
    assert found.beside(2, left=False) == 0
    assert walk(rows("می\u200cخو"), 0, left=True) == [0, 1, 3, 4, 5]


def test_the_caret_of_the_end_is_where_the_text_runs_to() -> None:
    (line,) = rows("نص GDP").lines
    assert [line.cells[0].start, line.cells[-1].start] == [6, 0]
    (line,) = rows("GDP نص").lines
    assert [line.cells[0].start, line.cells[-1].start] == [0, 6]
    assert rows("", base="rtl").lines[0].rtl


def test_a_line_without_letters_runs_as_the_one_above() -> None:
    found = rows("نص\n\n2025\nabc\n-", 20, "ltr")
    assert [line.rtl for line in found.lines] == [True, True, True, False, False]
    assert [line.rtl for line in rows("\n-\nنص", 20, "rtl").lines] == [True, True, True]


def test_arrows_go_on_in_the_next_row() -> None:
    found = rows("سد النهر\nعلم", 5)
    assert [(line.start, line.end) for line in found.lines] == [(0, 3), (3, 7), (7, 9), (0, 4)]
    assert walk(found, 0, left=True) == list(range(13))
    assert walk(found, 12, left=False) == list(range(12, -1, -1))


def test_an_arrow_does_not_go_to_and_fro_between_directions() -> None:
    found = rows("نص\nabc", 20)
    assert walk(found, 0, left=True) == [0, 1, 2, 3]
    assert walk(found, 6, left=True) == [6, 5, 4, 3]
    assert walk(found, 2, left=False) == [2, 1, 0]
    found = rows("abc\nنص", 20)
    assert walk(found, 0, left=False) == [0, 1, 2, 3, 4]
    assert walk(found, 6, left=False) == [6, 5, 4]


def test_blanks_at_the_end_of_a_row_are_places() -> None:
    found = rows("سد   النهر", 5)
    first = found.lines[0]
    assert [cell.start for cell in first.cells] == [4, 3, 2, 1, 0]
    assert first.width == 5
    assert walk(found, 0, left=True) == list(range(11))


def test_blanks_beyond_the_edge_have_no_cell_but_a_caret() -> None:
    found = rows("abcd" + " " * 9, 6)
    (line,) = found.lines
    assert line.width == 6
    assert walk(found, 0, left=False) == list(range(14))
    row, cell = found.shown(13)
    assert (row, cell.width) == (0, 1)
    assert found.column(0, len(line.cells) - 1) == 5


def test_cells_and_places_are_each_others_inverse() -> None:
    found = rows("في 2025 نما GDP كثيرا\nولا شيء", 9)
    for row, line in enumerate(found.lines):
        for index, cell in enumerate(line.cells):
            place = found.shifts[row] + cell.start
            assert found.place(place) == (row, index)
            assert found.offset_at(row, found.column(row, index)) == place


def test_beside_the_cells_the_nearest_one_is_meant() -> None:
    found = rows("نص", 10)
    assert found.offset_at(0, -3) == 2
    assert found.offset_at(0, 40) == 0
    assert found.offset_at(9, 0) == 2


def test_only_lines_that_changed_are_laid_out(monkeypatch: pytest.MonkeyPatch) -> None:
    laid: list[str] = []

    def watched(text: str, width: int, options: Options) -> tuple[Line, ...]:
        laid.append(text)
        return lay_out(text, width, options)

    found = Rows()
    paragraphs = [f"الفقرة رقم {n}" for n in range(50)]
    found.update("\n".join(paragraphs), 20)
    monkeypatch.setattr(field_rows, "lay_out", watched)
    paragraphs[7] += "ا"
    found.update("\n".join(paragraphs), 20)
    assert laid == ["الفقرة رقم 7ا"]
    del paragraphs[3]
    paragraphs.insert(30, "جديدة")
    found.update("\n".join(paragraphs), 20)
    assert laid == ["الفقرة رقم 7ا", "جديدة"]
    assert found.shifts[-1] == sum(len(text) + 1 for text in paragraphs[:-1])


def test_an_endless_line_is_laid_out_in_pieces_that_join() -> None:
    value = "كلمة قصيرة و word ثم " * 600
    found = rows(value, 40)
    whole = rows(value[:1900], 40)
    assert [line.text for line in found.lines[:30]] == [line.text for line in whole.lines[:30]]
    places = sorted(
        shift + cell.start
        for line, shift in zip(found.lines, found.shifts, strict=True)
        for cell in line.cells
    )
    assert places == list(range(len(value) + 1))
    assert max(line.width for line in found.lines) <= 40


@pytest.mark.parametrize(
    "value",
    [
        "\u064b" * 5000,
        "\u200c",
        "\u200c ",
        " ",
        "   ",
        "ا" + "\u064b" * 10_000,
        "\u200b" * 3000 + "a",
        "漢字" * 9,
    ],
    ids=[
        "marks",
        "joiner",
        "joiner and blank",
        "blank",
        "blanks",
        "a letter under marks",
        "no width",
        "wide",
    ],
)
@pytest.mark.parametrize("width", [1, 2, 3, 10, None])
def test_odd_text_has_places_and_an_end(value: str, width: int | None) -> None:
    found = rows(value, width)
    places = walk(found, 0, left=found.lines[0].rtl)
    assert (places[0], places[-1]) == (0, len(value))
    assert found.shown(len(value))[1].width
