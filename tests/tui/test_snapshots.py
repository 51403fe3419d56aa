"""What the explorer looks like, at both sizes. `make snapshots` takes these anew: look at them before you commit.

Taken with the lowest Python that is supported, and only compared there: Rich draws the same, CPython's `unicodedata`
does not.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst
from textual.pilot import Pilot

from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]


@pytest.fixture(params=SIZES, ids=["80x24", "120x40"])
def look(
    request: pytest.FixtureRequest, case: Path, snap_compare: Compare, monkeypatch: pytest.MonkeyPatch
) -> Callable[..., bool]:
    """Compare the screen after a text was searched and keys were pressed."""
    monkeypatch.setenv("TZ", "UTC")

    def compare(*keys: str, text: str = "", settings: str = "", state: str = "") -> bool:
        if settings:
            (case / "kashaf.yaml").write_text(settings, encoding="utf-8")
        if state:
            (case / "state").mkdir(exist_ok=True)
            (case / "state" / "explorer.yaml").write_text(state, encoding="utf-8")
        session = Session(case)
        session.searcher.created = "2026-01-02T03:04:05+00:00"
        app = ExplorerApp(session)

        async def act(pilot: Pilot[int]) -> None:
            analyst = Analyst(app, pilot)
            await analyst.settle()
            await analyst.type(text)
            await analyst.press(*keys)
            # Style sheets are applied a little after what asked for it.
            await pilot.pause(0.4)
            await analyst.settle()

        run_before: Callable[[Pilot[int]], Awaitable[None]] = act
        try:
            return snap_compare(app, terminal_size=request.param, run_before=run_before)
        finally:
            app.close_stores()

    return compare


def test_all_articles_before_anything_is_typed(look: Compare) -> None:
    assert look()


def test_results_of_a_search(look: Compare) -> None:
    assert look("enter", text="سد النوارس")


def test_reading_with_hits_and_entities(look: Compare) -> None:
    assert look("enter", "enter", "n", text="الصقار")


def test_marking_a_sentence(look: Compare) -> None:
    assert look("enter", "enter", "v", "s", text="قمح")


def test_entities(look: Compare) -> None:
    assert look("enter", "f5", "down", text="تحالف")


def test_no_notes_yet(look: Compare) -> None:
    assert look("f6")


def test_nothing_found(look: Compare) -> None:
    assert look("enter", text="بطريق")


def test_writing_a_note(look: Compare) -> None:
    assert look("enter", "enter", "v", "s", "c", "م", "ه", "م", text="قمح")


def test_help(look: Compare) -> None:
    assert look("enter", "enter", "f1", text="قمح")


def test_why_it_matched(look: Compare) -> None:
    assert look("enter", "w", text="صيادين")


def test_what_was_removed(look: Compare) -> None:
    assert look("enter", "enter", "r", text="رأس اللبان")


def test_palette(look: Compare) -> None:
    assert look("enter", "f10", text="قمح")


def test_light(look: Compare) -> None:
    assert look("enter", text="قمح", state="theme: textual-light\n")


def test_arabic_interface(look: Compare) -> None:
    assert look("enter", "enter", text="قمح", settings="interface:\n  language: ar\n  digits: arabic\n")


def test_facets(look: Compare) -> None:
    assert look("enter", "f8", text="تحالف")


def test_a_filter(look: Compare) -> None:
    assert look("enter", "f8", "down", "enter", text="تحالف")


def test_completions(look: Compare) -> None:
    assert look("down", text="الص")


def test_ways_out_of_nothing(look: Compare) -> None:
    assert look("enter", text="الصقار بطريق")


def test_another_query_ran(look: Compare) -> None:
    assert look("enter", text="الأميرل")


def test_concordance(look: Compare) -> None:
    assert look("f7", text="السد")


def test_collocates(look: Compare) -> None:
    assert look("f7", "c", text="السد")


def test_frequencies(look: Compare) -> None:
    assert look("f7", "f", text="السد")


def test_arabic_concordance(look: Compare) -> None:
    assert look("f7", text="السد", settings="interface:\n  language: ar\n")


def test_arabic_facets(look: Compare) -> None:
    assert look("enter", "f8", text="تحالف", settings="interface:\n  language: ar\n")
