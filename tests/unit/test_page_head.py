"""What the lines of a page state of it: each value with its evidence, and nothing that they do not state."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.cleaning import clean, split_lines
from kashaf.corpus.page_head import TITLE, Clue, Head, read_head

TITLE_LINE = "الطريق الجبلية تتسع بعد عامين"
LEAD = (
    "بدأت في بلدة السنديانة أعمال توسيع الطريق الجبلية التي تربطها بالساحل، بعد عامين من التأخير بسبب خلاف على"
    " التعويضات بين الأهالي والوزارة."
)
MORE = "وقال المتعهد إن المرحلة الأولى تنتهي قبل الشتاء إذا بقي الطقس على حاله، وإن حركة السير لن تتوقف في أثنائها."
STANDFIRST = "الأهالي يرحبون بالقرار ويطالبون بتعويضات عادلة عن الأراضي التي تمر بها الطريق"


def head(*lines: str, **known: object) -> Head:
    cleaned = clean(split_lines("\n\n".join(lines)))
    return read_head(cleaned.kept, cleaned.removed, **known)  # type: ignore[arg-type]  # keyword by keyword below


def clue(found: Head, field: str) -> Clue:
    return next(one for one in found.clues if one.field == field)


def test_title_and_day_with_their_evidence() -> None:
    found = head(TITLE_LINE, "04/07/2025", LEAD, MORE)
    assert (found.title, found.published, found.evidence) == (
        TITLE_LINE,
        date(2025, 7, 4),
        "line 3, day first",
    )
    assert clue(found, "title") == Clue("title", "line 1", 0.9, TITLE, 0, len(TITLE_LINE))
    assert clue(found, "published").where == "line 3, day first"
    assert clue(found, "published").at is None
    assert 0.8 <= clue(found, "published").confidence < 0.9
    assert [line.text for line in found.body] == [LEAD, MORE]


@pytest.mark.parametrize(
    ("lines", "published", "updated"),
    [
        (("آخر تحديث: 9 نوفمبر 2025 - 10:30",), None, "2025-11-09"),
        (("تم التحديث في 9/11/2025",), None, "2025-11-09"),
        (("نشر في: 3 نوفمبر 2025 | آخر تحديث: 9 نوفمبر 2025",), "2025-11-03", "2025-11-09"),
        (("آخر تحديث 9 نوفمبر 2025 - نشر 3 نوفمبر 2025",), "2025-11-03", "2025-11-09"),
        (("تاريخ النشر: 3 نوفمبر 2025", "آخر تحديث: 9 نوفمبر 2025، 09:30"), "2025-11-03", "2025-11-09"),
        (("آخر تحديث:", "9 نوفمبر 2025"), None, "2025-11-09"),
        (("تاريخ النشر", "3 نوفمبر 2025"), "2025-11-03", None),
        (("Published: Nov 3, 2025, updated Nov 9, 2025",), "2025-11-03", "2025-11-09"),
        (("الاثنين 12 جمادى الأولى 1447هـ - 3 نوفمبر 2025م",), "2025-11-03", None),
        (("الاثنين، 03-11-2025 الساعة 10:30 ص",), "2025-11-03", None),
        (("2025-11-03T10:30:00+03:00",), "2025-11-03", None),
        (("سياسة | 3 نوفمبر 2025",), "2025-11-03", None),
        # Not stated:
        (("منذ ساعتين",), None, None),
        (("2516 مشاهدة",), None, None),
        (("1/11/2025 - 3/11/2025",), None, None),
        (("منذ 3 نوفمبر 2025",), None, None),
        (("نوفمبر 2025",), None, None),
        (("3/11/25",), None, None),
        (("© 2025 سنديان",), None, None),
        (("جلسة للبرلمان المحلي في البلدة، 3 نوفمبر 2025",), None, None),
        (("صورة من الطريق، 3 نوفمبر 2025",), None, None),
    ],
)
def test_days_of_a_page(lines: tuple[str, ...], published: str | None, updated: str | None) -> None:
    found = head(TITLE_LINE, *lines, LEAD, MORE)
    assert found.title == TITLE_LINE
    assert str(found.published) == str(published)
    assert str(found.updated) == str(updated)


def test_a_clock_above_the_title_is_no_day_of_publication() -> None:
    assert head("الاثنين 3 نوفمبر 2025 12:45:33", TITLE_LINE, LEAD, MORE).published is None
    assert head("الساعة الآن 12:45 - 3/11/2025", TITLE_LINE, LEAD, MORE).published is None


def test_days_under_the_body_are_other_articles() -> None:
    found = head(TITLE_LINE, LEAD, MORE, "القرية تحتفل بموسم الزيتون", "3 نوفمبر 2025")
    assert found.published is None


def test_a_schedule_is_no_day_of_publication() -> None:
    found = head(TITLE_LINE, LEAD, "الأربعاء 5 نوفمبر 2025", "الخميس 6 نوفمبر 2025", MORE)
    assert found.published is None
    assert [line.text for line in found.body][1:3] == ["الأربعاء 5 نوفمبر 2025", "الخميس 6 نوفمبر 2025"]


def test_two_calendars_that_disagree_are_said() -> None:
    found = head(TITLE_LINE, "12 جمادى الأولى 1447هـ الموافق 9 نوفمبر 2025", LEAD, MORE)
    assert found.published == date(2025, 11, 9)
    assert len(found.warnings) == 1


def test_a_weekday_that_contradicts_lowers_the_confidence() -> None:
    right = head(TITLE_LINE, "الاثنين 3 نوفمبر 2025", LEAD, MORE)
    wrong = head(TITLE_LINE, "السبت 3 نوفمبر 2025", LEAD, MORE)
    assert right.published == wrong.published == date(2025, 11, 3)
    assert clue(wrong, "published").confidence < clue(right, "published").confidence
    assert wrong.evidence == "line 3, the weekday is another"


def test_a_later_day_in_the_text_is_a_warning_and_no_change() -> None:
    event = "وقع الحادث يوم الاثنين 3 نوفمبر 2025 قرب الجسر، وأغلقت الطريق ساعتين قبل أن يعود السير."
    found = head(TITLE_LINE, "4 يوليو 2025", event, MORE)
    assert found.published == date(2025, 7, 4)
    assert found.warnings == ("dated 2025-07-04, but line 5 speaks of الاثنين 3 نوفمبر 2025 (2025-11-03)",)
    assert head(TITLE_LINE, event, MORE, published=date(2025, 7, 4)).warnings
    assert not head(TITLE_LINE, event, MORE, published=date(2025, 11, 4)).warnings
    assert not head(TITLE_LINE, event, MORE).warnings
    coming = "سيعقد الاجتماع المقبل في 3 نوفمبر 2025 في القاعة الكبرى بحضور جميع أعضاء المجلس البلدي."
    assert not head(TITLE_LINE, "4 يوليو 2025", coming, MORE).warnings
    fixed = "حددت الهيئة الأحد الثالث من نوفمبر 2025 موعدا للانتخابات البلدية، وأنهت بذلك أسابيع من الانتظار."
    assert not head(TITLE_LINE, "4 يوليو 2025", fixed, MORE).warnings


def test_a_standfirst_that_is_set_apart() -> None:
    found = head(TITLE_LINE, STANDFIRST, "بقلم: ليلى السنجاري", LEAD, MORE)
    assert found.standfirst == STANDFIRST
    assert found.author == "ليلى السنجاري"
    assert clue(found, "standfirst") == Clue("standfirst", "line 3", 0.85, 0, 0, len(STANDFIRST))
    assert found.body[0].text == STANDFIRST
    captioned = head(TITLE_LINE, STANDFIRST, "الطريق الجبلية في صورة من عام 2020 (أرشيف)", LEAD, MORE)
    assert captioned.standfirst == STANDFIRST


@pytest.mark.parametrize(
    "lines",
    [
        (LEAD, MORE),
        (STANDFIRST, LEAD, MORE),  # nothing sets it apart from the body
        (
            "الطريق الجبلية في صورة من العام الماضي وقد غطاها الثلج (رويترز)",
            "بقلم: ليلى السنجاري",
            LEAD,
            MORE,
        ),
        ("عنوان فرعي قصير", LEAD, MORE),
        (STANDFIRST,),
        (LEAD, "اقرأ أيضا", MORE),
    ],
)
def test_no_standfirst_is_invented(lines: tuple[str, ...]) -> None:
    assert head(TITLE_LINE, *lines).standfirst is None


@pytest.mark.parametrize(
    ("line", "url"),
    [
        ("رابط المقال: https://sindyan.example/a/1", "https://sindyan.example/a/1"),
        ("الرابط : https://sindyan.example/a/1", "https://sindyan.example/a/1"),
        ("المصدر: https://sindyan.example/الطريق-الجبلية", "https://sindyan.example/الطريق-الجبلية"),
        ("https://sindyan.example/a/1", "https://sindyan.example/a/1"),
        ("للمزيد زوروا https://sindyan.example", None),
    ],
)
def test_address_above_the_body(line: str, url: str | None) -> None:
    found = head(TITLE_LINE, line, LEAD, MORE)
    assert found.url == url
    assert (line in [one.text for one in found.body]) == (url is None)


def test_address_below_the_body_needs_its_label() -> None:
    assert head(TITLE_LINE, LEAD, MORE, "رابط المقال: https://a.example/1").url == "https://a.example/1"
    assert head(TITLE_LINE, LEAD, MORE, "https://a.example/1").url is None


def test_a_head_that_a_scraper_wrote() -> None:
    found = head(
        f"العنوان: {TITLE_LINE}",
        "المصدر: صحيفة سنديان",
        "التاريخ: 2025-11-03",
        "الكاتب: ليلى السنجاري",
        "الرابط: https://sindyan.example/a/1",
        "Language: ar",
        "النص:",
        LEAD,
        MORE,
    )
    assert (found.title, found.outlet, found.published) == (TITLE_LINE, "صحيفة سنديان", date(2025, 11, 3))
    assert (found.author, found.url, found.language) == (
        "ليلى السنجاري",
        "https://sindyan.example/a/1",
        "ar",
    )
    assert [line.text for line in found.body] == [LEAD, MORE]
    assert {one.confidence for one in found.clues} == {1.0}


def test_a_dateline_stays_in_the_text() -> None:
    found = head(TITLE_LINE, f"دمشق – سانا: {LEAD}", MORE)
    assert found.dateline == "دمشق – سانا"
    assert clue(found, "dateline") == Clue("dateline", "line 3", 0.95, 0, 0, 11)
    assert found.body[0].text.startswith("دمشق – سانا: ")


def test_the_day_of_a_dateline_is_stated() -> None:
    found = head(TITLE_LINE, f"دمشق، 12 نوفمبر 2025 (سانا) – {LEAD}", MORE)
    assert (found.published, found.evidence) == (date(2025, 11, 12), "line 3")
    assert clue(found, "published").confidence == 0.75


@pytest.mark.parametrize(
    "line", ["أسسها سمير الحلو", "سمير الحلو", "ترجمة: سمير الحلو", "كتب الوزير رسالة إلى الأهالي"]
)
def test_no_author_is_invented(line: str) -> None:
    assert head(TITLE_LINE, line, LEAD, MORE).author is None


def test_nothing_of_nothing() -> None:
    assert read_head(()).body == ()
    assert head("12").title is None


def test_the_day_below_a_title_that_is_known_and_said_again() -> None:
    found = head("سنديان", "محليات", TITLE_LINE, "3 نوفمبر 2025", LEAD, MORE, title=TITLE_LINE)
    assert found.published == date(2025, 11, 3)
    schedule = head(
        "تبدأ اليوم مباريات الجولة الأولى من الدوري:", "3 نوفمبر 2025", LEAD, MORE, title=TITLE_LINE
    )
    assert schedule.published is None
