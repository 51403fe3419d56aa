"""Articles that are made to be slow or odd: bounded work, sensible or empty output."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.effort_support import assert_linear, bounded, effort
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
    with bounded():
        low, high = sentence_at(text, start, start + 4)
        assert effort(lambda: sentence_at(text, start, start + 4)) < 20_000
    assert low <= start < start + 4 <= high
    assert high - low <= 10_000


def test_hundreds_of_dates_in_one_paragraph() -> None:
    def make(number: int) -> tuple[list[Dated], Source]:
        text = "حدث في 2024 أمر جديد، " * number
        rows, at = [], text.find("2024")
        while at >= 0:
            rows.append(Dated("a", DAY, "سدرة", date_mention(at, "2024", "2024")))
            at = text.find("2024", at + 1)
        return rows, Source("a", "عنوان", "سدرة", DAY, text, "a")

    def work(made: tuple[list[Dated], Source]) -> None:
        rows, source = made
        assert len(timeline(rows, {"a": source}.get))

    assert_linear(make, work, 300)


def test_one_figure_in_hundreds_of_articles() -> None:
    def make(number: int) -> tuple[list[Counted], list[Named], dict[str, Source]]:
        rows, named, sources = [], [], {}
        for each in range(number):
            text = f"يضم تحالف السواحل {each + 3} عضوا بحسب موقعه على الشبكة منذ العام الماضي."
            id_ = f"a{each}"
            form = f"{each + 3} عضوا"
            rows.append(Counted(id_, DAY, "سدرة", quantity(text.index(form), form, "members", str(each + 3))))
            named.append(Named(id_, "organization", "تحالف السواحل", 4, 17))
            sources[id_] = Source(id_, text, "سدرة", DAY if each % 2 else None, text, id_)
        return rows, named, sources

    def work(made: tuple[list[Counted], list[Named], dict[str, Source]]) -> None:
        rows, named, sources = made
        (claim,) = claims(rows, named, (), sources.get)
        assert claim.verdict == "conflict"
        assert claim.articles == len(rows)

    assert_linear(make, work, 200)


def repeated(number: int) -> Corpus:
    """Articles that say the same."""
    corpus = Corpus()
    for each in range(number):
        corpus.add(
            f"رصدت الهيئة في ⟦المدينة|place|المدينة⟧ ⟦{each % 7} سفن|other|{each % 7}⟧ ترفع أعلاما غريبة قرب الرصيف."
        )
    return corpus


def varied(number: int) -> Corpus:
    """Articles with a date and two figures each."""
    corpus = Corpus()
    for each in range(number):
        corpus.add(
            f"افتتح رقم {each} في ⟦12 أيار 2024|date|2024-05-12⟧ أمام الناس.\n"
            f"ويضم ⟦نادي{each % 40}|org|نادي{each % 40}⟧ ⟦{each % 9 + 2} عضوا|members|{each % 9 + 2}⟧ اليوم.\n"
            f"وفي ⟦بلدة{each % 60}|place|بلدة{each % 60}⟧ ⟦{each} بيتا|other|{each}⟧ من حجر قديم على النهر."
        )
    return corpus


@pytest.mark.parametrize("make", [repeated, varied])
def test_rows_are_gone_through_once(make: Callable[[int], Corpus]) -> None:
    def work(corpus: Corpus) -> None:
        corpus.timeline()
        assert all(claim.articles > 1 for claim in corpus.claims())

    assert_linear(make, work, 150)


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
