"""Plain text: mostly scraped pages, with whatever the site put around the article."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from kashaf.corpus.limits import check_lines
from kashaf.corpus.mojibake import spelt_out
from kashaf.corpus.readers.assemble import Stated, assemble
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.errors import BadInput

# What is text to a computer and none to a reader: by its first words, what it is called, and what to do instead.
_MARKUP: Final = (
    (re.compile(r"\{\\rtf", re.IGNORECASE), "RTF document", "Save it as DOCX, ODT or text"),
    (re.compile(r"%!PS"), "PostScript file", "Print it as PDF, or save it as text"),
    (re.compile(r"\\documentclass|\\begin\{document\}"), "LaTeX source", "Save what it makes as PDF or text"),
    (re.compile(r"BEGIN:V(?:CARD|CALENDAR)"), "address book or calendar", "Leave it out"),
    (re.compile(r"begin [0-7]{3} \S"), "uuencoded file", "Decode it and import what is in it"),
    (re.compile(r"-----BEGIN [A-Z ]+-----"), "encrypted or signed file", "Decrypt it and import the text"),
    (
        re.compile(r"<\?xml\b|<svg\b|<!DOCTYPE\s+(?!html)", re.IGNORECASE),
        "XML document",
        "Save it as HTML or text",
    ),
    (re.compile(r"<\?php\b"), "program", "Leave it out"),
)


def sniff(_source: Source) -> bool:
    """Anything that decoded is text; this format is asked last."""
    return True


def read(source: Source) -> Iterable[Member]:
    """One article a file. Raises BadInput for markup that no reader knows, naming it."""
    text = source.decoded.text
    check_lines(text, where=source.path)
    opening = text[:1_000].lstrip()
    for pattern, name, cure in _MARKUP:
        if pattern.match(opening):
            raise BadInput(
                name, where=source.path, cure=f"{cure} and import that" if "it as" in cure else cure
            )
    warnings: tuple[str, ...] = ()
    if "&" in text or "\\u06" in text:
        text, count = spelt_out(text)
        warnings = (f"{count} characters were spelt out (&#1575; or \\u0627)",) if count else ()
    return (assemble(source, text, Stated(), warnings=warnings),)


FORMAT = Format("text", sniff, read)
