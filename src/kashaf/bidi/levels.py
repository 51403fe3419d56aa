"""Embedding levels of a paragraph: UAX #9 (revision 46, Unicode 15.0), rules P2-P3 and X1-X10.

The weak, neutral and implicit rules are in `resolve`, the rules of a line in `order`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kashaf.bidi.properties import BIDI_CLASS
from kashaf.bidi.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_DEPTH: Final = 125  # BD2

_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
_EMBEDDINGS = frozenset({"LRE", "RLE", "LRO", "RLO"})
_EXPLICIT = _INITIATORS | _EMBEDDINGS | {"PDF", "PDI"}
_RIGHT_TO_LEFT = frozenset({"R", "AL", "AN"})
_LEFT_TO_RIGHT = frozenset({"L", "EN", "AN"})


@dataclass(frozen=True, slots=True)
class ParagraphLevels:
    """`levels[i]` belongs to code point i of the text, `None` where rule X9 removes it; `base` is 0 or 1."""

    levels: tuple[int | None, ...]
    base: int


def levels(text: str, base: int | None = None) -> ParagraphLevels:
    """Resolved embedding levels of one paragraph, before the rules of a line (`order.line_levels`).

    `base` is the paragraph's level, 0 or 1; `None` takes it from the first strong character (P2, P3), and 0
    where there is none. Never raises, whatever the text holds; time is linear in its length but for the 63
    levels brackets may nest.
    """
    classes = list(map(BIDI_CLASS.__getitem__, text))
    present = set(classes)
    explicit = not present.isdisjoint(_EXPLICIT)
    matches = _matching_isolates(classes) if explicit else {}
    if base is None:
        base = _first_strong(classes, matches, 0, len(classes)) or 0
    if not explicit:
        if base == 0 and present.isdisjoint(_RIGHT_TO_LEFT):
            return ParagraphLevels(_uniform(classes, present, 0), 0)
        if base == 1 and present.isdisjoint(_LEFT_TO_RIGHT):
            return ParagraphLevels(_uniform(classes, present, 1), 1)
        return ParagraphLevels(_without_controls(text, classes, present, base), base)
    return ParagraphLevels(_with_controls(text, classes, matches, base), base)


def _uniform(classes: Sequence[str], present: set[str], level: int) -> tuple[int | None, ...]:
    if "BN" in present:
        return tuple(None if kind == "BN" else level for kind in classes)
    return (level,) * len(classes)


def _first_strong(classes: Sequence[str], matches: dict[int, int], start: int, end: int) -> int | None:
    """P2: level asked for by the first strong character outside isolates, `None` without one."""
    i = start
    while i < end:
        kind = classes[i]
        if kind == "L":
            return 0
        if kind in ("R", "AL"):
            return 1
        if kind in _INITIATORS:
            i = matches.get(i, end)
        i += 1
    return None


def _matching_isolates(classes: Sequence[str]) -> dict[int, int]:
    """BD9: isolate initiator -> its PDI, and back."""
    matches: dict[int, int] = {}
    stack: list[int] = []
    for i, kind in enumerate(classes):
        if kind in _INITIATORS:
            stack.append(i)
        elif kind == "PDI" and stack:
            opener = stack.pop()
            matches[opener] = i
            matches[i] = opener
        elif kind == "B":
            stack.clear()
    return matches


def _without_controls(
    text: str, classes: Sequence[str], present: set[str], base: int
) -> tuple[int | None, ...]:
    """The paragraph is one isolating run sequence, less its boundary neutrals."""
    edge = "R" if base else "L"
    if "BN" not in present:
        return tuple(resolve(list(classes), classes, text, level=base, sos=edge, eos=edge))
    kept = [i for i, kind in enumerate(classes) if kind != "BN"]
    original = [classes[i] for i in kept]
    found = resolve(original[:], original, [text[i] for i in kept], level=base, sos=edge, eos=edge)
    out: list[int | None] = [None] * len(classes)
    for i, level in zip(kept, found, strict=True):
        out[i] = level
    return tuple(out)


def _with_controls(
    text: str, classes: Sequence[str], matches: dict[int, int], base: int
) -> tuple[int | None, ...]:
    out, overridden = _explicit_levels(classes, matches, base)
    kept = [i for i, level in enumerate(out) if level is not None]
    position = {i: place for place, i in enumerate(kept)}
    embedded = {i: level for i, level in enumerate(out) if level is not None}
    for sequence in _isolating_runs(classes, matches, embedded):
        first, last = sequence[0], sequence[-1]
        level = embedded[first]
        place = position[first]
        before = embedded[kept[place - 1]] if place else base
        place = position[last] + 1
        open_ended = classes[last] in _INITIATORS and last not in matches
        after = base if open_ended or place == len(kept) else embedded[kept[place]]
        found = resolve(
            [overridden[i] for i in sequence],
            [classes[i] for i in sequence],
            [text[i] for i in sequence],
            level=level,
            sos="R" if max(before, level) & 1 else "L",
            eos="R" if max(after, level) & 1 else "L",
        )
        for i, resolved in zip(sequence, found, strict=True):
            out[i] = resolved
    return tuple(out)


@dataclass(frozen=True, slots=True)
class _Status:
    """An entry of the directional status stack (BD2)."""

    level: int
    override: str
    isolate: bool


def _explicit_levels(
    classes: Sequence[str], matches: dict[int, int], base: int
) -> tuple[list[int | None], list[str]]:
    """X1-X8: embedding level of each character (`None`: X9 removes it) and classes after overrides."""
    count = len(classes)
    out: list[int | None] = [None] * count
    overridden = list(classes)
    stack = [_Status(base, "", isolate=False)]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    for i, kind in enumerate(classes):
        top = stack[-1]
        if kind in _EMBEDDINGS:
            level = _next_level(top.level, odd=kind[0] == "R")
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                override = {"RLO": "R", "LRO": "L"}.get(kind, "")
                stack.append(_Status(level, override, isolate=False))
            elif not overflow_isolates:
                overflow_embeddings += 1
            continue
        if kind == "PDF":
            if overflow_isolates:
                pass
            elif overflow_embeddings:
                overflow_embeddings -= 1
            elif not top.isolate and len(stack) > 1:
                stack.pop()
            continue
        if kind == "BN":
            continue
        if kind == "B":
            out[i] = base
            stack = [_Status(base, "", isolate=False)]
            overflow_isolates = overflow_embeddings = valid_isolates = 0
            continue
        if kind == "PDI":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1].isolate:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            top = stack[-1]
        out[i] = top.level
        if top.override:
            overridden[i] = top.override
        if kind in _INITIATORS:
            odd = kind == "RLI" or (
                kind == "FSI" and _first_strong(classes, matches, i + 1, matches.get(i, count)) == 1
            )
            level = _next_level(top.level, odd=odd)
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append(_Status(level, "", isolate=True))
            else:
                overflow_isolates += 1
    return out, overridden


def _next_level(level: int, *, odd: bool) -> int:
    return (level + 1) | 1 if odd else (level + 2) & ~1


def _isolating_runs(
    classes: Sequence[str], matches: dict[int, int], embedded: dict[int, int]
) -> list[list[int]]:
    """BD13: level runs joined from each isolate initiator to its PDI, as lists of indices into the text."""
    runs: list[list[int]] = []
    for i, level in embedded.items():
        if runs and embedded[runs[-1][-1]] == level:
            runs[-1].append(i)
        else:
            runs.append([i])
    starting_at = {run[0]: run for run in runs}
    sequences: list[list[int]] = []
    for run in runs:
        if classes[run[0]] == "PDI" and run[0] in matches:
            continue
        sequence = list(run)
        while classes[sequence[-1]] in _INITIATORS and sequence[-1] in matches:
            following = starting_at.get(matches[sequence[-1]])
            if following is None:
                break
            sequence += following
        sequences.append(sequence)
    return sequences
