"""What the reader draws and marks: hits, the margin of notes, lines; in both directions of the interface."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.reader_support import Opened, article, reading

from kashaf_tui.explorer.panes.reader import Reading
from kashaf_tui.explorer.widgets.noted import Noted
from kashaf_tui.explorer.widgets.page import Layer

TEXT = "وصلت السفينة إلى المرفأ فجرا\nReuters قالت إن القمح وصل\nNothing else to report today"


def again(opened: Opened, **changes: object) -> None:
    """The same article with other spans, as when its notes change."""
    reading_now = opened.reader.reading
    assert isinstance(reading_now, Reading)
    opened.reader.update(replace(reading_now, **changes))  # type: ignore[arg-type]  # names of its fields


def styles_of(opened: Opened, row: int) -> set[str]:
    """The styles of a screen row, as text."""
    strips = opened.app.screen._compositor.render_strips()
    return {str(segment.style) for segment in strips[row] if segment.text.strip()}


@pytest.mark.parametrize(("rtl", "column"), [(False, 78), (True, 1)])
async def test_a_note_stands_in_the_margin_of_its_line_alone(*, rtl: bool, column: int) -> None:
    async with reading(TEXT, rtl=rtl) as opened:
        place = TEXT.index("القمح")
        again(opened, noted=(Noted("note", place, place + 5, "?"),))
        await opened.pilot.pause()
        bars = [line[column] for line in opened.lines()]
        assert [at for at, bar in enumerate(bars) if bar in "▐▌"] == [opened.row_of(place)]
        assert opened.lines()[opened.row_of(place)][79 if column == 78 else 0] == "?"
        again(opened, noted=())
        await opened.pilot.pause()
        assert not any(bar in "▐▌" for bar in (line[column] for line in opened.lines()))


async def test_rows_that_were_drawn_before_show_new_spans() -> None:
    async with reading(TEXT) as opened:
        row = opened.row_of(TEXT.index("Nothing"))
        plain = styles_of(opened, row)
        again(opened, entities={Layer.PERSON: ((TEXT.index("report"), TEXT.index("report") + 6),)})
        await opened.pilot.pause()
        assert styles_of(opened, row) > plain
        again(opened, entities={})
        await opened.pilot.pause()
        assert styles_of(opened, row) == plain


async def test_the_theme_changes_rows_that_were_drawn_before() -> None:
    async with reading(TEXT) as opened:
        row = opened.row_of(TEXT.index("Nothing"))
        before = styles_of(opened, row)
        opened.app.theme = "textual-light"
        await opened.pilot.pause()
        assert styles_of(opened, row).isdisjoint(before)


async def test_a_paragraph_that_opens_in_latin_stands_at_the_right() -> None:
    async with reading(TEXT) as opened:
        lines = opened.lines()
        assert lines[opened.row_of(TEXT.index("Reuters"))][:78].endswith("Reuters")
        assert lines[opened.row_of(TEXT.index("Nothing"))].startswith("Nothing")


async def test_hits_are_numbered_and_go_round() -> None:
    text = article(30_000)
    hits = tuple((start, start + 4) for start in range(0, len(text) - 50, 997))
    async with reading(text, hits=hits) as opened:
        reader = opened.reader
        assert reader.hit_number == 1
        reader.action_hit(-1)
        assert reader.hit_number == len(hits)
        reader.action_hit(1)
        assert reader.hit_number == 1
        seen = []
        reader.go_to(hits[5][1])
        seen.append(reader.hit_number)
        reader.action_hit(-1)
        seen.append(reader.hit_number)
        assert seen == [None, 6]


async def test_lines_are_marked_one_after_another() -> None:
    text = article(400)
    async with reading(text) as opened:
        reader, page = opened.reader, opened.page
        reader.go_to(page.row(2).start + 3)
        reader.action_mark()
        reader.action_unit("line", 1)
        assert reader.span == page.line_span(page.row(2).start)
        reader.action_unit("line", 1)
        assert reader.span == (page.row(2).start, page.line_span(page.row(3).start)[1])
        reader.cancel_mark()
        reader.action_unit("line", 1)
        assert opened.page.row_of(reader.caret) == 4


async def test_tashkeel_moves_no_row() -> None:
    text = "\n".join("وَصَلَتِ السَّفِينَةُ إِلَى المَرْفَأِ" for _ in range(4000))
    async with reading(text, caret=len(text) // 2) as opened:
        await opened.counted()
        height, row = opened.page.height, opened.row_of(opened.reader.caret)
        before = opened.lines()
        opened.reader.set_options(replace(opened.reader.options, marks="keep"))
        await opened.pilot.pause()
        assert (opened.page.height, opened.row_of(opened.reader.caret)) == (height, row)
        assert opened.lines() != before


async def test_the_margin_changes_sides_with_the_interface() -> None:
    async with reading(TEXT) as opened:
        row = opened.row_of(TEXT.index("القمح"))
        again(opened, noted=(Noted("note", TEXT.index("القمح"), TEXT.index("القمح") + 5, "?"),))
        await opened.pilot.pause()
        for rtl, column in ((False, 78), (True, 1), (False, 78)):
            opened.app.set_class(rtl, "-rtl")
            opened.app.refresh(layout=True)
            opened.reader.refresh()
            await opened.pilot.pause()
            assert opened.lines()[row][column] in "▐▌"
