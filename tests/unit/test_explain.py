"""Why a query finds nothing, and what would."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index_corpus import open_index

from kashaf.errors import Cancelled
from kashaf_index.explain import Explanation, Relaxation, explain
from kashaf_index.model import RUNGS, Query
from kashaf_index.search import Searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("explain") / "index") as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(indexed_sample: Path) -> Iterator[Searcher]:
    with Searcher.open(indexed_sample / ".kashaf" / "index") as opened:
        yield opened


def killers(explanation: Explanation) -> list[str]:
    return [part.text for part in explanation.parts if part.kills]


def of(explanation: Explanation, kind: str) -> list[Relaxation]:
    return [one for one in explanation.relaxations if one.kind == kind]


def test_the_word_that_no_article_has(searcher: Searcher) -> None:
    found = explain(searcher, Query("وزير قصبجي ميناء"))
    assert [part.text for part in found.parts] == ["وزير", "قصبجي", "ميناء"]
    assert killers(found) == ["قصبجي"]
    (without,) = of(found, "without")
    assert (without.query.text, without.count) == ("وزير ميناء", 1)
    assert "قصبجي" in without.label
    assert found.complete


def test_words_that_no_article_has_together(searcher: Searcher) -> None:
    found = explain(searcher, Query("ميناء قسد"))
    assert killers(found) == ["ميناء", "قسد"]
    assert {one.query.text for one in of(found, "without")} == {"ميناء", "قسد"}
    (any_of,) = of(found, "any")
    assert (any_of.query.match, any_of.count) == ("any", 2)


def test_several_bad_words_are_left_out_together(searcher: Searcher) -> None:
    found = explain(searcher, Query("وزير قصبجي زعبقلان ميناء"))
    assert killers(found) == ["قصبجي", "زعبقلان"]
    assert [one.query.text for one in of(found, "without")] == ["وزير ميناء"]


def test_parts_are_counted_at_every_rung(searcher: Searcher) -> None:
    (word, _) = explain(searcher, Query("المدرسة قصبجي")).parts
    results = searcher.search(Query("المدرسة"))
    assert word.rungs == results.rungs
    assert list(word.rungs) == list(RUNGS)


def test_a_wider_rung(searcher: Searcher) -> None:
    query = Query("مدرسه", rung="exact")
    assert searcher.search(query).total == 0
    found = explain(searcher, query)
    rungs = of(found, "rung")
    assert [one.query.rung for one in rungs] == ["folded", "stem", "root"]
    assert [one.count for one in rungs] == sorted(one.count for one in rungs)
    assert "folded" in rungs[0].label


def test_a_correction_comes_first(searcher: Searcher) -> None:
    found = explain(searcher, Query("قسد ]lar"))
    assert found.relaxations[0].kind == "correction"
    assert found.relaxations[0].query.text == "قسد دمشق"


def test_filters(searcher: Searcher) -> None:
    query = Query("قسد", filters=("outlet:الميزان", "date:2024"))
    found = of(explain(searcher, query), "filter")
    assert [one.query.filters for one in found] == [("outlet:الميزان",), ()]
    assert "date:2024" in found[0].label
    by_ids = of(explain(searcher, Query("قسد", ids=frozenset())), "filter")
    assert [one.query.ids for one in by_ids] == [None]


@pytest.mark.parametrize(
    ("text", "looser"),
    [
        ('"الصيد وزير"', "الصيد وزير"),
        ('بيان "قسد المجلس"', "بيان قسد المجلس"),
        ("=مدرسه", "مدرسه"),
        ("title:قسد", "قسد"),
        ("author:قسد دمشق", "قسد دمشق"),
        ("النقل NEAR/1 السفن", "النقل السفن"),
    ],
)
def test_what_is_asked_strictly_is_asked_loosely(searcher: Searcher, text: str, looser: str) -> None:
    query = Query(text)
    assert searcher.search(query).total == 0
    (found, *_) = of(explain(searcher, query), "looser")
    assert found.query.text == looser
    assert found.count == searcher.search(found.query).total


def test_the_words_of_a_phrase_are_looked_at_one_by_one(searcher: Searcher) -> None:
    parts = explain(searcher, Query('"ميناء قصبجي"')).parts
    assert [part.text for part in parts] == ['"ميناء قصبجي"', "ميناء", "قصبجي"]


def test_a_condition_that_nothing_meets(searcher: Searcher) -> None:
    found = explain(searcher, Query("وزير outlet:لا date:2025"))
    assert 'outlet:"لا"' in killers(found)
    assert [one.count > 0 for one in of(found, "without")] == [True]


QUERIES = [
    "وزير قصبجي",
    "وزير OR قصبجي",
    "-وزير قصبجي",
    "(وزير قصبجي) OR (ميناء زعبقلان)",
    "من إلى",
    '"وزير النقل" NEAR/2 ميناء date:1990',
    "person:أحد tag:x has:note",
    "similar:xyz قسد",
    "قصب* زعب*",
    "]lar dimashq دمسق",
]


@pytest.mark.parametrize("text", QUERIES)
@pytest.mark.parametrize("rung", RUNGS)
def test_every_relaxation_finds_what_it_says(searcher: Searcher, text: str, rung: str) -> None:
    query = Query(text, rung=rung)  # type: ignore[arg-type]  # one of RUNGS
    found = explain(searcher, query)
    for one in found.relaxations:
        assert one.count == searcher.search(one.query).total > 0
        assert one.query != query
        assert one.label
    for part in found.parts:
        counts = list(part.rungs.values())
        assert counts == sorted(counts)
        assert counts == [searcher.search(Query(part.text, rung=rung)).total for rung in RUNGS]


def test_the_sample_corpus(sample: Searcher) -> None:
    found = explain(sample, Query("الأميرال الصقار الديربي"))
    assert [one.query.text for one in of(found, "without")]
    assert "الديربي" in killers(found)


HOSTILE = [
    "",
    "\x00",
    "* " * 150,
    "((((",
    '"' * 300,
    "دمسق " * 70,
    "ا" * 400,
    "-" * 400,
    "😀 " * 100,
    "كلمة " * 90_000,
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_explained(sample: Searcher, text: str) -> None:
    found = explain(sample, Query(text, filters=("date:2025",)))
    assert len(found.parts) <= 12
    assert len(found.relaxations) <= 24
    assert found.complete or len(text) > 100


def test_it_can_be_cancelled(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        explain(searcher, Query("وزير قصبجي"), lambda: True)


def test_an_empty_index_explains_nothing(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", []) as empty:
        found = explain(empty, Query("وزير قصبجي"))
        assert killers(found) == ["وزير", "قصبجي"]
        assert found.relaxations == ()
