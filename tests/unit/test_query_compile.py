from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from kashaf_index.analysis import EXACT, FOLDED, ROOT, STEM, ladder
from kashaf_index.query.compile import Match, Plan, Row, Unit, compile_query, positive_units
from kashaf_index.query.expansion import Expansion
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import (
    All,
    AllOf,
    AnyOf,
    FromOutlet,
    InDates,
    InLanguage,
    Joined,
    Without,
    changed,
)
from kashaf_index.query.slots import ExactSlot, FuzzySlot, PatternSlot, RootSlot, WordSlot, fits


@dataclass(frozen=True)
class Book:
    """Words in a row, and what else they may be."""

    names: Mapping[tuple[str, ...], tuple[str, ...]]

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        return tuple(
            Expansion(start, end, tuple(tuple(form.split()) for form in forms), f"alias {' '.join(name)}")
            for name, forms in self.names.items()
            for start in range(len(words))
            if words[start : (end := start + len(name))] == name
        )


BOOK = Book({("مجلس", "المرفا"): ("ممر",), ("ممر",): ("مجلس المرفأ",)})


def plan(text: str, match: Match = "all", book: Book | None = None) -> Plan:
    root = parse(text).root
    assert root is not None
    return compile_query(root, match, book)


def labels(compiled: Plan) -> list[str]:
    return [unit.label for unit in positive_units(compiled)]


def word(text: str) -> Unit:
    return Unit((WordSlot(ladder(text)),), "text", text)


def test_all_or_any_of_the_words() -> None:
    assert plan("ميناء سفينة") == AllOf((word("ميناء"), word("سفينة")))
    assert plan("ميناء سفينة", "any") == AnyOf((word("ميناء"), word("سفينة")))


def test_conditions_hold_even_when_any_word_will_do() -> None:
    assert plan("ميناء سفينة outlet:الميزان -بحر date:2025 (lang:ar OR tag:x) *", "any") == AllOf(
        (
            AnyOf((word("ميناء"), word("سفينة"))),
            FromOutlet("الميزان"),
            Without(word("بحر")),
            InDates(20250101, 20251231),
            AnyOf((InLanguage("ar"), Joined("tag", "x"))),
            All(),
        )
    )


def test_stop_words_never_exclude() -> None:
    assert plan("ميناء في من") == word("ميناء")
    assert plan("(في من) ميناء") == word("ميناء")
    assert plan("في", "any") == word("في")
    assert labels(plan("في من")) == ["في", "من"]
    assert labels(plan("في outlet:الميزان")) == ["في"]
    assert labels(plan(r"ميناء \أو")) == ["ميناء"]


def test_stop_words_count_where_they_are_asked_for() -> None:
    assert plan("ميناء OR في") == AnyOf((word("ميناء"), word("في")))
    assert plan("ميناء -في") == AllOf((word("ميناء"), Without(word("في"))))
    assert labels(plan("ميناء =في root:في")) == ["ميناء", "=في", "root:في"]
    phrase = plan('"في ميناء"')
    assert isinstance(phrase, Unit)
    assert len(phrase.slots) == 2


def test_a_word_of_several_tokens_is_a_phrase() -> None:
    unit = plan("3.5")
    assert isinstance(unit, Unit)
    assert [slot.reading.exact for slot in unit.slots if isinstance(slot, WordSlot)] == ["3", "5"]


def test_conditions() -> None:
    assert plan('outlet:"صَحيفة المرفإ"') == FromOutlet("صحيفه المرفا")
    assert plan("*") == All()
    assert plan("date:0001..") == InDates(10101, 99_999_999)
    assert plan("person:بدر") == Joined("person", "بدر")
    assert plan("note:بحر") == Joined("note", "بحر")
    assert plan("has:note") == Joined("noted", "")
    assert plan("similar:ab") == Joined("similar", "ab")


