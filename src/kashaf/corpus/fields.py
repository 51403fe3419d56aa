"""Which field of a record, or key of front matter, holds what: the English and Arabic names in use."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, Literal

from kashaf.corpus.date_words import key as folded
from kashaf.corpus.dates import parse_date

Role = Literal["id", "title", "body", "date", "outlet", "author", "url", "language"]

_NAMES: Final[dict[Role, str]] = {
    "id": "id|_id|uid|uuid|guid|articleid|المعرف|الرقم",
    "title": "title|headline|hed|articletitle|العنوان|عنوان|عنوان المقال|عنوان الخبر",
    "body": "content|body|text|articlebody|fulltext|maintext|articletext|story|النص|نص|المحتوى|نص المقال|نص الخبر",
    "date": "published|publishedat|publisheddate|datepublished|publicationdate|publishdate|pubdate|date|التاريخ|تاريخ"
    "|تاريخ النشر|نشر في",
    "outlet": "source|outlet|publisher|sitename|site|newspaper|publication|media|المصدر|مصدر|الصحيفة|الموقع|الوكالة"
    "|الجريدة|جهة النشر|المجلة",
    "author": "author|authors|byline|creator|writer|الكاتب|كاتب|المؤلف|بقلم|المحرر|كتب|كتبت|الصحفي",
    "url": "url|link|permalink|canonical|canonicalurl|sourceurl|الرابط|رابط",
    "language": "language|lang|inlanguage|اللغة|لغة",
}
_PLAIN: Final = re.compile(r"[\s_\-.:]+")
MAX_VALUE_CHARS: Final = 1_000


def _plain(name: str) -> str:
    return _PLAIN.sub("", folded(name))


# A name earlier in its list wins over a later one: `published` over `date`.
_RANKED: Final = {
    role: {_plain(name): rank for rank, name in enumerate(names.split("|"))} for role, names in _NAMES.items()
}


def field(record: Mapping[str, object], role: Role) -> tuple[str, object] | None:
    """The name and value of the record's field for a role: the best-ranked name that has a value, or None."""
    ranks = _RANKED[role]
    best: tuple[int, str, object] | None = None
    for name, value in record.items():
        rank = ranks.get(_plain(name)) if len(name) < 40 else None
        if rank is None or value is None or value in ("", [], {}):
            continue
        if best is None or rank < best[0]:
            best = (rank, name, value)
    return None if best is None else best[1:]


def line_field(record: Mapping[str, object], role: Role) -> str | None:
    """A field as one line of text. A list is joined by commas; an object gives its `name`."""
    found = field(record, role)
    return _as_line(found[1]) if found is not None else None


def date_field(record: Mapping[str, object]) -> tuple[date, str] | None:
    """The stated day of publication and the name of its field; None when it states no whole day."""
    found = field(record, "date")
    if found is None:
        return None
    stated = parse_date(found[1])
    if stated is None or stated.value is None or stated.granularity != "day":
        return None
    return stated.value, found[0]


def _as_line(value: object) -> str | None:
    if isinstance(value, str):
        text = " ".join(value.split())[:MAX_VALUE_CHARS]
        return text or None
    if isinstance(value, bool):
        return None
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        return _as_line(value.get("name") or value.get("rendered"))
    if isinstance(value, list):
        parts = [part for item in value[:20] if (part := _as_line(item))]
        return "، ".join(parts) or None
    return None
