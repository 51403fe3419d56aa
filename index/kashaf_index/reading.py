"""Reading a generation: its segments as one row of documents, numbered over all of them in the manifest's order.

A column of values is read whole when it is first asked for, as one array over all documents; postings, dictionaries
and stored articles are read where they are asked for.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np

from kashaf.corpus.article import Article
from kashaf.said import said
from kashaf_index.codec.damage import damaged
from kashaf_index.generations.revision import Revision
from kashaf_index.matching.documents import Documents, Segment
from kashaf_index.matching.names import Names, are_days, months_of
from kashaf_index.stored import article_of

if TYPE_CHECKING:
    from types import TracebackType

    from numpy.typing import NDArray

    from kashaf_index.codec.segment import SegmentFile
    from kashaf_index.generations.manifest import Manifest

    Mask = NDArray[np.bool_]

#: What the files of a generation may hold in memory between two searches.
BUDGET: Final = 256 << 20
#: No array of a search is larger while an index has less than four million articles.
_ROOM: Final = 31 << 20


class IndexReader(Documents):
    """A generation's files, opened: documents with their values and stored articles."""

    def __init__(self, folder: Path, segments: Iterable[tuple[SegmentFile, Mask | None]]) -> None:
        super().__init__(segments)
        self.folder = folder
        self._closed = False
        # The C library gives arrays up to the largest that was ever freed out of memory that it keeps, and larger
        # ones page by page from the system, which takes longer than most of what is done with them.
        np.empty(_ROOM, np.uint8)

    @classmethod
    def open(cls, folder: Path, manifest: Manifest) -> Self:
        """Open the segments in `folder`, whose manifest the caller has checked."""
        from kashaf_index.opening import open_segments  # noqa: PLC0415 -- the writer's room imports this one

        return cls(folder, open_segments(folder, manifest))

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            for one in self.segments:
                one.file.close()

    def trim(self) -> None:
        """Give back memory, if the files hold more than their share of it. Never while anything is read."""
        for one in self.segments:
            one.file.container.trim(BUDGET * max(one.file.size, 1) // max(self.size, 1))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Values by document

    @cached_property
    def dates(self) -> NDArray[np.int32]:
        """Publication date of each document as yyyymmdd, 0 for none."""
        dates = self._numbers("date", np.int32)
        if not are_days(dates):
            raise damaged(said("the file's content is not what was written"), self.folder)
        return dates

    @cached_property
    def lengths(self) -> NDArray[np.int64]:
        """Length of each document in tokens."""
        return self._numbers("length", np.int64)

    @cached_property
    def title_lengths(self) -> NDArray[np.int64]:
        """Length of each document's title in tokens, 0 where it states none."""
        return self._numbers("title_length", np.int64)

    @cached_property
    def average_length(self) -> float:
        """Of live documents, in tokens; 0 when there are none."""
        return self._average(self.lengths)

    @cached_property
    def average_title_length(self) -> float:
        """Of live documents, in tokens; 0 when there are none."""
        return self._average(self.title_lengths)

    @cached_property
    def outlets(self) -> Names:
        """Outlet of each document as the article names it, or empty."""
        return self._names("outlet")

    @cached_property
    def languages(self) -> Names:
        """Language of each document as a BCP 47 tag, or empty."""
        return self._names("language")

    @cached_property
    def days(self) -> tuple[tuple[int, ...], NDArray[np.int64]]:
        """The dates there are, ascending, as `dates` has them, and for each document the place of its own."""
        known, which = np.unique(self.dates, return_inverse=True)
        return tuple(known.tolist()), which

    @cached_property
    def months(self) -> Names:
        """Month of publication of each document as `2025-11`, or empty."""
        return months_of(self.dates)

    def revisions(self) -> dict[str, Revision]:
        """Live article id to what it was made of."""
        found: dict[str, Revision] = {}
        for one in self.segments:
            ids = one.file.ids()
            hashes = [_hexadecimal(one.file, column) for column in ("raw_sha256", "text_sha256")]
            others = [_listed(one.file, column) for column in ("member", "stamp", "scope")]
            for doc in self._live_of(one):
                raw, text, member, stamp, scope = (column[doc] for column in (*hashes, *others))
                found[ids[doc]] = Revision(raw, text, member, stamp, scope)
        return found

    @cached_property
    def texts(self) -> dict[str, str]:
        """Live article id to the SHA-256 of its text."""
        found: dict[str, str] = {}
        for one in self.segments:
            ids, hashes = one.file.ids(), _hexadecimal(one.file, "text_sha256")
            found.update((ids[doc], hashes[doc]) for doc in self._live_of(one))
        return found

    @cached_property
    def facts(self) -> dict[str, tuple[str, str, str]]:
        """Live article id to the SHA-256 of its text, its day in ISO 8601 and its outlet, or empty."""
        days, which = self.days
        written = [
            f"{day // 10_000:04d}-{day // 100 % 100:02d}-{day % 100:02d}" if day else "" for day in days
        ]
        day_of, outlets, texts = which.tolist(), self.outlets, self.texts
        return {id_: (texts[id_], written[day_of[doc]], outlets[doc]) for id_, doc in self.numbers.items()}

    def article(self, doc: int) -> Article:
        """The stored article of a document."""
        one, own = self.place(doc)
        return article_of(one.file, own)

    def _live_of(self, one: Segment) -> list[int]:
        return np.flatnonzero(self.live[one.base : one.end]).tolist()

    def _average(self, lengths: NDArray[np.int64]) -> float:
        total = int(lengths.sum() if self.whole else lengths[self.live].sum())
        return total / self.count if self.count else 0.0

    def _numbers(self, column: str, dtype: type[np.generic]) -> NDArray[Any]:
        parts = [np.asarray(one.file.numbers(column)) for one in self.segments]
        return _joined(parts, dtype)

    def _names(self, column: str) -> Names:
        numbers: dict[str, int] = {"": 0}
        parts: list[NDArray[Any]] = []
        for one in self.segments:
            ordinals, values = one.file.names(column)
            own = np.array([numbers.setdefault(value, len(numbers)) for value in values], np.int32)
            parts.append(own[ordinals])
        return Names(_joined(parts, np.int32), list(numbers))


def _joined(parts: list[NDArray[Any]], dtype: type[np.generic]) -> NDArray[Any]:
    return np.concatenate(parts).astype(dtype) if parts else np.empty(0, dtype)


def _hexadecimal(file: SegmentFile, column: str) -> list[str]:
    values = file.raw_all(column)
    size = 2 * values.shape[1]
    whole = values.tobytes().hex()
    return [whole[at : at + size] for at in range(0, len(whole), size)]


def _listed(file: SegmentFile, column: str) -> list[str]:
    ordinals, values = file.names(column)
    return [values[at] for at in ordinals.tolist()]
