"""One import, end to end: sources to catalogue to a new index generation.

The order of durability is originals, catalogue, index. The index is compared with the catalogue at the end, so a
generation that a kill cost is made up for by the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from pathlib import Path

from kashaf.corpus import lines
from kashaf.corpus import report as reports
from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.progress import Progress
from kashaf.corpus.walk import display
from kashaf.errors import Locked
from kashaf.storage.atomic import ensure_dir, sweep
from kashaf.storage.lock import Lock
from kashaf.workspace import Workspace
from kashaf_index.build import MEMORY, IndexWriter
from kashaf_index.importing import Run, Stopped, Updated
from kashaf_index.sources import absolute, is_own, known_sources

__all__ = ["Stopped", "Updated", "absolute", "known_sources", "reread", "update"]

_OWN = "the workspace's own files. Keep articles in a folder of their own"
_UNNAMEABLE = (
    "its path is not valid Unicode, so the catalogue cannot name it. Rename it, or import the folder above"
)


def update(
    workspace: Workspace,
    catalogue: Catalogue,
    roots: Sequence[Path],
    *,
    jobs: int | None = 1,
    memory: int = MEMORY,
    rebuild: bool = False,
    link: bool = False,
    dry_run: bool = False,
    ignore: Sequence[str] = (),
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Updated:
    """Import `roots`, write a generation that holds every present article of the catalogue, and keep a report.

    jobs: processes that read files, and then such as write the index; None: as many as pays for what is to be read.
    memory: bytes that writing the index may take.
    dry_run: read everything and say what would happen; the workspace stays as it is, byte for byte.
    ignore: globs of files not to look at, besides those of the workspace and of the sources.
    cancelled: asked often, also between the articles of one file. KeyboardInterrupt does the same.
    Raises Locked when another process imports, DiskTrouble, and Stopped (a Cancelled) after `cancelled` turned true:
    catalogue and index then hold what was read until then, and the next run goes on from there. Only a rebuild
    that is stopped leaves the index as it was.
    """
    run = Run(workspace, catalogue, on_progress, cancelled)
    allowed: list[Path] = []
    for root in roots:
        if reason := _refusal(workspace, root):
            run.refuse(display(root), reason)
        else:
            allowed.append(root)
    if dry_run:
        return run.rehearse(allowed, jobs=jobs, link=link, ignore=ignore)
    ensure_dir(workspace.derived)
    with (
        # Not among what is derived, which may be deleted at any time.
        Lock(workspace.catalogue, "importing"),
        IndexWriter(workspace.index, rebuild=rebuild, jobs=jobs or 1, memory=memory) as writer,
    ):
        _sweep(workspace)
        catalogue.reload()
        return run.import_all(writer, allowed, jobs=jobs, link=link, ignore=ignore, rebuild=rebuild)


def reread(
    workspace: Workspace,
    catalogue: Catalogue,
    ids: Collection[str],
    *,
    on_progress: Callable[[Progress], None] = lambda _: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Updated:
    """Read these articles again from their originals and write them in one generation: after a correction or a
    decision about lines. Its report is not kept.

    Raises Locked, DiskTrouble, and Cancelled, which leaves the index as it was.
    """
    run = Run(workspace, catalogue, on_progress, cancelled)
    ensure_dir(workspace.derived)
    with Lock(workspace.catalogue, "reading articles again"), IndexWriter(workspace.index) as writer:
        catalogue.reload()
        # An index that begins anew must hold all of them.
        wanted = ids if writer.count else [entry.id for entry in catalogue.present()]
        entries = [entry for entry in map(catalogue.get, wanted) if entry is not None and entry.places]
        run.load(writer, entries, ReadOptions.of(workspace))
        run.notes.counts["updated"] = len(entries) - len(run.notes.failed)
        run.commit(writer)
        run.relate()
        return run.updated([], None, writer.count)


def _refusal(workspace: Workspace, root: Path) -> str:
    """Why a source is not imported; empty when it is."""
    if is_own(workspace, root):
        return _OWN
    try:
        str(root).encode("utf-8")
    except UnicodeEncodeError:
        return _UNNAMEABLE
    return ""


def _sweep(workspace: Workspace) -> None:
    """Take away what a killed import left half written."""
    sweep(workspace.root, workspace.catalogue.name)
    for folder in (
        workspace.derived,
        workspace.stories,
        reports.folder(workspace),
        *_folders(workspace.originals),
    ):
        if folder.is_dir():
            sweep(folder, "")
    # Decisions about lines are written under a lock of their own, also while nothing is imported.
    if any(workspace.state.glob(f".{lines.NAME}.*.tmp")):
        with suppress(Locked), Lock(workspace.state / lines.NAME, "tidying up"):
            sweep(workspace.state, lines.NAME)


def _folders(path: Path) -> list[Path]:
    return [folder for folder in path.iterdir() if folder.is_dir()] if path.is_dir() else []
