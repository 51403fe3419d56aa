"""Press prose for `anchor_matrix.py`: made by chance of phrases written for it, and full of formulas."""

from __future__ import annotations

import random
from typing import Final

_SPEAKERS: Final = (
    "رئيس البلدية", "المتحدث باسم الوزارة", "مدير الميناء", "وزير الزراعة", "نقيب الصيادين", "رئيس الغرفة التجارية",
    "قائد الشرطة", "عميد الكلية", "المدير العام للشركة", "ممثل المزارعين", "رئيسة اللجنة", "أمين المجلس",
    "مسؤول في الدفاع المدني", "الناطقة باسم المستشفى", "مفوض الانتخابات", "خبير الأرصاد",
)  # fmt: skip
_NAMES: Final = (
    "سليم القاضي", "هدى المنصوري", "كريم بو عزيز", "ليلى حداد", "ناصر الدوسري", "يوسف الخطيب", "آمنة الزهراني",
    "طارق بن صالح", "رؤى العطار", "إبراهيم شاهين", "فؤاد مرعي", "مها الرفاعي", "عبد الله النجار", "سعاد الحكيم",
    "محمد أبو زيد", "نُهى عزّام",
)  # fmt: skip
_PLACES: Final = (
    "المرفأ القديم", "حي الزيتون", "ساحة النخيل", "وادي الرمان", "الضاحية الشرقية", "سوق الجمعة", "طريق الساحل",
    "قرية العين", "جسر الوادي", "المنطقة الصناعية", "بلدة التلال", "شارع الأندلس", "محافظة الشمال", "سهل القمح",
)  # fmt: skip
_VERBS: Final = ("قال", "أعلن", "أكد", "أوضح", "أضاف", "ذكر", "أشار", "صرح", "كشف", "بيّن")
_THAT: Final = ("إن", "أن", "بأن", "إنّ")
_CLAIMS: Final = (
    "أعمال الترميم ستنتهي قبل حلول الشتاء", "كلفة المشروع بلغت {n} مليون دينار", "عدد المتضررين وصل إلى {n} عائلة",
    "الأسعار ارتفعت بنسبة {n}٪ خلال شهر", "السفينة الأولى ستصل فجر الأحد", "المدارس ستفتح أبوابها يوم {d}",
    "المفاوضات مع التجار لم تحقق أي تقدم", "المياه ستعود إلى البيوت خلال {n} ساعة",
    "القرار الجديد لا يشمل صغار المزارعين", "الطريق سيبقى مغلقا أمام الشاحنات", "التحقيق ما زال في بدايته",
    "النتائج ستعلن في مؤتمر صحفي يوم {d}", "الموسم الحالي هو الأسوأ منذ {n} عاما",
    "فرق الإنقاذ انتشلت {n} شخصا من تحت الأنقاض", "المخزون يكفي {n} يوما فقط", "الحريق لم يسفر عن إصابات",
    "اللجنة تسلمت {n} شكوى من السكان", "الاتفاق ينتظر توقيع الطرفين", "الشركة ستوظف {n} عاملا من أبناء البلدة",
    "القطار سيربط بين المدينتين في أقل من ساعة", "التيار انقطع عن أحياء كاملة", "المعرض سيستمر حتى يوم {d}",
    "البنك المركزي سيبقي سعر الفائدة على حاله", "العيادات المتنقلة استقبلت {n} مريضا",
)  # fmt: skip
_TAILS: Final = (
    "بعد اجتماع دام ساعات", "رغم اعتراض السكان", "وفق بيان نشر مساء أمس", "بسبب نقص التمويل", "في {p}",
    "إذا سمحت أحوال الطقس", "بحضور عدد من الصحفيين", "منذ بداية العام", "كما كان متوقعا", "للمرة الثانية هذا الشهر",
    "بالتعاون مع الجمعيات المحلية", "على الرغم من الوعود السابقة", "بعد تأجيل طويل", "في خطوة فاجأت المراقبين",
    "من دون ذكر مزيد من التفاصيل", "خلافا لما نشرته بعض الصحف", "بحسب أرقام رسمية", "قبل أيام من العيد",
)  # fmt: skip
_SCENES: Final = (
    "وتجمع عشرات الأهالي في {p} {t}", "وشوهدت شاحنات محملة بالخضار قرب {p} {t}", "وكانت الحركة بطيئة في {p} {t}",
    "ولم يصدر أي تعليق من {s} {t}", "وتداول ناشطون صورا من {p} {t}", "وأغلقت المحال أبوابها في {p} {t}",
    "ويعيش في {p} نحو {n} ألف نسمة {t}", "وانتظر المسافرون طويلا عند {p} {t}", "وشكر الحاضرون {s} {t}",
    "وامتدت الطوابير من {p} إلى {q} {t}", "وسبق أن وعد {s} بزيارة {p} {t}", "وعادت القوارب إلى {p} خالية {t}",
)  # fmt: skip
_DAYS: Final = ("الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت")
_TITLES: Final = (
    "{p} تستعد لافتتاح السوق", "خلاف جديد حول مشروع {p}", "{s}: لا نية لرفع الأسعار", "أزمة مياه في {p} ووعود بالحل",
    "{s} يزور {p} ويلتقي السكان", "إغلاق {p} أمام حركة السير",
)  # fmt: skip
_FORMULAS: Final = (
    "وبلغ سعر الطن من {g} في {p} نحو {n} دينارا مقابل {n} دينارا في الأسبوع الماضي",
    "وقال {s} {m} في بيان وزعه مكتبه إن {c} وإن الأمر لا يدعو إلى القلق",
    "وسجلت محطة {p} درجة حرارة قدرها {n} مئوية ورياحا سرعتها {n} كيلومترا في الساعة",
    "وفاز فريق {p} على فريق {q} بنتيجة {n} مقابل {n} في الجولة الأولى من الدوري",
)
_GOODS: Final = ("القمح", "الشعير", "الزيتون", "السكر", "الأرز", "التمور", "البطاطا", "العدس")
_FIELDS: Final = {
    "p": _PLACES,
    "q": _PLACES,
    "s": _SPEAKERS,
    "m": _NAMES,
    "c": _CLAIMS,
    "t": _TAILS,
    "d": _DAYS,
    "g": _GOODS,
}
CHROME: Final = (
    "شارك هذا المقال", "اقرأ أيضا: أهم أخبار اليوم", "تابعونا على قناتنا", "إعلان", "حجم الخط + -", "طباعة",
    "الأكثر قراءة", "اشترك في نشرتنا البريدية",
)  # fmt: skip


