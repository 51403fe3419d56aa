"""Stories: articles that are one text, copied, lightly edited or sent out by a wire agency and republished.

A story is led by the article that was seen first, and each of its articles is alike to that one, not merely to
another of them: a chain of small changes never ends in a story of two different texts. An article that holds a
shorter one is no copy of it; the two are known as `Held`. What is kept of texts are hashes (`story_files`): derived
data, by article id and revision, that may be deleted at any time. Searching reads one small file, without NumPy.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, NamedTuple, Self

from kashaf.storage.atomic import ensure_dir, read_bytes, write_bytes

CopyKind = Literal["exact", "near"]

FILE: Final = "stories.json"
VERSION: Final = 1
_NAMED: Final = 200  # copies that an update names; it counts all


class StoryArticle(NamedTuple):
    """An article to be compared. published: `2025-11-02` or empty; imported: when it was first, ISO 8601 in UTC."""

    id: str
    text: str
    text_sha256: str
    published: str
    imported: str


@dataclass(frozen=True, slots=True)
class Copy:
    """An article as a copy of its story's first.

    exact: the same words in the same order. similarity: shingles of both among those of either, from 0 to 1.
    """

    id: str
    kind: CopyKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Story:
    """Two or more articles that are one text.

    id: that of the article seen first. articles: in first-seen order, by date of publication (without one: last),
    then by time of import, then by id. copies: all of them but the first, as copies of it, in the same order.
    kind: `exact` when all have the same words.
    """

    id: str
    copies: tuple[Copy, ...]

    @property
    def articles(self) -> tuple[str, ...]:
        return (self.id, *(copy.id for copy in self.copies))

    @property
    def kind(self) -> CopyKind:
        return "exact" if all(copy.kind == "exact" for copy in self.copies) else "near"


@dataclass(frozen=True, slots=True)
class Held:
    """A text within a longer one, both first of their story or alone.

    share: words of the shorter that stand in the longer, of all it has. run: the most of them in a row.
    """

    shorter: str
    longer: str
    share: float
    run: int


@dataclass(frozen=True, slots=True)
class Copied:
    """A new article that is a copy of an older one."""

    id: str
    of: str
    kind: CopyKind
    similarity: float


@dataclass(frozen=True, slots=True)
class Refreshed:
    """What an update did. stories: of all articles, those that stand alone among them. compared: new or changed ones.

    copies: of the compared ones those that are copies, the first of them; copied: how many there are.
    """

    articles: int
    stories: int
    compared: int
    copied: int
    copies: tuple[Copied, ...]


@dataclass(frozen=True)
class Stories:
    """The stories of a corpus, as of the last update.

    stories: those of two articles or more, in no order that matters. held: texts within texts.
    articles: all that were compared. segments, dropped: what `story_files` keeps.
    """

    stories: tuple[Story, ...] = ()
    held: tuple[Held, ...] = ()
    articles: int = 0
    segments: tuple[str, ...] = ()
    dropped: Mapping[str, tuple[int, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, folder: Path) -> Self:
        """What `update` wrote; empty when nothing did, or when the file is not what was written: it is derived.

        Raises DiskTrouble when the system refuses to read it.
        """
        return cls.kept(folder) or cls()

    @classmethod
    def kept(cls, folder: Path) -> Self | None:
        """`load`, None when there is nothing to load."""
        data = read_bytes(folder / FILE)
        try:
            return cls._parsed(data) if data else None
        except (ValueError, TypeError, KeyError, RecursionError):
            return None

    @classmethod
    def _parsed(cls, data: bytes) -> Self:
        """Raises ValueError, TypeError, KeyError or RecursionError for bytes that were not written here."""
        line, _, payload = data.partition(b"\n")
        header = json.loads(line)
        if header != {"kashaf": "stories", "version": VERSION, "crc32": zlib.crc32(payload)}:
            raise ValueError("not what was written")
        value = json.loads(payload)
        return cls(
            stories=tuple(
                Story(str(first), tuple(Copy(str(one), kind, float(alike)) for one, kind, alike in copies))
                for first, copies in value["stories"]
            ),
            held=tuple(Held(str(a), str(b), float(share), int(run)) for a, b, share, run in value["held"]),
            articles=int(value["articles"]),
            segments=tuple(_strings(value["segments"])),
            dropped={str(name): tuple(map(int, at)) for name, at in value["dropped"].items()},
        )

    def story_of(self, article_id: str) -> Story | None:
        """The story that the article is one of; None for one that stands alone or was never compared."""
        return self._by_article.get(article_id)

    def leader(self, article_id: str) -> str:
        """The first article of the story of this one: itself, if it stands alone."""
        story = self._by_article.get(article_id)
        return story.id if story else article_id

    def held_with(self, article_id: str) -> tuple[Held, ...]:
        """The texts that the article's story holds or is held by, the longest run first."""
        return self._held.get(self.leader(article_id), ())

    @property
    def count(self) -> int:
        """Stories, articles that stand alone among them."""
        return self.articles - sum(len(story.copies) for story in self.stories)

    @cached_property
    def _by_article(self) -> dict[str, Story]:
        return {article: story for story in self.stories for article in story.articles}

    @cached_property
    def _held(self) -> dict[str, tuple[Held, ...]]:
        found: dict[str, list[Held]] = {}
        for one in self.held:
            found.setdefault(one.shorter, []).append(one)
            found.setdefault(one.longer, []).append(one)
        return {id_: tuple(sorted(all_, key=_order)) for id_, all_ in found.items()}

    def save(self, folder: Path) -> None:
        """Write the file, whole or not at all. Raises DiskTrouble."""
        payload = json.dumps(
            {
                "articles": self.articles,
                "segments": list(self.segments),
                "dropped": {name: list(at) for name, at in sorted(self.dropped.items())},
                "stories": [
                    [story.id, [[one.id, one.kind, one.similarity] for one in story.copies]]
                    for story in sorted(self.stories, key=lambda story: story.id)
                ],
                "held": [[h.shorter, h.longer, h.share, h.run] for h in sorted(self.held, key=_order)],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        ).encode("utf-8")
        header = {"kashaf": "stories", "version": VERSION, "crc32": zlib.crc32(payload)}
        ensure_dir(folder)
        write_bytes(folder / FILE, json.dumps(header).encode() + b"\n" + payload, durable=False)


def update(
    folder: Path,
    articles: Iterable[StoryArticle],
    gone: Collection[str] = (),
    progress: Callable[[int, int], None] = lambda _done, _total: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Refreshed:
    """Compare new and changed articles with all that are known, forget what is gone, and keep the stories.

    articles: those that `known` does not know as they are; one that it does is passed over. The result is that of
    comparing all of them at once, whatever the order. progress: texts compared, of how many so far.
    Raises Cancelled, before anything is written that counts, and DiskTrouble. Callers hold the import's lock.
    """
    from kashaf.corpus.story_update import update_stories  # noqa: PLC0415 -- NumPy only for who compares

    return update_stories(folder, articles, gone, progress, cancelled)


def known(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Article id to text_sha256, published and imported, as of the last update; empty when none can be gone on from.

    Raises DiskTrouble.
    """
    from kashaf.corpus.story_update import known_articles  # noqa: PLC0415 -- NumPy only for who compares

    return known_articles(folder)


def named(copies: list[Copied]) -> tuple[Copied, ...]:
    """The first copies, by id."""
    return tuple(sorted(copies, key=lambda one: one.id)[:_NAMED])


def _order(one: Held) -> tuple[int, str, str]:
    return -one.run, one.shorter, one.longer


def _strings(values: object) -> list[str]:
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise TypeError("no list of strings")
    return values
