"""Entries to a segment: tokens of many texts at once, runs on disk when the buffer is full, merged at the end."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf.storage import atomic
from kashaf_index.bulk import memo
from kashaf_index.bulk.columns import Columns, Names, write_keys
from kashaf_index.bulk.entry import KEYS, READ, WORDS, Entry
from kashaf_index.bulk.inversion import Numbers, Rows, heads_of, invert
from kashaf_index.bulk.runs import MOST_DOCUMENTS, Run
from kashaf_index.bulk.tokens import find_words
from kashaf_index.bulk.union import OnProgress, merge_terms
from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.codec.segment import SegmentWriter
from kashaf_index.codec.writing import Written

__all__ = ["Entry", "SegmentBuilder"]

#: Characters read at once: the arrays of so many stay in the processor's cache.
BATCH: Final = 1 << 17
_BATCH_DOCUMENTS: Final = 1 << 10
#: A larger text is read in pieces.
PIECE: Final = 1 << 20
#: Memory that a token takes until it is in a run, at most, in bytes.
_PER_TOKEN: Final = 128
_WIDE: Final = 1 << 32

# Where a text may be cut: no word holds any of these.
_BREAK: Final = re.compile(r"[\s!-/:-@\[-^`{-~،؛؟]")


class _Read(NamedTuple):
    """Terms of pieces of texts: each piece's document, how many terms it has, and the position of its first."""

    terms: NDArray[np.int32]
    documents: Numbers
    counts: Numbers
    firsts: Numbers


