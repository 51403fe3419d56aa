"""Documents of the sample corpus, made byte for byte the same each time; see sample_files.py."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Any

FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
MOMENT = datetime(2025, 12, 1, 8, tzinfo=UTC)

Part = Mapping[str, Any]


def packed(entries: Sequence[tuple[str, bytes]], *, stored_first: bool = False) -> bytes:
    """A zip archive, the same bytes each time."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for number, (name, data) in enumerate(entries):
            info = zipfile.ZipInfo(name, MOMENT.timetuple()[:6])
            info.compress_type = zipfile.ZIP_STORED if stored_first and not number else zipfile.ZIP_DEFLATED
            info.create_system = 3
            archive.writestr(info, data)
    return buffer.getvalue()


def docx(part: Part) -> bytes:
    """Office Open XML (ECMA-376), as small as it may be."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    package = "http://schemas.openxmlformats.org/package/2006"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    styles = {"title": "Title", "standfirst": "Subtitle", "heading": "Heading1", "item": "ListBullet",
              "quote": "Quote", "caption": "Caption"}  # fmt: skip

    def paragraph(kind: str, text: str) -> str:
        style = f'<w:pStyle w:val="{styles[kind]}"/>' if kind in styles else ""
        bullet = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>' if kind == "item" else ""
        run = f'<w:r><w:rPr><w:rtl/></w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        return f"<w:p><w:pPr>{style}{bullet}<w:bidi/></w:pPr>{run}</w:p>"

    blocks = [
        ("title", part["title"]),
        ("standfirst", part["standfirst"]),
        ("plain", part["date"]),
        *part["blocks"],
    ]
    document = "".join(paragraph(kind, text) for kind, text in blocks)
    named = {**styles, "body": "Normal"}
    style_rows = "".join(
        f'<w:style w:type="paragraph" w:styleId="{style}"><w:name w:val="{name}"/></w:style>'
        for style, name in zip(named.values(), ("Title", "Subtitle", "heading 1", "List Bullet", "Quote", "caption",
                                               "Normal"), strict=True)
    )  # fmt: skip
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
    types = "application/vnd.openxmlformats-officedocument.wordprocessingml"
    return packed(
        [
            (
                "[Content_Types].xml",
                f'{head}<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType="application/'
                f'vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/'
                f'xml"/><Override PartName="/word/document.xml" ContentType="{types}.document.main+xml"/>'
                f'<Override PartName="/word/styles.xml" ContentType="{types}.styles+xml"/></Types>'.encode(),
            ),
            (
                "_rels/.rels",
                f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/'
                f'officeDocument" Target="word/document.xml"/><Relationship Id="r2" Type="{package}/relationships/'
                f'metadata/core-properties" Target="docProps/core.xml"/></Relationships>'.encode(),
            ),
            (
                "word/_rels/document.xml.rels",
                f'{head}<Relationships xmlns="{package}/relationships"><Relationship Id="r1" Type="{office}/styles" '
                f'Target="styles.xml"/></Relationships>'.encode(),
            ),
            ("word/styles.xml", f'{head}<w:styles xmlns:w="{word}">{style_rows}</w:styles>'.encode()),
            (
                "word/document.xml",
                f'{head}<w:document xmlns:w="{word}"><w:body>{document}</w:body></w:document>'.encode(),
            ),
            (
                "docProps/core.xml",
                f'{head}<cp:coreProperties xmlns:cp="{package}/metadata/core-properties" '
                f'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
                f'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><dc:title>{escape(part["title"])}</dc:title>'
                f"<dc:creator>{escape(part['author'])}</dc:creator><dc:publisher>{escape(part['outlet'])}"
                f'</dc:publisher><dcterms:created xsi:type="dcterms:W3CDTF">2025-10-28T09:00:00Z</dcterms:created>'
                f"</cp:coreProperties>".encode(),
            ),
        ]
    )


def odt(part: Part) -> bytes:
    """OpenDocument text (ISO/IEC 26300)."""
    names = "urn:oasis:names:tc:opendocument:xmlns:"
    space = " ".join(f'xmlns:{short}="{names}{long}:1.0"' for short, long in
                     (("office", "office"), ("text", "text"), ("style", "style"), ("meta", "meta")))  # fmt: skip
    dublin = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    rows: list[str] = [
        f'<text:p text:style-name="Title">{escape(part["title"])}</text:p>',
        f"<text:p>{escape(part['date'])}</text:p>",
    ]
    for kind, text in part["blocks"]:
        said = escape(text)
        if kind == "heading":
            rows.append(f'<text:h text:outline-level="2">{said}</text:h>')
        elif kind == "item":
            rows.append(f"<text:list><text:list-item><text:p>{said}</text:p></text:list-item></text:list>")
        else:
            rows.append(f"<text:p>{said}</text:p>")
    head = '<?xml version="1.0" encoding="UTF-8"?>'
    content = (
        f'{head}<office:document-content {space} office:version="1.2"><office:body><office:text>'
        f"{''.join(rows)}</office:text></office:body></office:document-content>"
    )
    meta = (
        f'{head}<office:document-meta {space} {dublin} office:version="1.2"><office:meta>'
        f"<dc:title>{escape(part['title'])}</dc:title><meta:initial-creator>{escape(part['author'])}"
        f"</meta:initial-creator><meta:creation-date>2025-11-20T17:00:00</meta:creation-date>"
        f"</office:meta></office:document-meta>"
    )
    kind = "application/vnd.oasis.opendocument.text"
    rows_of_manifest = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{media}"/>'
        for path, media in (("/", kind), ("content.xml", "text/xml"), ("meta.xml", "text/xml"))
    )
    manifest = (
        f'{head}<m:manifest xmlns:m="{names}manifest:1.0" m:version="1.2">{rows_of_manifest}</m:manifest>'
    )
    return packed(
        [
            ("mimetype", kind.encode()),
            ("content.xml", content.encode()),
            ("meta.xml", meta.encode()),
            ("META-INF/manifest.xml", manifest.encode()),
        ],
        stored_first=True,
    )


def epub(part: Part) -> bytes:
    """EPUB 3 (W3C): a cover, a table of contents, and a document for each chapter."""
    xhtml = 'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"'
    tags = {"heading": "h2", "quote": "blockquote", "item": "li"}
    head = '<?xml version="1.0" encoding="UTF-8"?>'

    def document(title: str, inner: str) -> bytes:
        return (
            f'{head}<html {xhtml} xml:lang="ar" dir="rtl"><head><title>{escape(title)}</title></head>'
            f"<body>{inner}</body></html>"
        ).encode()

    def chapter(one: Part) -> bytes:
        rows = [f"<h1>{escape(one['title'])}</h1>", f'<p class="byline">بقلم: {escape(one["author"])}</p>',
                f'<p class="date">{escape(one["date"])}</p>']  # fmt: skip
        for kind, text in one["blocks"]:
            tag = tags.get(kind, "p")
            rows.append(f"<{tag}>{escape(text)}</{tag}>")
        return document(one["title"], "\n".join(rows))

    names = [f"chapter{number}.xhtml" for number in range(1, len(part["chapters"]) + 1)]
    links = "".join(
        f'<li><a href="{name}">{escape(one["title"])}</a></li>'
        for name, one in zip(names, part["chapters"], strict=True)
    )
    contents = document("المحتويات", f'<nav epub:type="toc"><h1>المحتويات</h1><ol>{links}</ol></nav>')
    items = "".join(
        f'<item id="c{at}" href="{name}" media-type="application/xhtml+xml"/>'
        for at, name in enumerate(names)
    )
    spine = "".join(f'<itemref idref="c{at}"/>' for at in range(len(names)))
    opf = (
        f'{head}<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" xml:lang="ar">'
        f'<metadata xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:identifier id="id">kharait-bulletin-12'
        f"</dc:identifier><dc:title>{escape(part['book'])}</dc:title><dc:publisher>{escape(part['outlet'])}"
        f'</dc:publisher><dc:language>ar</dc:language></metadata><manifest><item id="cover" href="cover.xhtml" '
        f'media-type="application/xhtml+xml"/><item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" '
        f'properties="nav"/>{items}</manifest><spine page-progression-direction="rtl"><itemref idref="cover"/>'
        f'<itemref idref="nav"/>{spine}</spine></package>'
    )
    container = (
        f'{head}<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        f'<rootfiles><rootfile full-path="OEBPS/content.opf" media-type="application/oebps-package+xml"/>'
        "</rootfiles></container>"
    )
    return packed(
        [
            ("mimetype", b"application/epub+zip"),
            ("META-INF/container.xml", container.encode()),
            ("OEBPS/content.opf", opf.encode()),
            ("OEBPS/cover.xhtml", document("الغلاف", f"<h1>{escape(part['book'])}</h1>")),
            ("OEBPS/nav.xhtml", contents),
            *((f"OEBPS/{name}", chapter(one)) for name, one in zip(names, part["chapters"], strict=True)),
        ],
        stored_first=True,
    )


def pdf(part: Part, *, display_order: bool) -> bytes:
    """One page. In display order: letters drawn one after the other from the left, as old layout programs do."""
    from fpdf import FPDF  # noqa: PLC0415 -- only where it is installed

    document = FPDF()
    document.set_creation_date(MOMENT)
    document.set_title(part["title"])
    document.add_font("dejavu", fname=str(FONT))
    document.add_page()
    if not display_order:
        document.set_text_shaping(use_shaping_engine=True, direction="rtl", script="arab", language="ara")
    for size, text in (
        (18, part["title"]),
        (11, part["outlet"]),
        (11, part["date"]),
        *((13, one) for one in part["body"]),
    ):
        document.set_font("dejavu", size=size)
        if display_order:
            import arabic_reshaper  # noqa: PLC0415
            from bidi.algorithm import get_display  # noqa: PLC0415

            wide = 62 * 13 // size
            for line in _wrapped(text, wide):
                document.cell(
                    text=str(get_display(arabic_reshaper.reshape(line))),
                    align="R",
                    w=0,
                    new_x="LMARGIN",
                    new_y="NEXT",
                )
        else:
            document.multi_cell(0, text=text, align="R", new_x="LMARGIN", new_y="NEXT")
        document.ln(4)
    return bytes(document.output())


def _wrapped(text: str, width: int) -> Iterator[str]:
    line = ""
    for word in text.split():
        if line and len(line) + len(word) >= width:
            yield line
            line = ""
        line = f"{line} {word}".strip()
    yield line
