"""Lines that a page gives to its dates: of publication and of the last change, with times, labels and"
" counters."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.dates import FoundDate, find_dates

MAX_CHARS: Final = 120
_MAX_DATES: Final = 4
_WORD: Final = re.compile(r"[^\W\d_]+")
_MARKS: Final = re.compile("[\u064b-\u0652\u0640]+")
_DIGIT: Final = re.compile(r"\d")

# All that may stand beside a date on its line: times, zones, labels, counters, issue numbers.
_BESIDE_DATE: Final = frozenset(
    re.findall(
        r"\S+",
        "تاريخ النشر نشر نشرت نشره تم في بتاريخ يوم الموافق من الساعة ساعة الساعه صباحا مساء ظهرا عصرا"
        " فجرا ليلا ص م هـ ه"
        " بتوقيت توقيت بالتوقيت محلي المحلي غرينتش جرينتش مكة المكرمة دمشق القاهرة بيروت بغداد الرياض"
        " أبوظبي دبي السعودية"
        " عمان القدس تونس الجزائر الرباط مشاهدة مشاهدات المشاهدات قراءة قراءات القراءات عدد العدد رقم"
        " آخر اخر تحديث التحديث"
        " أخر تحديثه حدث حدثت عدلت تعديل على عند الزيارات زيارة تعليق تعليقات التعليقات دقيقة دقائق وقت"
        " مدة المشاهدة"
        " الأحد الاثنين الإثنين الثلاثاء الثلاثا الأربعاء الاربعاء الخميس الجمعة السبت كتب أضيف أضيفت"
        " اضيف التاريخ"
        " gmt utc am pm at on published date posted by est edt cet cest eet eest ast ksa bst msk last"
        " updated update modified"
        " views comments min read mins sunday monday tuesday wednesday thursday friday saturday sun mon"
        " tue wed thu fri sat"
        " publié le mis à jour yayınlanma tarihi güncelleme issue no first release time ago z t",
    )
)
UPDATED: Final = re.compile(
    r"[آاأ]خر\s+(?:تحديث|تعديل)|تحديث|تم\s+تعديل|حُ?دِّ?ث(?:ت)?(?!\w)|updated?\b|modified|mis à jour|güncelle",
    re.IGNORECASE,
)
PUBLISHED: Final = re.compile(r"نُ?شر|أضيف|اضيف|published|posted|publié|yayın|release", re.IGNORECASE)
_CAPTION: Final = re.compile(
    r"[(\[]|أرشيف|تصوير|صورة|رويترز|أ ?ف ?ب|فرانس برس|غيتي|الأناضول|getty|reuters|afp|photo", re.IGNORECASE
)
_CLOCK: Final = re.compile(r"\d{1,2}:\d{2}:\d{2}|الآن|توقيتنا|الوقت|°|درجة")
_NOT_OF_THIS: Final = re.compile(
    r"©|حقوق|copyright|all rights|(?:^|\s)(?:منذ|حتى|إلى|لغاية)\s|since", re.IGNORECASE
)
_PARTED: Final = re.compile(r"[|•·/–—]|\s-\s|\s{3,}")
_OTHER_LABEL: Final = re.compile(r"[^\W\d_]\s*:")  # `البرنامج: الأربعاء 5 نوفمبر`
_PLACE_WORDS: Final = 2
_PARTED_WORDS: Final = 5
AGO: Final = re.compile(
    r"^\W*(?:(?:نشر|نشرت|آخر تحديث|تحديث|published|updated)\W{0,3})?(?:منذ|قبل)\s+(?:[\d٠-٩۰-۹]{1,3}\s+)?"
    r"(?:ثانية|ثوان|ثواني|دقيقة|دقيقتين|دقائق|ساعة|ساعتين|ساعات|يوم|يومين|أيام|أسبوع|أسبوعين|أسابيع|شهر"
    r"|شهرين|أشهر|شهور|سنة|سنتين"
    r"|سنوات)(?:\s+واحدة?)?\W*$|^\W*\d{1,3} (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago\W*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class DateLine:
    """The days a line states, each at most one. only: nothing but dates, times, labels and counters stands there.

    labelled: the line says that its day is the day of publication. clock: it looks like the clock of a site.
    warning: two days that are meant to be one differ.
    """

    published: FoundDate | None
    updated: FoundDate | None
    only: bool
    labelled: bool = False
    clock: bool = False
    warning: str = ""


def read_date_line(text: str, label: str = "") -> DateLine | None:
    """What a line given to dates says; None for any other line. label: the line before, if that is a"
    " label alone."""
    if len(text) > MAX_CHARS or _DIGIT.search(text) is None:
        return None
    found = list(find_dates(text, limit=_MAX_DATES))
    days = [one for one in found if one.granularity == "day"]
    if not days or _NOT_OF_THIS.search(text):
        return None
    rest = without(text, found)
    others = _others(rest)
    if others and not _is_place(rest, others):
        return None
    published: list[FoundDate] = []
    updated: list[FoundDate] = []
    said, labelled, at = bool(UPDATED.search(label)), bool(PUBLISHED.search(label)), 0
    for day in days:
        between = text[at : day.start]
        at = day.end
        if UPDATED.search(between):
            said = True
        elif PUBLISHED.search(between):
            said, labelled = False, True
        (updated if said else published).append(day)
    first, warning = _one(published)
    last, other = _one(updated)
    return DateLine(first, last, not others, labelled, _CLOCK.search(text) is not None, warning or other)


