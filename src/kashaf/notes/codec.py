"""Notes as JSON objects, and back: one form for the store, the journal and the native export.

Of the first version only those fields are written that a later one has set anew, or that the note shows otherwise:
the rest are the note's own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.notes.json_fields import CURE, SHA256, UUID, Fields
from kashaf.notes.model import (
    CONFIDENCES,
    KINDS,
    LONGEST_CONTEXT,
    STATUSES,
    ArticleTarget,
    Ended,
    EntityTarget,
    Note,
    SearchTarget,
    Target,
    Version,
    WordsTarget,
)

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

_VERSION = re.compile(r"[0-9a-f]{32}")

_ABOUT: Final = ("article_id", "text_sha256", "title", "outlet", "published", "source_sha256")
_TARGETS: Final[dict[str, tuple[str, ...]]] = {
    "words": ("type", *_ABOUT, "start", "end", "quote", "prefix", "suffix", "paragraph"),
    "article": ("type", *_ABOUT),
    "entity": ("type", "name", "entity_type"),
    "search": ("type", "query", "rung", "match"),
}
#: The fields of a note's document; any other is one that nobody knows.
NOTE_FIELDS: Final = frozenset(
    ("id", "target", "other", "body", "tags", "kind", "confidence", "status", "author", "created", "modified",
     "versions")
)  # fmt: skip


def content(note: Note) -> dict[str, Json]:
    """What versions are made of: every field that may change, by name, in JSON's form. Shares nothing with it.

    `extra`, the fields that nobody knows, is there when there are any.
    """
    fields: dict[str, Json] = {
        "target": target_document(note.target),
        "other": None if note.other is None else target_document(note.other),
        "body": note.body,
        "tags": list(note.tags),
        "kind": note.kind,
        "confidence": note.confidence,
        "status": note.status,
    }
    if note.extra:
        fields["extra"] = _own_fields(note.extra)
    return fields


def with_content(note: Note, fields: Mapping[str, Json], *, where: str) -> Note:
    """The note with these fields of `content` set. Raises BadInput, naming `where` and the field."""
    read = Fields({**content(note), **fields}, where)
    extra = read.value("extra") if "extra" in fields else dict(note.extra)
    if not isinstance(extra, dict):
        raise read.bad("extra", "not an object")
    return replace(
        note,
        target=target_from(read.value("target"), where=f"{where}.target"),
        other=_other(read, where),
        body=read.text("body"),
        tags=read.tags("tags"),
        kind=read.choice("kind", KINDS),
        confidence=read.choice("confidence", CONFIDENCES),
        status=read.choice("status", STATUSES),
        extra=_own_fields(extra),
    )


def to_document(note: Note) -> dict[str, Json]:
    """The note as a JSON object that shares nothing with it."""
    fields = content(note)
    fields.pop("extra", None)
    if note.other is None:
        del fields["other"]
    return {
        **_own_fields(note.extra),
        "id": note.id,
        **fields,
        "author": note.author,
        "created": note.created,
        "modified": note.modified,
        "versions": _versions_document(note),
    }


def from_document(value: object, *, where: str) -> Note:
    """The note in a JSON object. What it does not tell of the article (title, outlet, …) is empty.

    Raises BadInput, naming `where` and the field, when it is none.
    """
    fields = Fields(value, where)
    note = Note(
        id=fields.matching("id", UUID, "no UUID"),
        target=target_from(fields.value("target"), where=f"{where}.target"),
        other=_other(fields, where),
        body=fields.text("body"),
        tags=fields.tags("tags"),
        kind=fields.choice("kind", KINDS),
        confidence=fields.choice("confidence", CONFIDENCES, ""),
        status=fields.choice("status", STATUSES, "open"),
        author=fields.text("author"),
        created=fields.time("created"),
        modified=fields.time("modified"),
        extra=fields.others(NOTE_FIELDS),
    )
    return replace(note, versions=_versions(fields.values.get("versions", []), note, f"{where}.versions"))


def ended_document(end: Ended) -> dict[str, Json]:
    """The end of a note as a JSON object that shares nothing with it."""
    return {"id": end.id, "versions": [_version_document(version) for version in end.versions]}


def ended_from(value: object, *, where: str) -> Ended:
    """The end of a note in a JSON object. Raises BadInput, naming `where` and the field, when it is none."""
    fields = Fields(value, where)
    versions = _versions_from(fields.value("versions"), f"{where}.versions")
    if not versions:
        raise fields.bad("versions", "empty")
    return Ended(fields.matching("id", UUID, "no UUID"), tuple(versions))


def target_document(target: Target) -> dict[str, Json]:
    """A target as a JSON object that shares nothing with it."""
    document: dict[str, Json] = _own_fields(target.extra)
    match target:
        case EntityTarget():
            return document | {"type": "entity", "name": target.name, "entity_type": target.type}
        case SearchTarget():
            return document | {
                "type": "search",
                "query": target.query,
                "rung": target.rung,
                "match": target.match,
            }
    document |= {
        "type": "article",
        "article_id": target.article_id,
        "text_sha256": target.text_sha256,
        "title": target.title,
        "outlet": target.outlet,
        "published": target.published,
        "source_sha256": target.source_sha256,
    }
    if isinstance(target, WordsTarget):
        document |= {
            "type": "words",
            "start": target.start,
            "end": target.end,
            "quote": target.quote,
            "prefix": target.prefix,
            "suffix": target.suffix,
            "paragraph": target.paragraph,
        }
    return document


def target_from(value: object, *, where: str) -> Target:
    """The target in a JSON object; one without a type is on words. Raises BadInput."""
    target = Fields(value, where)
    kind = target.told("type") or "words"
    if kind not in _TARGETS:
        raise target.bad("type", "no target that this Kashaf knows")
    extra = target.others(_TARGETS[kind])
    match kind:
        case "entity":
            return EntityTarget(target.filled("name"), target.text("entity_type"), extra)
        case "search":
            return SearchTarget(target.filled("query"), target.text("rung"), target.text("match"), extra)
    article_id = target.filled("article_id")
    text_sha256 = target.matching("text_sha256", SHA256, "no SHA-256 in hexadecimal")
    title, outlet, published = target.told("title"), target.told("outlet"), target.date("published")
    source = target.told("source_sha256", SHA256, "no SHA-256 in hexadecimal")
    if kind == "article":
        return ArticleTarget(article_id, text_sha256, title, outlet, published, source, extra)
    start, end = target.offset("start"), target.offset("end")
    quote = target.filled("quote")
    if end - start != len(quote):
        raise target.bad("end", f"the span is {end - start} code points long, the quote {len(quote)}")
    prefix, suffix = target.text("prefix"), target.text("suffix")
    for name, words in (("prefix", prefix), ("suffix", suffix)):
        if len(words) > LONGEST_CONTEXT:
            raise target.bad(name, f"over {LONGEST_CONTEXT} code points")
    return WordsTarget(
        article_id=article_id,
        text_sha256=text_sha256,
        start=start,
        end=end,
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        title=title,
        outlet=outlet,
        published=published,
        source_sha256=source,
        paragraph=None if target.values.get("paragraph") is None else target.offset("paragraph"),
        extra=extra,
    )


def _own_fields(fields: Mapping[str, Json]) -> dict[str, Json]:
    """The same, sharing no list and no object with them: `copy.deepcopy` takes ten times as long."""
    return {name: _own(value) for name, value in fields.items()}


def _own(value: Json) -> Json:
    if isinstance(value, dict):
        return _own_fields(value)
    if isinstance(value, list):
        return [_own(inner) for inner in value]
    return value


def _other(fields: Fields, where: str) -> WordsTarget | None:
    if fields.values.get("other") is None:
        return None
    other = target_from(fields.values["other"], where=f"{where}.other")
    if not isinstance(other, WordsTarget):
        raise fields.bad("other", "a link leads to words")
    return other


def _set_later(versions: Sequence[Version]) -> set[str]:
    """The fields that the first version does not share with the note as it is now."""
    return {name for version in versions[1:] for name in version.changes or ()}


def _versions_document(note: Note) -> list[Json]:
    documents = [_version_document(version) for version in note.versions]
    changes = note.versions[0].changes if note.versions else None
    if changes is not None and _one_root(note.versions):
        later, shown = _set_later(note.versions), content(note)
        documents[0]["changes"] = {
            name: _own(value)
            for name, value in changes.items()
            if name in later or name not in shown or shown[name] != value
        }
    return list(documents)


def _version_document(version: Version) -> dict[str, Json]:
    return {
        "id": version.id,
        "parents": list(version.parents),
        "at": version.at,
        "author": version.author,
        "changes": None if version.changes is None else _own_fields(version.changes),
    }


def _one_root(versions: Sequence[Version]) -> bool:
    return sum(not version.parents for version in versions) == 1


def _versions(value: object, note: Note, where: str) -> tuple[Version, ...]:
    versions = _versions_from(value, where)
    if versions and versions[0].changes is not None and _one_root(versions):
        later = _set_later(versions)
        kept = {name: given for name, given in content(note).items() if name not in later}
        versions[0] = replace(versions[0], changes={**kept, **versions[0].changes})
    return tuple(versions)


def _versions_from(value: object, where: str) -> list[Version]:
    if not isinstance(value, list):
        raise BadInput("not a list", where=where, cure=CURE)
    versions: list[Version] = []
    known: set[str] = set()
    for number, item in enumerate(value):
        version = _version(item, f"{where}[{number}]")
        if version.id in known or not known.issuperset(version.parents):
            raise BadInput("twice, or before its parents", where=f"{where}[{number}]", cure=CURE)
        known.add(version.id)
        versions.append(version)
    return versions


def _version(value: object, where: str) -> Version:
    version = Fields(value, where)
    parents = version.value("parents")
    if not isinstance(parents, list) or not all(
        isinstance(parent, str) and _VERSION.fullmatch(parent) for parent in parents
    ):
        raise version.bad("parents", "not a list of versions")
    changes = version.value("changes")
    if changes is not None and not isinstance(changes, dict):
        raise version.bad("changes", "not an object")
    return Version(
        id=version.matching("id", _VERSION, "no version"),
        parents=tuple(parents),
        at=version.time("at"),
        author=version.text("author"),
        changes=None if changes is None else _own_fields(changes),
    )
