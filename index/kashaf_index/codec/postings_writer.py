"""Writes the postings of a field; `postings` says what stands where."""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec import slabs
from kashaf_index.codec.container import ContainerWriter
from kashaf_index.codec.dictionary import DictionaryWriter
from kashaf_index.codec.slabs import COUNT_ESCAPE, POSITION_ESCAPE, FieldShape, Numbers

_U32: Final = 1 << 32


class PostingsWriter:
    """Takes the postings of a field in the order of its terms, a chunk of terms at a time.

    `documents` is how many the segment has. A slab holds fewer than 2**32 postings, and with `wide` any number of
    positions, else fewer than 2**32 too.
    """

    def __init__(
        self,
        out: ContainerWriter,
        field: str,
        dictionary: DictionaryWriter,
        documents: int,
        *,
        slab: int | None = None,
        counts: bool = True,
        positions: bool = False,
        wide: bool = False,
    ) -> None:
        if positions and not counts:
            raise ValueError("positions need counts")
        slab = slab or slabs.SLAB
        self._out = out
        self._field = field
        self._dictionary = dictionary
        self._documents = documents
        self._counts = counts
        self._positions = positions
        self._terms: list[NDArray[np.uint32]] = []
        self._last = -1
        self._slabs = [
            _SlabWriter(out, f"{field}.{number}", counts=counts, positions=positions, wide=wide)
            for number in range(-(-documents // slab))
        ]
        self._slab = slab
        self._shape: FieldShape | None = None

    def append(
        self,
        terms: NDArray[Any],
        df: NDArray[Any],
        docs: NDArray[Any],
        counts: NDArray[Any] | None = None,
        positions: NDArray[Any] | None = None,
    ) -> None:
        """Append terms and their postings.

        terms: the dictionary's numbers, ascending, over calls too. df: how many postings each has, at least one.
        docs: of these postings, by term, ascending inside one. counts: along with docs, at least 1.
        positions: of each posting as many as it counts, ascending. Raises ValueError when it is otherwise.
        """
        if not len(terms):
            return
        self._check(terms, df, docs, counts, positions)
        self._last = int(terms[-1])
        self._terms.append(terms.astype(np.uint32))
        sizes = df.astype(np.int64)
        if len(self._slabs) == 1:
            self._slabs[0].append(sizes, docs.astype(np.uint16), counts, positions)
            return
        which = docs // self._slab
        inside = (docs - which * self._slab).astype(np.uint16)
        starts = np.cumsum(sizes) - sizes
        for number, slab in enumerate(self._slabs):
            held = which == number
            if held.all():
                slab.append(sizes, inside, counts, positions)
                continue
            of_slab = np.add.reduceat(held, starts, dtype=np.int64)
            slab.append(
                of_slab,
                inside[held],
                counts[held] if counts is not None else None,
                positions[np.repeat(held, counts)] if positions is not None and counts is not None else None,
            )

    def _check(
        self,
        terms: NDArray[Any],
        df: NDArray[Any],
        docs: NDArray[Any],
        counts: NDArray[Any] | None,
        positions: NDArray[Any] | None,
    ) -> None:
        if (counts is None) == self._counts or (positions is None) == self._positions:
            raise ValueError("counts or positions are missing, or not of this field")
        if len(df) != len(terms) or int(df.min()) < 1 or int(df.sum(dtype=np.int64)) != len(docs):
            raise ValueError("the sizes of the terms' postings are not those of the postings")
        if int(terms[0]) <= self._last or bool((terms[1:] <= terms[:-1]).any()):
            raise ValueError("terms must ascend")
        if int(terms[-1]) >= _U32 or int(docs.max()) >= self._documents or int(docs.min()) < 0:
            raise ValueError("a number of a term or a document is too large")
        rising = docs[1:] > docs[:-1]
        rising[np.cumsum(df[:-1], dtype=np.int64) - 1] = True
        if not rising.all():
            raise ValueError("documents must ascend inside a term")
        if counts is not None and (len(counts) != len(docs) or int(counts.min()) < 1):
            raise ValueError("a posting counts at least one")
        if counts is not None and positions is not None:
            if int(counts.sum(dtype=np.int64)) != len(positions):
                raise ValueError("there are not as many positions as counted")
            if int(positions.max()) >= _U32:
                raise ValueError("a position is too large")

    def finish(self) -> FieldShape:
        """Write what is left; what the field holds. May be called again to no effect."""
        if self._shape is None:
            rows = sum(map(len, self._terms))
            # Ascending, below its length and as many: they are all.
            every = rows == len(self._dictionary)
            if self._last >= len(self._dictionary):
                raise ValueError("a term is not of the dictionary")
            if not every:
                self._out.append(f"{self._field}.terms", np.empty(0, np.uint32))
                for terms in self._terms:
                    self._out.append(f"{self._field}.terms", terms)
            self._terms.clear()
            for slab in self._slabs:
                slab.finish()
            self._shape = FieldShape(
                counts=self._counts,
                positions=self._positions,
                rows=rows,
                every=every,
                postings=sum(slab.postings for slab in self._slabs),
                occurrences=sum(slab.occurrences for slab in self._slabs),
            )
        return self._shape


class _SlabWriter:
    def __init__(self, out: ContainerWriter, name: str, *, counts: bool, positions: bool, wide: bool) -> None:
        self._out = out
        self._name = name
        self._wide = wide
        self._place = np.uint64 if wide else np.uint32
        self._has_positions = positions
        self.postings = 0
        self.occurrences = 0
        none = np.empty(0, np.uint16)
        out.append(f"{name}.docs", none)
        if counts:
            out.append(f"{name}.counts", none.astype(np.uint8))
        if positions:
            out.append(f"{name}.positions", none)

    def append(
        self,
        sizes: Numbers,
        docs: NDArray[np.uint16],
        counts: NDArray[Any] | None,
        positions: NDArray[Any] | None,
    ) -> None:
        """`sizes` are of this slab, and may be 0."""
        ends = np.cumsum(sizes)
        starts = ends - sizes
        self._out.append(f"{self._name}.start", (starts + self.postings).astype(np.uint32))
        if positions is not None and counts is not None:
            before = np.zeros(len(counts) + 1, np.int64)
            np.cumsum(counts, out=before[1:])
            self._out.append(f"{self._name}.places", (before[starts] + self.occurrences).astype(self._place))
        if not len(docs):
            return
        self._out.append(f"{self._name}.docs", docs)
        if counts is not None:
            self._escaped("counts", counts, COUNT_ESCAPE, np.uint8, self.postings)
        if positions is not None:
            self._escaped("positions", positions, POSITION_ESCAPE, np.uint16, self.occurrences)
            self.occurrences += len(positions)
        self.postings += len(docs)
        if self.postings >= _U32 or (self.occurrences >= _U32 and not self._wide):
            raise ValueError("too many postings or positions for one slab")

    def _escaped(
        self, name: str, values: NDArray[Any], limit: int, dtype: type[np.unsignedinteger[Any]], first: int
    ) -> None:
        name = f"{self._name}.{name}"
        if int(values.max()) < limit:
            self._out.append(name, values.astype(dtype))
            return
        self._out.append(name, np.minimum(values, limit).astype(dtype))
        where = np.flatnonzero(values >= limit)
        self._out.append(f"{name}.at", (where + first).astype(self._place))
        self._out.append(f"{name}.more", values[where].astype(np.uint32))

    def finish(self) -> None:
        self._out.append(f"{self._name}.start", np.array([self.postings], np.uint32))
        if self._has_positions:
            self._out.append(f"{self._name}.places", np.array([self.occurrences], self._place))
