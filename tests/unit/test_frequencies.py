"""How often a query matches, by outlet and month, in numbers that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.index_corpus import make_article, open_index

from kashaf.errors import Cancelled
from kashaf_index.frequencies import Share, frequencies
from kashaf_index.model import Query
from kashaf_index.search import Searcher

ARTICLES = (
    make_article("a", "سوق", "سوق سوق بعيد", outlet="نبض", published=date(2025, 1, 5)),
    make_article("b", "جسر", "لا ذكر له", outlet="نبض", published=date(2025, 2, 5)),
    make_article("c", "خبر", "السوق مغلق", outlet="أفق", published=date(2025, 3, 5)),
    make_article("d", "مطر", "هطل أمس", outlet="بوابة", published=date(2025, 4, 5)),
    make_article("e", "بلا تاريخ", "سوق"),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("frequencies"), ARTICLES) as opened:
        yield opened


def test_matches_are_counted_beside_articles_and_words(searcher: Searcher) -> None:
    found = frequencies(searcher, Query("سوق"))
    assert found.whole == Share("", 5, 3, 5, 17)
    assert found.outlets == (
        Share("نبض", 3, 1, 2, 8),
        Share("", 1, 1, 1, 3),
        Share("أفق", 1, 1, 1, 3),
        Share("بوابة", 0, 0, 1, 3),
    )


def test_months_run_from_the_first_match_to_the_last_with_those_between(searcher: Searcher) -> None:
    months = frequencies(searcher, Query("سوق")).months
    assert [(one.name, one.matches) for one in months] == [
        ("2025-01", 3), ("2025-02", 0), ("2025-03", 1), ("", 1),
    ]  # fmt: skip


def test_shares() -> None:
    share = Share("نبض", 3, 1, 2, 8)
    assert share.per_thousand_articles == 500
    assert share.per_million_words == 375_000
    empty = Share("", 0, 0, 0, 0)
    assert (empty.per_thousand_articles, empty.per_million_words) == (0, 0)


def test_parts_add_up_to_the_whole(searcher: Searcher) -> None:
    for text in ("سوق", "سوق OR جسر", "قطار", "*", "outlet:نبض"):
        found = frequencies(searcher, Query(text))
        for name in ("matches", "articles", "all_articles", "words"):
            assert sum(getattr(one, name) for one in found.outlets) == getattr(found.whole, name)
        assert sum(one.matches for one in found.months) == found.whole.matches


def test_it_stops_when_told(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        frequencies(searcher, Query("سوق"), cancelled=lambda: True)
