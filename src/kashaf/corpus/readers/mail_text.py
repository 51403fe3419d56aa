"""The plain text of a mail: lines that were broken for the wire become paragraphs again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from kashaf.corpus.readers.assemble import Block

_QUOTED: Final = re.compile(r"((?:>[ ]?)+)(.*)", re.DOTALL)
_ITEM: Final = re.compile(r"\s*(?:[-*+•·▪–]|\d{1,3}[.)\-])\s+")
_WIDEST: Final = 100  # lines over this were not broken for the wire (RFC 5322 asks for 78)
_NARROWEST: Final = 45
_SIGNATURE: Final = "-- "


def plain_blocks(text: str, *, flowed: bool = False, spaced: bool = True) -> list[Block]:
    """The paragraphs of a body, each with the number of its first line in it; quoted ones as quotes.

    flowed: a space at the end of a line says that it goes on (RFC 3676); spaced: and that space belongs to the
    text. Without it a line goes on when the first word of the next would not have fitted into the widest line.
    """
    lines = text.split("\n")
    width = max((len(line.rstrip()) for line in lines), default=0)
    wrapped = _NARROWEST <= width <= _WIDEST and not flowed
    return list(_paragraphs(lines, width if wrapped else 0, flowed=flowed, spaced=spaced))


def _paragraphs(lines: list[str], width: int, *, flowed: bool, spaced: bool) -> Iterator[Block]:
    held: list[str] = []
    begun = level = 0
    goes_on = False
    for number, raw in enumerate(lines, 1):
        quoted = _QUOTED.match(raw)
        depth = quoted[1].count(">") if quoted else 0
        line = quoted[2] if quoted else raw
        if flowed and not quoted and line.startswith(" "):
            line = line[1:]  # stuffed, so that it is not taken for a quote
        stripped = line.strip()
        if held and not (goes_on and depth == level and stripped and not _ITEM.match(line)):
            yield _block(held, begun, level)
            held = []
        if not stripped:
            goes_on = False
            continue
        if not held:
            begun, level = number, depth
        if flowed:
            goes_on = line.endswith(" ") and line != _SIGNATURE
            held.append(line if not goes_on or spaced else line[:-1])
        else:
            following = lines[number] if number < len(lines) else ""
            goes_on = bool(width) and not _fits(raw.rstrip(), following, width)
            held.append(line + " ")
    if held:
        yield _block(held, begun, level)


def _fits(line: str, following: str, width: int) -> bool:
    """Whether the next line's first word could have stood on this line: its end is then the end of a paragraph."""
    word = following.lstrip("> ").split(" ", 1)[0]
    return len(line) + 1 + len(word) <= width


def _block(pieces: list[str], number: int, level: int) -> Block:
    return Block(" ".join("".join(pieces).split()), "quote" if level else None, number)
