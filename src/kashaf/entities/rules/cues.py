"""Cue words, folded: what stands before a name, and what is never part of one. Written for this project."""

from __future__ import annotations

from typing import Final

from kashaf.text.fold import fold_word
from kashaf.text.stopwords import STOP_WORDS


def word_set(text: str) -> frozenset[str]:
    """The folds of words written with spaces between."""
    return frozenset(fold_word(word) for word in text.split())


#: Titles that stand right before a name, with at most adjectives between: الرئيس السوري فلان.
TITLES: Final = word_set(
    """الرئيس الرئيسة الوزير الوزيرة المبعوث المبعوثة الأميرال الأدميرال الدكتور الدكتورة البروفيسور
    البروفيسورة الأستاذ الأستاذة الشيخ الشيخة السيد السيدة الملك الملكة الأمير الأميرة السلطان البابا
    البطريرك المطران الحاخام الفريق اللواء العميد العقيد المقدم الرائد النقيب الملازم الجنرال المشير
    القائد القيادي القيادية السيناتور النائب النائبة السفير السفيرة المستشار المستشارة المدير المديرة
    الباحث الباحثة المحلل المحللة الخبير الخبيرة الكاتب الكاتبة الصحفي الصحفية الصحافي الصحافية المتحدث
    المتحدثة الناطق الناطقة الناشط الناشطة المعارض المعارضة الحقوقي الحقوقية المحامي المحامية القاضي
    القاضية المهندس المهندسة الشاعر الشاعرة الفنان الفنانة المخرج المخرجة الممثل الممثلة اللاعب اللاعبة
    المهاجم المدافع المدرب الطبيب الطبيبة العالمة المرشح المرشحة الراحل الراحلة الأكاديمي الأكاديمية
    المؤرخ المؤرخة التاجر الروائي الروائية المفكر الجندي الطفل الطفلة الشاب الشابة السجين المعتقل الأسير
    الشهيد المواطن المواطنة العداءة العداء الممرضة الممرض الجيولوجي الجيولوجية المؤثرة المنسقة المزارعة الطباخة
    المعلمة المذيعة المذيع المصورة المطربة المغنية الموظفة الطالبة العاملة النقيبة المبرمجة المبرمج الرسامة المتطوعة
    المتطوع النازحة النازح المشرفة المؤلفة المؤلف الملاكم الملاكمة"""
)

#: Titles that govern a word before the name comes: وزير المياه, رئيسة الهيئة, قائد القوات.
CONSTRUCT_TITLES: Final = word_set(
    """رئيس رئيسة وزير وزيرة مدير مديرة قائد قائدة أمين أمينة نائب نائبة متحدث متحدثة مبعوث مبعوثة سفير
    سفيرة مستشار مستشارة عضو عضوة حاكم محافظ والي عميد زعيم زعيمة مفتي خبير خبيرة باحث باحثة محلل كاتب
    كاتبة أستاذ أستاذة عالم عالمة طبيب طبيبة مهندس مهندسة مهاجم مدافع لاعب لاعبة مدرب حارس تاجر صحفي
    صحافي صحفية صحافية ناشط ناشطة مؤسس مؤسسة منسق منسقة مسؤول مسؤولة نجم قاضي رجل سيدة شقيق شقيقة نجل
    ابن ابنة زوجة زوج والد والدة"""
)

#: Ministers: the word that governs is one definite noun, so what follows it is the name even when unknown.
MINISTERS: Final = word_set("وزير وزيرة وزيرا")

#: Verbs of saying: who stands beside one is a person or a body.
SPEECH: Final = word_set(
    """قال قالت يقول تقول أضاف أضافت وأضاف وأضافت أكد أكدت يؤكد تؤكد أوضح أوضحت يوضح توضح أعلن أعلنت أشار
    أشارت يشير تشير ذكر ذكرت يذكر صرح صرحت رأى رأت يرى ترى اعتبر اعتبرت يعتبر تعتبر تابع تابعت شدد شددت
    نفى نفت دعا دعت حذر حذرت كشف كشفت لفت لفتت بين أفاد أفادت طالب طالبت انتقد انتقدت وصف وصفت ختم ختمت
    علق علقت رحب رحبت توقع توقعت نبه نبهت روى روت يروي تروي كتب كتبت سأل سألت أجاب أجابت زعم زعمت اتهم
    اتهمت تساءل تساءلت استطرد استطردت أقر أقرت اعترف اعترفت"""
)

