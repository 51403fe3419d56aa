"""The guard on the way out: whole composed rows, each as the terminal's profile asks for.

No widget knows of it. Textual sends what changed in fragments that end where widgets do, or where a window lies over
them; a guard needs the whole row, as what is beside an Arabic letter decides how the terminal shows it. So
every update becomes the full rows that it touches, composed once more, with windows and toasts over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final, Protocol, TypeVar, cast, runtime_checkable

from rich.color import ColorSystem
from rich.console import Console, RenderableType
from rich.control import Control
from rich.segment import Segment
from rich.style import Style
from textual._compositor import ChopsUpdate, CompositorUpdate, LayoutUpdate
from textual._context import visible_screen_stack
from textual.app import App
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip

from kashaf_tui.terminal.guards import guard_row, needs_guard
from kashaf_tui.terminal.profiles import PLAIN, Display, Profile, ProfileName

Result = TypeVar("Result")

_ROWS: Final = 512  # some screens: what scrolls by is seen again

Row = tuple[int, Sequence[Segment], ProfileName]
"""Line of the screen, what stands there, the guard it goes through."""


@runtime_checkable
class OwnGuards(Protocol):
    """A screen some of whose rows show another profile than the one in use."""

    def guard_of_row(self, y: int) -> ProfileName | None:
        """The profile of line `y` of the terminal, or None for the one in use."""


class GuardedRows(CompositorUpdate):
    """Full rows of the screen, to be sent through their guards."""

    def __init__(self, rows: Iterable[Row]) -> None:
        self._rows = rows

    def render_segments(self, console: Console) -> str:
        """The rows as bytes for the terminal, each with its position."""
        system = color_system(console)
        written: list[str] = []
        for y, row, profile in self._rows:
            written.append(Control.move_to(0, y).segment.text)
            written.append(_written(row, profile, system))
        return "".join(written)


def color_system(console: Console) -> ColorSystem:
    """The colours of the terminal that a console writes to."""
    return console._color_system or ColorSystem.TRUECOLOR


def _written(row: Sequence[Segment], profile: ProfileName, system: ColorSystem) -> str:
    if any(segment.control for segment in row):
        return _row_bytes(row, profile, system)
    return _known_row(tuple(row), profile, system)


@lru_cache(maxsize=_ROWS)
def _known_row(row: tuple[Segment, ...], profile: ProfileName, system: ColorSystem) -> str:
    return _row_bytes(row, profile, system)


def _row_bytes(row: Sequence[Segment], profile: ProfileName, system: ColorSystem) -> str:
    if profile == "alt" and system is not ColorSystem.TRUECOLOR:
        # In 16 or 256 colours a step of blue is none. The terminal of this profile knows more: the colours are
        # reduced first, and what the guard makes of them is written as it is.
        row = [segment if segment.style is None else _reduced(segment, system) for segment in row]
        system = ColorSystem.TRUECOLOR
    return "".join(
        [
            text if style is None else Strip.render_style(style, text, system)
            for text, style, _ in guard_row(profile, row)
        ]
    )


def _reduced(segment: Segment, system: ColorSystem) -> Segment:
    text, style, control = segment
    return Segment(text, style and _reduced_style(style, system), control)


@lru_cache(maxsize=1024)
def _reduced_style(style: Style, system: ColorSystem) -> Style:
    return style + Style(
        color=style.color and style.color.downgrade(system),
        bgcolor=style.bgcolor and style.bgcolor.downgrade(system),
    )


class Guarded(App[Result]):
    """An app whose output suits `display_profile`, which may change while it runs."""

    display_profile: Display = PLAIN

    def use_profile(self, profile: Profile) -> None:
        """Go on under `profile`: the terminal is told, and everything is painted again."""
        before = self.display_profile.profile
        self.display_profile = replace(self.display_profile, profile=profile)
        if self._driver is not None and (before.start, before.stop) != (profile.start, profile.stop):
            self._driver.write(before.stop + profile.start)
        if before != profile:
            self.refresh()

    def prepare(self, line: Strip) -> None:
        """Have ready what the guard makes of a line that will soon be seen, as the compositor will get it."""
        profile = self.display_profile.profile.name
        if needs_guard(profile):
            _row_bytes([*line], profile, color_system(self.console))

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        """Textual's only way to the terminal for what is on the screen."""
        profile = self.display_profile.profile.name
        own = screen if isinstance(screen, OwnGuards) else None
        if isinstance(renderable, LayoutUpdate | ChopsUpdate) and (own is not None or needs_guard(profile)):
            rows = GuardedRows(
                (y, row, (own.guard_of_row(y) if own else None) or profile)
                for y, row in self._full_rows(screen, renderable)
            )
            # Textual asks its updates for bytes and never renders them, though it declares them so.
            renderable = cast("RenderableType", rows)
        super()._display(screen, renderable)

    def _full_rows(
        self, screen: Screen[object], update: LayoutUpdate | ChopsUpdate
    ) -> Iterable[tuple[int, Sequence[Segment]]]:
        if isinstance(update, LayoutUpdate):
            lines: Iterable[tuple[int, Iterable[Strip | None]]] = enumerate(update.strips, update.region.y)
        else:
            touched = {y for y, _, _ in update.spans}
            compositor = screen._compositor
            top, bottom = min(touched), max(touched) + 1
            # The screens below this one: `_render_chops` takes them off the stack as it comes to them.
            visible_screen_stack.set(self._background_screens)
            chops = compositor._render_chops(
                Region(0, top, compositor.size.width, bottom - top), touched.__contains__
            )
            lines = ((y, chops[y].values()) for y in sorted(touched))
        for y, strips in lines:
            yield y, [segment for strip in strips if strip is not None for segment in strip]
