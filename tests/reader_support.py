"""The reader alone on a screen, with an article of any length."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import ClassVar

from textual.app import App, ComposeResult
from textual.pilot import Pilot

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf_tui.explorer.panes.reader import Reader, Reading
from kashaf_tui.explorer.screens.main import Article as ArticlePane
from kashaf_tui.explorer.widgets.page import Page

_PROSE = (
    "السفينة وصلت إلى المرفأ قبل الفجر وأفرغت حمولتها من القمح والشعير ثم غادرت نحو الجنوب "
    "وقال مدير الرصيف إن الكلفة معروفة سلفا ولا زيادة عليها هذا العام"
)


def article(words: int, paragraph: int = 60) -> str:
    """So many words in paragraphs of `paragraph`; every paragraph begins with its number."""
    prose = _PROSE.split()
    lines = []
    for number, start in enumerate(range(0, words, paragraph)):
        run = [prose[(start + at) % len(prose)] for at in range(min(paragraph, words - start) - 1)]
        lines.append(" ".join([f"«{number}»", *run]))
    return "\n".join(lines)


class ReaderApp(App[None]):
    """The article pane as the main screen has it, and nothing else. `asked` keeps the wishes it sends."""

    CSS: ClassVar[str] = """
    #article { scrollbar-size-vertical: 1; overflow-x: hidden; }
    .reader--person { text-style: underline; }
    """

    def __init__(self, *, rtl: bool = False) -> None:
        super().__init__()
        self.set_class(rtl, "-rtl")
        self.asked: list[str] = []

    def compose(self) -> ComposeResult:
        yield ArticlePane(id="article")

    def on_reader_asked(self, message: Reader.Asked) -> None:
        self.asked.append(message.wish)


@dataclass
class Opened:
    """An article in the reader."""

    app: ReaderApp
    pilot: Pilot[None]

    @property
    def reader(self) -> Reader:
        return self.app.query_one(Reader)

    @property
    def page(self) -> Page:
        page = self.reader.page
        assert page is not None
        return page

    @property
    def marked(self) -> str:
        span = self.reader.span
        return self.page.text[slice(*span)] if span else ""

    def show(self, text: str, hits: tuple[tuple[int, int], ...] = (), caret: int | None = None) -> None:
        made = Article("a", text, Metadata(""), Provenance("", "", ""))
        self.reader.show(Reading(made, hits), caret)

    def lines(self) -> list[str]:
        """The screen as it would be sent to the terminal, row by row."""
        return ["".join(part.text for part in strip) for strip in self.app.screen._compositor.render_strips()]

    def row_of(self, offset: int) -> int:
        """The screen row that shows an offset."""
        return self.page.row_of(offset) - self.reader.scroll_offset.y

    def place_of(self, offset: int) -> tuple[int, int]:
        """Column and row of the screen that show an offset."""
        row, column = self.page.position(offset)
        return (
            column + self.reader.text_column + self.reader.scrollable_content_region.x,
            row - self.reader.scroll_offset.y,
        )

    async def counted(self) -> None:
        """Until every row has its last number."""
        for _ in range(1000):
            await self.pilot.pause(0.01)
            if self.page.exact:
                await self.pilot.pause()
                return
        raise AssertionError("the rows were never counted")


@asynccontextmanager
async def reading(
    text: str,
    *,
    size: tuple[int, int] = (80, 24),
    hits: tuple[tuple[int, int], ...] = (),
    caret: int | None = None,
    rtl: bool = False,
) -> AsyncIterator[Opened]:
    """The reader with an article, focused."""
    app = ReaderApp(rtl=rtl)
    async with app.run_test(size=size) as pilot:
        opened = Opened(app, pilot)
        opened.reader.focus()
        await pilot.pause()
        opened.show(text, hits, caret)
        await pilot.pause()
        yield opened
