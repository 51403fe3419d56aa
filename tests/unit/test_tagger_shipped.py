"""The tagger that ships: what it weighs, what it needs, what it does with odd input."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from tests.effort_support import assert_linear, bounded, effort

from kashaf.entities.page import Page
from kashaf.entities.tagger.sequences import sequences
from kashaf.entities.tagger.tagger import COMMON, LEXICON, MODEL, Tag, Tagger
from kashaf.entities.tagger.wordtable import common_words, read_common_words
from kashaf.errors import BadInput, DiskTrouble

TEXT = (
    "قال وزير الخارجية سامي الطحان في مدينة الرقة إن وفدا من الأمم المتحدة سيصل إلى دمشق غدا.\n"
    "وأعلنت منظمة الصحة العالمية أن مديرها سيزور بيروت وبغداد، بحسب الوكالة."
)
LABELS = {"O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B-ORG", "I-ORG"}


@pytest.fixture(scope="module")
def shipped() -> Tagger:
    return Tagger.shipped()


def test_names_in_plain_news_are_found(shipped: Tagger) -> None:
    page = Page(TEXT)
    tags = shipped.tag_page(page)
    labels = {word: label for word, (label, _) in zip(page.folds, tags, strict=True)}
    assert len(tags) == len(page)
    assert labels["سامي"] == "B-PER"
    assert labels["الطحان"] == "I-PER"
    assert labels["دمشق"] == labels["بيروت"] == labels["وبغداد"] == "B-LOC"
    assert labels["الامم"] == "B-ORG"
    assert labels["قال"] == labels["غدا"] == "O"


def test_probabilities_are_between_nothing_and_one(shipped: Tagger) -> None:
    tags = shipped.tag_page(Page(TEXT))
    assert {label for label, _ in tags} <= LABELS
    assert all(0 < probability <= 1 + 1e-6 for _, probability in tags)


def test_tagging_the_sequences_is_tagging_the_page(shipped: Tagger) -> None:
    page = Page(TEXT)
    parts = list(sequences(page))
    found = shipped.tag([part.words for part in parts])
    by_word = {
        index: tag
        for part, tags in zip(parts, found, strict=True)
        for index, tag in zip(part.indexes, tags, strict=True)
        if index >= 0
    }
    assert [by_word[index] for index in range(len(page))] == shipped.tag_page(page)


def test_nothing_in_nothing_out(shipped: Tagger) -> None:
    assert shipped.tag([]) == []
    assert shipped.tag([[], []]) == [[], []]
    assert shipped.tag_page(Page("")) == []
    assert len(shipped.tag([["دمشق"], [], ["قال"]])) == 3


@pytest.mark.parametrize(
    "words", [["ا" * 5000], ["\U0001f600"], ["a"], ["7"], ["، "], [" "], [""], ["\ud800"]]
)
def test_odd_words_are_words(shipped: Tagger, words: list[str]) -> None:
    assert len(shipped.tag([words])[0]) == 1


def test_a_sentence_without_end_costs_as_much_as_its_length(shipped: Tagger) -> None:
    words = Page(TEXT).folds
    with bounded():
        (tags,) = shipped.tag([words * 400])
    assert len(tags) == len(words) * 400
    assert_linear(lambda size: [words * size], shipped.tag, 10)


def test_a_full_table_of_words_changes_no_tag(shipped: Tagger) -> None:
    small = Tagger(shipped._model, shipped._lexicon, known_words=8)
    sentences = [part.words for part in sequences(Page(TEXT))]
    for found, expected in zip(small.tag(sentences), shipped.tag(sentences), strict=True):
        assert_alike(found, expected)
    for sentence in sentences:
        assert_alike(small.tag([sentence])[0], shipped.tag([sentence])[0])
    assert len(small._table.rows) <= 1 + sum(map(len, sentences))


def test_the_table_of_words_is_bounded(shipped: Tagger) -> None:
    small = Tagger(shipped._model, shipped._lexicon, known_words=50)
    for number in range(40):
        small.tag([[f"كلمة{number}{letter}" for letter in "ابتثجح"]])
    assert len(small._table.numbers) == len(small._table.plain) <= 51


def test_the_rows_that_ship_are_those_of_the_shipped_model(shipped: Tagger) -> None:
    common = read_common_words(COMMON, len(shipped._model.labels))
    assert len(common.words) > 20_000
    sample = [*common.words[:50], *common.words[-50:]]
    anew = common_words(sample, shipped._model, shipped._lexicon)
    assert anew.words == tuple(sample)
    places = [common.words.index(word) for word in sample]
    np.testing.assert_allclose(anew.rows, common.rows[places], atol=1e-3)
    np.testing.assert_array_equal(anew.marks, common.marks[places])


def assert_alike(found: list[Tag], expected: list[Tag]) -> None:
    assert [label for label, _ in found] == [label for label, _ in expected]
    np.testing.assert_allclose([sure for _, sure in found], [sure for _, sure in expected], atol=1e-3)


def test_threads_get_the_same_tags(shipped: Tagger) -> None:
    small = Tagger(shipped._model, shipped._lexicon, known_words=30)
    sentences = [[part.words] for part in sequences(Page(TEXT))] * 8
    expected = [shipped.tag(sentence) for sentence in sentences]
    with ThreadPoolExecutor(4) as pool:
        for found, wanted in zip(pool.map(small.tag, sentences), expected, strict=True):
            assert_alike(found[0], wanted[0])


def test_what_ships_is_small_and_loads_fast() -> None:
    assert sum(path.stat().st_size for path in MODEL.parent.iterdir()) <= 8 * 2**20
    # Arrays and sets, made in C: a step of Python for each of its words would be a start-up to wait for.
    assert effort(lambda: Tagger.load(MODEL, LEXICON, COMMON)) < 30_000


def test_notice_and_model_card_ship_with_the_model() -> None:
    notice = (MODEL.parent / "NOTICE").read_text(encoding="utf-8")
    card = (MODEL.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
    for source in ("NewsFANE", "AQMAR", "Wojood", "GeoNames", "Wikidata", "CLDR", "CC BY-SA"):
        assert source in notice
        assert source in card


def test_the_tagger_needs_no_trainer_at_run_time() -> None:
    code = (
        "import sys; sys.modules['pycrfsuite'] = None\n"
        "from kashaf.entities.tagger.tagger import Tagger\n"
        "assert Tagger.shipped().tag([['دمشق']])\n"
        "loaded = {name.partition('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'yaml', 'babel', 'whoosh', 'textual', 'sklearn', 'gensim', 'scripts'}, loaded\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr


def test_a_damaged_file_is_said(tmp_path: Path) -> None:
    torn = tmp_path / "model.npz"
    torn.write_bytes(MODEL.read_bytes()[:5000])
    with pytest.raises(BadInput, match=r"model\.npz"):
        Tagger.load(torn, LEXICON)
    torn.write_bytes(LEXICON.read_bytes())
    with pytest.raises(BadInput, match=r"model\.npz"):
        Tagger.load(torn, LEXICON)
    with pytest.raises(DiskTrouble, match=r"none\.npz"):
        Tagger.load(tmp_path / "none.npz", LEXICON)
