"""Dated sentences on one axis."""

from __future__ import annotations

from dataclasses import replace

from tests.statements_support import Corpus, day

from kashaf.entities.statements.model import Timeline


def values(found: Timeline) -> list[str]:
    return [statement.mention.edtf for statement in found.dated]


def test_statements_stand_in_the_order_of_what_they_are_about() -> None:
    corpus = Corpus()
    corpus.add(
        "افتتح الجسر في ⟦12 أيار 2024|date|2024-05-12⟧ بعد سنوات. وسيغلق في ⟦كانون الثاني 2026|date|2026-01⟧ "
        "للصيانة."
    )
    corpus.add(
        "تأسست الهيئة عام ⟦1998|date|1998⟧ بقرار من الحكومة. واحترق مقرها في ⟦3 آذار 2024|date|2024-03-03⟧."
    )
    found = corpus.timeline()
    assert values(found) == ["1998", "2024-03-03", "2024-05-12", "2026-01"]
    assert found.dated[1].text == "واحترق مقرها في 3 آذار 2024."
    first = found.dated[1].first
    text = corpus.sources[first.article_id].text
    assert text[first.start : first.end] == found.dated[1].text
    low, high = found.dated[1].date_span
    assert found.dated[1].text[low:high] == "3 آذار 2024"


def test_a_year_stands_before_its_days() -> None:
    corpus = Corpus()
    corpus.add("بدأ العمل في ⟦1 كانون الثاني 2024|date|2024-01-01⟧ صباحا.")
    corpus.add("كانت سنة ⟦2024|date|2024⟧ سنة صعبة على الميناء.")
    corpus.add("تراجعت الحركة في ⟦كانون الثاني 2024|date|2024-01⟧ إلى النصف.")
    assert values(corpus.timeline()) == ["2024", "2024-01", "2024-01-01"]


def test_what_says_no_year_stands_apart() -> None:
    corpus = Corpus()
    corpus.add("تحتفل المدينة كل سنة في ⟦24 تشرين الأول|date|XXXX-10-24⟧ بعيدها القديم.", published="")
    corpus.add("وقعت الهزة في ⟦6 شباط 2023|date|2023-02-06⟧ قبل الفجر.")
    found = corpus.timeline()
    assert values(found) == ["2023-02-06"]
    assert [one.mention.edtf for one in found.open] == ["XXXX-10-24"]
    assert len(found) == 2


def test_what_has_no_value_stands_apart_even_if_it_is_over() -> None:
    corpus = Corpus()
    corpus.add("حذر الوزير ⟦قبل أيام|date|2025-11-02⟧ من العاصفة المقبلة على الساحل.")
    (row,) = corpus.dated
    corpus.dated = [replace(row, date=replace(row.date, edtf="", earliest=None))]
    found = corpus.timeline()
    assert not found.dated
    assert len(found.open) == 1
    assert not corpus.timeline("2025-01-01")


def test_evidence_is_stated_or_counted_from_publication_or_approximate() -> None:
    corpus = Corpus()
    corpus.add(
        "وصل الوفد ⟦أمس|date|@2025-11-02⟧ إلى العاصمة. وغادر في ⟦3 تشرين الثاني 2025|date|2025-11-03⟧ "
        "مساء. وكان الاتفاق ⟦منذ شهرين|date|@2025-09~⟧ تقريبا."
    )
    found = {one.mention.edtf: one.evidence for one in corpus.timeline()}
    assert found == {"2025-11-02": "publication", "2025-11-03": "stated", "2025-09~": "approximate"}


def test_the_day_of_publication_is_no_statement() -> None:
    corpus = Corpus()
    corpus.add(
        "عنوان الخبر\nالهلال - سدرة\n⟦10 أكتوبر 2025|date|2025-10-10⟧\nالعاصمة، ⟦10 أكتوبر 2025|date|2025-10-10⟧\n"
        "أعلن الوزير ⟦الجمعة|date|@2025-10-10⟧ أن الجسر سيفتح للسيارات قريبا.",
        published="2025-10-10",
    )
    (only,) = corpus.timeline()
    assert only.text.startswith("أعلن الوزير الجمعة")


def test_a_line_of_dates_alone_says_nothing() -> None:
    corpus = Corpus()
    corpus.add(
        "⟦1 محرم 1447هـ|date|2025-06-26⟧ الموافق ⟦26 يونيو 2025|date|2025-06-26⟧\nنص الخبر بلا تاريخ.",
        published="",
    )
    assert len(corpus.timeline()) == 0


