"""A process of its own that opens PDFs: PDFium is machine code, and a file made to do harm may crash it, run on or
eat memory. It then takes this process with it and nothing else.

Both ways a message is its length in 8 bytes (big-endian) and that many bytes: a PDF in, JSON out. The first signal
of a timer ends the process; the operating system holds it to its memory.
"""

from __future__ import annotations

import json
import math
import resource
import signal
import sys
import time
from contextlib import closing, suppress
from dataclasses import replace
from importlib import import_module
from typing import Any, BinaryIO, Final

from kashaf.corpus.limits import MAX_PDF_PAGE_CHARS, MAX_PDF_PAGES
from kashaf.corpus.readers.pdf_layout import Glyph, lay_out
from kashaf.corpus.readers.pdf_paragraphs import Page, Text, paragraphs

LENGTH_BYTES: Final = 8
PAGE_SECONDS: Final = 20.0  # one that takes longer ends the process
ALL_SECONDS: Final = 240.0
MEMORY_BYTES: Final = 2 * 1024**3
_HYPHENS: Final = frozenset({0x02, 0xAD, 0xFFFE})  # PDFium's words for a hyphen at the end of a line
_QUARTER: Final = math.pi / 2
_FAR: Final = 1e5  # points
_PASSWORD: Final = 4
_SECURITY: Final = 5
_WARN_REVERSED: Final = "letters were in display order"


class _PageLostError(Exception):
    """PDFium cannot load a page."""


def main() -> None:
    """Serve until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    with suppress(ValueError, OSError):  # macOS does not know this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    with suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    while (data := receive(incoming)) is not None:
        signal.setitimer(signal.ITIMER_REAL, PAGE_SECONDS)
        answer = json.dumps(_read(data)).encode()
        signal.setitimer(signal.ITIMER_REAL, 0)
        outgoing.write(len(answer).to_bytes(LENGTH_BYTES, "big") + answer)
        outgoing.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, or None at the end of the stream."""
    head = stream.read(LENGTH_BYTES)
    if len(head) < LENGTH_BYTES:
        return None
    size = int.from_bytes(head, "big")
    data = stream.read(size)
    return data if len(data) == size else None


def _read(data: bytes) -> dict[str, Any]:
    pypdfium2, pdfium = import_module("pypdfium2"), import_module("pypdfium2.raw")  # it has no types

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        code = getattr(error, "err_code", None)
        return {
            "error": "password" if code in {_PASSWORD, _SECURITY} or "assword" in str(error) else "damaged"
        }
    with closing(document):
        count = len(document)
        if count > MAX_PDF_PAGES:
            return {"error": "pages", "pages": count}
        started = time.monotonic()
        pages: list[Page] = []
        warnings: list[str] = []
        turned = False
        bad = dense = 0
        for number in range(1, count + 1):
            if time.monotonic() - started > ALL_SECONDS:
                warnings.append(f"over the limit of time: read to page {number - 1} of {count}")
                break
            signal.setitimer(signal.ITIMER_REAL, PAGE_SECONDS)
            try:
                glyphs = _glyphs(document, pdfium, number - 1)
            except (_PageLostError, MemoryError):
                bad += 1
                continue
            if sum(map(len, glyphs)) > MAX_PDF_PAGE_CHARS:
                dense += 1
                continue
            for upright in _by_direction(glyphs):
                layout = lay_out(upright, turned=turned)
                if layout.turned and not turned:
                    warnings.append(_WARN_REVERSED)
                turned = layout.turned
                pages.append(Page(number, layout.lines, layout.rtl))
        if bad:
            warnings.append(f"{bad} damaged pages left out")
        if dense:
            warnings.append(f"{dense} pages of over {MAX_PDF_PAGE_CHARS:,} letters left out")
        signal.setitimer(signal.ITIMER_REAL, PAGE_SECONDS)
        meta = {name: document.get_metadata_value(name) for name in ("Title", "Author")}
        return _answer(paragraphs(pages), meta, warnings, count)


def _answer(text: Text, meta: dict[str, str], warnings: list[str], count: int) -> dict[str, Any]:
    return {
        "pages": count,
        "blocks": [(one.text, one.kind, one.page) for one in text.paragraphs],
        "removed": [(one.text, one.page, one.before) for one in text.removed],
        "title": text.title,
        "above": text.above,
        "meta": meta,
        "warnings": warnings,
    }


def _by_direction(glyphs: list[list[Glyph]]) -> list[list[Glyph]]:
    """The signs of a page turned upright, those of the commonest direction first: a page may lie on its side, and a
    credit stand beside its picture."""
    made = [
        glyphs[0],
        [replace(one, x0=-one.y1, x1=-one.y0, y0=one.x0, y1=one.x1) for one in glyphs[1]],
        [replace(one, x0=-one.x1, x1=-one.x0, y0=-one.y1, y1=-one.y0) for one in glyphs[2]],
        [replace(one, x0=one.y0, x1=one.y1, y0=-one.x1, y1=-one.x0) for one in glyphs[3]],
    ]
    made.sort(key=len, reverse=True)
    return made[:1] + [held for held in made[1:] if held]


def _glyphs(document: Any, pdfium: Any, index: int) -> list[list[Glyph]]:
    """The signs of a page with their places, by the quarters of a turn (clockwise) that they are written in.

    Spaces are told by the gaps; those that the file has are given too.
    """
    found: list[list[Glyph]] = [[], [], [], []]
    page = pdfium.FPDF_LoadPage(document.raw, index)
    if not page:
        raise _PageLostError
    text = pdfium.FPDFText_LoadPage(page)
    try:
        box = pdfium.FS_RECTF()
        count = min(pdfium.FPDFText_CountChars(text), MAX_PDF_PAGE_CHARS + 1) if text else 0
        for place in range(count):
            code = pdfium.FPDFText_GetUnicode(text, place)
            if not pdfium.FPDFText_GetLooseCharBox(text, place, box):
                continue
            if code in _HYPHENS:
                code = 0x2D
            if code < 0x20 or code > 0x10FFFF or 0xD800 <= code < 0xE000:
                continue
            width, height = box.right - box.left, box.top - box.bottom
            char = chr(code)
            if not (0 < height < _FAR and 0 <= width < _FAR) or (width == 0 and char.isspace()):
                continue
            angle = pdfium.FPDFText_GetCharAngle(text, place)
            quarter = round(angle / _QUARTER) % 4 if angle > 0 else 0  # -1: unknown
            found[quarter].append(Glyph(char, box.left, box.bottom, box.right, box.top, place))
    finally:
        if text:
            pdfium.FPDFText_ClosePage(text)
        pdfium.FPDF_ClosePage(page)
    return found


if __name__ == "__main__":
    main()
