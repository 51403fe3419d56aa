"""The text being written: edits on value and caret."""

from __future__ import annotations

import pytest

from kashaf_tui.explorer.widgets.editing import Buffer, typed


def test_text_is_typed_at_the_caret() -> None:
    buffer = Buffer("سد النهر")
    buffer.caret = 2
    buffer.insert("ود")
    assert (buffer.value, buffer.caret) == ("سدود النهر", 4)


def test_presentation_forms_become_letters_and_nothing_else_is_normalised() -> None:
    assert typed("\ufefb\ufee4²Ⅷ", one_line=True) == "لام²Ⅷ"
    assert typed("\ufdfa", one_line=True) == "\ufdfa"


def test_what_could_drive_a_terminal_does_not_enter() -> None:
    assert typed("ا\x1b]52;c;eA==\x07ب\u202eج\x9b31m", one_line=False) == "ابج"


def test_a_field_of_one_line_holds_one_line() -> None:
    buffer = Buffer("", one_line=True)
    buffer.insert("سطر\r\nوسطر")
    assert buffer.value == "سطر وسطر"


def test_the_caret_never_parts_a_letter_from_its_marks() -> None:
    buffer = Buffer("برّاك")
    buffer.caret = 0
    stops = [0]
    while buffer.caret < len(buffer.value):
        buffer.step(forward=True)
        stops.append(buffer.caret)
    assert stops == [0, 1, 3, 4, 5]
    buffer.step(forward=False)
    buffer.step(forward=False)
    buffer.step(forward=False)
    assert buffer.caret == 1


def test_delete_takes_a_letter_with_its_marks_and_backspace_the_mark_first() -> None:
    buffer = Buffer("رّب")
    buffer.caret = 0
    buffer.delete()
    assert buffer.value == "ب"
    buffer = Buffer("رّ")
    buffer.backspace()
    assert buffer.value == "ر"


@pytest.mark.parametrize(("caret", "value"), [(8, "سد "), (2, " النهر"), (0, "سد النهر")])
def test_a_word_is_deleted_back_to_its_beginning(caret: int, value: str) -> None:
    buffer = Buffer("سد النهر")
    buffer.caret = caret
    buffer.delete_word()
    assert buffer.value == value


def test_line_bounds_are_those_of_the_line_with_the_caret() -> None:
    buffer = Buffer("أول\nثان\nثالث")
    buffer.caret = 5
    assert buffer.line_bounds() == (4, 7)
