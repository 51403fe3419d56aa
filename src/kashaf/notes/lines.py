"""The tables of a notes file by their lines: a document is read when it is asked for, and written as it stands.

Ten thousand documents are 20 MB of JSON; what most questions want of them are the ids. So the file tells beside its
tables what is wanted of each document without reading it, its facts: of a note its id and its article, of a change
that can be undone its size.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any, Final

from kashaf.errors import BadInput
from kashaf.said import said
from kashaf.storage import fast_json

if TYPE_CHECKING:
    Document = dict[str, Any]  # TinyDB's own documents are untyped
    Facts = list[Any]
    Tables = dict[str, "Lines"]

NOTES: Final = "notes"
TRASH: Final = "trash"
ENDED: Final = "ended"
UNDO: Final = "undo"
REDO: Final = "redo"
FACTS: Final = "facts"  # the name under which they stand in the file; no table of TinyDB's
_WITH_FACTS: Final = (NOTES, TRASH, ENDED, UNDO, REDO)


class Lines(MutableMapping[str, "Document"]):
    """One table: documents by key, in the order of the file. Documents are shared, never changed in place."""

    def __init__(
        self,
        data: bytes = b"",
        spans: Mapping[str, tuple[int, int]] | None = None,
        facts: Mapping[str, Facts] | None = None,
    ) -> None:
        self._data = data
        self._spans = dict(spans or {})
        self._held: dict[str, Document | None] = dict.fromkeys(self._spans)
        self._facts = dict(facts or {})

    def __getitem__(self, key: str) -> Document:
        document = self._held[key]
        if document is None:
            start, end = self._spans[key]
            try:
                document = fast_json.decode(self._data[start:end])
            except ValueError as error:
                raise BadInput(said("no JSON"), where=key, cure=said("Run `kashaf notes restore`")) from error
            self._held[key] = document
        return document

    def __setitem__(self, key: str, document: Document) -> None:
        self._held[key] = document
        self._spans.pop(key, None)
        self._facts.pop(key, None)

    def __delitem__(self, key: str) -> None:
        del self._held[key]
        self._spans.pop(key, None)
        self._facts.pop(key, None)

    def __contains__(self, key: object) -> bool:
        return key in self._held

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)

    def encoded(self, key: str) -> tuple[bytes, bool]:
        """The document's line, and whether it is wide; as it was read, unless it was put since."""
        span = self._spans.get(key)
        if span is not None:
            return self._data[span[0] : span[1]], False
        return fast_json.encode(self._held[key], trusted=True)

    def facts(self, name: str, key: str) -> Facts:
        """What is wanted of a document of the table `name` without reading it."""
        known = self._facts.get(key)
        if known is None:
            known = self._facts[key] = facts_of(name, self[key])
        return known


def facts_of(name: str, document: Mapping[str, Any]) -> Facts:
    """See the module. Raises KeyError and its like for a document that is none of this table."""
    if name in (UNDO, REDO):
        return [document["size"]]
    note = document["note"] if name == TRASH else document
    return [note["id"], note["target"].get("article_id", "") if name == NOTES else ""]


def body_of(tables: Mapping[str, Mapping[str, Document]]) -> tuple[bytes, bool]:
    """The tables as they stand in the file behind its first line, and whether anything in them is wide."""
    parts: list[bytes] = []
    told: dict[str, dict[str, Facts]] = {}
    wide = False
    for name in sorted(tables):
        table = tables[name]
        lines: list[bytes] = []
        for key in sorted(table, key=_by_number):
            line, is_wide = (
                table.encoded(key) if isinstance(table, Lines) else fast_json.encode(table[key], trusted=True)
            )
            lines.append(b'"%b":%b' % (key.encode("ascii"), line))
            wide = wide or is_wide
        if name in _WITH_FACTS and lines:
            told[name] = {
                key: table.facts(name, key) if isinstance(table, Lines) else facts_of(name, table[key])
                for key in table
            }
        parts.append(_part(name, lines))
    parts.append(_part(FACTS, [b'"1":' + fast_json.encode(told, trusted=True)[0]]))
    return b",\n".join(parts) + b"}\n", wide


def tables_of(body: bytes) -> Tables | None:
    """The tables in what `body_of` has written; None when it is of another form, and must be read whole."""
    tables: dict[str, dict[str, tuple[int, int]]] = {}
    spans: dict[str, tuple[int, int]] | None = None
    at = 0
    while (end := body.find(b"\n", at)) >= 0:
        if spans is None:
            # `"notes":{` opens a table, `"notes":{},` is an empty one; the last is followed by the end of it all.
            name, colon, rest = body[at:end].partition(b'":')
            if not colon or not name.startswith(b'"') or b"\\" in name:
                return None
            opened = tables[name[1:].decode("utf-8")] = {}
            if rest == b"{":
                spans = opened
            elif rest not in (b"{},", b"{}}"):
                return None
        elif body[at : at + 1] == b"}":
            if body[at:end] not in (b"},", b"}}"):
                return None
            spans = None
        else:
            colon_at = body.find(b'":{', at, at + 24)
            key = body[at + 1 : colon_at]
            last = end - 1 if body[end - 1 : end] == b"," else end
            if colon_at < 0 or not key.isdigit() or body[last - 1 : last] != b"}":
                return None
            spans[key.decode("ascii")] = (colon_at + 2, last)
        at = end + 1
    if spans is not None or at != len(body) or FACTS not in tables or list(tables[FACTS]) != ["1"]:
        return None
    start, stop = tables.pop(FACTS)["1"]
    told = fast_json.decode(body[start:stop])
    found: Tables = {}
    for table, its_spans in tables.items():
        facts = told.get(table, {})
        if table in _WITH_FACTS and facts.keys() != its_spans.keys():
            return None
        found[table] = Lines(body, its_spans, facts)
    return found


def as_lines(tables: Mapping[str, Mapping[str, Document]]) -> Tables:
    """Tables that were read whole."""
    found: Tables = {}
    for name, table in tables.items():
        if name != FACTS:
            found[name] = Lines()
            found[name].update(table)
    return found


def _part(name: str, lines: list[bytes]) -> bytes:
    named = fast_json.encode(name)[0]
    return named + b":{\n" + b",\n".join(lines) + b"\n}" if lines else named + b":{}"


def _by_number(key: str) -> tuple[int, str]:
    return len(key), key
