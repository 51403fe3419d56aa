"""The archives of an import: each is unpacked to a spool when its files are read, and few spools stand at a time."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from kashaf.corpus import containers
from kashaf.corpus.reading import hash_file
from kashaf.corpus.walk import Found
from kashaf.storage.atomic import ensure_dir

SPOOL_NAME: Final = "spool"

_ROOM: Final = 2**30  # bytes of spools that stay for a second look; one archive may take more


@dataclass(slots=True)
class _Spool:
    """An unpacked archive: where each of its files lies, by its path in the source."""

    folder: Path
    files: dict[str, Path] = field(default_factory=dict)
    bytes: int = 0


class Archives:
    """A context manager: nothing that was unpacked is left behind, also by an import that was killed before.

    home: the folder in which spools are made; None: the system's for temporary files.
    """

    def __init__(
        self, home: Path | None, ignored: Callable[[str], bool], cancelled: Callable[[], bool]
    ) -> None:
        self._home = home
        self._ignored = ignored
        self._cancelled = cancelled
        self._root: Path | None = None
        self._opened: dict[str, tuple[Found, str]] = {}
        self._spools: dict[str, _Spool] = {}
        self._made = 0

    def __enter__(self) -> Self:
        if self._home is not None:
            shutil.rmtree(self._home / SPOOL_NAME, ignore_errors=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._root is not None:
            shutil.rmtree(self._root, ignore_errors=True)
            self._root = None

    def is_archive(self, found: Found) -> bool:
        return containers.is_container(found.path)

    def members(self, archive: Found, sha256: str) -> Iterator[Found]:
        """What is in the archive, refusals too; each file is there to be read when it is yielded.

        `path` is where the file would lie if the archive were a folder. Raises Cancelled and DiskTrouble.
        """
        self._opened[archive.relative] = archive, sha256
        self._make_room()
        spool = self._spools[archive.relative] = _Spool(self._new_folder())
        for found in containers.unpack(
            archive, spool.folder, sha256=sha256, cancelled=self._cancelled, ignored=self._ignored
        ):
            inner = found.relative.removeprefix(archive.relative).lstrip("/")
            if not found.refusal:
                spool.files[found.relative] = found.path
                spool.bytes += found.size
            yield replace(found, path=archive.path / inner if inner else archive.path)

    def real(self, found: Found) -> Found | None:
        """The file with the path under which it can be read; None when its archive is no longer what it was."""
        if not found.container:
            return found
        if found.container not in self._spools:
            archive, sha256 = self._opened[found.container]
            if hash_file(archive.path) != sha256:
                return None
            for _ in self.members(archive, sha256):
                pass
        path = self._spools[found.container].files.get(found.relative)
        return replace(found, path=path) if path is not None else None

    def new_file(self) -> Path:
        """A name for a temporary file, which is gone after the import."""
        return self._new_folder() / "copy"

    def close(self, archive: Found) -> None:
        """Take an archive's spool away: its files will not be read again soon."""
        if spool := self._spools.pop(archive.relative, None):
            shutil.rmtree(spool.folder, ignore_errors=True)

    def _make_room(self) -> None:
        while sum(spool.bytes for spool in self._spools.values()) > _ROOM:
            oldest = next(iter(self._spools))
            shutil.rmtree(self._spools.pop(oldest).folder, ignore_errors=True)

    def _new_folder(self) -> Path:
        if self._root is None and self._home is not None:
            self._root = self._home / SPOOL_NAME
            ensure_dir(self._root)
        elif self._root is None:
            self._root = Path(tempfile.mkdtemp(prefix="kashaf-"))
        self._made += 1
        folder = self._root / str(self._made)
        ensure_dir(folder)
        return folder
