"""The notes of another workspace: as exported, or as they lie in its folder, which is only read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.errors import NotFound
from kashaf_tui.commands.output import message

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.notes.codebook import Code, Merged
    from kashaf.notes.model import Ended, Note
    from kashaf_tui.session import Session

_NOTES_FILE: Final = b'{"kashaf":{'


@dataclass(frozen=True, slots=True)
class Others:
    """What another workspace tells: its notes, the ends of those deleted, and the codes that came along."""

    notes: tuple[Note, ...]
    ended: tuple[Ended, ...]
    codes: tuple[Code, ...] = ()


def read_others(path: Path) -> Others:
    """Read a native export, a notes file, or the folder of a workspace.

    Raises DiskTrouble, NotFound for a folder without notes, BadInput for any other file, and of a notes file
    what `NoteStore.open` raises.
    """
    if path.is_dir():
        found = next(
            (one for one in (path / "notes" / "notes.json", path / "notes.json") if one.exists()), None
        )
        if found is None:
            raise NotFound("no notes in this folder", where=str(path), cure="Give the folder of a workspace")
        return _workspace(found)
    from kashaf.export.native import MAX_BYTES, parse
    from kashaf.storage.atomic import read_bytes

    data = read_bytes(path, limit=MAX_BYTES)
    if data is None:
        raise NotFound("no such file or folder", where=str(path))
    if data.startswith(_NOTES_FILE):
        return _workspace(path)
    native = parse(data, where=str(path))
    return Others(native.notes, native.ended, native.codes)


def take_codes(session: Session, codes: Iterable[Code], *, dry_run: bool = False) -> Merged:
    """Add codes that our codebook does not have; of those it has, ours stay. Raises as `CodebookFile.add` does."""
    from kashaf.notes.codebook import Codebook
    from kashaf.notes.codebook_file import CodebookFile, of_workspace

    merged = of_workspace(session.workspace).codebook.merged(Codebook(tuple(codes)))
    if merged.added and not dry_run:
        CodebookFile(session.workspace).add(*merged.added)
    return merged


def _workspace(path: Path) -> Others:
    from kashaf.export.native_codes import used_codes
    from kashaf.notes.codebook_file import NAME, load
    from kashaf.notes.sealing import is_sealed
    from kashaf.notes.store import NoteStore
    from kashaf_tui.passphrase import Asker

    if is_sealed(path):
        message(f"encrypted, with a passphrase of its own: {path}")
    with NoteStore.open(path, read_only=True, sealer=Asker()) as store:
        notes, ended = tuple(store.notes()), tuple(store.ended())
    root = path.parent.parent
    return Others(notes, ended, used_codes(load(root / NAME, root / "state" / NAME).codebook, notes))
