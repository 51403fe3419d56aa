"""Arabic words written in Latin letters: `dimashq`, `dmshq`, `al-Sharaa`, `7izb`, and Buckwalter's `dm$q`.

There is no one spelling to turn back, so nothing is spelt out: a Latin word and an Arabic one share a key of
consonants, by which a vocabulary is looked up, and a price says how well the two go together (an alignment of
letters with the sounds they are commonly written with, in English, French and chat spelling).
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product
from typing import Final

from kashaf.text.fold import fold_word

#: Longer words have no key. In code points.
LONGEST: Final = 40
_KEYS: Final = 48
_ARTICLE: Final = "ال"

# What a consonant of a key stands for in Arabic; letters that are not here (vowels, ع, hamza) have no part in keys.
_OF_ARABIC: Final = str.maketrans(
    {
        **dict(zip("بتطجحهخدضذظزرسصشغفقكلمن", "bttjhhxddzzzrss$gfqklmn", strict=True)),
        "ث": "T",
        **dict.fromkeys("اأإآىويءؤئعة", ""),
    }
)
# Latin consonants, the longest first, with their consonants in keys; the first is the commonest.
_OF_LATIN: Final[dict[str, tuple[str, ...]]] = {
    "tch": ("$", "t$"),
    "sh": ("$", "sh"),
    "ch": ("$", "t$", "x", "k"),
    "kh": ("x", "kh"),
    "gh": ("g", "gh"),
    "dh": ("z", "d", "dh"),
    "th": ("T", "z", "th", "t"),
    "zh": ("z", "j"),
    "dj": ("j",),
    "ph": ("f",),
    "ck": ("k",),
    "3'": ("g",),
    "7'": ("x",),
    "b": ("b",),
    "c": ("k", "s", "q"),
    "d": ("d",),
    "f": ("f",),
    "g": ("j", "g", "q", "k"),
    "h": ("h",),
    "j": ("j",),
    "k": ("k", "q"),
    "l": ("l",),
    "m": ("m",),
    "n": ("n",),
    "p": ("b",),
    "q": ("q",),
    "r": ("r",),
    "s": ("s",),
    "t": ("t",),
    "v": ("f",),
    "x": ("ks", "x"),
    "z": ("z",),
    "5": ("x",),
    "6": ("t",),
    "7": ("h",),
    "8": ("g", "q"),
    "9": ("s", "q"),
}
# A word ends in a sound that Arabic writes with ه or ة, or not at all.
_SOFT_END: Final = re.compile(r"(?:h|t|ts)$")
_TWICE: Final = re.compile(r"(.)\1+")

# What letters of either script cost beside one another. Latin, then Arabic and the price; "" is nothing.
_SOUNDS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "a": (("ا", 1), ("", 1), ("ع", 2), ("عا", 2), ("يا", 3)),
    "aa": (("ا", 0), ("ع", 1), ("عا", 0), ("اع", 1), ("اء", 1), ("اا", 1)),
    "e": (("", 1), ("ي", 1), ("ا", 2), ("ع", 2)),
    "ee": (("ي", 0),),
    "i": (("ي", 1), ("", 1), ("ا", 2), ("ع", 2)),
    "ei": (("ي", 0),),
    "ai": (("ي", 0), ("اي", 0), ("عي", 1), ("", 2)),
    "ay": (("ي", 0), ("اي", 0)),
    "ia": (("يا", 0), ("يه", 0)),
    "y": (("ي", 0),),
    "iy": (("ي", 0),),
    "iyy": (("ي", 0),),
    "o": (("و", 1), ("", 1), ("ا", 2), ("ع", 2)),
    "oo": (("و", 0),),
    "ou": (("و", 0), ("", 1)),
    "u": (("و", 1), ("", 1), ("ا", 2), ("ع", 2)),
    "uu": (("و", 0),),
    "au": (("و", 0), ("او", 0), ("اؤ", 0)),
    "aw": (("و", 0), ("او", 0)),
    "a'i": (("ايي", 0), ("اي", 0), ("يي", 0)),
    "ow": (("و", 0),),
    "w": (("و", 0),),
    "b": (("ب", 0),),
    "c": (("ك", 0), ("س", 1), ("ق", 1)),
    "ck": (("ك", 0),),
    "ch": (("ش", 0), ("تش", 1), ("خ", 2), ("ك", 2)),
    "tch": (("تش", 0), ("ش", 1)),
    "d": (("د", 0), ("ض", 1)),
    "dh": (("ذ", 0), ("ض", 0), ("ظ", 0), ("ده", 1)),
    "dj": (("ج", 0),),
    "f": (("ف", 0),),
    "g": (("غ", 1), ("ج", 1), ("ق", 2), ("ك", 2)),
    "gh": (("غ", 0), ("غه", 2), ("جه", 2)),
    "h": (("ه", 0), ("ح", 0)),
    "j": (("ج", 0),),
    "k": (("ك", 0), ("ق", 1)),
    "kh": (("خ", 0), ("كه", 2)),
    "l": (("ل", 0),),
    "m": (("م", 0),),
    "n": (("ن", 0),),
    "p": (("ب", 0),),
    "ph": (("ف", 0),),
    "q": (("ق", 0),),
    "r": (("ر", 0),),
    "s": (("س", 0), ("ص", 0)),
    "sh": (("ش", 0), ("سه", 2)),
    "t": (("ت", 0), ("ط", 0)),
    "th": (("ث", 0), ("ذ", 1), ("ظ", 1), ("ته", 1), ("ت", 2), ("تح", 1)),
    "v": (("ف", 0),),
    "x": (("كس", 0), ("خ", 2)),
    "z": (("ز", 0), ("ذ", 1), ("ظ", 0), ("ض", 2)),
    "zh": (("ج", 0), ("ز", 1), ("ظ", 1)),
    "2": (("ا", 0), ("ء", 0), ("ق", 2)),
    "3": (("ع", 0),),
    "3'": (("غ", 0),),
    "5": (("خ", 0),),
    "6": (("ط", 0),),
    "7": (("ح", 0),),
    "7'": (("خ", 0),),
    "8": (("غ", 0), ("ق", 0)),
    "9": (("ص", 0), ("ق", 0)),
    "'": (("ع", 0), ("ا", 0), ("ء", 0), ("", 0)),
}
# At the end of a word.
_ENDS: Final[dict[str, tuple[tuple[str, int], ...]]] = {
    "a": (("ه", 0), ("ا", 0), ("ي", 1), ("اء", 0), ("ع", 1)),
    "aa": (("اء", 0), ("ا", 0)),
    "ah": (("ه", 0), ("ا", 1)),
    "at": (("ه", 1), ("ات", 0)),
    "eh": (("ه", 0),),
    "e": (("ه", 1), ("ي", 1)),
    "i": (("ي", 0),),
    "y": (("ي", 0),),
    "u": (("و", 0),),
    "o": (("و", 0),),
}
# A vowel at the end is seldom left out in Arabic.
_UNHEARD: Final = {"a": 1, "i": 1, "o": 1, "u": 1}
_ENDED: Final = {
    latin: (
        *_ENDS.get(latin, ()),
        *(
            (arabic, price if arabic else price + _UNHEARD.get(latin, 0))
            for arabic, price in _SOUNDS.get(latin, ())
        ),
    )
    for latin in {**_SOUNDS, **_ENDS}
}
# Arabic letters that Latin spellings leave out.
_UNWRITTEN: Final = {"ا": 2, "و": 2, "ي": 2, "ع": 2, "ء": 1, "ه": 4}
# A vowel at the beginning has a letter of its own.
_FIRST: Final = {"": 3, "ا": 0, "ع": 1}
_NEVER: Final = 1 << 20


def latin_word(text: str) -> str:
    """A Latin spelling without case and diacritics, apostrophes as '; only letters and chat digits are kept."""
    folded = fold_word(text[:LONGEST])
    return "".join(char for char in _APOSTROPHE.sub("'", folded) if char in _READ)


