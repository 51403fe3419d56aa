"""UAX #9, rules W1-W7, N0-N2, I1 and I2, for one isolating run sequence.

A sequence is handed over as the class codes of its characters (see `classes`) after the explicit rules, in
logical order. Within this module `sos` stands before them and `eos` behind, so that rules look no further.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from kashaf.bidi._ucd import CLOSING, OPENING

if TYPE_CHECKING:
    from collections.abc import Sequence

# BD16: the stack of opening brackets is a fixed 63 deep, so that nesting cannot cost without bound.
BRACKET_DEPTH: Final = 63

_AFTER_BRACKET: Final = b"n"  # NSM after a paired bracket, whose direction it takes (N0)
_MARKS: Final = re.compile(rb"(.)m+", re.DOTALL)
_AFTER_AL: Final = re.compile(rb"A[^LR]*")
_BETWEEN_EUROPEAN: Final = re.compile(rb"(?<=1)[+,](?=1)")
_BETWEEN_ARABIC: Final = re.compile(rb"(?<=2),(?=2)")
_TERMINATORS: Final = re.compile(rb"%+")
_AFTER_L: Final = re.compile(rb"L[^R]*")
_BRACKETS: Final = re.compile(rb"[()]")
_TO_NEUTRAL: Final = bytes.maketrans(b"+%,()n BSijkd", b"o" * 13)
# From the first to the last character of one direction, with nothing but neutrals between: N1. Numbers count as R.
_L_TO_L: Final = re.compile(rb"L[Lo]*L")
_R_TO_R: Final = re.compile(rb"[R12][R12o]*[R12]")
_STRONG_AS: Final = {ord("L"): ord("L"), ord("R"): ord("R"), ord("1"): ord("R"), ord("2"): ord("R")}


def resolve(classes: bytes, chars: Sequence[str], *, level: int, sos: bytes, eos: bytes) -> bytes:
    """Resolved level of each character; `level` is the sequence's, `sos` and `eos` are b"L" or b"R"."""
    run = _weak(sos + classes + eos)
    direction = b"R" if level & 1 else b"L"
    if b"(" in run and b")" in run:
        run = _paired_brackets(run, chars, direction)
    return _neutral(run.translate(_TO_NEUTRAL), direction)[1:-1].translate(_implicit(level))


def _weak(run: bytes) -> bytes:
    if b"m" in run:
        run = _MARKS.sub(_attach_marks, run)  # W1
    if b"1" in run and b"A" in run:
        run = _AFTER_AL.sub(lambda found: found[0].replace(b"1", b"2"), run)  # W2
    run = run.replace(b"A", b"R")  # W3
    if b"2" in run:
        run = _BETWEEN_ARABIC.sub(b"2", run)  # W4
    if b"1" in run:
        run = _BETWEEN_EUROPEAN.sub(b"1", run)  # W4
        run = _TERMINATORS.sub(_attach_terminators, run)  # W5
        # W6 is left to _TO_NEUTRAL: no rule until N1 tells a separator from another neutral.
        run = _AFTER_L.sub(lambda found: found[0].replace(b"1", b"L"), run)  # W7
    return run


def _attach_marks(found: re.Match[bytes]) -> bytes:
    before = found[1]
    if before in b"ijkd":
        after = b"o"
    elif before in b"()":
        after = _AFTER_BRACKET
    else:
        after = before
    return before + after * (len(found[0]) - 1)


def _attach_terminators(found: re.Match[bytes]) -> bytes:
    start, end = found.span()
    beside = found.string[start - 1], found.string[end]
    return b"1" * (end - start) if ord("1") in beside else found[0]


def _paired_brackets(run: bytes, chars: Sequence[str], direction: bytes) -> bytes:
    """N0."""
    changed = bytearray(run)
    for start, end in _bracket_pairs(run, chars):
        found = _direction_of_pair(changed, start, end, direction)
        for bracket in (start, end) if found else ():
            changed[bracket : bracket + 1] = found
            after = bracket + 1
            while changed.startswith(_AFTER_BRACKET, after):
                changed[after : after + 1] = found
                after += 1
    return bytes(changed)


def _bracket_pairs(run: bytes, chars: Sequence[str]) -> list[tuple[int, int]]:
    """BD16: indices into `run` of matching brackets, sorted by the opening one."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for match in _BRACKETS.finditer(run):
        i = match.start()
        char = chars[i - 1]
        if char in OPENING:
            if len(stack) == BRACKET_DEPTH:
                break
            stack.append((OPENING[char], i))
            continue
        for depth in range(len(stack) - 1, -1, -1):
            if stack[depth][0] == CLOSING[char]:
                pairs.append((stack[depth][1], i))
                del stack[depth:]
                break
    return sorted(pairs)


def _direction_of_pair(run: bytearray, start: int, end: int, direction: bytes) -> bytes:
    """b"L" or b"R"; empty where there is nothing strong between the brackets."""
    left = run.find(b"L", start, end) >= 0
    right = any(run.find(code, start, end) >= 0 for code in (b"R", b"1", b"2"))
    if right if direction == b"R" else left:
        return direction
    if not (left or right):
        return b""
    # Where N0 gives the brackets a direction they end the next search of this kind: all of them are linear.
    i = start - 1
    while run[i] not in _STRONG_AS:
        i -= 1
    return bytes((_STRONG_AS[run[i]],))


def _neutral(run: bytes, direction: bytes) -> bytes:
    """N1 for the other direction; all that is left has the embedding one, by N1 or N2."""
    if b"o" not in run:
        return run
    if direction == b"R":
        run = _L_TO_L.sub(lambda found: found[0].replace(b"o", b"L"), run) if b"L" in run else run
    else:
        run = _R_TO_R.sub(lambda found: found[0].replace(b"o", b"R"), run)
    return run.replace(b"o", direction)


@cache
def _implicit(level: int) -> bytes:
    """I1 and I2, as a table of `bytes.translate`."""
    by_class = (0, 1, 2, 2) if level % 2 == 0 else (1, 0, 1, 1)
    return bytes.maketrans(b"LR12", bytes(level + more for more in by_class))
