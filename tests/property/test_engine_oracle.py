"""The engine against a plain reading of a stock Whoosh index: matches, order, scores, facets, statistics.

KASHAF_ORACLE=1000 tries as many corpora instead of a handful.
"""

from __future__ import annotations

import importlib
import os
import random
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.index_corpus import make_article
from tests.oracle.reference import Reference
from tests.oracle.stock import StockIndex
from whoosh.util.numeric import byte_to_length, length_to_byte

from kashaf.corpus.article import Article
from kashaf.corpus.stories import Copy, Stories, Story
from kashaf.text.tokens import WORD
from kashaf_index.analysis import RUNGS
from kashaf_index.build import IndexWriter
from kashaf_index.codec.whoosh_documents import ArrayPerDocumentReader
from kashaf_index.codec.whoosh_index import WhooshIndex
from kashaf_index.joins import JoinedField
from kashaf_index.model import Match, Query, Sort
from kashaf_index.query.expansion import Expansion
from kashaf_index.query.lexicon import MAX_WORDS
from kashaf_index.query.plan import Joined
from kashaf_index.search import Searcher

EXAMPLES = int(os.environ.get("KASHAF_ORACLE", "12"))
QUERIES = 10  # asked of each corpus
SAMPLED = 2 * EXAMPLES  # asked of the sample corpus
_SHAPES = ("{}", "{}", '"{} {}"', "={}", "root:{}", "{}~", "{}~2", "title:{}")

_BASES = "مجلس وزير كاتب مكتب كتاب مدرسة أحمد سوريا قسد في من الله bbc 2025".split()  # noqa: SIM905
_FORMS = (
    "{}",
    "ال{}",
    "و{}",
    "ب{}",
    "لل{}",
    "وال{}",
    "{}ات",
    "{}ي",
    "ـ{}ـ",
    "{}\u064e",
    "«{}»",
    "{}.",
    "م{}",
)
_VOCABULARY = tuple(form.format(base) for base in _BASES for form in _FORMS)
_NAMES = ("صحيفة المرفأ", "صَحيفة المرفإ", "الميزان", "Al Mizan", None)
_AUTHORS = ("مراسل", "أحمد كاتب", "كاتبة", None)
_LANGUAGES = ("ar", "ar-SY", "AR-eg", "en", "arz", "")
_DAYS = (date(2025, 11, 2), date(2025, 11, 10), date(2025, 10, 5), date(2024, 1, 20), None)


#: Where the engine takes another way for what is large, and so low, or high, that small corpora take it.
_LIMITS: tuple[tuple[str, float], ...] = (
    ("bulk.builder.BATCH", 100),
    ("bulk.builder.PIECE", 40),
    ("bulk.union._AT_ONCE", 1),
    ("bulk.union._LEAST", 1),
    ("bulk.union._TERMS", 3),
    ("codec.arrays._RANGE_COST", 0),
    ("codec.dictionary.SAMPLING", 3),
    ("codec.matcher.BLOCK", 2),
    ("codec.ranges._FEW", 1),
    ("codec.ranges._SHORT", 1),
    ("codec.slabs.SLAB", 2),
    ("codec.slabs.SLAB", 7),
    ("codec.slabs._BRIEF", 1),
    ("codec.slabs._BROAD", 1),
    ("codec.slabs._BROAD", 1 << 40),
    ("codec.slabs._NEAR", 1),
    ("codec.slabs._SHORT", 0),
    ("codec.whoosh._WINDOW", 2),
    ("generations.policy.MOST_SMALL", 1),
    ("generations.policy.MOST_SMALL", 2),
    ("matching.documents._FEW_IDS", 1),
    ("matching.documents._MANY_IDS", 1),
    ("matching.evaluate._COUNTED", 1),
    ("matching.evaluate._MANY", 0),
    ("matching.evaluate._TALLIES", 1),
    ("matching.ranking._UNEVEN", 1),
    ("matching.tallies._SPARSE", 1),
    ("matching.tallies._SPARSE", 1 << 40),
    ("matching.terms._KEPT", 1),
    ("matching.topk._GROUP", 2),
    ("matching.topk._PAGE", 1),
    ("matching.topk._SPARE", 1),
    ("words.table._CHUNK", 3),
    ("words.table._FEW", 1),
)


@dataclass(frozen=True)
class Corpus:
    """outdated: earlier versions of some articles, put before all others. stories: ids, first-seen first.

    limits: places in `_LIMITS`. memory: bytes for building. words: that a pattern or a fuzzy word may stand for.
    """

    articles: tuple[Article, ...]
    outdated: tuple[Article, ...]
    deleted: frozenset[str]
    segments: int
    limits: frozenset[int]
    memory: int
    merging: bool
    words: int
    stories: tuple[tuple[str, ...], ...]
    tagged: frozenset[str]


