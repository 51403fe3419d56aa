"""Fields by role: the analyst's names, the usual ones, paths, and what is shown of it."""

from __future__ import annotations

from datetime import date

import pytest

from kashaf.corpus.fields import ROLES, FieldNames, as_day, as_line, date_field, field, line_field, mapping_of
from kashaf.workspace import FIELD_ROLES


def test_the_settings_know_every_role() -> None:
    assert FIELD_ROLES == ROLES


@pytest.mark.parametrize(
    "name",
    ["pubDate", "pub_date", "Pub-Date", "PUB DATE", "pub.date", "تاريخ النشر", "تاريخ_النشر", "التاريخ"],
)
def test_names_are_compared_without_what_writers_vary(name: str) -> None:
    assert date_field({name: "2025-11-09"}) == (date(2025, 11, 9), name)


def test_a_better_name_wins_and_of_equals_the_first() -> None:
    assert field({"date": 1, "published": 2}, "date") == ("published", 2)
    assert field({"Title": "a", "title": "b"}, "title") == ("Title", "a")
    assert field({"published": "", "date": 1}, "date") == ("date", 1)


def test_own_names_win_and_are_nothing_else() -> None:
    names = FieldNames({"title": ("lead",), "body": ("article.body", "story")})
    record = {"lead": "عنوان", "title": "غيره", "summary": "", "article": {"body": "نص"}}
    assert field(record, "title", names) == ("lead", "عنوان")
    assert field(record, "standfirst", names) is None
    assert field(record, "body", names) == ("article.body", "نص")


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("a.b", {"a": {"b": "x"}}),
        ("a.1.b", {"a": [{"b": "y"}, {"b": "x"}]}),
        ("a.b", {"a": [{"b": "x"}, {"c": "y"}]}),
        ("a.b", {"a.b": "x", "a": {"b": "y"}}),
        ("a.b.c", {"a": {"b": 3}}),
        ("a.9", {"a": []}),
        ("a..b", {"a": {"": {"b": "y"}}}),
    ],
)
def test_paths(path: str, value: dict[str, object]) -> None:
    found = line_field(value, "title", FieldNames({"title": (path,)}))
    assert found == (None if path in {"a.b.c", "a.9", "a..b"} else "x")


@pytest.mark.parametrize(
    ("value", "line"),
    [
        ("  a \n b\t", "a b"),
        (["a", {"name": "b"}, ["c"]], "a، b، c"),
        ({"name": {"rendered": "a"}}, "a"),
        (7, "7"),
        (True, None),
        (1.5, None),
        ([], None),
        ("x" * 5_000, "x" * 1_000),
    ],
)
def test_values_as_a_line(value: object, line: str | None) -> None:
    assert as_line(value) == line


def test_a_text_with_a_date_in_it_is_no_date() -> None:
    assert as_day("2025-11-09 " + "كلام كثير " * 20) is None
    assert as_day("20251109") == date(2025, 11, 9)


def test_the_mapping_takes_what_most_records_have() -> None:
    records: list[dict[str, object]] = [
        {"headline": "a", "body": "b", "x": 1},
        {"title": "", "headline": "c", "body": "d"},
        {"title": "e", "y": 2},
    ]
    found = mapping_of(records)
    assert found.fields == (("title", "headline"), ("body", "body"))
    assert found.missing == ("date", "outlet")
    assert found.unused == ("x", "y")
