"""Where a query's units stand in an article's text, found by reading the text again.

Offsets are not stored: tokens carry them, a page of hits is few articles, and what is marked is then by
construction what the text holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kashaf.corpus.article import Article
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.analysis import RUNGS, ladder
from kashaf_index.query.compile import Slot, Unit

Span = tuple[int, int]
_ABSENT = len(RUNGS)


@dataclass(frozen=True, slots=True)
class Found:
    """One occurrence of a unit.

    unit: its index among the units asked for. rung: the narrowest that explains it.
    words: the spans of its words, in order; one but for phrases. rule: why its widest word matched.
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


class Highlighter:
    """Finds the same units in one text after another; remembers what each word was judged to be."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = tuple(units)
        self._slots: tuple[Slot, ...] = tuple(dict.fromkeys(slot for unit in units for slot in unit.slots))
        self._judged: dict[str, tuple[dict[Slot, tuple[int, str]], ...]] = {}

    def find(self, article: Article, widest: int) -> list[Found]:
        """Occurrences in the text at the rung `widest` or narrower, in the order of the text, then of the units."""
        if not self._units:
            return []
        spans: list[Span] = []
        judged: list[dict[Slot, tuple[int, str]]] = []
        for match in WORD.finditer(article.text):
            for verdict in self._judge(match.group()):
                spans.append(match.span())
                judged.append(verdict)
        found: list[Found] = []
        for at, verdict in enumerate(judged):
            if not verdict:
                continue
            for number, unit in enumerate(self._units):
                if unit.slots[0] not in verdict or at + len(unit.slots) > len(judged):
                    continue
                if unit.field == "title" and spans[at][0] >= article.body_start:
                    continue
                reasons = [judged[at + step].get(slot, (_ABSENT, "")) for step, slot in enumerate(unit.slots)]
                rung, rule = max(reasons, key=lambda reason: reason[0])
                if rung <= widest:
                    found.append(Found(number, rung, tuple(spans[at : at + len(unit.slots)]), rule))
        return found

    def _judge(self, surface: str) -> tuple[dict[Slot, tuple[int, str]], ...]:
        """For each token of the surface: the slots that accept it, with rung and rule."""
        known = self._judged.get(surface)
        if known is None:
            known = tuple(
                {slot: accepted for slot in self._slots if (accepted := slot.accepts(word))}
                for word in map(ladder, exact_forms(surface))
            )
            self._judged[surface] = known
        return known


def merged_spans(found: Sequence[Found]) -> tuple[Span, ...]:
    """The spans of all words found: sorted, each once. Words never overlap."""
    return tuple(sorted({span for occurrence in found for span in occurrence.words}))
