"""What a page says of itself in its own lines: title, day of publication, outlet, author. Never a guess.

A date counts only where a page puts its date: on a line of its own near the title. Dates in prose, captions,
copyright lines and the clock of a site's header are not dates of publication.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.dates import FoundDate, find_dates

NO_TITLE: Final = "no stated title"
TITLE_WORDS: Final = 12

_HEAD_LINES: Final = 15
_SENTENCE: Final = re.compile(r"(?s).*?(?<![.…])[.؟!](?=\s|$)")
_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile("[\u064b-\u0652\u0640]+")

# All that may stand beside a date on its line: times, zones, labels, counters, issue numbers.
_BESIDE_DATE: Final = frozenset(
    re.findall(
        r"\S+",
        "تاريخ النشر نشر نشرت تم في بتاريخ يوم الموافق من الساعة ساعة صباحا مساء ظهرا عصرا فجرا ليلا ص م هـ ه"
        " بتوقيت توقيت بالتوقيت محلي المحلي غرينتش جرينتش مكة المكرمة دمشق القاهرة بيروت بغداد الرياض أبوظبي دبي"
        " عمان القدس تونس الجزائر الرباط مشاهدة مشاهدات المشاهدات قراءة قراءات القراءات عدد العدد آخر تحديث"
        " الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت"
        " gmt utc am pm at on published date posted by",
    )
)
_UPDATED: Final = re.compile(r"آخر تحديث|تحديث|updated|modified", re.IGNORECASE)
_PUBLISHED: Final = re.compile(r"نشر|published|posted", re.IGNORECASE)
_CAPTION: Final = re.compile(r"[(\[]|أرشيف|تصوير|صورة|رويترز|أ ?ف ?ب|غيتي|getty|reuters|afp", re.IGNORECASE)
_MAX_PLACE_WORDS: Final = 3

_OUTLET_NOUNS: Final = frozenset(
    re.findall(
        r"\S+",
        "صحيفة جريدة منصة إذاعة بوابة موقع وكالة قناة شبكة مجلة نشرة تلفزيون راديو يومية أسبوعية مركز المرصد",
    )
)
_COPYRIGHT_WORDS: Final = re.compile(
    r"©|\(c\)|(?:جميع|كل|كافة)\s+(?:ال)?حقوق(?:\s+(?:النشر|الطبع))?\s+(?:محفوظة|محفوظ)|حقوق\s+(?:النشر|الطبع)"
    r"|محفوظة|all rights reserved|copyright|\d{4}|[-–—|.,،:]",
    re.IGNORECASE,
)
_ARABIC_RUN: Final = re.compile("[\u0621-\u064a][\u0621-\u0652\\s]*[\u0621-\u0652]")
_LETTER: Final = re.compile(r"[^\W\d_]")
_ARABIC_LETTER: Final = re.compile("[\u0620-\u064a\u066e-\u06d3]")
_PERSIAN: Final = re.compile("[\u067e\u0686\u0698\u06a9\u06af\u06cc]")
_URDU: Final = re.compile("[\u0679\u0688\u0691\u06ba\u06be\u06c1\u06d2]")
_TITLE_TAIL: Final = re.compile(r"\s*[|»›–—-]\s*([^|»›–—]{2,60})$")


def fallback_title(body: str) -> str:
    """A name for an article that states no title: its first sentence if short, else its first twelve words."""
    first = body.split("\n", 1)[0][:1_000]
    sentence = _SENTENCE.match(first)
    words = (sentence[0] if sentence else first).split()
    if len(words) <= TITLE_WORDS:
        return " ".join(words).rstrip(".،:؛")
    return " ".join(words[:TITLE_WORDS]).rstrip(".،:؛") + "…"


def published_date(
    lines: Sequence[Line], *, title_at: int | None = None, barriers: Collection[int] = ()
) -> tuple[int, FoundDate] | None:
    """The line among the first of a page that is nearly only a date: its index in `lines`, and the date.

    title_at: the index of the title's line. barriers: numbers of lines where menus and the like stood; a date
    with one of them between it and the title after it belongs to the header of the site: its clock.
    A line that says it is an update is no publication. A label of publication wins, then the first line after
    the title, then one right before it.
    """
    best: tuple[int, int, FoundDate] | None = None
    paragraphs = 0
    for index, line in enumerate(lines[:_HEAD_LINES]):
        if index == title_at:
            continue
        if is_paragraph(line.text):
            paragraphs += 1
            if paragraphs > 1:
                break
            continue
        # Before the first paragraph a place may stand with the date; after it a short sentence may look like that.
        found = _date_line(line.text)
        if found is None or (paragraphs and not is_only_date(line.text)):
            continue
        before = title_at is not None and index < title_at
        if (
            title_at is not None
            and before
            and any(line.number < n < lines[title_at].number for n in barriers)
        ):
            continue
        rank = 0 if _PUBLISHED.search(line.text) else 2 if before else 1
        if best is None or rank < best[0]:
            best = (rank, index, found)
    return None if best is None else best[1:]


def date_evidence(number: int, found: FoundDate) -> str:
    """Where a date was read, for the analyst: `line 6`, `line 6, Hijri`."""
    return f"line {number}" + ("" if found.calendar == "gregorian" else f", {found.calendar.capitalize()}")


def _date_line(text: str) -> FoundDate | None:
    if len(text) > 120 or (_UPDATED.search(text) and not _PUBLISHED.search(text)):
        return None
    found = [f for f in find_dates(text, limit=4) if f.granularity == "day" and f.value is not None]
    if not found:
        return None
    rest = text
    for one in reversed(found):
        rest = rest[: one.start] + " " + rest[one.end :]
    others = [word for word in _WORD.findall(_MARKS.sub("", rest)) if word.lower() not in _BESIDE_DATE]
    if len(others) > _MAX_PLACE_WORDS or (others and (_CAPTION.search(rest) or text.endswith("."))):
        return None
    return next((one for one in found if one.calendar == "gregorian"), found[0])


def is_only_date(text: str) -> bool:
    """Whether nothing but the date (and times, labels, counters) stands on the line."""
    rest = text
    for one in reversed(list(find_dates(text, limit=4))):
        rest = rest[: one.start] + " " + rest[one.end :]
    return all(word.lower() in _BESIDE_DATE for word in _WORD.findall(_MARKS.sub("", rest)))


def split_title(title: str, outlet: str | None) -> tuple[str, str | None]:
    """A page title without the outlet after it (`… | نبض`), and that outlet when none was known."""
    tail = _TITLE_TAIL.search(title)
    if tail is None or tail.start() < 8:
        return title, outlet
    if outlet is None:
        looks_like_one = "|" in tail[0] or tail[1].split()[0] in _OUTLET_NOUNS
        return (title[: tail.start()], tail[1].strip()) if looks_like_one else (title, None)
    return (title[: tail.start()], outlet) if tail[1].strip() == outlet else (title, outlet)


def outlet_of_copyright(text: str) -> str | None:
    """The owner a copyright line names: its Arabic words, or its Latin ones when it has no Arabic."""
    rest = " ".join(_COPYRIGHT_WORDS.sub(" ", text).split())
    arabic = _ARABIC_RUN.search(rest)
    name = " ".join(arabic[0].split()) if arabic is not None else rest
    if arabic is not None and name.startswith("ل") and name[1:].split()[0] in _OUTLET_NOUNS:
        name = name[1:]
    return name if 1 < len(name) <= 60 and len(name.split()) <= 6 else None


def detect_language(text: str, stated: str | None = None) -> str:
    """The primary language subtag: as stated when it is well-formed, else by script: `ar`, `fa`, `ur`, or `und`."""
    if stated is not None and (tag := re.match(r"([A-Za-z]{2,3})(?:[-_]|$)", stated.strip())):
        return tag[1].lower()
    sample = text[:1_000]
    arabic = len(_ARABIC_LETTER.findall(sample))
    if arabic * 2 < len(_LETTER.findall(sample)):
        return "und"
    if len(_URDU.findall(sample)) * 50 > arabic:
        return "ur"
    return "fa" if len(_PERSIAN.findall(sample)) * 50 > arabic else "ar"
