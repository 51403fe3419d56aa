"""Organisations by cue: their heads with a complement, a name in quotation marks, or an acronym in brackets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.phrases import after_adjectives, after_complement, body, is_adjective, is_namelike
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found

_HEADS: Final = (
    cues.QUOTED_HEADS
    | cues.DEFINITE_HEADS
    | cues.DESCRIBED_HEADS
    | cues.WEAK_HEADS
    | cues.UNITS
    | cues.GUARDS
    | cues.PLACED_HEADS
    | cues.MORE_HEADS
)
_POWERS: Final = cues.word_set("القيادة الإدارة السلطة")
_BANKS: Final = cues.word_set("البنك المصرف")
_MOST: Final = 8
#: From this probability on the tagger's own bounds hold.
_SURE: Final = 0.85
#: What the tagger must give a head or the word behind it for a doubtful rule to count, and for a weak head.
_DOUBT: Final = 0.1
_WEAK_DOUBT: Final = 0.1


def body_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations that a head announces."""
    last = -1
    for index, word in enumerate(page.folds):
        if index <= last or not is_one(word, _HEADS):
            continue
        held = taken.at(index)
        if held is not None and not _may_grow(held, index):
            continue
        found = first_found(_RULES, page, taken, index)
        if found is not None:
            last = found.last
            yield found


def _may_grow(held: Candidate, index: int) -> bool:
    """Whether a name that holds a head leaves room for a longer one: one word, or the tagger's organisation."""
    if held.type is None:
        return False
    own = held.source == "tagger" and held.type == "organization" and held.first == index
    return held.length == 1 or (own and held.chance < _SURE)


def definite_body(page: Page, _taken: Taken, index: int) -> Candidate | None:
    """«المؤسسة العامة للحبوب»: a definite head, adjectives, and a complement in ل that names its business."""
    skip = letters_before(page.folds[index], cues.DEFINITE_HEADS)
    if skip is None:
        return None
    at = index + 1
    while page.joined(at) and is_adjective(page, at) and at - index < 4:
        at += 1
    if at == index + 1 or not page.joined(at):
        return None
    end = after_complement(page, at)
    return body(page, index, end - 1, skip) if end > at else None


def described_body(page: Page, _taken: Taken, index: int) -> Candidate | None:
    """«التيار الوطني الشيعي», «البنك المركزي»: a definite head with two adjectives, or one where that is enough."""
    skip = letters_before(page.folds[index], cues.DESCRIBED_HEADS)
    if skip is None or (page.joined(index) and is_one(page.folds[index - 1], cues.MINISTERS)):
        return None
    at = after_adjectives(page, index + 1)
    count = at - index - 1
    if count == 1 and page.folds[index + 1] in cues.NATIONALITIES and is_one(page.folds[index], _POWERS):
        return None  # «القيادة السورية» is whoever leads
    strong = letters_before(page.folds[index], cues.ONCE_DESCRIBED_HEADS) is not None or (
        letters_before(page.folds[index], _BANKS) is not None and page.fold_at(index + 1) == "المركزي"
    )
    if count == 0 or (count == 1 and not strong and not _doubted(page, index)):
        return None
    return body(page, index, max(at, after_complement(page, at)) - 1, skip)


def _doubted(page: Page, index: int, least: float = _DOUBT) -> bool:
    """Whether the tagger sees something of a name in a head or the word behind it. Not when no tagger has looked."""
    return bool(page.tags) and max(page.doubt(index), page.doubt(index + 1)) >= least


def _agrees(page: Page, head: int, index: int) -> bool:
    """Whether an adjective of nationality belongs to the name of a body: it agrees with the head in gender, and the
    head is none of those whose name is complete without it (صحيفة المرفأ اللبنانية)."""
    if is_one(page.folds[head], cues.COMPLETE_HEADS):
        return False
    return page.folds[index].endswith("ه") == page.folds[head].endswith("ه")


