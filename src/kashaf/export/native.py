"""Kashaf's own interchange format: what was noted, on which words of which revision of which article.

The same notes give the same bytes on every machine: nothing of the workspace's place, of the export's time or
of an import is in them. `schemas/native-1.schema.json` documents the format; `SCHEMA` is its version. Fields
this version does not know are kept and written back.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.notes.model import from_document, to_document
from kashaf.storage.strict_json import loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.notes.model import Note
    from kashaf.storage.strict_json import Json

FORMAT: Final = "kashaf-native"
SCHEMA: Final = 1
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 32

_KNOWN: Final = ("format", "schema", "notes")


@dataclass(frozen=True, slots=True)
class NativeFile:
    """A native file as read: its notes, and the fields it has besides. Notes from elsewhere are not sanitised."""

    notes: tuple[Note, ...]
    extra: Mapping[str, Json] = field(default_factory=dict, hash=False)

    def to_bytes(self) -> bytes:
        """The file: UTF-8, not escaped, keys sorted, notes by id, a line break at the end.

        Raises BadInput for what cannot be written: half a character, a number out of range, an id twice.
        """
        notes = sorted(self.notes, key=lambda note: note.id)
        for first, second in pairwise(notes):
            if first.id == second.id:
                raise BadInput("two notes of one id", where=first.id)
        document = {
            **self.extra,
            "format": FORMAT,
            "schema": SCHEMA,
            "notes": [to_document(note) for note in notes],
        }
        try:
            text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
            return (text + "\n").encode("utf-8")
        except UnicodeEncodeError as error:
            raise BadInput("half a character in a note", cure="Write it anew") from error
        except (TypeError, ValueError, RecursionError) as error:
            raise BadInput(f"a note holds what JSON cannot: {error}") from error


def to_json(notes: Iterable[Note]) -> bytes:
    """The native file of `notes`. Raises BadInput, see `NativeFile.to_bytes`."""
    return NativeFile(tuple(notes)).to_bytes()


def from_json(data: bytes, *, where: str = "native file") -> list[Note]:
    """The notes in a native file, in its order. Raises BadInput, see `parse`."""
    return list(parse(data, where=where).notes)


def parse(data: bytes, *, where: str = "native file") -> NativeFile:
    """Read a native file.

    Raises BadInput, with the place, for anything but UTF-8 JSON of at most 256 MiB and 32 levels without
    repeated keys, NaN or lone surrogates; for a newer schema; and for a note that is none or comes twice.
    """
    document = loads(data, where=where, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH)
    if not isinstance(document, dict) or document.get("format") != FORMAT:
        raise BadInput(
            "not a native file of Kashaf", where=where, cure="Give a file made by `kashaf notes export`"
        )
    schema = document.get("schema")
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise BadInput("not a schema version", where=f"{where}, at schema")
    if schema > SCHEMA:
        raise BadInput(
            f"written by a newer Kashaf (schema {schema}; this one reads {SCHEMA})",
            where=where,
            cure="Update Kashaf",
        )
    return NativeFile(
        _notes(document.get("notes"), where),
        copy.deepcopy({key: value for key, value in document.items() if key not in _KNOWN}),
    )


def _notes(value: object, where: str) -> tuple[Note, ...]:
    if not isinstance(value, list):
        raise BadInput("not a list", where=f"{where}, at notes")
    notes: dict[str, Note] = {}
    for number, item in enumerate(value):
        place = f"{where}, at notes[{number}]"
        note = from_document(item, where=place)
        if note.id in notes:
            raise BadInput("the id stands twice", where=f"{place}.id")
        notes[note.id] = note
    return tuple(notes.values())
