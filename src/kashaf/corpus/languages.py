"""The language of an article, by its script and by what only one language writes. `und` where that is"
" not sure."""

from __future__ import annotations

import re
from typing import Final

_SAMPLE_CHARS: Final = 500
_TAG: Final = re.compile(r"([A-Za-z]{2,3})(?:[-_]|$)")
_NAMED: Final = {
    "ara": "ar", "arabic": "ar", "العربية": "ar", "عربي": "ar", "عربية": "ar", "عربى": "ar",
    "eng": "en", "english": "en", "الإنجليزية": "en", "fra": "fr", "fre": "fr", "french": "fr",
    "français": "fr",
    "الفرنسية": "fr", "tur": "tr", "turkish": "tr", "türkçe": "tr", "التركية": "tr", "fas": "fa", "per": "fa",
    "persian": "fa", "farsi": "fa", "فارسی": "fa", "الفارسية": "fa", "urd": "ur", "urdu": "ur", "اردو": "ur",
    "kur": "ku", "kurdish": "ku", "الكردية": "ku", "sorani": "ckb", "pus": "ps", "pashto": "ps",
}  # fmt: skip
# Languages that are written in Arabic letters, at least here and there: a page may call itself so in them.
_IN_ARABIC_SCRIPT: Final = frozenset(
    re.findall(
        r"\S+", "ar ary arz apc acm ajp aeb arq afb fa prs ur ckb ku ps sd ug pnb ks bal lrc mzn glk azb und"
    )
)
_NOT_IN_LATIN_SCRIPT: Final = frozenset(re.findall(r"\S+", "ar arz apc fa prs ur ckb ps sd he"))
_LETTER: Final = re.compile(r"[^\W\d_]")
_ARABIC_LETTER: Final = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5]")
_ARABIC_BLOCK: Final = re.compile("[\u0600-\u06ff]")
_OTHER_LETTER: Final = re.compile("[^\\W\\d_\u0600-\u06ff]")
_MARKS: Final = tuple(  # of each language the letters that Arabic does not have, the most telling first
    (tag, re.compile(f"[{letters}]"))
    for tag, letters in (
        ("ps", "ټډړږښګڼېۍځڅ"),
        ("ckb", "ێۆڵڕەڤ"),
        ("ur", "ٹڈڑںھہےۓ"),
        ("fa", "پچژکگی"),
    )
)
_ARABIC_AND_SPACE: Final = bytes((0xD8, 0xD9, 0xDA, 0xDB, *range(0x80, 0xC0), *b" \t\n"))
_PER_LETTERS: Final = 50  # one in so many letters must be of those
_ARTICLES: Final = 0.12  # Arabic said on a Persian keyboard: every eighth word and more begins with al-
_COMMON: Final = {
    tag: frozenset(re.findall(r"\S+", words))
    for tag, words in (
        ("en", "the of and to in that is for on with was as by from at are has have it said this which"),
        ("fr", "le la les des et du en un une que pour dans qui est sur au par avec aux pas ce sont été"),
        ("tr", "ve bir bu ile için olarak da de olan daha çok en ise gibi kadar sonra göre ancak dedi"),
    )
}
_WORD: Final = re.compile(r"[a-zà-ÿğışœ]+")
_LEAST_COMMON: Final = 3


def detect_language(text: str, stated: str | None = None) -> str:
    """The primary language subtag (BCP 47): as stated when that is well-formed and its script is the text's, else
    found: `ar`, `fa`, `ur`, `ckb`, `ps`, `en`, `fr`, `tr`, or `und`. Looks at the first 500 code points."""
    sample = text[:_SAMPLE_CHARS]
    data = sample.encode("utf-8", "replace")
    arabic = _is_arabic_script(sample, data)
    tag = _stated(stated) if stated is not None else None
    if tag is not None:
        # Pages in Arabic often carry the language of the template they were made from.
        if not text or (tag in _IN_ARABIC_SCRIPT if arabic else tag not in _NOT_IN_LATIN_SCRIPT):
            return tag
        if not arabic and _LETTER.search(sample) is None:
            return tag
    return _of_arabic_script(sample, data) if arabic else _of_latin_script(sample)


def _stated(name: str) -> str | None:
    name = name.strip()
    known = _NAMED.get(name.lower())
    if known is not None:
        return known
    tag = _TAG.match(name)
    return None if tag is None else _NAMED.get(tag[1].lower(), tag[1].lower())


def _is_arabic_script(sample: str, data: bytes) -> bool:
    """`is_arabic_by_letters`, decided by bytes where they suffice."""
    # Bytes are quick to count. In UTF-8 a sign of U+0600 to U+06FF is one of the four leads and a continuation;
    # what is left without these and spaces is the number of all other signs, each of three bytes more at most.
    others = len(data.translate(None, _ARABIC_AND_SPACE))
    if len(data) - len(sample) > 8 * others and b"\xd8\xa7" in data:
        return True
    return is_arabic_by_letters(sample)


def is_arabic_by_letters(sample: str) -> bool:
    """Whether a text has an Arabic letter, and at least as many signs of the Arabic block as other letters."""
    if _ARABIC_LETTER.search(sample) is None:
        return False
    return len(_ARABIC_BLOCK.findall(sample)) >= len(_OTHER_LETTER.findall(sample))


def _of_arabic_script(sample: str, data: bytes) -> str:
    if 0xDA not in data and 0xDB not in data and b"\xd9\xb9" not in data:
        return "ar"  # U+0680 to U+06FF holds letters of every other language; tteh of Urdu stands before it
    letters = len(_ARABIC_LETTER.findall(sample))
    if sample.count(" ال") > _ARTICLES * (sample.count(" ") + 1):
        return "ar"
    for tag, marks in _MARKS:
        if len(marks.findall(sample)) * _PER_LETTERS > letters:
            return tag
    return "ar"


def _of_latin_script(sample: str) -> str:
    words = _WORD.findall(sample.lower())
    counts = sorted(
        ((sum(map(common.__contains__, words)), tag) for tag, common in _COMMON.items()), reverse=True
    )
    (most, tag), (second, _) = counts[0], counts[1]
    # Common words are a third of English and French prose and a tenth of Turkish.
    sure = most >= _LEAST_COMMON and most >= 2 * second and most * 14 >= len(words)
    return tag if sure else "und"
