"""What is copied goes through `clipboard`, off the UI thread, and the screen is told which way served."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Protocol, TypeVar, runtime_checkable

from textual.app import App

from kashaf.text.sanitise import sanitise
from kashaf_tui import clipboard
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording

Result = TypeVar("Result")

_SHOWN = 40  # code points of what was copied that the status shows


@runtime_checkable
class TellsCopied(Protocol):
    """A screen with a line for what became of a copy."""

    def show_copied(self, copied: Copied) -> None:
        """Say it."""


class Copying(App[Result]):
    """An app that copies text by every way there is, one text after the other in the order asked for."""

    clipboard_folder: Path | None = None
    """Where the last text copied is kept. Without it there is only Textual's own way, through the terminal."""
    _copies: asyncio.Lock | None = None

    def copy_to_clipboard(self, text: str) -> None:
        """Textual's entry for its own widgets, and ours. What fields paste, `App.clipboard`, holds it at once."""
        text = sanitise(text).text
        if self.clipboard_folder is None:
            super().copy_to_clipboard(text)
            return
        self._clipboard = text
        self.run_worker(self._copy(text, self.clipboard_folder), group="copy")

    async def _copy(self, text: str, folder: Path) -> None:
        if self._copies is None:
            self._copies = asyncio.Lock()
        async with self._copies:
            copied = await asyncio.to_thread(clipboard.copy, text, folder, send=self._send)
        for screen in reversed(self.screen_stack):
            if isinstance(screen, TellsCopied):
                screen.show_copied(copied)
                return

    def _send(self, sequence: str) -> None:
        if self._driver is not None:
            self.call_later(self._driver.write, sequence)


def how_copied(copied: Copied, say: Wording) -> str:
    """One line for the status: the way, how sure it is, and the beginning of the text."""
    text = " ".join(copied.text[: 2 * _SHOWN].split())[:_SHOWN]
    text = f"\u2068{text}\u2069"  # FSI … PDI: whatever its direction, the words around it keep theirs
    path = left_to_right(f"{copied.kept.parent.name}/{copied.kept.name}") if copied.kept else ""
    match copied.how:
        case "nothing":
            return say("not copied", why="; ".join(map(say.told, copied.faults)))
        case "file":
            return say("copied to file", path=path, text=text)
        case "terminal" if path:
            return say("copied to terminal", path=path, text=text)
        case "terminal":
            return say("copied to terminal only", text=text)
    return say("copied", how=left_to_right(copied.how), text=text)
