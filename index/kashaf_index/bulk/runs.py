"""Runs: the postings of some documents on disk, in the byte order of their terms, until they are merged.

A run is read front to back, a range of terms at a time. It is scratch: nothing of it is needed after a crash, so
it is not made durable.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf.storage import syscalls
from kashaf_index.bulk.inversion import Numbers, Rows, narrow
from kashaf_index.codec.numbers import offsets

#: A run's documents are numbered by 16 bits.
MOST_DOCUMENTS: Final = 1 << 16


class _Section(NamedTuple):
    offset: int
    dtype: np.dtype[Any]
    length: int


class Run:
    """One run. first: its first document's number; documents are those of the segment.

    An article too large for the buffer may end one run and begin the next one.
    """

    def __init__(self, path: Path, first: int, last: int) -> None:
        self.path = path
        self.first = first
        self.last = last
        self._sections: dict[str, _Section] = {}
        self._terms = 0
        # By field: the next term, and the postings and positions before it.
        self._next: dict[str, tuple[int, int, int]] = {}

    @classmethod
    def write(
        cls,
        path: Path,
        documents: tuple[int, int],
        terms: Sequence[bytes],
        fields: Mapping[str, tuple[Numbers, Rows]],
    ) -> Run:
        """Write the run of the documents `[first, last]`.

        fields: for each the places in `terms` of those that occur, and their postings; `docs` count from the first
        document. Raises OSError.
        """
        run = cls(path, *documents)
        run._terms = len(terms)
        descriptor = syscalls.create(str(path), 0o600)
        try:
            offset = 0

            def put(name: str, values: NDArray[Any]) -> None:
                nonlocal offset
                run._sections[name] = _Section(offset, values.dtype, len(values))
                syscalls.write(descriptor, str(path), values.tobytes())
                offset += values.nbytes

            put("at", offsets(np.fromiter(map(len, terms), np.int64, len(terms))).astype(np.uint32))
            put("blob", np.frombuffer(b"".join(terms), np.uint8))
            for field, (places, rows) in fields.items():
                starts = offsets(rows.df)
                sizes = np.diff(offsets(rows.counts)[starts])
                put(f"{field}.df", _dense(places, rows.df, len(terms)))
                put(f"{field}.size", _dense(places, sizes, len(terms)))
                put(f"{field}.docs", rows.docs)
                put(f"{field}.counts", narrow(rows.counts))
                put(f"{field}.positions", narrow(rows.positions))
        except BaseException:
            run.remove()
            raise
        finally:
            os.close(descriptor)
        return run

    def __len__(self) -> int:
        """How many terms it has."""
        return self._terms

    def terms(self, lo: int, hi: int) -> list[bytes]:
        at = self._read("at", lo, hi + 1).tolist()
        start = at[0]
        joined = self._read("blob", start, at[-1]).tobytes()
        return [joined[a - start : b - start] for a, b in pairwise(at)]

    def weights(self, lo: int, hi: int) -> Numbers:
        """How many positions each of the terms `[lo, hi)` has in the field that has most."""
        return self._read("text.size", lo, hi).astype(np.int64)

    def rows(self, field: str, lo: int, hi: int) -> Rows:
        """The postings of the terms `[lo, hi)`, documents numbered as in the segment.

        Each call goes on where the last one of its field ended.
        """
        expected, posting, position = self._next.get(field, (0, 0, 0))
        assert lo == expected
        df = self._read(f"{field}.df", lo, hi).astype(np.int64)
        postings = posting + int(df.sum())
        positions = position + int(self._read(f"{field}.size", lo, hi).sum(dtype=np.int64))
        self._next[field] = hi, postings, positions
        docs = self._read(f"{field}.docs", posting, postings).astype(np.uint32)
        docs += np.uint32(self.first)
        counts = self._read(f"{field}.counts", posting, postings).astype(np.uint32)
        return Rows(df, docs, counts, self._read(f"{field}.positions", position, positions))

    def remove(self) -> None:
        """Remove the file. One that stays is no more than scratch."""
        with suppress(OSError):
            syscalls.unlink(str(self.path))

    def _read(self, name: str, lo: int, hi: int) -> NDArray[Any]:
        section = self._sections[name]
        assert 0 <= lo <= hi <= section.length
        size = section.dtype.itemsize
        with self.path.open("rb", buffering=0) as file:
            file.seek(section.offset + lo * size)
            values = np.fromfile(file, section.dtype, hi - lo)
        if len(values) != hi - lo:
            raise OSError(f"{self.path.name} is shorter than it was written")
        return values


def _dense(places: Numbers, values: Numbers, terms: int) -> NDArray[np.uint32]:
    dense = np.zeros(terms, np.uint32)
    dense[places] = values
    return dense
