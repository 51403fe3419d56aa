"""What the list of entities is made of: headings, and below them who, where, when and how many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from kashaf.entities.model import ENTITY_TYPES, EntityRow, EntityType, Link, Mention, Reading

Kind = Literal["person", "place", "organization", "date", "number"]
KINDS: Final[tuple[Kind, ...]] = (*ENTITY_TYPES, "date", "number")
#: Below it a mention is shown as not sure.
SURE: Final = 0.6

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of the pane: an entity, a date or a number; a heading, where `heading` is how many rows it has.

    name: as shown; of a date or a number, its words. mentions: in the article, or in the corpus before one is open.
    spans: where in the article. value: what a date is worth (EDTF), or what a number counts, by the contract's name.
    links: why its forms bear the name. confidence: of the surest mention. note: what makes a date less than sure.
    """

    type: Kind
    name: str = ""
    mentions: int = 0
    entity: EntityRow | None = None
    spans: tuple[Span, ...] = ()
    value: str = ""
    links: tuple[Link, ...] = ()
    confidence: float = 1.0
    note: str = ""
    heading: int = 0

    @property
    def variants(self) -> tuple[tuple[str, int], ...]:
        """The forms it was met in, and how often."""
        return self.entity.variants if self.entity is not None else ((self.name, self.mentions),)

    @property
    def sure(self) -> bool:
        return self.confidence >= SURE


def of_corpus(rows: Iterable[EntityRow]) -> list[ListRow]:
    """Entities of the corpus under their headings, the commonest first."""
    found = [
        ListRow(kind, row.name, row.mentions, row)
        for row in rows
        for kind in KINDS
        if kind == row.type != "date"
    ]
    return list(_grouped(found))


def of_article(reading: Reading, known: Mapping[tuple[str, str], EntityRow]) -> list[ListRow]:
    """What an article says of whom, when and how many, under headings.

    known: entities of the corpus by type and name, for how they run through the months.
    """
    by_name: dict[tuple[EntityType, str], list[Mention]] = {}
    for mention in reading.mentions:
        if mention.type != "date":
            by_name.setdefault((mention.type, mention.name), []).append(mention)
    rows = [_entity(kind, name, found, known.get((kind, name))) for (kind, name), found in by_name.items()]
    rows.sort(key=lambda row: (-row.mentions, row.name))
    return list(_grouped([*rows, *_dates(reading), *_numbers(reading)]))


def _entity(kind: EntityType, name: str, found: list[Mention], known: EntityRow | None) -> ListRow:
    forms = Counter(one.form for one in found)
    row = EntityRow(
        name,
        kind,
        1,
        len(found),
        tuple(forms.most_common()),
        known.last if known else None,
        known.trend if known else (),
    )
    return ListRow(
        kind,
        name,
        len(found),
        row,
        tuple((one.start, one.end) for one in found),
        links=tuple(dict.fromkeys(one.link for one in found if one.link)),
        confidence=max(one.confidence for one in found),
    )


def _dates(reading: Reading) -> Iterator[ListRow]:
    """By value, the earliest first; those without one by their words, last."""
    if not reading.dates:
        # Read before dates had a value of their own.
        plain = [one for one in reading.mentions if one.type == "date"]
        yield from (ListRow("date", one.form, 1, None, ((one.start, one.end),), one.name) for one in plain)
        return
    groups: dict[tuple[str, str], list[ListRow]] = {}
    order: dict[tuple[str, str], str] = {}
    for one in reading.dates:
        row = ListRow(
            "date",
            one.form,
            1,
            None,
            ((one.start, one.end),),
            one.edtf,
            confidence=one.confidence,
            note=one.note,
        )
        key = (one.edtf, "" if one.edtf else one.form)
        groups.setdefault(key, []).append(row)
        order.setdefault(key, one.earliest.isoformat() if one.earliest else "~")
    for key in sorted(groups, key=lambda key: (not key[0], order[key], key)):
        yield _joined(groups[key])


def _numbers(reading: Reading) -> Iterator[ListRow]:
    """In order of the text; the same words once."""
    groups: dict[tuple[str, str], list[ListRow]] = {}
    for one in reading.quantities:
        value = one.unit if one.counting == "money" and one.unit else one.counting
        row = ListRow("number", one.form, 1, None, ((one.start, one.end),), value, confidence=one.confidence)
        groups.setdefault((one.form, value), []).append(row)
    for rows in groups.values():
        yield _joined(rows)


def _joined(rows: list[ListRow]) -> ListRow:
    first = rows[0]
    return ListRow(
        first.type,
        first.name,
        len(rows),
        None,
        tuple(span for row in rows for span in row.spans),
        first.value,
        confidence=max(row.confidence for row in rows),
        note=first.note,
    )


def _grouped(rows: list[ListRow]) -> Iterator[ListRow]:
    for kind in KINDS:
        mine = [row for row in rows if row.type == kind]
        if mine:
            yield ListRow(kind, heading=len(mine))
            yield from mine
