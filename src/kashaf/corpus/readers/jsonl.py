"""JSON Lines, JSON (a list, an envelope with a list in it, one article) and JSON values one after the other."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from itertools import islice
from typing import Final

from kashaf.corpus.fields import FieldMapping, FieldNames, mapping_of
from kashaf.corpus.limits import MAX_FILE_BYTES, check_lines
from kashaf.corpus.readers.file_lines import TOO_LONG, FileLine, file_encoding, is_utf8, lines
from kashaf.corpus.readers.json_text import JsonObject, loads, objects
from kashaf.corpus.readers.model import OPENING_BYTES, Failure, Format, Member, Source
from kashaf.corpus.readers.records import WRAPPERS, Record, digest, member_of, read_records, unwrapped
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line

_LINES_SUFFIXES: Final = frozenset({".jsonl", ".ndjson", ".jsonlines"})
_OPENING: Final = re.compile(r'\s*(?:\{\s*"[^"\n]{1,80}"\s*:|\[\s*\{\s*"|\{\s*\}|\[\s*\])')
_VALUE: Final = re.compile(
    r'\s*(?:[{"\d-]|\[\s*(?:[\[{"\d\]-]|null|true|false|$))'
)  # with a suffix that says so
_BRACE, _CLOSING = b"{}"
_OPEN: Final = ("[", "{", "[{")
_FIRST_BYTES: Final = 8 * 1024 * 1024
_WRAPPERS: Final = frozenset(WRAPPERS)
_SAMPLE: Final = 100
_DAMAGED_CURE: Final = "Mend the file, or copy it again if its end is missing"
_OTHER_TYPES: Final = re.compile(
    r"(?:website|webpage|organization|newsmediaorganization|person|imageobject|videoobject|breadcrumblist|listitem"
    r"|searchaction|readaction|collectionpage|itemlist|sitenavigationelement|wpheader|wpfooter)",
    re.IGNORECASE,
)


def sniff(source: Source) -> bool:
    text = source.opening.text
    if _OPENING.match(text):
        return True
    return source.suffix in _LINES_SUFFIXES | {".json"} and _VALUE.match(text) is not None


def read(source: Source) -> Iterable[Member | Failure]:
    """Read every record. A bad record is a failure of its own.

    Raises BadInput when the file holds no JSON, or no record at all.
    """
    names = FieldNames(source.options.fields)
    if len(source.data) <= MAX_FILE_BYTES and not source.data.strip():
        check_lines("", where=source.path)
    if _is_lines(source):
        part = source.read_as(file_encoding(source))
        return read_records(part, names, partial(_line_records, source))
    if len(source.data) > MAX_FILE_BYTES:
        return _read_stream(source, names)
    return _read_document(source, names)


def _read_document(source: Source, names: FieldNames) -> Iterable[Member | Failure]:
    text = source.decoded.text
    try:
        value = loads(text)
    except ValueError as error:
        return _read_damaged(source, names, str(error))
    if isinstance(value, JsonObject) and _is_one_article(value, names):
        return (member_of(source, names, _record(1, value, source.sha256), ""),)
    items = _items(value)
    if not items:
        raise BadInput(
            "JSON without records", where=source.path, cure="Give a list of objects with a text field"
        )
    return read_records(source, names, lambda: (_item(number, item) for number, item in enumerate(items, 1)))


def _read_damaged(source: Source, names: FieldNames, problem: str) -> Iterable[Member | Failure]:
    """What is no single value may be several, one after the other, or a list of which most is whole."""
    data = source.decoded.text.encode("utf-8", "surrogatepass")
    records = partial(_object_records, data)
    found = (record.value for record in records() if isinstance(record.value, dict))
    if all(unwrapped(value, names).find("body") is None for value in found):
        raise BadInput(f"not JSON: {problem}", where=source.path, cure=_DAMAGED_CURE)
    return read_records(source, names, records)


def _read_stream(source: Source, names: FieldNames) -> Iterable[Member | Failure]:
    if not is_utf8(source):
        raise BadInput(
            f"JSON of over {MAX_FILE_BYTES // 2**20} MB that is not UTF-8",
            where=source.path,
            cure="Save it as UTF-8, or as JSON Lines",
        )
    part = source.read_as(file_encoding(source))
    return read_records(part, names, partial(_object_records, source.data))


def _is_lines(source: Source) -> bool:
    first = _first_lines(source)
    if source.suffix in _LINES_SUFFIXES:
        # A document under the wrong name: its first line opens what it does not close.
        return not (len(first) == 2 and (first[0] in _OPEN or first[0].endswith("},")))
    return len(first) == 2 and all(line[0] == "{" and line[-1] == "}" for line in first)


def _first_lines(source: Source) -> list[str]:
    """The first two lines that hold anything; of a large file with long lines their ends will do."""
    text = source.opening.text
    found = list(islice((line.strip() for line in text.split("\n") if line and not line.isspace()), 2))
    if len(source.data) <= OPENING_BYTES or (len(found) == 2 and text.endswith("\n")) or not is_utf8(source):
        return found
    lines: list[str] = []
    start = 0
    while len(lines) < 2 and 0 <= start < _FIRST_BYTES:
        end = source.data.find(b"\n", start, start + _FIRST_BYTES)
        piece = source.data[start:end] if end >= 0 else source.data[start : start + _FIRST_BYTES]
        if raw := bytes(piece).strip():
            lines.append(f"{chr(raw[0])}…{chr(raw[-1])}")
        start = end + 1 if end >= 0 else -1
    return lines


def _line_records(source: Source) -> Iterator[Record]:
    for line in lines(source):
        text = line.text.strip()
        if not text and not line.problem:
            continue
        raw = line.utf8
        if (
            raw is None or len(raw) < 2 or raw[0] != _BRACE or raw[-1] != _CLOSING
        ):  # it may have spaces around it
            raw = text.encode("utf-8", "surrogatepass")
        sha256 = hashlib.sha256(raw).hexdigest()
        problem = "line over the limit" if line.problem == TOO_LONG else line.problem
        value: object = None
        if not problem:
            try:
                value = loads(text)
            except ValueError as error:
                problem = str(error)
        if problem:
            yield Record(line.number, None, sha256, f"not JSON: {problem}", line.decoded)
        else:
            yield _record(line.number, value, sha256, line)


def _object_records(data: bytes) -> Iterator[Record]:
    number = 0
    try:
        for number, found in enumerate(objects(data, _utf8), 1):
            if found.problem:
                yield Record(number, None, "", f"not JSON: {found.problem}")
            else:
                yield _item(number, found.value)
    except ValueError as error:
        yield Record(number + 1, None, "", f"not JSON from here on: {error}")


def _utf8(data: bytes) -> str:
    try:
        return data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError as error:
        raise ValueError("it is not UTF-8") from error


def _item(number: int, item: object) -> Record:
    return _record(number, item, digest(item))


def _record(number: int, value: object, sha256: str, line: FileLine | None = None) -> Record:
    twice = _twice(value)
    problem = f"the field «{sanitise_line(twice)[:40]}» stands twice" if twice is not None else ""
    return Record(number, value, sha256, problem, line.decoded if line is not None else None)


def _twice(value: object) -> str | None:
    if not isinstance(value, JsonObject):
        return None
    if value.twice is not None:
        return value.twice
    if _WRAPPERS.isdisjoint(value):
        return None
    inner = [one for name in WRAPPERS if isinstance(one := value.get(name), JsonObject)]
    return next((one.twice for one in inner if one.twice is not None), None)


def _items(value: object, levels: int = 3) -> list[object]:
    """The records of a document: a list, or the first list of objects in an envelope."""
    if isinstance(value, list):
        return value
    if isinstance(value, dict) and levels:
        if isinstance(graph := value.get("@graph"), list):
            return [item for item in graph if not _is_other(item)]
        for inner in value.values():
            if isinstance(inner, list) and inner and isinstance(inner[0], dict):
                return inner
        for inner in value.values():
            if isinstance(inner, dict) and (found := _items(inner, levels - 1)):
                return found
    return []


def _is_other(item: object) -> bool:
    """Whether an object of a schema.org graph says that it is something else than an article."""
    kind = item.get("@type") if isinstance(item, dict) else None
    said = kind if isinstance(kind, list) else [kind]
    return all(isinstance(one, str) and _OTHER_TYPES.fullmatch(one) for one in said)


def _is_one_article(value: JsonObject, names: FieldNames) -> bool:
    body = unwrapped(value, names).find("body")
    if body is None:
        return False
    records = body[0] if isinstance(body[0], list) else []
    return not any(isinstance(item, dict) and not _is_block(item, names) for item in records)


def _is_block(item: Mapping[str, object], names: FieldNames) -> bool:
    """Whether an object in a list is a paragraph of one article rather than an article."""
    return isinstance(item.get("type"), str) and not any(
        names.of(item).find(role) for role in ("title", "date")
    )


def mapping(source: Source) -> FieldMapping:
    """What the fields of the first records are taken for. Raises BadInput as `read` does."""
    names = FieldNames(source.options.fields)
    if _is_lines(source):
        records = _line_records(source)
    elif len(source.data) > MAX_FILE_BYTES:
        records = _object_records(source.data)
    else:
        try:
            value = loads(source.decoded.text)
        except ValueError:
            records = _object_records(source.decoded.text.encode("utf-8", "surrogatepass"))
        else:
            one = isinstance(value, JsonObject) and _is_one_article(value, names)
            records = (Record(n, item, "") for n, item in enumerate([value] if one else _items(value), 1))
    values = (unwrapped(r.value, names).record for r in islice(records, _SAMPLE) if isinstance(r.value, dict))
    return mapping_of(values, names)


FORMAT = Format("json", sniff, read, streams=True)
