"""The versions of a note: what each changed, when, and who did."""

from __future__ import annotations

from collections.abc import Iterator

from kashaf.notes.past import Past
from kashaf.notes.versions import DELETED
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.note_values import field_name, value_words
from kashaf_tui.explorer.panes.board import NoteRows, moment
from kashaf_tui.explorer.panes.differences import Block
from kashaf_tui.explorer.side_by_side import compared
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording


class PastRows(NoteRows[Past]):
    """The newest first."""

    def key(self, row: Past) -> object:
        return row.version.id

    def words(self, row: Past) -> tuple[str, str, list[str]]:
        version = row.version
        told = [left_to_right(moment(version.at)), sanitise_line(version.author) or self.say("no author")]
        return "●" if not version.parents else "≠", " · ".join(_deeds(self.say, row)), told


def _deeds(say: Wording, past: Past) -> Iterator[str]:
    if not past.kept:
        yield say("version forgotten")
        return
    if not past.version.parents:
        yield say("version made")
        return
    if past.is_merge:
        yield say("version merged")
    for changed in past.changes:
        if changed.field == DELETED:
            yield say("version deleted" if changed.after is True else "version restored")
        else:
            yield field_name(say, changed.field)


def blocks_of(past: Past, say: Wording) -> list[Block]:
    """Each field that a version changed: its value before and after."""
    empty = say("empty value")
    return [
        compared(value_words(say, one.field, one.before), value_words(say, one.field, one.after), empty, "≠")
        for one in past.changes
    ]
