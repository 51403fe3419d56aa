"""Single lines of a page's head that state a value: a label with what it names, an address, a standfirst."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final, Literal

from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, is_paragraph
from kashaf.corpus.dates import find_dates

Label = Literal["title", "outlet", "author", "published", "updated", "url", "language", "body", "other"]

BYLINE: Final = re.compile(
    r"^(?:بقلم|كتب|كتبت|كتبها|كتبه|إعداد|اعداد|تحرير|الكاتب|الكاتبة|تقرير|حوار|تحقيق|من مراسلنا|من مراسلتنا"
    r"|مراسلنا|مراسلتنا|by|author)\s*[:/|-]\s*(?P<name>.{2,60})$"
    r"|^(?:بقلم|by)\s+(?P<plain>\S+(?: \S+){1,4})$",
    re.IGNORECASE,
)
_LABELLED: Final = re.compile(r"^\W*([^\W\d_][^:=：\n]{1,24}?)\s*[:=：]\s*(.*)$")
_LABEL_NAMES: Final[tuple[tuple[Label, str], ...]] = (
    ("title", "title|headline|العنوان|عنوان|عنوان المقال|عنوان الخبر|titre"),
    (
        "outlet",
        "source|outlet|publisher|newspaper|site|المصدر|الموقع|الصحيفة|الجريدة|الوكالة|جهة النشر|المجلة",
    ),
    ("author", "author|by|byline|الكاتب|الكاتبة|المؤلف|بقلم|اسم الكاتب|auteur"),
    (
        "published",
        "date|published|published at|publication date|pubdate|التاريخ|تاريخ|تاريخ النشر|نشر في|نشر بتاريخ",
    ),
    ("updated", "updated|last updated|modified|آخر تحديث|تاريخ التحديث|تاريخ التعديل"),
    (
        "url",
        "url|link|source url|canonical|permalink|الرابط|رابط|رابط المقال|رابط الخبر|رابط المصدر|الرابط الأصلي",
    ),
    ("language", "language|lang|اللغة|لغة"),
    ("body", "text|content|body|article|النص|نص|المحتوى|نص المقال|نص الخبر"),
    (
        "other",
        "id|category|section|tags|keywords|القسم|التصنيف|الوسوم|الكلمات المفتاحية|تصنيف|قسم|وسوم|المعرف",
    ),
)
_LABELS: Final = {normal_form(name): label for label, names in _LABEL_NAMES for name in names.split("|")}
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"'«»]{4,2000}|www\.[^\s<>\"'«»]{4,2000}", re.IGNORECASE)
_ADDRESS_LABEL: Final = re.compile(
    r"^\W*(?:(?:ال)?رابط(?:\s+(?:المقال|الخبر|المصدر|الأصلي|المختصر|التقرير|الموضوع|القصير))?|المصدر|url|link|source|canonical|permalink"
    r"|قصير)\W*$",
    re.IGNORECASE,
)
_STANDFIRST_WORDS: Final = range(8, 61)
_STANDFIRST_CHARS: Final = 450
_LABEL_WORDS: Final = 3
_CAPTION: Final = re.compile(
    r"[)\]]\W*$|أرشيف|تصوير|صورة|رويترز|أ ?ف ?ب|غيتي|getty|reuters|afp|photo", re.IGNORECASE
)
_AHEAD: Final = re.compile(
    r"(?:^|\s)و?(?:س[يتنأ]\w{2,}|سوف|المقبل\w*|القادم\w*|المقرر\w*|المزمع\w*|المرتقب\w*|المتوقع\w*|بحلول|حتى|موعد\w*|لغاية|ابتداء"
    r"|اعتبارا|يبدأ|تبدأ|ينطلق|تنطلق|ينتهي|تنتهي|قبل|خطة|يفترض|نهاية|(?:ال|لل)?انتخابات|حدد\w*|مهلة|تمديد|ليومي?"
    r"|في موعد)"
)
_YEAR: Final = re.compile(r"(?<!\d)[2٢۲][0٠۰]\d\d(?!\d)")
_FIRST_CHARS: Final = 600
_SLACK_DAYS: Final = 2
_AROUND_YEAR: Final = 40
_BEFORE_DATE: Final = 70
_SURE_ENOUGH: Final = 0.5


def labelled(text: str) -> tuple[Label, str, int] | None:
    """What a line of the form `label: value` names, its value, and where in the line that begins."""
    match = _LABELLED.match(text)
    if match is None:
        return None
    label = _LABELS.get(normal_form(match[1]))
    return None if label is None else (label, match[2].strip(), match.start(2))


def stated_address(text: str, *, bare: bool) -> tuple[str, float] | None:
    """The address that a line states as the article's own, and how sure: after a label, or, when `bare`, alone."""
    found = _ADDRESS.search(text)
    if found is None:
        return None
    address = found[0].rstrip(".,;،؛)")
    rest = text[found.end() :].strip(" .)")
    if rest or not address:
        return None
    label = text[: found.start()]
    if _ADDRESS_LABEL.match(label):
        return address, 0.95
    return (address, 0.7) if bare and not label.strip(" \t:-–—") else None


def is_standfirst(lines: Sequence[Line], *, apart: bool) -> bool:
    """Whether the first of these lines, which follow a title, is its standfirst: short, no caption, with prose after
    it, and set apart from that: something stood between (`apart`), or a caption or a label does."""
    if len(lines) < 3 - apart:
        return False
    text, second = lines[0].text, lines[1].text
    if not apart and (
        is_paragraph(second) or not (_CAPTION.search(second) or second.count(" ") < _LABEL_WORDS)
    ):
        return False
    if len(text) > _STANDFIRST_CHARS or text.count(" ") + 1 not in _STANDFIRST_WORDS or _CAPTION.search(text):
        return False
    if (
        lines[0].kind not in {None, "standfirst"}
        or text.endswith((":", "،"))
        or text.startswith(("-", "•", "*"))
    ):
        return False
    if not apart and text.endswith(".") and not text.endswith(".."):
        return False
    return any(is_paragraph(line.text) for line in lines[1:4])


def later_dates(lines: Sequence[Line], stated: date) -> Iterator[tuple[int, date, str]]:
    """Days and months in the first words of an article that come after the day it is stated to be of, and are not
    spoken of as to come: the line's number, the first day, and the words."""
    left = _FIRST_CHARS
    for line in lines[:4]:
        text = line.text[:left]
        years = [year for year in _YEAR.finditer(text) if int(year[0]) >= stated.year]
        if years:
            low = max(0, years[0].start() - _AROUND_YEAR)
            for found in find_dates(text[low : years[-1].end() + _AROUND_YEAR]):
                if found.granularity == "year" or found.value is None or found.confidence < _SURE_ENOUGH:
                    continue
                at = low + found.start
                later = (found.value - stated).days > _SLACK_DAYS
                if later and not _AHEAD.search(text[max(0, at - _BEFORE_DATE) : at]):
                    yield line.number, found.value, found.text
        left -= len(text)
        if left <= 0:
            return
