"""Cue words that the tagger's features look at, folded: which kind of word stands where. Written for this project.

Unlike the cues of the rules, none of them decides anything alone: training weighs each kind at each distance.
"""

from __future__ import annotations

from typing import Final

from kashaf.entities.page import bases
from kashaf.text.fold import fold_word


def _words(text: str) -> frozenset[str]:
    return frozenset(fold_word(word) for word in text.split())


_TITLES: Final = _words(
    """الرئيس رئيس الرئيسة رئيسة الوزير وزير الوزيرة وزيرة العميد اللواء العقيد الرائد النقيب الفريق المشير
    الجنرال الأدميرال الأميرال المبعوث مبعوث السفير سفير الشيخ الدكتور الدكتورة المهندس الأستاذ البروفيسور
    السيد السيدة الحاج الأمير الأميرة الملك الملكة السلطان النائب نائب المستشار المستشارة قائد القائد زعيم
    الزعيم أمين مدير المدير المحلل الباحث الباحثة الخبير الكاتب الصحفي الصحافي المتحدث متحدث الناطق ناطق
    الفنان الفنانة اللاعب لاعب المدرب مدرب الحارس حارس المهاجم مهاجم المدافع المخرج الممثل الممثلة الشاعر
    الروائي القاضي المحامي البابا الإمام القس المرشد الجندي الناشط العضو عضو نظيره نظيرها شقيقه زوجته والده
    ابنه يدعى المدعو باسم محافظ والي حاكم مفتي القيادي السيناتور رئيسا وزيرا"""
)
_BODIES: Final = _words(
    """وزارة حزب حركة تنظيم قوات جيش الجيش مركز معهد جامعة شركة بنك مصرف هيئة منظمة مؤسسة وكالة صحيفة مجلة
    قناة إذاعة موقع شبكة مجلس لجنة اتحاد الاتحاد نقابة جمعية رابطة جماعة جبهة كتائب لواء فرقة محكمة برلمان
    البرلمان نادي منتخب فريق مجموعة ائتلاف تحالف التحالف حلف كلية مدرسة مستشفى مشفى دائرة إدارة الإدارة
    مديرية مصلحة ديوان بعثة سفارة السفارة قيادة القيادة شرطة الشرطة استخبارات مخابرات الحرس حكومة مكتب
    صندوق برنامج تيار سرايا مفوضية المفوضية مرصد المرصد جهاز الجهاز المجلس اللجنة الهيئة المنظمة الوكالة
    كتلة فصائل ميليشيا ميليشيات وكالات أكاديمية دار"""
)
_PLACES: Final = _words(
    """مدينة بلدة قرية محافظة ولاية إقليم منطقة حي ريف بريف مخيم قضاء ناحية مديرية جزيرة جبل نهر بحر البحر
    خليج الخليج مضيق شارع ميدان ساحة مطار ميناء قاعدة معبر سجن دولة جمهورية مملكة إمارة العاصمة عاصمة ضاحية
    وادي صحراء شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط حدود طريق مقاطعة بحيرة قناة محطة ملعب مسجد جامع
    كنيسة قصر معسكر مدينتي بلدتي محافظتي محافظات بلدات مدن قرى جزر ضواحي"""
)
_SPEECH: Final = _words(
    """قال قالت أكد أكدت صرح صرحت أعلن أعلنت أضاف أضافت أوضح أوضحت أشار أشارت ذكر ذكرت نقل نقلت رأى رأت اعتبر
    اعتبرت شدد شددت كشف كشفت أفاد أفادت تابع تابعت واصل نفى نفت اتهم حذر حذرت دعا دعت طالب بحث التقى استقبل
    وصل غادر زار يقول تقول يرى ترى يؤكد تؤكد لفت ترأس"""
)
_PREPOSITIONS: Final = _words("في من إلى على عن مع بين حتى ضد لدى عند منذ خلال بعد قبل")
_MONTHS: Final = _words(
    """يناير فبراير مارس أبريل إبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر كانون شباط آذار نيسان
    أيار حزيران تموز آب أيلول تشرين جانفي فيفري أفريل ماي جوان جويلية أوت محرم صفر ربيع جمادى رجب شعبان
    رمضان شوال"""
)

_KINDS: Final = {"T": _TITLES, "O": _BODIES, "L": _PLACES, "Y": _SPEECH, "P": _PREPOSITIONS, "M": _MONTHS}
_BY_WORD: Final = {
    word: "".join(kind for kind, words in _KINDS.items() if word in words)
    for word in frozenset().union(*_KINDS.values())
}


def cue_kinds(word: str) -> str:
    """The kinds of cue that a folded word is, with or without glued letters, a letter each, in alphabetical order.

    L a kind of place, M a month, O a kind of body, P a preposition, T a title, Y a verb of saying.
    """
    found = "".join([_BY_WORD.get(base, "") for base, _ in bases(word)])
    return found if len(found) < 2 else "".join(sorted(set(found)))
