"""Text that was read in a wrong encoding before it came here, and turned back: only where that is sure.

UTF-8 taken for a page of one byte a character leaves a trail that nothing else leaves: taken back to bytes it is
UTF-8 again, letter after letter. Arabic pages taken for Western ones are told by how Arabic letters follow each other
(`codepages`). What a wrong reading lost (`????`) cannot come back; it is counted, to be said.
"""

from __future__ import annotations

import codecs
import html
import re
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Final

from kashaf.corpus.codepages import SURE_BITS, plausibility, rank

# Pages that UTF-8 is taken for. They show alef, in UTF-8 the bytes D8 A7, and lam, D9 84, without which there is no
# Arabic text, in signs that Arabic text does not have.
_MISREAD: Final = ("cp1252", "cp1256", "cp1251", "mac_roman", "cp437", "cp850", "cp1254", "cp720")
_NAMES: Final = {
    "cp1252": "windows-1252", "cp1256": "windows-1256", "cp1251": "windows-1251", "cp1254": "windows-1254",
    "mac_roman": "macintosh", "cp437": "ibm437", "cp850": "ibm850", "cp720": "ibm720",
    "iso8859_6": "iso-8859-6", "mac_arabic": "x-mac-arabic",
}  # fmt: skip
_SIGNS: Final = ("§", "ß", "º", "╪", "Ù„", "ظ„", "Щ„")  # what is left of alef, or of lam
_WESTERN_ALEF: Final = "Ç"  # of windows-1256 and ISO 8859-6 in windows-1252
_WITHOUT_81: Final = frozenset({"cp1252", "cp1254"})
_TORN_FEH: Final = re.compile(rb"\xd9(?![\x80-\xbf])")
_LINES_TRIED: Final = 8
_TIMES: Final = 3  # text that was spoilt again and again
_LEAST_LETTERS: Final = 6
_PLAUSIBLE: Final = 0.25
_ARABIC: Final = re.compile("[\u0600-\u06ff]")
_BEYOND_ASCII: Final = re.compile("[^\x00-\x7f]")
_ACCENTED: Final = re.compile("[\x80-\u024f\u2010-\u2122\u02c6\u02dc]")
_LATIN: Final = re.compile("[A-Za-z]")
_MARKED_WORD: Final = re.compile("(?<![^ \n\t])[^ \n\t]*[^\x00-\x7f \n\t][^ \n\t]*")
_QUESTIONS: Final = re.compile(r"\?{3,}|(?<=\? )\?+(?= \?)")
_ENTITY: Final = re.compile(r"&(?:amp;)?(#\d{2,7}|#[xX][0-9a-fA-F]{2,6}|[a-zA-Z]{2,8}\d?);")
_ESCAPE: Final = re.compile(r"(?<!\\)(?:\\u[0-9a-fA-F]{4})+")
_ARABIC_ESCAPE: Final = re.compile(r"\\u06[0-9a-fA-F]{2}")
_LEAST_ESCAPES: Final = 4


@dataclass(frozen=True, slots=True)
class Repair:
    """text: as it was meant. how: `utf-8 that was read as windows-1252`. confidence: 0 to 1. lines: how many."""

    text: str
    how: str
    confidence: float
    lines: int


def repair(text: str) -> Repair | None:
    """The text as it was before a wrong reading, or None when nothing shows that there was one."""
    if any(sign in text for sign in _SIGNS):
        found = _from_utf8(text)
        if found is not None:
            return found
    return _from_western(text) if _WESTERN_ALEF in text else None


def _from_utf8(text: str) -> Repair | None:
    before, how, sure, count, times = text, "", 1.0, 0, 0
    while times < _TIMES and (codec := _misread_as(text)) is not None:
        lines = [_mend_line(line, codec) for line in text.split("\n")]
        text = "\n".join(line.text for line in lines)
        sure = min(sure, 0.98 if all(line.whole or not line.letters for line in lines) else 0.85)
        count = max(count, sum(line.letters > 0 for line in lines))
        how, times = f"utf-8 that was read as {_NAMES[codec]}", times + 1
    if not times or plausibility(text) < min(_PLAUSIBLE, plausibility(before) + 0.01):
        return None
    return Repair(text, how + (f", {times} times" if times > 1 else ""), sure, count)


def _misread_as(text: str) -> str | None:
    """The page that UTF-8 was taken for: the one by which most letters of the first marked lines come back."""
    best, page = _LEAST_LETTERS - 1, None
    for codec in _MISREAD:
        marks = [mark for mark in _marks(codec) if mark in text]
        if not marks:
            continue
        marked = (line for line in text.split("\n") if any(mark in line for mark in marks))
        letters = 0
        for line in islice(marked, _LINES_TRIED):
            mended = _mend_line(line, codec)
            if not mended.letters and mended.text != line:  # spoilt twice: no letter yet
                mended = _mend_line(mended.text, codec)
            letters += mended.letters
        if letters > best:
            best, page = letters, codec
    return page


@dataclass(frozen=True, slots=True)
class _Mended:
    """letters: Arabic ones that came back. whole: nothing beyond ASCII was left as it stood."""

    text: str
    letters: int
    whole: bool


def _mend_line(line: str, codec: str) -> _Mended:
    """The line turned back, or those of its words that can be."""
    if _BEYOND_ASCII.search(line) is None:
        return _Mended(line, 0, whole=True)
    back = _turned_back(line, codec)
    if back is not None:
        return _Mended(back, len(_ARABIC.findall(back)), whole=True)
    restored = _with_feh(line, codec)
    if restored is not None:
        return _Mended(restored, len(_ARABIC.findall(restored)), whole=False)
    letters, whole = 0, True

    def turn(match: re.Match[str]) -> str:
        nonlocal letters, whole
        word = _turned_back(match[0], codec)
        if word is None:
            whole = False
            return match[0]
        letters += len(_ARABIC.findall(word))
        return word

    return _Mended(_MARKED_WORD.sub(turn, line), letters, whole)


