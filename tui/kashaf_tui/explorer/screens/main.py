"""The main screen: search, results, article, entities and notes, and the ways between them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual import on, work
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.widget import Widget

from kashaf.entities.model import EntityRow
from kashaf.errors import IndexMissing, KashafError
from kashaf_tui.explorer.actions import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.notes import NotesFlow
from kashaf_tui.explorer.flows.reading import ReadingFlow
from kashaf_tui.explorer.flows.searching import SearchFlow
from kashaf_tui.explorer.messages import (
    ArticleReady,
    EntitiesRead,
    IndexOpened,
    MentionsReady,
    MoreDone,
    NotesChanged,
    SearchDone,
    Trouble,
)
from kashaf_tui.explorer.panes.entities import EntityList
from kashaf_tui.explorer.panes.notes import NoteList
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.panes.results import ResultList
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar, Ladder
from kashaf_tui.explorer.widgets.paint import facts, label, left_to_right
from kashaf_tui.explorer.widgets.text_field import Changed, Submitted, TextInput
from kashaf_tui.explorer.wording import Wording

MIN_WIDTH, MIN_HEIGHT = 60, 15

# In the order of Tab. Every id here is also a place of the action registry, but for the reader's.
PANES = ("search", "results", "article", "entities", "notes")


class SearchBox(TextInput):
    """The query. Its keys are few: everything else is typed."""

    BINDINGS: ClassVar = bindings_for("search")


class Results(ResultList):
    BINDINGS: ClassVar = bindings_for("results")


class Article(Reader):
    BINDINGS: ClassVar = bindings_for("article")


class Entities(EntityList):
    BINDINGS: ClassVar = bindings_for("entities")


class Notes(NoteList):
    BINDINGS: ClassVar = bindings_for("notes")


class MainScreen(Screen[None]):
    """Owns the widgets; what happens in them is decided in the three flows."""

    BINDINGS: ClassVar = bindings_for("everywhere")
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012 -- Textual declares it as an attribute
        (0, "-tiny"),
        (MIN_WIDTH, "-narrow"),
        (100, "-wide"),
    ]
    VERTICAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-flat"),
        (MIN_HEIGHT, "-tall"),
    ]

    def __init__(
        self, name: str, exports: Path, say: Wording, engine: Engine, desk: Desk, last: LastPlace
    ) -> None:
        super().__init__()
        self.export_folder = exports
        self.say = say
        self.last = last
        self.head = Bar(f"kashaf · {name}", base=say.base, id="head")
        self.box = SearchBox(last.query, placeholder=say("query"), id="search")
        self.count = Bar(base=say.base, id="count")
        self.ladder = Ladder(id="ladder")
        self.filters = Bar(base=say.base, id="filters")
        self.results = Results(say, id="results")
        self.facts = Bar(base=say.base, id="facts")
        self.article = Article(id="article", empty=say("no article"))
        self.entities = Entities(id="entities", empty=say("no entities"))
        self.notes = Notes(say, id="notes")
        self.keys = KeyBar(say.language, id="keys")
        self.too_small = Bar(base=say.base, id="too-small")
        self.searching = SearchFlow(self, engine)
        self.reading = ReadingFlow(self, engine, desk)
        self.noting = NotesFlow(self, desk)
        self._engine = engine
        self._opened = False
        self._standing = ""
        self._passing = ""
        self._last_pane: Place = "search"
        self._tab = last.tab if last.tab in ("entities", "notes") else "entities"

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="query"):
            yield Bar(" /", id="prompt")
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
        yield self.keys
        yield self.too_small

    def on_mount(self) -> None:
        self.query_one("#results").border_title = label(self.say("results"))
        self.query_one("#reader").border_title = label(self.say("article"))
        self.show_tab(self._tab)
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
        say, opened = self.say, message.opened
        time = left_to_right(opened.generation_time)
        self.head.show(right=facts([say("articles", n=f"{opened.articles:,}"), say("index of", time=time)]))
        self.searching.start(self.last)
        if self.last.article:
            self.reading.open(self.last.article, caret=self.last.caret)
        if self.last.pane in PANES and self.last.article:
            self.focus_pane(self.last.pane)
        self.reading.read_entities()

    # Panes

    @property
    def pane(self) -> Place:
        """The place of the action registry that has the focus."""
        node: Widget | None = self.focused
        return node.id if node is not None and node.id in PANES else "everywhere"  # type: ignore[return-value]

    def focus_pane(self, pane: str) -> None:
        """Bring a pane into view and give it the focus."""
        if pane in ("entities", "notes"):
            self.show_tab(pane)
        self.set_class(pane in ("entities", "notes"), "-side")
        self.set_focus({"search": self.box}.get(pane) or self.query_one(f"#{pane}", Widget))

    def show_tab(self, tab: str) -> None:
        """Which of the two side panes is in front."""
        self._tab = tab
        self.entities.display = tab == "entities"
        self.notes.display = tab == "notes"
        names = {key: self.say(key) for key in ("entities", "notes")}
        shown = "  ".join(f"[{name}]" if key == tab else name for key, name in names.items())
        self.query_one("#side").border_title = label(shown)

    def on_descendant_focus(self) -> None:
        self.keys.show_place(self.pane)
        if self.pane != "everywhere":
            self._last_pane = self.pane

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
            pane=self._last_pane,
            tab=self._tab,
            tashkeel=self.article.options.marks,
        )

    def action_pane(self, step: int) -> None:
        shown = [pane for pane in PANES if pane not in ("entities", "notes") or pane == self._tab]
        here = shown.index(self.pane) if self.pane in shown else 0
        self.focus_pane(shown[(here + step) % len(shown)])

    def action_search(self) -> None:
        self.focus_pane("search")

    def action_results(self) -> None:
        self.focus_pane("results")

    def action_article(self) -> None:
        self.focus_pane("article")

    def action_entities(self) -> None:
        self.focus_pane("entities")

    def action_notes(self) -> None:
        self.focus_pane("notes")

    def action_back(self) -> None:
        """One step towards the search box, after what is under way in the pane itself."""
        if self.pane == "article" and self.article.cancel_mark():
            return
        back = {"search": "article", "article": "results", "results": "search"}.get(self.pane, "article")
        if back == "article" and self.article.reading is None:
            back = "results" if self.results.rows else "search"
        self.focus_pane(back)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, self.pane))

    def action_undo(self) -> None:
        self.noting.undo()

    def action_redo(self) -> None:
        self.noting.redo()

    def status(self, text: str, *, standing: str | None = None) -> None:
        """Say something in the status line; `standing` is what stays there beside it until it is replaced."""
        self._standing = self._standing if standing is None else standing
        self._passing = text
        self.keys.show(right=" · ".join(filter(None, (text, self._standing))))

    @property
    def passing_status(self) -> str:
        return self._passing

    # What the widgets say

    @on(Changed)
    def _on_query_changed(self, message: Changed) -> None:
        if message.field is self.box:
            self.searching.typed(message.value)

    @on(Submitted)
    def _on_query_submitted(self) -> None:
        self.searching.now()
        self.focus_pane("results")

    @on(Results.Moved, "#results")
    def _on_result_moved(self) -> None:
        if self.results.current is not None:
            self.reading.open(self.results.current.id)
            self.searching.more()

    @on(Results.Chosen, "#results")
    def _on_result_chosen(self) -> None:
        self._on_result_moved()
        self.focus_pane("article")

    @on(Entities.Chosen, "#entities")
    def _on_entity_chosen(self) -> None:
        if self.entities.current is None:
            return
        self.box.set(spellings_query(self.entities.current))
        self.searching.now()
        self.focus_pane("results")

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
            case "highlight" | "note":
                self.noting.mark(self.article, write=message.wish == "note")
            case _:
                self.reading.asked(message.wish)

    @on(Notes.Chosen, "#notes")
    def _on_note_chosen(self) -> None:
        if self.notes.current is not None:
            self.reading.go_to_note(self.notes.current.note)
            self.focus_pane("article")

    @on(NoteList.Asked)
    def _on_note_asked(self, message: NoteList.Asked) -> None:
        self.noting.asked(message.wish, self.notes.current)

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

    @on(MentionsReady)
    def _on_mentions_ready(self, message: MentionsReady) -> None:
        self.reading.show_mentions(message)

    @on(NotesChanged)
    def _on_notes_changed(self, message: NotesChanged) -> None:
        self.noting.show(message)
        self.reading.show_notes(message.notes)

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
                self.article.teach(self.say("no index") if missing else str(message.error))
            case "notes":
                self.status(self.say("not saved", why=str(message.error)))
                self.noting.trouble(message.error)
            case _:
                self.status(str(message.error))

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
