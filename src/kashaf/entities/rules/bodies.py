"""Organisations by cue: their heads with a complement, a name in quotation marks, or an acronym in brackets."""

from __future__ import annotations

from collections.abc import Iterator

from kashaf.entities.page import Page, bases, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.people import after_portfolio
from kashaf.entities.rules.spans import Candidate, Taken, form_of

_MINISTRY = frozenset({"وزاره"})
_HEADS = cues.QUOTED_HEADS | cues.DEFINITE_HEADS | cues.STATE_BODIES | _MINISTRY
_MOST_QUOTED = 4
_MOST = 8


def body_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations that a head or an acronym announces."""
    for index, word in enumerate(page.folds):
        if not is_one(word, _HEADS):
            continue
        held = taken.at(index)
        if held is not None and (held.length > 1 or held.type is None):
            continue
        found = (
            ministry(page, index)
            or state_body(page, index)
            or definite_body(page, index)
            or quoted_body(page, index)
            or headed_body(page, taken, index)
        )
        if found is not None:
            yield found
    for index in range(3, len(page)):
        if page.gaps[index][-1:] in {"(", "["} and (spelt := spelt_out(page, index)) is not None:
            yield spelt


def ministry(page: Page, index: int) -> Candidate | None:
    """«وزارة المياه», «وزارة الداخلية السورية»."""
    skip = letters_before(page.folds[index], _MINISTRY)
    if skip is None:
        return None
    after = after_portfolio(page, index + 1)
    if after is None:
        return None
    last = after - 1
    if page.folds[index + 1] in cues.ADJECTIVES or page.folds[index + 1] in cues.NEVER:
        return None
    if page.joined(after) and page.folds[after] in cues.NATIONALITIES and page.folds[after].startswith("ال"):
        last = after
    return _body(page, index, last, skip)


def state_body(page: Page, index: int) -> Candidate | None:
    """«الجيش السوري», «القوات المسلحة العراقية»: with an adjective of nationality."""
    skip = letters_before(page.folds[index], cues.STATE_BODIES)
    if skip is None:
        return None
    last = index + 1
    if page.joined(last) and page.folds[last] == "المسلحه":
        last += 1
    if (
        not page.joined(last)
        or page.folds[last] not in cues.NATIONALITIES
        or not page.folds[last].startswith("ال")
    ):
        return None
    if page.folds[index].endswith("القوات") and last == index + 1:
        return None
    feminine = not page.folds[index].endswith(("الجيش", "البرلمان", "للجيش", "للبرلمان"))
    after_minister = page.joined(index) and is_one(page.folds[index - 1], cues.MINISTERS)
    if feminine != page.folds[last].endswith("ه") or after_minister:
        return None  # «وزير الخارجية الروسي» is a man
    return _body(page, index, last, skip)


def definite_body(page: Page, index: int) -> Candidate | None:
    """«المؤسسة العامة للحبوب»: a definite head, adjectives, and a complement in ل that names its business."""
    skip = letters_before(page.folds[index], cues.DEFINITE_HEADS)
    if skip is None:
        return None
    at = index + 1
    while page.joined(at) and _adjective(page, at) and at - index < 4:
        at += 1
    if at == index + 1 or not page.joined(at):
        return None
    end = _complement_in_l(page, at)
    return _body(page, index, end - 1, skip) if end > at else None


def quoted_body(page: Page, index: int) -> Candidate | None:
    """«مركز "ريكونسنس" للبحوث والدراسات»: a head and a name in quotation marks, with what follows in ل."""
    skip = letters_before(page.folds[index], cues.QUOTED_HEADS)
    start = index + 1
    if skip is None or page.joined(start) or not page.joined_or_opened(start):
        return None
    opener = page.opener(start)
    if opener in {"(", "["}:
        return None
    for last in range(start, min(start + _MOST_QUOTED, len(page))):
        if last > start and not page.joined(last):
            return None
        if page.folds[last] in cues.NEVER:
            return None
        if (closed := page.closed_after(last, opener)) is not None:
            end = last + 1
            behind = page.text[closed : page.starts[end]] if end < len(page) else ""
            if behind.isspace() and "\n" not in behind and page.folds[end].startswith("لل"):
                while end < len(page) and _continues(page, end, last):
                    end += 1
            return _body(page, index, end - 1, skip)
    return None


def _continues(page: Page, index: int, last: int) -> bool:
    """A complement after a closed quotation: the first word stands behind the mark, the others are joined."""
    if index == last + 1:
        return True
    return page.joined(index) and page.folds[index].startswith(("وال", "لل"))


def headed_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«حزب الميزان والعدل», «جامعة دمشق»: a head whose complement is a name or a definite phrase."""
    skip = letters_before(page.folds[index], cues.BODY_HEADS)
    start = index + 1
    if skip is None or not page.joined(start):
        return None
    held = taken.at(start)
    if held is not None:
        if held.first != start or held.skip or held.type is None:
            return None
        return _body(page, index, held.last, skip)
    word = page.folds[start]
    if not _namelike(page, start):
        return None
    at = start + 1
    if word in cues.TITLES:
        # «جامعة الملك فهد», «مستشفى الأمير راشد»
        if not page.joined(at) or not _namelike(page, at) or taken.at(at):
            return None
        return _body(page, index, at, skip)
    if not word.startswith("ال"):
        following = taken.at(at)
        if not page.joined(at) or (following is not None and (following.first != at or following.skip)):
            return None
        if following is not None and following.type == "place":
            return _body(page, index, following.last, skip)
        if not page.folds[at].startswith("ال") or not _namelike(page, at):
            return None
        at += 1
    while page.joined(at) and at - index < _MOST and not taken.at(at):
        described = _adjective(page, at) and page.folds[at] not in cues.NATIONALITIES
        paired = at == start + 1 and page.folds[at].startswith("وال") and page.folds[at][1:] not in cues.NEVER
        if not (described or paired):
            break
        at += 1
    return _body(page, index, max(at, _complement_in_l(page, at)) - 1, skip)


