"""Feeds: RSS 0.9x and 2.0, RSS 1.0 (RDF), Atom 0.3 and 1.0 (RFC 4287), an article an item.

XML is parsed without a DTD, without entities of its own and without a network; a feed that declares entities is
refused. What is not well-formed is read as far as it goes.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from html.entities import html5
from typing import Any, Final
from urllib.parse import urljoin

from kashaf.corpus.fields import FieldNames
from kashaf.corpus.limits import check_lines
from kashaf.corpus.readers.model import Failure, Format, Member, Source
from kashaf.corpus.readers.records import Record, digest, read_records
from kashaf.errors import BadInput

_ROOT: Final = re.compile(
    r"\ufeff?(?:(?><\?[^>]{0,500}\?>)|(?><!--.{0,2000}?-->)|\s++"
    r"|(?><!DOCTYPE[^>\[]{0,500}(?:\[.{0,20000}?\]\s*)?>)){0,60}+<(?:[\w-]{1,20}:)?(?P<name>rss|feed|RDF)[\s>]",
    re.DOTALL,
)
_PROLOGUE: Final = re.compile(r"\ufeff?\s*<\?xml[^>]{0,300}\?>")
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^>\[]{0,500}>")
_DECLARES: Final = re.compile(r"<!(?:ENTITY|ELEMENT|ATTLIST)|<!DOCTYPE[^>]{0,500}\[", re.IGNORECASE)
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]+")
_CLOSED: Final = re.compile(r"</(?:[\w-]{1,20}:)?(?:rss|feed|RDF)\s*>\s*(?:<!--.*)?$", re.DOTALL)
_MAIL: Final = re.compile(r"\S+@\S+(?:\s+\((?P<name>[^()]+)\))?")
_CHUNK: Final = 1 << 20
_KEY_CHARS: Final = 120
_AUTHOR_CHARS: Final = 200
_XML: Final = "{http://www.w3.org/XML/1998/namespace}"
_PREFIXES: Final[Mapping[str, str]] = {
    "http://www.w3.org/2005/Atom": "",
    "http://purl.org/atom/ns#": "",
    "http://purl.org/rss/1.0/": "",
    "http://purl.org/rss/0.9/": "",
    "http://my.netscape.com/rdf/simple/0.9/": "",
    "http://channel.netscape.com/rdf/simple/0.9/": "",
    "http://backend.userland.com/rss2": "",
    "http://purl.org/rss/1.0/modules/content/": "content:",
    "http://purl.org/dc/elements/1.1/": "dc:",
    "http://purl.org/dc/terms/": "dcterms:",
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#": "rdf:",
}
_NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("guid", "id", "rdf:about"),
    "title": ("title", "dc:title"),
    "body": ("content:encoded", "content"),
    "standfirst": ("description", "summary", "dc:description"),
    "date": ("pubDate", "published", "issued", "dc:date", "dcterms:issued"),
    "updated": ("updated", "modified", "dcterms:modified"),
    "outlet": ("source", "dc:publisher", "channel title"),
    "author": ("author", "dc:creator"),
    "url": ("link",),
    "language": ("dc:language", "xml:lang", "channel language"),
}
_KEPT: Final = frozenset(name for names in _NAMES.values() for name in names)
_ITEMS: Final = frozenset({"item", "entry"})


def sniff(source: Source) -> bool:
    found = _ROOT.match(source.opening.text[:30_000])
    return found is not None


def read(source: Source) -> Iterable[Member | Failure]:
    """An article an item. The outlet is what the item names as its source, else the title of the feed. A day of
    change is never taken for the day of publication.

    Raises BadInput for a feed that declares entities, and for one without items.
    """
    text = source.decoded.text
    check_lines(text, where=source.path)
    root = _ROOT.match(text)
    before = text[: root.start("name")] if root is not None else text[:30_000]
    if _DECLARES.search(before):
        cure = "Take the DOCTYPE out of it, if you trust who made it"
        raise BadInput("a feed that declares entities of its own", where=source.path, cure=cure)
    text = _DOCTYPE.sub("", _PROLOGUE.sub("", text, count=1), count=1)
    text = _NOT_XML.sub("", _ENTITY.sub(_letter, text))
    return _checked(read_records(source, FieldNames(_NAMES), partial(_records, text)), text)


def _checked(found: Iterator[Member | Failure], text: str) -> Iterator[Member | Failure]:
    yield from found
    if not _CLOSED.search(text[-3_000:]):
        yield Failure("end", "the feed breaks off: its end is missing")


def _letter(match: re.Match[str]) -> str:
    """HTML's entities are not XML's, and stand in feeds all the same."""
    name = match[1]
    return match[0] if name in _OF_XML else html5.get(f"{name};", match[0])


def _records(text: str) -> Iterator[Record]:
    from lxml import etree  # noqa: PLC0415 -- slow to import

    parser = etree.XMLPullParser(
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    reading = _Reading()
    for start in range(0, len(text), _CHUNK):
        try:
            parser.feed(text[start : start + _CHUNK].encode())
        except etree.XMLSyntaxError:
            break
        yield from reading.items(parser.read_events())
    with suppress(etree.XMLSyntaxError):
        parser.close()
    yield from reading.items(parser.read_events())


class _Reading:
    """The state of one pass: what the channel says of all its items, and where the next lies."""

    def __init__(self) -> None:
        self.channel: dict[str, object] = {}
        self.number = 0
        self.inside = 0

    def items(self, events: Iterable[tuple[str, Any]]) -> Iterator[Record]:
        for event, element in events:
            name = _name(element)
            if event == "start":
                self.inside += name in _ITEMS
            elif name in _ITEMS:
                self.inside -= 1
                if not self.inside:
                    self.number += 1
                    yield self._record(element)
                    _forget(element)
            elif not self.inside and name in {"title", "language", "dc:language"}:
                self._channel(element, name)

    def _channel(self, element: Any, name: str) -> None:
        parent = element.getparent()
        if parent is not None and _name(parent) in {"channel", "feed"}:
            text = " ".join("".join(element.itertext()).split())
            if text:
                self.channel.setdefault(f"channel {name.rpartition(':')[2]}", text)

    def _record(self, element: Any) -> Record:
        value = _item(element)
        language = _inherited(element, f"{_XML}lang")
        around = {**self.channel, "xml:lang": language} if language else self.channel
        return Record(self.number, {**value, **around}, digest(value))


def _item(element: Any) -> dict[str, object]:
    """The fields of an item: text, or markup that is still to be read as such."""
    value: dict[str, object] = {}
    about = element.get("{http://www.w3.org/1999/02/22-rdf-syntax-ns#}about")
    if about:
        value["rdf:about"] = about
    for child in element:
        name = _name(child)
        if name not in _KEPT:
            continue
        text = _field(child, name)
        if not text:
            continue
        if name in {"author", "dc:creator"} and name in value:
            value[name] = f"{value[name]}، {text}"
        elif name == "guid" and child.get("isPermaLink") != "false" and text.startswith("http"):
            value.setdefault("link", text)
            value[name] = text
        else:
            value.setdefault(name, text)
    if (key := value.get("guid") or value.get("id")) and isinstance(key, str) and len(key) > _KEY_CHARS:
        value["guid"] = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return value


def _field(element: Any, name: str) -> str:
    if name == "link":
        href = element.get("href")
        if href and element.get("rel") not in (None, "alternate"):
            return ""
        found = _text(element) if href is None else href.strip()
        return _joined(_inherited(element, f"{_XML}base") or "", found) if found else ""
    if name == "author":
        return _author(element)
    if name == "source":
        title = next((_text(child) for child in element if _name(child) == "title"), None)
        return title if title is not None else _text(element)
    if element.get("type") == "xhtml" and len(element):
        return _markup(element)
    return _text(element, whole=True)


def _author(element: Any) -> str:
    named = next((_text(child) for child in element if _name(child) == "name"), None)
    if named is not None:
        return named
    text = _text(element)
    mail = _MAIL.fullmatch(text) if len(text) <= _AUTHOR_CHARS else None
    return (mail["name"] or "").strip() if mail is not None else text


def _markup(element: Any) -> str:
    """The content of an element as HTML: its elements without their namespaces."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(recover=True, resolve_entities=False, load_dtd=False, no_network=True)
    made = etree.fromstring(etree.tostring(element, with_tail=False), parser)
    if made is None:
        return _text(element, whole=True)
    for inner in made.iter():
        if isinstance(inner.tag, str) and "}" in inner.tag:
            with suppress(ValueError):  # a name that only a forgiving parser lets through
                inner.tag = inner.tag.rpartition("}")[2]
    return (made.text or "") + "".join(etree.tostring(one, encoding="unicode", method="html") for one in made)


