"""Files of more than one encoding: lines of another page among UTF-8, or one file set behind another.

Decided line by line, and only where a line proves it: by being UTF-8 beyond ASCII, or by not being it and reading as
Arabic in a code page without doubt.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.codepages import SURE_BITS, bits_against, plausibility, rank

_ARABIC_IN_UTF8: Final = re.compile(rb"[\xd8-\xdb][\x80-\xbf]")
_LEAST_SEQUENCES: Final = 4  # of UTF-8 beyond ASCII: fewer may be chance
_HOLES_SHARE: Final = 8  # so many letters for each hole: torn UTF-8, no other page
_PLAUSIBLE: Final = 0.3
_BLOCK: Final = 600  # bytes: enough for a code page to give itself away
_LOOKED_AT: Final = 48  # blocks of a large file that are looked at before all are
_LINE_BITS: Final = 12  # once both pages are known to be there
_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Mixed:
    """text: all of it. codec: of most bytes, as Python names it. other: the second one. lines: those read as
    `other`, from 1."""

    text: str
    codec: str
    other: str
    lines: tuple[int, ...]
    confidence: float

    def words(self, main: str, other: str) -> str:
        """For the analyst, with the names that the encodings go by."""
        return f"mixed encodings: {_ranges(self.lines)} read as {other}, the rest as {main}"


def utf8_and_another(data: bytes) -> Mixed | None:
    """Data that is not UTF-8 as a whole, but in its lines or words, with lines or words of an Arabic page between."""
    if len(_ARABIC_IN_UTF8.findall(data)) < _LEAST_SEQUENCES:
        return None
    units = [unit for line in data.split(b"\n") for unit in _units(line)]
    texts = [_utf8(unit.data) for unit in units]
    proven = sum(
        len(unit.data) for unit, text in zip(units, texts, strict=True) if text and not text.isascii()
    )
    foreign = [place for place, text in enumerate(texts) if text is None and not _is_torn(units[place].data)]
    if not proven or not foreign:
        return None
    pool = b"\n".join(units[place].data for place in foreign)
    likeliest = rank(pool)
    if likeliest.plausibility < _PLAUSIBLE:
        return None
    sure = likeliest.margin >= SURE_BITS
    for place in foreign:
        texts[place] = units[place].data.decode(likeliest.codec, "replace")
    others = frozenset(foreign)
    whole = []
    lines: set[int] = set()
    number = 1
    for place, (unit, text) in enumerate(zip(units, texts, strict=True)):
        if place:
            whole.append(unit.before)
            number += unit.before == "\n"
        whole.append(unit.data.decode("utf-8", "replace") if text is None else text)
        if place in others:
            lines.add(number)
    confidence = min(0.9, likeliest.plausibility) if sure else min(0.5, likeliest.plausibility)
    main, other = ("utf-8", likeliest.codec)
    return Mixed("".join(whole), main, other, tuple(sorted(lines)), round(confidence, 2))


@dataclass(frozen=True, slots=True)
class _Unit:
    """A line, or a word of a line that is of two encodings itself. before: what parts it from the unit before."""

    data: bytes
    before: str


def _units(line: bytes) -> Sequence[_Unit]:
    if line.isascii() or _utf8(line) is not None or len(_ARABIC_IN_UTF8.findall(line)) < _LEAST_SEQUENCES:
        return (_Unit(line, "\n"),)
    words = line.split(b" ")
    proven = sum(not word.isascii() and _utf8(word) is not None for word in words)
    broken = sum(_utf8(word) is None for word in words)
    if _is_torn(line) or not proven or broken < 2:
        return (_Unit(line, "\n"),)
    return tuple(_Unit(word, " " if place else "\n") for place, word in enumerate(words))


def _utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _is_torn(data: bytes) -> bool:
    """Whether it is UTF-8 with a few bytes lost."""
    text = data.decode("utf-8", "replace")
    holes = text.count("\ufffd")
    beyond = sum(char > "\x7f" for char in text) - holes
    return beyond >= _HOLES_SHARE * holes


def two_pages(data: bytes, codec: str) -> Mixed | None:
    """Data in one Arabic page for the most part, `codec`, whose other lines are sure to be in another one."""
    blocks = _blocks(data)
    step = max(1, len(blocks) // _LOOKED_AT)
    if len(blocks) < 2 or not any(_is_other(block, codec) for _, block in blocks[::step]):
        return None
    foreign = [block for _, block in blocks if _is_other(block, codec)]
    if len(foreign) == len(blocks):
        return None
    likeliest = rank(b"\n".join(foreign))
    if likeliest.codec == codec or likeliest.plausibility < _PLAUSIBLE:
        return None
    lines = data.split(b"\n")
    pages = _page_of_each(lines, codec, likeliest.codec)
    of_most = rank(b"\n".join(line for line, page in zip(lines, pages, strict=True) if page == codec))
    main = of_most.codec if of_most.plausibility >= _PLAUSIBLE else codec
    text = "\n".join(
        line.decode(main if page == codec else page, "replace")
        for line, page in zip(lines, pages, strict=True)
    )
    score = min(0.85, plausibility(text))
    others = tuple(number for number, page in enumerate(pages, 1) if page != codec)
    return Mixed(text, main, likeliest.codec, others, round(score, 2)) if score >= _PLAUSIBLE else None


def _page_of_each(lines: Sequence[bytes], codec: str, other: str) -> list[str]:
    """The page of each line; one that does not say goes with the line after it, at the end with the one before."""
    pages: list[str | None] = []
    for line in lines:
        bits = bits_against(line, codec, other) if not line.isascii() else 0.0
        pages.append(other if bits > _LINE_BITS else codec if bits < -_LINE_BITS else None)
    found, following = [], next((page for page in reversed(pages) if page is not None), codec)
    for page in reversed(pages):
        following = page or following
        found.append(following)
    return found[::-1]


def _is_other(block: bytes, codec: str) -> bool:
    return _has_letters(block) and bits_against(block, codec) >= 2 * SURE_BITS


def _has_letters(block: bytes) -> bool:
    return len(block) - len(block.translate(None, bytes(range(128, 256)))) >= _BLOCK // 12


def _blocks(data: bytes) -> list[tuple[int, bytes]]:
    """Runs of whole lines of at least `_BLOCK` bytes, or of one long line, with the number of the first line."""
    blocks: list[tuple[int, bytes]] = []
    held: list[bytes] = []
    start = number = 1
    size = 0
    for number, line in enumerate(data.split(b"\n"), 1):
        if held and len(line) >= _BLOCK // 6:  # a paragraph of its own gives itself away
            blocks.append((start, b"\n".join(held)))
            start, held, size = number, [], 0
        held.append(line)
        size += len(line)
        if size >= _BLOCK:
            blocks.append((start, b"\n".join(held)))
            start, held, size = number + 1, [], 0
    if held:
        blocks.append((start, b"\n".join(held)))
    return blocks


def _ranges(lines: Sequence[int]) -> str:
    """`line 3`, `lines 3–5, 9`."""
    runs: list[list[int]] = []
    for line in lines:
        if runs and line == runs[-1][1] + 1:
            runs[-1][1] = line
        else:
            runs.append([line, line])
    shown = [str(first) if first == last else f"{first}–{last}" for first, last in runs[:_SHOWN]]
    more = f" and {len(runs) - _SHOWN} more places" if len(runs) > _SHOWN else ""
    return ("line " if len(lines) == 1 else "lines ") + ", ".join(shown) + more
