"""An import says what the fields of files of records were taken for."""

from __future__ import annotations

from pathlib import Path

from tests.cli_support import kashaf

from kashaf.corpus import report as reports
from kashaf.workspace import create

BODY = "أفرغت السفينة حمولتها صباح الأحد على الرصيف الثالث في المرفأ الكبير."


def test_it_is_shown_and_kept_once_for_files_that_are_alike(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in (1, 2):
        (stick / f"{number}.jsonl").write_text(
            f'{{"headline": "خبر {number}", "story": "{BODY} {number}", "kicker": "x"}}\n', "utf-8"
        )
    (stick / "page.txt").write_text(f"عنوان الصفحة\n\n{BODY}\n", "utf-8")
    case = tmp_path / "case"
    ran = kashaf("-w", case, "index", stick)
    assert "and 1 more: title ← headline, body ← story; no date, outlet; not used: kicker" in ran.text
    (kept,) = reports.load(create(case)).fields
    assert (Path(kept.path).name, kept.files) == ("1.jsonl", 2)
    assert kashaf("-w", case, "imports", "last").text.count("title ← headline") == 1


def test_names_of_the_workspace_are_seen_in_it(tmp_path: Path) -> None:
    case = tmp_path / "case"
    create(case)
    (case / "kashaf.yaml").write_text("fields:\n  title: [kicker]\n", "utf-8")
    source = tmp_path / "a.csv"
    source.write_text(f"kicker,story,day\nخبر,{BODY},2025-11-03\nآخر,{BODY} ثم,2025-11-04\n", "utf-8")
    ran = kashaf("-w", case, "index", source, "--dry-run")
    assert "title ← kicker" in ran.text


def test_a_report_of_before_has_none(tmp_path: Path) -> None:
    value = reports.ImportReport("20260101T000000Z", "2026-01-01T00:00:00+00:00").as_dict()
    del value["fields"]
    assert reports.from_dict(value).fields == ()
