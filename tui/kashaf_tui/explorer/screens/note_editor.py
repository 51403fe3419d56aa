"""Writing a note: the quoted words above, the text, what kind it is and how sure, and the tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar, Literal, cast

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Horizontal, Vertical
from textual.screen import ModalScreen
from textual.widget import Widget

from kashaf.notes.codebook import Codebook
from kashaf.notes.model import CONFIDENCES, KINDS, STATUSES, Confidence, Kind, Status
from kashaf.notes.tagging import Suggestion, complete, line_of, parse, piece_at
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.panes.codes import shown_path
from kashaf_tui.explorer.screens.tagging import Tagging, TagPalette
from kashaf_tui.explorer.screens.text import TextView
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.cycle import Cycle
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.widgets.text_field import Submitted, TextArea, TextInput
from kashaf_tui.explorer.widgets.writing import Changed, Command, TooLong, Writing
from kashaf_tui.explorer.wording import Wording

#: What may be chosen; a link is made by its own key, and stays one.
_WRITTEN: tuple[str, ...] = tuple(kind for kind in KINDS if kind != "link")
_SHOWN = 4  # completions in the line below


@dataclass(frozen=True, slots=True)
class Draft:
    """What the analyst wrote. kind: empty while nobody chose one: a note with a text, else a highlight."""

    body: str
    tags: tuple[str, ...]
    kind: Kind | Literal[""] = ""
    confidence: Confidence = ""
    status: Status = "open"


class Body(Mirrored, TextArea):
    """The text of the note, with its scroll bar where the interface ends."""


class TagLine(TextInput):
    """Tags in one line. Tab completes the one at the caret; where there is nothing to complete, it goes on."""

    offered: tuple[Suggestion, ...] = ()
    known: tuple[str, ...] = ()

    async def on_key(self, event: events.Key) -> None:
        if event.key == "tab" and self.offered:
            self.take(self.offered[0])
            event.stop()
            event.prevent_default()
        # Textual calls the handler of every base: the field's own does the rest.

    def take(self, one: Suggestion) -> None:
        start, end = piece_at(self.value, self.buffer.caret)
        before = parse(self.value[:start], self.known)
        tags = (*before, one.tag, *parse(self.value[end:], self.known))
        self.offered = ()
        self.buffer.select(0, len(self.value))
        self.buffer.insert(line_of(tags, open_end=True), kind="other")
        self.lay_anew()
        self.post_message(Changed(self, self.value))


class NoteEditor(ModalScreen[Draft | None]):
    """Gives the draft, or None when the analyst thought better of it.

    quote: what the note is about. codebook, used: for completing tags; used is how many notes bear each.
    """

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
        Binding("f9", "turn('kind')", show=False),
        Binding("f10", "turn('confidence')", show=False),
        Binding("f11", "turn('status')", show=False),
        Binding("f12", "tag", show=False),
    ]
    SCOPED_CSS = False
    DEFAULT_CSS = """
    NoteEditor #fields { height: 1; }
    NoteEditor #fields Cycle { margin-right: 1; }
    .-rtl NoteEditor #fields { align-horizontal: right; }
    .-rtl NoteEditor #fields Cycle { margin-right: 0; margin-left: 1; }
    """

    def __init__(
        self,
        say: Wording,
        quote: str,
        draft: Draft,
        *,
        unsaved: bool = False,
        codebook: Codebook | None = None,
        used: Mapping[str, int] | None = None,
    ) -> None:
        super().__init__()
        self._say = say
        self._quote = quote
        self._draft = draft
        self._saved = None if unsaved else draft
        self._codebook = codebook or Codebook()
        self._used = used or {}
        self.warned = False
        self.body = Body(draft.body, base=say.base, id="body")
        self.tags = TagLine(
            line_of(draft.tags, open_end=True), placeholder=say("tag line"), base=say.base, id="tags"
        )
        self.tags.known = (*draft.tags, *(code.path for code in self._codebook), *self._used)
        kinds: tuple[str, ...] = ("link",) if draft.kind == "link" else _WRITTEN
        self.kind = self._cycle("F9", "kind", kinds, draft.kind or "note")
        self.confidence = self._cycle("F10", "confidence", CONFIDENCES, draft.confidence)
        self.status = self._cycle("F11", "status", STATUSES, draft.status)
        self._foot = Bar(say("draft kept" if unsaved else "note keys"), base=say.base, id="foot")

    def _cycle(self, key: str, field: str, values: tuple[str, ...], value: str) -> Cycle:
        called = [(one, self._say(f"{field} {one}")) for one in values]
        return Cycle(f"{key} {self._say(f'editor {field}')}", called, value, base=self._say.base, id=field)

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self._say("note editor"), base=self._say.base)
            window.border_subtitle = label(self._say("writing keys"), base=self._say.base)
            quote = TextView([f"«{sanitise_line(self._quote)}»"])
            quote.can_focus = False
            yield quote
            yield self.body
            yield self.tags
            with Horizontal(id="fields"):
                fields = [self.kind, self.confidence, self.status]
                yield from fields if self._say.base == "ltr" else reversed(fields)
            yield self._foot

    def on_mount(self) -> None:
        self.set_focus(self.body)

    @property
    def focus_chain(self) -> list[Widget]:
        """The fields in the order of reading, whichever side the line begins on."""
        fields: list[Widget] = [self.kind, self.confidence, self.status]
        return [*(widget for widget in super().focus_chain if widget not in fields), *fields]

    @property
    def written(self) -> Draft:
        kind, draft = self.kind.value, self._draft
        untouched = not draft.kind and kind == "note"
        return Draft(
            self.body.value.strip(),
            parse(self.tags.value, self.tags.known),
            "" if untouched else cast("Kind", kind),
            cast("Confidence", self.confidence.value),
            cast("Status", self.status.value),
        )

    @property
    def dirty(self) -> bool:
        """Whether leaving now would lose something."""
        return self.written != self._saved

    @on(Changed)
    def _on_changed(self, message: Changed) -> None:
        self.warned = False
        self._foot.show(self._say("note keys"))
        if message.field is self.tags:
            self._complete()

    @on(Cycle.Turned)
    def _on_turned(self) -> None:
        self.warned = False
        self._foot.show(self._say("note keys"))

    def _complete(self) -> None:
        """Say in the line below what Tab would make of the tag at the caret."""
        value, caret = self.tags.value, self.tags.buffer.caret
        start, end = piece_at(value, caret)
        piece = value[start:end].strip()
        found = complete(self._codebook, piece, self._used, limit=_SHOWN) if piece else []
        self.tags.offered = () if found and found[0].tag == piece else tuple(found)
        if self.tags.offered:
            tags = " · ".join(shown_path(one.tag) for one in self.tags.offered)
            self._foot.show(self._say("completes to", tags=tags))

    @on(TooLong)
    def _on_too_long(self, message: TooLong) -> None:
        self._foot.show(self._say("no room", n=message.lost))

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self._say))

    def action_write(self, command: Command) -> None:
        if isinstance(self.focused, Writing):
            self.focused.do(command)

    def action_turn(self, field: str) -> None:
        """The next value of a field, from wherever the caret is."""
        self.query_one(f"#{field}", Cycle).turn(1)

    def action_tag(self) -> None:
        """Choose tags from a list."""
        has = parse(self.tags.value, self.tags.known)
        palette = TagPalette(self._say, self._codebook, self._used, [has], about=f"«{self._quote}»")
        self.app.push_screen(palette, self._tagged)

    def _tagged(self, chosen: Tagging | None) -> None:
        if chosen is not None:
            tags = chosen.applied(parse(self.tags.value, self.tags.known))
            self.tags.set(line_of(tags, open_end=True))
            self.post_message(Changed(self.tags, self.tags.value))

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
