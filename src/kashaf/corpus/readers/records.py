"""Records of any structured format become articles: their keys, their fields, what their bodies are made of."""

from __future__ import annotations

import hashlib
import json
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from kashaf.corpus.article import Evidence, MetadataField
from kashaf.corpus.decode import Decoded
from kashaf.corpus.fields import MAX_VALUE_CHARS, FieldNames, Fields, Named, as_line
from kashaf.corpus.limits import MAX_MEMBERS
from kashaf.corpus.mojibake import lost_letters, repair
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.bodies import body_of
from kashaf.corpus.readers.markup import without_tags
from kashaf.corpus.readers.model import Failure, Member, Source
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line

HELD_BYTES: Final = (
    32 * 1024 * 1024
)  # records of a file up to this are parsed once and held, of a larger one twice
ONLY_SUMMARY: Final = "no full text: the summary stands for it"

WRAPPERS: Final = ("_source", "article", "document", "doc", "data", "attributes", "fields")
_KEY_CHARS: Final = 120
_LOST: Final = 0.3  # how sure the text is of which letters are lost
_SHOWN_NAMES: Final = 8
_STANDFIRST_CHARS: Final = 700  # a longer one is the text once more
_SUMMARY_CHARS: Final = 500
_CUT_CHARS: Final = 40
_CANONICAL: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_CUT: Final = re.compile(r"\s*(?:\[?(?:\.{2,}|…)+\]?(?:\s*\[\+?\d+ chars\])?|\[\+?\d+ chars\])\s*$")


class Record(NamedTuple):
    """A record as parsed. number: its line in the file or its place in the array, from 1. sha256: of its own bytes.
    problem: why it has no value. decoded: how its bytes were read, where otherwise than its file."""

    number: int
    value: object
    sha256: str
    problem: str = ""
    decoded: Decoded | None = None


class _Known(NamedTuple):
    """A record with its fields, if it has any, and the id that it states."""

    record: Record
    fields: Fields | None
    own_id: str | None


def digest(value: object) -> str:
    """SHA-256 of a record that has no line of its own: of its JSON with sorted keys, however it was written."""
    return hashlib.sha256(_CANONICAL.encode(value).encode("utf-8", "surrogatepass")).hexdigest()


def read_records(
    source: Source, names: FieldNames, records: Callable[[], Iterator[Record]]
) -> Iterator[Member | Failure]:
    """The articles of a file of records, whose keys are their own ids when each has one and no two agree, else their
    numbers. records: a fresh pass over them. Raises BadInput for too many, or for none."""
    if len(source.data) <= HELD_BYTES:
        held = deque(islice(_known(records(), names), MAX_MEMBERS + 1))
        if len(held) > MAX_MEMBERS:
            raise _too_many(source)
        by_id = _are_keys(held)
        passing: Iterator[_Known] = (held.popleft() for _ in range(len(held)))
    else:
        by_id = _are_keys(_known(records(), names))
        passing = _known(records(), names)
    number = 0
    for number, (record, fields, own_id) in enumerate(passing, 1):
        if number > MAX_MEMBERS:
            raise _too_many(source)
        key = (own_id or f"line {record.number}") if by_id else str(record.number)
        try:
            yield _member(source, fields, record, key)
        except BadInput as error:
            yield Failure(key, error.what)
    if not number:
        raise BadInput("no records in it", where=source.path, cure="Give a list of objects with a text field")


def member_of(source: Source, names: FieldNames, record: Record, key: str) -> Member:
    """The article of a record. Raises BadInput: why there is none."""
    value = record.value
    return _member(source, unwrapped(value, names) if isinstance(value, dict) else None, record, key)


def _too_many(source: Source) -> BadInput:
    return BadInput(f"over {MAX_MEMBERS} records", where=source.path, cure="Split the file")


def _known(records: Iterable[Record], names: FieldNames) -> Iterator[_Known]:
    for record in records:
        if isinstance(record.value, dict):
            fields = unwrapped(record.value, names)
            yield _Known(record, fields, _own_id(fields))
        else:
            yield _Known(record, None, None)


def _are_keys(records: Iterable[_Known]) -> bool:
    seen: set[str] = set()
    for _, fields, own_id in records:
        if fields is not None:
            if not own_id or len(own_id) > _KEY_CHARS or own_id in seen:
                return False
            seen.add(own_id)
    return True


def _own_id(fields: Fields) -> str | None:
    found = fields.find("id")
    if found is None or not isinstance(found[0], (str, int)) or isinstance(found[0], bool):
        return None
    return sanitise_line(str(found[0]))


def unwrapped(value: Mapping[str, object], names: FieldNames) -> Fields:
    """The fields of a record without the envelope that some exports put around each, whose own stay beside them."""
    fields = names.of(value)
    if fields.find("body") is None:
        for name in WRAPPERS:
            inner = value.get(name)
            if isinstance(inner, dict) and names.of(inner).find("body") is not None:
                return names.of({**value, **inner})
    return fields


