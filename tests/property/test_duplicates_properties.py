"""Stories depend on the set of articles alone: neither on their order, nor on strangers, nor on how they came in."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus import stories
from kashaf.corpus.duplicates import SURE_RUN, fingerprints, hashed_words, likeness
from kashaf.corpus.identity import text_sha256
from kashaf.corpus.stories import Held, Stories, Story, StoryArticle

_WORDS = [first + middle + last for first in "بتثجحخ" for middle in "اوي" for last in "درسعقم"]
_STRANGERS = [f"غريب{word}" for word in _WORDS]
_DAYS = ("", "2025-01-01", "2025-01-02", "2025-02-01")

runs = st.lists(st.sampled_from(_WORDS), min_size=4, max_size=14)


@st.composite
def texts(draw: st.DrawFn) -> list[str]:
    """Texts that share passages, so that they are near, held, chained and equal in all ways."""
    passages = [" ".join(draw(runs)) for _ in range(draw(st.integers(2, 6)))]
    chosen = st.lists(st.sampled_from(passages), min_size=1, max_size=5)
    return [" ".join(draw(chosen)) for _ in range(draw(st.integers(2, 9)))]


@st.composite
def corpora(draw: st.DrawFn) -> list[StoryArticle]:
    return [article(f"a{at}", text, draw(st.sampled_from(_DAYS))) for at, text in enumerate(draw(texts()))]


def article(name: str, text: str, day: str = "") -> StoryArticle:
    return StoryArticle(name, text, text_sha256(text), day, "2026-01-01T00:00:00Z")


Found = tuple[tuple[Story, ...], frozenset[Held]]


def found(folder: Path) -> Found:
    kept = Stories.load(folder)
    return kept.stories, frozenset(kept.held)


def compared(articles: Iterable[StoryArticle]) -> Found:
    with tempfile.TemporaryDirectory() as folder:
        stories.update(Path(folder), articles)
        return found(Path(folder))


@settings(max_examples=60, deadline=None)
@given(corpora().flatmap(lambda corpus: st.tuples(st.just(corpus), st.permutations(corpus))))
def test_the_order_of_import_makes_no_difference(case: tuple[list[StoryArticle], list[StoryArticle]]) -> None:
    corpus, permuted = case
    assert compared(corpus) == compared(permuted)


@settings(max_examples=60, deadline=None)
@given(corpora(), st.data())
def test_equal_texts_are_one_story(corpus: list[StoryArticle], data: st.DataObject) -> None:
    twin = data.draw(st.sampled_from(corpus))
    again = article("zz", twin.text.replace(" ", "\n"), data.draw(st.sampled_from(_DAYS)))
    (all_stories, _) = compared([*corpus, again])
    (shared,) = (story for story in all_stories if twin.id in story.articles)
    assert again.id in shared.articles


@settings(max_examples=60, deadline=None)
@given(corpora(), st.lists(st.sampled_from(_STRANGERS), min_size=1, max_size=60), st.sampled_from(_DAYS))
def test_a_stranger_changes_no_story(corpus: list[StoryArticle], words: list[str], day: str) -> None:
    assert compared([*corpus, article("zz", " ".join(words), day)]) == compared(corpus)


@settings(max_examples=80, deadline=None)
@given(corpora(), texts(), st.data())
def test_updates_give_what_one_comparison_gives(
    corpus: list[StoryArticle], changed: list[str], data: st.DataObject
) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        present: dict[str, StoryArticle] = {}
        for _ in range(data.draw(st.integers(1, 4))):
            batch = data.draw(st.lists(st.sampled_from(corpus), max_size=4, unique_by=lambda one: one.id))
            gone = data.draw(st.lists(st.sampled_from(sorted(present)), max_size=2)) if present else []
            batch = [one for one in batch if one.id not in gone]
            change = data.draw(st.booleans())
            if batch and change:
                text, day = data.draw(st.sampled_from(changed)), data.draw(st.sampled_from(_DAYS))
                batch[0] = article(batch[0].id, text, day)
            stories.update(folder, batch, gone)
            present = {id_: one for id_, one in present.items() if id_ not in gone}
            present |= {one.id: one for one in batch}
            assert found(folder) == compared(present.values())
            assert stories.known(folder) == {one.id: one[2:] for one in present.values()}


@settings(max_examples=60, deadline=None)
@given(corpora())
def test_every_article_is_in_one_story_and_alike_to_its_first(corpus: list[StoryArticle]) -> None:
    all_stories, held = compared(corpus)
    members = [id_ for story in all_stories for id_ in story.articles]
    assert len(members) == len(set(members))
    words = {one.id: hashed_words(one.text) for one in corpus}
    order = {one.id: (not one.published, one.published, one.imported, one.id) for one in corpus}
    for story in all_stories:
        assert list(story.articles) == sorted(story.articles, key=order.__getitem__)
        for copy in story.copies:
            alike = likeness(words[story.id], words[copy.id])
            assert copy.similarity == round(alike.jaccard, 4) or copy.kind == "exact"
            assert copy.similarity >= 0.5
    copies = {copy.id for story in all_stories for copy in story.copies}
    assert not {id_ for one in held for id_ in (one.shorter, one.longer)} & copies


@settings(max_examples=100, deadline=None)
@given(runs, runs, st.lists(st.sampled_from(_STRANGERS), min_size=SURE_RUN, max_size=30), runs, runs)
def test_a_long_shared_run_shares_a_fingerprint_wherever_it_stands(
    before: list[str], after: list[str], shared: list[str], other: list[str], end: list[str]
) -> None:
    left = fingerprints(hashed_words(" ".join([*before, *shared, *after])))
    right = fingerprints(hashed_words(" ".join([*other, *shared, *end])))
    assert set(left.tolist()) & set(right.tolist())


@settings(max_examples=100, deadline=None)
@given(texts())
def test_likeness_is_symmetric_and_bounded(found_texts: list[str]) -> None:
    left, right = (hashed_words(text) for text in found_texts[:2])
    alike = likeness(left, right)
    assert alike == likeness(right, left)
    assert 0 <= alike.jaccard <= 1
    assert 0 <= alike.share <= 1
    assert 0 <= alike.run <= min(len(left), len(right))
    if alike.jaccard == 1:
        assert alike.share == 1
