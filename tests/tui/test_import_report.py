"""Reports of imports: parts that open, articles that are read, copying, exporting, and earlier ones."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from tests.explorer_support import Analyst, Explore, told

from kashaf.corpus import report as reports
from kashaf.corpus.progress import STEPS, Outlook, Progress, Step
from kashaf.corpus.report import Changed, Copies, ImportReport, Mapped, Refused, Warned
from kashaf.storage.atomic import write_text
from kashaf.workspace import open_workspace
from kashaf_tui.explorer.panes.report_items import PARTS, list_items, plain_text, report_items
from kashaf_tui.explorer.progress_words import bar, size_words, status_words, time_words
from kashaf_tui.explorer.screens.imports import ImportsScreen
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.screens.picker import PickerScreen
from kashaf_tui.explorer.wording import Wording

SIZES = [(80, 24), (120, 40)]
HOSTILE = "/stick/\x1b]0;x\x07[bold]أخبار\u202e/gpj.\ud800"

REPORT = ImportReport(
    id="20260102T030405Z",
    started="2026-01-02T03:04:05+00:00",
    seconds=75.0,
    bytes=12_345_678,
    files=310,
    sources=("/media/stick/أخبار", "/media/stick/press.zip"),
    articles=312,
    counts={
        "added": 297, "updated": 2, "unchanged": 4, "removed": 1, "failed": 3, "duplicates": 1, "warnings": 2,
    },
    added=(Changed("nope", "/media/stick/أخبار/1.html", "افتتاح الجسر الجديد"),),
    updated=(Changed("nope2", "/media/stick/2.txt", ""),),
    duplicates=(Copies("nope", ("/media/stick/a.html", "/media/stick/b.html")),),
    near=5,
    failed=(
        Refused("/media/stick/secret.pdf", "the PDF has a password. Save it without one"),
        Refused("/media/stick/bomb.zip", "the archive unpacks to more than 100 times its size. " * 3),
        Refused(HOSTILE, "binary \x1b[31m data"),
    ),
    encodings={"utf-8": 280, "windows-1256": 30},
    warnings=(Warned("/media/stick/x.html", "the date in the text contradicts the stated one"),),
    formats={"html": 290, "text": 7},
    unavailable=("/media/other",),
)  # fmt: skip


def keep(case: Path, *kept: ImportReport) -> None:
    """These reports, and no others."""
    shutil.rmtree(case / "state" / "imports", ignore_errors=True)
    for one in kept:
        reports.save(open_workspace(case), one)


def screen(analyst: Analyst) -> ImportsScreen:
    shown = analyst.app.screen
    assert isinstance(shown, ImportsScreen)
    return shown


def texts(analyst: Analyst) -> Sequence[str]:
    return [row.item.copied for row in screen(analyst).rows.rows if row.first]


async def go_to(analyst: Analyst, words: str) -> None:
    """Select the line with these words."""
    await analyst.press("home")
    for _ in range(200):
        item = screen(analyst).rows.item
        assert item is not None
        if words in item.text:
            return
        await analyst.press("down")
    raise AssertionError(words)


@pytest.mark.parametrize("size", SIZES)
async def test_the_newest_report_is_shown_with_its_parts(
    explore: Explore, case: Path, size: tuple[int, int]
) -> None:
    keep(case, REPORT)
    async with explore(size=size) as analyst:
        await analyst.press("f12")
        text = " ".join(analyst.text.split())
        for words in (
            "310 files",
            "12.3 MB",
            "297 added",
            "2 updated",
            "3 refused",
            "312 articles in the workspace",
        ):
            assert words in text
        assert "the PDF has a password" in text
        assert "افتتاح" not in "".join(texts(analyst))
        assert all(len(line) <= size[0] for line in analyst.lines())
        await go_to(analyst, "added")
        await go_to(analyst, "warnings")
        await analyst.press("enter")
        assert "/x.html" in "".join(texts(analyst))
        assert screen(analyst).rows.item is not None
        await analyst.press("enter")
        assert "/x.html" not in "".join(texts(analyst))
        await analyst.press("space")
        every = "".join(texts(analyst))
        for words in ("افتتاح الجسر الجديد", "windows-1256", "html", "b.html"):
            assert words in every or words in analyst.text or words in plain_text(analyst.app.say, REPORT)
        await analyst.press("space")
        assert len(texts(analyst)) < 20
        await analyst.press("q")
        assert isinstance(analyst.app.screen, MainScreen)


async def test_nothing_hostile_reaches_the_screen(explore: Explore, case: Path) -> None:
    keep(case, replace(REPORT, failed=(Refused(HOSTILE, "no \x1b[31m\u202e good"),)))
    async with explore() as analyst:
        await analyst.press("f12", "space")
        for _ in range(40):
            assert not any(char in analyst.text for char in "\x1b\x07\u202e\ud800")
            await analyst.press("down")
        assert "[bold]" in plain_text(analyst.app.say, REPORT)


async def test_a_long_reason_is_wrapped_and_belongs_to_its_line(explore: Explore, case: Path) -> None:
    keep(case, REPORT)
    async with explore(size=(80, 24)) as analyst:
        await analyst.press("f12")
        await go_to(analyst, "bomb.zip")
        rows = screen(analyst).rows
        assert [row.detail for row in rows.rows[rows.selected : rows.selected + 4]] == [
            False,
            True,
            True,
            True,
        ]
        before = rows.selected
        await analyst.press("down")
        assert rows.selected == before + 4
        await analyst.press("up")
        assert rows.selected == before


async def test_an_article_of_the_report_is_read(explore: Explore, case: Path) -> None:
    async with explore() as analyst:
        await analyst.press("f3", "down")
        hit = analyst.main.results.current
        assert hit is not None
        keep(case, replace(REPORT, added=(Changed(hit.id, "/a.html", hit.title),)))
        await analyst.press("up", "f12")
        rows = screen(analyst).rows
        rows.select(next(at for at, row in enumerate(rows.rows) if row.item.part == "added"))
        await analyst.press("enter", "down", "enter")
        assert isinstance(analyst.app.screen, MainScreen)
        assert analyst.main.reading.article_id == hit.id
        assert analyst.main.article.has_focus


async def test_a_line_and_the_whole_report_are_copied(explore: Explore, case: Path) -> None:
    keep(case, REPORT)
    async with explore() as analyst:
        await analyst.press("f12")
        await go_to(analyst, "secret.pdf")
        await analyst.press("y")
        assert analyst.app.clipboard.strip() == (
            "/media/stick/secret.pdf · the PDF has a password. Save it without one"
        )
        await analyst.press("Y")
        copied = analyst.app.clipboard
        assert "افتتاح الجسر الجديد" in copied
        assert "windows-1256" in copied
        assert "\u2066" not in copied
        assert (case / ".kashaf").is_dir()


async def test_the_report_is_written_as_json(explore: Explore, case: Path) -> None:
    keep(case, REPORT)
    async with explore() as analyst:
        await analyst.press("f12", "E")
        assert "exports/import-20260102T030405Z.json" in told(analyst)
    written = (case / "exports" / "import-20260102T030405Z.json").read_text(encoding="utf-8")
    assert json.loads(written)["counts"]["added"] == 297
    assert "أخبار" in written


async def test_an_export_that_the_disk_refuses_is_said(explore: Explore, case: Path) -> None:
    keep(case, REPORT)
    (case / "exports").write_text("a file where the folder should be")
    async with explore() as analyst:
        await analyst.press("f12", "E")
        assert "exports" in told(analyst)
        assert analyst.app.is_running


async def test_earlier_imports_are_listed_the_newest_first(explore: Explore, case: Path) -> None:
    keep(
        case,
        replace(REPORT, id="20250101T000000Z", started="2025-01-01T00:00:00+00:00", sources=("/old",)),
        replace(REPORT, id="20270101T000000Z", started="2027-01-01T00:00:00+00:00", cancelled=True),
    )
    async with explore() as analyst:
        await analyst.press("f12", "I")
        listed = texts(analyst)
        assert "2027-01-01" in listed[0]
        assert "2025-01-01" in listed[-1]
        assert "stopped" in listed[0]
        await analyst.press("end", "enter")
        assert screen(analyst).report is not None
        assert screen(analyst).report.id == "20250101T000000Z"  # type: ignore[union-attr]  # seen above
        await analyst.press("I")
        assert screen(analyst).rows.item is not None
        assert screen(analyst).rows.item.report == "20250101T000000Z"  # type: ignore[union-attr]  # seen above


async def test_no_import_yet_teaches(explore: Explore, case: Path) -> None:
    for path in (case / "state" / "imports").glob("*"):
        path.unlink()
    async with explore() as analyst:
        await analyst.press("f12")
        assert "Nothing was imported yet" in analyst.text
        await analyst.press("y", "Y", "E", "r", "space", "enter", "x")
        assert "No import is running" in told(analyst)
        await analyst.press("plus")
        await analyst.settle()
        assert isinstance(analyst.app.screen, PickerScreen)


async def test_a_damaged_report_is_passed_over(explore: Explore, case: Path) -> None:
    keep(case, REPORT)
    (case / "state" / "imports" / "20990101T000000Z.json").write_text("{")
    async with explore() as analyst:
        await analyst.press("f12")
        assert "297 added" in analyst.text


@pytest.mark.parametrize("size", SIZES)
async def test_the_report_is_mirrored_in_arabic(explore: Explore, case: Path, size: tuple[int, int]) -> None:
    keep(case, REPORT)
    write_text(case / "kashaf.yaml", "interface:\n  language: ar\n")
    async with explore(size=size) as analyst:
        await analyst.press("f12")
        line = next(line for line in analyst.lines() if "/media/stick/secret.pdf" in line)
        assert line.rstrip(" │").endswith("/media/stick/secret.pdf")
        assert line.index("/media") > size[0] // 3
        await analyst.press("f1")
        assert analyst.app.screen is not None


# The words


def test_a_report_of_nothing_says_so() -> None:
    say = Wording("en")
    nothing = replace(
        REPORT, counts={}, added=(), updated=(), failed=(), warnings=(), duplicates=(), unavailable=()
    )
    assert any("no file that holds an article" in item.text for item in report_items(say, nothing, PARTS))
    same = replace(nothing, counts={"unchanged": 3})
    assert any("Nothing was new" in item.text for item in report_items(say, same, PARTS))


def test_more_lines_than_are_kept_are_counted() -> None:
    items = list(report_items(Wording("en"), REPORT, {"added"}))
    assert any("the first 1 of 297" in item.text for item in items)


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_part_of_a_report_has_words(language: str) -> None:
    say = Wording(language)
    mapped = Mapped("/media/stick/أخبار.csv", "title ← العنوان, body ← \x1b[2Jالنص; no date", 3)
    report = replace(REPORT, fields=(mapped,))
    items = list(report_items(say, report, PARTS))
    assert {item.part for item in items} >= set(PARTS)
    (told,) = [item.detail for item in items if "title ← العنوان" in item.detail]
    assert "\x1b" not in told
    assert list(list_items(say, [report]))
    assert "title ← العنوان" in plain_text(say, report)


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 B"), (999, "999 B"), (1000, "1.0 KB"), (99_940, "99.9 KB"), (123_456, "123 KB"),
     (1_500_000, "1.5 MB"), (7_200_000_000, "7.2 GB"), (5e15, "5,000,000 GB")],
)  # fmt: skip
def test_sizes_have_the_unit_that_suits_them(size: float, words: str) -> None:
    assert size_words(Wording("en"), size) == words


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 s"), (59, "59 s"), (90, "2 min"), (3600, "1 h"), (5400, "1.5 h")]
)
def test_times_have_the_unit_that_suits_them(seconds: float, words: str) -> None:
    assert time_words(Wording("en"), seconds) == words


def test_progress_says_what_is_known_and_nothing_else() -> None:
    say = Wording("en")
    known = status_words(
        say, Progress(3, 9, 4_000_000, 8_000_000, "x", "reading", 4.0), Outlook(1e6, 1.0, 4.0)
    )
    for words in ("█████░░░░░", "reading", "4.0 MB of 8.0 MB", "1.0 MB/s", "4 s left"):
        assert words in known
    unknown = status_words(say, Progress(step="listing"), Outlook())
    assert "listing files" in unknown
    assert "█" not in unknown
    assert bar(0.0, 4) == "░░░░"
    assert bar(1.0, 4) == "████"


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_words(step: Step) -> None:
    assert status_words(Wording("ar"), Progress(step=step), Outlook())
