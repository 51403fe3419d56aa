"""From sources to catalogue: what is new, what changed, what is gone.

Identity rests on bytes, so every file and every member whose bytes are known is claimed, wherever it lies now; only
then are unknown bytes matched by place (a changed file) or given a new id. Nothing is removed for a source that is
absent, empty or only partly readable, and scanning a part of a source judges only that part.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path
from typing import Literal

from kashaf import __version__
from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue, Entry, FileRecord, Place, Revision
from kashaf.corpus.likeness import alike, is_number
from kashaf.corpus.limits import MAX_FILE_BYTES
from kashaf.corpus.loading import identified, load_articles
from kashaf.corpus.originals import Originals
from kashaf.corpus.progress import Meter, Progress
from kashaf.corpus.readers import Member
from kashaf.corpus.reading import Contents, hash_file, read_all
from kashaf.corpus.scan import Scan, Waiting, scan_of
from kashaf.corpus.walk import Found, display, walk
from kashaf.errors import Cancelled
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import Workspace

Change = Literal["added", "updated", "unchanged", "removed"]

_SAVE_EVERY = 500


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be imported: where it lies, and why, in words for the analyst."""

    path: str
    reason: str


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
        refused = [found for found in files if found.refusal]
        self.report.failed += [Failure(display(found.path), found.refusal) for found in refused]
        if refused and not readable and not root.is_dir():
            return
        hashes = self._hash_all(readable)
        scan = scan_of(self._catalogue, root, hashes)
        if root.is_dir() and not readable and self._catalogue.places_of(scan.source):
            self.report.absent.append(display(root))
            return
        scan.unsure.update(scan.located(found).relative for found in refused)
        known = [(scan.located(found), hashes.get(found.relative)) for found in readable]
        unknown = [found for found, sha256 in known if not self._claim_known(scan, found, sha256)]
        yield from self._read_unknown(scan, readable, unknown)
        if not any(found.folder for found in refused):
            self._drop_missing(scan)

    def _read_unknown(self, scan: Scan, files: list[Found], unknown: list[Found]) -> Iterator[Article]:
        taken = self._catalogue.paths()
        changed: list[Found] = []
        new: list[Found] = []
        for found in unknown:
            places = (scan.place(found, ""), *scan.aliases(found, ""))
            (changed if any((place.source, place.path) in taken for place in places) else new).append(found)
        meter = Meter(files, unknown)
        waiting = Waiting()
        for found, contents in self._contents(scan, changed, meter):
            owners = self._claim_members(scan, found, contents)
            if left := [member for member in contents.result.members if member.key not in owners]:
                waiting.hold(found, contents, left)
            else:
                yield from self._take(scan, found, contents)
        for found, contents in self._contents(scan, new, meter):
            self._claim_members(scan, found, contents)
            if waiting.awaited.isdisjoint(member.sha256 for member in contents.result.members):
                yield from self._take(scan, found, contents)
            else:
                waiting.copies.append(found)
        for found, contents in chain(
            waiting.held,
            self._contents(scan, waiting.again, meter),
            self._contents(scan, waiting.copies, meter),
        ):
            self._check_cancelled()
            yield from self._take(scan, found, contents)

    def _contents(self, scan: Scan, files: list[Found], meter: Meter) -> Iterator[tuple[Found, Contents]]:
        """What can be read of `files`. Between two of them work may be saved and cancelled."""
        for number, (found, outcome) in enumerate(read_all(files, self._jobs), 1):
            self._on_progress(meter.at(found))
            if isinstance(outcome, str):
                self.report.failed.append(Failure(display(found.path), outcome))
                scan.unsure.add(found.relative)
            else:
                yield found, outcome
            if number % _SAVE_EVERY == 0:
                self._catalogue.save()
            self._check_cancelled()

    def _hash_all(self, files: list[Found]) -> dict[str, str]:
        hashes: dict[str, str] = {}
        for found in files:
            self._check_cancelled()
            sha256 = hash_file(found.path) if found.size <= MAX_FILE_BYTES else None
            if sha256 is not None:
                hashes[found.relative] = sha256
        return hashes

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled(cure="Run it again to go on")

    def _absent(self, root: Path) -> None:
        known = any(Path(source.root) == root for source in self._catalogue.sources.values())
        if known:
            self.report.absent.append(display(root))
        else:
            self.report.failed.append(Failure(display(root), "No such file or folder"))

    def _claim_known(self, scan: Scan, found: Found, sha256: str | None) -> bool:
        """Pass one: whether the catalogue has the file's bytes as they are, wherever they lay before.

        A file that was linked before and is to be copied now is claimed and still read.
        """
        record = self._catalogue.files.get(sha256) if sha256 else None
        entries = self._current(record) if record else None
        if record is None or entries is None:
            return False
        for (key, _, _), entry in zip(record.members, entries, strict=True):
            self._count_known(entry)
            self._claim(scan, entry, scan.place(found, key))
        if self._originals is not None and not self._originals.has(record.sha256):
            return False
        self._note_failures(scan, found, record)
        return True

    def _current(self, record: FileRecord) -> list[Entry] | None:
        entries: list[Entry] = []
        for _, article_id, member_sha256 in record.members:
            entry = self._catalogue.get(article_id)
            if entry is None or entry.current.member_sha256 != member_sha256:
                return None
            entries.append(entry)
        return entries

    def _claim_members(self, scan: Scan, found: Found, contents: Contents) -> dict[str, Entry]:
        """Pass two: the articles, by member key, that have a member's bytes already, wherever they lay before."""
        if self._originals is not None:
            self._originals.keep(contents.sha256, contents.data)
        if contents.result.failures:
            # Which articles the bad records were cannot be told.
            scan.unsure.add(found.relative)
        owners: dict[str, Entry] = {}
        for member in contents.result.members:
            if owner := self._claim_bytes(scan, found, contents.sha256, member):
                owners[member.key] = owner
        return owners

    def _take(self, scan: Scan, found: Found, contents: Contents) -> Iterator[Article]:
        """Pass three: give each member of a file its article."""
        sha256, result = contents.sha256, contents.result
        owners = self._claim_members(scan, found, contents)
        left = [member for member in result.members if member.key not in owners]
        strangers = self._strangers(scan, found, contents, left)
        for member in left:
            # The same bytes may have stood before in this file.
            if owner := self._claim_bytes(scan, found, sha256, member):
                owners[member.key] = owner
                continue
            here = None if member.key in strangers else self._here(scan, found, member.key)
            entry, kind = self._settle(scan, found, sha256, member, here)
            owners[member.key] = entry
            self._count(entry.id, kind)
            yield identified(entry.id, member.draft)
        record = FileRecord(
            sha256,
            tuple((member.key, owners[member.key].id, member.sha256) for member in result.members),
            tuple((failure.member, failure.reason) for failure in result.failures),
        )
        self._catalogue.put_file(record)
        self._note_failures(scan, found, record)

    def _here(self, scan: Scan, found: Found, key: str) -> Entry | None:
        """The article that was at the member's place and was seen nowhere else."""
        same_file = [scan.place(found, key), *scan.aliases(found, key)]
        here = next(filter(None, map(self._catalogue.at, same_file)), None)
        if here is None or here.id in scan.claimed:
            return None
        # Another file may still hold the bytes where this pass does not look.
        return here if all(map(scan.covers, here.places.difference(same_file))) else None

    def _strangers(
        self, scan: Scan, found: Found, contents: Contents, left: Sequence[Member]
    ) -> frozenset[str]:
        """The keys of members that are only numbers, and hold now what is not like what was there.

        An old text that can't be read (it was linked) is like nothing: a note must not slide to another article.
        """
        numbered = [(member, self._here(scan, found, member.key)) for member in left
                    if is_number(member.key, contents)]  # fmt: skip
        old = {
            entry.id: outcome
            for entry, outcome in load_articles(
                self._workspace, self._catalogue, [entry for _, entry in numbered if entry is not None]
            )
        }
        return frozenset(
            member.key
            for member, entry in numbered
            if entry is not None
            and not (isinstance(was := old[entry.id], Article) and alike(was, member.draft))
        )

    def _claim_bytes(self, scan: Scan, found: Found, sha256: str, member: Member) -> Entry | None:
        """The article that has the member's bytes already, now with this place."""
        known = self._catalogue.with_bytes(member.sha256)
        if known is None:
            return None
        self._count_known(known)
        entry = self._claim(scan, known, scan.place(found, member.key))
        if self._originals is not None and not self._originals.has(entry.current.raw_sha256):
            # The file that held it was linked, or lost: this one is kept.
            revision = self._revision(found, sha256, member)
            entry = replace(entry, revisions=(*entry.revisions[:-1], revision))
            self._catalogue.put(entry)
        return entry

    def _settle(
        self, scan: Scan, found: Found, sha256: str, member: Member, here: Entry | None
    ) -> tuple[Entry, Change]:
        """The article of unknown bytes: `here` with a revision more, or a new one."""
        place = scan.place(found, member.key)
        revision = self._revision(found, sha256, member)
        if here is not None:
            kind: Change = "updated"
            entry = replace(here, revisions=(*here.revisions, revision), places=here.places | {place})
        else:
            self._catalogue.drop_place(place)
            new_id = self._catalogue.mint_id(sha256, member.key)
            kind = "added"
            entry = Entry(new_id, (revision,), frozenset({place}))
        self._catalogue.put(entry)
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        return entry, kind

    def _revision(self, found: Found, sha256: str, member: Member) -> Revision:
        return Revision(sha256, member.key, member.sha256, found.relative, self._now, __version__)

    def _claim(self, scan: Scan, entry: Entry, place: Place) -> Entry:
        scan.claimed.add(entry.id)
        scan.seen.add(place)
        if place not in entry.places:
            self._catalogue.drop_place(place)
            entry = replace(entry, places=entry.places | {place})
            self._catalogue.put(entry)
        return entry

    def _drop_missing(self, scan: Scan) -> None:
        for place in self._catalogue.places_of(scan.source):
            if scan.covers(place) and place not in scan.seen:
                self._catalogue.drop_place(place)

    def _count_known(self, entry: Entry) -> None:
        self._count(entry.id, "unchanged" if entry.id in self._before else "added")

    def _count(self, article_id: str, kind: Change) -> None:
        if article_id not in self._counted:
            self._counted.add(article_id)
            self.report.counts[kind] += 1

    def _note_failures(self, scan: Scan, found: Found, record: FileRecord) -> None:
        if record.failures:
            # Which articles the bad records were cannot be told.
            scan.unsure.add(found.relative)
        for member, reason in record.failures:
            where = f"{display(found.path)}#{sanitise_line(member)}"
            self.report.failed.append(Failure(where, reason))
