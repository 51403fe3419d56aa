"""What stands around an article on its page: seen when it is asked for, and brought back by a decision."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf.corpus import loading
from kashaf.corpus.lines import LineDecisions, keep, outlet_scope
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import Member, read
from kashaf.corpus.readers.assemble import OUTSIDE, Block
from kashaf.corpus.readers.html_outside import with_outside

PAGE = """<!DOCTYPE html><html lang="ar"><head><meta charset="utf-8"><title>سفينة القمح تصل | المرفأ</title>
<meta property="og:title" content="سفينة القمح تصل"><meta property="og:site_name" content="المرفأ"></head><body>
<nav><ul><li>الرئيسية</li><li>اقتصاد البحر</li></ul></nav>
<main><article><h1>سفينة القمح تصل</h1>
<p>أفرغت السفينة حمولتها صباح الأحد على الرصيف الثالث في المرفأ الكبير بعد انتظار دام أسبوعين.</p>
<p>وقال مدير الرصيف إن الكلفة معروفة سلفا ولا زيادة عليها هذا العام، وإن العمال أنهوا التفريغ في يومين.</p>
</article></main>
<aside><h3>اخترنا لكم</h3><p>صور من سوق السمك القديم</p></aside>
<footer><p>تصدر عن دار الساحل للنشر</p></footer></body></html>"""


def member(options: ReadOptions | None = None) -> Member:
    (found,) = read("page.html", PAGE.encode(), options).members
    return found


def outside(found: Member) -> list[str]:
    return [one.text for one in found.draft.provenance.removed if one.rule == OUTSIDE]


def test_it_is_listed_for_who_asks_and_the_article_is_the_same() -> None:
    plain, whole = member(), member(ReadOptions(everything=True))
    assert outside(plain) == []
    assert "صور من سوق السمك القديم" in outside(whole)
    assert "تصدر عن دار الساحل للنشر" in outside(whole)
    assert (whole.draft.text, whole.draft.kinds) == (plain.draft.text, plain.draft.kinds)
    before = [one.at for one in whole.draft.provenance.removed if one.text == "اقتصاد البحر"]
    after = [one.at for one in whole.draft.provenance.removed if one.text == "تصدر عن دار الساحل للنشر"]
    assert before == [plain.draft.body_start]
    assert after == [len(plain.draft.text)]
    assert not {"سفينة القمح تصل", *plain.draft.text.split("\n")}.intersection(outside(whole))


def test_a_line_that_was_brought_back_is_of_the_article(tmp_path: Path) -> None:
    keep(tmp_path, "صور من سوق السمك القديم", outlet_scope("المرفأ", "page.html"))
    found = member(ReadOptions(lines=LineDecisions.load(tmp_path)))
    assert found.draft.text == member().draft.text + "\nصور من سوق السمك القديم"
    elsewhere = tmp_path / "elsewhere"
    keep(elsewhere, "صور من سوق السمك القديم", outlet_scope("النبض", "page.html"))
    assert member(ReadOptions(lines=LineDecisions.load(elsewhere))).draft.text == member().draft.text


def test_lines_stand_between_the_blocks_that_they_stood_between() -> None:
    blocks = [Block("الأول من السطور"), Block("الثاني منها — في صف"), Block("الثالث")]
    row = "<table><tr><td>الثاني منها</td><td>في صف</td></tr></table>"
    markup = f"<p>قبل</p><p>الأول من السطور</p><p>بين</p>{row}<p>الثالث</p><p>بعد</p>"
    merged = with_outside(blocks, markup, "بعد", lambda line: line != "قبل")
    assert [(one.text, one.outside) for one in merged] == [
        ("الأول من السطور", False), ("بين", True), ("الثاني منها — في صف", False), ("الثالث", False),
    ]  # fmt: skip


def test_a_record_of_a_file_of_many_is_not_searched_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.jsonl").write_text('{"title": "خبر", "body": "أفرغت السفينة حمولتها."}\n' * 2, "utf-8")
    case = tmp_path / "case"
    kashaf("-w", case, "index", tmp_path / "a.jsonl")

    def read_again(*_: object) -> None:
        raise AssertionError("the whole file was read")

    monkeypatch.setattr(loading, "load_article", read_again)
    (hit, *_) = kashaf("-w", case, "search", "السفينة", "--json").json["hits"]
    assert kashaf("-w", case, "show", hit["id"], "--removed").code == 0


def test_the_command_shows_it(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(PAGE, "utf-8")
    case = tmp_path / "case"
    kashaf("-w", case, "index", tmp_path / "page.html")
    (hit,) = kashaf("-w", case, "search", "السفينة", "--json").json["hits"]
    shown = kashaf("-w", case, "show", hit["id"], "--removed").text
    assert "صور من سوق السمك القديم" in shown
    rows = kashaf("-w", case, "show", hit["id"], "--removed", "--json").json["removed"]
    assert OUTSIDE in {row["rule"] for row in rows}
    assert OUTSIDE not in {
        row["rule"] for row in kashaf("-w", case, "show", hit["id"], "--json").json["removed"]
    }
