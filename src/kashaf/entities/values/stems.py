"""The folded light stems of counted words, by which figures of two articles are compared."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from kashaf.entities.values import counted_words
from kashaf.entities.values.words import Line
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem

_PRONOUNS: Final = ("هما", "هم", "هن", "ها", "ه")
_SHORTEST: Final = 4
_FUNCTION_WORDS: Final = frozenset({"من", "في"})


def stems(line: Line, first: int, end: int, form: Callable[[str], str] = str) -> tuple[str, ...]:
    """The stems of the words `[first, end)`: broken plurals, duals and the accusative as their singular.

    form: what to make of a word before.
    """
    words = (form(line.text[line.begin(place) : line.ends[place]]) for place in range(first, end))
    return tuple(found for word in words if (found := _stem(word)))


def bare_noun(word: str) -> str:
    """A noun without the pronoun behind it: أعضائه."""
    plain = fold_word(word)
    for suffix in _PRONOUNS:
        if plain.endswith(suffix) and len(plain) > len(suffix) + 3:
            bare = plain.removesuffix(suffix)
            return bare[:-1] + "ء" if bare.endswith(("اي", "او")) else bare
    return plain


@lru_cache(maxsize=1 << 12)
def _stem(word: str) -> str:
    plain = fold_word(word)
    if not plain[:1].isalpha() or plain in _FUNCTION_WORDS:
        return ""
    if len(plain) > _SHORTEST and plain.startswith("ال"):
        plain = plain[2:]
    if plain in _DUALS:
        plain = _DUALS[plain]
    elif (
        plain not in _SINGULARS
        and len(plain) >= _SHORTEST
        and plain.endswith("ا")
        and not plain.endswith("ايا")
    ):
        plain = plain[:-1]
    return stem(_SINGULARS.get(plain, plain))


_MEASURES: Final = (
    "يومين:يوم يومان:يوم شهرين:شهر شهران:شهر عامين:عام عامان:عام سنتين:سنة سنتان:سنة أسبوعين:أسبوع أسبوعان:أسبوع"
    " ساعتين:ساعة ساعتان:ساعة دقيقتين:دقيقة عقدين:عقد عقدان:عقد قرنين:قرن كيلومترين:كيلومتر مترين:متر طنين:طن"
)
_DUALS: Final = {
    fold_word(form): fold_word(singular) for form, (singular, _) in counted_words.DUALS.items()
} | {
    fold_word(dual): fold_word(singular) for pair in _MEASURES.split() for dual, singular in [pair.split(":")]
}
_PLURALS: Final = """
دول:دولة أشخاص:شخص قتلى:قتيل جرحى:جريح شهداء:شهيد ضحايا:ضحية جثث:جثة أعضاء:عضو عناصر:عنصر جنود:جندي أفراد:فرد
أطفال:طفل نساء:امرأة
رجال:رجل ركاب:راكب عمال:عامل طلاب:طالب أسرى:أسير رهائن:رهينة سجناء:سجين ضباط:ضابط سنوات:سنة أيام:يوم أشهر:شهر
شهور:شهر أعوام:عام
ساعات:ساعة دقائق:دقيقة أسابيع:أسبوع مرات:مرة أصوات:صوت دولارات:دولار دنانير:دينار نواب:نائب مواقع:موقع
مشاريع:مشروع منازل:منزل
مدارس:مدرسة صواريخ:صاروخ قذائف:قذيفة سفن:سفينة قوارب:قارب مدن:مدينة قرى:قرية أسر:أسرة أطنان:طن أمتار:متر
براميل:برميل مقاعد:مقعد
مراكز:مركز لجان:لجنة بلدان:بلد فرق:فريق شبان:شاب بحارة:بحار حجاج:حاج مصابين:مصاب ناخبين:ناخب أميال:ميل قرون:قرن
طنا:طن قضايا:قضية
خلايا:خلية آلاف:ألف مهاجرين:مهاجر لاجئين:لاجئ عقود:عقد وزراء:وزير قضاة:قاض خبراء:خبير عملاء:عميل زوار:زائر
تلاميذ:تلميذ
"""
_SINGULARS: Final = {
    fold_word(plural): fold_word(singular)
    for pair in _PLURALS.split()
    for plural, singular in [pair.split(":")]
}
