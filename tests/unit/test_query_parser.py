from __future__ import annotations

from datetime import date

import pytest

from kashaf_index.query.ast import (
    Either,
    Entity,
    Everything,
    Exact,
    Fuzzy,
    HasNote,
    InField,
    Lang,
    Near,
    Node,
    Not,
    NoteText,
    Outlet,
    Pattern,
    Phrase,
    Published,
    Root,
    Similar,
    Tagged,
    Together,
    Word,
)
from kashaf_index.query.lexer import MAX_MISTAKES
from kashaf_index.query.parser import MAX_EXPANDED, MAX_TERMS, Mistake, parse

_ONE_DISTANCE = "one distance counts for all words of a NEAR: the greatest"
A, B, C = Word("ميناء"), Word("سفينة"), Word("بحر")


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("ميناء", A),
        ("ميناء سفينة", Together((A, B))),
        ("ميناء AND سفينة", Together((A, B))),
        ("ميناء، سفينة.", Together((A, B))),
        ('"ميناء الصيد"', Phrase("ميناء الصيد")),
        ("«ميناء  الصيد»", Phrase("ميناء الصيد")),
        ("“ميناء الصيد”", Phrase("ميناء الصيد")),
        ("ميناء -سفينة", Together((A, Not(B)))),
        ("ميناء NOT سفينة", Together((A, Not(B)))),
        ("ميناء ليس سفينة", Together((A, Not(B)))),
        ("NOT NOT ميناء", A),
        ("-(-ميناء)", Not(Not(A))),
        ("\u200f-ميناء", Not(A)),
        ("ميناء OR سفينة", Either((A, B))),
        ("ميناء أو سفينة", Either((A, B))),
        ("ميناء او ليس سفينة", Either((A, Not(B)))),
        ("ميناء|سفينة", Either((A, B))),
        ("ميناء || سفينة", Either((A, B))),
        ("ميناء سفينة OR بحر", Either((Together((A, B)), C))),
        ("ميناء (سفينة OR بحر)", Together((A, Either((B, C))))),
        ("(ميناء)", A),
        ("مينا*", Pattern("مينا*")),
        ("*ناء", Pattern("*ناء")),
        ("م**ا*ء،", Pattern("م*ا*ء")),
        ("*", Everything()),
        ("***", Everything()),
        ("or", Word("or")),
        ("ميناء~", Fuzzy("ميناء", 1)),
        ("ميناء~2", Fuzzy("ميناء", 2)),
        ("الميناء~٢.", Fuzzy("الميناء", 2)),
        ("=مِيناء", Exact(Word("مِيناء"))),
        ('="ميناء الصيد"', Exact(Phrase("ميناء الصيد"))),
        ("=أو", Exact(Word("أو"))),
        ("root:ميناء", Root("ميناء")),
        ("جذر:ميناء", Root("ميناء")),
        ("ميناء NEAR/3 سفينة", Near((A, B), 3)),
        ("ميناء قرب/٣ سفينة", Near((A, B), 3)),
        ("ميناء NEAR سفينة", Near((A, B), 10)),
        ("ميناء NEAR/2 سفينة NEAR/2 بحر", Near((A, B, C), 2)),
        ("ميناء قرب سفينة", Together((A, Word("قرب"), B))),
        ("ميناء NEAR/2 (سفينة OR بحر)", Either((Near((A, B), 2), Near((A, C), 2)))),
        ("ميناء سفينة NEAR/2 بحر", Together((A, Near((B, C), 2)))),
        ("-ميناء NEAR/2 سفينة", Not(Near((A, B), 2))),
        ("outlet:الميزان", Outlet("الميزان")),
        ('source:"صحيفة المرفأ"', Outlet("صحيفة المرفأ")),
        ("مصدر:الميزان", Outlet("الميزان")),
        ("outlet:(الميزان OR المرفأ)", Either((Outlet("الميزان"), Outlet("المرفأ")))),
        ("title:ميناء", InField("title", A)),
        ("TITLE:ميناء", InField("title", A)),
        ("عنوان:مينا*", InField("title", Pattern("مينا*"))),
        ("title:جذر:ميناء", InField("title", Root("ميناء"))),
        (r"title:\root:ميناء", InField("title", Word("root:ميناء"))),
        ("title:=ميناء", InField("title", Exact(A))),
        ("title:«ميناء الصيد»", InField("title", Phrase("ميناء الصيد"))),
        ("title:(ميناء -سفينة)", Together((InField("title", A), Not(InField("title", B))))),
        ("title:(ميناء NEAR/2 سفينة)", InField("title", Near((A, B), 2))),
        ("كاتب:سالم", InField("author", Word("سالم"))),
        ("شخص:«بدر السالم»", Entity("person", "بدر السالم")),
        ("person:بدر", Entity("person", "بدر")),
        ("مكان:دمشق", Entity("place", "دمشق")),
        ("جهة:المجلس", Entity("organization", "المجلس")),
        ("org:المجلس", Entity("organization", "المجلس")),
        ("وسم:عاجل", Tagged("عاجل")),
        ("tag:#!", Tagged("#!")),
        ("ملاحظة:ميناء", NoteText("ميناء")),
        ("has:note", HasNote()),
        ("له:ملاحظة", HasNote()),
        ("lang:ar", Lang("ar")),
        ("لغة:عربية", Lang("ar")),
        ("lang:en-GB", Lang("en-gb")),
        ("similar:3yj70n4g5bfa", Similar("3yj70n4g5bfa")),
        ("date:2025", Published(date(2025, 1, 1), date(2025, 12, 31))),
        ("date:2024-02", Published(date(2024, 2, 1), date(2024, 2, 29))),
        ("date:٢٠٢٥-١١-١٠", Published(date(2025, 11, 10), date(2025, 11, 10))),
        ("date:2025/11/10", Published(date(2025, 11, 10), date(2025, 11, 10))),
        ("date:2025-10..2025-11", Published(date(2025, 10, 1), date(2025, 11, 30))),
        ("date:2025-10..", Published(date(2025, 10, 1), None)),
        ("date:..2025-10", Published(None, date(2025, 10, 31))),
        ("تاريخ:(2025 OR 2027)", Either(tuple(Published(date(y, 1, 1), date(y, 12, 31)) for y in (2025, 2027)))),
        ("after:2025-10", Published(date(2025, 11, 1), None)),
        ("بعد:2025", Published(date(2026, 1, 1), None)),
        ("before:2025-10-05", Published(None, date(2025, 10, 4))),
        ("قبل:2025", Published(None, date(2024, 12, 31))),
        ('لـ"قسد"', Together((Word("لـ"), Phrase("قسد")))),
        (r"\title:ميناء", Word("title:ميناء")),
        (r"ميناء \أو سفينة", Together((A, Word("أو"), B))),
        (r"\NOT", Word("NOT")),
        ("12:30", Word("12:30")),
    ],
)  # fmt: skip
def test_trees(text: str, root: Node) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert parsed.mistakes == ()
    assert parse(str(root)).root == root


