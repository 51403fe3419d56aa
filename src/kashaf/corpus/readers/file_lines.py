"""The lines of a file of any size, decoded one by one, with what was decided about the encoding of each.

A file of UTF-8 is never decoded as a whole: a line that is not UTF-8 is decoded for itself, so that one torn copy
in a merged file costs one record. Files in code pages and in UTF-16 are decoded as a whole up to `MAX_FILE_BYTES`;
beyond it, code pages line by line in that of the first lines.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final, NamedTuple

from kashaf.corpus.decode import Decoded, declared_charset, decode
from kashaf.corpus.limits import MAX_FILE_BYTES, MAX_LINE_CHARS
from kashaf.corpus.readers.model import OPENING_BYTES, Source
from kashaf.errors import BadInput

TOO_LONG: Final = f"a line of over {MAX_LINE_CHARS // 2**20} million characters"

_UTF8_BOM: Final = codecs.BOM_UTF8
_UTF16_BOMS: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PYTHON_NAMES: Final = {"x-mac-arabic": "mac_arabic", "ibm720": "cp720"}
_UTF8: Final = Decoded("", "utf-8", 1.0)
# Eight letters of Arabic in UTF-8 are no accident in any code page.
_ARABIC_UTF8: Final = re.compile(rb"(?:[\xd8-\xdb][\x80-\xbf][ ]?){8}")
_BEYOND_ASCII: Final = re.compile(rb"[\x80-\xff]")


class FileLine(NamedTuple):
    """A line without its end. number: from 1. decoded: how, where it was otherwise than the file; its text is empty.
    problem: why it could not be decoded; `text` is empty then. utf8: its bytes, if they are UTF-8 and at hand."""

    number: int
    text: str
    decoded: Decoded | None = None
    problem: str = ""
    utf8: bytes | None = None


def is_utf8(source: Source) -> bool:
    """Whether lines can be read as UTF-8 one by one, damaged as some may be, or in a code page."""
    if source.opening.encoding in {"utf-8", "us-ascii"}:
        return source.data[:2] not in _UTF16_BOMS
    head = bytes(source.data[:OPENING_BYTES])
    return b"\x00" not in head and _ARABIC_UTF8.search(head) is not None


def file_encoding(source: Source) -> Decoded:
    """What is said of the file as a whole; its text is empty. UTF-8 is sure: damage is said of the lines it is in."""
    return _UTF8 if is_utf8(source) else replace(source.opening, text="")


def line_end(text: str) -> str:
    """Line feed, or return where most lines end in it, as spreadsheets on old Macintoshes wrote."""
    returns = text.count("\r")
    return "\r" if returns and returns - text.count("\r\n") > text.count("\n") else "\n"


def lines(source: Source) -> Iterator[FileLine]:
    """The lines of the file, parted by `line_end`.

    Raises BadInput for UTF-16 that is too large.
    """
    head = source.opening
    mark = line_end(head.text)
    if is_utf8(source):
        yield from _lines_of_bytes(source, _UTF8, mark.encode())
    elif len(source.data) <= MAX_FILE_BYTES:
        yield from _lines_of_text(source.decoded.text, mark)
    elif head.encoding.lower().startswith("utf"):
        raise BadInput(
            f"{head.encoding} of over {MAX_FILE_BYTES // 2**20} MB",
            where=source.path,
            cure="Save it as UTF-8, or split it",
        )
    else:
        yield from _lines_of_bytes(source, replace(head, text=""), mark.encode())


def _lines_of_text(text: str, mark: str) -> Iterator[FileLine]:
    start = number = 0
    while start <= len(text):
        end = text.find(mark, start)
        end = len(text) if end < 0 else end
        number += 1
        if end - start > MAX_LINE_CHARS:
            yield _too_long(number)
        else:
            yield FileLine(number, text[start:end])
        start = end + 1


def _lines_of_bytes(source: Source, file: Decoded, mark: bytes) -> Iterator[FileLine]:
    data = source.data
    start = len(_UTF8_BOM) if data[: len(_UTF8_BOM)] == _UTF8_BOM else 0
    number, size = 0, len(data)
    while start <= size:
        end = data.find(mark, start)
        end = size if end < 0 else end
        number += 1
        if end - start > 4 * MAX_LINE_CHARS:
            yield _too_long(number)
        else:
            yield _line(number, bytes(data[start:end]), file, source)
        start = end + 1


def _line(number: int, raw: bytes, file: Decoded, source: Source) -> FileLine:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        try:
            text, decoded = _otherwise(raw, file, source)
        except BadInput as error:
            return FileLine(number, "", None, error.what)
        return FileLine(number, text, decoded) if len(text) <= MAX_LINE_CHARS else _too_long(number)
    if len(text) > MAX_LINE_CHARS:
        return _too_long(number)
    own = _UTF8 if file is not _UTF8 and _BEYOND_ASCII.search(raw) is not None else None
    return FileLine(number, text, own, "", raw)


def _too_long(number: int) -> FileLine:
    return FileLine(number, "", None, TOO_LONG)


def _otherwise(raw: bytes, file: Decoded, source: Source) -> tuple[str, Decoded | None]:
    """A line that is not UTF-8: in the code page of the file if it has one, else in what it looks like itself."""
    if file is not _UTF8:
        try:
            return raw.decode(_PYTHON_NAMES.get(file.encoding, file.encoding)), None
        except (UnicodeDecodeError, LookupError):
            pass
    decoded = decode(raw, declared=_declared(source, b""), where=source.path)
    return decoded.text, replace(
        decoded, text="", warnings=decoded.warnings or (f"read as {decoded.encoding}",)
    )


def _declared(source: Source, head: bytes) -> str | None:
    return source.hints.charset or declared_charset(head)
