"""Whoosh's searcher over our codec against the same over Whoosh's own: results, order, scores, groups, statistics."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.written import WrittenIndex
from whoosh import fields, query
from whoosh.filedb.filestore import FileStorage
from whoosh.matching import ReadTooFar
from whoosh.query.spans import SpanNear

from kashaf_index.codec import slabs

EXAMPLES = int(os.environ.get("KASHAF_ORACLE", "30"))

_WORDS = ("river", "rivers", "bank", "banks", "harbour", "ship", "ships", "grain", "rain", "train")
_KEYS = ("north", "south", "port", "ports")


def _schema() -> Any:
    return fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        text=fields.TEXT(stored=True),
        plain=fields.TEXT(phrase=False),
        tags=fields.KEYWORD,
        number=fields.NUMERIC(sortable=True, signed=True),
        day=fields.DATETIME(sortable=True),
        flag=fields.BOOLEAN,
    )


@dataclass(frozen=True)
class Corpus:
    """segments: documents of each. deleted: ids. merged: all segments made one at the end."""

    segments: tuple[tuple[dict[str, Any], ...], ...]
    deleted: frozenset[str]
    merged: bool


# Longer texts Whoosh's own codec keeps the length of only roughly.
_text = st.lists(st.sampled_from(_WORDS), max_size=10).map(" ".join)
_document = st.fixed_dictionaries(
    {"text": _text, "plain": _text, "tags": st.lists(st.sampled_from(_KEYS), max_size=2).map(" ".join)},
    optional={
        "number": st.integers(-9, 9),
        "day": st.integers(1, 28).map(lambda day: datetime(2025, 11, day)),  # noqa: DTZ001 -- Whoosh has no zones
        "flag": st.booleans(),
    },
)


@st.composite
def _corpora(draw: st.DrawFn) -> Corpus:
    sizes = draw(st.lists(st.integers(1, 12), min_size=1, max_size=4))
    segments = [
        tuple(
            draw(_document) | {"id": f"d{number:03}"}
            for number in range(sum(sizes[:at]), sum(sizes[: at + 1]))
        )
        for at in range(len(sizes))
    ]
    ids = [str(document["id"]) for segment in segments for document in segment]
    deleted = draw(st.frozensets(st.sampled_from(ids), max_size=len(ids) // 2))
    return Corpus(tuple(segments), deleted, draw(st.booleans()))


_word = st.sampled_from(_WORDS)
_field = st.sampled_from(["text", "plain"])
_bounds = st.tuples(st.integers(-10, 10), st.integers(-10, 10), st.booleans(), st.booleans())
_leaf = st.one_of(
    st.builds(query.Term, _field, _word),
    st.builds(query.Term, st.just("tags"), st.sampled_from(_KEYS)),
    st.builds(query.Prefix, _field, _word.map(lambda word: word[:3])),
    st.builds(query.Wildcard, _field, _word.map(lambda word: f"{word[:1]}*{word[-2:]}")),
    st.builds(query.FuzzyTerm, _field, _word),
    st.builds(query.Phrase, st.just("text"), st.lists(_word, min_size=2, max_size=3), st.integers(1, 3)),
    st.builds(query.TermRange, _field, _word, _word),
    _bounds.map(
        lambda it: query.NumericRange("number", min(it[:2]), max(it[:2]), startexcl=it[2], endexcl=it[3])
    ),
    st.builds(query.Term, st.just("flag"), st.booleans()),
    st.just(query.Every()),
    st.builds(query.Every, _field),
)
# Whoosh cannot estimate the size of spans, which some trees ask for.
_near = st.builds(
    lambda one, other, slop, ordered: SpanNear(
        query.Term("text", one), query.Term("text", other), slop, ordered
    ),
    _word,
    _word,
    st.integers(1, 4),
    st.booleans(),
)
_tree = st.recursive(
    _leaf,
    lambda inner: st.one_of(
        st.builds(query.And, st.lists(inner, min_size=2, max_size=3)),
        st.builds(query.Or, st.lists(inner, min_size=2, max_size=3)),
        st.builds(query.Not, inner),
        st.builds(query.AndNot, inner, inner),
        st.builds(query.AndMaybe, inner, inner),
        st.builds(query.Require, inner, inner),
    ),
    max_leaves=4,
)


def write(index: Any, corpus: Corpus) -> Any:
    for segment in corpus.segments:
        writer = index.writer()
        for document in segment:
            writer.add_document(**document)
        writer.commit(merge=False)
    writer = index.writer()
    for id_ in sorted(corpus.deleted):
        writer.delete_by_term("id", id_)
    writer.commit(optimize=corpus.merged, merge=False)
    return index


def answers(index: Any, asked: Any) -> list[Any]:
    """Everything that a search can say of a query, as plain values."""
    said: list[Any] = []
    with index.searcher() as searcher:
        found = searcher.search(asked, limit=None)
        said.append([(hit["id"], pytest.approx(hit.score, abs=1e-9), hit.fields()) for hit in found])
        # With a limit, blocks that cannot score enough are passed over; of equal scores any may be left out. Whoosh
        # fails over that in its own matcher of Require.
        if "Require" not in repr(asked):
            said.append([pytest.approx(hit.score, abs=1e-9) for hit in searcher.search(asked, limit=3)])
        for name, reverse in (("number", False), ("number", True), ("id", True), ("day", False)):
            found = searcher.search(asked, limit=None, sortedby=name, reverse=reverse)
            said.append([hit["id"] for hit in found])
        for name in ("tags", "number"):
            said.append(searcher.search(asked, limit=None, groupedby=name).groups(name))
        said.append(sorted(searcher.docs_for_query(asked)))
    return said


def statistics(index: Any) -> list[Any]:
    """Terms with their numbers, lengths, documents."""
    with closing(index.reader()) as reader:
        terms = [
            (
                name,
                bytes(term),
                info.doc_frequency(),
                info.weight(),
                info.max_weight(),
                info.min_id(),
                info.max_id(),
            )
            for (name, term), info in reader
        ]
        words = [
            (reader.frequency(name, word), reader.doc_frequency(name, word), (name, word) in reader)
            for name in ("text", "plain")
            for word in (*_WORDS, "absent")
        ]
        lengths = [(reader.field_length(name), _lengths(reader, name)) for name in ("text", "plain")]
        return [
            terms,
            words,
            lengths,
            sorted(map(bytes, reader.lexicon("text"))),
            sorted(map(bytes, reader.expand_prefix("text", "ri"))),
            sorted(reader.terms_within("text", "rain", 2)),
            [(doc, stored) for doc, stored in reader.iter_docs()],
            (reader.doc_count(), reader.doc_count_all(), reader.has_deletions()),
        ]


def _lengths(reader: Any, name: str) -> list[int]:
    # Whoosh says None for a text without words.
    return [reader.doc_field_length(doc, name) or 0 for doc in range(reader.doc_count_all())]


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    corpus=_corpora(),
    asked=st.lists(st.one_of(_near, _tree, _tree, _tree), min_size=1, max_size=6),
    slab=st.sampled_from([3, 1 << 16]),
)
def test_whoosh_answers_alike_over_both_codecs(corpus: Corpus, asked: Sequence[Any], slab: int) -> None:
    with TemporaryDirectory() as one, TemporaryDirectory() as other, pytest.MonkeyPatch.context() as patch:
        patch.setattr(slabs, "SLAB", slab)
        stock = write(FileStorage(one).create_index(_schema()), corpus)
        ours = write(WrittenIndex(Path(other), _schema()), corpus)
        assert statistics(ours) == statistics(stock)
        for one_asked in asked:
            try:
                expected = answers(stock, one_asked)
            except (AssertionError, IndexError, ReadTooFar):
                # Whoosh's own matchers fail over some trees of NOT and of required parts, whatever the codec.
                continue
            assert answers(ours, one_asked) == expected
