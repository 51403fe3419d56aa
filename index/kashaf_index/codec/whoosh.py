"""Whoosh's extension point, the codec, over segments of arrays: Whoosh's searcher and its queries read our files.

Kept to what Whoosh 2.7.4, whoosh-reloaded 2.7.5 and whoosh3 have in common. Nothing is pickled or unpickled: a
segment is one container, its schema is code, and what names segments is JSON.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final, Self

import numpy as np
from numpy.typing import NDArray
from whoosh.codec import base
from whoosh.reading import TermNotFound

from kashaf_index.codec.matcher import ArrayMatcher, TermPostings
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.codec.whoosh_documents import ArrayPerDocumentReader, length_column

EXTENSION: Final = ".seg"
_WINDOW: Final = 1024  # terms looked at in one go


class ArrayCodec(base.Codec):  # type: ignore[misc]  # Whoosh has no types
    """Reads segments of ours, and writes what a writer of Whoosh's gives it."""

    # Whoosh would have lengths read back while it writes postings; they are columns of the segment.
    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> ArraySegment:
        del storage
        return ArraySegment(indexname)

    def per_document_writer(self, storage: Any, segment: ArraySegment) -> Any:
        from kashaf_index.codec.whoosh_writing import ArrayPerDocumentWriter  # noqa: PLC0415 -- rarely written so

        return ArrayPerDocumentWriter(segment.writing(storage))

    def field_writer(self, storage: Any, segment: ArraySegment) -> Any:
        from kashaf_index.codec.whoosh_writing import ArrayFieldWriter  # noqa: PLC0415

        return ArrayFieldWriter(segment.writing(storage))

    def terms_reader(self, storage: Any, segment: ArraySegment) -> ArrayTermsReader:
        return ArrayTermsReader(*segment.opened(storage))

    def per_document_reader(self, storage: Any, segment: ArraySegment) -> ArrayPerDocumentReader:
        file, opened = segment.opened(storage)
        return ArrayPerDocumentReader(segment, file, opened or segment.owned)


class ArraySegment(base.Segment):  # type: ignore[misc]  # Whoosh has no types
    """One segment and which of its documents are deleted.

    deleted: a mask over its documents. file: when it is open already. owned: close that one with its reader.
    """

    def __init__(
        self,
        indexname: str,
        segid: str | None = None,
        documents: int = 0,
        deleted: NDArray[np.bool_] | None = None,
        file: SegmentFile | None = None,
        *,
        owned: bool = False,
    ) -> None:
        super().__init__(indexname)
        if segid is not None:
            self.segid = segid
        self._documents = documents
        self._deleted = deleted
        self._file = file
        self.owned = owned
        self._writer: Any = None

    def to_json(self) -> dict[str, Any]:
        return {"segid": self.segid, "documents": self._documents, "deleted": list(self.deleted_docs())}

    @classmethod
    def from_json(cls, indexname: str, value: Mapping[str, Any]) -> Self:
        deleted = np.zeros(int(value["documents"]), np.bool_)
        deleted[value["deleted"]] = True
        return cls(indexname, str(value["segid"]), len(deleted), deleted)

    def path(self, storage: Any) -> Path:
        return Path(str(storage.folder), str(self.make_filename(EXTENSION)))

    def opened(self, storage: Any) -> tuple[SegmentFile, bool]:
        """The segment's file, and whether it was opened for who asks. Raises IndexDamaged."""
        if self._file is not None:
            return self._file, False
        return SegmentFile.open(self.path(storage)), True

    def writing(self, storage: Any) -> Any:
        """The one writer of the segment's file."""
        from kashaf_index.codec.segment import SegmentWriter  # noqa: PLC0415

        if self._writer is None:
            self._writer = SegmentWriter(self.path(storage))
        return self._writer

    def codec(self) -> ArrayCodec:
        return ArrayCodec()

    def should_assemble(self) -> bool:
        # A segment is one file as it is.
        return False

    def set_doc_count(self, doccount: int) -> None:
        self._documents = doccount

    def doc_count_all(self) -> int:
        return self._documents

    def deleted_count(self) -> int:
        return 0 if self._deleted is None else int(self._deleted.sum())

    def deleted_docs(self) -> Iterator[int]:
        return iter(() if self._deleted is None else np.flatnonzero(self._deleted).tolist())

    def is_deleted(self, docnum: int) -> bool:
        # Whoosh's matcher of NOT asks for one document more than there are.
        return self._deleted is not None and bool(self._deleted[docnum : docnum + 1].any())

    def delete_document(self, docnum: int, delete: bool = True) -> None:
        if self._deleted is None:
            self._deleted = np.zeros(self._documents, np.bool_)
        self._deleted[docnum] = delete


