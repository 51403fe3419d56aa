"""Marking by keyboard, without a screen."""

from __future__ import annotations

from kashaf_tui.explorer.marking import Mark, neighbour, unit_at

TEXT = "وصلت السفينة فجرًا. أفرغت حمولتها كلها، ثم غادرت.\nقال المدير إن الرصيف جاهز."


def marked(mark: Mark) -> str:
    return TEXT[slice(*mark.span)]


def test_marking_begins_with_the_word_at_the_caret() -> None:
    assert marked(Mark.begin(TEXT, TEXT.index("سفينة"))) == "السفينة"


def test_words_are_added_and_taken_away() -> None:
    mark = Mark.begin(TEXT, 0).widen(TEXT, "word", 1).widen(TEXT, "word", 1)
    assert marked(mark) == "وصلت السفينة فجرًا"
    assert marked(mark.widen(TEXT, "word", -1)) == "وصلت السفينة"


def test_going_back_past_the_anchor_keeps_the_anchor() -> None:
    mark = Mark.begin(TEXT, TEXT.index("السفينة")).widen(TEXT, "word", -1)
    assert marked(mark) == "وصلت السفينة"


def test_the_first_step_in_a_larger_unit_takes_the_whole_of_it() -> None:
    mark = Mark.begin(TEXT, TEXT.index("السفينة")).widen(TEXT, "sentence", 1)
    assert marked(mark) == "وصلت السفينة فجرًا."
    assert marked(mark.widen(TEXT, "sentence", 1)) == "وصلت السفينة فجرًا. أفرغت حمولتها كلها، ثم غادرت."
    assert marked(mark.widen(TEXT, "paragraph", 1)) == TEXT.split("\n", maxsplit=1)[0]


def test_letters_move_the_end_and_never_empty_the_mark() -> None:
    mark = Mark.begin(TEXT, 0).widen(TEXT, "letter", -1)
    assert marked(mark) == "وصل"
    for _ in range(9):
        mark = mark.widen(TEXT, "letter", -1)
    assert marked(mark) == "و"


def test_the_ends_of_the_text_hold() -> None:
    assert neighbour(TEXT, "word", len(TEXT) - 1, 5) == neighbour(TEXT, "word", len(TEXT) - 1, 0)
    assert unit_at("", "word", 0) == (0, 0)
    assert unit_at("؟", "word", 0) in ((0, 0), (0, 1))


def test_letters_move_the_edge_that_was_reached() -> None:
    mark = Mark.begin(TEXT, TEXT.index("فجرًا")).widen(TEXT, "word", -1)
    assert marked(mark) == "السفينة فجرًا"
    assert marked(mark.widen(TEXT, "letter", 1)) == "لسفينة فجرًا"
    assert marked(mark.widen(TEXT, "letter", -1)) == " السفينة فجرًا"


def test_a_mark_never_ends_between_a_letter_and_its_marks() -> None:
    mark = Mark.begin(TEXT, TEXT.index("فجرًا")).widen(TEXT, "letter", -1)
    assert marked(mark) == "فجرً"
    assert marked(mark.widen(TEXT, "letter", -1)) == "فج"


def test_lines_are_found_by_whoever_knows_them() -> None:
    lines = [(0, 20), (20, 50), (51, 76)]

    def line(offset: int, step: int) -> tuple[int, int]:
        here = max(at for at, (start, _) in enumerate(lines) if start <= offset)
        return lines[min(len(lines) - 1, max(0, here + step))]

    mark = Mark.begin(TEXT, TEXT.index("أفرغت")).widen(TEXT, "line", 1, line)
    assert mark.span == lines[1]
    mark = mark.widen(TEXT, "line", 1, line)
    assert mark.span == (20, 76)
    assert mark.widen(TEXT, "line", -1, line).span == lines[1]


def test_units_of_a_long_text_are_found_without_looking_at_all_of_it() -> None:
    text = "وصلت السفينة فجرًا. " * 200_000
    middle = len(text) // 2 + text[len(text) // 2 :].index("السفينة")
    assert text[slice(*neighbour(text, "word", middle, 1))] == "فجرًا"
    assert text[slice(*neighbour(text, "word", middle, -1))] == "وصلت"
    assert text[slice(*unit_at(text, "sentence", middle))] == "وصلت السفينة فجرًا."
    assert unit_at(text, "paragraph", middle) == (0, len(text) - 1)
    assert neighbour(text, "letter", middle, 1) == (middle + 1, middle + 2)


def test_a_step_over_thousands_of_empty_paragraphs() -> None:
    text = "أول" + "\n" * 9000 + "ثان" + " \n" * 9000
    second = text.index("ثان")
    assert neighbour(text, "word", 0, 1) == (second, second + 3)
    assert neighbour(text, "sentence", len(text), -1) == (0, 3)
    assert neighbour(text, "paragraph", 0, 1) == (second, second + 3)
    assert neighbour(text, "paragraph", len(text), 0) == (second, second + 3)
