"""Small segments out of plain values, written term by term, for the tests of searching by arrays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np

from kashaf_index.analysis import LEAD, outlet_key, positions
from kashaf_index.codec.postings_writer import PostingsWriter
from kashaf_index.codec.segment import SegmentFile, SegmentWriter
from kashaf_index.reading import IndexReader

WORDS = ("text", "lead", "title", "author")


@dataclass(frozen=True, slots=True)
class Paper:
    """What the index knows of an article. date: as yyyymmdd, 0 for none."""

    id: str
    text: str
    title: str = ""
    author: str = ""
    outlet: str = ""
    language: str = ""
    date: int = 0

    def places(self, field: str) -> dict[bytes, list[int]]:
        """Each term's positions in one of `WORDS`."""
        match field:
            case "lead":
                found = positions(self.text)[0]
                return {term: near for term, at in found.items() if (near := [n for n in at if n < LEAD])}
            case "text":
                return positions(self.text)[0]
            case "title":
                return positions(self.title)[0]
            case _:
                return positions(self.author)[0]


def write_segment(path: Path, papers: Sequence[Paper], slab: int = 1 << 16) -> Path:
    """A segment of the papers, in their order."""
    writer = SegmentWriter(path)
    writer._slab = slab
    writer.documents = len(papers)
    found = {field: [paper.places(field) for paper in papers] for field in WORDS}
    words = writer.dictionary("words", folds=True)
    terms = sorted({term for by_doc in found.values() for places in by_doc for term in places})
    words.append(terms)
    for field, by_doc in found.items():
        _write(writer.postings(field, "words", positions=True), terms, by_doc)
    for field, keys in (
        ("outlet", [outlet_key(paper.outlet).encode() for paper in papers]),
        ("language", [paper.language.lower().encode() for paper in papers]),
    ):
        dictionary = writer.dictionary(field)
        known = sorted({key for key in keys if key})
        dictionary.append(known)
        postings = writer.postings(field, field, counts=False)
        for number, term in enumerate(known):
            docs = np.array([doc for doc, key in enumerate(keys) if key == term], np.uint32)
            postings.append(np.array([number], np.uint32), np.array([len(docs)], np.uint32), docs)
    writer.numbers("date", np.array([paper.date for paper in papers], np.int32))
    writer.numbers("length", np.array([positions(paper.text)[1] for paper in papers], np.uint32))
    writer.numbers("title_length", np.array([positions(paper.title)[1] for paper in papers], np.uint16))
    for column, values in (
        ("outlet", [paper.outlet for paper in papers]),
        ("language", [paper.language for paper in papers]),
        *((column, [""] * len(papers)) for column in ("member", "stamp", "scope")),
    ):
        names = sorted(set(values)) or [""]
        writer.ordinals(column, np.array([names.index(value) for value in values], np.int64), names)
    digests = [sha256(paper.text.encode()).digest() for paper in papers]
    for column in ("raw_sha256", "text_sha256"):
        writer.raw(column, np.frombuffer(b"".join(digests), np.uint8).reshape(-1, 32))
    writer.ids([paper.id for paper in papers])
    writer.finish()
    return path


def _write(writer: PostingsWriter, terms: Sequence[bytes], by_doc: Sequence[dict[bytes, list[int]]]) -> None:
    for number, term in enumerate(terms):
        held = [(doc, places[term]) for doc, places in enumerate(by_doc) if term in places]
        if held:
            writer.append(
                np.array([number], np.uint32),
                np.array([len(held)], np.uint32),
                np.array([doc for doc, _ in held], np.uint32),
                np.array([len(at) for _, at in held], np.uint32),
                np.array([n for _, at in held for n in at], np.uint32),
            )


def open_segments(
    folder: Path, parts: Sequence[Sequence[Paper]], deleted: Iterable[str] = (), slab: int = 1 << 16
) -> IndexReader:
    """A reader of one segment for each of `parts`, without the documents of these ids."""
    gone = frozenset(deleted)
    segments = []
    for number, papers in enumerate(parts):
        file = SegmentFile.open(write_segment(folder / f"{number}.seg", papers, slab))
        mask = np.array([paper.id in gone for paper in papers], np.bool_)
        segments.append((file, mask if mask.any() else None))
    return IndexReader(folder, segments)
