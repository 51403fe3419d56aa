"""Clubs in reports of matches: their names are common words (الفتح، التعاون), what stands around them is not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.phrases import body, is_namelike
from kashaf.entities.rules.spans import Candidate, Taken

_GAME: Final = cues.word_set(
    """مباراة المباراة مباريات الدوري دوري هدف أهداف هدفا ركلة شباك مرمى المرمى ملعب الملعب مدرب المدرب لاعب الشوط
    كأس الكأس بطولة البطولة الجولة نقاط النقاط الهداف سجل التعادل مهاجم حارس"""
)
#: How many words of the game make a report of a match.
_ENOUGH: Final = 5
_BESIDE: Final = cues.word_set("ضيفه ضيفها مضيفه مضيفها نظيره غريمه جاره شباك مرمى وضيفه")
_MEETS: Final = cues.word_set(
    """تعادل فاز خسر تغلب هزم يستضيف استضاف يواجه واجه يلاقي لاقى سحق أسقط تفوق وتعادل وفاز وخسر وتغلب ويستضيف
    ويواجه"""
)
_AGAINST: Final = cues.word_set("مع على أمام ضد")
_NOT_CLUBS: Final = cues.word_set(
    """الفريق المنتخب المباراة الدوري اللقاء الشوط النتيجة المدرب الحكم الكرة الملعب الجمهور الصدارة الترتيب النقاط
    الثلاث الهدف المرمى الضيوف الأرض البطل الكأس اللقب الدور الموسم الرغم الأقل الجميع الآخر الطرفان الفريقان"""
)


def club_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Clubs that the verbs and nouns of a match show; nothing where no match is reported."""
    if sum(word in _GAME for word in page.folds) < _ENOUGH:
        return
    for index, word in enumerate(page.folds):
        if word in _BESIDE:
            if (found := club_beside(page, taken, index + 1)) is not None:
                yield found._replace(rule="club_beside")
        elif word in _PLAYERS:
            if (found := club_player(page, taken, index)) is not None:
                yield found._replace(rule="club_player")
        elif word in _MEETS:
            yield from club_meets(page, taken, index)


def club_beside(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«على ضيفه الاتحاد», «في شباك الرياض»: a definite word that is no adjective and nobody's."""
    if not page.joined(index) or taken.at(index) is not None:
        return None
    if (named := _of_two(page, taken, index)) is not None:
        return named
    word = page.folds[index]
    if not word.startswith("ال") or len(word) < 5 or word in _NOT_CLUBS or word in cues.NEVER:
        return None
    if word in cues.ADJECTIVES or word in cues.TITLES or word.endswith(("ي", "يه")):
        return None
    return body(page, index, index, 0)


def _of_two(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«أسود المرسى», «نجوم الفيروز»: a noun and a definite noun."""
    last = index + 1
    if not page.joined(last) or taken.at(last) is not None or page.folds[index].startswith("ال"):
        return None
    if not (is_namelike(page, index) and is_namelike(page, last)) or page.folds[index] in GIVEN:
        return None
    word = page.folds[last]
    if not word.startswith("ال") or page.exacts[last].endswith(("ي", "ية")) or word in _NOT_CLUBS:
        return None
    return (
        None if page.folds[index] in _GAME or page.folds[index].endswith("ه") else body(page, index, last, 0)
    )


def club_player(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«مهاجم نجوم الفيروز», «حارس أسود المرسى»: a place in the team, a name of two words."""
    return _of_two(page, taken, index + 1) if page.joined(index + 1) and not taken.at(index + 1) else None


_PLAYERS: Final = cues.word_set("مهاجم حارس جناح مدافع مدرب لاعب صفوف لاعبي جماهير هداف قائد نجم")


def club_meets(page: Page, taken: Taken, index: int) -> Iterator[Candidate]:
    """«تعادل التعاون مع الفتح»: a verb of the game, a club, a preposition, a club."""
    first = club_beside(page, taken, index + 1)
    at = index + 2 if first is not None else index + 1
    if first is None and taken.type_at(index + 1) != "organization":
        return
    for against in range(at, min(at + 3, len(page) - 1)):
        if not page.joined(against):
            return
        if page.folds[against] in _AGAINST:
            after = against + 2 if is_one(page.fold_at(against + 1), _BESIDE) else against + 1
            second = club_beside(page, taken, after)
            known = taken.type_at(after) in {"organization", "place"}
            if second is None and not known:
                return
            for found in (first, second):
                if found is not None:
                    yield found._replace(rule="club_meets")
            return
