"""Notes to settle, those in the trash, those in conflict: lists of notes with what is to be known of each there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, ClassVar, Final, TypeVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.notes.model import Note
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.settling import Item
from kashaf_tui.explorer.widgets.paint import facts, left_to_right, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.documents import Trashed

Row = TypeVar("Row")

_SIGN: Final = 2  # cells
_SIGNS: Final = {"changed": "≠", "orphan": "?"}


class NoteRows(RowList[Row]):
    """Two lines a note: its words after a sign, and facts."""

    row_height: ClassVar[int] = 2

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, empty=empty)
        self.say = say

    def words(self, row: Row) -> tuple[str, str, list[str]]:
        """The sign, what the note is called, and facts about it."""
        raise NotImplementedError

    def draw_row(self, row: Row, width: int, base: Style) -> Sequence[Strip]:
        sign, text, told = self.words(row)
        dim, heading = self.part_style("row--dim", base), self.part_style("row--heading", base)
        room = max(1, width - _SIGN)
        options = Options(base=self.say.base)
        return [
            self.in_order([line_strip(sign, _SIGN, heading, align=self.near), line_strip(text, room, base)]),
            self.in_order(
                [
                    Strip.blank(_SIGN, base),
                    line_strip(facts(told), room, dim, align=self.near, options=options),
                ]
            ),
        ]


class BoardRows(NoteRows[Item]):
    """The notes to settle, each with what became of its words."""

    def key(self, row: Item) -> object:
        return row.key

    def words(self, row: Item) -> tuple[str, str, list[str]]:
        say = self.say
        told = [say(f"state {row.anchor.state}"), say(f"why {row.anchor.why}")]
        if row.end == "other":
            told.append(say("other end"))
        text = called(row.note)
        if row.words is not None:
            text = sanitise_line(row.words.quote)
        return _SIGNS[row.anchor.state], text, [*told, *tags_of(row.note), sanitise_line(row.note.about)]


class TrashRows(NoteRows["Trashed"]):
    """Some of them may be marked."""

    def __init__(self, say: Wording, *, id: str | None = None, empty: str = "") -> None:  # noqa: A002
        super().__init__(say, id=id, empty=empty)
        self.marked: set[str] = set()

    def key(self, row: Trashed) -> object:
        return row.note.id

    def words(self, row: Trashed) -> tuple[str, str, list[str]]:
        note = row.note
        body = note.body.replace("\n", " ")
        about = [sanitise_line(note.quote)] if body and note.quote else []
        told = [self.say("deleted on", time=left_to_right(moment(row.deleted))), *tags_of(note)]
        sign = "✓" if note.id in self.marked else " "
        return sign, called(note), [*told, *about, sanitise_line(note.about)]

    def action_mark(self) -> None:
        if self.current is not None:
            self.marked ^= {self.current.note.id}
            self.refresh()
            if not self.select(self.selected + 1):
                self.post_message(self.Moved(self))  # type: ignore[arg-type]


class ConflictRows(NoteRows[Note]):
    def key(self, row: Note) -> object:
        return row.id

    def words(self, row: Note) -> tuple[str, str, list[str]]:
        return "≠", called(row), [*tags_of(row), sanitise_line(row.about)]


def called(note: Note) -> str:
    """A note in one line: what was written, or else the words it is on, or what it is about."""
    return (
        sanitise_line(note.body.replace("\n", " ")) or sanitise_line(note.quote) or sanitise_line(note.about)
    )


def tags_of(note: Note) -> list[str]:
    return [f"#{sanitise_line(tag)}" for tag in note.tags]


def moment(iso: str) -> str:
    """A time of the notes in this machine's time zone, to the minute; as it stands when it is none."""
    try:
        return f"{datetime.fromisoformat(iso).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return sanitise_line(iso)
