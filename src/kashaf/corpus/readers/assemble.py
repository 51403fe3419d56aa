"""The last step of every reader: lines and stated values become a member with its draft."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from kashaf.corpus.article import Draft, Metadata, Provenance, RemovedLine
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
    may_hold_title: bool = True  # whether a missing title may be looked for in the lines
    may_hold_date: bool = True  # likewise a missing date


def assemble(
    source: Source,
    text: str,
    stated: Stated,
    *,
    key: str = "",
    sha256: str | None = None,
    warnings: Sequence[str] = (),
    numbers: Sequence[int] | None = None,
) -> Member:
    """Sanitise, clean and read a text; what is `stated` wins over what its lines say.

    numbers: the line of the file that each line of `text` came from, when they differ.
    Raises BadInput when nothing is left or the text is over the limit.
    """
    safe = sanitise(text)
    notes = [*source.decoded.warnings, *warnings]
    if safe.removed:
        notes.append("taken out: " + ", ".join(f"{count} {kind}" for kind, count in safe.removed))
    title = sanitise_line(stated.title or "") or None
    cleaned = clean(_numbered(split_lines(safe.text), numbers))
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
    draft = Draft(
        text=full,
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


def _numbered(lines: tuple[Line, ...], numbers: Sequence[int] | None) -> tuple[Line, ...]:
    if numbers is None:
        return lines
    last = len(numbers)
    return tuple(Line(numbers[min(line.number, last) - 1], line.text, line.raw) for line in lines)


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
