"""Deciding on lines: an accepted one gets a note on its words, a rejected one is not asked again, and all of it can
be taken back and gone on with another day.

A verdict and its note are two things on disk. The note is made first, and an accepted line counts as such while its
note is there: whatever takes the note away, or brings it back, does the same to the verdict.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from kashaf.corpus.article import Article
from kashaf.errors import KashafError
from kashaf.notes.anchoring import make_target
from kashaf_index.kwic import KwicLine
from kashaf_tui.explorer.annotating import Deed, Wanted, annotate, give_codes, let_go, living, sentence_of
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.marking import Span
from kashaf_tui.explorer.messages import Trouble
from kashaf_tui.explorer.panes.concordance import key_of
from kashaf_tui.explorer.verdicts import (
    Decision,
    LineKey,
    Manner,
    Unit,
    Verdict,
    Verdicts,
    of_query,
    standing,
)

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore
    from kashaf_tui.explorer.screens.main import MainScreen

Decided = Mapping[LineKey, Decision]

_AT_ONCE: Final = 40  # lines made ready before it is said how far that is
_KEPT: Final = 40  # articles read last: neighbouring lines are mostly of one


class AnnotateFlow:
    """The decisions on the lines of one query. `told` is called when something of it is another now."""

    def __init__(self, main: MainScreen, engine: Engine, desk: Desk) -> None:
        self._main = main
        self._engine = engine
        self._desk = desk
        self._verdicts: Verdicts = desk.verdicts
        self._query = ""
        self._lines: dict[LineKey, KwicLine] = {}
        self._by_article: dict[str, list[KwicLine]] = {}
        self._alive: frozenset[str] = frozenset()
        self._under_way: dict[LineKey, Verdict] = {}
        self._articles: OrderedDict[str, Article] = OrderedDict()
        self._turn = asyncio.Lock()
        self._deeds: list[Deed] = []
        self._undone: list[Deed] = []
        #: Each decided line of the query.
        self.shown: dict[LineKey, Verdict] = {}
        #: How many lines of how many have been made ready, while many are accepted.
        self.making: tuple[int, int] | None = None
        #: The line that was last undone or done again.
        self.last: LineKey | None = None
        self.told: Callable[[str], None] = lambda _: None

    # The query

    async def take(self, query: str) -> None:
        """Decide on lines of this query. Raises DiskTrouble when earlier decisions cannot be read."""
        self._query = of_query(query)
        self.know(())
        self._articles.clear()
        await asyncio.to_thread(self._verdicts.load)
        await self.refresh()

    def know(self, lines: Iterable[KwicLine]) -> None:
        """All lines of the query, which the counts are of."""
        self._lines = {key_of(line): line for line in lines}
        self._by_article = {}
        for line in self._lines.values():
            self._by_article.setdefault(line.id, []).append(line)

    def begin(self) -> None:
        """The lines are looked at anew: what was done to notes elsewhere is not undone from here."""
        self._deeds.clear()
        self._undone.clear()

    async def refresh(self) -> None:
        """Look whether the notes of accepted lines are still there."""
        wanted = {one.note for one in self._verdicts.of(self._query).values() if one.note}
        try:
            self._alive = await self._desk.ask(lambda store: living(store, wanted)) if wanted else frozenset()
        except KashafError:
            self._alive = frozenset()  # the main screen says why there are no notes
        self._show()

    def _show(self, word: str = "") -> None:
        decisions = self._verdicts.of(self._query)
        holding = standing(decisions, self._alive)
        self.shown.clear()
        self.shown.update({key: one.verdict for key, one in holding.items()} | self._under_way)
        self.told(word)

    @property
    def counts(self) -> dict[Verdict, int]:
        found: dict[Verdict, int] = {"accepted": 0, "rejected": 0, "skipped": 0}
        for key, verdict in self.shown.items():
            found[verdict] += key in self._lines
        return found

    @property
    def left(self) -> int:
        """How many lines nobody has decided on; those that were skipped are among them."""
        counts = self.counts
        return len(self._lines) - counts["accepted"] - counts["rejected"]

    @property
    def manner(self) -> Manner:
        return self._verdicts.manner(self._query)

    def accepted(self, lines: Iterable[KwicLine]) -> tuple[str, ...]:
        """The notes of the accepted ones among some lines, each once."""
        decisions = self._verdicts.of(self._query)
        notes = (
            decisions[key].note
            for key in map(key_of, lines)
            if self.shown.get(key) == "accepted" and key in decisions
        )
        return tuple(dict.fromkeys(notes))

    # What keys do

    def set_unit(self, unit: Unit) -> None:
        self._set_manner(replace(self.manner, unit=unit))

    def set_codes(self, codes: Iterable[str]) -> None:
        self._set_manner(replace(self.manner, codes=tuple(dict.fromkeys(codes))))

    def _set_manner(self, manner: Manner) -> None:
        self._verdicts.set_manner(self._query, manner)
        if not self._desk.read_only_reason:
            self._begin((), None, self._written)
        self._show()

    def accept(self, lines: Sequence[KwicLine], word: str = "") -> None:
        """Make the notes of these lines, in one change. A line that has its note gets the codes, if they are new."""
        keys = [key_of(line) for line in lines]
        self._begin(keys, "accepted", partial(self._accept, self._query, tuple(lines), self.manner, word))

    def decide(self, lines: Sequence[KwicLine], verdict: Verdict) -> None:
        """Reject lines, or leave them for later. A note that accepting one of them made goes to the trash."""
        keys = [key_of(line) for line in lines]
        self._begin(keys, verdict, partial(self._decide, self._query, keys, verdict))

    def retag(self, ids: Sequence[str], add: Sequence[str], remove: Sequence[str], word: str) -> None:
        """Change the codes of notes, in one change."""
        self._begin((), None, partial(self._retag, ids, add, remove, word))

    def undo(self) -> None:
        """Take back the last thing done here; before that, the last change to notes."""
        self._begin((), None, partial(self._take_back, self._query, self._deeds, self._undone))

    def redo(self) -> None:
        self._begin((), None, partial(self._take_back, self._query, self._undone, self._deeds))

    # Carrying out: one key after the other

    def _begin(
        self, keys: Iterable[LineKey], verdict: Verdict | None, work: Callable[[], Awaitable[str]]
    ) -> None:
        """Show the verdict at once. From here on leaving the app waits for the work."""
        keys = tuple(keys)
        if verdict is not None:
            self._under_way |= dict.fromkeys(keys, verdict)
            self._show()
        busy = ExitStack()
        busy.enter_context(self._desk.busy())
        start(self._main.app, partial(self._run, keys, work, busy), "deciding")

    async def _run(
        self, keys: Sequence[LineKey], work: Callable[[], Awaitable[str]], busy: ExitStack
    ) -> None:
        word = ""
        with busy:
            async with self._turn:
                try:
                    word = await work()
                except KashafError as error:
                    self._main.post_message(Trouble(error, "notes"))
                finally:
                    self.making = None
                    for key in keys:
                        self._under_way.pop(key, None)
                await self.refresh()
        if word:
            self._show(word)

    async def _written(self) -> str:
        await self._desk.change(lambda _: self._verdicts.flush())
        return ""

    async def _accept(self, query: str, lines: Sequence[KwicLine], manner: Manner, word: str) -> str:
        decisions = self._verdicts.of(query)
        fresh: dict[str, list[KwicLine]] = {}
        again: list[str] = []
        for line in lines:
            known = decisions.get(key_of(line))
            if known is not None and known.verdict == "accepted" and known.note in self._alive:
                again.append(known.note)
            else:
                fresh.setdefault(line.id, []).append(line)
        wanted, stale = await self._all_wanted(fresh, manner.unit, dict(decisions))
        codes, author = manner.codes, self._desk.author
        if wanted:
            # Notes are made in the order of the lines, whatever the article.
            order = {key_of(line): at for at, line in enumerate(lines)}
            new = tuple(sorted(wanted, key=lambda one: order[one.keys[0]]))
            await self._change(lambda store: annotate(store, self._verdicts, query, new, codes, author), word)
        elif again:
            await self._change(lambda store: give_codes(store, again, codes, author), word)
        return self._main.say("stale lines", n=stale) if stale else ""

    async def _all_wanted(
        self, fresh: Mapping[str, Sequence[KwicLine]], unit: Unit, decisions: Decided
    ) -> tuple[list[Wanted], int]:
        """The notes of lines, by article, and how many of the lines are of a text that is no longer there.

        Beside the event loop: to tell words from all that look like them takes a while.
        """
        wanted: list[Wanted] = []
        stale = done = 0
        total = sum(map(len, fresh.values()))
        for article_id, lines in fresh.items():
            article = await self._article(article_id)
            alive = [line for line in lines if line.text_sha256 == article.text_sha256]
            stale += len(lines) - len(alive)
            found: dict[Span, Wanted] = {}
            for at in range(0, len(alive), _AT_ONCE):
                self.making = (done, total) if total > _AT_ONCE else None
                part = alive[at : at + _AT_ONCE]
                await asyncio.to_thread(self._want, article, part, unit, decisions, found)
                done += len(part)
            wanted += found.values()
        return wanted, stale

    def _want(
        self,
        article: Article,
        lines: Iterable[KwicLine],
        unit: Unit,
        decisions: Decided,
        found: dict[Span, Wanted],
    ) -> None:
        """Add the notes of lines of one article: of several lines that mean the same words there is one."""
        for line in lines:
            span, keys = self._meant(article, line, unit, decisions)
            met = found.get(span)
            if met is None:
                found[span] = Wanted(article, span, keys, make_target(article, *span))
            else:
                found[span] = replace(met, keys=tuple(dict.fromkeys(met.keys + keys)))

    def _meant(
        self, article: Article, line: KwicLine, unit: Unit, decisions: Decided
    ) -> tuple[Span, tuple[LineKey, ...]]:
        """The words of a line's note, and its lines: with sentences, all undecided ones of the sentence."""
        if unit == "match":
            return (line.start, line.end), (key_of(line),)
        span = sentence_of(article.text, line.start, line.end)
        others = [
            key_of(one)
            for one in self._by_article.get(line.id, ())
            if span[0] <= one.start
            and one.end <= span[1]
            and ((known := decisions.get(key_of(one))) is None or known.verdict == "skipped")
        ]
        return span, tuple(dict.fromkeys([key_of(line), *others]))

    async def article(self, line: KwicLine) -> Article | None:
        """The article of a line, if it is still the one that the line is of."""
        try:
            article = await self._article(line.id)
        except KashafError:
            return None
        return article if article.text_sha256 == line.text_sha256 else None

    async def _article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            self._articles[article_id] = await self._engine.article(article_id)
            while len(self._articles) > _KEPT:
                self._articles.popitem(last=False)
        self._articles.move_to_end(article_id)
        return self._articles[article_id]

    async def _decide(self, query: str, keys: Sequence[LineKey], verdict: Verdict) -> str:
        author = self._desk.author
        deed = await self._change(lambda store: let_go(store, self._verdicts, query, keys, verdict, author))
        return self._main.say("note kept", n=deed.kept) if deed is not None and deed.kept else ""

    async def _retag(self, ids: Sequence[str], add: Sequence[str], remove: Sequence[str], word: str) -> str:
        author = self._desk.author

        def carry_out(store: NoteStore) -> Deed:
            return Deed({}, {}, bool(store.retag(ids, add=add, remove=remove, author=author)))

        await self._change(carry_out, word)
        return ""

    async def _change(self, carry_out: Callable[[NoteStore], Deed], word: str = "") -> Deed | None:
        """Carry out, and remember it for undo. None when it failed, which the main screen says."""
        made = await self._main.noting.make(lambda: self._desk.change(carry_out), word)
        deed: Deed | None = made if isinstance(made, Deed) else None
        if deed is not None and (deed.notes or deed.before != deed.after):
            self._deeds.append(deed)
            self._undone.clear()
        return deed

    async def _take_back(self, query: str, from_: list[Deed], to: list[Deed]) -> str:
        """Undo the last of `from_`, or do it again; with none there, the last change to notes."""
        undoing = from_ is self._deeds
        deed = from_.pop() if from_ else None
        self.last = next(iter(deed.before), None) if deed is not None else None

        def carry_out(store: NoteStore) -> object:
            if deed is None or deed.notes:
                change = store.undo() if undoing else store.redo()
                if change is None and deed is None:
                    return False
            if deed is not None:
                self._verdicts.put(query, deed.before if undoing else deed.after)
                self._verdicts.flush()
            return True

        done = await self._main.noting.make(lambda: self._desk.change(carry_out))
        if deed is not None:
            (from_ if done is None else to).append(deed)
        say = self._main.say
        if done is None:
            return ""
        if done is False:
            return say("nothing to undo")
        return say("decision undone" if undoing else "decision redone")
