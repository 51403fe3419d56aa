"""Where notes stand, looked at in the background: in the article that is open first, then in all the others."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from time import monotonic
from typing import TYPE_CHECKING, Final

from kashaf.errors import KashafError, NotFound
from kashaf.notes.anchoring import Anchor
from kashaf.notes.model import ArticleTarget, Note, WordsTarget
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import AnchorsChecked
from kashaf_tui.explorer.panes.note_rows import Standing
from kashaf_tui.explorer.places import Places

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf_tui.explorer.screens.main import MainScreen

_TELL_EVERY: Final = 0.5  # seconds of looking at articles before the list hears of it
_WORST: Final = ("exact", "moved", "changed", "orphan", "missing")


class Standings:
    """What is known of the place of each note. A link stands as the worse of its ends does."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk, places: Places) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk
        self._places = places
        self._known: dict[str, Standing] = {}
        #: Notes that were looked at as they are now, and the text they were looked at in.
        self._seen: dict[str, tuple[Note, str]] = {}

    def of(self, note: Note) -> Standing | None:
        """None while nobody looked, or since the note was put elsewhere."""
        known = self._known.get(note.id)
        if known is None or (known.target is not note.target and known.target != note.target):
            return None
        return known

    @property
    def anchors(self) -> dict[str, Anchor]:
        """Anchors by note id."""
        return {note_id: one.anchor for note_id, one in self._known.items() if one.anchor is not None}

    def forget(self) -> None:
        """The articles are others now."""
        self._known.clear()
        self._seen.clear()

    def take(self, standings: dict[str, Standing]) -> None:
        self._known.update(standings)
        for note_id in standings:
            self._seen.pop(note_id, None)

    def see(self, notes: Iterable[Note], article: Article) -> None:
        """Look at notes in an article that is at hand."""
        text = article.text_sha256
        for note in notes:
            seen = self._seen.get(note.id)
            if seen is not None and seen[0] is note and seen[1] == text:
                continue
            self._seen[note.id] = note, text
            far = self.of(note) if note.other is not None else None
            self._known[note.id] = _worse(far, self._in(note, article))

    async def look(self) -> None:
        """Look at every article with notes of which nothing is known, and tell the screen."""
        by_article: dict[str, list[Note]] = {}
        found: dict[str, Standing] = {}
        for note in await self._desk.notes():
            if self.of(note) is not None:
                continue
            ends = [end for end in (note.target, note.other) if isinstance(end, WordsTarget | ArticleTarget)]
            for article_id in {end.article_id for end in ends}:
                by_article.setdefault(article_id, []).append(note)
            if not ends:
                found[note.id] = Standing("exact", note.target)
        told = monotonic()
        for article_id, notes in by_article.items():
            try:
                article = await self._engine.article(article_id)
                await asyncio.to_thread(self._places.look, notes, article)
            except NotFound:
                here = {note.id: Standing("missing", note.target) for note in notes}
            except KashafError:
                return
            else:
                here = {note.id: self._in(note, article) for note in notes}
            for note_id, standing in here.items():
                found[note_id] = _worse(found.get(note_id), standing)
            if monotonic() - told > _TELL_EVERY:
                told = monotonic()
                self._screen.post_message(AnchorsChecked(dict(found)))
        self._screen.post_message(AnchorsChecked(found))

    def _in(self, note: Note, article: Article) -> Standing:
        """The worse of the ends that a note has in an article."""
        standing: Standing | None = None
        for end in (note.target, note.other):
            if isinstance(end, WordsTarget | ArticleTarget) and end.article_id == article.id:
                anchor = self._places.anchor(end, article)
                standing = _worse(standing, Standing(anchor.state, note.target, anchor))
        return standing or Standing("exact", note.target)


def _worse(one: Standing | None, other: Standing) -> Standing:
    return one if one is not None and _WORST.index(one.state) > _WORST.index(other.state) else other
