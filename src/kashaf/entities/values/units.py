"""Units: money by ISO 4217, measures by their symbol."""

from __future__ import annotations

from typing import Final, NamedTuple

from kashaf.corpus.date_words import key
from kashaf.entities.model import Counting
from kashaf.entities.values.tables import folded, folded_names


class Unit(NamedTuple):
    """What a unit measures, and its symbol."""

    counting: Counting
    symbol: str


def _table(*listed: tuple[Counting, str, str]) -> dict[str, Unit]:
    return {key(word): Unit(counting, symbol) for counting, symbol, words in listed for word in words.split()}


#: Currencies whose name is one country's, or mostly one's: the code, the words.
_CURRENCIES: Final = folded_names(
    (
        ("USD", "دولار دولارا دولارات الدولارات الدولار"),
        ("EUR", "يورو اليورو أورو"),
        ("GBP", "استرليني إسترليني"),
        ("ILS", "شيكل شيقل شيكلا شيقلا شواكل شيكلات"),
        ("CNY", "يوان يوانا"),
        ("JPY", "ين ينا"),
        ("RUB", "روبل روبلا"),
        ("MRU", "أوقية"),
        ("IRR", "تومان تومانا"),
        ("dinar", "دينار دينارا دنانير الدنانير الدينارات دينارات د"),
        ("pound", "جنيه جنيها جنيهات الجنيهات"),
        ("lira", "ليرة ليرات الليرات"),
        ("riyal", "ريال ريالا ريالات الريالات"),
        ("dirham", "درهم درهما دراهم الدراهم"),
        ("franc", "فرنك فرنكا فرنكات"),
        ("shilling", "شلن شلنا"),
        ("rupee", "روبية روبيات"),
    )
)
SIGNS: Final = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₪": "ILS", "₺": "TRY"}
#: The code of a currency of many countries by the adjective behind it; `""`: the country is not said.
_BY_COUNTRY: Final = {
    "dinar": "TND تونسي DZD جزائري KWD كويتي JOD أردني IQD عراقي BHD بحريني LYD ليبي RSD صربي",
    "pound": "EGP مصري SDG سوداني GBP إسترليني GBP استرليني SYP سوري SSP جنوب LBP لبناني GBP بريطاني",
    "lira": "SYP سورية LBP لبنانية TRY تركية SYP سوري LBP لبناني TRY تركي ITL إيطالية",
    "riyal": "SAR سعودي QAR قطري OMR عماني YER يمني IRR إيراني BRL برازيلي",
    "dirham": "AED إماراتي MAD مغربي",
    "franc": "CHF سويسري DJF جيبوتي KMF قمري XOF أفريقي XAF وسط FRF فرنسي",
    "shilling": "SOS صومالي KES كيني",
    "rupee": "INR هندية PKR باكستانية LKR سريلانكية",
    "USD": "USD أمريكي USD أميركي CAD كندي AUD أسترالي NZD نيوزيلندي HKD هونغ",
    "RUB": "RUB روسي BYN بيلاروسي",
}
_COUNTRIES: Final = {
    name: {key(word): code for code, word in zip(row.split()[::2], row.split()[1::2], strict=True)}
    for name, row in _BY_COUNTRY.items()
}
MEASURES: Final = _table(
    ("distance", "km", "كيلومتر كيلومترا كيلومترات كيلومترين كلم كم كيلومترًا"),
    ("distance", "m", "متر مترا أمتار مترين"),
    ("distance", "cm", "سنتيمتر سنتيمترا سنتيمترات سم صم سنتم صنتم"),
    ("distance", "mm", "مليمتر مليمترا مليمترات ملم ميليمتر"),
    ("distance", "mi", "ميل ميلا أميال"),
    ("distance", "ft", "قدم قدما أقدام"),
    ("area", "ha", "هكتار هكتارا هكتارات هك"),
    ("area", "dunam", "دونم دونما دونمات"),
    ("area", "feddan", "فدان فدانا أفدنة"),
    ("weight", "kg", "كيلوغرام كيلوغراما كيلوغرامات كيلوجرام كيلوجراما كيلوجرامات كغ كلغ كجم كغم كيلو"),
    ("weight", "g", "غرام غراما غرامات جرام جراما جرامات غ"),
    ("weight", "t", "طن طنا أطنان"),
    ("weight", "q", "قنطار قنطارا قناطير"),
    ("money", "", "مليم مليما مليمات مليمًا سنت سنتا سنتات قرش قرشا قروش"),
    ("volume", "l", "لتر لترا لترات ليتر"),
    ("volume", "bbl", "برميل برميلا براميل البراميل"),
    ("energy", "MW", "ميغاواط ميغاوات ميجاوات ميجاواط"),
    ("energy", "GW", "غيغاواط جيجاوات غيغاوات"),
    ("energy", "kW", "كيلوواط كيلووات"),
    ("energy", "W", "واط وات"),
    ("duration", "s", "ثانية ثوان ثواني"),
    ("duration", "min", "دقيقة دقائق"),
    ("duration", "h", "ساعة ساعات"),
    ("duration", "d", "يوم يوما أيام ليلة ليال ليالي"),
    ("duration", "wk", "أسبوع أسبوعا أسابيع"),
    ("duration", "mo", "شهر شهرا أشهر شهور"),
    ("duration", "yr", "عام عاما أعوام سنة سنوات سنين"),
    ("duration", "decade", "عقد عقدا عقود"),
    ("duration", "century", "قرن قرنا قرون"),
)
#: Duals of measures.
DUALS: Final = _table(
    ("distance", "km", "كيلومترين كيلومتران"),
    ("distance", "m", "مترين متران"),
    ("weight", "t", "طنين طنان"),
    ("duration", "min", "دقيقتين دقيقتان"),
    ("duration", "h", "ساعتين ساعتان"),
    ("duration", "d", "يومين يومان"),
    ("duration", "wk", "أسبوعين أسبوعان"),
    ("duration", "mo", "شهرين شهران"),
    ("duration", "yr", "عامين عامان سنتين سنتان"),
    ("duration", "decade", "عقدين عقدان"),
    ("duration", "century", "قرنين قرنان"),
)
#: One of a measure, without a number.
SINGLES: Final = folded(
    "ساعة دقيقة يوم يوما أسبوع أسبوعا شهر شهرا عام عاما سنة كيلومتر كيلومترا متر مترا كيلو كيلوغرام كيلوغراما"
    " كيلوجرام كيلوجراما طن طنا"
)
WORDS: Final = frozenset(_CURRENCIES) | frozenset(MEASURES)
_SQUARE: Final = folded("مربع مربعا مربعة مربعين")
_CUBIC: Final = folded("مكعب مكعبا مكعبة")
_SEA: Final = folded("بحري بحريا بحرية")
#: `م2`, `كم²`, `م3`
_SHORT_METRES: Final = {key("م"): "m", key("كم"): "km"}
_POWERS: Final[dict[str, tuple[Counting, str]]] = {
    "2": ("area", "2"), "²": ("area", "2"), "3": ("volume", "3"), "³": ("volume", "3"),
}  # fmt: skip
#: Years of a life: `23 ربيعا`.
_SPRINGS: Final = folded("ربيعا")
_CELSIUS: Final = folded("مئوية سلزيوس سيلسيوس")
_DEGREES: Final = folded("درجة درجات")
_HOURLY: Final = folded("الساعة ساعة")
_PER_HOUR: Final = {"km": "km/h", "mi": "mph", "m": "m/h"}
PERCENT: Final = frozenset("%٪")
_HUNDRED: Final = folded("المئة المائة المية الماية مئة مائة")
_BY_HUNDRED: Final = folded("بالمئة بالمائة بالمية بالماية")
_POINTS: Final = folded("نقطة نقاط")


