"""Organisations with a name of their own, not a description: companies, outlets, clubs, parties, groups."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.people import looks_inflected
from kashaf.entities.rules.phrases import after_adjectives, after_complement, body, is_namelike
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found
from kashaf.text.fold import fold_word

_HEADS: Final = cues.QUOTED_HEADS | cues.WEAK_HEADS
#: Heads that are part of the name when a name of one word follows.
_KEPT: Final = cues.word_set("حزب جمعية مركز مؤسسة معهد اتحاد بنك مصرف حركة كتائب تيار جبهة")
_NAMING: Final = cues.word_set(
    """شركة حزب منصة موقع قناة صحيفة وكالة مجلة شبكة إذاعة تطبيق مجموعة بنك مصرف نادي حركة جماعة تنظيم كتائب فصيل
    ميليشيا مليشيا مؤسسة منظمة مركز جمعية جريدة تيار ميليشيات شركتي"""
)
_TAILS: Final = cues.word_set(
    """نيوز برس أونلاين بوست تايمز جورنال ريفيو ميديا جروب كابيتال هولدينغ هولدنغ إنرجي تكنولوجي تكنولوجيز
    سيكيوريتي إيرلاينز للطيران إيروايز موتورز بتروليوم فارما سبورت سبورتس لوجستيكس كوربوريشن إنترناشونال"""
)
_MOST: Final = 2


def brand_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations under a name of their own."""
    for index, word in enumerate(page.folds):
        if index + 1 < len(page) and (is_one(word, _HEADS) or word in _TAILS or word in _LETTER_STARTS):
            held = taken.at(index)
            if held is not None and (held.length > 1 or held.source == "book"):
                continue
            found = first_found(_RULES, page, taken, index)
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


def named_brand(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«شركة سنديان», «حزب رشاد»: a head and a word that is in no list."""
    skip = letters_before(page.folds[index], _NAMING)
    start = index + 1
    if skip is None or not page.joined(start) or taken.at(start) or not page.rare(start):
        return None
    if (
        not is_namelike(page, start)
        or looks_inflected(page, start)
        or page.folds[start].endswith(("ي", "يه"))
    ):
        return None
    last = start
    if (
        page.joined(start + 1)
        and page.rare(start + 1)
        and is_namelike(page, start + 1)
        and not taken.at(start + 1)
    ):
        last = start + 1
    if letters_before(page.folds[index], _KEPT) is None:
        return body(page, start, last, 0)
    return body(page, index, after_adjectives(page, last + 1, 2) - 1, skip)


def brand_tail(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«نوارس نيوز», «الوادي برس»: a word that names end in, with the word before it."""
    first = index - 1
    if page.folds[index] not in _TAILS or first < 0 or not page.joined(index) or taken.at(first):
        return None
    if page.folds[index].startswith("لل") or not is_namelike(page, first):
        return None
    return None if is_one(page.folds[first], _HEADS) else body(page, first, index, 0)


def letters_body(page: Page, _taken: Taken, index: int) -> Candidate | None:
    """«إم إس سي», «كيه بي إم جي»: the names of three Latin letters or more; of two where the tagger sees a name."""
    last = index
    skip = 0 if page.folds[index] in _LETTERS else 1
    if page.folds[index] not in _LETTER_STARTS:
        return None
    while page.joined(last + 1) and page.folds[last + 1] in _LETTERS:
        last += 1
    if page.joined(index) and page.folds[index - 1] in _LETTER_STARTS:
        return None
    count = last - index + 1
    if count < 3 or " ".join(page.folds[index : last + 1]) in _THINGS:
        return None
    return body(page, index, last, skip)


_LETTERS: Final = cues.word_set(
    "إي بي سي دي إف جي إتش آي جيه كيه إل إم إن كيو آر إس تي يو دبليو إكس واي زد إيه"
)
_LETTER_STARTS: Final = _LETTERS | {"و" + letter for letter in _LETTERS}
_THINGS: Final = frozenset(
    " ".join(fold_word(word) for word in line.split())
    for line in (
        "آر بي جي",
        "بي إتش بي",
        "دي إن إيه",
        "بي سي آر",
        "جي بي إس",
        "آر إن إيه",
        "يو إس بي",
        "إل إي دي",
        "بي دي إف",
    )
)

_RULES: Final[Rules] = (
    ("business_body", business_body),
    ("named_brand", named_brand),
    ("brand_tail", brand_tail),
    ("letters_body", letters_body),
)
