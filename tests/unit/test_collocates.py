"""Words beside the matches: how they are counted, and how far from chance they are."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from tests.index_corpus import make_article, open_index

from kashaf.errors import Cancelled, UsageError
from kashaf_index.collocates import Collocate, collocates, log_likelihood, mutual_information
from kashaf_index.model import Query
from kashaf_index.search import Searcher

ARTICLES = (
    make_article("one", "عنوان أول", "وزير النقل وصل. قال وزير النقل كلمة، ثم قال وزير المالية كلمة."),
    make_article("two", "عنوان ثان", "تأخر النقل في المدينة. وزير وزير وزير."),
    make_article("three", "عنوان ثالث", "لا شيء هنا عن السوق ولا عن المدينة."),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("collocates"), ARTICLES) as opened:
        yield opened


def found(searcher: Searcher, form: str, text: str = "وزير", before: int = 1, after: int = 1) -> Collocate:
    words = collocates(searcher, Query(text), before, after, minimum=1).words
    return next(one for one in words if one.form == form)


def test_log_likelihood_by_hand() -> None:
    # 10 of 100 in the windows, 10 of 900 outside: 2 (10 ln 5 + 90 ln 90/98 + 10 ln 10/18 + 890 ln 890/882)
    assert log_likelihood(10, 100, 20, 1000) == pytest.approx(21.1770, abs=1e-3)
    # As often in the windows as elsewhere: nothing to explain.
    assert log_likelihood(10, 100, 100, 1000) == 0.0
    # All of its tokens, and all of the windows: 2 (10 ln 100 + 990 ln 1000/990)
    assert log_likelihood(10, 10, 10, 1000) == pytest.approx(2 * (46.05170 + 9.94983), abs=1e-3)


def test_mutual_information_by_hand() -> None:
    assert mutual_information(10, 100, 20, 1000) == pytest.approx(2.321928)
    assert mutual_information(10, 100, 100, 1000) == 0.0
    assert mutual_information(1, 8, 1, 1024) == 7.0


def test_tokens_beside_the_matches_are_counted_by_side(searcher: Searcher) -> None:
    transport = found(searcher, "النقل")
    assert (transport.word, transport.count, transport.before, transport.after) == ("النقل", 2, 0, 2)
    said = found(searcher, "قال")
    assert (said.count, said.before, said.after) == (2, 2, 0)


def test_corpus_counts_every_token_but_those_of_matches(searcher: Searcher) -> None:
    assert found(searcher, "النقل").corpus == 3
    whole = collocates(searcher, Query("وزير"), 1, 1)
    tokens = 2 + 12 + 2 + 7 + 2 + 8
    assert (whole.matches, whole.corpus) == (6, tokens - 6)


def test_a_token_in_two_windows_counts_once(searcher: Searcher) -> None:
    # قال stands after النقل كلمة ثم and before وزير: within three words of both matches.
    said = found(searcher, "قال", before=3, after=4)
    assert (said.count, said.before, said.after) == (2, 2, 2)
    whole = collocates(searcher, Query("وزير"), 20, 20)
    assert whole.window == 12 - 3 + 2 + 7 - 3 + 2  # each token of the two articles, once


def test_matches_are_no_collocates_of_one_another(searcher: Searcher) -> None:
    words = collocates(searcher, Query("وزير"), 5, 5, minimum=1).words
    assert "وزير" not in {one.form for one in words}


def test_a_phrase_has_its_window_around_the_whole(searcher: Searcher) -> None:
    words = collocates(searcher, Query('"وزير النقل"'), 1, 1, minimum=1).words
    assert {one.form for one in words} == {"اول", "وصل", "قال", "كلمه"}


def test_expected_and_measures_follow_from_the_counts(searcher: Searcher) -> None:
    whole = collocates(searcher, Query("وزير"), 2, 2, minimum=1)
    assert whole.words
    for one in whole.words:
        numbers = (one.count, whole.window, one.corpus, whole.corpus)
        assert one.expected == pytest.approx(whole.window * one.corpus / whole.corpus)
        assert one.count > one.expected
        assert (one.ll, one.mi) == (log_likelihood(*numbers), mutual_information(*numbers))


def test_by_stem_forms_of_a_word_count_together(searcher: Searcher) -> None:
    by_stem = collocates(searcher, Query("المدينة"), 2, 2, form="stem", minimum=1)
    assert {one.form for one in by_stem.words} & {"نقل"}
    assert found(searcher, "النقل", "المدينة", 2, 2).word == "النقل"


def test_stop_words_are_flagged_and_can_be_left_out(searcher: Searcher) -> None:
    with_them = collocates(searcher, Query("المدينة"), 2, 2, minimum=1).words
    assert {one.form for one in with_them if one.stop} >= {"في", "عن"}
    without = collocates(searcher, Query("المدينة"), 2, 2, minimum=1, stop_words=False).words
    assert [one for one in with_them if not one.stop] == list(without)


def test_order_minimum_and_limit(searcher: Searcher) -> None:
    for measure in ("ll", "mi"):
        words = collocates(searcher, Query("وزير"), 3, 3, measure, minimum=1).words
        numbers = [getattr(one, measure) for one in words]
        assert numbers == sorted(numbers, reverse=True)
    whole = collocates(searcher, Query("وزير"), 3, 3, minimum=2)
    assert all(one.count >= 2 for one in whole.words)
    some = collocates(searcher, Query("وزير"), 3, 3, minimum=2, limit=1)
    assert (some.words, some.total) == (whole.words[:1], whole.total)


def test_no_matches_and_no_window_give_no_words(searcher: Searcher) -> None:
    for text, side in (("قطار", 5), ("*", 5), ("وزير", 0)):
        assert collocates(searcher, Query(text), side, side).words == ()


def test_wrong_requests_are_refused(searcher: Searcher) -> None:
    for wrong in ({"measure": "z"}, {"form": "root"}, {"before": -1}, {"limit": -1}):
        with pytest.raises(UsageError):
            collocates(searcher, Query("وزير"), **wrong)


def test_it_stops_when_told(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        collocates(searcher, Query("وزير"), cancelled=lambda: True)
