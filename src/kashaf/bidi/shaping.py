"""Clusters of a text in logical order, with Arabic letters in the presentation form their neighbours ask for.

Joining follows The Unicode Standard, section 9.2 (rules R1-R7 and the obligatory lam-alef ligatures); the forms
are those of the blocks Arabic Presentation Forms-A and -B. A letter without a form there stays as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from kashaf.bidi._ucd import COMPOSED, FORMS
from kashaf.bidi.properties import CELL_CLASS, JOINING_TYPE
from kashaf.bidi.width import REPLACEMENT, WIDTHS

MAX_MARKS: Final = 8
"""Marks printed over one base. Terminals slow down or break on more; Arabic and Latin need four at most."""

_LAM: Final = "\u0644"
_ALEFS = frozenset(key[1] for key in FORMS if len(key) == 2)
_JOINS_BEFORE = frozenset({"D", "R", "C"})
_JOINS_AFTER = frozenset({"D", "L", "C"})
_FINAL, _INITIAL = 1, 2  # bits of an index into a tuple of FORMS: joined to the letter before, after
_ZERO_WIDTH_SPACE: Final = "\u200b"
# Of the letters of CELL_CLASS.
_NO_CELL = frozenset("mtn")
_BREAKING = frozenset("sS")
_SHOWN_AS: Final = {"s": " ", "S": "\u3000", "g": " ", "r": REPLACEMENT}


@dataclass(slots=True)
class Clusters:
    """Parallel lists over the clusters of a text, in logical order.

    Cluster i covers the text from `heads[i]`, its base character, up to `heads[i + 1]`; the first one begins at
    0 whatever its base is, so that a character that is drawn nowhere belongs to the cluster before it or, at
    the beginning, to the first. `heads` ends with the length of the text. No cluster holds nothing to draw:
    a text of nothing but marks and controls has none.
    """

    texts: list[str]
    """What to print."""
    widths: list[int]
    """Cells, 1 or 2."""
    spaces: list[bool]
    """Is the cluster white space at whose side a line may end?"""
    heads: list[int]
    """Code point offset of the base."""
    breaks: frozenset[int]
    """Clusters after which a line may end although they are no spaces (zero width space)."""


def clusters(text: str, *, marks: bool = False) -> Clusters:
    """Clusters of `text`, shaped; `marks` keeps Arabic combining marks in what is printed.

    Widths do not depend on `marks`. Never raises; linear in the length of the text.
    """
    bases: list[str] = []
    widths: list[int] = []
    spaces: list[bool] = []
    heads: list[int] = []
    forms: list[int] = []
    over: dict[int, str] = {}
    breaks: set[int] = set()
    joining = False  # does the last character that is not transparent join to the next one?
    letter = -1  # the cluster of that character; -1 if it has none, as ZWJ, or there is no such character
    for i, char in enumerate(text):
        kind = CELL_CLASS[char]
        joins = JOINING_TYPE[char]
        joined = False
        if joins != "T":
            joined = joining and joins in _JOINS_BEFORE
            if joined and letter >= 0:
                forms[letter] |= _INITIAL
                if char in _ALEFS and bases[letter] == _LAM:
                    bases[letter] += char
                    joining = False
                    continue
            joining = joins in _JOINS_AFTER
            letter = -1
        if kind in _NO_CELL:
            if not bases:
                continue
            last = len(bases) - 1
            if kind == "n":
                if char == _ZERO_WIDTH_SPACE:
                    breaks.add(last)
            elif kind == "t" and bases[last] + char in COMPOSED:
                bases[last] = COMPOSED[bases[last] + char]
            elif kind == "m" or marks:
                before = over.get(last, "")
                if len(before) < MAX_MARKS:
                    over[last] = before + char
            continue
        if joins != "T":
            letter = len(bases)
        bases.append(_SHOWN_AS.get(kind, char))
        widths.append(WIDTHS[kind])
        spaces.append(kind in _BREAKING)
        heads.append(i)
        forms.append(_FINAL if joined else 0)
    heads.append(len(text))
    texts = [FORMS[base][form] if base in FORMS else base for base, form in zip(bases, forms, strict=True)]
    for i, added in over.items():
        texts[i] += added
    return Clusters(texts, widths, spaces, heads, frozenset(breaks))
