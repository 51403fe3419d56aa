"""Measure what becomes of notes when their articles change, beside the rule of a peer.

Usage: python -m scripts.anchor_matrix [--cases N] [--seed S] [--sweep]

Articles are generated and changed in the ways of `anchor_rows.ROWS`, N cases each, so that where the words of a
note went is known. Prints the tables of docs/anchoring.md; --sweep prints what other thresholds would do.

Of the peer, Hypothesis, only the published rule is followed: the places of the very words, or else the one most
alike with up to half of its letters wrong, are weighed by quote 50, prefix 20, suffix 20 and position 2, and the
heaviest is taken, however light.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein
from scripts.anchor_edits import Case
from scripts.anchor_prose import Prose
from scripts.anchor_rows import ROWS

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.corpus.identity import text_sha256
from kashaf.notes.anchoring import Anchor, make_target, resolve
from kashaf.notes.matching import Match, chosen, matches
from kashaf.notes.model import WordsTarget

TUNED_ON: Final = 1
REPORTED_ON: Final = 3
SMALL: Final = 6  # cases of a row that a test has time for
_SAME_AROUND: Final = 512  # places with so much the same around them are one place to any reader
_HALF: Final = 0.5
_LENGTHS: Final = ((1, 9), (10, 31), (32, 99), (100, 10_000))
_ACCEPTANCES: Final = (0.4, 0.5, 0.6, 0.7, 0.8)
_MARGINS: Final = (0.0, 0.05, 0.1, 0.2, 0.3)

Span = tuple[int, int]
#: exact, moved: the very words, claimed to be them. changed: a proposal. wrong: at a place where they are not.
OUTCOMES: Final = ("exact", "moved", "changed", "changed wrong", "orphan", "silent wrong")


@dataclass(frozen=True, slots=True)
class Trial:
    """A target, the text it is looked for in, and where its words are, None when they are nowhere."""

    row: str
    target: WordsTarget
    text: str
    truth: Span | None


def trials(seed: int, cases: int) -> Iterator[Trial]:
    """So many trials of every row; the same for the same seed."""
    for row, (make, edit) in ROWS.items():
        prose = Prose(random.Random(f"{seed} {row}"))
        done = 0
        while done < cases:
            before = make(prose)
            after: Case = edit(before, prose)
            if after.text == before.text:
                continue
            start, end = after.span
            target = make_target(_article(before.text), *before.span)
            yield Trial(row, target, after.text, (start, end) if after.quote.strip() else None)
            done += 1


def _article(text: str) -> Article:
    return Article("matrix", text, Metadata(""), Provenance("", "", ""), text_sha256=text_sha256(text))


def outcome(trial: Trial, anchor: Anchor) -> str:
    """One of `OUTCOMES`."""
    if anchor.start is None or anchor.end is None:
        return anchor.state
    here = anchor.start, anchor.end
    if anchor.state == "changed":
        return "changed" if _overlap(here, trial.truth) >= _HALF else "changed wrong"
    return anchor.state if is_truth(trial, here) else "silent wrong"


def is_truth(trial: Trial, here: Span) -> bool:
    """Whether it is the place, or one that nobody could tell from it.

    Words put into a quote so that the quote stands whole at the end of them have as well been put before it.
    """
    if trial.truth is None:
        return False
    within = trial.truth[0] <= here[0] and here[1] <= trial.truth[1]
    if within and (here[0] == trial.truth[0] or here[1] == trial.truth[1]):
        return True
    return _around(trial.text, here) == _around(trial.text, trial.truth)


def _around(text: str, span: Span) -> str:
    return text[max(0, span[0] - _SAME_AROUND) : span[1] + _SAME_AROUND]


def _overlap(one: Span, other: Span | None) -> float:
    """What both have of what either has."""
    if other is None:
        return 0.0
    common = min(one[1], other[1]) - max(one[0], other[0])
    return max(0, common) / (max(one[1], other[1]) - min(one[0], other[0]))


def peer(target: WordsTarget, text: str) -> Span | None:
    """Where the published rule of Hypothesis puts the target."""
    quote = target.quote
    found: list[tuple[int, int, float]] = []
    at = text.find(quote)
    while at >= 0:
        found.append((at, at + len(quote), 1.0))
        at = text.find(quote, at + 1)
    if not found:
        best = fuzz.partial_ratio_alignment(quote, text)
        if best is None or best.dest_end <= best.dest_start:
            return None
        start, end = best.dest_start, best.dest_end
        like = Levenshtein.normalized_similarity(quote, text[start:end])
        if like < _HALF:
            return None
        found = [(start, end, like)]

    def weight(place: tuple[int, int, float]) -> float:
        start, end, like = place
        before = text[max(0, start - len(target.prefix)) : start]
        after = text[end : end + len(target.suffix)]
        prefix = Levenshtein.normalized_similarity(target.prefix, before) if target.prefix else 1.0
        suffix = Levenshtein.normalized_similarity(target.suffix, after) if target.suffix else 1.0
        near = 1 - abs(start - target.start) / max(1, len(text))
        return 50 * like + 20 * prefix + 20 * suffix + 2 * near

    start, end, _ = max(found, key=weight)
    return start, end


@dataclass(slots=True)
class Tally:
    """What became of the notes of a row. gone: the same of ours, only those whose words are nowhere any more."""

    ours: Counter[str] = field(default_factory=Counter)
    gone: Counter[str] = field(default_factory=Counter)
    theirs: Counter[str] = field(default_factory=Counter)

    def __iadd__(self, other: Tally) -> Self:
        self.ours += other.ours
        self.gone += other.gone
        self.theirs += other.theirs
        return self


Measured = tuple[dict[str, Tally], dict[str, Tally]]


def measure(seed: int, cases: int) -> Measured:
    """By row, and by the length of the quote."""
    rows = {row: Tally() for row in ROWS}
    lengths = {f"{low}–{high} characters": Tally() for low, high in _LENGTHS}
    for trial in trials(seed, cases):
        ours = outcome(trial, resolve(trial.target, trial.text, text_sha256(trial.text)))
        place = peer(trial.target, trial.text)
        theirs = "orphan" if place is None else "right" if _overlap(place, trial.truth) >= _HALF else "wrong"
        size = len(trial.target.quote)
        length = next(
            name for name, (low, high) in zip(lengths, _LENGTHS, strict=True) if low <= size <= high
        )
        for tally in (rows[trial.row], lengths[length]):
            tally.ours[ours] += 1
            tally.gone[ours] += trial.truth is None
            tally.theirs[theirs] += 1
    return rows, lengths


def table(tallies: dict[str, Tally], heading: str) -> Iterator[str]:
    """Lines of Markdown: counts of ours, and of the peer those at a wrong place."""
    yield f"| {heading} | exact | moved | changed | changed, wrong | orphan | silent wrong | peer wrong |"
    yield "| --- |" + " ---: |" * 7
    total = Tally()
    for name, tally in tallies.items():
        yield _row(name, tally)
        total += tally
    yield _row("**all**", total)


def _row(name: str, tally: Tally) -> str:
    cells = [str(tally.ours[one] or "·") for one in OUTCOMES]
    return f"| {name} | {' | '.join(cells)} | {tally.theirs['wrong'] or '·'} |"


def summary(tallies: dict[str, Tally]) -> Iterator[str]:
    """The rates in words."""
    total = Tally()
    for tally in tallies.values():
        total += tally
    ours, gone, theirs = total.ours, total.gone, total.theirs
    cases, none = ours.total(), gone.total()
    proposed = ours["changed"] + ours["changed wrong"]
    claimed = ours["exact"] + ours["moved"] + ours["silent wrong"]
    yield f"- Cases: {cases:,}; **silent wrong: {ours['silent wrong']}** of {claimed:,} claims."
    yield (
        f"- False relocations: {ours['changed wrong']:,} of {proposed:,} proposals, "
        f"{_percent(ours['changed wrong'], proposed)}."
    )
    yield (
        f"- Words still there ({cases - none:,}): {_percent(claimed, cases - none)} `exact` or `moved`, "
        f"{_percent(ours['changed'], cases - none)} proposed at their place, "
        f"{_percent(ours['orphan'] - gone['orphan'], cases - none)} `orphan`."
    )
    yield f"- Words gone ({none:,}): {_percent(gone['orphan'], none)} `orphan`."
    placed = theirs["right"] + theirs["wrong"]
    yield (
        f"- The peer puts {_percent(placed, cases)} somewhere, none with a doubt: "
        f"{_percent(theirs['wrong'], placed)} of these at a wrong place."
    )


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.2f} %"


def page(measured: Measured) -> Iterator[str]:
    """All that is printed."""
    rows, lengths = measured
    yield from (*summary(rows), "", *table(rows, "what happened"), "", *table(lengths, "quote"))


def sweep(seed: int, cases: int) -> Iterator[str]:
    """What the thresholds would do, on the cases that are neither exact nor moved."""
    hard: list[tuple[Trial, list[Match]]] = []
    for trial in trials(seed, cases):
        anchor = resolve(trial.target, trial.text, text_sha256(trial.text))
        if anchor.state in ("changed", "orphan"):
            hard.append((trial, matches(trial.target, trial.text)))
    there = sum(trial.truth is not None for trial, _ in hard)
    yield "| acceptance | margin | found again | false relocations |"
    yield "| ---: | ---: | ---: | ---: |"
    for acceptance in _ACCEPTANCES:
        for margin in _MARGINS:
            right = wrong = 0
            for trial, found in hard:
                match = chosen(trial.target, found, trial.text, acceptance=acceptance, margin=margin)
                if match is not None:
                    good = _overlap((match.start, match.end), trial.truth) >= _HALF
                    right, wrong = right + good, wrong + (not good)
            yield (
                f"| {acceptance:.2f} | {margin:.2f} | {_percent(right, there)} "
                f"| {_percent(wrong, right + wrong)} |"
            )


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure what becomes of notes when their articles change.")
    parser.add_argument("--cases", type=int, default=300, help="of every row")
    parser.add_argument("--seed", type=int, default=REPORTED_ON)
    parser.add_argument("--sweep", action="store_true")
    options = parser.parse_args()
    if options.sweep:
        print("\n".join(sweep(options.seed, options.cases)))
        return
    print("\n".join(page(measure(options.seed, options.cases))))


if __name__ == "__main__":
    main()
