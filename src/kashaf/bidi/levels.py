"""Embedding levels of a paragraph: UAX #9 (revision 46, Unicode 15.0), rules P2-P3 and X1-X10.

The weak, neutral and implicit rules are in `resolve`, the rules of a line in `order`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kashaf.bidi.classes import class_codes
from kashaf.bidi.resolve import resolve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

MAX_DEPTH: Final = 125  # BD2
REMOVED: Final = 0xFF
"""In place of the level of a character that rule X9 removes."""

_EXPLICIT: Final = re.compile(rb"[lrxyfijkd]")
_EVENT: Final = re.compile(rb"[lrxyfijkdbB]")
_ISOLATES: Final = re.compile(rb"[ijkdB]")
_FIRST_STRONG: Final = re.compile(rb"[LRAijk]")
_INITIATORS: Final = b"ijk"
_EMBEDDINGS: Final = b"lrxy"
_OVERRIDES: Final = {b"x": b"L", b"y": b"R"}
# What makes levels differ within a paragraph of level 0 or 1.
_OTHER: Final = (re.compile(rb"[RA2]"), re.compile(rb"[L12]"))
_UNIFORM: Final = tuple(
    bytes(REMOVED if code == ord("b") else level for code in range(256)) for level in (0, 1)
)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ParagraphLevels:
    """`levels[i]` belongs to code point i of the text, `REMOVED` where rule X9 removes it; `base` is 0 or 1.

    `classes` are the original Bidi_Classes, one byte a code point; see `classes`.
    """

    levels: bytes
    base: int
    classes: bytes


def levels(text: str, base: int | None = None) -> ParagraphLevels:
    """Resolved embedding levels of one paragraph, before the rules of a line (`order.line_levels`).

    `base` is the paragraph's level, 0 or 1; `None` takes it from the first strong character (P2, P3), and 0
    where there is none. Never raises, whatever the text holds; time and memory are linear in its length but for
    the 63 levels brackets may nest.
    """
    codes = class_codes(text)
    explicit = _EXPLICIT.search(codes) is not None
    matches = _matching_isolates(codes) if explicit else {}
    if base is None:
        base = _first_strong(codes, matches, 0, len(codes)) or 0
    if not explicit and _OTHER[base].search(codes) is None:
        return ParagraphLevels(codes.translate(_UNIFORM[base]), base, codes)
    out = bytearray([REMOVED]) * len(codes)
    overridden, runs = _explicit_levels(codes, matches, base)
    for sequence in _isolating_run_sequences(codes, matches, runs, base):
        _resolve_sequence(text, overridden, sequence, out)
    return ParagraphLevels(bytes(out), base, codes)


def _first_strong(codes: bytes, matches: Mapping[int, int], start: int, end: int) -> int | None:
    """P2: level asked for by the first strong character outside isolates, `None` without one."""
    while (found := _FIRST_STRONG.search(codes, start, end)) is not None:
        if found[0] not in _INITIATORS:
            return 0 if found[0] == b"L" else 1
        start = matches.get(found.start(), end) + 1
    return None


def _matching_isolates(codes: bytes) -> dict[int, int]:
    """BD9: isolate initiator -> its PDI, and back."""
    matches: dict[int, int] = {}
    stack: list[int] = []
    for found in _ISOLATES.finditer(codes):
        i = found.start()
        if found[0] in _INITIATORS:
            stack.append(i)
        elif found[0] == b"B":
            stack.clear()
        elif stack:
            opener = stack.pop()
            matches[opener] = i
            matches[i] = opener
    return matches


@dataclass(slots=True)
class _LevelRun:
    """BD7, less what X9 removes: spans of the text, none of them empty."""

    level: int
    spans: list[Span]


@dataclass(frozen=True, slots=True)
class _Status:
    """An entry of the directional status stack (BD2)."""

    level: int
    override: bytes
    isolate: bool


class _Runs:
    """Collects spans into level runs, and classes after overrides."""

    def __init__(self, codes: bytes) -> None:
        self.codes = bytearray(codes)
        self.runs: list[_LevelRun] = []

    def add(self, start: int, end: int, status: _Status) -> None:
        """The next characters that are not removed."""
        if start == end:
            return
        if status.override:
            self.codes[start:end] = status.override * (end - start)
        if not self.runs or self.runs[-1].level != status.level:
            self.runs.append(_LevelRun(status.level, [(start, end)]))
            return
        spans = self.runs[-1].spans
        if spans[-1][1] == start:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))


def _explicit_levels(codes: bytes, matches: Mapping[int, int], base: int) -> tuple[bytes, list[_LevelRun]]:
    """X1-X8: class codes after overrides, and the level runs in the order of the text."""
    found = _Runs(codes)
    bottom = _Status(base, b"", isolate=False)
    stack = [bottom]
    overflow_isolates = overflow_embeddings = valid_isolates = 0
    at = 0
    for event in _EVENT.finditer(codes):
        i, kind = event.start(), event[0]
        top = stack[-1]
        found.add(at, i, top)
        at = i + 1
        if kind in _EMBEDDINGS:
            level = _next_level(top.level, odd=kind in b"ry")
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                stack.append(_Status(level, _OVERRIDES.get(kind, b""), isolate=False))
            elif not overflow_isolates:
                overflow_embeddings += 1
        elif kind == b"f":
            if overflow_isolates:
                continue
            if overflow_embeddings:
                overflow_embeddings -= 1
            elif not top.isolate and len(stack) > 1:
                stack.pop()
        elif kind == b"B":
            found.add(i, at, bottom)
            stack = [bottom]
            overflow_isolates = overflow_embeddings = valid_isolates = 0
        elif kind == b"d":
            if overflow_isolates:
                overflow_isolates -= 1
            elif valid_isolates:
                overflow_embeddings = 0
                while not stack[-1].isolate:
                    stack.pop()
                stack.pop()
                valid_isolates -= 1
            found.add(i, at, stack[-1])
        elif kind in _INITIATORS:
            found.add(i, at, top)
            odd = kind == b"j" or (
                kind == b"k" and _first_strong(codes, matches, at, matches.get(i, len(codes))) == 1
            )
            level = _next_level(top.level, odd=odd)
            if level <= MAX_DEPTH and not overflow_isolates and not overflow_embeddings:
                valid_isolates += 1
                stack.append(_Status(level, b"", isolate=True))
            else:
                overflow_isolates += 1
    found.add(at, len(codes), stack[-1])
    return bytes(found.codes), found.runs


def _next_level(level: int, *, odd: bool) -> int:
    return (level + 1) | 1 if odd else (level + 2) & ~1


@dataclass(frozen=True, slots=True)
class _Sequence:
    """An isolating run sequence (BD13): spans of the text, its level, and the levels before and behind it (X10)."""

    spans: Sequence[Span]
    level: int
    before: int
    behind: int


def _isolating_run_sequences(
    codes: bytes, matches: Mapping[int, int], runs: Sequence[_LevelRun], base: int
) -> list[_Sequence]:
    """BD13: level runs joined from each isolate initiator to its PDI."""
    if len(runs) == 1:
        return [_Sequence(runs[0].spans, runs[0].level, base, base)]
    starting_at = {run.spans[0][0]: place for place, run in enumerate(runs)}
    sequences = []
    for place, run in enumerate(runs):
        first = run.spans[0][0]
        if codes[first] == ord("d") and first in matches:
            continue
        spans = list(run.spans)
        last = place
        while (end := spans[-1][1] - 1) in matches and codes[end] in _INITIATORS:
            following = starting_at.get(matches[end])
            if following is None:
                break
            last = following
            spans += runs[following].spans
        open_ended = codes[end] in _INITIATORS and end not in matches
        before = runs[place - 1].level if place else base
        behind = base if open_ended or last + 1 == len(runs) else runs[last + 1].level
        sequences.append(_Sequence(spans, run.level, before, behind))
    return sequences


def _resolve_sequence(text: str, codes: bytes, sequence: _Sequence, out: bytearray) -> None:
    """X10: write the resolved levels of the sequence into `out`."""
    found = resolve(
        b"".join([codes[start:end] for start, end in sequence.spans]),
        "".join([text[start:end] for start, end in sequence.spans]),
        level=sequence.level,
        sos=b"R" if max(sequence.before, sequence.level) & 1 else b"L",
        eos=b"R" if max(sequence.behind, sequence.level) & 1 else b"L",
    )
    at = 0
    for start, end in sequence.spans:
        out[start:end] = found[at : at + end - start]
        at += end - start
