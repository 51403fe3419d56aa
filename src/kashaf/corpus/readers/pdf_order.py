"""Letters as they lie on a page, from left to right, to the order in which they are read.

What a page shows is the one thing that all PDF writers agree on; the order in their files is that of Word's
paragraphs, of a bidi library's display lines, or of chance. The way back is the rules of UAX #9 read backwards.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import Final

_FORMS: Final = re.compile("[\ufb50-\ufdff\ufe70-\ufefc]+")  # Arabic presentation forms A and B
_ARABIC: Final = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_WORD: Final = re.compile("[\u0621-\u064a]{3,}")
_MIRRORED: Final = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
_SHADDA: Final = "\u0651"
_OPENED: Final = {")": "(", "]": "[", "»": "«"}
_CLOSED: Final = {opened: closed for closed, opened in _OPENED.items()}
_SHOULD_OPEN: Final = re.compile(r"(?<![^\s(\[«\"“])[)\]»](?=[\"“]?\w)")
_SHOULD_CLOSE: Final = re.compile(r"(?<=[\w.…،؛؟!%\"”])[(\[«](?![\w\"“])")
_AT_BEGINNING: Final = re.compile(r"(?<!\S)[(\[«](?=\w)|(?<=\w)[)\]»](?!\w)")
_AT_END: Final = re.compile(r"(?<!\S)[)\]»](?=\w)|(?<=\w)[(\[«](?!\w)")
_SEPARATORS: Final = frozenset(".,:/٫٬،")
_BACKWARDS: Final = re.compile("(?<=..)لا[وبفك]?$")
_FAR: Final = 60
_WORDS_TO_JUDGE: Final = 12


def without_forms(text: str) -> str:
    """Presentation forms as the letters they show (NFKC of these two blocks alone: nothing else is touched)."""
    return _FORMS.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)


def is_arabic(char: str) -> bool:
    return _ARABIC.match(char) is not None


def logical(units: Sequence[str], *, rtl: bool = True, mirror: bool = True) -> str:
    """The text of a line of which `units` (letters, ligatures, spaces) lie side by side from left to right.

    rtl: the line's direction. mirror: whether brackets among Arabic letters are named by their shape, as most writers
    do, and are to be turned.
    """
    if not rtl:
        return _left_to_right(units, mirror=mirror)
    pieces: list[str] = []
    at = len(units)
    while at > 0:
        begin = _run_before(units, at)
        if begin < at:
            pieces.extend(units[begin:at])
            at = begin
            continue
        at -= 1
        pieces.append(units[at].translate(_MIRRORED) if mirror else units[at])
    return "".join(pieces)


def brackets_agree(lines: Sequence[str]) -> bool:
    """Whether most brackets open at the beginnings of words and close at their ends."""
    balance = 0
    for line in lines:
        balance += len(_AT_BEGINNING.findall(line)) - len(_AT_END.findall(line))
    return balance >= 0


def turned_brackets(text: str) -> str:
    return text.translate(_MIRRORED)


def is_reversed(text: str) -> bool | None:
    """Whether the words of a text stand back to front, by where the article, ta marbuta and alef maqsura stand; None
    for too few words to tell."""
    words = _WORD.findall(text)
    if len(words) < _WORDS_TO_JUDGE:
        return None
    right = sum(word.startswith("ال") + word.endswith(("ة", "ى")) for word in words)
    wrong = sum(
        (len(word) > 3 and word.endswith(("لا", "لاو", "لاب"))) + word.startswith(("ة", "ى"))
        for word in words
    )
    return bool(wrong > 2 * right + 2)


def ordered_ligature(parts: str, *, turned: bool) -> str:
    """The letters of one sign. turned: whether this page's Arabic signs give theirs back to front."""
    return parts[::-1] if turned and is_arabic(parts[0]) else parts


def with_marks(sign: str, marks: Sequence[str]) -> str:
    """A letter with its marks, shadda before vowels as one types them."""
    return sign + "".join(sorted(marks, key=lambda mark: mark != _SHADDA))


def with_brackets(text: str) -> str:
    """Brackets that open at the beginnings of words and close at their ends, whatever they were called: PDF writers
    name them by their shape or by their sense, and PDFium turns some."""
    text = _SHOULD_OPEN.sub(lambda match: _OPENED.get(match[0], match[0]), text)
    return _SHOULD_CLOSE.sub(lambda match: _CLOSED.get(match[0], match[0]), text)


def _left_to_right(units: Sequence[str], *, mirror: bool) -> str:
    """Runs of Arabic within are turned."""
    pieces: list[str] = []
    at = 0
    while at < len(units):
        if not is_arabic(units[at][0]):
            pieces.append(units[at])
            at += 1
            continue
        end = at + 1
        for place in range(at + 1, len(units)):
            if is_arabic(units[place][0]):
                end = place + 1
            elif units[place][0].isalpha():
                break
        pieces.append(logical(units[at:end], mirror=mirror))
        at = end
    return "".join(pieces)


def _run_before(units: Sequence[str], end: int) -> int:
    """Where the run of a number, or of letters from left to right, begins that ends before `end`; else `end`."""
    last = units[end - 1][0]
    if last.isdigit() and not _follows_latin(units, end):
        begin = end - 1
        while begin > 0 and (
            units[begin - 1][0].isdigit()
            or (begin > 1 and units[begin - 1] in _SEPARATORS and units[begin - 2][0].isdigit())
        ):
            begin -= 1
        return begin
    if not (_is_latin(last) or last.isdigit()):
        return end
    begin = place = end - 1
    while place > 0 and not is_arabic(units[place - 1][0]):
        place -= 1
        if _is_latin(units[place][0]):
            begin = place
        elif units[place][0].isdigit() and place + 1 == begin:
            begin = place  # `5G`: joined to the letters after it
    return begin


def _follows_latin(units: Sequence[str], end: int) -> bool:
    """Whether Latin letters stand before a number with none of Arabic between: it goes on from left to right with
    them then, as in `Covid 19` (UAX #9, rule W7)."""
    for place in range(end - 1, max(-1, end - _FAR), -1):
        if is_arabic(units[place][0]):
            return False
        if _is_latin(units[place][0]):
            return True
    return False


def _is_latin(char: str) -> bool:
    return char.isalpha() and not is_arabic(char)
