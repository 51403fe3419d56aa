"""Texts of a book's length and more, read a window at a time: what reading holds in memory does not grow with them.

No article of a newspaper comes near the size of a window. Each is read for itself: what one has taught of a name is
not known in the next.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any, Final, TypeVar

from kashaf.entities.model import DateMention, Mention, Quantity, Quotation, Reading

Found = TypeVar("Found", Mention, DateMention, Quantity, Quotation)

#: Code points: fifteen thousand words.
WINDOW: Final = 100_000
#: Where a window ends best: after a line, else after a sentence, else between two words.
_ENDS: Final = (("\n",), (". ", "؟ ", "! ", "؛ ", "? ", "۔ "), (" ",))


def windows(text: str, size: int = WINDOW) -> Iterator[tuple[int, int]]:
    """Spans that make up a text, none longer than `size`, none but the last shorter than half of it."""
    start = 0
    while len(text) - start > size:
        end = _end(text, start + size // 2, start + size)
        yield start, end
        start = end
    yield start, len(text)


def _end(text: str, least: int, most: int) -> int:
    for kinds in _ENDS:
        end = max(text.rfind(mark, least, most) + len(mark) for mark in kinds)
        if end > least:
            return end
    return most


def read_in_windows(text: str, read: Callable[[str], Reading], size: int = WINDOW) -> Reading:
    """What `read` finds in each window, with spans in the whole text and one object for all equal values."""
    mentions: list[Mention] = []
    dates: list[DateMention] = []
    quantities: list[Quantity] = []
    quotations: list[Quotation] = []
    same: dict[Any, Any] = {}
    for start, end in windows(text, size):
        found = read(text[start:end])
        mentions += (_moved(one, start, same, "name", "form", "confidence") for one in found.mentions)
        dates += (_moved(one, start, same, "form", "edtf") for one in found.dates)
        quantities += (_moved(one, start, same, "form", "counted", "of") for one in found.quantities)
        quotations += (_moved_quotation(one, start, same) for one in found.quotations)
    return Reading(tuple(mentions), tuple(dates), tuple(quantities), tuple(quotations))


def _moved(one: Found, by: int, same: dict[Any, Any], *shared: str) -> Found:
    values = {name: same.setdefault(value := getattr(one, name), value) for name in shared}
    return replace(one, start=one.start + by, end=one.end + by, **values)


def _moved_quotation(one: Quotation, by: int, same: dict[Any, Any]) -> Quotation:
    """An empty span says that there is no verb, or no speaker; it stays where it is."""
    verb = by if one.verb_end else 0
    speaker = by if one.speaker_end else 0
    return replace(
        _moved(one, by, same, "verb", "speaker"),
        verb_start=one.verb_start + verb,
        verb_end=one.verb_end + verb,
        speaker_start=one.speaker_start + speaker,
        speaker_end=one.speaker_end + speaker,
    )
