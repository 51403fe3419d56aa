"""Reading a generation: postings in bulk, columns, stored articles. The only place that touches Whoosh's readers.

Whoosh's matchers step through postings one call at a time. Sets of whole posting lists are several times faster in
Python, so this reads the blocks of a list at once and leaves boolean logic and scoring to `evaluate`.
"""

from __future__ import annotations

import struct
from array import array
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

from whoosh.codec.whoosh3 import W3TermInfo

from kashaf.corpus.article import Article
from kashaf_index.opening import damage_reported, open_files
from kashaf_index.schema import FACTS
from kashaf_index.stored import load_article

if TYPE_CHECKING:
    from types import TracebackType


_LENGTHS: Final = struct.Struct("!ii")  # whoosh.filedb.filetables: key length, value length
_TERM: Final = struct.Struct("!BfI")  # the beginning of a value: flags, weight, number of documents


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article in the index was made of: hashes of its file and of its text, its member in the file, and
    what its lines and metadata were read under (see `Article.stamp` and `Provenance.scope`)."""

    raw_sha256: str
    text_sha256: str
    member: str
    stamp: str = ""
    scope: str = ""

    @classmethod
    def of(cls, article: Article) -> Revision:
        source = article.provenance
        return cls(source.sha256, article.text_sha256, source.member, article.stamp, source.scope)

    def to_bytes(self) -> bytes:
        said = f"{self.raw_sha256}\0{self.text_sha256}\0{self.member}\0{self.stamp}\0{self.scope}"
        return said.encode("utf-8")

    @classmethod
    def from_bytes(cls, data: bytes) -> Revision:
        """Raises ValueError for bytes that are none."""
        raw, text, member, stamp, scope = data.decode("utf-8").split("\0")
        return cls(raw, text, member, stamp, scope)


@dataclass(frozen=True, slots=True)
class Postings:
    """One term's live articles: ascending document numbers, occurrences in each, packed positions of each."""

    docs: tuple[int, ...]
    counts: tuple[int, ...]
    positions: tuple[bytes, ...]


class IndexReader:
    """A generation's files, opened. Documents are numbered from 0 over all segments; deleted ones have no postings.

    Every method raises IndexDamaged when the files are not what Whoosh wrote.
    """

    def __init__(self, folder: Path, reader: Any) -> None:
        self.folder = folder
        self._reader = reader
        # Whoosh opens an index without segments as one reader that lacks half of a reader's parts.
        self._leaves: list[tuple[Any, int]] = [
            (leaf, int(base)) for leaf, base in reader.leaf_readers() if leaf.doc_count_all()
        ]
        self._terms: dict[str, list[_Terms]] = {}
        self._closed = False
        with damage_reported(folder):
            self.size: int = int(reader.doc_count_all())
            self.deleted: frozenset[int] = frozenset(
                base + number
                for leaf, base in self._leaves
                if leaf.has_deletions()
                for number in leaf._perdoc.deleted_docs()
            )

    @classmethod
    def open(cls, folder: Path) -> Self:
        """Open the Whoosh files in `folder`, whose manifest the caller has checked."""
        with damage_reported(folder):
            return cls(folder, open_files(folder).reader())

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._reader.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Terms and postings

    def terms(self, field: str, prefix: bytes) -> list[bytes]:
        """The field's terms that begin with `prefix`, in order, each once."""
        with damage_reported(self.folder):
            found = [terms.beginning(prefix) for terms in self._tables(field)]
        return sorted(set().union(*found)) if len(found) > 1 else found[0] if found else []

    def all_terms(self, field: str) -> set[bytes]:
        """Every term of the field."""
        with damage_reported(self.folder):
            return set().union(*(terms.keys for terms in self._tables(field)))

    def frequencies(self, field: str) -> dict[bytes, int]:
        """Every term of the field with the documents it is in, deleted ones too."""
        found: dict[bytes, int] = {}
        with damage_reported(self.folder):
            for terms in self._tables(field):
                for term, count in zip(terms.keys, terms.frequencies(), strict=True):
                    found[term] = found.get(term, 0) + count
        return found

    def _tables(self, field: str) -> list[_Terms]:
        known = self._terms.get(field)
        if known is None:
            known = self._terms[field] = [_Terms.read(leaf, base, field) for leaf, base in self._leaves]
        return known

    def postings(self, field: str, term: bytes) -> Postings:
        """The postings of one term; empty when no live article has it."""
        docs: list[int] = []
        counts: list[float] = []
        values: list[bytes] = []
        with damage_reported(self.folder):
            for terms in self._tables(field):
                terms.add_postings(term, docs, counts, values)
            if docs and (docs[-1] >= self.size or docs[0] < 0):
                raise ValueError("a posting points outside of the index")
            if not values:
                values = [b""] * len(docs)
            if not len(docs) == len(counts) == len(values):
                raise ValueError("a posting list is torn")
        if self.deleted:
            live = [at for at, doc in enumerate(docs) if doc not in self.deleted]
            docs, counts, values = (
                [docs[a] for a in live],
                [counts[a] for a in live],
                [values[a] for a in live],
            )
        return Postings(tuple(docs), tuple(map(int, counts)), tuple(values))

    # Values by document

    @cached_property
    def _facts(self) -> tuple[array[int], array[int], array[int]]:
        dates, lengths, titles = array("i"), array("I"), array("H")
        with damage_reported(self.folder):
            for data in self._column("facts"):
                date, length, title = FACTS.unpack(data)
                dates.append(date)
                lengths.append(length)
                titles.append(title)
        return dates, lengths, titles

    @property
    def dates(self) -> array[int]:
        """Publication date of each document as yyyymmdd, 0 for none."""
        return self._facts[0]

    @property
    def lengths(self) -> array[int]:
        """Length of each document in tokens."""
        return self._facts[1]

    @property
    def title_lengths(self) -> array[int]:
        """Length of each document's title in tokens, 0 where it states none."""
        return self._facts[2]

    @cached_property
    def average_length(self) -> float:
        """Of live documents, in tokens; 0 when there are none."""
        return self._average(self.lengths)

    @cached_property
    def average_title_length(self) -> float:
        """Of live documents, in tokens; 0 when there are none."""
        return self._average(self.title_lengths)

    def _average(self, lengths: array[int]) -> float:
        return sum(lengths[doc] for doc in self.live) / len(self.live) if self.live else 0.0

    @cached_property
    def ids(self) -> list[str]:
        """Article id of each document, deleted ones too."""
        return self._strings("id")

    @cached_property
    def outlets(self) -> list[str]:
        """Outlet of each document as the article names it, or empty."""
        return self._strings("name")

    @cached_property
    def languages(self) -> list[str]:
        """Language of each document as a BCP 47 tag, or empty."""
        return self._strings("lang")

    @cached_property
    def live(self) -> frozenset[int]:
        return frozenset(range(self.size)) - self.deleted

    @cached_property
    def numbers(self) -> dict[str, int]:
        """Live article id to document number."""
        return {article_id: doc for doc, article_id in enumerate(self.ids) if doc not in self.deleted}

    def revisions(self) -> dict[str, Revision]:
        """Live article id to what it was made of."""
        with damage_reported(self.folder):
            values = [Revision.from_bytes(data) for data in self._column("revision")]
        return {article_id: values[doc] for article_id, doc in self.numbers.items()}

    def article(self, doc: int) -> Article:
        """The stored article of a live document."""
        with damage_reported(self.folder):
            return load_article(self._reader.stored_fields(doc)["article"])

    def _strings(self, field: str) -> list[str]:
        with damage_reported(self.folder):
            return [data.decode("utf-8") for data in self._column(field)]

    def _column(self, field: str) -> list[bytes]:
        values: list[bytes] = []
        for leaf, base in self._leaves:
            count = leaf.doc_count_all()
            if leaf.has_column(field):
                column = leaf.column_reader(field, leaf.schema[field].column_type, translate=False)
                values += list(column)
            values += [b"" if field != "facts" else bytes(FACTS.size)] * (base + count - len(values))
            if len(values) != base + count:
                raise ValueError(f"the column {field} is torn")
        return values


