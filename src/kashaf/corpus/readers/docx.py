"""Word documents (OOXML, ECMA-376): the text as it stands after all changes, without comments and macros."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from kashaf.corpus.article import Evidence, Kind
from kashaf.corpus.decode import Decoded
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.blocks import local_name
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.corpus.readers.package import Package, attribute, has_part
from kashaf.errors import BadInput

_MAIN: Final = "word/document.xml"
_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf-16-le")
# What is not of the final text, or is another thing's text: deletions, the code of fields, comments, drawings.
_LEFT_OUT: Final = frozenset(
    {"del", "moveFrom", "delText", "instrText", "delInstrText", "pPr", "rPr", "sectPr", "tblPr", "tblGrid", "tcPr",
     "trPr", "sdtPr", "sdtEndPr", "Fallback", "drawing", "pict", "object", "commentReference", "annotationRef", "rt"}
)  # fmt: skip
_NOTES: Final = {"footnoteReference": "footnote", "endnoteReference": "endnote"}
_MACROS: Final = "macros in it were ignored"
_MAX_TITLE: Final = 300


def sniff(source: Source) -> bool:
    """Of OOXML with a main part of Word, or an encrypted one."""
    data = source.data
    if bytes(data[:8]) == _OLE:
        return bytes(data).find(_ENCRYPTED) >= 0
    return has_part(data, b"word/document") or (
        has_part(data, b"[Content_Types].xml") and source.suffix in {".docx", ".docm", ".dotx"}
    )


def read(source: Source) -> Iterable[Member]:
    """One article a document. Raises BadInput for one that is damaged, encrypted or over the limits."""
    if bytes(source.data[:8]) == _OLE:
        from kashaf.corpus.readers.package import encrypted  # noqa: PLC0415

        raise encrypted(source.path)
    package = Package(bytes(source.data), source.path)
    main = _main_part(package)
    root = package.xml(main)
    body = next((child for child in root if local_name(child) == "body"), None) if root is not None else None
    if body is None:
        raise BadInput("Word document without its text", where=source.path, cure="Save it again")
    folder = main.rpartition("/")[0]
    reading = _Reading(_styles(package.xml(f"{folder}/styles.xml")))
    blocks = list(reading.blocks(body))
    blocks += _notes(reading, package, folder)
    title, blocks = _title(blocks, reading)
    stated = _stated(package, title)
    warnings = (_MACROS,) if any(name.lower().endswith("vbaproject.bin") for name in package.names) else ()
    return (assemble(source.read_as(Decoded("", "utf-8", 1.0)), blocks, stated, warnings=warnings),)


@dataclass(slots=True)
class _Reading:
    """styles: what the paragraph styles stand for, by their id. notes: referred to, in their order."""

    styles: dict[str, str]
    notes: list[tuple[str, str]] = field(default_factory=list)
    titles: list[int] = field(default_factory=list)
    count: int = 0

    def blocks(self, parent: Any) -> Iterator[Block]:
        """The paragraphs and rows below an element."""
        pending = [iter(parent)]
        while pending:
            child = next(pending[-1], None)
            if child is None:
                pending.pop()
                continue
            name = local_name(child)
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tbl":
                yield from self._table(child)
            elif name.lower() not in _LOWER_LEFT_OUT:
                pending.append(iter(child))  # content controls, insertions, custom XML

    def _paragraph(self, paragraph: Any) -> Iterator[Block]:
        kind = self._kind(paragraph)
        for line in self.text(paragraph).split("\n"):
            text = " ".join(line.split())
            if text:
                if kind == "title":
                    self.titles.append(self.count)
                self.count += 1
                yield Block(text, kind if kind != "title" else "heading")
        for boxed in _boxes(paragraph):
            yield from self.blocks(boxed)

    def _kind(self, paragraph: Any) -> Kind | None:
        properties = next((child for child in paragraph if local_name(child) == "ppr"), None)
        if properties is None:
            return None
        kind: Kind | None = None
        for child in properties:
            name = local_name(child)
            if name == "pstyle":
                kind = _kind_of(self.styles.get(attribute(child, "val") or "", "")) or kind
            elif name == "outlinelvl" and (attribute(child, "val") or "9") in "012345678":
                kind = kind or "heading"
            elif name == "numpr":
                kind = kind or "item"
        return kind

    def _table(self, table: Any) -> Iterator[Block]:
        from kashaf.corpus.readers.blocks import row_blocks  # noqa: PLC0415

        for row in _children(table, "tr"):
            cells = [list(self.blocks(cell)) for cell in _children(row, "tc")]
            for block in row_blocks(cells):
                self.count += 1
                yield block

    def text(self, element: Any) -> str:
        """The text of a paragraph; its line breaks as such."""
        pieces: list[str] = []
        pending = [iter(element)]
        while pending:
            child = next(pending[-1], None)
            if child is None:
                pending.pop()
                continue
            name = local_name(child)
            if name == "t":
                pieces.append(child.text or "")
            elif name in {"tab", "ptab"}:
                pieces.append("\t")
            elif name in {"br", "cr"}:
                pieces.append("\n")
            elif name == "nobreakhyphen":
                pieces.append("-")
            elif name in _LOWER_NOTES:
                self.notes.append((_LOWER_NOTES[name], attribute(child, "id") or ""))
            elif name not in _LOWER_LEFT_OUT and name != "p":
                pending.append(iter(child))
        return "".join(pieces)


_LOWER_LEFT_OUT: Final = frozenset(name.lower() for name in _LEFT_OUT)
_LOWER_NOTES: Final = {name.lower(): kind for name, kind in _NOTES.items()}


def _children(parent: Any, wanted: str) -> Iterator[Any]:
    """The rows of a table or cells of a row, also those in content controls and insertions."""
    pending = [iter(parent)]
    while pending:
        child = next(pending[-1], None)
        if child is None:
            pending.pop()
        elif (name := local_name(child)) == wanted:
            if wanted != "tr" or not _is_deleted(child):
                yield child
        elif name in {"sdt", "sdtcontent", "ins", "customxml", "moveto", "smarttag"}:
            pending.append(iter(child))


def _is_deleted(row: Any) -> bool:
    properties = next((child for child in row if local_name(child) == "trpr"), None)
    return properties is not None and any(local_name(child) == "del" for child in properties)


def _boxes(paragraph: Any) -> Iterator[Any]:
    """The text boxes anchored in a paragraph, each once: a fallback for older programs says it again."""
    for box in paragraph.iter("{*}txbxContent"):
        parents = [local_name(parent) for parent in box.iterancestors()]
        if "fallback" not in parents and parents.count("txbxcontent") == 0:
            yield box


def _kind_of(style: str) -> Kind | None:
    name = style.lower()
    if name in {"title", "العنوان"}:
        return "title"
    if name.startswith(("heading", "عنوان")):
        return "heading"
    if name.startswith("subtitle") or name in {"lead", "standfirst", "العنوان الفرعي"}:
        return "standfirst"
    if "quote" in name or "اقتباس" in name:
        return "quote"
    if name == "caption" or "تسمية" in name:
        return "caption"
    return "item" if name.startswith("list") else None


def _styles(root: Any | None) -> dict[str, str]:
    """The names of paragraph styles by their ids: an id is of the language of Word, its name is not."""
    found: dict[str, str] = {}
    based: dict[str, str] = {}
    if root is None:
        return found
    for style in root:
        key = attribute(style, "styleId") if local_name(style) == "style" else None
        if key is None:
            continue
        for child in style:
            name = local_name(child)
            if name == "name":
                found[key] = attribute(child, "val") or ""
            elif name == "basedon":
                based[key] = attribute(child, "val") or ""
    for key in list(found):
        ancestor, steps = key, 0
        while _kind_of(found.get(ancestor, "")) is None and ancestor in based and steps < 10:
            ancestor, steps = based[ancestor], steps + 1
        if _kind_of(found.get(ancestor, "")) is not None:
            found[key] = found[ancestor]
    return found


def _notes(reading: _Reading, package: Package, folder: str) -> Iterator[Block]:
    """Footnotes and endnotes that the text refers to, at the end."""
    wanted = list(dict.fromkeys(reading.notes))
    for kind in ("footnote", "endnote"):
        ids = [note for name, note in wanted if name == kind]
        root = package.xml(f"{folder}/{kind}s.xml") if ids else None
        if root is None:
            continue
        by_id = {attribute(child, "id"): child for child in root if local_name(child) == kind}
        for note in ids:
            if note in by_id:
                yield from reading.blocks(by_id[note])


def _title(blocks: list[Block], reading: _Reading) -> tuple[str | None, list[Block]]:
    """The paragraph in the style of titles, if it begins the document and is one."""
    if reading.titles[:1] != [0] or len(blocks[0].text) > _MAX_TITLE:
        return None, blocks
    return blocks[0].text, blocks[1:]


def _stated(package: Package, title: str | None) -> Stated:
    """The properties of a document. When it was made or saved is not when its article was published."""
    from kashaf.corpus.readers.properties import core_properties, sane_title  # noqa: PLC0415

    found = core_properties(package.xml("docProps/core.xml"))
    evidences: list[Evidence] = []
    where = "style: Title"
    if title is None:
        title, where = sane_title(found.get("title"), package.where), "property: title"
    if title is not None:
        evidences.append(Evidence("title", where, 0.9 if where.startswith("style") else 0.7))
    author = found.get("creator")
    if author is not None:
        evidences.append(Evidence("author", "property: creator", 0.5))
    language = found.get("language")
    if language is not None:
        evidences.append(Evidence("language", "property: language", 0.7))
    return Stated(title=title, author=author, language=language, evidences=tuple(evidences))


def _main_part(package: Package) -> str:
    """As the relations of the package name it (ECMA-376 part 2)."""
    root = package.xml("_rels/.rels")
    for relation in root if root is not None else ():
        target = attribute(relation, "Target")
        if target and (attribute(relation, "Type") or "").endswith("/officeDocument"):
            return target.lstrip("/")
    return _MAIN


FORMAT = Format("docx", sniff, read, binary=True)
