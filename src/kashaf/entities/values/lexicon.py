"""What can begin at a word: a bit each for numbers, dates and the words that count people.

One look at a word says whether anything is to be tried there; most words of an article begin nothing.
"""

from __future__ import annotations

from functools import cache
from typing import Final

NUMBER: Final = 1
DATE: Final = 2
#: A word that is part of a date, a number or what is counted without beginning one: letters glued to it are known.
PART: Final = 4
#: A word that counts by its own form or by what it governs: `قتيلان`, `مقتل مدني`.
COUNTER: Final = 8


@cache
def heads() -> dict[str, int]:
    """Folded words to what they can begin."""
    from kashaf.entities.values import counted_words, number_words, time_words, units  # noqa: PLC0415 -- they fold by this

    found: dict[str, int] = {}

    def add(words: object, bit: int) -> None:
        assert hasattr(words, "__iter__")
        for word in words:
            found[word] = found.get(word, 0) | bit

    add(number_words.OPENERS, NUMBER)
    for table in (
        time_words.months(),
        time_words.hijri_months(),
        time_words.weekdays(),
        time_words.ordinal_days(),
    ):
        add(table, DATE)
    add(time_words.latin_months(), DATE)
    for names in (
        time_words.YEAR, time_words.YEARS, time_words.DAYS_AWAY, time_words.AGO, time_words.AFTER, time_words.TIMES,
        time_words.LAST_TIMES, time_words.DECADES, time_words.SEASONS, time_words.PARTS, time_words.YEAR_PARTS,
        time_words.THIS, time_words.DAYPARTS, time_words.DAY, time_words.MONTH,
        {"بين", "اول"}, time_words.HIJRI_ERAS - {"ه"},
    ):  # fmt: skip
        add(names, DATE)
    for names in (
        time_words.RELATIVE, time_words.UNITS, number_words.DEFINITE_NUMBERS, number_words.UNIT_ORDINALS,
        number_words.DEFINITE_ORDINALS, number_words.DEFINITE_PLURAL_SCALES, number_words.DEFINITE_SCALES,
        units.WORDS,        time_words.YEAR_CALLERS, time_words.NAMED_BY_DAY, counted_words.KNOWN,
        {"الي", "حتي", "عدد", "نحو", "اكثر", "حوالي"},
    ):  # fmt: skip
        add(names, PART)
    add(time_words.solar_months(), PART)
    add(time_words.guarded_months(), PART)
    add(counted_words.COUNTERS, COUNTER)
    found.pop("", None)
    return found
