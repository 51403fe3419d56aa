"""Roots of stems by pattern: the radicals that دراسة, مدرسة and تدريس have in common.

In the manner of ISRI (Taghva, Elkhoury and Coombs, "Arabic stemming without a root dictionary", 2005): affixes are
taken off until the rest fits the template of a verb form or noun, whose open places are the radicals. What differs:
it begins from the light stem, so that words of one stem always have one root; longer suffixes are tried before
shorter ones, over again while something of four letters or more is left; weak radicals (ا و ي) are one, because
they change into each other. No dictionary is asked: words of unlike meaning may meet, which is why the root is the
widest rung.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

_PREFIXES: Final = ("وكال", "وبال", "فبال", "فكال", "ولل", "فلل", "وال", "فال", "بال", "كال", "ال", "لل")
# In the order they are tried: pronouns and their sequences with the ending before them, then plain endings.
_SUFFIXES: Final = (
    *(
        "اتهما",
        "اتهم",
        "اتنا",
        "اتها",
        "اته",
        "تهما",
        "تهم",
        "تها",
        "تنا",
        "ونهم",
        "ونها",
        "ونه",
        "هما",
        "كما",
    ),
    *(
        "يه",
        "يات",
        "تان",
        "تين",
        "ات",
        "ان",
        "ون",
        "ين",
        "ته",
        "تم",
        "هم",
        "هن",
        "كم",
        "نا",
        "ها",
        "وا",
        "يا",
    ),
    *("ه", "ي", "ت", "ا"),
)
_ROUNDS: Final = 3

# Folded templates, by length; 1, 2 and 3 are the radicals. The first that fits is taken.
_TEMPLATES: Final = """
1ا23 12ا3 12و3 12ي3 م123 123ه 123ا 12ء3 123ي
ت12ا3 ا1ت23 ا12ا3 م12و3 م1ت23 ت12ي3 م12ا3 م12ي3 ان123 من123 1ا2و3 1وا23 1يا23 م1ا23 ت1ا23 12اي3 1ا23ه 12ا3ه 12و3ه
12ي3ه م123ه ت123ه 123ان 123اء ا123ه ا12اء مت123 يت123 123يه م123ا ا1ت3ي ت1ت23 ي1ت23
ا1ت2ا3 است123 مست123 ان12ا3 م1ا23ه م1ت23ه م12و3ه م12ا3ه مت1ا23 ا12ا3ه م12اي3 م1او23 م1اي23 ت1ا2ي3 ت12ي3ه م1ا2ي3
ا1ا2ي3 1وا2ي3 ا12اي3 1ا2و3ه 123انه 12ا3يه ت1اي23 ت1ا23ه ا1ا23ه 1وا23ه
است12ا3 ا1ت2ا3ه ان12ا3ه مست12ا3 است123ه م1ا2ي3ه ا1تي2ا3
است12ا3ه
"""
_RADICALS: Final = "123"

_Template = tuple[tuple[tuple[int, str], ...], tuple[int, ...]]
"""Places of its letters, and of its radicals."""


def _by_length() -> dict[int, list[_Template]]:
    found: dict[int, list[_Template]] = {}
    for template in _TEMPLATES.split():
        letters = tuple((at, char) for at, char in enumerate(template) if char not in _RADICALS)
        radicals = tuple(at for at, char in enumerate(template) if char in _RADICALS)
        found.setdefault(len(template), []).append((letters, radicals))
    return found


_BY_LENGTH: Final = _by_length()


class _Shapes(dict[int, str]):
    def __missing__(self, code: int) -> str:
        shape = self[code] = chr(code) if chr(code) in _TEMPLATES else "|"
        return shape


_SHAPES: Final = _Shapes()
_WEAK: Final = str.maketrans("اي", "وو")
_ONE_LETTER_BEFORE: Final = frozenset("وفبكلسينتام")
_BEFORE_THREE: Final = frozenset("يتنساملب")


@lru_cache(maxsize=1 << 17)
def root(stem: str) -> str:
    """The root of a light stem (`kashaf.text.stem`): mostly three letters; never empty for a word that is not.

    A word that begins in no Arabic letter is its own root.
    """
    if not stem or not "\u0621" <= stem[0] <= "\u064a":
        return stem
    return _radicals(_bare(stem)).translate(_WEAK)


def _bare(word: str) -> str:
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            return word[len(prefix) :]
    return word[1:] if len(word) >= 5 and word[0] in "وف" else word


def _radicals(word: str) -> str:
    for _ in range(_ROUNDS):
        if len(word) <= 3:
            return word
        if found := _fit(word):
            return found
        shorter = _without_suffix(word)
        if shorter == word:
            break
        word = shorter
    if len(word) <= 3:
        return word
    if found := _fit(word):
        return found
    if len(word) > 4 and word[0] in _ONE_LETTER_BEFORE:
        return _radicals(word[1:])
    return word[1:] if len(word) == 4 and word[0] in _BEFORE_THREE else word


def _fit(word: str) -> str | None:
    places = _radical_places(word.translate(_SHAPES))
    return "".join([word[at] for at in places]) if places else None


@lru_cache(maxsize=1 << 16)
def _radical_places(shape: str) -> tuple[int, ...] | None:
    """shape: a word with every letter that is in no template made a stroke. Words are many, shapes few."""
    for letters, radicals in _BY_LENGTH.get(len(shape), ()):
        if all(shape[at] == char for at, char in letters):
            return radicals
    return None


def _without_suffix(word: str) -> str:
    if not word.endswith(_SUFFIXES):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word
