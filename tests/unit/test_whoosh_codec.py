"""Whoosh over our files: its searcher over a generation, its writer through the codec, its matchers, no pickles."""

from __future__ import annotations

import pickle  # noqa: TID251 -- to see that nobody calls it
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal, NoReturn

import numpy as np
import pytest
from tests.index_corpus import ARTICLES, build, by_name
from tests.oracle.written import WrittenIndex
from whoosh import columns, fields, formats, query
from whoosh.matching import ReadTooFar
from whoosh.query.qcolumns import ColumnQuery
from whoosh.query.spans import Span

from kashaf.errors import IndexDamaged
from kashaf_index.analysis import ladder
from kashaf_index.build import IndexWriter
from kashaf_index.codec.matcher import BLOCK, ArrayMatcher, SpotsMatcher, TermPostings, together
from kashaf_index.codec.segment import SegmentFile, SegmentWriter
from kashaf_index.codec.whoosh_index import WhooshIndex, count_by_whoosh
from kashaf_index.codec.whoosh_schema import WordsField, WordsFormat
from kashaf_index.matching.nearness import Spot
from kashaf_index.model import Query
from kashaf_index.search import Searcher

_PICKLING = ("dump", "dumps", "load", "loads", "Pickler", "Unpickler", "_Pickler", "_Unpickler")


def _schema() -> Any:
    return fields.Schema(
        id=fields.ID(unique=True, stored=True, sortable=True),
        text=WordsField(scored=True),
        key=fields.KEYWORD(stored=True),
        number=fields.NUMERIC(sortable=True),
        flag=fields.COLUMN(columns.BitColumn()),
    )


def _add(index: Any, *ids: str, **values: Any) -> None:
    writer = index.writer()
    for id_ in ids:
        writer.update_document(id=id_, **{"text": f"وزير {id_} قال", "key": "k", "number": len(id_)} | values)
    writer.commit(merge=False)


def _found(index: Any, asked: Any, **options: Any) -> list[str]:
    with index.searcher() as searcher:
        return [hit["id"] for hit in searcher.search(asked, limit=None, **options)]


def _term(word: str) -> str:
    return ladder(word).term().decode()


# No pickles


