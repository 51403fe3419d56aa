"""The notes file: a first line that says what it is, then TinyDB's tables, a document a line; JSON as a whole.

The first line is `{"kashaf":{"format":…,"schema":…,"sha256":…},`, whose hash is that of every byte after it. Since
schema 2 it also holds the number of the last change (`sequence`) and that change's mark (`chain`), by which the lines
of the journal know the file that they follow; `check` is the hash of all the
first line says.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from kashaf.errors import BadInput
from kashaf.notes.lines import ENDED, FACTS, NOTES, TRASH, as_lines, body_of, tables_of
from kashaf.said import said
from kashaf.storage import fast_json

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashaf.notes.lines import Document, Tables
    from kashaf.notes.sealing import Cipher

FORMAT: Final = "kashaf-notes"
SCHEMA: Final = 2
MAX_BYTES: Final = 1024 * 1024 * 1024
_CHECKED: Final = ("schema", "sequence", "chain", "notes", "sha256", "wide", "seal")
MARK_LENGTH: Final = 32  # hexadecimal digits


@dataclass(frozen=True, slots=True)
class Position:
    """After which change a file stands: its number, and its mark, which no other history of changes has."""

    sequence: int
    chain: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """The tables of a notes file, the schema version it was written in, and after which change that was.

    seal: the clear facts of a sealed file, None of an open one.
    """

    tables: Tables
    schema: int
    position: Position
    seal: Mapping[str, Any] | None = None


class Torn(Exception):
    """Why the bytes are no notes file, or no journal."""


def serialise(
    tables: Mapping[str, Mapping[str, Document]], position: Position, cipher: Cipher | None = None
) -> bytes:
    """The file for `tables`: deterministic, UTF-8. Raises BadInput for what JSON or UTF-8 cannot hold."""
    body, wide = body_of(tables)
    head: Document = {
        "format": FORMAT,
        "schema": SCHEMA,
        "sequence": position.sequence,
        "chain": position.chain,
        "notes": len(tables.get(NOTES, {})),
    }
    if wide:
        head["wide"] = True
    if cipher is not None:
        head["seal"] = cipher.facts()
        body = b'"sealed":"' + cipher.seal(body, _bound(position)) + b'"}\n'
    head["sha256"] = hashlib.sha256(body).hexdigest()
    head["check"] = _check(head)
    return fast_json.encode({"kashaf": head})[0][:-1] + b",\n" + body


def is_good(data: bytes) -> bool:
    """True for the bytes of a whole notes file; of a sealed one the hashes are looked at, and no more."""
    try:
        if "seal" not in header(data):
            parse(data)
    except Torn:
        return False
    return True


def header(data: bytes) -> Document:
    """What the first line says, once its hash is that of the rest. Raises Torn.

    The first line keeps its form in every schema to come, and so do tables of numbered documents.
    """
    if not data:
        raise Torn(said("it is empty"))
    if not data.startswith(b'{"kashaf":{'):
        raise Torn(said("it does not begin as a notes file does"))
    end = data.find(b"\n")
    first = data[:end] if end >= 0 else data
    try:
        about: Document = fast_json.decode(first.removesuffix(b",") + b"}")["kashaf"]
        form, schema, digest = about["format"], about["schema"], about["sha256"]
    except (ValueError, KeyError, TypeError) as error:
        raise Torn(said("its first line is broken")) from error
    if form != FORMAT or not isinstance(schema, int) or schema < 1:
        raise Torn(said("its first line is that of another file"))
    if hashlib.sha256(memoryview(data)[len(first) + 1 :]).hexdigest() != digest:
        raise Torn(said("its checksum does not fit: it was cut short, or changed by another program"))
    if schema == SCHEMA and about.get("check") != _check(about):
        raise Torn(said("its first line is broken"))
    return about


def position_of(about: Mapping[str, Any], data: bytes) -> Position:
    """After which change a file with this first line stands. One of schema 1 is known by its bytes."""
    if about["schema"] == 1:
        return Position(0, hashlib.sha256(data).hexdigest()[:MARK_LENGTH])
    return Position(about.get("sequence", 0), about.get("chain", ""))


def parse(data: bytes, cipher: Cipher | None = None) -> Loaded:
    """The tables in a notes file of this schema or a newer one. Raises Torn; of `cipher` what it raises.

    The checksum vouches for the documents: that they are notes is found out when one is asked for.
    """
    about = header(data)
    position = position_of(about, data)
    seal = about.get("seal")
    wide = bool(about.get("wide"))
    try:
        body = _body(data, position, seal, cipher)
        tables = None if wide else tables_of(body)
        if tables is None:
            # Not written by this Kashaf: looked at, document by document.
            whole = fast_json.decode(b"{" + body, wide=wide)
            for name, table in whole.items():
                _check_table(name, table, known=about["schema"] <= SCHEMA)
            tables = as_lines(whole)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Torn(said("its tables are not those of a notes file")) from error
    except BadInput as error:
        raise Torn(str(error)) from error
    return Loaded(tables, about["schema"], position, seal)


def _body(data: bytes, position: Position, seal: Mapping[str, Any] | None, cipher: Cipher | None) -> bytes:
    """What stands behind the first line, in the clear. Raises Torn."""
    end = data.find(b"\n")
    # A file without tables ends with its first line.
    body = data[end + 1 :] if data[end - 1 : end] == b"," else b"}"
    if seal is None:
        return body
    if cipher is None:
        raise Torn(said("it is sealed"))
    return cipher.open(fast_json.decode(b"{" + body)["sealed"], _bound(position))


def _check_table(name: str, table: dict[str, Any], *, known: bool) -> None:
    """Notes must look like notes; of a newer schema nothing is known but that it has tables of documents."""
    if name == FACTS:
        return
    for key, document in table.items():
        if not key.isdecimal() or not isinstance(document, dict):
            raise BadInput(said("not a numbered document"), where=f"{name}.{key}")
        if known and name in (NOTES, TRASH, ENDED):
            note = document.get("note") if name == TRASH else document
            if (
                not isinstance(note, dict)
                or not isinstance(note.get("id"), str)
                or (name != ENDED and not isinstance(note.get("target"), dict))
            ):
                raise BadInput(said("no note"), where=f"{name}.{key}")


def _check(about: Mapping[str, Any]) -> str:
    told = [about.get(name) for name in _CHECKED]
    return hashlib.sha256(fast_json.encode(told)[0]).hexdigest()[:MARK_LENGTH]


def _bound(position: Position) -> bytes:
    """What a sealed body belongs to, so that an older one cannot be put in the place of a newer."""
    return f"{FORMAT} {position.sequence} {position.chain}".encode()