def spelt_out(page: Page, index: int) -> Candidate | None:
    """«تحالف حماية الممرات البحرية (تحمب)»: words whose first letters an acronym in brackets spells.

    Every letter of the acronym begins one word, in order, without its article; no word between is left out.
    """
    acronym = page.folds[index]
    if not 3 <= len(acronym) <= 6 or page.opener(index) not in {"(", "["} or not page.enclosed(index, index):
        return None
    first = index - len(acronym)
    if first < 0 or not all(page.joined(at) for at in range(first + 1, index)):
        return None
    if page.gaps[index].strip(" \"”»'\u00a0") not in {"(", "["}:
        return None
    for letter, at in zip(acronym, range(first, index), strict=True):
        word = page.folds[at]
        if letter not in {word[0], word.removeprefix("ال")[:1]}:
            return _spelt_with_clitic(page, index, first, acronym)
    return _body(page, first, index - 1, 0)


def _spelt_with_clitic(page: Page, index: int, first: int, acronym: str) -> Candidate | None:
    """The same with و, ب or ل glued to the first word."""
    rest = all(
        letter in {page.folds[at][0], page.folds[at].removeprefix("ال")[:1]}
        for letter, at in zip(acronym[1:], range(first + 1, index), strict=True)
    )
    for base, skip in bases(page.folds[first])[1:]:
        if rest and acronym[0] in {base[0], base.removeprefix("ال")[:1]}:
            return _body(page, first, index - 1, skip)
    return None


def _complement_in_l(page: Page, index: int) -> int:
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
    while page.joined(at) and (_adjective(page, at) or page.folds[at].startswith("وال")) and at - index < 4:
        if page.folds[at] in cues.NATIONALITIES or page.folds[at].removeprefix("و") in cues.NEVER:
            break
        at += 1
    return at


def _adjective(page: Page, index: int) -> bool:
    word = page.folds[index]
    if not word.startswith("ال") or len(word) < 5 or word in cues.NEVER:
        return False
    return word in _BODY_ADJECTIVES or word.endswith(("ي", "يه"))


_BODY_ADJECTIVES = cues.word_set(
    "العامة العام المركزي الأعلى العليا المستقلة المتحدة الأحمر الخاصة الحر المشترك المشتركة الموحد الجامعي"
)


def _namelike(page: Page, index: int) -> bool:
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


def _body(page: Page, first: int, last: int, skip: int) -> Candidate:
    return Candidate(first, last, skip, form_of(page, first, last, skip), "organization", "cue")
