"""How a reading of an article compares with its gold. README.md gives the definitions in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from tests.benchmarks.ner.gold import Gold, GoldEntity
from tests.benchmarks.ner.matching import Span, acceptable, fault, is_new, overlap, trim
from tests.benchmarks.ner.totals import Totals
from tests.benchmarks.ner.valued import score_dates, score_numbers, score_quotations

from kashaf.entities.book.namebook import NameBook, key_of
from kashaf.entities.model import ENTITY_TYPES, EntityType, Reading

NONE: Final = "none"


def score(pairs: Iterable[tuple[Gold, Reading]], book: NameBook) -> Totals:
    """Totals over articles and what was read out of them. book: the shipped one, which says what is new."""
    totals = Totals()
    for gold, reading in pairs:
        totals.articles += 1
        _entities(totals, gold, reading, book)
        score_dates(totals, gold, reading.dates)
        score_numbers(totals, gold, reading.quantities)
        score_quotations(totals, gold, reading.quotations, book)
    return totals


class _Seen(NamedTuple):
    """A mention of ours, its span trimmed."""

    name: str
    type: EntityType
    span: Span


@dataclass(slots=True)
class _Listed:
    """One line of our list: a type and a name, with the spans of its mentions."""

    name: str
    type: EntityType
    spans: list[Span]


def _entities(totals: Totals, gold: Gold, reading: Reading, book: NameBook) -> None:
    text = gold.article.text
    mentions = [
        _Seen(mention.name, mention.type, trim(text, (mention.start, mention.end)))
        for mention in reading.mentions
        if mention.type != "date"
    ]
    mentions = [one for one in mentions if not any(overlap(one.span, span) for span in gold.ignored)]
    _spans(totals, gold, mentions)
    listed: dict[tuple[EntityType, str], _Listed] = {}
    for name, kind, span in mentions:
        listed.setdefault((kind, key_of(name)), _Listed(name, kind, [])).spans.append(span)
    matched = _assign(gold, list(listed.values()), book)
    for entity in gold.entities:
        totals.gold[entity.type] += 1
        new = is_new(entity, book)
        totals.new_gold[entity.type] += new
        names = [line for line in listed.values() if matched.get(id(line)) is entity]
        if names:
            totals.found[entity.type] += 1
            totals.right[entity.type] += 1
            totals.new_found[entity.type] += new
            totals.one_name += len(names) == 1
            if len(names) > 1:
                totals.errors.append(
                    fault(gold, "split", entity.name, " | ".join(line.name for line in names))
                )
        else:
            totals.errors.append(fault(gold, "missed new" if new else "missed", entity.type, entity.name))
    for line in listed.values():
        owner = matched.get(id(line))
        if owner is None:
            totals.ours[line.type] += 1
            totals.errors.append(fault(gold, "spurious", line.type, line.name))
        held = [
            entity
            for entity in gold.entities
            if any(overlap(span, own) for span in line.spans for own in entity.spans)
            and entity.type == line.type
        ]
        if len(held) > 1:
            totals.fused += len(held) - 1
            totals.errors.append(fault(gold, "fused", line.name, " | ".join(entity.name for entity in held)))
    for kind in ENTITY_TYPES:
        totals.ours[kind] += len({id(e) for e in matched.values() if e.type == kind})


def _assign(gold: Gold, lines: Sequence[_Listed], book: NameBook) -> dict[int, GoldEntity]:
    """The gold entity of each line that has one: of its type, acceptably named, overlapping; most overlaps first."""
    pairs = []
    for number, line in enumerate(lines):
        for entity in gold.entities:
            if entity.type != line.type:
                continue
            shared = sum(any(overlap(span, own) for own in entity.spans) for span in line.spans)
            if shared and acceptable(line.name, entity, book):
                pairs.append((shared, -number, line, entity))
    pairs.sort(key=lambda pair: pair[:2], reverse=True)
    matched: dict[int, GoldEntity] = {}
    for _, _, line, entity in pairs:
        matched.setdefault(id(line), entity)
    return matched


def _spans(totals: Totals, gold: Gold, mentions: Sequence[_Seen]) -> None:
    text = gold.article.text
    own = [(entity.type, trim(text, span)) for entity in gold.entities for span in entity.spans]
    ours = [(kind, span) for _, kind, span in mentions]
    right = set(own) & set(ours)
    for kind, span in own:
        totals.span_gold[kind] += 1
        totals.span_right[kind] += (kind, span) in right
        best = max(ours, key=lambda one: overlap(one[1], span), default=None)
        if best is None or not overlap(best[1], span):
            totals.confusion[kind, NONE] += 1
        else:
            totals.confusion[kind, best[0]] += 1
            if best[0] == kind and best[1] != span:
                totals.edges[kind] += 1
                totals.errors.append(
                    fault(gold, "edges", kind, f"{text[slice(*span)]} | {text[slice(*best[1])]}")
                )
            elif best[0] != kind:
                totals.errors.append(
                    fault(
                        gold,
                        "type",
                        f"{kind} as {best[0]}",
                        f"{text[slice(*span)]} | {text[slice(*best[1])]}",
                    )
                )
    for _, kind, span in mentions:
        totals.span_ours[kind] += 1
        if not any(overlap(span, one) for _, one in own):
            totals.confusion[NONE, kind] += 1
