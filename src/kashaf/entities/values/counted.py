"""What a number counts: the words behind it."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kashaf.entities.model import Counting
from kashaf.entities.values import counted_words, number_words, time_words, units
from kashaf.entities.values.function_words import FUNCTION_WORDS
from kashaf.entities.values.numbers import Number
from kashaf.entities.values.stems import stems
from kashaf.entities.values.tables import folded
from kashaf.entities.values.tense import FUTURE_VERB
from kashaf.entities.values.words import Line

_VERBAL: Final = re.compile("(?:وا|ونه|نهم|وها|ناه|ناها)$")
_NOT_JOINED: Final = {
    "و": re.compile("وز|وشاح|ورد|وعا|وقف|وف[دو]|ولاي|وحد|وث[ايق]|وسا[يط]|وسي[لط]|ورق|ورش"
    "|وظ[اي]|وجب|وكال|وصل|وعد|وصي|وليد"),
    "ب": re.compile("بحار|بند|بناد|بي[وت]|باخر|بواخر|بنك|بنوك|بلد|باص|باحث|بطول|بطاق|برلمان|برميل|برامي|بقر"
    "|بير|بريط|برامج|بعث|بور|بصم|بث|بحث|بذر"
                    "|برج|بست[ان]|بسات|بواب|بيض|بقال|بايع|بطار|بحير|بروت|بلاط|بيزو|بنايه|بنايات|بلاغ|بيان|بدل[هة]|بطل|باك|بالغ|بضاع|بضا[يئ]ع|بول|بنا[يا]|بوص"),
    "ل": re.compile("لاج|لاع|لبنان|ليب|لتر|لغ[ما]|لوح|لج[ان]|لقاء|لقاح|لص|ليل|ليره|لواء|لحظ|لافت|لوا[يئ]"
    "|لقط|لهج|لولو"),
    "ك": re.compile("كت[ايب]|كيل|كلب|كلاب|كرس|كراس|كنيس|كناي|كوكب|كمي|كامير|كاتب|كادر|كوادر|كره|كرات|كوب|كيس"
    "|كرد|كور|كنب|كبسول|كلي[هات]|كنو?ز|كهو?ف|كشك|كتل|كارث|كوارث|كرتون|كرات|كابل|كمبيوتر|كمام"),
    "ف": re.compile("(?!ال|في|فان|فقد|فيما|فقط|فا[نق]|فل|فه)"),
    "ي": re.compile("يوم|يورو|يمن|يهود|ياب|يخت|يتيم"),
}  # fmt: skip
_AL_WORDS: Final = re.compile("ال(?:ف|م[اع]|ي[افه]|ت[زهقم]|غ|ب|ه)")
_ACCUSATIVE: Final = ("ا", "ه")
_ACCUSATIVE_FROM: Final = 11
_NISBA: Final = re.compile("[ء-ي]{2,}(?:يه|يا|يين|يات|ي)$")
_ADJECTIVES: Final = folded(
    "جديدا جديدة جديد مسلحا مسلحة إضافيا إضافية آخر أخرى آخرين أجنبيا أجنبية مختلفة مدنيا كبيرا كبيرة صغيرة صغيرا"
    " قديمة حديثة خطيرة مدنية عضوا بالغا مجهولا مجهولة سنويا مستقلا مستقلة كاملة كاملا متتالية متتاليا متهما"
    " أساسية رئيسية رئيسيا مجهولين"
)
_NOT_ADJECTIVES: Final = folded(
    "في التي حوالي يومي شرقي غربي جنوبي شمالي لدى يعني يأتي يجري وهي هي ثاني حي علي إلى حتى متى على"
)
_CLITICS_OF_FOLD: Final = frozenset("وفبلك")


def is_arabic(fold: str) -> bool:
    """Whether a folded word is one of Arabic letters."""
    return "ء" <= fold[:1] <= "ي"


_AGE_OPENERS: Final = frozenset("(،,-")
_AGE_CLOSERS: Final = frozenset(")،,-")
_AGE_REACH: Final = 4
_DIED: Final = folded("توفي توفيت رحل رحلت وفاة رحيل مات ماتت")
_DIED_REACH: Final = 8
_STRENGTH: Final = folded("قوة بقوة قوته قوتها وقوته شدة بشدة شدته شدتها وشدته")
_SCALES_OF_STRENGTH: Final = folded("مقياس بمقياس ريختر")
_STRENGTH_REACH: Final = 4
_SHARES: Final = folded("نسبة معدل")
_SHARE_REACH: Final = 6
_NO_WHOLE: Final = folded("هذا هذه ذلك تلك")


class Counted(NamedTuple):
    """What stands behind a number: index after the words, what they count, the unit, the index of the first."""

    end: int
    counting: Counting
    unit: str
    first: int
    known: bool


def counted_at(line: Line, index: int, number: Number) -> Counted | None:
    """The unit or noun that a number counts, from the word behind it; None when it is none."""
    words = line.words
    folds = tuple(words[place].fold for place in range(index, index + 3))
    if not folds[0]:
        return None
    hour = words[index + 3]
    unit = units.unit_at(folds, clock=bool(hour.number) or hour.fold in number_words.UNIT_ORDINALS)
    if unit is not None:
        (measured, symbol), taken = unit
        if symbol == "°" and _is_strength(line, index, taken):
            measured, symbol = "other", ""
        if folds[0] == "د" and not (taken == 3 or folds[1] in {"", ".", "،", ")"}):
            return None
        return Counted(index + taken, measured, symbol, index, True)
    if folds[0] == "من":
        return _partitive(line, index, number)
    if number.spelt and number.low == number.high and number.low in {1, 2}:
        return None  # the noun itself is dual then
    if not is_counted_noun(line, index, number):
        return None
    end = index + 1
    while end < index + 3 and _adjective(words[end].fold) and not words[end].number:
        end += 1
    counting = counted_words.NOUNS.get(folds[0])
    return Counted(end, counting or "other", "", index, counting is not None)


def _is_strength(line: Line, index: int, taken: int) -> bool:
    """Whether degrees are those of an earthquake: `بقوة 6.3 درجات`, `5 درجات على مقياس ريختر`."""
    words = line.words
    before = range(max(index - _STRENGTH_REACH, 0), index)
    behind = range(index + taken, index + taken + 2)
    return any(words[at].fold in _STRENGTH for at in before) or any(
        words[at].fold in _SCALES_OF_STRENGTH for at in behind
    )


def is_counted_noun(line: Line, index: int, number: Number) -> bool:
    """Whether a word can be what a number counts: an indefinite noun, or a definite one behind `آلاف`."""
    word = line.words[index]
    fold = word.fold
    if len(fold) < 2 or not is_arabic(fold) or fold in FUNCTION_WORDS:
        return False
    if fold in counted_words.NOUNS or fold in counted_words.THINGS:
        return not fold.startswith("ال") or _takes_definite(number)
    if fold.startswith("ال") and not _AL_WORDS.match(fold):
        return _takes_definite(number)
    if FUTURE_VERB.match(fold):
        return False
    if word.clitic or _VERBAL.search(fold) or fold in counted_words.VERBS or fold in counted_words.GOVERNORS:
        return fold == "اسر"
    if fold.startswith("لل"):
        return False  # `الذكرى الـ49 للمسيرة`
    own = _NOT_JOINED.get(fold[0])
    if own is not None and own.match(fold) is None:
        accusative = _takes_accusative(number) and fold.endswith(_ACCUSATIVE) and fold[0] in "بكل"
        return accusative and len(fold) > 4 and number.low == number.high
    return fold[0] != "ت" or not _takes_accusative(number) or fold.endswith(_ACCUSATIVE)


def _takes_definite(number: Number) -> bool:
    """Whether a definite noun may stand behind it: `آلاف المدنيين`, `ثلثي السكان`."""
    return number.scale > 1 or number.low < 1 or number.low != number.high


def _takes_accusative(number: Number) -> bool:
    return number.low % 100 >= _ACCUSATIVE_FROM


def _partitive(line: Line, index: int, number: Number) -> Counted | None:
    """`19 من أفراد التنظيم`, `عشرات من المقاتلين`: people or things of a kind, not a time or a place."""
    words = line.words
    first = index + 1
    fold = words[first].fold
    if len(fold) < 3 or not is_arabic(fold) or fold in FUNCTION_WORDS:
        return None
    plain = fold.removeprefix("ال")
    counting = counted_words.NOUNS.get(plain) or counted_words.NOUNS.get(fold)
    if plain == fold and counting is None:
        return None
    vague = number.low != number.high or number.scale > 1 or number.low < 1
    if counting is None and not vague and not plain.endswith(("ين", "ات")):
        return None
    if plain.endswith(("ينيات", "ينات")):
        return None
    end = first + 1
    if plain == fold and words[end].fold.startswith("ال"):
        end += 1
    return Counted(end, counting or "other", "", first, counting is not None)


def _adjective(fold: str) -> bool:
    if len(fold) < 4 or fold in _NOT_ADJECTIVES or fold in FUNCTION_WORDS or fold in counted_words.NOUNS:
        return fold in _ADJECTIVES
    return fold in _ADJECTIVES or (
        fold[0] not in _CLITICS_OF_FOLD
        and not fold.startswith(("ال", "ي", "ت", "س"))
        and _NISBA.match(fold) is not None
    )


def is_age(line: Line, index: int, end: int) -> bool:
    """Whether years in the words `[index, end)` are an age: `البالغ من العمر 18 سنة`, `(29 عاما)`, `، 29 عاما،`."""
    words = line.words
    before, behind = words[index - 1].fold, words[end].fold
    if before in _AGE_OPENERS and behind in _AGE_CLOSERS:
        return True
    if before == "عن" and any(
        words[place].base in _DIED for place in range(max(index - _DIED_REACH, 0), index)
    ):
        return True
    if any(words[place].base in time_words.AGES for place in range(max(index - _AGE_REACH, 0), index)):
        return True
    return behind == "من" and words[end + 1].base in time_words.AGES


def share_of(line: Line, end: int, first: int, ceiling: int) -> tuple[str, tuple[str, ...], int]:
    """What a percentage is of, its stems, the index after it: `من السكان` behind, `نسبة البطالة` before."""
    words = line.words
    noun = end + 1
    fold = words[noun].fold
    if (
        words[end].fold == "من"
        and noun < ceiling
        and len(fold) > 2
        and is_arabic(fold)
        and fold not in _NO_WHOLE
    ):
        last = noun + 1
        if not fold.startswith("ال") and words[last].fold.startswith("ال") and last < ceiling:
            last += 1
        return line.form(noun, last), stems(line, noun, last), last
    for place in range(first - 1, max(first - _SHARE_REACH, -1), -1):
        if words[place].base in _SHARES:
            definite = place + 1 < first and words[place + 1].fold.startswith("ال")
            return "", stems(line, place + 1, place + 2) if definite else (), end
    return "", (), end
