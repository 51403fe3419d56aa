"""Documents that are a ZIP file of XML parts (OOXML, OpenDocument, EPUB): opened within limits, nothing unpacked.

Of the container only stored and deflated entries are read, of XML no document type and no entity.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from html.entities import html5
from typing import Any, Final

from kashaf.corpus.limits import MAX_DOCUMENT_BYTES, MAX_DOCUMENT_PART_BYTES, MAX_DOCUMENT_PARTS
from kashaf.errors import BadInput

_ZIP: Final = b"PK\x03\x04"
_HEAD: Final = 4096
_DAMAGED: Final = (
    zipfile.BadZipFile, zlib.error, EOFError, struct.error, NotImplementedError, ValueError, OSError, LookupError,
    RuntimeError,
)  # fmt: skip
_CHUNK: Final = 1 << 20
_ENTITY: Final = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_OF_XML: Final = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DOCTYPE: Final = re.compile(r"<!DOCTYPE[^\[>]{0,2000}>", re.IGNORECASE)
_COPY: Final = "Copy the file again from where it came"


class Package:
    """An open document. where: for messages."""

    def __init__(self, data: bytes, where: str) -> None:
        """Raises BadInput when the container is damaged, encrypted or over the limits."""
        self.where = where
        self._left = MAX_DOCUMENT_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            entries = self._zip.infolist()
        except _DAMAGED as error:
            raise BadInput(
                "damaged document: its ZIP container is broken", where=where, cure=_COPY
            ) from error
        if len(entries) > MAX_DOCUMENT_PARTS:
            raise self._over(f"document of over {MAX_DOCUMENT_PARTS:,} parts")
        if any(entry.flag_bits & 1 for entry in entries):
            raise encrypted(where)
        self.names = frozenset(entry.filename for entry in entries)
        self._by_lower = {entry.filename.lower(): entry for entry in entries}

    def read(self, name: str) -> bytes | None:
        """A part's bytes, or None when there is none of that name. Raises BadInput."""
        entry = self._by_lower.get(name.lstrip("/").lower())
        if entry is None:
            return None
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise BadInput("document packed in an unusual way", where=self.where, cure="Save it again")
        limit = min(MAX_DOCUMENT_PART_BYTES, self._left)
        if entry.file_size > limit:
            raise self._over(f"part «{name}» over {limit // 2**20} MB unpacked")
        try:
            with self._zip.open(entry) as file:
                data = file.read(limit + 1)  # what the directory says of the size may not be so
        except _DAMAGED as error:
            raise BadInput(
                f"damaged document: «{name}» cannot be unpacked", where=self.where, cure=_COPY
            ) from error
        if len(data) > limit:
            raise self._over(f"part «{name}» over {limit // 2**20} MB unpacked")
        self._left -= len(data)
        return data

    def xml(self, name: str) -> Any | None:
        """The root of a part, or None when there is none. Raises BadInput for what is no XML, or too deep."""
        data = self.read(name)
        return None if data is None else parse_xml(data, self.where, name)

    def _over(self, what: str) -> BadInput:
        return BadInput(what, where=self.where, cure="Save its text by itself")


def parse_xml(data: bytes, where: str, name: str) -> Any:
    """Raises BadInput. Entities stay unresolved, so that they cannot multiply."""
    from lxml import etree  # noqa: PLC0415 -- slow to import

    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        said = str(error).split("\n", 1)[0][:120]
        raise BadInput(f"damaged document: «{name}» is no XML ({said})", where=where, cure=_COPY) from error


def with_entities(markup: str) -> str:
    """XHTML without a document type: the named characters of HTML as themselves."""
    if "&" in markup:
        markup = _ENTITY.sub(_character, markup)
    return _DOCTYPE.sub("", markup, count=1)


def _character(match: re.Match[str]) -> str:
    return match[0] if match[1] in _OF_XML else html5.get(match[1] + ";", match[0])


def is_zip(data: bytes) -> bool:
    return bytes(data[:4]) == _ZIP


def mimetype_of(data: bytes) -> str:
    """What OpenDocument and EPUB state at a fixed place: in their first entry, `mimetype`, which is stored; or
    empty."""
    head = bytes(data[:_HEAD])
    if not head.startswith(_ZIP) or head[30:38] != b"mimetype":
        return ""
    size, extra = struct.unpack("<I", head[22:26])[0], struct.unpack("<H", head[28:30])[0]
    begin = 38 + extra
    if size == 0 or size > 200:  # said after the data
        end = head.find(b"PK", begin)
        return head[begin:end].decode("latin-1").strip() if 0 < end - begin <= 200 else ""
    return head[begin : begin + size].decode("latin-1").strip()


def encrypted(where: str) -> BadInput:
    return BadInput(
        "document with a password", where=where, cure="Open it with its password and save it without one"
    )


def has_part(data: bytes, name: bytes) -> bool:
    """Whether the directory at the end of a ZIP file names a part; asked without opening it."""
    return (
        is_zip(data)
        and bytes(data[-_DIRECTORY:]).find(b"PK\x01\x02") >= 0
        and (bytes(data[-_DIRECTORY:]).find(name) >= 0)
    )


_DIRECTORY: Final = 2 << 20


def attribute(element: Any, name: str) -> str | None:
    """An attribute by its local name, in whatever namespace."""
    found = element.get(name)
    if found is not None:
        return str(found)
    return next((str(value) for key, value in element.attrib.items() if key.endswith("}" + name)), None)
