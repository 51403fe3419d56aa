"""EPUB books and magazines (EPUB 2 and 3): an article a chapter, in the order of the spine."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from posixpath import dirname, join, normpath
from typing import Any, Final
from urllib.parse import unquote

from kashaf.corpus.article import Evidence
from kashaf.corpus.dates import parse_date
from kashaf.corpus.decode import declared_charset, decode
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.blocks import flow, local_name
from kashaf.corpus.readers.model import Failure, Format, Member, Source
from kashaf.corpus.readers.package import Package, attribute, encrypted, mimetype_of, parse_xml, with_entities
from kashaf.corpus.readers.properties import sane_author, sane_title
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise, sanitise_line

_CONTAINER: Final = "META-INF/container.xml"
_PAGES: Final = frozenset({"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/xml"})
_AROUND: Final = re.compile(
    r"(?<![a-z])(?:cover|toc|title-?page|half-?title(?:page)?|copyright(?:-page)?|colophon|landmarks|index|loi|lot"
    r"|dedication|backmatter-ad|other-credits|imprint|seriespage|nav)(?![a-z])",
    re.IGNORECASE,
)
_AROUND_FILE: Final = re.compile(
    r"(?:^|/)(?:cover|cover[-_]?page|title[-_]?page|toc|contents|copyright|nav|colophon|imprint)\d{0,2}\.x?html?$",
    re.IGNORECASE,
)
_MOSTLY: Final = 0.7  # of the text in links: a list of contents
_FONT_ONLY: Final = re.compile(rb"http://www\.idpf\.org/2008/embedding|http://ns\.adobe\.com/pdf/enc#RC")
_ALGORITHM: Final = re.compile(rb"EncryptionMethod[^>]{0,200}Algorithm\s*=\s*[\"']([^\"']{1,200})")
_MAX_CHAPTERS: Final = 5_000


@dataclass(frozen=True, slots=True)
class _Book:
    """chapters: paths of the documents, with their properties. labels: what the table of contents calls them."""

    title: str | None
    author: str | None
    publisher: str | None
    language: str | None
    published: date | None
    chapters: tuple[str, ...]


def sniff(source: Source) -> bool:
    return mimetype_of(source.data).startswith("application/epub+zip")


def read(source: Source) -> Iterable[Member | Failure]:
    """The chapters, each with its path as key; the cover, contents and imprint are left out. A book of one document
    is one article.

    Raises BadInput for a book that is damaged, encrypted or over the limits, and for one without text.
    """
    package = Package(bytes(source.data), source.path)
    _refuse_encrypted(package)
    book = _book(package)
    found = list(_chapters(source, package, book))
    if not any(isinstance(one, Member) for one in found):
        failed = next((one.reason for one in found if isinstance(one, Failure)), "")
        what = f"book without text: {failed}" if failed else "book without text"
        raise BadInput(what, where=source.path, cure="Look at the file: its pages may be pictures")
    return found


def _chapters(source: Source, package: Package, book: _Book) -> Iterator[Member | Failure]:
    single = len(book.chapters) == 1
    for path in book.chapters[:_MAX_CHAPTERS]:
        try:
            data = package.read(path)
            member = _chapter(source, book, path, data, single=single) if data else None
        except BadInput as error:
            yield Failure(path, error.what)
            continue
        if member is not None:
            yield member


def _chapter(source: Source, book: _Book, path: str, data: bytes, *, single: bool) -> Member | None:
    decoded = decode(data, declared=declared_charset(data), where=source.path)
    tree = _tree(sanitise(decoded.text).text, source.path, path)
    if tree is None or (not single and _is_around(tree, path)):
        return None
    blocks = flow(tree)
    if not blocks or (not single and _share_of_links(tree) > _MOSTLY):
        return None
    title, blocks = _title(tree, blocks, book, single=single)
    # Of an article the outlet is what the issue is called; of a book it is who published it.
    evidences = [Evidence("title", title[1], title[2])] if title else []
    if book.author:
        evidences.append(Evidence("author", "book: creator", 0.6))
    if book.publisher:
        evidences.append(Evidence("outlet", "book: publisher", 0.6))
    if book.published:
        evidences.append(Evidence("published", "book: date", 0.6))
    if book.language:
        evidences.append(Evidence("language", "book: language", 0.9))
    stated = Stated(
        title=title[0] if title else None,
        author=book.author,
        outlet=book.publisher,
        published=book.published,
        evidence="book: date" if book.published else "",
        language=book.language,
        evidences=tuple(evidences),
    )
    key = "" if single else path
    digest = None if single else hashlib.sha256(data).hexdigest()
    return assemble(source.read_as(decoded), blocks, stated, key=sanitise_line(key), sha256=digest)


def _tree(markup: str, where: str, path: str) -> Any | None:
    """XHTML by the parser of XML, which knows that `<title/>` is closed; what is not well-formed by that of HTML."""
    from kashaf.corpus.readers import html  # noqa: PLC0415

    plain = re.sub(r"\A\s*<\?xml[^>]{0,200}\?>", "", with_entities(markup), count=1)
    try:
        return parse_xml(plain.encode("utf-8", "replace"), where, path)
    except BadInput:
        return html.parse(plain) if plain.strip() else None


def _is_around(tree: Any, path: str) -> bool:
    if _AROUND_FILE.search(path):
        return True
    body = next((element for element in tree.iter() if local_name(element) == "body"), tree)
    marked = [body, *[child for child in body if local_name(child) in {"section", "div", "nav"}][:1]]
    return any(_AROUND.search(_type_of(element) or "") for element in marked)


def _type_of(element: Any) -> str | None:
    stated = (
        value for key, value in element.attrib.items() if key.endswith(("}type", ":type")) or key == "role"
    )
    return next(map(str, stated), None)


def _share_of_links(tree: Any) -> float:
    linked = whole = 0
    for element in tree.iter():
        name = local_name(element)
        if name == "a" and element.get("href"):
            linked += sum(len(text.strip()) for text in element.itertext())
    for text in tree.itertext():
        whole += len(text.strip())
    return linked / whole if whole else 1.0


def _title(
    tree: Any, blocks: list[Block], book: _Book, *, single: bool
) -> tuple[tuple[str, str, float] | None, list[Block]]:
    """The heading that a chapter begins with, else the title of its document if it is not the book's."""
    first = next((place for place, block in enumerate(blocks[:3]) if block.kind == "heading"), None)
    if first is not None and len(blocks[first].text) <= 300:
        return (blocks[first].text, "element: heading", 0.9), [*blocks[:first], *blocks[first + 1 :]]
    titles = (element.text for element in tree.iter() if local_name(element) == "title")
    stated = sane_title(next(titles, None), "")
    if stated is not None and (single or stated != book.title):
        return (stated, "element: title", 0.7), blocks
    return ((book.title, "book: title", 0.8) if single and book.title else None), blocks


