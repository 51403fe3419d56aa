"""The line in which a code's name, colour, description or place is written, below the tree of codes."""

from __future__ import annotations

from typing import ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical

from kashaf.notes.code_colours import name_of, names
from kashaf.notes.codebook import SEPARATOR, Code, Codebook, is_within, normal_path
from kashaf.notes.tagging import complete
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.panes.codes import shown_path
from kashaf_tui.explorer.widgets.bars import Bar
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.explorer.widgets.writing import Changed
from kashaf_tui.explorer.wording import Wording

Asked = Literal["add", "rename", "recolour", "describe", "examples", "move"]
_CHOICES: Final = 9


class AskField(TextInput):
    """Where it is written. Enter is told by the field itself."""

    BINDINGS: ClassVar = bindings_for("asking")

    def action_choose(self, step: int) -> None:
        assert isinstance(self.parent, Horizontal)
        assert isinstance(self.parent.parent, AskLine)
        self.parent.parent.choose(step)


class AskLine(Vertical):
    """Hidden while nothing is asked. what: is asked, of `code`. agreed: the path for which Enter is wanted twice."""

    def __init__(self, say: Wording) -> None:
        super().__init__(id="edit")
        self._say = say
        self._codebook = Codebook()
        self._typed = ""
        self._choice = -1
        self.what: Asked | None = None
        self.code: Code | None = None
        self.agreed = ""
        self.name_bar = Bar(base=say.base, id="edit-name")
        self.field = AskField(base=say.base, id="edit-field")
        self._about = Bar(base=say.base, id="edit-about")
        self.display = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="edit-line"):
            yield self.name_bar
            yield self.field
        yield self._about

    def open(self, what: Asked, code: Code | None, codebook: Codebook, *, known: bool) -> None:
        """Ask. known: whether the code is one of the codebook, and no mere tag."""
        self.what, self.code, self._codebook, self.agreed = what, code, codebook, ""
        self.name_bar.show(self._say(f"ask {what}"))
        self.field.set(self._value(what, code, known=known))
        self._typed, self._choice = self.field.value, -1
        self._show()
        self.display = True
        self.field.focus()

    def close(self) -> None:
        self.what = None
        self.display = False

    def _value(self, what: Asked, code: Code | None, *, known: bool) -> str:
        """What stands in the field first."""
        if code is None or what == "move":
            return ""
        match what:
            case "add":
                return "" if known else code.path
            case "rename":
                return self._codebook.current(code.path)
            case "recolour":
                return name_of(code.colour, self._say.language)
            case "describe":
                return code.description
        return "; ".join(code.examples)

    # The line below the field

    def _show(self, text: str = "", *, error: bool = False) -> None:
        if not text:
            text = self._say(f"about {self.what}", names=" ".join(names(self._say.language)))
        self._about.set_class(error, "-error")
        self._about.show(text)

    def show_error(self, text: str) -> None:
        self._show("✕ " + text, error=True)

    def ask_again(self, agreed: str, text: str) -> None:
        """Enter is wanted once more for something that cannot be meant by a slip."""
        self.agreed = agreed
        self._show(text, error=True)

    # Choosing instead of writing

    @on(Changed)
    def _on_changed(self) -> None:
        self.agreed = ""
        self._typed, self._choice = self.field.value, -1
        offered = self._choices() if self.what != "recolour" else []
        self._show(" · ".join(map(shown_path, offered)))

    def _choices(self) -> list[str]:
        """What ↓ goes through: colours, or codes that may be meant."""
        if self.what == "recolour":
            return names(self._say.language)
        if self.what not in ("add", "move") or not normal_path(self._typed):
            return []
        found = [one.tag for one in complete(self._codebook, self._typed, limit=_CHOICES)]
        if self.what == "add":
            return [tag + SEPARATOR for tag in found]
        return [tag for tag in found if self.code is None or not is_within(tag, self.code.path)]

    def choose(self, step: int) -> None:
        """The next choice, or the one before; round at both ends."""
        choices = self._choices()
        if choices:
            if self._choice < 0 and self._typed in choices:
                self._choice = choices.index(self._typed)
            self._choice = (self._choice + step) % len(choices) if self._choice >= 0 else min(step, 0)
            self.field.set(choices[self._choice])
