"""Organisations with a name of their own, not a description: companies, outlets, clubs, parties, groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.people import looks_inflected
from kashaf.entities.rules.phrases import after_complement, body, is_namelike
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found
from kashaf.entities.tagger.lexicon import PLACE, Lexicon

_HEADS: Final = cues.QUOTED_HEADS | cues.WEAK_HEADS
#: Words that end names of companies, outlets, clubs and foundations, as the press spells them.
_TAILS: Final = cues.word_set(
    """نيوز برس بريس أونلاين بوست تايمز جورنال ريفيو تريبيون هيرالد أوبزرفر ويكلي ماغازين ريبورتس واتش ووتش ميديا
    بانوراما جروب غروب كابيتال هولدينغ هولدنغ هولدنج هولدينج القابضة بارتنرز فنتشرز فينتشرز إنفست إنفستمنت إنفستمنتس
    فاينانس فاينانشال سيكيوريتي سيكيوريتيز كوربوريشن إنترناشونال إنترناشيونال كونسلتينغ كونسلتنغ سوليوشنز
    سيستمز سيرفيسز نتورك نتوورك تكنولوجي تكنولوجيز سوفت سوفتوير ديجيتال داتا روبوتيكس لابس لابز تلكوم تيليكوم تليكوم
    موبايل إنرجي إينرجي إنيرجي بتروليوم أويل ريسورسز مايننغ ماينينغ ماينينج غولد جولد سولار باور إلكتريك إليكتريك
    إلكترونيكس موتورز إيرلاينز إيروايز إيرويز أفييشن إيروسبيس كارغو كارجو شيبينغ شيبنغ لوجستيكس لوجستكس ماريتايم
    ترانسبورت إكسبريس كونستركشن إنجنيرينغ ديفيلوبمنت ديفلوبمنت بروبرتيز تكستايل غارمنتس كيميكالز فارما ميديكال هيلث
    كلينك كلينيك ريليف فونديشن فاونديشن فاونديشين إنستيتيوت إنستتيوت فود فودز ماركت مول ستورز سبورت سبورتس سبور
    يونايتد سيتي ستوديوز بيكتشرز بوكس فايبر تورز هوتيلز"""
)
#: What companies do, with للـ: the name before it is one of theirs.
_TRADES: Final = cues.word_set(
    """للإنشاءات للمقاولات للاستثمار للاستثمارات للتأمين للطيران للنقل للشحن للاتصالات للطاقة للطاقات للبترول للصلب
    للأسمنت للإسمنت للسكر للأدوية للأغذية للسياحة للعقارات للتطوير للإعلان للإنتاج للنشر للمحاماة للاستشارات
    للصيانة للتجارة للتوريدات للصرافة للوساطة للسمسرة للخزف للطرق للحديد للألمنيوم للأسمدة للكيماويات للغزل للألبان
    للتعدين للموانئ للملاحة للإلكترونيات للبرمجيات للهندسة للمعارض للفنادق للحراسة للصناعات للتنقيب للاستزراع"""
)
_MOST: Final = 2


def brand_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations under a name of their own."""
    for index, word in enumerate(page.folds):
        if word in _TAILS or word in _TRADES:
            found = first_found(_OF_ENDS, page, taken, index)
        elif word[0] == "و" and taken.type_at(index - 1) == "organization":
            found = first_found(_OF_ROWS, page, taken, index)
        elif is_one(word, _HEADS):
            held = taken.at(index)
            if held is not None and (held.length > 1 or held.source == "book"):
                continue
            found = first_found(_RULES, page, taken, index)
        else:
            continue
        if found is not None:
            yield found


