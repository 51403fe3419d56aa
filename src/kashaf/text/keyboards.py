"""Words typed while the keyboard was set to the other language: `]lar` for دمشق, `ىشفخ` for nato.

Three keyboards are known: Arabic-101 over an American one (Windows, Linux), its French variant, and Apple's. The
tables come from xkeyboard-config (see `scripts/generate_layouts.py`).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, product
from typing import Final

from kashaf.text._layouts import LAYOUTS
from kashaf.text.fold import fold_word
from kashaf.text.letters import ARABIC_LETTERS, MARKS

#: Latin layout and the Arabic one of the same keys, the most used first.
KEYBOARDS: Final = (
    ("us(basic)", "ara(basic)"),
    ("fr(basic)", "ara(azerty)"),
    ("us(basic)", "ara(mac)"),
)

#: Longer texts were pasted, not typed. In code points.
LONGEST: Final = 200
_READINGS: Final = 8
_LAM: Final = "\u0644"


@dataclass(frozen=True, slots=True)
class _Keyboard:
    arabic: Mapping[str, str]  # what a Latin key gives on the Arabic layout; a lam-alef as its two letters
    latin: Mapping[str, str]


def to_arabic(text: str) -> tuple[str, ...]:
    """What the keys that gave `text` give on an Arabic layout, the likeliest first; empty when that is no Arabic.

    Capitals are read twice: with Shift, which on Arabic layouts gives marks and hamza forms, and without.
    """
    if len(text) > LONGEST:
        return ()
    spellings = dict.fromkeys((text.lower(), text) if text.isupper() else (text, text.lower()))
    found = (_read(spelling, keyboard.arabic) for keyboard in _keyboards() for spelling in spellings)
    return tuple(dict.fromkeys(word for word in found if _is_arabic(word)))


def to_latin(text: str) -> tuple[str, ...]:
    """What the keys that gave `text` give on a Latin layout, the likeliest first; empty when that is no Latin.

    لا is one key (b) or two (gh): both are given.
    """
    if len(text) > LONGEST:
        return ()
    found: dict[str, None] = {}
    for keyboard in _keyboards():
        for keys in _keys(unicodedata.normalize("NFKC", text), keyboard.latin):
            word = "".join(keys)
            if any(char.isalpha() for char in word) and ARABIC_LETTERS.isdisjoint(word):
                found[word] = None
    return tuple(found)


@cache
def neighbours() -> frozenset[tuple[str, str]]:
    """Letters on adjacent keys, in both orders: of Arabic-101, folded, and of an American keyboard."""
    found: set[tuple[str, str]] = set()
    for layout in ("ara(basic)", "us(basic)"):
        for one, other in _adjacent(layout):
            first, second = fold_word(one), fold_word(other)
            if len(first) == len(second) == 1 and first.isalpha() and second.isalpha() and first != second:
                found |= {(first, second), (second, first)}
    return frozenset(found)


def _adjacent(layout: str) -> Iterator[tuple[str, str]]:
    """Characters, without Shift, of keys that touch. Rows are staggered: a key touches two of the row below."""
    # The first key of the top and of the bottom row stands to the left of the columns.
    rows = [
        {at - (row in {0, 3}): char for at, char in enumerate(plain)}
        for row, (plain, _) in enumerate(LAYOUTS[layout])
    ]
    for row in rows:
        for at, char in row.items():
            if at + 1 in row:
                yield char, row[at + 1]
    for upper, lower in pairwise(rows):
        for at, char in upper.items():
            yield from ((char, lower[below]) for below in (at - 1, at) if below in lower)


@cache
def _keyboards() -> tuple[_Keyboard, ...]:
    return tuple(_keyboard(latin, arabic) for latin, arabic in KEYBOARDS)


def _keyboard(latin: str, arabic: str) -> _Keyboard:
    to: dict[str, str] = {}
    back: dict[str, str] = {}
    # Keys without Shift first: where a letter lies on two keys, that one was meant.
    for level in (0, 1):
        for latin_row, arabic_row in zip(LAYOUTS[latin], LAYOUTS[arabic], strict=True):
            for key, typed in zip(latin_row[level], arabic_row[level], strict=True):
                plain = unicodedata.normalize("NFKC", typed)
                if key == " " or not plain.strip() or not _is_arabic(plain):
                    continue
                to.setdefault(key, plain)
                back.setdefault(plain, key)
    return _Keyboard(to, back)


def _read(text: str, keys: Mapping[str, str]) -> str:
    # A capital whose key types no letter with Shift was typed with Caps Lock.
    return "".join(keys.get(char) or keys.get(char.lower()) or char for char in text)


def _keys(text: str, latin: Mapping[str, str]) -> Iterator[tuple[str, ...]]:
    """Ways to type the text, each as its keys; the first few of them."""
    choices: list[tuple[str, ...]] = []
    at = 0
    ways = 1
    while at < len(text):
        pair = text[at : at + 2]
        one = latin.get(text[at], text[at])
        if len(pair) == 2 and pair[0] == _LAM and pair in latin:
            two = one + latin.get(pair[1], pair[1])
            choices.append((latin[pair], two) if ways < _READINGS else (latin[pair],))
            ways *= 2
            at += 2
        else:
            choices.append((one,))
            at += 1
    return product(*choices)


def _is_arabic(text: str) -> bool:
    return any(char in ARABIC_LETTERS or char in MARKS for char in text)
