"""Organisations in quotation marks: the name is what the marks enclose, without the head before it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found, form_of

_MOST: Final = 6
_MOST_ALONE: Final = 3
_BRACKETS: Final = frozenset("([")
_CALLED: Final = cues.word_set("تدعى يدعى تسمى يسمى المسماة المسمى باسم اسمها اسمه المعروفة المعروف باسمها")
_TALKS: Final = cues.word_set(
    """حديث تصريح تصريحات مقابلة حوار لقاء خاص قال قالت أكد أكدت أوضح أوضحت صرح صرحت أضاف أضافت كشف كشفت
    ذكر ذكرت تصريحه تصريحها حديثه حديثها تصريحاته"""
)
_POSTS: Final = (
    cues.TITLES
    | cues.CONSTRUCT_TITLES
    | cues.word_set(
        "محرر محررة مراسل مراسلة موظف موظفة مصور الموظف الموظفة المؤسس المؤسسة الشريك الشريكة المستثمر المحرر المحررة"
    )
)
_FOR: Final = frozenset({"ل", "الي", "مع", "عن", "وفق", "بحسب", "حسب"})
_BODY_STARTS: Final = (
    cues.QUOTED_HEADS
    | cues.word_set(
        """لجان مبادرة صندوق مجلس قوات جيش كتلة مرصد منتدى تجمع ديوان مكتب بعثة دار أكاديمية حراك ملتقى سرايا
        غرفة وحدات"""
    )
    | cues.DEFINITE_HEADS
    | cues.DESCRIBED_HEADS
    | cues.word_set("التيار الحركة الجبهة التحالف الائتلاف الإطار التجمع الكتلة القوات الجيش الحراك الملتقى")
)


def quoted_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations in quotation marks."""
    last = -1
    for index in range(len(page)):
        if index <= last or not _opens(page, index):
            continue
        found = first_found(_RULES, page, taken, index)
        if found is not None:
            last = found.last
            yield found


def _opens(page: Page, index: int) -> bool:
    gap = page.gaps[index]
    return gap not in {" ", ""} and page.opener(index) not in {"", *_BRACKETS}


def quoted_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حركة "الغد"», «شركة محلية "نسمة"»: a head, with an adjective or not, then the name."""
    head = index - 1
    is_head = head >= 0 and is_one(page.folds[head], cues.QUOTED_HEADS)  # «جمعية» ends as adjectives do
    if head >= 0 and not is_head and page.joined(head) and _describes(page.folds[head]):
        head -= 1
    if head < 0 or not page.joined_or_opened(index) or "\n" in page.gaps[index]:
        return None
    if not is_one(page.folds[head], cues.QUOTED_HEADS):
        return None
    return _name(page, taken, index, _MOST)


def quoted_whole(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«"صندوق الضيعة للإعمار"»: what stands in the marks begins with a head itself, and has words behind it."""
    if not is_one(page.folds[index], _BODY_STARTS):
        return None
    found = _name(page, taken, index, _MOST, _INSIDE)
    if found is None or found.length < 2:
        return None
    rest = page.folds[index + 1 : found.last + 1]
    definite = any(word.startswith(("ال", "لل")) for word in rest) or page.folds[index].startswith("ال")
    described = any(word.endswith(("ي", "يه")) or word in cues.ADJECTIVES for word in rest)
    return found if rest[0] not in cues.NEVER and (definite or not described) else None