class FieldTerms:
    """The terms of one field in one segment: those of its dictionary that some document has in it."""

    def __init__(self, file: SegmentFile, field: str) -> None:
        postings = file.postings(field)
        if postings is None:
            raise TermNotFound(f"no field {field!r}")
        self.postings = postings
        self.dictionary = file.dictionary_of(field)
        lengths = length_column(field)
        self.lengths = file.numbers(lengths) if lengths in file.columns else None

    def find(self, term: bytes) -> int:
        """The term's number, -1 when no document has it."""
        number = self.dictionary.find(term)
        return number if number >= 0 and self.postings.frequency(number, number + 1) else -1

    def from_term(self, term: bytes) -> Iterator[tuple[int, bytes]]:
        """Numbers and terms in order, from the first that is not less."""
        start, end = self.dictionary.lower(term), len(self.dictionary)
        size = 1
        while start < end:
            stop = min(start + size, end)
            there = np.flatnonzero(self.postings.sizes(start, stop)).tolist()
            terms = self.dictionary.terms(start, stop) if there else []
            yield from ((start + at, terms[at]) for at in there)
            start, size = stop, min(2 * size, _WINDOW)

    def postings_of(self, number: int) -> TermPostings:
        return TermPostings(self.postings, number, self.lengths)


class ArrayCursor(base.FieldCursor):  # type: ignore[misc]  # Whoosh has no types
    """Walks over the terms of a field; texts are what the field reads in them."""

    def __init__(self, terms: FieldTerms, field: Any) -> None:
        self._terms = terms
        self._field = field
        self._at: tuple[int, bytes] | None = None
        self.first()

    def first(self) -> Any:
        return self.find(b"")

    def find(self, term: Any) -> Any:
        """Go to the first term that is not less."""
        found = term if isinstance(term, bytes) else self._field.to_bytes(term)
        self._walk = self._terms.from_term(found)
        return self.next()

    def next(self) -> Any:
        self._at = next(self._walk, None)
        return self.text()

    def text(self) -> Any:
        return None if self._at is None else self._field.from_bytes(self._at[1])

    def term_info(self) -> Any:
        if self._at is None:
            return None
        return self._terms.postings_of(self._at[0]).info()

    def is_valid(self) -> bool:
        return self._at is not None


class ArrayTermsReader(base.TermsReader):  # type: ignore[misc]  # Whoosh has no types
    """Terms and postings of a segment. Raises TermNotFound for a term that is not there, and IndexDamaged."""

    def __init__(self, file: SegmentFile, owned: bool) -> None:
        self._file = file
        self._owned = owned
        self._names = sorted(file.fields)
        self._fields: dict[str, FieldTerms] = {}

    def __contains__(self, term: tuple[str, bytes]) -> bool:
        field, text = term
        return field in self._names and self._of(field).find(text) >= 0

    def indexed_field_names(self) -> list[str]:
        return self._names

    def cursor(self, fieldname: str, fieldobj: Any) -> Any:
        return ArrayCursor(self._of(fieldname), fieldobj) if fieldname in self._names else base.EmptyCursor()

    def terms(self) -> Iterator[tuple[str, bytes]]:
        return self.terms_from("", b"")

    def terms_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[str, bytes]]:
        return ((name, term) for name, _, term in self._walk(fieldname, prefix))

    def items(self) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return self.items_from("", b"")

    def items_from(self, fieldname: str, prefix: bytes) -> Iterator[tuple[tuple[str, bytes], Any]]:
        return (
            ((name, term), self._of(name).postings_of(number).info())
            for name, number, term in self._walk(fieldname, prefix)
        )

    def term_info(self, fieldname: str, text: bytes) -> Any:
        return self._postings(fieldname, text).info()

    def frequency(self, fieldname: str, text: bytes) -> float:
        return float(sum(self._postings(fieldname, text).counts)) if (fieldname, text) in self else 0.0

    def doc_frequency(self, fieldname: str, text: bytes) -> int:
        if (fieldname, text) not in self:
            return 0
        of = self._of(fieldname)
        number = of.find(text)
        return of.postings.frequency(number, number + 1)

    def matcher(self, fieldname: str, text: bytes, format_: Any, scorer: Any = None) -> ArrayMatcher:
        return ArrayMatcher(self._postings(fieldname, text), format_, scorer, (fieldname, text))

    def close(self) -> None:
        if self._owned:
            self._file.close()

    def _of(self, field: str) -> FieldTerms:
        if field not in self._fields:
            self._fields[field] = FieldTerms(self._file, field)
        return self._fields[field]

    def _postings(self, field: str, term: bytes) -> TermPostings:
        number = self._of(field).find(term) if field in self._names else -1
        if number < 0:
            raise TermNotFound(f"no term {field}:{term!r}")
        return self._of(field).postings_of(number)

    def _walk(self, first: str, prefix: bytes) -> Iterator[tuple[str, int, bytes]]:
        for name in self._names:
            if name >= first:
                found = self._of(name).from_term(prefix if name == first else b"")
                yield from ((name, number, term) for number, term in found)
