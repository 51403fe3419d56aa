"""What is known of an article, with its evidence; corrections in place, taken back and undone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.about_support import FIRST, HARBOUR, TITLE, build, open_on
from tests.explorer_support import Analyst, told

from kashaf.bidi.layout import visual
from kashaf.corpus.article import Article, Evidence, Metadata, Provenance
from kashaf.corpus.catalogue import Catalogue, Entry, Revision
from kashaf.corpus.corrections import Correction
from kashaf.corpus.lines import LineDecisions
from kashaf.storage.atomic import write_text
from kashaf.workspace import open_workspace
from kashaf_index.update import update
from kashaf_tui.explorer.evidence_words import evidence_words, place_words
from kashaf_tui.explorer.panes.details import FIELDS, detail_items
from kashaf_tui.explorer.reviser import Dossier
from kashaf_tui.explorer.screens.details import DetailsScreen
from kashaf_tui.explorer.screens.removed import RemovedScreen
from kashaf_tui.explorer.wording import Wording

SIZES = [(80, 24), (120, 40)]
ARABIC = "interface:\n  language: ar\n"
FILE = "harbour.txt"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return build(tmp_path)


def screen(analyst: Analyst) -> DetailsScreen:
    shown = analyst.app.screen
    assert isinstance(shown, DetailsScreen)
    return shown


async def go_to(analyst: Analyst, part: str) -> None:
    rows = screen(analyst).rows
    rows.select(next(at for at, row in enumerate(rows.rows) if row.item.part == part))


async def correct(analyst: Analyst, part: str, value: str) -> None:
    """Write another value in the place of the one that is there."""
    await go_to(analyst, part)
    await analyst.press("enter", "ctrl+u")
    await analyst.type(value)
    await analyst.press("enter")


def said(analyst: Analyst, part: str) -> str:
    """The lines of a value on the screen's list."""
    return " · ".join(
        f"{row.item.text} {row.item.detail}"
        for row in screen(analyst).rows.rows
        if row.item.part == part and row.first
    )


@pytest.mark.parametrize("size", SIZES)
async def test_every_value_is_there_with_its_evidence(root: Path, size: tuple[int, int]) -> None:
    async with open_on(root, FILE, size) as analyst:
        await analyst.press("i")
        assert TITLE in said(analyst, "title")
        assert "line 3" in said(analyst, "title")
        assert "not stated" in said(analyst, "author")
        assert "2025-11-03" in said(analyst, "published")
        assert "marsa" in said(analyst, "file")
        assert "utf-8" in said(analyst, "encoding")
        assert len(said(analyst, "sha256")) > 64
        assert "by Kashaf" in said(analyst, "revision 0")
        assert all(len(line) <= size[0] for line in analyst.lines())
        await analyst.press("end", "home", "pagedown", "y", "question_mark", "escape", "r")
        assert isinstance(analyst.app.screen, RemovedScreen)
        await analyst.press("i", "q")
        assert len(analyst.app.screen_stack) == 2


async def test_a_correction_is_seen_everywhere_at_once(root: Path) -> None:
    async with open_on(root, FILE) as analyst:
        await analyst.press("f8", "f4", "i")
        await correct(analyst, "outlet", "صحيفة الميناء")
        assert "1 article read again" in told(analyst)
        assert "صحيفة الميناء" in said(analyst, "outlet")
        assert "corrected by you" in said(analyst, "outlet")
        assert "✎" in said(analyst, "outlet")
        main = analyst.main
        assert any(hit.outlet == "صحيفة الميناء" for hit in main.results.rows)
        assert main.article.reading is not None
        assert main.article.reading.article.metadata.outlet == "صحيفة الميناء"
        await analyst.press("escape")
        assert visual("صحيفة الميناء") in analyst.text
        assert any("صحيفة الميناء" in row.text for row in main.facets.rows)


async def test_a_title_is_corrected_and_the_text_stays(root: Path) -> None:
    async with open_on(root, FILE) as analyst:
        reader = analyst.main.article
        assert reader.reading is not None
        before, caret = reader.reading.article.text, reader.caret
        await analyst.press("i")
        await correct(analyst, "title", "عنوان آخر")
        assert reader.reading.article.title == "عنوان آخر"
        assert reader.reading.article.text == before
        assert reader.caret == caret
        await correct(analyst, "author", "ليلى")
        await analyst.press("u")
        assert reader.reading.article.metadata.author is None
        assert reader.reading.article.title == "عنوان آخر"
        await analyst.press("u")
        assert reader.reading.article.title == TITLE
        assert "undone" in told(analyst)


async def test_a_value_that_is_none_is_said_beside_the_field_and_nothing_is_lost(root: Path) -> None:
    async with open_on(root, FILE) as analyst:
        await analyst.press("i")
        await correct(analyst, "published", "not a day")
        about = screen(analyst)
        assert about.editing == "published"
        assert about.field.value == "not a day"
        assert "✕" in analyst.text
        assert "not a day" in about.edit_about.left
        await analyst.press("ctrl+u")
        assert "✕" not in analyst.text
        await analyst.type("4 ديسمبر 2025")
        await analyst.press("enter")
        assert "2025-12-04" in said(analyst, "published")
        await correct(analyst, "title", "")
        assert "empty title" in about.edit_about.left
        await analyst.press("escape")
        assert not about.editor.display
        assert TITLE in said(analyst, "title")


