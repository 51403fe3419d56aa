"""How much one file may ask of the machine. A reader that stays within these cannot exhaust it."""

from __future__ import annotations

from typing import Final

from kashaf.errors import BadInput

MAX_FILE_BYTES: Final = 50 * 1024 * 1024
MAX_LINE_CHARS: Final = 10 * 1024 * 1024
MAX_TEXT_BYTES: Final = 20 * 1024 * 1024
MAX_JSON_DEPTH: Final = 64
MAX_HTML_DEPTH: Final = 250  # libxml2 stops at 256 and drops the rest without a word
MAX_MEMBERS: Final = 200_000

_MIB: Final = 1024 * 1024
_SPLIT: Final = "Split the file and import the parts"


def check_file(size: int, *, where: str) -> None:
    """Refuse a file by its size in bytes; callers may ask before they read it."""
    if size == 0:
        raise BadInput("empty file", where=where, cure="Copy the file again from where it came")
    if size > MAX_FILE_BYTES:
        reason = f"file of {size / _MIB:.0f} MB; the limit is {MAX_FILE_BYTES // _MIB} MB"
        raise BadInput(reason, where=where, cure=_SPLIT)


def check_lines(text: str, *, where: str) -> None:
    """Refuse a text with a line over `MAX_LINE_CHARS` code points, or without anything but white space."""
    if not text or text.isspace():
        raise BadInput("nothing but white space", where=where, cure="Copy the file again from where it came")
    if len(text) <= MAX_LINE_CHARS:
        return
    start = 0
    number = 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > MAX_LINE_CHARS:
            reason = f"line {number} holds over {MAX_LINE_CHARS // _MIB} million characters"
            raise BadInput(reason, where=where, cure="Break the line into paragraphs")
        start = end + 1
        number += 1


def check_text(text: str, *, where: str) -> None:
    """Refuse an article whose text takes over `MAX_TEXT_BYTES` bytes in UTF-8."""
    if len(text) * 4 > MAX_TEXT_BYTES and len(text.encode("utf-8", "replace")) > MAX_TEXT_BYTES:
        raise BadInput(f"article text over {MAX_TEXT_BYTES // _MIB} MB", where=where, cure=_SPLIT)
