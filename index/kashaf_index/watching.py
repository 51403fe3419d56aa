"""Watching folders: what arrives is imported once it has stopped growing."""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Final

from kashaf.corpus.ignoring import matcher
from kashaf.corpus.walk import walk
from kashaf.workspace import Workspace

POLL_SECONDS: Final = 2.0
_SETTLED: Final = 2  # looks in a row at which a file is the same

_MANY: Final = 1000  # arrivals at a time for which the whole folder is read
_Look = tuple[int, int, int]  # size, mtime_ns, inode


class Watch:
    """What a look at the folders tells from the looks before. Polls: it works on sticks and network shares too."""

    def __init__(self, workspace: Workspace, roots: Sequence[Path], ignore: Sequence[str] = ()) -> None:
        self._workspace = workspace
        self._roots = roots
        self._ignored = matcher([*workspace.settings.ignore, *ignore])
        self._known = {root: self._listed(root) for root in roots}
        self._waiting: dict[Path, tuple[_Look | None, int]] = {}

    def ready(self) -> list[Path]:
        """What is to be imported now: files that came or changed and stand still, or a root from which some went."""
        found: list[Path] = []
        for root in self._roots:
            now, known = self._listed(root), self._known[root]
            if not now:
                continue  # a stick that was taken out, or not yet put in
            settled = [
                path
                for path in now.keys() | known.keys()
                if now.get(path) != known.get(path) and self._is_settled(path, now.get(path))
            ]
            for path in settled:
                del self._waiting[path]
                if path in now:
                    known[path] = now[path]
                else:
                    del known[path]
            went = any(path not in now for path in settled)
            found += [root] if went or len(settled) > _MANY else sorted(settled)
        return found

    def _is_settled(self, path: Path, look: _Look | None) -> bool:
        before, times = self._waiting.get(path, (None, 0))
        times = times + 1 if times and before == look else 1
        self._waiting[path] = look, times
        return times >= _SETTLED

    def _listed(self, root: Path) -> dict[Path, _Look]:
        found: dict[Path, _Look] = {}
        if not root.exists():
            return found
        for one in walk(root, exclude=self._workspace.root):
            try:
                status = os.lstat(one.path)
            except OSError:
                continue
            if stat.S_ISREG(status.st_mode) and not self._ignored(one.relative):
                found[one.path] = status.st_size, status.st_mtime_ns, status.st_ino
        return found


def arrivals(
    workspace: Workspace,
    roots: Sequence[Path],
    *,
    ignore: Sequence[str] = (),
    stopped: Callable[[], bool],
    poll_seconds: float = POLL_SECONDS,
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[list[Path]]:
    """All roots at once, and then, until `stopped`, what arrives in them. Whoever iterates imports it.

    What arrives while an import runs is seen at the next look, for what was there is noted before it.
    """
    watch = Watch(workspace, roots, ignore)
    yield list(roots)
    while not stopped():
        if ready := watch.ready():
            yield ready
        wait(poll_seconds, stopped, sleep)


def wait(seconds: float, stopped: Callable[[], bool], sleep: Callable[[float], None] = time.sleep) -> None:
    """In short sleeps, so that Ctrl+C is answered at once."""
    step = 0.1
    for _ in range(max(1, round(seconds / step))):
        if stopped():
            return
        sleep(min(step, seconds))
