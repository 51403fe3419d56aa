"""The last step of every reader: lines and stated values become a member with its draft."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, pairwise
from typing import Final, NamedTuple

from kashaf.corpus.article import Draft, Kind, Provenance, RemovedLine
from kashaf.corpus.chrome import MAX_LONG_CHARS, Rules, normal_form, rules_with
from kashaf.corpus.cleaning import Line, clean, split_lines
from kashaf.corpus.kinds import kinds_of
from kashaf.corpus.limits import check_text
from kashaf.corpus.lines import LineDecisions, article_scope, outlet_scope
from kashaf.corpus.metadata import NO_TITLE
from kashaf.corpus.page_head import TITLE, Head, read_head
from kashaf.corpus.readers.model import Member, Source
from kashaf.corpus.readers.stating import Stated, metadata_of
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise, sanitise_line

__all__ = ["Block", "Stated", "assemble"]

BY_ANALYST: Final = "dropped by the analyst"
BY_REPETITION: Final = "repeated by the outlet"
REPEATED_TITLE: Final = "repeated-title"
OUTSIDE: Final = "outside-article"
_TITLE_AGAIN_WITHIN: Final = 4
_TITLE_DIFFERS: Final = 20  # code points of marks and punctuation by which the second title may differ
_STANDFIRST_WITHIN: Final = 4


@dataclass(frozen=True, slots=True)
class Block:
    """A line of an article as a format gives it. kind: what the format says it is, None where it says nothing.
    number: its line in the file, or its place among the blocks, from 1; 0: its place in the sequence. outside: it
    stands around the article: it is removed, unless the analyst brought it back."""

    text: str
    kind: Kind | None = None
    number: int = 0
    outside: bool = False


class _Read(NamedTuple):
    """A page after cleaning: what its head says, the lines of its body with their indexes in `head.body` (-1 for a
    line that was brought back from what the head took), and everything that was removed."""

    head: Head
    body: tuple[tuple[int, Line], ...]
    removed: tuple[RemovedLine, ...]
    title_number: int


def assemble(
    source: Source,
    text: str | Sequence[Block],
    stated: Stated,
    *,
    key: str = "",
    sha256: str | None = None,
    warnings: Sequence[str] = (),
) -> Member:
    """Sanitise, clean and read a text; what is `stated` wins over what its lines say.

    Raises BadInput when nothing is left or the text is over the limit.
    """
    blocks: Sequence[Block] = ()
    if not isinstance(text, str):
        blocks = [block for block in text if block.text and not block.text.isspace()]
        text = "\n".join([" ".join(block.text.split("\n")) for block in blocks])
    safe = sanitise(text)
    notes = [*source.decoded.warnings, *warnings]
    if safe.removed:
        notes.append("taken out: " + ", ".join(f"{count} {kind}" for kind, count in safe.removed))
    lines = _as_blocks(split_lines(safe.text), blocks)
    read, scope = _decided(source, lines, stated, key)
    where = f"{source.path}#{key}" if key else source.path
    title = read.head.title
    if not read.body and not title:
        what = "nothing but site chrome" if read.removed else "no text"
        raise BadInput(what, where=where, cure="Look at the file: its article is missing")
    texts = [line.text for _, line in read.body]
    full = "\n".join([title, *texts] if title else texts)
    check_text(full, where=where)
    if not title:
        notes.append(NO_TITLE)
    notes += read.head.warnings
    body_start = min(len(title) + 1, len(full)) if title else 0
    starts = list(accumulate((len(one) + 1 for one in texts), initial=body_start))
    standfirst = _standfirst(read, stated)
    kinds = kinds_of([line for _, line in read.body], standfirst)
    places = {index: start for (index, _), start in zip(read.body, starts, strict=False) if index >= 0}
    if title:
        places[TITLE] = 0
    span = (
        (starts[standfirst], starts[standfirst] + len(texts[standfirst])) if standfirst is not None else None
    )
    draft = Draft(
        text=full,
        kinds=("title", *kinds) if title else tuple(kinds),
        metadata=metadata_of(stated, read.head, full, places, span),
        provenance=Provenance(
            path=source.path,
            member=key,
            sha256=source.sha256,
            encoding=source.decoded.encoding,
            confidence=source.decoded.confidence,
            warnings=tuple(dict.fromkeys(notes)) if notes else (),
            removed=_placed(read, starts, len(full)) if read.removed else (),
            scope=scope,
        ),
        body_start=body_start,
    )
    return Member(draft, key, sha256 or source.sha256)


def _as_blocks(lines: tuple[Line, ...], blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines with what their blocks say of them. Numbers that do not grow are of no use: then they are counted."""
    if not blocks:
        return lines
    last = len(blocks)
    own = [blocks[min(line.number, last) - 1] for line in lines]
    numbers = [block.number or line.number for line, block in zip(lines, own, strict=True)]
    if any(before >= after for before, after in pairwise(numbers)):
        numbers = [line.number for line in lines]
    return tuple(
        line._replace(number=number, kind=block.kind, outside=block.outside)
        for line, block, number in zip(lines, own, numbers, strict=True)
    )


