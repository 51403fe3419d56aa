"""`kashaf notes restore` as an analyst meets it: damage, the message that names the cure, and the way back."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from tests.notes_support import run_kashaf, target

from kashaf.notes.store import NoteStore
from kashaf.storage import backup
from kashaf.workspace import create

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from kashaf.workspace import Workspace

DAMAGE: dict[str, Callable[[Path], object]] = {
    "emptied": lambda path: path.write_bytes(b""),
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:-40]),
    "zeros at the end": lambda path: path.write_bytes(path.read_bytes()[:-40] + b"\0" * 40),
    "edited by hand": lambda path: path.write_bytes(path.read_bytes().replace(b"1.0", b"1.1")),
    "gone": lambda path: path.unlink(),
}


@pytest.fixture
def case(tmp_path: Path) -> Workspace:
    """A workspace of two sessions: three notes, and backups with two and with three."""
    workspace = create(tmp_path / "case")
    for number, count in ((0, 2), (1, 1)):
        with NoteStore.open(workspace.notes_file) as store:
            for one in range(count):
                store.add(target(), body=f"{number}.{one}")
    return workspace


def bodies(case: Workspace) -> list[str]:
    listed = run_kashaf(case.root, "notes", "list", "--json")
    assert listed.returncode == 0, listed.stderr.decode()
    return [str(one["body"]) for one in json.loads(listed.stdout)]


def listed_backups(case: Workspace) -> list[dict[str, Any]]:
    done = run_kashaf(case.root, "notes", "restore", "--list", "--json")
    assert done.returncode == 0, done.stderr.decode()
    value: list[dict[str, Any]] = json.loads(done.stdout)
    return value


@pytest.mark.parametrize("damage", DAMAGE)
def test_damage_is_told_with_its_cure_and_the_cure_works(case: Workspace, damage: str) -> None:
    path = case.notes_file
    DAMAGE[damage](path)
    torn = path.read_bytes() if path.exists() else None
    told = run_kashaf(case.root, "notes", "list")
    assert (told.returncode, told.stdout) == (7, b"")
    assert b"`kashaf notes restore`" in told.stderr
    assert backup.copies(path)[0].path.name.encode() in told.stderr

    stopped = run_kashaf(case.root, "notes", "restore", stdin=b"n\n")
    assert stopped.returncode == 130
    assert (path.read_bytes() if path.exists() else None) == torn

    done = run_kashaf(case.root, "notes", "restore", stdin=b"y\n")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"with 3 notes?" in done.stderr
    assert bodies(case) == ["0.0", "0.1", "1.0"]
    aside = path.with_name("notes.json.damaged-1")
    assert (aside.read_bytes() if aside.exists() else None) == torn
    assert (str(aside).encode() in done.stderr) == (torn is not None)


def test_the_list_has_whole_backups_with_date_and_number(case: Workspace) -> None:
    newest, older, oldest = backup.copies(case.notes_file)
    rows = listed_backups(case)
    assert [(row["name"], row["notes"]) for row in rows] == [
        (newest.path.name, 3),
        (older.path.name, 2),
        (oldest.path.name, 1),
    ]
    assert rows[0]["made"].replace("-", "").replace(":", "") == newest.made
    newest.path.write_bytes(newest.path.read_bytes()[:-1])
    text = run_kashaf(case.root, "notes", "restore", "--list")
    assert text.stdout.decode().splitlines()[0] == f"{older.path.name}\t{rows[1]['made']}\t2"
    assert newest.path.name in text.stderr.decode()
    case.notes_file.write_bytes(b"")
    done = run_kashaf(case.root, "notes", "restore", "--yes", "--json")
    assert json.loads(done.stdout) == {
        "backup": older.path.name,
        "made": rows[1]["made"],
        "notes": 2,
        "changes": 0,
        "lost": 0,
        "kept": "notes.json.damaged-1",
    }
    assert bodies(case) == ["0.0", "0.1"]


def test_whole_notes_go_only_for_a_backup_that_is_named(case: Workspace) -> None:
    with NoteStore.open(case.notes_file) as store:
        store.add(target(), body="later")
    whole = case.notes_file.read_bytes()
    refused = run_kashaf(case.root, "notes", "restore", "--yes")
    assert refused.returncode == 2
    assert b"whole, with 4 notes" in refused.stderr
    assert case.notes_file.read_bytes() == whole
    oldest = listed_backups(case)[-1]
    done = run_kashaf(case.root, "notes", "restore", "--from", oldest["name"], "--yes")
    assert done.returncode == 0
    assert bodies(case) == ["0.0"]
    # The way back: what was replaced is the newest backup but for that of what is there now.
    assert [one["notes"] for one in listed_backups(case)[:2]] == [1, 4]
    run_kashaf(case.root, "notes", "restore", "--from", listed_backups(case)[1]["name"], "--yes")
    assert case.notes_file.read_bytes() == whole


def test_what_was_saved_since_the_backup_is_put_on_top_of_it(case: Workspace) -> None:
    store = NoteStore.open(case.notes_file)
    store.add(target(), body="later")
    store.edit(store.notes()[0].id, body="edited")
    # As a process that was killed leaves it: the journal is not emptied.
    journal = case.notes_file.with_suffix(".journal").read_bytes()
    store.close()
    base = backup.copies(case.notes_file)[1].path.read_bytes()
    backup.copies(case.notes_file)[0].path.unlink()
    case.notes_file.write_bytes(base[:-20])
    case.notes_file.with_suffix(".journal").write_bytes(journal)
    done = run_kashaf(case.root, "notes", "restore", "--yes")
    assert done.returncode == 0
    assert b"with 3 notes, and 2 changes of the journal on top" in done.stderr
    assert b"there are now 4 notes" in done.stderr
    assert bodies(case) == ["edited", "0.1", "1.0", "later"]


def test_a_broken_journal_is_told_and_cured(case: Workspace) -> None:
    store = NoteStore.open(case.notes_file)
    for body in ("أول", "ثان", "ثالث"):
        store.add(target(), body=body)
    path = case.notes_file.with_suffix(".journal")
    journal = path.read_bytes()
    base = backup.copies(case.notes_file)[0].path.read_bytes()
    store.close()
    case.notes_file.write_bytes(base)
    broken = journal.replace("ثان".encode(), "ثاب".encode())
    path.write_bytes(broken)
    told = run_kashaf(case.root, "notes", "list")
    assert told.returncode == 7
    assert b"line 2 is broken" in told.stderr
    assert b"`kashaf notes restore`" in told.stderr
    done = run_kashaf(case.root, "notes", "restore", "--yes", "--json")
    assert done.returncode == 0, done.stderr.decode()
    assert b"its journal is damaged" in done.stderr
    told_json = json.loads(done.stdout)
    assert (told_json["notes"], told_json["changes"], told_json["lost"]) == (5, 2, 1)
    assert told_json["kept"] == "notes.journal.damaged-1"
    assert path.with_name("notes.journal.damaged-1").read_bytes() == broken
    assert bodies(case) == ["0.0", "0.1", "1.0", "أول", "ثالث"]


def test_a_backup_from_elsewhere_can_be_named(case: Workspace, tmp_path: Path) -> None:
    carried = tmp_path / "carried.json"
    carried.write_bytes(case.notes_file.read_bytes())
    lost = create(tmp_path / "lost")
    lost.notes_file.parent.mkdir()
    lost.notes_file.write_bytes(b"torn")
    told = run_kashaf(lost.root, "notes", "list")
    assert told.returncode == 7
    assert b"restore --from FILE" in told.stderr
    assert listed_backups(lost) == []
    assert run_kashaf(lost.root, "notes", "restore", "--yes").returncode == 4
    assert run_kashaf(lost.root, "notes", "restore", "--yes", "--from", carried).returncode == 0
    assert bodies(lost) == bodies(case)


def test_what_is_no_backup_replaces_nothing(case: Workspace) -> None:
    case.notes_file.write_bytes(b"torn")
    newest, *_ = backup.copies(case.notes_file)
    newest.path.write_bytes(b"torn too")
    for name, exit_code in (("notes-000009-20250101T000000Z.json", 4), (newest.path.name, 7)):
        done = run_kashaf(case.root, "notes", "restore", "--yes", "--from", name)
        assert (done.returncode, done.stdout) == (exit_code, b"")
        assert b"restore --list" in done.stderr
    assert case.notes_file.read_bytes() == b"torn"


def test_notes_that_are_open_are_not_replaced(case: Workspace) -> None:
    oldest = backup.copies(case.notes_file)[-1].path.name
    with NoteStore.open(case.notes_file) as store:
        done = run_kashaf(case.root, "notes", "restore", "--from", oldest, "--yes")
        assert done.returncode == 8
        assert b"taking notes" in done.stderr
        assert len(store) == 3
