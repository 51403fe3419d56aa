"""Writing a note: the quoted words above, the text, and the tags."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen

from kashaf.text.sanitise import sanitise_line
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.screens.text import TextView
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.widgets.text_field import Submitted, TextArea, TextInput
from kashaf_tui.explorer.widgets.writing import Changed, Command, TooLong, Writing
from kashaf_tui.explorer.wording import Wording


@dataclass(frozen=True, slots=True)
class Draft:
    """What the analyst wrote."""

    body: str
    tags: tuple[str, ...]


class Body(Mirrored, TextArea):
    """The text of the note, with its scroll bar where the interface ends."""


class NoteEditor(ModalScreen[Draft | None]):
    """Gives the draft, or None when the analyst thought better of it."""

    BINDINGS: ClassVar = [
        Binding("f2,ctrl+s", "save", show=False),
        Binding("escape", "cancel", show=False),
        # What has a key with Ctrl in a field has one here that every layout sends.
        Binding("f3", "write('undo')", show=False),
        Binding("f4", "write('redo')", show=False),
        Binding("f5", "write('copy')", show=False),
        Binding("f6", "write('cut')", show=False),
        Binding("f7", "write('paste')", show=False),
        Binding("f8", "write('select all')", show=False),
    ]

    def __init__(self, say: Wording, quote: str, draft: Draft, *, unsaved: bool = False) -> None:
        super().__init__()
        self._say = say
        self._quote = quote
        self._saved = None if unsaved else draft
        self.warned = False
        self.body = Body(draft.body, base=say.base, id="body")
        self.tags = TextInput(" ".join(draft.tags), placeholder=say("tags"), base=say.base, id="tags")
        self._foot = Bar(say("draft kept" if unsaved else "editor keys"), base=say.base, id="foot")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self._say("note editor"), base=self._say.base)
            window.border_subtitle = label(self._say("writing keys"), base=self._say.base)
            quote = TextView([f"«{sanitise_line(self._quote)}»"])
            quote.can_focus = False
            yield quote
            yield self.body
            yield self.tags
            yield self._foot

    def on_mount(self) -> None:
        self.set_focus(self.body)

    @property
    def written(self) -> Draft:
        tags = (tag.strip("#") for tag in self.tags.value.split())
        return Draft(self.body.value.strip(), tuple(dict.fromkeys(tag for tag in tags if tag)))

    @property
    def dirty(self) -> bool:
        """Whether leaving now would lose something."""
        return self.written != self._saved

    @on(Changed)
    def _on_changed(self) -> None:
        self.warned = False
        self._foot.show(self._say("editor keys"))

    @on(TooLong)
    def _on_too_long(self, message: TooLong) -> None:
        self._foot.show(self._say("no room", n=message.lost))

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self._say))

    def action_write(self, command: Command) -> None:
        if isinstance(self.focused, Writing):
            self.focused.do(command)

    def warn(self) -> None:
        """Say that a second Escape drops what was written."""
        self.warned = True
        self._foot.show(self._say("discard"))

    @on(Submitted)
    def action_save(self) -> None:
        self.dismiss(self.written)

    def action_cancel(self) -> None:
        if not self.dirty or self.warned:
            self.dismiss(None)
        else:
            self.warn()
