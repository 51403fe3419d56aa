"""`B`: the codebook as a tree, with the number of notes of each code; codes are added, changed and renamed here."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.app import ComposeResult
from textual.widget import Widget

from kashaf.errors import UsageError
from kashaf.notes.code_colours import colour, name_of, names
from kashaf.notes.codebook import Code, Codebook, Count, check_path, join, normal_path
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.flows.codebook import CodebookFlow
from kashaf_tui.explorer.panes.codes import CodeList, CodeRow, shown_path
from kashaf_tui.explorer.screens.codebook_asking import Asked, AskLine
from kashaf_tui.explorer.screens.titled import TitledScreen
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Submitted
from kashaf_tui.explorer.wording import Wording

_NO_CODE: Final = "?"


class Shown(Framed, CodeList):
    """The codes, each below the one it belongs to."""

    BINDINGS: ClassVar = bindings_for("codebook")


class CodebookScreen(TitledScreen):
    """A tree and a line about the selected code; a field below it while something is asked for.

    Tags that notes bear and no codebook has stand in the tree too, behind a question mark.
    """

    place: ClassVar[Place] = "codebook"

    def __init__(self, say: Wording, flow: CodebookFlow) -> None:
        super().__init__(say)
        self._flow = flow
        self._codebook = Codebook()
        self._everything = Codebook()
        self._counts: dict[str, Count] = {}
        self._with_hidden = False
        self.list = Shown(self._codebook, id="codebook", empty=say("loading"))
        self.asking = AskLine(say)

    @property
    def main_widget(self) -> Widget:
        return self.list

    def between(self) -> ComposeResult:
        yield self.asking
        yield self.about

    def opened(self) -> None:
        start(self, self._load, "codebook")

    async def _load(self) -> None:
        self._codebook, problems = await self._flow.load()
        self._show()
        if problems:
            first = self.say.told(problems[0])
            self.tell(self.say("codebook trouble", n=len(problems), first=first), "warning")

    async def refreshed(self, word: str, select: str = "") -> None:
        """Something was changed; the code `select` is the one to go on with."""
        self._codebook, _ = await self._flow.load()
        if self.is_attached:
            self._show(select)
            self.tell(word)

    # What is shown

    def _show(self, select: str = "") -> None:
        self._counts = self._flow.counts()
        others = sorted(tag for tag in self._counts if self._codebook.find(tag) is None)
        self._everything = Codebook((*self._codebook.codes, *map(Code, others)))
        self.list.codebook = self._codebook
        self.list.show(list(self._rows()), self.say("no codes yet"))
        if select:
            self.select(select)
        number = self.say("codes", n=len(self._codebook))
        unknown = self.say("other tags", n=len(others)) if others else ""
        self.head.show(self.say("codebook"), facts(filter(None, (number, unknown))))
        self._describe()

    def _rows(self) -> Iterator[CodeRow]:
        for code in self._everything.tree():
            if code.hidden and not self._with_hidden:
                continue
            known = self._codebook.find(code.path) is not None
            now = self._codebook.current(code.path)
            about = self.say("code hidden") if code.hidden else sanitise_line(code.description)
            if now != code.path:
                about = self.say("code now called", code=sanitise_line(now))
            count = self._counts.get(code.path, Count()).all
            yield CodeRow(
                code.path,
                sign=" " if known else _NO_CODE,
                name=code.name,
                level=code.path.count("/"),
                about=about,
                count=f"{count:,}" if count else "",
                dim=code.hidden,
            )

    def select(self, path: str) -> None:
        """Select the row of a code, if it is shown."""
        for at, row in enumerate(self.list.rows):
            if row.tag == path:
                self.list.select(at)

    @property
    def _selected(self) -> Code | None:
        row = self.list.current
        return self._everything.find(row.tag) if row is not None else None

    @on(RowList.Moved)
    def _describe(self) -> None:
        """The line about the selected code."""
        code = self._selected
        if code is None:
            self.about.show("")
            return
        say, count = self.say, self._counts.get(code.path, Count())
        known = self._codebook.find(code.path) is not None
        parts = [shown_path(code.path), say("code notes", n=count.all)]
        if count.own != count.all:
            parts.append(say("code own notes", n=count.own))
        if known:
            value = self._codebook.colour_of(code.path)
            called = name_of(value, say.language)
            above = any(one.colour for one in self._codebook.ancestors(code.path))
            key = "code colour own" if code.colour else "code colour above" if above else "code colour"
            parts.append(say(key, colour=isolated(called)))
        else:
            parts.append(say("code not here"))
        if code.examples:
            words = "؛ " if say.base == "rtl" else "; "
            examples = words.join(isolated(sanitise_line(one)) for one in code.examples)
            parts.append(say("code examples", examples=examples))
        self.about.show(" · ".join(parts))

    # Keys

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        code = self._selected
        if code is None:
            return
        if not self._counts.get(code.path, Count()).all:
            self.tell(self.say("no notes of code"))
            return
        self.dismiss()
        self.app.call_later(partial(self._flow.show_notes, code.path))

    def action_all(self) -> None:
        self._with_hidden = not self._with_hidden
        self._show()

    def action_hide(self) -> None:
        code = self._selected
        if code is None or self._codebook.find(code.path) is None:
            self.tell(self.say("no code selected"))
        else:
            self._with_hidden |= not code.hidden
            self._flow.hide(code.path, not code.hidden)

    def action_undo(self) -> None:
        self._flow.undo()

    def action_redo(self) -> None:
        self._flow.redo()

    # Asking

    def action_ask(self, what: Asked) -> None:
        """Open the field below, with what the selected code says now."""
        code = self._selected
        known = code is not None and self._codebook.find(code.path) is not None
        if what != "add" and (code is None or not (known or what in ("rename", "move"))):
            self.tell(self.say("no code selected"))
            return
        self.about.display = False
        self.keys.show_place("asking")
        self.asking.open(what, code, self._codebook, known=known)

    @on(Submitted)
    def action_save(self) -> None:
        """Do what was asked; what cannot be done is said beside the field, and nothing is lost."""
        if self.asking.what is None:
            return
        try:
            done = self._save(self.asking.what, self.asking.field.value)
        except UsageError as error:
            self.asking.show_error(self.say.told(error))
            return
        if done:
            self.action_cancel()

    def _save(self, what: Asked, value: str) -> bool:
        """Begin the change. False when Enter is wanted once more."""
        code = self.asking.code
        if what == "add":
            path = check_path(value)
            if self._codebook.find(path) is not None:
                raise UsageError(self.say("code there", code=shown_path(path)))
            self._flow.add(Code(path))
            return True
        assert code is not None
        match what:
            case "rename":
                return self._rename(code, check_path(value))
            case "move":
                return self._rename(code, check_path(join(normal_path(value), code.name)))
            case "recolour":
                given = colour(value)
                if given is None:
                    raise UsageError(self.say("no such colour", names=" ".join(names(self.say.language))))
                self._flow.change(replace(code, colour=given))
            case "describe":
                self._flow.change(replace(code, description=value))
            case "examples":
                parts = value.replace("؛", ";").split(";")
                self._flow.change(replace(code, examples=tuple(filter(None, map(str.strip, parts)))))
        return True

    def _rename(self, code: Code, new: str) -> bool:
        if new == code.path:
            return True
        self._codebook.with_renamed(code.path, new)  # raises for what cannot be
        if self._everything.find(new) is not None and self.asking.agreed != new:
            number = self._counts.get(code.path, Count()).all
            self.asking.ask_again(new, self.say("about join", code=shown_path(new), n=number))
            return False
        self._flow.rename(code.path, new)
        return True

    def action_cancel(self) -> None:
        """Nothing is asked any more."""
        self.asking.close()
        self.about.display = True
        self.keys.show_place(self.place)
        self.list.focus()

    def _keep_focus(self) -> None:
        if self.focused is None:
            (self.asking.field if self.asking.what is not None else self.list).focus()
