"""UAX #9, rules W1-W7, N0-N2, I1 and I2, for one isolating run sequence.

A sequence is handed over as parallel lists over its characters, in logical order: `classes` (Bidi_Class after
the explicit rules; changed in place), `original` (the classes of the text) and `chars`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kashaf.bidi._ucd import CLOSING, OPENING

if TYPE_CHECKING:
    from collections.abc import Sequence

# BD16: the stack of opening brackets is a fixed 63 deep, so that nesting cannot cost without bound.
BRACKET_DEPTH: Final = 63

_ISOLATE_CONTROLS = frozenset({"LRI", "RLI", "FSI", "PDI"})
_NEUTRAL = frozenset({"B", "S", "WS", "ON"}) | _ISOLATE_CONTROLS
_WEAK_SIGNS = frozenset({"ES", "ET", "CS"})
_NUMBERS = frozenset({"EN", "AN"})
_BRACKETS = OPENING.keys() | CLOSING.keys()
# For the neutral rules a number counts as R.
_STRONG_AS: Final = {"L": "L", "R": "R", "EN": "R", "AN": "R"}
_INCREMENT: Final = (
    {"L": 0, "R": 1, "AN": 2, "EN": 2},  # I1, even levels
    {"L": 1, "R": 0, "AN": 1, "EN": 1},  # I2, odd levels
)


def resolve(
    classes: list[str], original: Sequence[str], chars: Sequence[str], *, level: int, sos: str, eos: str
) -> list[int]:
    """Resolved level of each character of the sequence; `level` is the sequence's, `sos`/`eos` are "L" or "R"."""
    present = set(classes)
    _weak_1_to_3(classes, sos)
    if present & _WEAK_SIGNS:
        _weak_4_to_6(classes)
    if "EN" in present:
        _weak_7(classes, sos)
    direction = "R" if level & 1 else "L"
    if not _BRACKETS.isdisjoint(chars):
        for pair in _bracket_pairs(classes, chars):
            _resolve_pair(pair, classes, original, direction, sos)
    _neutrals(classes, direction, sos, eos)
    increment = _INCREMENT[level & 1]
    return [level + increment[kind] for kind in classes]


def _weak_1_to_3(classes: list[str], sos: str) -> None:
    previous = strong = sos
    for i, kind in enumerate(classes):
        if kind == "NSM":
            kind = "ON" if previous in _ISOLATE_CONTROLS else previous  # noqa: PLW2901 - W1
        previous = kind
        if kind == "EN":
            if strong == "AL":
                kind = "AN"  # noqa: PLW2901 - W2
        elif kind in ("L", "R"):
            strong = kind
        elif kind == "AL":
            strong = "AL"
            kind = "R"  # noqa: PLW2901 - W3
        classes[i] = kind


def _weak_4_to_6(classes: list[str]) -> None:
    count = len(classes)
    for i in range(1, count - 1):
        kind, before = classes[i], classes[i - 1]
        single_separator = kind == "CS" or (kind == "ES" and before == "EN")
        if single_separator and before in _NUMBERS and before == classes[i + 1]:
            classes[i] = before  # W4
    i = 0
    while i < count:
        if classes[i] != "ET":
            i += 1
            continue
        j = i + 1
        while j < count and classes[j] == "ET":
            j += 1
        if (i and classes[i - 1] == "EN") or (j < count and classes[j] == "EN"):
            classes[i:j] = ["EN"] * (j - i)  # W5
        i = j
    for i, kind in enumerate(classes):
        if kind in _WEAK_SIGNS:
            classes[i] = "ON"  # W6


def _weak_7(classes: list[str], sos: str) -> None:
    strong = sos
    for i, kind in enumerate(classes):
        if kind == "EN":
            if strong == "L":
                classes[i] = "L"
        elif kind in ("L", "R"):
            strong = kind


def _bracket_pairs(classes: Sequence[str], chars: Sequence[str]) -> list[tuple[int, int]]:
    """BD16: positions of matching brackets, sorted by the opening one."""
    stack: list[tuple[str, int]] = []
    pairs: list[tuple[int, int]] = []
    for i, char in enumerate(chars):
        if char not in _BRACKETS or classes[i] != "ON":
            continue
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


def _resolve_pair(
    pair: tuple[int, int], classes: list[str], original: Sequence[str], direction: str, sos: str
) -> None:
    """N0 for one pair of brackets, with the NSM that follow each of them."""
    start, end = pair
    inside = {_STRONG_AS.get(kind) for kind in classes[start + 1 : end]}
    if direction in inside:
        found = direction
    elif inside & {"L", "R"}:
        i = start - 1
        while i >= 0 and classes[i] not in _STRONG_AS:
            i -= 1
        found = _STRONG_AS[classes[i]] if i >= 0 else sos
    else:
        return
    for bracket in pair:
        classes[bracket] = found
        i = bracket + 1
        while i < len(classes) and original[i] == "NSM":
            classes[i] = found
            i += 1


def _neutrals(classes: list[str], direction: str, sos: str, eos: str) -> None:
    count = len(classes)
    i = 0
    while i < count:
        if classes[i] not in _NEUTRAL:
            i += 1
            continue
        j = i + 1
        while j < count and classes[j] in _NEUTRAL:
            j += 1
        before = _STRONG_AS[classes[i - 1]] if i else sos
        after = _STRONG_AS[classes[j]] if j < count else eos
        classes[i:j] = [before if before == after else direction] * (j - i)  # N1, N2
        i = j