def numbered_unit(page: Page, _taken: Taken, index: int) -> Candidate | None:
    """«الفرقة السادسة مشاة», «اللواء 35»: a unit of an army with its number."""
    skip = letters_before(page.folds[index], cues.UNITS)
    at = index + 1
    if skip is None or not page.joined(at):
        return None
    word = page.folds[at]
    if word in cues.ORDINALS:
        at += 1
        if (
            page.joined(at) and page.folds[at] in cues.ORDINALS
        ):  # الحادية والعشرون is glued, الثانية عشرة is not
            at += 1
    elif word.isdecimal() and len(word) < 4:
        at += 1
    else:
        return None
    if page.joined(at) and page.folds[at] in cues.ARMS:
        at += 1
    return body(page, index, at - 1, skip)


def guard_body(page: Page, _taken: Taken, index: int) -> Candidate | None:
    """«حرس السواحل», «قوات حرس الحدود الأردنية»: with قوات before and an adjective behind, if they are there."""
    guards = index
    if page.joined(index + 1) and letters_before(page.folds[index], _FORCES) is not None:
        guards = index + 1
    skip = letters_before(page.folds[index], cues.GUARDS if guards == index else _FORCES)
    if skip is None or (page.folds[guards] not in cues.GUARDS and guards != index):
        return None
    if not page.joined(guards + 1) or page.folds[guards + 1] not in cues.GUARDED:
        return None
    return body(page, index, after_adjectives(page, guards + 2, 1) - 1, skip)


_FORCES: Final = cues.word_set("قوات")


def group_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«جماعة راية البحر», «تحالف حماية الممرات البحرية»: the head of a group, a noun, a definite noun, adjectives.

    Heads that are processes too (حركة، تنظيم) need the tagger's doubt.
    """
    skip = letters_before(page.folds[index], _GROUPS)
    first, second = index + 1, index + 2
    if skip is None or not (page.joined(first) and page.joined(second)):
        return None
    if taken.at(first) is not None or taken.at(second) is not None:
        return None
    word = page.folds[first]
    if word.startswith("ال") or not is_namelike(page, first) or "ال" + word in cues.ADJECTIVES:
        return None
    if word.endswith(("ي", "يه", "ين")) and not word.endswith("ايه"):
        return None
    if not page.folds[second].startswith("ال") or not is_namelike(page, second):
        return None
    return body(page, index, after_adjectives(page, second + 1, 2) - 1, skip)


_GROUPS: Final = cues.word_set("جماعة تحالف ائتلاف كتائب ألوية سرايا")


def weak_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«مجلس الجنوب»: a head that is a common noun more often, where the tagger has its doubts too."""
    skip = letters_before(page.folds[index], cues.WEAK_HEADS)
    if skip is None or not page.joined(index + 1) or not _doubted(page, index, _WEAK_DOUBT):
        return None
    if skip and letters_before(page.folds[index], cues.PROCESSES) is not None:
        return None  # بقيادة الولايات المتحدة
    if is_one(page.folds[index], _SEATS) and (
        taken.type_at(index + 1) == "place" or page.folds[index + 1] in cues.PLACE_CUES
    ):
        return None  # «مركز محافظة الهضاب»
    return _with_complement(page, taken, index, skip)


_SEATS: Final = cues.word_set("مركز قوات")


