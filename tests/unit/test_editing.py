"""The text being written: edits on value and caret."""

from __future__ import annotations

import pytest

from kashaf_tui.explorer.widgets import editing
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


def test_a_line_is_found_without_its_newline() -> None:
    buffer = Buffer("أول\nثان\nثالث")
    assert [buffer.line_at(at) for at in (0, 3, 4, 5, 7, 12)] == [
        (0, 3),
        (0, 3),
        (4, 7),
        (4, 7),
        (4, 7),
        (8, 12),
    ]


def test_deleting_a_word_at_the_beginning_of_a_line_joins_it_to_the_one_above() -> None:
    buffer = Buffer("سطر أول\nسطر ثان")
    buffer.caret = 8
    buffer.delete_word()
    assert buffer.value == "سطر أولسطر ثان"


def test_words_are_gone_through_punctuation_apart() -> None:
    buffer = Buffer("قال: «نعم»، ثمّ 3.5%\nومضى")
    at, stops = 0, []
    while at < len(buffer.value):
        at = buffer.word_after(at)
        stops.append(buffer.value[at : at + 3])
    assert stops == [": «", "«نع", "نعم", "»، ", "ثمّ", "3.5", ".5%", "5%\n", "%\nو", "\nوم", "ومض", ""]
    back = []
    while at:
        at = buffer.word_before(at)
        back.append(at)
    assert back == sorted(back, reverse=True)
    assert back[-1] == 0
    assert buffer.value.index("ثمّ") in back


@pytest.mark.parametrize(
    ("at", "word"),
    [(0, "سدّ"), (2, "سدّ"), (3, " "), (4, "«"), (5, "النهر"), (10, "»،"), (11, "»،"), (13, "GDP")],
)
def test_the_word_at_a_place(at: int, word: str) -> None:
    buffer = Buffer("سدّ «النهر»، GDP")
    assert buffer.value[slice(*buffer.word_at(at))] == word


def test_lam_alef_is_typed_as_two_letters_and_taken_back_as_two() -> None:
    buffer = Buffer()
    buffer.insert("ل")
    buffer.insert("ا")
    buffer.backspace()
    assert (buffer.value, buffer.caret) == ("ل", 1)
    buffer.insert("\ufefb")
    assert buffer.value == "للا"
    buffer.caret = 1
    buffer.delete()
    assert buffer.value == "لا"


def test_a_joiner_goes_with_its_letter() -> None:
    buffer = Buffer("می\u200cخواهم")
    buffer.caret = 1
    buffer.delete()
    assert buffer.value == "مخواهم"
    assert buffer.undo()
    buffer.caret = 3
    buffer.backspace()
    assert buffer.value == "میخواهم"


def test_typing_replaces_the_selection_and_undo_brings_both_back() -> None:
    buffer = Buffer("ميناء قديم")
    buffer.select(6, 10)
    for char in "جديد":
        buffer.insert(char)
    assert buffer.value == "ميناء جديد"
    assert buffer.undo()
    assert (buffer.value, buffer.selection, buffer.caret) == ("ميناء قديم", (6, 10), 10)
    assert buffer.redo()
    assert (buffer.value, buffer.selection) == ("ميناء جديد", (10, 10))


def test_undo_goes_word_by_word() -> None:
    buffer = Buffer()
    for char in "ارتفع منسوب النهر":
        buffer.insert(char)
    values = []
    while buffer.undo():
        values.append(buffer.value)
    assert values == ["ارتفع منسوب ", "ارتفع ", ""]
    for char in "ab":
        buffer.insert(char)
    for _ in range(2):
        buffer.backspace()
    assert buffer.undo()
    assert buffer.value == "ab"
    assert buffer.redo()
    assert buffer.value == ""


def test_moving_begins_a_new_step() -> None:
    buffer = Buffer()
    buffer.insert("ا")
    buffer.insert("ب")
    buffer.move(1)
    buffer.move(2)
    buffer.insert("ج")
    assert buffer.undo()
    assert buffer.value == "اب"


def test_a_change_forgets_what_was_undone() -> None:
    buffer = Buffer("نص")
    buffer.insert("!")
    assert buffer.undo()
    buffer.insert("؟")
    assert not buffer.redo()
    assert buffer.value == "نص؟"


def test_cut_gives_what_it_takes() -> None:
    buffer = Buffer("أول ثان")
    assert buffer.cut() == ""
    buffer.select(7, 3)
    assert buffer.cut() == " ثان"
    assert (buffer.value, buffer.caret, buffer.anchor) == ("أول", 3, None)


def test_what_the_app_sets_can_be_undone_too() -> None:
    buffer = Buffer("ما كتبه المحلل", one_line=True)
    buffer.set('"اسم"')
    assert buffer.undo()
    assert buffer.value == "ما كتبه المحلل"


def test_history_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editing, "MAX_EDITS", 5)
    monkeypatch.setattr(editing, "MAX_KEPT", 100)
    buffer = Buffer()
    for _ in range(20):
        buffer.insert("كلمة ", kind="other")
    steps = 0
    while buffer.undo():
        steps += 1
    assert steps == 5
    buffer.insert("ا" * 300, kind="other")
    buffer.cut()
    assert buffer.undo()
    assert "ا" * 300 not in buffer.value
    assert not buffer.undo()


def test_what_there_is_no_room_for_is_counted() -> None:
    buffer = Buffer("12345", limit=8)
    assert buffer.insert("abcdef") == 3
    assert buffer.value == "12345abc"
    buffer.select(0, 5)
    assert buffer.insert("xyz") == 0
    assert buffer.value == "xyzabc"
    buffer = Buffer("1234567890", limit=8)
    assert buffer.insert("a") == 1
    assert buffer.value == "1234567890"
