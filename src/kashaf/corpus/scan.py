"""One pass over a source: which source a folder or file is, how its files are called in it, and what was seen."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from kashaf.corpus.catalogue import Catalogue, Place, Source
from kashaf.corpus.walk import Found, portable


@dataclass(slots=True)
class Scan:
    """What one pass over (a part of) a source has seen.

    prefix: the part's path in the source, which is a file's when `single`. others: the other sources' real folders,
    one of which may lie in this one or around it. unsure: paths of files that could not be read, or not all of them,
    and of folders that were not entered.
    """

    source: str
    prefix: str = ""
    single: bool = False
    others: tuple[tuple[str, Path], ...] = ()
    seen: set[Place] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def located(self, found: Found) -> Found:
        """The file under its path in the source, where it had one in what was walked."""
        if self.single:
            return replace(found, relative=self.prefix)
        return replace(found, relative=f"{self.prefix}/{found.relative}") if self.prefix else found

    def place(self, found: Found, member: str) -> Place:
        return Place(self.source, found.relative, member)

    def aliases(self, found: Found, member: str) -> Iterator[Place]:
        """The same file's places in other sources."""
        if not self.others:
            return
        real = Path(os.path.realpath(found.path))
        for source, folder in self.others:
            if real == folder:
                yield Place(source, portable(real.name), member)
            elif real.is_relative_to(folder):
                yield Place(source, portable(str(real.relative_to(folder))), member)

    def covers(self, place: Place) -> bool:
        """Whether what this pass did not see at `place` is not there."""
        inside = not self.prefix or place.path == self.prefix or place.path.startswith(self.prefix + "/")
        return inside and place.source == self.source and not self._is_unsure(place.path)

    def _is_unsure(self, path: str) -> bool:
        return bool(self.unsure) and (
            path in self.unsure or any(str(folder) in self.unsure for folder in PurePosixPath(path).parents)
        )


def scan_of(catalogue: Catalogue, root: Path, hashes: Mapping[str, str]) -> Scan:
    """Which source `root` is, or is a part of; a new one is put in the catalogue.

    hashes: the files that lie there, by their path below `root`. A source whose folder is gone may have come back
    elsewhere, and where one stick was mounted another may be.
    """
    scan = _match(catalogue, root, hashes)
    scan.others = tuple(
        (source.id, Path(os.path.realpath(source.root)))
        for source in catalogue.sources.values()
        if source.id != scan.source
    )
    return scan


def _match(catalogue: Catalogue, root: Path, hashes: Mapping[str, str]) -> Scan:
    sources = list(catalogue.sources.values())
    here = [source for source in sources if Path(source.root) == root]
    if here:
        likeliest = max(here, key=lambda source: _in_common(catalogue, source, hashes))
        if not hashes or not catalogue.places_of(likeliest.id) or _in_common(catalogue, likeliest, hashes):
            return Scan(likeliest.id)
    else:
        for source in sources:
            if root.is_relative_to(source.root):
                part = portable(str(root.relative_to(source.root)))
                return Scan(source.id, part, single=root.is_file())
    for source in sources:
        if not has_files(Path(source.root)) and _moved_here(catalogue, source, hashes):
            catalogue.put_source(replace(source, root=str(root)))
            return Scan(source.id)
    return Scan(catalogue.new_source(str(root)).id)


def _held(catalogue: Catalogue, source: Source) -> Iterator[tuple[str, str]]:
    """Path and hash of the files that the source held: of an archive, not of what was in it."""
    for place in catalogue.places_of(source.id):
        entry = catalogue.at(place)
        if entry is None:
            continue
        current = entry.current
        if current.container and place.path.startswith(current.container + "/"):
            yield current.container, current.container_sha256
        else:
            yield place.path, current.raw_sha256


def _in_common(catalogue: Catalogue, source: Source, hashes: Mapping[str, str]) -> int:
    """How much of what the source held lies here too, by name or bytes."""
    lying = set(hashes.values())
    return sum(path in hashes or sha256 in lying for path, sha256 in _held(catalogue, source))


def _moved_here(catalogue: Catalogue, source: Source, hashes: Mapping[str, str]) -> bool:
    """Whether all that the source held lies here by name, and half of it by bytes.

    Names alone prove nothing, and a copy of a part must not take the place of the whole.
    """
    held: dict[str, set[str]] = {}
    for path, sha256 in _held(catalogue, source):
        held.setdefault(path, set()).add(sha256)
    same = sum(hashes.get(path) in known for path, known in held.items())
    return same > 0 and 2 * same >= len(held) and held.keys() <= hashes.keys()


def has_files(root: Path) -> bool:
    """Whether a source is there: its mount point may be, and be empty."""
    try:
        return root.is_file() or (root.is_dir() and any(root.iterdir()))
    except OSError:
        return False
