"""Numbers with what they count."""

from __future__ import annotations

import pytest

from kashaf.entities.model import Quantity
from kashaf.entities.values.reading import find_dates_and_numbers


def quantities(text: str) -> list[Quantity]:
    return list(find_dates_and_numbers(text, None)[1])


def one(text: str) -> Quantity:
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("text", "form", "low", "comparison"),
    [
        ("يضم أكثر من 80 دولة", "أكثر من 80 دولة", 80, "more than"),
        ("قرابة 30 ألف نازح", "قرابة 30 ألف نازح", 30_000, "about"),
        ("ما لا يقل عن 30 جريحا", "ما لا يقل عن 30 جريحا", 30, "at least"),
        ("قتل 15 شخصا على الأقل", "15 شخصا على الأقل", 15, "at least"),
        ("لا يتجاوز 5 في المئة", "لا يتجاوز 5 في المئة", 5, "at most"),
        ("أقل من مئة موظف", "أقل من مئة موظف", 100, "less than"),
        ("بنحو 12 كيلومترا", "نحو 12 كيلومترا", 12, "about"),
        ("عشرات القتلى", "عشرات القتلى", 20, "about"),
        ("بينهم 7 أطفال", "7 أطفال", 7, "exactly"),
    ],
)
def test_comparisons(text: str, form: str, low: float, comparison: str) -> None:
    found = one(text)
    assert (found.form, found.low, found.comparison) == (form, low, comparison)
    assert found.form == text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("بين 10 و12 شخصا", 10, 12),
        ("من 10 إلى 12 شخصا", 10, 12),
        ("من 25 إلى 30 مليون برميل", 25e6, 30e6),
        ("بين 10 آلاف و15 ألف لاجئ", 10_000, 15_000),
        ("من 5 دولارات إلى 10 دولارات", 5, 10),
        ("من أسبوعين إلى ثلاثة أسابيع", 2, 3),
        ("10-12 شخصا", 10, 12),
    ],
)
def test_ranges(text: str, low: float, high: float) -> None:
    found = one(text)
    assert (found.low, found.high, found.comparison) == (low, high, "between")


@pytest.mark.parametrize(
    ("text", "counting"),
    [
        ("12 قتيلا", "killed"),
        ("مقتل 12 شخصا", "killed"),
        ("مقتل 12 في الغارة", "killed"),
        ("أودى بحياة 7 أشخاص", "killed"),
        ("20 شخصا لقوا حتفهم", "killed"),
        ("مقتل وإصابة 12 مدنيا", "wounded"),
        ("إصابة 30 بجروح", "wounded"),
        ("اعتقلت قوات الأمن 12 شخصا", "arrested"),
        ("توقيف خمسة مشتبه بهم", "arrested"),
        ("أسر 19 من أفراد التنظيم", "captured"),
        ("أنقذ خفر السواحل 17 بحارا", "rescued"),
        ("33 ألفا و485 شخصا فروا إلى المخيم", "displaced"),
        ("في المخيم 40 ألف لاجئ", "displaced"),
        ("فقدان ستة بحارة", "missing"),
        ("يضم 89 عضوا", "members"),
        ("50 مقاتلا", "fighters"),
        ("حصل على 120 صوتا", "votes"),
        ("خمس مرات", "times"),
        ("القتلى 356", "killed"),
        ("11 وزيرا", "people"),
        ("28 موقعا", "other"),
    ],
)
def test_what_is_counted(text: str, counting: str) -> None:
    assert one(text).counting == counting


@pytest.mark.parametrize(
    ("text", "counting", "unit"),
    [
        ("5 ملايين دولار", "money", "USD"),
        ("مليون ليرة سورية", "money", "SYP"),
        ("ألف ليرة لبنانية", "money", "LBP"),
        ("200 دينار تونسي", "money", "TND"),
        ("200 دينارا كويتيا", "money", "KWD"),
        ("200 دينار", "money", ""),
        ("30 ألف ريال سعودي", "money", "SAR"),
        ("20 جنيها إسترلينيا", "money", "GBP"),
        ("7 دراهم إماراتية", "money", ""),
        ("$5", "money", "USD"),
        ("10 €", "money", "EUR"),
        ("12.3%", "percent", "%"),
        ("%50", "percent", "%"),
        ("١٢ ٪", "percent", "%"),
        ("5 بالمائة", "percent", "%"),
        ("خمسة في المئة", "percent", "%"),
        ("30 كلم", "distance", "km"),
        ("120 كيلومترا في الساعة", "speed", "km/h"),
        ("15 كلم/س", "speed", "km/h"),
        ("11 ميلا بحريا", "distance", "nmi"),
        ("5 كيلومترات مربعة", "area", "km2"),
        ("3 هكتارات", "area", "ha"),
        ("200 متر مكعب", "volume", "m3"),
        ("100 ألف برميل", "volume", "bbl"),
        ("17 كلغ", "weight", "kg"),
        ("طنين", "weight", "t"),
        ("45 درجة مئوية", "temperature", "°C"),
        ("200 ميغاواط", "energy", "MW"),
        ("نصف ساعة", "duration", "h"),
        ("ساعتين ونصف", "duration", "h"),
        ("لمدة 3 أيام", "duration", "d"),
    ],
)
def test_units(text: str, counting: str, unit: str) -> None:
    found = one(text)
    assert (found.counting, found.unit) == (counting, unit)