def test_a_sentence_with_two_dates_is_told_at_both() -> None:
    corpus = Corpus()
    corpus.add("استمر الحصار من ⟦2014|date|2014⟧ حتى ⟦2016|date|2016⟧ في المدينة القديمة.")
    found = corpus.timeline()
    assert values(found) == ["2014", "2016"]
    assert found.dated[0].text == found.dated[1].text


def test_one_sentence_in_several_articles_is_told_once() -> None:
    corpus = Corpus()
    text = "أعلنت الشركة في ⟦5 تموز 2025|date|2025-07-05⟧ أن الناقلة غرقت قبالة الجزيرة بعد ساعات من الحريق."
    late = corpus.add(text, "المرفأ", "2025-07-08")
    early = corpus.add(f"مقدمة أخرى تماما للخبر.\n{text}", "سدرة", "2025-07-06")
    unknown = corpus.add(text, "الهلال", "")
    (one,) = corpus.timeline()
    assert [telling.article_id for telling in one.tellings] == [early, late, unknown]
    assert one.outlets == ("سدرة", "المرفأ", "الهلال")


def test_copies_of_a_text_tell_nearly_the_same_once() -> None:
    texts = (
        "وقال المتحدث إن السفينة التي غرقت في ⟦5 تموز 2025|date|2025-07-05⟧ كانت تحمل القمح "
        "إلى الميناء الجنوبي.",
        "وقال المتحدث الرسمي إن السفينة التي غرقت في ⟦5 تموز 2025|date|2025-07-05⟧ كانت تحمل "
        "القمح إلى الميناء الجنوبي.",
    )
    together, parted = Corpus(), Corpus()
    for text in texts:
        together.add(text, story="s")
        parted.add(text)
    assert len(together.timeline()) == 1
    assert len(parted.timeline()) == 2


def test_a_short_sentence_is_the_same_only_in_copies() -> None:
    together, parted = Corpus(), Corpus()
    for number in range(2):
        together.add("حدث ذلك عام ⟦2019|date|2019⟧.", str(number), story="s")
        parted.add("حدث ذلك عام ⟦2019|date|2019⟧.", str(number))
    assert len(together.timeline()) == 1
    assert len(parted.timeline()) == 2


def test_a_headline_repeated_in_the_body_is_one_telling() -> None:
    corpus = Corpus()
    line = "اتفاق على وقف الصيد في الخليج حتى ⟦آذار 2026|date|2026-03⟧ بإجماع الأعضاء"
    corpus.add(f"{line}\nنص.\n{line}")
    (one,) = corpus.timeline()
    assert len(one.tellings) == 1
    assert one.first.start == 0


def test_a_period_keeps_what_may_lie_in_it() -> None:
    corpus = Corpus()
    corpus.add(
        "تأسست الهيئة عام ⟦2024|date|2024⟧ بقرار. وعقدت اجتماعا في ⟦5 أيار 2024|date|2024-05-05⟧ "
        "ثم في ⟦آب 2025|date|2025-08⟧ أيضا. وللعيد ⟦1 أيار|date|XXXX-05-01⟧ معنى."
    )
    assert values(corpus.timeline("2024-05-01", "2024-06-30")) == ["2024", "2024-05-05"]
    assert values(corpus.timeline("2025-01-01")) == ["2025-08"]
    assert values(corpus.timeline(last="2024-04-30")) == ["2024"]
    assert not corpus.timeline("1990-01-01").open


def test_open_intervals_stand_by_the_end_that_they_have() -> None:
    corpus = Corpus()
    corpus.add("العقد سار منذ ⟦1 أيار 2024|date|2024-05-01/..⟧ بلا نهاية محددة للشركتين.")
    corpus.add("كان الرصيف مغلقا ⟦حتى 3 آذار 2024|date|../2024-03-03⟧ أمام كل السفن.")
    found = corpus.timeline()
    assert values(found) == ["../2024-03-03", "2024-05-01/.."]
    assert found.dated[0].day == day("2024-03-03")
    assert values(corpus.timeline("2030-01-01")) == ["2024-05-01/.."]


def test_an_article_that_is_gone_says_nothing_and_cancelling_stops() -> None:
    from kashaf.entities.statements.timeline import timeline

    corpus = Corpus()
    for number in range(5):
        corpus.add(f"افتتح الرصيف رقم {number} في ⟦2024|date|2024⟧ أمام الصيادين.")
    assert len(timeline(corpus.dated, lambda _id: None)) == 0
    asked: list[str] = []

    def source(id_: str) -> None:
        asked.append(id_)

    timeline(corpus.dated, source, cancelled=lambda: len(asked) == 2)
    assert len(asked) == 2
