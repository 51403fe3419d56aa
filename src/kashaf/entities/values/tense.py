"""Whether a sentence tells of what is to come: what a weekday or a month that stands alone is of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from kashaf.corpus.date_words import key
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import Word

_SENTENCE_ENDS: Final = frozenset(".؟!?…")
_BEFORE: Final = 14
_AFTER: Final = 6
# A verb in the future: سيعقد, ستجري. The exceptions are nouns of such letters.
FUTURE_VERB: Final = re.compile(
    "[وف]?س[يت](?!ا[رس]|د|ن[اه]?$|ط|ول|ره|ف|ه|ين|وك|ر|غ|و[ايه]|م[اي]|ون)[ء-ي]{3,}$"
)
_ANNOUNCED: Final = folded(
    "سوف المقرر المزمع المنتظر المتوقع يرتقب المرتقب ينتظر يتوقع يعتزم تعتزم المقررة المنتظرة المرتقبة المتوقعة"
    " برنامج المقبل القادم المقبلة القادمة بحلول"
)
#: Imperfects that announce, without their first letter: ينطلق, تنطلق. Those of saying are none.
_IMPERFECTS: Final = (
    "نطلق عقد بدأ نتقل ستأنف ستضيف جتمع لتقي تواصل جري تجرى صل خوض عود ستقبل دخل خضع واجه نظر ستكمل فتتح ختتم"
    " حتضن قام شارك لعب ستعد غادر توجه زور سافر تسلم تولى باشر سري حين حل صادف نتهي نظم نتظم دور حسم ناقش حيي قدم"
    " مثل لاقي سافر تجدد نعقد عرض صوت ستمر حتفل توقع رتقب"
)
_SCHEDULED: Final = frozenset(key(letter + stem) for letter in "يت" for stem in _IMPERFECTS.split())
_PAST: Final = folded(
    "قال قالت أعلن أعلنت أكد أكدت أضاف أضافت صرح صرحت أوضح أوضحت ذكر ذكرت كشف كشفت قتل قتلت أصيب أصيبت وصل وصلت"
    " زار زارت التقى التقت بدأ بدأت شن شنت وقع وقعت اندلع اندلعت شهد شهدت كان كانت عقد عقدت أوقف أوقفت اعتقل"
    " اعتقلت لقي نفذ نفذت استقبل استقبلت اجتمع اجتمعت افتتح افتتحت غادر غادرت اتهم اتهمت دعا دعت طالب طالبت حذر"
    " حذرت نفى نفت رفض رفضت وافق وافقت صوت أقر أقرت أصدر أصدرت نشر نشرت بث بثت أفاد أفادت أبلغ قصف قصفت استهدف"
    " استهدفت سقط سقطت انفجر انفجرت تعرض تعرضت هاجم هاجمت أطلق أطلقت فاز فازت خسر تعادل تغلب أعرب أعربت رحب رحبت"
    " انتقد انتقدت ندد نددت جرى جرت أجرى أجرت تم تمت تمكن تمكنت أقدم ضبط ضبطت ألقى ألقت تسلم توفي توفيت رست أقلع"
    " سجل سجلت ارتفع تراجع انتهى انتهت انطلق انطلقت بحث صادق قضى حضر شارك شاركت قرر قررت أقيم أقيمت شيع نظم نظمت"
    " دخل دخلت عاد عادت"
)
_NEGATED: Final = folded("لم كان كانت كانوا")
_CLAUSES: Final = folded("إن أن إنه أنه إنها أنها بأن بأنه بأنها إنهم أنهم")
_UNTIL: Final = folded("حتى غاية لغاية")


def tells_future(words: Sequence[Word], first: int, end: int) -> bool:
    """Whether the words around `[first, end)` tell of what is to come. The verb nearest before decides."""
    until = False
    for place in range(first - 1, max(first - _BEFORE, -1), -1):
        word = words[place]
        if word.fold in _SENTENCE_ENDS:
            break
        tense = _tense(word.fold)
        if tense < 0:
            return False
        if tense > 0 and words[place - 1].fold not in _NEGATED:
            return True
        until = until or word.fold in _UNTIL
    for place in range(end, end + _AFTER):
        word = words[place]
        if word.fold in _SENTENCE_ENDS or word.fold in _CLAUSES or _tense(word.fold) < 0:
            break
        if _tense(word.fold) > 0:
            return True
    return until


@lru_cache(maxsize=1 << 14)
def _tense(fold: str) -> int:
    """1 for words that announce, -1 for verbs that tell, 0 for others."""
    plain = fold[1:] if fold[:1] in {"و", "ف"} and len(fold) > 3 else fold
    if fold in _PAST or plain in _PAST:
        return -1
    announced = plain in _ANNOUNCED or plain in _SCHEDULED or fold in _SCHEDULED
    return 1 if announced or FUTURE_VERB.match(fold) else 0
