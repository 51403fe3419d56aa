"""What is offered for the beginning of a word."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from tests.index_corpus import open_index

from kashaf.errors import Cancelled
from kashaf.history import PastQuery
from kashaf_index.completion import Completion, completions
from kashaf_index.model import RUNGS, Query, Rung
from kashaf_index.search import Searcher


class Name(NamedTuple):
    name: str
    type: str
    articles: int


NAMES = (
    Name("وزارة النقل البحري", "organization", 9),
    Name("سالم الوزان", "person", 7),
    Name("وادي الزيتون", "place", 5),
    Name("2025-11-10", "date", 4),
)
PAST = (
    PastQuery("وزير النقل", "stem", "all", "2025-11-10T12:00:00Z", 3, 1),
    PastQuery("وزراء لم يوجدوا", "stem", "all", "2025-11-10T11:00:00Z", 0, 1),
    PastQuery("الوزير", "stem", "all", "2025-11-10T10:00:00Z", 2, 1),
    PastQuery("وَزير الاقتصاد", "stem", "all", "2025-11-10T09:00:00Z", 1, 1),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("completion") / "index") as opened:
        yield opened


def of(found: tuple[Completion, ...], kind: str) -> list[str]:
    return [one.text for one in found if one.kind == kind]


def test_history_then_names_then_words(searcher: Searcher) -> None:
    found = completions(searcher, "وز", 2, NAMES, PAST, 20)
    assert of(found, "history") == ["وزير النقل", "وَزير الاقتصاد"]
    assert of(found, "organization") == ['"وزارة النقل البحري"']
    assert of(found, "person") == ['"سالم الوزان"']
    assert of(found, "word")[0] == "وزير"
    kinds = [one.kind for one in found]
    assert kinds.index("organization") > kinds.index("history")
    assert kinds.index("word") > kinds.index("person")
    assert all((one.start, one.end) == (0, 2) for one in found)


@pytest.mark.parametrize("rung", RUNGS)
def test_the_count_of_a_word_is_what_it_finds(searcher: Searcher, rung: Rung) -> None:
    found = completions(searcher, "ال", 2, limit=20, rung=rung)
    assert of(found, "word")
    for one in found:
        if one.kind == "word":
            assert one.count == searcher.search(Query(one.text, rung=rung)).total > 0
    counts = [one.count or 0 for one in found if one.kind == "word"]
    assert counts == sorted(counts, reverse=True)


def test_words_of_one_stem_are_offered_once_where_they_find_the_same(searcher: Searcher) -> None:
    assert len({"ميناء", "الميناء"} & set(of(completions(searcher, "مين", 3, limit=20), "word"))) == 1
    stems = of(completions(searcher, "الصي", 4, limit=20), "word")
    folds = of(completions(searcher, "الصي", 4, limit=20, rung="folded"), "word")
    assert len(stems) <= len(folds)


def test_what_stands_around_the_cursor_stays(searcher: Searcher) -> None:
    text = "سفن -مد outlet:x"
    (first, *_) = completions(searcher, text, 7, limit=4)
    assert (first.start, first.end) == (5, 7)
    assert text[: first.start] + first.text + text[first.end :] == f"سفن -{first.text} outlet:x"


def test_names_are_found_by_any_word_and_past_their_article(searcher: Searcher) -> None:
    assert of(completions(searcher, "سال", 3, NAMES), "person") == ['"سالم الوزان"']
    assert of(completions(searcher, "زيت", 3, NAMES), "place") == ['"وادي الزيتون"']
    assert of(completions(searcher, "يتون", 4, NAMES), "place") == []


@pytest.mark.parametrize("typed", ["outlet:ال", "مصدر:ال", 'source:"ال'])
def test_outlets_after_their_field(searcher: Searcher, typed: str) -> None:
    found = completions(searcher, typed, len(typed), NAMES, PAST)
    assert [one.text.strip('"') for one in found] == ["الميزان", "صحيفة المرفأ"]
    for one in found:
        assert one.kind == "outlet"
        assert ('"' in one.text) == ('"' not in typed)
        completed = typed[: one.start].rstrip('"') + '"' + one.text.strip('"') + '"'
        assert one.count == searcher.search(Query(completed)).total > 0


@pytest.mark.parametrize(
    ("typed", "kind"), [("person:", "person"), ("مكان:", "place"), ("org:و", "organization")]
)
def test_names_after_their_field(searcher: Searcher, typed: str, kind: str) -> None:
    found = completions(searcher, typed, len(typed), NAMES, PAST)
    assert [one.kind for one in found] == [kind]
    assert found[0].text.startswith('"')


def test_fields_are_offered_in_both_languages(searcher: Searcher) -> None:
    assert of(completions(searcher, "outl", 4), "field") == ["outlet:"]
    assert of(completions(searcher, "عنو", 3), "field") == ["عنوان:"]
    assert of(completions(searcher, "date:ou", 7), "field") == []


def test_nothing_typed_is_the_history(searcher: Searcher) -> None:
    found = completions(searcher, "", 0, NAMES, PAST, 2)
    assert [one.text for one in found] == ["وزير النقل", "الوزير"]
    assert completions(searcher, "", 0) == ()


def test_a_past_query_is_not_offered_for_itself(searcher: Searcher) -> None:
    assert "وزير النقل" not in of(completions(searcher, "وزير النقل", 10, (), PAST), "history")


@pytest.mark.parametrize("limit", [0, 1, 5])
def test_no_more_than_the_limit(searcher: Searcher, limit: int) -> None:
    assert len(completions(searcher, "ا", 1, NAMES, PAST, limit)) <= limit


@pytest.mark.parametrize(
    "text", ["\x00", '"', "outlet:", "(((", "*", "ا" * 100_000, "outlet:" * 5000, "😀", "\ud800", "a:b:c"]
)
@pytest.mark.parametrize("cursor", [0, 3, 1_000_000])
def test_any_text_is_completed_or_not(searcher: Searcher, text: str, cursor: int) -> None:
    for one in completions(searcher, text, cursor, NAMES, PAST):
        assert 0 <= one.start <= one.end <= len(text)


def test_it_can_be_cancelled(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        completions(searcher, "الم", 3, cancelled=lambda: True)


def test_an_empty_index_offers_names_and_history(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", []) as empty:
        found = completions(empty, "وز", 2, NAMES, PAST)
        assert of(found, "word") == []
        assert of(found, "history")
