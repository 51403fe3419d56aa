"""The mouse over the article: clicks and drags become offsets, whichever way a line runs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from tests.reader_support import Opened, article, reading
from textual import events

SIZES = [(80, 24), (120, 40)]
MIXED = (
    "نقلت وكالة Reuters عن مدير الميناء أن 1,250 طنا من القمح وصلت أمس\n"
    "The minister said (نعم بالتأكيد) twice on Monday\n"
    "Reuters قالت إن السلام عاد إلى المدينة"
)


async def drag(opened: Opened, start: int, end: int) -> None:
    """From the cell of one offset to that of another."""
    await opened.pilot.mouse_down(offset=opened.place_of(start))
    await opened.pilot.hover(offset=opened.place_of(end))
    await opened.pilot.mouse_up(offset=opened.place_of(end))
    await opened.pilot.pause()


async def until(opened: Opened, done: Callable[[], bool]) -> None:
    for _ in range(200):
        await opened.pilot.pause(0.05)
        if done():
            return
    raise AssertionError("it never came to that")


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize(
    "words",
    [
        "وكالة",
        "عن مدير الميناء",
        "Reuters عن",
        "أن 1,250 طنا",
        "minister said",
        "said (نعم بالتأكيد) twice",
        "نعم بالتأكيد",
        "قالت إن السلام عاد",
        "أمس\nThe minister",
    ],
)
async def test_a_drag_marks_what_lies_between(words: str, size: tuple[int, int], *, rtl: bool) -> None:
    start = MIXED.index(words)
    async with reading(MIXED, size=size, rtl=rtl) as opened:
        await drag(opened, start, start + len(words) - 1)
        assert opened.marked == words
        await drag(opened, start + len(words) - 1, start)
        assert opened.marked == words


@pytest.mark.parametrize("rtl", [False, True])
@pytest.mark.parametrize("size", SIZES)
async def test_a_click_puts_the_caret(size: tuple[int, int], *, rtl: bool) -> None:
    async with reading(MIXED, size=size, rtl=rtl) as opened:
        for word in ("Reuters", "الميناء", "minister", "بالتأكيد", "المدينة"):
            await opened.pilot.click(offset=opened.place_of(MIXED.index(word)))
            await opened.pilot.pause()
            assert opened.reader.caret == MIXED.index(word)
            assert opened.reader.mark is None


async def test_a_click_beside_the_text_goes_to_the_nearest_letter() -> None:
    async with reading(MIXED) as opened:
        await opened.pilot.click(offset=(0, 0))
        assert opened.reader.caret == MIXED.index("\n") - 1
        await opened.pilot.click(offset=(79, 0))
        assert opened.reader.caret == 0
        await opened.pilot.click(offset=(30, 20))
        assert opened.reader.caret > MIXED.rindex("\n")


async def test_two_clicks_mark_a_word_and_three_a_sentence() -> None:
    text = "وصلت السفينة. غادرت أمس."
    async with reading(text) as opened:
        place = opened.place_of(text.index("غادرت") + 2)
        await opened.pilot.click(offset=place, times=2)
        assert opened.marked == "غادرت"
        await opened.pilot.pause(0.6)
        await opened.pilot.click(offset=place, times=3)
        assert opened.marked == "غادرت أمس."
        await opened.pilot.pause(0.6)
        await opened.pilot.click(offset=place)
        assert opened.marked == ""


async def test_shift_and_a_click_widen_the_mark() -> None:
    async with reading(MIXED) as opened:
        await opened.pilot.click(offset=opened.place_of(MIXED.index("عن")))
        await opened.pilot.click(offset=opened.place_of(MIXED.index("الميناء") + 6), shift=True)
        assert opened.marked == "عن مدير الميناء"
        await opened.pilot.click(offset=opened.place_of(MIXED.index("وكالة")), shift=True)
        assert opened.marked == "وكالة Reuters ع"


async def test_what_was_dragged_is_widened_by_keys_and_asked_to_be_copied() -> None:
    async with reading(MIXED) as opened:
        start = MIXED.index("مدير")
        await drag(opened, start, start + 3)
        await opened.pilot.press("w", "w")
        assert opened.marked == "مدير الميناء"
        await opened.pilot.press("y")
        await opened.pilot.pause()
        assert opened.app.asked == ["copy"]


@pytest.mark.parametrize("size", SIZES)
async def test_a_drag_held_below_the_window_goes_on(size: tuple[int, int]) -> None:
    text = article(3000)
    async with reading(text, size=size) as opened:
        await opened.pilot.mouse_down(offset=opened.place_of(0))
        reader = opened.reader
        below = events.MouseMove(reader, 5, size[1], 0, 1, 1, False, False, False, 5, size[1])
        reader.on_mouse_move(below)
        await until(opened, lambda: reader.scroll_offset.y >= 3)
        assert reader.span is not None
        assert reader.span[0] == 0
        reached = reader.span[1]
        above = events.MouseMove(reader, 5, -1, 0, -1, 1, False, False, False, 5, -1)
        reader.on_mouse_move(above)
        await until(opened, lambda: reader.scroll_offset.y == 0)
        assert reader.span[1] < reached
        await opened.pilot.mouse_up(offset=(5, 5))
        at = reader.scroll_offset.y
        await opened.pilot.pause(0.2)
        assert reader.scroll_offset.y == at
        assert reader.span is not None


async def test_another_article_ends_a_drag() -> None:
    async with reading(MIXED) as opened:
        await opened.pilot.mouse_down(offset=opened.place_of(3))
        opened.show(article(100))
        await opened.pilot.hover(offset=(20, 3))
        await opened.pilot.mouse_up(offset=(20, 3))
        assert opened.marked == ""
        assert opened.app.mouse_captured is None
