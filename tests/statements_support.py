"""Articles with their dates, figures and names written into the text, as rows for the timeline and the claims.

`⟦form|date|EDTF⟧` (with `@` before the value: counted from the day of publication), `⟦form|COUNTING|NUMBER⟧` (with
`>`, `<` or `~` before the number; `counting:unit` for a unit), `⟦form|org|NAME⟧`, `place`, `person`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final, cast, get_args

from kashaf.entities.model import (
    Comparison,
    Counting,
    DateMention,
    EntityType,
    Granularity,
    Mention,
    Quantity,
    Reading,
)
from kashaf.entities.statements.claims import claims
from kashaf.entities.statements.model import Claim, Source, Timeline
from kashaf.entities.statements.periods import stretch
from kashaf.entities.statements.timeline import timeline
from kashaf.entities.tables.rows import Counted, Dated, Named
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem

_MARK: Final = re.compile(r"⟦([^|⟧]+)\|([^|⟧]+)\|([^⟧]*)⟧")
_TYPES: Final[dict[str, EntityType]] = {"org": "organization", "place": "place", "person": "person"}
_HEDGES: Final = {"أكثر", "أقل", "من", "نحو", "تسع"}
_SIGNS: Final[dict[str, Comparison]] = {">": "more than", "<": "less than", "~": "about"}


def day(text: str) -> date:
    return date.fromisoformat(text)


def date_mention(start: int, form: str, value: str) -> DateMention:
    """A date of an EDTF value: a day, month, year, interval of days, or XXXX-…."""
    anchored, edtf = value.startswith("@"), value.removeprefix("@")
    plain = edtf.rstrip("~%")
    grain: Granularity
    low: date | None
    high: date | None
    if plain.startswith("XXXX") or not plain:
        low, high, grain = None, None, "day"
    elif "/" in plain:
        low, high = (day(part) if part != ".." else None for part in plain.split("/"))
        grain = "interval"
    elif len(plain) == 4:
        (low, high), grain = stretch(date(int(plain), 1, 1), "year"), "year"
    elif len(plain) == 7:
        (low, high), grain = stretch(day(plain + "-01"), "month"), "month"
    else:
        low = high = day(plain)
        grain = "day"
    return DateMention(start, start + len(form), form, edtf, low, high, grain, anchored=anchored)


def quantity(start: int, form: str, kind: str, value: str) -> Quantity:
    """A number, with the words of its form that are no digits as what is counted."""
    comparison = _SIGNS.get(value[:1], "exactly")
    number = float(value.lstrip("><~"))
    counting, _, unit = kind.partition(":")
    counted = " ".join(word for word in form.split() if word not in _HEDGES and not word[-1].isdigit())
    of = tuple(stem(fold_word(word)) for word in counted.split() if word != "من")
    assert counting in get_args(Counting)
    return Quantity(
        start,
        start + len(form),
        form,
        number,
        number,
        comparison,
        cast("Counting", counting),
        unit,
        counted,
        of,
    )


def plain_of(marked: str) -> str:
    """The text without the marks."""
    return _MARK.sub(lambda match: match.group(1), marked)


def reading_of(marked: str, text: str) -> Reading:
    """What is marked, as an article's reading. text: the article's, which holds each line of `marked`."""
    mentions: list[Mention] = []
    dates: list[DateMention] = []
    quantities: list[Quantity] = []
    for line in filter(str.strip, marked.split("\n")):
        begin = text.index(plain_of(line))
        taken = 0
        for match in _MARK.finditer(line):
            form, kind, value = match.groups()
            start = begin + match.start() - taken
            taken += len(match.group()) - len(form)
            if kind == "date":
                dates.append(date_mention(start, form, value))
            elif kind in _TYPES:
                mentions.append(Mention(value, _TYPES[kind], start, start + len(form), form, "book"))
            else:
                quantities.append(quantity(start, form, kind, value))
    return Reading(tuple(mentions), tuple(dates), tuple(quantities))


@dataclass
class Corpus:
    """Articles, and the rows of them."""

    sources: dict[str, Source] = field(default_factory=dict)
    dated: list[Dated] = field(default_factory=list)
    counted: list[Counted] = field(default_factory=list)
    named: list[Named] = field(default_factory=list)

    def add(
        self,
        text: str,
        outlet: str = "",
        published: str = "2025-11-03",
        *,
        story: str = "",
    ) -> str:
        """Add an article; returns its id."""
        id_ = f"a{len(self.sources):04}"
        on = day(published) if published else None
        plain, last = "", 0
        for match in _MARK.finditer(text):
            plain += text[last : match.start()]
            form, kind, value = match.groups()
            start, last = len(plain), match.end()
            plain += form
            if kind == "date":
                self.dated.append(Dated(id_, on, outlet, date_mention(start, form, value)))
            elif kind in _TYPES:
                self.named.append(Named(id_, _TYPES[kind], value, start, len(plain)))
            else:
                self.counted.append(Counted(id_, on, outlet, quantity(start, form, kind, value)))
        plain += text[last:]
        self.sources[id_] = Source(id_, plain.split("\n")[0], outlet, on, plain, story or id_)
        return id_

    def timeline(self, first: str = "", last: str = "") -> Timeline:
        return timeline(
            self.dated,
            self.sources.get,
            first=day(first) if first else None,
            last=day(last) if last else None,
        )

    def claims(self) -> tuple[Claim, ...]:
        return claims(self.counted, self.named, self.dated, self.sources.get, story=self.story)

    def story(self, id_: str) -> str:
        return self.sources[id_].story


def days_after(start: date, number: int) -> date:
    return start + timedelta(days=number)
