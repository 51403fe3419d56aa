"""Concordance lines: every match of a query with what stands before and after it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final, Literal, get_args

from kashaf.corpus.article import Article
from kashaf.errors import UsageError
from kashaf.text.tokens import WORD
from kashaf_index.contexts import Progress, folded, nodes, words_after, words_before
from kashaf_index.found import Span
from kashaf_index.model import Query
from kashaf_index.search import Searcher

LineSort = Literal[
    "order", "node", "before1", "before2", "before3", "after1", "after2", "after3", "date", "outlet"
]
SORTS: Final[tuple[LineSort, ...]] = get_args(LineSort)

#: Words on each side that a line knows by themselves.
NEAR: Final = 5

_SPACE: Final = re.compile(r"\s")
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class KwicLine:
    """One match. `left` and `right` are its context in logical order: for Arabic, `left` is read first.

    node == article.text[start:end]; a line break inside a context is shown as a space. before, after: up to five
    words on each side, the nearest first, folded, with their article and proclitics; they do not depend on the width.
    text_sha256: the revision of the article's text that start and end are offsets of.
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
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Concordance:
    """lines: the first of them in the order asked for. total: all matches. articles: those that hold any."""

    lines: tuple[KwicLine, ...]
    total: int
    articles: int


def concordance(
    searcher: Searcher,
    query: Query,
    width: int = 40,
    limit: int = 200,
    sort: LineSort = "order",
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _total: None,
    early: list[KwicLine] | None = None,
) -> Concordance:
    """The matches of the query at its rung. Its limit and offset are not looked at.

    width: code points of context on each side, whole words only. limit: lines at most; no more than twice as many
    are held at a time, however many matches there are. sort: see `sort_lines`. early: takes the first lines as they
    are found, up to the limit, for who does not want to wait for the last.
    Raises as `Searcher.search` does, and UsageError for a sort that does not exist.
    """
    if sort not in SORTS:
        raise UsageError(f"{sort} is not a sort", cure=f"Use one of {', '.join(SORTS)}")
    kept: list[KwicLine] = []
    total = articles = 0
    for article, spans in nodes(searcher, query, cancelled, progress):
        articles += bool(spans)
        total += len(spans)
        wanted = spans[: limit - len(kept)] if sort == "order" else spans
        lines = [line_at(article, span, width) for span in wanted]
        kept += lines
        if early is not None and len(early) < limit:
            early += lines[: limit - len(early)]
        if sort != "order" and len(kept) > 2 * limit:
            # Sorting is stable: of equal lines the earlier ones stay before all that are still to come.
            kept = sort_lines(kept, sort)[:limit]
    return Concordance(tuple(sort_lines(kept, sort)[:limit]), total, articles)


def sort_lines(lines: Iterable[KwicLine], sort: LineSort) -> list[KwicLine]:
    """The lines in another order; equal ones stay as they are.

    order: as they come. node: by the folded node. before1 to before3, after1 to after3: by the folded word at that
    distance, then by those farther away; nothing is taken off a word, so والوزير stands under و. Words are compared
    by code point, which is the Arabic alphabet's order, with digits and Latin before it; a side that ends sooner
    comes last. date: the newest first, undated last. outlet: by its folded name, none last.
    """
    return sorted(lines, key=lambda line: _key(line, sort))


def _key(line: KwicLine, sort: LineSort) -> Key:
    match sort:
        case "order":
            return ()
        case "node":
            return _folded_words(line.node)
        case "date":
            return (-line.published.toordinal() if line.published else 1,)
        case "outlet":
            return (not line.outlet, _folded_words(line.outlet or ""))
        case _:
            side = line.before if sort.startswith("before") else line.after
            return (*((False, word) for word in side[int(sort[-1]) - 1 :]), (True, ""))


@lru_cache(maxsize=4096)
def _folded_words(text: str) -> tuple[str, ...]:
    return tuple(map(folded, WORD.findall(text)))


def line_at(article: Article, span: Span, width: int) -> KwicLine:
    """The line of one span of the article's text."""
    text, metadata = article.text, article.metadata
    start, end = span
    return KwicLine(
        id=article.id,
        title=metadata.title,
        outlet=metadata.outlet,
        published=metadata.published,
        left=_before(text, start, width),
        node=text[start:end],
        right=_after(text, end, width),
        start=start,
        end=end,
        before=tuple(folded(word.group()) for word in words_before(text, start, NEAR)),
        after=tuple(folded(word.group()) for word in words_after(text, end, NEAR)),
        text_sha256=article.text_sha256,
    )


def _before(text: str, start: int, width: int) -> str:
    low = max(0, start - width)
    if low > 0 and not text[low - 1].isspace() and not text[low].isspace():
        # Within a word: from the space behind it on, or nothing.
        space = _SPACE.search(text, low, start)
        low = space.end() if space else start
    return _SPACE.sub(" ", text[low:start])


def _after(text: str, end: int, width: int) -> str:
    high = min(len(text), end + width)
    if high < len(text) and not text[high].isspace():
        high = next((at for at in range(high - 1, end - 1, -1) if text[at].isspace()), end)
    return _SPACE.sub(" ", text[end:high])
