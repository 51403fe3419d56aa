"""Organisations before an acronym in brackets, which says where their name ends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.phrases import body
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found

_BRACKETS: Final = frozenset("([")
_LONGEST: Final = 7


def acronym_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Organisations that an acronym in brackets follows."""
    for index in range(2, len(page)):
        if page.gaps[index][-1:] in _BRACKETS and is_acronym(page, index):
            found = first_found(_RULES, page, taken, index)
            if found is not None:
                yield found


def is_acronym(page: Page, index: int) -> bool:
    """Whether a word stands alone in brackets right behind a word, and reads like an acronym: «… (قسد)»."""
    if page.opener(index) not in _BRACKETS or not page.enclosed(index, index):
        return False
    if page.gaps[index].strip(" \"”»'\u00a0") not in _BRACKETS:
        return False
    word = page.folds[index]
    arabic = "\u0621" <= word[0] <= "\u064a"
    if not 2 <= len(word) <= 8 or word in cues.NEVER or word.isdecimal():
        return False
    if arabic:
        return not word.startswith("ال") and word not in cues.ADJECTIVES and len(word) > 2
    return page.text[page.starts[index] : page.ends[index]].isupper()


def bracketed_body(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«لجنة ضبط المياه والري (كرنب)»: a head, words none of which ends a phrase, an acronym that spells nothing."""
    found: Candidate | None = None
    for at in range(index - 1, max(index - _LONGEST - 1, -1), -1):
        word = page.folds[at]
        held = taken.at(at)
        if word in cues.NEVER or (held is not None and held.type == "person"):
            return found
        skip = letters_before(word, _HEADS)
        if skip is not None and at < index - 1:
            found = body(page, at, index - 1, skip)
        if not page.joined(at):
            return found
    return found


_HEADS: Final = (
    cues.QUOTED_HEADS
    | cues.DEFINITE_HEADS
    | cues.word_set(
        """قوات جيش مجلس حرس صندوق سلطة بعثة مكتب ديوان برنامج مرصد مفوضية جهاز دار شبكة تجمع حراك مبادرة منتدى
        كتلة إدارة مديرية"""
    )
)
_RULES: Final[Rules] = (("bracketed_body", bracketed_body),)
