"""Segments of a few words, for the tests of what reads a segment's folds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from kashaf_index.analysis import positions
from kashaf_index.codec.segment import SegmentFile, SegmentWriter

Texts = Sequence[Mapping[str, str]]
"""Documents: field to text."""


def terms_of(text: str) -> list[bytes]:
    return sorted(positions(text)[0])


def make_segment(path: Path, documents: Texts, fields: Sequence[str] = ("text", "title")) -> SegmentFile:
    """A segment with the terms of the documents' fields; the caller closes its container."""
    held = {field: [terms_of(document.get(field, "")) for document in documents] for field in fields}
    words = sorted({term for rows in held.values() for row in rows for term in row})
    numbers = {term: number for number, term in enumerate(words)}
    writer = SegmentWriter(path)
    writer.documents = len(documents)
    writer.dictionary("words", folds=True).append(words)
    for field, rows in held.items():
        by_term: dict[int, list[int]] = {}
        for doc, row in enumerate(rows):
            for term in row:
                by_term.setdefault(numbers[term], []).append(doc)
        postings = writer.postings(field, "words")
        terms = sorted(by_term)
        if terms:
            docs = [doc for term in terms for doc in by_term[term]]
            postings.append(
                np.array(terms, np.uint32),
                np.array([len(by_term[term]) for term in terms], np.uint32),
                np.array(docs, np.uint32),
                np.ones(len(docs), np.uint32),
            )
    writer.finish()
    return SegmentFile.open(path)


def frequencies(segments: Sequence[Texts], field: str) -> dict[bytes, int]:
    """Each term of the field with the number of documents it is in."""
    return dict(
        Counter(
            term
            for documents in segments
            for document in documents
            for term in terms_of(document.get(field, ""))
        )
    )
