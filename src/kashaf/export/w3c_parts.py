"""The parts of a Web Annotation: what it says (bodies), and what of (targets and their selectors)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote

from kashaf.export.foreign import Aim, Spot, Unusable
from kashaf.export.w3c import ENTITY, SEARCH
from kashaf.notes.model import EntityTarget, SearchTarget
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

_SETS: Final = frozenset(("Composite", "List", "Independents"))
# Fragments that select a part: text directives, media fragments, RFC 5147 (text/plain), pages of a PDF.
_PART = re.compile(r"#(.*:~:|(xywh|t|char|line|page|svgView)=)")
_NO_TEXT: Final = frozenset(("Image", "Video", "Audio", "Sound", "Dataset"))


def texts(value: Json) -> list[str]:
    """One text or several, as JSON-LD lets either stand."""
    return [one for one in (value if isinstance(value, list) else [value]) if isinstance(one, str)]


def types_of(value: dict[str, Json]) -> list[str]:
    return texts(value.get("type", value.get("@type")))


def named(value: dict[str, Json]) -> str:
    """The IRI of an object, or nothing."""
    name = value.get("id", value.get("@id"))
    return name if isinstance(name, str) else ""


# What an annotation says


@dataclass
class Bodies:
    """text: all that is said, one thing below the other. link: the words that it links to."""

    parts: list[str] = field(default_factory=list)
    marks: dict[str, None] = field(default_factory=dict)
    link: Spot | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(self.parts)

    @property
    def tags(self) -> tuple[str, ...]:
        return tuple(self.marks)


def bodies(annotation: dict[str, Json], *, tagging: bool) -> Bodies:
    """What an annotation says. tagging: that is its motivation, so that bodies without a purpose are tags.

    Nothing is left out: what is elsewhere is named by its address. Markup stays the text that it is.
    """
    said = Bodies()
    _say(_literal(annotation.get("bodyValue")) or "", said, tagging=False)
    _take(annotation.get("body"), said, tagging)
    return said


def _take(body: Json, said: Bodies, tagging: bool) -> None:
    if isinstance(body, list):
        for one in body:
            _take(one, said, tagging)
    elif not isinstance(body, dict) or "@value" in body:
        _say(_literal(body) or "", said, tagging)
    else:
        purposes = [one.rpartition(":")[2].rpartition("#")[2] for one in texts(body.get("purpose"))]
        tagging = "tagging" in purposes or (tagging and not purposes)
        # Drafts of the model, and Open Annotation before it, called it otherwise.
        value = next((body[key] for key in ("value", "rdf:value", "text", "chars") if key in body), None)
        if isinstance(body.get("items"), list):
            _take(body["items"], said, tagging)
        elif (literal := _literal(value)) is not None:
            _say(literal, said, tagging)
        elif "linking" in purposes and said.link is None and isinstance(link := _target(body), Spot):
            said.link = link
        else:
            source = body.get("source")
            name = source if isinstance(source, str) else named(source if isinstance(source, dict) else body)
            _say(name, said, tagging)


def _literal(value: Json) -> str | None:
    """A text, however JSON-LD lets it stand: by itself, with its language, or as one of several."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        return _literal(value.get("@value"))
    if isinstance(value, list):
        several = [one for one in map(_literal, value) if one is not None]
        return "\n\n".join(several) if several else None
    return None


def _say(value: str, said: Bodies, tagging: bool) -> None:
    if tagging and (tag := sanitise_line(value)):
        said.marks[tag] = None
    elif value.strip():
        said.parts.append(value)


# What it says it of


def targets(value: Json) -> list[Aim]:
    """Every target. Raises Unusable when one is none that we can follow."""
    if isinstance(value, list):
        found = [aim for one in value for aim in targets(one)]
    elif isinstance(value, dict) and _SETS & set(types_of(value)):
        found = targets(value.get("items"))
    elif isinstance(value, dict) and "Choice" in types_of(value) and isinstance(value.get("items"), list):
        items = value["items"]
        assert isinstance(items, list)
        found = targets(items[:1])
    else:
        found = [_target(value)]
    if not found:
        raise Unusable("it has no target")
    return found


def _target(value: Json) -> Aim:
    name = value if isinstance(value, str) else named(value) if isinstance(value, dict) else ""
    if _PART.search(name):
        raise Unusable(f"its words are given by a fragment of the address only: {sanitise_line(name[:200])}")
    if isinstance(value, str):
        return _ours(value, {}) or Spot(_sources(value))
    if not isinstance(value, dict):
        raise Unusable("it has no target")
    ours = _ours(name, value)
    if ours is not None:
        return ours
    if "source" not in value:
        if _NO_TEXT & set(types_of(value)):
            raise Unusable(f"its target is no text: {', '.join(types_of(value))}")
        return _about(Spot(_sources(value)), value, value)
    source = value["source"]
    spot = Spot(_sources(source) + _sources({**value, "source": None, "id": None, "@id": None}))
    spot = _about(spot, source if isinstance(source, dict) else {}, value)
    return _selected(spot, value.get("selector"))


