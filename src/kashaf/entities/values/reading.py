"""Dates and numbers of an article's text, in one pass over its words."""

from __future__ import annotations

from datetime import date

from kashaf.entities.model import DateMention, Quantity
from kashaf.entities.values.context import Found
from kashaf.entities.values.words import Line, lines


def find_dates_and_numbers(
    text: str, published: date | None
) -> tuple[tuple[DateMention, ...], tuple[Quantity, ...]]:
    """The dates of a text and its numbers with what they count, each in order; no two of all of them overlap.

    published: the day of publication, from which `أمس` counts; without it such dates stay open. Never raises for any
    text, and takes time in proportion to its length.
    """
    # Month names of every Arab country come from Babel: 0.1 s that most commands need not spend.
    from kashaf.entities.values.dates import read_dates  # noqa: PLC0415
    from kashaf.entities.values.quantities import read_quantities  # noqa: PLC0415

    dates: list[DateMention] = []
    quantities: list[Quantity] = []
    for line in lines(text):
        found = read_dates(line, published)
        dates += [_mention(line, one) for one in found]
        quantities += read_quantities(line, [(one.first, one.end) for one in found])
    return tuple(dates), tuple(quantities)


def _mention(line: Line, found: Found) -> DateMention:
    start, end = line.begin(found.first), line.ends[found.end - 1]
    moment = found.moment
    return DateMention(
        start,
        end,
        line.text[start:end],
        moment.edtf,
        moment.earliest,
        moment.latest,
        moment.granularity,
        moment.calendar,
        moment.anchored,
        moment.confidence,
        moment.note,
    )
