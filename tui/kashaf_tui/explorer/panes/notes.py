"""The notes: what was written, and the words it was written on, with the state of the anchor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kashaf.notes.anchoring import State
from kashaf.notes.model import Note
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.widgets.paint import line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note with what is known of its place. `state` is None while its article has not been looked at."""

    note: Note
    state: State | None = None


class NoteList(RowList[NoteRow]):
    """The newest note last, as it was written."""

    row_height: ClassVar[int] = 3

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say

    def key(self, row: NoteRow) -> object:
        return row.note.id

    def draw_row(self, row: NoteRow, width: int, base: Style) -> Sequence[Strip]:
        note = row.note
        dim = self.part_style("row--dim", base)
        heading = self.part_style("row--heading", base)
        state = f" [{self._say(row.state)}]" if row.state not in (None, "exact") else ""
        tags = "".join(f"\u2068#{tag}\u2069 " for tag in note.tags)
        quote = sanitise_line(note.target.quote)  # a quote from elsewhere is evidence, and kept as it came
        first = note.body.replace("\n", " ") or quote
        second = f"«{quote}»" if note.body else ""
        return [
            line_strip(first + state, width, heading if note.body else base),
            line_strip(tags + second, width, dim),
            Strip.blank(width, base),
        ]
