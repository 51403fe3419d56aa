"""JSON-LD of a page (schema.org): the object that describes its article, among lists, graphs and references."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from kashaf.corpus.readers.blocks import finder

_ARTICLE: Final = re.compile(r"article|blogposting|report(?!er)|liveblog", re.IGNORECASE)
_COMMENTS: Final = re.compile(r"<!--|-->|/\*\s*<!\[CDATA\[\s*\*/|/\*\s*\]\]>\s*\*/|<!\[CDATA\[|\]\]>")
_MAX_CHARS: Final = 500_000
_MAX_SCRIPTS: Final = 20
_MAX_OBJECTS: Final = 500
_INSIDE: Final = ("@graph", "mainEntity", "mainEntityOfPage", "hasPart", "item", "itemListElement")


@dataclass(frozen=True, slots=True)
class Linked:
    """The article's object. named: objects of the page by `@id`, that properties may refer to."""

    article: Mapping[str, Any] = field(default_factory=dict)
    named: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    site: str | None = None

    def get(self, name: str) -> object:
        value = self.article.get(name)
        return value[0] if isinstance(value, list) and value else value

    def text(self, name: str) -> str | None:
        """A property in words: a name for a person or an organisation, several joined."""
        if name == "site":
            return self.site
        return self._name(self.article.get(name))

    def _name(self, value: object, depth: int = 3) -> str | None:
        if isinstance(value, list) and depth:
            names = [found for one in value[:10] if (found := self._name(one, depth - 1))]
            return "، ".join(dict.fromkeys(names)) or None
        if isinstance(value, dict):
            written = value.get("name")
            if written is None and isinstance(value.get("@id"), str):
                written = self.named.get(value["@id"], {}).get("name")
            return self._name(written, depth - 1) if depth else None
        return value if isinstance(value, str) else None


def read_linked(tree: Any) -> Linked:
    """The first object that describes an article. A script over the limits, or that is no JSON, says nothing."""
    found: list[Mapping[str, Any]] = []
    named: dict[str, Mapping[str, Any]] = {}
    site = None
    for script in finder("//script[contains(@type, 'ld+json')]")(tree)[:_MAX_SCRIPTS]:
        for item in _objects(_loaded(script.text or "")):
            kind = _kind(item)
            if isinstance(item.get("@id"), str) and "name" in item:
                named.setdefault(item["@id"], item)
            if kind.lower() == "website" and isinstance(item.get("name"), str):
                site = site or item["name"]
            if _ARTICLE.search(kind):
                found.append(item)
    # Related articles may be listed: the one that says when it appeared and what it is called comes first.
    best = max(
        found,
        key=lambda item: ("headline" in item) + ("datePublished" in item) - ("position" in item),
        default={},
    )
    return Linked(best, named, site)


def _loaded(text: str) -> object:
    if len(text) > _MAX_CHARS or not text.strip():
        return None
    for attempt in (text, _COMMENTS.sub("", text)):
        try:
            return json.loads(attempt, strict=False)  # line ends inside strings are common
        except (ValueError, RecursionError):
            continue
    return None


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    pending = [value]
    for place in range(_MAX_OBJECTS):
        if place >= len(pending):
            return
        item = pending[place]
        if isinstance(item, dict):
            yield item
            pending.extend(item[key] for key in _INSIDE if key in item)
            # What the article refers to may be named only inside it.
            pending.extend(item[key] for key in ("publisher", "isPartOf") if isinstance(item.get(key), dict))
        elif isinstance(item, list):
            pending.extend(item[:100])


def _kind(item: Mapping[str, Any]) -> str:
    kind = item.get("@type")
    return " ".join(map(str, kind)) if isinstance(kind, list) else str(kind or "")