class Book:
    """An alias of two words, a name of two words for one, and variants."""

    def expansions(self, words: tuple[str, ...]) -> tuple[Expansion, ...]:
        found = []
        for at, word in enumerate(words):
            if word == "قسد":
                found.append(Expansion(at, at + 1, (("مجلس", "سوريا"),), "alias قسد"))
            if word == "مدرسه":
                found.append(Expansion(at, at + 1, (("مكتب",), ("كاتب",)), "variant مدرسة"))
            if words[at : at + 2] == ("وزير", "احمد"):
                found.append(Expansion(at, at + 2, (("bbc",),), "alias BBC"))
        return tuple(found)


class Tags:
    """Joins that know one tag."""

    def __init__(self, tagged: frozenset[str]) -> None:
        self.tagged = tagged

    def ids(self, field: JoinedField, value: str) -> frozenset[str]:
        return self.tagged if (field, value) == ("tag", "قضية") else frozenset()

    def unread(self, revisions: object) -> int:
        return 0


def test_the_limits_are_those_of_the_engine() -> None:
    def there(name: str) -> bool:
        module, _, attribute = f"kashaf_index.{name}".rpartition(".")
        return hasattr(importlib.import_module(module), attribute)

    assert [name for name, _ in _LIMITS if not there(name)] == []


# Corpora


