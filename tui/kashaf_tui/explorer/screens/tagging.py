"""`t`: tags given to a note, to many, or to words just marked, found by typing their first letters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen

from kashaf.errors import UsageError
from kashaf.notes.codebook import Codebook, check_path, normal_path
from kashaf.notes.model import MAX_TAGS
from kashaf.notes.tagging import complete, matched, parse
from kashaf.text.fold import fold_word
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.panes.codes import CodeList, CodeRow, shown_path
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import label
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted, TextInput
from kashaf_tui.explorer.widgets.writing import Changed, TooLong
from kashaf_tui.explorer.wording import Wording

_SEPARATORS = ",،؛"
_Had = Literal["all", "some", "none"]
#: What stands before a tag: by what the notes had, and what was decided.
_SIGNS: dict[tuple[_Had, bool | None], str] = {
    ("all", None): "✓",
    ("some", None): "~",
    ("none", None): " ",
    ("all", False): "−",
    ("some", False): "−",
    ("some", True): "+",
    ("none", True): "+",
}


@dataclass(frozen=True, slots=True)
class Tagging:
    """Tags to give to every note it is about, and tags to take away, each in the order it was chosen."""

    add: tuple[str, ...] = ()
    remove: tuple[str, ...] = ()

    def applied(self, tags: Iterable[str]) -> tuple[str, ...]:
        """The tags of a note after it."""
        kept = (tag for tag in tags if tag not in self.remove)
        return tuple(dict.fromkeys((*kept, *self.add)))


class TagField(TextInput):
    """Where letters are typed. The list below is moved from here."""

    BINDINGS: ClassVar = bindings_for("tagging")

    def action_move(self, step: int) -> None:
        self._palette.move(step)

    def action_page(self, step: int) -> None:
        self._palette.page(step)

    @property
    def _palette(self) -> TagPalette:
        assert isinstance(self.screen, TagPalette)
        return self.screen


class Tags(Mirrored, CodeList, can_focus=False):
    """The tags that may be meant."""


class TagPalette(ModalScreen[Tagging | None]):
    """Gives what was decided, or None when that is nothing.

    used: how many notes bear each tag. has: the tags of each note that this is about, none for words just marked.
    about: whose tags these are, in one line: the words, or the number of notes.

    Enter takes the selected tag and closes, Tab takes it and goes on. In an empty field in which nothing was
    selected, Enter only closes. Taking a tag that the notes have takes it away from them.
    """

    DEFAULT_CSS = """
    TagPalette { align: center middle; }
    TagPalette #tagged, TagPalette #foot { color: $text-muted; }
    TagPalette #tag-field { height: 1; background: $panel; }
    TagPalette #tag-list {
        height: 1fr;
        margin-top: 1;
        scrollbar-size-vertical: 1;
        scrollbar-size-horizontal: 0;
        overflow-x: hidden;
    }
    """

    def __init__(
        self,
        say: Wording,
        codebook: Codebook,
        used: Mapping[str, int] | None = None,
        has: Sequence[Sequence[str]] = (),
        *,
        about: str = "",
    ) -> None:
        super().__init__()
        self.say = say
        self._codebook = codebook
        self._used = used or {}
        self._has = has
        number = Counter(tag for tags in has for tag in set(tags))
        self._had: dict[str, _Had] = {
            tag: "all" if number[tag] == len(has) else "some" for tags in has for tag in tags
        }
        self._decided: dict[str, bool] = {}
        self._aimed = False
        self._about = Bar(sanitise_line(about), base=say.base, id="tagged")
        self.field = TagField(placeholder=say("tag field"), base=say.base, id="tag-field")
        self.list = Tags(codebook, id="tag-list", empty=say("no tags yet"))
        self._foot = Bar(base=say.base, id="foot")
        self.keys = KeyBar(say.language, id="tag-keys")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self.say("tagging"), base=self.say.base)
            yield self._about
            yield self.field
            yield self.list
            yield self._foot
            yield self.keys

    def on_mount(self) -> None:
        self.keys.show_place("tagging")
        self._about.display = bool(self._about.left)
        self.set_focus(self.field)
        self._list()

    # The list

    def _list(self) -> None:
        typed = self.field.value
        self._aimed = bool(normal_path(typed))
        self.list.show(self._rows(typed), keep=False)
        self.list.select(0)
        self._describe()

    def _rows(self, typed: str) -> list[CodeRow]:
        """The tags that are there and those decided first while nothing is typed; then what may be meant."""
        found = complete(self._codebook, typed, self._counts())
        rows = [self._row(one.tag, one.notes, matched(one.tag, one.typed)) for one in found]
        if not self._aimed:
            own = [*self._had, *(tag for tag in self._decided if tag not in self._had)]
            return [self._row(tag, self._used.get(tag, 0), (0, 0)) for tag in own] + [
                row for row in rows if row.tag not in own
            ]
        new = normal_path(typed)
        if all(fold_word(row.tag) != fold_word(new) for row in rows):
            rows.append(CodeRow("", self.say("new tag", tag=shown_path(new)), sign="+"))
        return rows

    def _counts(self) -> dict[str, int]:
        """Tags in use, and those that were new here."""
        return {**dict.fromkeys((*self._decided, *self._had), 0), **self._used}

    def _row(self, tag: str, notes: int, span: tuple[int, int]) -> CodeRow:
        sign = _SIGNS[self._had.get(tag, "none"), self._decided.get(tag)]
        return CodeRow(tag, sign=sign, span=span, count=f"{notes:,}" if notes else "")

    def _describe(self) -> None:
        row = self.list.current
        code = self._codebook.find(row.tag) if row is not None else None
        if row is not None and not row.tag:
            text = self.say("new tag about")
        elif code is not None:
            text = sanitise_line(" · ".join((code.description, *code.examples)).strip(" ·"))
        else:
            text = ""
        self._foot.show(text or self.say("tag help"))

    def move(self, step: int) -> None:
        """Another row; round at both ends, so that a new tag is one key up."""
        count = len(self.list.rows)
        if not count:
            return
        if self._aimed or step < 0:
            self.list.select((self.list.selected + step) % count)
        self._aimed = True
        self._describe()

    def page(self, step: int) -> None:
        self.list.action_page(step)
        self._aimed = True
        self._describe()

    # Deciding

    def _selected(self) -> str:
        """The tag that Enter means, empty for none. Raises UsageError for a new one that cannot be."""
        row = self.list.current
        if row is None or not self._aimed:
            return ""
        return row.tag or check_path(self.field.value)

    def _turn(self, tag: str) -> None:
        """Give a tag, or take it away; a third time leaves it to those notes that have it."""
        had, decided = self._had.get(tag, "none"), self._decided.get(tag)
        if decided is None:
            self._decided[tag] = had != "all"
        elif decided and had == "some":
            self._decided[tag] = False
        else:
            del self._decided[tag]

    def _take(self) -> bool:
        """Take what is selected. Returns whether it could be."""
        try:
            tag = self._selected()
        except UsageError as error:
            self._foot.show("✕ " + self.say.told(error))
            return False
        if tag:
            self._turn(tag)
            self.field.set("")
        return True

    @property
    def decided(self) -> Tagging:
        """What would be done on closing now."""
        add = tuple(tag for tag, given in self._decided.items() if given)
        return Tagging(add, tuple(tag for tag, given in self._decided.items() if not given))

    @on(Changed)
    def _on_changed(self) -> None:
        value = self.field.value
        if value.rstrip()[-1:] in tuple(_SEPARATORS) and value.strip():
            self._take_pieces(value)
        self._list()

    def _take_pieces(self, value: str) -> None:
        """A comma takes what is selected; of several tags that were pasted, each."""
        pieces = parse(value, (*(code.path for code in self._codebook), *self._counts()))
        row = self.list.current
        if len(pieces) == 1 and self._aimed and row is not None and row.tag:
            pieces = (row.tag,)
        for tag in pieces:
            if self._had.get(tag) != "all":
                self._decided[tag] = True
        self.field.set("")

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self._aimed = True
        self._describe()

    @on(TooLong)
    def _on_too_long(self, message: TooLong) -> None:
        self._foot.show(self.say("no room", n=message.lost))

    # Keys

    def action_more(self) -> None:
        """Take it, and go on."""
        if self._take():
            self._list()

    @on(Submitted)
    def action_take(self) -> None:
        """Take it, and close."""
        if self._take():
            self.action_done()

    def action_done(self) -> None:
        decided = self.decided
        if any(len(decided.applied(tags)) > MAX_TAGS for tags in self._has or [()]):
            self._list()
            self._foot.show("✕ " + self.say("too many tags", n=MAX_TAGS))
            return
        self.dismiss(decided if decided.add or decided.remove else None)

    def action_cancel(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "tagging"))

    def show_copied(self, copied: Copied) -> None:
        self._foot.show(how_copied(copied, self.say))
