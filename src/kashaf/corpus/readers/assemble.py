"""The last step of every reader: lines and stated values become a member with its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from kashaf.corpus.article import Draft, Evidence, Kind, Metadata, Provenance, RemovedLine
from kashaf.corpus.chrome import normal_form
from kashaf.corpus.cleaning import Line, clean, split_lines
from kashaf.corpus.limits import check_text
from kashaf.corpus.metadata import NO_TITLE, detect_language, fallback_title
from kashaf.corpus.page_head import Head, read_head
from kashaf.corpus.readers.model import Member, Source
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise, sanitise_line

_TITLE_AGAIN_WITHIN = 4


@dataclass(frozen=True, slots=True)
class Stated:
    """What a format states outside the text. None where it says nothing; evidence as in `Metadata`."""

    title: str | None = None
    outlet: str | None = None
    author: str | None = None
    published: date | None = None
    evidence: str = ""
    language: str | None = None
    url: str | None = None
    standfirst: str | None = None
    updated: date | None = None
    evidences: tuple[
        Evidence, ...
    ] = ()  # where each of these was read; that of the date is made of `evidence`
    may_hold_title: bool = True  # whether a missing title may be looked for in the lines
    may_hold_date: bool = True  # likewise a missing date


@dataclass(frozen=True, slots=True)
class Block:
    """A line of an article as a format gives it. kind: what the format says it is, None where it says nothing.
    number: its line in the file, or its place among the blocks, from 1; 0: its place in the sequence."""

    text: str
    kind: Kind | None = None
    number: int = 0


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
        text = "\n".join(" ".join(block.text.split("\n")) for block in blocks)
    safe = sanitise(text)
    notes = [*source.decoded.warnings, *warnings]
    if safe.removed:
        notes.append("taken out: " + ", ".join(f"{count} {kind}" for kind, count in safe.removed))
    title = sanitise_line(stated.title or "") or None
    cleaned = clean(_as_blocks(split_lines(safe.text), blocks))
    head = read_head(cleaned.kept, cleaned.removed, title=title, find_title=stated.may_hold_title)
    body, again = _without_title(head.body, head.title)
    where = f"{source.path}#{key}" if key else source.path
    if not body and not head.title:
        what = "nothing but site chrome" if cleaned.removed else "no text"
        raise BadInput(what, where=where, cure="Look at the file: its article is missing")
    full = "\n".join(([head.title] if head.title else []) + [line.text for line in body])
    check_text(full, where=where)
    if not head.title:
        notes.append(NO_TITLE)
    removed = sorted((*cleaned.removed, *head.taken, *again), key=lambda line: line.line)
    kinds: list[Kind] = ["title"] if head.title else []
    kinds += [line.kind or "paragraph" for line in body]
    draft = Draft(
        text=full,
        kinds=tuple(kinds),
        metadata=_metadata(stated, head, full),
        provenance=Provenance(
            path=source.path,
            member=key,
            sha256=source.sha256,
            encoding=source.decoded.encoding,
            confidence=source.decoded.confidence,
            warnings=tuple(dict.fromkeys(notes)),
            removed=tuple(removed),
        ),
        body_start=min(len(head.title) + 1, len(full)) if head.title else 0,
    )
    return Member(draft, key, sha256 or source.sha256)


def _as_blocks(lines: tuple[Line, ...], blocks: Sequence[Block]) -> tuple[Line, ...]:
    """The lines with what their blocks say of them."""
    if not blocks:
        return lines
    last = len(blocks)
    found = ((line, blocks[min(line.number, last) - 1]) for line in lines)
    return tuple(replace(line, number=block.number or line.number, kind=block.kind) for line, block in found)


def _without_title(
    body: tuple[Line, ...], title: str | None
) -> tuple[tuple[Line, ...], tuple[RemovedLine, ...]]:
    """Sites print the title twice: above the page and over the body."""
    if not title:
        return body, ()
    wanted = _letters(title)
    again = {line.number for line in body[:_TITLE_AGAIN_WITHIN] if _letters(line.text) == wanted}
    return (
        tuple(line for line in body if line.number not in again),
        tuple(RemovedLine(line.text, line.number, "repeated-title") for line in body if line.number in again),
    )


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, normal_form(text)))


def _metadata(stated: Stated, head: Head, text: str) -> Metadata:
    published, evidence = stated.published, stated.evidence
    if published is None and stated.may_hold_date:
        published, evidence = head.published, head.evidence
    return Metadata(
        title=head.title or fallback_title(text),
        outlet=sanitise_line(stated.outlet or head.outlet or "") or None,
        author=sanitise_line(stated.author or head.author or "") or None,
        published=published,
        published_evidence=sanitise_line(evidence) if published is not None else "",
        language=detect_language(text, stated.language),
        url=sanitise_line(stated.url or "") or None,
    )