@st.composite
def _corpora(draw: st.DrawFn) -> Corpus:
    chance = random.Random(draw(st.integers(0, 1 << 32)))
    count = draw(st.integers(0, 24))
    articles = tuple(_article(f"a{number}", chance) for number in range(count))
    ids = [article.id for article in articles]
    changed = chance.sample(articles, k=min(count, draw(st.integers(0, 3))))
    mixed = chance.sample(ids, k=len(ids))
    cuts = sorted(chance.choices(range(count + 1), k=4))
    corpus = Corpus(
        articles=articles,
        outdated=tuple(replace(_article("old", chance), id=article.id) for article in changed),
        deleted=frozenset(chance.sample(ids, k=draw(st.integers(0, count // 3)))),
        segments=draw(st.integers(1, 4)),
        limits=draw(st.frozensets(st.integers(0, len(_LIMITS) - 1))),
        memory=draw(st.sampled_from([1, 1 << 29])),
        merging=draw(st.booleans()),
        words=draw(st.sampled_from([MAX_WORDS, MAX_WORDS, 4])),
        stories=tuple(tuple(mixed[a:b]) for a, b in pairwise(cuts) if b - a > 1),
        tagged=frozenset(chance.sample(ids, k=count // 2)),
    )
    return corpus if corpus.words == MAX_WORDS else _document_for_document(corpus)


def _document_for_document(corpus: Corpus) -> Corpus:
    """Without what makes our engine number or count documents otherwise.

    An earlier version is a deleted document; merging drops those, and a segment that is all deleted is let go of.
    """
    kept = {part[0].id for part in _parts(corpus) if part}
    return replace(corpus, outdated=(), merging=False, deleted=corpus.deleted - kept)


def _article(name: str, chance: random.Random) -> Article:
    words = chance.choices(_VOCABULARY, k=chance.choice((1, 5, 20, 70)))
    title = " ".join(chance.choices(_VOCABULARY, k=chance.randint(1, 6)))
    made = make_article(
        name, title, " ".join(words), outlet=chance.choice(_NAMES), published=chance.choice(_DAYS)
    )
    metadata = replace(
        made.metadata,
        author=chance.choice(_AUTHORS),
        language=chance.choice(_LANGUAGES),
        published_evidence="",
    )
    # Some state no title: theirs is made of the text, and is not searched as one.
    return replace(made, metadata=metadata, body_start=made.body_start * chance.randint(0, 1))


@contextmanager
def opened(corpus: Corpus) -> Iterator[tuple[Searcher, Path]]:
    """The corpus under our engine."""
    with TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        for place in sorted(corpus.limits):
            name, value = _LIMITS[place]
            patch.setattr(f"kashaf_index.{name}", value, raising=False)
        patch.setattr("kashaf_index.query.lexicon.MAX_WORDS", corpus.words)
        index_dir = Path(folder, "فهرس")
        with IndexWriter(index_dir, merging=corpus.merging, memory=corpus.memory) as writer:
            for part in (corpus.outdated, *_parts(corpus)):
                for article in part:
                    writer.put(article)
                writer.commit()
            for article_id in sorted(corpus.deleted):
                writer.remove(article_id)
            writer.commit()
        with Searcher.open(index_dir) as searcher:
            yield searcher, index_dir


def _parts(corpus: Corpus) -> list[tuple[Article, ...]]:
    count = len(corpus.articles)
    bounds = [round(part * count / corpus.segments) for part in range(corpus.segments + 1)]
    return [corpus.articles[a:b] for a, b in pairwise(bounds)]


@contextmanager
def reference(corpus: Corpus) -> Iterator[Reference]:
    """The corpus under stock Whoosh."""
    with TemporaryDirectory() as folder:
        index = StockIndex(Path(folder), corpus.articles, corpus.deleted, corpus.segments)
        try:
            yield Reference(
                index,
                lambda one: corpus.tagged if one == Joined("tag", "قضية") else frozenset(),
                corpus.stories,
                Book(),
                corpus.words,
            )
        finally:
            index.close()


# Queries

_word = st.one_of(st.sampled_from(_VOCABULARY), st.sampled_from(_BASES))
_phrase = st.lists(_word, min_size=1, max_size=3).map(lambda words: f'"{" ".join(words)}"')
_term = st.one_of(
    _word,
    _word.map(lambda word: f"={word}"),
    _phrase,
    _phrase.map(lambda phrase: f"={phrase}"),
    _word.map(lambda word: f"root:{word}"),
    _word.map(lambda word: f"{word}~"),
    _word.map(lambda word: f"{word}~2"),
    _word.map(lambda word: f"{word[:3]}*"),
    _word.map(lambda word: f"*{word[-2:]}"),
    _word.map(lambda word: f"{word[:1]}*{word[-1:]}"),
)
_near = st.builds(
    lambda items, distance: f" NEAR/{distance} ".join(items),
    st.lists(_term, min_size=2, max_size=4),
    st.integers(1, 8),
)
_in_field = st.builds(
    lambda name, term: f"{name}:{term}", st.sampled_from(["title", "author"]), st.one_of(_word, _phrase)
)
_condition = st.sampled_from(
    [
        *(
            'outlet:"صحيفة المرفأ"',
            "outlet:الميزان",
            "outlet:غيرها",
            "date:2025-11",
            "date:2025-10..2025-11-05",
        ),
        *("after:2025-11-01", "before:2025", "lang:ar", "lang:en", "tag:قضية", "tag:غيرها", "*"),
    ]
)
_single = st.one_of(_term, _term, _near, _in_field, _condition)
_text = st.recursive(
    _single,
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(" ".join),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: f"({' OR '.join(items)})"),
        st.builds(lambda one, other: f"{one} -({other})", inner, inner),
        inner.map(lambda one: f"-({one})"),
    ),
    max_leaves=4,
)


@st.composite
def _queries(draw: st.DrawFn) -> Query:
    return Query(
        draw(_text),
        rung=draw(st.sampled_from(RUNGS)),
        match=draw(st.sampled_from(["all", "any"])),
        sort=draw(st.sampled_from(["relevance", "relevance", "date", "recency"])),
        limit=draw(st.sampled_from([3, 100])),
        offset=draw(st.sampled_from([0, 0, 2])),
        filters=tuple(draw(st.lists(st.one_of(_condition, _word), max_size=2))),
        facets=True,
        group=draw(st.booleans()),
    )


@settings(max_examples=EXAMPLES, deadline=None)
@given(
    corpus=_corpora(), queries=st.lists(_queries(), min_size=QUERIES, max_size=QUERIES), some=st.booleans()
)
def test_the_engine_answers_as_the_reference_does(corpus: Corpus, queries: list[Query], some: bool) -> None:
    with opened(corpus) as (searcher, _), reference(corpus) as plain:
        searcher.expander = Book()
        searcher.joins = Tags(corpus.tagged)
        stories = Stories(
            tuple(
                Story(first, tuple(Copy(other, "exact", 1.0) for other in others))
                for first, *others in corpus.stories
            )
        )
        searcher.stories = lambda: stories
        assert searcher.ids() == {article.id for article in corpus.articles} - corpus.deleted
        for query in queries:
            asked = replace(query, ids=corpus.tagged) if some else query
            _compare(searcher, plain, asked)


def _compare(searcher: Searcher, plain: Reference, query: Query) -> None:
    expected = plain.search(query)
    found = searcher.search(query)
    assert dict(found.rungs.items()) == expected.rungs
    page: list[tuple[str, object]] = [(id_, pytest.approx(score, abs=2e-6)) for id_, score in expected.ids]
    assert [(hit.id, hit.score) for hit in found.hits] == page
    for hit in found.hits:
        assert hit.rung == next(rung for rung in RUNGS if hit.id in expected.matching[rung])
    assert (found.facets or {}) == expected.facets
    assert found.articles == len(expected.matching[query.rung])
    assert searcher.ranking(query) == page
    whole = plain.search(replace(query, offset=0, limit=1000))
    assert searcher.matching_ids(query) == tuple(id_ for id_, _ in whole.ids)


# Real text


def test_the_engine_answers_as_the_reference_does_on_the_sample_corpus(
    indexed_sample: Path, tmp_path: Path
) -> None:
    chance = random.Random(20251110)
    with Searcher.open(indexed_sample / ".kashaf" / "index") as searcher:
        articles = [searcher.article(known) for known in sorted(searcher.ids())]
        words = sorted({surface for article in articles for surface in WORD.findall(article.text)})
        index = StockIndex(tmp_path, articles)
        try:
            plain = Reference(index, expander=Book())
            searcher.expander = Book()
            for _ in range(SAMPLED):
                one, two, three = (
                    chance.choice(_SHAPES).format(chance.choice(words), chance.choice(words))
                    for _ in range(3)
                )
                text = chance.choice(
                    ("{}", "{} {}", "{} OR {} {}", "{} -({})", "{} NEAR/30 {}", "{} NEAR/90 {} NEAR/9 {}")
                )
                _compare(
                    searcher,
                    plain,
                    Query(
                        text.format(one, two, three),
                        rung=chance.choice(RUNGS),
                        match=chance.choice(get_args(Match)),
                        sort=chance.choice(get_args(Sort)),
                        facets=True,
                    ),
                )
        finally:
            index.close()


# Statistics, and Whoosh's own searcher


@settings(max_examples=EXAMPLES, deadline=None)
@given(corpus=_corpora().map(_document_for_document), data=st.data())
def test_whoosh_reads_in_a_generation_what_its_own_writer_would_have_written(
    corpus: Corpus, data: st.DataObject
) -> None:
    with opened(corpus) as (_, index_dir), reference(corpus) as plain:
        ours = WhooshIndex(index_dir)
        stock: Any = plain.index
        with ours.searcher() as searcher, stock.searcher() as expected:
            for field in ("text", "lead", "title", "author"):
                assert _terms(searcher.reader(), field) == _terms(expected.reader(), field)
            lengths = [searcher.doc_field_length(doc, "text") for doc in range(len(corpus.articles))]
            assert lengths == plain.lengths
            titles = [searcher.doc_field_length(doc, "title") for doc in range(len(corpus.articles))]
            assert titles == plain.title_lengths
            known = plain.index.terms("text")
            if not known:
                return
            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(ArrayPerDocumentReader, "doc_field_length", _roughly)
                for asked in data.draw(st.lists(_whoosh_queries(known), min_size=4, max_size=4)):
                    assert _hits(searcher, asked) == _hits(expected, asked)


_exactly = ArrayPerDocumentReader.doc_field_length


def _roughly(self: ArrayPerDocumentReader, docnum: int, fieldname: str, default: int = 0) -> int:
    """A length as Whoosh's own codec keeps it, in a byte."""
    return int(byte_to_length(length_to_byte(_exactly(self, docnum, fieldname, default))))


def _terms(reader: Any, field: str) -> list[tuple[bytes, int, float]]:
    return [
        (bytes(term), info.doc_frequency(), info.weight()) for (name, term), info in reader if name == field
    ]


def _whoosh_queries(known: list[bytes]) -> st.SearchStrategy[Any]:
    from whoosh import query
    from whoosh.query.spans import SpanNear

    term = st.sampled_from([one.decode() for one in known])
    leaf = st.one_of(
        st.builds(query.Term, st.sampled_from(["text", "title"]), term),
        st.builds(query.Prefix, st.just("text"), term.map(lambda one: one[: one.index("\0") + 1])),
        st.builds(query.Phrase, st.just("text"), st.lists(term, min_size=2, max_size=2), st.integers(1, 5)),
    )
    tree = st.recursive(
        leaf,
        lambda inner: st.one_of(
            st.builds(query.And, st.lists(inner, min_size=2, max_size=3)),
            st.builds(query.Or, st.lists(inner, min_size=2, max_size=3)),
            st.builds(query.Not, inner),
            st.builds(query.AndNot, inner, inner),
        ),
        max_leaves=4,
    )
    near = st.builds(
        lambda one, other, slop: SpanNear(query.Term("text", one), query.Term("text", other), slop, False),
        term,
        term,
        st.integers(1, 9),
    )
    return st.one_of(tree, tree, near)


def _hits(searcher: Any, asked: Any) -> list[tuple[int, object]]:
    return [(hit.docnum, pytest.approx(hit.score, abs=1e-9)) for hit in searcher.search(asked, limit=None)]