def is_latin(text: str) -> bool:
    """Whether the text looks like a word in Latin letters and chat digits: no signs but apostrophes and hyphens."""
    plain = _APOSTROPHE.sub("'", fold_word(text_of_dashes(text[: LONGEST + 1])))
    return (
        len(plain) <= LONGEST
        and any("a" <= char <= "z" for char in plain)
        and _READ.issuperset(plain.replace("-", ""))
    )


def readings(text: str) -> tuple[tuple[str, bool], ...]:
    """A Latin spelling as words without an article (see `latin_word`), and whether each had one.

    One that a hyphen sets off is an article (`al-Sharaa`, `ash-Sharaa`); one that is glued may be (`alsharaa`) or
    not (`alaa`), and both readings are given. An assimilated one doubles the consonant (`Ennahda`).
    """
    plain = _APOSTROPHE.sub("'", fold_word(text_of_dashes(text[:LONGEST])))
    if match := _SET_OFF.match(plain):
        return ((latin_word(plain[match.end() :]), True),)
    whole = latin_word(plain)
    if match := _GLUED.match(whole):
        return ((whole, False), (whole[match.end() :], True))
    return ((whole, False),)


def text_of_dashes(text: str) -> str:
    """The text with every kind of hyphen as the plain one."""
    return _DASH.sub("-", text)


