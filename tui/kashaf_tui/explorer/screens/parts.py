"""The main screen's widgets and where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.message import Message
from textual.screen import Screen

from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.calibration import CalibrationBar
from kashaf_tui.explorer.panes.completions import CompletionList
from kashaf_tui.explorer.panes.entities import EntityList
from kashaf_tui.explorer.panes.explainer import Explainer
from kashaf_tui.explorer.panes.facets import FacetList
from kashaf_tui.explorer.panes.notes import NoteList
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.panes.results import ResultList
from kashaf_tui.explorer.screens.sized import Sized
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Mirrored, runs_rtl
from kashaf_tui.explorer.widgets.query_lines import FilterLine, Ladder
from kashaf_tui.explorer.widgets.search_box import SearchBox
from kashaf_tui.explorer.widgets.text_field import TextInput
from kashaf_tui.explorer.wording import Wording

_TITLE = 3  # cells of the border before a title's text


class Results(Mirrored, ResultList):
    BINDINGS: ClassVar = bindings_for("results")


class NoResults(Mirrored, Explainer):
    """Has the keys of the results, whose place it takes."""

    BINDINGS: ClassVar = bindings_for("results")


class Article(Mirrored, Reader):
    BINDINGS: ClassVar = bindings_for("article")


class Entities(Mirrored, EntityList):
    BINDINGS: ClassVar = bindings_for("entities")


class Notes(Mirrored, NoteList):
    BINDINGS: ClassVar = bindings_for("notes")


class FacetPane(Mirrored, FacetList):
    BINDINGS: ClassVar = bindings_for("facets")


class NoteFilter(TextInput):
    """What notes are filtered by: stands above them as long as it holds something."""

    BINDINGS: ClassVar = bindings_for("note filter")


class Beginning(Mirrored, Explainer):
    """In the place of all panes while there is no article."""

    BINDINGS: ClassVar = bindings_for("beginning")


class Side(Vertical):
    """The pane of several lists, whose names are its title."""

    @dataclass
    class TitleClicked(Message):
        """column: cells from where the title's text begins, in the direction of the interface."""

        column: int

    def on_click(self, event: events.Click) -> None:
        offset = event.screen_offset - self.region.offset
        if offset.y == 0:
            column = self.region.width - 1 - offset.x if runs_rtl(self) else offset.x
            self.post_message(self.TitleClicked(column - _TITLE))


class Completions(Mirrored, CompletionList, can_focus=False):
    """Lies over the panes while it is open."""


class Parts(Screen[None]):
    """The widgets, empty."""

    HORIZONTAL_BREAKPOINTS = Sized.HORIZONTAL_BREAKPOINTS
    VERTICAL_BREAKPOINTS = Sized.VERTICAL_BREAKPOINTS

    def __init__(self, say: Wording, title: str, query: str) -> None:
        """title: at the beginning of the first line. query: what stands in the box."""
        super().__init__()
        self.say = say
        self.head = Bar(title, base=say.base, id="head")
        self.box = SearchBox(query, placeholder=say("query"), base=say.base, id="search")
        self.count = Bar(base=say.base, id="count")
        self.ladder = Ladder(base=say.base, id="ladder")
        self.notice = Bar(base=say.base, id="notice")
        self.filters = FilterLine(base=say.base, id="filters")
        self.results = Results(say, id="results")
        self.explainer = NoResults(id="explainer")
        self.beginning = Beginning(id="beginning")
        self.facts = Bar(base=say.base, mirrored=False, id="facts")
        self.article = Article(id="article", empty=say("no article"))
        self.entities = Entities(say, id="entities", empty=say("no entities"))
        self.entity_about = Bar(base=say.base, id="entity-about")
        self.entity_forms = Bar(base=say.base, id="entity-forms")
        self.notes_head = Bar(base=say.base, id="notes-head")
        self.notes_filter = NoteFilter(placeholder=say("filter notes"), base=say.base, id="note-filter")
        self.notes = Notes(say, id="notes")
        self.facets = FacetPane(say, id="facets")
        self.completions = Completions(id="completions")
        self.keys = KeyBar(say.language, id="keys")
        self.too_small = Bar(base=say.base, id="too-small")

    def compose(self) -> ComposeResult:
        yield self.head
        with Horizontal(id="query"):
            yield Bar(" /", base=self.say.base, id="prompt")
            yield self.box
            yield self.count
        with Horizontal(id="rungs"):
            yield self.ladder
            yield self.notice
        yield self.filters
        with Horizontal(id="panes"):
            yield self.beginning
            yield self.results
            yield self.explainer
            with Vertical(id="reader"):
                yield self.facts
                yield self.article
            with Side(id="side"):
                yield self.entities
                yield self.entity_about
                yield self.entity_forms
                yield self.notes_head
                yield self.notes_filter
                yield self.notes
                yield self.facets
        yield CalibrationBar()
        yield self.keys
        yield self.completions
        yield self.too_small
