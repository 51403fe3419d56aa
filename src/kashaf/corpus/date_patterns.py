"""The ways of writing a date as one regular expression over folded text (see `date_words`)."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Final

from kashaf.corpus import date_words as words
from kashaf.corpus.date_words import GAP, SPACE

# Years a newspaper may write: 1500-2099, 1000-1599 AH and 1200-1499 AP. Arabic-Indic and Persian digits may be mixed.
_YEAR: Final = r"(?:[1١۱][5-9٥-٩۵-۹]|[2٢۲][0٠۰])\d\d(?!\d)"
_HIJRI_YEAR: Final = r"[1١۱][0-5٠-٥۰-۵]\d\d(?!\d)"
_SOLAR_YEAR: Final = r"[1١۱][2-4٢-٤۲-۴]\d\d(?!\d)"
_SHORT_YEAR: Final = r"\d\d(?!\d)(?![-/.]\d)"
_AH: Final = rf"{GAP}\(?(?:هجريه?|للهجره|ه(?:[. ]{{1,2}}ق)?|a\.h\.|ah|h)(?!\w)\)?"
_SH: Final = rf"{GAP}\(?(?:ه[. ]{{0,2}})?(?:شمسيه?|خورشيدي|ش)(?!\w)\)?"
_AD: Final = rf"(?:{GAP}(?:م|ميلاديه?|a\.?d)(?![\w.]))?"
_OF_YEAR: Final = rf"(?:{GAP}[،,/-]?{GAP}(?:من{SPACE})?(?:(?:لل|ال|ل)?(?:عام|سنه){SPACE})?)"
_RELATIVE: Final = (
    rf"{SPACE}(?:من{SPACE})?(?P<rel>(?:العام{SPACE})?"
    r"(?:الماضي|الفائت|المنصرم|الفارط|المقبل|القادم|الجاري|الحالي))(?!\w)"
)
_GROUP: Final = re.compile(r"\(\?P(?:<(\w+)>|=(\w+)\))")


@cache
def kinds() -> dict[str, str]:
    """Each way of writing a date, with its parts as groups, in the order they are tried."""
    arabic = f"(?:{words.pattern(words.gregorian_months())})(?!\\w)"
    month = f"(?:{arabic}|(?:{words.pattern(words.latin_months())})(?!\\w)\\.?)"
    dual = (
        rf"(?P<m>{month})(?:{GAP}[/-]{GAP}(?P<m2>{month})|{GAP}[(\[{{«]{GAP}(?P<m3>{month}){GAP}[)\]}}»]"
        rf"|{SPACE}(?P<m4>{arabic}))?"
    )
    hijri = f"(?P<m>{words.pattern(words.hijri_months())})(?!\\w)"
    solar = f"(?P<m>{words.pattern(words.solar_months())})(?!\\w)"
    guarded = (
        rf"(?P<m>{words.pattern(words.guarded_months())})(?!\w)(?:{GAP}[/(-]{GAP}(?P<m2>{month}){GAP}\)?)?"
    )
    weekday = (
        rf"(?:(?P<w>{words.pattern(words.weekdays())})(?!\w)\.?{GAP}[،,/|-]?{GAP}"
        rf"(?:(?:ال)?موافق{SPACE}(?:ل{GAP})?|في{SPACE}|ال(?=\d))?)?"
    )
    number = r"(?P<d>\d{1,2})(?!\d)(?:st|nd|rd|th|er|eme)?"
    firsts = words.pattern(words.FIRSTS)
    day = (
        rf"(?:{number}{GAP}(?:[-/.]{GAP}|من{SPACE}|of{SPACE})?"
        rf"|(?P<o>{words.pattern(words.ordinals())}){SPACE}من{SPACE}|(?P<o1>{firsts}){SPACE})"
    )
    plain_day = day.replace(rf"[-/.]{GAP}|", "")  # `4-صفر` is a score
    first = rf"(?:(?P<d0>\d{{1,2}}){GAP}(?:و|-|الى{SPACE}|حتى{SPACE}){GAP}(?=\d))?"
    of_month = rf"(?:شهر{SPACE})?"
    year = f"(?P<y>{_YEAR})"
    hijri_year = f"(?P<y>{_HIJRI_YEAR})"
    either = f"(?P<y>{_YEAR}|{_HIJRI_YEAR})"
    sep = rf"{GAP}(?P<sep>[-/.]){GAP}"
    again = rf"{GAP}(?P=sep){GAP}"
    era = rf"(?:(?P<sh>{_SH})|(?P<ah>{_AH})|{_AD})"
    year_word = r"(?:لل|ال|ل)?(?:عام(?:ي|ين)?|سنه|سنت(?:ي|ين))"
    return {
        "iso": rf"{weekday}{either}{sep}(?P<n>\d{{1,2}}){again}{number}(?!{GAP}[-/]\d){era}",
        "dmy": rf"{weekday}{number}{sep}(?P<n>\d{{1,2}}){again}{either}{era}",
        "short": rf"{weekday}(?P<d>\d{{1,2}})(?P<sep>[-/])(?P<n>\d{{1,2}})(?P=sep)(?P<y>{_SHORT_YEAR})",
        "hijri day": rf"{weekday}{plain_day}{of_month}{hijri}(?:{_OF_YEAR}{hijri_year}(?:{_AH})?)?",
        "solar day": rf"{weekday}{number}{GAP}{solar}{GAP}[،,]?{GAP}(?:ماه{SPACE})?(?P<y>{_SOLAR_YEAR})(?:{_SH})?",
        "day": rf"{weekday}{first}{day}{of_month}{dual}(?:{_OF_YEAR}{year}{_AD}|{_RELATIVE})?",
        "guarded day": rf"{weekday}{day}{of_month}{guarded}{_OF_YEAR}{year}{_AD}",
        "year day": rf"{year}{GAP}[-/،,]?{GAP}{dual}{GAP}[-/]?{GAP}{number}(?!{GAP}[-/،,]?{GAP}{_YEAR})",
        "month day": rf"{weekday}{dual}{GAP}[-/]?{GAP}{number}{GAP}[،,/-]?{GAP}{year}{_AD}",
        "hijri month day": rf"{weekday}{hijri}{SPACE}{number}{GAP}[،,]?{GAP}{hijri_year}(?:{_AH})?",
        "month": rf"{of_month}{dual}{_OF_YEAR}{year}{_AD}",
        "hijri month": rf"{of_month}{hijri}{_OF_YEAR}{hijri_year}(?:{_AH})?",
        "named month": rf"شهر{SPACE}{dual}(?:{_RELATIVE})?",
        "relative month": rf"{dual}{_RELATIVE}",
        "dual month": rf"(?P<m>{month}){GAP}(?:[/-]{GAP}(?P<m2>{month})|\({GAP}(?P<m3>{month}){GAP}\))",
        "hijri year": rf"(?:{year_word}{SPACE})?{hijri_year}{_AH}",
        "year": rf"{year_word}{SPACE}{year}(?:{GAP}(?:و|-|الى{SPACE}){GAP}(?P<y2>{_YEAR}))?{_AD}",
    }


@cache
def scanner() -> re.Pattern[str]:
    """Any date, one group a kind. A clitic before a word (`وأكتوبر`, `لعام`) is stepped over, not taken."""
    alternatives = []
    for number, source in enumerate(kinds().values()):
        # A name may stand once in a pattern: the parts of the third kind are m_3, y_3 and so on.
        own = _GROUP.sub(lambda m, n=number: f"(?P<{m[1]}_{n}>" if m[1] else f"(?P={m[2]}_{n})", source)  # type: ignore[misc]
        alternatives.append(f"(?P<k_{number}>{own})")
    start = r"(?<!\d)(?<!\d[./-])(?:(?=\d)|(?<!\w)[وفبكل]{0,2}(?=[^\W\d]))"
    return re.compile(words.fold_pattern(start + f"(?:{'|'.join(alternatives)})"))


_CLITICS: Final = re.compile("[وفبكل]{1,2}(?=..)")


@lru_cache(maxsize=65_536)
def may_begin(token: str) -> bool:
    """Whether a date can begin with this word. Asking every word is ten times faster than trying every date."""
    if token[0].isdecimal():
        return len(token) <= 4
    openers = _openers()
    word = words.key(token)
    if word in openers:
        return True
    clitics = _CLITICS.match(word)
    return clitics is not None and (word[clitics.end() :] in openers or word[1:] in openers)


@cache
def _openers() -> frozenset[str]:
    names = (
        *words.gregorian_months(),
        *words.latin_months(),
        *words.hijri_months(),
        *words.ordinals(),
        *words.weekdays(),
    )
    years = (
        prefix + word for prefix in ("", "ال", "لل", "ل") for word in ("عام", "عامي", "عامين", "سنه", "سنتي")
    )
    heads = (re.split(r"[ '-]", name)[0].rstrip("0123456789") for name in names)
    return frozenset(heads) | frozenset(years) | {"سنتين", "شهر"}
