from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli_support import kashaf
from tests.index_corpus import ARTICLES, by_name, open_index

from kashaf.entities.book.namebook import Name, NameBook
from kashaf.entities.tables.store import MentionStore
from kashaf.notes.model import Note, WordsTarget
from kashaf_index.joins import StoreJoins
from kashaf_index.model import Query
from kashaf_index.search import Searcher

BOOK = NameBook(
    [
        Name("قوات المرفأ", "organization", ("قسد",)),
        Name("دمشق", "place"),
    ]
)


def note(name: str, body: str, *tags: str) -> Note:
    article = by_name(name)
    target = WordsTarget(article.id, article.text_sha256, 0, 1, article.text[0], "", "", "", "", "", "")
    return Note(f"id-{name}", target, body, tags, "note", "", "", "")


NOTES = [
    note("harbour", "المرفأ الجديد مهم للصيادين", "عاجل", "بحر"),
    note("market", "أسعار", "عَاجل", "إقتصاد/أسعار الغذاء"),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    store = MentionStore(tmp_path_factory.mktemp("mentions"))
    store.update(ARTICLES, BOOK)
    with open_index(tmp_path_factory.mktemp("index")) as opened:
        opened.joins = StoreJoins(lambda: store, lambda: BOOK, lambda: NOTES)
        yield opened


def names(searcher: Searcher, query: str) -> set[str]:
    found = searcher.matching_ids(Query(query))
    return {
        article.provenance.path.removeprefix("مقالات/").removesuffix(".txt")
        for article in ARTICLES
        if article.id in found
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ('org:"قوات المرفأ"', {"forces"}),
        ("جهة:قسد", {"forces"}),
        ("org:المرفأ", {"forces"}),
        ("person:قسد", set()),
        ("مكان:دمشق", {"forces"}),
        ("place:ق", set()),
        ("tag:عاجل", {"harbour", "market"}),
        ("وسم:«بحر»", {"harbour"}),
        ("tag:عاج", set()),
        ("tag:اقتصاد", {"market"}),
        ("tag:«اقتصاد/أسعار الغذاء»", {"market"}),
        ("tag:اقتص", set()),
        ("tag:«أسعار الغذاء»", set()),
        ("note:صياد", {"harbour"}),
        ("note:«المرفأ مهم»", set()),
        ("note:«مرفأ جديد»", {"harbour"}),
        ("has:note", {"harbour", "market"}),
        ("has:note -tag:بحر", {"market"}),
        ("tag:عاجل ميناء", {"harbour"}),
        ("tag:بحر OR place:دمشق", {"harbour", "forces"}),
    ],
)
def test_finds(searcher: Searcher, query: str, found: set[str]) -> None:
    assert names(searcher, query) == found


def test_what_nobody_knows_is_said(searcher: Searcher) -> None:
    assert searcher.search(Query("person:مجهول")).notices == ("no article is known for person:مجهول",)
    assert searcher.search(Query("tag:عاجل")).notices == ()


def test_a_joined_condition_is_no_reason_and_every_rung_holds_it(searcher: Searcher) -> None:
    results = searcher.search(Query("has:note"))
    assert set(results.rungs.values()) == {2}
    assert all(hit.why == () and hit.spans == () for hit in results.hits)


def test_answers_are_as_new_as_the_stores(searcher: Searcher) -> None:
    joins = searcher.joins
    try:
        searcher.joins = StoreJoins(lambda: 1 / 0, lambda: BOOK, lambda: [replace(NOTES[0], tags=("جديد",))])  # type: ignore[arg-type, return-value]  # must not be asked
        assert names(searcher, "tag:عاجل") == set()
        assert names(searcher, "tag:جديد") == {"harbour"}
        searcher.joins = None
        results = searcher.search(Query("tag:جديد OR ميناء"))
        assert (results.total, len(results.notices)) == (1, 1)
    finally:
        searcher.joins = joins


def test_similar_articles(searcher: Searcher, tmp_path: Path) -> None:
    del tmp_path
    known = by_name("market").id
    like = names(searcher, f"similar:{known}")
    assert like
    assert "market" not in like
    assert names(searcher, f"similar:{known[:9]} -similar:{known}") == set()
    unknown = searcher.search(Query("similar:zzzz ميناء"))
    assert (unknown.total, len(unknown.notices)) == (0, 1)


def test_commands_ask_the_stores_of_their_workspace(case: Path) -> None:
    known = kashaf("-w", case, "search", "السوق", "--json").json["hits"][0]["id"]
    text = kashaf("-w", case, "show", known, "--json").json["text"]
    assert kashaf("-w", case, "search", "has:note", "--json").json["total"] == 0
    added = kashaf("-w", case, "notes", "add", known, "--span", "0:3", "--tag", "عاجل", "--note", text[:10])
    assert added.code == 0, added.messages
    for query in ("has:note", "وسم:عاجل", "السوق tag:عاجل", "* -(* -has:note)"):
        found = kashaf("-w", case, "search", query, "--json").json
        assert [hit["id"] for hit in found["hits"]] == [known], query
    person = kashaf("-w", case, "entities", "--type", "person", "--json").json[0]
    found = kashaf("-w", case, "search", f'شخص:"{person["name"]}"', "--limit", "0", "--json").json
    assert found["total"] == person["articles"]


def test_names_nobody_has_looked_for_are_no_names_that_are_not_there(
    searcher: Searcher, tmp_path: Path
) -> None:
    whole = searcher.joins
    searcher.joins = StoreJoins(lambda: MentionStore(tmp_path), lambda: BOOK, lambda: NOTES)
    try:
        (notice,) = searcher.search(Query("place:دمشق")).notices
    finally:
        searcher.joins = whole
    assert notice.startswith(f"{len(ARTICLES)} articles have not been read")
    assert searcher.search(Query("place:دمشق")).notices == ()
