"""Whether the raw bytes of every article are still those that were imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, get_args

from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.originals import Originals
from kashaf.corpus.reading import hash_file
from kashaf.corpus.scan import has_files
from kashaf.errors import Cancelled
from kashaf.workspace import Workspace

#: intact: the bytes have the hash of the catalogue. damaged: the copy in the workspace has not, or cannot be read.
#: missing: there is no copy, and no file in its source. changed: a linked file holds other bytes now.
#: unavailable: linked, and its source is not there.
Status = Literal["intact", "damaged", "missing", "changed", "unavailable"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)

# Of what was found at several places, the first that applies is said.
_WORST_LAST: Final[tuple[Status, ...]] = ("changed", "unavailable", "missing")


@dataclass(frozen=True, slots=True)
class Verified:
    """A file: its path as at import, its SHA-256 in the catalogue, the articles made of it, and how it is now.

    container and container_sha256: the archive that it came in, or empty.
    """

    status: Status
    path: str
    sha256: str
    articles: tuple[str, ...]
    container: str = ""
    container_sha256: str = ""


def verify(
    workspace: Workspace,
    catalogue: Catalogue,
    on_progress: Callable[[int, int, str], None] = lambda _done, _total, _path: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Iterator[Verified]:
    """Hash the file of every present article again; each file once, in the order of their paths.

    on_progress: files done, files in all, and the one at hand. Raises Cancelled.
    """
    by_file: dict[str, list[Entry]] = {}
    for entry in catalogue.present():
        by_file.setdefault(entry.current.raw_sha256, []).append(entry)
    files = sorted(by_file.items(), key=lambda one: (one[1][0].current.path, one[0]))
    originals = Originals(workspace.originals)
    for number, (sha256, entries) in enumerate(files, 1):
        if cancelled():
            raise Cancelled
        current = entries[0].current
        copied = originals.path(sha256)
        status: Status
        if originals.has(sha256):
            status = "intact" if hash_file(copied) == sha256 else "damaged"
        else:
            status = _linked(catalogue, entries, sha256)
        yield Verified(
            status,
            current.path,
            sha256,
            tuple(sorted(entry.id for entry in entries)),
            current.container,
            current.container_sha256,
        )
        on_progress(number, len(files), current.path)


def _linked(catalogue: Catalogue, entries: list[Entry], sha256: str) -> Status:
    found: set[Status] = set()
    for entry in entries:
        for place in entry.places:
            source = catalogue.sources.get(place.source)
            if source is None:
                continue
            root = Path(source.root)
            path = root / place.path if root.is_dir() else root
            hashed = hash_file(path)
            if hashed == sha256:
                return "intact"
            if hashed is not None:
                found.add("changed")
            else:
                found.add("missing" if has_files(root) else "unavailable")
    return next((status for status in _WORST_LAST if status in found), "missing")
