"""What a scrolled page draws past Textual's line cache is what Textual would have drawn."""

from __future__ import annotations

import pytest
from rich.segment import Segment
from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.scrollbar import ScrollBar
from textual.strip import Strip
from textual.widget import Widget

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf_tui.explorer.panes.reader import Reader, Reading
from kashaf_tui.explorer.widgets.swift import SwiftBar

TEXT = "عنوان المقال\n" + "\n".join(f"فقرة {n} عن ميناء طرابلس وأسعار القمح (12.5%)." for n in range(120))


class Book(App[None]):
    CSS = "Reader { scrollbar-size-vertical: 1; overflow-x: hidden; overflow-y: scroll; }"

    def compose(self) -> ComposeResult:
        yield Reader(id="book")


def _cells(strips: list[Strip]) -> list[list[tuple[str, object, object, object]]]:
    """What is seen of each cell: nobody sees in which colour a blank is written."""
    return [[_seen(char, segment) for segment in strip for char in segment.text] for strip in strips]


def _seen(char: str, segment: Segment) -> tuple[str, object, object, object]:
    assert segment.style is not None
    style = segment.style
    front, back = (style.bgcolor, style.color) if style.reverse else (style.color, style.bgcolor)
    return char, front if char != " " or style.underline else None, back, style.meta.get("@mouse.down")


@pytest.mark.parametrize("top", [0, 7, 200])
async def test_a_page_is_drawn_as_textual_draws_it(top: int) -> None:
    app = Book()
    async with app.run_test(size=(60, 20)) as pilot:
        reader = app.query_one(Reader)
        reader.show(
            Reading(Article("a", TEXT, Metadata("عنوان المقال"), Provenance("", "", "")), hits=((20, 26),))
        )
        await pilot.pause()
        reader.scroll_to(y=top, animate=False, immediate=True)
        await pilot.pause()
        crop = Region(0, 0, *reader.outer_size)
        reader._styles_cache.clear()
        assert _cells(reader.render_lines(crop)) == _cells(Widget.render_lines(reader, crop))
        part = Region(5, 3, 20, 4)
        assert _cells(reader.render_lines(part)) == _cells(Widget.render_lines(reader, part))
        bar = reader.vertical_scrollbar
        assert isinstance(bar, SwiftBar)
        crop = Region(0, 0, *bar.outer_size)
        bar._styles_cache.clear()
        assert _cells(bar.render_lines(crop)) == _cells(ScrollBar.render_lines(bar, crop))


async def test_decoration_goes_the_long_way() -> None:
    app = Book()
    async with app.run_test(size=(60, 20)) as pilot:
        reader = app.query_one(Reader)
        reader.show(Reading(Article("a", TEXT, Metadata("عنوان المقال"), Provenance("", "", ""))))
        reader.styles.border = ("round", "red")
        await pilot.pause()
        lines = reader.render_lines(Region(0, 0, *reader.outer_size))
        assert lines[0].text.startswith("╭")
        assert all(strip.cell_length == reader.outer_size.width for strip in lines)