class _Terms:
    """The terms of one field in one segment, read in one go, and where each one's postings are described.

    Whoosh finds a term by a search in the file with several calls for each step; a word of a query at the widest rung
    stands for hundreds of terms. Reaches into Whoosh, whose version is pinned.
    """

    def __init__(self, leaf: Any, base: int, field: str, entries: list[tuple[bytes, int, int]]) -> None:
        self._leaf = leaf
        self._base = base
        self._format = leaf.schema[field].format if entries else None
        self.keys = [key for key, _, _ in entries]
        """In the order of their bytes."""
        self._starts = array("Q", (start for _, start, _ in entries))
        self._sizes = array("I", (size for _, _, size in entries))

    @classmethod
    def read(cls, leaf: Any, base: int, field: str) -> _Terms:
        number = leaf._terms._fieldmap.get(field)
        if number is None:
            return cls(leaf, base, field, [])
        table = leaf._terms._tindex
        return cls(
            leaf, base, field, list(_entries(table.dbfile, table.startofdata, table.endofdata, number))
        )

    def beginning(self, prefix: bytes) -> list[bytes]:
        keys = self.keys
        start = end = bisect_left(keys, prefix)
        while end < len(keys) and keys[end].startswith(prefix):
            end += 1
        return keys[start:end]

    def frequencies(self) -> Iterator[int]:
        """In how many documents each of `keys` is."""
        table = self._leaf._terms._tindex
        start = table.startofdata
        data = bytes(table.dbfile.get(start, table.endofdata - start))
        for at in self._starts:
            yield _TERM.unpack_from(data, at - start)[2]

    def add_postings(self, term: bytes, docs: list[int], counts: list[float], values: list[bytes]) -> None:
        """Append the term's postings, if it has any here, block by block."""
        at = bisect_left(self.keys, term)
        if at == len(self.keys) or self.keys[at] != term:
            return
        reader = self._leaf._terms
        info = W3TermInfo.from_bytes(bytes(reader._tindex.dbfile.get(self._starts[at], self._sizes[at])))
        if info.is_inlined():
            ids, weights, packed = info.inlined_postings()
            docs += [self._base + number for number in ids]
            counts += weights
            values += packed
            return
        matcher = reader._codec.postings_reader(reader._postfile, info, self._format)
        while matcher.is_active():
            matcher._read_ids()
            matcher._read_weights()
            matcher._read_values()
            ids = matcher._ids
            docs += [self._base + number for number in ids] if self._base else ids
            counts += matcher._weights
            if matcher._values and matcher._values[0] is not None:
                values += matcher._values
            matcher._next_block()


def _entries(file: Any, start: int, end: int, number: int) -> Iterator[tuple[bytes, int, int]]:
    """Keys of one field, without the field's number, and where the value is: entries are two lengths, key, value."""
    data = bytes(file.get(start, end - start))
    wanted = number.to_bytes(2)
    at = 0
    while at < len(data):
        key_length, value_length = _LENGTHS.unpack_from(data, at)
        key = at + _LENGTHS.size
        value = key + key_length
        if data[key : key + 2] == wanted:
            yield data[key + 2 : value], start + value, value_length
        at = value + value_length
