"""Which files a source holds: sorted, without hidden files, links, workspaces, or ignored names."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import BinaryIO, Final

from kashaf.corpus.readers.model import Hints
from kashaf.corpus.saved_pages import pages_of
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import CONFIG_NAME

IGNORE_FILE = ".kashafignore"
# Files and folders that systems leave behind, in lower case.
_LEFT_BEHIND: Final = frozenset(
    {"__macosx", "thumbs.db", "desktop.ini", "$recycle.bin", "system volume information"}
)
_LINK: Final = "a symbolic link; links are not followed"
_NOT_REGULAR: Final = "not a regular file"


@dataclass(frozen=True, slots=True)
class Found:
    """A file to import, or the reason why it is none. `relative` uses forward slashes and is valid Unicode.

    folder: a refused folder or archive, below which there may be more than was found.
    container: path and SHA-256 of the archive that it was unpacked from, empty for other files; hints: what the
    archive says of it. `path` is then a numbered file of the spool, or the archive's own for a refusal.
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
    """Files at or below `root`, one by one. `exclude` is the workspace, which may lie inside its own source.

    Hidden files, what systems leave behind, the folder of a page that a browser saved as complete, and other
    workspaces (folders with a kashaf.yaml, whose contents belong to them) are passed over without a word. A link,
    to a file or a folder, is yielded as a refusal, and so is what is no regular file.
    A `.kashafignore` in `root` holds one glob a line, matched against relative paths and bare names.
    A folder that cannot be listed is yielded as a refusal, so that the caller knows the list is partial.
    """
    if not root.is_dir():
        yield _found(root, portable(root.name))
        return
    ignored = ignores(root)
    # The workspace as it is called from `root`, which may be a link.
    own = os.path.join(root, os.path.relpath(os.path.realpath(exclude), os.path.realpath(root)))  # noqa: PTH118
    refused: list[Found] = []
    # Not os.walk, which calls itself for each level until Python 3.12.
    waiting = [(str(root), "")]
    while waiting:
        folder, prefix = waiting.pop()
        try:
            with os.scandir(folder) as listing:
                entries = sorted(listing, key=lambda entry: entry.name)
        except OSError as error:
            relative = prefix.rstrip("/") or "."
            refused.append(Found(Path(folder), relative, refusal=error.strerror or "unreadable", folder=True))
            continue
        pages = {entry.name.lower() for entry in entries if not _is_folder(entry)}
        below: list[tuple[str, str]] = []
        for entry in entries:
            if is_passed_over(entry.name):
                continue
            relative = prefix + portable(entry.name)
            if _is_folder(entry):
                if not _is_anothers(entry.path, own) and pages.isdisjoint(pages_of(entry.name)):
                    below.append((entry.path, relative + "/"))
            elif not ignored(relative) and not (_leads_to_folder(entry) and ignored(relative + "/")):
                yield _found(Path(entry.path), relative)
        waiting += reversed(below)
    yield from refused


def is_passed_over(name: str) -> bool:
    """Whether a file or folder of this bare name is hidden, or left behind by a system."""
    return name.startswith(".") or name.lower() in _LEFT_BEHIND


def ignores(root: Path) -> Callable[[str], bool]:
    """Whether the `.kashafignore` of a source covers a path in it, which may go on inside an archive."""
    patterns = _patterns(root / IGNORE_FILE)
    if not patterns:
        return lambda _: False
    ignored = re.compile("|".join(map(translate, patterns))).match

    def is_ignored(relative: str) -> bool:
        bare = relative.rstrip("/").rpartition("/")[2]
        return ignored(relative) is not None or ignored(bare) is not None

    return is_ignored


def open_file(path: Path) -> BinaryIO:
    """The file for reading. Raises OSError, also when there is by now a link, a FIFO or a device in its place."""
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK
    file = os.fdopen(os.open(path, flags), "rb")
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(0, _NOT_REGULAR, str(path))
    return file


def portable(name: str) -> str:
    """A file name as valid Unicode with forward slashes: undecodable bytes become `\\xNN`."""
    return os.fsencode(name).decode("utf-8", "backslashreplace").replace(os.sep, "/")


def display(path: Path) -> str:
    """The path in one line that is safe to show."""
    return sanitise_line(portable(str(path)))


def shown(found: Found) -> str:
    """Where the file lies, in one line: its path, or its place in its archive."""
    return sanitise_line(found.relative) if found.container else display(found.path)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _leads_to_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_symlink() and entry.is_dir()
    except OSError:
        return False


def _is_anothers(folder: str, own: str) -> bool:
    # Not Path.is_file, which raises for a folder that may not be entered.
    return folder == own or os.path.isfile(os.path.join(folder, CONFIG_NAME))  # noqa: PTH113, PTH118


def _found(path: Path, relative: str) -> Found:
    try:
        status = path.lstat()
    except OSError as error:
        return Found(path, relative, refusal=error.strerror or "unreadable")
    if stat.S_ISLNK(status.st_mode):
        return Found(path, relative, refusal=_LINK)
    if not stat.S_ISREG(status.st_mode):
        return Found(path, relative, refusal=_NOT_REGULAR)
    return Found(path, relative, status.st_size)


def _patterns(path: Path) -> list[str]:
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    return [line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#")]
