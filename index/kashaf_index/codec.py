"""Whoosh's own codec, written faster: posting lists in whole blocks, small blocks left uncompressed.

What lands on disk is Whoosh 3's format, which its stock reader reads. Stock writing spends its time on a call, a
file look-up for a length and several checks for each posting, and compresses blocks of one posting to more bytes
than they had.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from itertools import groupby
from operator import itemgetter
from typing import Any, Final
from zlib import compress

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter, W3PostingsWriter, W3TermInfo
from whoosh.compat import dumps

_WORTH_COMPRESSING: Final = 12  # postings
_LEVEL: Final = 3
_PROTOCOL: Final = 4


class LadderCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Holds no state but Whoosh's own; its name is all that a segment pickles."""

    # Lengths are a column of ours: nothing to look up while postings are written.
    length_stats = False

    def postings_writer(self, dbfile: Any, byteids: bool = False) -> Any:
        return _PostingsWriter(
            dbfile,
            blocklimit=self._blocklimit,
            byteids=byteids,
            compression=_LEVEL,
            inlinelimit=self._inlinelimit,
        )

    def field_writer(self, storage: Any, segment: Any) -> Any:
        return _FieldWriter(self, storage, segment)


class _PostingsWriter(W3PostingsWriter):  # type: ignore[misc]
    def _write_block(self, last: bool = False) -> None:
        # As Whoosh does it, but for small blocks and for the pickle protocol: 2 writes bytes as calls of a codec.
        file = self._postfile
        if not self._blockcount:
            file.write(WHOOSH3_HEADER_MAGIC)
        self._terminfo.add_block(self)
        level = _LEVEL if len(self._ids) >= _WORTH_COMPRESSING else 0
        data = dumps((self._mini_ids(), self._mini_weights(), self._mini_values()), _PROTOCOL)
        if level:
            data = compress(data, level)
        info = dumps((len(self._ids), self._ids[-1], self._maxweight, level, 0, 0), _PROTOCOL)
        length = len(info) + len(data)
        file.write_int(-length if last else length)
        file.write(info)
        file.write(data)
        self._blockcount += 1
        self._new_block()

    def add_list(self, docs: list[int], weights: list[float], values: list[bytes]) -> None:
        """Buffer a whole ascending posting list, writing every full block but the last."""
        limit = self._blocklimit
        for start in range(0, len(docs), limit):
            if start:
                self._write_block()
            self._ids = array("I", docs[start : start + limit])
            self._weights = array("f", weights[start : start + limit])
            self._values = values[start : start + limit] if values[0] else []
            self._maxweight = max(self._weights)


class _FieldWriter(W3FieldWriter):  # type: ignore[misc]
    def add_postings(
        self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, bytes]]
    ) -> None:
        del lengths  # a column of ours
        for field, of_field in groupby(items, itemgetter(0)):
            self.start_field(field, schema[field])
            for term, of_term in groupby(of_field, itemgetter(1)):
                self._btext = term
                writer = self._postwriter
                writer.start_postings(self._format, W3TermInfo())
                _, _, docs, weights, values = zip(*of_term, strict=True)
                writer.add_list(docs, weights, values)
                self.finish_term()
            self.finish_field()