def _decided(source: Source, lines: tuple[Line, ...], stated: Stated, key: str) -> tuple[_Read, str]:
    """The page as read under the decisions that were made about its lines, and the scope of those."""
    decisions = source.options.lines
    outside = [line for line in lines if line.outside]
    if outside:
        lines = tuple(line for line in lines if not line.outside)
    rules = rules_with(decisions.rules)
    title = (sanitise_line(stated.title) if stated.title else "") or None
    outlet = sanitise_line(stated.outlet) if stated.outlet else ""
    read: _Read | None = None
    if not outlet:
        read = _read(lines, stated, title, rules)
        outlet = sanitise_line(read.head.outlet or "")
    scope = outlet_scope(outlet, source.path)
    article = article_scope(source.sha256, key)
    gone: list[Line] = []
    for line in outside:
        decision = decisions.decision(line.text, article, scope)
        if decision is not None and decision.verdict == "keep":
            lines = (*lines, line)
        else:
            gone.append(line)
    if len(gone) < len(outside):
        lines = tuple(sorted(lines, key=lambda line: line.number))
    if decisions and decisions.touches(article, scope):
        keep, drop = _verdicts(lines, decisions, article, scope)
        if keep or drop:
            again = _read(lines, stated, title, rules, keep, drop)
            if read is not None and again.head.outlet is None:
                # The line that names the outlet may be one of those that are dropped.
                clues = tuple(replace(one, at=None) for one in read.head.clues if one.field == "outlet")
                head = replace(again.head, outlet=read.head.outlet, clues=(*again.head.clues, *clues))
                again = again._replace(head=head)
            return _with_gone(again, gone), scope
    return _with_gone(read or _read(lines, stated, title, rules), gone), scope


def _with_gone(read: _Read, gone: Sequence[Line]) -> _Read:
    """The page with the lines around its article among those that were removed."""
    if not gone:
        return read
    removed = (*read.removed, *(RemovedLine(line.text, line.number, OUTSIDE) for line in gone))
    return read._replace(removed=tuple(sorted(removed, key=lambda one: one.line)))


def _verdicts(
    lines: Sequence[Line], decisions: LineDecisions, article: str, scope: str
) -> tuple[frozenset[int], dict[int, str]]:
    keep: set[int] = set()
    drop: dict[int, str] = {}
    for index, line in enumerate(lines):
        decision = decisions.decision(line.text, article, scope)
        if decision is not None and decision.verdict == "keep":
            keep.add(index)
        elif decision is not None:
            drop[index] = BY_ANALYST if decision.by == "analyst" else BY_REPETITION
    return frozenset(keep), drop


def _read(
    lines: tuple[Line, ...],
    stated: Stated,
    title: str | None,
    rules: Rules,
    keep: frozenset[int] = frozenset(),
    drop: dict[int, str] | None = None,
) -> _Read:
    cleaned = clean(lines, rules, keep=keep, drop=drop)
    head = read_head(
        cleaned.kept,
        cleaned.removed,
        title=title,
        find_title=stated.may_hold_title,
        published=stated.published,
        outlet=stated.outlet,
    )
    kept = {lines[index].number for index in keep}
    again = _title_again(head.body, head.title, kept) if head.title else frozenset()
    body = [(index, line) for index, line in enumerate(head.body) if index not in again]
    taken = list(head.taken)
    if kept:
        back = {gone.line for gone in taken if gone.line in kept}
        texts = {gone.text for gone in taken}  # not of what was only cut from the beginning of a line
        whole = [line for line in cleaned.kept if line.number in back and line.text in texts]
        numbers = {line.number for line in whole}
        taken = [gone for gone in taken if gone.line not in numbers]
        body = sorted([*body, *((-1, line) for line in whole)], key=lambda pair: pair[1].number)
    removed = cleaned.removed
    if taken or again:
        said_again = (RemovedLine(head.body[i].text, head.body[i].number, REPEATED_TITLE) for i in again)
        removed = tuple(sorted((*removed, *taken, *said_again), key=lambda gone: gone.line))
    return _Read(head, tuple(body), removed, _title_number(cleaned.kept, head, title))


def _title_number(lines: Sequence[Line], head: Head, title: str | None) -> int:
    """The line that the title was taken from; 0 when it is not of the lines."""
    if not head.title or title is not None:
        return 0
    elsewhere = {line.number for line in head.body} | {gone.line for gone in head.taken}
    return next((line.number for line in lines if line.number not in elsewhere), 0)


def _title_again(body: Sequence[Line], title: str, kept: set[int]) -> frozenset[int]:
    """Sites print the title twice: above the page and over the body."""
    wanted = ""
    found: set[int] = set()
    for index, line in enumerate(body[:_TITLE_AGAIN_WITHIN]):
        if abs(len(line.text) - len(title)) > _TITLE_DIFFERS + len(title) // 4 or line.number in kept:
            continue
        wanted = wanted or _letters(title)
        if _letters(line.text) == wanted:
            found.add(index)
    return frozenset(found)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normal_form(text)))


def _standfirst(read: _Read, stated: Stated) -> int | None:
    """The place in the body of the line that is the standfirst, stated or found."""
    if stated.standfirst:
        wanted = _letters(stated.standfirst[:MAX_LONG_CHARS])
        for place, (_, line) in enumerate(read.body[:_STANDFIRST_WITHIN]):
            if wanted and _letters(line.text[:MAX_LONG_CHARS]) == wanted:
                return place
        return None
    if read.head.standfirst is None:
        return None
    at = next((one.at for one in read.head.clues if one.field == "standfirst"), None)
    return next((place for place, (index, _) in enumerate(read.body) if index == at and index >= 0), None)


def _placed(read: _Read, starts: Sequence[int], length: int) -> tuple[RemovedLine, ...]:
    """What was removed, with where it stood: before which line of the text."""
    numbers = [line.number for _, line in read.body]
    found = []
    for gone in read.removed:
        if gone.line < read.title_number:
            at = 0
        else:
            # What was cut from the beginning of a line stood before the rest of it.
            place = bisect_left(numbers, gone.line)
            at = starts[place] if place < len(numbers) else length
        found.append(RemovedLine(gone.text, gone.line, gone.rule, at))
    return tuple(found)
