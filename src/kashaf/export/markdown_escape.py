"""Text that CommonMark and GitHub's dialect show letter by letter, whatever it holds."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from kashaf.text.sanitise import sanitise, sanitise_line

# Any ASCII punctuation may stand behind a backslash (CommonMark 0.31.2, section 2.4).
_ANYWHERE: Final = re.compile(r"[\\`*_\[\]<>&~|$]")
# Addresses become links without being asked (GitHub Flavored Markdown 0.29, section 6.9).
_ADDRESS: Final = re.compile(
    r":(?=//)|@|(?<=\bwww)\.|(?<=:)(?=//)|(?<=\bmailto):|(?<=\bxmpp):", re.IGNORECASE
)
# What makes a block at the beginning of a line: headings, lists, quotes, rules, underlines, definitions.
_OPENING: Final = re.compile(r"^(?:([-+#=:])|(\d{1,9})([.)]))")
_INDENT: Final = re.compile("^ +")
_NO_BREAK: Final = "\u00a0"


@lru_cache(2048)
def escape(text: str) -> str:
    """One line of text for one line of Markdown, at its beginning or within it."""
    return _escaped(sanitise_line(text))


def lines(text: str) -> list[str]:
    """The lines of a text for Markdown, each without its line break; empty ones part paragraphs.

    Spaces at the beginning of a line become no-break spaces, or four of them would make code of it.
    """
    return [_escaped(line.rstrip()) for line in sanitise(text).text.split("\n")]


def paragraphs(text: str, prefix: str = "") -> list[str]:
    """The text as Markdown lines, hard breaks within a paragraph, each behind `prefix` (`> ` for a quote)."""
    found = lines(text)
    while found and not found[-1]:
        found.pop()
    while found and not found[0]:
        found.pop(0)
    return [
        f"{prefix}{line}\\" if line and number < len(found) and found[number] else f"{prefix}{line}".rstrip()
        for number, line in enumerate(found, 1)
    ]


def _escaped(line: str) -> str:
    indent = _INDENT.match(line)
    if indent:
        line = _NO_BREAK * indent.end() + line[indent.end() :]
    line = _ANYWHERE.sub(r"\\\g<0>", line)
    line = _ADDRESS.sub(r"\\\g<0>", line)
    return _OPENING.sub(lambda found: f"\\{found[1]}" if found[1] else f"{found[2]}\\{found[3]}", line)
