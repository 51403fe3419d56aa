"""Where a query's matches stand, article by article, and the words around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import islice

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled
from kashaf.text.fold import fold_word
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.analysis import RUNGS
from kashaf_index.found import Found, Span
from kashaf_index.model import Query
from kashaf_index.search import Searcher

_WINDOW = 16  # code points a word is reckoned with when looking backwards
_BATCH = 32  # articles whose words are found at once
_FIRST_BATCH = 4  # of them at first, so that there is soon something to see


Progress = Callable[[int, int], None]
"""Told how many articles are read, of how many."""


def nodes(
    searcher: Searcher,
    query: Query,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _total: None,
) -> Iterator[tuple[Article, list[Span]]]:
    """Each matching article, in the query's order, with the spans of its matches: some dozens in memory at a time.

    Where the query groups, one article of each story.
    Raises as `Searcher.search` does, Cancelled among it.
    """
    highlighter = searcher.highlighter(query)
    rung = RUNGS.index(query.rung)
    wanted = searcher.matching_ids(query, cancelled)
    done, size = 0, _FIRST_BATCH
    while done < len(wanted):
        articles: list[Article] = []
        with searcher.reading() as reader:
            for article_id in wanted[done : done + size]:
                if cancelled():
                    raise Cancelled
                articles.append(reader.article(reader.find(article_id)))
        for article, found in zip(
            articles, highlighter.find_all(articles, [rung] * len(articles)), strict=True
        ):
            if cancelled():
                raise Cancelled
            progress(done, len(wanted))
            yield article, outermost(found)
            done += 1
        size = min(2 * size, _BATCH)


def outermost(found: Sequence[Found]) -> list[Span]:
    """The spans in the order of the text, each once, without those that lie within another: a phrase is one match."""
    spans: list[Span] = []
    reached = -1
    for start, end in sorted({(one.start, one.end) for one in found}, key=lambda span: (span[0], -span[1])):
        if end > reached:
            spans.append((start, end))
            reached = end
    return spans


def words_before(text: str, at: int, count: int) -> list[re.Match[str]]:
    """The last `count` words that end at `at` or before, the nearest first; fewer at the beginning of the text."""
    reach = (count + 1) * _WINDOW
    while True:
        low = max(0, at - reach)
        found = list(WORD.finditer(text, low, at))
        # Looking began amid the text, perhaps amid a word: the first one is not to be trusted.
        found = [word for word in found[low > 0 :] if folded(word.group())]
        if len(found) >= count or low == 0:
            return found[: -count - 1 : -1] if count else []
        reach *= 2


def words_after(text: str, at: int, count: int) -> list[re.Match[str]]:
    """The first `count` words that begin at `at` or after, in order; fewer at the end of the text."""
    return list(islice((word for word in WORD.finditer(text, at) if folded(word.group())), count))


@lru_cache(maxsize=1 << 16)
def folded(surface: str) -> str:
    """A word as it is sorted and compared: folded, its article and proclitics kept.

    Nothing is left of a tatweel that stands alone, as a dash: it is no word here.
    """
    return " ".join(map(fold_word, exact_forms(surface)))
