"""Segments written a posting at a time, plainly: what the bulk writer is compared with."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.analysis import LEAD, positions
from kashaf_index.codec.container import Written
from kashaf_index.codec.segment import SegmentFile, SegmentWriter

if TYPE_CHECKING:
    from kashaf_index.bulk.entry import Entry

WORDS: Final = ("text", "lead", "title", "author")
_Found = dict[bytes, dict[int, list[int]]]


def write_segment(path: Path, entries: Sequence[Entry]) -> Written:
    """A segment of the entries, in their order."""
    found: dict[str, _Found] = {field: {} for field in WORDS}
    keys: dict[str, _Found] = {"outlet": {}, "language": {}}
    lengths, titles = [], []
    for doc, entry in enumerate(entries):
        text, length = positions(entry.text)
        title, title_length = positions(entry.title)
        lead = {term: near for term, at in text.items() if (near := [one for one in at if one < LEAD])}
        read = (text, lead, title, positions(entry.author)[0])
        for field, places in zip(WORDS, read, strict=True):
            for term, at in places.items():
                found[field].setdefault(term, {})[doc] = at
        for field, key in (("outlet", entry.outlet_key), ("language", entry.language)):
            if key:
                keys[field].setdefault(key.encode(), {})[doc] = [0]
        lengths.append(length)
        titles.append(min(title_length, 0xFFFF))
    out = SegmentWriter(path)
    out.documents = len(entries)
    _write_fields(out, "words", found, positioned=True)
    for field, terms in keys.items():
        _write_fields(out, field, {field: terms}, positioned=False)
    out.numbers("date", np.array([entry.date for entry in entries], np.int32))
    out.numbers("length", np.array(lengths, np.uint32))
    out.numbers("title_length", np.array(titles, np.uint16))
    for column in ("outlet", "language", "member", "stamp", "scope"):
        values = [getattr(entry, column) for entry in entries]
        names = sorted(set(values))
        out.ordinals(column, np.array([names.index(value) for value in values], np.int64), names)
    for column in ("raw_sha256", "text_sha256"):
        digests = b"".join(bytes.fromhex(getattr(entry, column)) or bytes(32) for entry in entries)
        out.raw(column, np.frombuffer(digests, np.uint8).reshape(-1, 32))
    out.ids([entry.id for entry in entries])
    for entry in entries:
        out.stored.append(entry.stored)
    return out.finish()


def read_fields(segment: SegmentFile) -> dict[str, dict[bytes, dict[int, list[int]]]]:
    """Every posting of a segment: field -> term -> document -> positions (for a field of keys: none)."""
    fields: dict[str, dict[bytes, dict[int, list[int]]]] = {}
    for field in segment.fields:
        postings = segment.postings(field)
        assert postings is not None
        dictionary = segment.dictionary_of(field)
        chunk = postings.chunk(0, len(dictionary))
        terms: dict[bytes, dict[int, list[int]]] = {}
        at = place = 0
        for number, df in zip(chunk.terms.tolist(), chunk.df.tolist(), strict=True):
            docs: dict[int, list[int]] = {}
            for doc in chunk.docs[at : at + df].tolist():
                count = int(chunk.counts[at]) if chunk.counts is not None else 0
                where: list[int] = []
                if chunk.positions is not None:
                    where = chunk.positions[place : place + count].tolist()
                    place += count
                docs[doc] = where
                at += 1
            terms[dictionary.term(number)] = docs
        fields[field] = terms
    return fields


def _write_fields(out: SegmentWriter, name: str, fields: Mapping[str, _Found], *, positioned: bool) -> None:
    terms = sorted({term for found in fields.values() for term in found})
    dictionary = out.dictionary(name, folds=positioned)
    dictionary.append(terms)
    for field, found in fields.items():
        writer = out.postings(field, name, counts=positioned, positions=positioned)
        if not found:
            continue
        here = sorted(found)
        docs: list[int] = []
        counts: list[int] = []
        where: list[int] = []
        for term in here:
            for doc, at in sorted(found[term].items()):
                docs.append(doc)
                counts.append(len(at))
                where += at
        writer.append(
            _u32([bisect_left(terms, term) for term in here]),
            _u32([len(found[term]) for term in here]),
            _u32(docs),
            _u32(counts) if positioned else None,
            _u32(where) if positioned else None,
        )


def _u32(values: list[int]) -> NDArray[np.uint32]:
    return np.array(values, np.uint32)
