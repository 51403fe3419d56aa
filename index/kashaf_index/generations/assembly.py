"""The segments of a generation that is being made: old ones linked, new ones, and such as are merged of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from kashaf.storage import atomic
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.generations import deletions, policy
from kashaf_index.generations.base import Base, Held
from kashaf_index.generations.feeding import Fed, OnProgress
from kashaf_index.generations.folders import SCRATCH
from kashaf_index.generations.manifest import FileEntry, SegmentEntry

if TYPE_CHECKING:
    from kashaf_index.generations.deletions import Mask

#: Told how much of how much is done, and what all of it is in articles and in bytes.
OnMerging = Callable[[int, int, int, int], None]


@dataclass(frozen=True, slots=True)
class _Piece:
    """A segment: its file, and which of its documents are deleted. held: where it lies already, of an old one."""

    file: FileEntry
    documents: int
    deleted: Mask | None
    held: Held | None = None

    @property
    def size(self) -> policy.Size:
        return policy.Size(
            self.documents, int(np.count_nonzero(self.deleted)) if self.deleted is not None else 0
        )


class Assembly:
    """Puts a generation together in `part`. Raises DiskTrouble, and IndexDamaged when an old segment is garbled."""

    def __init__(self, part: Path, prefix: str, base: Base | None, fed: Sequence[Fed]) -> None:
        self._part = part
        self._prefix = prefix
        self._base = base
        held = base.held if base is not None else []
        self._pieces = [_Piece(_entry(base, one.entry.file), one.file.size, one.deleted, one) for one in held]
        self._pieces += [
            _Piece(FileEntry(one.name, one.written.size, one.written.sha256), one.documents, one.deleted)
            for one in fed
        ]

    def merge(
        self,
        choose: Callable[[Sequence[policy.Size]], list[list[int]]],
        memory: int,
        progress: OnMerging,
    ) -> None:
        """Write the segments of each group that is chosen as one, and let go of such as have no live document."""
        sizes = [piece.size for piece in self._pieces]
        groups = choose(sizes)
        weights = [sum(self._pieces[one].file.size for one in group) for group in groups]
        articles = sum(sizes[one].live for group in groups for one in group)
        gone = {one for group in groups for one in group} | {
            place for place, size in enumerate(sizes) if not size.live
        }
        merged: list[_Piece] = []
        for number, group in enumerate(groups):
            before, weight = sum(weights[:number]), weights[number]

            def told(part: int, of: int, before: int = before, weight: int = weight) -> None:
                total = sum(weights)
                progress(before + weight * part // max(of, 1), total, articles, total)

            told(0, 1)
            name = f"{self._prefix}m{number}.seg"
            merged.append(self._merged([self._pieces[one] for one in group], name, memory, told))
        for place in sorted(gone):
            piece = self._pieces[place]
            if piece.held is None:
                atomic.unlink(self._part / piece.file.name)
        self._pieces = [piece for place, piece in enumerate(self._pieces) if place not in gone] + merged

    def finish(self, number: int) -> tuple[tuple[FileEntry, ...], tuple[SegmentEntry, ...]]:
        """Link what is old, write what is deleted, and remove what was needed only until now.

        number: of the generation, which names files of deletions.
        """
        files: list[FileEntry] = []
        segments: list[SegmentEntry] = []
        for piece in self._pieces:
            name, size = piece.file.name, piece.size
            files.append(piece.file)
            if piece.held is not None:
                self._link(name)
            deletions_name = ""
            if piece.held is not None and not piece.held.changed:
                deletions_name = piece.held.entry.deletions
                if deletions_name:
                    assert self._base is not None
                    self._link(deletions_name)
                    files.append(_entry(self._base, deletions_name))
            elif piece.deleted is not None:
                deletions_name = f"{name.removesuffix('.seg')}-{number}.del"
                written = deletions.write(self._part / deletions_name, piece.deleted)
                files.append(FileEntry(deletions_name, written.size, written.sha256))
            segments.append(SegmentEntry(name, deletions_name, size.documents, size.deleted))
        if (scratch := self._part / SCRATCH).exists():
            atomic.remove_tree(scratch)
        return tuple(files), tuple(segments)

    def _merged(self, pieces: list[_Piece], name: str, memory: int, progress: OnProgress) -> _Piece:
        from kashaf_index.bulk.merging import merge  # noqa: PLC0415 -- only when there is something to merge

        opened: list[SegmentFile] = []
        sources: list[tuple[SegmentFile, Mask | None]] = []
        try:
            for piece in pieces:
                if piece.held is None:
                    opened.append(SegmentFile.open(self._part / piece.file.name))
                sources.append((piece.held.file if piece.held else opened[-1], piece.deleted))
            with atomic.disk_trouble(self._part, "write the index"):
                written = merge(sources, self._part / name, memory, progress)
        finally:
            for file in opened:
                file.close()
        return _Piece(
            FileEntry(name, written.size, written.sha256), sum(piece.size.live for piece in pieces), None
        )

    def _link(self, name: str) -> None:
        assert self._base is not None
        atomic.link_or_copy(self._base.folder / name, self._part / name)


def _entry(base: Base | None, name: str) -> FileEntry:
    assert base is not None
    return base.manifest.entry(name)
