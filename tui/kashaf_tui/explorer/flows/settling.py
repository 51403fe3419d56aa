"""Ways from the main screen to what settles notes: the board, the trash, a note's past, conflicts, citation cards.
And back: words marked by hand for a note that has lost its own.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article
from kashaf.errors import KashafError, NotFound, UsageError
from kashaf.notes.model import Note, Target, WordsTarget
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import Trouble
from kashaf_tui.explorer.settling import End, Item, ends_of, item_of, settled
from kashaf_tui.explorer.verdicts import Decision, LineKey

if TYPE_CHECKING:
    from kashaf.notes.citation import Citation
    from kashaf.notes.store import NoteStore
    from kashaf_tui.explorer.screens.main import MainScreen

#: The name, among those of queries, that what is kept as it is goes by. No query has a line break.
_KEPT = "\nkept"


class SettleFlow:
    """Belongs to the main screen: what is to be settled outlives the board's screen."""

    def __init__(self, main: MainScreen, engine: Engine, desk: Desk) -> None:
        self.main = main
        self.engine = engine
        self.desk = desk
        #: What wants settling, and how much was settled since the app's start.
        self.items: list[Item] = []
        self.done = 0
        self._by_hand: Item | None = None
        self._hinted = False

    # The board

    def settle(self) -> None:
        """Put the note here that words were to be marked for, if there is one; else show the board."""
        if self._by_hand is not None and self.main.pane == "article":
            self._put_by_hand(self._by_hand)
        else:
            self._forget_by_hand()
            self.show_board()

    def show_board(self) -> None:
        from kashaf_tui.explorer.screens.board import BoardScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(BoardScreen(self.main.say, self))

    async def look_for_items(self, progress: Callable[[int, int], None]) -> None:
        """Look at every note's article. `progress` is told the articles looked at, and how many there are.

        Raises KashafError.
        """
        await asyncio.to_thread(self.desk.verdicts.load)
        ends: dict[str, list[tuple[Note, End]]] = {}
        for note in await self.desk.notes():
            for end, article_id in ends_of(note):
                ends.setdefault(article_id, []).append((note, end))
        before = {item.key: item for item in self.items}
        found: list[Item] = []
        for looked, (article_id, of_article) in enumerate(ends.items(), 1):
            article = await self._article(article_id)
            new = [item for note, end in of_article if (item := item_of(note, end, article)) is not None]
            for item in new:
                known = before.get(item.key)
                if not self._is_kept(item):
                    # What was searched for stays.
                    found.append(known if known is not None and known.like(item) else item)
            if new:
                self.items = sorted(found, key=lambda one: one.key)
            progress(looked, len(ends))
        self.items = sorted(found, key=lambda one: one.key)

    async def _article(self, article_id: str) -> Article | None:
        try:
            return await self.engine.article(article_id)
        except NotFound:
            return None

    def settled(self, item: Item, *, whole: bool = False) -> None:
        """It leaves the board; whole: with the other end of its note."""
        self.items = [
            one for one in self.items if one.key != item.key and not (whole and one.note.id == item.note.id)
        ]
        self.done += 1

    def found(self, item: Item) -> None:
        """The same item with other proposals."""
        self.items = [item if one.key == item.key else one for one in self.items]

    # Kept as it is

    def keep(self, item: Item) -> None:
        """The analyst wants to be asked again only when the article is another once more."""
        self.desk.verdicts.put(_KEPT, {_kept_key(item): Decision("skipped")})
        self.settled(item)

    def write_kept(self) -> asyncio.Future[bool]:
        """Bring that to disk."""

        def write(_: NoteStore) -> bool:
            self.desk.verdicts.flush()
            return True

        return self.desk.change(write)

    def _is_kept(self, item: Item) -> bool:
        return _kept_key(item) in self.desk.verdicts.of(_KEPT)

    # By hand

    def mark_by_hand(self, item: Item, offset: int) -> None:
        """Show the item's article at an offset, and wait there for marked words."""
        self._by_hand, self._hinted = item, False
        target = item.target
        if item.article is None or target is None:
            return
        self.main.reading.open(item.article.id, caret=min(offset, max(0, len(item.article.text) - 1)))
        self.main.panes.go("article")
        self.main.status.progress(self.main.say("by hand"), of="settling")

    def _put_by_hand(self, item: Item) -> None:
        reading, span, say = self.main.article.reading, self.main.article.span, self.main.say
        if reading is None or item.article is None or reading.article.id != item.article.id:
            self.main.status.say(say("by hand elsewhere"))
            self._forget_by_hand()
            return
        if span is None:
            if self._hinted:
                # Who asks again without a mark wants the board.
                self._forget_by_hand()
                self.show_board()
            else:
                self._hinted = True
                self.main.status.say(say("by hand first"))
            return
        self._forget_by_hand()
        self.main.article.cancel_mark()
        target = settled(replace(item, article=reading.article), span)
        if target is not None:
            self.settled(item)
            start(self.main.app, partial(self._put, item, target), "notes")

    def _forget_by_hand(self) -> None:
        self._by_hand = None
        self.main.status.progress("", of="settling")

    async def _put(self, item: Item, target: Target) -> None:
        with self.desk.busy():
            await self.main.noting.make(lambda: self.put(item, target), self.main.say("settled"))
        self.show_board()

    def put(self, item: Item, target: Target) -> asyncio.Future[Note]:
        """Queue the change by which an end of a note is about something else."""
        author, note_id = self.desk.author, item.note.id
        if item.end == "other" and isinstance(target, WordsTarget):
            return self.desk.change(lambda store: store.edit(note_id, other=target, author=author))
        return self.desk.change(lambda store: store.edit(note_id, target=target, author=author))

    # Other screens

    def show_trash(self) -> None:
        from kashaf_tui.explorer.screens.trash import TrashScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(TrashScreen(self.main.say, self))

    def show_history(self, note: Note | None) -> None:
        if note is not None:
            from kashaf_tui.explorer.screens.note_history import HistoryScreen  # noqa: PLC0415 -- not before first paint

            self.main.app.push_screen(HistoryScreen(self.main.say, self, note))

    def show_conflicts(self) -> None:
        from kashaf_tui.explorer.screens.conflicts import ConflictsScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(ConflictsScreen(self.main.say, self))

    @property
    def selected(self) -> Note | None:
        """The note selected in the list."""
        row = self.main.notes.note_row
        return row.note if row is not None else None

    # Citing

    def cite(self) -> None:
        """What is marked; else the note under the caret, or the one selected in the list."""
        main = self.main
        reading, span = main.article.reading, main.article.span
        if main.pane == "notes":
            if self.selected is not None:
                start(main, partial(self._cite_note, self.selected), "citing", exclusive=True)
        elif reading is not None and span is not None:
            from kashaf.notes.citation import cite  # noqa: PLC0415 -- not before first paint

            self._show_citation(cite(reading.article, *span))
        elif (note := main.noting.words.here()) is not None:
            start(main, partial(self._cite_note, note), "citing", exclusive=True)
        else:
            main.status.say(main.say("nothing to cite"))

    def _show_citation(self, citation: Citation) -> None:
        from kashaf_tui.explorer.screens.citation import CitationScreen  # noqa: PLC0415 -- not before first paint

        self.main.app.push_screen(CitationScreen(self.main.say, citation))

    async def _cite_note(self, note: Note) -> None:
        from kashaf.notes.citation import cite_note  # noqa: PLC0415 -- as above

        try:
            self._show_citation(cite_note(note, await self._article(note.article_id)))
        except UsageError:
            self.main.status.say(self.main.say("no article of note"))
        except KashafError as error:
            self.main.post_message(Trouble(error, "notes"))


def _kept_key(item: Item) -> LineKey:
    return f"{item.note.id} {item.end}", item.revision, 0, 1
