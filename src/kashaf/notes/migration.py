"""Notes of an older schema made those of this one. Schema 1 had no versions, and its trash no deletions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kashaf.notes import versions
from kashaf.notes.codec import from_document, to_document
from kashaf.notes.lines import NOTES, TRASH, as_lines

if TYPE_CHECKING:
    from kashaf.notes.lines import Document, Tables
    from kashaf.notes.model import Note


def forward(tables: Tables) -> Tables:
    """The tables of schema 1 in this schema; the others as they are. Raises BadInput, naming the document."""
    changed = {
        name: {key: change(key, document) for key, document in tables[name].items()}
        for name, change in ((NOTES, _note), (TRASH, _thrown))
        if name in tables
    }
    return {**tables, **as_lines(changed)}


def thrown(note: Note, deleted: str) -> Note:
    """A note in the trash, with a version that says so, at the time it was deleted."""
    if note.versions:
        return note
    note = versions.first(note)
    return (
        versions.amended(note, note, at=max(deleted, note.modified), author=note.author, deleted=True) or note
    )


def _note(key: str, document: Document) -> Document:
    note = from_document(document, where=f"{NOTES}.{key}")
    return dict(to_document(note if note.versions else versions.first(note)))


def _thrown(key: str, document: Document) -> Document:
    note = from_document(document["note"], where=f"{TRASH}.{key}")
    return {**document, "note": dict(to_document(thrown(note, str(document["deleted"]))))}
