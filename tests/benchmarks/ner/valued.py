"""Dates, numbers and quotations of a reading beside those of the gold. README.md gives the definitions in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tests.benchmarks.ner.gold import OPEN, UNJUDGED, Gold
from tests.benchmarks.ner.matching import Span, acceptable, fault, overlap
from tests.benchmarks.ner.periods import period
from tests.benchmarks.ner.totals import Totals

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import DateMention, Quantity, Quotation

#: Confidence below which a quotation is offered as doubtful: a report of a noun (نفى مسؤوليته), figures of a body.
DOUBTFUL: Final = 0.6
#: Of intersection over union, from which on two spans are one quotation.
_SAME_QUOTE: Final = 0.5


def score_dates(totals: Totals, gold: Gold, ours: Sequence[DateMention]) -> None:
    counts = totals.counts
    for one in gold.dates:
        span = (one.start, one.end)
        best = max(ours, key=lambda date: overlap((date.start, date.end), span), default=None)
        judged = UNJUDGED not in one.values
        counts["dates"] += 1
        counts["dates judged"] += judged
        if best is None or not overlap((best.start, best.end), span):
            totals.errors.append(fault(gold, "date missed", one.form, one.values[0]))
            continue
        counts["dates found"] += 1
        if not judged:
            continue
        counts["dates found judged"] += 1
        if period(best.edtf or OPEN) in map(period, one.values):
            counts["dates right"] += 1
            continue
        silent = bool(best.edtf) and not best.note
        counts["dates wrong silently"] += silent
        counts["dates left open"] += not best.edtf
        totals.errors.append(
            fault(
                gold, "date WRONG" if silent else "date", one.form, f"{one.values[0]} | {best.edtf or OPEN}"
            )
        )
    own = [(one.start, one.end) for one in gold.dates] + list(gold.ignored)
    for found in ours:
        if not any(overlap((found.start, found.end), span) for span in own):
            counts["dates spurious"] += 1
            totals.errors.append(fault(gold, "date spurious", found.form, found.edtf))


def score_numbers(totals: Totals, gold: Gold, ours: Sequence[Quantity]) -> None:
    counts = totals.counts
    for one in gold.numbers:
        span = (one.start, one.end)
        counts["numbers"] += 1
        near = [quantity for quantity in ours if overlap((quantity.start, quantity.end), span)]
        same = [quantity for quantity in near if (quantity.low, quantity.high) == (one.low, one.high)]
        if not same:
            counts["numbers wrong"] += bool(near)
            what = f"{near[0].low:g}-{near[0].high:g}" if near else ""
            totals.errors.append(fault(gold, "number wrong" if near else "number missed", one.form, what))
            continue
        best = same[0]
        counts["numbers found"] += 1
        for what, wanted, got in (
            ("comparison", (one.comparison,), best.comparison),
            ("counting", one.counting, best.counting),
            ("unit", one.unit, best.unit),
        ):
            counts[f"numbers {what}"] += got in wanted
            if got not in wanted:
                totals.errors.append(fault(gold, f"number {what}", one.form, f"{wanted[0]} | {got}"))
    own = [(one.start, one.end) for one in gold.numbers] + list(gold.ignored)
    for found in ours if "numbers" not in gold.partial else ():
        if not any(overlap((found.start, found.end), span) for span in own):
            counts["numbers spurious"] += 1
            totals.errors.append(fault(gold, "number spurious", found.form, ""))


def score_quotations(totals: Totals, gold: Gold, ours: Sequence[Quotation], book: NameBook) -> None:
    counts = totals.counts
    text = gold.article.text
    used: set[int] = set()
    for one in gold.quotations:
        if one.optional:
            continue
        manner = "direct" if one.direct else "indirect"
        counts["quotations"] += 1
        counts[f"quotations {manner}"] += 1
        span = (one.start, one.end)
        best = max(ours, key=lambda quote: _alike((quote.start, quote.end), span), default=None)
        if best is None or _alike((best.start, best.end), span) < _SAME_QUOTE:
            totals.errors.append(
                fault(gold, f"quotation missed, {manner}", text[slice(*span)][:60], one.speaker)
            )
            continue
        used.add(id(best))
        counts["quotations found"] += 1
        counts[f"quotations found {manner}"] += 1
        counts["quotations direct right"] += best.direct == one.direct
        if one.speaker == UNJUDGED:
            continue
        counts["quotations speaker judged"] += 1
        speaker = gold.named(one.speaker)
        right = (
            acceptable(best.speaker, speaker, book)
            if speaker and best.speaker
            else not (speaker or best.speaker)
        )
        counts["quotations speaker"] += right
        if not right:
            totals.errors.append(
                fault(gold, "speaker", text[slice(*span)][:60], f"{one.speaker} | {best.speaker}")
            )
    for quote in ours:
        span = (quote.start, quote.end)
        if id(quote) in used or any(overlap(span, ignored) for ignored in gold.ignored):
            continue
        if not any(overlap(span, (one.start, one.end)) for one in gold.quotations):
            counts["quotations spurious"] += 1
            counts["quotations spurious doubtful"] += quote.confidence < DOUBTFUL
            totals.errors.append(fault(gold, "quotation spurious", text[slice(*span)][:60], quote.speaker))


def _alike(one: Span, other: Span) -> float:
    shared = overlap(one, other)
    return shared / (max(one[1], other[1]) - min(one[0], other[0])) if shared else 0.0
