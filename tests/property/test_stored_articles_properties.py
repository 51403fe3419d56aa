"""Any article comes back from what a segment stores as it was; no damage of it is anything but an error we name."""

from __future__ import annotations

from contextlib import suppress
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.corpus.article import (
    KINDS,
    Article,
    Evidence,
    Metadata,
    MetadataField,
    Provenance,
    RemovedLine,
)
from kashaf_index.stored import dump_article, load_article

TEXTS = st.text(max_size=20)
ODD_TEXTS = st.text(st.characters(exclude_categories=()), max_size=20)
NUMBERS = st.integers(0, 1 << 40)
SHARES = st.floats(0, 1) | st.integers(0, 1)


def articles(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Article]:
    maybe = st.none() | texts
    days = st.none() | st.dates()
    evidence = st.builds(
        Evidence,
        st.sampled_from(get_args(MetadataField)),
        texts,
        SHARES,
        st.none() | st.tuples(NUMBERS, NUMBERS),
    )
    metadata = st.builds(
        Metadata,
        texts,
        maybe,
        maybe,
        days,
        texts,
        texts,
        maybe,
        maybe,
        days,
        maybe,
        st.lists(evidence, max_size=3).map(tuple),
    )
    removed = st.builds(RemovedLine, texts, NUMBERS, texts, NUMBERS)
    provenance = st.builds(
        Provenance,
        texts,
        texts,
        texts,
        texts,
        SHARES,
        st.lists(texts, max_size=3).map(tuple),
        st.lists(removed, max_size=3).map(tuple),
        texts,
        texts,
        texts,
    )
    kinds = st.lists(st.sampled_from(KINDS), max_size=5).map(tuple)
    return st.builds(Article, texts, texts, metadata, provenance, NUMBERS, texts, kinds)


@settings(max_examples=100, deadline=None)
@given(articles(TEXTS))
def test_an_article_comes_back(article: Article) -> None:
    assert load_article(dump_article(article)) == article


@settings(max_examples=50, deadline=None)
@given(articles(ODD_TEXTS))
def test_an_article_of_any_characters_comes_back(article: Article) -> None:
    assert load_article(dump_article(article)) == article


@settings(max_examples=150, deadline=None)
@given(articles(TEXTS), st.data())
def test_damage_is_another_article_or_an_error_we_name(article: Article, data: st.DataObject) -> None:
    stored = bytearray(dump_article(article))
    at = data.draw(st.integers(0, len(stored) - 1))
    if data.draw(st.booleans()):
        stored[at] = data.draw(st.integers(0, 255))
    else:
        del stored[at]
    with suppress(ValueError, KeyError, TypeError):
        assert isinstance(load_article(bytes(stored)), Article)
