"""What an HTML page states about its article: meta tags, JSON-LD, `time` elements; cross-checked, never guessed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from kashaf.corpus.chrome import normal_form
from kashaf.corpus.dates import parse_date
from kashaf.corpus.metadata import split_title
from kashaf.corpus.page_head import is_date_line

_TITLE_META: Final = ("og:title", "twitter:title", "dc.title", "headline")
_OUTLET_META: Final = ("og:site_name", "application-name", "dc.publisher", "publisher")
_AUTHOR_META: Final = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author", "byl")
_DATE_META: Final = (
    "article:published_time", "og:published_time", "datepublished", "parsely-pub-date", "sailthru.date", "pubdate",
    "publish-date", "publish_date", "publication_date", "dc.date.issued", "dc.date.created", "dcterms.issued",
    "dcterms.created", "dc.date", "date",
)  # fmt: skip
_ARTICLE_TYPES: Final = re.compile(r"article|blogposting|report", re.IGNORECASE)
_DATE_CLASS: Final = re.compile(r"date|time|publish|posted", re.IGNORECASE)
_NOT_PUBLISHED: Final = re.compile(
    r"clock|now|today|updat|modif|comment|related|weather|header-date", re.IGNORECASE
)
_MAX_JSON_LD: Final = 500_000
_INSIDE: Final = "//article|//main|//*[@itemtype and contains(@itemtype, 'Article')]"


@dataclass(frozen=True, slots=True)
class PageMeta:
    """As in `Metadata`; warnings name what disagrees within the page."""

    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    evidence: str
    language: str | None
    url: str | None
    warnings: tuple[str, ...] = ()


def read_meta(tree: Any) -> PageMeta:
    """Read the head and the marked elements of a parsed page (an lxml tree)."""
    meta = _meta_tags(tree)
    linked = _json_ld(tree)
    outlet = _first(meta, _OUTLET_META) or _name(linked.get("publisher"))
    title, outlet = _title(tree, meta, linked, outlet)
    published, evidence, warnings = _published(tree, meta, linked)
    author = _author(tree, meta, linked)
    urls = tree.xpath("//link[@rel='canonical']/@href")
    return PageMeta(
        title=title,
        outlet=outlet,
        author=None if author == outlet else author,
        published=published,
        evidence=evidence,
        language=next(iter(tree.xpath("/html/@lang")), None),
        url=_clean(urls[0]) if urls else meta.get("og:url"),
        warnings=warnings,
    )


def _meta_tags(tree: Any) -> dict[str, str]:
    tags: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]")[:500]:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = _clean(element.get("content"))
        if name and content:
            tags.setdefault(name.strip().lower(), content)
    return tags


def _json_ld(tree: Any) -> Mapping[str, Any]:
    """The first object of JSON-LD that describes an article, or an empty one."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        source = script.text or ""
        if len(source) > _MAX_JSON_LD:
            continue
        try:
            value = json.loads(source, strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(value):
            kind = item.get("@type")
            if isinstance(kind, list):
                kind = " ".join(map(str, kind))
            if isinstance(kind, str) and _ARTICLE_TYPES.search(kind):
                return item
    return {}


def _objects(value: object) -> Iterator[Mapping[str, Any]]:
    pending = [value]
    for _ in range(200):
        if not pending:
            return
        item = pending.pop(0)
        if isinstance(item, dict):
            yield item
            pending.extend(item[key] for key in ("@graph", "mainEntity") if key in item)
        elif isinstance(item, list):
            pending.extend(item[:100])


def _title(
    tree: Any, meta: Mapping[str, str], linked: Mapping[str, Any], outlet: str | None
) -> tuple[str | None, str | None]:
    """The headline that readers of the page saw is its h1; tags for search and social media may differ from it."""
    document = next((text for node in tree.xpath("//head/title") if (text := _text(node))), None)
    stripped, found = split_title(document, outlet) if document else (None, outlet)
    tagged, found = split_title(first, found) if (first := _first(meta, _TITLE_META)) else (None, found)
    headline = _name(linked.get("headline"))
    shown = [text for node in tree.xpath("//h1")[:10] if (text := _text(node)) and text != found]
    inside = [
        text for node in tree.xpath("(//article|//main)//h1")[:10] if (text := _text(node)) and text != found
    ]
    heading = inside[0] if len(inside) == 1 else shown[0] if len(shown) == 1 else None
    candidates = [text for text in (headline, tagged, stripped) if text]
    if heading is None:
        heading = next((text for text in shown if any(_same(text, other) for other in candidates)), None)
    if heading is None:
        return next(iter(candidates), None), found
    # The same words without the decoration of the page (tatweel, vowel marks) search and read better.
    return next((text for text in candidates if _same(text, heading)), heading), found


def _published(
    tree: Any, meta: Mapping[str, str], linked: Mapping[str, Any]
) -> tuple[date | None, str, tuple[str, ...]]:
    stated: list[tuple[date, str]] = []
    for name in _DATE_META:
        if name in meta and (day := _day(meta[name])):
            stated.append((day, f"meta: {name}"))
            break
    if day := _day(linked.get("datePublished")):
        stated.append((day, "json-ld: datePublished"))
    if not stated:
        stated.extend(_marked(tree))
    if not stated:
        return None, "", ()
    differing = [f"{where} says {day}" for day, where in stated[1:] if day != stated[0][0]]
    return *stated[0], tuple(f"dates disagree: {text}" for text in differing)


def _marked(tree: Any) -> Iterator[tuple[date, str]]:
    """The first element inside the article that is marked as its date."""
    for element in tree.xpath("//*[@itemprop='datePublished']|//time[@pubdate]")[:5]:
        if day := _day(element.get("datetime") or element.get("content") or _text(element)):
            yield day, f"element: {element.tag}"
            return
    for place in tree.xpath(_INSIDE)[:3]:
        for element in place.iter("time", "span", "div", "p", "small", "li"):
            label = f"{element.get('class') or ''} {element.get('id') or ''}"
            if element.tag != "time" and not _DATE_CLASS.search(label):
                continue
            if _NOT_PUBLISHED.search(label) or len(element) > 3 or _inside_unrelated(element):
                continue
            text = _text(element)
            written = element.get("datetime") or (text if text and is_date_line(text) else None)
            if written and (day := _day(written)):
                yield day, f"element: {element.tag}"
                return


def drop_other_dates(tree: Any) -> None:
    """Take clocks and dates of updates out of the tree, so that nothing reads them as the date of publication."""
    for element in list(tree.iter("time", "span", "div", "p", "small", "li")):
        label = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.getparent() is not None and _NOT_PUBLISHED.search(label) and len(element) <= 3:
            text = _text(element)
            if text and is_date_line(text):
                element.drop_tree()


def _inside_unrelated(element: Any) -> bool:
    return any(
        parent.tag in {"aside", "footer", "nav"} or _NOT_PUBLISHED.search(parent.get("class") or "")
        for parent in element.iterancestors()
    )


def _author(tree: Any, meta: Mapping[str, str], linked: Mapping[str, Any]) -> str | None:
    named = _first(meta, _AUTHOR_META)
    if named and not named.startswith(("http:", "https:", "/", "@")):
        return named
    written = _name(linked.get("author"))
    if written:
        return written
    marked = tree.xpath("(//article|//main)//*[@rel='author' or @itemprop='author']")[:1]
    text = _text(marked[0]) if marked else None
    return text if text and len(text) <= 80 else None


def _day(value: object) -> date | None:
    found = parse_date(value)
    return found.value if found is not None and found.granularity == "day" else None


def _first(meta: Mapping[str, str], names: tuple[str, ...]) -> str | None:
    return next((meta[name] for name in names if name in meta), None)


def _name(value: object) -> str | None:
    if isinstance(value, list):
        return "، ".join(filter(None, map(_name, value[:10]))) or None
    if isinstance(value, dict):
        value = value.get("name")
    return _clean(value) if isinstance(value, str) else None


def _text(element: Any) -> str | None:
    return _clean("".join(element.itertext()))


def _clean(text: str | None) -> str | None:
    return " ".join((text or "").split())[:1_000] or None


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, normal_form(one))) == "".join(filter(str.isalnum, normal_form(other)))
