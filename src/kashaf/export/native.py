"""Kashaf's own interchange format: what was noted, on which words of which revision of which article, and how it
came to be so.

The same notes give the same bytes on every machine: nothing of the workspace's place, of the export's time or
of an import is in them. `schemas/native-2.schema.json` documents the format; `SCHEMA` is its version. Schema 1,
of before notes had versions, is read as well. Fields this version does not know are kept and written back.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final, TypeVar

from kashaf.errors import BadInput
from kashaf.export.native_codes import code_document, code_from, used_codes
from kashaf.notes.codec import ended_document, ended_from, from_document, to_document
from kashaf.notes.gate import clean_note
from kashaf.notes.versions import first
from kashaf.storage.strict_json import loads

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.export.bundle import Bundle
    from kashaf.notes.codebook import Code
    from kashaf.notes.model import Ended, Note
    from kashaf.storage.strict_json import Json

FORMAT: Final = "kashaf-native"
SCHEMA: Final = 2
MAX_BYTES: Final = 256 * 1024 * 1024
MAX_DEPTH: Final = 32

_KNOWN: Final = ("format", "schema", "notes", "ended", "codes")
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class NativeFile:
    """A native file as read or to be written. Notes that came with versions are not sanitised.

    notes: each with its versions. ended: notes that are no more. codes: of the codebook, those that the notes bear
    and those above them, in the codebook's order. extra: fields the file has besides.
    """

    notes: tuple[Note, ...]
    ended: tuple[Ended, ...] = ()
    codes: tuple[Code, ...] = ()
    extra: Mapping[str, Json] = field(default_factory=dict, hash=False)

    def to_bytes(self) -> bytes:
        """The file: UTF-8, not escaped, keys sorted, notes by id, a line break at the end.

        Raises BadInput for what cannot be written: half a character, a number out of range, an id twice.
        """
        versioned = (note if note.versions else first(note) for note in self.notes)
        notes = sorted(versioned, key=lambda note: note.id)
        ended = sorted(self.ended, key=lambda end: end.id)
        ids = sorted([*(note.id for note in notes), *(end.id for end in ended)])
        for one, other in pairwise(ids):
            if one == other:
                raise BadInput("two notes of one id", where=one)
        document = {
            **self.extra,
            "format": FORMAT,
            "schema": SCHEMA,
            "notes": [to_document(note) for note in notes],
            "ended": [ended_document(end) for end in ended],
            "codes": [code_document(code) for code in self.codes],
        }
        try:
            text = json.dumps(document, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False)
            return (text + "\n").encode("utf-8")
        except UnicodeEncodeError as error:
            raise BadInput("half a character in a note", cure="Write it anew") from error
        except (TypeError, ValueError, RecursionError) as error:
            raise BadInput(f"a note holds what JSON cannot: {error}") from error


def write(bundle: Bundle, language: str = "en") -> bytes:  # noqa: ARG001 -- the format has no language
    """The native file of a bundle. Raises BadInput, see `NativeFile.to_bytes`."""
    return NativeFile(bundle.notes, bundle.ended, used_codes(bundle.codebook, bundle.notes)).to_bytes()


def to_json(notes: Iterable[Note]) -> bytes:
    """The native file of nothing but notes. Raises BadInput, see `NativeFile.to_bytes`."""
    return NativeFile(tuple(notes)).to_bytes()


def from_json(data: bytes, *, where: str = "native file") -> list[Note]:
    """The notes in a native file, in its order. Raises BadInput, see `parse`."""
    return list(parse(data, where=where).notes)


def parse(data: bytes, *, where: str = "native file") -> NativeFile:
    """Read a native file. Notes of schema 1 are cleaned of control characters and get their first version.

    Raises BadInput, with the place, for anything but UTF-8 JSON of at most 256 MiB and 32 levels without
    repeated keys, NaN or lone surrogates; for a newer schema; and for a note that is none or comes twice.
    """
    return read(loads(data, where=where, max_bytes=MAX_BYTES, max_depth=MAX_DEPTH), where=where)


def read(document: Json, *, where: str) -> NativeFile:
    """The same of JSON that is parsed already. Raises BadInput."""
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
    place = f"{where}, at "
    notes = _listed(document.get("notes"), f"{place}notes", from_document)
    ended = _listed(document.get("ended", []), f"{place}ended", ended_from)
    codes = _listed(document.get("codes", []), f"{place}codes", code_from)
    _check_unique([note.id for note in notes], f"{place}notes", "id", set())
    _check_unique([end.id for end in ended], f"{place}ended", "id", {note.id for note in notes})
    _check_unique([code.path for code in codes], f"{place}codes", "path", set())
    return NativeFile(
        tuple(note if note.versions else first(clean_note(note)) for note in notes),
        tuple(ended),
        tuple(codes),
        copy.deepcopy({key: value for key, value in document.items() if key not in _KNOWN}),
    )


def _listed(value: object, place: str, item_from: Callable[..., _T]) -> list[_T]:
    if not isinstance(value, list):
        raise BadInput("not a list", where=place)
    return [item_from(item, where=f"{place}[{number}]") for number, item in enumerate(value)]


def _check_unique(names: list[str], place: str, name: str, known: set[str]) -> None:
    known = set(known)
    for number, one in enumerate(names):
        if one in known:
            raise BadInput(f"the {name} stands twice", where=f"{place}[{number}].{name}")
        known.add(one)