def headed_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حزب الميزان والعدل», «جامعة دمشق»: a head whose complement is a name or a definite phrase."""
    skip = letters_before(page.folds[index], cues.BODY_HEADS)
    if skip is None or not page.joined(index + 1):
        return None
    return _with_complement(page, taken, index, skip)


def _with_complement(page: Page, taken: Taken, index: int, skip: int) -> Candidate | None:
    """A head with what it governs. The tagger's own reading of the head stands in nobody's way."""
    start = index + 1
    held = taken.at(start)
    if held is not None and not _is_own(held, index):
        if held.first != start or held.skip or held.type is None or held.type == "organization":
            return None  # شركة مايكروسوفت: the head only says of what kind it is
        if held.type == "person" and letters_before(page.folds[index], cues.NAMED_FOR_PEOPLE) is None:
            return None
        return body(page, index, held.last, skip)
    word = page.folds[start]
    if not is_namelike(page, start):
        return None
    at = start + 1
    if word in cues.TITLES:
        # «جامعة الملك فهد», «مستشفى الأمير راشد»
        if not page.joined(at) or not is_namelike(page, at) or taken.at(at):
            return None
        return body(page, index, at, skip)
    if not word.startswith("ال"):
        following = taken.at(at)
        if not page.joined(at) or (following is not None and (following.first != at or following.skip)):
            return None
        if following is not None and following.type == "place":
            return body(page, index, following.last, skip)
        if not page.folds[at].startswith("ال") or not is_namelike(page, at):
            return None
        at += 1
    while page.joined(at) and at - index < _MOST:
        national = page.folds[at] in cues.NATIONALITIES
        two_states = national and page.folds[at - 1] in cues.NATIONALITIES  # «الإيرانية السعودية»
        owner = taken.at(at)
        if owner is not None and not _is_own(owner, index) and not (two_states and owner.length == 1):
            break
        bare = letters_before(page.folds[index], cues.BARE_HEADS) is not None
        described = not bare and is_adjective(page, at) and (not national or _agrees(page, index, at))
        described = described or (national and page.folds[at].endswith("ين") and at > start)
        paired = at == start + 1 and page.folds[at].startswith("وال") and page.folds[at][1:] not in _NO_PAIRS
        if not (described or paired):
            break
        at += 1
    return body(page, index, max(at, after_complement(page, at)) - 1, skip)


#: What is joined to a body's complement and belongs to none: «نقابة التمريض والاتحاد العام للمهن».
_NO_PAIRS: Final = cues.NEVER | cues.DEFINITE_HEADS


def _is_own(held: Candidate, index: int) -> bool:
    return held.source == "tagger" and held.first == index


def body_of_a_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«هيئة مياه نهر الدالية», «غرفة تجارة وصناعة الفيروز»: the head of an office, its business, a place."""
    skip = letters_before(page.folds[index], cues.PLACED_HEADS)
    if skip is None or (skip and page.folds[index].endswith("مصلحه")):  # لمصلحة السلام: in favour of
        return None
    for at in range(index + 1, min(index + 4, len(page))):
        if not page.joined(at):
            return None
        held = taken.at(at)
        if held is not None and not _is_own(held, index):
            place = held.type == "place" and held.first == at and held.skip == 0 and at > index + 1
            return body(page, index, held.last, skip) if place else None
        word = page.folds[at]
        if (
            not (is_namelike(page, at) or (at > index + 1 and word[0] == "و"))
            or "ال" + word in cues.ADJECTIVES
        ):
            return None
    return None


def half_seen_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«مكتبة الأنجلو», «مؤسسة مهاجر للعمل القانوني»: a head and what follows, in all of which the tagger half sees a
    name without coming to a decision."""
    last = index + 1
    if not page.tags or not page.joined(last) or min(page.doubt(index), page.doubt(last)) < _HALF_SEEN:
        return None
    if {page.tags[index][0], page.tags[last][0]} != {"O"}:
        return None  # what it has decided on has been trimmed
    if taken.at(index) is not None or taken.at(last) is not None:
        return None
    if page.folds[last] in cues.NEVER or page.folds[last] in cues.ADJECTIVES:
        return None
    skip = letters_before(page.folds[index], _HEADS)
    if skip is None:
        return None
    while page.joined(last + 1) and page.doubt(last + 1) >= _GOES_ON and last - index < _MOST:
        if taken.at(last + 1) is not None or page.folds[last + 1] in cues.NEVER:
            break
        last += 1
    held = taken.at(last + 1) if page.joined(last + 1) else None
    if held is not None and held.type == "place" and not held.skip:
        last = held.last
    return body(page, index, last, skip)


_HALF_SEEN: Final = 0.4
_GOES_ON: Final = 0.2
_RULES: Final[Rules] = (
    ("definite_body", definite_body),
    ("described_body", described_body),
    ("numbered_unit", numbered_unit),
    ("headed_body", headed_body),
    ("body_of_a_place", body_of_a_place),
    ("guard_body", guard_body),
    ("group_body", group_body),
    ("weak_body", weak_body),
    ("half_seen_body", half_seen_body),
)
