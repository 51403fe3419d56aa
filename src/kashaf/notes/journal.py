"""The journal beside the notes file: each change of TinyDB's tables as one line, in the order they were made.

A line is `MARK {"n":…,"after":…,"put":{table:{key:document}},"drop":{table:[keys]}}`: n counts the changes, after is
the mark of the change before, and the mark is the hash of the rest of the line. So a line follows one history of
changes only, and neither a lost line nor one from elsewhere can pass.
"""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kashaf.notes.file_format import MARK_LENGTH, Position, Torn
from kashaf.notes.lines import Lines
from kashaf.said import said
from kashaf.storage import fast_json

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.notes.lines import Document, Tables
    from kashaf.notes.sealing import Cipher


@dataclass(frozen=True, slots=True)
class Batch:
    """What one change puts into tables and removes from them, by table and key."""

    put: Mapping[str, Mapping[str, Document]] = field(default_factory=dict)
    drop: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def apply(self, tables: Tables) -> None:
        """Make the change. Documents are shared, never changed in place."""
        for name, keys in self.drop.items():
            if name in tables:
                for key in keys:
                    tables[name].pop(key, None)
        for name, documents in self.put.items():
            tables.setdefault(name, Lines()).update(documents)

    def __bool__(self) -> bool:
        return any(self.put.values()) or any(self.drop.values())


@dataclass(frozen=True, slots=True)
class Line:
    """One change of a journal. length: its bytes, with its end."""

    number: int
    after: str
    mark: str
    length: int
    payload: Document

    @property
    def position(self) -> Position:
        return Position(self.number, self.mark)

    def batch(self, cipher: Cipher | None = None) -> Batch:
        """What it changes. Raises Torn, and what `cipher` raises."""
        payload = self.payload
        if "sealed" in payload:
            if cipher is None:
                raise Torn(said("it is sealed"))
            inner = cipher.open(payload["sealed"], _bound(self.number, self.after))
            payload = fast_json.decode(inner, wide=bool(payload.get("wide")))
        return Batch(payload.get("put", {}), payload.get("drop", {}))


@dataclass(frozen=True, slots=True)
class Journal:
    """What a journal holds. torn: what stands behind the last whole line, which nobody was told is saved.

    bad: the numbers (from 1) of the lines in the midst that are none; `lines` are then those that are whole.
    edited: the numbers of lines that are whole, but for what an editor has put before or behind them.
    """

    lines: tuple[Line, ...]
    torn: bytes = b""
    bad: tuple[int, ...] = ()
    edited: tuple[int, ...] = ()


def line_of(batch: Batch, before: Position, cipher: Cipher | None = None) -> tuple[bytes, Position]:
    """The journal's line, with its end, for a change made after `before`; and where that leads. Raises BadInput."""
    change = {"put": batch.put, "drop": {name: list(keys) for name, keys in batch.drop.items()}}
    payload: Document = {"n": before.sequence + 1, "after": before.chain}
    if cipher is None:
        payload |= change
        text, wide = fast_json.encode(payload)
    else:
        data, wide = fast_json.encode(change)
        payload["sealed"] = cipher.seal(data, _bound(before.sequence + 1, before.chain)).decode("ascii")
        text = fast_json.encode(payload, trusted=True)[0]
    if wide:
        payload["wide"] = True
        text = fast_json.encode(payload)[0]
    mark = _mark(text)
    return mark.encode("ascii") + b" " + text + b"\n", Position(before.sequence + 1, mark)


def read(data: bytes) -> Journal:
    """The lines of a journal: whole ones, broken ones, and what was not written to its end."""
    lines: list[Line] = []
    bad: list[int] = []
    edited: list[int] = []
    at = number = 0
    while (end := data.find(b"\n", at)) >= 0:
        number += 1
        line = _line(data[at:end])
        if line is not None:
            lines.append(line)
        elif (bare := _line(data[at:end].removeprefix(codecs.BOM_UTF8).removesuffix(b"\r"))) is not None:
            lines.append(bare)
            edited.append(number)
        elif b"\0" in data[at:end] and end + 1 == len(data):
            # A power cut may keep the length of a write and lose a part of what was in it.
            return Journal(tuple(lines), data[at:], tuple(bad), tuple(edited))
        else:
            bad.append(number)
        at = end + 1
    return Journal(tuple(lines), data[at:], tuple(bad), tuple(edited))


def following(journal: Journal, position: Position) -> tuple[Line, ...]:
    """The lines that lead on from `position`, each after the one before. Raises Torn for damage.

    Lines up to the position are in the file already: a crash came between its writing and the journal's emptying.
    """
    if journal.bad or journal.edited:
        raise Torn(said("line {n} is broken", n=min(journal.bad + journal.edited)))
    found: list[Line] = []
    here = position
    before: Line | None = None
    for line in journal.lines:
        if before is not None and (line.number != before.number + 1 or line.after != before.mark):
            raise Torn(said("change {n} is missing", n=before.number + 1))
        before = line
        if line.number < position.sequence:
            continue
        if line.number == position.sequence:
            if line.mark != position.chain:
                raise Torn(said("it belongs to another notes file"))
            continue
        if line.number != here.sequence + 1:
            raise Torn(said("change {n} is missing", n=here.sequence + 1))
        if line.after != here.chain:
            raise Torn(said("it belongs to another notes file"))
        found.append(line)
        here = line.position
    return tuple(found)


def _line(data: bytes) -> Line | None:
    mark, space, text = data[:MARK_LENGTH], data[MARK_LENGTH : MARK_LENGTH + 1], data[MARK_LENGTH + 1 :]
    if space != b" " or _mark(text).encode("ascii") != mark:
        return None
    try:
        payload: Any = fast_json.decode(text)
        if payload.get("wide") and "sealed" not in payload:
            payload = fast_json.decode(text, wide=True)
        return Line(payload["n"], payload["after"], mark.decode("ascii"), len(data) + 1, payload)
    except (ValueError, KeyError, AttributeError):
        return None


def _mark(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:MARK_LENGTH]


def _bound(number: int, after: str) -> bytes:
    return f"kashaf-journal {number} {after}".encode()
