"""The command palette: the registry's actions, found by typing."""

from __future__ import annotations

from collections.abc import Coroutine, Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content

from kashaf_tui.explorer.actions import ACTIONS, Action, key_name
from kashaf_tui.explorer.widgets.paint import label


class ActionProvider(Provider):
    """Actions that make sense without knowing where the caret is."""

    def _actions(self) -> Iterator[tuple[Action, str]]:
        language = getattr(self.app, "language", "en")
        for action in ACTIONS:
            if action.palette:
                yield action, f"{action.label(language)}  ({key_name(action.keys[0])})"

    def _run(self, action: Action) -> partial[Coroutine[object, object, bool]]:
        namespace = self.screen if action.place == "everywhere" else self.screen.query_one(f"#{action.place}")
        return partial(self.app.run_action, action.id, namespace)

    async def discover(self) -> Hits:
        for action, text in self._actions():
            yield DiscoveryHit(label(text), self._run(action), text)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for action, text in self._actions():
            score = matcher.match(text) or matcher.match(action.english)
            if score > 0:
                shown: Content = label(text)
                yield Hit(score, shown, self._run(action), text)
