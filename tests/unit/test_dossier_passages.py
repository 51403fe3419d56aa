"""Words within their paragraphs, and the marks across them."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.dossier_support import article

from kashaf.export.passages import REACH, Line, Mark, Passages, Segment

DAY = date(2025, 1, 1)


def passages(text: str, *marks: tuple[int, int, int]) -> Passages:
    return Passages(article(text, "a", "o", DAY), [Mark(*mark) for mark in marks])


def text_of(lines: tuple[Line, ...]) -> list[str]:
    return ["".join(part.text for part in line.segments) for line in lines]


def test_the_paragraph_around_the_words() -> None:
    lines = passages("عنوان\nأول ثانٍ ثالث\nرابع").around((10, 14), 1)
    assert text_of(lines) == ["أول ثانٍ ثالث"]
    assert [part.text for part in lines[0].segments if part.own] == ["ثانٍ"]


def test_words_over_two_paragraphs_show_both() -> None:
    lines = passages("عنوان\nأول ثانٍ\nثالث رابع").around((10, 19), 1)
    assert text_of(lines) == ["أول ثانٍ", "ثالث رابع"]
    assert [[part.text for part in line.segments if part.own] for line in lines] == [["ثانٍ"], ["ثالث"]]


def test_overlapping_marks_are_cut_so_that_none_overlap() -> None:
    (line,) = passages("abcdefghij", (0, 4, 1), (2, 6, 2), (3, 8, 3)).around((2, 6), 2)
    assert line.segments == (
        Segment("ab", False, (1,)),
        Segment("c", True, (1,)),
        Segment("d", True, (1, 3)),
        Segment("ef", True, (3,)),
        Segment("gh", False, (3,)),
        Segment("ij", False),
    )


def test_a_long_paragraph_is_cut_at_a_space() -> None:
    text = "كلمة " * 400 + "هنا" + " كلمة" * 400
    start = text.index("هنا")
    (line,) = passages(text).around((start, start + 3), 1)
    shown = "".join(part.text for part in line.segments)
    assert line.cut_before
    assert line.cut_after
    assert shown.startswith("كلمة")
    assert shown.endswith("كلمة")
    assert len(shown) <= 2 * REACH + 3


def test_marks_of_other_paragraphs_do_not_show() -> None:
    (line,) = passages("abc\ndef\nghi", (0, 3, 2), (8, 11, 3), (3, 5, 4)).around((5, 6), 1)
    assert {number for part in line.segments for number in part.others} == {4}


@given(
    st.text(st.sampled_from("ab \n"), min_size=1, max_size=60),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60), st.integers(2, 9)), max_size=6),
    st.data(),
)
@settings(max_examples=150, deadline=None)
def test_own_segments_are_the_words_and_segments_make_the_line(
    text: str, marks: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    lines = passages(text, *[(min(a, b), max(a, b), n) for a, b, n in marks]).around((start, end), 1)
    own = "".join(part.text for line in lines for part in line.segments if part.own)
    assert own == text[start:end].replace("\n", "")
    for shown in text_of(lines):
        assert shown in text


def test_words_that_are_gone_show_their_place_and_mark_nothing() -> None:
    for at in (0, 3, 6, 13):
        lines = passages("عنوان\nأول ثانٍ").around((at, at), 1)
        assert not any(part.own and part.text for line in lines for part in line.segments)
