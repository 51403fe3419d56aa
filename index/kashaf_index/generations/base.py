"""The generation that a writer goes on from: which articles it holds, and which of them are deleted now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.said import said
from kashaf_index.codec.damage import damaged
from kashaf_index.generations.manifest import Manifest, SegmentEntry
from kashaf_index.generations.revision import Revision
from kashaf_index.opening import checked_manifest, open_segments

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile
    from kashaf_index.generations.deletions import Mask

#: After so many questions for an id, all ids are read once.
_MANY: Final = 200
_DIGESTS: Final = ("raw_sha256", "text_sha256")
_NAMES: Final = ("member", "stamp", "scope")
_DIGEST: Final = 32
_NO_DIGEST: Final = bytes(_DIGEST)
_CHUNK: Final = 1 << 14


@dataclass(slots=True)
class Held:
    """A segment of the generation. deleted: now, with what has come to it since; None: no document is."""

    entry: SegmentEntry
    file: SegmentFile
    deleted: Mask | None
    changed: bool = False

    @property
    def dead(self) -> int:
        return int(np.count_nonzero(self.deleted)) if self.deleted is not None else 0

    def is_live(self, document: int) -> bool:
        return self.deleted is None or not self.deleted[document]

    def kill(self, document: int) -> None:
        if not self.changed:
            self.deleted = np.zeros(self.file.size, np.bool_) if self.deleted is None else self.deleted.copy()
            self.changed = True
        assert self.deleted is not None
        self.deleted[document] = True


class Base:
    """An opened generation; what is deleted in it is on disk only after a commit. Close it.

    Every method raises IndexDamaged.
    """

    def __init__(self, folder: Path, manifest: Manifest) -> None:
        self.folder: Final = folder
        self.manifest: Final = manifest
        self.held: Final = [
            Held(entry, file, deleted)
            for entry, (file, deleted) in zip(manifest.segments, open_segments(folder, manifest), strict=True)
        ]
        self.live = manifest.articles
        """Articles that are not deleted now."""
        self._asked = 0
        self._ids: tuple[NDArray[np.bytes_], NDArray[np.int64]] | None = None

    @classmethod
    def open(cls, index_dir: Path) -> Self | None:
        """The current generation; None when there is none that can be gone on from: missing, damaged where it
        can be told without reading all of it, or of another version."""
        try:
            manifest = checked_manifest(index_dir)
            base = cls(index_dir / manifest.generation, manifest)
        except (IndexMissing, IndexDamaged):
            return None
        try:
            for held in base.held:
                _columns(held.file)
        except IndexDamaged:
            base.close()
            return None
        except BaseException:
            base.close()
            raise
        return base

    def close(self) -> None:
        for held in self.held:
            held.file.close()

    def kill(self, article_id: str) -> bool:
        """Delete the article; False when there is none."""
        place = self.find(article_id)
        if place is None:
            return False
        segment, document = place
        self.held[segment].kill(document)
        self.live -= 1
        return True

    def find(self, article_id: str) -> tuple[int, int] | None:
        """The place in `held`, and the document there, of the live article; None when there is none."""
        self._asked += 1
        if self._ids is None and self._asked > _MANY:
            self._ids = self._all_ids()
        if self._ids is not None:
            return self._among(self._ids, article_id)
        for segment, held in enumerate(self.held):
            document = held.file.find_id(article_id)
            if document >= 0 and held.is_live(document):
                return segment, document
        return None

    def items(self) -> Iterator[tuple[str, Revision]]:
        """Each live article's id, and what it was made of."""
        for held in self.held:
            yield from _revisions(held)

    def revision(self, article_id: str) -> Revision | None:
        place = self.find(article_id)
        if place is None:
            return None
        file, document = self.held[place[0]].file, place[1]
        raw, text = (file.raw(column, document) for column in _DIGESTS)
        names = []
        for column in _NAMES:
            ordinals, known = file.names(column)
            names.append(known[ordinals[document]])
        return Revision(_hexadecimal(raw), _hexadecimal(text), *names)

    def _all_ids(self) -> tuple[NDArray[np.bytes_], NDArray[np.int64]]:
        """Ids of live articles in order, and the place of each: segment and document in one number."""
        keys: list[NDArray[np.bytes_]] = [np.empty(0, "S1")]
        places: list[NDArray[np.int64]] = [np.empty(0, np.int64)]
        for segment, held in enumerate(self.held):
            ids = np.array([one.encode("utf-8", "surrogatepass") for one in held.file.ids()] or [b""], "S")
            live = np.arange(held.file.size) if held.deleted is None else np.flatnonzero(~held.deleted)
            keys.append(ids[live])
            places.append((segment << 32) + live)
        joined, numbers = np.concatenate(keys), np.concatenate(places)
        order = np.argsort(joined, kind="stable")
        return joined[order], numbers[order]

    def _among(
        self, ids: tuple[NDArray[np.bytes_], NDArray[np.int64]], article_id: str
    ) -> tuple[int, int] | None:
        keys, places = ids
        key = article_id.encode("utf-8", "surrogatepass")
        at = int(np.searchsorted(keys, np.asarray(key, dtype=keys.dtype)))
        # The needle may have been cut to the width of the others.
        if at == len(keys) or keys[at] != key:
            return None
        segment, document = int(places[at]) >> 32, int(places[at]) & 0xFFFFFFFF
        return (segment, document) if self.held[segment].is_live(document) else None


def _revisions(held: Held) -> Iterator[tuple[str, Revision]]:
    file = held.file
    ids, digests, names = _columns(file)
    for start in range(0, file.size, _CHUNK):
        end = min(start + _CHUNK, file.size)
        raw, text = (digest[start:end].tobytes() for digest in digests)
        member, stamp, scope = (
            [known[at] for at in ordinals[start:end].tolist()] for ordinals, known in names
        )
        for at in range(end - start):
            if held.is_live(start + at):
                span = slice(_DIGEST * at, _DIGEST * (at + 1))
                yield (
                    ids[start + at],
                    Revision(
                        _hexadecimal(raw[span]), _hexadecimal(text[span]), member[at], stamp[at], scope[at]
                    ),
                )


def _columns(
    file: SegmentFile,
) -> tuple[list[str], list[NDArray[np.uint8]], list[tuple[NDArray[Any], list[str]]]]:
    """The documents' ids, their digests, and their names: ordinals and what they stand for."""
    digests = [file.raw_all(column) for column in _DIGESTS]
    if any(digest.shape[1] != _DIGEST for digest in digests):
        raise damaged(said("the file's content is not what was written"), file.path)
    return file.ids(), digests, [file.names(column) for column in _NAMES]


def _hexadecimal(digest: bytes) -> str:
    return digest.hex() if digest != _NO_DIGEST else ""
