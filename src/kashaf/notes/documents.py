"""Notes as TinyDB documents: the only module that speaks with TinyDB's tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tinydb import TinyDB
from tinydb.table import Document as TinyDocument

from kashaf.notes import migration, versions
from kashaf.notes.code_paths import is_within
from kashaf.notes.codec import ended_document, ended_from, from_document, to_document
from kashaf.notes.file_format import SCHEMA
from kashaf.notes.history import Cell, Step
from kashaf.notes.lines import ENDED, NOTES, REDO, TRASH, UNDO, facts_of
from kashaf.notes.live_tables import LiveTable
from kashaf.notes.model import Ended, Note
from kashaf.notes.trusted import note_of
from kashaf.storage.fast_json import without_collection

if TYPE_CHECKING:
    from kashaf.notes.journal import Batch
    from kashaf.notes.lines import Document, Facts, Lines
    from kashaf.notes.storage_tinydb import DurableStorage


@dataclass(frozen=True, slots=True)
class Trashed:
    """A deleted note, and when that was (ISO 8601 UTC)."""

    note: Note
    deleted: str


class _Database(TinyDB):
    table_class = LiveTable


class NoteDocuments:
    """The tables of one storage as notes. Not safe for several threads: the store sees to that."""

    def __init__(self, storage: DurableStorage) -> None:
        self._storage = storage
        self._database = _Database(storage=lambda: storage)
        self._parsed: dict[str, tuple[Document, Note]] = {}
        self._keys: dict[str, dict[str, str]] = {}  # by table and note
        self._told: dict[str, dict[str, tuple[str, str]]] = {}  # by table and key: the note and its article
        self._next: dict[str, int] = {}
        self._articles: dict[str, set[str]] = {}
        self._follow(None)
        storage.observe(self._follow)

    @property
    def tables(self) -> Mapping[str, Lines]:
        return {name: self._storage.table(name) for name in (NOTES, TRASH, ENDED, UNDO, REDO)}

    def __len__(self) -> int:
        return len(self._storage.table(NOTES))

    def find(self, note_id: str) -> Note | None:
        key = self._keys[NOTES].get(note_id)
        return None if key is None else self._note(key)

    def search(self, article_id: str | None = None, tag: str | None = None) -> list[Note]:
        """The notes of an article, with a tag or one below it, or both; else all of them. In no order."""
        table = self._storage.table(NOTES)
        keys = table if article_id is None else self._articles.get(article_id, ())
        with without_collection():
            return [self._note(key) for key in keys if tag is None or _bears(table[key], tag)]

    def trash(self) -> list[Trashed]:
        """The last deleted first."""
        table = self._storage.table(TRASH)
        return [_trashed(key, table[key]) for key in sorted(table, key=int, reverse=True)]

    def trashed(self, note_id: str) -> Trashed | None:
        key = self._keys[TRASH].get(note_id)
        return None if key is None else _trashed(key, self._storage.table(TRASH)[key])

    def ended(self) -> list[Ended]:
        """What is left of purged notes."""
        return [
            ended_from(document, where=f"{ENDED}.{key}")
            for key, document in self._storage.table(ENDED).items()
        ]

    def cells(
        self,
        *,
        live: Iterable[Note] = (),
        trash: Iterable[tuple[Note, str]] = (),
        ended: Iterable[Ended] = (),
    ) -> list[Cell]:
        """What makes these notes live, puts those into the trash (with the time of that), and ends the others.

        Each leaves the tables where it is not meant to be. Raises BadInput for a note that could not be read again.
        """
        found: list[Cell] = []
        for note in live:
            document = to_document(note)
            found += self._moved(note.id, NOTES, document, from_document(document, where=NOTES))
        for note, moment in trash:
            document = to_document(note)
            from_document(document, where=TRASH)
            found += self._moved(note.id, TRASH, {"deleted": moment, "note": document})
        for one in ended:
            found += self._moved(one.id, ENDED, ended_document(one))
        return found

    def steps(self, cells: Iterable[Cell]) -> tuple[Step, ...]:
        """What cells that are not written yet will do to notes."""
        live = self._storage.table(NOTES)
        return tuple(
            Step(
                self._note(cell.key) if cell.key in live else None,
                cell.note or (None if cell.document is None else self._read(cell.key, cell.document)),
            )
            for cell in cells
            if cell.table == NOTES and (cell.document is not None or cell.key in live)
        )

    def purged(self, note_id: str) -> list[Cell]:
        """What takes every copy of a note out of the trash."""
        table = self._storage.table(TRASH)
        return [Cell(TRASH, key, None) for key, one in table.items() if one["note"]["id"] == note_id]

    def write(self, cells: Iterable[Cell]) -> None:
        """Make all of it in one change, durably. Raises BadInput, with nothing changed; DiskTrouble."""
        by_table: dict[str, dict[str, Document | None]] = {}
        read: dict[str, Note] = {}
        for cell in cells:
            if cell.table == NOTES and cell.note is not None:
                read[cell.key] = cell.note
            by_table.setdefault(cell.table, {})[cell.key] = cell.document
        try:
            with self._storage.transaction():
                for name, documents in by_table.items():
                    table = self._database.table(name, cache_size=0)
                    table.remove(doc_ids=map(int, documents))
                    table.insert_multiple(
                        TinyDocument(document, int(key))
                        for key, document in documents.items()
                        if document is not None
                    )
        finally:
            live = self._storage.table(NOTES)
            self._parsed |= {key: (live[key], note) for key, note in read.items() if key in live}

    def article_ids(self) -> frozenset[str]:
        return frozenset(article for article, keys in self._articles.items() if article and keys)

    def tags(self) -> dict[str, int]:
        counts: dict[str, int] = {}
        for document in self._storage.table(NOTES).values():
            for tag in document["tags"]:
                counts[tag] = counts.get(tag, 0) + 1
        return dict(sorted(counts.items()))

    def branched(self) -> list[Note]:
        """The notes whose versions are no single line: only those can be in conflict."""
        return [
            self._note(key)
            for key, document in self._storage.table(NOTES).items()
            if _branched(document.get("versions", ()))
        ]

    def _moved(
        self, note_id: str, to: str, document: Mapping[str, Any], note: Note | None = None
    ) -> list[Cell]:
        found = [
            Cell(name, keys[note_id], None)
            for name, keys in self._keys.items()
            if name != to and note_id in keys
        ]
        key = self._keys[to].get(note_id)
        if key is None:
            key = str(self._next[to])
            self._next[to] += 1
        return [*found, Cell(to, key, dict(document), note)]

    def _note(self, key: str) -> Note:
        document = self._storage.table(NOTES)[key]
        known = self._parsed.get(key)
        if known is not None and known[0] is document:
            return known[1]
        note = self._read(key, document)
        self._parsed[key] = (document, note)
        return note

    def _read(self, key: str, document: Document) -> Note:
        read = note_of if self._storage.schema <= SCHEMA else from_document
        note = read(document, where=f"{NOTES}.{key}")
        # One of schema 1 has no versions, and its first is the same everywhere.
        return note if note.versions else versions.first(note)

    def _follow(self, batch: Batch | None) -> None:
        """Keep by note and by article where the documents are, after a batch, or anew."""
        if batch is None:
            self._parsed.clear()
            self._articles.clear()
            self._keys = {NOTES: {}, TRASH: {}, ENDED: {}}
            self._told = {name: {} for name in self._keys}
            self._next = dict.fromkeys(self._keys, 1)
            for name in self._keys:
                table = self._storage.table(name)
                self._put(name, {key: table.facts(name, key) for key in table})
            return
        for name, keys in batch.drop.items():
            if name in self._keys:
                self._drop(name, keys)
        for name, documents in batch.put.items():
            if name in self._keys:
                self._drop(name, documents)
                self._put(name, {key: facts_of(name, document) for key, document in documents.items()})

    def _put(self, name: str, facts: Mapping[str, Facts]) -> None:
        keys, told = self._keys[name], self._told[name]
        for key, (note_id, article) in facts.items():
            keys[note_id] = key
            told[key] = note_id, article
            if name == NOTES:
                self._articles.setdefault(article, set()).add(key)
        self._next[name] = max(self._next[name], 1 + max(map(int, facts), default=0))

    def _drop(self, name: str, keys: Iterable[str]) -> None:
        for key in keys:
            note_id, article = self._told[name].pop(key, ("", ""))
            if self._keys[name].get(note_id) == key:
                del self._keys[name][note_id]
            if name == NOTES:
                self._parsed.pop(key, None)
                self._articles.get(article, set()).discard(key)


def _trashed(key: str, document: Document) -> Trashed:
    note, deleted = note_of(document["note"], where=f"{TRASH}.{key}"), str(document["deleted"])
    return Trashed(migration.thrown(note, deleted), deleted)


def _bears(document: Document, tag: str) -> bool:
    return any(is_within(one, tag) for one in document["tags"])


def _branched(past: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a version does not come right after the one before it."""
    return any(version["parents"] != [before["id"]] for before, version in pairwise(past))
