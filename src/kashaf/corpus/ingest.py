"""From sources to catalogue: what is new, what changed, what is gone.

Identity rests on bytes, so every file and every member whose bytes are known is claimed, wherever it lies now; only
then are unknown bytes matched by place (a changed file) or given a new id. Nothing is removed for a source that is
absent, empty or only partly readable, and scanning a part of a source judges only that part. An archive is a folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Final

from kashaf.corpus.archived import Archived
from kashaf.corpus.article import Article
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.ignoring import matcher
from kashaf.corpus.intake import Intake
from kashaf.corpus.keeping import Keeper
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.originals import Originals
from kashaf.corpus.progress import Meter
from kashaf.corpus.readers import Failure, Member
from kashaf.corpus.reading import Contents, hash_file
from kashaf.corpus.register import Register
from kashaf.corpus.report import Notes
from kashaf.corpus.rows import Owned
from kashaf.corpus.scan import Scan, scan_of
from kashaf.corpus.unpacking import Archives
from kashaf.corpus.waiting import Waiting
from kashaf.corpus.walk import Found, display, ignores, shown, walk
from kashaf.errors import Cancelled
from kashaf.workspace import Workspace

_SAVE_EVERY: Final = 2000  # files or articles: each time waits for the disk, and a kill loses what came after


@dataclass(slots=True)
class _Listed:
    """A root and what was found there. archives: paths in `hashes` of those that are."""

    root: Path
    readable: list[Found]
    refused: list[Found]
    hashes: dict[str, str]
    archives: set[str]


class Ingest:
    """One import. Iterate `run` to the end: it yields each new or changed article, and fills `notes`.

    dry_run: nothing is written; the catalogue must be one that nobody saves.
    """

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        *,
        link: bool = False,
        jobs: int | None = 1,
        dry_run: bool = False,
        ignore: Sequence[str] = (),
        options: ReadOptions | None = None,
        notes: Notes | None = None,
        meter: Meter | None = None,
        cancelled: Callable[[], bool] = lambda: False,
    ) -> None:
        self.notes = notes or Notes()
        self.files = 0
        self.bytes = 0
        self._workspace = workspace
        self._catalogue = catalogue
        self._link = link
        self._keeper = None if dry_run else Keeper(Originals(workspace.originals))
        self._dry_run = dry_run
        self._ignores = self._source_ignores = matcher([*workspace.settings.ignore, *ignore])
        self._meter = meter or Meter(lambda _: None)
        self._cancelled = cancelled
        options = options or ReadOptions.of(workspace)
        self._register = Register(workspace, catalogue, options, self.notes, self._keeper_of)
        self._archives = Archives(None if dry_run else workspace.derived, self._ignores_inside, cancelled)
        self._intake = Intake(jobs, options, self._archives, self._keeper_of, self._meter)
        self._archived = Archived(
            catalogue, self._archives, self._register, self.notes, self._meter, self._intake.expect
        )
        self._unsaved = 0

    @property
    def counts(self) -> Counter[str]:
        """Articles added, updated, unchanged and (after `run`) removed, and what else the notes count."""
        return self.notes.counts

    def run(self, roots: Sequence[Path]) -> Iterator[Article]:
        """Import `roots` one after the other. Raises Cancelled; what was done until then stays."""
        with self._archives:
            try:
                for listed in self._look(roots):
                    yield from self._import(listed)
            finally:
                self._finish()

    def _finish(self) -> None:
        try:
            self._save()
        finally:
            if self._keeper is not None:
                self._keeper.discard()
            self.notes.counts.update(self._register.counts)
            self.notes.counts["removed"] = self._register.removed()

    def _look(self, roots: Sequence[Path]) -> list[_Listed]:
        """What lies at the roots, and the hash of each file."""
        self._meter.begin("listing")
        listed: list[_Listed] = []
        for root in roots:
            if not root.exists():
                self._absent(root)
                continue
            one = _Listed(root, [], [], {}, set())
            for found in walk(root, exclude=self._workspace.root):
                if not self._ignores(found.relative):
                    (one.refused if found.refusal else one.readable).append(found)
                    self._meter.add(display(found.path), size=found.size)
                self._check_cancelled()
            listed.append(one)
        self.files = sum(len(one.readable) for one in listed)
        self.bytes = sum(found.size for one in listed for found in one.readable)
        self._meter.begin("hashing", self.files, self.bytes)
        for one in listed:
            for found in one.readable:
                self._hash(one, found)
                self._meter.add(display(found.path), size=found.size)
                self._check_cancelled()
        self._meter.begin("reading", self.files, self.bytes)
        return listed

    def _hash(self, listed: _Listed, found: Found) -> None:
        is_archive = self._archives.is_archive(found)
        if not is_archive and self._intake.refusal(found) is not None:
            return
        if sha256 := hash_file(found.path):
            listed.hashes[found.relative] = sha256
            if is_archive:
                listed.archives.add(found.relative)

    def _import(self, listed: _Listed) -> Iterator[Article]:
        root, readable, refused = listed.root, listed.readable, listed.refused
        self._source_ignores = ignores(root)
        for found in refused:
            self.notes.refused(display(found.path), found.refusal)
        if refused and not readable and not root.is_dir():
            return
        scan = scan_of(self._catalogue, root, listed.hashes)
        if root.is_dir() and not readable and self._catalogue.places_of(scan.source):
            self.notes.absent.append(display(root))
            return
        scan.unsure.update(scan.located(found).relative for found in refused)
        unknown: list[Found] = []
        archives: list[tuple[Found, str]] = []
        for found in readable:
            sha256, here = listed.hashes.get(found.relative), scan.located(found)
            if sha256 is not None and found.relative in listed.archives:
                archives.append((here, sha256))
            elif self._register.claim_known(scan, here, sha256):
                self._meter.add(display(found.path), size=found.size)
            else:
                self._intake.expect(here, sha256)
                unknown.append(here)
        yield from self._read_unknown(scan, unknown, archives)
        if not any(found.folder for found in refused):
            self._register.drop_missing(scan)

    def _read_unknown(
        self, scan: Scan, plain: list[Found], archives: list[tuple[Found, str]]
    ) -> Iterator[Article]:
        taken = self._catalogue.paths()

        def parted(files: list[Found]) -> tuple[list[Found], list[Found]]:
            """Those at a place where an article was, and the others."""
            changed: list[Found] = []
            new: list[Found] = []
            for found in files:
                places = chain((scan.place(found, ""),), scan.aliases(found, ""))
                known = bool(taken) and any((place.source, place.path) in taken for place in places)
                (changed if known else new).append(found)
            return changed, new

        changed, new = parted(plain)
        later: list[Found] = []
        for archive, sha256 in archives:
            changed_members, new_members = parted(self._archived.open(scan, archive, sha256))
            if changed or changed_members:
                changed += changed_members
                new += new_members
                later.append(archive)
            else:
                # Nothing that is known waits for its bytes: no need to unpack the archive once more.
                yield from self._read(scan, [], new_members)
                self._archived.done(archive)
        yield from self._read(scan, changed, new)
        for archive in later:
            self._archived.done(archive)

    def _read(self, scan: Scan, changed: list[Found], new: list[Found]) -> Iterator[Article]:
        register, waiting = self._register, Waiting()
        for found, contents in self._contents(scan, changed):
            survey = register.survey(scan, found, contents, waiting.room)
            if survey.left:
                waiting.hold(found, contents, survey)
            else:
                yield from self._take(scan, found, contents, survey.items)
        for found, contents in self._contents(scan, new):
            if not waiting.awaited:
                yield from self._take(scan, found, contents)
                continue
            survey = register.survey(scan, found, contents, waiting.room)
            if waiting.awaited.isdisjoint(survey.left):
                yield from self._take(scan, found, contents, survey.items)
            else:
                waiting.copies.append(found)
        for found, contents, survey in waiting.held:
            self._check_cancelled()
            yield from self._take(scan, found, contents, survey.items)
        for later in (waiting.again, waiting.copies):
            for found, contents in self._contents(scan, later):
                yield from self._take(scan, found, contents)

    def _contents(self, scan: Scan, files: list[Found]) -> Iterator[tuple[Found, Contents]]:
        """What can be read of `files`. Between two of them work may be saved and cancelled."""
        for _, group in groupby(files, key=lambda found: found.container):
            for found, outcome in self._intake.read(list(group)):
                if isinstance(outcome, str):
                    self._refuse(scan, found, outcome)
                else:
                    yield found, outcome
                self._pause()

    def _take(
        self,
        scan: Scan,
        found: Found,
        contents: Contents,
        items: Iterable[Member | Failure | Owned] | None = None,
    ) -> Iterator[Article]:
        read = contents.items() if items is None else items
        on_item = self._intake.passed if contents.result is None else lambda _: None
        for article in self._register.take(scan, found, contents, read, on_item):
            yield article
            self._pause()

    def _refuse(self, scan: Scan, found: Found, reason: str) -> None:
        self.notes.refused(shown(found), reason)
        scan.unsure.add(found.relative)
        self._archived.refused(found, reason)

    def _pause(self) -> None:
        """Between two files or articles: a point to save what is done, and to stop."""
        self._unsaved += 1
        if self._unsaved >= _SAVE_EVERY:
            self._save()
        self._check_cancelled()

    def _save(self) -> None:
        """Originals before the catalogue that speaks of them."""
        if self._keeper is not None:
            self._keeper.flush()
            self._catalogue.save()
        self._unsaved = 0

    def _keeper_of(self, found: Found) -> Keeper | None:
        """Where the bytes of a file are kept. What was in an archive has no other place to be linked to."""
        return self._keeper if found.container or not self._link else None

    def _ignores_inside(self, relative: str) -> bool:
        """Whether a file of an archive is to be left out."""
        return self._ignores(relative) or self._source_ignores(relative)

    def _check_cancelled(self) -> None:
        if self._cancelled():
            raise Cancelled(cure="Run it again to go on")

    def _absent(self, root: Path) -> None:
        known = any(Path(source.root) == root for source in self._catalogue.sources.values())
        if known:
            self.notes.absent.append(display(root))
        else:
            self.notes.refused(display(root), "No such file or folder")
