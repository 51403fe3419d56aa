"""F9: how things are shown. Each line is one choice, changed by its letter, at once and for the next start too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, Final, Literal

from rich.style import Style
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.strip import Strip

from kashaf.bidi.layout import Options
from kashaf.workspace import Settings
from kashaf_tui.explorer.layouts import LAYOUTS, PC
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import Align, label, line_strip
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import LANGUAGE_NAMES, LANGUAGES, Wording

DARK, LIGHT = "textual-dark", "textual-light"
_THEMES: Final = (DARK, LIGHT)
_MARKS: Final = ("strip", "keep")
_DIGITS: Final = ("keep", "arabic", "european")


@dataclass(frozen=True, slots=True)
class Looks:
    """What the analyst chose of how things are shown."""

    language: str = "en"
    theme: str = DARK
    tashkeel: str = "strip"
    digits: str = "keep"
    keyboard: str = PC.name

    @classmethod
    def of(cls, settings: Settings, last: LastPlace) -> Looks:
        """What was chosen in the app, else what kashaf.yaml says."""
        return cls(
            _known(last.language, settings.language, LANGUAGES),
            _known(last.theme, DARK, _THEMES),
            _known(last.tashkeel, settings.tashkeel, _MARKS),
            _known(last.digits, settings.digits, _DIGITS),
        )

    @property
    def options(self) -> Options:
        """How articles are laid out."""
        marks: Literal["strip", "keep"] = "keep" if self.tashkeel == "keep" else "strip"
        match self.digits:
            case "arabic" | "european":
                return Options(marks=marks, digits=self.digits)
            case _:
                return Options(marks=marks)

    def next(self, what: str) -> Looks:
        """The same with the next choice of one of them."""
        choices: tuple[str, ...] = {
            "language": LANGUAGES,
            "theme": _THEMES,
            "tashkeel": _MARKS,
            "digits": _DIGITS,
            "keyboard": tuple(LAYOUTS),
        }[what]
        now = choices.index(getattr(self, what))
        return replace(self, **{what: choices[(now + 1) % len(choices)]})


def _known(chosen: str, otherwise: str, choices: Sequence[str]) -> str:
    return chosen if chosen in choices else otherwise


@dataclass(frozen=True, slots=True)
class Choice:
    """A line of the menu: `what` is a field of `Looks`, or "terminal"."""

    key: str
    what: str
    value: str


class ChoiceRows(RowList[Choice]):
    """Key, what it changes, and how that is now."""

    def __init__(self, say: Wording, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id)
        self._say = say

    def key(self, row: Choice) -> object:
        return row.what

    def draw_row(self, row: Choice, width: int, base: Style) -> Sequence[Strip]:
        rtl = self._say.base == "rtl"
        near: Align = "right" if rtl else "left"
        name = self._say(f"display {row.what}")
        room = 12 if row.value else width - 4
        strips = [
            line_strip(row.key, 4, self.part_style("row--heading", base), align=near),
            line_strip(name, room, base, align=near),
            line_strip(row.value, width - 4 - room, base, align=near),
        ]
        return [self.in_order(strips)]


class Choices(Mirrored, ChoiceRows):
    BINDINGS: ClassVar = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter,space", "open", show=False),
    ]


class DisplayScreen(ModalScreen[None]):
    """The menu. It asks `change` for other looks, and `calibrate` for the choice of terminal profile."""

    BINDINGS: ClassVar = [
        Binding("l", "choose('language')", show=False),
        Binding("t", "choose('theme')", show=False),
        Binding("d", "choose('tashkeel')", show=False),
        Binding("n", "choose('digits')", show=False),
        Binding("a", "choose('keyboard')", show=False),
        Binding("c", "choose('terminal')", show=False),
        Binding("escape,q,f9", "dismiss", show=False),
    ]

    def __init__(
        self,
        say: Wording,
        looks: Looks,
        change: Callable[[Looks], None],
        calibrate: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self._say = say
        self._looks = looks
        self._change = change
        self._calibrate = calibrate
        self.choices = Choices(say, id="choices")

    def compose(self) -> ComposeResult:
        with Vertical(id="window") as window:
            window.border_title = label(self._say("display"), base=self._say.base)
            window.border_subtitle = label(self._say("display keys"), base=self._say.base)
            yield self.choices

    def on_mount(self) -> None:
        self.choices.show(self._rows())
        self.choices.focus()

    def _rows(self) -> list[Choice]:
        say, looks = self._say, self._looks
        rows = [
            Choice("l", "language", LANGUAGE_NAMES[looks.language]),
            Choice("t", "theme", say("light" if looks.theme == LIGHT else "dark")),
            Choice("d", "tashkeel", say("shown" if looks.tashkeel == "keep" else "strip")),
            Choice("n", "digits", say(looks.digits)),
            Choice("a", "keyboard", LAYOUTS[looks.keyboard].label),
        ]
        return [*rows, Choice("c", "terminal", "")] if self._calibrate is not None else rows

    def action_choose(self, what: str) -> None:
        """The next choice of a line; the last line opens a window of its own."""
        if what == "terminal":
            if self._calibrate is not None:
                self._calibrate()
            return
        self._looks = self._looks.next(what)
        self.choices.show(self._rows())
        self.choices.select(next(n for n, row in enumerate(self._rows()) if row.what == what))
        self._change(self._looks)

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        if self.choices.current is not None:
            self.action_choose(self.choices.current.what)
