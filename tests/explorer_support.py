"""Somebody at the keyboard of the explorer."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass

from textual.pilot import Pilot

from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.panes.note_rows import NoteRow
from kashaf_tui.explorer.screens.main import MainScreen


@dataclass
class Analyst:
    """Somebody at the keyboard, and what is on their screen."""

    app: ExplorerApp
    pilot: Pilot[int]

    @property
    def main(self) -> MainScreen:
        screen = self.app.screen_stack[1]
        assert isinstance(screen, MainScreen)
        return screen

    async def press(self, *keys: str) -> None:
        """Press keys and wait until what they started is over."""
        await self.pilot.press(*keys)
        await self.settle()

    async def type(self, text: str) -> None:
        await self.pilot.press(*("space" if char == " " else char for char in text))

    async def settle(self) -> None:
        """Until no search or key is waiting, no worker runs and no message is under way."""
        for _ in range(400):
            await self.pilot.pause()
            running = [worker for worker in self.app.workers if not worker.is_finished]
            if not running and not self.main.searching.waiting and not self.app.keys_wait:
                await self.pilot.pause()
                return
            await self.pilot.pause(0.02)
        raise AssertionError("the explorer did not come to rest")

    def lines(self) -> list[str]:
        """The screen as it would be sent to the terminal, row by row."""
        return ["".join(part.text for part in strip) for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines())


def told(analyst: Analyst) -> str:
    """What toasts say, which tests do not show, in one line."""
    return " ".join(" ".join(note.message for note in analyst.app._notifications).split())


Explore = Callable[..., AbstractAsyncContextManager[Analyst]]


def note_rows(analyst: Analyst) -> list[NoteRow]:
    """The notes listed in the notes pane, without the headings of groups."""
    return [row for row in analyst.main.notes.rows if isinstance(row, NoteRow)]
