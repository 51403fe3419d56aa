"""Digits that count nothing: times of day, scores, telephones, labels, years."""

from __future__ import annotations

from typing import Final

from kashaf.entities.values import counted_words, number_words, units
from kashaf.entities.values.counted import counted_at
from kashaf.entities.values.numbers import Number, read_number
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import Line

_LABELS: Final = folded(
    "رقم المادة الفصل الطريق القناة الصفحة الهاتف هاتف فاكس الدور العدد الساعة الفقرة البند اللائحة القرار قرار"
    " القانون المرسوم المجموعة الفئة الفرقة اللواء الفوج الكتيبة السرب الباب الجزء الشارع شارع حي قناة إف بي آيفون"
    " ويندوز آية الآية سورة رصيف الرصيف سنة عام العام ص"
)
_CLOCK: Final = "الساعه"
_PHONE: Final = frozenset({"+", "#", "©", "@", "_"})
_PARTED: Final = frozenset({":", "/", "*"})
_YEARS: Final = range(1900, 2101)


def after_no_number(line: Line, index: int) -> int:
    """The index after digits that are a time, a score, a telephone, a fraction or a label; 0 when they are none."""
    words = line.words
    before, behind = words[index - 1], words[index + 1].fold
    tight = line.tight(index)
    if words[index + 1].number or (before.number and line.words[index - 2].number):
        return index + 1
    if before.fold in _PHONE or (tight and (before.fold in _PARTED or before.fold in units.PERCENT)):
        return index + 1
    if _goes_on_hour(line, index):
        return index + 1
    if before.base == _CLOCK or (before.fold in {"في", "حدود", "علي"} and words[index - 2].base == _CLOCK):
        return index + 1
    if before.base == "عدد" and words[index - 2].fold.startswith("ال"):
        return index + 1
    if before.base in _LABELS:
        if before.base == "رقم" and words[index - 2].base in counted_words.RANKED:
            return 0
        number = read_number(line, index)
        counted = counted_at(line, number.end, number) if number is not None else None
        return 0 if number is not None and (number.scale > 1 or (counted and counted.known)) else index + 1
    if behind in _PARTED and words[index + 2].number and line.tight(index + 2):
        return index + 3
    if behind == "-" and words[index + 2].number and _is_score(line, index):
        return index + 3
    # Latin letters glued to digits, in either order: t2, 3G.
    if tight and before.fold.isascii() and before.fold.isalpha():
        return index + 1
    return index + 2 if line.tight(index + 1) and behind.isascii() and behind.isalpha() else 0


def _goes_on_hour(line: Line, index: int) -> bool:
    """`الساعة 23 و45 دقيقة`, `الساعة الثامنة و20 دقيقة`: minutes of an hour of the day."""
    words = line.words
    hour = index - 1 if words[index].clitic == "و" else index - 2 if words[index - 1].fold == "و" else -1
    if hour < 1 or words[hour - 1].base != _CLOCK:
        return False
    return bool(words[hour].number) or words[hour].fold in number_words.UNIT_ORDINALS


def _is_score(line: Line, index: int) -> bool:
    """Whether nothing that two numbers with a dash between could count stands behind them: `2-1 على`."""
    words = line.words
    small = len(words[index].number) <= 2 and len(words[index + 2].number) <= 2
    if small and int(words[index + 2].number[:2]) <= int(words[index].number[:2]):
        return True  # no range
    following = words[index + 3].fold
    counts = "ء" <= following[:1] <= "ي" or following in units.PERCENT
    return not counts or words[index + 4].fold in {"-", "/"}


def is_label(line: Line, first: int) -> bool:
    """Whether the word before a number makes it a label."""
    base = line.words[first - 1].base
    return base in _LABELS or base in {"عدد", "يوم", "عام", "سنه"}


def may_be_year(line: Line, index: int, first: int, number: Number) -> bool:
    """Whether four digits before a noun that nothing is known of may be a year: `قانون المالية 2017 مراجعة …`."""
    written = line.words[index].number
    plain = first == index and len(written) == 4 and written.isdecimal() and number.end == index + 1
    return plain and number.low in _YEARS