#: Other verbs that follow a name or a title in the press; none of them is ever part of a name.
VERBS: Final = SPEECH | word_set(
    """كان كانت يكون تكون أصبح أصبحت بات باتت ظل ظلت بدأ بدأت واصل واصلت وصل وصلت زار زارت التقى التقت
    استقبل استقبلت بحث بحثت ناقش ناقشت عقد عقدت قرر قررت أصدر أصدرت وقع وقعت وقعا أجرى أجرت تلقى تلقت
    ترأس ترأست شارك شاركت حضر حضرت غادر غادرت عاد عادت تولى تولت قاد قادت أقال أقالت عين عينت انتخب
    انتخبت فاز فازت خسر خسرت سجل سجلت أحرز لعب لعبت قتل قتلت أصيب أصيبت اعتقل اعتقلت أفرج أطلق أطلقت
    تعهد تعهدت وعد وعدت طلب طلبت رفض رفضت وافق وافقت أيد أيدت عبر عبرت أعرب أعربت جدد جددت يزور يصل
    يلتقي يبحث يعقد يواجه يقود يسعى يريد يحاول يعمل يعيش يملك يدير يرفض يطالب ينتظر يستعد يشارك يترأس
    يستقبل تزور تصل تلتقي تعمل تسعى نقل نقلت قدم قدمت شهد شهدت دخل دخلت خرج خرجت ليس ليست سوف قد يتم تم
    تمت جاء جاءت ظهر ظهرت توفي توفيت مات رحل ولد ولدت درس نشر نشرت استقال استقالت تسلم تسلمت افتتح
    افتتحت هنأ تفقد تفقدت"""
)

#: Heads of places that are not part of the name: مدينة الفيروز is الفيروز.
PLACE_HEADS: Final = word_set("مدينة بلدة قرية محافظة مدينتي بلدتي قريتي محافظتي حي ضاحية ريف")

#: Heads of places that belong to the name: نهر الدالية, سد النوارس.
PLACE_KINDS: Final = word_set(
    "ميناء مرفأ جزيرة نهر سد مخيم مطار معبر جبل وادي بحيرة خليج مضيق جمهورية مملكة إمارة سلطنة"
)

#: The same, but common nouns follow them more often: not part of the name, and part of it.
WEAK_PLACE_HEADS: Final = word_set(
    "منطقة ولاية ناحية قضاء إقليم مقاطعة مديرية بلدية أحياء منطقتي حيي واحة هجرة عزلة"
)
WEAK_PLACE_KINDS: Final = word_set(
    """ساحة ميدان شارع جسر ملعب استاد ستاد سجن حقل قاعدة قلعة محطة معسكر مستوطنة مسجد جامع كنيسة متحف قصر هضبة صحراء
    شاطئ منفذ دوار مفرق بوابة تلة مرتفعات حاجز مجمع برج سوق فندق ترعة سهل كبري حديقة نفق كهف تقاطع ممر
    مزرعة عزبة نجع"""
)

#: Kinds of places that bear names of people.
PLACES_NAMED_FOR_PEOPLE: Final = word_set("مطار شارع ميدان ملعب ساحة جسر استاد ستاد ميناء مسجد جامع سد")

#: Words that make an ambiguous surface a place when they stand before it.
PLACE_CUES: Final = (
    PLACE_HEADS
    | PLACE_KINDS
    | word_set(
        """منطقة ولاية ولايتي ناحية بلدية سجن قاعدة قضاء إقليم إمارة جمهورية مملكة دولة العاصمة شمال جنوب شرق
    غرب شمالي جنوبي شرقي غربي أهالي سكان بلدات مدن قرب محيط أطراف ضواحي بادية أهل أبناء قبالة"""
    )
)

#: Prepositions of place: they let a place that the article has named before be named in short.
LOCATIVES: Final = word_set("في إلى من نحو قرب باتجاه عبر صوب لدى داخل خارج حول بين")

#: First words of a place's name of two words: وادي السدر, تل القرنفل, رأس اللبان.
COMPOUND_STARTS: Final = word_set(
    """وادي تل تلة بير بئر عين رأس دير كفر بيت برج جبل أم أبو بني خان مرسى باب قصر قلعة دار سيدي بن ولد جسر
    عيون شط ذي ذو نيو سان سانت سانتا بورت لوس لاس كيب ساو ريو تشي"""
)

