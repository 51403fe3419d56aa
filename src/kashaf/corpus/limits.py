"""How much one file, or one archive, may ask of the machine. Who stays within these cannot exhaust it."""

from __future__ import annotations

from typing import Final

from kashaf.errors import BadInput

MAX_FILE_BYTES: Final = 50 * 1024 * 1024  # one document, which is in memory as a whole
MAX_STREAM_BYTES: Final = 4 * 1024**3  # a file of records, read through a memory map one by one
MAX_LINE_CHARS: Final = 10 * 1024 * 1024
MAX_TEXT_BYTES: Final = 20 * 1024 * 1024
MAX_JSON_DEPTH: Final = 64
MAX_HTML_DEPTH: Final = 250  # libxml2 stops at 256 and drops the rest without a word
MAX_HTML_ELEMENTS: Final = 150_000  # a long page has 10,000
MAX_MAIL_PARTS: Final = 1_000
MAX_MAIL_DEPTH: Final = 20  # multiparts and attached messages inside each other
MAX_PDF_PAGES: Final = 5_000
MAX_PDF_PAGE_CHARS: Final = 200_000  # a page of a newspaper holds 30,000
MAX_DOCUMENT_PARTS: Final = 10_000  # files in an office document or book
MAX_DOCUMENT_PART_BYTES: Final = 64 * 1024**2  # one of them, unpacked
MAX_DOCUMENT_BYTES: Final = 256 * 1024**2  # all of them that are read
MAX_MEMBERS: Final = 2_000_000  # records of one file: the catalogue keeps a kilobyte of each
MAX_ARCHIVE_FILES: Final = 200_000  # each is a file of the spool while the archive is read

# Archives. All are enforced on what comes out: declared sizes lie.
MAX_UNPACKED_BYTES: Final = (
    32 * 1024**3
)  # with all that is nested in it: the largest crawl that a laptop holds
MAX_ARCHIVE_DEPTH: Final = 4  # a mail in a mailbox in a tar.gz in a zip; 42.zip needs 6
# Pages of one site shrink up to some 100 times in one stream; deflate reaches 1,032, nested archives any number.
MAX_RATIO: Final = 200
RATIO_FREE_BYTES: Final = (
    64 * 1024**2
)  # below this a bomb is no bomb, and a small file of blanks is let through
MIN_FREE_BYTES: Final = 512 * 1024**2  # what unpacking leaves on the disk for the index and everybody else
MAX_ARCHIVE_STEPS: Final = (
    200_000_000  # headers and lines: minutes of work, and more than the largest crawl has
)
MAX_XZ_MEMORY: Final = 192 * 1024**2  # xz -9 needs 65 MiB; a header may ask for 4 GiB
MAX_HEADER_BYTES: Final = 1024**2  # the fields before a record, a long name: text that is held in memory

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
