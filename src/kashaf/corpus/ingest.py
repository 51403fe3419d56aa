"""From sources to catalogue: what is new, what changed, what is gone.

Identity rests on bytes, so pass one claims every file whose bytes are known, wherever it lies now; only then are
unknown bytes matched by place (a changed file) or given a new id. Nothing is removed for a source that is absent,
empty or only partly readable, and scanning a part of a source judges only that part.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Literal

from kashaf import __version__
from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue, Entry, FileRecord, Place, Revision, Source
from kashaf.corpus.limits import MAX_FILE_BYTES
from kashaf.corpus.loading import identified
from kashaf.corpus.originals import Originals
from kashaf.corpus.readers import Member, ReadResult, read
from kashaf.corpus.walk import Found, portable, walk
from kashaf.errors import Cancelled, KashafError
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import Workspace

Change = Literal["added", "updated", "unchanged", "removed"]

_SAVE_EVERY = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be imported: where it lies, and why, in words for the analyst."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Files and bytes looked at so far, of those known to be there."""

    files: int
    total_files: int
    bytes: int
    total_bytes: int
    path: str


@dataclass(slots=True)
class Report:
    """What an import did. Counts are of articles; `absent` names the sources that were not there."""

    counts: Counter[Change] = field(default_factory=Counter)
    failed: list[Failure] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)


class Ingest:
    """One import. Iterate `run` to the end: it yields each new or changed article, and fills `report`."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        *,
        link: bool = False,
        jobs: int = 1,
        on_progress: Callable[[Progress], None] = lambda _: None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.report = Report()
        self._workspace = workspace
        self._catalogue = catalogue
        self._originals = None if link else Originals(workspace.originals)
        self._jobs = jobs
        self._on_progress = on_progress
        self._cancelled = cancelled
        self._now = datetime.now(UTC).isoformat(timespec="seconds")
        self._counted: set[str] = set()
        self._before = {entry.id for entry in catalogue.present()}

    def run(self, roots: Sequence[Path]) -> Iterator[Article]:
        """Import `roots` one after the other. Raises Cancelled; what was done until then stays."""
        try:
            for root in roots:
                yield from self._import(root)
        finally:
            self._catalogue.save()
            self.report.counts["removed"] = len(
                self._before - {entry.id for entry in self._catalogue.present()}
            )

    def _import(self, root: Path) -> Iterator[Article]:
        if not root.exists():
            self._absent(root)
            return
        files = list(walk(root, exclude=self._workspace.root))
        readable = [found for found in files if not found.refusal]
        self.report.failed += [
            Failure(_display(found.path), found.refusal) for found in files if found.refusal
        ]
        hashes = self._hash_all(readable)
        scan = self._scan(root, hashes)
        if root.is_dir() and not readable and self._catalogue.places_of(scan.source):
            self.report.absent.append(_display(root))
            return
        unknown = [
            found for found in readable if not self._claim_known(scan, found, hashes.get(found.relative))
        ]
        yield from self._read_unknown(scan, readable, unknown)
        if len(readable) == len(files):
            self._drop_missing(scan)

    def _read_unknown(self, scan: _Scan, files: list[Found], unknown: list[Found]) -> Iterator[Article]:
        total = sum(found.size for found in files)
        done_bytes = total - sum(found.size for found in unknown)
        known = len(files) - len(unknown)
        for number, (found, outcome) in enumerate(self._read_all(unknown), 1):
            done_bytes += found.size
            self._on_progress(Progress(known + number, len(files), done_bytes, total, _display(found.path)))
            if isinstance(outcome, str):
                self.report.failed.append(Failure(_display(found.path), outcome))
                scan.unsure.add(scan.path(found))
            else:
                yield from self._take(scan, found, *outcome)
            if number % _SAVE_EVERY == 0:
                self._catalogue.save()
            self._check_cancelled()

    def _hash_all(self, files: list[Found]) -> dict[str, str]:
        hashes: dict[str, str] = {}
        for found in files:
            self._check_cancelled()
            sha256 = _hash(found.path) if found.size <= MAX_FILE_BYTES else None
            if sha256 is not None:
                hashes[found.relative] = sha256
        return hashes

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled(cure="Run it again to go on")

    def _absent(self, root: Path) -> None:
        known = any(Path(source.root) == root for source in self._catalogue.sources.values())
        if known:
            self.report.absent.append(_display(root))
        else:
            self.report.failed.append(Failure(_display(root), "No such file or folder"))

    def _scan(self, root: Path, hashes: dict[str, str]) -> _Scan:
        """Which source `root` is, or is a part of. A source whose folder is gone may have come back elsewhere."""
        sources = list(self._catalogue.sources.values())
        for source in sources:
            if Path(source.root) == root:
                return _Scan(source.id)
        for source in sources:
            if root.is_relative_to(source.root):
                return _Scan(source.id, portable(str(root.relative_to(source.root))), single=root.is_file())
        for source in sources:
            if not _has_files(Path(source.root)) and self._mostly_the_same(source, hashes):
                self._catalogue.put_source(replace(source, root=str(root)))
                return _Scan(source.id)
        return _Scan(self._catalogue.new_source(str(root)).id)

    def _mostly_the_same(self, source: Source, hashes: dict[str, str]) -> bool:
        """Whether half of what the source held lies here too, by name and bytes: names alone prove nothing."""
        known = {
            place.path: entry.current.raw_sha256
            for place in self._catalogue.places_of(source.id)
            if (entry := self._catalogue.at(place))
        }
        same = sum(hashes.get(path) == sha256 for path, sha256 in known.items())
        return same > 0 and 2 * same >= len(known)

    def _claim_known(self, scan: _Scan, found: Found, sha256: str | None) -> bool:
        """Pass one: whether the catalogue has the file's bytes as they are, wherever they lay before."""
        record = self._catalogue.files.get(sha256) if sha256 else None
        entries = self._current(record) if record else None
        if record is None or entries is None:
            return False
        for (key, _, _), entry in zip(record.members, entries, strict=True):
            self._count(entry.id, "unchanged" if entry.id in self._before else "added")
            self._claim(scan, entry, scan.place(found, key))
        self._report_members(found, record)
        return True

    def _current(self, record: FileRecord) -> list[Entry] | None:
        entries: list[Entry] = []
        for _, article_id, member_sha256 in record.members:
            entry = self._catalogue.get(article_id)
            if entry is None or entry.current.member_sha256 != member_sha256:
                return None
            entries.append(entry)
        return entries

    def _take(
        self, scan: _Scan, found: Found, sha256: str, data: bytes, result: ReadResult
    ) -> Iterator[Article]:
        """Pass two: give each member of a file its article."""
        if self._originals is not None:
            self._originals.keep(sha256, data)
        owners: dict[str, Entry] = {}
        for member in result.members:
            known = self._catalogue.with_bytes(member.sha256)
            if known is not None:
                self._count(known.id, "unchanged" if known.id in self._before else "added")
                owners[member.key] = self._claim(scan, known, scan.place(found, member.key))
                if known.id not in self._before:
                    yield identified(known.id, member.draft)
        for member in result.members:
            if member.key not in owners:
                entry, kind = self._settle(scan, found, sha256, member)
                owners[member.key] = entry
                self._count(entry.id, kind)
                yield identified(entry.id, member.draft)
        record = FileRecord(
            sha256,
            tuple((member.key, owners[member.key].id, member.sha256) for member in result.members),
            tuple((failure.member, failure.reason) for failure in result.failures),
        )
        self._catalogue.put_file(record)
        self._report_members(found, record)

    def _settle(self, scan: _Scan, found: Found, sha256: str, member: Member) -> tuple[Entry, Change]:
        place = scan.place(found, member.key)
        revision = Revision(sha256, member.key, member.sha256, found.relative, self._now, __version__)
        here = self._catalogue.at(place)
        if here is not None and here.id not in scan.claimed and here.places == {place}:
            kind: Change = "updated"
            entry = replace(here, revisions=(*here.revisions, revision))
        else:
            if here is not None:
                self._catalogue.drop_place(place)
            new_id = self._catalogue.mint_id(sha256, member.key)
            kind = "added"
            entry = Entry(new_id, (revision,), frozenset({place}))
        self._catalogue.put(entry)
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        return entry, kind

    def _claim(self, scan: _Scan, entry: Entry, place: Place) -> Entry:
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        if place not in entry.places:
            self._catalogue.drop_place(place)
            entry = replace(entry, places=entry.places | {place})
            self._catalogue.put(entry)
        return entry

    def _drop_missing(self, scan: _Scan) -> None:
        for place in self._catalogue.places_of(scan.source):
            if scan.covers(place) and place not in scan.seen:
                self._catalogue.drop_place(place)

    def _count(self, article_id: str, kind: Change) -> None:
        if article_id not in self._counted:
            self._counted.add(article_id)
            self.report.counts[kind] += 1

    def _report_members(self, found: Found, record: FileRecord) -> None:
        for member, reason in record.failures:
            where = f"{_display(found.path)}#{sanitise_line(member)}"
            self.report.failed.append(Failure(where, reason))

    def _read_all(self, files: list[Found]) -> Iterator[tuple[Found, str | tuple[str, bytes, ReadResult]]]:
        if self._jobs <= 1 or len(files) < 2:
            for found in files:
                yield found, _read_file(found)
            return
        with ProcessPoolExecutor(self._jobs) as pool:
            remaining = iter(files)
            window: list[tuple[Found, Future[str | tuple[str, bytes, ReadResult]]]] = [
                (found, pool.submit(_read_file, found)) for found in islice(remaining, 4 * self._jobs)
            ]
            try:
                while window:
                    found, future = window.pop(0)
                    outcome = future.result()
                    for following in islice(remaining, 1):
                        window.append((following, pool.submit(_read_file, following)))
                    yield found, outcome
            finally:
                pool.shutdown(cancel_futures=True)


