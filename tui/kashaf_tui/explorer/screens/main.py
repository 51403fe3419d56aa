"""The main screen: search, results, article, entities and notes, and the ways between them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen

from kashaf.entities.model import EntityRow
from kashaf.errors import IndexMissing, KashafError
from kashaf.workspace import Workspace
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.actions import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.calibration import CalibrationBar
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine, Opened
from kashaf_tui.explorer.flows.notes import NotesFlow
from kashaf_tui.explorer.flows.panes import PANES, PaneFlow
from kashaf_tui.explorer.flows.reading import ReadingFlow
from kashaf_tui.explorer.flows.searching import SearchFlow
from kashaf_tui.explorer.messages import (
    AnchorsChecked,
    ArticleReady,
    EntitiesRead,
    IndexOpened,
    IndexRenewed,
    MentionsReady,
    MoreDone,
    NotesChanged,
    NotesShown,
    SearchDone,
    Trouble,
)
from kashaf_tui.explorer.panes.entities import EntityList
from kashaf_tui.explorer.panes.notes import NoteList
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.panes.results import ResultList
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.status import Status
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar, Ladder
from kashaf_tui.explorer.widgets.mirror import Mirrored
from kashaf_tui.explorer.widgets.paint import facts, label, left_to_right
from kashaf_tui.explorer.widgets.text_field import Changed, Submitted, TextInput
from kashaf_tui.explorer.wording import Wording

MIN_WIDTH, MIN_HEIGHT = 60, 15

RENEW_EVERY = 5.0  # seconds between two looks whether another process has written a newer index


class SearchBox(TextInput):
    """The query. Its keys are few: everything else is typed."""

    BINDINGS: ClassVar = bindings_for("search")


class Results(Mirrored, ResultList):
    BINDINGS: ClassVar = bindings_for("results")


class Article(Mirrored, Reader):
    BINDINGS: ClassVar = bindings_for("article")


class Entities(Mirrored, EntityList):
    BINDINGS: ClassVar = bindings_for("entities")


class Notes(Mirrored, NoteList):
    BINDINGS: ClassVar = bindings_for("notes")


class MainScreen(Screen[None]):
    """Owns the widgets; what happens in them is decided in the three flows."""

    BINDINGS: ClassVar = bindings_for("everywhere")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it as an attribute
        (0, "-tiny"),
        (MIN_WIDTH, "-narrow"),
        (112, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (MIN_HEIGHT, "-tall"),
    ]

    def __init__(
        self, workspace: Workspace, say: Wording, engine: Engine, desk: Desk, last: LastPlace
    ) -> None:
        super().__init__()
        self.export_folder = workspace.exports
        self.say = say
        self.last = last
        self.head = Bar(f"kashaf · {workspace.name}", base=say.base, id="head")
        self.box = SearchBox(last.query, placeholder=say("query"), base=say.base, id="search")
        self.count = Bar(base=say.base, id="count")
        self.ladder = Ladder(base=say.base, id="ladder")
        self.filters = Bar(base=say.base, id="filters")
        self.results = Results(say, id="results")
        self.facts = Bar(base=say.base, mirrored=False, id="facts")
        self.article = Article(id="article", empty=say("no article"))
        self.entities = Entities(say, id="entities", empty=say("no entities"))
        self.notes = Notes(say, id="notes")
        self.keys = KeyBar(say.language, id="keys")
        self.too_small = Bar(base=say.base, id="too-small")
        self.searching = SearchFlow(self, engine)
        self.reading = ReadingFlow(self, engine, desk)
        self.noting = NotesFlow(self, engine, desk, workspace.state)
        self._engine = engine
        self._opened = False
        self.status = Status(self.keys)
        self.panes = PaneFlow(self, last.tab)

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="query"):
            yield Bar(" /", base=self.say.base, id="prompt")
            yield self.box
            yield self.count
        with Horizontal(id="rungs"):
            yield self.ladder
            yield self.filters
        with Horizontal(id="panes"):
            yield self.results
            with Vertical(id="reader"):
                yield self.facts
                yield self.article
            with Vertical(id="side"):
                yield self.entities
                yield self.notes
        yield CalibrationBar()
        yield self.keys
        yield self.too_small

    def on_mount(self) -> None:
        self.query_one("#results").border_title = label(self.say("results"), base=self.say.base)
        self.query_one("#reader").border_title = label(self.say("article"), base=self.say.base)
        self.panes.show_tab(self.panes.tab)
        self.set_focus(self.box)
        self._open()
        self.noting.open()

    def on_resize(self) -> None:
        size = self.app.size
        self.too_small.show(self.say("too small", w=size.width, h=size.height))

    # Start

    @work(group="open")
    async def _open(self) -> None:
        try:
            self.post_message(IndexOpened(await self._engine.open()))
        except KashafError as error:
            self.post_message(Trouble(error, "index"))

    @on(IndexOpened)
    def _on_index_opened(self, message: IndexOpened) -> None:
        self._opened = True
        self._show_index(message.opened)
        self.searching.start(self.last)
        if self.last.article:
            self.reading.open(self.last.article, caret=self.last.caret)
        untouched = self.pane == "search" and self.box.value == self.last.query
        if self.last.pane in PANES and self.last.article and untouched:
            self.panes.go(self.last.pane)
        self.reading.read_entities()
        self.noting.check_anchors()
        self.set_interval(RENEW_EVERY, self._renew)

    def _show_index(self, opened: Opened) -> None:
        time = left_to_right(opened.generation_time)
        articles = self.say("articles", n=opened.articles)
        self.head.show(right=facts([articles, self.say("index of", time=time)]))

    @work(group="renew", exclusive=True)
    async def _renew(self) -> None:
        with suppress(KashafError):  # the index that is open goes on answering
            if (opened := await self._engine.renew()) is not None:
                self.post_message(IndexRenewed(opened))

    @on(IndexRenewed)
    def _on_index_renewed(self, message: IndexRenewed) -> None:
        self._show_index(message.opened)
        self.status.say(self.say("newer index"))
        self.searching.again()
        self.reading.read_entities()
        self.noting.check_anchors()

    # Panes

    @property
    def pane(self) -> Place:
        """The place of the action registry that has the focus."""
        return self.panes.here

    def on_descendant_focus(self) -> None:
        self.panes.focused()
        self.keys.show_place(self.pane)

    def place(self) -> LastPlace | None:
        """Where the analyst is; None before the index is open, when there is no place yet."""
        if not self._opened:
            return None
        return replace(
            self.last,
            query=self.box.value,
            rung=self.searching.query.rung,
            sort=self.searching.query.sort,
            article=self.reading.article_id,
            caret=self.article.caret,
            pane=self.panes.last,
            tab=self.panes.tab,
            tashkeel=self.article.options.marks,
        )

    def show_copied(self, copied: Copied) -> None:
        self.status.say(how_copied(copied, self.say))

    def action_pane(self, step: int) -> None:
        self.panes.step(step)

    def action_search(self) -> None:
        self.panes.go("search")

    def action_results(self) -> None:
        self.panes.go("results")

    def action_article(self) -> None:
        self.panes.go("article")

    def action_entities(self) -> None:
        self.panes.go("entities")

    def action_notes(self) -> None:
        self.panes.go("notes")

    def action_back(self) -> None:
        """Out of the mark, if there is one; else to where the analyst was."""
        if not (self.pane == "article" and self.article.cancel_mark()):
            self.panes.back()

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, self.pane))

    def action_undo(self) -> None:
        self.noting.undo()

    def action_redo(self) -> None:
        self.noting.redo()

    # What the widgets say

    @on(Changed)
    def _on_query_changed(self, message: Changed) -> None:
        if message.field is self.box:
            self.searching.typed(message.value)

    @on(Submitted)
    def _on_query_submitted(self) -> None:
        self.searching.now()
        self.panes.go("results")

    @on(Results.Moved, "#results")
    def _on_result_moved(self) -> None:
        if self.results.current is not None:
            self.reading.open(self.results.current.id)
            self.searching.more()

    @on(Results.Chosen, "#results")
    def _on_result_chosen(self) -> None:
        self._on_result_moved()
        self.panes.go("article")

    @on(Entities.Chosen, "#entities")
    def _on_entity_chosen(self) -> None:
        if self.entities.current is None:
            return
        self.box.set(spellings_query(self.reading.everywhere(self.entities.current)))
        self.searching.now()
        self.panes.go("results")

    @on(EntityList.MentionWanted)
    def _on_mention_wanted(self) -> None:
        if self.entities.current is not None:
            self.reading.next_mention(self.entities.current)

    @on(Reader.Moved)
    def _on_reader_moved(self) -> None:
        self.reading.show_facts()

    @on(Reader.Asked)
    def _on_reader_asked(self, message: Reader.Asked) -> None:
        match message.wish:
            case "next" | "previous":
                self.results.action_move(1 if message.wish == "next" else -1)
            case _:
                self.reading.asked(message.wish)

    @on(Notes.Chosen, "#notes")
    def _on_note_chosen(self) -> None:
        if self.notes.current is not None:
            note = self.notes.current.note
            self.reading.open(note.target.article_id, note=note)
            self.panes.go("article")

    # What the workers say

    @on(MoreDone)
    def _on_more_done(self, message: MoreDone) -> None:
        self.searching.show_more(message)

    @on(SearchDone)
    def _on_search_done(self, message: SearchDone) -> None:
        self.searching.show(message)

    @on(ArticleReady)
    def _on_article_ready(self, message: ArticleReady) -> None:
        self.reading.show(message)
        self.noting.show_rows()

    @on(AnchorsChecked)
    def _on_anchors_checked(self, message: AnchorsChecked) -> None:
        self.noting.show_anchors(message)

    @on(MentionsReady)
    def _on_mentions_ready(self, message: MentionsReady) -> None:
        self.reading.show_mentions(message)

    @on(NotesChanged)
    def _on_notes_changed(self, message: NotesChanged) -> None:
        self.noting.show(message)
        self.reading.show_notes(message.notes)
        self.post_message(NotesShown())

    @on(EntitiesRead)
    def _on_entities_read(self, message: EntitiesRead) -> None:
        self.reading.show_entities(message)

    @on(Trouble)
    def _on_trouble(self, message: Trouble) -> None:
        match message.about:
            case "search":
                self.searching.failed(message)
            case "index":
                missing = isinstance(message.error, IndexMissing)
                self.article.teach(self.say("no index") if missing else self.say.told(message.error))
            case "notes":
                self.status.stand(self.say("not saved", why=self.say.told(message.error.what)))
                self.noting.trouble(message.error)
            case _:
                self.status.say(self.say.told(message.error))

    # Changes to the notes are actions of the screen, not messages to it: the key itself queues them

    def action_highlight(self) -> None:
        self.noting.mark(self.article, write=False)

    def action_note(self) -> None:
        self.noting.mark(self.article, write=True)

    def action_edit(self) -> None:
        self.noting.asked("edit", self.notes.current)

    def action_trash(self) -> None:
        self.noting.asked("trash", self.notes.current)

    def action_export(self) -> None:
        self.noting.asked("export", self.notes.current)

    # Results keys that belong to the search

    def action_rung(self, rung: str) -> None:
        self.searching.set_rung(rung)

    def action_sort(self) -> None:
        self.searching.toggle_sort()

    def action_why(self) -> None:
        self.searching.explain(self.results.current)

    def action_submit(self) -> None:
        self._on_query_submitted()


def spellings_query(row: EntityRow) -> str:
    """A query for an entity under every spelling it was met in: phrases joined by OR, the commonest first."""
    forms = list(dict.fromkeys([row.name, *(form for form, _ in row.variants)]))[:12]
    phrases = ['"' + form.replace('"', " ").strip() + '"' for form in forms]
    return " OR ".join(phrases)
