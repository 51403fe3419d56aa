"""The notes: what was written, and the words it was written on, with the state of the anchor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.style import Style
from textual.strip import Strip

from kashaf.bidi.layout import Cell, Options, cell_width, crop, lay_out_line
from kashaf.notes.codebook import Codebook
from kashaf.notes.model import EntityTarget, Note, SearchTarget
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.panes.note_rows import Group, NoteRow, Rows
from kashaf_tui.explorer.widgets.mixed_list import MixedList
from kashaf_tui.explorer.widgets.noted import SIGNS, inked
from kashaf_tui.explorer.widgets.paint import facts, left_to_right, line_strip, paint
from kashaf_tui.explorer.wording import Wording

__all__ = ["Group", "NoteList", "NoteRow"]

_LONGEST = 400  # code points of a quote or a body that could ever be seen in a row


class NoteList(MixedList[NoteRow | Group]):
    """A note takes three rows: what it says, tags and words, where it is. Groups have a heading of one."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"notes--state", "notes--tag", "notes--sign"}

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say
        self.codebook = Codebook()

    @property
    def note_row(self) -> NoteRow | None:
        """The selected note; None on the heading of a group."""
        return self.current if isinstance(self.current, NoteRow) else None

    def key(self, row: NoteRow | Group) -> tuple[str, str]:
        return ("group", row.key) if isinstance(row, Group) else ("note", row.note.id)

    def index_of(self, rows: Sequence[NoteRow | Group], key: object) -> int:
        if isinstance(rows, Rows) and isinstance(key, tuple):
            return rows.find(key) or 0
        return super().index_of(rows, key)

    def tops_of(self, rows: Sequence[NoteRow | Group]) -> Sequence[int]:
        return rows.tops() if isinstance(rows, Rows) else (0,)

    def select_note(self, note_id: str) -> bool:
        """Select a note by its id. Returns whether it is in the list."""
        at = self.rows.find(("note", note_id)) if isinstance(self.rows, Rows) else None
        if at is not None:
            self.select(at)
        return at is not None

    def draw_row(self, row: NoteRow | Group, width: int, base: Style) -> Sequence[Strip]:
        if isinstance(row, Group):
            return [self._heading(row, width, base)]
        note = row.note
        return [self._first(row, width, base), self._second(note, width, base), self._third(row, width, base)]

    def _heading(self, group: Group, width: int, base: Style) -> Strip:
        heading = self.part_style("row--heading", base)
        sign, count = "+" if group.closed else "−", f" {group.count:,}"
        room = max(1, width - 2 - cell_width(count))
        strips = [
            line_strip(sign, 2, heading, align=self.near),
            line_strip(group.name, room, heading, align=self.near),
            line_strip(count, cell_width(count), heading),
        ]
        return self.in_order(strips)

    def _first(self, row: NoteRow, width: int, base: Style) -> Strip:
        note, say = row.note, self._say
        state = f" {say(f'state {row.state}')} " if row.state not in (None, "exact") else ""
        size = min(width // 2, cell_width(state))
        sign = "✓" if row.marked else SIGNS[note.kind]
        quote = sanitise_line(note.quote[:_LONGEST])  # from elsewhere it is evidence, and kept as it came
        first = " ".join(note.body[:_LONGEST].split()) or quote or self._on(note)
        style = self.part_style("row--heading", base) if note.body else base
        strips = [
            line_strip(sign, 2, self.part_style("notes--sign", base), align=self.near),
            line_strip(first, max(1, width - 2 - size), style),
            line_strip(state, size, self.part_style("notes--state", base)),
        ]
        return self.in_order(strips)

    def _second(self, note: Note, width: int, base: Style) -> Strip:
        """Tags, each in its colour, and the words."""
        dim = self.part_style("row--dim", base)
        quote = sanitise_line(note.quote[:_LONGEST])
        if note.other is not None:
            rest = f"← «{sanitise_line(note.other.quote[:_LONGEST])}»"
        else:
            rest = f"«{quote}»" if note.body and quote else self._on(note) if note.body else ""
        chips: list[tuple[int, int, Style]] = []
        text = ""
        for tag in note.tags:
            chip = f"\u2068#{tag}\u2069"
            style = inked(self.part_style("notes--tag", base), self.codebook.colour_of(tag))
            chips.append((len(text), len(text) + len(chip), style))
            text += chip + " "
        # A tag is isolated: a line of tags alone has no direction but the interface's.
        line = lay_out_line(
            crop(text + rest, width - 2), Options(base="rtl" if self.near == "right" else "auto")
        )

        def style_of(cell: Cell) -> Style:
            return next((style for start, end, style in chips if start <= cell.start < end), dim)

        return self.in_order([Strip.blank(2, base), paint(line, width - 2, dim, style_of)])

    def _third(self, row: NoteRow, width: int, base: Style) -> Strip:
        """Where and when, without what the heading of its group says."""
        note, say = row.note, self._say
        parts: list[str] = []
        if row.order != "date":
            parts.append(left_to_right(note.modified[:10]))
        if note.status != "open" and row.order != "status":
            parts.append(say(f"status {note.status}"))
        if note.confidence:
            parts.append(say(f"confidence {note.confidence}"))
        if row.order != "article" and note.article_id and note.about:
            parts.append(sanitise_line(note.about))
        dim = self.part_style("row--dim", base)
        words = line_strip(facts(parts), width - 2, dim, align=self.near, options=Options(base=say.base))
        return self.in_order([Strip.blank(2, base), words])

    def _on(self, note: Note) -> str:
        """What a note that is on no words is on."""
        match note.target:
            case EntityTarget():
                return self._say("on entity", name=note.about)
            case SearchTarget():
                every = note.about == "*"
                return self._say("on search", query=self._say("all articles") if every else note.about)
        return self._say("on article", title=note.about)
