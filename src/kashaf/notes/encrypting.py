"""Notes that are open, encrypted, opened for good, or given another passphrase; their backups with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashaf.errors import BadInput, UsageError
from kashaf.notes.file_format import MAX_BYTES, Torn, header, parse, serialise
from kashaf.notes.migration import forward
from kashaf.notes.sealing import is_sealed, new_cipher
from kashaf.said import said
from kashaf.storage import atomic, backup

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from kashaf.notes.sealing import Cipher
    from kashaf.notes.store import NoteStore


@dataclass(frozen=True, slots=True)
class Resealed:
    """What became of the files beside the notes.

    backups: how many were written anew. left: files that stay as they are: damaged ones, copies kept aside, and
    backups under another key. They are the user's to look through and to remove.
    """

    backups: int
    left: tuple[Path, ...]


def encrypt(store: NoteStore, passphrase: str) -> Resealed:
    """Encrypt the notes, their journal and their backups, or end what was cut off of that. The store stays open.

    Raises UsageError for an empty passphrase, ReadOnly, DiskTrouble: what is done by then stays done, and calling it
    again goes on.
    """
    cipher = store.cipher or new_cipher(passphrase)
    store.reseal(cipher)
    return _backups(store.path, cipher, cipher)


def decrypt(store: NoteStore) -> Resealed:
    """The notes, their journal and their backups in the clear again. Raises as `encrypt`."""
    cipher = _cipher_of(store)
    # The backups first: were it cut off, the notes would still say that they are encrypted, and it could go on.
    done = _backups(store.path, cipher, None)
    store.reseal(None)
    return done


def change_passphrase(store: NoteStore, passphrase: str) -> Resealed:
    """The data key under another passphrase, in the notes and in their backups. Raises as `encrypt`.

    What it has sealed is not sealed anew: who has an old copy and the old passphrase can still open that copy.
    """
    cipher = _cipher_of(store).rewrapped(passphrase)
    store.reseal(cipher)
    return _backups(store.path, cipher, cipher)


def clear_backups(path: Path) -> list[Path]:
    """The backups of encrypted notes that are not. Raises DiskTrouble."""
    return [
        copy.path
        for copy in backup.copies(path)
        # The first line is cheap to look at; what no hash vouches for is damaged, and is told as that.
        if not is_sealed(copy.path) and _seal(copy.path) is None
    ]


def _cipher_of(store: NoteStore) -> Cipher:
    if store.cipher is None:
        raise UsageError(said("the notes are not encrypted"), where=str(store.path))
    return store.cipher


def _backups(path: Path, old: Cipher, new: Cipher | None) -> Resealed:
    wanted = None if new is None else new.facts()
    done = 0
    left: list[Path] = []
    for copy in backup.copies(path):
        seal = _seal(copy.path)
        if seal == wanted:
            continue
        data = atomic.read_bytes(copy.path, limit=MAX_BYTES) or b""
        try:
            loaded = parse(data, None if seal is None else old)
            tables = forward(loaded.tables) if loaded.schema == 1 else loaded.tables
        except (Torn, BadInput):
            left.append(copy.path)
            continue
        atomic.write_bytes(copy.path, serialise(tables, loaded.position, new))
        done += 1
    aside = [
        entry
        for entry in sorted(path.parent.iterdir())
        if entry.name.startswith((f"{path.name}.", f"{path.stem}.journal."))
        and entry.suffix not in (".lock", ".owner")
    ]
    return Resealed(done, (*left, *aside))


def _seal(path: Path) -> Mapping[str, Any] | None:
    """The clear facts of a sealed file; None of a clear one; no facts of a damaged one."""
    data = atomic.read_bytes(path, limit=MAX_BYTES) or b""
    try:
        return header(data).get("seal")
    except Torn:
        return {}
