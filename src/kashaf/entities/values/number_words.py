"""The words numbers are written with. PyArabic's table is the ground; its parser drops the two of اثنتان وثمانون, so
that the words are combined here (`numbers`)."""

from __future__ import annotations

from typing import Final

from pyarabic import number_const

from kashaf.corpus.date_words import key
from kashaf.entities.values.tables import folded, folded_table

_MORE: Final = folded_table(
    (1, "واحدا الواحد الواحدة احدا"),
    (2, "اثنتان اثنتين اثنتا اثنتي ثنتان ثنتين اثنان اثنين"),
    (8, "ثمانيا ثمانيه ثمان"),
    (100, "مئة مائة مية ماية مئه"),
    (200, "مئتا مئتي مائتا مائتي مائتان مائتين ميتين ميتا"),
    (300, "ثلاثمائة ثلاثمية ثلثمائة"),
    (400, "أربعمية"),
    (500, "خمسمية"),
    (700, "سبعمية"),
    (800, "ثمانيمئة ثمانيمائة ثمانمية"),
    (900, "تسعمية"),
    (1000, "ألفاً ألوف"),
    (10**6, "مليونا مليونًا"),
    (10**9, "مليارا بليون بلايين بليونا مليارًا"),
    (2 * 10**6, "مليوني"),
    (2 * 10**9, "ملياري بليونان بليونين"),
    (10**12, "تريليون ترليون تريليونات تريليونا ترليونا"),
    (2 * 10**12, "تريليونان تريليونين ترليونين"),
)
_TWO_THOUSAND: Final = folded_table((2000, "ألفان ألفين ألفي"))

#: Every cardinal word to its value; 1,000 and more is a scale when a number stands before it.
CARDINALS: Final[dict[str, int]] = (
    {key(word): value for word, value in number_const.NUMBER_WORDS.items()} | _MORE | _TWO_THOUSAND
)
#: Scales in the plural, which alone mean some: آلاف, ملايين.
PLURAL_SCALES: Final = folded_table(
    (1000, "آلاف ألاف الوف"), (10**6, "ملايين"), (10**9, "مليارات بلايين"), (10**12, "تريليونات")
)
DEFINITE_PLURAL_SCALES: Final = folded_table(
    (1000, "الآلاف الألوف"), (10**6, "الملايين"), (10**9, "المليارات"), (10**12, "التريليونات")
)
DEFINITE_SCALES: Final = folded_table(
    (1000, "الألف"), (10**6, "المليون"), (10**9, "المليار"), (10**12, "التريليون")
)
TEN_MARKS: Final = folded("عشر عشرة")
#: Tens and hundreds of no certain number, with the least and the most that they may mean.
TENS_OF: Final = folded("عشرات")
HUNDREDS_OF: Final = folded("مئات مئآت")
DEFINITE_TENS_OF: Final = folded("العشرات")
DEFINITE_HUNDREDS_OF: Final = folded("المئات")
#: Three to nine.
SOME: Final = folded("بضع بضعة")
FRACTIONS: Final[dict[str, float]] = {
    **dict.fromkeys(folded("نصف"), 0.5),
    **dict.fromkeys(folded("ثلث"), 1 / 3),
    **dict.fromkeys(folded("ثلثا ثلثي ثلثين"), 2 / 3),
    **dict.fromkeys(folded("ربع"), 0.25),
}
#: Behind 3 to 9: `ثلاثة أرباع`.
PLURAL_FRACTIONS: Final[dict[str, float]] = {
    word: 1 / parts
    for parts, words in ((4, "أرباع"), (5, "أخماس"), (6, "أسداس"), (8, "أثمان"), (10, "أعشار"))
    for word in folded(words)
}
DEFINITE_ORDINALS: Final = folded_table(
    (20, "العشرون العشرين"), (30, "الثلاثون الثلاثين"), (40, "الأربعون الأربعين"), (50, "الخمسون الخمسين"),
    (60, "الستون الستين"), (70, "السبعون السبعين"), (80, "الثمانون الثمانين"), (90, "التسعون التسعين"),
    (100, "المئة المائة"), (1000, "الألف"),
)  # fmt: skip
DEFINITE_NUMBERS: Final = folded_table(
    (3, "الثلاثة الثلاث"), (4, "الأربعة الأربع"), (5, "الخمسة الخمس"), (6, "الستة الست"), (7, "السبعة السبع"),
    (8, "الثمانية الثماني الثمان"), (9, "التسعة التسع"), (10, "العشرة العشر"), (20, "العشرين"), (30, "الثلاثين"),
    (50, "الخمسين"), (100, "المئة المائة"),
)  # fmt: skip
UNIT_ORDINALS: Final = folded_table(
    (1, "الحادي الحادية الأول الأولى الواحد الواحدة"), (2, "الثاني الثانية"), (3, "الثالث الثالثة"),
    (4, "الرابع الرابعة"), (5, "الخامس الخامسة"), (6, "السادس السادسة"), (7, "السابع السابعة"),
    (8, "الثامن الثامنة"), (9, "التاسع التاسعة"), (10, "العاشر العاشرة"),
)  # fmt: skip
OPENERS: Final = (
    frozenset(CARDINALS) | frozenset(FRACTIONS) | TENS_OF | HUNDREDS_OF | SOME | DEFINITE_TENS_OF
    | DEFINITE_HUNDREDS_OF | frozenset(DEFINITE_PLURAL_SCALES)
)  # fmt: skip