@pytest.mark.parametrize(
    ("text", "root"),
    [
        ("أو", Word("أو")),
        ("ليس", Word("ليس")),
        ("قرب", Word("قرب")),
        ("أو ميناء", Together((Word("أو"), A))),
        ("ليس ميناء", Together((Word("ليس"), A))),
        ("ميناء أو", Together((A, Word("أو")))),
        ("ميناء ليس", Together((A, Word("ليس")))),
        ("(ميناء أو) سفينة", Together((A, Word("أو"), B))),
        ("ميناء أو أو سفينة", Either((A, Together((Word("أو"), B))))),
        ('"ميناء أو سفينة"', Phrase("ميناء أو سفينة")),
    ],
)  # fmt: skip
def test_arabic_operators_count_between_words_only(text: str, root: Node) -> None:
    assert parse(text).root == root
    assert parse(str(root)).root == root


@pytest.mark.parametrize(
    ("text", "root", "mistake"),
    [
        ("", None, ("the query has no words", 0, 0)),
        ("  ", None, ("the query has no words", 0, 2)),
        ("؟ ميناء", A, ("؟ holds no word and was left out", 0, 1)),
        ("ميناء \ud800", A, ("\ufffd holds no word and was left out", 6, 7)),
        ('ميناء "سفينة', Together((A, Phrase("سفينة"))), ("a quotation mark was closed at the end", 6, 7)),
        ("(ميناء", A, ("a ( without its ) was closed at the end", 0, 1)),
        ("ميناء) سفينة", Together((A, B)), ("a ) without its ( was left out", 5, 6)),
        ("ميناء OR", A, ("OR beside nothing was left out", 6, 8)),
        ("ميناء OR | سفينة", Either((A, B)), ("OR beside nothing was left out", 6, 8)),
        ("ميناء NOT", A, ("NOT before nothing was left out", 6, 9)),
        ("outlet: ميناء", A, ("outlet: without a value right after it was left out", 0, 7)),
        ("ميناء =", A, ("= holds no word and was left out", 6, 7)),
        ("أ-ب*", Word("أ-ب"), ("أ-ب*: the * counts in a single word only", 0, 4)),
        ("أ*-ب", Phrase("أ -ب"), ("أ*-ب: the * counts in a single word only", 0, 4)),
        ("مينا*~", Word("مينا"), ("مينا*~: the ~ counts after a single word only", 0, 6)),
        ("ميناء~7", Fuzzy("ميناء", 2), ("ميناء~7: a word of this length may be 2 letters off", 0, 7)),
        ("البر~", Word("البر"), ("البر~: the word is too short to be misspelt", 0, 5)),
        ("()", None, ("the query has no words", 0, 2)),
        ("-؟ ميناء", A, ("؟ holds no word and was left out", 1, 2)),
        ("\u200f؟ ميناء", A, ("؟ holds no word and was left out", 1, 2)),
        ("auhtor:ا ميناء", Together((Word("auhtor:ا"), A)), ("auhtor: is no field. Did you mean author:?", 0, 8)),
        ("has:ميناء سفينة", B, ("has: takes a note only: has:note", 0, 9)),
        ("lang:؟؟ سفينة", B, ("؟؟ is no language: write lang:ar", 0, 7)),
        ("similar:../x سفينة", B, ("similar: takes the id of an article", 0, 12)),
        ('root:"بحر سفينة" ميناء', A, ("root: takes a single word", 0, 16)),
        ("outlet:(مينا*) سفينة", B, ("outlet: takes a plain value", 0, 8)),
        ("ميناء NEAR/0 سفينة", Near((A, B), 1), ("NEAR takes a distance from 1 to 100", 6, 12)),
        ("ميناء NEAR/2 سفينة NEAR/4 بحر", Near((A, B, C), 4), (_ONE_DISTANCE, 19, 25)),
        ("ميناء NEAR/2 lang:ar", Together((A, Lang("ar"))), ("NEAR counts between words and phrases only", 6, 12)),
        ("NEAR/2 ميناء", A, ("NEAR counts between words and phrases only", 0, 6)),
        ("ميناء NEAR/2", A, ("NEAR counts between words and phrases only", 6, 12)),
    ],
)  # fmt: skip
def test_what_is_left_out_is_said_with_its_place(
    text: str, root: Node | None, mistake: tuple[str, int, int]
) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert Mistake(*mistake) in parsed.mistakes
    assert mistake[0] in parsed.warnings


