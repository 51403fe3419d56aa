from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, build, by_name, make_article, open_index

from kashaf.errors import Cancelled, NotFound, UsageError
from kashaf_index.kwic import concordance
from kashaf_index.model import RUNGS, Hit, Query, Results, Why
from kashaf_index.search import Searcher


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("index")) as opened:
        yield opened


def names(results: Results) -> set[str]:
    return {hit.path.removeprefix("مقالات/").removesuffix(".txt") for hit in results.hits}


def only_hit(searcher: Searcher, text: str) -> Hit:
    (hit,) = searcher.search(Query(text)).hits
    return hit


def marked(hit: Hit, name: str) -> list[str]:
    return [by_name(name).text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("ميناء", {"harbour"}),
        ("الوزير", {"harbour", "market", "orchard"}),
        ("وزير الاقتصاد", {"market", "orchard"}),
        ('"وزير الاقتصاد"', {"market"}),
        ('"الوزير اقتصاد"', {"market"}),
        ("وزير -الاقتصاد", {"harbour"}),
        ("ميناء OR البرتقال", {"harbour", "orchard"}),
        ("outlet:الميزان", {"market", "forces"}),
        ("outlet:ميزان", set()),
        ('outlet:"صحيفة المرفأ"', {"harbour", "school"}),
        ("date:2025-11", {"school", "market"}),
        ("date:2025-10-05..2025-11-02", {"harbour", "market"}),
        ("date:..2024", {"orchard"}),
        ("date:2025-11..", {"school", "market"}),
        ("title:وزير", set()),
        ("title:حصاد", {"orchard"}),
        ("زيت*", {"market"}),
        ("3.5", {"market"}),
        ("bbc", {"forces"}),
        ("*", {"harbour", "school", "market", "forces", "orchard"}),
        ("-وزير", {"school", "forces"}),
        ("* -date:2025", {"forces", "orchard"}),
        ("مَدرسه", {"school"}),
        ("طائرة", set()),
    ],
)
def test_finds(searcher: Searcher, query: str, found: set[str]) -> None:
    results = searcher.search(Query(query))
    assert names(results) == found
    assert results.total == len(found)


def test_any_word_will_do_when_asked(searcher: Searcher) -> None:
    assert names(searcher.search(Query("ميناء البرتقال", match="any"))) == {"harbour", "orchard"}
    assert names(searcher.search(Query("ميناء البرتقال"))) == set()


def test_counts_of_all_rungs_with_any_rung(searcher: Searcher) -> None:
    for rung, total in (("exact", 1), ("folded", 1), ("stem", 1), ("root", 1)):
        results = searcher.search(Query("مدرسة", rung=rung))  # type: ignore[arg-type]  # literals of a loop
        assert results.rungs == {"exact": 1, "folded": 1, "stem": 1, "root": 1}
        assert results.total == total
    results = searcher.search(Query("المدرسه"))
    assert results.rungs == {"exact": 0, "folded": 1, "stem": 1, "root": 1}
    assert results.hits[0].rung == "folded"
    results = searcher.search(Query("مدارسه"))
    assert results.rungs == {"exact": 0, "folded": 0, "stem": 0, "root": 1}
    assert results.hits == ()


def test_a_rung_admits_only_its_hits(searcher: Searcher) -> None:
    assert searcher.search(Query("الصياد", rung="folded")).total == 0
    assert names(searcher.search(Query("الصياد"))) == {"harbour"}


def test_proclitics_are_named(searcher: Searcher) -> None:
    hit = only_hit(searcher, "قسد")
    assert hit.rung == "exact"
    assert marked(hit, "forces") == ["قسد", "قسد"]
    found = searcher.occurrences(by_name("forces"), Query("قسد"))
    assert [(by_name("forces").text[o.start : o.end], o.rule) for o in found] == [
        ("قسد", "exact"),
        ("وقسد", "proclitic و"),
        ("قسد", "exact"),
        ("بقسد", "proclitic ب"),
    ]


