"""Queries that are no queries: an answer or a clear message, and never an exception."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf_index.model import RUNGS, Match, Query
from kashaf_index.search import Searcher

WORDS = ("السوق الطريق في من وزير المدينة الماء على قال أمس " * 1000).split()

BAD: dict[str, Callable[[], str]] = {
    "empty": lambda: "",
    "ten thousand words": lambda: " ".join(WORDS),
    "a pasted article of a megabyte": lambda: ("قال الوزير (أمس) إن «الطريق» مفتوح: 3.5 كم. " * 25_000)[:1_000_000],
    "only parentheses": lambda: "(" * 50_000,
    "parentheses around a word": lambda: "(" * 25_000 + "السوق" + ")" * 25_000,
    "closed but never opened": lambda: "السوق)" * 5000,
    "stop words": lambda: "في من إلى على " * 500,
    "asterisks": lambda: "*" * 5000,
    "asterisks apart": lambda: "* " * 5000,
    "patterns of one letter": lambda: " ".join(f"*{word[0]}*" for word in WORDS[:3000]),
    "a pattern of many parts": lambda: "ا*" * 4000,
    "what a backtracking pattern would die of": lambda: "*ا" * 30 + "*ب " + "(a+)+$" * 500,
    "fuzzy words": lambda: " ".join(f"{word}ات~2" for word in WORDS[:3000]),
    "words near each other": lambda: " NEAR/100 ".join(WORDS[:3000]),
    "stop words near each other": lambda: "في NEAR/100 من NEAR/100 في NEAR/100 على NEAR/100 في NEAR/100 من",
    "negations": lambda: "NOT " * 2000 + "- " * 2000 + "-" * 2000 + "السوق",
    "alternatives": lambda: " | ".join(WORDS[:3000]),
    "a phrase": lambda: '"' + " ".join(WORDS[:3000]) + '"',
    "quotation marks": lambda: '"' * 9999,
    "fields": lambda: "title:" * 1500 + "title:(" * 500,
    "backslashes": lambda: "\\" * 9999,
    "emoji": lambda: "😀 🇸🇾 👨‍👩‍👧 " * 300,
    "control characters": lambda: "".join(map(chr, range(32))) * 50 + "\x1b[2J\x9b31m",
    "lone surrogates": lambda: "\ud800 السوق\udfff date:\udc00 tag:\udc80 outlet:\udc80ا " * 300,
    "directions": lambda: "\u202e" * 9000 + "السوق",
    "marks alone": lambda: "\u064e" * 9999,
    "a word without end": lambda: "ا" * 9999,
    "a date without end": lambda: "date:" + "9" * 5000 + " NEAR/" + "9" * 4000 + " ا~" + "9" * 900,
}  # fmt: skip


@pytest.fixture(scope="module")
def searcher(indexed_sample: Path) -> Iterator[Searcher]:
    with Searcher.open(indexed_sample / ".kashaf" / "index") as opened:
        yield opened


@pytest.mark.parametrize("match", ["all", "any"])
@pytest.mark.parametrize("name", BAD)
def test_a_bad_query_is_answered(searcher: Searcher, name: str, match: Match) -> None:
    query = Query(BAD[name](), match=match, rung="root", facets=True)
    results = searcher.search(query)
    counts = list(results.rungs.values())
    assert counts == sorted(counts)
    assert len(results.hits) == min(results.total, 20)
    assert len(results.warnings) <= 50
    assert all(len(warning) < 200 for warning in results.warnings)
    "".join((*results.warnings, *results.notices)).encode("utf-8")
    for hit in results.hits[:3]:
        searcher.occurrences(searcher.article(hit.id), query)
    assert set(results.rungs) == set(RUNGS)


@pytest.mark.parametrize("query", ["", "؟", "date:soon", "\x1b[؟", "()", '"'])
def test_the_command_line_refuses_what_leaves_nothing_to_search(indexed_sample: Path, query: str) -> None:
    ran = kashaf("-w", indexed_sample, "search", query, "--json")
    assert (ran.code, ran.out) == (2, b"")
    assert "\x1b" not in ran.messages


def test_the_command_line_says_where_a_mistake_is_and_searches_the_rest(indexed_sample: Path) -> None:
    ran = kashaf("-w", indexed_sample, "search", "السوق date:soon", "--json")
    assert ran.code == 0
    assert ran.json["total"] > 0
    assert "character 7: soon is not a date" in ran.messages
    (mistake,) = ran.json["mistakes"]
    assert (mistake["start"], mistake["end"]) == (6, 15)
