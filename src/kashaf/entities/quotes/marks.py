"""Quotation marks in pairs: which stretches of a text stand between them.

Press text mixes “ ” « » " and their reverses, and loses marks. So what opens and what closes is judged by the spaces
beside a mark first, and by its shape only when these do not tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

_MARK: Final = re.compile(r"''|[\"“”„«»‹›‘’']")
_SENTENCE_END: Final = re.compile(r"[.!?؟]+(?=\s)")
_CLASSES: Final = {
    **dict.fromkeys('"“”„', '"'),
    "''": '"',
    **dict.fromkeys("«»‹›", "«"),
    **dict.fromkeys("‘’'", "'"),
}
_OPENING: Final = frozenset("“„«‹‘")
_CLOSING: Final = frozenset("”»›’")
_BEFORE_OPENER: Final = frozenset("([{،,:؛-–—/…")
_AFTER_CLOSER: Final = frozenset(")]}،,:؛;.!؟?-–—/…")
_TATWEEL: Final = "ـ"
#: Letters that are written right before an opening mark: «و"حماس"», «لـ"العربي"», «بال"حل"».
_GLUED: Final = 3
#: A quotation whose mark closes in a later paragraph goes on over so many at most.
_PARAGRAPHS: Final = 5
#: And a stretch with no closing mark over so many code points of its paragraph at most.
_LONGEST_OPEN: Final = 1200
#: No prose nests deeper; a text of nothing but marks does.
_DEEPEST: Final = 8


@dataclass(slots=True)
class Stretch:
    """Words between two marks. start, end: without the marks; outer_start, outer_end: with them.

    closed: whether both marks are there. inner: stretches within, which count when this one turns out to be none.
    """

    outer_start: int
    start: int
    end: int = -1
    outer_end: int = -1
    closed: bool = False
    kind: str = ""
    inner: list[Stretch] = field(default_factory=list)


def stretches(text: str, introduced: Callable[[int], bool]) -> list[Stretch]:
    """The outermost stretches in order.

    introduced: whether the words before an offset announce a quotation; a mark that is never closed counts only
    then, and otherwise those within it do.
    """
    found: list[Stretch] = []
    stack: list[Stretch] = []
    marks = [(match.start(), match.end()) for match in _MARK.finditer(text)]
    if not marks:
        return found
    line_end = _line_end(text, marks[0][0])
    crossed = 0
    for start, end in marks:
        kind = _CLASSES[text[start:end]]
        if start > line_end:
            passed = text.count("\n", line_end, start)
            first = not text[text.rfind("\n", line_end, start) + 1 : start].strip()
            line_end = _line_end(text, start)
            if stack:
                bottom = stack[0]
                crossed += passed
                goes_on = kind == bottom.kind and crossed <= 2 * _PARAGRAPHS
                if goes_on and first and introduced(bottom.outer_start):
                    del stack[1:]
                    continue  # the mark is repeated at the head of each paragraph
                if not (goes_on and _role(text, start, end, kind, stack) == "closes" and not first):
                    _give_up(text, stack, found, introduced)
                    crossed = 0
                else:
                    del stack[1:]
        role = _role(text, start, end, kind, stack)
        if role == "opens" and len(stack) < _DEEPEST:
            stack.append(Stretch(start, end, kind=kind))
        elif role == "closes":
            at = next((at for at in range(len(stack) - 1, -1, -1) if stack[at].kind == kind), None)
            if at is None:
                continue
            stretch = stack[at]
            for lost in stack[at + 1 :]:
                stretch.inner += lost.inner
            del stack[at:]
            stretch.end, stretch.outer_end, stretch.closed = start, end, True
            if stack:
                stack[-1].inner.append(stretch)
            else:
                found.append(stretch)
                crossed = 0
    if stack:
        _give_up(text, stack, found, introduced)
    for stretch in found:
        while stretch.start < stretch.end and text[stretch.start].isspace():
            stretch.start += 1
        while stretch.end > stretch.start and text[stretch.end - 1].isspace():
            stretch.end -= 1
    return [stretch for stretch in found if stretch.start < stretch.end]


def _give_up(
    text: str, stack: list[Stretch], found: list[Stretch], introduced: Callable[[int], bool]
) -> None:
    """Settle the stretches that were never closed, lowest first, and empty the stack.

    One that is announced ends with its sentence.
    """
    ended = 0
    for lost in stack:
        if not ended and introduced(lost.outer_start):
            limit = min(_line_end(text, lost.outer_start), lost.start + _LONGEST_OPEN)
            stop = _SENTENCE_END.search(text, lost.start, limit)
            end = stop.start() if stop is not None else limit
            lost.end = next(
                (one.outer_end for one in lost.inner if one.outer_start < end < one.outer_end), end
            )
            ended = lost.outer_end = lost.end
            found.append(lost)
        found += [one for one in lost.inner if one.outer_start >= ended]
    stack.clear()


def _line_end(text: str, start: int) -> int:
    end = text.find("\n", start)
    return len(text) if end < 0 else end


def _role(text: str, start: int, end: int, kind: str, stack: list[Stretch]) -> str:
    """`opens`, `closes`, or nothing for an apostrophe."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    opened = any(stretch.kind == kind for stretch in stack)
    if kind == "'":
        if before.isalnum() and after.isalnum():
            return ""
        if not opened and text[start:end] in "’'" and not before.isspace() and before not in _BEFORE_OPENER:
            return ""
    can_open = not after.isspace() and (before.isspace() or before in _BEFORE_OPENER or before == _TATWEEL)
    can_close = not before.isspace() and (after.isspace() or after in _AFTER_CLOSER)
    if can_open != can_close:
        return "opens" if can_open else ("closes" if opened else "")
    if before.isalnum() and after.isalnum():
        # «و"حماس"» opens; «التجميع"على» closes.
        glued = _letters_before(text, start) < _GLUED
        return "opens" if glued or not opened else "closes"
    if before in "\"“”„«»‹›‘’'" and not after.isspace() and after not in _AFTER_CLOSER:
        return "opens"
    mark = text[start:end]
    if mark in _OPENING:
        return "opens"
    if mark in _CLOSING:
        return "closes"
    return "closes" if opened else "opens"


def _letters_before(text: str, start: int) -> int:
    count = 0
    while count < _GLUED and start - count - 1 >= 0 and text[start - count - 1].isalnum():
        count += 1
    return count