def measure(fold: str) -> Unit | None:
    """The unit that a folded word is by itself, and is no money; None when it is none."""
    unit = MEASURES.get(fold)
    return None if unit is None or unit.counting == "money" else unit


def unit_at(folds: tuple[str, ...], *, clock: bool = False) -> tuple[Unit, int] | None:
    """The unit that the folded words begin with, and how many words it takes; None when they begin with none.

    folds: the words behind a number, at least three, empty ones at the end of a line.
    clock: whether the word behind those three is an hour, so that `في الساعة` tells when, and not how fast.
    """
    first, second, third = folds[:3]
    if first in PERCENT or first in _BY_HUNDRED:
        return Unit("percent", "%"), 1
    if first == "في" and second in _HUNDRED:
        return Unit("percent", "%"), 2
    if first in _POINTS and second == "ميويه":
        return Unit("percent", "pp"), 2
    if first in SIGNS:
        return Unit("money", SIGNS[first]), 1
    if first in _CURRENCIES:
        return _money(_CURRENCIES[first], second, third)
    if first in _SHORT_METRES and second in _POWERS:
        counting, power = _POWERS[second]
        return Unit(counting, f"{_SHORT_METRES[first]}{power}"), 2
    if first in _SPRINGS:
        return Unit("age", "yr"), 1
    if first in _CELSIUS:
        return Unit("temperature", "°C"), 1
    if first in _DEGREES:
        if second in _CELSIUS:
            return Unit("temperature", "°C"), 2
        return Unit("temperature", "°"), 1
    unit = MEASURES.get(first)
    if unit is None:
        return None
    return _measure(unit, second, third, clock=clock)


def _money(name: str, second: str, third: str) -> tuple[Unit, int]:
    plain = second.removeprefix("ال")
    countries = _COUNTRIES.get(name, {})
    code = countries.get(second) or countries.get(plain) or countries.get(plain.removesuffix("ا"))
    if code:
        return Unit("money", code), 2
    if name == "dinar" and second == "." and third == "ت":
        return Unit("money", "TND"), 3
    return Unit("money", name if name.isupper() else ""), 1


def _measure(unit: Unit, second: str, third: str, *, clock: bool) -> tuple[Unit, int]:
    if unit.counting == "distance":
        if second in _SQUARE:
            return Unit("area", f"{unit.symbol}2"), 2
        if second in _CUBIC:
            return Unit("volume", f"{unit.symbol}3"), 2
        if second in _SEA and unit.symbol == "mi":
            return Unit("distance", "nmi"), 2
        if (second == "في" and third in _HOURLY and not clock) or (
            second in {"/", "بال"} and third in {"س", "ساعه", "الساعه"}
        ):
            return Unit("speed", _PER_HOUR.get(unit.symbol, unit.symbol)), 3
        if second == "بالساعه":
            return Unit("speed", _PER_HOUR.get(unit.symbol, unit.symbol)), 2
    if unit.counting == "energy" and second in {"ساعه", "/"} and (second == "ساعه" or third == "ساعه"):
        return Unit("energy", f"{unit.symbol}h"), 2 if second == "ساعه" else 3
    if unit.symbol == "bbl" and second == "نفط":
        return unit, 2
    return unit, 1
