"""The entries of a folder to choose from: mark, name, kind, size and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import ClassVar, Final

from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.listing import Entry
from kashaf_tui.explorer.progress_words import size_words
from kashaf_tui.explorer.widgets.paint import left_to_right, line_strip, path_words
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

_MARK: Final = 2  # cells, and so are these
_KIND: Final = 15
_SIZE: Final = 9
_DAY: Final = 11
_NARROWEST: Final = 20  # what a name needs before the other columns are shown


def shown_name(name: str) -> str:
    """A file's name as it may be shown: without what could steer a terminal or turn the line."""
    return sanitise_line(name) or "?"


def entry_name(say: Wording, entry: Entry) -> str:
    """What an entry is called: its name, except for the first lines of a folder and for places."""
    match entry.kind:
        case "up":
            return f"..  ({say('folder above')})"
        case "here":
            return f".  ({say('this folder')})"
        case "place" if entry.path == Path.home():
            return f"{say('home')}  {path_words(entry.name)}"
        case _:
            return path_words(entry.name) if "/" in entry.name else shown_name(entry.name)


def kind_words(say: Wording, entry: Entry) -> str:
    """What an entry is. A link says so, and what it leads to."""
    match entry.kind:
        case "up" | "here":
            return ""
        case "archive":
            words = say("kind archive", what=left_to_right(shown_name(entry.suffix)))
        case "file":
            words = left_to_right(shown_name(entry.suffix)) if entry.suffix else say("kind plain")
        case _:
            words = say(f"kind {entry.kind}")
    return f"→ {words}" if entry.target and entry.kind != "broken" else words


class FileList(RowList[Entry]):
    """Letters typed here narrow the list; what they do is up to the screen."""

    row_height: ClassVar[int] = 1
    takes_text: ClassVar[bool] = True
    """Letters are letters here: nothing translates them."""

    @dataclass
    class Typed(Message):
        """A letter was typed."""

        character: str

    class Erased(Message):
        """A letter is to be taken back, or the folder above shown."""

    @dataclass
    class Marked(Message):
        """An entry is to be marked, or not any more."""

        entry: Entry

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self.marks: dict[Path, Entry] = {}
        """What is marked, in any folder, in the order of marking."""

    def key(self, row: Entry) -> object:
        return row.path, row.kind

    def draw_row(self, row: Entry, width: int, base: Style) -> Sequence[Strip]:
        near, far = self.near, self.far
        options = Options(base=self._say.base)
        dim = self.part_style("row--dim", base)
        heading = self.part_style("row--heading", base)
        marked = row.path in self.marks and row.kind != "up"
        # A narrow list loses the day first, then the size.
        days = _DAY if width - _MARK - _KIND - _SIZE - _DAY >= _NARROWEST else 0
        sizes = _SIZE if width - _MARK - _KIND - _SIZE >= _NARROWEST else 0
        room = max(1, width - _MARK - _KIND - sizes - days)
        named = heading if row.opens or marked else base
        size = size_words(self._say, row.size) if row.kind in ("file", "archive") else ""
        strips = [
            line_strip("✓" if marked else "", _MARK, heading, align=near),
            line_strip(entry_name(self._say, row), room - 1, named, align=near),
            Strip.blank(1, base),
            line_strip(kind_words(self._say, row), _KIND, dim, align=near, options=options),
            line_strip(size, sizes, dim, align=far, options=options),
            line_strip(left_to_right(_day(row.modified)), days, dim, align=far, options=options),
        ]
        return [self.in_order(strips)]

    async def on_key(self, event: events.Key) -> None:
        """Letters are typed; Space is a key, since it marks."""
        if event.character and event.is_printable and event.character != " ":
            event.stop()
            event.prevent_default()
            self.post_message(self.Typed(event.character))

    def action_mark(self) -> None:
        if self.current is not None:
            # Moved at once: a second Space may come before the first is answered.
            self.post_message(self.Marked(self.current))
            self.action_move(1)

    def action_erase(self) -> None:
        self.post_message(self.Erased())

    def clicked(self, index: int) -> None:
        """The first click selects, one on what is selected opens."""
        if index == self.selected and self.has_focus:
            self.action_open()
        else:
            super().clicked(index)


def _day(modified: float) -> str:
    if not modified:
        return ""
    try:
        return f"{datetime.fromtimestamp(modified).astimezone():%Y-%m-%d}"
    except (ValueError, OverflowError, OSError):  # a date that no calendar has
        return ""
