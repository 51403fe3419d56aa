"""The folder that archives are unpacked to: numbered files, whose names owe nothing to an archive."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from kashaf.errors import DiskTrouble

_BUFFER: Final = 256 * 1024
_IN_A_FOLDER: Final = 1000  # FAT takes few names in a folder, and slowly


class Spool:
    """Files below a new folder in `into`. All raise DiskTrouble."""

    def __init__(self, into: Path) -> None:
        try:
            self._root = Path(tempfile.mkdtemp(prefix="", dir=into))
        except OSError as error:
            raise _trouble(error, into) from error
        self._count = 0

    def create(self) -> tuple[Path, BinaryIO]:
        """A new empty file."""
        folder = self._root / str(self._count // _IN_A_FOLDER)
        path = folder / str(self._count)
        self._count += 1
        try:
            folder.mkdir(exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise _trouble(error, path) from error
        return path, os.fdopen(handle, "wb", buffering=_BUFFER)

    def drop(self, path: Path) -> None:
        """Delete a file of it."""
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(error, path) from error


def write(file: BinaryIO, data: bytes, path: Path) -> None:
    """Write all of `data`. Raises DiskTrouble."""
    try:
        file.write(data)
    except OSError as error:
        raise _trouble(error, path) from error


@contextmanager
def closing(file: BinaryIO, path: Path) -> Iterator[None]:
    """Close the file in the end, which writes what is left. Raises DiskTrouble."""
    try:
        yield
    finally:
        try:
            file.close()
        except OSError as error:
            raise _trouble(error, path) from error


def _trouble(error: OSError, path: Path) -> DiskTrouble:
    return DiskTrouble(
        error.strerror or "cannot be written", where=str(path), cure="Free some room on the disk"
    )
