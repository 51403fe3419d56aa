"""Our storage and our table are TinyDB's, for whoever uses them as its manual says: beside its own memory storage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.notes_support import Counter, failing
from tinydb import TinyDB, where
from tinydb.operations import increment
from tinydb.storages import MemoryStorage
from tinydb.table import Document, Table

from kashaf.errors import DiskTrouble
from kashaf.notes.live_tables import LiveTable
from kashaf.notes.storage_tinydb import DurableStorage
from kashaf.storage import syscalls


class Database(TinyDB):
    table_class = LiveTable


OPERATIONS: dict[str, Callable[[Table], object]] = {
    "insert": lambda table: table.insert({"n": 9, "name": "تسعة"}),
    "insert with an id": lambda table: table.insert(Document({"n": 1}, 77)),
    "insert_multiple": lambda table: table.insert_multiple({"n": n} for n in range(3)),
    "update by id": lambda table: table.update({"n": 0}, doc_ids=[2, 99]),
    "update by query": lambda table: table.update({"seen": True}, where("n") > 1),
    "update all": lambda table: table.update({"all": None}),
    "update by operation": lambda table: table.update(increment("n"), where("n") == 2),
    "update_multiple": lambda table: table.update_multiple(
        [({"x": 1}, where("n") == 1), ({"x": 2}, where("n") == 2)]
    ),
    "upsert": lambda table: table.upsert({"n": 2, "name": "اثنان"}, where("n") == 2),
    "upsert anew": lambda table: table.upsert({"n": 5}, where("n") == 5),
    "remove by id": lambda table: table.remove(doc_ids=[1, 99]),
    "remove by query": lambda table: table.remove(where("n").one_of([2, 3])),
    "truncate": lambda table: table.truncate(),
}


def filled(database: TinyDB) -> Table:
    table = database.table("things")
    table.insert_multiple({"n": n, "inner": {"list": [n]}} for n in range(1, 5))
    return table


def said(database: TinyDB) -> dict[str, Any]:
    return {
        name: {document.doc_id: dict(document) for document in database.table(name)}
        for name in database.tables()
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_it_does_what_tinydb_does(tmp_path: Path, name: str) -> None:
    path = tmp_path / "notes.json"
    peer = TinyDB(storage=MemoryStorage)
    ours = Database(storage=lambda: DurableStorage(path))
    results = [OPERATIONS[name](filled(database)) for database in (peer, ours)]
    assert results[0] == results[1]
    assert said(ours)["things"] == said(peer)["things"]
    again = Database(storage=lambda: DurableStorage(path, read_only=True))
    assert said(again)["things"] == said(peer)["things"]
    assert again.table("things").get(where("n") == 4) == peer.table("things").get(where("n") == 4)
    assert len(again.table("things")) == len(peer.table("things"))


def test_tables_are_dropped(tmp_path: Path) -> None:
    ours = Database(storage=lambda: DurableStorage(tmp_path / "notes.json"))
    filled(ours)
    ours.insert({"n": 1})
    ours.drop_table("things")
    again = Database(storage=lambda: DurableStorage(tmp_path / "notes.json", read_only=True))
    assert (len(again.table("things")), len(again)) == (0, 1)
    ours.drop_tables()
    assert len(Database(storage=lambda: DurableStorage(tmp_path / "notes.json", read_only=True))) == 0


def test_a_change_that_raises_leaves_no_trace(tmp_path: Path) -> None:
    storage = DurableStorage(tmp_path / "notes.json")
    table = filled(Database(storage=lambda: storage))
    before = [dict(document) for document in table]
    counter = Counter()

    def both() -> None:
        with storage.transaction():
            table.update({"n": 0})
            table.insert(Document({"n": 1}, 1))  # there is one already

    with syscalls.watched(counter), pytest.raises(ValueError, match="already exists"):
        both()
    assert (counter.calls, [dict(document) for document in table]) == ([], before)
    with failing(1, forever=True), pytest.raises(DiskTrouble):
        table.remove(doc_ids=[1])
    held = storage.unsaved
    storage.save()
    assert (held, storage.unsaved) == (True, False)
    assert len(DurableStorage(tmp_path / "notes.json", read_only=True).table("things")) == 3
