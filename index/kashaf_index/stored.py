"""An article as the JSON that a segment stores, and back.

In the order of the classes' fields, so that equal articles are equal bytes. The stamp is not in it: a column holds
it. UTF-8, and ASCII with escapes for what UTF-8 has no form for, lone surrogates.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING, Any, Final, get_args

import orjson

from kashaf.corpus.article import (
    Article,
    Evidence,
    Kind,
    Metadata,
    MetadataField,
    Provenance,
    RemovedLine,
)
from kashaf.said import said
from kashaf_index.codec.damage import damaged

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile

_LETTERS: Final[dict[Kind, str]] = {
    "title": "t", "standfirst": "s", "heading": "h", "paragraph": "p", "item": "i", "quote": "q", "caption": "c",
}  # fmt: skip
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}
_FIELDS: Final[dict[str, MetadataField]] = {name: name for name in get_args(MetadataField)}
# What each object holds, so that one with other keys is none of ours.
_OF_ARTICLE: Final = 7
_OF_METADATA: Final = len(Metadata.__slots__)
_OF_PROVENANCE: Final = len(Provenance.__slots__)
_OF_EVIDENCE: Final = len(Evidence.__slots__)
_OF_REMOVED: Final = len(RemovedLine.__slots__)

Json = Mapping[str, Any]


def dump_article(article: Article) -> bytes:
    """Deterministic JSON of the whole article."""
    value = {
        "id": article.id,
        "text": article.text,
        "body_start": article.body_start,
        "text_sha256": article.text_sha256,
        "kinds": "".join([_LETTERS[kind] for kind in article.kinds]),
        "metadata": article.metadata,
        "provenance": article.provenance,
    }
    try:
        return orjson.dumps(value)
    except TypeError:
        value |= {"metadata": asdict(article.metadata), "provenance": asdict(article.provenance)}
        return json.dumps(value, default=date.isoformat, separators=(",", ":")).encode("ascii")


def load_article(stored: bytes) -> Article:
    """Raises ValueError, KeyError or TypeError for what `dump_article` did not write."""
    value = _object(_parsed(stored), _OF_ARTICLE)
    kinds = _text(value["kinds"])
    return Article(
        id=_text(value["id"]),
        text=_text(value["text"]),
        metadata=_metadata(_object(value["metadata"], _OF_METADATA)),
        provenance=_provenance(_object(value["provenance"], _OF_PROVENANCE)),
        body_start=_number(value["body_start"]),
        text_sha256=_text(value["text_sha256"]),
        kinds=tuple([_KINDS[letter] for letter in kinds]),
    )


def article_of(segment: SegmentFile, document: int) -> Article:
    """The article that a segment stores as that document. Raises IndexDamaged."""
    try:
        return load_article(segment.stored(document))
    except (ValueError, KeyError, TypeError) as error:
        raise damaged(said("a stored article is not readable"), segment.path) from error


def _parsed(stored: bytes) -> Any:
    try:
        return orjson.loads(stored)
    except orjson.JSONDecodeError as error:
        if not stored.isascii():
            raise
        try:
            return json.loads(stored)
        except RecursionError:
            raise error from None


def _metadata(value: Json) -> Metadata:
    return Metadata(
        title=_text(value["title"]),
        outlet=_optional(value["outlet"]),
        author=_optional(value["author"]),
        published=_day(value["published"]),
        published_evidence=_text(value["published_evidence"]),
        language=_text(value["language"]),
        url=_optional(value["url"]),
        standfirst=_optional(value["standfirst"]),
        updated=_day(value["updated"]),
        dateline=_optional(value["dateline"]),
        evidence=tuple([_evidence(_object(one, _OF_EVIDENCE)) for one in _list(value["evidence"])]),
    )


def _evidence(value: Json) -> Evidence:
    return Evidence(
        _FIELDS[value["field"]], _text(value["where"]), _share(value["confidence"]), _span(value["span"])
    )


def _provenance(value: Json) -> Provenance:
    return Provenance(
        path=_text(value["path"]),
        member=_text(value["member"]),
        sha256=_text(value["sha256"]),
        encoding=_text(value["encoding"]),
        confidence=_share(value["confidence"]),
        warnings=tuple([_text(one) for one in _list(value["warnings"])]),
        removed=tuple([_removed(_object(one, _OF_REMOVED)) for one in _list(value["removed"])]),
        container=_text(value["container"]),
        container_sha256=_text(value["container_sha256"]),
        scope=_text(value["scope"]),
    )


def _removed(value: Json) -> RemovedLine:
    return RemovedLine(
        _text(value["text"]), _number(value["line"]), _text(value["rule"]), _number(value["at"])
    )


def _object(value: Any, keys: int) -> Json:
    if type(value) is not dict or len(value) != keys:
        raise TypeError(f"an object of {keys} keys was expected")
    return value


def _list(value: Any) -> list[Any]:
    if type(value) is not list:
        raise TypeError("a list was expected")
    return value


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text was expected")
    return value


def _optional(value: Any) -> str | None:
    return None if value is None else _text(value)


def _number(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("a number was expected")
    return value


def _share(value: Any) -> float:
    if type(value) is not float and type(value) is not int:
        raise TypeError("a number was expected")
    return value


def _day(value: Any) -> date | None:
    return None if value is None else date.fromisoformat(value)


def _span(value: Any) -> tuple[int, int] | None:
    if value is None:
        return None
    start, end = _list(value)
    return _number(start), _number(end)
