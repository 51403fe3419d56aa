"""OpenDocument texts (ISO/IEC 26300): the text as it stands after all changes, without annotations and macros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from kashaf.corpus.article import Evidence, Kind
from kashaf.corpus.decode import Decoded
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.blocks import local_name, row_blocks
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.corpus.readers.package import Package, attribute, encrypted, mimetype_of
from kashaf.corpus.readers.properties import core_properties, sane_title
from kashaf.errors import BadInput

_TYPES: Final = (
    "application/vnd.oasis.opendocument.text",
    "application/vnd.oasis.opendocument.text-template",
)
# Deleted text lies in tracked-changes; forms, indexes made by the program and annotations are no text of the author.
_LEFT_OUT: Final = frozenset(
    {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "variable-decls",
     "table-of-content", "alphabetical-index", "illustration-index", "table-index", "object-index", "user-index",
     "title", "desc", "ruby-text", "note-citation", "scripts", "event-listeners", "bibliography-mark", "binary-data",
     "page-number", "page-count"}
)  # fmt: skip
_MAX_SPACES: Final = 100
_MAX_TITLE: Final = 300


def sniff(source: Source) -> bool:
    return mimetype_of(source.data) in _TYPES


def read(source: Source) -> Iterable[Member]:
    """One article a document. Raises BadInput for one that is damaged, encrypted or over the limits."""
    package = Package(bytes(source.data), source.path)
    manifest = package.read("META-INF/manifest.xml")
    if manifest is not None and b"encryption-data" in manifest:
        raise encrypted(source.path)
    root = package.xml("content.xml")
    body = next(root.iter("{*}text"), None) if root is not None else None
    if root is None or body is None:
        raise BadInput("document without its text", where=source.path, cure="Save it again")
    reading = _Reading({**_styles(package.xml("styles.xml")), **_styles(root)})
    blocks = [*reading.blocks(body), *reading.notes]
    title = None
    if blocks and reading.title_first and len(blocks[0].text) <= _MAX_TITLE:
        title, blocks = blocks[0].text, blocks[1:]
    stated = _stated(package, title)
    return (assemble(source.read_as(Decoded("", "utf-8", 1.0)), blocks, stated),)


class _Reading:
    """styles: the name an automatic style goes back to. notes: met in the text, to stand at its end."""

    def __init__(self, styles: dict[str, str]) -> None:
        self.styles = styles
        self.notes: list[Block] = []
        self.title_first = False
        self.count = 0

    def blocks(self, parent: Any, kind: Kind | None = None, depth: int = 0) -> Iterator[Block]:
        for child in parent:
            name = local_name(child)
            if name in {"p", "h"}:
                yield from self._paragraph(child, "heading" if name == "h" else kind, depth)
            elif name == "table":
                yield from self._table(child, depth)
            elif name in {"list-item", "list-header"}:
                yield from self.blocks(child, "item", depth + 1)
            elif name and name not in _LEFT_OUT:
                yield from self.blocks(child, kind, depth + 1)

    def _paragraph(self, paragraph: Any, kind: Kind | None, depth: int) -> Iterator[Block]:
        style = self._style(attribute(paragraph, "style-name") or "")
        told = _kind_of(style) or kind
        boxes: list[Any] = []
        for line in self._text(paragraph, boxes, depth).split("\n"):
            text = " ".join(line.split())
            if text:
                self.title_first = self.title_first or (self.count == 0 and style == "title")
                self.count += 1
                yield Block(text, told)
        for box in boxes:
            yield from self.blocks(box, "caption" if told is None else told, depth + 1)

    def _text(self, element: Any, boxes: list[Any], depth: int) -> str:
        pieces = [element.text or ""]
        for child in element:
            name = local_name(child)
            if name == "s":
                count = attribute(child, "c") or "1"
                pieces.append(
                    " " * min(int(count) if count.isdecimal() and len(count) < 6 else 1, _MAX_SPACES)
                )
            elif name == "tab":
                pieces.append("\t")
            elif name == "line-break":
                pieces.append("\n")
            elif name == "note":
                for part in child:
                    if local_name(part) == "note-body":
                        self.notes.extend(self.blocks(part, None, depth + 1))
            elif name == "text-box":
                boxes.append(child)
            elif name and name not in _LEFT_OUT:
                pieces.append(self._text(child, boxes, depth + 1))
            pieces.append(child.tail or "")
        return "".join(pieces)

    def _table(self, table: Any, depth: int) -> Iterator[Block]:
        for row in _rows(table):
            cells = [
                list(self.blocks(cell, None, depth + 1)) for cell in row if local_name(cell) == "table-cell"
            ]
            yield from row_blocks(cells)

    def _style(self, name: str) -> str:
        """The name that a style has in the program, lower case, in its English form."""
        for _ in range(10):
            if name not in self.styles or _kind_of(_plain(name)) is not None or _plain(name) == "title":
                break
            name = self.styles[name]
        return _plain(name)


def _rows(table: Any) -> Iterator[Any]:
    for child in table:
        name = local_name(child)
        if name == "table-row":
            yield child
        elif name in {"table-header-rows", "table-rows", "table-row-group"}:
            yield from _rows(child)


def _plain(style: str) -> str:
    return style.replace("_20_", " ").lower()


def _kind_of(style: str) -> Kind | None:
    if style == "title":
        return "heading"
    if style.startswith("heading"):
        return "heading"
    if style == "subtitle":
        return "standfirst"
    if "quotation" in style:
        return "quote"
    return "caption" if style in {"caption", "illustration", "table", "figure", "drawing"} else None


def _styles(root: Any | None) -> dict[str, str]:
    """The parent of each paragraph style."""
    return {
        attribute(style, "name") or "": attribute(style, "parent-style-name") or ""
        for style in (root.iter("{*}style") if root is not None else ())
        if attribute(style, "parent-style-name")
    }


def _stated(package: Package, title: str | None) -> Stated:
    """The properties of a document. When it was made or saved is not when its article was published."""
    found = core_properties(package.xml("meta.xml"))
    evidences: list[Evidence] = []
    if title is not None:
        evidences.append(Evidence("title", "style: Title", 0.9))
    elif (title := sane_title(found.get("title"), package.where)) is not None:
        evidences.append(Evidence("title", "property: title", 0.7))
    author = found.get("creator")
    if author is not None:
        evidences.append(Evidence("author", "property: creator", 0.5))
    language = found.get("language")
    if language is not None:
        evidences.append(Evidence("language", "property: language", 0.7))
    return Stated(title=title, author=author, language=language, evidences=tuple(evidences))


FORMAT = Format("odt", sniff, read, binary=True)
