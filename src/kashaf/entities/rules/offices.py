"""Organisations whose name tells their business: an office, what it does, and to what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.phrases import after_adjectives, after_complement, body, is_namelike
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found

_OFFICES: Final = cues.word_set(
    """هيئة جهاز سلطة مكتب مركز مؤسسة صندوق منظمة جمعية شبكة برنامج مبادرة شركة وكالة دائرة بنك منتدى تحالف
    معهد مرصد اتحاد رابطة نقابة مصلحة مفوضية ديوان"""
)
_DOING: Final = cues.word_set(
    """تنظيم مكافحة حماية إدارة رعاية دعم متابعة تنمية تطوير مراقبة إغاثة شؤون حقوق حفظ تشغيل ترقية رصد إزالة إعادة
    توثيق ضمان أبحاث دراسات بحوث علوم إعمار صون تعزيز تنسيق سلامة أمن توزيع تسويق تشجيع ترويج مراجعة غوث تحرير
    مساندة مناصرة تمكين تأهيل إسكان استثمار تعليم تنفيذ"""
)
_PAIRED: Final = cues.word_set(
    """هيئة مجلس شركة لجنة مؤسسة مديرية جهاز سلطة غرفة بنك مصرف شبكة دائرة ديوان مجمع نقابة اتحاد رابطة جمعية
    منتدى مصلحة حزب"""
)
_PLACED: Final = cues.word_set("عمليات شرطة بلدية تنسيقية")
_HEADS: Final = _OFFICES | _PAIRED | _PLACED | cues.word_set("لجان لجنة غرفة غرف")
_MOST: Final = 8


def office_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations that say what they do."""
    for index, word in enumerate(page.folds[:-1]):
        if not is_one(word, _HEADS):
            continue
        held = taken.at(index)
        if held is not None and (held.type is None or held.source == "book"):
            continue
        found = first_found(_RULES, page, taken, index)
        if found is not None:
            yield found


def doing_office(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«هيئة تنظيم الاتصالات والبريد», «جهاز مكافحة الإرهاب»: an office, a deed, and what it is done to."""
    skip = letters_before(page.folds[index], _OFFICES)
    first, second = index + 1, index + 2
    if skip is None or not (page.joined(first) and page.joined(second)) or page.folds[first] not in _DOING:
        return None
    if page.folds[second][0] == "و" and not page.folds[second].startswith("وال"):
        second += 1  # «وكالة غوث وتشغيل اللاجئين»
        if not page.joined(second):
            return None
    if (skip and is_one(page.folds[index], cues.PROCESSES)) or not _definite_noun(page, taken, second, index):
        return None
    return body(page, index, _end(page, taken, index, second + 1) - 1, skip)


def placed_office(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«عمليات الأنبار», «شرطة دبي»: an office that bears the name of its place alone."""
    skip = letters_before(page.folds[index], _PLACED)
    place = taken.at(index + 1)
    if skip is None or not page.joined(index + 1) or place is None or place.type != "place":
        return None
    if place.first != index + 1 or place.skip:
        return None
    return body(page, index, place.last, skip)


def local_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«لجان مقاومة كرري», «غرفة طوارئ أبو جبيهة»: two words that only a place follows, known or not."""
    skip = letters_before(page.folds[index], _LOCAL)
    kind, start = index + 1, index + 2
    if skip is None or not (page.joined(kind) and page.joined(start)) or page.folds[kind] not in _LOCAL_KINDS:
        return None
    held = taken.at(start)
    if held is not None and not (held.source == "tagger" and held.first <= kind):
        whole = held.first == start and not held.skip and held.type in {"place", "person"}
        return body(page, index, held.last, skip) if whole else None
    compound = page.folds[start] in cues.COMPOUND_STARTS | cues.DIRECTIONS
    if not (compound or is_namelike(page, start)) or page.folds[start] in _DESCRIBING:
        return None
    last = start
    if compound and page.joined(start + 1):
        last += 1
    return body(page, index, last, skip)


_LOCAL: Final = cues.word_set("لجان لجنة غرفة غرف تنسيقية")
_LOCAL_KINDS: Final = cues.word_set("مقاومة طوارئ")
_DESCRIBING: Final = cues.word_set("شعبية محلية مشتركة خاصة الأحياء المدينة الولاية المنطقة الاحتلال الطوارئ")


def _definite_noun(page: Page, taken: Taken, index: int, head: int) -> bool:
    word = page.folds[index]
    return (
        word.startswith("ال")
        and len(word) > 4
        and is_namelike(page, index)
        and _is_free(taken, index, head)
        and not word.endswith("يين")
    )


def _pair(page: Page, taken: Taken, index: int, head: int) -> bool:
    word = page.folds[index]
    return (
        word.startswith("وال")
        and len(word) > 5
        and word[1:] not in cues.NEVER
        and word[1:] not in cues.TITLES
        and word[1:] not in cues.NATIONALITIES
        and _is_free(taken, index, head)
    )


def _is_free(taken: Taken, index: int, head: int) -> bool:
    held = taken.at(index)
    return held is None or (
        held.source == "tagger" and held.type == "organization" and held.first in {head, head + 1}
    )


def _end(page: Page, taken: Taken, head: int, at: int) -> int:
    """The word after the pairs, the adjectives and the complement that begin at a word."""
    while page.joined(at) and at - head < _MOST and _pair(page, taken, at, head):
        at += 1
    at = after_adjectives(page, at, 2)
    return max(at, after_complement(page, at))


_RULES: Final[Rules] = (
    ("doing_office", doing_office),
    ("placed_office", placed_office),
    ("local_body", local_body),
)
