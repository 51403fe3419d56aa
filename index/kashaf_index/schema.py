"""The Whoosh schema: analysed fields for text, title and author, and values by article.

Nothing in it holds an analyser: analysis happens in `WordsField.index`, so that nothing of ours is ever pickled
but the names of two classes. No number is an indexed field either (open ranges over NUMERIC are wrong in Whoosh):
dates are a column of integers that a filter reads.
"""

from __future__ import annotations

import hashlib
import struct
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Final

import whoosh
from whoosh import columns, fields, formats

from kashaf_index.analysis import pack_positions, positions, unpack_positions

#: Raised when the layout of the index changes in a way that the sample words below do not show.
LAYOUT: Final = 3

#: Publication date as yyyymmdd (0: none), length of the text and of the title in tokens.
FACTS: Final = struct.Struct(">iIH")
#: A text's first tokens, title included: what a news article says first matters most.
LEAD: Final = 60
_SAMPLE: Final = "أَحْمَدُ الشّرع وقسد لـ«قسد» سورية والسوريين ﻻ ٣٫٥ پوتین BBC الله للبنان مسؤولة ﷺ café الـ90"


class PackedPositions(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """Positions as plain integers. Whoosh's own format pickles a list for every posting."""

    def word_values(
        self, value: str, analyzer: object, **kwargs: object
    ) -> Iterable[tuple[bytes, int, float, bytes]]:
        del analyzer, kwargs
        found, _ = positions(value)
        return [(term, len(at), float(len(at)), pack_positions(at)) for term, at in found.items()]

    def decode_positions(self, value: bytes) -> list[int]:
        return unpack_positions(value)

    def decode_frequency(self, value: bytes) -> int:
        return len(unpack_positions(value))

    def decode_weight(self, value: bytes) -> float:
        return self.decode_frequency(value) * float(self.field_boost)

    def combine(self, values: Sequence[bytes]) -> bytes:
        return pack_positions(sorted({at for value in values for at in unpack_positions(value)}))


class WordsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Analysed words under terms of four readings (see `analysis`), with positions.

    Takes a text, or what `analysis.positions` found in one. Lengths are kept in the facts column, exactly.
    """

    def __init__(self) -> None:
        super().__init__(format=PackedPositions(), analyzer=None, scorable=False, stored=False)

    def index(
        self, value: str | dict[bytes, list[int]], **kwargs: object
    ) -> list[tuple[bytes, int, float, bytes]]:
        del kwargs
        found = positions(value)[0] if isinstance(value, str) else value
        return [(term, len(at), float(len(at)), pack_positions(at)) for term, at in found.items()]

    def to_bytes(self, value: Any) -> bytes:
        return value if isinstance(value, bytes) else str(value).encode("utf-8")


def make_schema() -> Any:
    """What is searched, then columns of values by article, then the stored article."""
    return fields.Schema(
        id=fields.ID(unique=True, sortable=columns.VarBytesColumn()),
        text=WordsField(),
        lead=WordsField(),
        title=WordsField(),
        author=WordsField(),
        outlet=fields.ID(),
        language=fields.ID(),
        facts=fields.COLUMN(columns.FixedBytesColumn(FACTS.size)),
        name=fields.COLUMN(columns.VarBytesColumn()),
        lang=fields.COLUMN(columns.VarBytesColumn()),
        revision=fields.COLUMN(columns.VarBytesColumn()),
        article=fields.STORED(),
    )


def fingerprint() -> str:
    """Names everything an index depends on: layout, analysis, Whoosh, the machine's byte order.

    The analysis is judged by what it makes of sample words, so that a changed fold shows by itself.
    """
    found, count = positions(_SAMPLE)
    made = repr(
        (sorted(found.items()), count, unicodedata.unidata_version, whoosh.versionstring(), sys.byteorder)
    )
    return f"{LAYOUT}-{hashlib.sha256(made.encode()).hexdigest()[:16]}"