def _ours(name: str, value: dict[str, Json]) -> EntityTarget | SearchTarget | None:
    """An entity or a search, as `kashaf.export.w3c` names them."""

    def told(key: str, default: str = "") -> str:
        given = value.get(key)
        return sanitise_line(given if isinstance(given, str) else default)

    if name.startswith(ENTITY):
        kind, _, rest = name.removeprefix(ENTITY).partition(":")
        entity = told("kashaf:entityName", unquote(rest))
        if entity:
            return EntityTarget(entity, told("kashaf:entityType", unquote(kind)))
    if name.startswith(SEARCH):
        query = told("kashaf:query", unquote(name.removeprefix(SEARCH)))
        if query:
            return SearchTarget(query, told("kashaf:rung"), told("kashaf:match"))
    return None


def _sources(value: Json) -> tuple[str, ...]:
    """All that a resource is called, its own name first."""
    if isinstance(value, str):
        return (value,) if value else ()
    if isinstance(value, list):
        return tuple(name for one in value for name in _sources(one))
    if not isinstance(value, dict):
        return ()
    names = (named(value), *texts(value.get("canonical")), *texts(value.get("via")))
    return tuple(dict.fromkeys(filter(None, names)))


def _about(spot: Spot, source: dict[str, Json], value: dict[str, Json]) -> Spot:
    """The spot with what is said of its page."""
    states = value.get("state")
    told: dict[str, str] = {}
    for state in states if isinstance(states, list) else [states]:
        if isinstance(state, dict):
            told |= {key: one for key, one in state.items() if isinstance(one, str)}
    return Spot(
        spot.sources,
        text_sha256=told.get("kashaf:textSha256", ""),
        file_sha256=told.get("kashaf:fileSha256", ""),
        title=next(iter(texts(source.get("dc:title"))), ""),
        outlet=next(iter(texts(source.get("dc:publisher"))), ""),
        published=next(iter(texts(source.get("dcterms:issued"))), ""),
    )


# Selectors


@dataclass
class _Found:
    """What the selectors of one target say, as far as we can follow them. others: of what kinds the rest are."""

    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: tuple[int, int] | None = None
    others: list[str] = field(default_factory=list)


def _selected(spot: Spot, selector: Json) -> Spot:
    if selector is None or selector == []:
        return spot
    found = _Found()
    _follow(selector, found, within=False)
    if not found.quote and found.position is None:
        kinds = ", ".join(dict.fromkeys(found.others)) or "nothing"
        raise Unusable(
            f"its words are given by {sanitise_line(kinds[:200])} only, which is of no use in a text"
        )
    return Spot(
        spot.sources,
        quote=found.quote,
        prefix=found.prefix,
        suffix=found.suffix,
        position=found.position,
        text_sha256=spot.text_sha256,
        file_sha256=spot.file_sha256,
        title=spot.title,
        outlet=spot.outlet,
        published=spot.published,
    )


def _follow(selector: Json, found: _Found, *, within: bool) -> None:
    """within: it refines another selector, so that positions count from the beginning of what that one selects."""
    if isinstance(selector, list):
        for one in selector:
            _follow(one, found, within=within)
        return
    if not isinstance(selector, dict):
        found.others.append("an address")
        return
    kinds = {kind.rpartition(":")[2] for kind in types_of(selector)}
    start, end = selector.get("start"), selector.get("end")
    if isinstance(selector.get("items"), list):
        _follow(selector["items"], found, within=within)
    elif "TextQuoteSelector" in kinds and isinstance(selector.get("exact"), str) and selector["exact"]:
        if not found.quote or within:
            found.quote = str(selector["exact"])
            found.prefix = "".join(texts(selector.get("prefix")))
            found.suffix = "".join(texts(selector.get("suffix")))
            _narrow(selector.get("refinedBy"), found)
            return
    elif "TextPositionSelector" in kinds and not within and _is_span(start, end):
        found.position = found.position or (int(str(start)), int(str(end)))
    else:
        found.others.append(" ".join(sorted(kinds)) or "a nameless selector")
    if selector.get("refinedBy") is not None:
        _follow(selector["refinedBy"], found, within=True)


def _narrow(refinement: Json, found: _Found) -> None:
    """A quote refined by a position in it, or by another quote."""
    for one in refinement if isinstance(refinement, list) else [refinement]:
        if not isinstance(one, dict):
            continue
        start, end = one.get("start"), one.get("end")
        if "TextPositionSelector" in types_of(one) and _is_span(start, end):
            begin, stop = int(str(start)), int(str(end))
            quote = found.quote
            if stop <= len(quote):
                found.prefix += quote[:begin]
                found.suffix = quote[stop:] + found.suffix
                found.quote = quote[begin:stop]
        else:
            _follow(one, found, within=True)


def _is_span(start: Json, end: Json) -> bool:
    return (
        isinstance(start, int)
        and isinstance(end, int)
        and not isinstance(start, bool)
        and not isinstance(end, bool)
        and 0 <= start < end < 1 << 53
    )