#: Those of them that, before a definite noun and behind a preposition, hardly ever are common nouns.
SURE_COMPOUND_STARTS: Final = word_set(
    "وادي تل تلة بير بئر عين رأس دير كفر مرسى خان سيدي شط بني حصن خربة جبل قصر قلعة بيت برج"
)
SUREST_COMPOUND_STARTS: Final = word_set("مرسى تل تلة بير كفر خربة وادي")
NO_COMPOUNDS: Final = word_set(
    """المكان الاعتبار المال السنة القائمة الحربة الهرم النظام القصيد السلطة الدولة الحكومة العام الأسرة العائلة
    الرئيس الوزراء الطاعة المراقبة الله الفريق المشروع الوادي النجاح الخطر الحقيقة الأمر الوقت العدو الخبرة المكتبة"""
)

#: Directions and adjectives that follow a place and are not part of its name.
DIRECTIONS: Final = word_set(
    """الشمالي الجنوبي الشرقي الغربي الشمالية الجنوبية الشرقية الغربية الأوسط الوسطى شمال جنوب شرق غرب
    شمالي جنوبي شرقي غربي"""
)

#: Heads of organisations whose complement is a name often enough. حركة, مركز, موقع, حكومة were measured and are not:
#: «حركة الطائرات», «مركز المدينة».
BODY_HEADS: Final = word_set(
    """حزب صحيفة جامعة منظمة جمعية نقابة نادي مستشفى جريدة معهد اتحاد رابطة إذاعة قناة كلية وكالة صندوق كتائب
    أكاديمية سرايا"""
)

#: Heads of bodies that are named for people.
NAMED_FOR_PEOPLE: Final = word_set("جامعة مستشفى معهد مؤسسة كلية أكاديمية مدرسة جمعية مركز كتائب")

#: Heads that take a name in quotation marks, or followed by لل…, but are common nouns otherwise.
QUOTED_HEADS: Final = BODY_HEADS | word_set(
    """حركة مركز موقع شركة تنظيم قناة شبكة منصة مؤسسة مجلة إذاعة وكالة جماعة تحالف كتائب هيئة مجموعة تيار
    جبهة ائتلاف حملة لجنة فصيل ميليشيا مليشيا لواء مصرف بنك فريق دار منشورات نشرة مهرجان كتلة مرصد مبادرة تجمع
    منتدى حراك كتيبة تطبيق شركتي صحيفتي"""
)

#: Titles that govern a pronoun: مستشاره, رئيستها. محافظة and مؤسسة are no such.
POSSESSED_TITLES: Final = (
    frozenset(
        (title[:-1] + "ت" if title.endswith("ه") else title) + pronoun
        for title in CONSTRUCT_TITLES
        for pronoun in ("ه", "ها", "هم", "هما", "نا")
    )
    - CONSTRUCT_TITLES
    - QUOTED_HEADS
    - PLACE_HEADS
)

#: Definite heads: with an adjective and a complement in ل they name one body: الهيئة المستقلة للانتخابات.
DEFINITE_HEADS: Final = word_set(
    """الهيئة المؤسسة المنظمة الاتحاد المجلس الجمعية المعهد المركز الوكالة الشبكة اللجنة المفوضية البنك
    الصندوق الشركة النقابة الرابطة المرصد الحزب الديوان الجهاز البعثة الغرفة الأكاديمية المنتدى الحركة الجبهة"""
)

#: Definite heads that name one body with two adjectives (التيار الوطني الشيعي), with one where the tagger agrees.
DESCRIBED_HEADS: Final = DEFINITE_HEADS | word_set(
    """التيار الائتلاف التحالف التجمع الإطار الحشد المقاومة القوة القيادة الإدارة الكتلة المحكمة البورصة المجموعة
    الدعم الحرس النادي المنتخب الجامعة السلطة المصرف"""
)
ONCE_DESCRIBED_HEADS: Final = word_set("المحكمة البورصة")

#: Heads that are common nouns more often than not: `python -m tests.benchmarks.ner.rules --heads` says how often.
WEAK_HEADS: Final = word_set(
    """مجلس شركة هيئة مركز مؤسسة لجنة تنظيم قوات جيش شبكة محكمة مجموعة جهاز دار مديرية حكومة بعثة
    تيار جبهة تحالف ائتلاف فصائل لواء فرقة مكتب ديوان سلطة مرصد مفوضية مبادرة منتدى بنك مصرف سفارة
    قنصلية برلمان منتخب مجلة مجمع لجان تجمع حراك غرفة خطوط جماعة شركات موقع منصة"""
)

