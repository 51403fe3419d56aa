"""What an import knows of archives: which need not be unpacked, and what is recorded of those that were."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from kashaf.corpus.catalogue import Catalogue, ContainerRecord
from kashaf.corpus.progress import Meter
from kashaf.corpus.reading import hash_file
from kashaf.corpus.register import Register
from kashaf.corpus.report import Notes
from kashaf.corpus.scan import Scan
from kashaf.corpus.unpacking import Archives
from kashaf.corpus.walk import Found, shown


@dataclass(slots=True)
class _Opened:
    """An archive that is being read: its files by their path in it. whole: nothing of it was left out."""

    sha256: str
    hashes: dict[str, str] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)
    whole: bool = True


class Archived:
    """The archives of one import."""

    def __init__(
        self,
        catalogue: Catalogue,
        archives: Archives,
        register: Register,
        notes: Notes,
        meter: Meter,
        expect: Callable[[Found, str], None],
    ) -> None:
        self._catalogue = catalogue
        self._archives = archives
        self._register = register
        self._notes = notes
        self._meter = meter
        self._expect = expect
        self._opened: dict[str, _Opened] = {}

    def open(self, scan: Scan, archive: Found, sha256: str) -> list[Found]:
        """The files in an archive whose bytes are not known; the others are claimed.

        An archive of which all is known is not unpacked. Raises Cancelled and DiskTrouble.
        """
        record = self._catalogue.containers.get(sha256)
        if record is not None and self._claim_all(scan, archive, sha256, record):
            self._meter.add(shown(archive), size=archive.size)
            return []
        opened = self._opened[archive.relative] = _Opened(sha256)
        unknown: list[Found] = []
        for found in self._archives.members(archive, sha256):
            if found.refusal:
                self.refused(found, found.refusal)
                scan.unsure.add(found.relative)
                self._notes.refused(shown(found), found.refusal)
                opened.whole &= not found.folder
                continue
            real = self._archives.real(found)
            member_sha256 = hash_file(real.path) if real is not None else None
            if member_sha256 is not None:
                opened.hashes[_inner(found)] = member_sha256
                self._expect(found, member_sha256)
            if not self._register.claim_known(scan, found, member_sha256):
                unknown.append(found)
        self._meter.more(len(unknown), sum(found.size for found in unknown))
        self._meter.add(shown(archive), size=archive.size)
        return unknown

    def refused(self, found: Found, reason: str) -> None:
        """Remember that a file of an archive could not be read."""
        if opened := self._opened.get(found.container):
            opened.hashes.pop(_inner(found), None)
            opened.failures[_inner(found)] = reason

    def done(self, archive: Found) -> None:
        """All files of the archive have been read: it need not be unpacked again."""
        self._archives.close(archive)
        opened = self._opened.pop(archive.relative, None)
        if opened is not None and opened.whole:
            self._catalogue.put_container(
                ContainerRecord(opened.sha256, tuple(opened.hashes.items()), tuple(opened.failures.items()))
            )

    def _claim_all(self, scan: Scan, archive: Found, sha256: str, record: ContainerRecord) -> bool:
        def member(path: str) -> Found:
            inner = PurePosixPath(path)
            return Found(
                archive.path / inner,
                f"{archive.relative}/{path}",
                container=archive.relative,
                container_sha256=sha256,
            )

        members = [(member(path), member_sha256) for path, member_sha256 in record.members]
        if not all(self._register.is_known(found, member_sha256) for found, member_sha256 in members):
            return False
        for found, member_sha256 in members:
            self._register.claim_known(scan, found, member_sha256)
        for path, reason in record.failures:
            found = member(path)
            scan.unsure.add(found.relative)
            self._notes.refused(shown(found), reason)
        return True


def _inner(found: Found) -> str:
    return found.relative.removeprefix(found.container).lstrip("/")
