"""The main screen: what keys do and where messages go. Its widgets are in `parts`."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on

from kashaf.workspace import Workspace
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.action import Place
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.completing import CompletionFlow
from kashaf_tui.explorer.flows.filtering import FilterFlow
from kashaf_tui.explorer.flows.helping import HelpFlow
from kashaf_tui.explorer.flows.mentions import MentionFlow
from kashaf_tui.explorer.flows.notes import NotesFlow
from kashaf_tui.explorer.flows.opening import OpeningFlow
from kashaf_tui.explorer.flows.panes import EMPTY, PaneFlow
from kashaf_tui.explorer.flows.reading import ReadingFlow
from kashaf_tui.explorer.flows.searching import SearchFlow
from kashaf_tui.explorer.flows.why import why_lines
from kashaf_tui.explorer.messages import IndexOpened, IndexRenewed
from kashaf_tui.explorer.panes.completions import CompletionList
from kashaf_tui.explorer.panes.reader import Reader
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.screens.answers import Answers
from kashaf_tui.explorer.screens.entity_actions import EntityActions
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.note_actions import NoteActions
from kashaf_tui.explorer.screens.parts import Article, Entities, FacetPane, Notes, Results, Side
from kashaf_tui.explorer.screens.settle_actions import SettleActions
from kashaf_tui.explorer.screens.text import TextScreen
from kashaf_tui.explorer.status import Status
from kashaf_tui.explorer.widgets.paint import isolated, label
from kashaf_tui.explorer.widgets.pieces_line import PieceLine
from kashaf_tui.explorer.widgets.query_lines import MORE
from kashaf_tui.explorer.widgets.search_box import SearchBox
from kashaf_tui.explorer.widgets.text_field import Changed
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.concordance import ConcordanceFlow
    from kashaf_tui.explorer.flows.importing import ImportFlow
    from kashaf_tui.explorer.flows.revising import ReviseFlow

__all__ = ["Article", "Entities", "FacetPane", "MainScreen", "Notes", "Results", "SearchBox"]

PROGRESS_EVERY = 0.25  # seconds between two looks at an import under way


class MainScreen(EntityActions, SettleActions, NoteActions, Answers):
    """Owns the widgets; what happens in them is decided in the flows."""

    BINDINGS: ClassVar = bindings_for("everywhere")

    def __init__(
        self,
        workspace: Workspace,
        say: Wording,
        engine: Engine,
        desk: Desk,
        last: LastPlace,
        importing: ImportFlow,
        revising: ReviseFlow,
    ) -> None:
        super().__init__(say, f"kashaf · {workspace.name}", last.query)
        self.export_folder = workspace.exports
        self.last = last
        self.searching = SearchFlow(self, engine)
        self.helping = HelpFlow(self, engine)
        self.completing = CompletionFlow(self, engine)
        self.filtering = FilterFlow(self, engine)
        self.reading = ReadingFlow(self, engine, desk)
        self.mentioned = MentionFlow(self, engine)
        self.noting = NotesFlow(self, engine, desk, workspace.state)
        self.importing = importing
        self.revising = revising
        self._engine = engine
        self.opening = OpeningFlow(self, engine)
        self.status = Status(self.keys)
        self.panes = PaneFlow(self, last.tab)
        self._desk = desk
        self._concordance: ConcordanceFlow | None = None

    def on_mount(self) -> None:
        for pane in (self.results, self.explainer):
            pane.border_title = label(self.say("results"), base=self.say.base)
        self.completions.display = self.filters.display = False
        self.query_one("#reader").border_title = label(self.say("article"), base=self.say.base)
        self.panes.show_tab(self.panes.tab)
        self.beginning.border_title = label(self.say("beginning title"), base=self.say.base)
        self.set_focus(self.box)
        self.opening.open()
        self.noting.open()
        self.set_interval(PROGRESS_EVERY, self.importing.show_progress)

    @property
    def is_empty(self) -> bool:
        """Whether there is no article yet."""
        return self.has_class(EMPTY)

    def on_resize(self) -> None:
        size = self.app.size
        self.too_small.show(self.say("too small", w=size.width, h=size.height))
        self.completing.close()
        self.call_later(self.searching.show_ladder)

    # Start

    def teach(self) -> None:
        self.opening.teach()

    @on(IndexOpened)
    def _on_index_opened(self, message: IndexOpened) -> None:
        self.opening.opened(message.opened)

    @on(IndexRenewed)
    def _on_index_renewed(self, message: IndexRenewed) -> None:
        if self._concordance is not None:
            self._concordance.forget()
        self.forget_corpus()
        self.opening.renewed(message)

    # Panes

    @property
    def pane(self) -> Place:
        """The place of the action registry that has the focus."""
        return self.panes.here

    def on_descendant_focus(self) -> None:
        self.panes.focused()
        if self.pane != "search":
            self.completing.close()
        self.keys.show_place(self.pane)

    def place(self) -> LastPlace | None:
        """Where the analyst is; None before the index is open, when there is no place yet."""
        if not self.opening.done:
            return None
        return replace(
            self.last,
            query=self.box.value,
            filters=self.searching.query.filters,
            rung=self.searching.query.rung,
            match=self.searching.query.match,
            sort=self.searching.query.sort,
            grouped=self.searching.query.group,
            article=self.reading.article_id,
            caret=self.article.caret,
            pane=self.panes.last,
            tab=self.panes.tab,
            codes=self.noting.last_codes,
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

    def action_facets(self) -> None:
        self.panes.go("facets")

    def action_concordance(self) -> None:
        from kashaf_tui.explorer.flows.concordance import ConcordanceFlow  # noqa: PLC0415 -- not before first paint

        if self._concordance is None:
            self._concordance = ConcordanceFlow(self, self._engine, self._desk)
        self._concordance.open()

    def action_codebook(self) -> None:
        from kashaf_tui.explorer.flows.codebook import CodebookFlow  # noqa: PLC0415 -- not before first paint

        if self._codebook is None:
            self._codebook = CodebookFlow(self, self._engine, self._desk)
        self._codebook.open()

    def action_add(self) -> None:
        self.importing.pick()

    def action_imports(self) -> None:
        self.importing.watch()

    def action_removed(self) -> None:
        self.revising.show_removed()

    def action_details(self) -> None:
        self.revising.show_details()

    def action_story(self) -> None:
        self.revising.show_story()

    def action_clear_filters(self) -> None:
        self.filtering.clear()

    def action_back(self) -> None:
        """Out of the mark or the completions, if there are any; else to where the analyst was."""
        if self.completing.close() or (self.pane == "article" and self.article.cancel_mark()):
            return
        if self.noting.words.drop_link() or (self.pane == "notes" and self.noting.unmark()):
            return
        if self._concordance is not None and self._concordance.come_back():
            self._concordance.open()
        elif not self.come_back():
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
            self.completing.typed()

    @on(CompletionList.Taken)
    def _on_completion_taken(self, message: CompletionList.Taken) -> None:
        self.completing.take(message.offer)

    @on(PieceLine.Chosen)
    def _on_piece_chosen(self, message: PieceLine.Chosen) -> None:
        if message.means == MORE:
            self.panes.go("facets")
        elif message.line is self.ladder:
            self.searching.set_rung(message.means)
        else:
            self.filtering.remove(message.means)

    @on(Side.TitleClicked)
    def _on_side_clicked(self, message: Side.TitleClicked) -> None:
        self.panes.clicked_tab(message.column)

    @on(FacetPane.Chosen, "#facets")
    def _on_facet_chosen(self) -> None:
        if self.facets.current is not None and self.facets.current.filter:
            self.filtering.toggle(self.facets.current.filter)

    @on(Results.Moved, "#results")
    def _on_result_moved(self) -> None:
        if self.results.current is not None:
            self.reading.open(self.results.current.id)
            self.searching.more()

    @on(Results.Chosen, "#results")
    def _on_result_chosen(self) -> None:
        self._on_result_moved()
        self.panes.go("article")

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

    # Keys of several places that belong to the search

    def action_rung(self, rung: str) -> None:
        self.searching.set_rung(rung)

    def action_sort(self) -> None:
        self.searching.next_sort()

    def action_match(self) -> None:
        self.searching.set_match()

    def action_group(self) -> None:
        self.searching.group()

    def action_as_typed(self) -> None:
        self.searching.as_typed()

    def action_why(self) -> None:
        hit, query = self.results.current, self.searching.answered
        if hit is not None and query is not None:
            lines = list(why_lines(self.say, hit, query))
            self.app.push_screen(TextScreen(self.say("why"), lines, self.say("close")))

    def action_more_like(self) -> None:
        """Search what is like the article that is open, which is the one selected in the list."""
        reading = self.article.reading
        if reading is not None:
            self.searching.words(f"similar:{reading.article.id}")
            self.status.say(self.say("like", title=isolated(reading.article.title)))

    def action_without(self) -> None:
        if self.facets.current is not None and self.facets.current.filter:
            self.filtering.toggle("-" + self.facets.current.filter.removeprefix("-"))

    def action_unfilter(self) -> None:
        if self.facets.current is not None and self.facets.current.filter:
            self.filtering.remove(self.facets.current.filter)

    def action_complete(self, step: int) -> None:
        self.completing.step(step)

    def action_submit(self) -> None:
        if (offer := self.completing.chosen) is not None:
            self.completing.take(offer)
            return
        self.searching.submit()
        self.panes.go("results")