#: Heads of names, which are common nouns too often to be looked at unless the tagger half sees a name.
MORE_HEADS: Final = word_set(
    """مكتبة مدرسة راديو تلفزيون نيابة مؤتمر وحدة قوة منبر تكتل مصلحة إدارة قطاع كشافة استوديو ستديو غاليري مسرح فرع
    المنبر التلفزيون الحراك الملتقى الجناح المكتبة المدرسة الإذاعة القناة الخدمة الوحدة الاحتياطي المنطقة"""
)

#: Heads of offices that have a place in their name: هيئة مياه نهر الدالية.
PLACED_HEADS: Final = word_set(
    "هيئة غرفة مديرية مصلحة جمعية نقابة اتحاد رابطة بلدية محكمة دائرة لجنة شبكة عمليات"
)

#: Heads of names that an adjective of nationality does not belong to: صحيفة المرفأ اللبنانية.
COMPLETE_HEADS: Final = word_set(
    "صحيفة جريدة قناة إذاعة وكالة مجلة موقع منصة شبكة نادي حزب جامعة صندوق كتائب سرايا"
)

#: Heads whose name takes no adjective behind it: صحيفة المرفأ اليومية is المرفأ.
BARE_HEADS: Final = word_set("نادي صحيفة جريدة قناة إذاعة مجلة موقع منصة شبكة")

#: Guards and what they guard.
GUARDS: Final = word_set("حرس خفر")
GUARDED: Final = word_set("السواحل الحدود الرئاسة الثورة المنشآت")

#: Heads that tell what somebody does as often as who: تنظيم دورة, بقيادة فلان.
PROCESSES: Final = word_set("تنظيم قيادة إدارة دار قوات لجان مجموعة تحالف مبادرة منصة حملة")

#: Units of armies, which a number follows; ordinals as they stand there; arms behind the number.
UNITS: Final = word_set("الفرقة اللواء الفيلق الكتيبة الفوج الأسطول فرقة لواء كتيبة فيلق")
ORDINALS: Final = word_set(
    """الأول الأولى الثاني الثانية الثالث الثالثة الرابع الرابعة الخامس الخامسة السادس السادسة السابع السابعة
    الثامن الثامنة التاسع التاسعة العاشر العاشرة الحادي الحادية عشر عشرة العشرون الثلاثون الأربعون"""
)
ARMS: Final = word_set("مشاة مدرعات مدرع دروع مظلات قوات مدفعية مشاه ميكانيكية مدرعة")

#: Words that make an ambiguous surface an organisation when they stand before it, by the kind of organisation.
BODY_CUES: Final[tuple[frozenset[str], ...]] = (
    word_set("نادي فريق لاعب مهاجم حارس مدرب جماهير ناديي"),
    word_set("""صحيفة قناة وكالة موقع شبكة جريدة مجلة إذاعة منصة مراسل مراسلة صحيفتي قناتي وكالتي تلفزيون"""),
    word_set(
        """حركة تنظيم جماعة حزب كتائب سرايا قوات ميليشيا مليشيا جبهة لواء فصيل جيش حركتي حزبي تنظيمي تيار"""
    ),
    word_set("شركة تطبيق عملاق مصرف بنك مجموعة"),
    word_set("منظمة هيئة مؤسسة نقابة جمعية رابطة مرصد مجلس"),
)

#: Words that a complement in ل governs in the name of a body: «لحقوق الإنسان», «لكرة القدم».
BUSINESSES: Final = word_set(
    """لحقوق لكرة لشؤون لرعاية لدعم لحماية لمكافحة لتنمية لعلوم لقوى لمراقبة لإدارة لأبحاث لدراسات لبحوث
    لخدمات لإغاثة لضمان لسلامة لعمال لطلاب لصحة لتطوير لأمراض لذوي لرجال لسيدات لألعاب"""
)

#: Adjectives of nationality without the article, masculine; the others are made from them.
_NATIONS: Final = """
    سوري عراقي مصري لبناني أردني سعودي إيراني تركي روسي أميركي أمريكي فلسطيني إسرائيلي يمني سوداني ليبي
    تونسي جزائري مغربي كويتي قطري إماراتي بحريني عماني فرنسي بريطاني ألماني صيني هندي باكستاني أفغاني
    أوكراني بولندي إيطالي إسباني أوروبي عربي خليجي أفريقي آسيوي غربي شرقي يوناني قبرصي هولندي بلجيكي
    سويسري سويدي نرويجي دنماركي ياباني كوري كندي مكسيكي برازيلي أرجنتيني فنزويلي موريتاني صومالي إثيوبي
    تشادي نيجيري مالي كردي كردستاني سنغالي ماليزي إندونيسي أسترالي أممي دولي
"""
NATIONALITIES: Final = frozenset(
    prefix + word + ending
    for word in word_set(_NATIONS)
    for prefix in ("ال", "")
    for ending in ("", "ه", "ين", "ون", "ا", "ان")
)

