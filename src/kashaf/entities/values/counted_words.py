"""Words that are counted, and words that say what happened to those who are."""

from __future__ import annotations

from typing import Final

from kashaf.corpus.date_words import key
from kashaf.entities.model import Counting
from kashaf.entities.values.number_words import DEFINITE_NUMBERS, DEFINITE_ORDINALS, UNIT_ORDINALS
from kashaf.entities.values.tables import folded
from kashaf.entities.values.units import DUALS as MEASURE_DUALS
from kashaf.entities.values.units import SINGLES


def _table(*listed: tuple[Counting, str]) -> dict[str, Counting]:
    return {key(word): counting for counting, words in listed for word in words.split()}


#: What a counted word says by itself.
NOUNS: Final = _table(
    ("killed", "قتيل قتيلا قتيلة قتلى شهيد شهيدا شهيدة شهداء ضحية ضحايا جثة جثث جثمان جثمانا جثامين وفاة وفيات"
               " متوفى متوفين غريق غرقى"
               " القتلى الضحايا الشهداء الجثث الوفيات"),
    ("wounded", "جريح جريحا جريحة جرحى مصاب مصابا مصابة مصابين مصابون إصابة إصابات مصابي الجرحى المصابين الإصابات"),
    ("missing", "مفقود مفقودا مفقودين مفقودون المفقودين"),
    ("arrested", "معتقل معتقلا معتقلين معتقلون موقوف موقوفا موقوفين موقوفون سجين سجينا سجناء محتجز محتجزا"
                 " محتجزين المعتقلين السجناء"),
    ("displaced", "نازح نازحا نازحين نازحون نازحة لاجئ لاجئا لاجئين لاجئون لاجئة مهجر مهجرا مهجرين مشرد مشردا"
                  " مشردين اللاجئين النازحين"
                  " المهجرين المشردين"),
    ("captured", "أسير أسيرا أسرى أسيرة رهينة رهائن مختطف مختطفا مختطفين مخطوف مخطوفا مخطوفين الأسرى الرهائن"),
    ("rescued", "ناج ناجيا ناجين ناجون"),
    ("members", "عضو عضوا أعضاء عضوة الأعضاء"),
    ("fighters", "مقاتل مقاتلا مقاتلين مقاتلون مسلح مسلحا مسلحين مسلحون عنصر عنصرا عناصر جندي جنديا جنود إرهابي"
                 " إرهابيا إرهابيين إرهابيون متطرف متطرفا متطرفين عسكري عسكريا عسكريين ضابط ضابطا ضباط مجند مجندا"
                 " مجندين ملثم ملثمين المقاتلين المسلحين"
                 " الجنود العناصر الإرهابيين مرتزق مرتزقا مرتزقة"),
    ("people", "شخص شخصا أشخاص فرد فردا أفراد نسمة مدني مدنيا مدنيين مدنيون طفل طفلا أطفال امرأة نساء رجل رجلا"
               " رجال شاب شابا شبان شباب فتاة فتيات مواطن مواطنا مواطنين مواطنون إنسان إنسانا مهاجر مهاجرا مهاجرين"
               " مهاجرون عامل عاملا عمال عاملين راكب راكبا ركاب سائح سائحا سياح طالب طالبا طلاب طلبة طالبة تلميذ"
               " تلميذا تلاميذ صحفي صحفيا صحفيين صحافي صحافيا صحافيين بحار بحارا بحارة نائب نائبا نواب موظف موظفا"
               " موظفين لاعب لاعبا لاعبين متظاهر متظاهرا متظاهرين شرطي شرطيا شرطيين عائلة عائلات أسرة أسر سائق"
               " سائقا طبيب طبيبا أطباء معلم معلما معلمين ناخب ناخبا ناخبين ساكن ساكنا سكان السكان المدنيين"
               " الأشخاص الأطفال النساء المهاجرين المواطنين العمال العائلات الأسر البشر شخصية حاج حاجا حجاج صياد"
               " صيادا صيادين مسافر مسافرا مسافرين شابة رضيع رضيعا متهم متهما متهمين مشتبه آخرين آخرون رجلين مرشح"
               " مرشحا مرشحين مترشح مترشحا مترشحين حارس حارسا حراس"
        " عميل عملاء متفرج متفرجا متفرجين مستخدم مستخدما مستخدمين مشجع مشجعا مشجعين زائر زائرا زوار مشترك مشتركا"
        " مشارك مشاركا مشاركين مدرس مدرسا مدرسين قاض قاضيا قضاة وزير وزيرا وزراء خبير خبيرا خبراء مهندس مهندسا"
        " مهندسين فلاح فلاحا مزارع مزارعا مزارعين مسعف مسعفا مسعفين سوريين فلسطيني فلسطينيا فلسطينيين"
        " لبناني لبنانيا لبنانيين عراقيا عراقيين حرفي حرفيا"),
    ("votes", "صوت صوتا أصوات الأصوات"),
    ("times", "مرة مرات"),
)  # fmt: skip
#: Nouns that govern what is counted: `مقتل 12`, right before it or behind another of them.
GOVERNORS: Final = _table(
    ("killed", "مقتل مصرع وفاة استشهاد اغتيال إعدام قتل بحياة حياة بأرواح أرواح تصفية"),
    ("wounded", "إصابة جرح بجرح"),
    ("missing", "فقدان اختفاء"),
    ("arrested", "اعتقال توقيف إيقاف القبض الاحتفاظ احتجاز سجن"),
    ("captured", "أسر اختطاف خطف"),
    ("rescued", "إنقاذ إجلاء نجاة"),
    ("displaced", "نزوح تهجير تشريد"),
)
#: Verbs before what is counted, with their subject between.
VERBS: Final = _table(
    (
        "killed",
        "قتل قتلت يقتل استشهد استشهدت توفي قضى لقي أودى أودت اغتال اغتالت أعدم أعدمت مقتل أسقطت",
    ),
    ("wounded", "أصيب أصيبت جرح جرحت أصاب يصاب"),
    ("missing", "اختفى"),
    ("arrested", "اعتقل اعتقلت أوقف أوقفت أوقفوا تعتقل يعتقل احتجز احتجزت اعتقلوا"),
    ("captured", "أسر أسرت خطف خطفت اختطف اختطفت أسروا خطفوا"),
    ("rescued", "أنقذ أنقذت أنقذوا أجلى أجلت نجا انتشل"),
    ("displaced", "نزح نزحت شرد شردت هجر هجرت"),
)
#: Behind what is counted.
AFTER: Final = _table(
    ("killed", "قتلوا قضوا استشهدوا حتفهم مصرعهم توفوا ماتوا"),
    ("wounded", "أصيبوا جرحوا بجروح بجراح جريحا"),
    ("arrested", "اعتقلوا أوقفوا"),
    ("displaced", "نزحوا شردوا فروا"),
)
#: What a governor that takes things too does not do to a person when these are counted.
THINGS: Final = folded(
    "سيارة سيارات منزلا منازل مبنى مبان موقعا مواقع دولة دول قطعة قطع كلغ طنا قرص قرصا قذيفة قذائف صاروخا صواريخ"
    " طائرة طائرات دبابة دبابات هدف هدفا أهداف مشروعا مشاريع قانونا مركزا مراكز مدرسة مدارس شركة شركات آلية آليات"
    " مسيرة مسيرات قارب قاربا قوارب نقطة نقاط مقعد مقعدا مقاعد قضية قضايا حالة حالات"
)
#: Persons one of whom may be counted without a number: `مقتل مدني`.
SINGLE: Final = folded(
    "شخص مدني جندي طفل طفلة امرأة فتاة شاب رجل عنصر قيادي مسلح صحفي صحافي شرطي ضابط مواطن عامل سائق طالب لاجئ"
    " مهاجر أسير متظاهر إرهابي مجند عسكري فلسطيني سوري إسرائيلي لبناني عراقي مستوطن راع حارس طبيب تلميذ موظف"
)
_BROKEN: Final = folded(
    "قتيل جريح شهيد جندي طفل شاب رجل شخص عنصر ضابط أسير طبيب تلميذ سجين صاروخ منزل نائب عضو شرطي صحفي صحافي هدف"
    " موقع حزب مركز مشروع قارب انفجار هجوم لقاح زورق"
)
_WITH_TA: Final = folded(
    "فتاة طفلة دولة مرة ضحية جثة سيارة طائرة مسيرة قذيفة مدينة شركة نقطة مرحلة عملية غارة رحلة سفينة شاحنة دبابة"
    " بلدة منظمة مدرسة جولة"
)
_SOUND: Final = folded(
    "مدني مسلح مقاتل مواطن مهاجر لاجئ معتقل موقوف متظاهر إرهابي مفقود مصاب نازح متطرف عامل طالب سائق حارس راكب"
)


