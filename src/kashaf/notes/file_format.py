"""The notes file: a first line that says what it is, then TinyDB's tables, a document a line; JSON as a whole.

The first line is `{"kashaf":{"format":…,"schema":…,"sha256":…},`, whose hash is that of every byte after it.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kashaf.errors import BadInput
from kashaf.notes.model import from_document
from kashaf.said import said
from kashaf.storage.strict_json import loads

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

    Tables = dict[str, dict[str, Any]]  # TinyDB's own documents are untyped

FORMAT: Final = "kashaf-notes"
SCHEMA: Final = 1
NOTES: Final = "notes"
TRASH: Final = "trash"
MAX_BYTES: Final = 1024 * 1024 * 1024
MAX_DEPTH: Final = 40


_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tables of a notes file, and the schema version it was written in."""

    tables: Tables
    schema: int


class Torn(Exception):
    """Why the bytes are no notes file."""


def serialise(tables: Tables) -> bytes:
    """The file for `tables`: deterministic, UTF-8. Raises BadInput for what JSON or UTF-8 cannot hold."""
    parts: list[str] = []
    for name in sorted(tables):
        documents = tables[name]
        lines = ",\n".join(
            f"{_dump(key)}:{_dump(documents[key])}" for key in sorted(documents, key=_by_number)
        )
        parts.append(f"{_dump(name)}:{{\n{lines}\n}}" if lines else f"{_dump(name)}:{{}}")
    try:
        body = (",\n".join(parts) + "}\n").encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput("half a character in a note", cure="Write the note anew") from error
    head = {"kashaf": {"format": FORMAT, "schema": SCHEMA, "sha256": hashlib.sha256(body).hexdigest()}}
    joint = "," if parts else ""
    return _dump(head)[:-1].encode("ascii") + joint.encode("ascii") + b"\n" + body


def is_good(data: bytes) -> bool:
    """True for the bytes of a whole notes file."""
    try:
        parse(data)
    except Torn:
        return False
    return True


def parse(data: bytes) -> Loaded:
    """The tables in a notes file of this schema or a newer one. Raises Torn.

    The first line keeps its form in every schema to come, and so do tables of numbered documents.
    """
    if not data:
        raise Torn(said("it is empty"))
    if not data.startswith(b'{"kashaf":{'):
        raise Torn(said("it does not begin as a notes file does"))
    head, _, body = data.partition(b"\n")
    try:
        about = _object(_object(loads(head.removesuffix(b",") + b"}", where=""))["kashaf"])
        form, schema, digest = about["format"], about["schema"], about["sha256"]
    except (BadInput, KeyError) as error:
        raise Torn(said("its first line is broken")) from error
    if form != FORMAT or not isinstance(schema, int) or schema < 1:
        raise Torn(said("its first line is that of another file"))
    if hashlib.sha256(body).hexdigest() != digest:
        raise Torn(said("its checksum does not fit: it was cut short, or changed by another program"))
    try:
        whole = _object(loads(data, where="", max_bytes=MAX_BYTES, max_depth=MAX_DEPTH))
        tables = {name: _object(table) for name, table in whole.items() if name != "kashaf"}
        for name, table in tables.items():
            for key, document in table.items():
                _check(name, key, _object(document), known=schema <= SCHEMA)
    except BadInput as error:
        raise Torn(str(error)) from error
    return Loaded(tables, schema)


def _object(value: Json) -> dict[str, Json]:
    if not isinstance(value, dict):
        raise BadInput("not an object")
    return value


def _check(table: str, key: str, document: dict[str, Json], *, known: bool) -> None:
    """Notes must be notes; of a newer schema nothing is known but that it has tables of documents."""
    if not key.isdecimal():
        raise BadInput("not a number", where=f"a key of {table}")
    if known and table == NOTES:
        from_document(document, where=f"{table}.{key}")
    elif known and table == TRASH:
        from_document(document.get("note"), where=f"{table}.{key}.note")


def _dump(value: object) -> str:
    try:
        return _encode(value)
    except (TypeError, ValueError, RecursionError) as error:
        raise BadInput(f"a note holds what JSON cannot: {error}") from error


def _by_number(key: str) -> tuple[int, str]:
    return len(key), key
