"""What a hit shows of its article: passages, the words that matched, and why."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.article import Article
from kashaf_index.found import Found, Span, merged_spans
from kashaf_index.highlight import Highlighter
from kashaf_index.model import Why
from kashaf_index.query.plan import Unit
from kashaf_index.snippets import Snippet, snippets

#: Queries whose words are remembered: the one that is read, and those typed before it.
KEPT: Final = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """why: in the order of the units. spans: of all words that matched in the text, sorted."""

    why: tuple[Why, ...]
    snippets: tuple[Snippet, ...]
    spans: tuple[Span, ...]


class Highlighters:
    """Highlighters of the last queries, so that another page, or the reader, judges no word anew. Not thread-safe;
    what it gives is."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[Unit, ...], Highlighter] = OrderedDict()

    def of(self, units: tuple[Unit, ...]) -> Highlighter:
        found = self._kept.get(units)
        if found is None:
            found = self._kept[units] = Highlighter(units)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(units)
        return found


def shown(
    highlighter: Highlighter, units: Sequence[Unit], articles: Sequence[Article], rungs: Sequence[int]
) -> list[Shown]:
    """What each article shows of the units, at its own rung: all in one go, which is much faster."""
    authors = [article.metadata.author or "" for article in articles]
    in_texts = highlighter.find_all(articles, rungs)
    in_authors = highlighter.in_authors(authors, rungs)
    return [
        Shown(
            why=(*_why(article.text, units, found), *_why(author, units, named)),
            snippets=snippets(article.text, article.body_start, found),
            spans=merged_spans(found),
        )
        for article, author, found, named in zip(articles, authors, in_texts, in_authors, strict=True)
    ]


def _why(text: str, units: Sequence[Unit], found: list[Found]) -> tuple[Why, ...]:
    reasons: dict[tuple[int, str], dict[str, None]] = {}
    for occurrence in sorted(found, key=lambda one: (one.unit, one.rung, one.rule)):
        words = reasons.setdefault((occurrence.unit, occurrence.rule), {})
        if units[occurrence.unit].parts:
            words[" … ".join(text[start:end] for start, end in occurrence.words)] = None
        else:
            words[text[occurrence.start : occurrence.end]] = None
    return tuple(Why(units[unit].label, tuple(words), rule) for (unit, rule), words in reasons.items())
