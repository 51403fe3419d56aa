"""Bytes on disk, whole or not at all.

A file is written beside its place, made durable, renamed over it, and the rename made durable in its
directory: whoever reads sees the old file or the new one, after a crash or a power cut too (the order of
calls is that of `man 2 rename`, `man 2 fsync` and SQLite's atomic commit).
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import stat
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import BadInput, DiskTrouble
from kashaf.said import said
from kashaf.storage import syscalls

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_PIECE = 1 << 20  # bytes

_NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EIO, errno.EEXIST, errno.EROFS}

_CURES = {
    errno.ENOSPC: said("Free some space and try again"),
    errno.EDQUOT: said("Free some space and try again"),
    errno.EACCES: said("Make the folder writable and try again"),
    errno.EPERM: said("Make the folder writable and try again"),
    errno.EROFS: said("The disk is mounted read-only: mount it writable and try again"),
    errno.EIO: said("The disk may be failing: copy the workspace to another one"),
    errno.ENOENT: said("Was the disk unplugged? Put it back and try again"),
    errno.ENODEV: said("Was the disk unplugged? Put it back and try again"),
}


@contextmanager
def disk_trouble(path: Path | str, doing: str) -> Iterator[None]:
    """Turn an OSError into a DiskTrouble that names the path, what was being done, and the cure."""
    try:
        yield
    except OSError as error:
        reason = said(error.strerror) if error.strerror else type(error).__name__
        cure = _CURES.get(error.errno or 0, said("Check the disk and try again"))
        what = said("cannot {doing}: {reason}", doing=said(doing), reason=reason)
        raise DiskTrouble(what, where=str(path), cure=cure) from error


def read_bytes(path: Path, *, limit: int | None = None) -> bytes | None:
    """The file's bytes, or None when there is no such file.

    Raises BadInput for a file of more than `limit` bytes, DiskTrouble when the system refuses.
    """
    with disk_trouble(path, "read the file"):
        try:
            with path.open("rb") as file:
                data = file.read() if limit is None else file.read(limit + 1)
        except FileNotFoundError:
            return None
    if limit is not None and len(data) > limit:
        raise BadInput(
            said("the file is over {n} bytes", n=limit), where=str(path), cure=said("Split the file")
        )
    return data


def copy_file(source: Path, path: Path, *, sha256: str, mode: int = 0o600) -> None:
    """Put the bytes of `source` at `path`, atomically and durably, a piece at a time; the folder must exist.

    Raises BadInput when they are not, or no longer, those of `sha256`; DiskTrouble. Nothing is at `path` then.
    """
    digest = hashlib.sha256()

    def pieces() -> Iterator[bytes]:
        with disk_trouble(source, "read the file"), source.open("rb") as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                yield piece
        if digest.hexdigest() != sha256:
            raise BadInput(said("changed while it was read"), where=str(source), cure=said("Import it again"))

    _write(path, pieces(), mode, durable=True)


def link_or_copy(source: Path, path: Path, *, mode: int = 0o600) -> None:
    """Give the file `source`, which nobody changes again, a second name; copy it, durably, where there are no links.

    The name is durable when its folder is. Raises DiskTrouble; `path` must not exist.
    """
    with disk_trouble(path, "write the file"):
        try:
            syscalls.link(str(source), str(path))
        except OSError as error:
            # Sticks and some network shares have no hard links; a file system ends at some number of them.
            if error.errno in _NO_ROOM:
                raise
        else:
            return
        descriptor = syscalls.create(str(path), mode)
        try:
            with source.open("rb") as file:
                while piece := file.read(_PIECE):
                    syscalls.write(descriptor, str(path), piece)
            syscalls.fsync(descriptor, str(path))
        finally:
            os.close(descriptor)


def write_bytes(path: Path, data: bytes, *, mode: int = 0o600, durable: bool = True) -> None:
    """Put `data` at `path`, atomically and durably; the folder must exist.

    mode: permissions of the file, less the umask.
    durable: False leaves out fsync, for what may be lost in a power cut but must never be half there.
    Raises DiskTrouble; the file that was there is then whole (the new one may stand in its place only when
    the very last step, making the rename durable, failed). A symbolic link at `path` is refused.
    """
    _write(path, (data,), mode, durable=durable)


def _write(path: Path, pieces: Iterable[bytes], mode: int, *, durable: bool) -> None:
    with disk_trouble(path, "write the file"):
        if path.is_symlink():
            raise DiskTrouble(
                said("is a symbolic link, which writing would replace"),
                where=str(path),
                cure=said("Give the real path"),
            )
        temporary = str(path.with_name(f".{path.name}.{secrets.token_hex(4)}.tmp"))
        descriptor = syscalls.create(temporary, mode)
        try:
            try:
                for data in pieces:
                    syscalls.write(descriptor, temporary, data)
                if durable:
                    syscalls.fsync(descriptor, temporary)
            finally:
                os.close(descriptor)
            syscalls.replace(temporary, str(path))
        except BaseException:
            with suppress(OSError):
                syscalls.unlink(temporary)
            raise
        if durable:
            syscalls.fsync_dir(str(path.parent))


def write_text(path: Path, text: str, *, mode: int = 0o600, durable: bool = True) -> None:
    """`write_bytes` in UTF-8. Raises BadInput for a lone surrogate, before anything is touched."""
    try:
        data = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise BadInput(f"half a character at {error.start}", where=str(path)) from error
    write_bytes(path, data, mode=mode, durable=durable)


def append_line(path: Path, line: str, *, mode: int = 0o600) -> None:
    """Add one line, durably, to a journal; see `append_lines`."""
    append_lines(path, [line], mode=mode)


def append_lines(path: Path, lines: Sequence[str], *, mode: int = 0o600) -> None:
    """Add lines, durably and with one fsync, to a journal that is made if need be; the folder must exist.

    A line torn by an earlier crash is ended first, so that it spoils nothing but itself. When writing fails
    the file is cut back to what it was. Raises DiskTrouble; ValueError for a line break within the line.
    Writers of one journal must hold one lock.
    """
    if any("\n" in line for line in lines):
        raise ValueError("a line of a journal holds no line break")
    data = "".join([f"{line}\n" for line in lines]).encode("utf-8")
    with disk_trouble(path, "write the file"):
        existed = path.exists()
        descriptor = syscalls.append(str(path), mode)
        try:
            size = os.fstat(descriptor).st_size
            if size and os.pread(descriptor, 1, size - 1) != b"\n":
                data = b"\n" + data
            try:
                syscalls.write(descriptor, str(path), data)
                syscalls.fsync(descriptor, str(path))
            except OSError:
                with suppress(OSError):
                    syscalls.truncate(descriptor, str(path), size)
                raise
        finally:
            os.close(descriptor)
        if not existed:
            syscalls.fsync_dir(str(path.parent))


def append_bytes(path: Path, data: bytes, *, at: int, mode: int = 0o600) -> None:
    """Add bytes, durably, behind the first `at` bytes of a file that is made if need be; the folder must exist.

    What stands behind them, a write that failed or was torn, is cut off first. When writing fails the file is cut
    back to `at`. Raises DiskTrouble, also for a file that is shorter. Writers of one file must hold one lock.
    """
    with disk_trouble(path, "write the file"):
        existed = path.exists()
        descriptor = syscalls.append(str(path), mode)
        try:
            size = os.fstat(descriptor).st_size
            if size < at:
                raise DiskTrouble(said("was cut short by another program"), where=str(path))
            if size > at:
                syscalls.truncate(descriptor, str(path), at)
            try:
                syscalls.write(descriptor, str(path), data)
                syscalls.fsync(descriptor, str(path))
            except OSError:
                with suppress(OSError):
                    syscalls.truncate(descriptor, str(path), at)
                raise
        finally:
            os.close(descriptor)
        if not existed:
            syscalls.fsync_dir(str(path.parent))


@dataclass(frozen=True, slots=True)
class Journal:
    """The ended lines of a journal, and what stands after the last line break (a torn line), if anything."""

    lines: tuple[bytes, ...]
    torn: bytes = b""


def read_journal(path: Path) -> Journal:
    """A journal written by `append_line`; empty when there is none.

    A line in the midst may be a torn one that a later append has ended: a reader skips, and reports, the line
    it cannot parse.
    """
    data = read_bytes(path) or b""
    *lines, torn = data.split(b"\n")
    return Journal(tuple(lines), torn)


def ensure_dir(path: Path, *, mode: int = 0o700) -> None:
    """Make the folder and its missing parents, each durable in its own parent. Raises DiskTrouble."""
    with disk_trouble(path, "make the folder"):
        missing: list[Path] = []
        step = path
        while not step.exists():
            missing.append(step)
            step = step.parent
        for folder in reversed(missing):
            with suppress(FileExistsError):
                syscalls.mkdir(str(folder), mode)
            syscalls.fsync_dir(str(folder.parent))
        if not path.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


def unlink(path: Path) -> None:
    """Remove a file, durably; nothing happens when it is not there. Raises DiskTrouble."""
    with disk_trouble(path, "remove the file"):
        try:
            syscalls.unlink(str(path))
        except FileNotFoundError:
            return
        syscalls.fsync_dir(str(path.parent))


def sweep(folder: Path, prefix: str) -> None:
    """Remove what killed writes of files named `prefix…` left in `folder`. Only under the lock that guards them."""
    with disk_trouble(folder, "list the folder"):
        left = [entry for entry in folder.iterdir() if entry.name.startswith(f".{prefix}")]
    for entry in left:
        if entry.suffix == ".tmp":
            unlink(entry)


def fsync_tree(path: Path) -> None:
    """Make every file and every folder under `path`, and `path` itself, durable. Raises DiskTrouble."""
    with disk_trouble(path, "make the folder durable"):
        for folder, _, files in os.walk(path, topdown=False, onerror=_raise):
            for name in files:
                file = os.path.join(folder, name)  # noqa: PTH118 -- os.walk gives strings
                descriptor = os.open(file, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
                try:
                    syscalls.fsync(descriptor, file)
                finally:
                    os.close(descriptor)
            syscalls.fsync_dir(folder)


def replace_directory(staged: Path, target: Path) -> None:
    """Put a finished folder in the place of another on the same disk, durably.

    A target that exists is moved aside and then removed: between the two renames a crash leaves no target but
    `.NAME.XXXXXXXX.old` and the staged folder, so use it for derived data, or with a target that is not there
    yet (one rename: whole or absent). Raises DiskTrouble.
    """
    with disk_trouble(target, "put the folder in its place"):
        fsync_tree(staged)
        aside: Path | None = None
        if target.exists():
            aside = target.with_name(f".{target.name}.{secrets.token_hex(4)}.old")
            syscalls.replace(str(target), str(aside))
        try:
            syscalls.replace(str(staged), str(target))
        except OSError:
            if aside is not None:
                with suppress(OSError):
                    syscalls.replace(str(aside), str(target))
            raise
        syscalls.fsync_dir(str(target.parent))
        if staged.parent != target.parent:
            syscalls.fsync_dir(str(staged.parent))
        if aside is not None:
            remove_tree(aside)


def remove_tree(path: Path) -> None:
    """Remove a folder and all in it; links are removed, not followed. For derived data. Raises DiskTrouble."""
    with disk_trouble(path, "remove the folder"):
        for folder, folders, files in os.walk(path, topdown=False, onerror=_raise):
            for name in (*files, *folders):
                entry = Path(folder, name)
                if stat.S_ISDIR(entry.lstat().st_mode):
                    syscalls.rmdir(str(entry))
                else:
                    syscalls.unlink(str(entry))
        syscalls.rmdir(str(path))


def _raise(error: OSError) -> None:
    raise error
