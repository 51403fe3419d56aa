"""Verbs of saying in all the forms that the press reports with, folded. Written for this project.

One line a verb: past of him, of her and of them, present of him, participle in the accusative, and what it may govern
beside a clause: `=` an object (`أكد انضمام بلاده`), a preposition (`حذر من`), both, or `-`. Behind these:
`?` also another word, so that it takes quotation marks, a colon or a clause to be a verb of saying;
`!` an opinion, that is nobody's when no subject stands beside it (`يعتقد أن`, `يتوقع أن`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from kashaf.entities.quotes.words import THAT
from kashaf.entities.rules.cues import word_set
from kashaf.text.fold import fold_word

Gender = Literal["m", "f", "any"]

_VERBS: Final = """
قال قالت قالوا يقول قائلا -
أضاف أضافت أضافوا يضيف مضيفا -
أكد أكدت أكدوا يؤكد مؤكدا =على
أوضح أوضحت أوضحوا يوضح موضحا -
أعلن أعلنت أعلنوا يعلن معلنا =عن
أشار أشارت أشاروا يشير مشيرا إلى
ذكر ذكرت ذكروا يذكر ذاكرا -
صرح صرحت صرحوا يصرح مصرحا -
رأى رأت رأوا يرى - - ?
اعتبر اعتبرت اعتبروا يعتبر معتبرا -
تابع تابعت تابعوا يتابع متابعا - ?
شدد شددت شددوا يشدد مشددا على
نفى نفت نفوا ينفي نافيا =
دعا دعت دعوا يدعو داعيا - ?
حذر حذرت حذروا يحذر محذرا من
كشف كشفت كشفوا يكشف كاشفا عن ?
لفت لفتت لفتوا يلفت لافتا إلى ?
بيّن بيّنت بيّنوا يبيّن مبينا - ?
أفاد أفادت أفادوا يفيد مفيدا ب
طالب طالبت طالبوا يطالب مطالبا - ?
وصف وصفت وصفوا يصف واصفا - ?
ختم ختمت ختموا يختم خاتما - ?
اختتم اختتمت اختتموا يختتم مختتما - ?
علق علقت علقوا يعلق معلقا - ?
عقب عقبت عقبوا يعقب معقبا - ?
رحب رحبت رحبوا يرحب مرحبا - ?
توقع توقعت توقعوا يتوقع متوقعا = !
رجح رجحت رجحوا يرجح مرجحا = !
استبعد استبعدت استبعدوا يستبعد مستبعدا = !
اعتقد اعتقدت اعتقدوا يعتقد معتقدا - !
نبه نبهت نبهوا ينبه منبها إلى
روى روت رووا يروي راويا - ?
حكى حكت حكوا يحكي - - ?
كتب كتبت كتبوا يكتب كاتبا - ?
غرد غردت غردوا يغرد مغردا -
نشر نشرت نشروا ينشر - - ?
تساءل تساءلت تساءلوا يتساءل متسائلا -
سأل سألت سألوا يسأل سائلا - ?
أجاب أجابت أجابوا يجيب مجيبا -
رد ردت ردوا يرد - - ?
زعم زعمت زعموا يزعم زاعما - ?
ادعى ادعت ادعوا يدعي مدعيا -
اتهم اتهمت اتهموا يتهم متهما - ?
استطرد استطردت استطردوا يستطرد مستطردا -
أردف أردفت أردفوا يردف مردفا -
استدرك استدركت استدركوا يستدرك مستدركا -
واصل واصلت واصلوا يواصل مواصلا - ?
أكمل أكملت أكملوا يكمل مكملا - ?
مضى مضت مضوا يمضي - - ?
أقر أقرت أقروا يقر مقرا - ?
اعترف اعترفت اعترفوا يعترف معترفا ب
أبرز أبرزت أبرزوا يبرز مبرزا - ?
لاحظ لاحظت لاحظوا يلاحظ ملاحظا - !
خلص خلصت خلصوا يخلص - - ?
أخبر أخبرت أخبروا يخبر مخبرا -
أبلغ أبلغت أبلغوا يبلغ مبلغا - ?
هدد هددت هددوا يهدد مهددا - ?
تعهد تعهدت تعهدوا يتعهد متعهدا ب
وعد وعدت وعدوا يعد واعدا - ?
أورد أوردت أوردوا يورد موردا - ?
أعرب أعربت أعربوا يعرب معربا -
عبر عبرت عبروا يعبر معبرا - ?
تحدث تحدثت تحدثوا يتحدث متحدثا - ?
برر بررت برروا يبرر مبررا - ?
جدد جددت جددوا يجدد مجددا - ?
طمأن طمأنت طمأنوا يطمئن مطمئنا - ?
انتقد انتقدت انتقدوا ينتقد منتقدا - ?
شرح شرحت شرحوا يشرح شارحا - ?
فسر فسرت فسروا يفسر مفسرا - ?
أسهب أسهبت أسهبوا يسهب - -
همس همست همسوا يهمس هامسا -
هتف هتفت هتفوا يهتف هاتفا -
صاح صاحت صاحوا يصيح صائحا - ?
صرخ صرخت صرخوا يصرخ صارخا - ?
نصح نصحت نصحوا ينصح ناصحا - ?
اشتكى اشتكت اشتكوا يشتكي مشتكيا -
شكا شكت شكوا يشكو شاكيا - ?
اقترح اقترحت اقترحوا يقترح مقترحا = ?
كرر كررت كرروا يكرر مكررا - ?
ناشد ناشدت ناشدوا يناشد مناشدا - ?
أشاد أشادت أشادوا يشيد مشيدا - ?
جزم جزمت جزموا يجزم جازما -
شكك شككت شككوا يشكك مشككا - ?
تمنى تمنت تمنوا يتمنى متمنيا - !
أبدى أبدت أبدوا يبدي مبديا - ?
أعاد أعادت أعادوا يعيد معيدا - ?
ذكّر ذكّرت ذكّروا يذكّر مذكرا - ?
سرد سردت سردوا يسرد - - ?
استذكر استذكرت استذكروا يستذكر مستذكرا - ?
قدر قدرت قدروا يقدر مقدرا - ?
أنذر أنذرت أنذروا ينذر منذرا - ?
أفصح أفصحت أفصحوا يفصح مفصحا عن
نوه نوهت نوهوا ينوه منوها إلى
ألمح ألمحت ألمحوا يلمح ملمحا إلى
أوحى أوحت أوحوا يوحي موحيا - ?
استنكر استنكرت استنكروا يستنكر مستنكرا - ?
نقل نقلت نقلوا ينقل ناقلا - ?
أظهر أظهرت أظهروا يظهر مظهرا - ?
أثبت أثبتت أثبتوا يثبت مثبتا - ?
استنتج استنتجت استنتجوا يستنتج مستنتجا -
أنكر أنكرت أنكروا ينكر منكرا = ?
أقسم أقسمت أقسموا يقسم مقسما - ?
توعد توعدت توعدوا يتوعد متوعدا - ?
تكهن تكهنت تكهنوا يتكهن متكهنا - ?
علل عللت عللوا يعلل معللا - ?
احتج احتجت احتجوا يحتج محتجا - ?
بشر بشرت بشروا يبشر مبشرا - ?
استغرب استغربت استغربوا يستغرب مستغربا - ?
استهجن استهجنت استهجنوا يستهجن مستهجنا - ?
خمن خمنت خمنوا يخمن مخمنا - ?
اشترط اشترطت اشترطوا يشترط مشترطا - ?
ألح ألحت ألحوا يلح ملحا - ?
استشهد استشهدت استشهدوا يستشهد مستشهدا - ?
أفتى أفتت أفتوا يفتي مفتيا - ?
نسب نسبت نسبوا ينسب - - ?
أصر أصرت أصروا يصر - - ?
اعترض اعترضت اعترضوا يعترض معترضا - ?
عزا عزت عزوا يعزو عازيا - ?
زاد زادت زادوا يزيد - - ?
أبان أبانت أبانوا يبين - - ?
ارتأى ارتأت ارتأوا يرتئي - - ?
ردد رددت رددوا يردد مرددا - ?
خاطب خاطبت خاطبوا يخاطب مخاطبا - ?
لخص لخصت لخصوا يلخص ملخصا - ?
سخر سخرت سخروا يسخر - - ?
أخطر أخطرت أخطروا يخطر مخطرا - ?
"""
# `تبين` (it turned out), `يعد` and `تعد` (is counted as), `عقب` (after): other words far more often.
_NOT: Final = word_set("تبين يعد تعد يعدون دون يدون تدون عقب ترد تقدر يقدر تعيد عبر تظهر")
#: Without a subject at all: nobody is named.
_PASSIVE: Final = word_set("قيل ويقال يقال فقيل وقيل")

Tense = Literal["past", "present", "participle", "passive"]


@dataclass(frozen=True, slots=True)
class Saying:
    """A form of a verb of saying. base: past of him, as lists show it. governs: as the table above has it."""

    base: str
    tense: Tense
    gender: Gender
    plural: bool
    governs: str
    weak: bool
    opinion: bool
    joined: bool
    """Whether و or ف stands before it, as it does where a speaker goes on."""


@cache
def forms() -> dict[str, Saying]:
    """Every form by its folded word, with و and ف before it."""
    found: dict[str, Saying] = {}
    for line in _VERBS.split("\n"):
        if not line.strip():
            continue
        him, her, them, present, participle, governs, *flags = line.split()
        base = him.replace("ّ", "")

        def put(
            word: str,
            tense: Tense,
            gender: Gender,
            plural: bool = False,
            base: str = base,
            governs: str = governs,
            flags: tuple[str, ...] = tuple(flags),
        ) -> None:
            folded = fold_word(word)
            for letter in ("", "و", "ف"):
                if letter + folded not in found and folded not in _NOT:
                    found[letter + folded] = Saying(
                        base, tense, gender, plural, governs, "?" in flags, "!" in flags, bool(letter)
                    )

        put(him, "past", "m")
        put(her, "past", "f")
        put(them, "past", "m", plural=True)
        put(present, "present", "m")
        put("ت" + present[1:], "present", "f")
        put((present[:-1] if present[-1] in "يىو" else present) + "ون", "present", "m", plural=True)
        if participle != "-":
            put(participle, "participle", "m")
            put(participle[:-1] + "ة", "participle", "f")
            put(participle[:-1] + "ين", "participle", "m", plural=True)
    for word in _PASSIVE:
        found[word] = Saying(
            "قال", "passive", "any", plural=False, governs="-", weak=False, opinion=False, joined=False
        )
    return found


_SHADDA: Final = "\u0651"


def saying(word: str, exact: str, following: str) -> Saying | None:
    """The verb of saying that a folded word is, or None.

    exact: as written, to tell رأى from رأي and بيّن from بين. following: the fold of the next word.
    """
    form = forms().get(word)
    if form is None or not form.weak:
        return form
    if form.base == "رأى" and exact.endswith("ي") and form.tense == "past":
        return None
    if form.base == "بين" and form.tense == "past" and form.gender == "m":
        return form if _SHADDA in exact or following in THAT else None
    return form
