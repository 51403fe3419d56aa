"""The sample corpus's judged queries: what an analyst expects to find, and nothing else."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from kashaf.yaml_safe import load_yaml
from kashaf_index.model import RUNGS, Query
from kashaf_index.search import Searcher

QUERIES = Path(__file__).parents[2] / "sample_corpus" / "queries.yaml"


@cache
def judged() -> list[dict[str, object]]:
    value = load_yaml(QUERIES.read_text(encoding="utf-8"), where=str(QUERIES))
    assert isinstance(value, list)
    return value


@pytest.fixture(scope="module")
def searcher(indexed_sample: Path) -> Searcher:
    return Searcher.open(indexed_sample / ".kashaf" / "index")


def name(searcher: Searcher, article_id: str) -> str:
    provenance = searcher.article(article_id).provenance
    return f"{provenance.path}#{provenance.member}" if provenance.member else provenance.path


def test_there_are_thirty() -> None:
    assert len(judged()) >= 30


@pytest.mark.parametrize("entry", judged(), ids=lambda entry: entry["query"])
def test_the_relevant_articles_are_found_and_no_others(searcher: Searcher, entry: dict[str, object]) -> None:
    found = searcher.matching_ids(Query(str(entry["query"])))
    assert sorted(name(searcher, article_id) for article_id in found) == entry["relevant"]


@pytest.mark.parametrize("entry", judged(), ids=lambda entry: entry["query"])
def test_the_ladder_is_nested(searcher: Searcher, entry: dict[str, object]) -> None:
    results = searcher.search(Query(str(entry["query"]), limit=100))
    found = [set(searcher.matching_ids(Query(str(entry["query"]), rung=rung))) for rung in RUNGS]
    assert all(narrow <= wide for narrow, wide in pairwise(found))
    assert [results.rungs[rung] for rung in RUNGS] == [len(ids) for ids in found]
    for hit in results.hits:
        narrowest = next(rung for rung, ids in zip(RUNGS, found, strict=True) if hit.id in ids)
        assert hit.rung == narrowest
