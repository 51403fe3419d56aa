"""Every span that a command prints slices the article's own text to the words it is about."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
from tests.cli_support import kashaf

QUERIES = ("النهر", '"سد النوارس"', "انتخاب*", "ميناء OR صيد", "title:سد", "الوزير -ميناء")


@cache
def shown(case: Path, article_id: str) -> Any:
    """What `kashaf show` says of an article; each is asked for once."""
    return found(case, "show", article_id)


def text_of(case: Path, article_id: str) -> str:
    return str(shown(case, article_id)["text"])


def found(case: Path, *arguments: str) -> Any:
    ran = kashaf("-w", case, *arguments, "--json")
    assert ran.code == 0, ran.messages
    return ran.json


@pytest.mark.parametrize("rung", ["exact", "folded", "stem"])
@pytest.mark.parametrize("query", QUERIES)
def test_search(indexed_sample: Path, query: str, rung: str) -> None:
    for hit in found(indexed_sample, "search", query, "--rung", rung)["hits"]:
        text = text_of(indexed_sample, hit["id"])
        words = {word for why in hit["why"] for word in why["words"]}
        assert words
        for snippet in hit["snippets"]:
            start, end = snippet["start"], snippet["start"] + len(snippet["text"])
            assert text[start:end] == snippet["text"]
            for first, last in snippet["spans"]:
                assert start <= first < last <= end
                assert text[first:last] in words or text[first:last] in " ".join(words).split()
                assert not text[first - 1 : first].isalpha()
                assert not text[last : last + 1].isalpha()


@pytest.mark.parametrize("query", QUERIES)
def test_kwic(indexed_sample: Path, query: str) -> None:
    lines = found(indexed_sample, "kwic", query, "--width", "30")
    assert lines or "title:" in query
    for line in lines:
        text = text_of(indexed_sample, line["id"])
        assert text[line["start"] : line["end"]] == line["node"]
        flat = " ".join(text.split("\n"))
        before, after = len(line["left"]), len(line["right"])
        assert flat[line["start"] - before : line["start"]] == line["left"]
        assert flat[line["end"] : line["end"] + after] == line["right"]
        assert max(before, after) <= 30


def test_kwic_stays_within_its_limit(indexed_sample: Path) -> None:
    assert len(found(indexed_sample, "kwic", "في", "--limit", "7")) == 7


def test_show(indexed_sample: Path) -> None:
    mentions = 0
    for hit in found(indexed_sample, "search", "*", "--limit", "100")["hits"]:
        article = shown(indexed_sample, hit["id"])
        assert article["title"] == hit["title"]
        assert article["published"] == hit["published"]
        for entity in article["entities"]:
            for start, end in entity["mentions"]:
                mentions += 1
                form = article["text"][start:end]
                assert 0 <= start < end <= len(article["text"])
                assert form == form.strip() != ""
                if entity["type"] == "person":
                    # A surname or an alias may stand for the name; it is never cut out of a word.
                    assert not article["text"][end : end + 1].isalpha()
    assert mentions > 100


def test_the_rows_of_entities_are_the_mentions_of_show(indexed_sample: Path) -> None:
    hits = found(indexed_sample, "search", "*", "--limit", "100")["hits"]
    articles = [shown(indexed_sample, hit["id"])["entities"] for hit in hits]
    for row in found(indexed_sample, "entities", "--limit", "50"):
        same = [
            entity
            for entities in articles
            for entity in entities
            if (entity["name"], entity["type"]) == (row["name"], row["type"])
        ]
        assert row["articles"] == len(same)
        assert row["mentions"] == sum(len(entity["mentions"]) for entity in same)
        assert row["mentions"] == sum(form["count"] for form in row["variants"])


def test_entities_of_an_article_or_a_search_are_those_of_its_articles(indexed_sample: Path) -> None:
    (hit, *_) = found(indexed_sample, "search", "النهر")["hits"]
    rows = found(indexed_sample, "entities", "--article", hit["id"], "--limit", "500")
    entities = shown(indexed_sample, hit["id"])["entities"]
    assert {(row["name"], row["type"], row["mentions"]) for row in rows} == {
        (entity["name"], entity["type"], len(entity["mentions"])) for entity in entities
    }
    assert all(row["articles"] == 1 for row in rows)
    several = found(indexed_sample, "entities", "--search", "النهر", "--limit", "500")
    assert {row["name"] for row in rows} <= {row["name"] for row in several}
