"""The words of an index: frequencies, beginnings, near ones and sounding ones."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from pathlib import Path
from weakref import ref

import pytest
from tests.folds_support import make_segment
from tests.index_corpus import ARTICLES, build, make_article, open_index

from kashaf.errors import Cancelled
from kashaf.text.fold import fold_word
from kashaf.text.tokens import tokenise
from kashaf_index.build import IndexWriter
from kashaf_index.model import Query
from kashaf_index.search import Searcher
from kashaf_index.vocabulary import Vocabulary, vocabulary_of

WORDS = {
    "دمشق": 30,
    "الدمشقي": 4,
    "بغداد": 20,
    "الحكومة": 100,
    "حكومة": 40,
    "للحكومة": 9,
    "الحكم": 25,
    "أحمد": 12,
    "احمد": 3,
    "أَحمد": 50,
    "رئيس": 80,
    "الرئيس": 90,
    "صقر": 5,
    "قصر": 15,
    "إلياس": 6,
    "ليس": 60,
    "nato": 7,
}


@pytest.fixture(scope="module")
def words(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Vocabulary]:
    documents = [
        {"text": " ".join(word for word, count in WORDS.items() if count > number)}
        for number in range(max(WORDS.values()))
    ]
    segment = make_segment(tmp_path_factory.mktemp("words") / "words.seg", documents)
    yield Vocabulary.of([segment])
    segment.container.close()


def test_frequencies_add_up_over_spellings(words: Vocabulary) -> None:
    assert words.frequency("دمشق") == 30
    assert words.frequency("احمد") == 12 + 3 + 50
    assert words.frequency("دمش") == 0
    assert words.frequency("") == 0
    assert words.frequency("\U0010ffff") == 0
    assert len(words) == len({fold_word(word) for word in WORDS})


def test_a_word_is_shown_as_it_is_mostly_written_without_tashkeel(words: Vocabulary) -> None:
    assert words.shown("احمد") == "أحمد"
    assert words.shown("رييس") == "رئيس"
    assert words.shown("دمشق") == "دمشق"
    assert words.shown("لا وجود لها") == "لا وجود لها"


def test_beginnings_are_the_most_frequent_first(words: Vocabulary) -> None:
    assert [one.shown for one in words.beginning("الح", 5)] == ["الحكومة", "الحكم"]
    assert [one.shown for one in words.beginning("", 2)] == ["الحكومة", "الرئيس"]
    assert words.beginning("ظظ", 5) == []
    assert words.beginning("ا", 0) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("دمسق", "دمشق"),
        ("دشمق", "دمشق"),
        ("دمشقق", "دمشق"),
        ("بغداذ", "بغداد"),
        ("الحكومات", "الحكومة"),
        ("الحكمة", "الحكومة"),
        ("احمض", "أحمد"),
        ("رءيس", "رئيس"),
    ],
)
def test_a_slip_is_put_right(words: Vocabulary, typed: str, meant: str) -> None:
    assert words.near(fold_word(typed), 3)[0].shown == meant


def test_a_word_is_not_near_itself_and_short_words_near_none(words: Vocabulary) -> None:
    assert all(one.folded != "دمشق" for one in words.near("دمشق", 9))
    assert words.near("في", 9) == []
    assert words.near("", 9) == []


def test_the_nearest_or_the_commonest(words: Vocabulary) -> None:
    near = words.near("صقرر", 3)
    assert [one.shown for one in near][:1] == ["صقر"]
    assert near == sorted(near, key=lambda one: one.price)


def test_looking_for_near_words_can_be_cancelled(words: Vocabulary) -> None:
    with pytest.raises(Cancelled):
        words.near("الحكومات", 3, lambda: True)


@pytest.mark.parametrize(
    ("latin", "article", "meant"),
    [
        ("dimashq", False, "دمشق"),
        ("dmshq", False, "دمشق"),
        ("baghdad", False, "بغداد"),
        ("hukuma", False, "حكومة"),
        ("hukuma", True, "الحكومة"),
        ("ra'is", False, "رئيس"),
        ("ra'is", True, "الرئيس"),
        ("ahmad", False, "أحمد"),
        ("ilyas", False, "إلياس"),
        ("saqr", False, "صقر"),
    ],
)
def test_a_latin_spelling_finds_its_word(words: Vocabulary, latin: str, article: bool, meant: str) -> None:
    assert words.sounding(latin, 3, article=article)[0].shown == meant


def test_a_latin_spelling_without_a_word_finds_none(words: Vocabulary) -> None:
    assert words.sounding("zzz", 3) == []
    assert words.sounding("", 3) == []
    assert words.sounding("aeiou", 3) == []


def test_the_vocabulary_of_an_index_is_its_words(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as searcher:
        found = vocabulary_of(searcher)
        assert found is vocabulary_of(searcher)
        expected = {fold_word(token.exact) for article in ARTICLES for token in tokenise(article.text)}
        assert set(found) == expected
        assert found.frequency("وزير") == sum(
            any(fold_word(token.exact) == "وزير" for token in tokenise(article.text)) for article in ARTICLES
        )
        assert found.shown("مدرسه") == "مدرسة"


def test_an_empty_index_has_no_words(tmp_path: Path) -> None:
    with open_index(tmp_path / "index", []) as searcher:
        found = vocabulary_of(searcher)
        assert len(found) == 0
        assert found.near("دمشق", 3) == found.beginning("د", 3) == found.sounding("dimashq", 3) == []


def test_segments_add_up(tmp_path: Path) -> None:
    build(tmp_path / "index")
    with IndexWriter(tmp_path / "index") as writer:
        writer.put(make_article("new", "عنوان", "وزير في ميناء لم يذكر"))
        writer.commit()
    with Searcher.open(tmp_path / "index") as searcher:
        assert vocabulary_of(searcher).frequency("وزير") == 4
        assert vocabulary_of(searcher).frequency("يذكر") == 1


def test_threads_share_one(tmp_path: Path) -> None:
    with open_index(tmp_path / "index") as searcher:
        found: list[Vocabulary] = []
        threads = [threading.Thread(target=lambda: found.append(vocabulary_of(searcher))) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(map(id, found))) == 1


def test_nothing_keeps_an_index_that_nobody_has_any_more(tmp_path: Path) -> None:
    # An explorer that is open all day sees many generations.
    searcher = open_index(tmp_path / "index")
    vocabulary_of(searcher)
    for text in ("وز*", "وزيز~", '"وزير النقل" OR وزير NEAR/5 ميناء'):
        searcher.search(Query(text))
    with searcher.reading() as reader:
        kept: list[ref[object]] = [ref(searcher), ref(reader)]
        for one in reader.segments:
            kept += [ref(one.file), ref(one.file.container)]
    searcher.close()
    del searcher, reader, one
    gc.collect()
    assert [one() for one in kept] == [None] * len(kept)
