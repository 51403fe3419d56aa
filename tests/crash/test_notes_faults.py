"""A disk that fills up or fails at every file-changing call: no note is lost, on disk or in memory."""

from __future__ import annotations

import errno
from itertools import count
from typing import TYPE_CHECKING

import pytest
from tests.notes_support import failing, target

from kashaf.errors import DiskTrouble
from kashaf.notes.file_format import is_good
from kashaf.notes.store import NoteStore

if TYPE_CHECKING:
    from pathlib import Path

FEWEST_POINTS = 10


def bodies(store: NoteStore) -> list[str]:
    return sorted(note.body for note in store.notes())


def begin(path: Path) -> None:
    with NoteStore.open(path) as store:
        store.add(target(), body="old")


@pytest.mark.parametrize("forever", [False, True])
@pytest.mark.parametrize("error", [errno.ENOSPC, errno.EIO, errno.EROFS])
def test_a_failure_at_every_call_of_a_session(tmp_path: Path, error: int, forever: bool) -> None:
    points = 0
    for number in count(1):
        path = tmp_path / str(number) / "notes.json"
        begin(path)
        refused = opened = False
        acknowledged = ["old"]
        attempted = ["old"]
        with failing(number, error, forever=forever) as disk:
            try:
                store = NoteStore.open(path)
            except DiskTrouble:
                refused = True
            else:
                opened = True
                for body in ("new 1", "new 2"):
                    attempted.append(body)
                    try:
                        store.add(target(), body=body)
                    except DiskTrouble:
                        refused = True
                    else:
                        acknowledged = list(attempted)  # a later success brings the refused ones along
                    assert bodies(store) == sorted(attempted)
                    assert is_good(path.read_bytes())
                unsaved = store.unsaved
        points += disk.failed
        with NoteStore.open(path, read_only=True) as reader:
            assert set(acknowledged) <= set(bodies(reader)) <= set(attempted)
        if opened:
            if unsaved:
                store.save()
            store.close()
            with NoteStore.open(path) as again:
                assert bodies(again) == sorted(attempted)
            assert not list(path.parent.rglob(".*.tmp"))
        if not disk.failed:
            assert not refused
            break
    assert points >= FEWEST_POINTS
