"""The article in the reader: opened off the UI thread, drawn with hits and notes. Who is named: `mentions`."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from kashaf.corpus.article import Article
from kashaf.errors import KashafError, NotFound
from kashaf.notes.model import ArticleTarget, WordsTarget
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.evidence_words import place_words
from kashaf_tui.explorer.keeping_place import moved
from kashaf_tui.explorer.messages import ArticleReady, MentionsReady, Trouble
from kashaf_tui.explorer.panes.reader import Reading
from kashaf_tui.explorer.widgets.noted import Noted
from kashaf_tui.explorer.widgets.paint import facts

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen


class ReadingFlow:
    """Which article is read, and what is known of it."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk
        self.wanted = ""
        self._words = 0

    @property
    def article_id(self) -> str:
        reading = self._screen.article.reading
        return reading.article.id if reading else ""

    def open(self, article_id: str, *, caret: int | None = None, note: WordsTarget | None = None) -> None:
        """Show an article: at `caret`, at the words of a note, or at its first hit.

        The one that is open already gets its hits anew, and stays where it is unless told otherwise.
        """
        self.wanted = article_id
        self._screen.run_worker(self._load(article_id, caret, note), group="article", exclusive=True)

    async def _load(self, article_id: str, caret: int | None, note: WordsTarget | None) -> None:
        try:
            article = await self._engine.article(article_id)
            hits = await self._hits(article)
            await self._look(article)
            self._screen.post_message(ArticleReady(article, hits, caret, note))
            said = await self._engine.reading(article)
        except NotFound:
            self._screen.post_message(Trouble(NotFound(self._screen.say("gone")), "article"))
        except KashafError as error:
            self._screen.post_message(Trouble(error, "article"))
        else:
            self._screen.post_message(MentionsReady(article_id, said))

    async def _look(self, article: Article) -> None:
        """Look for the words of its notes beside the event loop: those that changed take a while."""
        noting = self._screen.noting
        mine = [note for note in noting.notes if note.article_id == article.id]
        if mine:
            await asyncio.to_thread(noting.places.look, mine, article)

    async def _hits(self, article: Article) -> tuple[tuple[int, int], ...]:
        """Those of the query whose results are listed, which may be a correction of what was typed."""
        searching = self._screen.searching
        return await self._engine.hits(article, searching.answered or searching.query)

    def show(self, message: ArticleReady) -> None:
        """Draw an article that is ready, unless another was asked for meanwhile."""
        article = message.article
        if article.id != self.wanted:
            return
        noted = self._noted(article)
        caret = message.caret
        if message.words is not None:
            caret = self._place_of(message.words, article)
        reader = self._screen.article
        open_now = reader.reading
        if open_now is not None and open_now.article == article:
            reader.update(replace(open_now, hits=message.hits, noted=noted))
            # A new search shows its first hit, unless somebody is reading.
            first = message.hits[0][0] if message.hits and message.hits != open_now.hits else None
            if caret is None and self._screen.pane != "article":
                caret = first
            if caret is not None:
                reader.go_to(caret)
        else:
            if caret is None and open_now is not None and open_now.article.id == article.id:
                # Read again: the place is kept by what stands around it.
                caret = moved(open_now.article.text, article.text, reader.caret)
            self._screen.mentioned.forget()
            self._words = len(article.text.split())
            reader.show(Reading(article, message.hits, {}, noted), caret)
        self.show_facts()

    def _note_facts(self, article: Article) -> list[str]:
        """What of notes cannot be seen in the text: those that lost their words, and those on all of it."""
        say, noting = self._screen.say, self._screen.noting
        mine = noting.in_article(article.id)
        lost = sum((one := noting.standing(note)) is not None and one.state == "orphan" for note in mine)
        whole = sum(isinstance(note.target, ArticleTarget) for note in mine)
        parts = [say("lost notes", n=lost)] if lost else []
        return [*parts, say("notes on it", n=whole)] if whole else parts

    def _noted(self, article: Article) -> tuple[Noted, ...]:
        """What is drawn of notes."""
        noting = self._screen.noting
        return noting.places.drawn(noting.in_article(article.id), article, self._desk.codebook)

    def _place_of(self, words: WordsTarget, article: Article) -> int | None:
        """Where the note's words are now. What is not certain is said, and nothing is jumped to in silence."""
        anchor = self._screen.noting.places.anchor(words, article)
        if anchor.state == "orphan" or anchor.start is None:
            self._screen.status.say(self._screen.say("orphan note"))
            return None
        if anchor.state == "changed":
            self._screen.status.say(self._screen.say("changed note"))
        return anchor.start

    def show_facts(self) -> None:
        """The line above the article: outlet, author, date with its evidence, length, and which hit is shown."""
        reading = self._screen.article.reading
        if reading is None:
            return
        say, data = self._screen.say, reading.article.metadata
        date = (
            f"{data.published.isoformat()} ({place_words(say, data.published_evidence)})"
            if data.published
            else say("no date")
        )
        parts = [date, data.outlet or say("no outlet"), *([data.author] if data.author else [])]
        parts.append(say("words", n=self._words))
        if reading.hits:
            number = self._screen.article.hit_number
            hits = say("hit", n=number, all=len(reading.hits)) if number else say("hits", n=len(reading.hits))
            parts.insert(0, hits)
        parts = [*self._note_facts(reading.article), *parts]
        self._screen.facts.show(right=facts(parts))
        marked = self._screen.noting.words.marked_words
        if self._screen.article.span is not None:
            self._screen.status.say(marked, until_replaced=True)
        elif self._screen.status.passing == marked:
            self._screen.status.say("")
        self._screen.noting.words.show_here()

    def show_notes(self) -> None:
        """The notes changed: draw those of the open article."""
        reading = self._screen.article.reading
        if reading is None:
            return
        self._screen.article.update(replace(reading, noted=self._noted(reading.article)))
        self.show_facts()

    def read_names(self) -> None:
        """Names are others now: ask again who is named in the open article."""
        reading = self._screen.article.reading
        if reading is not None:
            self._screen.run_worker(self._read_names(reading.article), group="article", exclusive=True)

    async def _read_names(self, article: Article) -> None:
        try:
            said = await self._engine.reading(article)
        except KashafError as error:
            self._screen.post_message(Trouble(error, "article"))
        else:
            self._screen.post_message(MentionsReady(article.id, said))

    def asked(self, wish: str) -> None:
        """Wishes about the article itself: copy, tashkeel."""
        reading = self._screen.article.reading
        if reading is None:
            return
        say = self._screen.say
        match wish:
            case "copy":
                span = self._screen.article.span
                if span is None:
                    self._screen.status.say(say("mark first"))
                    return
                text = reading.article.text[slice(*span)]
                self._screen.app.copy_to_clipboard(text)
            case "tashkeel":
                marks = self._screen.article.options.marks
                options = replace(self._screen.article.options, marks="keep" if marks == "strip" else "strip")
                self._screen.article.set_options(options)
