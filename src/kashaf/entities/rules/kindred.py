"""Words that keep the company of places: of a cluster in which the tagger's lists know many for places."""

from __future__ import annotations

from typing import Final

import numpy as np

from kashaf.entities.rules import cues
from kashaf.entities.tagger.lexicon import PLACE, Lexicon

#: A cluster of places has this share of known ones, and this many words.
_SHARE: Final = 0.15
_SIZE: Final = 15
#: Words of such clusters that are none.
_COMMON: Final = (
    cues.PLACE_CUES
    | cues.WEAK_PLACE_HEADS
    | cues.WEAK_PLACE_KINDS
    | cues.COMPOUND_STARTS
    | cues.LOCATIVES
    | cues.word_set(
        """المدينة العاصمة الولاية البلدة القرية المحافظة الجزيرة القارة الأرخبيل الجزر الإقليم المنطقة الإمارة
        المملكة الجمهورية الدولة مقر مقرها مقره مركز فرع مشارف واقعة حامية مزرعة جامعة موقع سفارة قنصلية
        الجامعة السفارة مسجد المسجد الكنيسة كنيسة دير الميناء المطار العالم الأحد الاثنين الثلاثاء الأربعاء
        الخميس الجمعة السبت مساء صباح أمس يوم كوكب بلاد البلاد قارة مدخل منتزه الخارج الحدود الشمال الجنوب
        الشرق الغرب الساحل السواحل ابتدائية أبرشية أخبار أنباء أرخبيل أرض أرضا أرياف استاد ستاد استعماري
        أسقفية إعدادية ثانوية أقاصي إقليم إقليما اثنتان ازدحاما إقطاعية إيالة الأنباء البلد البلدان
        البروفيسور التوأم الجمارك الجمرك الجمباز الحرام الزاحف الضفة الطريق العارض العجوز العجوزة العامرة
        القبطان القبة القس القطع القفزة القفز المتحدة المتفرع المحترم المحررة الملياردير المقاطعة المنتجع
        المنتزه الوطن اليورو الكريكت الجولف البلياردو الطريف العيار النبيل الغار الغابة النحاس الجمل بيان
        وسط قلب مدرسة مدارس ملتقى بورصة رالي تخوم واحة ضريح جزر شعوب مقاطعة منتجع متنزه مستنقع ملاهي مصادر
        مسلك موقعا مقرا مقربة معهدا ملعبا مكتبا مديرية مطران مطرانية معتمدية متصرفية مأمورية حظيرة حلبة
        حدودية حصن حصون حصينة ضيعة عزبة غار قوافل قراصنة قصرا قصبة قناطر كلينيك نخل نفق نقلا شطري شعاب سكنه
        صاعد صحاري صرب درع ترعة تقارير تربص تظاهرة تعمير تحتل ثغر حاجب حومة حران سنجق سكواش إسكواش غولف غوطة
        فيل فيلا فيلق فرعا فرعي فدرالية ناتو الناتو غور الغور الروضة الستر الخان الكوم اليابسة الباطنة أهرام
        الأهرام رويترز موتورز قاطن فنار مخبزة مدافن منقطة ميت نجوع الباب السوق النهر البحر الوادي الجبل
        القصر القلعة التل الخندق السد المرسى الشاطئ الجبال"""
    )
)
_held: tuple[Lexicon, frozenset[str]] | None = None


def kindred(lexicon: Lexicon) -> frozenset[str]:
    """The folded words of a lexicon that are used as places are. Counted once for a lexicon."""
    global _held  # noqa: PLW0603
    if _held is None or _held[0] is not lexicon:
        _held = (lexicon, _counted(lexicon))
    return _held[1]


def _counted(lexicon: Lexicon) -> frozenset[str]:
    classes = np.asarray(lexicon.cluster_table)[:, 2]
    if not classes.size:
        return frozenset()
    names = lexicon.names
    known = [row for word, row in lexicon.clusters.items() if names.get(word, 0) & PLACE]
    size = np.bincount(classes)
    share = np.bincount(classes[known], minlength=size.size) / np.maximum(size, 1)
    chosen = ((share >= _SHARE) & (size >= _SIZE))[classes].tolist()
    return frozenset(word for word, row in lexicon.clusters.items() if chosen[row]) - _COMMON
