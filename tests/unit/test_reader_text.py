"""Scraped pages as analysts have them: titles, dates and outlets out of the page's own lines."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.article import Draft
from kashaf.corpus.readers import read
from kashaf.errors import BadInput

LEAD = (
    "بدأت في بلدة السنديانة أعمال توسيع الطريق الجبلية التي تربطها بالساحل، بعد عامين من التأخير بسبب خلاف على"
    " التعويضات بين الأهالي والوزارة."
)
MORE = "وقال المتعهد إن المرحلة الأولى تنتهي قبل الشتاء إذا بقي الطقس على حاله، وإن حركة السير لن تتوقف في أثنائها."


def draft(text: str, name: str = "page.txt") -> Draft:
    result = read(name, text.encode())
    assert result.failures == ()
    (member,) = result.members
    assert member.key == ""
    assert member.sha256 == member.draft.provenance.sha256
    return member.draft


def removed(article: Draft) -> dict[str, str]:
    return {line.text: line.rule for line in article.provenance.removed}


def test_title_then_body_one_newline_apart() -> None:
    article = draft(f"  الطريق الجبلية تتسع  \r\n\r\n{LEAD}\r\n\r\n\u00a0\r\n{MORE}\r\n")
    assert article.text == f"الطريق الجبلية تتسع\n{LEAD}\n{MORE}"
    assert article.text[article.body_start :].startswith(LEAD)
    assert article.metadata.title == "الطريق الجبلية تتسع"
    assert article.metadata.published is None
    assert article.metadata.published_evidence == ""


def test_a_page_full_of_chrome() -> None:
    above = ["سنديان", "بحث", "بقرار من الوزارة.. الطريق الجبلية تتسع", "04/07/2025", "الطريق-الجبلية-اليوم"]
    bars = ["شارك المقال", "A", "A"]
    below = ["التعليقات", "الصنف", "محليات", "الأكثر قراءة", "تابعنا"]
    footer = [
        "يستخدم موقع سنديان ملفات تعريف الارتباط لتحسين تجربتك. هل توافق؟",
        "أسّستها فلانة الفلانية",
        "جميع الحقوق محفوظة - Sindyan سنديان © 2015 - 2025",
    ]
    article = draft("\n\n".join([*above, *bars, LEAD, "\u00a0", MORE, *below, *footer]))
    assert article.text == f"بقرار من الوزارة.. الطريق الجبلية تتسع\n{LEAD}\n{MORE}"
    assert article.metadata.outlet == "سنديان"
    assert article.metadata.author is None
    assert article.metadata.published == date(2025, 7, 4)
    assert article.metadata.published_evidence == "line 7, day first"
    assert removed(article)["سنديان"] == "site-name"
    assert removed(article)["04/07/2025"] == "date-line"


def test_a_view_counter_beside_the_date_and_a_repeated_title() -> None:
    article = draft(
        f"طريق السنديانة..  ماذا بعد؟\nنوفمبر 03, 2025 2516\n\nطريق السنديانة.. ماذا بعد؟\n\nحجم الخط\n\n{LEAD}"
    )
    assert article.text == f"طريق السنديانة.. ماذا بعد؟\n{LEAD}"
    assert article.metadata.published == date(2025, 11, 3)
    assert removed(article) == {
        "نوفمبر 03, 2025 2516": "view-counter",
        "طريق السنديانة.. ماذا بعد؟": "repeated-title",
        "حجم الخط": "font-size",
    }


def test_a_date_before_a_summary_and_no_title() -> None:
    summary = (
        "توسيع متأخر: بدأت أعمال الطريق بعد خلاف طويل على التعويضات بين الأهالي والوزارة، وتنتهي قبل الشتاء."
    )
    article = draft(f" date 2025-10-24 - {summary}\n\n{LEAD}\n\n{MORE}")
    assert article.metadata.published == date(2025, 10, 24)
    assert article.metadata.published_evidence == "line 1"
    assert article.body_start == 0
    assert article.text == f"{summary}\n{LEAD}\n{MORE}"
    assert article.metadata.title.startswith("توسيع متأخر: بدأت")
    assert article.metadata.title.endswith("…")
    assert "no stated title" in article.provenance.warnings


@pytest.mark.parametrize(
    ("line", "day", "evidence"),
    [
        ("الأحد 9 نوفمبر 2025 - 14:32", date(2025, 11, 9), "line 2"),
        ("نُشر في: 9 تشرين الثاني/نوفمبر 2025", date(2025, 11, 9), "line 2"),
        ("تاريخ النشر: ٩ نوفمبر ٢٠٢٥ الساعة ١٠:٣٠ صباحا", date(2025, 11, 9), "line 2"),
        ("الأحد 18 جمادى الأولى 1447هـ الموافق 9 نوفمبر 2025م", date(2025, 11, 9), "line 2"),
        ("الأحد 18 جمادى الأولى 1447هـ", date(2025, 11, 9), "line 2, Hijri"),
        ("السنديانة، 9 نوفمبر 2025", date(2025, 11, 9), "line 2"),
        ("9 نوفمبر 2025 | 310 مشاهدة", date(2025, 11, 9), "line 2"),
    ],
)
def test_a_line_that_is_a_date(line: str, day: date, evidence: str) -> None:
    article = draft(f"الطريق الجبلية تتسع\n{line}\n{LEAD}\n{MORE}")
    assert (article.metadata.published, article.metadata.published_evidence) == (day, evidence)


@pytest.mark.parametrize(
    "line",
    [
        "آخر تحديث: 9 نوفمبر 2025",
        "جرافة تعمل في الطريق الجبلية قرب السنديانة، 9 نوفمبر 2025 (أرشيف)",
        "الجرافة، 9 نوفمبر 2025 (رويترز)",
        "تفتتح الطريق في 9 نوفمبر 2025 بحضور الوزير وأهالي القرى",
        "نوفمبر 2025",
    ],
)
def test_a_line_that_is_no_date_of_publication(line: str) -> None:
    assert draft(f"الطريق الجبلية تتسع\n{line}\n{LEAD}\n{MORE}").metadata.published is None


def test_dates_in_prose_and_footers_are_not_read() -> None:
    article = draft(f"الطريق الجبلية تتسع\n{LEAD}\nوبدأت الأعمال في 3 مايو 2024.\n{MORE}\n© سنديان 2025")
    assert article.metadata.published is None


def test_the_clock_of_a_site_is_no_date() -> None:
    head = "الأحد 9 نوفمبر 2025 - 14:32\nالرئيسية\nسياسة\nرأي\nبحث\nالطريق الجبلية تتسع اليوم"
    article = draft(f"{head}\n{LEAD}\n{MORE}")
    assert article.metadata.title == "الطريق الجبلية تتسع اليوم"
    assert article.metadata.published is None


def test_a_date_right_before_the_title_counts() -> None:
    article = draft(f"9/11/2025\nالطريق الجبلية تتسع\n{LEAD}\n{MORE}")
    assert article.metadata.title == "الطريق الجبلية تتسع"
    assert article.metadata.published == date(2025, 11, 9)


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("بقلم: ليلى السنجاري", "ليلى السنجاري"),
        ("كتبت: ليلى السنجاري", "ليلى السنجاري"),
        ("إعداد: قسم التحقيقات", "قسم التحقيقات"),
        ("بقلم ليلى السنجاري", "ليلى السنجاري"),
        ("كتب الوزير رسالة إلى الأهالي", None),
        ("ليلى السنجاري", None),
    ],
)
def test_only_a_stated_author(line: str, author: str | None) -> None:
    assert draft(f"الطريق الجبلية تتسع\n{line}\n{LEAD}\n{MORE}").metadata.author == author


def test_a_section_label_is_no_title() -> None:
    article = draft(f"محليات\nالطريق الجبلية تتسع بعد عامين من الانتظار\n{LEAD}")
    assert article.metadata.title == "الطريق الجبلية تتسع بعد عامين من الانتظار"


def test_lists_and_headings_of_the_body_stay() -> None:
    lines = ["الطريق الجبلية تتسع", LEAD, "مراحل العمل", "- الحفر والردم.", "- الجدران الساندة.", MORE]
    assert draft("\n".join(lines)).text == "\n".join(lines)


def test_language() -> None:
    assert draft(f"عنوان\n{LEAD}").metadata.language == "ar"
    assert (
        draft(
            "خبرگزاری\nوزیر کشور گفت که پروژه‌های جدید در ماه آینده آغاز می‌شود و چهار شهر را می‌گیرد."
        ).metadata.language
        == "fa"
    )
    assert (
        draft("A title\nThe minister said that the works would begin in the spring.").metadata.language
        == "en"
    )


def test_other_encodings_are_noted() -> None:
    member = read("a.txt", f"الطريق الجبلية تتسع\n{LEAD}".encode("cp1256")).members[0]
    assert member.draft.provenance.encoding == "windows-1256"
    assert member.draft.text == f"الطريق الجبلية تتسع\n{LEAD}"


def test_a_page_of_chrome_alone_is_refused() -> None:
    with pytest.raises(BadInput, match="nothing but site chrome"):
        read("a.txt", "بحث\nالرئيسية\nشارك المقال".encode())


def test_the_same_bytes_give_the_same_draft() -> None:
    data = f"عنوان\n{LEAD}".encode()
    assert read("a.txt", data) == read("a.txt", data)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("%!PS-Adobe-3.0\n%%Title: x", "PostScript file"),
        ("\\documentclass{article}\n\\begin{document}", "LaTeX source"),
        ("BEGIN:VCALENDAR\nVERSION:2.0", "address book or calendar"),
        ('<?xml version="1.0"?>\n<notes><note>x</note></notes>', "XML"),
        ("{\\rtf1\\ansi x}", "RTF document"),
        ("-----BEGIN PGP MESSAGE-----\n\nabc", "encrypted or signed file"),
    ],
)
def test_markup_that_no_reader_knows_is_refused_by_name(text: str, kind: str) -> None:
    with pytest.raises(BadInput, match=kind) as caught:
        read("a.txt", text.encode())
    assert caught.value.cure


def test_letters_spelt_out_are_read() -> None:
    spelt = "".join(f"&#{ord(char)};" if char.isalpha() else char for char in LEAD)
    article = draft(f"الطريق الجبلية تتسع\n{spelt}\n&quot;{MORE}&quot;")
    assert article.text == f'الطريق الجبلية تتسع\n{LEAD}\n"{MORE}"'
    assert any("spelt out" in warning for warning in article.provenance.warnings)


def test_a_spoilt_file_comes_back_and_says_so() -> None:
    page = f"الطريق الجبلية تتسع\n{LEAD}\n{MORE}"
    article = draft(page.encode().decode("latin-1"))
    assert article.text == page
    assert "text repaired: utf-8 that was read as windows-1252 (98 % sure)" in article.provenance.warnings
    assert article.provenance.confidence == 0.98
