"""Writing the index: each commit is a new generation, made beside the current one and swapped in whole.

A new generation starts as hard links to the current one's files, which Whoosh never changes in place. So a commit
costs what it adds, and a kill at any moment leaves the current generation as it was.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from kashaf.corpus.article import Article
from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.storage import atomic
from kashaf.storage.lock import Lock
from kashaf_index import opening
from kashaf_index.analysis import outlet_key, positions
from kashaf_index.codec import LadderCodec
from kashaf_index.opening import FileEntry, Manifest
from kashaf_index.reading import IndexReader, Revision
from kashaf_index.schema import FACTS, LEAD, fingerprint, make_schema
from kashaf_index.stored import dump_article

if TYPE_CHECKING:
    from types import TracebackType

_POOL_MB: Final = 256
_MERGE_BELOW: Final = 1000  # articles
_SEGMENTS: Final = 6
_LONGEST_TITLE: Final = 0xFFFF  # tokens that a length can say
_GENERATION: Final = re.compile(r"gen-([0-9]{6,})(\.part)?\Z")


class IndexWriter:
    """Changes to the index, all or nothing. A context manager that holds the index's lock.

    Leaving without `commit` changes nothing. `rebuild`, a missing, damaged or older index: starts from nothing.
    Entering raises Locked and DiskTrouble.
    """

    def __init__(self, index_dir: Path, *, rebuild: bool = False) -> None:
        self._dir = index_dir
        self._rebuild = rebuild
        self._lock = Lock(index_dir / "writer", "updating the index")
        self._base: Manifest | None = None
        self._part: Path | None = None
        self._index: Any = None
        self._writer: Any = None
        self._present: dict[str, Revision] = {}
        self._fresh: set[str] = set()
        self._changed = False

    def __enter__(self) -> Self:
        atomic.ensure_dir(self._dir)
        self._lock.acquire()
        try:
            self._clean()
            self._base, self._present = self._usable_base()
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
        return len(self._present)

    def present(self) -> dict[str, Revision]:
        """What each article was made of, by its id."""
        return dict(self._present)

    def put(self, article: Article) -> None:
        """Add the article, in the place of the one with its id if there is one."""
        writer = self._open_writer()
        if article.id in self._present:
            self._delete(article.id)
            writer = self._open_writer()
        found, length = positions(article.text)
        metadata = article.metadata
        # A title that the article does not state is made of its first words, which are in the text.
        title, title_length = positions(metadata.title if article.body_start else "")
        published = metadata.published
        revision = Revision.of(article)
        with atomic.disk_trouble(self._dir, "write the index"):
            writer.add_document(
                id=article.id,
                text=found,
                lead=_beginning(found),
                title=title,
                author=metadata.author or None,
                outlet=outlet_key(metadata.outlet) if metadata.outlet else None,
                language=metadata.language or None,
                facts=FACTS.pack(
                    published.year * 10000 + published.month * 100 + published.day if published else 0,
                    length,
                    min(title_length, _LONGEST_TITLE),
                ),
                name=metadata.outlet.encode("utf-8") if metadata.outlet else None,
                lang=metadata.language.encode("utf-8") if metadata.language else None,
                revision=revision.to_bytes(),
                article=dump_article(article),
            )
        self._present[article.id] = revision
        self._fresh.add(article.id)
        self._changed = True

    def remove(self, article_id: str) -> None:
        """Remove an article; nothing happens when it is not there."""
        if article_id in self._present:
            self._delete(article_id)
            del self._present[article_id]
            self._changed = True

    def commit(self, progress: Callable[[str], None] = lambda _step: None) -> None:
        """Make the changes the current generation, durably. Without changes nothing is written.

        progress: told each step by name. The writer can go on to be used afterwards.
        """
        if not self._changed and self._base is not None:
            return
        writer = self._open_writer()
        part = self._part
        assert part is not None
        progress("writing postings")
        with self._writing():
            writer.commit(mergetype=_merge)
        self._writer = self._index = self._part = None
        self._fresh.clear()
        progress("hashing")
        self._base = self._publish(part)
        self._changed = False
        self._rebuild = False
        progress("cleaning")
        self._clean()

    def _usable_base(self) -> tuple[Manifest | None, dict[str, Revision]]:
        """The generation to go on from, and what is in it; (None, {}) to start from nothing."""
        if self._rebuild:
            return None, {}
        try:
            manifest = opening.checked_manifest(self._dir)
            with IndexReader.open(self._dir / manifest.generation) as reader:
                return manifest, reader.revisions()
        except (IndexMissing, IndexDamaged):
            return None, {}

    def _open_writer(self) -> Any:
        if self._writer is None:
            if self._part is None:
                self._part = self._stage()
            with atomic.disk_trouble(self._part, "write the index"):
                self._index = self._index or opening.open_files(self._part)
                self._writer = self._index.writer(codec=LadderCodec(), limitmb=_POOL_MB)
        return self._writer

    def _delete(self, article_id: str) -> None:
        # Whoosh deletes only what is committed: an article put twice is written out first.
        if article_id in self._fresh:
            with self._writing():
                self._open_writer().commit(merge=False)
            self._writer = None
            self._fresh.clear()
        with self._writing():
            self._open_writer().delete_by_term("id", article_id)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Around work that also reads old segments. Raises DiskTrouble, and IndexDamaged when they are garbled."""
        with opening.damage_reported(self._dir), atomic.disk_trouble(self._dir, "write the index"):
            yield

    def _stage(self) -> Path:
        """A folder for the next generation, holding the current one's files."""
        part = self._dir / f"gen-{self._last_number() + 1:06d}.part"
        atomic.ensure_dir(part)
        with atomic.disk_trouble(part, "copy the index"):
            if self._base:
                for file in self._base.files:
                    _link_or_copy(self._dir / self._base.generation / file.name, part / file.name)
            else:
                from whoosh.filedb.filestore import FileStorage  # noqa: PLC0415 -- only when writing
                from whoosh.index import TOC  # noqa: PLC0415

                TOC.create(FileStorage(str(part)), make_schema())
        return part

    def _publish(self, part: Path) -> Manifest:
        known = {(file.name, file.size): file.sha256 for file in self._base.files} if self._base else {}
        files: list[FileEntry] = []
        with atomic.disk_trouble(part, "write the index"):
            for leftover in part.glob("*LOCK"):
                leftover.unlink()
            for path in sorted(part.iterdir()):
                size = path.stat().st_size
                files.append(
                    FileEntry(path.name, size, known.get((path.name, size)) or opening.sha256_of(path))
                )
        folder = part.with_suffix("")
        manifest = Manifest(
            generation=folder.name,
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            articles=len(self._present),
            fingerprint=fingerprint(),
            files=tuple(files),
        )
        data = manifest.to_bytes()
        atomic.write_bytes(part / opening.MANIFEST, data)
        atomic.replace_directory(part, folder)
        pointer = {"generation": folder.name, "manifest_sha256": hashlib.sha256(data).hexdigest()}
        atomic.write_text(self._dir / opening.POINTER, json.dumps(pointer) + "\n")
        return manifest

    def _abandon(self) -> None:
        if self._writer is not None:
            with suppress(OSError):
                self._writer.cancel()
        self._writer = self._index = None
        if self._part is not None:
            atomic.remove_tree(self._part)
            self._part = None

    def _last_number(self) -> int:
        found = (_GENERATION.match(path.name) for path in self._dir.iterdir())
        return max((int(match[1]) for match in found if match), default=0)

    def _clean(self) -> None:
        """Remove what a dead writer left, and every generation but the current and the one before it."""
        try:
            current = opening.current_generation(self._dir).name
        except (IndexMissing, IndexDamaged):
            current = ""
        atomic.sweep(self._dir, opening.POINTER)
        whole: list[str] = []
        for path in sorted(self._dir.iterdir()):
            match = _GENERATION.match(path.name)
            if match is None:
                continue
            if match[2] or (current and path.name > current):
                atomic.remove_tree(path)
            elif path.name != current:
                whole.append(path.name)
        for name in whole[:-1]:
            atomic.remove_tree(self._dir / name)


def _link_or_copy(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:
        # File systems of sticks and some shares have no hard links.
        shutil.copyfile(source, target)


def _beginning(found: dict[bytes, list[int]]) -> dict[bytes, list[int]]:
    return {
        term: near for term, at in found.items() if at[0] < LEAD and (near := [n for n in at if n < LEAD])
    }


def _merge(writer: Any, segments: list[Any]) -> list[Any]:
    """Which old segments to write again with the new one: those mostly deleted, and small ones once they are many.

    Whoosh's own policy re-writes nearly all small segments at every commit.
    """
    from whoosh.reading import SegmentReader  # noqa: PLC0415 -- only when writing

    def live(segment: Any) -> int:
        return int(segment.doc_count_all() - segment.deleted_count())

    small = [segment for segment in segments if live(segment) < _MERGE_BELOW]
    kept: list[Any] = []
    for segment in segments:
        mostly_deleted = live(segment) * 2 < segment.doc_count_all()
        if not mostly_deleted and not (len(small) >= _SEGMENTS and live(segment) < _MERGE_BELOW):
            kept.append(segment)
        elif live(segment):
            reader = SegmentReader(writer.storage, writer.schema, segment)
            try:
                writer.add_reader(reader)
            finally:
                reader.close()
    return kept
