"""The words of the query language: field names, operators and languages, in English and in Arabic."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, Literal, get_args

from kashaf.text.fold import fold_word

FieldName = Literal[
    "outlet",
    "title",
    "author",
    "date",
    "after",
    "before",
    "person",
    "place",
    "organization",
    "tag",
    "note",
    "has",
    "lang",
    "root",
    "similar",
]
FIELD_NAMES: Final[tuple[FieldName, ...]] = get_args(FieldName)

_ALSO: Final[dict[FieldName, str]] = {
    "outlet": "source مصدر",
    "title": "عنوان",
    "author": "by كاتب",
    "date": "تاريخ",
    "after": "بعد",
    "before": "قبل",
    "person": "شخص",
    "place": "مكان",
    "organization": "organisation org جهة",
    "tag": "وسم",
    "note": "notes ملاحظة",
    "has": "له",
    "lang": "language لغة",
    "root": "جذر",
    "similar": "like مثل",
}
#: Every name of a field, folded.
FIELDS: Final[dict[str, FieldName]] = {
    fold_word(name): field for field in FIELD_NAMES for name in (field, *_ALSO[field].split())
}
_FIELD: Final = re.compile(r"([^\s:\\]{1,16}):")
_SPELT: Final = re.compile(r"[^\W\d_]{3,16}")

#: Operators that are words of Arabic: they count between words only.
ARABIC_OR: Final = fold_word("أو")
ARABIC_NOT: Final = fold_word("ليس")
OPERATORS: Final = frozenset({"OR", "NOT", "AND"})
NEAR: Final = re.compile(r"(?:NEAR|قرب)/(\d{1,4000})|NEAR")

NOTES: Final = frozenset(map(fold_word, ("note", "notes", "ملاحظة", "ملاحظات")))

_LANGUAGES: Final = {
    "ar": "arabic عربي عربية العربية",
    "en": "english انجليزي إنجليزية الإنجليزية",
    "fr": "french فرنسي فرنسية الفرنسية",
    "fa": "persian farsi فارسي فارسية الفارسية",
    "he": "hebrew عبري عبرية العبرية",
    "tr": "turkish تركي تركية التركية",
    "ku": "kurdish كردي كردية الكردية",
    "ur": "urdu أردو الأردية",
    "de": "german ألماني ألمانية الألمانية",
    "es": "spanish إسباني إسبانية الإسبانية",
    "ru": "russian روسي روسية الروسية",
}
_TAGS: Final = {fold_word(name): tag for tag, names in _LANGUAGES.items() for name in names.split()}
_EXPANDING: Final = frozenset("*~")
_TAG: Final = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")


def field_at(text: str, at: int) -> tuple[FieldName, int] | None:
    """The field whose name and colon stand there, and where its value begins; None when it is none."""
    match = _FIELD.match(text, at)
    field = FIELDS.get(fold_word(match[1])) if match else None
    return (field, match.end()) if match and field else None


@lru_cache(maxsize=256)
def nearly_a_field(run: str) -> str | None:
    """The field name that `auhtor:x` was meant to have; None when it has none."""
    name, colon, value = run.partition(":")
    if not colon or not value or not _SPELT.fullmatch(name) or fold_word(name) in FIELDS:
        return None
    return next(iter(get_close_matches(fold_word(name), FIELDS, n=1, cutoff=0.75)), None)


def reads_as_syntax(text: str) -> bool:
    """Whether a word would be taken for an operator, a field or a pattern, so that it needs a backslash before it."""
    return (
        text in OPERATORS
        or not _EXPANDING.isdisjoint(text)
        or NEAR.fullmatch(text) is not None
        or fold_word(text) in (ARABIC_OR, ARABIC_NOT)
        or field_at(text, 0) is not None
    )


def language_tag(value: str) -> str | None:
    """`ar` for ar, AR, Arabic, عربية and العربية; None for what names no language."""
    folded = fold_word(value).strip()
    if folded in _TAGS:
        return _TAGS[folded]
    tag = folded.replace("_", "-")
    return tag if _TAG.fullmatch(tag) else None
