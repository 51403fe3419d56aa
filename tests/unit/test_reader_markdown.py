"""Markdown: front matter in two languages, marks taken off, words kept."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read

BODY = "عاد القطار الجبلي إلى العمل بعد توقف دام سنوات، وحمل في رحلته الأولى مئة وعشرين راكبا من أهل البلدة."


def draft(text: str, name: str = "a.md") -> Draft:
    return read(name, text.encode()).members[0].draft


@pytest.mark.parametrize(
    "front",
    [
        "title: القطار يعود\ndate: 2025-12-01\noutlet: مجلة السكة\nauthor: ريم الحداد\nurl: https://sikka.example/1",
        'العنوان: "القطار يعود"\nالتاريخ: 1 كانون الأول 2025\nالمصدر: مجلة السكة\nالكاتب: ريم الحداد\nالرابط: https://sikka.example/1',
        "title: القطار يعود\ndate: 2025-12-01T10:00:00+03:00\nsource: مجلة السكة\nauthors: [ريم الحداد]\nlink: https://sikka.example/1",
    ],
)
def test_front_matter(front: str) -> None:
    article = draft(f"---\n{front}\n---\n\n{BODY}\n")
    meta = article.metadata
    assert article.text == f"القطار يعود\n{BODY}"
    assert (meta.title, meta.outlet, meta.author) == ("القطار يعود", "مجلة السكة", "ريم الحداد")
    assert meta.published == date(2025, 12, 1)
    assert meta.published_evidence in {"front matter: date", "front matter: التاريخ"}
    assert meta.url == "https://sikka.example/1"


def test_front_matter_that_is_not_yaml_is_read_line_by_line() -> None:
    article = draft(f"---\ntitle: القطار: عودة بعد غياب\ndate: 2025-13-45\n---\n{BODY}")
    assert article.metadata.title == "القطار: عودة بعد غياب"
    assert article.metadata.published is None
    assert article.provenance.warnings[0].startswith("front matter read line by line")


def test_without_a_date_none_is_stated() -> None:
    assert draft(f"---\ntitle: القطار يعود\nupdated: 2025-12-01\n---\n{BODY}").metadata.published is None


def test_the_first_heading_is_the_title() -> None:
    article = draft(f"# القطار يعود\n\n{BODY}\n\n## المحطة الأولى\n\n{BODY} وانتهى.")
    assert article.metadata.title == "القطار يعود"
    assert article.text.split("\n") == ["القطار يعود", BODY, "المحطة الأولى", f"{BODY} وانتهى."]


def test_a_title_said_twice_stands_once() -> None:
    article = draft(f"---\ntitle: القطار يعود\n---\n# القطار يعود\n{BODY}")
    assert article.text == f"القطار يعود\n{BODY}"


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("نص **مهم** جدا", "نص مهم جدا"),
        ("نص *مائل* و_مائل_ و__غليظ__", "نص مائل و_مائل_ و__غليظ__"),
        ("نص _مائل_ هنا", "نص مائل هنا"),
        ("نص ***كلاهما*** هنا", "نص كلاهما هنا"),
        ("[الوزارة](https://x.example/a_(b)) قالت", "الوزارة قالت"),
        ("[الوزارة][1] قالت", "الوزارة قالت"),
        ("![صورة القطار](a.jpg) تعليق", "صورة القطار تعليق"),
        ("`رمز` ونص", "رمز ونص"),
        ("~~قديم~~ جديد", "قديم جديد"),
        ("حاشية[^1] هنا", "حاشية هنا"),
        ("<b>نص</b> و<!-- سر -->باق", "نص وباق"),
        (r"نجمة \* هنا", "نجمة * هنا"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("> قال الراكب كلاما", "قال الراكب كلاما"),
        ("* بند", "- بند"),
        ("1. بند", "1. بند"),
        ("| أ | ب |\n|---|---|\n| ج | د |", "أ – ب\nج – د"),
    ],
)
def test_marks_go_and_words_stay(marked: str, plain: str) -> None:
    assert (
        draft(f"# عنوان المقال\n\n{BODY}\n\n{marked}\n\n{BODY} تم.").text
        == f"عنوان المقال\n{BODY}\n{plain}\n{BODY} تم."
    )


def test_wrapped_lines_are_one_paragraph() -> None:
    article = draft("# عنوان\n\nسطر أول من فقرة\nسطر ثان منها\n\n- بند\n  يتبع\n\nسطر  \nمكسور")
    assert article.text == "عنوان\nسطر أول من فقرة سطر ثان منها\n- بند يتبع\nسطر\nمكسور"


def test_removed_lines_keep_their_numbers_in_the_file() -> None:
    article = draft(f"---\ntitle: القطار يعود\n---\n\n{BODY}\n\nشارك المقال\n\n{BODY} تم.")
    assert [(line.text, line.line) for line in article.provenance.removed] == [("شارك المقال", 7)]


def test_front_matter_is_known_in_a_text_file() -> None:
    assert draft(f"---\ntitle: القطار يعود\n---\n{BODY}", "a.txt").metadata.title == "القطار يعود"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert draft(f"---\n{BODY}\n---\nتم", "a.txt").text.startswith("---")
