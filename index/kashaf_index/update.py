"""One import, end to end: sources to catalogue to a new index generation.

The order of durability is originals, catalogue, index. The index is compared with the catalogue at the end, so a
generation that a kill cost is made up for by the next run.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.ingest import Failure, Ingest
from kashaf.corpus.loading import load_article
from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir
from kashaf.storage.lock import Lock
from kashaf.workspace import Workspace
from kashaf_index.build import IndexWriter

OnProgress = Callable[[int, int, str], None]


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
    configured = [workspace.root / Path(source).expanduser() for source in workspace.settings.sources]
    imported = [Path(source.root) for source in catalogue.sources.values()]
    return list(dict.fromkeys([*configured, *imported]))


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
        Lock(workspace.derived / "import.lock", "importing"),
        IndexWriter(workspace.index, rebuild=rebuild) as writer,
    ):
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
        for article in ingest.run(roots):
            writer.put(article)
            written.add(article.id)
        failed = [*ingest.report.failed, *_catch_up(workspace, catalogue, writer, written, on_progress)]
        writer.commit()
        articles = writer.count
    counts = ingest.report.counts
    return Updated(
        added=counts["added"],
        updated=counts["updated"],
        unchanged=counts["unchanged"],
        removed=counts["removed"],
        failed=tuple(failed),
        absent=tuple(ingest.report.absent),
        articles=articles,
        seconds=time.perf_counter() - started,
    )


def _catch_up(
    workspace: Workspace,
    catalogue: Catalogue,
    writer: IndexWriter,
    written: set[str],
    on_progress: OnProgress,
) -> list[Failure]:
    """Make the index hold exactly the present articles: after a kill, a rebuild, a removal."""
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
    for number, entry in enumerate(waiting, 1):
        try:
            writer.put(load_article(workspace, catalogue, entry))
        except KashafError as error:
            failed.append(Failure(entry.current.path, str(error)))
        on_progress(number, len(waiting), entry.current.path)
    return failed


def _is_indexed(entry: Entry, raw: tuple[str, str] | None) -> bool:
    return raw == (entry.current.raw_sha256, entry.current.member)
