"""Mailboxes in the mbox format (RFC 4155, and its mboxo and mboxrd kin): each message is a file `1.eml`, `2.eml`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.stream import Stream

_LINE: Final = 64 * 1024
# `From sender Thu Nov 20 10:00:00 2026`, with the zone before or after the year.
_START: Final = (
    rb"From \S{1,300}(?: [^\n]{1,100})? {1,9}(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) {1,9}[A-Z][a-z]{2} {1,9}"
    rb"\d{1,2} {1,9}\d\d:\d\d(?::\d\d)?(?: {1,9}[A-Z]{1,5}| {1,9}[+-]\d{4})? {1,9}\d{4}"
    rb"(?: {1,9}[+-]\d{4})? {0,9}\r?\n"
)
_FROM: Final = re.compile(_START)
_END: Final = re.compile(rb"^\r?\n(?=" + _START + rb")", re.MULTILINE)
_MARGIN: Final = 1024  # more than an end and a start take
_HEADER: Final = re.compile(rb"[A-Za-z][A-Za-z0-9-]{1,60}:")
_QUOTED: Final = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_LAST_EMPTY: Final = re.compile(rb"(?:\A|(?<=\n))\r?\n\Z")


def sniff(head: bytes) -> bool:
    """Whether it begins with the line of a message, and that with a header."""
    match = _FROM.match(head)
    return match is not None and _HEADER.match(head, match.end()) is not None


def entries(stream: Stream) -> Iterator[Entry]:
    """The messages in their order."""
    number = 0
    while stream.line(_LINE):
        number += 1
        message = _message(stream)
        yield Entry(f"{number}.eml", message)
        for _ in message:
            pass


def _message(stream: Stream) -> Iterator[bytes]:
    """Its bytes up to the next message, without the empty line between them; `>From ` at the start of a line has its
    mark taken off."""
    before = b""  # stands for the part of a line that was given already
    while window := stream.peek(_LINE):
        text = before + window
        end = _END.search(text)
        if end is not None:
            text, taken = text[: end.start()], end.end() - len(before)
        elif len(window) < _LINE:
            text, taken = _LAST_EMPTY.sub(b"", text), len(window)
        else:
            whole_lines = window.rfind(b"\n", 0, len(window) - _MARGIN) + 1
            taken = whole_lines or len(window) - _MARGIN
            text = before + window[:taken]
        stream.exactly(taken)
        yield _QUOTED.sub(b"", text)[len(before) :]
        before = b"" if text.endswith(b"\n") else b"x"
        if end is not None:
            return
