"""What the explorer looks like, at both sizes. `make snapshots` takes these anew: look at them before you commit.

Taken with the lowest Python that is supported, and only compared there: Rich draws the same, CPython's `unicodedata`
does not.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from tests.explorer_support import Analyst
from textual.pilot import Pilot

from kashaf.corpus import report as reports
from kashaf.corpus.progress import Outlook, Progress
from kashaf.corpus.report import Changed, Copies, ImportReport, Refused, Warned
from kashaf.workspace import open_workspace
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.explorer.importer import Importer, Job
from kashaf_tui.explorer.screens.picker import PickerScreen
from kashaf_tui.session import Session

pytestmark = pytest.mark.skipif(sys.version_info[:2] != (3, 11), reason="snapshots are of Python 3.11")

SIZES = [(80, 24), (120, 40)]
Compare = Callable[..., bool]
NOON = 1_767_355_200  # of 2026-01-02
HALF = Progress(
    120, 310, 61_000_000, 122_000_000, "/media/stick/press.zip/أخبار/page 7.html", "reading", 20.0
)
REPORT = ImportReport(
    id="20260102T030405Z",
    started="2026-01-02T03:04:05+00:00",
    seconds=75.0,
    bytes=122_000_000,
    files=310,
    sources=("/media/stick/أخبار اليوم", "/media/stick/press.zip"),
    articles=312,
    counts={
        "added": 297, "updated": 1, "unchanged": 4, "removed": 1, "failed": 2, "duplicates": 1, "warnings": 1,
    },
    added=(Changed("one", "/media/stick/أخبار اليوم/1.html", "افتتاح الجسر الجديد"),),
    updated=(Changed("two", "/media/stick/2.txt", "Harbour opens again"),),
    duplicates=(Copies("one", ("/media/stick/a.html", "/media/stick/b.html")),),
    near=5,
    failed=(
        Refused("/media/stick/secret.pdf", "the PDF has a password. Save it without one"),
        Refused("/media/stick/صحف/bomb.zip", "the archive unpacks to more than 100 times its size. Unpack it"),
    ),
    encodings={"utf-8": 280, "windows-1256": 30},
    warnings=(Warned("/media/stick/x.html", "the date in the text contradicts the stated one"),),
    formats={"html": 290, "text": 7},
)  # fmt: skip


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


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder to choose from, the same everywhere and always."""
    folder = tmp_path / "stick"
    (folder / "أخبار اليوم").mkdir(parents=True)
    for name, size in (("press.zip", 231_000), ("تقرير الأمم.pdf", 1_200_000), ("page.html", 800)):
        with (folder / name).open("wb") as file:
            file.truncate(size)
    (folder / "latest").symlink_to("press.zip")
    for entry in (*folder.iterdir(), folder):
        os.utime(entry, (NOON, NOON))
    monkeypatch.chdir(folder)
    # Where it lies is not the same everywhere.
    monkeypatch.setattr(Path, "home", lambda: folder)
    monkeypatch.setattr(PickerScreen, "_show_path", lambda screen: screen.field.set("/media/stick/"))
    monkeypatch.setattr(Importer, "recent", lambda _: [])


@pytest.fixture
def report(case: Path) -> None:
    """Of an import that has everything a report may tell."""
    workspace = open_workspace(case)
    shutil.rmtree(workspace.state / "imports", ignore_errors=True)
    reports.save(workspace, REPORT)


@pytest.fixture
def half_done(monkeypatch: pytest.MonkeyPatch) -> None:
    """An import that is half done, and stays so."""

    def job(_: Importer) -> Job:
        return Job((Path("/media/stick/press.zip"),))

    def half(_: Importer) -> Progress:
        return HALF

    def forget(_: Importer, __: object) -> None:
        return

    monkeypatch.setattr(Importer, "job", property(job, forget), raising=False)
    monkeypatch.setattr(Importer, "progress", property(half, forget), raising=False)
    monkeypatch.setattr(Importer, "outlook", Outlook(3_100_000.0, 12.0, 42.0))


ARABIC = "interface:\n  language: ar\n"


@pytest.mark.usefixtures("stick")
def test_choosing_what_to_import(look: Compare) -> None:
    assert look("f11", "down", "space")


@pytest.mark.usefixtures("stick")
def test_arabic_choosing(look: Compare) -> None:
    assert look("f11", "down", "space", settings=ARABIC)


@pytest.mark.usefixtures("half_done")
def test_import_under_way(look: Compare) -> None:
    assert look("f12")


@pytest.mark.usefixtures("half_done")
def test_arabic_import_under_way(look: Compare) -> None:
    assert look("f12", settings=ARABIC)


@pytest.mark.usefixtures("half_done")
def test_import_in_the_status_line(look: Compare) -> None:
    assert look("f3")


@pytest.mark.usefixtures("half_done")
def test_arabic_import_in_the_status_line(look: Compare) -> None:
    assert look("f3", settings=ARABIC)


@pytest.mark.usefixtures("report")
def test_report_of_an_import(look: Compare) -> None:
    assert look("f12", "space")


@pytest.mark.usefixtures("report")
def test_arabic_report_of_an_import(look: Compare) -> None:
    assert look("f12", "space", settings=ARABIC)


@pytest.mark.usefixtures("report")
def test_earlier_imports(look: Compare) -> None:
    assert look("f12", "I")