@lru_cache(maxsize=256)
def latin_keys(latin: str) -> tuple[str, ...]:
    """The keys that a word (see `latin_word`) can have, the likeliest first; none for one without consonants."""
    choices: list[tuple[str, ...]] = []
    at = 0
    while at < len(latin):
        for length in (3, 2, 1):
            piece = latin[at : at + length]
            if piece in _OF_LATIN:
                choices.append(_OF_LATIN[piece])
                at += length
                break
        else:
            at += 1
    while _ways(choices) > _KEYS:
        widest = max(range(len(choices)), key=lambda at: len(choices[at]))
        choices[widest] = choices[widest][:-1]
    found: dict[str, None] = {}
    for way in product(*choices):
        key = _TWICE.sub(r"\1", "".join(way))
        found[key] = None
    if _SOFT_END.search(latin):
        for key in tuple(found):
            found[key[:-1]] = None
    return tuple(key for key in found if key)


def arabic_key(folded: str) -> str:
    """The key of a folded Arabic word; empty for one without consonants. An ه at its end has no part in it."""
    return _TWICE.sub(r"\1", folded.removesuffix("ه").translate(_OF_ARABIC))


def price(latin: str, folded: str) -> int | None:
    """How ill a word (see `latin_word`) goes with a folded Arabic one: 0 as commonly spelt, None not at all.

    The two are aligned by dynamic programming.
    """
    if len(latin) > LONGEST or len(folded) > LONGEST:
        return None
    rows = [[_NEVER] * (len(folded) + 1) for _ in range(len(latin) + 1)]
    rows[0][0] = 0
    for i in range(len(latin) + 1):
        row = rows[i]
        for j, paid in enumerate(row):
            if paid >= _NEVER:
                continue
            if j < len(folded) and folded[j] in _UNWRITTEN:
                unwritten = _UNWRITTEN[folded[j]]
                if j == len(folded) - 1 and folded[j] == "ه":
                    unwritten = 1
                row[j + 1] = min(row[j + 1], paid + unwritten)
            if i and i < len(latin) and latin[i] == latin[i - 1]:
                rows[i + 1][j] = min(rows[i + 1][j], paid)
            for length in (1, 2, 3):
                end = i + length
                if end > len(latin):
                    break
                table = _ENDED if end == len(latin) else _SOUNDS
                for arabic, more in table.get(latin[i:end], ()):
                    if folded.startswith(arabic, j):
                        to = j + len(arabic)
                        cost = more if i else _FIRST.get(arabic, more)
                        rows[end][to] = min(rows[end][to], paid + cost)
    found = rows[-1][-1]
    return found if found < _NEVER else None


def buckwalter(text: str) -> str | None:
    """The text read as Buckwalter's transliteration, without tashkeel; None when something in it is none of it."""
    if not text or len(text) > LONGEST or not _BUCKWALTER.issuperset(text):
        return None
    from pyarabic import araby, trans  # noqa: PLC0415 -- seldom needed

    read = str(araby.strip_tashkeel(trans.tim2utf8(text)))
    return read.replace(araby.TATWEEL, "") or None


def parted(latin: str) -> tuple[tuple[str, ...], ...]:
    """Ways to read one Latin word as several Arabic ones, each word with its article: `hizbullah` as hizb, allah."""
    word = latin_word(latin)
    found: list[tuple[str, ...]] = []
    if match := _GOD.fullmatch(word):
        found.append((match[1], "allah"))
    if match := _SERVANT.fullmatch(word):
        found.append(("abd", f"al-{match[1]}"))
    return tuple(found)


def _ways(choices: list[tuple[str, ...]]) -> int:
    ways = 1
    for choice in choices:
        ways *= len(choice)
    return ways


_APOSTROPHE: Final = re.compile("[\u02bb-\u02bf\u2018\u2019\u201b`\u00b4\u2032]")
_DASH: Final = re.compile("[\u2010-\u2015\u2212_]")
_READ: Final = frozenset("abcdefghijklmnopqrstuvwxyz'2356789")
# The article takes the sound of the consonant that follows: ash-Sharaa, ar-Raqqa, ez-Zor.
_SET_OFF: Final = re.compile(r"(?:(?:al|el|ul)[-']|[aeu](sh|th|dh|[tdrzsnlj])-(?=\1))(?=..)")
_GLUED: Final = re.compile(r"(?:[ae]l(?=..)|[ae]([tdrzsnl])(?=\1.))")
_GOD: Final = re.compile(r"(.{2,}?)(?:[aiuoe']*)llah")
_SERVANT: Final = re.compile(r"abd(?:u|e|a)?l?[-']?l?(.{3,})")
_BUCKWALTER: Final = frozenset("'|>&<}AbptvjHxd*rzs$SDTZEg_fqklmnhwYyFNKaui~o`{")
