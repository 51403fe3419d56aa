"""JSON and JSON Lines: records whose fields are recognised by the names in use, English and Arabic."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kashaf.corpus import fields
from kashaf.corpus.limits import MAX_JSON_DEPTH, MAX_LINE_CHARS, MAX_MEMBERS, check_lines
from kashaf.corpus.readers.assemble import Stated, assemble
from kashaf.corpus.readers.markup import without_tags
from kashaf.corpus.readers.model import Failure, Format, Member, Source
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line

_LINES_SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_OPENING: Final = re.compile(r'\s*(?:\{\s*"[^"\n]{1,80}"\s*:|\[\s*\{\s*"|\{\s*\}|\[\s*\])')
_VALUE: Final = re.compile(
    r'\s*(?:[{"\d-]|\[\s*(?:[\[{"\d\]-]|null|true|false|$))'
)  # with a suffix that says so
_WRAPPERS: Final = ("_source", "article", "document", "doc", "data", "attributes", "fields")
_INTEGER_DIGITS: Final = 30
_KEY_CHARS: Final = 120


class _Object(dict[str, object]):
    """A JSON object that remembers a key said twice: which of the values counts is anyone's guess (RFC 8259)."""

    twice: str | None = None


@dataclass(frozen=True, slots=True)
class _Record:
    number: int  # line of the file, or place in the array, from 1
    value: object
    sha256: str
    problem: str = ""


def sniff(source: Source) -> bool:
    text = source.decoded.text
    if _OPENING.match(text):
        return True
    return source.suffix in _LINES_SUFFIXES | {".json"} and _VALUE.match(text) is not None


def read(source: Source) -> Iterable[Member | Failure]:
    """Read every record. A bad record is a failure of its own.

    Raises BadInput when the file holds no JSON, or no record at all.
    """
    text = source.decoded.text
    if not text.strip():
        check_lines(text, where=source.path)
    if _is_lines(source, text):
        records = list(_lines(text))
    else:
        value = _parse_file(text, source.path)
        if isinstance(value, _Object) and (single := _only_article(value)) is not None:
            return (_member(source, _Record(1, single, source.sha256), ""),)
        records = list(_array(value))
    if not records:
        raise BadInput(
            "JSON without records", where=source.path, cure="Give a list of objects with a text field"
        )
    if len(records) > MAX_MEMBERS:
        raise BadInput(f"over {MAX_MEMBERS} records", where=source.path, cure="Split the file")
    return _read_records(source, records)


def _read_records(source: Source, records: list[_Record]) -> Iterator[Member | Failure]:
    keys = _keys(records)
    for record in records:
        key = keys[record.number]
        try:
            yield _member(source, record, key)
        except BadInput as error:
            yield Failure(key, error.what)


def _is_lines(source: Source, text: str) -> bool:
    if source.suffix in _LINES_SUFFIXES:
        return True
    lines = [line for line in text[:2_000_000].split("\n") if line.strip()][:2]
    return len(lines) == 2 and all(
        line.lstrip().startswith("{") and line.rstrip().endswith("}") for line in lines
    )


def _lines(text: str) -> Iterator[_Record]:
    for number, raw in enumerate(text.split("\n"), 1):
        line = raw.strip()
        if not line:
            continue
        digest = hashlib.sha256(line.encode("utf-8", "surrogatepass")).hexdigest()
        if len(line) > MAX_LINE_CHARS:
            yield _Record(number, None, digest, "line over the limit")
            continue
        try:
            yield _Record(number, _loads(line), digest)
        except ValueError as error:
            yield _Record(number, None, digest, str(error))


