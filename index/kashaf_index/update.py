"""One import, end to end: sources to catalogue to a new index generation.

The order of durability is originals, catalogue, index. The index is compared with the catalogue at the end, so a
generation that a kill cost is made up for by the next run.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.ingest import Failure, Ingest
from kashaf.corpus.loading import load_articles
from kashaf.corpus.scan import has_files
from kashaf.corpus.walk import display
from kashaf.errors import Cancelled, KashafError, NotFound
from kashaf.storage.atomic import ensure_dir, sweep
from kashaf.storage.lock import Lock
from kashaf.text.sanitise import sanitise_line
from kashaf.workspace import CONFIG_NAME, Workspace
from kashaf_index.build import IndexWriter

OnProgress = Callable[[int, int, str], None]

_OWN = "the workspace's own files. Keep articles in a folder of their own"


@dataclass(frozen=True, slots=True)
class Updated:
    """What happened, in articles; `absent` names the sources that were not there."""

    added: int
    updated: int
    unchanged: int
    removed: int
    failed: tuple[Failure, ...]
    absent: tuple[str, ...]
    articles: int
    seconds: float


def known_sources(workspace: Workspace, catalogue: Catalogue) -> list[Path]:
    """What `kashaf index` without arguments reads: the sources of kashaf.yaml, then those imported before."""
    configured = [absolute(workspace.root / _expanded(source)) for source in workspace.settings.sources]
    imported = [Path(source.root) for source in catalogue.sources.values()]
    return list(dict.fromkeys([*configured, *imported]))


def absolute(path: Path) -> Path:
    """The path from the root and without `..`: one folder is one source, from wherever it is named."""
    plain = Path(os.path.abspath(path))  # noqa: PTH100 -- resolve() would follow a link that the user chose
    if ".." not in path.parts or not path.exists() or (plain.exists() and plain.samefile(path)):
        return plain
    return path.resolve()  # behind a link, `..` is another folder than the path says


def _expanded(source: str) -> Path:
    try:
        return Path(source).expanduser()
    except RuntimeError:  # `~name` of nobody here
        return Path(source)


def update(
    workspace: Workspace,
    catalogue: Catalogue,
    roots: Sequence[Path],
    *,
    jobs: int = 1,
    rebuild: bool = False,
    link: bool = False,
    on_progress: OnProgress = lambda _done, _total, _what: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Updated:
    """Import `roots` and write a generation that holds every present article of the catalogue.

    on_progress: files done, files in all, and the one at hand.
    Raises Locked when another process imports, DiskTrouble, and Cancelled after `cancelled` turned true: the
    catalogue then keeps what was imported, the index is as before, and the next run goes on from there.
    """
    started = time.perf_counter()
    ensure_dir(workspace.derived)
    with (
        # Not among what is derived, which may be deleted at any time.
        Lock(workspace.catalogue, "importing"),
        IndexWriter(workspace.index, rebuild=rebuild) as writer,
    ):
        _sweep(workspace)
        catalogue.reload()
        ingest = Ingest(
            workspace,
            catalogue,
            link=link,
            jobs=jobs,
            on_progress=lambda at: on_progress(at.files, at.total_files, at.path),
            cancelled=cancelled,
        )
        written: set[str] = set()
        own = [root for root in roots if _is_own(workspace, root)]
        reading = ingest.run([root for root in roots if root not in own])
        assert isinstance(reading, Generator)
        # Closed here and not when it is collected: it then saves the catalogue, which needs the lock.
        with closing(reading):
            for article in reading:
                writer.put(article)
                written.add(article.id)
        trouble, absent = _catch_up(workspace, catalogue, writer, written, on_progress, cancelled)
        failed = [
            *(Failure(sanitise_line(str(root)), _OWN) for root in own),
            *ingest.report.failed,
            *trouble,
        ]
        writer.commit()
        articles = writer.count
    counts = ingest.report.counts
    return Updated(
        added=counts["added"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        removed=counts["removed"],
        failed=tuple(failed),
        absent=tuple(dict.fromkeys([*ingest.report.absent, *absent])),
        articles=articles,
        seconds=time.perf_counter() - started,
    )


def _sweep(workspace: Workspace) -> None:
    """Take away what a killed import left half written."""
    sweep(workspace.root, workspace.catalogue.name)
    sweep(workspace.index, "writer")
    if workspace.originals.is_dir():
        for folder in workspace.originals.iterdir():
            if folder.is_dir():
                sweep(folder, "")


def _catch_up(
    workspace: Workspace,
    catalogue: Catalogue,
    writer: IndexWriter,
    written: set[str],
    on_progress: OnProgress,
    cancelled: Callable[[], bool],
) -> tuple[list[Failure], list[str]]:
    """Make the index hold exactly the present articles: after a kill, a rebuild, a removal.

    Returns what failed, and the sources that are not there and whose linked articles the index therefore lacks.
    """
    indexed = writer.present()
    present = {entry.id: entry for entry in catalogue.present()}
    for article_id in indexed.keys() - present.keys():
        writer.remove(article_id)
    waiting = [
        entry
        for entry in present.values()
        if entry.id not in written and not _is_indexed(entry, indexed.get(entry.id))
    ]
    failed: list[Failure] = []
    absent: list[str] = []
    for number, (entry, outcome) in enumerate(load_articles(workspace, catalogue, waiting), 1):
        if cancelled():
            raise Cancelled(cure="Run it again to go on")
        if isinstance(outcome, NotFound) and (gone := _absent_roots(catalogue, entry)):
            absent += gone
        elif isinstance(outcome, KashafError):
            failed.append(Failure(sanitise_line(entry.current.path), sanitise_line(str(outcome))))
        else:
            writer.put(outcome)
        on_progress(number, len(waiting), entry.current.path)
    return failed, absent


def _absent_roots(catalogue: Catalogue, entry: Entry) -> list[str]:
    """The sources of a linked article that are not there, unless one of its sources is."""
    roots = [Path(catalogue.sources[name].root) for name in sorted({place.source for place in entry.places})]
    return [] if any(map(has_files, roots)) else [display(root) for root in roots]


def _is_own(workspace: Workspace, root: Path) -> bool:
    """Whether `root` is the workspace, or what Kashaf keeps in it; another folder in it may well be a source."""
    # Not Path.resolve, which raises for a link that leads to itself.
    place, home = Path(os.path.realpath(root)), Path(os.path.realpath(workspace.root))
    kept = (
        workspace.root / CONFIG_NAME, workspace.names_file, workspace.catalogue, workspace.originals,
        workspace.notes_file.parent, workspace.state, workspace.derived,
    )  # fmt: skip
    return place == home or any(place.is_relative_to(home / path.name) for path in kept)


def _is_indexed(entry: Entry, raw: tuple[str, str] | None) -> bool:
    return raw == (entry.current.raw_sha256, entry.current.member)
