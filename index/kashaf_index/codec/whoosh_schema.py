"""The schema under which Whoosh's queries and searcher read a generation. It is code: no index brings one along.

    text, title, lead, author    terms of `analysis` with positions; the text of a term is its readings, NUL between
    outlet, language             one key for each article; their columns have the names as the article gives them
    date, length, title_length   columns: yyyymmdd (0 for none), tokens
    id                           stored, beside the whole text

A range of dates is a `ColumnQuery`: no number is an indexed field. On disk nothing depends on Whoosh's version.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from typing import Any

from whoosh import columns, fields, formats

from kashaf_index.analysis import positions


class WordsFormat(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """Positions as plain integers: Whoosh's own format pickles a list for every posting."""

    def word_values(
        self, value: str, analyzer: object, **kwargs: object
    ) -> Iterable[tuple[bytes, int, float, bytes]]:
        del analyzer, kwargs
        found, _ = positions(value)
        return [(term, len(at), float(len(at)), self.encode(at)) for term, at in found.items()]

    def encode(self, value: Sequence[int]) -> bytes:
        return array("I", value).tobytes()

    def decode_positions(self, value: bytes) -> list[int]:
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(value) // array("I").itemsize

    def decode_weight(self, value: bytes) -> float:
        return float(self.decode_frequency(value))

    def combine(self, values: Sequence[bytes]) -> bytes:
        return self.encode(sorted({at for value in values for at in self.decode_positions(value)}))


class WordsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Analysed words under terms of four readings (see `analysis`), with positions. scored: lengths are kept."""

    def __init__(self, *, scored: bool = False) -> None:
        super().__init__(format=WordsFormat(), analyzer=None, scorable=scored, stored=False)

    def index(self, value: str, **kwargs: object) -> Any:
        del kwargs
        return self.format.word_values(value, None)

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode("utf-8")

    def from_bytes(self, bs: bytes) -> str:
        return bytes(bs).decode("utf-8")


def generation_schema() -> Any:
    """What of a generation Whoosh can ask for."""
    return fields.Schema(
        id=fields.STORED(),
        text=WordsField(scored=True),
        lead=WordsField(),
        title=WordsField(scored=True),
        author=WordsField(),
        outlet=fields.ID(sortable=columns.VarBytesColumn()),
        language=fields.ID(sortable=columns.VarBytesColumn()),
        date=fields.COLUMN(columns.NumericColumn("i")),
        length=fields.COLUMN(columns.NumericColumn("I")),
        title_length=fields.COLUMN(columns.NumericColumn("I")),
    )
