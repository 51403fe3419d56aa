from __future__ import annotations

from kashaf_index.analysis import EXACT, FOLDED, STEM, ladder
from kashaf_index.query.compile import (
    All,
    AllOf,
    AnyOf,
    FromOutlet,
    InDates,
    Match,
    Plan,
    Slot,
    Unit,
    Without,
    compile_query,
    positive_units,
)
from kashaf_index.query.parser import parse


def plan(text: str, match: Match = "all") -> Plan:
    root = parse(text).root
    assert root is not None
    return compile_query(root, match)


def labels(compiled: Plan) -> list[str]:
    return [unit.label for unit in positive_units(compiled)]


def word(text: str) -> Unit:
    return Unit((Slot(ladder(text)),), "text", text)


def test_all_or_any_of_the_words() -> None:
    assert plan("ميناء سفينة") == AllOf((word("ميناء"), word("سفينة")))
    assert plan("ميناء سفينة", "any") == AnyOf((word("ميناء"), word("سفينة")))


def test_conditions_hold_even_when_any_word_will_do() -> None:
    assert plan("ميناء سفينة outlet:الميزان -بحر date:2025", "any") == AllOf(
        (
            AnyOf((word("ميناء"), word("سفينة"))),
            FromOutlet("الميزان"),
            Without(word("بحر")),
            InDates(20250101, 20251231),
        )
    )


def test_stop_words_never_exclude() -> None:
    assert plan("ميناء في من") == word("ميناء")
    assert plan("(في من) ميناء") == word("ميناء")
    assert plan("في", "any") == word("في")
    assert labels(plan("في من")) == ["في", "من"]
    assert labels(plan("في outlet:الميزان")) == ["في"]


def test_stop_words_count_where_they_are_asked_for() -> None:
    assert plan("ميناء OR في") == AnyOf((word("ميناء"), word("في")))
    assert plan("ميناء -في") == AllOf((word("ميناء"), Without(word("في"))))
    assert len(plan('"في ميناء"').slots) == 2  # type: ignore[union-attr]  # a phrase is a unit


def test_a_word_of_several_tokens_is_a_phrase() -> None:
    unit = plan("3.5")
    assert isinstance(unit, Unit)
    assert [slot.reading.exact for slot in unit.slots] == ["3", "5"]


def test_outlets_and_everything() -> None:
    assert plan('outlet:"صَحيفة المرفإ"') == FromOutlet("صحيفه المرفا")
    assert plan("*") == All()


def test_negated_words_are_no_reason() -> None:
    assert labels(plan("ميناء -سفينة (بحر OR -نهر)")) == ["ميناء", "بحر"]


def test_what_a_slot_accepts() -> None:
    slot = Slot(ladder("قسد"))
    assert slot.accepts(ladder("قسد")) == (EXACT, "exact")
    assert slot.accepts(ladder("قَسد")) == (FOLDED, "folded")
    assert slot.accepts(ladder("بقسد")) == (STEM, "proclitic ب")
    assert slot.accepts(ladder("قسدي")) == (STEM, "stem")
    assert slot.accepts(ladder("قصد")) is None


def test_what_a_beginning_accepts() -> None:
    slot = Slot(ladder("مدر"), prefix=True)
    assert slot.accepts(ladder("مدرسة")) == (EXACT, "exact")
    assert slot.accepts(ladder("مَدرسة")) == (FOLDED, "folded")
    assert slot.accepts(ladder("للمدرسة")) == (STEM, "proclitic لل")
    assert slot.accepts(ladder("تدريس")) is None