def test_what_each_kind_of_term_looks_for() -> None:
    assert plan("=ميناء") == Unit((ExactSlot(ladder("ميناء")),), "text", "=ميناء")
    assert plan("root:ميناء") == Unit((RootSlot(ladder("ميناء")),), "text", "root:ميناء")
    assert plan("أمي*اء") == Unit((PatternSlot(("أمي", "اء"), ("امي", "اء")),), "text", "أمي*اء")
    assert plan("ميناء~2") == Unit((FuzzySlot(ladder("ميناء"), 2),), "text", "ميناء~2")
    assert plan("title:ميناء") == replace(word("ميناء"), field="title", label="title:ميناء")
    near = plan("ميناء NEAR/4 سفينة")
    assert isinstance(near, Unit)
    assert (near.parts, near.distance) == ((word("ميناء"), word("سفينة")), 4)
    assert near.slots == (*word("ميناء").slots, *word("سفينة").slots)


def test_negated_words_are_no_reason() -> None:
    assert labels(plan("ميناء -سفينة (بحر OR -نهر)")) == ["ميناء", "بحر"]


def test_every_slot_of_a_plan_can_be_changed() -> None:
    compiled = plan("ميناء -سفينة (بحر OR نهر NEAR/2 جسر) tag:x")
    bare = WordSlot(ladder("س"))
    other = changed(compiled, lambda _field, _slot: bare, lambda _joined: All())
    units = list(positive_units(other))
    assert all(slot == bare for unit in units for slot in unit.slots)
    assert all(part.slots == (bare,) for unit in units for part in unit.parts)
    assert "Joined" not in str(other)
    assert changed(compiled, lambda _field, slot: slot) == compiled


# Other words


def slots(*words: str) -> tuple[WordSlot, ...]:
    return tuple(WordSlot(ladder(text)) for text in words)


def test_a_word_may_be_other_words() -> None:
    assert plan("ممر", book=BOOK) == replace(word("ممر"), others=(Row(slots("مجلس", "المرفأ"), "alias ممر"),))
    assert plan("ممر").others == ()  # type: ignore[union-attr]  # a word is a unit


def test_words_side_by_side_may_be_one() -> None:
    instead = Unit(slots("ممر"), "text", "مجلس المرفأ", rule="alias مجلس المرفا")
    assert plan("قرر مجلس المرفأ أمس", book=BOOK) == AllOf(
        (
            word("قرر"),
            AnyOf((AllOf((word("مجلس"), word("المرفأ"))), instead)),
            word("أمس"),
        )
    )
    assert plan("مجلس المرفأ", "any", BOOK) == AnyOf((word("مجلس"), word("المرفأ"), instead))
    # A condition between them parts them.
    assert plan("مجلس -بحر المرفأ", book=BOOK) == plan("مجلس -بحر المرفأ")


def test_a_part_of_a_phrase_may_be_other_words() -> None:
    unit = plan('"قرر مجلس المرفأ أمس"', book=BOOK)
    assert isinstance(unit, Unit)
    (row,) = unit.others
    assert [slot.reading.exact for slot in row.slots if isinstance(slot, WordSlot)] == ["قرر", "ممر", "أمس"]
    assert row.rule == "alias مجلس المرفا"
    assert row.narrowest == STEM


def test_what_is_asked_for_in_other_ways_stays_as_it_is() -> None:
    for text in ("=ممر", "root:ممر", "ممر*", "ممرات~", "-ممر"):
        assert plan(text, book=BOOK) == plan(text)


def test_the_longest_of_overlapping_names_is_taken() -> None:
    book = Book({("ميناء", "بحر"): ("س",), ("بحر", "نهر", "جسر"): ("ص",)})
    assert labels(plan("ميناء بحر نهر جسر", book=book)) == ["ميناء", "بحر", "نهر", "جسر", "بحر نهر جسر"]


def test_an_expander_that_points_elsewhere_is_not_followed() -> None:
    class Wrong:
        def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
            return (Expansion(0, len(words) + 1, (("س",),), "alias س"), Expansion(1, 1, (("س",),), "alias س"))

    root = parse("ميناء بحر").root
    assert root is not None
    assert compile_query(root, "all", Wrong()) == plan("ميناء بحر")


