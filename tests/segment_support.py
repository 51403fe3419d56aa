"""Segments written from plain dicts, and what is read out of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.segment import SegmentFile, SegmentWriter

#: term -> document -> positions
Model = Mapping[bytes, Mapping[int, Sequence[int]]]
Arrays = tuple[NDArray[Any], NDArray[Any], NDArray[Any], NDArray[Any] | None, NDArray[Any] | None]


def arrays_of(
    terms: Mapping[bytes, int], model: Model, *, counts: bool = True, positions: bool = True
) -> Arrays:
    """What `PostingsWriter.append` takes for these terms of a dictionary."""
    held = sorted(term for term in model if model[term])
    numbers = np.array([terms[term] for term in held], np.int64)
    df = np.array([len(model[term]) for term in held], np.int64)
    pairs = [(document, model[term][document]) for term in held for document in sorted(model[term])]
    docs = np.array([document for document, _ in pairs], np.uint32)
    counted = np.array([len(places) for _, places in pairs], np.uint32) if counts else None
    placed = np.array([place for _, places in pairs for place in places], np.uint32) if positions else None
    return numbers, df, docs, counted, placed


def write_segment(
    path: Path,
    model: Model,
    documents: int,
    *,
    chunk: int = 1 << 20,
    others: Sequence[bytes] = (),
    counts: bool = True,
    positions: bool = True,
    wide: bool = False,
) -> SegmentFile:
    """A segment of one field `text` over `words`, whose dictionary has `others` too; `chunk` terms at a time."""
    writer = SegmentWriter(path)
    writer.documents = documents
    terms = sorted(set(model) | set(others))
    words = writer.dictionary("words")
    field = writer.postings("text", "words", counts=counts, positions=positions, wide=wide)
    for start in range(0, len(terms), chunk):
        piece = terms[start : start + chunk]
        first = words.append(piece)
        numbers = {term: first + place for place, term in enumerate(piece)}
        field.append(
            *arrays_of(
                numbers,
                {term: model[term] for term in piece if term in model},
                counts=counts,
                positions=positions,
            )
        )
    writer.finish()
    return SegmentFile.open(path)


def ranges(*pairs: tuple[int, int]) -> NDArray[np.int64]:
    return np.array(pairs, np.int64).reshape(-1, 2)


def read(segment: SegmentFile, wanted: NDArray[np.int64], field: str = "text") -> list[tuple[int, int]]:
    """Documents and counts, sorted."""
    postings = segment.postings(field)
    assert postings is not None
    docs, counts = postings.read(wanted)
    return sorted(zip(docs.tolist(), counts.tolist(), strict=True))


def places(
    segment: SegmentFile, wanted: NDArray[np.int64], within: NDArray[np.bool_] | None = None
) -> list[tuple[int, int]]:
    """Documents and positions, sorted."""
    postings = segment.postings("text")
    assert postings is not None
    docs, positions = postings.places(wanted, within)
    return sorted(zip(docs.tolist(), positions.tolist(), strict=True))
