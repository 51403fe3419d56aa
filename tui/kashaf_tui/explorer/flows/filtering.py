"""Filters and facets: what narrows the search besides its words, and what there is to narrow it by."""

from __future__ import annotations

import re
import threading
from functools import partial
from typing import TYPE_CHECKING, Final

from kashaf.errors import Cancelled, KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf_index.facets import FIELDS, Kind
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import FacetsReady, Trouble
from kashaf_tui.explorer.widgets.paint import facts, isolated
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf_index.model import Query
    from kashaf_tui.explorer.screens.main import MainScreen

_FRAGMENT: Final = re.compile(r'(-?)(\w+):("?)(.*)\3', re.DOTALL)


class FilterFlow:
    """The filters of the query under way, and the facets pane, counted only while it is in view."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._cancel = threading.Event()
        self._serial = 0

    @property
    def _filters(self) -> tuple[str, ...]:
        return self._screen.searching.query.filters

    def toggle(self, fragment: str) -> None:
        """Add a filter, or take it away when it is in force. One that excludes gives way to its opposite."""
        opposite = fragment.removeprefix("-") if fragment.startswith("-") else f"-{fragment}"
        kept = [one for one in self._filters if one not in (fragment, opposite)]
        self._set((*kept, *(() if fragment in self._filters else (fragment,))))

    def remove(self, fragment: str) -> None:
        """Take a filter away, whether it includes or excludes."""
        plain = fragment.removeprefix("-")
        self._set(tuple(one for one in self._filters if one.removeprefix("-") != plain))

    def clear(self) -> None:
        if self._filters:
            self._set(())

    def _set(self, filters: tuple[str, ...]) -> None:
        if filters != self._filters:
            self._screen.searching.set_filters(filters)
            self.show_line()

    def show_line(self) -> None:
        """The line of filters, which is there while there are any; and the same in the pane, at once."""
        say = self._screen.say
        named = [(fragment, words(say, fragment)) for fragment in self._filters]
        self._screen.filters.show(named, say("more filters"))
        self._screen.filters.display = bool(named)
        self._screen.facets.show_filters(named)

    def refresh(self) -> None:
        """Count anew, if somebody looks."""
        self._cancel.set()
        answered = self._screen.searching.answered
        if self._screen.panes.tab != "facets" or answered is None:
            return
        self._serial += 1
        self._cancel = threading.Event()
        tags = self._screen.noting.tagged()
        count = partial(self._count, self._serial, tags, self._cancel)
        start(self._screen, count, "facets", exclusive=True)

    async def _count(self, serial: int, tags: dict[str, set[str]], cancel: threading.Event) -> None:
        query = self._screen.searching.answered
        assert query is not None
        try:
            facets = await self._engine.facets(query, tags, cancel)
        except Cancelled:
            return
        except KashafError as error:
            self._screen.post_message(Trouble(error, "facets"))
        else:
            self._screen.post_message(FacetsReady(serial, facets))

    def show(self, message: FacetsReady) -> None:
        """Show counts, unless newer ones were asked for meanwhile."""
        if message.serial == self._serial:
            self._screen.facets.show_facets(message.facets)


def asked(say: Wording, query: Query | None) -> str:
    """A query with its filters as words; empty for one that asks for every article."""
    if query is None:
        return ""
    text = query.text.strip()
    parts = [text] if text not in ("", "*") else []
    return facts([*parts, *(words(say, fragment) for fragment in query.filters)])


def words(say: Wording, fragment: str) -> str:
    """A filter as words: `outlet: X`, `without tag: Y`. One that is none of ours stays as it is."""
    found = _FRAGMENT.fullmatch(fragment)
    kind = next((kind for kind, field in FIELDS.items() if found and field == found[2]), None)
    if found is None or kind is None:
        return isolated(sanitise_line(fragment))
    named = f"{say(_WORDS[kind])}: {isolated(sanitise_line(found[4]))}"
    return say("without", what=named) if found[1] else named


_WORDS: Final[dict[Kind, str]] = {
    "outlet": "filter outlet",
    "month": "filter date",
    "person": "filter person",
    "place": "filter place",
    "organization": "filter organisation",
    "tag": "filter tag",
    "language": "filter language",
}
