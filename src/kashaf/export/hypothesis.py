"""Annotations of Hypothesis read: the API's JSON, what its client and other tools export as JSON, its client's CSV.

Positions of Hypothesis count UTF-16 units of a page's whole text, and ranges are paths into it: neither is of use in
an article that was cleaned of the page. Its quotes are. A reply is a note of its own on the words that it is about,
by whoever wrote it; which note it answers is kept.
"""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.export.foreign import (
    MAX_BYTES,
    Foreign,
    Read,
    Refused,
    Spot,
    Unusable,
    check_number,
    in_short,
    moment,
    stable_id,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kashaf.storage.strict_json import Json

ADDRESS: Final = "https://hypothes.is/a/"

# The header of what the client exports as CSV.
_CSV: Final = ("Creation Date", "URL", "Annotation/Reply Type", "Quote", "User", "Body", "Tags")
_LISTS: Final = ("rows", "annotations", "replies")
_REPLIES: Final = 64  # a chain of replies longer than this is no conversation


def is_hypothesis(document: Json) -> bool:
    """Whether a JSON document looks like annotations of Hypothesis."""
    if isinstance(document, list):
        return bool(document) and is_hypothesis(document[0])
    if not isinstance(document, dict):
        return False
    return any(isinstance(document.get(name), list) for name in _LISTS) or (
        "user" in document and ("uri" in document or "url" in document)
    )


def is_csv(data: bytes) -> bool:
    """Whether a file begins as the CSV of Hypothesis does."""
    return data.removeprefix(b"\xef\xbb\xbf").lstrip(b'"').startswith(_CSV[0].encode())


def read(document: Json, *, where: str) -> Read:
    """The annotations of a JSON document. Raises BadInput when it has none, or far too many."""
    rows: list[tuple[str, Json]] = []
    if isinstance(document, list):
        rows = [(f"[{number}]", row) for number, row in enumerate(document)]
    elif isinstance(document, dict):
        for name in _LISTS:
            inner = document.get(name)
            if isinstance(inner, list):
                rows += [(f"{name}[{number}]", row) for number, row in enumerate(inner)]
        if not rows and "user" in document:
            rows = [("the document", document)]
        elif not any(isinstance(document.get(name), list) for name in _LISTS):
            raise _nothing(where)
    else:
        raise _nothing(where)
    check_number(len(rows), where)
    notices = []
    total = document.get("total") if isinstance(document, dict) else None
    if isinstance(total, int) and total > len(rows):
        notices.append(f"the file holds {len(rows)} of {total} annotations")
    return _read(rows, tuple(notices))


def _nothing(where: str) -> BadInput:
    return BadInput(
        "no annotations of Hypothesis",
        where=where,
        cure="Give the JSON of its API, or what its client exports",
    )


def _read(rows: list[tuple[str, Json]], notices: tuple[str, ...]) -> Read:
    by_id = {name: row for _, row in rows if isinstance(row, dict) and (name := _text(row, "id"))}
    annotations: list[Foreign] = []
    refused: list[Refused] = []
    seen: dict[str, Json] = {}
    for place, row in rows:
        try:
            if not isinstance(row, dict):
                raise Unusable("not an object")
            name = _text(row, "id")
            if name and name in seen:
                if seen[name] == row:
                    continue
                raise Unusable("its id stands twice, with two contents")
            seen[name] = row
            annotations.append(_foreign(row, place, by_id))
        except Unusable as error:
            refused.append(Refused(place, _what(row), str(error)))
    return Read(tuple(annotations), tuple(refused), notices)


def _foreign(row: dict[str, Json], place: str, by_id: Mapping[str, dict[str, Json]]) -> Foreign:
    name = _text(row, "id")
    created, modified = moment(row.get("created")), moment(row.get("updated"))
    text = _text(row, "text")
    tags = row.get("tags")
    references = _references(row)
    return Foreign(
        id=stable_id(ADDRESS + name if name else "urn:hypothesis:" + json.dumps(row, sort_keys=True)),
        where=place,
        aim=_spot(row, by_id),
        body=text,
        tags=tuple(tag for tag in tags if isinstance(tag, str)) if isinstance(tags, list) else (),
        author=_author(row),
        created=created or modified,
        modified=modified or created,
        reply_to=stable_id(ADDRESS + references[-1]) if references else "",
        origin=ADDRESS + name if name else "",
    )


def _references(row: Mapping[str, Json]) -> list[str]:
    """The ids of what a reply answers: the first of the conversation first."""
    value = row.get("references", row.get("refs"))
    return [one for one in value if isinstance(one, str)][-_REPLIES:] if isinstance(value, list) else []


def _spot(row: Mapping[str, Json], by_id: Mapping[str, dict[str, Json]]) -> Spot:
    """What it is about; a reply, which has no words of its own, what the conversation is about."""
    chain = [row, *(by_id[one] for one in reversed(_references(row)) if one in by_id)]
    spots = [_own_spot(one) for one in chain]
    return next(
        (spot for spot in spots if spot.quote), next((spot for spot in spots if spot.sources), spots[0])
    )


def _own_spot(row: Mapping[str, Json]) -> Spot:
    sources = [_text(row, "uri"), _text(row, "url")]
    quote = _text(row, "quote")
    prefix = suffix = ""
    others: list[str] = []
    for target in _objects(row.get("target")):
        sources.append(_text(target, "source"))
        for selector in _objects(target.get("selector")):
            kind = _text(selector, "type")
            if kind == "TextQuoteSelector" and _text(selector, "exact"):
                quote = _text(selector, "exact")
                prefix, suffix = _text(selector, "prefix"), _text(selector, "suffix")
            else:
                others.append(kind or "a nameless selector")
    document = row.get("document")
    title: Json = row.get("title")
    if isinstance(document, dict):
        title = document.get("title", title)
        sources += [_text(link, "href") for link in _objects(document.get("link"))]
    # A note on a whole page has no selector; where it has some and none with words, it is on a part of it.
    on_part = [kind for kind in others if kind not in ("EPUBContentSelector", "PageSelector")]
    if not quote and on_part:
        kinds = ", ".join(dict.fromkeys(on_part))
        raise Unusable(f"its words are given by {in_short(kinds)} only, which is of no use in a text")
    return Spot(
        tuple(dict.fromkeys(filter(None, sources))),
        quote=quote,
        prefix=prefix,
        suffix=suffix,
        title=next(
            (one for one in (title if isinstance(title, list) else [title]) if isinstance(one, str)), ""
        ),
    )


def _objects(value: Json) -> Iterator[dict[str, Json]]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one


def _author(row: Mapping[str, Json]) -> str:
    """The name that is shown, else that of the account: `acct:name@hypothes.is`."""
    info = row.get("user_info")
    shown = _text(info, "display_name") if isinstance(info, dict) else ""
    return shown or _account(_text(row, "user"))


def _account(user: str) -> str:
    return user.removeprefix("acct:").partition("@")[0] if user.startswith("acct:") else user


def _text(row: Mapping[str, Json], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _what(row: Json) -> str:
    return in_short(
        (_text(row, "text") or _text(row, "quote") or _text(row, "id")) if isinstance(row, dict) else ""
    )


# The client's CSV


def read_csv(data: bytes, *, where: str) -> Read:
    """The annotations of the client's CSV, which has neither ids nor what stands around the words.

    Raises BadInput when it is none.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput(f"not UTF-8 at byte {error.start}", where=where) from error
    if "\0" in text:
        raise BadInput("not CSV: a NUL byte", where=where)
    try:
        rows = list(_table(text, where))
    except csv.Error as error:
        raise BadInput(f"not CSV: {error}", where=where) from error
    check_number(len(rows), where)
    annotations: dict[str, Foreign] = {}
    for number, row in enumerate(rows, 2):
        told = {name: (row.get(name) or "").replace("\r\n", "\n") for name in _CSV}
        named = "urn:hypothesis:csv:" + json.dumps(told, sort_keys=True)
        made = Foreign(
            id=stable_id(named),
            where=f"row {number}",
            aim=Spot((told["URL"],) if told["URL"] else (), quote=told["Quote"]),
            body=told["Body"],
            tags=tuple(filter(None, map(str.strip, told["Tags"].split(",")))),
            author=_account(told["User"]),
            created=moment(told["Creation Date"]),
            modified=moment(told["Creation Date"]),
        )
        annotations.setdefault(made.id, made)
    return Read(tuple(annotations.values()))


def _table(text: str, where: str) -> Iterator[dict[str, str | None]]:
    limit = csv.field_size_limit(MAX_BYTES)
    try:
        table = csv.DictReader(io.StringIO(text, newline=""))
        missing = sorted(set(_CSV) - set(table.fieldnames or ()))
        if missing:
            raise BadInput(f"a column is missing: {missing[0]}", where=where)
        yield from table
    finally:
        csv.field_size_limit(limit)
