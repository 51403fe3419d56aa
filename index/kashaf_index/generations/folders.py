"""Folders of generations: begun, put in their place, and let go of. For whoever holds the index's lock."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.storage import atomic, syscalls
from kashaf_index.generations.manifest import (
    MANIFEST,
    POINTER,
    Manifest,
    name_of,
    number_of,
    pointer_to,
    read_pointer,
)

#: Below a generation that is being written: what only its writing needs.
SCRATCH: Final = "scratch"
_PART: Final = ".part"
_DOOMED: Final = ".old"
_FOLDER: Final = re.compile(r"gen-[0-9]{6,18}(\.part)?\Z")


def following(index_dir: Path) -> Path:
    """Where the next generation is to be made: a number above all others there. Raises DiskTrouble."""
    with atomic.disk_trouble(index_dir, "list the folder"):
        numbers = [number_of(path.name.removesuffix(_PART)) for path in index_dir.iterdir()]
    return index_dir / (name_of(max((one for one in numbers if one is not None), default=0) + 1) + _PART)


def generation_of(part: Path) -> str:
    """What the folder is called once it is in its place."""
    return part.name.removesuffix(_PART)


def publish(part: Path, manifest: Manifest) -> None:
    """Make the folder, which has all that the manifest names, the current generation, durably. Raises DiskTrouble.

    In this order: the manifest, the files and their folder, the folder's name, the pointer. A kill before the last
    leaves the generation that was current.
    """
    index_dir = part.parent
    atomic.write_bytes(part / MANIFEST, manifest.to_bytes())
    atomic.replace_directory(part, index_dir / manifest.generation)
    atomic.write_text(index_dir / POINTER, pointer_to(manifest))


def clean(index_dir: Path) -> None:
    """Remove what a dead writer left, and every generation but the current and the one before it.

    Raises DiskTrouble.
    """
    try:
        current = number_of(read_pointer(index_dir)[0])
    except (IndexMissing, IndexDamaged):
        current = None
    atomic.sweep(index_dir, "")
    for path in index_dir.glob(".gen-*" + _DOOMED):
        atomic.remove_tree(path)
    before: list[tuple[int, Path]] = []
    with atomic.disk_trouble(index_dir, "list the folder"):
        folders = sorted(path for path in index_dir.iterdir() if _FOLDER.match(path.name))
    for folder in folders:
        number = number_of(folder.name)
        if number is None or (current is not None and number > current):
            remove(folder)
        elif number != current:
            before.append((number, folder))
    for _, folder in sorted(before)[:-1]:
        remove(folder)


def remove(folder: Path) -> None:
    """Remove a generation, or one that was begun. Raises DiskTrouble.

    Its name goes first: a process that outlived a killed writer, whose files it still writes, finds no place to make
    new ones.
    """
    doomed = folder.with_name(f".{folder.name}{_DOOMED}")
    with atomic.disk_trouble(folder, "remove the folder"):
        syscalls.replace(str(folder), str(doomed))
    atomic.remove_tree(doomed)
