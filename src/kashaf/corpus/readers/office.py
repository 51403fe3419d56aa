"""Documents that are not read: each refused by its name, with what to do."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NoReturn

from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.corpus.readers.package import has_part, is_zip, mimetype_of
from kashaf.errors import BadInput

_OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_AS_TEXT: Final = "Open it and save it as DOCX, ODT or text"
_AS_TABLE: Final = "Open it and save the sheet as CSV"
_AS_PDF: Final = "Open it and export it as PDF or text"
_BY_MAGIC: Final = (
    (re.compile(rb"\s{0,64}\{\\rtf"), "RTF document", _AS_TEXT),
    (re.compile(rb"\x04?%!PS|%!PS|\xc5\xd0\xd3\xc6"), "PostScript file", "Convert it to PDF"),
    (re.compile(rb"AT&TFORM"), "DjVu document", _AS_PDF),
    (re.compile(rb"(?s).{60}(?:BOOKMOBI|TEXtREAd)"), "Kindle book", "Convert it to EPUB"),
    (re.compile(rb"ITSF\x03"), "Windows help file (CHM)", "Save its pages as HTML"),
    (re.compile(rb"!BDN"), "Outlook mailbox (PST)", "Save its mails as EML or MBOX"),
    (
        re.compile(rb"\x78\x9f\x3e\x22"),
        "winmail.dat: Outlook's own format",
        "Have it sent again as HTML or text",
    ),
    (re.compile(rb"WPC|\xffWPC"), "WordPerfect document", _AS_TEXT),
)
# Names of streams in the directory of an OLE file, as it writes them.
_OF_OLE: Final = (
    ("WordDocument", "Word document of before 2007 (.doc)", _AS_TEXT),
    ("Workbook", "Excel workbook of before 2007 (.xls)", _AS_TABLE),
    ("PowerPoint Document", "PowerPoint presentation of before 2007 (.ppt)", _AS_PDF),
    ("__substg1.0_", "Outlook message (.msg)", "Save it as EML or HTML"),
    ("Quill96", "Publisher document (.pub)", _AS_PDF),
)
_OF_ZIP: Final = (
    (b"xl/workbook", "Excel workbook (.xlsx)", _AS_TABLE),
    (b"ppt/presentation", "PowerPoint presentation (.pptx)", _AS_PDF),
    (b"Index/Document.iwa", "Apple iWork document", _AS_PDF),
    (b"visio/document", "Visio drawing", _AS_PDF),
)
_OF_MIMETYPE: Final = {
    "application/vnd.oasis.opendocument.spreadsheet": ("OpenDocument spreadsheet (.ods)", _AS_TABLE),
    "application/vnd.oasis.opendocument.presentation": ("OpenDocument presentation (.odp)", _AS_PDF),
    "application/vnd.oasis.opendocument.graphics": ("OpenDocument drawing (.odg)", _AS_PDF),
}


def sniff(source: Source) -> bool:
    return named(source.data) is not None


def named(data: bytes) -> tuple[str, str] | None:
    """The name of a format that is not read, and the cure."""
    head = bytes(data[:128])
    for pattern, name, cure in _BY_MAGIC:
        if pattern.match(head):
            return name, cure
    if head.startswith(_OLE):
        whole = bytes(data)
        found = ((name, cure) for stream, name, cure in _OF_OLE if stream.encode("utf-16-le") in whole)
        return next(found, ("old office document", _AS_TEXT))
    if not is_zip(data):
        return None
    if (kind := mimetype_of(data)) in _OF_MIMETYPE:
        return _OF_MIMETYPE[kind]
    return next(((name, cure) for part, name, cure in _OF_ZIP if has_part(data, part)), None)


def read(source: Source) -> Iterable[Member]:
    """Raises BadInput."""
    _refuse(source)


def _refuse(source: Source) -> NoReturn:
    what, cure = named(source.data) or ("office document", _AS_TEXT)
    raise BadInput(what, where=source.path, cure=cure)


FORMAT = Format("office", sniff, read, binary=True)
