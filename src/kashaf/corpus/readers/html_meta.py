"""What an HTML page states about its article: meta tags, JSON-LD, marked elements; cross-checked, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from kashaf.corpus.article import Evidence, MetadataField
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.dates import parse_date
from kashaf.corpus.metadata import split_title
from kashaf.corpus.page_head import is_date_line
from kashaf.corpus.readers.assemble import Stated
from kashaf.corpus.readers.blocks import finder
from kashaf.corpus.readers.html_linked import Linked, read_linked

_TITLE_META: Final = (
    "og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title",
    "headline",
)  # fmt: skip
_OUTLET_META: Final = (
    "og:site_name", "citation_journal_title", "dc.publisher", "dcterms.publisher", "publisher", "application-name",
)  # fmt: skip
_AUTHOR_META: Final = (
    "citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author",
    "sailthru.author", "byl", "article:author_name",
)  # fmt: skip
_DATE_META: Final = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished", "parsely-pub-date",
    "sailthru.date", "pubdate", "publish-date", "publish_date", "publication_date", "citation_publication_date",
    "citation_online_date", "citation_date", "dc.date.issued", "dcterms.issued", "dc.date.created",
    "dcterms.created", "dc.date", "date",
)  # fmt: skip
_UPDATED_META: Final = (
    "article:modified_time", "og:updated_time", "datemodified", "lastmod", "dcterms.modified", "dc.date.modified",
    "last-modified",
)  # fmt: skip
_DESCRIPTION_META: Final = ("og:description", "description", "twitter:description", "dc.description")
_DATE_CLASS: Final = re.compile(r"date|time|publish|posted", re.IGNORECASE)
_NOT_PUBLISHED: Final = re.compile(
    r"clock|now|today|updat|modif|edited|comment|related|weather|header-date|recommend|trending|most-?read"
    r"|sidebar|widget|teaser",
    re.IGNORECASE,
)
_LIVE: Final = re.compile("clock|now|today|updat|modif|edited|weather|header-date|current", re.IGNORECASE)
_MAY_BE_LIVE: Final = "(//time|//span|//div|//p|//small|//li)[@class or @id]"
_H1_INSIDE: Final = "//h1[ancestor::article or ancestor::main]"
_INSIDE: Final = "//article|//main|//*[@itemtype and contains(@itemtype, 'Article')]"
_SURE: Final = 0.95
_LIKELY: Final = 0.85
_MARKED_SURE: Final = 0.8


@dataclass(frozen=True, slots=True)
class PageMeta:
    """stated: with the evidence of each value. description: of the page, which may stand in it as its standfirst.
    warnings: what disagrees within the page."""

    stated: Stated
    description: str | None = None
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Found:
    value: str
    where: str
    confidence: float


@dataclass(frozen=True, slots=True)
class _Day:
    value: date
    where: str
    confidence: float


def read_meta(tree: Any) -> PageMeta:
    """Read the head and the marked elements of a parsed page (an lxml tree)."""
    meta = _meta_tags(tree)
    linked = read_linked(tree)
    outlet = _tag(meta, _OUTLET_META, _SURE) or _of_linked(linked, "publisher") or _of_linked(linked, "site")
    title, outlet = _title(tree, meta, linked, outlet)
    published, others = _published(tree, meta, linked)
    updated = _updated(tree, meta, linked)
    if updated is not None and published is not None and updated.value < published.value:
        others = (*others, f"updated before it was published: {updated.where} says {updated.value}")
        updated = None
    author = _author(tree, meta, linked)
    if author is not None and outlet is not None and author.value == outlet.value:
        author = None
    language = _language(tree, meta, linked)
    url = _url(tree, meta, linked)
    found: tuple[tuple[MetadataField, _Found | _Day | None], ...] = (
        ("title", title), ("outlet", outlet), ("author", author), ("published", published), ("updated", updated),
        ("language", language), ("url", url),
    )  # fmt: skip
    stated = Stated(
        title=_value(title),
        outlet=_value(outlet),
        author=_value(author),
        published=published.value if published else None,
        evidence=published.where if published else "",
        language=_value(language),
        url=_value(url),
        updated=updated.value if updated else None,
        evidences=tuple(Evidence(name, one.where, one.confidence) for name, one in found if one is not None),
    )
    description = _tag(meta, _DESCRIPTION_META, _SURE)
    return PageMeta(stated, _value(description), others)


def drop_other_dates(tree: Any) -> None:
    """Take clocks and dates of updates out of the tree, so that nothing reads them as the date of publication."""
    for element in finder(_MAY_BE_LIVE)(tree):
        if not _is_live(_label(element)) or len(element) > 3 or element.getparent() is None:
            continue
        text = _text(element)
        if text and len(text) <= 120 and any(map(str.isdecimal, text)) and is_date_line(text):
            element.drop_tree()


@lru_cache(4096)
def _is_live(label: str) -> bool:
    return _LIVE.search(label) is not None


def _meta_tags(tree: Any) -> dict[str, list[str]]:
    """Values by name, lower case, in their order: a name may stand again, as that of an author does."""
    tags: dict[str, list[str]] = {}
    for element in finder("//meta[@content]")(tree)[:500]:
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        if name and (content := _clean(element.get("content"))):
            values = tags.setdefault(name.strip().lower(), [])
            if content not in values and len(values) < 20:
                values.append(content)
    return tags


def _title(
    tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked, outlet: _Found | None
) -> tuple[_Found | None, _Found | None]:
    """The headline that readers of the page saw is its h1; tags for search and social media may differ from it."""
    document = next((text for node in finder("//head/title")(tree) if (text := _text(node))), None)
    name = _value(outlet)
    tag = _tag(meta, _TITLE_META, _SURE)
    stripped, from_document = split_title(document, name) if document else (None, name)
    tagged, found = split_title(tag.value, from_document) if tag else (None, from_document)
    if outlet is None and found:
        where = "element: title" if found == from_document else tag.where if tag else ""
        outlet = _Found(found, where, 0.7)
    shown = [text for node in finder("//h1")(tree)[:10] if (text := _text(node)) and text != found]
    inside = [
        text
        for node in finder("//h1[ancestor::article or ancestor::main]")(tree)[:10]
        if (text := _text(node)) and text != found
    ]
    heading = inside[0] if len(inside) == 1 else shown[0] if len(shown) == 1 else None
    headline = _of_linked(linked, "headline")
    candidates = [headline] if headline else []
    if tag and tagged:
        candidates.append(_Found(tagged, tag.where, tag.confidence))
    if stripped:
        candidates.append(_Found(stripped, "element: title", _LIKELY))
    if heading is None:
        heading = next(
            (text for text in shown if any(_same(text, other.value) for other in candidates)), None
        )
    if heading is None:
        return next(iter(candidates), None), outlet
    # The same words without the decoration of the page (tatweel, vowel marks) search and read better.
    same = next((one for one in candidates if _same(one.value, heading)), None)
    return same or _Found(heading, "element: h1", _LIKELY), outlet


def _published(
    tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked
) -> tuple[_Day | None, tuple[str, ...]]:
    stated = list(_tag_days(meta, _DATE_META))[:1]
    if day := _day(linked.get("datePublished")):
        stated.append(_Day(day, "json-ld: datePublished", _SURE))
    elif not stated and (day := _day(linked.get("dateCreated"))):
        stated.append(_Day(day, "json-ld: dateCreated", 0.8))
    if not stated:
        stated.extend(_marked(tree))
    if not stated:
        return None, ()
    first = stated[0]
    differing = [f"{one.where} says {one.value}" for one in stated[1:] if one.value != first.value]
    if differing:
        first = _Day(first.value, first.where, 0.6)
    return first, tuple(f"dates disagree: {text}" for text in differing)


def _updated(tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked) -> _Day | None:
    for found in _tag_days(meta, _UPDATED_META):
        return found
    if day := _day(linked.get("dateModified")):
        return _Day(day, "json-ld: dateModified", _SURE)
    for element in finder("//*[@itemprop='dateModified']")(tree)[:5]:
        if day := _day(element.get("datetime") or element.get("content") or _text(element)):
            return _Day(day, f"element: {element.tag}", _MARKED_SURE)
    return None


def _tag_days(meta: Mapping[str, Sequence[str]], names: tuple[str, ...]) -> Iterator[_Day]:
    for name in names:
        if name in meta and (day := _day(meta[name][0])):
            yield _Day(day, f"meta: {name}", _SURE)


def _marked(tree: Any) -> Iterator[_Day]:
    """The first element inside the article that is marked as its date."""
    for element in finder("//*[@itemprop='datePublished']|//time[@pubdate]")(tree)[:5]:
        if day := _day(element.get("datetime") or element.get("content") or _text(element)):
            yield _Day(day, f"element: {element.tag}", 0.9)
            return
    for place in finder(_INSIDE)(tree)[:3]:
        for element in place.iter("time", "span", "div", "p", "small", "li"):
            label = _label(element)
            if element.tag != "time" and not _DATE_CLASS.search(label):
                continue
            if _NOT_PUBLISHED.search(label) or len(element) > 3 or _inside_unrelated(element, place):
                continue
            text = _text(element)
            written = element.get("datetime") or (text if text and is_date_line(text) else None)
            if written and (day := _day(written)):
                yield _Day(day, f"element: {element.tag}", _MARKED_SURE)
                return


def _inside_unrelated(element: Any, place: Any) -> bool:
    """Whether an element stands with comments, links to other articles, or in an article within the article."""
    for parent in element.iterancestors():
        if parent.tag in {"aside", "footer", "nav"} or _NOT_PUBLISHED.search(_label(parent)):
            return True
        if parent.tag == "article" and parent is not place and place.tag == "article":
            return True
    return False


def _author(tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked) -> _Found | None:
    for name in _AUTHOR_META:
        named = [value for value in meta.get(name, ()) if _is_name(value)]
        if named:
            return _Found("، ".join(named[:10]), f"meta: {name}", _SURE)
    written = _of_linked(linked, "author")
    if written is not None and _is_name(written.value):
        return written
    marked = tree.xpath("(//article|//main)//*[@rel='author' or @itemprop='author']")[:20]
    names = [
        text
        for node in marked
        if (text := node.get("content") or _text(node)) and len(text) <= 80 and _is_name(text)
    ]
    return _Found("، ".join(dict.fromkeys(names[:3])), "element: author", _MARKED_SURE) if names else None


def _is_name(value: str) -> bool:
    return not value.startswith(("http:", "https:", "/", "@", "www.")) and any(map(str.isalpha, value))


def _language(tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked) -> _Found | None:
    for attribute in ("lang", "xml:lang"):
        if stated := _clean(tree.getroottree().getroot().get(attribute)):
            return _Found(stated, f"html: {attribute}", 0.8)
    return _tag(
        meta, ("og:locale", "content-language", "dc.language", "citation_language"), 0.8
    ) or _of_linked(linked, "inLanguage")


def _url(tree: Any, meta: Mapping[str, Sequence[str]], linked: Linked) -> _Found | None:
    candidates = [(text, "link: canonical") for text in finder("//link[@rel='canonical']/@href")(tree)[:1]]
    candidates += [
        (meta[name][0], f"meta: {name}") for name in ("og:url", "citation_public_url") if name in meta
    ]
    candidates += [(text, "json-ld: url") for text in (linked.text("url"),) if text]
    whole = [(text, where) for text, where in candidates if text.startswith(("http://", "https://"))]
    return next((_Found(text, where, _SURE) for raw, where in whole if (text := _clean(raw))), None)


def _label(element: Any) -> str:
    kind, name = element.get("class"), element.get("id")
    if kind is None:
        return name or ""
    return kind if name is None else f"{kind} {name}"


def _day(value: object) -> date | None:
    found = parse_date(value)
    return found.value if found is not None and found.granularity == "day" else None


def _tag(meta: Mapping[str, Sequence[str]], names: tuple[str, ...], confidence: float) -> _Found | None:
    return next((_Found(meta[name][0], f"meta: {name}", confidence) for name in names if name in meta), None)


def _of_linked(linked: Linked, name: str) -> _Found | None:
    text = _clean(linked.text(name))
    return _Found(text, f"json-ld: {name}", _SURE) if text else None


def _value(found: _Found | None) -> str | None:
    return found.value if found is not None else None


def _text(element: Any) -> str | None:
    return _clean("".join(element.itertext()))


def _clean(text: str | None) -> str | None:
    return " ".join((text or "").split())[:1_000] or None


def _same(one: str, other: str) -> bool:
    return "".join(filter(str.isalnum, normal_form(one))) == "".join(filter(str.isalnum, normal_form(other)))
