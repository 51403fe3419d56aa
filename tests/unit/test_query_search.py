"""What each part of the query language finds, and what a hit says of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, make_article, open_index

from kashaf.corpus.article import Article
from kashaf_index.model import RUNGS, Hit, Query, Results, Rung, Why
from kashaf_index.query.expansion import Expansion
from kashaf_index.query.lexicon import MAX_WORDS
from kashaf_index.search import Searcher

NEAR = make_article(
    "near",
    "خبر قصير",
    "أعلن القائد بدر السالم هدنة قصيرة. وقالت القيادة إن السالم عاد. يكتب المراسل من مكتبه كتاباً في المكتبة.",
    published=date(2025, 3, 1),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("index"), [*ARTICLES, NEAR]) as opened:
        yield opened


def names(results: Results) -> set[str]:
    return {hit.path.removeprefix("مقالات/").removesuffix(".txt") for hit in results.hits}


def only_hit(searcher: Searcher, text: str, rung: Rung = "stem") -> Hit:
    (hit,) = searcher.search(Query(text, rung=rung)).hits
    return hit


def marked(hit: Hit, article: Article = NEAR) -> list[str]:
    return [article.text[start:end] for start, end in hit.spans]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("قسد أو برتقال", {"forces", "orchard"}),
        ("وزير ليس الاقتصاد", {"harbour"}),
        ("وزير | ليس وزير", {"harbour", "market", "orchard", "school", "forces", "near"}),
        ("*لسالم", {"near"}),
        ("ال*لم", {"near"}),
        ("م*س*ة", {"school"}),
        ("-(*ا*)", set()),
        ("مدرصة~", {"school"}),
        ("مدسرة~", {"school"}),
        ("=مدرسة", {"school"}),
        ("=مَدرسة", set()),
        ('="وزير النقل"', {"harbour"}),
        ('="الوزير النقل"', set()),
        ("root:كتب", {"near", "school"}),
        ("القائد NEAR/2 السالم", {"near"}),
        ("السالم NEAR/2 القائد", {"near"}),
        ("القائد NEAR/1 السالم", set()),
        ("القائد قرب/٢ (غائب | هدنة)", set()),
        ("القائد قرب/٣ (غائب | هدنة)", {"near"}),
        ('"بدر السالم" NEAR/1 هدنة', {"near"}),
        ("هدنة NEAR/1 هدنة", set()),
        ("السالم NEAR/9 السالم", {"near"}),
        ("القائد NEAR/2 السالم NEAR/2 هدنة", {"near"}),
        ("title:(ميناء OR حصاد)", {"harbour", "orchard"}),
        ("title:(ميناء NEAR/1 الصيد)", {"harbour"}),
        ("title:(ميناء NEAR/2 وزير)", set()),
        ("author:مراسل", {"harbour", "market", "orchard", "school", "forces", "near"}),
        ("author:مراسل OR author:سالم", {"harbour", "market", "orchard", "school", "forces", "near"}),
        ("author:سالم", set()),
        ("after:2025-10", {"school", "market"}),
        ("before:2025", {"orchard"}),
        ("بعد:2024 قبل:2025-04", {"near"}),
        ("lang:ar -وزير", {"school", "forces", "near"}),
        ("lang:en", set()),
        ("outlet:(الميزان OR لاشيء)", {"market", "forces"}),
        (r"ميناء \أو", {"harbour"}),
    ],
)  # fmt: skip
def test_finds(searcher: Searcher, query: str, found: set[str]) -> None:
    results = searcher.search(Query(query))
    assert names(results) == found
    assert results.warnings == results.notices == ()


def test_the_root_is_counted_and_admits_when_asked(searcher: Searcher) -> None:
    results = searcher.search(Query("كتابا"))
    assert (results.rungs["stem"], results.rungs["root"]) == (1, 2)
    assert names(results) == {"near"}
    wide = searcher.search(Query("كتابا", rung="root"))
    assert names(wide) == {"near", "school"}
    assert {hit.rung for hit in wide.hits} == {"folded", "root"}
    (rooted,) = (hit for hit in wide.hits if hit.rung == "root")
    assert [why.rule.split()[0] for why in rooted.why] == ["root"]


def test_a_phrase_is_tolerated_behind_proclitics_when_folded(tmp_path: Path) -> None:
    articles = [make_article("a", "خبر", "قال وزير نقل"), make_article("b", "خبر", "قال والوزير النقل")]
    with open_index(tmp_path, articles) as opened:
        assert opened.search(Query('"وزير نقل"')).rungs == {"exact": 1, "folded": 2, "stem": 2, "root": 2}
        # A negation is judged at the folded rung.
        assert opened.search(Query('خبر -"وزير نقل"')).rungs == dict.fromkeys(RUNGS, 0)
        assert opened.search(Query('خبر -"وزير"')).rungs == dict.fromkeys(RUNGS, 1)
        folded = next(hit for hit in opened.search(Query('"وزير نقل"')).hits if hit.rung == "folded")
        assert folded.why == (Why('"وزير نقل"', ("والوزير النقل",), "proclitic وال"),)


def test_only_words_that_are_near_are_marked(searcher: Searcher) -> None:
    hit = only_hit(searcher, "القائد NEAR/2 السالم")
    assert marked(hit) == ["القائد", "السالم"]
    assert NEAR.text[: hit.spans[1][0]].count("السالم") == 0  # the first one, not that of the next sentence
    assert hit.why == (Why("القائد NEAR/2 السالم", ("القائد … السالم",), "exact"),)


@pytest.mark.parametrize(
    ("query", "words", "why"),
    [
        ("ال*لم", ["السالم", "السالم"], ("ال*لم", ("السالم",), "pattern")),
        ("سال*", ["السالم", "السالم"], ("سال*", ("السالم",), "proclitic ال")),
        ("الصالم~", ["السالم", "السالم"], ("الصالم~1", ("السالم",), "fuzzy")),
        ("root:كاتب", ["يكتب", "مكتبه", "كتاباً", "المكتبة"], None),
    ],
)
def test_what_matched_is_marked_and_named(
    searcher: Searcher, query: str, words: list[str], why: tuple[str, tuple[str, ...], str] | None
) -> None:
    (hit,) = (hit for hit in searcher.search(Query(query)).hits if hit.id == NEAR.id)
    assert marked(hit) == words
    if why:
        assert hit.why == (Why(*why),)
    else:
        assert {reason.rule.split()[0] for reason in hit.why} == {"root"}


def test_an_author_is_a_reason_without_a_span(searcher: Searcher) -> None:
    hit = searcher.search(Query("author:مراسل")).hits[0]
    assert hit.spans == ()
    assert hit.why == (Why("author:مراسل", ("مراسل",), "exact"),)


class Book:
    """Knows one alias and one variant."""

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        return tuple(
            Expansion(at, at + 1, (("القايد", "بدر"),), "alias القايد") if word == "قسد" else
            Expansion(at, at + 1, (("مرفا",),), "variant مرفا")
            for at, word in enumerate(words)
            if word in ("قسد", "ميناء")
        )  # fmt: skip


def test_other_words_count_from_the_stem_rung_and_are_named(tmp_path: Path) -> None:
    with open_index(tmp_path, [*ARTICLES, NEAR]) as opened:
        opened.expander = Book()
        results = opened.search(Query("قسد"))
        assert results.rungs == {"exact": 1, "folded": 1, "stem": 2, "root": 2}
        (alias,) = (hit for hit in results.hits if hit.id == NEAR.id)
        assert (alias.rung, marked(alias)) == ("stem", ["القائد", "بدر"])
        assert alias.why == (Why("قسد", ("القائد بدر",), "alias القايد"),)
        assert opened.search(Query("قسد", rung="folded")).total == 1
        assert names(opened.search(Query("قسد NEAR/1 السالم"))) == {"near"}
        assert names(opened.search(Query('"قسد السالم"'))) == {"near"}
        # Negations are judged below the stem rung, where other words do not count.
        assert "near" in names(opened.search(Query("* -قسد")))
        assert opened.search(Query("=قسد")).rungs == dict.fromkeys(RUNGS, 1)


def test_filters_are_required_and_no_reason(searcher: Searcher) -> None:
    plain = searcher.search(Query("وزير"))
    narrowed = searcher.search(Query("وزير", filters=("اقتصاد", "date:2025")))
    assert names(narrowed) == {"market"}
    assert narrowed.hits[0].why == next(hit.why for hit in plain.hits if hit.id == narrowed.hits[0].id)
    assert narrowed.hits[0].score == next(hit.score for hit in plain.hits if hit.id == narrowed.hits[0].id)
    assert narrowed.rungs["exact"] <= narrowed.rungs["stem"] <= plain.rungs["stem"]
    broken = searcher.search(Query("وزير", filters=("date:x", "outlet:الميزان")))
    assert names(broken) == {"market"}
    assert broken.warnings


def test_a_pattern_that_fits_too_much_says_so_and_is_marked_where_it_was_searched(tmp_path: Path) -> None:
    articles = [make_article(str(at), "ع", " ".join(f"abc{at}x{n}" for n in range(300))) for at in range(5)]
    with open_index(tmp_path, articles) as opened:
        assert opened.search(Query("abc1*")).notices == ()
        for query in ("abc*", "*c*", "abc* -(*c*)"):
            notice = opened.search(Query(query)).notices[0]
            assert f"stands for 1500 words; the {MAX_WORDS} commonest are searched" in notice
        results = opened.search(Query("abc*"))
        assert results.total == 4
        assert all(hit.spans for hit in results.hits)
        for article_id in opened.ids() - {hit.id for hit in results.hits}:
            assert opened.occurrences(opened.article(article_id), Query("abc*")) == []


def test_newer_articles_can_be_lifted(searcher: Searcher) -> None:
    for sort in ("relevance", "recency", "date"):
        results = searcher.search(Query("وزير", sort=sort))
        assert names(results) == {"harbour", "market", "orchard"}
    lifted = searcher.search(Query("وزير", sort="recency")).hits
    assert lifted[-1].published == date(2024, 1, 20)


def test_every_rung_counts_the_same_whichever_is_asked(searcher: Searcher) -> None:
    for query in ("كتاب", "ال*لم", "الصالم~", "القائد NEAR/2 سالم", "root:كتب", "-مدرسة", "وزير -الاقتصاد"):
        counts = [searcher.search(Query(query, rung=rung)).rungs for rung in RUNGS]
        assert all(one == counts[0] for one in counts)
        values = list(counts[0].values())
        assert values == sorted(values)
