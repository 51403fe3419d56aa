"""What is wrong with an index, and what to do about it: every checksum, every count, and a sample of its words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final

from kashaf.errors import IndexDamaged, IndexMissing
from kashaf.said import said
from kashaf.storage.lock import Lock
from kashaf_index import opening
from kashaf_index.codec.damage import CURE_REBUILD, damaged, unreadable
from kashaf_index.doctor.finding import Finding, ok, trouble
from kashaf_index.generations.fingerprint import fingerprint
from kashaf_index.generations.manifest import MANIFEST, POINTER, Manifest, number_of, read_manifest

_WRITER: Final = "writer"

OnProgress = Callable[[int, int, str], None]


def examine(
    index_dir: Path,
    articles: Mapping[str, str] | None,
    on_progress: OnProgress = lambda _done, _total, _what: None,
) -> Iterator[Finding]:
    """Examine the current generation. Nothing is written.

    articles: the hash of the file of each article that the catalogue has, by id; None when it cannot be read.
    on_progress: steps done, of how many, and what is looked at. What is damaged is a finding, never raised.
    """
    yield from _lock(index_dir)
    try:
        manifest = read_manifest(index_dir)
    except IndexMissing as error:
        # Where there is nothing to search, nothing is wrong.
        yield trouble("index", "manifest", error, "problem" if articles else "warning")
        return
    except IndexDamaged as error:
        yield trouble("index", "manifest", error)
        return
    folder = index_dir / manifest.generation
    yield ok("index", "manifest", _summary(manifest))
    yield from _leftovers(index_dir, manifest)
    from kashaf_index.doctor import content  # noqa: PLC0415 -- numpy, only when there is something to read

    steps = _Steps(on_progress, len(manifest.files) + content.steps(manifest))
    whole = True
    for finding in _files(folder, manifest, steps):
        whole &= finding.status == "ok"
        yield finding
    if manifest.fingerprint != fingerprint():
        what = said("the index was built by another version of the analysis")
        yield Finding("index", "fingerprint", "problem", what, str(folder), CURE_REBUILD)
        return
    if not whole:
        return
    try:
        opened = opening.open_segments(folder, manifest)
    except IndexDamaged as error:
        yield trouble("index", "segments", error)
        return
    try:
        yield from content.examine(opened, index_dir, manifest, articles, steps.next)
    finally:
        for segment, _ in opened:
            segment.close()


class _Steps:
    def __init__(self, on_progress: OnProgress, total: int) -> None:
        self._on_progress = on_progress
        self._total = total
        self._done = 0

    def next(self, what: str) -> None:
        self._on_progress(self._done, self._total, what)
        self._done += 1


def _summary(manifest: Manifest) -> str:
    return said(
        "{generation}: articles {articles}, segments {segments}, {size} MB",
        generation=manifest.generation,
        articles=manifest.articles,
        segments=len(manifest.segments),
        size=round(sum(file.size for file in manifest.files) / 1e6, 1),
    )


def _lock(index_dir: Path) -> Iterator[Finding]:
    owner = Lock(index_dir / _WRITER, "").owner()
    if owner is not None:
        what = said(
            "the index is being updated by process {pid} on {host} since {since}",
            pid=owner.pid,
            host=owner.host,
            since=owner.since,
        )
        yield Finding("index", "lock", "warning", what, str(index_dir), said("Look again when it is done"))


def _leftovers(index_dir: Path, manifest: Manifest) -> Iterator[Finding]:
    """What a writer that was killed left behind."""
    current = number_of(manifest.generation) or 0
    try:
        names = sorted(path.name for path in index_dir.iterdir())
    except OSError as error:
        yield trouble("index", "leftovers", unreadable(error, index_dir))
        return
    known = {POINTER, "writer.lock", "writer.owner", manifest.generation}
    before = [name for name in names if (number_of(name) or current) < current]
    left = [name for name in names if name not in known and name not in before[-1:]]
    if left and Lock(index_dir / _WRITER, "").owner() is None:
        what = said("left behind by an update that was stopped: {names}", names=", ".join(left))
        cure = said("The next `kashaf index` that changes something removes it")
        yield Finding("index", "leftovers", "warning", what, str(index_dir), cure)


def _files(folder: Path, manifest: Manifest, steps: _Steps) -> Iterator[Finding]:
    """Every file against its size and SHA-256; all that are wrong, not the first."""
    wrong = 0
    for file in manifest.files:
        steps.next(file.name)
        path = folder / file.name
        try:
            if path.is_symlink() or path.stat().st_size != file.size:
                raise damaged(said("the file's size is not what was written"), path)
            if opening.sha256_of(path) != file.sha256:
                raise damaged(said("the file's content is not what was written"), path)
        except (IndexDamaged, OSError) as error:
            wrong += 1
            yield trouble(
                "index", "files", error if isinstance(error, IndexDamaged) else unreadable(error, path)
            )
    expected = {file.name for file in manifest.files} | {MANIFEST}
    try:
        extra = sorted({path.name for path in folder.iterdir()} - expected)
    except OSError as error:
        yield trouble("index", "files", unreadable(error, folder))
        return
    for name in extra:
        wrong += 1
        yield trouble(
            "index", "files", damaged(said("a file that was not written with the index"), folder / name)
        )
    if not wrong:
        yield ok("index", "files", said("files as they were written: {count}", count=len(manifest.files)))
