"""What the analyst knows better: title, day, outlet or author of an article. It wins over what was read.

A correction changes metadata only, never `Article.text`: notes and hits keep their offsets.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Final, Literal, get_args

from kashaf.corpus.article import Evidence, Metadata
from kashaf.errors import BadInput
from kashaf.said import said
from kashaf.text.sanitise import sanitise_line

CorrectedField = Literal["title", "published", "outlet", "author"]
CORRECTED_FIELDS: Final[tuple[CorrectedField, ...]] = get_args(CorrectedField)
BY_ANALYST: Final = "corrected by the analyst"

_LONGEST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Correction:
    """A value that the analyst gave. None: the article states none, whatever was read. when: ISO 8601, UTC."""

    field: CorrectedField
    value: str | None
    when: str


def correction(field: CorrectedField, value: str) -> Correction:
    """A correction made now, of what was typed. A day may be written in any way that `dates` reads.

    Raises BadInput for an empty title, a value that is too long, or a day that is none.
    """
    line = sanitise_line(value)
    if len(line) > _LONGEST:
        raise BadInput(said("a value of over {n} characters", n=_LONGEST), cure=said("Shorten it"))
    if field == "title" and not line:
        raise BadInput(said("an empty title"), cure=said("Write a title, or take the correction back"))
    if field == "published" and line:
        line = _day(line).isoformat()
    return Correction(field, line or None, datetime.now(UTC).isoformat(timespec="seconds"))


def _day(written: str) -> date:
    from kashaf.corpus.dates import parse_date  # noqa: PLC0415 -- Babel's tables, for one field of four

    found = parse_date(written)
    whole = found is not None and found.granularity == "day" and found.end - found.start == len(written)
    if found is None or found.value is None or not whole:
        raise BadInput(
            said("not a day: {written}", written=written[:60]),
            cure=said("Write it as 2025-11-03, or in words with its year"),
        )
    return found.value


def corrected(metadata: Metadata, corrections: Sequence[Correction]) -> Metadata:
    """The metadata with the corrections in the place of what was read, each with its evidence."""
    for one in corrections:
        others = tuple(evidence for evidence in metadata.evidence if evidence.field != one.field)
        evidence = (*others, Evidence(one.field, BY_ANALYST)) if one.value is not None else others
        metadata = replace(metadata, evidence=evidence)
        match one.field:
            case "published":
                day = date.fromisoformat(one.value) if one.value else None
                metadata = replace(metadata, published=day, published_evidence=BY_ANALYST if day else "")
            case "title":
                metadata = replace(metadata, title=one.value or metadata.title)
            case "outlet":
                metadata = replace(metadata, outlet=one.value)
            case "author":
                metadata = replace(metadata, author=one.value)
    return metadata
