"""The list under the search box: opened, refined by typing, taken; and what was searched before."""

from __future__ import annotations

import threading
from datetime import datetime
from typing import TYPE_CHECKING

from kashaf.errors import Cancelled, KashafError
from kashaf_index.model import Query
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import Offered, Trouble
from kashaf_tui.explorer.panes.completions import Offer
from kashaf_tui.explorer.widgets.paint import left_to_right
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.history import PastQuery
    from kashaf_index.completion import Completion
    from kashaf_tui.explorer.screens.main import MainScreen

_ROWS = 10


class CompletionFlow:
    """Whether the list is open, and what it offers. It never has the focus, and takes no key that types."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._serial = 0
        self._cancel = threading.Event()
        self._open = False

    @property
    def chosen(self) -> Offer | None:
        """The offer that Enter takes."""
        return self._screen.completions.current if self._open and self._screen.completions.display else None

    def step(self, step: int) -> None:
        """Open the list, or move in it; up from its first line closes it."""
        listed = self._screen.completions
        if not self._open:
            if step > 0:
                self._open = True
                self._ask()
        elif step < 0 and listed.selected == 0:
            self.close()
        else:
            listed.select(listed.selected + step)

    def typed(self) -> None:
        if self._open:
            self._ask()

    def close(self) -> bool:
        """Close it. Returns whether it was open."""
        was, self._open = self._open, False
        self._serial += 1
        self._screen.completions.display = False
        return was

    def take(self, offer: Offer) -> None:
        """Put an offer into the box, to be gone on with."""
        self.close()
        self._screen.box.put(offer.value, offer.caret)
        self._screen.searching.now()

    def _ask(self) -> None:
        self._serial += 1
        box = self._screen.box
        self._cancel.set()
        self._cancel = threading.Event()
        worker = self._complete(box.value, box.buffer.caret, self._serial, self._cancel)
        self._screen.run_worker(worker, group="completion", exclusive=True)

    async def _complete(self, text: str, caret: int, serial: int, cancel: threading.Event) -> None:
        try:
            rung = self._screen.searching.query.rung
            found = await self._engine.completions(text, caret, rung, cancel)
        except Cancelled:
            return
        except KashafError as error:
            self._screen.post_message(Trouble(error, "completion"))
        else:
            offers = (self._offer(text, completion, past) for completion, past in found)
            self._screen.post_message(Offered(serial, tuple(offers)))

    def _offer(self, text: str, found: Completion, past: PastQuery | None) -> Offer:
        """Text to put into the box, and what is said of it: its kind, its articles, when it was searched."""
        say = self._screen.say
        # A field goes on with its value, anything else is ended by a space.
        gap = "" if found.kind in ("field", "history") or text[found.end :].startswith(" ") else " "
        value = text[: found.start] + found.text + gap + text[found.end :]
        count = say("articles", n=found.count) if found.count is not None else ""
        when = when_words(say, past.at) if past is not None else ""
        about = " · ".join(filter(None, (count, when or say("offer " + found.kind))))
        return Offer(found.text, value, found.start + len(found.text) + len(gap), about)

    def show(self, message: Offered) -> None:
        """List offers, unless the box was changed or left meanwhile."""
        if message.serial != self._serial or not self._open:
            return
        screen, listed = self._screen, self._screen.completions
        if not message.offers:
            self.close()
            screen.status.say(screen.say("nothing to complete"))
            return
        box = screen.box.region
        listed.styles.offset = (box.x, box.bottom)
        listed.styles.width = box.width
        listed.styles.height = min(_ROWS, len(message.offers))
        listed.show(message.offers, keep=False)
        listed.display = True

    def remember(self, query: Query, articles: int) -> None:
        """Put a query that was run on purpose into the history."""
        if query.text != "*":
            self._screen.run_worker(self._remember(query, articles), group="history")

    async def _remember(self, query: Query, articles: int) -> None:
        try:
            await self._engine.remember(query, articles)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "history"))


def when_words(say: Wording, at: str) -> str:
    """A time (ISO 8601) of the history: the hour if it was today, else the day."""
    then = datetime.fromisoformat(at).astimezone()
    today = then.date() == datetime.now().astimezone().date()
    return say("searched", time=left_to_right(f"{then:%H:%M}" if today else f"{then:%Y-%m-%d}"))
