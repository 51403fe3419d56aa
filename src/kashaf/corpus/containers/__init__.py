"""Archives as folders: their members become files of a spool, within limits, and are read like any file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from kashaf.corpus.containers.kinds import is_archive
from kashaf.corpus.containers.unpacking import Unpacking
from kashaf.corpus.walk import Found, open_file

__all__ = ["is_container", "unpack"]


def is_container(path: Path) -> bool:
    """Whether the file is an archive, a compressed file, a web archive or a mailbox. Reads a few KB of it.

    A file that cannot be read is none.
    """
    try:
        with open_file(path) as file:
            return is_archive(file)
    except OSError:
        return False


def unpack(
    found: Found,
    into: Path,
    *,
    sha256: str,
    cancelled: Callable[[], bool] = lambda: False,
    ignored: Callable[[str], bool] = lambda _: False,
) -> Iterator[Found]:
    """The files in an archive, also in archives in it, one by one: each is in the spool when it is yielded.

    found: the archive. into: a folder, which the caller makes and sweeps; a new folder is made in it, so that many
    archives may share it. sha256: of the archive. ignored: whether the analyst wants a path left out
    (`walk.ignores`).
    `relative` goes on from the archive's: `press.zip/inner.tar.gz/a.html`. What cannot be taken is yielded with its
    reason; what cannot be read to its end is a refused folder under the archive's own name.
    Raises Cancelled, and DiskTrouble when the spool cannot be written.
    """
    return Unpacking(found, into, sha256, cancelled, ignored).run()
