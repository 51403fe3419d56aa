"""Segments into one segment, without their deleted documents: whole arrays, stored documents as they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf.storage import atomic
from kashaf_index.bulk.entry import DIGEST, DIGESTS, KEYS, NAMES, WORDS
from kashaf_index.bulk.inversion import Numbers, Rows, without
from kashaf_index.bulk.union import OnProgress, merge_terms
from kashaf_index.codec.segment import SegmentFile, SegmentWriter
from kashaf_index.codec.writing import Written

_NUMBERS: Final = ("date", "length", "title_length")
_WIDE: Final = 1 << 32
#: Stored documents that are copied at once.
_COPIED: Final = 1 << 12

Deleted = NDArray[np.bool_]


def merge(
    sources: Sequence[tuple[SegmentFile, Deleted | None]],
    path: Path,
    memory: int,
    progress: OnProgress | None = None,
) -> Written:
    """Write to `path` the documents of the sources, in order, less the deleted ones (a mask each; None: none is).

    memory: bytes of the sources that are held at a time, roughly: it is given back as the work goes on. progress:
    told what is done, of how much. Raises DiskTrouble, and IndexDamaged for a damaged source; nothing is at `path`
    then.
    """
    out = SegmentWriter(path)
    try:
        with atomic.disk_trouble(path, "write the index"):
            kept = [_kept(file, deleted) for file, deleted in sources]
            out.documents = sum(map(len, kept))
            files = [file for file, _ in sources]
            _write_columns(out, files, kept)
            _write_words(out, sources, kept, memory, progress)
            stored = out.stored  # of a segment without documents, too: none
            for file, documents in zip(files, kept, strict=True):
                pieces = np.array_split(documents, -(-len(documents) // _COPIED)) if len(documents) else []
                for piece in pieces:
                    stored.copy(file.stored_documents, piece)
                    file.container.trim(memory // len(sources))
            return out.finish()
    except BaseException:
        out.abandon()
        raise


def _kept(file: SegmentFile, deleted: Deleted | None) -> Numbers:
    if deleted is None:
        return np.arange(file.size)
    if len(deleted) != file.size:
        raise ValueError("the mask of deleted documents is not of this segment")
    return np.flatnonzero(~deleted)


def _write_words(
    out: SegmentWriter,
    sources: Sequence[tuple[SegmentFile, Deleted | None]],
    kept: list[Numbers],
    memory: int,
    progress: OnProgress | None,
) -> None:
    lengths = sum(
        int(file.numbers("length")[documents].sum(dtype=np.int64))
        for (file, _), documents in zip(sources, kept, strict=True)
    )
    dictionary = out.dictionary("words", folds=True)
    wide = lengths >= _WIDE
    writers = {field: out.postings(field, "words", positions=True, wide=wide) for field in WORDS}
    opened = _opened("words", "text", sources, kept, memory)
    merge_terms(opened, dictionary, writers, progress=progress)
    for field in KEYS:
        dictionary = out.dictionary(field)
        writers = {field: out.postings(field, field, counts=False)}
        merge_terms(_opened(field, field, sources, kept, memory), dictionary, writers)


def _opened(
    dictionary: str,
    heaviest: str,
    sources: Sequence[tuple[SegmentFile, Deleted | None]],
    kept: list[Numbers],
    memory: int,
) -> list[_SegmentTerms]:
    opened: list[_SegmentTerms] = []
    base = 0
    for (file, deleted), documents in zip(sources, kept, strict=True):
        renumbered = np.zeros(file.size, np.uint32)
        renumbered[documents] = np.arange(base, base + len(documents), dtype=np.uint32)
        base += len(documents)
        budget = memory // len(sources)
        opened.append(_SegmentTerms(file, dictionary, heaviest, deleted, renumbered, budget))
    return opened


class _SegmentTerms:
    """The terms of a dictionary of a segment: a `union.Source`."""

    def __init__(
        self,
        file: SegmentFile,
        dictionary: str,
        heaviest: str,
        deleted: Deleted | None,
        renumbered: NDArray[np.uint32],
        budget: int,
    ) -> None:
        self._file = file
        self._dictionary = file.dictionary(dictionary)
        self._heaviest = heaviest
        self._deleted = deleted
        self._renumbered = renumbered
        self._budget = budget

    def __len__(self) -> int:
        return len(self._dictionary)

    def terms(self, lo: int, hi: int) -> list[bytes]:
        self._file.container.trim(self._budget)
        return self._dictionary.terms(lo, hi)

    def weights(self, lo: int, hi: int) -> Numbers:
        postings = self._file.postings(self._heaviest)
        return postings.sizes(lo, hi) if postings is not None else np.zeros(hi - lo, np.int64)

    def rows(self, field: str, lo: int, hi: int) -> Rows:
        postings = self._file.postings(field)
        none = np.empty(0, np.uint32)
        df = np.zeros(hi - lo, np.int64)
        if postings is None:
            return Rows(df, none, none, none)
        chunk = postings.chunk(lo, hi)
        df[chunk.terms.astype(np.int64) - lo] = chunk.df
        counts = chunk.counts if chunk.counts is not None else none
        positions = chunk.positions if chunk.positions is not None else none
        rows = Rows(df, chunk.docs, counts, positions)
        if self._deleted is not None:
            return without(rows, self._deleted, self._renumbered)
        return rows._replace(docs=self._renumbered[rows.docs])


def _write_columns(out: SegmentWriter, files: Sequence[SegmentFile], kept: list[Numbers]) -> None:
    pairs = list(zip(files, kept, strict=True))
    for column in _NUMBERS:
        dtype = np.int32 if column == "date" else np.uint32 if column == "length" else np.uint16
        none = np.empty(0, dtype)
        out.numbers(column, np.concatenate([none, *(file.numbers(column)[docs] for file, docs in pairs)]))
    for column in NAMES:
        out.ordinals(column, *_names(column, pairs))
    for column in DIGESTS:
        nothing = np.empty((0, DIGEST), np.uint8)
        out.raw(column, np.concatenate([nothing, *(file.raw_all(column)[docs] for file, docs in pairs)]))
    ids: list[str] = []
    for file, documents in pairs:
        of_file = file.ids()
        ids += [of_file[document] for document in documents.tolist()]
    out.ids(ids)


def _names(column: str, pairs: list[tuple[SegmentFile, Numbers]]) -> tuple[NDArray[Any], list[str]]:
    """The ordinals of the documents that are kept, and the names that they still have."""
    known: dict[str, int] = {}
    parts: list[NDArray[np.uint32]] = [np.empty(0, np.uint32)]
    for file, documents in pairs:
        ordinals, names = file.names(column)
        ordinals = ordinals[documents]
        number = np.zeros(max(len(names), 1), np.uint32)
        for ordinal in np.unique(ordinals).tolist():
            number[ordinal] = known.setdefault(names[ordinal], len(known))
        parts.append(number[ordinals])
    return np.concatenate(parts), list(known)
