"""Dates, figures and sentences of the timeline as both the command and the explorer show them."""

from __future__ import annotations

from typing import Final

from kashaf.bidi.layout import cell_width
from kashaf.entities.model import Quantity

_BEFORE: Final = 0.35  # of a line, at most, before the words that matter
_COMPARISONS: Final = {
    "exactly": "", "about": "~ ", "more than": "> ", "at least": "≥ ", "less than": "< ", "at most": "≤ ",
    "between": "",
}  # fmt: skip


def around(text: str, span: tuple[int, int], width: int) -> tuple[str, tuple[int, int]]:
    """A sentence without so many of its first words that the span is not seen in `width` cells."""
    start, end = span
    if cell_width(text[:end]) <= width - 2:
        return text, span
    # What follows may be short: then there is more room before.
    spare = width - 2 - min(width, cell_width(text[start : start + 2 * width]))
    low = max(0, start - max(int(width * _BEFORE), spare))
    cut = text.find(" ", low, start) + 1
    low = cut if cut > 0 else low
    return "… " + text[low:], (start - low + 2, end - low + 2)


def shown_value(edtf: str) -> str:
    """An EDTF value as people read it: an interval with a dash, about with the sign before it."""
    parts = ["~" + part.rstrip("~%") if part[-1:] in {"~", "%"} else part for part in edtf.split("/")]
    return "–".join("…" if part == ".." else part for part in parts)


def number_words(quantity: Quantity) -> str:
    """A quantity as a number with its comparison and unit."""
    low = number(quantity.low)
    text = f"{low}–{number(quantity.high)}" if quantity.high != quantity.low else low
    unit = quantity.unit if quantity.unit in {"", "%"} else f" {quantity.unit}"
    return f"{_COMPARISONS[quantity.comparison]}{text}{unit}"


def number(value: float) -> str:
    """With thousands parted, and no more places after the point than it has."""
    return f"{int(value):,}" if value == int(value) else f"{value:,.4f}".rstrip("0")