@pytest.mark.parametrize(
    "value", ["2025-13", "2025-02-30", "امس", "5", "..", "2025..2024", "20255", "0000", "٢٠٢٥-٢٢", "2025..2026..2027"]
)  # fmt: skip
def test_a_date_that_is_none_is_left_out(value: str) -> None:
    parsed = parse(f"ميناء date:{value} سفينة")
    assert parsed.root == Together((A, B))
    (mistake,) = parsed.mistakes
    assert value in mistake.message
    assert "date:2025-11" in mistake.message
    assert (mistake.start, mistake.end) == (6, 11 + len(value))
    assert parse(f"date:{value}").root is None


@pytest.mark.parametrize("text", ["after:9999", "before:0001", "after:x"])
def test_there_is_nothing_beyond_the_calendar(text: str) -> None:
    assert parse(text).root is None
    assert parse(text).mistakes


def test_depth_length_and_number_are_bounded() -> None:
    assert parse("(" * 5000 + "ميناء").warnings
    parsed = parse("بحر " * 20_000)
    assert isinstance(parsed.root, Together)
    assert len(parsed.root.items) == MAX_TERMS
    assert parsed.mistakes[0].message == f"only the first {MAX_TERMS} words are searched"
    assert parsed.mistakes[-1] == Mistake("the query was cut at 10000 characters", 10_000, 80_000)
    assert parse('"' + "بحر " * 2000 + '" سفينة').root == Phrase(" ".join(["بحر"] * MAX_TERMS))
    parsed = parse("بحر* " * 25 + "سفينة~ ميناء title:بح*")
    assert isinstance(parsed.root, Together)
    assert parsed.root.items == (*[Pattern("بحر*")] * MAX_EXPANDED, A)
    assert parsed.warnings == (f"only the first {MAX_EXPANDED} words with * or ~ are searched",)
    assert len(parse("؟ " * 5000).mistakes) == MAX_MISTAKES