@pytest.fixture
def unpickled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pickling and unpickling raise, in `pickle` and wherever Whoosh keeps a name of it."""

    def banned(*args: object, **kwargs: object) -> NoReturn:
        raise AssertionError("a pickle")

    functions = [getattr(pickle, name) for name in _PICKLING]
    for name in _PICKLING:
        monkeypatch.setattr(pickle, name, banned)
    for module in [module for name, module in sys.modules.items() if name.split(".")[0] == "whoosh"]:
        for name, value in list(vars(module).items()):
            if any(value is one for one in functions):
                monkeypatch.setattr(module, name, banned)
    with pytest.raises(AssertionError, match="a pickle"):
        pickle.dumps(1)


@pytest.mark.usefixtures("unpickled")
def test_whoosh_writes_and_reads_our_segments_without_a_pickle(tmp_path: Path) -> None:
    index = WrittenIndex(tmp_path, _schema())
    _add(index, "a", "bb")
    _add(index, "bb", "ccc", flag=True)
    writer = index.writer()
    writer.delete_by_term("id", "a")
    writer.commit(merge=False)
    asked = query.And([query.Term("text", _term("وزير")), query.NumericRange("number", 2, None)])
    assert _found(index, asked, sortedby="number") == ["bb", "ccc"]
    assert _found(index, query.Phrase("text", [_term("وزير"), _term("ccc")])) == ["ccc"]
    index.optimize()
    again = WrittenIndex(tmp_path, _schema())
    assert _found(again, asked, sortedby="id", reverse=True) == ["ccc", "bb"]
    assert len(list(tmp_path.glob("*.seg"))) == 1


@pytest.mark.usefixtures("unpickled")
def test_our_engine_and_whoosh_over_it_never_meet_a_pickle(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES[:3])
    with IndexWriter(tmp_path) as writer:
        for article in ARTICLES[2:]:
            writer.put(article)
        writer.remove(ARTICLES[0].id)
        writer.commit()
    with Searcher.open(tmp_path) as searcher:
        for text in (
            "وزير",
            '"وزير الاقتصاد"',
            "زيت* OR outlet:الميزان",
            "قسد NEAR/9 بيان NEAR/9 دمشق",
            "-قسد",
        ):
            assert searcher.search(Query(text, facets=True)).total
    assert _found(WhooshIndex(tmp_path), query.Prefix("text", "زور\0"))


# A generation under Whoosh's searcher


def test_whoosh_searches_sorts_and_counts_a_generation(tmp_path: Path) -> None:
    index = WhooshIndex(build(tmp_path))
    minister = query.Prefix("text", f"{ladder('وزير').root}\0")
    market, harbour, school = (by_name(name).id for name in ("market", "harbour", "school"))
    assert set(_found(index, minister)) >= {market, harbour}
    assert set(_found(index, query.Term("outlet", "الميزان"))) == {market, by_name("forces").id}
    dated = ColumnQuery("date", lambda day: 20251001 <= day <= 20251130)
    assert _found(index, dated, sortedby="date") == [harbour, market, school]
    assert _found(index, minister, filter=dated, sortedby="date", reverse=True) == [school, market, harbour]
    with index.searcher() as searcher:
        found = searcher.search(query.Every(), limit=None, groupedby="outlet")
        assert {name: len(docs) for name, docs in found.groups("outlet").items()} == {
            "صحيفة المرفأ": 1,
            "صَحيفة المرفإ": 1,
            "الميزان": 2,
            "": 1,
        }
        (hit,) = searcher.search(query.Term("text", _term("البرتقال")))
        assert hit["text"] == by_name("orchard").text


def test_whoosh_counts_what_the_engine_counts(tmp_path: Path) -> None:
    build(tmp_path, ARTICLES)
    with IndexWriter(tmp_path) as writer:
        writer.remove(by_name("orchard").id)
        writer.commit()
    minister, transport = ladder("وزير").term(), ladder("النقل").term()
    asked: list[tuple[Literal["all", "row"], tuple[bytes, ...]]] = [
        ("all", (minister,)),
        ("all", (minister, transport)),
        ("row", (minister, transport)),
        ("row", (transport, minister)),
        ("row", (transport,)),
        ("all", (b"absent",)),
    ]
    counts = count_by_whoosh(tmp_path, asked)
    assert counts == [2, 1, 1, 0, 1, 0]
    with Searcher.open(tmp_path) as searcher:
        for text, count in zip(("=وزير", "=وزير =النقل", '="وزير النقل"'), counts, strict=False):
            assert searcher.search(Query(text, rung="exact")).total == count


def test_a_whoosh_index_sees_newer_generations(tmp_path: Path) -> None:
    index = WhooshIndex(build(tmp_path, ARTICLES[:2]))
    assert (index.latest_generation(), index.up_to_date(), index.doc_count()) == (1, True, 2)
    assert index.refresh() is index
    build(tmp_path, ARTICLES[2:])
    assert (index.latest_generation(), index.up_to_date()) == (2, False)
    assert index.refresh().doc_count() == len(ARTICLES)


def test_an_empty_generation_is_an_empty_index(tmp_path: Path) -> None:
    index = WhooshIndex(build(tmp_path, ()))
    assert index.is_empty()
    assert _found(index, query.Every()) == []


def test_what_is_stored_must_be_an_object(tmp_path: Path) -> None:
    index = WrittenIndex(tmp_path, _schema())
    _add(index, "a")
    (path,) = tmp_path.glob("*.seg")
    for stored in (b"[1]", b"{", b"[" * 100_000):
        writer = SegmentWriter(path)
        writer.documents = 1
        writer.stored.append(stored)
        writer.finish()
        with index.searcher() as searcher, pytest.raises(IndexDamaged, match="stored"):
            searcher.stored_fields(0)


# What the codec refuses


@pytest.mark.parametrize(
    ("field", "value", "error"),
    [
        (fields.TEXT(chars=True), "a word", TypeError),
        (fields.TEXT(vector=formats.Frequency()), "a word", TypeError),
        (fields.TEXT(field_boost=2.0), "a word", ValueError),
        (fields.COLUMN(columns.CompressedBytesColumn()), b"bytes", TypeError),
        (fields.COLUMN(columns.VarBytesColumn()), b"\xff", ValueError),
        (fields.COLUMN(columns.NumericColumn("d")), 1.5, ValueError),
        (fields.STORED(), {1, 2}, TypeError),
    ],
)
def test_what_a_segment_does_not_hold_is_refused(
    tmp_path: Path, field: Any, value: object, error: type[Exception]
) -> None:
    writer = WrittenIndex(tmp_path, fields.Schema(field=field)).writer()

    def write() -> None:
        writer.add_document(field=value)
        writer.commit()

    with pytest.raises(error):
        write()


def test_a_writer_that_is_cancelled_leaves_no_file(tmp_path: Path) -> None:
    index = WrittenIndex(tmp_path, _schema())
    writer = index.writer()
    writer.add_document(id="a", text="وزير")
    writer.cancel()
    assert list(tmp_path.glob("*.seg")) == []
    assert index.doc_count() == 0


def test_a_document_that_fails_leaves_nothing_of_itself(tmp_path: Path) -> None:
    index = WrittenIndex(tmp_path, _schema())
    writer = index.writer()
    writer.add_document(id="a", text="وزير قال", number=1)
    with pytest.raises(ValueError, match="invalid literal"):
        writer.add_document(id="b", flag=True, number="x")
    writer.add_document(id="c", text="قال", number=3)
    writer.commit()
    with index.reader() as reader:
        assert [stored["id"] for _, stored in reader.iter_docs()] == ["a", "c"]
        assert list(reader.column_reader("flag")) == [False, False]
        assert [reader.doc_field_length(doc, "text") for doc in range(2)] == [2, 1]


# Matchers


@pytest.fixture
def postings(tmp_path: Path) -> TermPostings:
    """A term in every third of 1,200 documents, where it stands once at their number and, now and then, again."""
    docs = np.arange(0, 1200, 3)
    counts = 1 + (docs % 2 == 0)
    writer = SegmentWriter(tmp_path / "one.seg")
    writer.documents = 1200
    writer.dictionary("words").append([b"term"])
    places = np.concatenate([np.arange(count) * 7 + doc for doc, count in zip(docs, counts, strict=True)])
    writer.postings("text", "words", positions=True).append(
        np.array([0]), np.array([len(docs)]), docs, counts, places
    )
    writer.numbers("length", (np.arange(1200) % 50 + 10).astype(np.uint32))
    writer.finish()
    file = SegmentFile.open(tmp_path / "one.seg")
    found = file.postings("text")
    assert found is not None
    return TermPostings(found, 0, file.numbers("length"))


def test_a_matcher_steps_skips_and_starts_again(postings: TermPostings) -> None:
    matcher = ArrayMatcher(postings, WordsFormat(), term=("text", b"term"))
    assert matcher.term() == ("text", b"term")
    copy = matcher.copy()
    matcher.skip_to(301)
    assert (matcher.id(), copy.id()) == (303, 0)
    matcher.skip_to(5)  # never back
    assert matcher.id() == 303
    assert matcher.copy().id() == 303
    matcher.reset()
    assert list(matcher.all_ids()) == list(range(0, 1200, 3))
    matcher.skip_to(5000)
    assert not matcher.is_active()
    for stepping in (matcher.next, lambda: matcher.skip_to(1)):
        with pytest.raises(ReadTooFar):
            stepping()


def test_a_matcher_knows_its_blocks(postings: TermPostings) -> None:
    matcher = ArrayMatcher(postings, WordsFormat())
    bounds = [0]
    while matcher.is_active():
        docs = range(0, 1200, 3)[matcher._at // BLOCK * BLOCK :][:BLOCK]
        assert (matcher.block_min_id(), matcher.block_max_id()) == (docs[0], docs[-1])
        assert matcher.block_max_weight() == 2
        assert matcher.block_min_length() == min(doc % 50 + 10 for doc in docs)
        assert matcher.block_max_length() >= max(doc % 50 + 10 for doc in docs)
        if matcher.next():
            bounds.append(matcher._at)
    assert {b - a for a, b in pairwise(bounds[:-1])} == {BLOCK}


def test_a_matcher_gives_what_is_asked_for(postings: TermPostings) -> None:
    matcher = ArrayMatcher(postings, WordsFormat())
    matcher.skip_to(6)
    assert (matcher.weight(), matcher.value_as("frequency"), matcher.value_as("weight")) == (2.0, 2, 2.0)
    assert matcher.value_as("positions") == [6, 13]
    assert WordsFormat().decode_positions(matcher.value()) == [6, 13]
    assert matcher.spans() == [Span(6), Span(13)]
    assert list(matcher.items_as("positions"))[:2] == [(6, [6, 13]), (9, [9])]
    info = postings.info()
    assert (info.doc_frequency(), info.weight(), info.max_weight()) == (400, 600.0, 2.0)
    assert (info.min_id(), info.max_id(), info.min_length(), info.max_length()) == (0, 1197, 10, 59)


def _spots(places: dict[int, list[int]]) -> SpotsMatcher:
    docs = np.array([doc for doc, at in places.items() for _ in at], np.int64)
    starts = np.array([start for at in places.values() for start in at], np.int64)
    # In no order, as postings of many terms come.
    order = np.random.default_rng(1).permutation(len(docs))
    return SpotsMatcher(docs[order], starts[order], starts[order] + 2, starts[order] % 4)


def test_matchers_step_through_documents_that_all_parts_are_in() -> None:
    parts = [
        _spots({1: [4], 2: [9, 5], 7: [0], 9: [1]}),
        _spots({2: [7], 7: [3], 8: [1]}),
        _spots({7: [6, 2], 2: [1]}),
    ]
    assert list(together(parts)) == [
        (2, [[Spot(5, 7, 1), Spot(9, 11, 1)], [Spot(7, 9, 3)], [Spot(1, 3, 1)]]),
        (7, [[Spot(0, 2, 0)], [Spot(3, 5, 3)], [Spot(2, 4, 2), Spot(6, 8, 2)]]),
    ]
    assert list(together([_spots({1: [1]}), _spots({}), _spots({1: [1]})])) == []
    (one,) = [_spots({3: [8]})]
    assert (one.spans(), one.weight(), one.supports("positions")) == ([Span(8, 9)], 1.0, True)
