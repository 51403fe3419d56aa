"""What a fuzzer calls for each kind of document: any bytes whatever, and only KashafError may escape.

They read as an import does: `reading.read` says a fault that no reader foresaw as BadInput.
"""

from __future__ import annotations

from tests.fuzz.packages import package

from kashaf.corpus import reading
from kashaf.errors import KashafError
from kashaf.text.sanitise import is_clean

_MAIL = b"Received: a\r\nMessage-ID: <1@a>\r\nDate: Sun, 9 Nov 2025 10:00:00 +0300\r\nMIME-Version: 1.0\r\n"
_SAVED = b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\n"


def fuzz_html(data: bytes) -> None:
    _read("a.html", b"<!DOCTYPE html><html><body>" + data)


def fuzz_mhtml(data: bytes) -> None:
    _read("a.mhtml", _SAVED + data)


def fuzz_mail(data: bytes) -> None:
    _read("a.eml", _MAIL + data)


def fuzz_pdf(data: bytes) -> None:
    _read("a.pdf", b"%PDF-1.7\n" + data)


def fuzz_docx(data: bytes) -> None:
    _read("a.docx", data)


def fuzz_odt(data: bytes) -> None:
    _read("a.odt", data)


def fuzz_epub(data: bytes) -> None:
    _read("a.epub", data)


def fuzz_docx_part(data: bytes) -> None:
    _read("a.docx", package("fuzz_docx_part", data))


def fuzz_odt_part(data: bytes) -> None:
    _read("a.odt", package("fuzz_odt_part", data))


def fuzz_epub_part(data: bytes) -> None:
    _read("a.epub", package("fuzz_epub_part", data))


def fuzz_epub_list(data: bytes) -> None:
    _read("a.epub", package("fuzz_epub_list", data))


def _read(name: str, data: bytes) -> None:
    try:
        result = reading.read(name, data)
    except KashafError:
        return
    for member in result.members:
        assert is_clean(member.draft.text)
        assert member.draft.text
        assert len(member.draft.kinds) == member.draft.text.count("\n") + 1