def _member(source: Source, fields: Fields | None, record: Record, key: str) -> Member:
    if record.problem:
        raise BadInput(record.problem, where=source.path)
    if fields is None:
        raise BadInput("not an object", where=source.path)
    fields, decoded = _mended(fields, record.decoded or source.decoded)
    notes: tuple[str, ...] = ()
    standing = _standfirst(fields)
    body = next((text for value, _ in fields.all("body") if (text := body_of(value))), "")
    if not body:
        if standing is None:
            raise _no_text(fields.record, source)
        body, standing = _whole(fields, standing[1]), None
        notes = (ONLY_SUMMARY,) if _is_short(body) else ()
    elif standing is not None and (len(standing[0]) > _STANDFIRST_CHARS or _is_excerpt(standing[0], body)):
        standing = None  # what a site cut off its own text to show in lists
    given = source if decoded is source.decoded else source.read_as(decoded)
    return assemble(given, body, _stated(fields, standing), key=key, sha256=record.sha256, warnings=notes)


def _mended(fields: Fields, decoded: Decoded) -> tuple[Fields, Decoded]:
    """The fields with what a wrong reading did to them before they were saved undone, where that is sure."""
    text = "\n".join([value for value in fields.record.values() if isinstance(value, str)])
    mended = repair(text)
    lost = lost_letters(text)
    if mended is None and not lost:
        return fields, decoded
    notes, sure, how = list(decoded.warnings), decoded.confidence, decoded.repaired
    if lost:
        sure = min(sure, _LOST)
        notes.append(f"letters lost before it came here: {lost} question marks stand for them")
    lines = mended.text.split("\n") if mended is not None else []
    if (
        mended is not None and len(lines) == text.count("\n") + 1
    ):  # line by line, so that each finds its field again
        sure, how = min(sure, mended.confidence), mended.how
        notes.append(f"text repaired: {how} ({round(100 * sure)} % sure)")
        rest = iter(lines)
        changed = {
            name: "\n".join(islice(rest, value.count("\n") + 1))
            for name, value in fields.record.items()
            if isinstance(value, str)
        }
        fields = fields.with_values({**fields.record, **changed})
    return fields, replace(decoded, confidence=round(sure, 2), warnings=tuple(notes), repaired=how)


def _stated(fields: Fields, standing: tuple[str, Named] | None) -> Stated:
    title, outlet, author = fields.line("title"), fields.line("outlet"), fields.line("author")
    language, url = fields.line("language"), fields.line("url")
    published, updated = fields.day("date"), fields.day("updated")
    evidences = [
        _evidence(shown, found[1].name, found[1].confidence)
        for shown, found in (
            ("title", title),
            ("standfirst", standing),
            ("outlet", outlet),
            ("author", author),
            ("published", published),
            ("updated", updated),
            ("url", url),
            ("language", language),
        )
        if found is not None
    ]
    return Stated(
        title=_one_line(title[0]) if title else None,
        outlet=outlet[0] if outlet else None,
        author=_one_line(author[0]) if author else None,
        published=published[0] if published else None,
        evidence=_where(published[1].name) if published else "",
        language=language[0] if language else None,
        url=url[0] if url else None,
        standfirst=standing[0] if standing else None,
        updated=updated[0] if updated else None,
        evidences=tuple(evidences),
        may_hold_title=False,
    )


@lru_cache(1024)
def _evidence(shown: MetadataField, name: str, confidence: float) -> Evidence:
    return Evidence(shown, _where(name), confidence)


def _where(name: str) -> str:
    return f"field: {sanitise_line(name)[:_KEY_CHARS]}"


def _one_line(text: str) -> str | None:
    return " ".join(without_tags(text).split()) or None if "<" in text or "&" in text else text


def _standfirst(fields: Fields) -> tuple[str, Named] | None:
    for value, named in fields.all("standfirst"):
        # Markup goes before anything is cut off: half a tag is text.
        line = " ".join(without_tags(value).split()) if isinstance(value, str) else as_line(value)
        if text := _one_line(line or ""):
            return text[:MAX_VALUE_CHARS], named
    return None


def _whole(fields: Fields, named: Named) -> str | list[Block]:
    """A summary that is all the text there is, with its paragraphs."""
    found = (body_of(value) for value, other in fields.all("standfirst") if other is named)
    return next((text for text in found if text), "")


def _is_short(body: str | list[Block]) -> bool:
    text = body if isinstance(body, str) else "\n".join(block.text for block in body)
    return len(text) < _SUMMARY_CHARS or _CUT.search(text[-_CUT_CHARS:]) is not None


def _is_excerpt(standing: str, body: str | list[Block]) -> bool:
    """Whether a summary only says again how the body begins, and is not a paragraph of it."""
    first = (body[:20_000].split("\n") if isinstance(body, str) else [block.text for block in body[:20]])[:20]
    cut = _letters(_CUT.sub("", standing))
    return any(cut != _letters(line) for line in first) and cut in _letters(" ".join(first))


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def _no_text(value: Mapping[str, object], source: Source) -> BadInput:
    shown = ", ".join(sanitise_line(name)[:40] for name in islice(value, _SHOWN_NAMES))
    more = ", …" if len(value) > _SHOWN_NAMES else ""
    return BadInput(
        f"no text: no field that is known for one holds any (its fields: {shown}{more});"
        " name it in kashaf.yaml under `fields: body`",
        where=source.path,
    )
