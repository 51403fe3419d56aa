"""What the head of a page gives: values, where each was read, and the lines that are left."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from kashaf.corpus.article import MetadataField, RemovedLine
from kashaf.corpus.cleaning import Line

TITLE: Final = -1


@dataclass(frozen=True, slots=True)
class Clue:
    """Where a value was read. at: index in `Head.body` of the line that it stands in, `TITLE` for the title's line,
    None when its line is not in the text. start, end: the value in that line."""

    field: MetadataField
    where: str
    confidence: float = 1.0
    at: int | None = None
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Head:
    """What the lines of a page state. body: the lines left for the article; taken: lines read as metadata.

    evidence: where `published` was read. clues: the same for every value found here. warnings: what contradicts.
    """

    title: str | None
    outlet: str | None
    author: str | None
    published: date | None
    evidence: str
    body: tuple[Line, ...]
    taken: tuple[RemovedLine, ...]
    standfirst: str | None = None
    updated: date | None = None
    url: str | None = None
    dateline: str | None = None
    language: str | None = None
    clues: tuple[Clue, ...] = ()
    warnings: tuple[str, ...] = ()
