"""Concordance lines: every occurrence of a query's terms with what stands before and after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from kashaf.errors import Cancelled
from kashaf_index.model import Query
from kashaf_index.search import Searcher


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One occurrence. `left` and `right` are its context in logical order: for Arabic, `left` is read first.

    node == article.text[start:end]; a line break inside a context is shown as a space.
    """

    id: str
    title: str
    outlet: str | None
    published: date | None
    left: str
    node: str
    right: str
    start: int
    end: int


def kwic(
    searcher: Searcher,
    query: Query,
    width: int = 40,
    limit: int = 200,
    cancelled: Callable[[], bool] = lambda: False,
) -> list[KwicLine]:
    """Concordance of the query at its rung, in the order of its hits, then of the text.

    width: code points of context on each side, whole words only. limit: lines at most.
    Raises as `Searcher.search` does.
    """
    lines: list[KwicLine] = []
    for article_id in searcher.matching_ids(query, cancelled):
        if cancelled():
            raise Cancelled
        article = searcher.article(article_id)
        text, metadata = article.text, article.metadata
        for found in searcher.occurrences(article, query):
            if len(lines) >= limit:
                return lines
            lines.append(
                KwicLine(
                    id=article.id,
                    title=metadata.title,
                    outlet=metadata.outlet,
                    published=metadata.published,
                    left=_before(text, found.start, width),
                    node=text[found.start : found.end],
                    right=_after(text, found.end, width),
                    start=found.start,
                    end=found.end,
                )
            )
    return lines


def _before(text: str, start: int, width: int) -> str:
    low = max(0, start - width)
    context = text[low:start]
    if low > 0 and not text[low - 1].isspace() and context and not context[0].isspace():
        _, _, context = context.partition(_first_space(context)) if _first_space(context) else ("", "", "")
    return _one_line(context)


def _after(text: str, end: int, width: int) -> str:
    high = min(len(text), end + width)
    context = text[end:high]
    if high < len(text) and not text[high].isspace() and context and not context[-1].isspace():
        cut = max((at for at, char in enumerate(context) if char.isspace()), default=0)
        context = context[:cut]
    return _one_line(context)


def _first_space(context: str) -> str:
    return next((char for char in context if char.isspace()), "")


def _one_line(context: str) -> str:
    return "".join(" " if char.isspace() else char for char in context)