def _book(package: Package) -> _Book:
    path = _package_path(package)
    root = package.xml(path)
    if root is None:
        raise BadInput("book without its package file", where=package.where, cure="Copy the file again")
    folder = dirname(path)
    items: dict[str, Any] = {}
    for element in root.iter():
        if local_name(element) == "item" and element.get("id"):
            items.setdefault(element.get("id"), element)
    guided = {
        _resolved(folder, element.get("href") or "")
        for element in root.iter()
        if local_name(element) == "reference" and _AROUND.search(element.get("type") or "")
    }
    chapters: dict[str, None] = {}
    for element in root.iter():
        item = items.get(element.get("idref") or "") if local_name(element) == "itemref" else None
        if item is None or element.get("linear") == "no" or "nav" in (item.get("properties") or "").split():
            continue
        place = _resolved(folder, item.get("href") or "")
        if item.get("media-type") in _PAGES:
            chapters.setdefault(place)
    kept = [place for place in chapters if place not in guided] or list(chapters)
    meta = _metadata(root)
    made_by_reader = b"calibre" in (package.read(path) or b"").lower()
    return _Book(
        sane_title(meta.get("title"), ""),
        None if made_by_reader else sane_author(meta.get("creator")),
        None if made_by_reader else sanitise_line(meta.get("publisher", "")) or None,
        sanitise_line(meta.get("language", "")) or None,
        None if made_by_reader and "publication" not in meta else _published(meta),
        tuple(kept),
    )


def _metadata(root: Any) -> Mapping[str, str]:
    """Dublin Core of the package: the first of each; of dates the one of publication, or one that is not labelled."""
    found: dict[str, str] = {}
    for element in root.iter():
        name = local_name(element)
        text = " ".join((element.text or "").split())[:500] if name else ""
        if not text or name not in {"title", "creator", "publisher", "language", "date"}:
            continue
        event = (attribute(element, "event") or "").lower()
        if name == "date" and event == "publication":
            found["publication"] = text
        elif name != "date" or not event:
            found.setdefault(name, text)
    return found


def _published(meta: Mapping[str, str]) -> date | None:
    found = parse_date(meta.get("publication") or meta.get("date"))
    return found.value if found is not None and found.granularity == "day" else None


def _package_path(package: Package) -> str:
    root = package.xml(_CONTAINER)
    for element in root.iter() if root is not None else ():
        if local_name(element) == "rootfile" and element.get("full-path"):
            return str(element.get("full-path"))
    found = next((name for name in sorted(package.names) if name.lower().endswith(".opf")), None)
    if found is None:
        raise BadInput("book without its package file", where=package.where, cure="Copy the file again")
    return found


def _resolved(folder: str, address: str) -> str:
    return normpath(join(folder, unquote(address.partition("#")[0])))


def _refuse_encrypted(package: Package) -> None:
    """Books under rights management; those that only scramble their fonts can be read."""
    listed = package.read("META-INF/encryption.xml") or b""
    methods = _ALGORITHM.findall(listed)
    if any(not _FONT_ONLY.match(method) for method in methods) or "META-INF/rights.xml" in package.names:
        raise encrypted(package.where)


FORMAT = Format("epub", sniff, read, binary=True)