def _duals() -> dict[str, tuple[str, Counting]]:
    """Dual forms to their singular and what they count. The oblique of a sound plural looks like its dual: no."""
    found: dict[str, tuple[str, Counting]] = {}
    for noun in _BROKEN | _SOUND:
        counting = NOUNS.get(noun, "other")
        for ending in ("ان", "ين") if noun in _BROKEN else ("ان",):
            found[noun.removesuffix("ي") + ("ي" if noun.endswith("ي") else "") + ending] = (noun, counting)
    for noun in _WITH_TA:
        for ending in ("تان", "تين"):
            found[noun.removesuffix("ه") + ending] = (noun, NOUNS.get(noun, "other"))
    for noun in ("اخران",):
        found[noun] = ("اخر", "people")
    return {form: value for form, value in found.items() if form not in NOUNS and form not in MEASURE_DUALS}


DUALS: Final = _duals()
NUMBER_OF: Final = folded("عدد عددهم عددها عدده عددهن")
#: Nouns of a place in a row whose number is an ordinal; other definite nouns before digits are names (الفرقة 84).
RANKED: Final = folded(
    "العضو الدولة المرتبة المركز المرة الدورة النسخة الذكرى الرئيس الجولة اليوم الشهر الأسبوع العام الشخص الضحية"
    " القتيل الهدف المباراة الجلسة الرتبة الحلقة الطبعة القمة المؤتمر الموسم المقعد الولاية"
)
PLURALS: Final = folded(
    "الدول الأعضاء الأيام الساعات الأشهر الأعوام السنوات الجنود الركاب الضحايا الأسرى القتلى الجرحى الرهائن"
    " النواب الوزراء العمال الأطفال الأشخاص الطلاب الشهداء الشبان الأفراد الفرق المنتخبات الأندية المتهمين"
    " المعتقلين اللاعبين البلدان المدن القرى المقاعد البنود النقاط الموقوفين الولايات العناصر السجناء الصواريخ"
    " الطائرات المواقع المشاريع الحجاج المراكز البحارة السفن الشركات"
)
COUNTERS: Final = (
    frozenset(DUALS) | frozenset(GOVERNORS) | frozenset(MEASURE_DUALS) | frozenset(DEFINITE_ORDINALS)
    | frozenset(UNIT_ORDINALS) | SINGLES
    | frozenset(DEFINITE_NUMBERS) | frozenset({"%", "٪", "$", "€", "£"})
)  # fmt: skip
#: Words whose glued letters are worth knowing.
KNOWN: Final = (
    frozenset(VERBS) | frozenset(GOVERNORS) | NUMBER_OF | folded(
        "نحو حوالي أكثر أقل أزيد قرابة زهاء يزيد يفوق يتجاوز تجاوز تجاوزت يقارب رقم الساعة بين دون تقريبا يقل"
        " المادة الفصل"
    )
)  # fmt: skip