def test_why_names_term_words_and_rule(searcher: Searcher) -> None:
    hit = only_hit(searcher, "مدرسه قرية")
    assert hit.rung == "stem"
    assert hit.why == (
        Why("مدرسه", ("مدرسة", "مَدْرَسَة"), "folded"),
        Why("مدرسه", ("المدرسة",), "proclitic ال"),
        Why("مدرسه", ("وللمدرسة",), "proclitic ولل"),
        Why("قرية", ("القرية",), "proclitic ال"),
    )


def test_a_phrase_marks_each_of_its_words(searcher: Searcher) -> None:
    hit = only_hit(searcher, '"ميناء الصيد الجديد"')
    assert marked(hit, "harbour") == ["ميناء", "الصيد", "الجديد"] * 2
    assert hit.why == (Why('"ميناء الصيد الجديد"', ("ميناء الصيد الجديد",), "exact"),)


def test_negated_words_are_judged_folded_for_every_count(searcher: Searcher) -> None:
    # البرتقال is the stem of برتقال but not its fold, so nothing is excluded at any rung.
    assert searcher.search(Query("حصاد -برتقال")).rungs == dict.fromkeys(RUNGS, 1)
    assert searcher.search(Query("حصاد -البُرتقال")).rungs == dict.fromkeys(RUNGS, 0)


def test_stop_words_never_exclude(searcher: Searcher) -> None:
    assert names(searcher.search(Query("ميناء حتى"))) == {"harbour"}
    assert names(searcher.search(Query("إلى"))) == {"market"}


def test_title_matches_weigh_more(searcher: Searcher) -> None:
    first, *_ = searcher.search(Query("الزيتون OR الحقل")).hits
    assert first.title == "أسعار الزيتون ترتفع"


def test_newest_first_and_undated_last(searcher: Searcher) -> None:
    dates = [hit.published for hit in searcher.search(Query("*", sort="date")).hits]
    assert dates == [date(2025, 11, 10), date(2025, 11, 2), date(2025, 10, 5), date(2024, 1, 20), None]


def test_pages_follow_one_another(searcher: Searcher) -> None:
    whole = [hit.id for hit in searcher.search(Query("*")).hits]
    pages = [hit.id for at in range(0, 6, 2) for hit in searcher.search(Query("*", limit=2, offset=at)).hits]
    assert pages == whole
    assert searcher.search(Query("*", limit=0)).total == 5


def test_only_these_ids(searcher: Searcher) -> None:
    wanted = frozenset({by_name("market").id, "nosuchid"})
    results = searcher.search(Query("وزير", ids=wanted))
    assert names(results) == {"market"}
    assert results.rungs["stem"] == 1
    assert searcher.search(Query("*", ids=frozenset())).total == 0


def test_facets_count_the_whole_result(searcher: Searcher) -> None:
    results = searcher.search(Query("*", limit=1, facets=True))
    assert results.facets == {
        "outlet": (("الميزان", 2), ("صحيفة المرفأ", 1), ("صَحيفة المرفإ", 1)),
        "language": (("ar", 5),),
        "month": (("2024-01", 1), ("2025-10", 1), ("2025-11", 2)),
    }
    assert searcher.search(Query("*")).facets is None
    assert searcher.outlets()[0] == ("الميزان", 2)


def test_snippets_are_slices_of_the_text(searcher: Searcher) -> None:
    for article in ARTICLES:
        for query in ("*", "وزير OR قسد OR البرتقال", "في"):
            for hit in searcher.search(Query(query, ids=frozenset({article.id}))).hits:
                assert hit.snippets
                for snippet in hit.snippets:
                    assert article.text[snippet.start : snippet.start + len(snippet.text)] == snippet.text
                    assert "\n" not in snippet.text
                    assert set(snippet.spans) <= set(hit.spans)


def test_long_texts_give_passages_at_word_borders(tmp_path: Path) -> None:
    filler = "كلام كثير عن أمور أخرى لا تهم أحداً في هذا المكان. " * 40
    article = make_article("long", "عنوان طويل", filler + "وهنا يقع المقصود تماماً. " + filler)
    with open_index(tmp_path, [article]) as opened:
        (hit,) = opened.search(Query("المقصود")).hits
    (snippet,) = hit.snippets
    assert "المقصود" in snippet.text
    assert len(snippet.text) <= 180
    end = snippet.start + len(snippet.text)
    assert article.text[snippet.start - 1].isspace()
    assert article.text[end].isspace()