#: Adjectives between a title and its name, or after a name: never part of either.
ADJECTIVES: Final = NATIONALITIES | word_set(
    """الخاص الخاصة العام العامة السابق السابقة الأول الأولى الثاني الثانية الأعلى الحالي الحالية الجديد
    الجديدة المؤقت المؤقتة الراحل الراحلة الأسبق الأبرز البارز البارزة المتقاعد المتقاعدة الشهير الشهيرة
    المعروف المعروفة الكبير الكبيرة الشاب الشابة العسكري العسكرية السياسي السياسية الاقتصادي الاقتصادية
    الميداني الإقليمي الانتقالي المنتخب المكلف المكلفة المعين المستقيل الرسمي الرسمية الإعلامي الإعلامية
    المخلوع المساعد المساعدة التنفيذي التنفيذية الوطني الوطنية الحكومي الحكومية البحري البحرية الماضي
    الماضية المقبل المقبلة الجاري الجارية القادم القادمة الأخير الأخيرة الثالث الثالثة الرابع الرابعة
    الدولية المحلي المحلية الإرهابي الإرهابية المتطرف المسلح المسلحة السكرتير العضو المنتدب المنسق
    المنسقة المقرر المفوض المدعي المقيم الواقعة القديمة الصغيرة"""
)

#: Titles so narrow that a name follows them even when its first word is unknown. الفريق is a team, too.
NAMING_TITLES: Final = word_set(
    """الرئيس الرئيسة الوزير الوزيرة المبعوث المبعوثة الأميرال الأدميرال الدكتور الدكتورة البروفيسور
    البروفيسورة الجنرال المشير العميد العقيد اللواء السيناتور السفير السفيرة الباحث الباحثة المحلل
    المحللة الخبير الخبيرة الصحفي الصحفية الصحافي الصحافية المحامي المحامية القاضي القاضية المهندس
    المهندسة الناشط الناشطة المتحدث المتحدثة الأكاديمي الأكاديمية السيد السيدة"""
)

#: Days, months and other words in al- that follow a name without belonging to it.
_TIMES: Final = word_set(
    """اليوم أمس الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الذي التي الذين اللذين اللذان
    اللواتي الآن عدة بعض كل أحد أي هكذا حسب وفق وفقا بحسب سنوات أيام عضوي إداري إداريا رئيسا عضوا مديرا"""
)

_QUESTIONS: Final = word_set(
    """حين حينما بلا كيف متى لماذا أين ماذا ريثما طالما حيثما عدا سوى أكثر أقل أولا ثمة اثنا اثنان ثلاثة
    أربعة خمسة ستة سبعة ثمانية تسعة عشرة عشر مئة ألف مليون واحد واحدة غيرنا غيره غيرها غيرهم أخرى"""
)

#: No word of a name.
NEVER: Final = STOP_WORDS | VERBS | _TIMES | _QUESTIONS | LOCATIVES

#: Surnames that are common words too: alone they need a title or a verb of saying beside them.
COMMON_SURNAMES: Final = word_set(
    """سلام بري سريع صالح سعيد مشعل الحية الضيف مبارك عباس المنفي ظريف رئيسي صدام شكري قاسم السراج كريم حسن
    حسين محمد أحمد علي أمل نور فرح خير عادل ناصر منصور هادي راشد شريف أمين عمر عون رشيد حكيم نصر فتح
    الله الدين العام الأول الثاني الرئيس الوزير الشيخ السيد الأمير الملك بحر نجم خطاب عطا زيد مال شمس
    نهار ربيع جابر رضا عطية غالب الطيب الصادق الأمين الناصر العادل"""
)

#: Latin letters as they are spelt: إم إس سي.
LETTERS: Final = word_set("إي بي سي دي إف جي إتش آي جيه كيه إل إم إن كيو آر إس تي يو دبليو إكس واي زد إيه")

#: Words that join the parts of a person's name.
PARTICLES: Final = word_set("بن ابن بنت أبو أبي أم عبد ولد آل دي دا دو دوس فون فان دير دن ال لو لا مار سان")
