"""What the screens of entities have in common: a status line, decisions about names, and how they are found again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kashaf.entities.model import EntityRow
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.names import key_of_row
from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.status import Status
from kashaf_tui.explorer.toasts import Severity
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.entities.book.decisions import Decision
    from kashaf_tui.explorer.flows.naming import NamingFlow


class NamedScreen(TitledScreen):
    """Subclasses say whom a key is about, and fill themselves; then they are `fetched`."""

    fetched = False

    def __init__(self, say: Wording, flow: NamingFlow) -> None:
        super().__init__(say)
        self.flow = flow
        self.status = Status(self.keys)

    def subjects(self) -> Sequence[EntityRow]:
        """Whom a decision is about: those marked, else the selected one."""
        raise NotImplementedError

    def subject(self) -> EntityRow | None:
        """The one that a decision about one name is about."""
        return next(iter(self.subjects()), None)

    def again(self) -> NamedScreen:
        """The same screen once more, where this one is."""
        raise NotImplementedError

    def refill(self) -> None:
        """What is shown may be out of date."""
        raise NotImplementedError

    def decided(self, decision: Decision, *, back: bool) -> None:
        """A name was decided on; back: a decision was taken back or made again."""
        del decision, back
        self.refill()

    def tell(self, text: str, severity: Severity = "information") -> None:
        """What goes wrong is a toast over the screen; all else stands in its status line."""
        if severity == "information":
            self.status.say(text)
        else:
            super().tell(text, severity)

    def show_copied(self, copied: Copied) -> None:
        self.status.say(how_copied(copied, self.say))

    # Keys

    def action_merge(self) -> None:
        if rows := self.subjects():
            self.flow.ask_merge(rows)

    def action_split(self) -> None:
        if (row := self.subject()) is not None:
            self.flow.ask_split(row)

    def action_rename(self) -> None:
        if (row := self.subject()) is not None:
            self.flow.ask_name(row)

    def action_retype(self) -> None:
        if (row := self.subject()) is not None:
            self.flow.ask_type(row)

    def action_hide(self) -> None:
        if rows := self.subjects():
            self.flow.hide(rows)

    def action_undo(self) -> None:
        self.flow.undo()

    def action_redo(self) -> None:
        self.flow.redo()

    def action_add(self) -> None:
        self.flow.main.action_add()

    def action_quotes(self) -> None:
        if (row := self.subject()) is not None:
            self.flow.quotes(key_of_row(row))
