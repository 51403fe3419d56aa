"""Facets: what is counted is what the filter of a facet finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, by_name, open_index

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.tables.store import MentionStore
from kashaf.errors import Cancelled
from kashaf_index.facets import KINDS, Facet, FacetCounter, Facets
from kashaf_index.joins import StoreJoins
from kashaf_index.model import Query
from kashaf_index.search import Searcher


@pytest.fixture
def store(tmp_path: Path) -> MentionStore:
    store = MentionStore(tmp_path / "mentions")
    store.update(ARTICLES, NameBook.load())
    return store


@pytest.fixture
def searcher(tmp_path: Path, store: MentionStore) -> Iterator[Searcher]:
    with open_index(tmp_path / "index") as opened:
        opened.joins = StoreJoins(lambda: store, NameBook.load, list)
        yield opened


def found(facets: Facets, kind: str) -> dict[str, int]:
    return {
        facet.value: facet.articles for group in facets.groups if group.kind == kind for facet in group.facets
    }


@pytest.mark.parametrize("text", ["*", "وزير", "الميناء OR الزيتون", "-وزير", "بطريق"])
def test_every_facet_finds_as_many_articles_as_it_says(
    searcher: Searcher, store: MentionStore, text: str
) -> None:
    facets = FacetCounter(store).count(searcher, Query(text))
    assert facets.articles == searcher.search(Query(text)).total
    for group in facets.groups:
        assert group.distinct == len(group.facets)
        for facet in group.facets:
            assert searcher.search(Query(text, filters=(facet.filter,))).total == facet.articles > 0


def test_kinds_come_in_order_and_months_from_the_newest(searcher: Searcher, store: MentionStore) -> None:
    facets = FacetCounter(store).count(searcher, Query("*"))
    kinds = [group.kind for group in facets.groups]
    assert kinds == [kind for kind in KINDS if kind in kinds]
    assert list(found(facets, "month")) == ["2025-11", "2025-10", "2024-01"]
    assert found(facets, "month")["2025-11"] == 2
    counts = list(found(facets, "place").values())
    assert counts == sorted(counts, reverse=True)


def test_filters_of_the_query_narrow_what_is_counted(searcher: Searcher, store: MentionStore) -> None:
    facets = FacetCounter(store).count(searcher, Query("*", filters=("date:2025-11",)))
    assert facets.articles == 2
    assert list(found(facets, "month")) == ["2025-11"]


def test_tags_are_counted_by_the_articles_they_are_on(searcher: Searcher, store: MentionStore) -> None:
    harbour, market = by_name("harbour").id, by_name("market").id
    tags = {"اقتصاد": {harbour, market}, "بعيد": {"not in the index"}}
    assert found(FacetCounter(store).count(searcher, Query("*"), tags), "tag") == {"اقتصاد": 2}
    assert found(FacetCounter(store).count(searcher, Query("الزيتون"), tags), "tag") == {"اقتصاد": 1}


def test_only_the_first_of_many_are_named(searcher: Searcher, store: MentionStore) -> None:
    facets = FacetCounter(store).count(searcher, Query("*"), top=1)
    months = next(group for group in facets.groups if group.kind == "month")
    assert (len(months.facets), months.distinct) == (1, 3)


def test_what_the_store_says_anew_is_counted_anew(searcher: Searcher, tmp_path: Path) -> None:
    store = MentionStore(tmp_path / "later")
    counter = FacetCounter(store)
    assert found(counter.count(searcher, Query("*")), "place") == {}
    store.update(ARTICLES, NameBook.load())
    assert found(counter.count(searcher, Query("*")), "place")


def test_counting_stops_when_it_is_told_to(searcher: Searcher, store: MentionStore) -> None:
    with pytest.raises(Cancelled):
        FacetCounter(store).count(searcher, Query("وزير"), cancelled=lambda: True)


def test_a_name_with_quotation_marks_stays_one_value() -> None:
    assert Facet("tag", 'قال "نعم"', 1).filter == 'tag:"قال  نعم "'
    assert Facet("month", "2025-11", 1).filter == "date:2025-11"
