"""Other queries for one that finds nothing: on small articles and on the sample corpus."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index_corpus import ARTICLES, make_article, open_index

from kashaf.errors import Cancelled
from kashaf_index.model import RUNGS, Correction, Query
from kashaf_index.search import Searcher
from kashaf_index.suggest import corrected, corrections, did_you_mean, search_with_help, total

EXTRA = (
    make_article("party", "بيان حزب الله", "قال حزب الله في بيان إن الوفد وصل إلى بيروت. حضر أحمد الشرع."),
    make_article("nato", "قمة", "اجتمع nato في بروكسل. اجتمع الحلف."),
    *(make_article(f"common{n}", "سوق", "افتتح السوق الكبير في بيروت صباح اليوم.") for n in range(12)),
    make_article("typo", "سوق", "افتتح السوف الكبير."),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("suggest") / "index", [*ARTICLES, *EXTRA]) as opened:
        yield opened


@pytest.fixture(scope="module")
def sample(indexed_sample: Path) -> Iterator[Searcher]:
    with Searcher.open(indexed_sample / ".kashaf" / "index") as opened:
        yield opened


@pytest.mark.parametrize(
    ("query", "kind", "text"),
    [
        ("]lar", "layout", "دمشق"),
        ("]LAR", "layout", "دمشق"),
        ("ىشفخ", "layout", "nato"),
        ("hgluvtm", None, ""),
        ("dimashq", "transliteration", "دمشق"),
        ("dmshq", "transliteration", "دمشق"),
        ("Dimashq", "transliteration", "دمشق"),
        ("dm$q", "transliteration", "دمشق"),
        ("bayrut", "transliteration", "بيروت"),
        ("al-Sharaa", "transliteration", "الشرع"),
        ("hizbullah", "transliteration", '"حزب الله"'),
        ("7izb", "transliteration", "حزب"),
        ("دمسق", "spelling", "دمشق"),
        ("الزيتؤن", None, ""),
        ("الزيتةن", "spelling", "الزيتون"),
        ("المزارعوون", None, ""),
        ("البرتغال", "spelling", "البرتقال"),
        ("ولدمشف", "spelling", "دمشق"),
        ("والزيتةن", "spelling", "والزيتون"),
    ],
)
def test_one_word(searcher: Searcher, query: str, kind: str | None, text: str) -> None:
    found = corrections(searcher, Query(query))
    if kind is None:
        assert not found or total(searcher, Query(query)) == 0
    else:
        assert (found[0].kind, found[0].text) == (kind, text)


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("وزير ]lar", None),
        ("]lar fdhkh", "دمشق بياناً"),
        ("قسد ]lar", "قسد دمشق"),
        ("قسد dimashq", "قسد دمشق"),
        ("قسد دمسق", "قسد دمشق"),
        ("قسد -]lar", None),
        ("دمسق -قسسد", "دمشق -قسسد"),
        ('"مع دمسق"', '"مع دمشق"'),
        ("مصدر:الميزان دمسق", "مصدر:الميزان دمشق"),
        ("عنوان:البرتغال", "عنوان:البرتقال"),
        ("دمسق OR بغدد", "دمشق OR بغدد"),
        ("(دمسق بيان) أو بغدد", "(دمشق بيان) أو بغدد"),
        ("dimashq hizbullah", None),
        ("ahmad al-sharaa", "أحمد الشرع"),
    ],
)
def test_one_bad_word_of_several_is_exchanged_and_the_rest_stays(
    searcher: Searcher, query: str, text: str | None
) -> None:
    found = [one for one in corrections(searcher, Query(query)) if one.kind != "any"]
    assert (found[0].text if found else None) == text


def test_every_correction_finds_more_than_the_query(searcher: Searcher) -> None:
    for text in ("]lar", "dimashq", "دمسق", "قسد دمسق زيتون", "السوف", "qsd dmshq", "ميناء قسد"):
        for rung in RUNGS:
            query = Query(text, rung=rung)
            hits = total(searcher, query)
            found = corrections(searcher, query)
            assert len({(one.kind, one.text) for one in found}) == len(found) <= 5
            assert all(total(searcher, corrected(query, one)) > hits for one in found)


def test_kinds_come_in_their_order(searcher: Searcher) -> None:
    order = ["layout", "transliteration", "spelling", "any"]
    for text in ("]lar قسد بيروت", "ميناء قسد", "دمسق بيروت", "dmshq بيروت"):
        kinds = [order.index(one.kind) for one in corrections(searcher, Query(text))]
        assert kinds == sorted(kinds)


def test_any_is_offered_where_no_article_has_all_the_words(searcher: Searcher) -> None:
    assert corrections(searcher, Query("ميناء قسد"))[-1] == Correction("any", "ميناء قسد")
    assert all(one.kind != "any" for one in corrections(searcher, Query("ميناء قسد", match="any")))
    assert corrections(searcher, Query("قصبجي")) == ()


def test_a_rare_word_is_suspected_where_a_common_one_is_near(searcher: Searcher) -> None:
    assert total(searcher, Query("السوف", rung="folded")) == 1
    meant = did_you_mean(searcher, Query("السوف", rung="folded"))
    assert meant == Correction("spelling", "السوق")
    assert did_you_mean(searcher, Query("السوق")) is None
    assert did_you_mean(searcher, Query("دمشق")) is None


def test_did_you_mean_is_the_best_correction_where_nothing_is_found(searcher: Searcher) -> None:
    assert did_you_mean(searcher, Query("]lar")) == Correction("layout", "دمشق")
    assert did_you_mean(searcher, Query("قصبجي")) is None


def test_the_best_correction_runs_by_itself_only_where_it_may(searcher: Searcher) -> None:
    helped = search_with_help(searcher, Query("]lar", correct=True))
    assert helped.corrected == Correction("layout", "دمشق")
    assert helped.query == Query("دمشق", correct=True)
    assert helped.total == len(helped.hits) == total(searcher, Query("دمشق")) > 0
    assert search_with_help(searcher, Query("]lar")).total == 0
    assert search_with_help(searcher, Query("دمشق", correct=True)).corrected is None
    assert search_with_help(searcher, Query("قصبجي", correct=True)).corrected is None


def test_any_runs_with_any_of_the_words(searcher: Searcher) -> None:
    helped = search_with_help(searcher, Query("ميناء قسد", correct=True, limit=3))
    assert helped.corrected == Correction("any", "ميناء قسد")
    assert helped.query.match == "any"
    assert helped.total == total(searcher, Query("ميناء قسد", match="any"))
    assert len(helped.hits) <= 3


def test_filters_and_ids_hold_for_corrections_too(searcher: Searcher) -> None:
    damascus = frozenset(searcher.matching_ids(Query("دمشق")))
    others = searcher.ids() - damascus
    assert corrections(searcher, Query("]lar", ids=frozenset(others))) == ()
    assert corrections(searcher, Query("]lar", ids=damascus))
    assert corrections(searcher, Query("]lar", filters=("outlet:الميزان",)))
    assert corrections(searcher, Query("]lar", filters=("-دمشق",))) == ()


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("toumert", "تومرت"),
        ("Ilyas Toumert", "إلياس تومرت"),
        ("hghldvhg hgwrhv", "الأميرال الصقار"),
        ("الاميرل الصقار", "الأميرال الصقار"),
        ("تومرط", "تومرت"),
        ("al-Daliya", "الدالية"),
        ("hgtdv,.", "الفيروز"),
        ("Firuz", "الفيروز"),
        ("تحمبب", "تحمب"),
    ],
)
def test_names_of_the_sample_corpus(sample: Searcher, query: str, text: str) -> None:
    best = corrections(sample, Query(query))[0]
    assert best.text == text
    assert search_with_help(sample, Query(query, correct=True)).corrected == best


HOSTILE = [
    "",
    " \t\n",
    "\x00\x01\x1b[2J",
    "\ud800",
    "((((((((((",
    '"' * 1000,
    "* " * 300,
    "-" * 400,
    "outlet: title: date:",
    "😀" * 500,
    "ا" * 400,
    "a" * 400,
    "dimashq " * 40,
    "دمسق " * 40,
    "]lar' " * 60,
    "(" * 2000 + "دمسق",
    "من إلى في",
    "NOT OR AND NEAR/0 ~",
    "\\" * 300,
    "ghkhdhth" * 5,
    "\u202eدمسق\u202c",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_any_text_is_corrected_or_not(sample: Searcher, text: str) -> None:
    for rung in ("exact", "stem"):
        query = Query(text, rung=rung, correct=True)
        for one in corrections(sample, query):
            assert total(sample, corrected(query, one))
        did_you_mean(sample, query)
        search_with_help(sample, query)


def test_a_pasted_article_is_searched_and_not_corrected(sample: Searcher) -> None:
    text = "دمسق ]lar dimashq \x00(\"' " * 45_000
    assert len(text) > 1_000_000
    assert corrections(sample, Query(text)) == ()
    search_with_help(sample, Query(text, correct=True))


def test_it_can_be_cancelled(searcher: Searcher) -> None:
    for help_for in (corrections, did_you_mean, search_with_help):
        with pytest.raises(Cancelled):
            help_for(searcher, Query("دمسق بغدد", correct=True), lambda: True)


def test_an_empty_index_has_no_corrections(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", []) as empty:
        assert corrections(empty, Query("]lar dimashq دمسق")) == ()
        assert search_with_help(empty, Query("]lar", correct=True)).total == 0


@pytest.mark.parametrize("query", ["zzzqqq", "كوفيدون", "covid", "الرصيف الصقارون بهتان"])
def test_a_guess_is_offered_and_never_run(sample: Searcher, query: str) -> None:
    """A word that the corpus lacks is no slip of the hand."""
    results = search_with_help(sample, Query(query, correct=True))
    assert results.corrected is None or results.corrected.kind == "any"
    assert not (results.corrected and results.suggestions)


def test_guesses_come_with_the_results_that_found_nothing(sample: Searcher) -> None:
    results = search_with_help(sample, Query("zzzqqq", correct=True))
    assert results.suggestions == corrections(sample, Query("zzzqqq"))
    assert results.suggestions
    assert search_with_help(sample, Query("zzzqqq")).suggestions == ()


def test_no_word_of_the_corpus_is_exchanged_for_another(sample: Searcher) -> None:
    """Each word is there, no article has both: some of the words are found instead."""
    query = Query("القطرس بروتين", correct=True)
    assert sample.search(query).total == 0
    results = search_with_help(sample, query)
    assert results.corrected is not None
    assert results.corrected.kind == "any"
