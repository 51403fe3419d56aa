"""What the analyst corrects is kept, wins over what was read, and never moves the text under a note."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf.corpus.article import Evidence, Metadata
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.corrections import BY_ANALYST, Correction, corrected, correction
from kashaf.errors import BadInput

READ = Metadata(
    "وصول شحنة قمح",
    outlet="صحيفة المرفأ",
    author="سامي النجار",
    published=date(2025, 11, 3),
    published_evidence="line 2",
    evidence=(Evidence("published", "line 2", 0.9), Evidence("title", "line 1")),
)
PAGE = (
    "وصول شحنة قمح إلى المرفأ\n3 نوفمبر 2025\n\n"
    "أفرغت السفينة حمولتها صباح اليوم على الرصيف الثالث في المرفأ الكبير.\n"
)


def test_a_correction_wins_and_says_so() -> None:
    made = corrected(READ, [correction("published", "4 نوفمبر 2025"), correction("outlet", "وكالة سدرة")])
    assert (made.published, made.published_evidence) == (date(2025, 11, 4), BY_ANALYST)
    assert made.outlet == "وكالة سدرة"
    assert made.evidence_of("published") == Evidence("published", BY_ANALYST)
    assert (made.title, made.author) == (READ.title, READ.author)
    assert made.evidence_of("title") == READ.evidence_of("title")


def test_not_stated_is_a_correction_too() -> None:
    made = corrected(READ, [correction("published", ""), correction("author", " \n")])
    assert (made.published, made.published_evidence, made.author) == (None, "", None)
    assert made.evidence_of("published") is None


@pytest.mark.parametrize("written", ["2025-11-04", "٤ تشرين الثاني ٢٠٢٥", "04/11/2025", "4 November 2025"])
def test_a_day_may_be_written_in_any_way(written: str) -> None:
    assert correction("published", written).value == "2025-11-04"


@pytest.mark.parametrize(
    "written", ["نوفمبر", "2025", "أمس", "31/02/2025", "2025-11-04 ثم شيء آخر", "x" * 2_000]
)
def test_what_is_no_day_is_refused(written: str) -> None:
    with pytest.raises(BadInput):
        correction("published", written)


def test_a_title_may_not_be_empty_and_nothing_in_it_drives_a_terminal() -> None:
    with pytest.raises(BadInput):
        correction("title", "\u202e \x1b[2J")
    assert correction("title", "عنوان\x1b[31m\nجديد\u202e").value == "عنوان جديد"


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    (stick / "خبر.txt").write_text(PAGE, encoding="utf-8")
    return stick


def test_a_correction_lasts_through_rebuilding_and_can_be_taken_back(tmp_path: Path, stick: Path) -> None:
    case = tmp_path / "case"
    assert kashaf("-w", case, "index", stick).code == 0
    (hit,) = kashaf("-w", case, "search", "السفينة", "--json").json["hits"]
    before = kashaf("-w", case, "show", hit["id"], "--json").json
    assert before["published"] == "2025-11-03"
    assert before["corrections"] == []
    given = ("--title", "سفينة القمح تصل", "--date", "5 نوفمبر 2025", "--outlet", "وكالة سدرة")
    after = kashaf("-w", case, "correct", hit["id"], *given, "--json").json
    assert (after["title"], after["published"], after["source"]) == (given[1], "2025-11-05", "وكالة سدرة")
    assert after["published_evidence"] == BY_ANALYST
    assert (after["text"], after["text_sha256"]) == (before["text"], before["text_sha256"])
    assert [one["field"] for one in after["corrections"]] == ["title", "published", "outlet"]
    found = kashaf("-w", case, "search", 'مصدر:"وكالة سدرة" date:2025-11-05', "--json").json["hits"]
    assert [one["title"] for one in found] == ["سفينة القمح تصل"]
    assert kashaf("-w", case, "index", "--rebuild").code == 0
    assert kashaf("-w", case, "show", hit["id"], "--json").json["published"] == "2025-11-05"
    # A new revision of the file changes what is read, not what the analyst said.
    (stick / "خبر.txt").write_text(PAGE.replace("الثالث", "الرابع"), encoding="utf-8")
    assert kashaf("-w", case, "index", stick).code == 0
    again = kashaf("-w", case, "show", hit["id"], "--json").json
    assert "الرابع" in again["text"]
    assert again["title"] == "سفينة القمح تصل"
    assert kashaf("-w", case, "correct", hit["id"], "--forget", "published", "--forget", "title").code == 0
    back = kashaf("-w", case, "show", hit["id"], "--json").json
    assert (back["published"], back["title"], back["source"]) == ("2025-11-03", before["title"], "وكالة سدرة")


def test_wrong_usage_is_said(tmp_path: Path, stick: Path) -> None:
    case = tmp_path / "case"
    kashaf("-w", case, "index", stick)
    (hit,) = kashaf("-w", case, "search", "السفينة", "--json").json["hits"]
    assert kashaf("-w", case, "correct", hit["id"]).code == 2
    assert kashaf("-w", case, "correct", "zzzzzzzzzzzz", "--title", "عنوان").code == 4
    wrong = kashaf("-w", case, "correct", hit["id"], "--date", "لا تاريخ")
    assert wrong.code == 3
    assert "not a day" in wrong.messages
    assert Catalogue(case / "catalogue.jsonl").get(hit["id"]).corrections == ()  # type: ignore[union-attr] # it is there


def test_corrections_are_kept_one_a_field() -> None:
    one = Correction("title", "أ", "2026-01-01T00:00:00+00:00")
    two = Correction("title", "ب", "2026-01-02T00:00:00+00:00")
    assert corrected(READ, [one, two]).title == "ب"
