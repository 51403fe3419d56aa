"""Places told one after the other behind a plural head: «بلدات السدر والفيروز وعين الغزال», «مدينتي حمص وحماة»."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.places import is_place_like
from kashaf.entities.rules.spans import Candidate, Taken, form_of

_PLURALS: Final = cues.word_set(
    """بلدات قرى مدن محافظات ولايات مناطق أحياء مخيمات موانئ مطارات نواحي مديريات ضواحي جبال جزر أقاليم معابر"""
)
_DUALS: Final = cues.word_set(
    """مدينتي بلدتي قريتي محافظتي ولايتي منطقتي حيي مخيمي مديريتي ناحيتي مينائي مطاري معبري إقليمي ريفي بلديتي"""
)
_HEADS: Final = _PLURALS | _DUALS
_MOST: Final = 12
_BETWEEN: Final = frozenset({"،", ",", "و", ""})

Item = tuple[int, int, int]


def enumerated_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Places in rows. A dual tells two; a plural needs one that is known, or three that are told."""
    for index, word in enumerate(page.folds):
        if not is_one(word, _HEADS):
            continue
        items = list(_items(page, taken, index + 1))
        dual = is_one(word, _DUALS)
        known = sum(taken.type_at(first) == "place" for first, _, _ in items)
        if len(items) < 2 or not (dual or known or len(items) > 2):
            continue
        for first, last, skip in items[:2] if dual else items:
            if taken.free(first, last):
                name = form_of(page, first, last, skip)
                yield Candidate(first, last, skip, name, "place", "cue", "enumerated")


def _items(page: Page, taken: Taken, start: int) -> Iterator[Item]:
    at = start
    while at < len(page) and at - start < _MOST:
        told = at > start
        if not _follows(page, at) if told else not page.joined_or_opened(at):
            return
        skip = 1 if told and page.folds[at][0] == "و" and page.joined(at) else 0
        if told and page.joined(at) and not skip:
            return  # `قرى السدر الفيروز` is no row
        held = taken.at(at)
        if held is not None:
            if held.type != "place" or held.first != at:
                return
            last = held.last
        else:
            glued = page.folds[at][0] == "و" and not page.joined(at)
            if glued or not _may_be_told(page, at, skip):
                return
            last = at + 1 if _goes_on(page, taken, at, skip) else at
        yield at, last, skip
        at = last + 1


def _may_be_told(page: Page, index: int, skip: int) -> bool:
    """Whether an unknown word may be a place of a row: no possessed noun, and no verb behind و, by its form."""
    if not is_place_like(page, index, skip):
        return False
    word = page.folds[index][skip:]
    if page.rare(index, skip):
        return True
    if word.endswith(_POSSESSED) or page.exacts[index].endswith("ه"):
        return False
    if word in cues.COMPOUND_STARTS:
        return True
    return not (skip and (word in cues.VERBS or word.endswith(("ت", "وا"))))


_POSSESSED: Final = ("ها", "هم", "هما", "هن", "نا")


def _follows(page: Page, index: int) -> bool:
    return page.gaps[index].strip(" \"«»“”'") in _BETWEEN and "\n" not in page.gaps[index]


def _goes_on(page: Page, taken: Taken, index: int, skip: int) -> bool:
    """Whether the next word belongs to the place that begins here: `عين الغزال`, `بيت لاهيا`."""
    following = index + 1
    if not page.joined(following) or taken.at(following) or page.folds[following][0] == "و":
        return False
    return page.folds[index][skip:] in cues.COMPOUND_STARTS and is_place_like(page, following)
