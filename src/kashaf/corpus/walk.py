"""Which files a source holds: sorted, without hidden files, links, workspaces, or ignored names."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

from kashaf.corpus.readers.model import Hints
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import CONFIG_NAME

IGNORE_FILE = ".kashafignore"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, or the reason why it is none. `relative` uses forward slashes and is valid Unicode.

    folder: a refused folder, below which there may be more than was found.
    container: path and SHA-256 of the archive that it was unpacked from, empty for other files; hints: what the
    archive says of it.
    """

    path: Path
    relative: str
    size: int = 0
    refusal: str = ""
    folder: bool = False
    container: str = ""
    container_sha256: str = ""
    hints: Hints | None = None


def walk(root: Path, *, exclude: Path) -> Iterator[Found]:
    """Files at or below `root`. `exclude` is the workspace, which may lie inside its own source.

    Hidden folders and other workspaces (folders with a kashaf.yaml) are passed over without a word: what they hold
    belongs to them. A link, to a file or a folder, is yielded as a refusal.
    A `.kashafignore` in `root` holds one glob a line, matched against relative paths and bare names.
    A folder that cannot be listed is yielded as a refusal, so that the caller knows the list is partial.
    """
    if not root.is_dir():
        yield _found(root, portable(root.name))
        return
    patterns = _patterns(root / IGNORE_FILE)
    # The workspace as it is called from `root`, which may be a link.
    own = root / os.path.relpath(os.path.realpath(exclude), os.path.realpath(root))
    refused: list[Found] = []

    def on_error(error: OSError) -> None:
        folder = Path(error.filename or root)
        relative = portable(os.path.relpath(folder, root))
        refused.append(Found(folder, relative, refusal=error.strerror or "unreadable", folder=True))

    for folder, folders, names in os.walk(root, onerror=on_error):
        here = Path(folder)
        links = {name for name in folders if (here / name).is_symlink()}
        folders[:] = sorted(
            name for name in folders if name not in links and not _passed_over(here / name, own)
        )
        for name in sorted([*names, *links]):
            relative = portable(os.path.relpath(here / name, root))
            known_as = [relative, portable(name), *([relative + "/"] if name in links else [])]
            if not name.startswith(".") and not any(
                fnmatch(one, pattern) for one in known_as for pattern in patterns
            ):
                yield _found(here / name, relative)
    yield from refused


def _passed_over(folder: Path, own: Path) -> bool:
    # Not Path.is_file, which raises for a folder that may not be entered.
    return folder.name.startswith(".") or folder == own or os.path.isfile(folder / CONFIG_NAME)  # noqa: PTH113


def portable(name: str) -> str:
    """A file name as valid Unicode with forward slashes: undecodable bytes become `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def display(path: Path) -> str:
    """The path in one line that is safe to show."""
    return sanitise_line(portable(str(path)))


def _found(path: Path, relative: str) -> Found:
    try:
        status = path.lstat()
    except OSError as error:
        return Found(path, relative, refusal=error.strerror or "unreadable")
    if stat.S_ISLNK(status.st_mode):
        return Found(path, relative, refusal="a symbolic link; links are not followed")
    if not stat.S_ISREG(status.st_mode):
        return Found(path, relative, refusal="not a regular file")
    return Found(path, relative, status.st_size)


def _patterns(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
