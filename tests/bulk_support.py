"""A segment as plain Python, read out of a file and made by hand."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from kashaf_index.analysis import LEAD, outlet_key, positions
from kashaf_index.bulk.builder import Entry, SegmentBuilder
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.codec.writing import Written

_NO_DIGEST = bytes(32)

#: By field, by term: documents and the positions in each; None in a field that has none.
Postings = dict[str, dict[bytes, dict[int, list[int] | None]]]


@dataclass
class Plain:
    """Everything that a segment says."""

    postings: Postings
    words: list[bytes]
    columns: dict[str, list[object]] = field(default_factory=dict)
    stored: list[bytes] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)


def entry(number: int, text: str, other: Mapping[str, object] | None = None) -> Entry:
    """An entry; `other`: what is to be in its other fields."""
    other = other or {}
    outlet = str(other.get("outlet", ""))
    return Entry(
        id=str(other.get("id", f"مقال-{number:04}")),
        text=text,
        title=str(other.get("title", "")),
        author=str(other.get("author", "")),
        outlet=outlet,
        outlet_key=outlet_key(outlet),
        language=str(other.get("language", "")),
        date=int(str(other.get("date", 0))),
        raw_sha256=hashlib.sha256(f"raw {number}".encode()).hexdigest() if number % 3 else "",
        text_sha256=hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        member=str(other.get("member", "")),
        stamp=str(other.get("stamp", "")),
        scope=str(other.get("scope", "")),
        stored=f'{{"id":{number},"text":"{text}"}}'.encode("utf-8", "surrogatepass"),
    )


def build(path: Path, entries: Sequence[Entry], memory: int = 1 << 20) -> Written:
    builder = SegmentBuilder(path, path.parent, memory)
    try:
        for number, one in enumerate(entries):
            assert builder.size == number
            builder.add(one)
        return builder.finish()
    finally:
        builder.abandon()


def model(entries: Sequence[Entry]) -> Plain:
    """What a segment of the entries must say."""
    plain = Plain({name: {} for name in ("text", "lead", "title", "author", "outlet", "language")}, [])
    for document, one in enumerate(entries):
        texts = {"text": one.text, "title": one.title, "author": one.author}
        found = {name: positions(text) for name, text in texts.items()}
        lead = {term: near for term, at in found["text"][0].items() if (near := [n for n in at if n < LEAD])}
        for name, terms in (*((name, terms) for name, (terms, _) in found.items()), ("lead", lead)):
            for term, at in terms.items():
                plain.postings[name].setdefault(term, {})[document] = list(at)
        for name, key in (("outlet", one.outlet_key), ("language", one.language)):
            if key:
                plain.postings[name].setdefault(key.encode(), {})[document] = None
        row: dict[str, object] = {
            "date": one.date,
            "length": found["text"][1],
            "title_length": min(found["title"][1], 0xFFFF),
            "outlet": one.outlet,
            "language": one.language,
            "member": one.member,
            "stamp": one.stamp,
            "scope": one.scope,
            "raw_sha256": bytes.fromhex(one.raw_sha256) or _NO_DIGEST,
            "text_sha256": bytes.fromhex(one.text_sha256) or _NO_DIGEST,
        }
        for column, value in row.items():
            plain.columns.setdefault(column, []).append(value)
        plain.stored.append(one.stored)
        plain.ids.append(one.id)
    fields = ("text", "lead", "title", "author")
    plain.words = sorted({term for name in fields for term in plain.postings[name]})
    return plain


def read(path: Path) -> Plain:
    """What the segment says."""
    with SegmentFile.open(path) as file:
        plain = Plain({}, file.dictionary("words").terms(0, len(file.dictionary("words"))))
        for name in file.fields:
            plain.postings[name] = _postings(file, name)
        for column, shape in file.columns.items():
            if not file.size:
                continue
            if shape.kind == "ordinal":
                ordinals, names = file.names(column)
                plain.columns[column] = [names[ordinal] for ordinal in ordinals.tolist()]
            elif shape.kind == "bytes":
                plain.columns[column] = [row.tobytes() for row in file.raw_all(column)]
            else:
                plain.columns[column] = file.numbers(column).tolist()
        plain.stored = [file.stored(document) for document in range(file.size)]
        plain.ids = file.ids()
        folds = sorted({term.split(b"\0")[2] for term in plain.words})
        assert file.folds.terms(0, len(file.folds)) == folds
    return plain


def _postings(file: SegmentFile, name: str) -> dict[bytes, dict[int, list[int] | None]]:
    postings = file.postings(name)
    assert postings is not None
    dictionary = file.dictionary_of(name)
    chunk = postings.chunk(0, len(dictionary))
    found: dict[bytes, dict[int, list[int] | None]] = {}
    docs = iter(chunk.docs.tolist())
    counts = iter(chunk.counts.tolist() if chunk.counts is not None else ())
    places = iter(chunk.positions.tolist() if chunk.positions is not None else ())
    for number, df in zip(chunk.terms.tolist(), chunk.df.tolist(), strict=True):
        of_term: dict[int, list[int] | None] = {}
        for _ in range(df):
            document = next(docs)
            of_term[document] = (
                [next(places) for _ in range(next(counts))] if postings.shape.positions else None
            )
        found[dictionary.term(number)] = of_term
    assert next(docs, None) is next(counts, None) is next(places, None) is None
    return found


def mask(size: int, deleted: Sequence[int]) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    found = np.zeros(size, np.bool_)
    found[list(deleted)] = True
    return found
