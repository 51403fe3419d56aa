"""The command palette: the registry's actions, found by typing."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from functools import partial

from textual.command import CommandPalette, DiscoveryHit, Hit, Hits, Provider, SearchIcon
from textual.types import IgnoreReturnCallbackType
from textual.widgets import Input

from kashaf_tui.explorer.action import Action, key_name
from kashaf_tui.explorer.actions import ACTIONS
from kashaf_tui.explorer.calibration import commands as calibration_commands
from kashaf_tui.explorer.widgets.mirror import base_of
from kashaf_tui.explorer.widgets.paint import label


class Palette(CommandPalette):
    """Textual's palette, with the sign of our search box, as few fonts have a magnifying glass; nothing blinks."""

    def on_mount(self) -> None:
        self.query_one(SearchIcon).icon = "/"
        self.query_one(Input).cursor_blink = False


class ActionProvider(Provider):
    """Actions that make sense without knowing where the caret is, then how Arabic is shown in this terminal.

    One provider for both: Textual asks several at once, and lists what comes first.
    """

    def _commands(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        """What a command is called, its English name besides, and what it does."""
        language = getattr(self.app, "language", "en")
        for action in ACTIONS:
            if action.palette:
                text = f"{action.label(language)}  ({key_name(action.keys[0])})"
                yield text, action.english, self._run(action)
        for text, command in calibration_commands(self.app):
            yield text, text, command

    def _run(self, action: Action) -> partial[Coroutine[object, object, bool]]:
        namespace = self.screen if action.place == "everywhere" else self.screen.query_one(f"#{action.place}")
        return partial(self.app.run_action, action.id, namespace)

    async def discover(self) -> Hits:
        for text, _, command in self._commands():
            yield DiscoveryHit(label(text, base=base_of(self.app)), command, text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for text, english, command in self._commands():
            score = matcher.match(text) or matcher.match(english)
            if score > 0:
                yield Hit(score, label(text, base=base_of(self.app)), command, text)
