"""Notes from documents that this Kashaf wrote and a checksum vouches for: read without looking at every field again.

`kashaf.notes.codec` reads what comes from anywhere; of what it has written both read the same. The note shares the
document's values, which nobody changes in place.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from kashaf.notes.codec import NOTE_FIELDS, from_document
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget, Version, WordsTarget

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kashaf.notes.model import Target
    from kashaf.storage.strict_json import Json

_ABOUT: Final = ("article_id", "text_sha256", "title", "outlet", "published", "source_sha256")
_WORDS: Final = ("start", "end", "quote", "prefix", "suffix")
_TARGETS: Final = {
    "words": frozenset(("type", *_ABOUT, *_WORDS, "paragraph")),
    "article": frozenset(("type", *_ABOUT)),
    "entity": frozenset(("type", "name", "entity_type")),
    "search": frozenset(("type", "query", "rung", "match")),
}


def note_of(document: Mapping[str, Any], *, where: str) -> Note:
    """The note in a document of the store; one of an older schema is read with care. Raises BadInput."""
    if not document.get("versions"):
        return from_document(document, where=where)
    try:
        return _note(document)
    except (KeyError, TypeError, AttributeError):
        return from_document(document, where=where)


def _note(document: Mapping[str, Any]) -> Note:
    other = document.get("other")
    far = None if other is None else _target(other)
    extra = {} if document.keys() <= NOTE_FIELDS else _unknown(document, NOTE_FIELDS)
    return Note(
        id=document["id"],
        target=_target(document["target"]),
        body=document["body"],
        tags=tuple(document["tags"]),
        kind=document["kind"],
        author=document["author"],
        created=document["created"],
        modified=document["modified"],
        confidence=document["confidence"],
        status=document["status"],
        other=far if isinstance(far, WordsTarget) else None,
        versions=_versions(document, extra),
        extra=extra,
    )


def _target(document: Mapping[str, Any]) -> Target:
    kind = document["type"]
    known = _TARGETS[kind]
    extra = {} if document.keys() <= known else _unknown(document, known)
    if kind == "entity":
        return EntityTarget(document["name"], document["entity_type"], extra)
    if kind == "search":
        return SearchTarget(document["query"], document["rung"], document["match"], extra)
    if kind == "article":
        return ArticleTarget(
            document["article_id"],
            document["text_sha256"],
            document["title"],
            document["outlet"],
            document["published"],
            document["source_sha256"],
            extra,
        )
    return WordsTarget(
        document["article_id"],
        document["text_sha256"],
        document["start"],
        document["end"],
        document["quote"],
        document["prefix"],
        document["suffix"],
        document["title"],
        document["outlet"],
        document["published"],
        document["source_sha256"],
        document["paragraph"],
        extra,
    )


def _unknown(document: Mapping[str, Any], known: frozenset[str]) -> dict[str, Json]:
    return {name: value for name, value in document.items() if name not in known}


def _versions(document: Mapping[str, Any], extra: Mapping[str, Json]) -> tuple[Version, ...]:
    written = document["versions"]
    versions = [
        Version(one["id"], tuple(one["parents"]), one["at"], one["author"], one["changes"]) for one in written
    ]
    first = versions[0]
    if first.changes is not None and sum(not version.parents for version in versions) == 1:
        changes: dict[str, Json] = {
            "target": document["target"],
            "other": document.get("other"),
            "body": document["body"],
            "tags": document["tags"],
            "kind": document["kind"],
            "confidence": document["confidence"],
            "status": document["status"],
        }
        if extra:
            changes["extra"] = dict(extra)
        for version in versions[1:]:
            for name in version.changes or ():
                changes.pop(name, None)
        versions[0] = Version(first.id, first.parents, first.at, first.author, {**changes, **first.changes})
    return tuple(versions)
