"""The notes as the screen shows them: the list, the badges, the margin; and where each of them leads."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import KashafError
from kashaf.notes.anchoring import Anchor
from kashaf.notes.model import EntityTarget, Note, SearchTarget, WordsTarget
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.exporting_notes import ExportFlow
from kashaf_tui.explorer.flows.noting_words import WordsFlow, tag_words
from kashaf_tui.explorer.flows.queries import search_of, spellings_query
from kashaf_tui.explorer.flows.saving import SavingFlow
from kashaf_tui.explorer.flows.standings import Standings
from kashaf_tui.explorer.flows.writing_notes import WritingFlow
from kashaf_tui.explorer.messages import AnchorsChecked, NotesChanged, Trouble
from kashaf_tui.explorer.note_view import View, counts, listed, warm
from kashaf_tui.explorer.panes.note_rows import Group, Rows, Standing
from kashaf_tui.explorer.places import Places
from kashaf_tui.explorer.toasts import toast
from kashaf_tui.explorer.widgets.paint import facts

if TYPE_CHECKING:
    from kashaf_tui.explorer.screens.main import MainScreen
    from kashaf_tui.explorer.screens.note_editor import NoteEditor
    from kashaf_tui.explorer.screens.tagging import Tagging


class NotesFlow:
    """Owns what the list shows. Changes go through `saving`."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk, state: Path) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk
        self.saving = SavingFlow(screen, desk)
        self.drafting = WritingFlow(screen, desk, self.saving, state)
        self.words = WordsFlow(screen, desk, self.saving, self.drafting)
        self.exporting = ExportFlow(screen, engine, desk)
        self.places = Places()
        self.standings = Standings(screen, engine, desk, self.places)
        self.change, self.make, self.changed = self.saving.change, self.saving.make, self.saving.changed
        self.undo, self.redo, self.trouble = self.saving.undo, self.saving.redo, self.saving.trouble
        self.keep_draft, self.resume = self.drafting.keep, self.drafting.resume
        self.view = View()
        self.last_codes: tuple[str, ...] = screen.last.codes
        self.notes: tuple[Note, ...] = ()
        self._by_id: dict[str, Note] = {}
        self._by_article: dict[str, list[Note]] = {}
        self._shown: list[Note] = []
        self._marked: dict[str, None] = {}

    # What there is

    def open(self) -> None:
        start(self._screen, self._open, "notes")
        self.saving.watch()

    async def _open(self) -> None:
        try:
            await self._desk.open()
        except KashafError as error:
            self._screen.post_message(Trouble(error, "notes"))
            return
        self._screen.notes.codebook = self._desk.codebook
        await self.changed(saved=False)
        for line in await self._desk.notices():
            toast(self._screen.app, self._screen.say.told(line), "warning")
        # What is folded is remembered: then not even the first letter of a filter waits.
        await asyncio.to_thread(warm, await self._desk.notes())

    def show(self, message: NotesChanged) -> None:
        """The list, the badges and the status; the reader draws its own."""
        self.notes = message.notes
        self._by_id = {note.id: note for note in message.notes}
        self._by_article = by_article(message.notes)
        self._marked = {note_id: None for note_id in self._marked if note_id in self._by_id}
        self._screen.notes.codebook = self._desk.codebook
        self.words.arrived()
        self.show_rows()
        self._screen.results.noted = Counter(note.article_id for note in message.notes)
        self._screen.results.refresh()
        self._screen.entities.noted = frozenset(
            (note.target.type, note.target.name)
            for note in message.notes
            if isinstance(note.target, EntityTarget)
        )
        self._screen.entities.refresh()
        if any(self.standing(note) is None for note in message.notes):
            self._look_for_them()
        if message.saved:
            self.drafting.forget()
            self.saving.say_saved(message.word)
        else:
            self.saving.show_lock()
            if message.word:
                self._screen.status.say(message.word)

    def find(self, note_id: str) -> Note | None:
        return self._by_id.get(note_id)

    def in_article(self, article_id: str) -> list[Note]:
        """The notes with an end in an article."""
        return self._by_article.get(article_id, [])

    def of_open(self) -> list[Note]:
        """The notes with an end in the article that is open."""
        article_id = self._screen.reading.article_id
        return self.in_article(article_id) if article_id else []

    def used_tags(self) -> Mapping[str, int]:
        """Every tag and the number of its notes."""
        return counts(self.notes)

    def tagged(self) -> dict[str, set[str]]:
        """Tag to the ids of the articles with a note that bears it."""
        found: dict[str, set[str]] = {}
        for note in self.notes:
            if note.article_id:
                for tag in note.tags:
                    found.setdefault(tag, set()).add(note.article_id)
        return found

    def used(self, codes: Sequence[str]) -> None:
        """These were given last: `H` gives them again."""
        self.last_codes = tuple(codes)

    # Where they stand

    def standing(self, note: Note) -> Standing | None:
        """What is known of its place; None while nobody looked."""
        return self.standings.of(note)

    @property
    def anchors(self) -> dict[str, Anchor]:
        """The anchors by note id, as far as they have been looked at."""
        return self.standings.anchors

    def span_of(self, note: Note) -> tuple[int, int] | None:
        """Where its words are in the article that is open."""
        reading = self._screen.article.reading
        if reading is None or note.words is None or note.article_id != reading.article.id:
            return None
        anchor = self.places.anchor(note.words, reading.article)
        return None if anchor.start is None or anchor.end is None else (anchor.start, anchor.end)

    def check_anchors(self) -> None:
        """Look at every noted article anew, in the background, and say where each note stands."""
        self.standings.forget()
        self._look_for_them()

    def _look_for_them(self) -> None:
        start(self._screen, self.standings.look, "anchors", exclusive=True)

    def show_anchors(self, message: AnchorsChecked) -> None:
        self.standings.take(message.standings)
        self.show_rows()

    # The list

    def show_rows(self) -> None:
        """The rows, in the view of the moment, with the state of each as far as its article has been looked at."""
        reading, say = self._screen.article.reading, self._screen.say
        if reading is not None:
            self.standings.see(self.of_open(), reading.article)
        made = listed(self.notes, self.standing, self.view, say, say("without any"))
        self._shown = made.shown
        rows = Rows(made.items, self.standing, self._marked, self.view.order)
        empty = say("no notes") if not self.notes else say("no notes so")
        self._screen.notes.show(rows or [], empty)
        self._screen.notes_head.show(*self._head(made.unknown))

    def _head(self, unknown: str) -> tuple[str, str]:
        """The order on the one side, on the other how many of all are shown, and marked."""
        say, view = self._screen.say, self.view
        if unknown:
            return say("no such field", field=unknown), ""
        order = say(f"order {view.order}") + (" ↑" if view.backwards else "")
        every, shown = len(self.notes), len(self._shown)
        number = f"{shown:,} / {every:,}" if shown != every else f"{every:,}" if every else ""
        parts = [say("marked notes", n=len(self._marked))] if self._marked else []
        return order, facts([*parts, number]) if number else ""

    def shown(self) -> list[Note]:
        """The notes that pass the filter."""
        return list(self._shown)

    def marked(self) -> list[Note]:
        """Those marked with Space, else the selected one."""
        if self._marked:
            return [self._by_id[note_id] for note_id in self._marked]
        row = self._screen.notes.note_row
        return [row.note] if row is not None else []

    def look_at(self, view: View) -> None:
        self.view = view
        self.show_rows()

    def next_order(self) -> None:
        self.look_at(self.view.next_order())

    def turn_order(self) -> None:
        self.look_at(replace(self.view, backwards=not self.view.backwards))

    def filter(self, text: str) -> None:
        if text != self.view.filter:
            self.look_at(replace(self.view, filter=text))

    def only(self, code: str) -> None:
        """The notes of a code, and of those below it."""
        self._screen.panes.go("notes")
        self._screen.notes_filter.set(f'tag:"{code}"' if " " in code else f"tag:{code}")
        self.filter(self._screen.notes_filter.value)
        self._screen.show_filter()

    def toggle_mark(self) -> None:
        """Mark the selected note, or all of the selected group; or take the marks away."""
        current = self._screen.notes.current
        if current is None:
            return
        ids = [note.id for note in self._inside(current)] if isinstance(current, Group) else [current.note.id]
        if all(note_id in self._marked for note_id in ids):
            for note_id in ids:
                del self._marked[note_id]
        else:
            self._marked.update(dict.fromkeys(ids))
        self.show_rows()
        if not isinstance(current, Group):
            self._screen.notes.action_move(1)

    def _inside(self, group: Group) -> Iterator[Note]:
        """The notes of a group, which may be closed."""
        opened = replace(self.view, closed=frozenset(), filter="")
        inside = False
        for item in listed(self._shown, self.standing, opened, self._screen.say, "").items:
            if isinstance(item, Group):
                inside = item.key == group.key
            elif inside:
                yield item

    def unmark(self) -> bool:
        """Take all marks away. Returns whether there were any."""
        had, self._marked = bool(self._marked), {}
        if had:
            self.show_rows()
        return had

    # What keys ask

    def opened(self) -> None:
        """Enter in the list: open or close the group, or go where the note leads."""
        row = self._screen.notes.current
        if isinstance(row, Group):
            self.look_at(self.view.toggled(row.key))
        elif row is not None:
            self.go_to(row.note)

    def go_to(self, note: Note) -> None:
        """To its words, its article, its entity or its search; of a link whose words are here, to the other end."""
        match note.target:
            case EntityTarget():
                row = self._screen.mentioned.named(note.target)
                self._screen.searching.words(spellings_query(row))
            case SearchTarget():
                self._screen.searching.instead(search_of(note.target))
            case WordsTarget() if note.other is not None and self._at(note):
                self.words.go_over(note)
            case _:
                self.words.choose(note)
                self._screen.reading.open(note.article_id, note=note.words)
                self._screen.panes.go("article")

    def _at(self, note: Note) -> bool:
        """Whether the caret is in the words of a note."""
        span, reader = self.span_of(note), self._screen.article
        return span is not None and span[0] <= reader.caret < span[1]

    def show_in_list(self) -> None:
        """From the article: select the note under the caret in the list."""
        note = self.words.here()
        if note is None:
            self._screen.status.say(self._screen.say("no note here"))
            return
        self._screen.panes.go("notes")
        if not self._screen.notes.select_note(note.id):
            self._screen.notes_filter.set("")
            self._screen.show_filter()
            self.look_at(View(self.view.order, self.view.backwards))
            self._screen.notes.select_note(note.id)

    def edit(self) -> None:
        row = self._screen.notes.note_row
        if row is not None:
            self.drafting.edit(row.note)
        else:
            self._screen.status.say(self._screen.say("choose a note"))

    def trash(self) -> None:
        """Put the marked notes, or else the selected one, into the trash: one change."""
        ids, say = [note.id for note in self.marked()], self._screen.say
        if not ids:
            self._screen.status.say(say("choose a note"))
        else:
            word = say("trashed") if len(ids) == 1 else say("trashed n", n=len(ids))
            self.change(lambda: self._desk.trash(*ids), word)

    def tag(self, notes: Sequence[Note]) -> None:
        """Ask for tags to give to notes and to take away, and do it in one change."""
        say = self._screen.say
        if not notes:
            self._screen.status.say(say("choose a note"))
        if not notes or self.saving.refused():
            return
        ids = [note.id for note in notes]

        from kashaf_tui.explorer.screens.tagging import TagPalette  # noqa: PLC0415 -- not before first paint

        def tagged(tagging: Tagging | None) -> None:
            if tagging is None:
                return
            if tagging.add:
                self.used(tagging.add)
            word = (
                say("tagged notes", n=len(ids))
                if len(ids) > 1
                else tag_words(tagging.add) or say("tags taken")
            )
            self.change(lambda: self._desk.retag(ids, add=tagging.add, remove=tagging.remove), word)

        about = (
            notes[0].body or notes[0].quote or notes[0].about if len(ids) == 1 else say("n notes", n=len(ids))
        )
        palette = TagPalette(
            say, self._desk.codebook, self.used_tags(), [note.tags for note in notes], about=about
        )
        self._screen.app.push_screen(palette, tagged)

    def write_on_entity(self) -> None:
        row = self._screen.entities.entity
        if row is not None:
            self.drafting.new(EntityTarget(row.name, row.type))

    def write_on_search(self) -> None:
        query = self._screen.searching.answered or self._screen.searching.query
        text = " ".join((query.text, *query.filters))
        self.drafting.new(SearchTarget(text, query.rung, query.match))

    def export(self) -> None:
        """The marked notes, or else those that are shown."""
        notes = self.marked() if self._marked else self.shown()
        self.exporting.ask(notes, whole=len(notes) == len(self.notes))

    @property
    def writing(self) -> NoteEditor | None:
        """The editor, while something in it would be lost."""
        return self.drafting.editor


def by_article(notes: Sequence[Note]) -> dict[str, list[Note]]:
    """The notes with an end in each article."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        ends = {note.article_id} if note.other is None else {note.article_id, note.other.article_id}
        for article_id in ends - {""}:
            found.setdefault(article_id, []).append(note)
    return found
