"""Every call by which the project changes a precious file, and nothing else.

Each function announces itself to the watcher before it acts. The crash tests use that to count the calls of
an operation and to kill the process, or to fail, at the n-th of them (the loop of SQLite's and notmuch's
crash tests). OSError passes through unchanged: `atomic` turns it into DiskTrouble.
"""

from __future__ import annotations

import errno
import os
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

if sys.platform != "win32":
    import fcntl

CHUNK = 1024 * 1024  # bytes a write: a large file has points in its midst where it can be interrupted

Name = Literal[
    "create",
    "append",
    "write",
    "truncate",
    "fsync",
    "replace",
    "link",
    "unlink",
    "mkdir",
    "rmdir",
    "fsync_dir",
]


@dataclass(frozen=True, slots=True)
class Call:
    """A file-changing call about to be made.

    other: where a replace or a link goes. data: what a write writes. size: what a truncate leaves, in bytes.
    """

    name: Name
    path: str
    other: str = ""
    data: bytes = b""
    size: int = 0


_watcher: Callable[[Call], None] | None = None


@contextmanager
def watched(watcher: Callable[[Call], None]) -> Iterator[None]:
    """Show every call of this process to `watcher` before it is made; what the watcher raises, the call raises."""
    global _watcher  # noqa: PLW0603 -- one seam for the whole process is the point
    before = _watcher
    _watcher = watcher
    try:
        yield
    finally:
        _watcher = before


def _announce(name: Name, path: str, other: str = "", data: bytes = b"", size: int = 0) -> None:
    if _watcher is not None:
        _watcher(Call(name, path, other, data, size))


def create(path: str, mode: int) -> int:
    """A descriptor of a new empty file; FileExistsError when the name is taken, by a link too."""
    _announce("create", path)
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)


def scratch(path: str, mode: int) -> int:
    """As `create`, for a file that is read again while it is written."""
    _announce("create", path)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, mode)


def append(path: str, mode: int) -> int:
    """A descriptor that reads, and writes at the end of the file, which is made if need be; a link is refused."""
    _announce("append", path)
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW, mode)


def write(descriptor: int, path: str, data: bytes | memoryview) -> None:
    """Write all of `data`, which may be a view of any contiguous array."""
    view = memoryview(data).cast("B")
    while view:
        piece = view[:CHUNK]
        _announce("write", path, data=bytes(piece) if _watcher is not None else b"")
        view = view[os.write(descriptor, piece) :]


def truncate(descriptor: int, path: str, size: int) -> None:
    _announce("truncate", path, size=size)
    os.ftruncate(descriptor, size)


def fsync(descriptor: int, path: str) -> None:
    """Make a file's content durable."""
    _announce("fsync", path)
    _flush(descriptor)


def fsync_dir(path: str) -> None:
    """Make the names in a directory durable. Some file systems cannot, and say so with EINVAL."""
    _announce("fsync_dir", path)
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        _flush(descriptor)
    except OSError as error:
        if error.errno not in {errno.EINVAL, errno.ENOTSUP}:
            raise
    finally:
        os.close(descriptor)


def _flush(descriptor: int) -> None:
    """On macOS fsync stops at the drive's cache; F_FULLFSYNC does not (Apple, `man 2 fsync`)."""
    full = getattr(fcntl, "F_FULLFSYNC", None)
    if full is not None:
        try:
            fcntl.fcntl(descriptor, full)
        except OSError as error:  # a file system without it, such as a network share
            if error.errno not in {errno.ENOTSUP, errno.EINVAL, errno.ENOTTY}:
                raise
        else:
            return
    os.fsync(descriptor)


def replace(source: str, destination: str) -> None:
    _announce("replace", source, destination)
    Path(source).replace(destination)


def link(source: str, destination: str) -> None:
    """A second name of a file. OSError where the file system has none, or `destination` exists."""
    _announce("link", source, destination)
    os.link(source, destination)


def unlink(path: str) -> None:
    _announce("unlink", path)
    Path(path).unlink()


def mkdir(path: str, mode: int) -> None:
    _announce("mkdir", path)
    Path(path).mkdir(mode)


def rmdir(path: str) -> None:
    _announce("rmdir", path)
    Path(path).rmdir()