# What slots accept


def test_what_a_word_accepts() -> None:
    slot = WordSlot(ladder("قسد"))
    assert slot.accepts(ladder("قسد")) == (EXACT, "exact")
    assert slot.accepts(ladder("قَسد")) == (FOLDED, "folded")
    assert slot.accepts(ladder("بقسد")) == (STEM, "proclitic ب")
    assert slot.accepts(ladder("قسدي")) == (STEM, "stem")
    assert slot.accepts(ladder("قصد")) is None
    assert WordSlot(ladder("كاتب")).accepts(ladder("مكتب")) == (ROOT, f"root {ladder('كاتب').root}")


def test_a_word_of_a_phrase_is_folded_behind_proclitics() -> None:
    assert WordSlot(ladder("قسد"), tolerant=True).accepts(ladder("بقسد")) == (FOLDED, "proclitic ب")


def test_what_a_word_as_written_accepts() -> None:
    slot = ExactSlot(ladder("قسد"))
    assert slot.accepts(ladder("قسد")) == (EXACT, "exact")
    assert slot.accepts(ladder("قَسد")) is None


def test_what_a_root_accepts() -> None:
    slot = RootSlot(ladder("كاتب"))
    rule = f"root {ladder('كاتب').root}"
    assert slot.accepts(ladder("كاتب")) == (EXACT, "exact")
    assert slot.accepts(ladder("مكتب")) == (STEM, rule)
    assert slot.accepts(ladder("بحر")) is None


def test_what_a_pattern_accepts() -> None:
    (slot,) = plan("مدر*").slots  # type: ignore[union-attr]  # a pattern is a unit
    assert slot.accepts(ladder("مدرسة")) == (EXACT, "pattern")
    assert slot.accepts(ladder("مدر")) == (EXACT, "pattern")
    assert slot.accepts(ladder("مَدرسة")) == (FOLDED, "pattern")
    assert slot.accepts(ladder("للمدرسة")) == (STEM, "proclitic لل")
    assert slot.accepts(ladder("تدريس")) is None
    assert replace(slot, only=frozenset({"مدرسه"})).accepts(ladder("مدر")) is None


def test_parts_of_a_pattern_follow_one_another() -> None:
    for pattern, word, fitting in (
        ("*", "ا", True),
        ("ا*", "ا", True),
        ("ا*ا", "ا", False),
        ("ا*ا", "اا", True),
        ("*ب*", "اب", True),
        ("ا*ب*ب", "اب", False),
        ("ا*ب*ب", "اجبجب", True),
        ("*ب*ا*", "اب", False),
        ("*اب*اب*", "ابتاب", True),
        ("*اب*اب*", "اباب", True),
        ("*اب*اب*", "ابا", False),
    ):
        assert fits(tuple(pattern.split("*")), word) is fitting, (pattern, word)


def test_what_a_fuzzy_word_accepts() -> None:
    slot = FuzzySlot(ladder("كاليفورنيا"), 1)
    assert slot.accepts(ladder("كاليفورنيا")) == (EXACT, "exact")
    assert slot.accepts(ladder("كَاليفورنيا")) == (FOLDED, "folded")
    assert slot.accepts(ladder("وكاليفورنيا")) == (STEM, "proclitic و")
    assert slot.accepts(ladder("كاليفونريا")) == (STEM, "fuzzy")  # neighbours swapped
    assert slot.accepts(ladder("كليفورنيا")) == (STEM, "fuzzy")
    assert slot.accepts(ladder("كلفورنيا")) == (ROOT, f"root {slot.reading.root}")
    assert slot.accepts(ladder("كلورنيا")) != (STEM, "fuzzy")
    assert FuzzySlot(ladder("كاليفورنيا"), 2).accepts(ladder("كلفورنيا")) == (STEM, "fuzzy")
    assert replace(slot, only=frozenset()).accepts(ladder("كليفورنيا")) != (STEM, "fuzzy")
