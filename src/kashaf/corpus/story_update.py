"""Keeping the stories of a workspace up to date; see `kashaf.corpus.stories`, which searching can load alone.

Written in this order: new segments, `stories.json`, which names them, and then what it no longer names is removed. A
kill leaves the old state or the new one, and segments of nobody that the next update removes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from pathlib import Path
from typing import Final

from kashaf.corpus.duplicates import digest, fingerprints, hashed_words
from kashaf.corpus.stories import (
    FILE,
    Copied,
    Copy,
    CopyKind,
    Held,
    Refreshed,
    Stories,
    Story,
    StoryArticle,
    named,
)
from kashaf.corpus.story_files import Record, Segment, SegmentWriter, Signatures, sweep_segments
from kashaf.corpus.story_groups import Holding, Settled, Text, settle
from kashaf.errors import Cancelled
from kashaf.storage.atomic import ensure_dir

_EMPTY: Final = Stories()


def known_articles(folder: Path) -> dict[str, tuple[str, str, str]]:
    """See `stories.known`."""
    _, signatures = _opened(folder)
    return {one.id: (one.text_sha256, one.published, one.imported) for one in signatures.records()}


def update_stories(
    folder: Path,
    articles: Iterable[StoryArticle],
    gone: Collection[str],
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
) -> Refreshed:
    """See `stories.update`."""
    ensure_dir(folder)
    old, signatures = _opened(folder)
    before = _settled(old, signatures)
    # What a killed update left, or a damaged state refers to no more.
    sweep_segments(folder, {FILE, *(segment.name for segment in signatures.segments)})
    writer = SegmentWriter(folder)
    try:
        fresh = _sign(articles, signatures, writer, cancelled)
        lost = [one for one in gone if one in signatures.places]
        for article_id in lost:
            signatures.drop(article_id)
        if not fresh and not lost and (folder / FILE).exists() and old != _EMPTY:
            return Refreshed(old.articles, old.count, 0, 0, ())
        opened = [Segment.open(folder, name) for name in writer.names]
        signatures = Signatures([*signatures.segments, *opened], signatures.dropped)
        texts, groups = _texts(signatures)
        settled = settle(texts, signatures.words, signatures.prints, before, progress, cancelled)
    except BaseException:
        writer.discard()
        raise
    compacted = signatures.compacted(folder)
    new = _stories(texts, groups, settled, compacted)
    new.save(folder)
    sweep_segments(folder, {FILE, *new.segments})
    copied = _copied(new, fresh)
    return Refreshed(new.articles, new.count, len(fresh), len(copied), named(copied))


def _opened(folder: Path) -> tuple[Stories, Signatures]:
    """What is kept, or nothing at all when any of it is not as it was written."""
    old = Stories.kept(folder)
    if old is not None:
        try:
            segments = [Segment.open(folder, name) for name in old.segments]
            signatures = Signatures(segments, {name: set(at) for name, at in old.dropped.items()})
            if len(signatures.places) == old.articles:
                return old, signatures
        except (ValueError, TypeError, KeyError):
            pass
    return _EMPTY, Signatures([], {})


def _sign(
    articles: Iterable[StoryArticle],
    signatures: Signatures,
    writer: SegmentWriter,
    cancelled: Callable[[], bool],
) -> set[str]:
    """Write the signatures of what is new or changed, drop the old ones, and say which those are."""
    fresh: set[str] = set()
    for article in articles:
        if cancelled():
            raise Cancelled(cure="Run it again to go on")
        if article.id in fresh:
            continue
        if article.id in signatures.places:
            record = signatures.record(article.id)
            if record[:4] == (article.id, *article[2:]):
                continue
            signatures.drop(article.id)
        words = hashed_words(article.text)
        prints = fingerprints(words)
        record = Record(article.id, *article[2:], digest(words), len(words), len(prints))
        writer.put(record, words, prints)
        fresh.add(article.id)
    writer.finish()
    return fresh


def _texts(signatures: Signatures) -> tuple[list[Text], dict[str, list[Record]]]:
    """The distinct texts in first-seen order, and the articles of each in theirs."""
    groups: dict[str, list[Record]] = {}
    for record in sorted(signatures.records(), key=lambda one: one.key):
        # A text without a word is like no other.
        groups.setdefault(record.digest if record.words else record.id, []).append(record)
    return [Text(name, records[0].key) for name, records in groups.items()], groups


def _settled(old: Stories, signatures: Signatures) -> dict[str, Settled]:
    """What was settled at the last update, out of what was kept of it."""
    texts, groups = _texts(signatures)
    by_first = {text.first: text for text in texts}
    text_of = {record.id: name for name, records in groups.items() for record in records}
    holdings: dict[str, list[Holding]] = {}
    for held in old.held:
        # Both are leaders, and each the first article of its text.
        pair = [by_first.get(held.shorter), by_first.get(held.longer)]
        if pair[0] is None or pair[1] is None:
            return {}
        (earlier, _), (later, longer) = sorted(
            zip((pair[0], pair[1]), (False, True), strict=True), key=lambda one: one[0].key
        )
        holdings.setdefault(later.digest, []).append(
            Holding(earlier.digest, not longer, held.share, held.run)
        )
    settled = {
        text.digest: Settled(text.key, text.digest, held=tuple(holdings.get(text.digest, ())))
        for text in texts
    }
    for story in old.stories:
        if story.id not in text_of:
            return {}
        leader = text_of[story.id]
        for copy in story.copies:
            if copy.id not in text_of:
                return {}
            name = text_of[copy.id]
            if name != leader:
                settled[name] = Settled(settled[name].key, leader, copy.similarity)
    return settled


def _stories(
    texts: list[Text], groups: dict[str, list[Record]], settled: dict[str, Settled], signatures: Signatures
) -> Stories:
    members: dict[str, list[tuple[Record, Copy]]] = {text.digest: [] for text in texts}
    held: list[Held] = []
    first = {text.digest: text.first for text in texts}
    for text in texts:
        one = settled[text.digest]
        kind: CopyKind = "exact" if one.leader == text.digest else "near"
        for record in groups[text.digest]:
            members[one.leader].append((record, Copy(record.id, kind, one.similarity)))
        for holding in one.held:
            pair = (first[text.digest], first[holding.other])
            shorter, longer = pair if holding.longer else pair[::-1]
            held.append(Held(shorter, longer, holding.share, holding.run))
    stories: list[Story] = []
    for name, found in members.items():
        if len(found) > 1:
            found.sort(key=lambda pair: pair[0].key)
            assert found[0][0].id == first[name]
            stories.append(Story(first[name], tuple(copy for _, copy in found[1:])))
    return Stories(
        stories=tuple(sorted(stories, key=lambda story: story.id)),
        held=tuple(held),
        articles=len(signatures.places),
        segments=tuple(segment.name for segment in signatures.segments),
        dropped={name: tuple(sorted(out)) for name, out in signatures.dropped.items() if out},
    )


def _copied(stories: Stories, fresh: set[str]) -> list[Copied]:
    return [
        Copied(copy.id, story.id, copy.kind, copy.similarity)
        for story in stories.stories
        for copy in story.copies
        if copy.id in fresh
    ]
