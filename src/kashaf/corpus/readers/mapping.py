"""What the fields of a file of records are taken for: to be shown before an import and in its report."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from kashaf.corpus.fields import FieldMapping
from kashaf.corpus.readers import format_of, jsonl, table
from kashaf.corpus.readers.model import Source
from kashaf.errors import BadInput

_MAPPINGS: Final[Mapping[str, Callable[[Source], FieldMapping]]] = {
    jsonl.FORMAT.name: jsonl.mapping,
    table.FORMAT.name: table.mapping,
}

#: The names of the formats that have such fields.
MAPPED: Final = frozenset(_MAPPINGS)


def mapping_of(source: Source) -> FieldMapping | None:
    """By the first hundred records; None for a file that holds none, or whose format has fields of its own.

    source: as `readers.source_of` makes it. Reads little of a file of lines or rows, and all of a JSON document.
    """
    try:
        find = _MAPPINGS.get(format_of(source).name)
        found = find(source) if find is not None else None
    except BadInput:
        return None
    return found if found is not None and found.fields else None
