"""What is said of a query besides its results: mistakes, notices, corrections, and why nothing was found."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from kashaf.errors import Cancelled, KashafError
from kashaf_index.model import RUNGS, Query, Results
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import Explained, Trouble
from kashaf_tui.explorer.panes.explainer import Way
from kashaf_tui.explorer.widgets.paint import isolated

if TYPE_CHECKING:
    from kashaf_index.explain import Explanation
    from kashaf_tui.explorer.screens.main import MainScreen


class HelpFlow:
    """Help for the searcher, beside the ladder and in the place of results that are none."""

    def __init__(self, screen: MainScreen, engine: Engine) -> None:
        self._screen = screen
        self._engine = engine
        self._cancel = threading.Event()
        self._serial = 0

    def show(self, results: Results, query: Query) -> None:
        """Say what there is to say of an answer."""
        screen = self._screen
        self._serial += 1
        self._cancel.set()
        screen.notice.show(right=self._said(results))
        self._underline(query)
        screen.panes.show_results(found=results.total > 0)
        if not results.total:
            screen.explainer.explain([*self._first(results), Way(""), Way(screen.say("searching"))])
            self._cancel = threading.Event()
            worker = self._explain(results.query, self._serial, self._cancel)
            screen.run_worker(worker, group="explain", exclusive=True)

    def _said(self, results: Results) -> str:
        say = self._screen.say
        comma = "؛ " if say.base == "rtl" else "; "
        instead = results.corrected
        told = [*map(say.told, results.warnings), *map(say.told, results.notices)]
        if instead is not None:
            told.insert(0, say("as typed", kind=say("correction " + instead.kind)))
        return comma.join(told)

    def _underline(self, query: Query) -> None:
        """Mark in the box what was not understood."""
        from kashaf_index.query.parser import parse  # noqa: PLC0415 -- not before first paint

        box = self._screen.box
        typed = box.value.strip()
        if typed != query.text:
            return
        shift = len(box.value) - len(box.value.lstrip())
        spans = [(mistake.start + shift, mistake.end + shift) for mistake in parse(typed).mistakes]
        box.show_mistakes(spans)

    # Why nothing was found

    def _first(self, results: Results) -> Iterator[Way]:
        """What can be said at once."""
        say = self._screen.say
        for warning in results.warnings:
            yield Way(say.told(warning))
        yield Way(say("no hits"), heading=True)

    async def _explain(self, query: Query, serial: int, cancel: threading.Event) -> None:
        try:
            explanation = await self._engine.explain(query, cancel)
        except Cancelled:
            return
        except KashafError as error:
            self._screen.post_message(Trouble(error, "explain"))
        else:
            self._screen.post_message(Explained(serial, explanation))

    def show_explanation(self, message: Explained) -> None:
        """Fill in the reasons and the ways on, unless there are results by now."""
        results = self._screen.searching.results
        if message.serial == self._serial and results is not None and not results.total:
            say, found = self._screen.say, message.explanation
            ways = [*self._first(results), *self._parts(found), *self._ways(found)]
            if not found.relaxations:
                ways.append(Way(say("nothing else")))
            self._screen.explainer.explain(ways)

    def _parts(self, explanation: Explanation) -> Iterator[Way]:
        """Each part of the query on its own; what kills it is marked by a sign, not by colour."""
        say, rung = self._screen.say, self._screen.searching.query.rung
        if not explanation.parts:
            return
        yield Way("")
        yield Way(say("which words"), heading=True)
        for part in explanation.parts:
            word = isolated(part.text)
            count = part.rungs[rung]
            wider = next((one for one in RUNGS if part.rungs[one] > count), None)
            if count:
                yield Way(("✗ " if part.kills else "") + word, f"{count:,}")
            elif wider is not None:
                yield Way(f"✗ {word}: {say('only wider', rung=say(wider), number=part.rungs[wider])}")
            else:
                yield Way(f"✗ {word}: {say('no word')}")

    def _ways(self, explanation: Explanation) -> Iterator[Way]:
        """What would find something: corrections first, then the same words asked less of."""
        say, searching = self._screen.say, self._screen.searching
        for corrects in (True, False):
            group = [one for one in explanation.relaxations if (one.kind == "correction") is corrects]
            if group:
                yield Way("")
                yield Way(say("did you mean" if corrects else "what else"), heading=True)
            for one in group:
                label = isolated(one.query.text) if corrects else say.told(one.label)
                yield Way(label, f"{one.count:,}", take=partial(searching.instead, one.query))