def test_the_whole_article_comes_back(searcher: Searcher) -> None:
    for article in ARTICLES:
        assert searcher.article(article.id) == article
    assert searcher.ids() == {article.id for article in ARTICLES}
    assert searcher.count == len(ARTICLES)
    assert searcher.revisions() == {article.id: article.text_sha256 for article in ARTICLES}


def test_ids_by_their_beginning(searcher: Searcher) -> None:
    known = by_name("harbour").id
    assert searcher.article(known[:8].upper()).id == known
    with pytest.raises(NotFound):
        searcher.article("zzzzzzzzzzzz")
    with pytest.raises(NotFound):
        searcher.article("")


def test_ambiguous_beginnings_are_refused(tmp_path: Path) -> None:
    many = [make_article(f"a{number}", "عنوان", "نص") for number in range(40)]
    with open_index(tmp_path, many) as opened:
        letter = max("0123456789abcdef", key=lambda char: sum(a.id.startswith(char) for a in many))
        with pytest.raises(UsageError, match="articles begin with"):
            opened.article(letter)


def test_concordance(searcher: Searcher) -> None:
    lines = concordance(searcher, Query("قسد"), width=20).lines
    text = by_name("forces").text
    assert [line.node for line in lines] == ["قسد", "وقسد", "قسد", "بقسد"]
    for line in lines:
        assert text[line.start : line.end] == line.node
        assert text[: line.start].replace("\n", " ").endswith(line.left)
        assert text[line.end :].replace("\n", " ").startswith(line.right)
        assert len(line.left) <= 20
        assert len(line.right) <= 20
        before = line.start - len(line.left)
        assert before == 0 or text[before - 1].isspace() or line.left[0].isspace()
    assert len(concordance(searcher, Query("قسد"), limit=3).lines) == 3
    (phrase,) = concordance(searcher, Query('"وزير النقل"')).lines
    assert phrase.node == "وزير النقل"


def test_wrong_requests_are_refused() -> None:
    with pytest.raises(UsageError):
        Query("x", rung="branch")  # type: ignore[arg-type]  # what a command line could pass
    with pytest.raises(UsageError):
        Query("x", limit=-1)


def test_a_bad_date_is_left_out_and_the_rest_is_searched(searcher: Searcher) -> None:
    results = searcher.search(Query("قسد date:2025-99"))
    assert names(results) == {"forces"}
    assert "2025-99 is not a date" in results.warnings[0]
    assert searcher.search(Query("date:2025-99")).total == 0


def test_nothing_to_search_is_said(searcher: Searcher) -> None:
    results = searcher.search(Query("؟"))
    assert results.total == 0
    assert results.warnings


def test_a_search_can_be_cancelled(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        searcher.search(Query("وزير"), cancelled=lambda: True)


def test_the_same_answers_from_one_segment_or_many(tmp_path: Path) -> None:
    one = build(tmp_path / "one")
    many = tmp_path / "many"
    for article in reversed(ARTICLES):
        build(many, [article])
    with Searcher.open(one) as single, Searcher.open(many) as several:
        for query in (
            "وزير",
            "*",
            '"وزير الاقتصاد"',
            "زيت*",
            "*ون",
            "date:2025",
            "في -قسد",
            "ميناء OR قسد",
            "وزير NEAR/2 الصيد",
        ):
            assert single.search(Query(query)).hits == several.search(Query(query)).hits, query


def test_an_empty_index_answers(tmp_path: Path) -> None:
    with open_index(tmp_path, []) as opened:
        assert opened.count == 0
        for query in (
            "*",
            "وزير",
            "outlet:x",
            "date:2025",
            "و*",
            '"أ ب"',
            "وزير~",
            "*ز*",
            "أ NEAR/2 ب",
            "lang:ar",
        ):
            assert opened.search(Query(query, facets=True)).total == 0
