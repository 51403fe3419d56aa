"""Notes as TinyDB documents: the only module that queries TinyDB."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB, where

from kashaf.notes.file_format import NOTES, TRASH
from kashaf.notes.model import Note, from_document, to_document

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, MutableMapping

    from tinydb.queries import QueryInstance

    from kashaf.notes.history import Step
    from kashaf.notes.storage_tinydb import DurableStorage
    from kashaf.storage.strict_json import Json


@dataclass(frozen=True, slots=True)
class Trashed:
    """A deleted or replaced note, and when that was (ISO 8601 UTC)."""

    note: Note
    deleted: str


class NoteDocuments:
    """The tables `notes` and `trash` of one storage. Not safe for several threads: the store sees to that."""

    def __init__(self, storage: DurableStorage) -> None:
        self._storage = storage
        database = TinyDB(storage=lambda: storage)
        # Without TinyDB's query cache: a reader would not see what the writer saves.
        self._notes = database.table(NOTES, cache_size=0)
        self._trash = database.table(TRASH, cache_size=0)
        self._parsed: dict[str, tuple[dict[str, Any], Note]] = {}

    def __len__(self) -> int:
        return len(self._notes)

    def find(self, note_id: str) -> Note | None:
        document = self._notes.get(where("id") == note_id)
        return None if document is None else self._parse(document)

    def search(self, article_id: str | None = None, tag: str | None = None) -> list[Note]:
        """The notes of an article, with a tag, or both; all of them when neither is given. In no order."""
        conditions: list[QueryInstance] = []
        if article_id is not None:
            conditions.append(where("target")["article_id"] == article_id)
        if tag is not None:
            conditions.append(where("tags").any([tag]))
        if not conditions:
            return [self._parse(document) for document in self._notes.all()]
        condition = conditions[0] if len(conditions) == 1 else conditions[0] & conditions[1]
        return [self._parse(document) for document in self._notes.search(condition)]

    def trash(self) -> list[Trashed]:
        """The last deleted first."""
        thrown = sorted(self._trash.all(), key=lambda document: document.doc_id, reverse=True)
        return [
            Trashed(from_document(document["note"], where=TRASH), str(document["deleted"]))
            for document in thrown
        ]

    def apply(self, steps: Iterable[Step], moment: str, *, keep_replaced: bool) -> None:
        """Make all steps in one write. What is deleted goes to the trash; so does, if asked, what is replaced.

        Raises BadInput, with nothing changed, for a note that could not be read again.
        """
        steps = tuple(steps)
        new = {step.after.id: to_document(step.after) for step in steps if step.after}
        for document in new.values():
            from_document(document, where=NOTES)
        fresh = [new[step.after.id] for step in steps if step.after and not step.before]
        gone = {step.before.id for step in steps if step.before and not step.after}
        replaced = {step.before.id for step in steps if step.before and step.after}
        thrown = [step.before for step in steps if step.before and (keep_replaced or not step.after)]
        with self._storage.transaction():
            if gone:
                self._notes.remove(where("id").test(gone.__contains__))
            if replaced:
                self._notes.update(_replace_from(new), where("id").test(replaced.__contains__))
            if new and len(self._trash):
                # What comes back from the trash leaves it; another version of it stays there.
                self._trash.remove(where("note").test(lambda kept: kept == new.get(kept["id"])))
            if fresh:
                self._notes.insert_multiple(fresh)
            if thrown:
                self._trash.insert_multiple({"deleted": moment, "note": to_document(note)} for note in thrown)

    def _parse(self, document: dict[str, Any]) -> Note:
        known = self._parsed.get(document["id"])
        if known is not None and known[0] == document:
            return known[1]
        note = from_document(dict(document), where=NOTES)
        self._parsed[note.id] = (dict(document), note)
        return note


def _replace_from(new: dict[str, dict[str, Json]]) -> Callable[[MutableMapping[str, Any]], None]:
    def perform(document: MutableMapping[str, Any]) -> None:
        content = new[document["id"]]
        document.clear()
        document.update(content)

    return perform