class _Field:
    """The texts of a field that wait to be read, and what was read since the last run."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.documents: list[int] = []
        self.read: list[_Read] = []
        self._last = (-1, 0)

    def take(self, terms: NDArray[np.int32], counts: Numbers) -> tuple[Numbers, Numbers]:
        """Keep the terms of the texts that waited; returns documents, and terms of each."""
        documents = np.array(self.documents, np.int64)
        self.texts, self.documents = [], []
        if len(documents):
            sums = offsets(counts)
            heads = heads_of(documents)
            runs = np.diff(heads, append=len(documents))
            firsts = sums[:-1] - np.repeat(sums[heads], runs)
            if documents[0] == self._last[0]:
                firsts[: runs[0]] += self._last[1]
            self._last = int(documents[-1]), int(firsts[-1] + counts[-1])
            self.read.append(_Read(terms, documents, counts, firsts))
        return documents, counts

    def invert(self, ranks: NDArray[np.uint32], first: int) -> tuple[Numbers, Rows]:
        """The postings of what was read, by rank; documents counted from `first`."""
        if not any(len(one.terms) for one in self.read):
            self.read.clear()
            return np.empty(0, np.int64), _NONE
        counts = np.concatenate([one.counts for one in self.read])
        documents = np.concatenate([one.documents for one in self.read]) - first
        firsts = np.concatenate([one.firsts for one in self.read])
        of_token = ranks[np.concatenate([one.terms for one in self.read])]
        self.read.clear()
        positions = spread(firsts, counts).astype(np.uint32)
        return invert(of_token, np.repeat(documents.astype(np.uint16), counts), positions)


_NONE: Final = Rows(
    np.empty(0, np.int64), np.empty(0, np.uint16), np.empty(0, np.uint32), np.empty(0, np.uint32)
)


class SegmentBuilder:
    """Builds the segment `path` of entries. Not for several threads.

    scratch: a folder for runs, on a disk with room for about half the texts' size. memory: bytes that the buffer
    takes at most. Raises DiskTrouble; it is of no use then, and `abandon` leaves nothing.
    """

    def __init__(self, path: Path, scratch: Path, memory: int) -> None:
        self._out = SegmentWriter(path)
        self._name = path.name
        self._scratch = scratch
        self._most = max(memory // _PER_TOKEN, 1)
        self._columns = Columns()
        self._keys = {field: Names() for field in KEYS}
        self._fields = {field: _Field() for field in READ}
        self._waiting = 0  # characters
        self._tokens = 0
        self._vocabulary = memo.shared()
        # Documents of what is in no run yet.
        self._first: int | None = None
        self._last = 0
        self._runs: list[Run] = []

    @property
    def size(self) -> int:
        """How many entries were added."""
        return len(self._columns)

    def add(self, entry: Entry) -> None:
        """Add an entry; it becomes the document number `size`. Raises ValueError for a hash that is none."""
        document = len(self._columns)
        self._columns.append(entry)
        self._keys["outlet"].append(entry.outlet_key)
        self._keys["language"].append(entry.language)
        with atomic.disk_trouble(self._scratch, "write the index"):
            self._out.stored.append(entry.stored)
            if self._first is not None and document - self._first >= MOST_DOCUMENTS:
                self._read()
                self._flush()
            for field, text in (("text", entry.text), ("title", entry.title), ("author", entry.author)):
                if not text:
                    continue
                for piece in _pieces(text):
                    self._first = document if self._first is None else self._first
                    self._last = document
                    waiting = self._fields[field]
                    waiting.texts.append(piece)
                    waiting.documents.append(document)
                    self._waiting += len(piece) + 1
                    if self._waiting >= BATCH or len(waiting.texts) >= _BATCH_DOCUMENTS:
                        self._read()

    def finish(self, progress: OnProgress | None = None) -> Written:
        """Write the segment, durably. progress: told what is done, of how much in all."""
        try:
            with atomic.disk_trouble(self._scratch, "write the index"):
                self._read()
                self._flush()
                out = self._out
                out.documents = len(self._columns)
                wide = self._columns.tokens >= _WIDE
                dictionary = out.dictionary("words", folds=True)
                writers = {field: out.postings(field, "words", positions=True, wide=wide) for field in WORDS}
                cut = any(one.last == two.first for one, two in zip(self._runs, self._runs[1:], strict=False))
                merge_terms(self._runs, dictionary, writers, cut=cut, progress=progress)
                for field, keys in self._keys.items():
                    write_keys(out, field, keys)
                self._columns.write(out)
                return out.finish()
        except BaseException:
            self.abandon()
            raise
        finally:
            self._remove_runs()

    def abandon(self) -> None:
        """Leave nothing."""
        self._out.abandon()
        self._remove_runs()

    def _remove_runs(self) -> None:
        while self._runs:
            self._runs.pop().remove()

    def _read(self) -> None:
        """Read the texts that wait; make a run of all that was read when there is much."""
        texts = [text for field in self._fields.values() for text in field.texts]
        if not texts:
            return
        terms, counts = self._vocabulary.read(find_words(texts))
        self._waiting = 0
        text = term = 0
        for name, field in self._fields.items():
            of_field = counts[text : text + len(field.texts)]
            text += len(of_field)
            size = int(of_field.sum())
            documents, of_field = field.take(terms[term : term + size], of_field)
            term += size
            self._columns.lengthen(name, documents, of_field)
        self._tokens += len(terms)
        if self._tokens >= self._most or len(self._vocabulary) >= memo.LIMIT:
            self._flush()

    def _flush(self) -> None:
        """Make a run of what was read; nothing waits to be."""
        first = self._first
        if first is None:
            return
        order = self._vocabulary.order()
        ranks = np.empty(len(order), np.uint32)
        ranks[order] = np.arange(len(order), dtype=np.uint32)
        inverted = {name: field.invert(ranks, first) for name, field in self._fields.items()}
        occurring = np.unique(np.concatenate([found for found, _ in inverted.values()]))
        known = self._vocabulary.terms
        terms = [known[number] for number in order[occurring].tolist()]
        fields = {name: (np.searchsorted(occurring, found), rows) for name, (found, rows) in inverted.items()}
        path = self._scratch / f"{self._name}.{secrets.token_hex(4)}.run"
        self._runs.append(Run.write(path, (first, self._last), terms, fields))
        self._first = None
        self._tokens = 0
        self._vocabulary = memo.shared()


def _pieces(text: str) -> Iterator[str]:
    """The text, cut where no word is when it is long."""
    start = 0
    while len(text) - start > PIECE:
        cut = _BREAK.search(text, start + PIECE)
        if cut is None:
            break
        yield text[start : cut.start()]
        start = cut.start()
    yield text[start:] if start else text
