"""Searching by story: one hit for all copies of a text, and counts that mean what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.index_corpus import build, make_article

from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.stories import FILE, Stories
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.tables.store import MentionStore
from kashaf.errors import Cancelled
from kashaf.workspace import Workspace, create
from kashaf_index.build import IndexWriter
from kashaf_index.facets import FacetCounter
from kashaf_index.frequencies import frequencies
from kashaf_index.kwic import concordance
from kashaf_index.model import Query, Sort
from kashaf_index.search import Searcher
from kashaf_index.stories import refresh

WIRE = (
    "افتتح الوزير صباح الأحد جسر الوادي الذي يربط ضفتي النهر بعد عامين من العمل، وقال أمام الحضور إن الجسر سيخفف "
    "الازدحام عن وسط المدينة وسيختصر الطريق إلى الميناء نصف ساعة. وأوضحت هيئة الطرق أن المشروع كلف سبعة ملايين دينار "
    "دفعت الحكومة نصفها وتكفل المصرف بالباقي على أقساط، وأن الحافلات ستعبر ابتداء من الأسبوع المقبل."
)
ARTICLES = (
    make_article("wire", "افتتاح جسر الوادي", WIRE, outlet="وكالة الضفة", published=date(2025, 5, 1)),
    make_article("daily", "جسر جديد", f"{WIRE} جسر.", outlet="الميزان", published=date(2025, 5, 2)),
    make_article("evening", "الوزير يفتتح جسرا", WIRE, outlet="صحيفة المساء", published=date(2025, 6, 3)),
    make_article("again", "افتتاح جسر الوادي", f"{WIRE}!", outlet="المِيزان", published=date(2025, 6, 4)),
    make_article("undated", "افتتاح جسر الوادي", WIRE),
    make_article("own", "جسر وحيد", "يقول بائع إن الجسر لم يفده، وإن أحدا لم يعوضه.", outlet="الميزان"),
    make_article("fish", "أسعار السمك", "تراجعت أسعار السمك في سوق المرفأ هذا الأسبوع.", outlet="الميزان"),
)
IDS = {article.provenance.path.split("/")[-1].removesuffix(".txt"): article.id for article in ARTICLES}
NAMES = {id_: name for name, id_ in IDS.items()}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    workspace = create(tmp_path / "case")
    build(workspace.index, ARTICLES)
    refresh(workspace, Catalogue(workspace.catalogue))
    return workspace


@pytest.fixture
def searcher(workspace: Workspace) -> Iterator[Searcher]:
    kept = Stories.load(workspace.stories)
    with Searcher.open(workspace.index) as searcher:
        searcher.stories = lambda: kept
        yield searcher


def grouped(
    text: str,
    filters: tuple[str, ...] = (),
    sort: Sort = "relevance",
    offset: int = 0,
    limit: int = 20,
    facets: bool = False,
) -> Query:
    return Query(text, group=True, filters=filters, sort=sort, offset=offset, limit=limit, facets=facets)


def names(searcher: Searcher, query: Query) -> list[str]:
    return [NAMES[hit.id] for hit in searcher.search(query).hits]


def test_a_story_is_one_hit_that_names_its_outlets(searcher: Searcher) -> None:
    results = searcher.search(grouped("جسر"))
    assert (results.total, results.stories, results.articles) == (2, 2, 6)
    assert results.rungs["stem"] == 2
    (hit,) = (hit for hit in results.hits if hit.story)
    assert hit.story
    assert [NAMES[id_] for id_ in hit.story.articles] == ["wire", "daily", "evening", "again", "undated"]
    assert hit.story.first.id == IDS["wire"]
    assert hit.story.first.outlet == "وكالة الضفة"
    assert hit.story.first.published == date(2025, 5, 1)
    assert len(hit.story.outlets) == 2
    assert hit.outlet not in hit.story.outlets
    assert searcher.search(Query("جسر")).total == 6
    assert all(hit.story is None for hit in searcher.search(Query("جسر")).hits)


def test_the_best_of_a_story_stands_for_it(searcher: Searcher) -> None:
    best = names(searcher, Query("جسر الوادي"))[0]
    assert names(searcher, grouped("جسر الوادي"))[0] == best
    assert names(searcher, grouped("نصف ساعة -السمك", filters=('outlet:"صحيفة المساء"',))) == ["evening"]


def test_of_equal_scores_the_first_seen_stands_for_it(searcher: Searcher) -> None:
    assert set(names(searcher, grouped("*"))) == {"wire", "own", "fish"}


def test_by_date_a_story_stands_where_it_was_first_seen(searcher: Searcher) -> None:
    assert names(searcher, grouped("*", sort="date"))[0] == "wire"
    assert names(searcher, grouped("date:2025-06", sort="date")) == ["evening"]


def test_pages_are_pages_of_stories(searcher: Searcher) -> None:
    whole = names(searcher, grouped("*"))
    paged = [name for at in range(4) for name in names(searcher, grouped("*", offset=at, limit=1))]
    assert paged == whole
    assert [NAMES[id_] for id_ in searcher.matching_ids(grouped("*"))] == whole
    assert [NAMES[id_] for id_, _ in searcher.ranking(grouped("*"))] == whole


@pytest.mark.parametrize("text", ["*", "جسر", "-السمك", "date:2025-06", "قطار"])
def test_every_facet_finds_as_many_stories_as_it_says(
    searcher: Searcher, workspace: Workspace, text: str
) -> None:
    store = MentionStore(workspace.mentions)
    store.update(ARTICLES, NameBook.load())
    facets = FacetCounter(store).count(searcher, grouped(text))
    assert facets.articles == searcher.search(grouped(text)).total
    for group in facets.groups:
        if group.kind in ("person", "place", "organization"):
            continue
        for facet in group.facets:
            assert searcher.search(grouped(text, filters=(facet.filter,))).total == facet.articles > 0


def test_an_outlet_that_spells_its_name_two_ways_has_the_story_once(
    searcher: Searcher, workspace: Workspace
) -> None:
    facets = FacetCounter(MentionStore(workspace.mentions)).count(
        searcher, grouped("جسر"), {"تكرار": IDS.values()}
    )
    counts = {(facet.kind, facet.value): facet.articles for group in facets.groups for facet in group.facets}
    assert counts["outlet", "الميزان"] == 2
    assert counts["tag", "تكرار"] == 2


def test_entities_are_counted_by_story(searcher: Searcher, workspace: Workspace) -> None:
    store = MentionStore(workspace.mentions)
    store.update(ARTICLES, NameBook.load())
    by_article = FacetCounter(store).count(searcher, Query("جسر"))
    by_story = FacetCounter(store).count(searcher, grouped("جسر"))
    for plain, less in zip(by_article.groups, by_story.groups, strict=True):
        assert {facet.value for facet in plain.facets} >= {facet.value for facet in less.facets}
        assert all(facet.articles <= 2 for facet in less.facets)


def test_the_search_s_own_facets_count_stories(searcher: Searcher) -> None:
    facets = searcher.search(grouped("*", facets=True)).facets
    assert facets
    assert dict(facets["month"]) == {"2025-05": 1, "2025-06": 1}
    assert dict(facets["language"]) == {"ar": 3}


def test_frequencies_count_a_story_once_in_each_outlet_and_month(searcher: Searcher) -> None:
    found = frequencies(searcher, grouped("جسر"))
    assert (found.whole.articles, found.whole.all_articles) == (2, 3)
    assert [(one.name, one.articles) for one in found.months] == [("2025-05", 1), ("2025-06", 1), ("", 2)]
    (wire,) = (one for one in found.outlets if one.name == "وكالة الضفة")
    assert (wire.articles, wire.all_articles) == (1, 1)
    assert wire.matches == len(concordance(searcher, Query("جسر", filters=('outlet:"وكالة الضفة"',))).lines)
    plain = frequencies(searcher, Query("جسر"))
    assert (plain.whole.articles, plain.whole.all_articles) == (6, 7)


def test_a_concordance_reads_one_article_a_story(searcher: Searcher) -> None:
    found = concordance(searcher, grouped("النهر"))
    assert found.articles == 1
    assert {line.id for line in found.lines} == set(searcher.matching_ids(grouped("النهر")))


def test_without_stories_everything_stands_alone_and_it_is_said(workspace: Workspace) -> None:
    with Searcher.open(workspace.index) as searcher:
        results = searcher.search(grouped("*"))
        assert results.total == results.articles == len(ARTICLES)
        assert results.notices == ("7 articles have not been compared with others yet",)
        searcher.stories = Stories
        assert searcher.search(grouped("*")).notices == results.notices
        assert searcher.search(Query("*")).notices == ()


def test_newer_stories_are_taken_up(searcher: Searcher, workspace: Workspace) -> None:
    assert searcher.search(grouped("*")).total == 3
    searcher.stories = Stories
    assert searcher.search(grouped("*")).total == len(ARTICLES)


def test_articles_that_the_index_lacks_are_in_no_story(workspace: Workspace) -> None:
    with IndexWriter(workspace.index) as writer:
        for name in ("wire", "daily", "again", "undated"):
            writer.remove(IDS[name])
        writer.commit()
    kept = Stories.load(workspace.stories)
    with Searcher.open(workspace.index) as searcher:
        searcher.stories = lambda: kept
        (hit,) = searcher.search(grouped("النهر")).hits
        assert hit.story is None


# Keeping them up to date


def refreshed(workspace: Workspace, change: Callable[[IndexWriter], None]) -> Stories:
    with IndexWriter(workspace.index) as writer:
        change(writer)
        writer.commit()
    refresh(workspace, Catalogue(workspace.catalogue))
    return Stories.load(workspace.stories)


def test_only_what_is_new_is_read(workspace: Workspace) -> None:
    new = make_article("new", "جسر الوادي", WIRE)

    def put(writer: IndexWriter) -> None:
        writer.put(new)

    kept = refreshed(workspace, put)
    assert kept.leader(new.id) == IDS["wire"]
    told = refresh(workspace, Catalogue(workspace.catalogue))
    assert (told.articles, told.compared) == (len(ARTICLES) + 1, 0)


def test_a_removed_article_and_a_changed_date_are_seen(workspace: Workspace) -> None:
    late = ARTICLES[0]
    moved: Article = replace(late, metadata=replace(late.metadata, published=date(2026, 1, 1)))

    def change(writer: IndexWriter) -> None:
        writer.put(moved)
        writer.remove(IDS["daily"])

    kept = refreshed(workspace, change)
    (story,) = kept.stories
    assert [NAMES[id_] for id_ in story.articles] == ["evening", "again", "wire", "undated"]


def test_a_lost_store_is_made_again(workspace: Workspace) -> None:
    before = Stories.load(workspace.stories).stories
    (workspace.stories / FILE).write_bytes(b"torn")
    told = refresh(workspace, Catalogue(workspace.catalogue))
    assert told.compared == len(ARTICLES)
    assert Stories.load(workspace.stories).stories == before


def test_cancelling_leaves_the_store(workspace: Workspace) -> None:
    (workspace.stories / FILE).unlink()
    with pytest.raises(Cancelled):
        refresh(workspace, Catalogue(workspace.catalogue), cancelled=lambda: True)
    assert not (workspace.stories / FILE).exists()
