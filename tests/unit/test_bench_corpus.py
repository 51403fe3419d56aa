"""The pure parts of `make bench`: the corpora of the engines, their queries and their tables."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import islice

import pytest
from tests.benchmarks.corpus import Raw, articles
from tests.benchmarks.grid import Line, grid
from tests.benchmarks.queries import EACH, KINDS, chosen

_SYLLABLES = ("با", "تو", "جي", "حر", "خن", "دق", "رس", "زم", "سف", "شل", "صغ", "ضه", "عك", "طب", "نت", "لم")
_WORDS = [first + second + last for first in _SYLLABLES for second in _SYLLABLES for last in ("ر", "ن", "م")]


def _sentence(seed: int) -> str:
    """Every third word is one of eight."""
    places = ((seed + at * at) % (len(_WORDS) if at % 3 else 8) for at in range(12))
    return " ".join(_WORDS[place] for place in places)


_STORIES = [tuple(_sentence(story * 31 + line * 17) for line in range(5)) for story in range(120)]


@cache
def _made(count: int, seed: int = 1) -> list[Raw]:
    return list(islice(articles(_STORIES, seed), count))


def test_a_corpus_is_the_beginning_of_every_larger_one_of_its_seed() -> None:
    assert _made(5) == _made(9)[:5]
    assert _made(5) != _made(5, seed=2)


def test_articles_are_as_long_as_those_of_the_press_and_no_two_share_an_id() -> None:
    made = _made(60)
    words = [len(article.text.split()) for article in made]
    assert 300 < sum(words) / len(words) < 420
    assert len({article.id for article in made}) == len(made)
    assert all(article.text.startswith(article.title + "\n") for article in made)


def test_dates_are_days_of_ten_years() -> None:
    days = [article.date for article in _made(300) if article.date]
    assert all(
        2015 <= day // 10_000 <= 2024 and 1 <= day // 100 % 100 <= 12 and 1 <= day % 100 <= 31 for day in days
    )
    assert len(set(days)) > 200


def test_names_fall_off_as_zipf_says_so_that_the_dictionary_grows_with_the_corpus() -> None:
    known = {word for story in _STORIES for sentence in story for word in sentence.split()}
    names = Counter(
        word for article in _made(300) for word in article.text.split() if word.strip("،.:؛") not in known
    )
    once = sum(1 for count in names.values() if count == 1)
    assert once > len(names) / 2
    assert names.most_common(1)[0][1] > 20


def test_queries_are_the_same_for_the_same_texts_and_seed() -> None:
    texts = [article.text for article in _made(150)]
    assert chosen(texts, 150, 1) == chosen(texts, 150, 1)
    assert chosen(texts, 150, 1) != chosen(texts, 150, 2)


def test_there_are_as_many_queries_of_every_kind_and_all_are_plain_words() -> None:
    asked = chosen((article.text for article in _made(200)), 200, 1)
    assert Counter(one.kind for one in asked) == dict.fromkeys(KINDS, EACH)
    assert all(re.fullmatch("[\u0621-\u064a]{3,}", word) for one in asked for word in one.words)


def test_rare_words_and_phrases_stand_in_the_smallest_corpus() -> None:
    texts = [" ".join(article.text.split()) for article in _made(200)]
    for one in chosen(texts, 90, 1):
        if one.kind in ("rare", "phrase"):
            assert any(" ".join(one.words) in text for text in texts[:90])


def test_dates_asked_for_are_whole_months_and_years() -> None:
    asked = chosen((article.text for article in _made(200)), 200, 1)
    for one in asked:
        if one.kind == "month":
            assert one.first // 100 == one.last // 100
            assert one.first % 100 == 1
            assert one.last % 100 >= 28
        if one.kind == "year":
            assert (one.first % 10_000, one.last % 10_000) == (101, 1231)


def test_texts_without_words_of_a_kind_are_refused() -> None:
    with pytest.raises(LookupError, match="no word stands in"):
        chosen(["كلمة واحدة"] * 20, 20, 1)


def test_a_table_says_how_many_times_better_ours_is_where_there_is_something_to_compare() -> None:
    lines = [Line("سرعة", ("rate",), more=True), Line("زمن", ("p50", "p95")), Line("لا شيء", ("none",))]
    columns = {
        "ours": {"rate": 200.0, "p50": 1.0, "p95": 2.0},
        "peer": {"rate": 100.0, "p50": 0.5, "p95": 1.0},
    }
    table = grid("عنوان", lines, columns).splitlines()
    assert [re.split(" {2,}", line) for line in table[4:6]] == [
        ["سرعة", "200", "100 2.00 x"],
        ["زمن", "1.00 / 2.00", "0.50 / 1.00 0.50 x"],
    ]
    assert not any("لا شيء" in line for line in table)