def _turned_back(text: str, codec: str) -> str | None:
    try:
        data = codecs.charmap_encode(text, "strict", _bytes_of(codec))[0]
    except UnicodeEncodeError:
        return None
    try:
        found = data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return found if found != text else None


def _with_feh(line: str, codec: str) -> str | None:
    """A line whose letters feh lost their second byte: 0x81 is nothing in windows-1252, and many programs drop it.
    Of the signs that lose theirs (also three vowel marks) feh is the letter."""
    if codec not in _WITHOUT_81:
        return None
    table = _bytes_of(codec)
    try:
        data = codecs.charmap_encode(line.replace("Ù\ufffd", "Ù"), "strict", table)[0]
        found = _TORN_FEH.sub(b"\xd9\x81", data).decode("utf-8")
    except UnicodeError:
        return None
    return found if len(_TORN_FEH.findall(data)) * 8 <= len(_ARABIC.findall(found)) else None


@cache
def _bytes_of(codec: str) -> dict[int, int]:
    """Each character of a page to its byte; bytes that the page does not use stand for themselves, as browsers do."""
    table = {byte: byte for byte in range(0x80, 0xA0)}
    for byte in range(256):
        try:
            table[ord(bytes([byte]).decode(codec))] = byte
        except UnicodeDecodeError:
            table.setdefault(byte, byte)
    table.update((byte, byte) for byte in range(0x80))
    return table


def shown_in(data: bytes, codec: str) -> str:
    """Bytes as a program shows them that takes them for `codec`: what `repair` undoes."""
    back = {byte: char for char, byte in reversed(_bytes_of(codec).items())}
    shown = []
    for byte in data:
        try:
            shown.append(bytes([byte]).decode(codec))
        except UnicodeDecodeError:
            shown.append(chr(back[byte]))
    return "".join(shown)


@cache
def _marks(codec: str) -> tuple[str, ...]:
    """Alef and lam as they look when UTF-8 is taken for a page once, and twice."""
    once = [shown_in(letter.encode(), codec) for letter in "ال"]
    return (*once, *(shown_in(mark.encode(), codec) for mark in once))


def _from_western(text: str) -> Repair | None:
    """Arabic of one byte a letter that was taken for windows-1252: nearly every letter of a line has an accent."""
    lines = text.split("\n")
    marked = [i for i, line in enumerate(lines) if _is_all_accents(line)]
    try:
        spoilt = {i: codecs.charmap_encode(lines[i], "strict", _bytes_of("cp1252"))[0] for i in marked}
    except UnicodeEncodeError:
        return None
    if not spoilt:
        return None
    likeliest = rank(b"\n".join(spoilt.values()))
    if likeliest.margin < SURE_BITS or likeliest.plausibility < 2 * _PLAUSIBLE:
        return None
    for index, line in enumerate(lines):
        if index in spoilt or (2 * len(spoilt) > len(lines) and _is_half_accents(line)):
            data = codecs.charmap_encode(line, "replace", _bytes_of("cp1252"))[0]
            with suppress(UnicodeDecodeError):  # a line with a sign that the page lacks never was of it
                lines[index] = data.decode(likeliest.codec)
    how = f"{_NAMES[likeliest.codec]} that was read as windows-1252"
    return Repair("\n".join(lines), how, round(min(0.95, likeliest.plausibility), 2), len(spoilt))


def _is_all_accents(line: str) -> bool:
    accented = len(_ACCENTED.findall(line))
    return (
        accented >= _LEAST_LETTERS and accented > 2 * len(_LATIN.findall(line)) and not _ARABIC.search(line)
    )


def _is_half_accents(line: str) -> bool:
    """An address or a foreign name among the letters: enough where the lines around it are all accents."""
    accented = len(_ACCENTED.findall(line))
    if accented < _LEAST_LETTERS or 2 * accented < len(_LATIN.findall(line)) or _ARABIC.search(line):
        return False
    return all(ord(char) in _bytes_of("cp1252") for char in line)


def lost_letters(text: str) -> int:
    """How many question marks stand where letters were: they fill words, line after line. 0 when they do not."""
    if "???" not in text:
        return 0
    lost = 0
    for line in text.split("\n"):
        marks = line.count("?")
        letters = len(line) - marks - line.count(" ")
        if marks >= _LEAST_LETTERS and marks > letters and len(_QUESTIONS.findall(line)) > 1:
            lost += marks
    return lost


def spelt_out(text: str) -> tuple[str, int]:
    """A plain text whose letters were written as `&#1575;`, `&quot;` or `\\u0627`: with the letters, and how many."""
    count = 0
    if "&" in text:

        def character(match: re.Match[str]) -> str:
            nonlocal count
            meant = html.unescape(f"&{match[1]};")
            if len(meant) > 2 or meant.startswith("&#"):
                return match[0]
            count += 1
            return meant

        text = _ENTITY.sub(character, text)
    if "\\u06" in text and len(_ARABIC_ESCAPE.findall(text)) >= _LEAST_ESCAPES:
        escapes = 0

        def letters(match: re.Match[str]) -> str:
            nonlocal escapes
            units = bytes.fromhex(match[0].replace("\\u", ""))
            escapes += len(units) // 2
            return units.decode("utf-16-be", "replace")

        text = _ESCAPE.sub(letters, text)
        count += escapes
    return text, count
