"""Articles that are made to be slow or odd: bounded time, sensible or empty output."""

from __future__ import annotations

import time
from datetime import date

import pytest
from tests.statements_support import Corpus, date_mention, quantity

from kashaf.entities.statements.claims import claims
from kashaf.entities.statements.model import Source
from kashaf.entities.statements.sentences import sentence_at
from kashaf.entities.statements.timeline import timeline
from kashaf.entities.tables.rows import Counted, Dated, Named

DAY = date(2025, 11, 3)


def test_a_paragraph_of_ten_megabytes() -> None:
    text = "كلمة بعد كلمة " * 400_000 + "في عام 2024 كلمة " + "كلمة " * 600_000
    start = text.index("2024")
    before = time.process_time()
    low, high = sentence_at(text, start, start + 4)
    assert time.process_time() - before < 0.5
    assert low <= start < start + 4 <= high
    assert high - low <= 10_000


def test_thousands_of_dates_in_one_paragraph() -> None:
    text = "حدث في 2024 أمر جديد، " * 8_000
    source = Source("a", "عنوان", "سدرة", DAY, text, "a")
    rows, at = [], text.find("2024")
    while at >= 0:
        rows.append(Dated("a", DAY, "سدرة", date_mention(at, "2024", "2024")))
        at = text.find("2024", at + 1)
    before = time.process_time()
    found = timeline(rows, {"a": source}.get)
    assert time.process_time() - before < 2
    assert len(found)


def test_one_figure_in_thousands_of_articles() -> None:
    rows, named, sources = [], [], {}
    for number in range(2_000):
        text = f"يضم تحالف السواحل {number + 3} عضوا بحسب موقعه على الشبكة منذ العام الماضي."
        id_ = f"a{number}"
        form = f"{number + 3} عضوا"
        rows.append(Counted(id_, DAY, "سدرة", quantity(text.index(form), form, "members", str(number + 3))))
        named.append(Named(id_, "organization", "تحالف السواحل", 4, 17))
        sources[id_] = Source(id_, text, "سدرة", DAY if number % 2 else None, text, id_)
    before = time.process_time()
    (claim,) = claims(rows, named, (), sources.get)
    assert time.process_time() - before < 3
    assert claim.verdict == "conflict"
    assert claim.articles == 2_000


def test_the_same_words_in_hundreds_of_articles() -> None:
    corpus = Corpus()
    for number in range(400):
        corpus.add(
            f"رصدت الهيئة في ⟦المدينة|place|المدينة⟧ ⟦{number % 7} سفن|other|{number % 7}⟧ ترفع أعلاما "
            "غريبة قرب الرصيف."
        )
    before = time.process_time()
    found = corpus.claims()
    assert time.process_time() - before < 3
    assert all(claim.articles > 1 for claim in found)


@pytest.mark.parametrize("text", ["", "\n\n\n", "123 456", "\u202e\u200f\u0640", "٢٠٢٤" * 1000])
def test_rows_that_point_beyond_the_text_say_nothing(text: str) -> None:
    source = Source("a", "", "", None, text, "a")
    row = Dated("a", None, "", date_mention(len(text) + 5, "2024", "2024"))
    counted = Counted("a", None, "", quantity(len(text) + 5, "5 سفن", "other", "5"))
    other = Counted("b", None, "", quantity(len(text) + 5, "5 سفن", "other", "5"))
    assert len(timeline([row], {"a": source}.get)) == 0
    named = [Named(id_, "place", "المدينة", 0, 1) for id_ in "ab"]
    assert claims([counted, other], named, [row], {"a": source, "b": source}.get) == ()


def test_numbers_without_end() -> None:
    corpus = Corpus()
    for value in ("1e308", "9" * 300):
        corpus.add(
            f"بلغت ديون ⟦المدينة|place|المدينة⟧ في نهاية العام الماضي ⟦5|money:USD|{value}⟧ بحسب البلدية."
        )
    assert len(corpus.claims()) <= 1


def test_rows_are_few_enough_to_be_quick() -> None:
    corpus = Corpus()
    for number in range(500):
        corpus.add(
            f"افتتح رقم {number} في ⟦12 أيار 2024|date|2024-05-12⟧ أمام الناس.\n"
            f"ويضم ⟦نادي{number % 40}|org|نادي{number % 40}⟧ "
            f"⟦{number % 9 + 2} عضوا|members|{number % 9 + 2}⟧ اليوم.\n"
            f"وفي ⟦بلدة{number % 60}|place|بلدة{number % 60}⟧ ⟦{number} بيتا|other|{number}⟧ من حجر قديم على النهر."
        )
    before = time.process_time()
    corpus.timeline()
    corpus.claims()
    assert time.process_time() - before < 1
