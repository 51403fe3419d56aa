"""What lies in a folder, for somebody who chooses what to import. Knows no screen; called on a thread of its own.

Names are what the file system has, undecodable bytes as lone surrogates: whoever shows one sanitises it.
"""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from kashaf.errors import Cancelled, DiskTrouble
from kashaf.said import said
from kashaf.text.fold import fold

Kind = Literal["up", "here", "place", "folder", "archive", "file", "broken", "special"]

#: Endings of files that hold files.
ARCHIVES: Final = (
    ".zip", ".tar", ".tgz", ".tbz2", ".txz", ".tar.gz", ".tar.bz2", ".tar.xz", ".gz", ".bz2", ".xz", ".warc",
    ".mbox",
)  # fmt: skip
_LONGEST_SUFFIX: Final = 6
_NUMBERS: Final = re.compile(r"([0-9]{1,18})")
_MOUNTS: Final = ("/media", "/run/media", "/mnt", "/Volumes")
_REASONS: Final = {
    errno.EACCES: said("You may not read this folder. Ask whoever owns it, or copy it elsewhere"),
    errno.EPERM: said("You may not read this folder. Ask whoever owns it, or copy it elsewhere"),
    errno.ENOENT: said("It is no longer there. Was the stick unplugged?"),
    errno.ENODEV: said("It is no longer there. Was the stick unplugged?"),
    errno.EIO: said("The stick may be failing: try it once more, or copy what can be read"),
    errno.ELOOP: said("The link leads in a circle: choose the folder itself"),
    errno.ENOTDIR: said("It is not a folder: choose it in the list of the folder above"),
    errno.ENAMETOOLONG: said("The path is too long for this system"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a folder.

    path: absolute, through links as the analyst went. suffix: in small letters, without its dot. size: bytes, of a
    file. modified: seconds since the epoch, 0 when unknown. target: where a link leads, as it says itself.
    needle: what is looked in when names are filtered.
    """

    name: str
    path: Path
    kind: Kind
    suffix: str = ""
    size: int = 0
    modified: float = 0.0
    target: str = ""
    needle: str = ""

    @property
    def opens(self) -> bool:
        """Whether it is a folder to go into."""
        return self.kind in ("up", "folder", "place")

    @property
    def importable(self) -> bool:
        return self.kind in ("here", "folder", "archive", "file", "place")


@dataclass(frozen=True, slots=True)
class Listing:
    """A folder as it was read: its entries, folders first, and how many hidden ones were left out."""

    folder: Path
    entries: tuple[Entry, ...]
    hidden: int = 0


def list_folder(folder: Path, *, hidden: bool = False, stop: Callable[[], bool] = lambda: False) -> Listing:
    """Read a folder. Raises DiskTrouble with the reason and a cure, and Cancelled once `stop` is true."""
    entries: list[Entry] = []
    left_out = 0
    try:
        with os.scandir(folder) as found:
            for one in found:
                if stop():
                    raise Cancelled
                if one.name.startswith(".") and not hidden:
                    left_out += 1
                else:
                    entries.append(_entry(one, folder))
    except OSError as error:
        raise trouble(folder, error) from error
    except ValueError as error:  # a NUL in the path
        raise DiskTrouble(said("no system has such a path"), where=str(folder)) from error
    entries.sort(key=_order)
    return Listing(folder, tuple(entries), left_out)


def trouble(path: Path, error: OSError) -> DiskTrouble:
    """Why a folder cannot be read, and what to do."""
    reason = said(error.strerror) if error.strerror else type(error).__name__
    cure = _REASONS.get(error.errno or 0, said("Check the disk and try again"))
    return DiskTrouble(said("cannot read the folder: {reason}", reason=reason), where=str(path), cure=cure)


def _entry(one: os.DirEntry[str], folder: Path) -> Entry:
    path = folder / one.name
    target = ""
    try:
        status = one.stat(follow_symlinks=False)
        if stat.S_ISLNK(status.st_mode):
            target = str(path.readlink())
            status = one.stat()
    except OSError:
        return Entry(one.name, path, "broken", target=target or "?", needle=needle(one.name))
    mode = status.st_mode
    suffix = ""
    kind: Kind = "special"
    if stat.S_ISDIR(mode):
        kind = "folder"
    elif stat.S_ISREG(mode):
        lower = one.name.lower()
        kind = "archive" if lower.endswith(ARCHIVES) else "file"
        suffix = os.path.splitext(lower)[1].removeprefix(".")[:_LONGEST_SUFFIX]  # noqa: PTH122 -- of a name
    size = status.st_size if stat.S_ISREG(mode) else 0
    return Entry(one.name, path, kind, suffix, size, status.st_mtime, target, needle(one.name))


def needle(name: str) -> str:
    """A name as it is compared with what was typed: small letters, without marks and variants of Arabic letters."""
    return name.lower() if name.isascii() else fold(name).text.lower()


def _order(entry: Entry) -> tuple[bool, list[tuple[int, int | str]]]:
    """Folders first; numbers in names by their value."""
    parts = _NUMBERS.split(entry.needle)
    return not entry.opens, [(0, int(part)) if at % 2 else (1, part) for at, part in enumerate(parts)]


def matching(entries: Sequence[Entry], typed: str) -> Sequence[Entry]:
    """The entries whose names hold what was typed; those that begin with it first."""
    wanted = needle(typed)
    if not wanted:
        return entries
    found = [entry for entry in entries if wanted in entry.needle]
    found.sort(key=lambda entry: not entry.needle.startswith(wanted))
    return found


def beginning(entries: Iterable[Entry], typed: str) -> list[Entry]:
    """The entries whose names begin with what was typed: as it stands if there are such, else folded."""
    exact = [entry for entry in entries if entry.name.startswith(typed)]
    return exact or [entry for entry in entries if entry.needle.startswith(needle(typed))]


def common_beginning(names: Sequence[str]) -> str:
    """What all names begin with, as code points."""
    first, last = min(names, default=""), max(names, default="")
    same = (a == b for a, b in zip(first, last, strict=False))
    return first[: next((at for at, equal in enumerate(same) if not equal), min(len(first), len(last)))]


def split_typed(typed: str, here: Path) -> tuple[Path, str]:
    """A path as it is being typed: the folder, and the beginning of a name in it. Relative to `here`; `~` is home."""
    # Not Path.expanduser, which raises for `~name` of nobody here.
    whole = os.path.expanduser(typed)  # noqa: PTH111
    folder, _, name = whole.rpartition("/")
    if "/" not in whole:
        return here, whole
    return Path(os.path.normpath(here / (folder + "/"))), name


def places(
    home: Path,
    recent: Iterable[Path],
    bases: Sequence[str] = _MOUNTS,
    stop: Callable[[], bool] = lambda: False,
) -> tuple[Entry, ...]:
    """Where articles may be: home, what is mounted, earlier sources, and of a single file its folder.

    What is not there is left out.
    """
    found: dict[Path, Entry] = {}
    for path in (home, *_mounted(bases, stop), *recent):
        entry = None if stop() else _place(path)
        if entry is not None:
            found.setdefault(entry.path, entry)
    return tuple(found.values())


def _place(path: Path) -> Entry | None:
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if stat.S_ISDIR(status.st_mode):
        return Entry(str(path), path, "place", modified=status.st_mtime, needle=needle(str(path)))
    if not path.name.lower().endswith(ARCHIVES):
        return _place(path.parent)
    suffix = path.suffix.lower().removeprefix(".")[:_LONGEST_SUFFIX]
    return Entry(
        str(path), path, "archive", suffix, status.st_size, status.st_mtime, needle=needle(str(path))
    )


def _mounted(bases: Sequence[str], stop: Callable[[], bool]) -> Iterator[Path]:
    """What is mounted below the usual folders: directly, or in the folder of a user."""
    for base in bases:
        for child in _folders(base):
            if stop():
                return
            if os.path.ismount(child):
                yield Path(child)
            else:
                yield from (Path(inner) for inner in _folders(child) if os.path.ismount(inner))


def _folders(folder: str) -> list[str]:
    try:
        with os.scandir(folder) as found:
            return sorted(one.path for one in found if one.is_dir(follow_symlinks=False))
    except OSError:
        return []
