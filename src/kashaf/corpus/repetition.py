"""Lines that an outlet prints with article after article are its chrome: learned, as decisions of `by: repetition`.

Only lines at the edges of an article count, before its first paragraph of prose or after its last; one that reads
like prose only where something that was removed parts it from the story. Copies of one story count once: a line that
two articles share tells nothing when they share the rest too. Rare lines are forgotten as the articles pass (lossy
counting: Manku and Motwani, VLDB 2002), so that memory does not grow with the corpus.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from zlib import crc32

from kashaf.corpus.article import Article, Paragraph
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import is_paragraph
from kashaf.corpus.lines import Decision, LineDecisions

NAME: Final = "repetition.json"
EDGE_LINES: Final = 8
STORIES: Final = 5  # different ones with the line, at least
PROSE_STORIES: Final = 8
SHARE: Final = 0.2  # of the outlet's articles, at least
PROSE_SHARE: Final = 0.5
MAX_CHARS: Final = 600
_VERSION: Final = 1
_WINDOW: Final = 100  # articles of a scope after which a line that was seen once is forgotten
_MAX_SCOPES: Final = 5_000
_TOLD_BY: Final = 6  # the longest paragraphs of an article, by which a copy of it is known
_TOLD_CHARS: Final = 80
# Where a text comes from is no chrome: `المصدر: وكالات`, `(رويترز)`.
_SOURCE: Final = re.compile(r"(?:ال)?(?:مصدر|مصادر|وكالات|وكاله)\b.*|[(\[].{1,60}[)\]]|\W*")

_Story = frozenset[int]


@dataclass(slots=True)
class _Counted:
    """A line: as it was first seen, in how many articles, the stories it was seen in (no more than are needed), and
    the number of the article it was last seen in."""

    line: str
    prose: bool
    articles: int = 0
    last: int = 0
    stories: list[_Story] = field(default_factory=list)


@dataclass(slots=True)
class _Outlet:
    """What was counted in one scope, by the normal form of the line."""

    articles: int = 0
    lines: dict[str, _Counted] = field(default_factory=dict)


class Repetition:
    """Counts the edge lines of articles, by outlet, and tells which of them repeat."""

    def __init__(self, known: LineDecisions) -> None:
        self._outlets: dict[str, _Outlet] = {}
        self._seen: set[str] = set()
        self._decided = {one.key for one in known.decisions}
        self._back = known.brought_back()

    @classmethod
    def load(cls, derived: Path, known: LineDecisions) -> Self:
        """The counts kept in a workspace's `.kashaf`; none when there is no such file, or it is not what was written.

        Raises DiskTrouble.
        """
        from kashaf.storage.atomic import read_bytes  # noqa: PLC0415 -- readers never come here

        repetition = cls(known)
        data = read_bytes(derived / NAME)
        if data is not None:
            try:
                repetition._restore(json.loads(data))
            except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
                return cls(known)
        return repetition

    def save(self, derived: Path) -> None:
        """Keep the counts in a workspace's `.kashaf`. Raises DiskTrouble."""
        from kashaf.storage.atomic import ensure_dir, write_text  # noqa: PLC0415

        ensure_dir(derived)
        write_text(derived / NAME, json.dumps(self._state(), ensure_ascii=False), durable=False)

    def add(self, article: Article) -> None:
        """Count an article; one whose id was counted before is passed over."""
        if article.id in self._seen:
            return
        self._seen.add(article.id)
        edges = list(_edges(article))
        taken = {paragraph.start for paragraph, _ in edges}
        story = _story(article, taken)
        if not story or (len(self._outlets) >= _MAX_SCOPES and article.provenance.scope not in self._outlets):
            return
        outlet = self._outlets.setdefault(article.provenance.scope, _Outlet())
        outlet.articles += 1
        for paragraph, prose in edges:
            line = article.text[paragraph.start : paragraph.end]
            normal = normal_form(line)
            if _SOURCE.fullmatch(normal) or normal in self._back:
                continue
            counted = outlet.lines.setdefault(normal, _Counted(line, prose))
            if counted.last == outlet.articles:  # twice in one article
                continue
            counted.articles += 1
            counted.last = outlet.articles
            counted.prose = counted.prose or prose
            if len(counted.stories) < PROSE_STORIES and not any(_same(story, one) for one in counted.stories):
                counted.stories.append(story)
        if outlet.articles % _WINDOW == 0:
            _forget_rare(outlet)

    def learn(self) -> tuple[Decision, ...]:
        """The lines that repeat and about which nothing is decided yet, as decisions to be recorded."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        found: list[Decision] = []
        for scope, outlet in sorted(self._outlets.items()):
            for normal, counted in outlet.lines.items():
                if (scope, normal) in self._decided or not _repeats(counted, outlet.articles):
                    continue
                why = f"in {counted.articles} of {outlet.articles} articles"
                found.append(Decision(counted.line, "drop", scope, "repetition", now, why))
                self._decided.add((scope, normal))
        return tuple(found)

    def _state(self) -> dict[str, Any]:
        return {
            "version": _VERSION,
            "seen": sorted(self._seen),
            "outlets": {
                scope: {
                    "articles": outlet.articles,
                    "lines": [
                        [
                            one.line,
                            one.prose,
                            one.articles,
                            one.last,
                            [sorted(story) for story in one.stories],
                        ]
                        for one in outlet.lines.values()
                    ],
                }
                for scope, outlet in self._outlets.items()
            },
        }

    def _restore(self, state: Any) -> None:
        if state["version"] != _VERSION:
            return
        self._seen = {str(one) for one in state["seen"]}
        for scope, kept in state["outlets"].items():
            outlet = self._outlets[str(scope)] = _Outlet(int(kept["articles"]))
            for line, prose, articles, last, stories in kept["lines"]:
                told = [frozenset(map(int, story)) for story in stories]
                outlet.lines[normal_form(line)] = _Counted(line, bool(prose), int(articles), int(last), told)


def _edges(article: Article) -> Iterator[tuple[Paragraph, bool]]:
    """The lines at the edges of an article that may be chrome, and whether each reads like prose."""
    lines = [one for one in article.paragraphs() if one.kind not in ("title", "standfirst", "quote")]
    protected = [
        one.span for one in article.metadata.evidence if one.span is not None and one.field != "title"
    ]
    removed = {one.at for one in article.provenance.removed}
    prose = [is_paragraph(article.text[one.start : one.end], least=16) for one in lines]
    count = len(lines)
    first = next((i for i in range(count) if prose[i]), count)
    end = count
    while end > first and count - end < EDGE_LINES:
        if prose[end - 1] and (end - 1 == first or lines[end - 1].start not in removed):
            break
        end -= 1
    for index in (*range(min(first, EDGE_LINES)), *range(max(end, first), count)):
        line = lines[index]
        text = article.text[line.start : line.end]
        at_top = index < first
        if (
            len(text) <= MAX_CHARS
            and not (at_top and " " not in text)  # a place, or a section: not worth the risk
            and not any(start < line.end and line.start < stop for start, stop in protected)
        ):
            yield line, prose[index]


def _story(article: Article, edges: set[int]) -> _Story:
    """By what a copy of an article is known: the beginnings of its longest lines that are not at its edges."""
    inner = [
        article.text[one.start : one.end]
        for one in article.paragraphs()
        if one.start not in edges and one.kind != "title"
    ]
    inner = [text for text in inner if is_paragraph(text, least=16)]
    longest = sorted(inner, key=len, reverse=True)[:_TOLD_BY]
    return frozenset(crc32(text[:_TOLD_CHARS].encode("utf-8", "replace")) for text in longest)


def _same(one: _Story, other: _Story) -> bool:
    return 2 * len(one & other) >= min(len(one), len(other))


def _repeats(counted: _Counted, articles: int) -> bool:
    stories, share = (PROSE_STORIES, PROSE_SHARE) if counted.prose else (STORIES, SHARE)
    return len(counted.stories) >= stories and counted.articles >= share * articles


def _forget_rare(outlet: _Outlet) -> None:
    old = outlet.articles - _WINDOW
    rare = [
        normal
        for normal, counted in outlet.lines.items()
        if counted.last <= old and counted.articles < SHARE / 2 * outlet.articles
    ]
    for normal in (*rare, *(n for n, one in outlet.lines.items() if one.articles == 1 and one.last <= old)):
        outlet.lines.pop(normal, None)


def scopes_of(decisions: Iterable[Decision]) -> frozenset[str]:
    """The scopes that decisions touch."""
    return frozenset(one.scope for one in decisions)
