"""Clusters of a text in logical order, with Arabic letters in the presentation form their neighbours ask for.

Joining follows The Unicode Standard, section 9.2 (rules R1-R7 and the obligatory lam-alef ligatures); the forms
are those of the blocks Arabic Presentation Forms-A and -B. A letter without a form there stays as it is. A cluster
is a base with the marks that follow it, so that rule L3 of UAX #9 asks for nothing more.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain
from operator import sub
from typing import TYPE_CHECKING, Final, NamedTuple

from kashaf.bidi._ucd import COMPOSED, FORMS
from kashaf.bidi.properties import CACHE_LIMIT, CELL_CLASS, JOINING_TYPE
from kashaf.bidi.width import REPLACEMENT, WIDTHS

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_MARKS: Final = 8
"""Marks printed over one base. Terminals slow down or break on more; Arabic and Latin need four at most."""
WITHIN, SPACE, BREAK = range(3)
"""May a line end after a cluster: no; yes, it is white space; yes, though it is none (zero width space)."""

_LAM: Final = "\u0644"
_TATWEEL: Final = "\u0640"
_ALEFS = frozenset(key[1] for key in FORMS if len(key) == 2)
_JOINS_BEFORE = frozenset({"D", "R", "C"})
_JOINS_AFTER = frozenset({"D", "L", "C"})
_FINAL, _INITIAL = 1, 2  # bits of an index into a tuple of FORMS: joined to the letter before, after
_ZERO_WIDTH_SPACE: Final = "\u200b"
# Of the letters of CELL_CLASS.
_NO_CELL = frozenset("mtn")
_BREAKING = frozenset("sS")
_SHOWN_AS: Final = {"s": " ", "S": "\u3000", "g": " ", "r": REPLACEMENT}
_WORD: Final = 32
_WORDS: Final = 8192


@dataclass(slots=True)
class Clusters:
    """Parallel sequences over the clusters of a text, in logical order.

    Cluster i covers the text from `heads[i]`, its base character, up to `heads[i + 1]`; the first one begins at
    0 whatever its base is, so that a character that is drawn nowhere belongs to the cluster before it or, at
    the beginning, to the first. `heads` ends with the length of the text. No cluster holds nothing to draw:
    a text of nothing but marks and controls has none.
    """

    texts: list[str]
    """What to print."""
    widths: bytes
    """Cells, 1 or 2."""
    ends: bytes
    """`WITHIN`, `SPACE` or `BREAK`."""
    heads: Sequence[int]
    """Code point offset of the base."""


def clusters(text: str, *, marks: bool = False, tatweel: bool = True) -> Clusters:
    """Clusters of `text`, shaped.

    `marks` keeps Arabic combining marks in what is printed; without `tatweel` that stroke has no cluster, though
    the letters beside it join as they do with it. Widths do not depend on `marks`. Never raises; linear in the
    length of the text.
    """
    # Joining does not reach over a space, and press text repeats its words: most are looked up, not shaped.
    words = text.split(" ")
    if len(max(words, key=len)) > _WORD:
        return _shape(text, marks, tatweel)
    pieces = [_piece(word, marks, tatweel) for word in words]
    found = [piece for piece in pieces if piece is not None]
    if len(found) < len(pieces):
        return _shape(text, marks, tatweel)
    texts, widths, ends, lengths = zip(*found, strict=True)
    printed = list(chain.from_iterable(texts))
    printed.pop()
    return Clusters(
        printed,
        b"".join(widths)[:-1],
        b"".join(ends)[:-1],
        array("I", accumulate(b"".join(lengths)[:-1], initial=0)),
    )


class _Piece(NamedTuple):
    """The clusters of a word and of a space behind it; `lengths` are the code points each covers."""

    texts: tuple[str, ...]
    widths: bytes
    ends: bytes
    lengths: bytes


@lru_cache(_WORDS)
def _piece(word: str, marks: bool, tatweel: bool) -> _Piece | None:
    """`None` for a word that begins with a character that belongs to the cluster before it."""
    found = _shape(word, marks, tatweel)
    if word and (not found.texts or found.heads[0]):
        return None
    heads = found.heads
    lengths = bytes(map(sub, heads[1:], heads))
    return _Piece((*found.texts, " "), found.widths + b"\1", found.ends + bytes((SPACE,)), lengths + b"\1")


class _Char(NamedTuple):
    """What a character is to clusters. `shown` is empty where it has none of its own."""

    shown: str
    width: int
    end: int
    transparent: bool
    joins_before: bool
    joins_after: bool
    kind: str


class _Chars(dict[str, _Char]):
    """Also keeps one string of each character in use: iterating over a text makes a new one each time."""

    def __init__(self, undrawn: str = "") -> None:
        super().__init__()
        self._undrawn = undrawn

    def __missing__(self, char: str) -> _Char:
        if len(self) >= CACHE_LIMIT:
            self.clear()
        kind, joins = CELL_CLASS[char], JOINING_TYPE[char]
        drawn = kind not in _NO_CELL and char != self._undrawn
        end = SPACE if kind in _BREAKING else BREAK if char == _ZERO_WIDTH_SPACE else WITHIN
        self[char] = found = _Char(
            _SHOWN_AS.get(kind, char) if drawn else "",
            WIDTHS[kind],
            end,
            joins == "T",
            joins in _JOINS_BEFORE,
            joins in _JOINS_AFTER,
            kind,
        )
        return found


_CHARS: Final = _Chars()
_CHARS_LESS_TATWEEL: Final = _Chars(_TATWEEL)


def _shape(text: str, marks: bool, tatweel: bool) -> Clusters:
    chars = _CHARS if tatweel else _CHARS_LESS_TATWEEL
    bases: list[str] = []
    widths = bytearray()
    ends = bytearray()
    heads = array("I")
    forms = bytearray()
    over: dict[int, str] = {}
    joining = False  # does the last character that is not transparent join to the next one?
    letter = -1  # the cluster of that character; -1 if it has none, as ZWJ, or there is no such character
    for i, char in enumerate(text):
        shown, width, end, transparent, joins_before, joins_after, kind = chars[char]
        joined = False
        if not transparent:
            joined = joining and joins_before
            if joined and letter >= 0:
                forms[letter] |= _INITIAL
                if char in _ALEFS and bases[letter] == _LAM:
                    bases[letter] += char
                    joining = False
                    continue
            joining = joins_after
            letter = len(bases) if shown else -1
        if shown:
            bases.append(shown)
            widths.append(width)
            ends.append(end)
            heads.append(i)
            forms.append(_FINAL if joined else 0)
        elif bases:
            last = len(bases) - 1
            if kind == "t" and bases[last] + char in COMPOSED:
                bases[last] = COMPOSED[bases[last] + char]
            elif kind == "m" or (kind == "t" and marks):
                before = over.get(last, "")
                if len(before) < MAX_MARKS:
                    over[last] = before + char
            elif not ends[last]:
                ends[last] = end
    heads.append(len(text))
    texts = [FORMS[base][form] if base in FORMS else base for base, form in zip(bases, forms, strict=True)]
    for i, added in over.items():
        texts[i] += added
    return Clusters(texts, bytes(widths), bytes(ends), heads)
