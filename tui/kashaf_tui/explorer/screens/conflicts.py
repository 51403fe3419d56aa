"""`V` in the notes: fields that analysts set apart from each other, their values side by side; nothing is guessed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.widget import Widget

from kashaf.notes.model import Note
from kashaf.notes.settling import Choice, Put, Take
from kashaf.notes.view import Alternative, Conflict, conflicts
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.settling import SettleFlow
from kashaf_tui.explorer.note_values import field_name, value_words
from kashaf_tui.explorer.panes.board import ConflictRows, moment
from kashaf_tui.explorer.panes.differences import Block, DifferenceView, Side
from kashaf_tui.explorer.screens.about_notes import AboutNotes
from kashaf_tui.explorer.side_by_side import compared
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, isolated, left_to_right
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore
    from kashaf.storage.strict_json import Json


class Rows(Framed, ConflictRows):
    BINDINGS: ClassVar = bindings_for("conflicts")


class ConflictsScreen(AboutNotes):
    """A value is chosen for every field, then the note is settled, in one change."""

    place: ClassVar[Place] = "conflicts"

    def __init__(self, say: Wording, flow: SettleFlow) -> None:
        super().__init__(say, flow)
        self.rows = Rows(say, id="conflicts", empty=say("loading"))
        self._chosen: dict[tuple[str, str], Choice] = {}

    @property
    def main_widget(self) -> Widget:
        return self.rows

    @property
    def note(self) -> Note | None:
        return self.rows.current

    async def reload(self) -> None:
        found = await self.flow.desk.ask(lambda store: store.conflicted())
        at, before = self.rows.selected, self.rows.current
        self.rows.show(found, self.say("conflicts empty"))
        if before is not None and all(note.id != before.id for note in found):
            self.rows.select(at)
        self.head.show(self.say("conflicts"), self.say("notes n", n=len(found)) if found else "")
        self._show()

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self.beside.selected = 0
        self._show()

    @property
    def _conflicts(self) -> tuple[Conflict, ...]:
        return conflicts(self.note) if self.note is not None else ()

    def _choice(self, conflict: Conflict) -> Choice | None:
        return self._chosen.get((self.note.id, conflict.field)) if self.note is not None else None

    def _show(self) -> None:
        shown: list[Block] = []
        for conflict in self._conflicts:
            shown += self._blocks(conflict)
        self.put_beside(shown)
        self._tell()

    def _blocks(self, conflict: Conflict) -> list[Block]:
        """The first two values beside each other, others below them; the first block is the field's."""
        say, choice = self.say, self._choice(conflict)
        texts = [value_words(say, conflict.field, one.value) for one in conflict.alternatives]
        found: list[Block] = []
        for at in range(0, len(texts), 2):
            new = texts[at + 1] if at + 1 < len(texts) else texts[0]
            block = compared(texts[at], new, say("empty value"), "≠")
            sides = [
                _numbered(
                    side,
                    f"{number} {self._author(one)} · ",
                    chosen=isinstance(choice, Take) and choice.version == one.version,
                )
                for side, number, one in zip(
                    (block.a, block.b), (at + 1, at + 2), conflict.alternatives[at : at + 2], strict=False
                )
            ]
            found.append(
                Block("same" if at else "changed", sides[0], sides[1] if sides[1:] else None, sign="≠")
            )
        return found

    @property
    def _conflict(self) -> Conflict | None:
        found = self._conflicts
        return found[min(self.beside.selected, len(found) - 1)] if found else None

    @on(DifferenceView.Moved)
    def _tell(self) -> None:
        conflict, say = self._conflict, self.say
        if conflict is None:
            self.about.show("")
            return
        match self._choice(conflict):
            case None:
                chosen = say("not chosen")
            case Put():
                chosen = f"✓ {say('both joined')}"
            case _:
                chosen = f"✓ {say('chosen')}"
        number = say("conflict of", n=self.beside.selected + 1, all=len(self._conflicts))
        parts = [field_name(say, conflict.field), number, *self._whose(conflict)]
        self.about.show(" " + facts(parts), chosen + " ")

    def _author(self, one: Alternative) -> str:
        return isolated(sanitise_line(one.author) or self.say("no author"))

    def _whose(self, conflict: Conflict) -> list[str]:
        def whose(number: int, one: Alternative) -> str:
            return f"{number} {self._author(one)} {left_to_right(moment(one.at))}"

        return [whose(number, one) for number, one in enumerate(conflict.alternatives, 1)]

    # Keys

    def action_field(self, step: int) -> None:
        self.beside.action_difference(step)

    def action_choose(self, number: int) -> None:
        conflict = self._conflict
        if conflict is not None and number <= len(conflict.alternatives):
            self._choose(conflict, Take(conflict.alternatives[number - 1].version))

    def action_join(self) -> None:
        """Every value: texts one after the other, codes together."""
        conflict = self._conflict
        if conflict is None:
            return
        values = [one.value for one in conflict.alternatives]
        joined: Json
        if conflict.field == "body":
            joined = "\n\n".join(
                text for value in values if isinstance(value, str) and (text := value.strip())
            )
        elif conflict.field == "tags":
            tags = [tag for value in values if isinstance(value, list) for tag in value]
            joined = list(dict.fromkeys(str(tag) for tag in tags))
        else:
            self.tell(self.say("cannot join"), "warning")
            return
        self._choose(conflict, Put(joined))

    def _choose(self, conflict: Conflict, choice: Choice) -> None:
        """Remember it, and go on to the next field that has no choice."""
        assert self.note is not None
        self._chosen[self.note.id, conflict.field] = choice
        found = self._conflicts
        open_ = [at for at, one in enumerate(found) if self._choice(one) is None]
        if open_:
            here = self.beside.selected
            self.beside.selected = next((at for at in open_ if at > here), open_[0])
        self._show()

    @on(RowList.Chosen)
    def _on_settled(self) -> None:
        note, found = self.note, self._conflicts
        choices = {one.field: choice for one in found if (choice := self._choice(one)) is not None}
        if note is None or not self.may():
            return
        if len(choices) < len(found):
            self.tell(self.say("choose first"), "warning")
            return
        note_id, author = note.id, self.flow.desk.author

        def settle(store: NoteStore) -> Note:
            return store.settle(note_id, choices, author=author)

        for one in found:
            self._chosen.pop((note_id, one.field), None)
        self.change(lambda: self.flow.desk.change(settle), self.say("settled conflict"))


def _numbered(side: Side | None, name: str, *, chosen: bool) -> Side | None:
    """A value after its number and author, and a tick before them when it is the one."""
    if side is None:
        return None
    before = f"{'✓' if chosen else ''}{name}"
    marked = tuple((start + len(before), end + len(before)) for start, end in side.marked)
    return replace(side, text=before + side.text, marked=marked)
