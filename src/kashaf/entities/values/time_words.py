"""Words of dates in the bodies of articles, folded. Months, weekdays and days of the month are `date_words`'s."""

from __future__ import annotations

from functools import cache
from typing import Final

from kashaf.corpus import date_words
from kashaf.entities.values import units
from kashaf.entities.values.moments import BEGINNING, EARLY, END, LATE, MIDDLE
from kashaf.entities.values.number_words import UNIT_ORDINALS
from kashaf.entities.values.tables import folded, folded_table
from kashaf.entities.values.words import Names, names_by_head

# Spellings of May that are also "a hundred" or "watery", and short forms that are letters.
_NO_MONTHS: Final = folded("مائه مائي كتوبر")
#: Months whose names are also something else: without a day or a year they need a word that says so.
AMBIGUOUS_MONTHS: Final = folded("مارس آب اب ماي مايو نيسان جوان أوت مايس آذار أيار تموز ت ك غشت")


@cache
def months() -> Names:
    """Arabic names of Gregorian months."""
    listed = {name: value for name, value in date_words.gregorian_months().items() if name not in _NO_MONTHS}
    return names_by_head(listed)


@cache
def latin_months() -> Names:
    """English, French and Turkish names of months."""
    return names_by_head({name: value for name, value in date_words.latin_months().items() if len(name) > 2})


@cache
def guarded_months() -> Names:
    """Names that only a day and a year make months."""
    return names_by_head(date_words.guarded_months())


@cache
def hijri_months() -> Names:
    """Arabic names of Hijri months."""
    return names_by_head(
        {name: value for name, value in date_words.hijri_months().items() if not name.isascii()}
    )


@cache
def solar_months() -> Names:
    """Names of Solar Hijri months."""
    return names_by_head(date_words.solar_months())


@cache
def weekdays() -> Names:
    """Arabic names of weekdays, with the article."""
    listed = date_words.weekdays()
    return names_by_head({name: value for name, value in listed.items() if name.startswith("ال")})


@cache
def ordinal_days() -> Names:
    """Ordinals of the days of a month, and words for its first."""
    return names_by_head(date_words.ordinals())


PAST: Final = folded(
    "الماضي الماضية الفائت الفائتة المنصرم المنصرمة الفارط الفارطة المنقضي المنقضية السالف السابق السابقة الأخير"
    " الأخيرة"
)
#: Also past, but `السابق` and `الأخير` of a year or a month may be counted from another time than publication.
LOOSE_PAST: Final = folded("السابق السابقة الأخير الأخيرة السالف")
FUTURE: Final = folded("المقبل المقبلة القادم القادمة الآتي الآتية")
PRESENT: Final = folded("الجاري الجارية الحالي الحالية")
RELATIVE: Final = PAST | FUTURE | PRESENT
LASTING_PAST: Final = folded("الماضية الأخيرة المنصرمة الفائتة الفارطة المنقضية الماضيين الأخيرين الماضيتين")
OF_TWO_DAYS: Final = folded("الماضيين الفائتين المنصرمين المقبلين القادمين")
LASTING_FUTURE: Final = folded("المقبلة القادمة الآتية المقبلين القادمين")

YEAR: Final = folded("عام العام سنة السنة للعام للسنة")
YEARS: Final = folded("عامي عامين العامين سنتي سنتين السنتين أعوام الأعوام سنوات السنوات")
EVERY: Final = folded("كل أيام ليالي")
NEW_YEAR_WORDS: Final = folded("نفسه نفسها ذاته ذاتها نفس")
MONTH: Final = folded("شهر")
DAY: Final = folded("يوم")