class Prose:
    """Sentences, paragraphs and articles by chance."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def words(self, count: int) -> str:
        """So many words in a row, of some sentence."""
        words = self.sentence().rstrip(".").split()
        while len(words) < count:
            words += self.sentence().rstrip(".").split()
        start = self.chance.randrange(len(words) - count + 1)
        return " ".join(words[start : start + count])

    def word(self) -> str:
        """A word of four letters or more."""
        while True:
            word = self.words(1).strip("،.«»:")
            if len(word) > 3:
                return word

    def sentence(self) -> str:
        pick = self.chance.choice
        shape = self.chance.random()
        if shape < 0.6:
            who = f"{pick(_SPEAKERS)} {pick(_NAMES)}" if self.chance.random() < 0.6 else pick(_SPEAKERS)
            claim = pick(_CLAIMS)
            said = f"«{claim}»" if self.chance.random() < 0.2 else claim
            text = f"{pick(('', 'و'))}{pick(_VERBS)} {who} {pick(_THAT)} {said}"
            if self.chance.random() < 0.7:
                text += f"{pick((' ', '، '))}{pick(_TAILS)}"
        else:
            text = pick(_SCENES)
        return self._filled(text) + "."

    def paragraph(self) -> str:
        return " ".join(self.sentence() for _ in range(self.chance.randint(1, 4)))

    def article(self, paragraphs: int) -> list[str]:
        """The lines of an article: its title, then its paragraphs."""
        return [self._filled(self.chance.choice(_TITLES)), *(self.paragraph() for _ in range(paragraphs))]

    def formulas(self, lines: int) -> list[str]:
        """Lines on one form, that differ in a name, a place or a number."""
        form = self.chance.choice(_FORMULAS)
        return [self._filled(form) + "." for _ in range(lines)]

    def _filled(self, text: str) -> str:
        while "{" in text:
            before, rest = text.split("{", 1)
            text = before + self._value(rest[0]) + rest[2:]
        return text

    def _value(self, field: str) -> str:
        if field == "n":
            return str(self.chance.randint(2, 990))
        return self.chance.choice(_FIELDS[field])
