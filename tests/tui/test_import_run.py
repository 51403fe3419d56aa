"""Importing from inside the explorer: in the background, cancelled, refused, left, and what it leads to."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore, told

from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.tables.store import MentionStore
from kashaf.storage.lock import Lock
from kashaf.workspace import create
from kashaf_index.update import update
from kashaf_tui.explorer.importer import Importer, Job
from kashaf_tui.explorer.screens.imports import ImportsScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.picker import PickerScreen

SAMPLE = Path(__file__).parents[2] / "sample_corpus"


@dataclass
class Gate:
    """Holds an import between two pieces of work until it is opened."""

    reached: threading.Event = field(default_factory=threading.Event)
    opened: threading.Event = field(default_factory=threading.Event)

    async def wait(self, analyst: Analyst) -> None:
        for _ in range(500):
            if self.reached.is_set():
                await analyst.pilot.pause(0.3)  # longer than two looks at the import
                return
            await analyst.pilot.pause(0.02)
        raise AssertionError("the import did not begin")


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    """Every import stops after its third question whether it is cancelled, which is asked while it reads."""
    gate = Gate()
    asked = Importer._cancelled
    times = 0

    def cancelled(self: Importer) -> bool:
        nonlocal times
        times += 1
        if times > 3 and not asked(self):
            gate.reached.set()
            gate.opened.wait(20)
        return asked(self)

    monkeypatch.setattr(Importer, "_cancelled", cancelled)
    yield gate
    gate.opened.set()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    """A file of twenty articles that the sample has not."""
    path = tmp_path / "news.jsonl"
    rows = [
        {
            "title": f"خبر رقم {n}",
            "body": f"وصلت القافلة رقم {n} إلى الميناء صباح اليوم. " * 5,
            "date": "2025-03-04",
        }
        for n in range(20)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


def begin(analyst: Analyst, *roots: Path, dry_run: bool = False) -> None:
    analyst.app.importing.begin(Job(roots, dry_run=dry_run))


def articles(analyst: Analyst) -> int:
    return analyst.app._session.searcher.count


def left(analyst: Analyst) -> bool:
    return analyst.app._exit


async def finish(analyst: Analyst, gate: Gate) -> None:
    gate.opened.set()
    await analyst.settle()


async def test_an_empty_workspace_is_filled(explore: Explore, tmp_path: Path, news: Path) -> None:
    root = create(tmp_path / "empty").root
    async with explore(root) as analyst:
        assert analyst.main.beginning.has_focus
        await analyst.press("a")
        assert isinstance(analyst.app.screen, PickerScreen)
        await analyst.press("f7", "ctrl+u")
        await analyst.type(str(news))
        await analyst.press("enter", "f2")
        assert isinstance(analyst.app.screen_stack[-1], ImportsScreen)
        assert "20 added" in analyst.text
        await analyst.press("escape")
        await analyst.pilot.pause(0.3)
        assert "20 articles" in analyst.lines()[0]
        assert len(analyst.main.results.rows) == 20
        assert analyst.main.results.has_focus
        assert not analyst.main.beginning.display


async def test_searching_and_typing_go_on_while_it_runs(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        begin(analyst, news)
        await gate.wait(analyst)
        assert isinstance(analyst.app.screen, ImportsScreen)
        assert "Importing" in analyst.text
        await analyst.pilot.press("escape")
        assert isinstance(analyst.app.screen, MainScreen)
        await analyst.pilot.press("f2")
        await analyst.type("السد")
        for _ in range(300):
            results = analyst.main.searching.results
            if results is not None and results.query.text == "السد":
                break
            await analyst.pilot.pause(0.02)
        else:
            raise AssertionError("no results while an import runs")
        assert "reading" in analyst.lines()[-1] or "listing" in analyst.lines()[-1]
        await finish(analyst, gate)
        assert "20 added" in analyst.lines()[-1]
        assert "F12" in analyst.lines()[-1]


async def test_the_end_keeps_place_selection_and_query(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        await analyst.type("السد")
        await analyst.press("enter", "down", "down", "enter", "n", "n")
        main = analyst.main
        hit, article, caret = main.results.current, main.reading.article_id, main.article.caret
        assert hit is not None
        before = articles(analyst)
        begin(analyst, news)
        await gate.wait(analyst)
        await analyst.pilot.press("escape")
        await finish(analyst, gate)
        assert f"{before + 20} articles" in analyst.lines()[0]
        assert main.box.value == "السد"
        assert main.results.current is not None
        assert (main.results.current.id, main.reading.article_id, main.article.caret) == (
            hit.id,
            article,
            caret,
        )
        assert main.article.has_focus
        await analyst.press("f2", "ctrl+u")
        await analyst.type("وصلت القافلة رقم")
        await analyst.press("enter")
        assert len(main.results.rows) == 20


async def test_stopping_asks_once_and_keeps_what_is_done(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        before = articles(analyst)
        begin(analyst, SAMPLE, news)
        await gate.wait(analyst)
        await analyst.pilot.press("x")
        importer = analyst.app.importing.importer
        assert "Press x again" in told(analyst)
        assert not importer.stopping
        await analyst.pilot.press("x")
        await finish(analyst, gate)
        assert not importer.running
        assert importer.report is not None
        assert importer.report.cancelled
        assert "stopped" in analyst.text
        begin(analyst, SAMPLE, news)
        await analyst.settle()
        assert importer.report.articles == before + 20


async def test_leaving_asks_and_then_stops(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        begin(analyst, news)
        await gate.wait(analyst)
        await analyst.pilot.press("escape", "f3", "q")
        assert "An import is running. Press q again" in told(analyst)
        assert analyst.app.is_running
        assert not left(analyst)
        await analyst.pilot.press("q")
        gate.opened.set()
        for _ in range(200):
            if left(analyst):
                break
            await analyst.pilot.pause(0.02)
        assert left(analyst)
        assert not analyst.app.importing.importer.running


async def test_a_second_import_is_refused(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        begin(analyst, news)
        await gate.wait(analyst)
        await analyst.pilot.press("escape", "f11")
        assert "An import is running. Wait" in told(analyst)
        assert isinstance(analyst.app.screen, ImportsScreen)
        begin(analyst, SAMPLE)
        await finish(analyst, gate)
        report = analyst.app.importing.importer.report
        assert report is not None
        assert report.sources == (str(news),)


async def test_another_process_that_imports_is_named(explore: Explore, case: Path, news: Path) -> None:
    async with explore() as analyst:
        with Lock(case / "catalogue.jsonl", "importing"):
            begin(analyst, news)
            await analyst.settle()
        said = told(analyst)
        assert "The import failed" in said
        assert "importing" in said
        assert "catalogue.jsonl" in said
        assert analyst.app.is_running
        begin(analyst, news)
        await analyst.settle()
        assert "20 added" in analyst.text


async def test_looking_first_changes_nothing_and_can_be_gone_on_with(
    explore: Explore, case: Path, news: Path
) -> None:
    before = (case / "catalogue.jsonl").read_bytes()
    async with explore() as analyst:
        begin(analyst, news, dry_run=True)
        await analyst.settle()
        assert "What would be imported" in analyst.lines()[0]
        assert "20 added" in analyst.text
        assert (case / "catalogue.jsonl").read_bytes() == before
        await analyst.press("enter", "end", "up", "up", "enter")
        await analyst.press("r")
        await analyst.settle()
        assert "Report of an import" in analyst.lines()[0]
        assert (case / "catalogue.jsonl").read_bytes() != before


async def test_a_stick_that_is_gone_is_said(explore: Explore, tmp_path: Path) -> None:
    async with explore() as analyst:
        begin(analyst, tmp_path / "gone")
        await analyst.settle()
        assert "1 refused" in analyst.text
        assert str(tmp_path / "gone")[-20:] in analyst.text.replace("│\n│", "").replace(" ", "")


async def test_entities_of_new_articles_are_read_afterwards(
    explore: Explore, case: Path, tmp_path: Path
) -> None:
    page = tmp_path / "new.txt"
    page.write_text(
        "زيارة رسمية\n\nالتقى الوزير سامي الصقار نظيره في القاهرة أمس. وقال سامي الصقار إن اللقاء مفيد.\n",
        encoding="utf-8",
    )
    async with explore() as analyst:
        begin(analyst, page)
        await analyst.settle()
        await analyst.press("escape")
        report = analyst.app.importing.importer.report
        assert report is not None
        (added,) = report.added
        assert any(
            "الصقار" in mention.name
            for mention in MentionStore(case / ".kashaf/mentions").for_article(added.id)
        )


async def test_the_language_may_change_while_it_runs(explore: Explore, gate: Gate, news: Path) -> None:
    async with explore() as analyst:
        begin(analyst, news)
        await gate.wait(analyst)
        await analyst.pilot.press("escape", "f3", "f9", "l", "escape")
        await analyst.pilot.pause(0.6)
        await finish(analyst, gate)
        assert analyst.app.main is not None
        assert analyst.app.main.say.language == "ar"
        assert "F12" in analyst.app.main.status.passing
        assert len(analyst.app.main.results.rows) == 40


async def test_a_fault_of_ours_does_not_end_the_explorer(
    explore: Explore, case: Path, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Importer, job: Job) -> None:
        raise ZeroDivisionError("nobody thought of this")

    monkeypatch.setattr(Importer, "_import", fail)
    async with explore() as analyst:
        begin(analyst, news)
        await analyst.settle()
        assert "ZeroDivisionError" in told(analyst)
        assert analyst.app.is_running
        assert not analyst.app.importing.importer.running
    assert "nobody thought of this" in (case / ".kashaf" / "import-fault.log").read_text(encoding="utf-8")


async def test_the_demo_is_left_for(explore: Explore, tmp_path: Path) -> None:
    root = create(tmp_path / "empty").root
    async with explore(root) as analyst:
        await analyst.pilot.press("d")
        await analyst.pilot.pause(0.1)
        assert analyst.app.wants_demo
        assert left(analyst)
    assert not (root / "catalogue.jsonl").exists()


async def test_an_import_by_another_process_fills_an_empty_workspace(
    explore: Explore, tmp_path: Path
) -> None:
    workspace = create(tmp_path / "empty")
    async with explore(workspace.root) as analyst:
        assert analyst.main.beginning.has_focus
        updated = update(workspace, Catalogue(workspace.catalogue), [SAMPLE])
        analyst.main.opening.renew()
        await analyst.settle()
        assert f"{updated.articles} articles" in analyst.text
        assert not analyst.main.beginning.display
