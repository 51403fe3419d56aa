"""Colours of codes: a few that colour-blind readers tell apart, by name, and any other as `#rrggbb`.

The palette is Okabe and Ito's ("Color Universal Design", 2008) with a grey in the place of black, which a dark
terminal would not show. Colour never carries meaning alone: every list also names the code, or shows its letter.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterable
from typing import Final

from kashaf.text.fold import fold_word

PALETTE: Final[dict[str, str]] = {
    "orange": "#e69f00",
    "sky": "#56b4e9",
    "green": "#009e73",
    "yellow": "#f0e442",
    "blue": "#0072b2",
    "red": "#d55e00",
    "pink": "#cc79a7",
    "grey": "#999999",
}
_ARABIC: Final = {
    "orange": "برتقالي",
    "sky": "سماوي",
    "green": "أخضر",
    "yellow": "أصفر",
    "blue": "أزرق",
    "red": "أحمر",
    "pink": "وردي",
    "grey": "رمادي",
}
_BY_NAME: Final = {
    **{fold_word(name): value for name, value in PALETTE.items()},
    **{fold_word(_ARABIC[name]): value for name, value in PALETTE.items()},
    "gray": PALETTE["grey"],
}
_AUTOMATIC: Final = tuple(PALETTE.values())
_HEX: Final = re.compile(r"#([0-9a-f]{6}|[0-9a-f]{3})")


def colour(given: str) -> str | None:
    """`#rrggbb` for a colour's name, in English or Arabic, or its hexadecimal form of 3 or 6 digits.

    Empty for nothing given; None for what is no colour.
    """
    text = given.strip().casefold()
    if not text:
        return ""
    if _HEX.fullmatch(text):
        return text if len(text) == 7 else "#" + "".join(digit * 2 for digit in text[1:])
    return _BY_NAME.get(fold_word(text))


def names(language: str = "en") -> list[str]:
    """The names of the palette's colours, in English or Arabic (`ar`)."""
    return list(_ARABIC.values()) if language == "ar" else list(PALETTE)


def name_of(value: str, language: str = "en") -> str:
    """The name of a colour of the palette; any other as it is."""
    return next((name for name in names(language) if _BY_NAME[fold_word(name)] == value), value)


def automatic(text: str, taken: Iterable[str] = ()) -> str:
    """A colour of the palette for a text: the same one always, but for those `taken` while others are free."""
    first = zlib.crc32(fold_word(text).encode("utf-8", "replace")) % len(_AUTOMATIC)
    avoid = frozenset(taken)
    turned = _AUTOMATIC[first:] + _AUTOMATIC[:first]
    return next((value for value in turned if value not in avoid), turned[0])
