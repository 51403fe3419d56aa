"""Old words and new ones side by side: which of them differ, as blocks of a `DifferenceView`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rapidfuzz.distance import Indel

from kashaf_tui.explorer.marking import Span
from kashaf_tui.explorer.panes.differences import Block, Side

_TOKEN: Final = re.compile(r"[\w\u064b-\u065f\u0670]+|[^\w\s]")
_MOST: Final = 4000  # words of a side that are compared; more are shown unmarked
_LONGEST: Final = 6000  # code points of a side that are shown

#: The sign of words around the ones in question.
AROUND: Final = "…"


def differing(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """The spans of each text whose words are not in the other, words next to each other together."""
    ours, theirs = list(_TOKEN.finditer(old)), list(_TOKEN.finditer(new))
    if len(ours) > _MOST or len(theirs) > _MOST:
        return [], []
    marked: tuple[list[Span], list[Span]] = ([], [])
    steps = Indel.opcodes([one.group() for one in ours], [one.group() for one in theirs])
    for step in steps:
        if step.tag == "equal":
            continue
        for side, tokens, first, last in (
            (marked[0], ours, step.src_start, step.src_end),
            (marked[1], theirs, step.dest_start, step.dest_end),
        ):
            if first < last:
                side.append((tokens[first].start(), tokens[last - 1].end()))
    return marked


def bracketed(text: str, spans: Sequence[Span]) -> Side:
    """A text with brackets around spans of it, which are in order and apart."""
    text, cut = text[:_LONGEST], len(text) > _LONGEST
    written: list[str] = []
    marked: list[Span] = []
    length = at = 0
    for first, last in spans:
        if last > len(text):
            break
        before = text[at:first]
        inner = f"[{text[first:last]}]"
        written += [before, inner]
        length += len(before)
        marked.append((length, length + len(inner)))
        length += len(inner)
        at = last
    written.append(text[at:] + ("…" if cut else ""))
    return Side(_one_line("".join(written)), tuple(marked))


def compared(old: str, new: str, empty: str, sign: str = "") -> Block:
    """Two texts, the words that differ in brackets; `empty` stands for one without words."""
    ours, theirs = differing(old, new)
    a = bracketed(old, ours) if old.strip() else Side(empty)
    b = bracketed(new, theirs) if new.strip() else Side(empty)
    return Block("changed" if old != new else "same", a, b, sign=sign or ("≠" if old != new else "="))


def around(before: tuple[str, Span] | None, after: tuple[str, Span] | None) -> Block:
    """The words around a place of each text, the place itself in brackets."""
    a, b = (
        bracketed(text, [span]) if (text, span) != ("", (0, 0)) else None
        for text, span in (before or ("", (0, 0)), after or ("", (0, 0)))
    )
    return Block("same", a, b, sign=AROUND)


def paragraph_around(text: str, span: Span, reach: int = 240) -> tuple[str, Span]:
    """The paragraphs that a span is in, no farther than `reach` from it, and the span in them."""
    start, end = span
    low = max(text.rfind("\n", 0, start) + 1, start - reach)
    newline = text.find("\n", end)
    high = min(len(text) if newline < 0 else newline, end + reach)
    before = "…" if low > 0 and text[low - 1] != "\n" else ""
    after = "…" if high < len(text) and text[high] != "\n" else ""
    shift = len(before) - low
    return f"{before}{text[low:high]}{after}", (start + shift, end + shift)


def _one_line(text: str) -> str:
    return "".join(" " if char.isspace() else char for char in text)
