"""W3C Web Annotations read: a collection, a page, a list, or one annotation, in JSON-LD's usual compact form.

Selectors, bodies and targets of the Web Annotation Data Model are in `w3c_parts`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final, cast, get_args

from kashaf.errors import BadInput
from kashaf.export.foreign import Foreign, Read, Refused, Unusable, check_number, in_short, moment, stable_id
from kashaf.export.w3c_parts import Bodies, bodies, named, targets, texts, types_of
from kashaf.notes.model import CONFIDENCES, STATUSES, Confidence, Kind, Status

if TYPE_CHECKING:
    from kashaf.export.foreign import Aim
    from kashaf.storage.strict_json import Json

_KINDS: Final[dict[str, Kind]] = {
    "questioning": "question",
    "assessing": "claim",
    "reviewing": "claim",
    "highlighting": "highlight",
}


def is_w3c(document: Json) -> bool:
    """Whether a JSON document looks like Web Annotations."""
    if isinstance(document, list):
        return bool(document) and is_w3c(document[0])
    if not isinstance(document, dict):
        return False
    kinds = {kind.rpartition(":")[2] for kind in types_of(document)}
    return bool(kinds & {"Annotation", "AnnotationCollection", "AnnotationPage"}) or "@graph" in document


def read(document: Json, *, where: str) -> Read:
    """The annotations of a document. Raises BadInput when it has none, or far too many."""
    notices: list[str] = []
    found = list(_annotations(document, "", notices))
    if not found and not (isinstance(document, dict) and document.get("total") == 0):
        raise BadInput("no Web Annotations", where=where, cure="Give a collection, a page or a list of them")
    check_number(len(found), where)
    total = document.get("total") if isinstance(document, dict) else None
    if isinstance(total, int) and total > len(found) and not notices:
        notices.append(f"the file holds {len(found)} of {total} annotations")
    return _read(found, notices)


def _read(found: list[tuple[str, Json]], notices: list[str]) -> Read:
    annotations: list[Foreign] = []
    refused: list[Refused] = []
    seen: dict[str, Json] = {}
    aims = {name: item for _, item in found if isinstance(item, dict) and (name := named(item))}
    for place, item in found:
        try:
            if not isinstance(item, dict):
                raise Unusable("not an object")
            name = named(item)
            if name and name in seen:
                if seen[name] == item:
                    continue
                raise Unusable("its id stands twice, with two contents")
            seen[name] = item
            annotations += _foreign(item, place, aims)
        except Unusable as error:
            refused.append(Refused(place, _what(item), str(error)))
    return Read(tuple(annotations), tuple(refused), tuple(notices))


def _annotations(value: Json, place: str, notices: list[str]) -> Iterator[tuple[str, Json]]:
    """Every annotation of a document with its place; what lies elsewhere is noticed."""
    if isinstance(value, list):
        for number, item in enumerate(value):
            yield from _annotations(item, f"{place}[{number}]", notices)
        return
    kinds = {kind.rpartition(":")[2] for kind in types_of(value)} if isinstance(value, dict) else set()
    if isinstance(value, dict) and kinds & {"AnnotationCollection", "AnnotationPage", "OrderedCollection"}:
        for key in ("items", "first", "next"):
            inner = value.get(key)
            if isinstance(inner, str):
                notices.append(f"a page that is not in the file: {in_short(inner)}")
            elif inner is not None:
                yield from _annotations(inner, f"{place}.{key}".lstrip("."), notices)
    elif isinstance(value, dict) and "@graph" in value:
        yield from _annotations(value["@graph"], f"{place}.@graph".lstrip("."), notices)
    elif place or "Annotation" in kinds:
        yield place or "the document", value


def _foreign(item: dict[str, Json], place: str, others: dict[str, dict[str, Json]]) -> Iterator[Foreign]:
    """The annotation, once for each of its targets, for each is meant by itself."""
    if "Annotation" not in {kind.rpartition(":")[2] for kind in types_of(item)}:
        raise Unusable("not of the type Annotation")
    name = named(item) or "urn:kashaf:nameless:" + json.dumps(item, sort_keys=True)
    motivations = [one.rpartition(":")[2].rpartition("#")[2] for one in texts(item.get("motivation"))]
    said = bodies(item, tagging=motivations == ["tagging"])
    reply_to, aims = _aims(item, others)
    created = moment(item.get("created"))
    modified = moment(item.get("modified")) or created
    for number, aim in enumerate(aims):
        yield Foreign(
            id=stable_id(name if number == 0 else f"{name}#target-{number + 1}"),
            where=place,
            aim=aim,
            body=said.text,
            tags=said.tags,
            kind=_kind(item, motivations, said),
            author=_author(item.get("creator")),
            created=created or modified,
            modified=modified,
            confidence=cast("Confidence", _choice(item.get("kashaf:confidence"), CONFIDENCES, "")),
            status=cast("Status", _choice(item.get("kashaf:status"), STATUSES, "open")),
            other=said.link,
            reply_to=reply_to,
            origin="" if "kashaf:kind" in item else named(item),
        )


def _aims(item: dict[str, Json], others: dict[str, dict[str, Json]]) -> tuple[str, list[Aim]]:
    """The targets; of an annotation on another one, which is its reply, those of that one."""
    seen: set[str] = set()
    parent = item
    reply_to = ""
    while isinstance(target := parent.get("target"), str) and target in others and target not in seen:
        reply_to = reply_to or stable_id(target)
        seen.add(target)
        parent = others[target]
    return reply_to, targets(parent.get("target"))


def _kind(item: dict[str, Json], motivations: list[str], said: Bodies) -> Kind | None:
    given = item.get("kashaf:kind")
    if isinstance(given, str) and given in get_args(Kind):
        return cast("Kind", given)
    for one in motivations:
        if one == "linking" and said.link is not None:
            return "link"
        if one in _KINDS and not (one == "highlighting" and said.text):
            return _KINDS[one]
    return None


def _author(creator: Json) -> str:
    """The names of those who made it: what people call them, else their address."""
    names: list[str] = []
    for one in creator if isinstance(creator, list) else [creator]:
        if isinstance(one, str):
            names.append(one)
        elif isinstance(one, dict):
            told = (one.get(key) for key in ("name", "nickname", "id", "@id"))
            names += [next((name for name in told if isinstance(name, str) and name), "")]
    return ", ".join(filter(None, names))


def _choice(value: Json, choices: tuple[str, ...], default: str) -> str:
    return value if isinstance(value, str) and value in choices else default


def _what(item: Json) -> str:
    """Something to know an annotation by."""
    if not isinstance(item, dict):
        return in_short(json.dumps(item, ensure_ascii=False))
    try:
        said = bodies(item, tagging=False)
    except Unusable:
        return in_short(named(item))
    return in_short(said.text or " ".join(said.tags) or named(item))
