"""Every operation of the note store as a scenario: what stands before, what is done, and when it is acknowledged.

Ids, times and chances are counted, not taken: a run that is killed and a run that is not make the same notes.
"""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from tests.notes_support import note, target

from kashaf.notes import editing, encrypting, identity, sealing, settling, versions
from kashaf.notes.codec import ended_document, to_document
from kashaf.notes.editing import Edit
from kashaf.notes.model import NewNote
from kashaf.notes.store import NoteStore

Acknowledge = Callable[[NoteStore], None]
Operation = Callable[[NoteStore], object]


OLD, NEW = sealing.Passphrase("سر قديم"), sealing.Passphrase("سر جديد")


@dataclass(frozen=True)
class Scenario:
    """before: makes what stands on disk. work: does it, and calls `acknowledge` after each change that returned."""

    name: str
    before: Callable[[Path], None]
    work: Callable[[Path, Acknowledge], None]


@contextmanager
def counted() -> Iterator[None]:
    """Ids and times without clock and chance."""
    ids, times, tokens = itertools.count(1), itertools.count(1), itertools.count(1)

    def uuid7() -> str:
        return f"0195d3c0-1111-7000-8000-{next(ids):012x}"

    def now() -> str:
        number = next(times)
        return f"2026-03-{1 + number // 3600:02}T10:{number // 60 % 60:02}:{number % 60:02}Z"

    def token_hex(size: int) -> str:
        return f"{next(tokens):0{2 * size}x}"

    with (
        mock.patch.object(identity, "uuid7", uuid7),
        mock.patch.object(identity, "now", now),
        mock.patch("kashaf.notes.storage_tinydb.secrets.token_hex", token_hex),
        mock.patch.multiple(sealing, _MEMORY=64, _PASSES=1, _LANES=1),  # a key in no time
    ):
        yield


def opened(path: Path, *, read_only: bool = False) -> NoteStore:
    """The store, with the first of the passphrases that opens it."""
    try:
        return NoteStore.open(path, read_only=read_only, author="هدى", sealer=OLD)
    except sealing.NotesSealed:
        return NoteStore.open(path, read_only=read_only, author="هدى", sealer=NEW)


