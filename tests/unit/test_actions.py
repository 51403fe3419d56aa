"""The action registry: the one source of bindings, footer, help, palette and documentation."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable

import pytest

from kashaf_tui.explorer.action import PLACES, Action, footer_key, key_name
from kashaf_tui.explorer.actions import ACTIONS, actions_of
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.screens.asking import AskScreen, Question
from kashaf_tui.explorer.screens.asking_names import NameField, NameScreen, Types, TypeScreen
from kashaf_tui.explorer.screens.board import BoardScreen, Words
from kashaf_tui.explorer.screens.board import Rows as BoardRows
from kashaf_tui.explorer.screens.citation import Card, CitationScreen
from kashaf_tui.explorer.screens.codebook import CodebookScreen, Shown
from kashaf_tui.explorer.screens.codebook_asking import AskField
from kashaf_tui.explorer.screens.concordance import ConcordanceScreen, Lines
from kashaf_tui.explorer.screens.conflicts import ConflictsScreen
from kashaf_tui.explorer.screens.conflicts import Rows as ConflictRows
from kashaf_tui.explorer.screens.details import DetailsScreen, Rows, ValueField
from kashaf_tui.explorer.screens.differences import Blocks, DifferencesScreen
from kashaf_tui.explorer.screens.entities import EntitiesScreen, NameFilter
from kashaf_tui.explorer.screens.entities import Table as EntityRows
from kashaf_tui.explorer.screens.entity_page import EntityScreen
from kashaf_tui.explorer.screens.entity_page import Rows as PageRows
from kashaf_tui.explorer.screens.export import ExportScreen, Formats
from kashaf_tui.explorer.screens.help import help_lines
from kashaf_tui.explorer.screens.imports import ImportsScreen
from kashaf_tui.explorer.screens.imports import Lines as ImportLines
from kashaf_tui.explorer.screens.main import (
    Article,
    Entities,
    FacetPane,
    MainScreen,
    Notes,
    Results,
    SearchBox,
)
from kashaf_tui.explorer.screens.meeting import MeetingScreen, Places
from kashaf_tui.explorer.screens.merging import MergeField, MergeScreen
from kashaf_tui.explorer.screens.note_history import HistoryScreen
from kashaf_tui.explorer.screens.note_history import Rows as PastRows
from kashaf_tui.explorer.screens.parts import Beginning, NoteFilter
from kashaf_tui.explorer.screens.picker import PickerScreen
from kashaf_tui.explorer.screens.picker_parts import Files
from kashaf_tui.explorer.screens.quote_parts import QuoteFilter
from kashaf_tui.explorer.screens.quote_parts import Shown as QuoteRows
from kashaf_tui.explorer.screens.quotes import QuotesScreen
from kashaf_tui.explorer.screens.removed import Lines as RemovedLines
from kashaf_tui.explorer.screens.removed import RemovedScreen
from kashaf_tui.explorer.screens.splitting import Places as SplitPlaces
from kashaf_tui.explorer.screens.splitting import SplitScreen
from kashaf_tui.explorer.screens.story import Members, StoryScreen
from kashaf_tui.explorer.screens.tagging import TagField, TagPalette
from kashaf_tui.explorer.screens.timeline import Claims, Statements, TimelineScreen
from kashaf_tui.explorer.screens.trash import Rows as TrashRows
from kashaf_tui.explorer.screens.trash import TrashScreen
from kashaf_tui.explorer.wording import LANGUAGES, Wording

OWNERS = {
    "search": SearchBox,
    "results": Results,
    "article": Article,
    "entities": Entities,
    "notes": Notes,
    "note filter": NoteFilter,
    "export": Formats,
    "facets": FacetPane,
    "concordance": Lines,
    "beginning": Beginning,
    "add": Files,
    "imports": ImportLines,
    "removed": RemovedLines,
    "details": Rows,
    "editing": ValueField,
    "story": Members,
    "differences": Blocks,
    "tagging": TagField,
    "codebook": Shown,
    "asking": AskField,
    "agreeing": Question,
    "board": BoardRows,
    "finding": Words,
    "trash": TrashRows,
    "history": PastRows,
    "conflicts": ConflictRows,
    "citation": Card,
    "quotes": QuoteRows,
    "quote filter": QuoteFilter,
    "timeline": Statements,
    "claims": Claims,
    "all entities": EntityRows,
    "name filter": NameFilter,
    "entity": PageRows,
    "meeting": Places,
    "merging": MergeField,
    "splitting": SplitPlaces,
    "naming": NameField,
    "typing": Types,
}
SCREENS = {
    "export": ExportScreen,
    "add": PickerScreen,
    "imports": ImportsScreen,
    "removed": RemovedScreen,
    "details": DetailsScreen,
    "editing": DetailsScreen,
    "story": StoryScreen,
    "differences": DifferencesScreen,
    "tagging": TagPalette,
    "codebook": CodebookScreen,
    "asking": CodebookScreen,
    "concordance": ConcordanceScreen,
    "agreeing": AskScreen,
    "board": BoardScreen,
    "finding": BoardScreen,
    "trash": TrashScreen,
    "history": HistoryScreen,
    "conflicts": ConflictsScreen,
    "citation": CitationScreen,
    "quotes": QuotesScreen,
    "quote filter": QuotesScreen,
    "timeline": TimelineScreen,
    "claims": TimelineScreen,
    "all entities": EntitiesScreen,
    "name filter": EntitiesScreen,
    "entity": EntityScreen,
    "meeting": MeetingScreen,
    "merging": MergeScreen,
    "splitting": SplitScreen,
    "naming": NameScreen,
    "typing": TypeScreen,
}
ARABIC = re.compile("[\u0621-\u064a]")


def method_of(action: Action) -> Callable[..., object]:
    """Where Textual looks for an action: on the widget that has the binding and nowhere else, unless prefixed."""
    prefix, _, name = action.id.partition("(")[0].rpartition(".")
    screen = SCREENS.get(action.place, MainScreen)
    owner = {"screen": screen, "app": ExplorerApp, "": OWNERS.get(action.place, MainScreen)}[prefix]
    method: Callable[..., object] = getattr(owner, f"action_{name}")
    return method


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.place}.{action.id}")
def test_every_action_has_keys_and_labels_and_somebody_who_does_it(action: Action) -> None:
    assert action.keys
    assert action.english
    assert ARABIC.search(action.arabic)
    assert action.short is None or ARABIC.search(action.short_label("ar"))
    assert callable(method_of(action))


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: str) -> None:
    keys = Counter(key for action in ACTIONS if action.place == place for key in action.keys)
    assert [key for key, count in keys.items() if count > 1] == []


def test_every_place_can_be_reached_by_a_function_key() -> None:
    reachable = {
        action.id
        for action in actions_of("everywhere")
        if any(re.fullmatch(r"f\d+", key) for key in action.keys)
    }
    # An empty workspace has its place by itself; the screens about an article are reached from it.
    about = {
        "removed",
        "details",
        "editing",
        "story",
        "differences",
        "note filter",
        "export",
        "agreeing",
        "board",
        "finding",
        "trash",
        "history",
        "conflicts",
        "citation",
        "tagging",
        "codebook",
        "asking",
        # Reached by letters, which every layout has.
        "all entities",
        "name filter",
        "entity",
        "meeting",
        "merging",
        "splitting",
        "naming",
        "typing",
        "quotes",
        "quote filter",
        "timeline",
        "claims",
    }
    assert set(OWNERS) - {"beginning"} - about <= reachable


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_action_of_a_place_and_those_that_work_everywhere(language: str) -> None:
    say = Wording(language)
    shown = "\n".join(help_lines(say, "article"))
    for action in actions_of("article", "everywhere"):
        assert action.label(language) in shown
        assert all(key_name(key) in shown for key in action.keys)


def test_footer_keys_are_short() -> None:
    for action in ACTIONS:
        if action.short:
            assert len(footer_key(action)) <= len("Space")


def test_actions_take_what_their_ids_give() -> None:
    for action in ACTIONS:
        given = len([part for part in action.id.partition("(")[2].rstrip(")").split(",") if part.strip()])
        inspect.signature(method_of(action)).bind(None, *range(given))