#: Words for a time of day; they move no date.
DAYPARTS: Final = folded(
    "صباح صبيحة ظهر عصر مساء فجر ليل ليلة عشية نهار غروب ضحى منتصف_ليل أمسية مغرب ظهيرة بعد_ظهر"
)
PARTS: Final = folded_table(
    (EARLY, "أوائل اوائل"),
    (MIDDLE, "منتصف أواسط اواسط وسط"),
    (LATE, "أواخر اواخر"),
    (BEGINNING, "بداية بدايات مطلع مستهل"),
    (END, "نهاية نهايات ختام موفى متم"),
)
DAYS_AWAY: Final[dict[str, int]] = folded_table(
    (0, "اليوم"), (-1, "أمس امس البارحة الأمس"), (1, "غدا غدًا الغد غد"), (0, "الليلة")
)
AGO: Final = folded("قبل منذ مند")
AFTER: Final = folded("بعد")
#: Units by which a date is counted: months as 1000, years as 10000, the others in days; hours are 0.
MONTHS_UNIT: Final = 1000
YEARS_UNIT: Final = 10_000
_DISTANCES: Final = {
    "s": 0, "min": 0, "h": 0, "d": 1, "wk": 7, "mo": MONTHS_UNIT, "yr": YEARS_UNIT, "decade": 10 * YEARS_UNIT,
    "century": 100 * YEARS_UNIT,
}  # fmt: skip
_NIGHTS: Final = folded("ليلة ليال ليالي")
UNITS: Final[dict[str, int]] = {
    word: _DISTANCES[unit.symbol]
    for word, unit in (units.MEASURES | units.DUALS).items()
    if unit.symbol in _DISTANCES and word not in _NIGHTS
}
DUAL_UNITS: Final = UNITS.keys() & units.DUALS.keys()
PLURAL_UNITS: Final = folded("ثوان ثواني دقائق ساعات أيام أسابيع أشهر شهور أعوام سنوات سنين عقود قرون")
#: Times that hold the day of publication, or come before or after: العام الجاري, الأسبوع الماضي.
TIMES: Final = folded_table(
    (7, "الأسبوع أسبوع"), (MONTHS_UNIT, "الشهر"), (YEARS_UNIT, "العام السنة"), (100 * YEARS_UNIT, "القرن"),
    (10 * YEARS_UNIT, "العقد"), (1, "اليوم"),
)  # fmt: skip
LAST_TIMES: Final = folded_table(
    (0, "الساعات"), (1, "الأيام اليومين"), (7, "الأسابيع الأسبوعين"), (MONTHS_UNIT, "الأشهر الشهور الشهرين"),
    (YEARS_UNIT, "السنوات الأعوام العامين السنتين"), (10 * YEARS_UNIT, "العقود العقدين"),
)  # fmt: skip
DUAL_LAST: Final = folded("اليومين الأسبوعين الشهرين العامين السنتين العقدين")
THIS: Final = folded("هذا هذه")
_TENS: Final = ("عشرين", "ثلاثين", "أربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين")
DECADES: Final[dict[str, int]] = folded_table(
    *(
        (tens, f"{article}{name}ات {article}{name}يات")
        for tens, name in enumerate(_TENS, 2)
        for article in ("", "ال")
    )
)
#: Names of a decade that are its century's own, however young: الستينيات; the younger ones may be this century's.
OF_TWO_CENTURIES: Final = frozenset({2, 3})
SEASONS: Final = folded_table(
    (22, "صيف"),
    (24, "شتاء"),
    (21, "ربيع"),
    (23, "خريف"),
    (22, "الصيف"),
    (24, "الشتاء"),
    (21, "الربيع"),
    (23, "الخريف"),
)
#: Parts of a year by their number of months.
YEAR_PARTS: Final = folded_table(
    (3, "الربع الثلاثي الفصل"), (6, "النصف السداسي السداسية"), (4, "الثلث الرباعي")
)
#: Of a part of a year or a month; -1 is the last.
ORDINALS: Final = UNIT_ORDINALS | folded_table((-1, "الأخير الأخيرة"))
AGREED: Final = folded("الموافق موافق الموافقة المصادف المصادفة المؤرخ")
ERAS: Final = folded("م ميلادي ميلادية الميلادي الميلادية")
HIJRI_ERAS: Final = folded("ه هجري هجرية الهجري الهجرية للهجرة")
#: Words that make years an age.
AGES: Final = folded("العمر عمره عمرها عمر عمرهم عمرهما عمري سن سنه سنها يناهز ناهز السن")
#: Behind `اليوم` these make it another day than today.
AFTER_DAY: Final = folded(
    "التالي السابق نفسه ذاته الأول الثاني الثالث الرابع الخامس السادس السابع الثامن التاسع العاشر العالمي الوطني"
    " الدولي الواحد المذكور الموالي الأخير الدراسي الأسود الكبير الموعود العربي الأوروبي المفتوح المشؤوم"
)
#: And these make `الغد` a day at all.
BEFORE_TOMORROW: Final = folded(
    "في من إلى الى حتى قبل بعد منذ وحتى ومن مباراة مباريات جلسة جلسات اجتماع لقاء قمة مواجهة انتخابات امتحان امتحانات"
    " نشرة صحف طقس حفل تظاهرة تظاهرات مسيرة إضراب جولة موعد استحقاق اقتراع تصويت محاكمة حوار"
)
#: The same of `الليلة`, behind it and before it.
AFTER_NIGHT: Final = folded(
    "الفاصلة الممتدة نفسها ذاتها التالية السابقة الأولى الثانية الثالثة الرابعة الأخيرة الواحدة الموالية"
    " الكبيرة الموعودة المذكورة المشؤومة"
)
BEFORE_NIGHT: Final = folded("تلك ذات نفس مثل")
#: Before `اليوم` or `الغد` these make it part of a name or another day.
BEFORE_DAY: Final = folded(
    "ذلك ذات نفس بذلك لذلك حزب تيار صحيفة موقع جريدة مصري المصري قناة إذاعة راديو أخبار روسيا فلسطين سوريا مجلة"
    " طيلة كامل منتدى مستقبل مركز مؤسسة جمعية مبادرة ائتلاف قائمة كتلة وكالة شبكة"
)
#: Before a day of a month: the day names what happened on it, in a year that everybody knows.
NAMED_BY_DAY: Final = folded(
    "ثورة ثورتي انتفاضة أحداث هجمات هجوم حرب حركة شارع عيد انقلاب ميدان ساحة ملعب جسر جامعة معركة حزب تحالف كتلة"
    " نكسة مجزرة اتفاقية بيان تيار قوى جبهة ائتلاف فوج لواء كتيبة مدرسة حديقة نفق محور دوار مدينة قاعدة مستشفى"
    " معسكر سد مطار مجمع"
    " الإعدادية الثانوية الابتدائية المعهد المدرسة نهج الساحة الشارع الحي حي الميدان معهد إعدادية ثانوية"
)
#: Before a number that is a year after them.
YEAR_CALLERS: Final = folded(
    "منذ مند خلال بحلول غضون موسم الموسم ميزانية موازنة مونديال انتخابات دستور ثورة حرب اتفاق اتفاقية صيف شتاء"
    " خريف أولمبياد نهاية بداية أواخر أوائل منتصف مطلع موفى ختام مستهل لموسم خريف دورة نسخة سنة طيلة المالية"
    " العالم عدوان هزيمة نكبة نكسة مذكرة قرار انتفاضة احتجاجات رؤية أجندة خطة استراتيجية رئاسيات تشريعيات كان آفاق"
    " أفق القدم"
)
YEAR_PREPOSITIONS: Final = folded("في من إلى الى حتى قبل بعد بين غاية")
RANGE_TO: Final = folded("إلى الى حتى وحتى لغاية")
#: Beside a weekday, of what is announced.
UNTIL: Final = folded("بداية ابتداء بدءا بدء غاية موعد انطلاقا")
AT_O_CLOCK: Final = folded("الساعة بداية")
#: Before a day of the past whose year all know.
DATED: Final = folded("المؤرخ المؤرخة مؤرخ مواليد الصادر")
EVENT_FOLLOWERS: Final = folded("من على عن موعد")
MANY: Final = folded("عدة بضعة بضع")
