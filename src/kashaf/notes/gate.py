"""What the analyst types, or another workspace sends, passes here before it is kept."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kashaf.errors import UsageError
from kashaf.notes.model import MAX_TAGS, EntityTarget, SearchTarget
from kashaf.said import said
from kashaf.text.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.notes.model import Note, Target


def clean_body(text: str) -> str:
    """Text of many lines with its line breaks made `\\n`. Raises UsageError for control characters."""
    _refuse(text, said("note"))
    return sanitise(text).text


def clean_line(text: str, what: str) -> str:
    """A value of one line, its white space made single. Raises UsageError for control characters."""
    _refuse(text, what)
    return sanitise_line(text)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Each tag once, in the order given, empty ones left out. Raises UsageError for control characters."""
    cleaned = tuple(dict.fromkeys(tag for tag in (clean_line(tag, said("tag")) for tag in tags) if tag))
    if len(cleaned) > MAX_TAGS:
        raise UsageError(said("over {n} tags on one note", n=MAX_TAGS), cure=said("Use fewer"))
    return cleaned


def clean_note(note: Note) -> Note:
    """A note from elsewhere without its control characters.

    The anchor stays as it is, for it is evidence; title and outlet of the target are only for showing.
    """
    tags = dict.fromkeys(tag for tag in map(sanitise_line, note.tags) if tag)
    return replace(
        note,
        target=clean_target(note.target),
        body=sanitise(note.body).text,
        tags=tuple(tags),
        author=sanitise_line(note.author),
    )


def clean_target(target: Target) -> Target:
    """The target with what is only shown of it made one line each; its anchor stays as it is."""
    match target:
        case EntityTarget():
            return replace(target, name=sanitise_line(target.name))
        case SearchTarget():
            return replace(target, query=sanitise_line(target.query))
    return replace(target, title=sanitise_line(target.title), outlet=sanitise_line(target.outlet))


def _refuse(text: str, what: str) -> None:
    removed = sanitise(text).removed
    if removed:
        kinds = ", ".join(f"{kind} ({count})" for kind, count in removed)
        raise UsageError(
            said("the {what} holds what a terminal would obey: {kinds}", what=what, kinds=kinds),
            cure=said("Take it out and try again"),
        )
