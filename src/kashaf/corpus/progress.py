"""How far an import is, how fast it goes, and when it will be done: computed here for every screen."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Literal, get_args

Step = Literal["listing", "hashing", "reading", "catching up", "lines", "indexing", "merging", "stories"]
STEPS: Final[tuple[Step, ...]] = get_args(Step)

_WINDOW: Final = 10.0  # seconds that the rate is taken over
_ENOUGH: Final = 2.0  # seconds before a rate means anything
_SAMPLE_EVERY: Final = 0.1


@dataclass(frozen=True, slots=True)
class Progress:
    """Files and bytes looked at in this step, of those known to be there (0: not known, or not what it counts).

    step: what is being done; catching up: articles that the index lacks are read again, and counted as files, as they
        are while the index is written and merged.
    seconds: since the import began.
    """

    files: int = 0
    total_files: int = 0
    bytes: int = 0
    total_bytes: int = 0
    path: str = ""
    step: Step = "reading"
    seconds: float = 0.0

    @property
    def done(self) -> float | None:
        """The part of the step that is done, from 0 to 1; None when that cannot be told."""
        if self.total_bytes:
            return min(1.0, self.bytes / self.total_bytes)
        return min(1.0, self.files / self.total_files) if self.total_files else None


@dataclass(frozen=True, slots=True)
class Outlook:
    """Bytes and files a second over the last seconds, and the seconds left in this step; None: not yet known."""

    bytes_a_second: float | None = None
    files_a_second: float | None = None
    seconds_left: float | None = None


class Pace:
    """From one Progress to the next. The rate is that of the last ten seconds: neither jumpy nor out of date."""

    def __init__(self) -> None:
        self._samples: deque[Progress] = deque()

    def at(self, progress: Progress) -> Outlook:
        """Take note of `progress`, and say how it goes."""
        samples = self._samples
        if samples and (samples[-1].step != progress.step or progress.files < samples[-1].files):
            samples.clear()
        if not samples or progress.seconds - samples[-1].seconds >= _SAMPLE_EVERY:
            samples.append(progress)
        while len(samples) > 2 and progress.seconds - samples[1].seconds >= _WINDOW:
            samples.popleft()
        first = samples[0]
        elapsed = progress.seconds - first.seconds
        if elapsed < _ENOUGH:
            return Outlook()
        by_bytes = (progress.bytes - first.bytes) / elapsed
        by_files = (progress.files - first.files) / elapsed
        if progress.total_bytes:
            left = (progress.total_bytes - progress.bytes) / by_bytes if by_bytes > 0 else None
        elif progress.total_files:
            left = (progress.total_files - progress.files) / by_files if by_files > 0 else None
        else:
            left = None
        return Outlook(by_bytes if progress.total_bytes else None, by_files, left)


class Meter:
    """Counts an import's steps. A screen is told at most ten times a second, and of the end of each step."""

    def __init__(
        self, tell: Callable[[Progress], None], clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._tell = tell
        self._clock = clock
        self._started = clock()
        self._told = float("-inf")
        self._now = Progress()

    @property
    def seconds(self) -> float:
        return self._clock() - self._started

    def begin(self, step: Step, total_files: int = 0, total_bytes: int = 0) -> None:
        """A step of so many files and bytes."""
        self._now = Progress(0, total_files, 0, total_bytes, "", step, self.seconds)
        self._say(self._now)

    def more(self, files: int, size: int) -> None:
        """The step turned out to be larger: an archive was opened."""
        now = self._now
        self._now = Progress(
            now.files,
            now.total_files + files,
            now.bytes,
            now.total_bytes + size,
            now.path,
            now.step,
            now.seconds,
        )

    def add(self, path: str, files: int = 1, size: int = 0) -> None:
        """So many files and bytes more are done, `path` the last of them or the one at hand."""
        now = self._now
        self._now = Progress(
            now.files + files,
            now.total_files,
            now.bytes + size,
            now.total_bytes,
            path,
            now.step,
            self.seconds,
        )
        last = self._now.total_files and self._now.files >= self._now.total_files
        if last or self._now.seconds - self._told >= _SAMPLE_EVERY:
            self._say(self._now)

    def _say(self, progress: Progress) -> None:
        self._told = progress.seconds
        self._tell(progress)