def digest(store: NoteStore) -> str:
    """All that a store says: notes, trash, ends, and what can be undone and redone."""
    undo, redo = store.next_undo, store.next_redo
    told: list[Any] = [
        [to_document(one) for one in store.notes()],
        [[thrown.deleted, to_document(thrown.note)] for thrown in store.trash()],
        [ended_document(end) for end in store.ended()],
        *([change and [change.what, change.note_ids, change.detail]] for change in (undo, redo)),
    ]
    text = json.dumps(told, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def nothing(path: Path) -> None:
    """A workspace without notes."""
    del path


def some(path: Path) -> None:
    """Four notes with a past, one in the trash, something to undo and to redo."""
    with NoteStore.open(path, author="سعاد") as store:
        one, two, three, four = store.add_many(
            NewNote(target(), f"رأي {number}", ("نقل", f"سلاح/{number}")) for number in range(4)
        )
        store.edit(two.id, body="رأي آخر", status="disputed")
        store.delete(three.id)
        store.retag([one.id, four.id], add=["عاجل"])
        store.undo()


def some_in_journal(path: Path) -> None:
    """The same, left by a process that died: nothing of it is in the file yet but the first change."""
    store = NoteStore.open(path, author="سعاد")
    one = store.add(target(), body="أول")
    store.add(target(), body="ثان", tags=["نقل"])
    store.edit(one.id, body="معدل")
    store.undo()
    # Its lock goes with it: the objects are let go of as a killed process does.
    assert store._lock is not None
    store._lock._lock.release()


def old_schema(path: Path) -> None:
    """A file as the first schema wrote it, with a note in the trash."""
    documents = []
    for number in (1, 2, 3):
        document = dict(to_document(note(number)))
        del document["versions"], document["confidence"], document["status"]
        about: Any = document["target"]
        document["target"] = {
            name: value for name, value in about.items() if name not in ("type", "paragraph")
        }
        documents.append(document)
    tables = {
        "notes": {"1": documents[0], "2": documents[1]},
        "trash": {"1": {"deleted": "2025-03-27T00:00:00Z", "note": documents[2]}},
    }
    body = json.dumps(tables, ensure_ascii=False)[1:].encode() + b"\n"
    head = {"kashaf": {"format": "kashaf-notes", "schema": 1, "sha256": hashlib.sha256(body).hexdigest()}}
    path.parent.mkdir(parents=True)
    path.write_bytes(json.dumps(head, separators=(",", ":"))[:-1].encode() + b",\n" + body)


def damaged_file(path: Path) -> None:
    """A whole backup and a whole journal, and a file that is neither."""
    some_in_journal(path)
    path.write_bytes(path.read_bytes()[:-30])


def damaged_journal(path: Path) -> None:
    """A whole file, and a journal with a broken line in its midst."""
    some_in_journal(path)
    journal = path.with_suffix(".journal")
    lines = journal.read_bytes().splitlines(keepends=True)
    lines[0] = lines[0].replace("ثان".encode(), "ثاب".encode())
    journal.write_bytes(b"".join(lines))


def one_by_one(*operations: Operation) -> Callable[[Path, Acknowledge], None]:
    """Open, make each change, close."""

    def work(path: Path, acknowledge: Acknowledge) -> None:
        with opened(path) as store:
            for operation in operations:
                operation(store)
                acknowledge(store)

    return work


def first(store: NoteStore) -> str:
    return store.notes()[0].id


def merge(store: NoteStore) -> None:
    ours = store.notes()[0]
    theirs = editing.edited(ours, Edit(body="رأيهم"), author="منى")
    assert theirs is not None
    gone = editing.amended(store.notes()[1], store.notes()[1], author="منى", deleted=True)
    assert gone is not None
    store.merge([theirs, versions.first(note(7))], [versions.ended(gone)])


def contested(path: Path) -> None:
    """A note that two analysts have edited apart from each other, merged."""
    some(path)
    with NoteStore.open(path, author="سعاد") as store:
        ours = store.notes()[0]
        theirs = editing.edited(ours, Edit(body="رأيهم"), author="منى")
        assert theirs is not None
        store.edit(ours.id, body="رأينا")
        store.merge([theirs])


def settle(store: NoteStore) -> None:
    store.settle(store.conflicted()[0].id, {"body": settling.Put("رأي الجميع")})


def restore(path: Path, acknowledge: Acknowledge) -> None:
    NoteStore.restore_backup(path)
    with NoteStore.open(path, read_only=True) as store:
        acknowledge(store)


def step_back(path: Path, acknowledge: Acknowledge) -> None:
    from kashaf.notes.recovery import backups

    NoteStore.restore_backup(path, backups(path)[-1].path)
    with NoteStore.open(path, read_only=True) as store:
        acknowledge(store)


def encrypted(path: Path) -> None:
    """Notes, journal and backups under a passphrase."""
    some(path)
    with NoteStore.open(path) as store:
        encrypting.encrypt(store, OLD.text)


def encrypt(path: Path, acknowledge: Acknowledge) -> None:
    """Encrypt, and go on: nothing in the clear is left behind."""
    with opened(path) as store:
        encrypting.encrypt(store, OLD.text)
        acknowledge(store)
        store.edit(first(store), body="مستور")
        acknowledge(store)
    for file in path.parent.rglob("notes*"):
        assert b'"body"' not in (file.read_bytes() if file.is_file() else b""), file


def only_open(path: Path, acknowledge: Acknowledge) -> None:
    with NoteStore.open(path) as store:
        acknowledge(store)


SCENARIOS = (
    Scenario("the first note", nothing, one_by_one(lambda store: store.add(target(), body="أول"))),
    Scenario(
        "add",
        some,
        one_by_one(
            lambda store: store.add(target(), body="جديد", tags=["نقل"], kind="claim", confidence="low"),
            lambda store: store.add(target("الإيجار القديم")),
        ),
    ),
    Scenario(
        "add_many",
        some,
        one_by_one(lambda store: store.add_many(NewNote(target(), str(n)) for n in range(5))),
    ),
    Scenario("edit", some, one_by_one(lambda store: store.edit(first(store), body="معدل", kind="question"))),
    Scenario(
        "edit_many",
        some,
        one_by_one(lambda store: store.edit_many({one.id: Edit(status="closed") for one in store.notes()})),
    ),
    Scenario(
        "retag",
        some,
        one_by_one(
            lambda store: store.retag([one.id for one in store.notes()], add=["مهم"], remove=["نقل"]),
            lambda store: store.rename_tag("سلاح", "أسلحة"),
        ),
    ),
    Scenario(
        "delete and restore",
        some,
        one_by_one(
            lambda store: store.delete(*(one.id for one in store.notes()[:2])),
            lambda store: store.restore(store.trash()[0].note.id),
        ),
    ),
    Scenario("purge", some, one_by_one(lambda store: store.purge())),
    Scenario("merge", some, one_by_one(merge)),
    Scenario("settle", contested, one_by_one(settle)),
    Scenario("undo", some, one_by_one(lambda store: store.undo(), lambda store: store.undo())),
    Scenario(
        "redo",
        some,
        one_by_one(lambda store: store.redo(), lambda store: store.undo(), lambda store: store.redo()),
    ),
    Scenario(
        "compaction",
        some,
        one_by_one(
            lambda store: store.edit(first(store), body="قبل"),
            lambda store: store.compact(),
            lambda store: store.edit(first(store), body="بعد"),
        ),
    ),
    Scenario("opening what a crash left", some_in_journal, only_open),
    Scenario(
        "migration",
        old_schema,
        one_by_one(lambda store: store.edit(first(store), body="من جديد"), NoteStore.undo),
    ),
    Scenario("restoring a damaged file", damaged_file, restore),
    Scenario("restoring a damaged journal", damaged_journal, restore),
    Scenario("a step back on purpose", some, step_back),
    Scenario("encrypt", some, encrypt),
    Scenario(
        "edit what is encrypted",
        encrypted,
        one_by_one(lambda store: store.edit(first(store), body="مستور"), NoteStore.undo),
    ),
    Scenario("decrypt", encrypted, one_by_one(encrypting.decrypt)),
    Scenario(
        "another passphrase",
        encrypted,
        one_by_one(lambda store: encrypting.change_passphrase(store, NEW.text)),
    ),
)
