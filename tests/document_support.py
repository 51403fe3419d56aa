"""Documents made by hand: PDF with letters at given places, and packages of XML parts."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Placed:
    """Signs side by side from x on, each half as wide as `size`; a sign may be several letters (a ligature).

    turn: the matrix of their direction.
    """

    x: float
    y: float
    size: float
    signs: Sequence[str]
    turn: str = "1 0 0 1"


def from_right(right: float, y: float, size: float, signs: Sequence[str]) -> Placed:
    """Signs in the order of their places, the last one ending at `right`."""
    return Placed(right - len(signs) * size / 2, y, size, signs)


def pdf(
    pages: Sequence[Sequence[Placed]], *, info: Mapping[str, str] | None = None, extra: Sequence[bytes] = ()
) -> bytes:
    """A PDF with one font, whose codes stand for signs by its ToUnicode map (ISO 32000, 9.10.3).

    extra: objects more, from number 100 on, unused unless something refers to them.
    """
    codes: dict[str, int] = {}
    objects: dict[int, bytes] = {}
    kids = []
    for number, page in enumerate(pages):
        content = bytearray()
        for placed in page:
            shown = "".join(f"{codes.setdefault(sign, len(codes) + 0x21):02x}" for sign in placed.signs)
            content += (
                f"BT /F {placed.size} Tf {placed.turn} {placed.x} {placed.y} Tm <{shown}> Tj ET\n".encode()
            )
        kids.append(f"{10 + 2 * number} 0 R")
        objects[10 + 2 * number] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents {11 + 2 * number} 0 R"
            " /Resources << /Font << /F 3 0 R >> >> >>"
        ).encode()
        objects[11 + 2 * number] = stream(bytes(content))
    assert len(codes) < 0x5E  # a sign without a shape would not be seen
    objects[1] = b"<< /Type /Catalog /Pages 2 0 R >>"
    objects[2] = f"<< /Type /Pages /Count {len(kids)} /Kids [{' '.join(kids)}] >>".encode()
    widths = " ".join("500" for _ in range(256))
    objects[3] = (
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /FirstChar 0 /LastChar 255"
        f" /Widths [{widths}] /ToUnicode 4 0 R >>"
    ).encode()
    maps = "\n".join(f"<{code:02x}> <{sign.encode('utf-16-be').hex()}>" for sign, code in codes.items())
    objects[4] = stream(
        f"/CIDInit /ProcSet findresource begin begincmap 1 begincodespacerange <00> <ff> endcodespacerange"
        f" {len(codes)} beginbfchar\n{maps}\nendbfchar endcmap end".encode()
    )
    if info:
        pairs = " ".join(f"/{key} <feff{text.encode('utf-16-be').hex()}>" for key, text in info.items())
        objects[5] = f"<< {pairs} >>".encode()
    objects.update({100 + place: one for place, one in enumerate(extra)})
    return _file(objects, info=bool(info))


def stream(data: bytes, head: str = "") -> bytes:
    packed = zlib.compress(data)
    return (
        f"<< /Length {len(packed)} /Filter /FlateDecode {head}>>\nstream\n".encode() + packed + b"\nendstream"
    )


def _file(objects: Mapping[int, bytes], *, info: bool) -> bytes:
    made = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in sorted(objects.items()):
        places[number] = len(made)
        made += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(made)
    made += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        made += f"{number} 1\n{place:010d} 00000 n \n".encode()
    size = max(objects) + 1
    made += f"trailer << /Size {size} /Root 1 0 R {'/Info 5 0 R' if info else ''} >>\n".encode()
    return bytes(made + f"startxref\n{start}\n%%EOF\n".encode())


def package(parts: Mapping[str, str | bytes], *, stored_first: bool = False) -> bytes:
    """A ZIP file of these parts in their order. stored_first: the first is not packed, as `mimetype` must be."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        for place, (name, data) in enumerate(parts.items()):
            kind = zipfile.ZIP_STORED if stored_first and place == 0 else zipfile.ZIP_DEFLATED
            file.writestr(zipfile.ZipInfo(name), data, compress_type=kind)
    return made.getvalue()


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">{}</cp:coreProperties>'
)
_STYLES = "".join(
    f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
    for key, name in (
        ("a1", "Title"),
        ("a2", "heading 1"),
        ("a3", "Quote"),
        ("a4", "caption"),
        ("a5", "List Paragraph"),
        ("a6", "Subtitle"),
    )
)


def docx(body: str, *, core: str = "", more: Mapping[str, str | bytes] | None = None) -> bytes:
    """A Word document; `body` is the XML of its paragraphs, with the prefix `w`."""
    return package(
        {
            "[Content_Types].xml": "<Types/>",
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
            "word/styles.xml": f'<w:styles xmlns:w="{W}">{_STYLES}</w:styles>',
            "docProps/core.xml": _CORE.format(core),
            **(more or {}),
        }
    )


def paragraph(text: str, style: str = "") -> str:
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


_ODF = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("style", "style"),
        ("draw", "drawing"),
        ("meta", "meta"),
    )
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"


def odt(
    body: str, *, meta: str = "", more: Mapping[str, str | bytes] | None = None, kind: str = ODT_TYPE
) -> bytes:
    """An OpenDocument text; `body` is the XML of its paragraphs."""
    return package(
        {
            "mimetype": kind,
            "content.xml": (
                f"<office:document-content {_ODF}><office:automatic-styles>"
                '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Quotations"/>'
                "</office:automatic-styles>"
                f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
            ),
            "meta.xml": (
                f'<office:document-meta {_ODF} xmlns:dc="http://purl.org/dc/elements/1.1/">'
                f"<office:meta>{meta}</office:meta></office:document-meta>"
            ),
            **(more or {}),
        },
        stored_first=True,
    )


def epub(
    chapters: Mapping[str, str], *, meta: str = "", more: Mapping[str, str | bytes] | None = None
) -> bytes:
    """A book; chapters: the body of each document by its path below `OEBPS`."""
    items = "".join(
        f'<item id="i{place}" href="{path}" media-type="application/xhtml+xml"/>'
        for place, path in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{place}"/>' for place in range(len(chapters)))
    pages = {
        f"OEBPS/{path}": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"'
        f' xmlns:epub="http://www.idpf.org/2007/ops"><head><title/></head>{body}</html>'
        for path, body in chapters.items()
    }
    return package(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": (
                '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
                '<rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
            ),
            "OEBPS/book.opf": (
                '<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"'
                f' xmlns:opf="http://www.idpf.org/2007/opf"><metadata>{meta}</metadata>'
                f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
            ),
            **pages,
            **(more or {}),
        },
        stored_first=True,
    )
