"""How often a query matches, by outlet and by month."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from kashaf_index.contexts import Progress, nodes
from kashaf_index.model import Query
from kashaf_index.search import Searcher


@dataclass(frozen=True, slots=True)
class Share:
    """An outlet, or a month as `2025-11`; empty for the articles that state none.

    matches: of the query, in `articles` of its `all_articles`, which hold `words` tokens together.
    """

    name: str
    matches: int
    articles: int
    all_articles: int
    words: int

    @property
    def per_thousand_articles(self) -> float:
        """Matching articles of every thousand."""
        return 1000 * self.articles / self.all_articles if self.all_articles else 0.0

    @property
    def per_million_words(self) -> float:
        """Matches in every million tokens."""
        return 1_000_000 * self.matches / self.words if self.words else 0.0


@dataclass(frozen=True, slots=True)
class Frequencies:
    """whole: all articles. outlets: every one of the index, the most matches first, then by name.

    months: every one with articles from the first with a match to the last, in order, then the undated.
    """

    whole: Share
    outlets: tuple[Share, ...]
    months: tuple[Share, ...]


def frequencies(
    searcher: Searcher,
    query: Query,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _total: None,
) -> Frequencies:
    """Count the query's matches and the articles that hold them. Raises as `Searcher.search` does.

    Where the query groups, a story counts as one article: once in all, and once in each outlet and month it is of.
    """
    found = nodes(searcher, replace(query, group=False), cancelled, progress)
    matches = {article.id: len(spans) for article, spans in found if spans}
    grouping = searcher.grouping() if query.group else None
    whole = _Counting("")
    outlets: dict[str, _Counting] = {}
    months: dict[str, _Counting] = {}
    with searcher.reading() as reader:
        numbered = list(reader.numbers.items())
        if grouping:
            # Of a story, an article that matches stands for the others, of several the one seen first.
            numbered.sort(key=lambda item: (item[0] not in matches, grouping.order[item[1]], item[1]))
        for article_id, doc in numbered:
            outlet, date = reader.outlets[doc], reader.dates[doc]
            month = f"{date // 10_000:04d}-{date // 100 % 100:02d}" if date else ""
            for part in (
                whole,
                outlets.setdefault(outlet, _Counting(outlet)),
                months.setdefault(month, _Counting(month)),
            ):
                if grouping is None or part.is_new(grouping.story[doc]):
                    part.add(matches.get(article_id, 0), reader.lengths[doc])
    with_matches = sorted(name for name, part in months.items() if name and part.articles)
    shown = [
        name
        for name in sorted(months)
        if with_matches and name and with_matches[0] <= name <= with_matches[-1]
    ]
    if "" in months:
        shown.append("")
    return Frequencies(
        whole.share(),
        tuple(sorted((part.share() for part in outlets.values()), key=lambda one: (-one.matches, one.name))),
        tuple(months[name].share() for name in shown),
    )


@dataclass(slots=True)
class _Counting:
    name: str
    matches: int = 0
    articles: int = 0
    all_articles: int = 0
    words: int = 0
    _stories: set[int] = field(default_factory=set)

    def is_new(self, story: int) -> bool:
        """Whether no article of the story was asked about before."""
        if story in self._stories:
            return False
        self._stories.add(story)
        return True

    def add(self, matches: int, words: int) -> None:
        """One article."""
        self.matches += matches
        self.articles += matches > 0
        self.all_articles += 1
        self.words += words

    def share(self) -> Share:
        return Share(self.name, self.matches, self.articles, self.all_articles, self.words)