def _text(element: Any, *, whole: bool = False) -> str:
    text = "".join(element.itertext())
    return text.strip() if whole else " ".join(text.split())


def _name(element: Any) -> str:
    """The element's name under the prefix that is usual for its namespace; `?` for one that means nothing here."""
    tag = element.tag
    if not isinstance(tag, str):
        return "?"
    if not tag.startswith("{"):
        return tag
    space, _, local = tag[1:].partition("}")
    prefix = _PREFIXES.get(space)
    return "?" if prefix is None else prefix + local


def _inherited(element: Any, attribute: str) -> str | None:
    """An attribute of the element or of what it stands in; of `xml:base` all are joined."""
    found = [one for e in (element, *element.iterancestors()) if (one := e.get(attribute))]
    if not found or not attribute.endswith("base"):
        return found[0] if found else None
    base = ""
    for one in reversed(found):
        base = _joined(base, one)
    return base


def _joined(base: str, address: str) -> str:
    try:
        return urljoin(base, address)
    except ValueError:  # no address
        return address


def _forget(element: Any) -> None:
    """Read items are dropped from the tree, so that its size does not grow with the feed."""
    element.clear(keep_tail=False)
    parent = element.getparent()
    if parent is not None:
        for earlier in list(element.itersiblings(preceding=True)):
            if _name(earlier) in _ITEMS:
                parent.remove(earlier)


FORMAT = Format("feed", sniff, read)
