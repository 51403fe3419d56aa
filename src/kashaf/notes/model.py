"""The note and its target: frozen values, and their form as JSON documents.

One form serves the store and the native export. Fields that this version does not know stay in `extra` and
are written back, so that a note survives the passage through an older Kashaf.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from kashaf.errors import BadInput

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

Kind: TypeAlias = Literal["highlight", "note"]
Extra: TypeAlias = "Mapping[str, Json]"

CONTEXT = 32  # code points of prefix and of suffix
LONGEST_CONTEXT = 512  # the same in an article that repeats itself
MAX_TAGS = 100

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_SOURCE_FIELDS = ("title", "outlet", "published", "source_sha256")
_TARGET_FIELDS = ("article_id", "text_sha256", "start", "end", "quote", "prefix", "suffix", *_SOURCE_FIELDS)
_NOTE_FIELDS = ("id", "target", "body", "tags", "kind", "author", "created", "modified")


@dataclass(frozen=True, slots=True)
class Target:
    """Exact words of an article, as they stood when the note was made.

    start, end: `[start, end)` code points of the article's text in the revision `text_sha256`.
    quote: the words; `end - start` code points. prefix, suffix: 32 code points on either side, or as
    many more, up to 512, as tell the place from its look-alikes; fewer only at the edges of the text.
    title, outlet, published, source_sha256: what the article said of itself then, so that the note can be
    understood without its workspace. One line each, empty when unknown; published is an ISO 8601 date,
    source_sha256 the hash of the whole file as imported.
    """

    article_id: str
    text_sha256: str
    start: int
    end: int
    quote: str
    prefix: str
    suffix: str
    title: str
    outlet: str
    published: str
    source_sha256: str
    extra: Extra = field(default_factory=dict, hash=False)


@dataclass(frozen=True, slots=True)
class Note:
    """What the analyst marked (a highlight) or wrote (a note) about a target.

    id: UUID. tags: in the analyst's order, each once. created, modified: ISO 8601 UTC with seconds.
    """

    id: str
    target: Target
    body: str
    tags: tuple[str, ...]
    kind: Kind
    author: str
    created: str
    modified: str
    extra: Extra = field(default_factory=dict, hash=False)


def to_document(note: Note) -> dict[str, Json]:
    """The note as a JSON object that shares nothing with it."""
    target = note.target
    return {
        **copy.deepcopy(dict(note.extra)),
        "id": note.id,
        "target": {
            **copy.deepcopy(dict(target.extra)),
            "article_id": target.article_id,
            "text_sha256": target.text_sha256,
            "start": target.start,
            "end": target.end,
            "quote": target.quote,
            "prefix": target.prefix,
            "suffix": target.suffix,
            "title": target.title,
            "outlet": target.outlet,
            "published": target.published,
            "source_sha256": target.source_sha256,
        },
        "body": note.body,
        "tags": list(note.tags),
        "kind": note.kind,
        "author": note.author,
        "created": note.created,
        "modified": note.modified,
    }


def from_document(value: object, *, where: str) -> Note:
    """The note in a JSON object. What it does not tell of the article (title, outlet, …) is empty.

    Raises BadInput, naming `where` and the field, when it is none.
    """
    note = _Fields(value, where)
    kind = note.text("kind")
    if kind not in {"highlight", "note"}:
        raise note.bad("kind", 'neither "highlight" nor "note"')
    return Note(
        id=note.matching("id", _UUID, "no UUID"),
        target=_target(note.value("target"), f"{where}.target"),
        body=note.text("body"),
        tags=note.tags("tags"),
        kind=cast("Kind", kind),
        author=note.text("author"),
        created=note.time("created"),
        modified=note.time("modified"),
        extra=note.others(_NOTE_FIELDS),
    )


def _target(value: object, where: str) -> Target:
    target = _Fields(value, where)
    start, end = target.offset("start"), target.offset("end")
    quote = target.text("quote")
    if not quote:
        raise target.bad("quote", "empty")
    if end - start != len(quote):
        raise target.bad("end", f"the span is {end - start} code points long, the quote {len(quote)}")
    prefix, suffix = target.text("prefix"), target.text("suffix")
    for name, words in (("prefix", prefix), ("suffix", suffix)):
        if len(words) > LONGEST_CONTEXT:
            raise target.bad(name, f"over {LONGEST_CONTEXT} code points")
    article_id = target.text("article_id")
    if not article_id:
        raise target.bad("article_id", "empty")
    return Target(
        article_id=article_id,
        text_sha256=target.matching("text_sha256", _SHA256, "no SHA-256 in hexadecimal"),
        start=start,
        end=end,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        title=target.told("title"),
        outlet=target.told("outlet"),
        published=target.date("published"),
        source_sha256=target.told("source_sha256", _SHA256, "no SHA-256 in hexadecimal"),
        extra=target.others(_TARGET_FIELDS),
    )


class _Fields:
    """Reads typed fields of a JSON object; every complaint names the field."""

    def __init__(self, value: object, where: str) -> None:
        self._where = where
        if not isinstance(value, dict):
            raise BadInput("not an object", where=where)
        self._values = value

    def bad(self, name: str, problem: str) -> BadInput:
        return BadInput(problem, where=f"{self._where}.{name}", cure="Mend the file and try again")

    def value(self, name: str) -> object:
        if name not in self._values:
            raise self.bad(name, "missing")
        return self._values[name]

    def text(self, name: str) -> str:
        value = self.value(name)
        if not isinstance(value, str):
            raise self.bad(name, "not a string")
        return value

    def matching(self, name: str, pattern: re.Pattern[str], problem: str) -> str:
        value = self.text(name)
        if not pattern.fullmatch(value):
            raise self.bad(name, problem)
        return value

    def told(self, name: str, pattern: re.Pattern[str] | None = None, problem: str = "") -> str:
        """A text that may be missing or empty, and else fits the pattern."""
        if name not in self._values or self._values[name] == "":
            return ""
        return self.text(name) if pattern is None else self.matching(name, pattern, problem)

    def date(self, name: str) -> str:
        value = self.told(name, _DATE, "not a date such as 2026-03-01")
        try:
            return date.fromisoformat(value).isoformat() if value else ""
        except ValueError as error:
            raise self.bad(name, str(error)) from error

    def time(self, name: str) -> str:
        value = self.matching(name, _TIME, "not a time such as 2026-03-01T09:30:00Z")
        try:
            datetime.fromisoformat(value)
        except ValueError as error:
            raise self.bad(name, str(error)) from error
        return value

    def offset(self, name: str) -> int:
        value = self.value(name)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise self.bad(name, "not an offset")
        return value

    def tags(self, name: str) -> tuple[str, ...]:
        value = self.value(name)
        if not isinstance(value, list) or not all(isinstance(tag, str) and tag for tag in value):
            raise self.bad(name, "not a list of strings")
        if len(value) > MAX_TAGS or len(set(value)) < len(value):
            raise self.bad(name, f"over {MAX_TAGS} tags, or one twice")
        return tuple(value)

    def others(self, known: tuple[str, ...]) -> Extra:
        unknown = {name: value for name, value in self._values.items() if name not in known}
        return copy.deepcopy(unknown) if unknown else {}
