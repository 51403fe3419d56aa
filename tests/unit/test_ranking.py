"""The order of hits: what counts besides how often a word occurs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from tests.index_corpus import make_article, open_index

from kashaf.corpus.article import Article
from kashaf_index.model import Query
from kashaf_index.search import Searcher

FILLER = (
    "قال المتحدث إن الأمور تسير كما ينبغي وأن اللجنة ستجتمع غدا لبحث ما استجد من شؤون المدينة وأهلها. " * 6
)


def article(name: str, title: str, body: str, published: date | None = None) -> Article:
    return make_article(name, title, body, published=published)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    articles = [
        article("title", "أسعار القمح", FILLER),
        article("lead", "خبر اليوم", f"تراجع القمح قليلا. {FILLER}"),
        article("late", "خبر اليوم", f"{FILLER} تراجع القمح قليلا."),
        article("beside", "خبر آخر", f"وصلت سفينة الركاب إلى الرصيف الشرقي. {FILLER}"),
        article("apart", "خبر آخر", f"الركاب وصلوا أمس والرصيف خال من أي سفينة. {FILLER}"),
        article("old", "نشرة الطقس", f"هبت عاصفة رملية. {FILLER}", date(2021, 1, 1)),
        article("new", "نشرة الطقس", f"هبت عاصفة رملية. {FILLER}", date(2025, 1, 1)),
        article("undated", "نشرة الطقس", f"هبت عاصفة رملية. {FILLER}"),
        article("root", "ندوة", f"كتابة الرسائل فن قديم. {FILLER}"),
    ]
    with open_index(tmp_path_factory.mktemp("index"), articles) as opened:
        yield opened


def order(searcher: Searcher, query: Query) -> list[str]:
    return [hit.path.rpartition("/")[2].removesuffix(".txt") for hit in searcher.search(query).hits]


def test_a_title_before_a_lead_before_the_rest(searcher: Searcher) -> None:
    assert order(searcher, Query("القمح")) == ["title", "lead", "late"]


def test_words_side_by_side_come_first(searcher: Searcher) -> None:
    assert order(searcher, Query("سفينة الركاب")) == ["beside", "apart"]


def test_recency_lifts_the_newer_and_forgives_no_missing_date(searcher: Searcher) -> None:
    assert order(searcher, Query("عاصفة", sort="recency"))[0] == "new"
    scores = {hit.path: hit.score for hit in searcher.search(Query("عاصفة", sort="recency")).hits}
    plain = {hit.path: hit.score for hit in searcher.search(Query("عاصفة")).hits}
    assert len(set(plain.values())) == 1
    assert scores != plain


def test_a_root_counts_and_admits_only_when_asked(searcher: Searcher) -> None:
    assert order(searcher, Query("كاتب")) == []
    assert order(searcher, Query("كاتب", rung="root")) == ["root"]
    assert searcher.search(Query("كاتب")).rungs == {"exact": 0, "folded": 0, "stem": 0, "root": 1}


def test_a_ranking_is_the_hits_without_their_snippets(searcher: Searcher) -> None:
    query = Query("القمح خبر", match="any", limit=3, offset=1)
    hits, ranking = searcher.search(query).hits, searcher.ranking(query)
    assert [hit.id for hit in hits] == [article_id for article_id, _ in ranking]
    assert [hit.score for hit in hits] == pytest.approx([score for _, score in ranking], abs=1e-5)
