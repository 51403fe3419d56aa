"""Which profile shows Arabic right in this terminal: asked in one line when detection could not tell, chosen by eye.

Everything here is said in English and Arabic at once: whether the Arabic can be read is the question.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final, cast

from rich.style import Style
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.types import IgnoreReturnCallbackType
from textual.widget import Widget

from kashaf.bidi.layout import Options, cell_width, visual
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf_tui.explorer.guard import Guarded
from kashaf_tui.explorer.widgets.paint import line_strip
from kashaf_tui.terminal import remembered
from kashaf_tui.terminal.choosing import chosen
from kashaf_tui.terminal.identify import fitted
from kashaf_tui.terminal.profiles import CALIBRATION, PROFILE_NAMES, Display, Profile, ProfileName

TITLE: Final = ("Arabic in this terminal", "العربية في هذه الطرفية")
_READS_RIGHT: Final = ("Arabic reads right here: do not ask again", "العربية مقروءة هنا: لا تسأل ثانية")
_QUESTION: Final = ("Is the Arabic here readable? If not: F9 c · a click hides this", "هل تُقرأ العربية هنا؟")
_HOW: Final = ("Choose the line that reads right", "اختر السطر المقروء")
_KEYS: Final = ("1-5 or ↓ ↑ Enter choose · Esc leaves it as it was", "Esc يبقي ما كان")
_ELSEWHERE: Final = "switches the whole terminal: move here to see it"
_MARGIN: Final = 5  # cells before the sentence: the mark and the number


class CalibrationBar(Widget):
    """One line that asks, while the app does not know. It never takes the focus, and waits for nothing."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    CalibrationBar { height: 1; display: none; background: $warning; color: $background; }
    CalibrationBar.-asking { display: block; }
    .-tiny CalibrationBar, .-flat CalibrationBar { display: none; }
    """

    def on_mount(self) -> None:
        self.set_class(not _guarded(self.app).display_profile.certain, "-asking")

    def on_click(self) -> None:
        settle(self.app)

    def render_line(self, y: int) -> Strip:  # noqa: ARG002 -- there is but one
        return _two_languages(_QUESTION, self.size.width, self.rich_style)


def _two_languages(texts: tuple[str, str], width: int, base: Style) -> Strip:
    """English at the left, Arabic at the right where there is room for it."""
    english, arabic = texts
    room = cell_width(arabic) + 1 if arabic else 0
    if cell_width(english) + 2 + room > width:
        room = 0
    return Strip.join(
        [
            line_strip(" " + english, width - room, base, align="left"),
            # A blank that begins a right-to-left line is its right margin.
            line_strip(" " + arabic, room, base, align="left", options=Options(base="rtl")),
        ]
    )


def _guarded(app: App[Any]) -> Guarded[Any]:
    return cast("Guarded[Any]", app)


def settle(app: App[Any]) -> None:
    """Stop asking, for this run."""
    guarded = _guarded(app)
    guarded.display_profile = replace(guarded.display_profile, certain=True)
    for screen in guarded.screen_stack:
        for bar in screen.query(CalibrationBar):
            bar.remove_class("-asking")


def choose(app: App[Any], display: Display, name: ProfileName) -> None:
    """Use a profile from now on, in this terminal and whenever it is met again."""
    guarded = _guarded(app)
    picked = chosen(display, name, "chosen for this terminal")
    guarded.use_profile(picked.profile)
    guarded.display_profile = picked
    settle(guarded)
    try:
        remembered.remember(picked.identity, name)
    except KashafError as error:
        guarded.notify(visual(sanitise_line(str(error))), severity="error", markup=False)


def calibrate(app: App[Any]) -> None:
    """Open the choice of profiles."""
    if not isinstance(app.screen, CalibrationScreen):
        app.push_screen(CalibrationScreen(_guarded(app).display_profile))


class Samples(Widget, can_focus=True):
    """Two lines a profile: the sentence as that profile would show it, and what the profile does."""

    ALLOW_SELECT = False
    DEFAULT_CSS = f"Samples {{ height: {2 * len(PROFILE_NAMES)}; }}"

    def __init__(self, before: Display) -> None:
        super().__init__()
        self._before = before
        self.selected = PROFILE_NAMES.index(before.profile.name)

    def profile(self, index: int) -> Profile:
        return fitted(PROFILE_NAMES[index], self._before.identity)

    def shown(self, index: int) -> bool:
        """Whether that profile can be seen now: its guard is a row's, but its sequences are the whole terminal's."""
        now = self.profile(self.selected)
        other = self.profile(index)
        return (now.start, now.stop) == (other.start, other.stop)

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        index, about = divmod(y, 2)
        profile = self.profile(index)
        if about:
            kept = " · in use until now" if profile.name == self._before.profile.name else ""
            text = f"{' ' * _MARGIN}{profile.name}: {profile.about}{kept}"
            return line_strip(text, width, base + Style(dim=True), align="left")
        style = base + Style(bold=True) if index == self.selected else base
        mark = ">" if index == self.selected else " "
        room = max(0, width - _MARGIN)
        sentence = CALIBRATION if self.shown(index) else _ELSEWHERE
        return Strip.join(
            [
                line_strip(f" {mark}{index + 1}", min(width, _MARGIN), style, align="left"),
                line_strip(sentence, room, style, align="left"),
            ]
        )


class CalibrationScreen(ModalScreen[None]):
    """The sentence in every profile; the selected one is in force, so that its line is as it will be.

    The screen is not translucent: its rows go through the guards of other profiles, which would spoil an article.
    """

    DEFAULT_CSS = """
    CalibrationScreen { background: $surface; }
    CalibrationScreen Line { height: 1; }
    """
    BINDINGS: ClassVar = [
        *(Binding(str(n), f"pick({n - 1})", show=False) for n in range(1, len(PROFILE_NAMES) + 1)),
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("enter", "pick_selected", show=False),
        Binding("escape,q", "cancel", show=False),
    ]

    def __init__(self, before: Display) -> None:
        super().__init__()
        self._before = before
        self._samples = Samples(self._before)

    def compose(self) -> ComposeResult:
        yield Line(TITLE, bold=True)
        yield Line(_HOW)
        yield self._samples
        yield Line((self._before.why, ""))
        yield Line((self._before.advice, ""))
        yield Line(_KEYS)

    def guard_of_row(self, y: int) -> ProfileName | None:
        """The profile of the sample on line `y` of the terminal."""
        index, about = divmod(y - self._samples.region.y, 2)
        if about or not 0 <= index < len(PROFILE_NAMES) or not self._samples.shown(index):
            return None
        return PROFILE_NAMES[index]

    def on_click(self, event: events.Click) -> None:
        index = (event.screen_y - self._samples.region.y) // 2
        if 0 <= index < len(PROFILE_NAMES):
            self._select(index)

    def action_move(self, by: int) -> None:
        self._select(min(max(self._samples.selected + by, 0), len(PROFILE_NAMES) - 1))

    def _select(self, index: int) -> None:
        self._samples.selected = index
        _guarded(self.app).use_profile(self._samples.profile(index))
        self._samples.refresh()

    def action_pick(self, index: int) -> None:
        choose(self.app, self._before, PROFILE_NAMES[index])
        self.dismiss()

    def action_pick_selected(self) -> None:
        self.action_pick(self._samples.selected)

    def action_cancel(self) -> None:
        _guarded(self.app).use_profile(self._before.profile)
        self.dismiss()


class Line(Widget):
    """A line in both languages."""

    ALLOW_SELECT = False

    def __init__(self, texts: tuple[str, str], *, bold: bool = False) -> None:
        super().__init__()
        self._texts = texts
        self._bold = bold

    def render_line(self, y: int) -> Strip:  # noqa: ARG002
        base = self.rich_style
        style = base + Style(bold=True) if self._bold else base
        return _two_languages(self._texts, self.size.width, style)


def commands(app: App[Any]) -> Iterator[tuple[str, IgnoreReturnCallbackType]]:
    """The palette's way to the choice, and the keyboard's to being asked no more: what each says and does."""
    yield " · ".join(TITLE), partial(calibrate, app)
    display = _guarded(app).display_profile
    if not display.certain:
        yield " · ".join(_READS_RIGHT), partial(choose, app, display, display.profile.name)