def business_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«جمعية رمال للبيئة والتراث», «شركة الهضاب الزرقاء للتعدين»: a head, one or two words, a complement in لل."""
    skip = letters_before(page.folds[index], _HEADS)
    if skip is None:
        return None
    at = index + 1
    if not page.joined(at) or not _begins_a_name(page, taken, at, skip):
        return None
    if taken.at(index) is not None or taken.type_at(at) == "organization":
        return None
    while page.joined(at) and at - index <= _MOST:
        held = taken.at(at)
        if held is not None and (held.type is None or (held.source == "book" and held.length > 1)):
            return None
        describes = at > index + 1 and page.folds[at].startswith("ال")
        if not (is_namelike(page, at) or describes) or page.folds[at].endswith("ا"):
            return None
        at += 1
        if page.joined(at) and page.folds[at].startswith("لل"):
            end = after_complement(page, at)
            return body(page, index, end - 1, skip) if end > at else None
    return None


def _begins_a_name(page: Page, taken: Taken, index: int, skip: int) -> bool:
    """Whether a word behind a head is a name more likely than a description: rare, somebody's, or definite."""
    if page.rare(index):
        return not looks_inflected(page, index)
    if taken.at(index) is not None:
        return True
    process = letters_before(page.folds[index - 1], cues.PROCESSES) is not None
    return page.folds[index].startswith("ال") and not process and not skip


def brand_tail(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«نوارس نيوز», «سوليدار فونديشن»: a word that names end in, with the name or the word before it, and the rare
    words before that one."""
    held = taken.at(index)
    if page.folds[index] not in _TAILS or (
        held is not None and held.type == "organization" and held.length > 1
    ):
        return None
    if page.joined(index + 1) and page.folds[index + 1].startswith("لل"):
        return None  # «القابضة للقطن» begins a name
    first = _name_before(page, taken, index)
    if first is None:
        return None
    lexicon, whole = page.lexicon, " ".join(page.folds[first : index + 1])
    if isinstance(lexicon, Lexicon) and lexicon.names.get(whole, 0) & PLACE:
        return None  # مكسيكو سيتي
    return body(page, first, index, _glued(taken, first))


def trade_tail(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حسن علام للإنشاءات», «كيمت للصيانة»: a trade with للـ behind a name, where the tagger sees something of a name
    in the trade too: «سافر إلى دبي للتجارة» tells of none."""
    if page.folds[index] not in _TRADES:
        return None
    held = taken.at(index - 1)
    if held is not None and held.type == "organization":
        return None
    if not page.tags or page.doubt(index) < _SEEN:
        return None
    first = _name_before(page, taken, index)
    return None if first is None else body(page, first, index, _glued(taken, first))


_SEEN: Final = 0.15


def _name_before(page: Page, taken: Taken, index: int) -> int | None:
    """The first word of the name that ends before a word: somebody's, or a namelike word and the rare ones before."""
    first = index - 1
    if not page.joined(index):
        return None
    held = taken.at(first)
    if held is not None:
        if held.type is None or held.length > _LONGEST or (held.source == "book" and held.type == "person"):
            return None
        return held.first
    if not is_namelike(page, first) or is_one(page.folds[first], _HEADS) or looks_inflected(page, first):
        return None
    while (
        first
        and index - first < _LONGEST
        and page.joined(first)
        and page.rare(first - 1)
        and is_namelike(page, first - 1)
        and not taken.at(first - 1)
        and not looks_inflected(page, first - 1)
    ):
        first -= 1
    return first


_LONGEST: Final = 3


def _glued(taken: Taken, first: int) -> int:
    held = taken.at(first)
    return held.skip if held is not None else 0


def brand_row(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«جلينكور وبونجي»: a rare word with و behind an organisation, where the tagger has its doubts."""
    if page.folds[index][0] != "و" or not page.joined(index) or taken.at(index) is not None:
        return None
    if taken.type_at(index - 1) != "organization" or not (page.rare(index) and page.rare(index, 1)):
        return None
    if len(page.folds[index]) < 4 or looks_inflected(page, index) or page.doubt(index) < _IN_A_ROW:
        return None
    return body(page, index, index, 1) if page.tags else None


_IN_A_ROW: Final = 0.1


_RULES: Final[Rules] = (("business_body", business_body),)
_OF_ENDS: Final[Rules] = (("brand_tail", brand_tail), ("trade_tail", trade_tail))
_OF_ROWS: Final[Rules] = (("brand_row", brand_row),)