def _array(value: object) -> Iterator[_Record]:
    for number, item in enumerate(_items(value), 1):
        canonical = json.dumps(item, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        yield _Record(number, item, hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest())


def _items(value: object, levels: int = 3) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and levels:
        for inner in value.values():
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
        for inner in value.values():
            if isinstance(inner, dict) and (found := _items(inner, levels - 1)):
                return found
    return []


def _parse_file(text: str, where: str) -> object:
    try:
        return _loads(text)
    except ValueError as error:
        cure = "Mend the file, or copy it again if its end is missing"
        raise BadInput(f"not JSON: {error}", where=where, cure=cure) from error


def _loads(text: str) -> object:
    try:
        value: object = json.loads(
            text, object_pairs_hook=_object, parse_int=_integer, parse_constant=lambda _name: None
        )
    except json.JSONDecodeError as error:
        place = f"line {error.lineno}, column {error.colno}" if error.lineno > 1 else f"column {error.colno}"
        raise ValueError(f"{error.msg} ({place})") from error
    except RecursionError as error:
        raise ValueError(f"nested over {MAX_JSON_DEPTH} levels") from error
    _check_depth(value)
    return value


def _object(pairs: list[tuple[str, object]]) -> _Object:
    made = _Object(pairs)
    if len(made) != len(pairs):
        seen: set[str] = set()
        made.twice = next(name for name, _ in pairs if name in seen or seen.add(name))  # type: ignore[func-returns-value]
    return made


def _integer(digits: str) -> int | str:
    return int(digits) if len(digits) <= _INTEGER_DIGITS else digits


def _check_depth(value: object) -> None:
    level: Iterable[object] = [value]
    for _ in range(MAX_JSON_DEPTH):
        level = [
            child
            for item in level
            if isinstance(item, (dict, list))
            for child in (item.values() if isinstance(item, dict) else item)
            if isinstance(child, (dict, list))
        ]
        if not level:
            return
    raise ValueError(f"nested over {MAX_JSON_DEPTH} levels")


def _keys(records: list[_Record]) -> dict[int, str]:
    """The records' own ids when each has one and no two agree, else their numbers."""
    ids: dict[int, str] = {}
    for record in records:
        if isinstance(record.value, dict):
            found = fields.field(_unwrapped(record.value), "id")
            if found is not None and isinstance(found[1], (str, int)) and not isinstance(found[1], bool):
                ids[record.number] = sanitise_line(str(found[1]))
    readable = sum(isinstance(record.value, dict) for record in records)
    usable = all(0 < len(key) <= _KEY_CHARS for key in ids.values())
    if len(ids) == readable == len(set(ids.values())) and usable:
        return {record.number: ids.get(record.number, f"line {record.number}") for record in records}
    return {record.number: str(record.number) for record in records}


def _only_article(value: _Object) -> _Object | None:
    record = _unwrapped(value)
    return (
        value if fields.field(record, "body") is not None and not _body_is_list_of_records(record) else None
    )


def _body_is_list_of_records(record: Mapping[str, object]) -> bool:
    found = fields.field(record, "body")
    return (
        found is not None and isinstance(found[1], list) and any(isinstance(item, dict) for item in found[1])
    )


def _unwrapped(value: Mapping[str, object]) -> Mapping[str, object]:
    if fields.field(value, "body") is None:
        for name in _WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, dict) and fields.field(inner, "body") is not None:
                return {**value, **inner}
    return value


def _member(source: Source, record: _Record, key: str) -> Member:
    value = record.value
    if record.problem:
        raise BadInput(f"not JSON: {record.problem}", where=source.path)
    if not isinstance(value, _Object):
        raise BadInput("not an object", where=source.path)
    if value.twice is not None:
        raise BadInput(f"the field «{sanitise_line(value.twice)[:40]}» stands twice", where=source.path)
    item = _unwrapped(value)
    body = _text(fields.field(item, "body"))
    if not body.strip():
        raise BadInput("no text: none of the fields content, body, text, النص holds any", where=source.path)
    dated = fields.date_field(item)
    title = fields.line_field(item, "title")
    stated = Stated(
        title=without_tags(title) if title else None,
        outlet=fields.line_field(item, "outlet"),
        author=fields.line_field(item, "author"),
        published=dated[0] if dated else None,
        evidence=f"field: {dated[1]}" if dated else "",
        language=fields.line_field(item, "language"),
        url=fields.line_field(item, "url"),
        may_hold_title=False,
    )
    return assemble(source, body, stated, key=key, sha256=record.sha256)


def _text(found: tuple[str, object] | None) -> str:
    value = found[1] if found is not None else None
    if isinstance(value, dict):
        value = value.get("rendered") or value.get("text")
    if isinstance(value, list):
        value = "\n".join(part for part in value if isinstance(part, str))
    return without_tags(value) if isinstance(value, str) else ""


FORMAT = Format("json", sniff, read)