async def test_a_correction_is_taken_back(root: Path) -> None:
    async with open_on(root, FILE) as analyst:
        await analyst.press("i")
        await correct(analyst, "published", "")
        assert "not stated" in said(analyst, "published")
        await analyst.press("backspace")
        assert "2025-11-03" in said(analyst, "published")
        assert "line 4" in said(analyst, "published")
        await analyst.press("backspace")
        assert "not corrected" in told(analyst)
        await go_to(analyst, "sha256")
        await analyst.press("enter")
        assert "can be corrected" in told(analyst)
        await go_to(analyst, "outlet")
        await analyst.press("enter", "enter")
        assert screen(analyst).editing is None


@pytest.mark.parametrize("size", SIZES)
async def test_details_are_mirrored_in_arabic(root: Path, size: tuple[int, int]) -> None:
    async with open_on(root, FILE, size, ARABIC) as analyst:
        await analyst.press("i")
        line = next(line for line in analyst.lines() if visual("ما يذكره") in line)
        assert line.rstrip(" │▐").endswith(visual("ما يذكره"))
        await correct(analyst, "published", "خطأ")
        assert "✕" in analyst.text
        assert visual("تاريخ النشر") in analyst.text


async def test_earlier_revisions_are_listed(root: Path) -> None:
    path = root.parent / "files" / "marsa" / FILE
    write_text(path, HARBOUR + "سطر جديد يضاف إلى آخر المقال ليكون غير ما كان من قبل في القرية.\n")
    workspace = open_workspace(root)
    update(workspace, Catalogue(workspace.catalogue), [root.parent / "files"])
    async with open_on(root, FILE) as analyst:
        await analyst.press("i")
        assert "by Kashaf" in said(analyst, "revision 1")


# The lines


def dossier(**changes: object) -> Dossier:
    metadata = Metadata(
        "عنوان\x1b[31m",
        author="[bold]x\u202e",
        published=date(2025, 1, 2),
        published_evidence="line 4, Hijri",
        url="http://x",
        evidence=(
            Evidence("title", "meta: og:title", 0.6),
            Evidence("author", "field: author"),
            Evidence("published", "line 4, Hijri", 0.9),
            Evidence("url", "some new place", 0.8),
        ),
    )
    source = Provenance(
        "a/b.html",
        "3",
        "aa",
        "windows-1256",
        0.7,
        warnings=("\u202ethe date contradicts",),
        container="z.zip",
        container_sha256="bb",
    )
    made = Article("id", f"عنوان\n{FIRST}", replace(metadata, **changes), source, 6)  # type: ignore[arg-type]  # as given
    entry = Entry(
        "id",
        (
            Revision("aa", "", "aa", "b.html", "2025-01-01T00:00:00+00:00", "0.1"),
            Revision("cc", "", "cc", "b.html", "x", "0.2"),
        ),
        frozenset(),
        (Correction("author", "[bold]x", "2025-03-04T00:00:00+00:00"),),
    )
    return Dossier(made, entry, LineDecisions())


@pytest.mark.parametrize("language", ["en", "ar"])
def test_details_of_everything_are_safe_and_whole(language: str) -> None:
    items = list(detail_items(Wording(language), dossier()))
    text = "\n".join(f"{item.text} {item.detail}" for item in items)
    assert not any(char in text for char in "\x1b\u202e")
    assert {item.part for item in items} >= {*FIELDS, "file", "member", "archive", "encoding", "revision 1"}
    for words in ("z.zip", "bb", "windows-1256", "2025-03-04", "some new place", "og:title", "contradicts"):
        assert words in text


def test_details_without_an_entry_say_what_there_is() -> None:
    items = list(detail_items(Wording("en"), replace(dossier(), entry=None)))
    assert not any(item.part.startswith("revision") for item in items)


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("line 12", "line 12"),
        ("line 4, Hijri", "line 4, Hijri"),
        ("line 4, umalqura", "line 4, umalqura"),
        ("meta: og:title", "page's metadata: \u2066og:title\u2069"),
        ("field: العنوان", "field \u2066العنوان\u2069"),
        ("front matter: date", "front matter: \u2066date\u2069"),
        ("file name", "file name"),
        ("corrected by the analyst", "corrected by you"),
        ("whatever else: it is", "whatever else: it is"),
        ("", ""),
    ],
)
def test_places_have_words_and_unknown_ones_stay(where: str, words: str) -> None:
    assert place_words(Wording("en"), where) == words


def test_how_sure_is_said() -> None:
    say = Wording("en")
    for confidence, words in ((1.0, "certain"), (0.9, "fairly sure (90 %)"), (0.5, "a guess (50 %)")):
        assert words in evidence_words(say, Evidence("title", "line 1", confidence))