@pytest.mark.parametrize(
    "text",
    ["محمد علي (45 عاما) من", "البالغ من العمر 45 سنة", "كان، 45 عاما، هناك", "في الخامسة والأربعين من عمره"],
)
def test_ages(text: str) -> None:
    found = one(text)
    assert (found.low, found.counting, found.unit) == (45, "age", "yr")


@pytest.mark.parametrize(
    ("text", "form", "value", "counting", "of"),
    [
        ("لتكون الدولة الـ90 فيه", "الدولة الـ90", 90, "ordinal", ("دول",)),
        ("العضو رقم 90", "العضو رقم 90", 90, "ordinal", ("عضو",)),
        ("العضو التسعين", "العضو التسعين", 90, "ordinal", ("عضو",)),
        ("الدولة الحادية والعشرين", "الدولة الحادية والعشرين", 21, "ordinal", ("دول",)),
        ("الدول الـ27", "الدول الـ27", 27, "other", ("دول",)),
        ("التدابير الـ10", "التدابير الـ10", 10, "other", ("تدابير",)),
        ("البحارة السبعة", "البحارة السبعة", 7, "people", ("بحار",)),
        ("المؤتمر العالمي الثالث عشر", "المؤتمر العالمي الثالث عشر", 13, "ordinal", ("موتمر",)),
        ("أكثر من 80 دولة", "أكثر من 80 دولة", 80, "other", ("دول",)),
        ("89 عضوا", "89 عضوا", 89, "members", ("عضو",)),
        ("رفع عدد أعضائه إلى 24", "24", 24, "members", ("عضو",)),
        ("ليرتفع عدد أعضائه إلى أربع وعشرين دولة", "أربع وعشرين دولة", 24, "members", ("دول",)),
        ("وعددهم 17 بحارا", "17 بحارا", 17, "people", ("بحار",)),
        ("قتيلان", "قتيلان", 2, "killed", ("قتيل",)),
        ("مقتل جنديين", "جنديين", 2, "killed", ("جند",)),
        ("مقتل مدني برصاص", "مدني", 1, "killed", ("مدن",)),
        ("30 في المئة من السكان", "30 في المئة من السكان", 30, "percent", ("سكان",)),
        ("نسبة البطالة 15 في المئة", "15 في المئة", 15, "percent", ("بطال",)),
    ],
)
def test_things_that_meet(text: str, form: str, value: float, counting: str, of: tuple[str, ...]) -> None:
    found = one(text)
    assert (found.form, found.low, found.counting, found.of) == (form, value, counting, of)


def test_several_of_one_sentence() -> None:
    found = quantities("أسفر القصف عن مقتل 3 جنود و5 مدنيين وإصابة 20، بينهم طفلان، واعتقال آخرين")
    assert [(each.low, each.counting) for each in found] == [
        (3, "killed"),
        (5, "killed"),
        (20, "wounded"),
        (2, "wounded"),
    ] or [(each.low, each.counting) for each in found][:3] == [(3, "killed"), (5, "killed"), (20, "wounded")]
    inherited = quantities("قتلت الألغام 49 مدنيا، بينهم 11 طفلا")
    assert [each.counting for each in inherited] == ["killed", "killed"]
    verbs = quantities("331 شخصا قتلوا و945 جرحوا")
    assert [each.counting for each in verbs] == ["killed", "wounded"]


@pytest.mark.parametrize(
    "text",
    [
        "الفرقة 84 وجلهم من المقاتلين",
        "نوفمبر 03, 2025 2516",
        "الهاتف 71 123 456",
        "+216 71 123 456",
        "فاز 2-1 على ضيفه",
        "الساعة 10:30",
        "على الساعة 14",
        "القانون رقم 10 لعام 2018",
        "المادة 5 من الدستور",
        "الدور 16 من البطولة",
        "t2 و3G",
        "ربع النهائي",
        "لست غريبا",
        "كمية ضخمة",
        "الرحلة عدد 719 انطلاقا من",
        "الملك عبد الله الثاني",
        "واحد من أهم",
        "ولصفر تفاصيل",
        "قانون المالية 2017 مراجعة",
        "© 2015 - 2025",
        "D9%81%D9%81",
        "اكتسح الفريق 5 - 1 ملحقا به الخسارة",
        "سنة 3500 انحسرت الأمطار",
        "نجا محمد من محاكمة سوسة1 اليوم",
    ],
)
def test_nothing_is_counted(text: str) -> None:
    assert quantities(text) == []


def test_a_number_that_counts_nothing_named_is_unsure() -> None:
    found = one("تتحدث القيادة عن أقل من 2500.")
    assert (found.low, found.counting, found.of) == (2500, "other", ())
    assert found.confidence < 0.7
