"""Where a query's units were found in a text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

#: `[start, end)` in code points.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence of a unit.

    unit: its index among the units asked for. rung: the narrowest that explains it.
    words: the spans of its words, in order; one but for phrases and words near each other. rule: why its widest
    word matched.
    """

    unit: int
    rung: int
    words: tuple[Span, ...]
    rule: str

    @property
    def start(self) -> int:
        return self.words[0][0]

    @property
    def end(self) -> int:
        return self.words[-1][1]


def merged_spans(found: Sequence[Found]) -> tuple[Span, ...]:
    """The spans of all words found: sorted, each once. Words never overlap."""
    return tuple(sorted({span for occurrence in found for span in occurrence.words}))
