"""How far the words of an organisation's name go: adjectives, complements, and what may begin one."""

from __future__ import annotations

from typing import Final

from kashaf.entities.page import Page
from kashaf.entities.rules import cues
from kashaf.entities.rules.spans import Candidate, form_of

_ADJECTIVES: Final = cues.word_set(
    "العامة العام المركزي الأعلى العليا المستقلة المتحدة الأحمر الخاصة الحر المشترك المشتركة الموحد الجامعي الموحدة"
)
# «للرقابة على الدواء», «للدفاع عن الحريات»
_GOVERNING: Final = cues.word_set(
    "للرقابة للدفاع للحفاظ للإشراف للمحافظة للكشف للحد للتعاون للتبليغ للبحث للتضامن"
)
# Definite adjectives of the lists that do belong to names of bodies.
_OF_NAMES: Final = _ADJECTIVES | cues.word_set(
    """الوطني الوطنية السياسي السياسية الاقتصادي الاقتصادية العسكري العسكرية التنفيذي التنفيذية الدولي الدولية
    الإعلامي الإعلامية الإقليمي الإقليمية الانتقالي البحري البحرية الميداني الحكومي الحكومية"""
)
# الكتاب السودانيين
_PEOPLES: Final = frozenset(
    word for word in cues.NATIONALITIES if word.startswith("ال") and word.endswith("ين")
)
_NEVER_OF_NAMES: Final = ((cues.ADJECTIVES - cues.NATIONALITIES) - _OF_NAMES) | cues.word_set(
    "الرئيسي الرئيسية الرئيسة الأخرى الأجنبي الأجنبية المعادية"
)


def is_adjective(page: Page, index: int) -> bool:
    """Whether a word is a definite adjective by its form, or one that names of bodies have."""
    word = page.folds[index]
    if not word.startswith("ال") or len(word) < 5 or word in cues.NEVER or page.exacts[index][0] == "إ":
        return False  # إلهامي is somebody
    return word in _ADJECTIVES or word.endswith(("ي", "يه"))


def after_adjectives(page: Page, index: int, most: int = 3) -> int:
    """The word after the adjectives that begin at a word and may be of a name; `index` when there are none."""
    at = index
    while (
        page.joined(at)
        and at - index < most
        and (is_adjective(page, at) or page.folds[at] in _PEOPLES)
        and page.folds[at] not in _NEVER_OF_NAMES
    ):
        at += 1
    return at


def after_complement(page: Page, index: int) -> int:
    """The word after a complement in ل: «للحبوب», «لحقوق الإنسان», «للبحوث والدراسات»; `index` when there is none."""
    at = index
    if not page.joined(at) or page.folds[at][0] != "ل" or page.folds[at] in cues.NEVER:
        return index
    if page.folds[at].startswith("لل") and len(page.folds[at]) > 4:
        at += 1
    elif page.folds[at] in cues.BUSINESSES and page.joined(at + 1) and page.folds[at + 1].startswith("ال"):
        at += 2
    else:
        return index
    if (
        page.folds[at - 1] in _GOVERNING
        and page.joined(at)
        and page.folds[at] in {"علي", "عن", "في", "من", "مع"}
    ):
        definite = page.joined(at + 1) and page.folds[at + 1].startswith("ال")
        return at + 2 if definite and page.folds[at + 1] not in cues.NEVER else at
    while page.joined(at) and (is_adjective(page, at) or page.folds[at].startswith("وال")) and at - index < 4:
        if page.folds[at] in cues.NATIONALITIES or page.folds[at].removeprefix("و") in cues.NEVER:
            break
        at += 1
    return at


def is_namelike(page: Page, index: int) -> bool:
    """Whether a word may stand right behind the head of a body's name."""
    word = page.folds[index]
    return (
        len(word) > 2
        and "\u0621" <= word[0] <= "\u064a"
        and word not in cues.NEVER
        and word not in cues.ADJECTIVES
        and word not in cues.DIRECTIONS
        and not page.indefinite_accusative(index)
        and not word.startswith(("بال", "وال", "فال", "كال", "لل"))
    )


def body(page: Page, first: int, last: int, skip: int) -> Candidate:
    """An organisation by cue."""
    return Candidate(first, last, skip, form_of(page, first, last, skip), "organization", "cue")
