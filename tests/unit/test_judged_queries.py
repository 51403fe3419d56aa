"""The sample corpus's judged queries: what an analyst expects to find, and nothing else.

They run as in the demo: with its name book, spellings, and stores of mentions and notes.
"""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kashaf.yaml_safe import load_yaml
from kashaf_index.model import RUNGS, Query
from kashaf_index.search import Searcher
from kashaf_index.suggest import search_with_help
from kashaf_tui.session import Session

Entry = dict[str, object]
QUERIES = Path(__file__).parents[2] / "sample_corpus" / "queries.yaml"
KEYS = {"query", "tests", "relevant", "rung", "match", "correct"}


@cache
def judged() -> list[Entry]:
    value = load_yaml(QUERIES.read_text(encoding="utf-8"), where=str(QUERIES))
    assert isinstance(value, list)
    return value


def query_of(entry: Entry) -> Query:
    return Query(
        str(entry["query"]),
        rung=entry.get("rung", "stem"),  # type: ignore[arg-type]  # Query refuses what is no rung
        match=entry.get("match", "all"),  # type: ignore[arg-type]  # the same
        limit=100,
        correct="correct" in entry,
    )


def named(entry: Entry) -> str:
    return " ".join(str(entry[key]) for key in ("query", "rung", "match", "correct") if key in entry)


AS_TYPED = pytest.mark.parametrize("entry", [one for one in judged() if "correct" not in one], ids=named)
CORRECTED = pytest.mark.parametrize("entry", [one for one in judged() if "correct" in one], ids=named)


@pytest.fixture(scope="module")
def searcher(indexed_sample: Path) -> Searcher:
    return Session(indexed_sample).searcher


def name(searcher: Searcher, article_id: str) -> str:
    provenance = searcher.article(article_id).provenance
    return f"{provenance.path}#{provenance.member}" if provenance.member else provenance.path


def test_there_are_enough_and_each_says_what_for() -> None:
    assert len(judged()) >= 70
    for entry in judged():
        assert entry.keys() <= KEYS
        for key in ("query", "tests", "relevant"):
            assert entry[key], key


@AS_TYPED
def test_the_relevant_articles_are_found_and_no_others(searcher: Searcher, entry: Entry) -> None:
    found = searcher.matching_ids(query_of(entry))
    assert sorted(name(searcher, article_id) for article_id in found) == entry["relevant"]


@CORRECTED
def test_what_was_typed_otherwise_is_found(searcher: Searcher, entry: Entry) -> None:
    query = query_of(entry)
    assert not searcher.matching_ids(query)
    results = search_with_help(searcher, query)
    assert results.corrected is not None
    assert results.corrected.kind == entry["correct"]
    assert sorted(name(searcher, hit.id) for hit in results.hits) == entry["relevant"]
    assert results.total == len(results.hits)


@AS_TYPED
def test_the_ladder_is_nested(searcher: Searcher, entry: Entry) -> None:
    query = query_of(entry)
    results = searcher.search(query)
    found = [
        set(searcher.matching_ids(Query(query.text, rung=rung, match=query.match, limit=100)))
        for rung in RUNGS
    ]
    assert all(narrow <= wide for narrow, wide in pairwise(found))
    assert [results.rungs[rung] for rung in RUNGS] == [len(ids) for ids in found]
    for hit in results.hits:
        narrowest = next(rung for rung, ids in zip(RUNGS, found, strict=True) if hit.id in ids)
        assert hit.rung == narrowest
