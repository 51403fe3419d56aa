"""A notes file that is not what was written: kept aside, explained, never overwritten; and the way back."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest
from tests.notes_support import Counter, note, target

from kashaf.errors import BadInput, DiskTrouble, Locked, NotFound, StoreDamaged
from kashaf.notes.codec import to_document
from kashaf.notes.file_format import Position, is_good, parse, serialise
from kashaf.notes.recovery import backups, choose, inspect
from kashaf.notes.storage_tinydb import NotesDamaged, ReadOnly
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A notes file of two sessions: three notes, and backups with two and with three."""
    path = tmp_path / "notes.json"
    for number, count in ((0, 2), (1, 1)):
        with NoteStore.open(path) as store:
            for one in range(count):
                store.add(target(), body=f"{number}.{one}")
    return path


def checked(tables: dict[str, Any], schema: int = 1) -> bytes:
    """A notes file with a right checksum, whatever is in it."""
    body = json.dumps(tables, ensure_ascii=False)[1:].encode() + b"\n"
    head = {
        "kashaf": {"format": "kashaf-notes", "schema": schema, "sha256": hashlib.sha256(body).hexdigest()}
    }
    return json.dumps(head, separators=(",", ":"))[:-1].encode() + b",\n" + body


DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "zero length": lambda data: b"",
    "cut in half": lambda data: data[: len(data) // 2],
    "last byte gone": lambda data: data[:-1],
    "first line only": lambda data: data.split(b"\n")[0],
    "zeros": lambda data: b"\0" * len(data),
    "zeros at the end": lambda data: data[:-100] + b"\0" * 100,
    "trailing garbage": lambda data: data + b"}\n",
    "trailing zeros": lambda data: data + b"\0",
    "BOM": lambda data: b"\xef\xbb\xbf" + data,
    "CRLF": lambda data: data.replace(b"\n", b"\r\n"),
    "one bit": lambda data: data[:400] + bytes([data[400] ^ 1]) + data[401:],
    "another file": lambda data: b'{"_default": {"1": {"x": 1}}}',
    "first line broken": lambda data: data.replace(b'"schema":2', b'"schema":x', 1),
    "format of another": lambda data: data.replace(b"kashaf-notes", b"kashaf-other", 1),
    "schema 0": lambda data: data.replace(b'"schema":2', b'"schema":0', 1),
    "no list": lambda data: b"[]",
    "a note that is none": lambda data: checked({"notes": {"1": {"id": "x"}}}),
    "a table that is none": lambda data: checked({"notes": [1]}),
    "a key that is no number": lambda data: checked({"notes": {"x": {}}}),
    "another number of changes": lambda data: re.sub(rb'"sequence":\d+', b'"sequence":9', data, count=1),
    "another chain": lambda data: re.sub(rb'"chain":"....', b'"chain":"0000', data, count=1),
    "trash that is none": lambda data: checked({"trash": {"1": {"deleted": "x"}}}),
}


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_kept_aside_named_and_not_overwritten(path: Path, damage: str) -> None:
    good = path.read_bytes()
    bad = DAMAGE[damage](good)
    path.write_bytes(bad)
    for _ in range(2):  # the second time makes no second copy
        with pytest.raises(NotesDamaged) as caught:
            NoteStore.open(path)
    assert path.read_bytes() == bad
    aside = path.with_name("notes.json.damaged-1")
    assert caught.value.aside == aside
    assert aside.read_bytes() == bad
    assert not path.with_name("notes.json.damaged-2").exists()
    newest = backup.copies(path)[0].path
    assert caught.value.good == newest
    assert newest.name in str(caught.value)
    assert aside.name in str(caught.value)
    assert caught.value.exit_code == StoreDamaged.exit_code
    assert "`kashaf notes restore`" in caught.value.cure
    restored = NoteStore.restore_backup(path)
    assert (restored.backup, restored.kept) == (newest, aside)
    with NoteStore.open(path) as store:
        assert [kept.body for kept in store.notes()] == ["0.0", "0.1", "1.0"]
        store.add(target())


