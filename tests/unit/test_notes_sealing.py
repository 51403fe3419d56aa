"""Notes under a passphrase: nothing in the clear is left, wrong passphrases and damage are told apart."""

from __future__ import annotations

import base64
import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.notes_support import note, run_kashaf, target

from kashaf.errors import BadInput, UsageError
from kashaf.notes import encrypting, sealing
from kashaf.notes.encrypting import change_passphrase, decrypt, encrypt
from kashaf.notes.recovery import backups
from kashaf.notes.sealing import NotesSealed, Passphrase
from kashaf.notes.storage_tinydb import NotesDamaged
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls
from kashaf.workspace import create
from kashaf_tui.passphrase import Asker, from_file

WORD = Passphrase("سرّ لا يُعرف")
OTHER = Passphrase("غيره")


@pytest.fixture(autouse=True)
def in_no_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_MEMORY", 64)
    monkeypatch.setattr(sealing, "_PASSES", 1)
    monkeypatch.setattr(sealing, "_LANES", 1)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Encrypted notes with a past."""
    path = tmp_path / "notes" / "notes.json"
    for text in ("أول", "ثان"):
        with NoteStore.open(path) as store:
            store.add(target(), body=text, tags=["نقل"])
    with NoteStore.open(path) as store:
        assert encrypt(store, WORD.text).left == ()
        assert store.sealed
    return path


def in_the_clear(path: Path) -> list[Path]:
    """Files beside the notes that say anything of them."""
    said = ("أول", "ثان", "ثالث", "نقل", "سوق السمك", "body")
    return [
        file
        for file in path.parent.rglob("*")
        if file.is_file() and any(word.encode() in file.read_bytes() for word in said)
    ]


def test_nothing_of_a_note_is_left_in_the_clear(path: Path) -> None:
    assert in_the_clear(path) == []
    store = NoteStore.open(path, sealer=WORD)
    store.add(target(), body="ثالث")
    store.edit(store.notes()[0].id, body="ثالث أيضا")
    assert path.with_suffix(".journal").exists()
    assert in_the_clear(path) == []
    with NoteStore.open(path, read_only=True, sealer=WORD) as reader:
        assert [one.body for one in reader.notes()] == ["ثالث أيضا", "ثان", "ثالث"]
        store.undo()
        assert reader.refresh()
        store.compact()
        assert reader.notes() == store.notes()
    store.close()
    assert in_the_clear(path) == []
    assert [one.notes for one in backups(path)][:2] == [3, 2]


def test_without_the_passphrase_nothing_opens_and_nothing_is_changed(path: Path) -> None:
    before = path.read_bytes()
    with pytest.raises(NotesSealed, match="KASHAF_PASSPHRASE_FILE"):
        NoteStore.open(path)
    with pytest.raises(NotesSealed, match="not that of these notes"):
        NoteStore.open(path, sealer=OTHER)
    with pytest.raises(NotesSealed):
        NoteStore.open(path, read_only=True, sealer=Passphrase(""))
    assert path.read_bytes() == before
    assert sealing.is_sealed(path)
    with NoteStore.open(
        path, sealer=Passphrase("سر\u0651 لا يُعرف")
    ) as store:  # the same letters, typed otherwise
        assert len(store) == 2


def test_damage_is_no_wrong_passphrase(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[:-40] + b"A" + data[-39:])
    with pytest.raises(NotesDamaged, match="checksum"):
        NoteStore.open(path, sealer=WORD)
    NoteStore.restore_backup(path, sealer=WORD)
    with NoteStore.open(path, sealer=WORD) as store:
        assert len(store) == 2


def test_a_file_with_a_right_checksum_and_forged_content_is_damaged(path: Path) -> None:
    import hashlib

    from kashaf.notes.file_format import (
        _check,  # the forger knows how it is made
        header,
    )

    body = path.read_bytes().partition(b"\n")[2]
    raw = bytearray(base64.b64decode(json.loads(b"{" + body)["sealed"]))
    raw[40] ^= 1
    forged = b'"sealed":"' + base64.b64encode(bytes(raw)) + b'"}\n'
    about: dict[str, Any] = header(path.read_bytes()) | {"sha256": hashlib.sha256(forged).hexdigest()}
    about["check"] = _check(about)
    path.write_bytes(json.dumps({"kashaf": about}, separators=(",", ":"))[:-1].encode() + b",\n" + forged)
    with pytest.raises(NotesDamaged, match="has been changed"):
        NoteStore.open(path, sealer=WORD)


def test_another_passphrase_and_back_into_the_clear(path: Path) -> None:
    with NoteStore.open(path, sealer=WORD) as store:
        told = store.notes()
        change_passphrase(store, OTHER.text)
    with pytest.raises(NotesSealed):
        NoteStore.open(path, sealer=WORD)
    for copy in backup.copies(path):
        with pytest.raises(NotesSealed):
            NoteStore.open(copy.path, read_only=True, sealer=WORD)
        NoteStore.open(copy.path, read_only=True, sealer=OTHER).close()
    with NoteStore.open(path, sealer=OTHER) as store:
        assert store.notes() == told
        decrypt(store)
        assert store.next_undo is not None
    for place in (path, *(copy.path for copy in backup.copies(path))):
        with NoteStore.open(place, read_only=True) as store:
            assert len(store) >= 1
    with NoteStore.open(path) as store, pytest.raises(UsageError, match="not encrypted"):
        decrypt(store)


def test_backups_that_are_left_in_the_clear_are_told_at_opening(path: Path) -> None:
    with NoteStore.open(path, sealer=WORD) as store:
        assert store.notices == ()
        decrypt(store)
        cipher = sealing.new_cipher(WORD.text)
        store.reseal(cipher)  # and there `encrypt` is cut off
    for read_only in (True, False):
        with NoteStore.open(path, read_only=read_only, sealer=WORD) as store:
            assert any("in the clear" in notice for notice in store.notices)
    with NoteStore.open(path, sealer=WORD) as store:
        assert encrypt(store, "").left == ()
        assert store.notices == ()
    assert in_the_clear(path) == []


class Killed(BaseException):
    pass


def test_a_decrypting_that_is_killed_at_any_call_leaves_nothing_in_the_clear_unsaid(path: Path) -> None:
    files = {one: one.read_bytes() for one in path.parent.rglob("*.json")}

    def killed_at(number: int) -> int:
        calls = 0

        def watch(call: syscalls.Call) -> None:
            nonlocal calls
            calls += 1
            if calls >= number:
                raise Killed

        store = NoteStore.open(path, sealer=WORD)
        with suppress(Killed), syscalls.watched(watch):
            decrypt(store)
        assert store._lock is not None
        store._lock._lock.release()
        return calls

    for number in range(1, 100):
        for one in path.parent.rglob("*.*"):
            if one.is_file():
                one.unlink()
        for one, data in files.items():
            one.write_bytes(data)
        calls = killed_at(number)
        with NoteStore.open(path, sealer=WORD) as store:
            assert len(store) == 2
            assert not store.sealed or store.notices or in_the_clear(path) == []
        if calls < number:
            break
    assert number > 10


def test_changes_that_cannot_be_opened_are_not_said_to_be_put_back(path: Path) -> None:
    with NoteStore.open(path, sealer=WORD) as store:
        decrypt(store)
    clear = path.read_bytes()
    with NoteStore.open(path) as store:
        encrypt(store, WORD.text)
    store = NoteStore.open(path, sealer=WORD)
    store.add(target(), body="ثالث")
    assert store._lock is not None
    store._lock._lock.release()  # killed
    path.write_bytes(b"torn")
    for copy in backup.copies(path):
        copy.path.write_bytes(clear)
    restored = NoteStore.restore_backup(path, None, WORD)
    assert (restored.changes, restored.lost, restored.notes) == (0, 1, 2)
    with NoteStore.open(path) as store:
        assert store.next_undo is None


@pytest.mark.parametrize("written", ["{}", "{}\n", "{}\r\n", "\ufeff{}\r\nmore"])
def test_the_passphrase_of_a_file_is_its_first_line_however_an_editor_writes_it(
    written: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "word"
    file.write_bytes(written.format(WORD.text).encode())
    monkeypatch.setenv("KASHAF_PASSPHRASE_FILE", str(file))
    assert from_file("KASHAF_PASSPHRASE_FILE") == WORD.text


def test_nobody_is_asked_behind_the_full_screen(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KASHAF_PASSPHRASE_FILE", raising=False)
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    with ThreadPoolExecutor(1) as thread, pytest.raises(NotesSealed):
        thread.submit(Asker().passphrase, path).result(timeout=10)


def test_what_cannot_be_sealed_is_told(path: Path) -> None:
    with NoteStore.open(path, sealer=WORD) as store:
        decrypt(store)
    aside = path.with_name("notes.json.damaged-1")
    aside.write_bytes(b"a damaged copy")
    copy = backup.copies(path)[-1].path
    copy.write_bytes(b"torn")
    with NoteStore.open(path) as store:
        with pytest.raises(UsageError, match="empty"):
            encrypt(store, "")
        assert not store.sealed
        assert encrypt(store, WORD.text).left == (copy, aside)
        assert encrypting.clear_backups(path) == []


def test_old_backups_of_the_first_schema_are_sealed_too(tmp_path: Path) -> None:
    from tests.crash.notes_operations import old_schema

    path = tmp_path / "notes" / "notes.json"
    old_schema(path)
    with NoteStore.open(path) as store:
        store.edit(note(1).id, body="ثان")
        assert encrypt(store, WORD.text).left == ()
    assert in_the_clear(path) == []
    with NoteStore.open(backup.copies(path)[-1].path, read_only=True, sealer=WORD) as old:
        assert len(old) == 2


def test_a_way_of_encrypting_that_is_not_ours_is_not_guessed_at(path: Path) -> None:
    facts = {"kdf": "scrypt", "cipher": "aes"}
    with pytest.raises(BadInput, match="does not know"):
        sealing.unlock(facts, WORD, path)


def test_a_missing_library_is_told_with_its_cure(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.hazmat.primitives.kdf.argon2", None)
    with pytest.raises(UsageError, match="cryptography") as caught:
        NoteStore.open(path, sealer=WORD)
    assert "kashaf[encryption]" in caught.value.cure


def test_the_commands(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = create(tmp_path / "case")
    with NoteStore.open(case.notes_file) as store:
        store.add(target(), body="أول")
    word, other = tmp_path / "word", tmp_path / "other"
    word.write_text(WORD.text + "\n", encoding="utf-8")
    other.write_text(OTHER.text, encoding="utf-8")
    assert run_kashaf(case.root, "notes", "encrypt").returncode == 2  # nobody can be asked
    assert run_kashaf(case.root, "notes", "decrypt").returncode == 2
    monkeypatch.setenv("KASHAF_PASSPHRASE_FILE", str(word))
    done = run_kashaf(case.root, "notes", "encrypt")
    assert (done.returncode, done.stdout) == (0, b"")
    assert b"docs/encryption.md" in done.stderr
    assert in_the_clear(case.notes_file) == []
    assert run_kashaf(case.root, "notes", "encrypt").returncode == 2
    listed = run_kashaf(case.root, "notes", "list")
    assert "أول" in listed.stdout.decode()
    monkeypatch.setenv("KASHAF_NEW_PASSPHRASE_FILE", str(other))
    assert run_kashaf(case.root, "notes", "passphrase").returncode == 0
    refused = run_kashaf(case.root, "notes", "list")
    assert (refused.returncode, refused.stdout) == (8, b"")
    assert b"not that of these notes" in refused.stderr
    monkeypatch.setenv("KASHAF_PASSPHRASE_FILE", str(other))
    assert run_kashaf(case.root, "notes", "decrypt").returncode == 0
    monkeypatch.delenv("KASHAF_PASSPHRASE_FILE")
    assert "أول" in run_kashaf(case.root, "notes", "list").stdout.decode()
