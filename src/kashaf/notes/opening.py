"""Opening a notes file: for writing under the lock, or for reading with the reason why."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput, DiskTrouble, Locked
from kashaf.notes.documents import NoteDocuments
from kashaf.notes.file_format import SCHEMA
from kashaf.notes.storage_tinydb import DurableStorage
from kashaf.said import said
from kashaf.storage.lock import Lock

if TYPE_CHECKING:
    from pathlib import Path

    from kashaf.notes.sealing import Sealer

PURPOSE: Final = said("taking notes")


@dataclass(frozen=True, slots=True)
class Opened:
    """A storage, the lock held for it, and why there is none, in words for the user (else empty)."""

    storage: DurableStorage
    lock: Lock | None
    reason: str = ""


def open_notes(path: Path, *, read_only: bool, or_read_only: bool, sealer: Sealer | None = None) -> Opened:
    """See `NoteStore.open`, which has these parameters and errors."""
    if read_only:
        return _of_this_schema(
            Opened(
                DurableStorage(path, read_only=True, sealer=sealer),
                None,
                said("The notes were opened for reading only"),
            )
        )
    lock = Lock(path, PURPOSE)
    try:
        lock.acquire()
    except (Locked, DiskTrouble) as error:
        if not or_read_only:
            raise
        return _of_this_schema(Opened(DurableStorage(path, read_only=True, sealer=sealer), None, str(error)))
    try:
        return _of_this_schema(Opened(DurableStorage(path, sealer=sealer), lock))
    except BaseException:
        lock.release()
        raise


def _of_this_schema(opened: Opened) -> Opened:
    """What was opened, unless its schema is newer: then for reading only, if it can be read at all."""
    storage = opened.storage
    if storage.schema <= SCHEMA:
        return opened
    try:
        NoteDocuments(storage).search()
    except (BadInput, KeyError, TypeError, AttributeError) as error:
        raise BadInput(
            said(
                "the notes were written by a newer Kashaf (schema {schema}), in a form this one cannot read",
                schema=storage.schema,
            ),
            where=str(storage.path),
            cure=said("Update Kashaf"),
        ) from error
    storage.make_read_only()
    if opened.lock is not None:
        opened.lock.release()
    reason = said(
        "The notes were written by a newer Kashaf (schema {schema}; this one writes {ours}). "
        "They can be read but not changed: update Kashaf",
        schema=storage.schema,
        ours=SCHEMA,
    )
    return Opened(storage, None, reason)
