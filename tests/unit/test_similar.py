"""More like this: what sets an article apart, and who shares it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.index_corpus import by_name, make_article, open_index

from kashaf.errors import Cancelled, NotFound
from kashaf_index.search import Searcher
from kashaf_index.similar import TERMS, similar, similar_ids

HARBOUR = make_article(
    "harbour",
    "توسعة ميناء الصيد",
    "بدأت توسعة ميناء الصيد في المدينة.\nوقال الصيادون إن الميناء ضيق منذ 2019.",
)
FISH = make_article(
    "fish", "أسعار السمك", "ارتفعت أسعار السمك في ميناء الصيد، وقال الصيادون إن السبب الوقود."
)
CITY = make_article("city", "حديقة المدينة", "افتتحت المدينة حديقة جديدة منذ 2019 في الحي القديم.")
FILM = make_article("film", "فيلم قصير", "عرض المخرج فيلماً قصيراً عن جدته.")


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    with open_index(tmp_path_factory.mktemp("similar"), (HARBOUR, FISH, CITY, FILM)) as opened:
        yield opened


def test_the_article_that_shares_most_comes_first_and_itself_never(searcher: Searcher) -> None:
    found = similar(searcher, HARBOUR.id)
    assert [hit.id for hit in found.hits] == [FISH.id, CITY.id]
    assert found.total == 2
    assert similar_ids(searcher, HARBOUR.id) == (FISH.id, CITY.id)
    assert similar_ids(searcher, HARBOUR.id, 1) == (FISH.id,)


def test_scores_fall_and_hits_say_what_they_share(searcher: Searcher) -> None:
    first, second = similar(searcher, HARBOUR.id).hits
    assert first.score > second.score > 0
    assert first.title == FISH.metadata.title
    assert "ميناء" in first.shared
    assert second.shared == ("المدينة",)


def test_terms_are_weighted_and_never_stop_words_or_bare_numbers(searcher: Searcher) -> None:
    terms = similar(searcher, HARBOUR.id).terms
    assert [term.weight for term in terms] == sorted((term.weight for term in terms), reverse=True)
    words = {term.word for term in terms}
    assert "ميناء" in words or "الميناء" in words
    assert not words & {"في", "إن", "منذ", "2019"}
    assert all(term.articles >= 2 for term in terms)


def test_title_and_first_paragraph_weigh_more(tmp_path: Path) -> None:
    title = make_article("t", "زعفران", "كلام عادي.\nقيل هنا عنبر.")
    others = [make_article(f"o{word}", "شأن آخر", f"حديث {word} بعيد.") for word in ("زعفران", "عنبر")]
    with open_index(tmp_path, [title, *others]) as opened:
        assert similar_ids(opened, title.id)[0] == others[0].id


def test_an_article_like_no_other_has_no_hits(searcher: Searcher) -> None:
    assert similar(searcher, FILM.id).hits == ()
    assert similar_ids(searcher, FILM.id) == ()


def test_no_more_terms_than_agreed(tmp_path_factory: pytest.TempPathFactory) -> None:
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهو"
    body = " ".join(f"{one}{two}{one}{two}" for one in letters for two in letters)
    pair = [make_article(name, "طويل", body) for name in ("x", "y")]
    with open_index(tmp_path_factory.mktemp("terms"), pair) as opened:
        found = similar(opened, pair[0].id)
        assert len(found.terms) == TERMS
        assert [hit.id for hit in found.hits] == [pair[1].id]


def test_an_id_that_is_none_is_refused(searcher: Searcher) -> None:
    with pytest.raises(NotFound):
        similar(searcher, by_name("market").id)
    with pytest.raises(NotFound):
        similar_ids(searcher, "zzzz")


def test_it_stops_when_told(searcher: Searcher) -> None:
    with pytest.raises(Cancelled):
        similar(searcher, HARBOUR.id, cancelled=lambda: True)
