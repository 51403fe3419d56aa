"""Writing the index: each commit is a new generation, made beside the current one and swapped in whole.

Segments are never changed: those that stay are linked into the new generation, what is deleted in them is marked in
a file beside them, and new articles are new segments. So a commit costs what it adds, and a kill at any moment leaves
the current generation as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Self

from kashaf.corpus.article import Article
from kashaf.errors import DiskTrouble
from kashaf.storage import atomic
from kashaf.storage.lock import Lock
from kashaf_index.analysis import outlet_key
from kashaf_index.bulk.entry import Entry
from kashaf_index.generations import folders, policy
from kashaf_index.generations.assembly import Assembly
from kashaf_index.generations.base import Base
from kashaf_index.generations.feeding import Fed, Feeder
from kashaf_index.generations.fingerprint import fingerprint
from kashaf_index.generations.fresh import Fresh
from kashaf_index.generations.manifest import Manifest, number_of
from kashaf_index.generations.revision import Revision
from kashaf_index.stored import dump_article

if TYPE_CHECKING:
    from types import TracebackType

#: Bytes that building and merging may take for what they have in hand.
MEMORY: Final = 512 << 20

WriteStep = Literal["postings", "merging", "manifest", "cleaning"]


@dataclass(frozen=True, slots=True)
class Writing:
    """How far a commit is in one of its steps, which follow one another: in articles, and in bytes, about.

    postings: articles become segments; bytes are those of their stored form. merging: segments are written again
    as one; bytes are those of their files.
    """

    step: WriteStep
    articles: int = 0
    of_articles: int = 0
    bytes: int = 0
    of_bytes: int = 0


OnWriting = Callable[[Writing], None]


class IndexWriter:
    """Changes to the index, all or nothing. A context manager that holds the index's lock.

    Leaving without `commit` changes nothing. `rebuild`, a missing, damaged or older index: starts from nothing.
    jobs: processes that analyse, once there are many articles. memory: bytes for building and merging.
    merging: False leaves every commit's segments as they are.
    Entering raises Locked and DiskTrouble; the rest DiskTrouble, and IndexDamaged when an old segment that is read
    again turns out not to be what was written.
    """

    def __init__(
        self,
        index_dir: Path,
        *,
        rebuild: bool = False,
        jobs: int = 1,
        memory: int = MEMORY,
        merging: bool = True,
    ) -> None:
        self._dir = index_dir
        self._rebuild = rebuild
        self._jobs = jobs
        self._memory = memory
        self._merging = merging
        self._lock = Lock(index_dir / "writer", "updating the index")
        self._base: Base | None = None
        self._fresh = Fresh()
        self._part: Path | None = None
        self._feeder: Feeder | None = None
        self._changed = False

    def __enter__(self) -> Self:
        atomic.ensure_dir(self._dir)
        self._lock.acquire()
        try:
            folders.clean(self._dir)
            self._base = None if self._rebuild else Base.open(self._dir)
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._abandon()
        finally:
            self._lock.release()

    @property
    def count(self) -> int:
        """Articles in the index as it is now, with the changes not yet committed."""
        return self._fresh.live + (self._base.live if self._base is not None else 0)

    def present(self) -> Mapping[str, Revision]:
        """What each article was made of, by its id: read when it is asked for. Not of use after a change."""
        return _Present(self)

    def revisions(self) -> Iterator[tuple[str, Revision]]:
        """`present`, one after the other: for who needs all of them. Not while they change."""
        if self._base is not None:
            yield from self._base.items()
        for article_id, number in self._fresh.items():
            yield article_id, self._fresh.revision(number)

    def revision(self, article_id: str) -> Revision | None:
        """What an article was made of; None when it is not there."""
        number = self._fresh.find(article_id)
        if number >= 0:
            return self._fresh.revision(number)
        return self._base.revision(article_id) if self._base is not None else None

    def put(self, article: Article) -> None:
        """Add the article, in the place of the one with its id if there is one."""
        if self._feeder is None:
            self._feeder = Feeder(self._begun(), self._prefix, jobs=self._jobs, memory=self._memory)
        self._feeder.add(_entry_of(article))
        if self._base is not None:
            self._base.kill(article.id)
        self._fresh.add(article.id, Revision.of(article))
        self._changed = True

    def remove(self, article_id: str) -> None:
        """Remove an article; nothing happens when it is not there."""
        if self._fresh.kill(article_id) or (self._base is not None and self._base.kill(article_id)):
            self._changed = True

    def commit(self, progress: OnWriting = lambda _: None) -> None:
        """Make the changes the current generation, durably. Without changes nothing is written.

        The writer can go on to be used afterwards; after an error it can only be left.
        """
        if not self._changed and self._base is not None:
            return
        part = self._begun()
        fed = self._feed(progress)
        assembly = Assembly(part, self._prefix, self._base, fed)
        assembly.merge(
            policy.merges if self._merging else lambda _: [],
            self._memory,
            lambda part, of, weight, size: progress(
                Writing("merging", weight * part // of, weight, size * part // of, size)
            ),
        )
        progress(Writing("manifest", of_articles=self.count))
        name = folders.generation_of(part)
        files, segments = assembly.finish(number_of(name) or 0)
        manifest = Manifest(
            generation=name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=self.count,
            fingerprint=fingerprint(),
            files=files,
            segments=segments,
        )
        folders.publish(part, manifest)
        self._part = None
        progress(Writing("cleaning", of_articles=self.count))
        self._go_on(manifest)

    def _feed(self, progress: OnWriting) -> list[Fed]:
        """The new segments."""
        feeder, put = self._feeder, len(self._fresh)
        if feeder is None:
            return []

        def told(part: int, of: int) -> None:
            of = max(of, 1)
            progress(Writing("postings", put * part // of, put, feeder.bytes * part // of, feeder.bytes))

        told(0, 1)
        fed = feeder.finish(self._fresh.dead(), told)
        self._feeder = None
        return fed

    def _go_on(self, manifest: Manifest) -> None:
        """What was written is what is there from here on."""
        if self._base is not None:
            self._base.close()
        self._base = None
        self._base = Base(self._dir / manifest.generation, manifest)
        self._fresh = Fresh()
        self._changed = self._rebuild = False
        # What the disk does not let go of now, the next writer removes.
        with suppress(DiskTrouble):
            folders.clean(self._dir)

    def _begun(self) -> Path:
        """The folder of the next generation."""
        if self._part is None:
            self._part = folders.following(self._dir)
            atomic.ensure_dir(self._part)
        return self._part

    @property
    def _prefix(self) -> str:
        """What the next generation's own segments are called after."""
        return f"g{number_of(folders.generation_of(self._begun()))}"

    def _abandon(self) -> None:
        if self._feeder is not None:
            with suppress(DiskTrouble):
                self._feeder.abandon()
            self._feeder = None
        if self._base is not None:
            self._base.close()
            self._base = None
        if self._part is not None:
            with suppress(DiskTrouble):
                folders.remove(self._part)
            self._part = None


class _Present(Mapping[str, Revision]):
    """What a writer has, by id."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def __len__(self) -> int:
        return self._writer.count

    def __iter__(self) -> Iterator[str]:
        return (article_id for article_id, _ in self._writer.revisions())

    def __getitem__(self, article_id: str) -> Revision:
        found = self._writer.revision(article_id)
        if found is None:
            raise KeyError(article_id)
        return found


def _entry_of(article: Article) -> Entry:
    metadata, source, published = article.metadata, article.provenance, article.metadata.published
    return Entry(
        id=article.id,
        text=article.text,
        # A title that the article does not state is made of its first words, which are in the text.
        title=metadata.title if article.body_start else "",
        author=metadata.author or "",
        outlet=metadata.outlet or "",
        outlet_key=outlet_key(metadata.outlet) if metadata.outlet else "",
        language=metadata.language or "",
        date=published.year * 10000 + published.month * 100 + published.day if published else 0,
        raw_sha256=source.sha256,
        text_sha256=article.text_sha256,
        member=source.member,
        stamp=article.stamp,
        scope=source.scope,
        stored=dump_article(article),
    )
