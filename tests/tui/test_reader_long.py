"""An article of any length: the first screen before the rest is counted, and a place that nothing moves."""

from __future__ import annotations

import asyncio

import pytest
from tests.reader_support import article, reading

from kashaf.bidi.layout import visual

SIZES = [(80, 24), (120, 40)]
BOOK = article(300_000)
NOVEL = article(40_000)


@pytest.mark.parametrize("size", SIZES)
async def test_a_book_shows_its_first_screen_before_its_rows_are_counted(size: tuple[int, int]) -> None:
    async with reading("") as opened:
        await opened.pilot.resize_terminal(*size)
        await opened.pilot.pause()
        opened.show(BOOK)
        assert not opened.page.exact
        assert visual("«0» السفينة") in "".join(opened.lines())
        await opened.counted()
        assert opened.reader.virtual_size.height == opened.page.height
        assert visual("«0» السفينة") in "".join(opened.lines())


@pytest.mark.parametrize("size", SIZES)
async def test_the_last_place_is_shown_at_once_and_stays(size: tuple[int, int]) -> None:
    place = BOOK.index("«2500»")
    async with reading("") as opened:
        await opened.pilot.resize_terminal(*size)
        await opened.pilot.pause()
        opened.show(BOOK, caret=place)
        assert not opened.page.exact
        at = opened.row_of(place)
        shown = opened.lines()
        assert at == size[1] // 3
        assert visual("«2500»") in shown[at]
        await opened.counted()
        assert opened.row_of(place) == at
        assert [line[:70] for line in opened.lines()] == [line[:70] for line in shown]


async def test_end_home_and_a_hit_in_the_last_paragraph() -> None:
    hits = tuple((start, start + 6) for start in (BOOK.index("«10»"), BOOK.rindex("«")))
    async with reading(BOOK, hits=hits) as opened:
        reader = opened.reader
        assert reader.hit_number == 1
        reader.action_hit(1)
        assert reader.caret == hits[1][0]
        assert 0 <= opened.row_of(hits[1][0]) < 24
        await opened.pilot.press("end")
        assert reader.scroll_offset.y == reader.max_scroll_y
        assert opened.row_of(len(BOOK) - 1) == 23
        last = opened.lines()
        await opened.counted()
        assert reader.scroll_offset.y == reader.max_scroll_y
        assert [line[:70] for line in opened.lines()] == [line[:70] for line in last]
        await opened.pilot.press("home")
        assert reader.scroll_offset.y == 0
        assert reader.caret == 0


async def test_scrolling_up_while_rows_are_counted_shows_what_is_above() -> None:
    place = BOOK.index("«3000»")
    async with reading(BOOK, caret=place) as opened:
        for _ in range(30):
            before = opened.page.row(opened.reader.scroll_offset.y).start
            opened.reader.scroll_relative(y=-5, animate=False)
            await opened.pilot.pause()
            top = opened.reader.scroll_offset.y
            assert opened.page.row(top + 5).start == before
        await opened.counted()
        assert opened.page.row(opened.reader.scroll_offset.y + 5).start == before


async def test_resizing_keeps_the_row_of_the_caret() -> None:
    place = BOOK.index("«2500»")
    async with reading(BOOK, caret=place, size=(120, 40)) as opened:
        at = opened.row_of(place)
        for width in (80, 60, 140, 90, 120):
            await opened.pilot.resize_terminal(width, 40)
            await opened.pilot.pause()
            assert opened.row_of(place) == at
        await opened.pilot.resize_terminal(120, 8)
        await opened.pilot.pause()
        assert 0 <= opened.row_of(place) < 8
        await opened.pilot.resize_terminal(120, 40)
        await opened.pilot.pause()
        assert opened.row_of(place) == at
        await opened.counted()
        assert opened.row_of(place) == at


async def test_resizing_keeps_the_first_row_when_the_caret_was_left_behind() -> None:
    async with reading(NOVEL) as opened:
        opened.reader.scroll_to(y=opened.page.row_of(NOVEL.index("«300»")), animate=False)
        await opened.pilot.pause()
        top = opened.page.row(opened.reader.scroll_offset.y).start
        for width in (50, 120, 33, 80):
            await opened.pilot.resize_terminal(width, 24)
            await opened.pilot.pause()
            row = opened.page.row(opened.reader.scroll_offset.y)
            assert row.start <= top < row.end
        assert opened.page.row(opened.reader.scroll_offset.y).start == top


