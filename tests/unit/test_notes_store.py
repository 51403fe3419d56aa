"""The store: what it keeps, undoes, merges, and refuses."""

from __future__ import annotations

import errno
import subprocess
import sys
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from tests.notes_support import TEXT, Counter, article, failing, note, target

from kashaf.errors import BadInput, DiskTrouble, Locked, NotFound, UsageError
from kashaf.notes import editing, history, identity, settling, versions, view
from kashaf.notes.editing import Edit
from kashaf.notes.history import Change
from kashaf.notes.model import NewNote
from kashaf.notes.storage_tinydb import ReadOnly
from kashaf.notes.store import NoteStore
from kashaf.storage import backup, syscalls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "notes" / "notes.json"


@pytest.fixture
def store(path: Path) -> Iterator[NoteStore]:
    with NoteStore.open(path) as opened:
        yield opened


def reread(path: Path) -> NoteStore:
    return NoteStore.open(path, read_only=True)


def test_what_is_added_is_there_after_reopening(path: Path, store: NoteStore) -> None:
    added = store.add(target(), body="للمراجعة\r\nغدا", tags=["سمك", "سمك"], author="سعاد")
    assert (added.kind, added.body, added.tags) == ("note", "للمراجعة\nغدا", ("سمك",))
    assert added.created == added.modified
    assert reread(path).notes() == [added] == store.notes()
    assert store.add(target()).kind == "highlight"
    assert len(store) == 2


def test_what_could_not_be_read_again_is_not_written(path: Path, store: NoteStore) -> None:
    kept = store.add(target())
    with pytest.raises(BadInput, match="source_sha256"):
        store.add(replace(target(), source_sha256="unknown"))
    with pytest.raises(BadInput, match="text_sha256"):
        store.edit(kept.id, target=replace(target(), text_sha256=""))
    assert reread(path).notes() == [kept] == store.notes()
    assert store.undo() is not None
    assert len(store) == 0


