"""Changes of single notes, as notes: what an edit, a tagging or a deletion makes of one."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kashaf.errors import UsageError
from kashaf.notes import identity, versions
from kashaf.notes.codebook import SEPARATOR
from kashaf.notes.gate import clean_body, clean_line, clean_tags, clean_target
from kashaf.notes.model import Note
from kashaf.said import said

if TYPE_CHECKING:
    from kashaf.notes.model import Confidence, Kind, NewNote, Status, Target, WordsTarget


@dataclass(frozen=True, slots=True)
class Edit:
    """What to change of a note; None leaves it. A kind other than a link lets go of the words at its other end."""

    body: str | None = None
    tags: Iterable[str] | None = None
    kind: Kind | None = None
    confidence: Confidence | None = None
    status: Status | None = None
    target: Target | None = None
    other: WordsTarget | None = None


def made(new: NewNote, *, moment: str, author: str) -> Note:
    """A note of it, with an id and its first version. Raises UsageError for what no note can be."""
    body = clean_body(new.body)
    kind = new.kind or ("link" if new.other is not None else "note" if body else "highlight")
    note = Note(
        id=identity.uuid7(),
        target=clean_target(new.target),
        body=body,
        tags=clean_tags(new.tags),
        kind=kind,
        author=clean_line(new.author or author, said("author")),
        created=moment,
        modified=moment,
        confidence=new.confidence,
        status=new.status,
        other=new.other,
    )
    return versions.first(_checked(note))


def edited(before: Note, edit: Edit, *, author: str) -> Note | None:
    """The note after the edit, with a version more; None when that changes nothing. Raises UsageError."""
    kind = edit.kind or ("link" if edit.other is not None else before.kind)
    after = replace(
        before,
        body=before.body if edit.body is None else clean_body(edit.body),
        tags=before.tags if edit.tags is None else clean_tags(edit.tags),
        kind=kind,
        confidence=before.confidence if edit.confidence is None else edit.confidence,
        status=before.status if edit.status is None else edit.status,
        target=clean_target(edit.target) if edit.target else before.target,
        other=(edit.other or before.other) if kind == "link" else edit.other,
    )
    return amended(before, _checked(after), author=author)


def retagged(before: Note, add: Iterable[str], remove: Collection[str], *, author: str) -> Note | None:
    """The note without the tags of `remove` and with those of `add` behind its own; None when it has it so."""
    tags = clean_tags([*(tag for tag in before.tags if tag not in remove), *add])
    return amended(before, replace(before, tags=tags), author=author)


def renamed(before: Note, old: str, new: str, *, author: str) -> Note | None:
    """The note with the tag `new` for `old`, and so for the codes below it; None when it bears none of them."""
    below = old + SEPARATOR
    tags = [new + tag[len(old) :] if tag == old or tag.startswith(below) else tag for tag in before.tags]
    return amended(before, replace(before, tags=clean_tags(tags)), author=author)


def amended(before: Note, after: Note, *, author: str, deleted: bool | None = None) -> Note | None:
    """`versions.amended` now: a clock set back does not make a version older than what it was made from."""
    at = max(identity.now(), before.modified)
    by = clean_line(author, said("author")) or before.author
    return versions.amended(before, after, at=at, author=by, deleted=deleted)


def _checked(note: Note) -> Note:
    if (note.kind == "link") != (note.other is not None):
        raise UsageError(
            said("a link leads from words to other words"), cure=said("Mark the words at its other end")
        )
    return note