def _one(days: Sequence[FoundDate]) -> tuple[FoundDate | None, str]:
    """The day that all of these say: of a Hijri day and its Gregorian twin the latter. None when they"
    " differ."""
    sure = [day for day in days if day.value is not None]
    if not sure:
        return None, ""
    gregorian = [day for day in sure if day.calendar == "gregorian"]
    if len({day.value for day in gregorian or sure}) > 1:
        return None, ""
    chosen = (gregorian or sure)[0]
    for day in sure:
        if day.value and chosen.value and abs((day.value - chosen.value).days) > _TWIN_DAYS:
            return chosen, f"«{day.text}» is {day.value}, not {chosen.value}"
    return chosen, ""


_TWIN_DAYS: Final = 2  # sightings of the moon differ from the tables


def _others(rest: str) -> list[str]:
    """The words that have no place beside a date."""
    return [word for word in _WORD.findall(_MARKS.sub("", rest)) if word.lower() not in _BESIDE_DATE]


def _is_place(rest: str, others: Sequence[str]) -> bool:
    """Whether the words beside the date may be a place, a section or a name set apart from it: not a"
    " caption."""
    if _CAPTION.search(rest) or _OTHER_LABEL.search(rest) or rest.endswith("."):
        return False
    return len(others) <= (_PARTED_WORDS if _PARTED.search(rest.strip()) else _PLACE_WORDS)


def without(text: str, found: Sequence[FoundDate]) -> str:
    """A line without the dates in it."""
    for one in reversed(found):
        text = text[: one.start] + " " + text[one.end :]
    return text


def is_only_date(text: str) -> bool:
    """Whether nothing but the date (and times, labels, counters) stands on the line."""
    found = list(find_dates(text, limit=_MAX_DATES)) if _DIGIT.search(text) else []
    return not _others(without(text, found))


def is_date_line(text: str) -> bool:
    """Whether a line is a day, and nothing but times, labels and counters with it."""
    line = read_date_line(text)
    return line is not None and line.only


def is_label(text: str) -> bool:
    """Whether a line is nothing but a label before a date, as `تاريخ النشر:`."""
    if len(text) > 40 or not (UPDATED.search(text) or PUBLISHED.search(text)):
        return False
    return _DIGIT.search(text) is None and not _others(text)


def is_ago(text: str) -> bool:
    """Whether a line says how long ago: a date that only the day of the visit would make known."""
    return len(text) <= 40 and AGO.match(text) is not None


def date_evidence(number: int, found: FoundDate) -> str:
    """Where a date was read, for the analyst: `line 6`, `line 6, Hijri`, `line 6, day first`."""
    parts = [f"line {number}"]
    if found.calendar != "gregorian":
        parts.append(found.calendar.capitalize())
    if found.note:
        parts.append(found.note)
    return ", ".join(parts)
