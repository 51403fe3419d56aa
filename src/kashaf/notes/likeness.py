"""Words as they are compared when they need not be the very same: an anchor's spelling apart from its words.

Beyond `kashaf.text.fold` (marks, tatweel, letter and presentation forms, digits): any white space is one space, and
quotation marks, dashes and Arabic punctuation are one of each. What cleaning a page again may do to it makes no
difference then.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from kashaf.text.fold import fold_word

_SIGNS: Final = str.maketrans(
    {
        **dict.fromkeys("«»“”„‟‹›‘’‛`´″′'", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        **dict.fromkeys("،٬‚", ","),
        "؛": ";",
        "؟": "?",
        "٪": "%",
        "٫": ".",
        "۔": ".",
        **{char: " " for char in map(chr, range(0x3001)) if char.isspace()},
    }
)
_SPACES: Final = re.compile(" {2,}")
_CACHED: Final = 2  # an article, and the one at the other end of a link


@dataclass(frozen=True, slots=True)
class Plain:
    """A text as it is compared, and where each of its characters came from.

    offsets: one entry a character, its source index, and the source's length last; never decreasing.
    """

    text: str
    offsets: array[int]

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        """The source span of `[start, end)`: whole source characters, and the marks that follow the last one."""
        last = self.offsets[end - 1]
        while end < len(self.text) and self.offsets[end] == last:
            end += 1
        return self.offsets[start], self.offsets[end]

    def at(self, offset: int) -> int:
        """Where the source offset is in the text."""
        return bisect_left(self.offsets, offset)


@lru_cache(maxsize=_CACHED)
def readable(text: str) -> Plain:
    """`plain` of an article's text. The last ones are kept, as its notes are looked for one after the other."""
    return plain(text)


def plain(text: str) -> Plain:
    """The text as it is compared."""
    words = fold_word.__wrapped__(text).translate(_SIGNS)  # past the cache, which is for words
    source = _offsets(text)
    pieces: list[str] = []
    offsets = array("L")
    done = 0
    for found in _SPACES.finditer(words):
        start, end = found.span()
        pieces += [words[done:start], " "]
        offsets.extend(source[done : start + 1])
        done = end
    pieces.append(words[done:])
    offsets.extend(source[done:])
    return Plain("".join(pieces), offsets)


def _offsets(text: str) -> array[int]:
    """Of every character of the text's fold, the one that it came from; and the length of the text."""
    offsets = array("L")
    done = 0
    # A character in a hundred folds to none or to several: all others are passed over in one go.
    odd = {char: len(fold_word(char)) for char in set(text)}
    pattern = "".join(re.escape(char) for char, length in odd.items() if length != 1)
    for found in re.finditer(f"[{pattern}]", text) if pattern else ():
        at = found.start()
        offsets.extend(range(done, at))
        offsets.extend([at] * odd[text[at]])
        done = at + 1
    offsets.extend(range(done, len(text) + 1))
    return offsets