def test_every_cut_and_every_flipped_byte_is_noticed(path: Path) -> None:
    good = path.read_bytes()
    assert is_good(good)
    step = max(1, len(good) // 150)
    for at in range(0, len(good), step):
        assert not is_good(good[:at])
        assert not is_good(good[:at] + bytes([good[at] ^ 0x20]) + good[at + 1 :]), at


def test_a_reader_reports_damage_and_touches_nothing(path: Path) -> None:
    path.write_bytes(b"")
    before = sorted(path.parent.rglob("*"))
    counter = Counter()
    with syscalls.watched(counter), pytest.raises(NotesDamaged) as caught:
        NoteStore.open(path, read_only=True)
    assert caught.value.aside is None
    assert counter.calls == []
    assert sorted(path.parent.rglob("*")) == before


def test_a_damaged_newest_backup_is_passed_over(path: Path) -> None:
    newest, older, _ = backup.copies(path)
    newest.path.write_bytes(newest.path.read_bytes()[:-50])
    path.write_bytes(b"torn")
    with pytest.raises(NotesDamaged) as caught:
        NoteStore.open(path)
    assert caught.value.good == older.path
    with pytest.raises(StoreDamaged, match="damaged too"):
        NoteStore.restore_backup(path, newest.path)
    assert path.read_bytes() == b"torn"
    NoteStore.restore_backup(path)
    assert len(NoteStore.open(path, read_only=True)) == 2


def test_no_backup_at_all(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(b"torn")
    with pytest.raises(NotesDamaged, match="no whole backup") as caught:
        NoteStore.open(path)
    assert caught.value.good is None
    with pytest.raises(NotFound):
        NoteStore.restore_backup(path)
    assert "restore --from FILE" in str(caught.value)
    assert backups(path) == []
    with pytest.raises(NotFound, match="--from FILE"):
        choose(path, [], None)


def test_backups_are_listed_with_their_notes_and_damaged_ones_without(path: Path) -> None:
    newest, older, oldest = backup.copies(path)
    older.path.write_bytes(b"torn")
    listed = backups(path)
    assert [(one.path, one.notes) for one in listed] == [
        (newest.path, 3),
        (older.path, None),
        (oldest.path, 1),
    ]
    assert [re.sub(r"\D", "", one.made) for one in listed] == [
        re.sub(r"\D", "", one.made) for one in (newest, older, oldest)
    ]
    assert datetime.fromisoformat(listed[0].made).tzinfo is not None
    assert choose(path, listed, None) == listed[0]
    assert choose(path, listed, newest.path.name) == listed[0]
    with pytest.raises(StoreDamaged, match="damaged too"):
        choose(path, listed, older.path.name)
    with pytest.raises(NotFound, match="no such backup"):
        choose(path, listed, "notes-000009-20250101T000000Z.json")
    elsewhere = path.with_name("carried.json")
    elsewhere.write_bytes(newest.path.read_bytes())
    assert choose(path, listed, str(elsewhere)).notes == 3


def test_a_backup_that_the_disk_refuses_hides_no_other(path: Path) -> None:
    newest, older, _ = backup.copies(path)
    newest.path.unlink()
    newest.path.mkdir()
    assert [one.notes for one in backups(path)] == [None, 2, 1]
    assert choose(path, backups(path), None).path == older.path
    with pytest.raises(DiskTrouble):
        inspect(newest.path)


def test_a_file_that_vanished_is_not_an_empty_one(path: Path) -> None:
    path.unlink()
    with pytest.raises(NotesDamaged, match="missing"):
        NoteStore.open(path)
    assert not path.exists()
    assert inspect(path) is None
    assert NoteStore.restore_backup(path).kept is None
    assert len(NoteStore.open(path, read_only=True)) == 3


def test_restoring_over_whole_notes_keeps_them_as_a_backup(path: Path) -> None:
    older = backup.copies(path)[1].path
    with NoteStore.open(path) as store:
        with pytest.raises(Locked):
            NoteStore.restore_backup(path, older)
        store.add(target(), body="later")
    current = path.read_bytes()
    kept = NoteStore.restore_backup(path, older).kept
    assert kept is not None
    assert kept.read_bytes() == current
    assert len(NoteStore.open(path, read_only=True)) == 2
    assert current in [copy.path.read_bytes() for copy in backup.copies(path)]


def test_a_damaged_store_gives_its_lock_back(path: Path) -> None:
    good = path.read_bytes()
    path.write_bytes(b"")
    with pytest.raises(NotesDamaged):
        NoteStore.open(path)
    path.write_bytes(good)
    with NoteStore.open(path) as store:
        assert len(store) == 3


def test_a_newer_schema_is_read_and_not_changed(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    document = {**to_document(note(1)), "certainty": 0.7}
    newer = checked({"notes": {"1": document}, "threads": {"1": {"x": 1}}}, schema=3)
    path.write_bytes(newer)
    with NoteStore.open(path) as store:
        assert store.read_only
        assert "newer Kashaf (schema 3" in store.read_only_reason
        assert store.get(note(1).id).extra == {"certainty": 0.7}
        with pytest.raises(ReadOnly, match="update Kashaf"):
            store.delete(note(1).id)
        with NoteStore.open(path) as second:  # no lock is held for what cannot be written
            assert len(second) == 1
    assert path.read_bytes() == newer


def test_a_newer_schema_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(checked({"notes": {"1": {"id": "x", "words": "y"}}}, schema=9))
    with pytest.raises(BadInput, match="newer Kashaf"):
        NoteStore.open(path)


def test_unknown_tables_and_fields_of_this_schema_survive_a_change(tmp_path: Path) -> None:
    path = tmp_path / "notes.json"
    path.write_bytes(checked({"codes": {"1": {"name": "x"}}, "notes": {"4": dict(to_document(note(1)))}}))
    with NoteStore.open(path) as store:
        store.add(target())
    tables = parse(path.read_bytes()).tables
    assert tables["codes"] == {"1": {"name": "x"}}
    assert sorted(tables["notes"]) == ["4", "5"]


def test_the_file_is_deterministic_and_readable(path: Path) -> None:
    data = path.read_bytes()
    assert serialise(parse(data).tables, parse(data).position) == data
    text = data.decode("utf-8")
    assert "سوق السمك" in text
    assert json.loads(text)["kashaf"]["schema"] == 2
    assert is_good(serialise({}, Position(0, "")))


def test_a_foreign_file_in_our_place_is_kept_and_ours_wins(path: Path) -> None:
    with NoteStore.open(path) as store:
        path.write_bytes(b"written by a heedless program")
        assert len(store) == 3
        store.add(target(), body="last")
        aside = path.with_name("notes.json.displaced-1")
        assert store.displaced == (aside,)
        assert aside.read_bytes() == b"written by a heedless program"
        path.unlink()
        store.add(target())
    assert len(NoteStore.open(path, read_only=True)) == 5