def quoted_called(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حركة جديدة تدعى "نهضة السواقي"»: a head some words before, and a word that gives a name."""
    if not (page.joined_or_opened(index) and page.fold_at(index - 1) in _CALLED):
        return None
    for back in range(index - 2, max(index - 6, -1), -1):
        if not page.joined_or_opened(back + 1):
            return None
        if is_one(page.folds[back], cues.QUOTED_HEADS):
            return _name(page, taken, index, _MOST)
    return None


def quoted_listener(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في حديث إلى "المرفأ"», «قال لـ"المرفأ"»: to whom somebody spoke."""
    if index < 2 or page.folds[index - 1] not in _FOR:
        return None
    for back in range(index - 2, max(index - 6, -1), -1):
        if is_one(page.folds[back], _TALKS):
            return _name(page, taken, index, _MOST_ALONE)
        if not page.joined(back + 1) and page.gaps[back + 1].strip() not in {"،", ","}:
            return None
    return None


def quoted_employer(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«الخبيرة في "مباشر المالية"»: a post, في, the name."""
    if index < 2 or page.folds[index - 1] != "في" or not page.joined(index - 1):
        return None
    at = index - 2
    if page.joined(at) and _describes(page.folds[at]):
        at -= 1
    if at < 0 or not is_one(page.folds[at], _POSTS):
        return None
    return _name(page, taken, index, _MOST_ALONE)


def quoted_listed(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حزب الميزان ثم "صادقون"»: behind or before an organisation, joined with و, ثم, أو or a comma."""
    before = index - 1
    lone = page.fold_at(before) in _JOINING
    if lone:
        before -= 1
    comma = page.gaps[index].strip(_MARKS) in {"،", ","} or (
        lone and page.gaps[index - 1].strip() in {"", "،", ","}
    )
    if not comma or taken.type_at(before) != "organization" or "\n" in page.gaps[index]:
        found = _name(page, taken, index, _MOST_ALONE)
        if found is None or page.fold_at(found.last + 1)[:1] != "و":
            return None
        held = taken.at(found.last + 1)
        return found if held and held.type == "organization" and held.skip == 1 else None
    return _name(page, taken, index, _MOST_ALONE)


_JOINING: Final = frozenset({"و", "ثم", "او"})
_MARKS: Final = " \"'«»“”„‘’\u00a0"


def quoted_rare(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«مقر قيادة "تحمب"», «عناصر "رتب"»: one word that is in no list, behind who leads, serves or fights it."""
    if not page.rare(index) or not page.joined_or_opened(index) or not page.enclosed(index, index):
        return None
    return _name(page, taken, index, 1) if is_one(page.fold_at(index - 1), _OF_BODIES) else None


_OF_BODIES: Final = cues.word_set(
    """قيادة مقر عناصر مقاتلي مقاتلو مسلحي مسلحو قوات سفن قائد زعيم أنصار أعضاء ضد لدى مديرة مدير رئيس رئيسة قيادي
    موظفي موظفو مكاتب مكتب"""
)


_NUMBERS: Final = cues.word_set("واحد ثلاثة أربعة خمسة ستة سبعة ثمانية تسعة عشرة مليون ألف")
# عين is also an eye, قدم a foot
_INSIDE: Final = cues.word_set("عين قدم") | cues.LOCATIVES | cues.word_set("على بلا أجل ضد مع بعد")


def _name(
    page: Page, taken: Taken, start: int, most: int, inside: frozenset[str] = cues.LOCATIVES
) -> Candidate | None:
    """The words between the mark before a word and the one that closes it, when they may be a name.

    inside: particles that may stand within it.
    """
    opener = page.opener(start)
    for last in range(start, min(start + most, len(page))):
        word = page.folds[last]
        if last > start and not page.joined(last):
            return None
        held = taken.at(last)
        if held is not None and held.source == "book" and (held.length > 1 or last == start):
            return None
        counted = last > start and word in _NUMBERS
        if not counted and word in cues.NEVER and (last == start or word not in inside):
            return None
        if page.closed_after(last, opener) is not None:
            if last == start and (len(word) < 3 or is_one(word, cues.NATIONALITIES)):
                return None
            return Candidate(start, last, 0, form_of(page, start, last), "organization", "cue")
    return None


def _describes(word: str) -> bool:
    return word in cues.ADJECTIVES or word.endswith(("ي", "يه"))


_RULES: Final[Rules] = (
    ("quoted_body", quoted_body),
    ("quoted_whole", quoted_whole),
    ("quoted_called", quoted_called),
    ("quoted_listener", quoted_listener),
    ("quoted_employer", quoted_employer),
    ("quoted_listed", quoted_listed),
    ("quoted_rare", quoted_rare),
)
