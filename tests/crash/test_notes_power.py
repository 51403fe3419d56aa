"""A power cut after every file-changing call, on a disk that kept only what it was told to keep.

A kill leaves the system's cache; a power cut does not. The trace of a session is replayed on a model of a
disk, as `src/test6.c` does for SQLite: data is durable after fsync of its file, a name after fsync of its
folder. At each point four disks are possible, which lost or kept unsynced names, and lost or garbled unsynced
data; on each of them every acknowledged note must be found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.crash.notes_operations import counted, digest
from tests.notes_support import target

from kashaf.notes.model import NewNote
from kashaf.notes.storage_tinydb import NotesDamaged
from kashaf.notes.store import NoteStore
from kashaf.storage import syscalls

FEWEST_POINTS = 60


OPERATIONS: tuple[Callable[[NoteStore, int], object], ...] = (
    lambda store, session: store.add(target(), body=f"{session}"),
    lambda store, _: store.edit(store.notes()[-1].id, body="معدل", tags=["نقل"]),
    lambda store, _: store.delete(store.notes()[0].id),
    lambda store, _: store.undo(),
    lambda store, _: store.compact(),
    lambda store, session: store.add_many([NewNote(target(), f"{session}.{n}") for n in range(3)]),
)


@dataclass
class Inode:
    """A file or a folder: what was written to it, and what of that is durable."""

    data: bytes = b""
    durable: bytes = b""


@dataclass
class Disk:
    """Names and inodes; `names` as the running system sees them, `kept` as a power cut leaves them."""

    names: dict[str, Inode] = field(default_factory=dict)
    kept: dict[str, Inode] = field(default_factory=dict)

    def __call__(self, call: syscalls.Call) -> None:
        path = call.path
        match call.name:
            case "create" | "mkdir":
                self.names[path] = Inode()
            case "append":
                self.names.setdefault(path, Inode())
            case "truncate":
                self.names[path].data = self.names[path].data[: call.size]
            case "write":
                self.names[path].data += call.data
            case "fsync":
                self.names[path].durable = self.names[path].data
            case "replace":
                self.names[call.other] = self.names.pop(path)
            case "unlink":
                self.names.pop(path, None)
            case "fsync_dir":
                for name in [name for name in self.kept if str(Path(name).parent) == path]:
                    del self.kept[name]
                for name, inode in self.names.items():
                    if str(Path(name).parent) == path:
                        self.kept[name] = inode
            case _:
                raise AssertionError(call.name)

    def after_power_cut(
        self, names: Literal["kept", "seen"], data: Literal["lost", "zeroed"]
    ) -> dict[str, bytes]:
        """Files by path. An unsynced file is empty, or as long as it was and full of zeros."""
        files = {}
        for name, inode in (self.kept if names == "kept" else self.names).items():
            rest = b"\0" * (len(inode.data) - len(inode.durable)) if data == "zeroed" else b""
            files[name] = inode.durable + rest
        return files


def test_every_acknowledged_note_survives_a_power_cut_after_every_call(tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    path = home / "notes.json"
    disk = Disk()
    points: list[tuple[int, list[dict[str, bytes]]]] = []
    states = [""]

    def watch(call: syscalls.Call) -> None:
        # The call is about to be made: what stands now is the disk after all calls before it.
        disks = [
            disk.after_power_cut(names, data) for names in ("kept", "seen") for data in ("lost", "zeroed")
        ]
        points.append((len(states) - 1, disks))
        disk(call)

    with counted(), syscalls.watched(watch):
        for session in range(2):
            with NoteStore.open(path) as store:
                states[0] = states[0] or digest(store)
                for operation in OPERATIONS:
                    operation(store, session)
                    states.append(digest(store))
    assert disk.kept[str(path)].durable == path.read_bytes()

    for number, (acknowledged, disks) in enumerate(points):
        for variant, files in enumerate(disks):
            copy = tmp_path / f"{number}-{variant}"
            copy.mkdir()
            for name, content in files.items():
                place = copy / Path(name).relative_to(home)
                if Path(name).is_dir():
                    place.mkdir(exist_ok=True)
                elif place.parent.is_dir():
                    place.write_bytes(content)
            try:
                with NoteStore.open(copy / "notes.json", read_only=True) as store:
                    found = digest(store)
            except NotesDamaged as error:
                raise AssertionError(f"call {number}, disk {variant}") from error
            assert found in states[acknowledged : acknowledged + 2], f"call {number}, disk {variant}"
    assert len(points) >= FEWEST_POINTS
