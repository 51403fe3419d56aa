from __future__ import annotations

import pytest

from kashaf_index.query.parser import parse
from kashaf_index.query.tree import branches, tree


def drawn(text: str) -> list[str]:
    root = parse(text).root
    assert root is not None
    return list(tree(root))


def test_a_tree_is_drawn_from_its_root() -> None:
    assert drawn('ميناء -(بحر OR "نهر كبير" NEAR/3 ج*ر) title:=سفينة') == [
        "side by side",
        "├─ word ميناء",
        "├─ without",
        "│  └─ any of",
        "│     ├─ word بحر",
        "│     └─ within 3 words of each other",
        "│        ├─ phrase نهر كبير",
        "│        └─ words like ج*ر",
        "└─ in the title",
        "   └─ as written سفينة",
    ]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("*", "every article"),
        ("root:بحر", "words of the root of بحر"),
        ("ميناء~2", "ميناء, up to 2 letters off"),
        ("author:بدر", "in the author's name"),
        ("outlet:بدر", "outlet بدر"),
        ("lang:ar", "in the language ar"),
        ("person:بدر", "mentions the person بدر"),
        ("place:بدر", "mentions the place بدر"),
        ("org:بدر", "mentions the organisation بدر"),
        ("tag:بدر", "has a note with the tag بدر"),
        ("note:بدر", "has a note that says بدر"),
        ("has:note", "has a note"),
        ("similar:ab", "is like the article ab"),
        ("date:2025-11", "published from 2025-11-01 to 2025-11-30"),
        ("after:2025", "published from 2026-01-01 on"),
        ("before:2025", "published until 2024-12-31"),
    ],
)
def test_every_kind_of_node_has_a_line(text: str, line: str) -> None:
    assert drawn(text)[0] == line


def test_labels_can_be_translated() -> None:
    root = parse("ميناء بحر").root
    assert root is not None
    assert [row.label.template for row in branches(root)] == ["side by side", "word {text}", "word {text}"]  # type: ignore[attr-defined]  # all are Said