@dataclass(slots=True)
class _Scan:
    """What one pass over (a part of) a source has seen."""

    source: str
    prefix: str = ""
    single: bool = False
    seen: set[Place] = field(default_factory=set)
    claimed: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def path(self, found: Found) -> str:
        if self.single:
            return self.prefix
        return f"{self.prefix}/{found.relative}" if self.prefix else found.relative

    def place(self, found: Found, member: str) -> Place:
        return Place(self.source, self.path(found), member)

    def covers(self, place: Place) -> bool:
        inside = not self.prefix or place.path == self.prefix or place.path.startswith(self.prefix + "/")
        return inside and place.path not in self.unsure


def _read_file(found: Found) -> str | tuple[str, bytes, ReadResult]:
    """The file's hash, bytes and members, or the reason why it has none."""
    if found.size > MAX_FILE_BYTES:
        return f"larger than {MAX_FILE_BYTES // 2**20} MB; split it"
    try:
        data = found.path.read_bytes()
        result = read(found.relative, data)
    except OSError as error:
        return error.strerror or "cannot be read"
    except KashafError as error:
        return f"{error.what}. {error.cure}" if error.cure else error.what
    if not result.members and not result.failures:
        return "no article in it"
    return hashlib.sha256(data).hexdigest(), data, result


def _hash(path: Path) -> str | None:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _has_files(root: Path) -> bool:
    try:
        return root.is_file() or (root.is_dir() and any(root.iterdir()))
    except OSError:
        return False


def _display(path: Path) -> str:
    return sanitise_line(portable(str(path)))
