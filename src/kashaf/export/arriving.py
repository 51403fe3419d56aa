"""Foreign annotations become notes, and those that came before are known again.

Annotations of other programs have no past. One that is read again is the note that it became: unchanged, whatever
the analyst made of the note since; or, where its own program changed it, a version made from the first, so that a
merge keeps what was done here and shows what was done to the same field on both sides.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.export.foreign import Refused, Spot, Unusable, in_short
from kashaf.export.placing import place
from kashaf.notes.codec import from_document, to_document, with_content
from kashaf.notes.gate import clean_note
from kashaf.notes.model import MAX_TAGS, Note, WordsTarget
from kashaf.notes.versions import amended, first
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashaf.export.foreign import Foreign, Read
    from kashaf.export.library import Library
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.model import Target, Version
    from kashaf.storage.strict_json import Json


_ORIGIN: Final = "origin"
_FIELDS: Final = ("target", "other", "body", "tags", "kind", "confidence", "status", "extra")


@dataclass(frozen=True, slots=True)
class Loose:
    """A note whose words were not found for certain, and where they may be."""

    note: Note
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Arrivals:
    """What becomes of the annotations of a file.

    notes: to be merged into ours. known: ids of notes that are here and told nothing new; among them `deleted`, which
    were deleted here and stay so. loose: those of `notes` and of `known` whose words were not found for certain.
    """

    notes: tuple[Note, ...]
    known: tuple[str, ...]
    deleted: tuple[str, ...]
    loose: tuple[Loose, ...]
    refused: tuple[Refused, ...]


def arrivals(
    read: Read, library: Library, *, ours: Mapping[str, Note], deleted: Mapping[str, Note | None], now: str
) -> Arrivals:
    """What the annotations of a file become.

    ours: live notes by id. deleted: notes in the trash by id, and None for those of which nothing is left.
    now: the time, for annotations that say none.
    """
    notes: list[Note] = []
    known: list[str] = []
    gone: list[str] = []
    loose: list[Loose] = []
    refused = list(read.refused)
    for foreign in read.annotations:
        try:
            note, anchors = _note(foreign, library, now)
        except Unusable as error:
            refused.append(Refused(foreign.where, _what(foreign), str(error)))
            continue
        before = ours.get(note.id) or deleted.get(note.id)
        if before is not None:
            news = _news(note, before)
        elif note.id in deleted:
            news = None
        else:
            news = first(note)
        if news is not None:
            notes.append(news)
        else:
            known.append(note.id)
            if note.id in deleted:
                gone.append(note.id)
                continue
        loose += [Loose(note, anchor) for anchor in anchors if anchor.state not in ("exact", "moved")][:1]
    return Arrivals(tuple(notes), tuple(known), tuple(gone), tuple(loose), tuple(refused))


def _note(foreign: Foreign, library: Library, now: str) -> tuple[Note, list[Anchor]]:
    """The note without versions, and the anchors of its ends. Raises Unusable."""
    if len(set(foreign.tags)) > MAX_TAGS:
        raise Unusable(f"over {MAX_TAGS} tags")
    anchors: list[Anchor] = []
    body = _said(foreign.body)
    other: WordsTarget | None = None
    target: Target
    if isinstance(foreign.aim, Spot):
        placed = place(foreign.aim, library)
        target = placed.target
        anchors.append(placed.anchor)
    else:
        target = foreign.aim
    if foreign.other is not None:
        try:
            end = place(foreign.other, library)
        except Unusable:
            end = None
        if end is not None and isinstance(end.target, WordsTarget):
            other = end.target
            anchors.append(end.anchor)
        else:
            # Where it leads is not here: what is said of it must not go.
            body = "\n\n".join(filter(None, [body, *foreign.other.sources[:1], foreign.other.quote]))
    kind = foreign.kind or ("note" if body else "highlight")
    if other is not None or kind == "link":
        kind = "link" if other is not None else "note"
    note = clean_note(
        Note(
            id=foreign.id,
            target=target,
            body=body,
            tags=tuple(dict.fromkeys(foreign.tags)),
            kind=kind,
            author=foreign.author,
            created=foreign.created or now,
            modified=foreign.modified or foreign.created or now,
            confidence=foreign.confidence,
            status=foreign.status,
            other=other,
            extra=_extra(foreign),
        )
    )
    try:
        return from_document(to_document(note), where=foreign.where), anchors
    except BadInput as error:
        raise Unusable(f"{error.where}: {error.what}") from error


def _extra(foreign: Foreign) -> dict[str, Json]:
    """What goes along in fields of its own: what it answers, and which annotation it was, in which state."""
    extra: dict[str, Json] = {}
    if foreign.reply_to:
        extra["reply_to"] = foreign.reply_to
    if foreign.origin:
        extra[_ORIGIN] = {"id": sanitise_line(foreign.origin), "modified": foreign.modified}
    return extra


def _what(foreign: Foreign) -> str:
    quote = foreign.aim.quote if isinstance(foreign.aim, Spot) else ""
    return in_short(foreign.body or quote or " ".join(foreign.tags))


def _news(note: Note, before: Note) -> Note | None:
    """The note as it came first, with what its program changed since; None when it tells nothing new."""
    if _alike(note, before):
        return None
    came = _came(before)
    if not came or any(_alike(note, state) for state in (*came, *_states(before, before.versions))):
        return None
    last = came[-1]
    told = replace(
        last,
        target=last.target if _words(note) == _words(last) else note.target,
        other=last.other if _other(note) == _other(last) else note.other,
        extra={**last.extra, **note.extra},
        body=note.body,
        tags=note.tags,
        kind=note.kind,
        confidence=note.confidence,
        status=note.status,
    )
    return amended(last, told, at=max(note.modified, last.versions[-1].at), author=note.author)


def _came(note: Note) -> list[Note]:
    """The note in the states that its own program gave it, the last one with all versions that did."""
    line: list[Version] = []
    for version in note.versions:
        told = (version.changes or {}).get("extra")
        if not line or (version.parents == (line[-1].id,) and isinstance(told, dict) and _ORIGIN in told):
            line.append(version)
    states = _states(note, line)
    if states:
        states[-1] = replace(states[-1], versions=tuple(line[: len(states)]))
    return states


def _states(note: Note, line: Sequence[Version]) -> list[Note]:
    """What a note was after each of these versions, as long as each was made from the one before it.

    Nothing where somebody has let go of what the first one said.
    """
    states: list[Note] = []
    for number, version in enumerate(line):
        parents = (line[number - 1].id,) if number else ()
        if version.changes is None or version.parents != parents:
            break
        changes = {name: value for name, value in version.changes.items() if name in _FIELDS}
        before = states[-1] if states else replace(note, extra={})
        states.append(with_content(before, changes, where=note.id))
    return states


def _alike(note: Note, state: Note) -> bool:
    """Whether an annotation says what a note says. Where its words are now is no part of that."""
    return (
        (_said(note.body), note.tags, note.kind, note.confidence, note.status)
        == (_said(state.body), state.tags, state.kind, state.confidence, state.status)
        and _words(note) == _words(state)
        and _other(note) == _other(state)
    )


def _words(note: Note) -> tuple[str, ...]:
    """What tells what a note is about. Not the article: another workspace may have the same text by another id."""
    kind = type(note.target).__name__
    return (kind, _bare(note.quote)) if note.article_id else (kind, note.about)


def _other(note: Note) -> tuple[str, ...]:
    return () if note.other is None else (_bare(note.other.quote),)


def _said(body: str) -> str:
    """What a body says: blanks alone say nothing, and other formats have no place for them."""
    return body if body.strip() else ""


def _bare(text: str) -> str:
    return "".join(text.split())
