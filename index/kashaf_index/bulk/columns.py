"""The values of a segment's documents, kept until it is written: about 200 bytes a document."""

from __future__ import annotations

from array import array
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.bulk.entry import DIGEST, DIGESTS, NAMES, Entry
from kashaf_index.bulk.inversion import Numbers
from kashaf_index.codec.segment import SegmentWriter

_NO_DIGEST: Final = bytes(DIGEST)
_LONGEST_TITLE: Final = 0xFFFF  # tokens that a length can say


class Names:
    """A name for each document, of few different ones."""

    def __init__(self) -> None:
        self.ordinals = array("I")
        self._known: dict[str, int] = {}

    def append(self, name: str) -> None:
        self.ordinals.append(self._known.setdefault(name, len(self._known)))

    @property
    def names(self) -> list[str]:
        """The different names, by ordinal."""
        return list(self._known)

    def values(self) -> NDArray[np.uint32]:
        return np.array(self.ordinals, np.uint32)


class Columns:
    """What each entry says beside its words."""

    def __init__(self) -> None:
        self._ids: list[str] = []
        self._dates = array("i")
        self._digests = {column: bytearray() for column in DIGESTS}
        self._names = {column: Names() for column in NAMES}
        self._lengths = {"text": array("I"), "title": array("I")}

    def __len__(self) -> int:
        return len(self._ids)

    def append(self, entry: Entry) -> None:
        # What may be refused comes first: an entry is taken whole or not at all.
        digests = [_digest(entry.raw_sha256), _digest(entry.text_sha256)]
        self._dates.append(entry.date)
        self._ids.append(entry.id)
        for column, digest in zip(DIGESTS, digests, strict=True):
            self._digests[column] += digest
        names = self._names
        names["outlet"].append(entry.outlet)
        names["language"].append(entry.language)
        names["member"].append(entry.member)
        names["stamp"].append(entry.stamp)
        names["scope"].append(entry.scope)
        for lengths in self._lengths.values():
            lengths.append(0)

    def lengthen(self, field: str, documents: Numbers, tokens: Numbers) -> None:
        """Add to the documents' lengths in tokens; only those of text and title are kept."""
        if field in self._lengths:
            np.add.at(np.frombuffer(self._lengths[field], np.uint32), documents, tokens.astype(np.uint32))

    @property
    def tokens(self) -> int:
        """Tokens of all texts."""
        return int(np.array(self._lengths["text"], np.uint32).sum(dtype=np.int64))

    def write(self, out: SegmentWriter) -> None:
        out.numbers("date", np.array(self._dates, np.int32))
        out.numbers("length", np.array(self._lengths["text"], np.uint32))
        titles = np.minimum(np.array(self._lengths["title"], np.uint32), _LONGEST_TITLE)
        out.numbers("title_length", titles.astype(np.uint16))
        for column, names in self._names.items():
            out.ordinals(column, names.values(), names.names)
        for column, digests in self._digests.items():
            out.raw(column, np.frombuffer(bytes(digests), np.uint8).reshape(-1, DIGEST))
        out.ids(self._ids)


def _digest(hexadecimal: str) -> bytes:
    if not hexadecimal:
        return _NO_DIGEST
    digest = bytes.fromhex(hexadecimal)
    if len(digest) != DIGEST:
        raise ValueError(f"no SHA-256: {hexadecimal!r}")
    return digest


def write_keys(out: SegmentWriter, field: str, keys: Names) -> None:
    """A field of one key for each document; the empty key is none."""
    names = keys.names
    encoded = {ordinal: name.encode("utf-8", "surrogatepass") for ordinal, name in enumerate(names) if name}
    in_order = sorted(encoded, key=encoded.__getitem__)
    out.dictionary(field).append([encoded[ordinal] for ordinal in in_order])
    writer = out.postings(field, field, counts=False)
    number = np.full(max(len(names), 1), -1, np.int64)
    number[in_order] = np.arange(len(in_order))
    of_document = number[keys.values()]
    order = np.argsort(of_document, kind="stable")
    order = order[np.searchsorted(of_document[order], 0) :]
    df = np.bincount(of_document[order], minlength=len(in_order))
    if in_order:
        writer.append(np.arange(len(in_order)), df, order)
