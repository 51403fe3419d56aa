from __future__ import annotations

from datetime import date

import pytest

from kashaf.errors import UsageError
from kashaf_index.query.ast import (
    Either,
    Everything,
    Node,
    Not,
    Outlet,
    Phrase,
    Prefix,
    Published,
    Title,
    Together,
    Word,
)
from kashaf_index.query.parser import parse

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
        ("NOT NOT ميناء", A),
        ("-(-ميناء)", Not(Not(A))),
        ("\u200f-ميناء", Not(A)),
        ("ميناء OR سفينة", Either((A, B))),
        ("ميناء سفينة OR بحر", Either((Together((A, B)), C))),
        ("ميناء (سفينة OR بحر)", Together((A, Either((B, C))))),
        ("(ميناء)", A),
        ("مينا*", Prefix("مينا")),
        ("*", Everything()),
        ("or", Word("or")),
        ("outlet:الميزان", Outlet("الميزان")),
        ('source:"صحيفة المرفأ"', Outlet("صحيفة المرفأ")),
        ("مصدر:الميزان", Outlet("الميزان")),
        ("title:ميناء", Title(A)),
        ("title:«ميناء الصيد»", Title(Phrase("ميناء الصيد"))),
        ("date:2025", Published(date(2025, 1, 1), date(2025, 12, 31))),
        ("date:2024-02", Published(date(2024, 2, 1), date(2024, 2, 29))),
        ("date:٢٠٢٥-١١-١٠", Published(date(2025, 11, 10), date(2025, 11, 10))),
        ("date:2025/11/10", Published(date(2025, 11, 10), date(2025, 11, 10))),
        ("date:2025-10..2025-11", Published(date(2025, 10, 1), date(2025, 11, 30))),
        ("date:2025-10..", Published(date(2025, 10, 1), None)),
        ("date:..2025-10", Published(None, date(2025, 10, 31))),
        ('لـ"قسد"', Together((Word("لـ"), Phrase("قسد")))),
    ],
)
def test_trees(text: str, root: Node) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert parsed.warnings == ()


@pytest.mark.parametrize(
    ("text", "root", "warning"),
    [
        ("", None, "the query has no words"),
        ("  ", None, "the query has no words"),
        ("؟ ميناء", A, "؟ holds no word"),
        ('"ميناء', Phrase("ميناء"), "a quotation mark was closed"),
        ("(ميناء", A, "a ( without its )"),
        ("ميناء) سفينة", Together((A, B)), "a ) without its ("),
        ("ميناء OR", A, "OR beside nothing"),
        ("ميناء NOT", A, "NOT before nothing"),
        ("outlet: ميناء", A, "outlet: without a value"),
        ("أ-ب*", Word("أ-ب"), "counts after a single word"),
        ("()", None, ""),
        ("-؟ ميناء", A, "؟ holds no word"),
    ],
)
def test_what_is_left_out_is_said(text: str, root: Node | None, warning: str) -> None:
    parsed = parse(text)
    assert parsed.root == root
    assert any(warning in said for said in parsed.warnings)


@pytest.mark.parametrize("value", ["2025-13", "2025-02-30", "امس", "5", "..", "2025..2024", "20255", "0000"])
def test_a_date_that_is_none_is_refused(value: str) -> None:
    with pytest.raises(UsageError) as caught:
        parse(f"date:{value}")
    assert caught.value.cure


def test_depth_and_length_are_bounded() -> None:
    assert parse("(" * 5000 + "ميناء").warnings
    assert parse("ا " * 20_000).root is not None