async def test_a_storm_of_resizes_piles_up_no_work() -> None:
    place = BOOK.index("«2500»")
    async with reading(BOOK, caret=place) as opened:
        for turn in range(100):
            await opened.pilot.resize_terminal(60 + turn % 37, 20 + turn % 7)
        counting = [worker for worker in opened.app.workers if worker.group == "count" and worker.is_running]
        assert len(counting) <= 1
        await opened.pilot.resize_terminal(80, 24)
        await opened.counted()
        assert 0 <= opened.row_of(place) < 24
        assert opened.reader.virtual_size.height == opened.page.height


async def test_another_article_cancels_the_count() -> None:
    async with reading(BOOK) as opened:
        opened.show(NOVEL)
        assert all(worker.is_cancelled for worker in opened.app.workers if worker.group == "count") or (
            len([worker for worker in opened.app.workers if not worker.is_cancelled]) == 1
        )
        await opened.counted()
        assert opened.page.text == NOVEL
        height = opened.page.height
        opened.reader.show(None)
        await opened.pilot.pause(0.2)
        assert opened.reader.virtual_size.height == 0
        opened.show(NOVEL)
        await opened.counted()
        assert opened.page.height == height


async def test_a_page_down_shows_the_next_page_and_a_page_up_the_one_before() -> None:
    async with reading(article(5000)) as opened:
        height = opened.reader.scrollable_content_region.height
        await opened.pilot.press("pagedown")
        assert opened.reader.scroll_offset.y == height - 1
        assert 0 <= opened.row_of(opened.reader.caret) < height
        await opened.pilot.press("pagedown", "pageup")
        assert opened.reader.scroll_offset.y == height - 1
        await opened.pilot.press("pageup")
        assert opened.reader.scroll_offset.y == 0


async def test_a_usual_article_is_laid_out_at_once() -> None:
    async with reading("") as opened:
        opened.show(article(5000))
        assert opened.page.exact
        assert opened.reader.virtual_size.height == opened.page.height
        assert not [worker for worker in opened.app.workers if worker.group == "count"]


async def test_the_loop_goes_on_while_a_book_is_counted() -> None:
    async with reading("") as opened:
        opened.show(BOOK)
        turns = 0
        while not opened.page.exact:
            await asyncio.sleep(0.001)
            turns += 1
        assert turns > 2


HOSTILE = {
    "one line": "كلمة " * 2_000_000,
    "one word": "ب" * 10_000_000,
    "newlines": "\n" * 3_000_000,
    "marks on one letter": "ب" + "\u064b" * 10_000 + " نص",
    "a flood of marks": "ب" + "\u064b" * 1_000_000,
    "nothing to see": "\u200b\u200c\u200d\u2060\ufeff" * 200_000,
    "lone surrogates": "\ud800نص\udfff " * 30_000,
    "unpaired isolates": "\u2067نص\u202e(" * 50_000,
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_hostile_texts_open_scroll_and_close(name: str) -> None:
    text = HOSTILE[name]
    async with reading("") as opened:
        opened.show(text)
        await opened.pilot.pause()
        for key in (
            "end",
            "pageup",
            "w",
            "b",
            "s",
            "p",
            "P",
            "v",
            "w",
            "s",
            "left",
            "escape",
            "home",
            "down",
        ):
            await opened.pilot.press(key)
        opened.reader.cancel_mark()
        await opened.pilot.resize_terminal(50, 12)
        await opened.pilot.pause()
        assert 0 <= opened.row_of(opened.reader.caret) < 12
        assert all(char.isprintable() for line in opened.lines() for char in line)
        opened.reader.show(None)


@pytest.mark.parametrize("size", [(2, 1), (4, 2), (6, 1), (7, 3)])
async def test_a_window_with_no_room_forgets_nothing(size: tuple[int, int]) -> None:
    place = NOVEL.index("«200»")
    async with reading(NOVEL, caret=place) as opened:
        await opened.counted()
        await opened.pilot.resize_terminal(*size)
        await opened.pilot.press("down", "up", "end", "home")
        opened.reader.go_to(place)
        opened.show(NOVEL, caret=place)
        await opened.pilot.resize_terminal(80, 24)
        await opened.counted()
        assert opened.reader.caret == place
        assert 0 <= opened.row_of(place) < 24
        assert visual("«200»") in "".join(opened.lines())
