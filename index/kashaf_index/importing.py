"""The steps of one import, and what is gathered for its report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kashaf.corpus import report as reports
from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.ingest import Ingest
from kashaf.corpus.lines import record
from kashaf.corpus.loading import load_articles, reading_stamp
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.progress import Meter, Progress, Step
from kashaf.corpus.repetition import Repetition
from kashaf.corpus.report import ImportReport, Refused
from kashaf.corpus.scan import has_files
from kashaf.corpus.walk import display
from kashaf.errors import Cancelled, IndexDamaged, IndexMissing, KashafError, NotFound
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import Workspace
from kashaf_index import stories
from kashaf_index.build import IndexWriter, WriteStep, Writing
from kashaf_index.generations.manifest import read_manifest
from kashaf_index.generations.revision import Revision

_SHOWN: Final[dict[WriteStep, Step]] = {"postings": "indexing", "merging": "merging"}


@dataclass(frozen=True, slots=True)
class Updated:
    """What happened, in articles; `absent` names the sources that were not there. `report` says it at length."""

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Refused, ...]
    absent: tuple[str, ...]
    articles: int
    seconds: float
    report: ImportReport


class Stopped(Cancelled):
    """An import that was stopped; `updated` says what was done until then, and is kept."""

    def __init__(self, updated: Updated) -> None:
        super().__init__(cure="Run it again to go on")
        self.updated = updated


class Run:
    """One import: its stores, and what is gathered for its report."""

    def __init__(
        self,
        workspace: Workspace,
        catalogue: Catalogue,
        on_progress: Callable[[Progress], None],
        cancelled: Callable[[], bool],
    ) -> None:
        self.notes = reports.Notes()
        self._workspace = workspace
        self._catalogue = catalogue
        self._meter = Meter(on_progress)
        self._cancelled = cancelled
        self._started = datetime.now(UTC)
        self._near = 0
        self._stopped = False

    def refuse(self, path: str, reason: str) -> None:
        self.notes.refused(path, reason)

    def rehearse(
        self, roots: Sequence[Path], *, jobs: int | None, link: bool, ignore: Sequence[str]
    ) -> Updated:
        """An import of which nothing is kept: its catalogue is a copy that is never saved."""
        catalogue = Catalogue(self._workspace.catalogue)
        ingest = Ingest(
            self._workspace, catalogue, jobs=jobs, link=link, dry_run=True, ignore=ignore, notes=self.notes,
            meter=self._meter, cancelled=self._cancelled,
        )  # fmt: skip
        for _ in ingest.run(roots):
            pass
        return self.updated(roots, ingest, sum(1 for _ in catalogue.present()), dry_run=True)

    def import_all(
        self,
        writer: IndexWriter,
        roots: Sequence[Path],
        *,
        jobs: int | None,
        link: bool,
        ignore: Sequence[str],
        rebuild: bool,
    ) -> Updated:
        # Without the base that was there, what was read so far would take the place of more.
        keeps = not rebuild and (bool(writer.count) or not any(self._catalogue.present()))
        options = ReadOptions.of(self._workspace)
        ingest = Ingest(
            self._workspace, self._catalogue, jobs=jobs, link=link, ignore=ignore, notes=self.notes,
            options=options, meter=self._meter, cancelled=self._cancelled,
        )  # fmt: skip
        repetition = Repetition.load(self._workspace.derived, options.lines)
        reading = ingest.run(roots)
        assert isinstance(reading, Generator)
        try:
            # Closed here and not when it is collected: it then saves the catalogue, which needs the lock.
            with closing(reading):
                for article in reading:
                    writer.put(article)
                    repetition.add(article)
            self._learn(repetition)
            self._catch_up(writer, repetition)
        except Cancelled:
            self._stopped = True
        if not self._stopped or keeps:
            self.commit(writer)
            repetition.save(self._workspace.derived)
        if not self._stopped:
            self.relate()
        count = writer.count if not self._stopped or keeps else _articles_of(self._workspace.index)
        updated = self.updated(roots, ingest, count)
        reports.save(self._workspace, updated.report)
        if self._stopped:
            raise Stopped(updated)
        return updated

    def _learn(self, repetition: Repetition) -> None:
        """Decide about lines that an outlet repeats; the articles they touch are caught up with."""
        self._meter.begin("lines")
        if learned := repetition.learn():
            record(self._workspace.state, learned)

    def commit(self, writer: IndexWriter) -> None:
        """Write the generation; what is shown of it is articles and bytes of the step at hand."""
        meter = self._meter
        meter.begin("indexing")
        last = Writing("postings")

        def told(now: Writing) -> None:
            nonlocal last
            if now.step not in _SHOWN:
                return
            if (now.step, now.of_articles) != (last.step, last.of_articles):
                meter.begin(_SHOWN[now.step], now.of_articles, now.of_bytes)
                last = Writing(now.step, 0, now.of_articles, 0, now.of_bytes)
            meter.add("", now.articles - last.articles, now.bytes - last.bytes)
            last = now

        writer.commit(told)

    def relate(self) -> None:
        """Find the stories again. They are derived: when it is stopped or fails, the next import makes up for it."""
        self._meter.begin("stories")
        done = 0

        def progress(now: int, total: int) -> None:
            nonlocal done
            if now < done or done == 0:
                self._meter.begin("stories", total)
                done = 0
            self._meter.add("", files=now - done)
            done = now

        try:
            refreshed = stories.refresh(self._workspace, self._catalogue, progress, self._cancelled)
        except Cancelled:
            self._stopped = True
        except IndexMissing:
            return
        else:
            self._near = refreshed.copied

    def load(
        self,
        writer: IndexWriter,
        entries: Collection[Entry],
        options: ReadOptions,
        repetition: Repetition | None = None,
    ) -> None:
        """Put articles into the index, read from their originals."""
        self._meter.begin("catching up", len(entries))
        for entry, outcome in load_articles(self._workspace, self._catalogue, entries, options):
            if self._cancelled():
                raise Cancelled(cure="Run it again to go on")
            if isinstance(outcome, NotFound) and (gone := _absent_roots(self._catalogue, entry)):
                self.notes.absent += gone
            elif isinstance(outcome, KashafError):
                self.refuse(sanitise_line(entry.current.path), sanitise_line(str(outcome)))
            else:
                writer.put(outcome)
                if repetition is not None:
                    repetition.add(outcome)
            self._meter.add(entry.current.path)

    def _catch_up(self, writer: IndexWriter, repetition: Repetition) -> None:
        """Make the index hold exactly the present articles, read as they would be read now: after a kill, a rebuild,
        a removal, a decision about lines.
        """
        options = ReadOptions.of(self._workspace)
        waiting = {entry.id: entry for entry in self._catalogue.present()}
        gone: list[str] = []
        for article_id, revision in writer.revisions():
            entry = waiting.get(article_id)
            if entry is None:
                gone.append(article_id)
            elif _is_indexed(entry, revision, options):
                del waiting[article_id]
        for article_id in gone:
            writer.remove(article_id)
        if waiting:
            self.load(writer, waiting.values(), options, repetition)

    def updated(
        self, roots: Sequence[Path], ingest: Ingest | None, articles: int, *, dry_run: bool = False
    ) -> Updated:
        """What was done, and the report of it."""
        notes, counts = self.notes, self.notes.counts
        report = ImportReport(
            id=reports.new_id(self._workspace, self._started),
            started=self._started.isoformat(timespec="seconds"),
            seconds=round(self._meter.seconds, 3),
            bytes=ingest.bytes if ingest is not None else 0,
            files=ingest.files if ingest is not None else 0,
            sources=tuple(display(root) for root in roots),
            dry_run=dry_run,
            cancelled=self._stopped,
            articles=articles,
            counts={name: counts[name] for name in reports.COUNTED},
            added=tuple(notes.added),
            updated=tuple(notes.updated),
            duplicates=tuple(reports.Copies(id_, tuple(paths)) for id_, paths in notes.duplicates.items()),
            near=self._near,
            failed=tuple(notes.failed[: reports.LISTED]),
            encodings=dict(notes.encodings.most_common()),
            warnings=tuple(notes.warnings),
            fields=tuple(notes.fields.values()),
            formats=dict(notes.formats.most_common()),
            unavailable=tuple(dict.fromkeys(notes.absent)),
        )
        return Updated(
            added=counts["added"],
            updated=counts["updated"],
            unchanged=counts["unchanged"],
            removed=counts["removed"],
            failed=tuple(notes.failed),
            absent=report.unavailable,
            articles=articles,
            seconds=self._meter.seconds,
            report=report,
        )


def _absent_roots(catalogue: Catalogue, entry: Entry) -> list[str]:
    """The sources of a linked article that are not there, unless one of its sources is."""
    roots = [Path(catalogue.sources[name].root) for name in sorted({place.source for place in entry.places})]
    return [] if any(map(has_files, roots)) else [display(root) for root in roots]


def _articles_of(index: Path) -> int:
    """How many articles the index on disk has."""
    try:
        return read_manifest(index).articles
    except (IndexMissing, IndexDamaged):
        return 0


def _is_indexed(entry: Entry, indexed: Revision, options: ReadOptions) -> bool:
    """Whether the index has the article's current bytes, read as they would be read now."""
    return (indexed.raw_sha256, indexed.member) == (
        entry.current.raw_sha256,
        entry.current.member,
    ) and indexed.stamp == reading_stamp(entry, indexed.scope, options)