def test_edit_changes_what_is_given_only(
    path: Path, store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    added = store.add(target(), body="أول", tags=["أ"])
    monkeypatch.setattr(identity, "now", lambda: "2999-01-01T00:00:00Z")
    edited = store.edit(added.id, body="ثان")
    assert replace(edited, versions=added.versions) == replace(
        added, body="ثان", modified="2999-01-01T00:00:00Z"
    )
    assert [version.changes for version in edited.versions[1:]] == [{"body": "ثان"}]
    assert edited.versions[:1] == added.versions
    monkeypatch.setattr(identity, "now", lambda: "1999-01-01T00:00:00Z")
    assert store.edit(added.id, tags=[]).modified == "2999-01-01T00:00:00Z"
    moved = store.edit(added.id, target=target("الإيجار القديم"))
    assert reread(path).get(added.id) == moved
    assert (moved.body, moved.tags, moved.quote) == ("ثان", (), "الإيجار القديم")


def test_an_edit_that_changes_nothing_writes_nothing(store: NoteStore) -> None:
    added = store.add(target(), body="أول")
    counter = Counter()
    with syscalls.watched(counter):
        assert store.edit(added.id, body="أول") == added
    assert counter.calls == []
    assert store.next_undo is not None


def test_deleted_notes_are_in_the_trash_and_come_back(path: Path, store: NoteStore) -> None:
    one, two = store.add(target(), body="أول"), store.add(target(), body="ثان")
    assert store.delete(one.id) == [one]
    store.delete(two.id)
    assert store.notes() == []
    thrown = reread(path).trash()
    assert [(one.note.id, one.note.body) for one in thrown] == [(two.id, "ثان"), (one.id, "أول")]
    assert [one.note.versions[-1].changes for one in thrown] == [{"deleted": True}] * 2
    back = store.restore(one.id)
    assert replace(back, versions=one.versions, modified=one.modified) == one
    assert [version.changes for version in back.versions[1:]] == [{"deleted": True}, {"deleted": False}]
    assert store.notes() == [back] == reread(path).notes()
    assert [thrown.note.id for thrown in store.trash()] == [two.id]
    with pytest.raises(UsageError):
        store.restore(one.id)
    with pytest.raises(NotFound):
        store.restore("x")


def test_purged_notes_leave_only_their_end(path: Path, store: NoteStore) -> None:
    one, two = store.add(target(), body="سر دفين"), store.add(target("الإيجار القديم"), body="باق")
    store.edit(one.id, body="سر أدفن")
    store.delete(one.id, two.id)
    assert [end.id for end in store.ended()] == [one.id, two.id]
    with pytest.raises(NotFound):
        store.purge([one.id, "x"])
    assert store.purge([one.id]) == 1
    assert [thrown.note.id for thrown in store.trash()] == [two.id]
    (end,) = (end for end in store.ended() if end.id == one.id)
    assert {str(version.changes) for version in end.versions} <= {"None", "{'deleted': True}"}
    assert "سر" not in path.read_text(encoding="utf-8")
    assert not path.with_suffix(".journal").exists()
    assert store.undo() is not None  # the deletion of the other one is still there to be undone
    assert [kept.body for kept in store.notes()] == ["باق"]
    assert store.undo() is not None
    assert (store.undo(), store.notes()) == (None, [])
    assert [end.id for end in reread(path).ended()] == [one.id]
    assert store.purge() == 0


def test_questions(store: NoteStore) -> None:
    late = store.add(target("الإيجار القديم"), tags=["مال"])
    early = store.add(target("بلدية المرفأ"), tags=["مال", "بلدية"])
    other = store.add(replace(target(), article_id="zzz"), tags=["بلدية"])
    assert store.notes() == [late, early, other]
    assert store.for_article(article().id) == [early, late]
    assert store.notes(tag="بلدية") == [early, other]
    assert store.notes("zzz", tag="مال") == []
    assert store.article_ids() == {article().id, "zzz"}
    assert store.tags() == {"بلدية": 2, "مال": 2}
    assert store.get(late.id) == late
    for ask in (store.get, store.delete, store.edit):
        with pytest.raises(NotFound):
            ask("nothing")


def test_undo_and_redo_walk_the_session(path: Path, store: NoteStore) -> None:
    states = [store.notes()]
    one = store.add(target(), body="أول")
    states.append(store.notes())
    store.edit(one.id, body="معدل", tags=["ت"])
    states.append(store.notes())
    store.add(target("الإيجار القديم"))
    states.append(store.notes())
    store.delete(one.id)
    states.append(store.notes())
    for state in reversed(states[:-1]):
        assert store.undo() is not None
        assert store.notes() == state == reread(path).notes()
    assert store.undo() is None
    assert store.next_undo is None
    for state in states[1:]:
        assert store.redo() is not None
        assert store.notes() == state
    assert store.redo() is None
    store.undo()
    assert store.trash() == []
    store.add(target())
    assert store.next_redo is None


def test_the_history_keeps_the_newest_changes(
    path: Path, store: NoteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(history, "MAX_CHANGES", 3)
    one = store.add(target(), body="0")
    for number in range(1, 6):
        store.edit(one.id, body=str(number))
    bodies = []
    while store.undo() is not None:
        bodies.append(store.notes()[0].body)
    assert bodies == ["4", "3", "2"]
    while store.redo() is not None:
        pass
    monkeypatch.setattr(history, "MAX_BYTES", 5_000)
    store.edit(one.id, body="سطر\n" * 5_000)
    store.edit(one.id, body="6")  # what it replaces is over the bound, and can be undone all the same
    assert [bool(store.undo()) for _ in range(2)] == [True, False]
    assert len(store.notes()[0].body) == 20_000
    assert reread(path).next_redo == store.next_redo


def test_a_change_says_what_it_was(path: Path, store: NoteStore) -> None:
    one, two = store.add_many(
        [NewNote(target(), "أول", ("سلاح/كيماوي",)), NewNote(target(), "ثان", ("سلاح",))]
    )
    store.retag([one.id, two.id], add=["مهم"], remove=["غائب"])
    renamed = store.rename_tag("سلاح", "أسلحة")
    assert [note.tags for note in renamed] == [("أسلحة/كيماوي", "مهم"), ("أسلحة", "مهم")]
    store.delete(one.id, two.id)
    store.restore(two.id)
    told = []
    with NoteStore.open(path, read_only=True) as reader:
        assert reader.next_undo == store.next_undo
    while (change := store.undo()) is not None:
        told.append((change.what, change.detail, len(change.note_ids)))
    assert told == [
        ("restore", "", 1),
        ("delete", "", 2),
        ("rename", "سلاح → أسلحة", 2),
        ("tag", "مهم -غائب", 2),
        ("add", "", 2),
    ]


def test_a_link_leads_to_words(path: Path, store: NoteStore) -> None:
    far = target("الإيجار القديم")
    link = store.add(target(), other=far)
    assert (link.kind, link.other) == ("link", far)
    with pytest.raises(UsageError, match="link"):
        store.add(target(), kind="link")
    with pytest.raises(UsageError, match="link"):
        store.add(target(), kind="claim", other=far)
    claim = store.edit(link.id, kind="claim")
    assert (claim.kind, claim.other) == ("claim", None)
    assert store.edit(link.id, other=far).kind == "link"
    assert reread(path).notes()[0].other == far


def test_listeners_hear_of_every_change(store: NoteStore) -> None:
    heard: list[Change] = []
    end = store.subscribe(heard.append)
    one = store.add(target())
    store.edit(one.id, target=replace(target(), article_id="zzz"))
    store.undo()
    end()
    end()
    store.delete(one.id)
    assert [(change.what, change.direction) for change in heard] == [
        ("add", "do"),
        ("edit", "do"),
        ("edit", "undo"),
    ]
    assert heard[1].article_ids == {article().id, "zzz"}


def test_control_characters_are_refused_before_anything_is_written(store: NoteStore) -> None:
    one = store.add(target(), body="أول")
    counter = Counter()
    with syscalls.watched(counter):
        changes: list[Callable[[], object]] = [
            lambda: store.add(target(), body="\x1b]0;x\x07"),
            lambda: store.add(target(), tags=["\u202e"]),
            lambda: store.add(target(), author="\x9b"),
            lambda: store.edit(one.id, body="\x00"),
            lambda: store.edit(one.id, tags=["\ud800"]),
        ]
        for change in changes:
            with pytest.raises(UsageError):
                change()
    assert counter.calls == []
    assert store.notes() == [one]


def test_half_a_character_in_a_quote_is_refused_and_leaves_no_trace(path: Path, store: NoteStore) -> None:
    one = store.add(target())
    with pytest.raises(BadInput, match="half a character"):
        store.add(replace(target(), suffix="\ud800"))
    assert store.notes() == [one] == reread(path).notes()
    assert not store.unsaved
    store.undo()
    assert store.notes() == []


def test_a_change_the_disk_refused_is_kept_and_saved_with_the_next(path: Path, store: NoteStore) -> None:
    one = store.add(target(), body="أول")
    with failing(1, errno.ENOSPC, forever=True), pytest.raises(DiskTrouble) as caught:
        store.add(target(), body="ثان")
    assert "kept in memory" in str(caught.value)
    assert "Free some space" in str(caught.value)
    held = store.unsaved
    assert held
    assert [kept.body for kept in store.notes()] == ["أول", "ثان"]
    assert reread(path).notes() == [one]
    store.add(target(), body="ثالث")
    assert not store.unsaved
    assert [kept.body for kept in reread(path).notes()] == ["أول", "ثان", "ثالث"]
    store.undo()
    store.undo()
    assert reread(path).notes() == [one]


def test_a_refused_change_is_seen_by_queries_made_before(store: NoteStore) -> None:
    one = store.add(target(), tags=["ت"])
    assert store.for_article(article().id) == store.notes(tag="ت") == [one]
    with failing(1, forever=True), pytest.raises(DiskTrouble):
        store.delete(one.id)
    assert store.for_article(article().id) == store.notes(tag="ت") == []


def test_our_own_file_is_not_taken_for_a_foreign_one(path: Path, store: NoteStore) -> None:
    """The last step of a write fails, so the new file stands there though the write was refused."""
    store.add(target())
    with failing(5), pytest.raises(DiskTrouble):
        store.compact()
    store.add(target())
    assert store.displaced == ()
    assert len(reread(path)) == 2
    assert sorted(entry.name for entry in path.parent.iterdir()) == [
        *("backups", "notes.json", "notes.json.lock", "notes.json.owner"),
    ]


def test_save_tries_again(path: Path, store: NoteStore) -> None:
    with failing(1, forever=True):
        with pytest.raises(DiskTrouble):
            store.add(target(), body="أول")
        with pytest.raises(DiskTrouble):
            store.save()
        with pytest.raises(DiskTrouble):
            store.close()
    assert not store.read_only
    store.save()
    store.save()
    assert [kept.body for kept in reread(path).notes()] == ["أول"]


def test_leaving_with_an_error_does_not_save_what_was_refused(path: Path) -> None:
    def add_twice() -> None:
        with NoteStore.open(path) as store:
            store.add(target(), body="أول")
            with failing(1, forever=True):
                store.add(target(), body="ثان")

    with pytest.raises(DiskTrouble):
        add_twice()
    assert [kept.body for kept in reread(path).notes()] == ["أول"]


def test_a_second_window_reads_and_sees_what_the_first_saves(path: Path, store: NoteStore) -> None:
    with pytest.raises(Locked, match="taking notes"):
        NoteStore.open(path)
    with NoteStore.open(path, or_read_only=True) as second:
        assert second.read_only
        assert "taking notes" in second.read_only_reason
        one = store.add(target(), body="أول")
        assert second.notes() == second.for_article(article().id) == [one]
        store.delete(one.id)
        assert second.notes() == second.for_article(article().id) == []
        with pytest.raises(ReadOnly, match="taking notes"):
            second.add(target())
        with pytest.raises(ReadOnly):
            second.merge([])
    assert not store.read_only


_SECOND = """
import sys
from pathlib import Path
from kashaf.errors import Locked
from kashaf.notes.store import NoteStore
try:
    NoteStore.open(Path(sys.argv[1]))
except Locked:
    print("locked")
print(len(NoteStore.open(Path(sys.argv[1]), or_read_only=True)))
"""


def test_a_second_process_is_refused_or_reads(path: Path, store: NoteStore) -> None:
    store.add(target())
    done = subprocess.run(
        [sys.executable, "-c", _SECOND, str(path)], capture_output=True, text=True, check=True, timeout=30
    )
    assert done.stdout.split() == ["locked", "1"]


def test_reading_only_makes_no_file(path: Path) -> None:
    counter = Counter()
    with syscalls.watched(counter), reread(path) as store:
        assert store.notes() == []
        assert store.trash() == []
    assert counter.calls == []
    assert not path.parent.exists()


def test_a_closed_store_refuses_changes(path: Path) -> None:
    store = NoteStore.open(path)
    store.close()
    store.close()
    with pytest.raises(ReadOnly, match="closed"):
        store.add(target())
    with NoteStore.open(path) as again:
        again.add(target())


def test_a_merge_is_one_line_of_the_journal_and_one_undo(path: Path, store: NoteStore) -> None:
    own = store.add(target(), body="لي")
    counter = Counter()
    with syscalls.watched(counter):
        report = store.merge([versions.first(note(number)) for number in range(1, 50)])
    assert [call.name for call in counter.calls] == ["append", "write", "fsync", "fsync_dir"]
    assert (len(report.added), len(store)) == (49, 50)
    change = store.next_undo
    assert change is not None
    assert (change.what, change.direction, len(change.note_ids)) == ("merge", "undo", 49)
    store.undo()
    assert reread(path).notes() == [own]
    assert store.compare([note(1)]).added
    assert store.notes() == [own]


def test_a_note_from_before_versions_is_cleaned_and_merged_once(store: NoteStore) -> None:
    hostile = note(1, body="a\x1b]52;c;aGk=\x07b", tags=("\x1b[31mt",))
    (added,) = store.merge([hostile]).added
    assert (added.body, added.tags) == ("ab", ("t",))
    assert not store.merge([hostile]).changed


def test_what_two_analysts_set_differently_is_settled_in_one_change(path: Path, store: NoteStore) -> None:
    ours = store.add(target(), body="أول", author="سعاد")
    theirs = editing.edited(ours, Edit(body="رأيها"), author="هدى")
    store.edit(ours.id, body="رأيي", author="سعاد")
    assert theirs is not None
    store.merge([theirs])
    (contested,) = store.conflicted()
    (conflict,) = view.conflicts(contested)
    assert {one.value for one in conflict.alternatives} == {"رأيي", "رأيها"}
    settled = store.settle(ours.id, {"body": settling.Put("رأينا")}, author="هدى")
    assert (settled.body, store.conflicted()) == ("رأينا", [])
    assert reread(path).notes() == [settled]
    change = store.undo()
    assert change is not None
    assert change.what == "settle"
    assert store.conflicted() == [contested]


def test_a_deletion_that_is_chosen_goes_to_the_trash(store: NoteStore) -> None:
    ours = store.add(target(), body="أول", author="سعاد")
    theirs = editing.amended(ours, ours, author="هدى", deleted=True)
    store.edit(ours.id, body="ثان")
    assert theirs is not None
    store.merge([], [versions.ended(theirs)])
    (contested,) = store.conflicted()
    (conflict,) = view.conflicts(contested)
    gone = next(one.version for one in conflict.alternatives if one.value is True)
    store.settle(ours.id, {conflict.field: settling.Take(gone)})
    assert store.notes() == []
    assert [one.note.body for one in store.trash()] == ["ثان"]


def test_unknown_fields_stay_through_edits(path: Path, store: NoteStore) -> None:
    store.merge([replace(note(1), extra={"colour": {"ink": "أحمر"}})])
    store.edit(note(1).id, body="آخر")
    assert reread(path).get(note(1).id).extra == {"colour": {"ink": "أحمر"}}


def test_a_session_leaves_a_backup_of_its_start_and_end(path: Path) -> None:
    for body in ("أول", "ثان"):
        with NoteStore.open(path) as store:
            store.add(target(), body=body)
            store.add(target(), body=body)
    copies = backup.copies(path)
    assert [len(NoteStore.open(copy.path, read_only=True)) for copy in copies] == [4, 2, 1]
    assert copies[0].path.read_bytes() == path.read_bytes()


def test_a_backup_that_cannot_be_made_does_not_stop_a_note(path: Path, store: NoteStore) -> None:
    store.add(target())
    store.close()
    with NoteStore.open(path) as again:
        backup.copies(path)[0].path.unlink()
        (path.parent / "backups").rmdir()
        (path.parent / "backups").write_bytes(b"in the way")
        again.add(target(), body="أول")
        assert again.backup_trouble is not None
        assert len(reread(path)) == 2


def test_many_threads_lose_nothing(path: Path, store: NoteStore) -> None:
    def work(number: int) -> None:
        for _ in range(5):
            store.add(target(), body=str(number))
            store.notes()

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(reread(path)) == 20


def test_a_very_long_note(path: Path, store: NoteStore) -> None:
    body = (TEXT + "\n") * 20_000
    store.add(target(), body=body)
    assert reread(path).notes()[0].body == body
