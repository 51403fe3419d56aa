"""From articles to new segments: in this process, or in several once there are enough of them."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np
from numpy.typing import NDArray

from kashaf.storage import atomic
from kashaf_index.generations.folders import SCRATCH

if TYPE_CHECKING:
    from kashaf_index.bulk.builder import SegmentBuilder
    from kashaf_index.bulk.entry import Entry
    from kashaf_index.bulk.jobs import BuilderPool
    from kashaf_index.codec.container import Written
    from kashaf_index.generations.deletions import Mask

#: Below so many articles a commit does not begin processes for them.
POOL_FROM: Final = 2000
#: Each process makes a segment, and a search meets all of them.
MOST_LANES: Final = 4

OnProgress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fed:
    """A new segment: the file's name, how many documents it has, and which of them are deleted already."""

    name: str
    written: Written
    documents: int
    deleted: Mask | None


class Feeder:
    """Takes articles and gives segments in `folder`, named after `prefix`. Of no use after `finish` or `abandon`.

    jobs: processes that analyse and write; each makes a segment of its own. memory: bytes for all of them together.
    Raises DiskTrouble.
    """

    def __init__(self, folder: Path, prefix: str, *, jobs: int, memory: int) -> None:
        self._folder = folder
        self._scratch = folder / SCRATCH
        self._names = [f"{prefix}n{lane}.seg" for lane in range(min(jobs, MOST_LANES))]
        self._memory = memory
        self._builder: SegmentBuilder | None = None
        self._pool: BuilderPool | None = None
        self._waiting: list[Entry] = []
        # Lane and document of each article, by its number.
        self._lanes = bytearray()
        self._documents = array("I")
        self.bytes = 0
        """Of the articles so far, as they are stored."""

    def add(self, entry: Entry) -> None:
        """Take an article; they are numbered from 0."""
        self.bytes += len(entry.stored)
        with atomic.disk_trouble(self._folder, "write the index"):
            if self._pool is not None:
                self._placed(self._pool.add(entry))
            elif len(self._names) == 1:
                self._build(entry)
            else:
                self._waiting.append(entry)
                if len(self._waiting) >= POOL_FROM:
                    self._begin_pool()

    def finish(self, dead: NDArray[np.int64], progress: OnProgress) -> list[Fed]:
        """Write the segments; `dead`: numbers of articles that are to be marked as deleted in them."""
        with atomic.disk_trouble(self._folder, "write the index"):
            waiting, self._waiting = self._waiting, []
            for entry in waiting:
                self._build(entry)
            written: Sequence[Written | None] = []
            if self._pool is not None:
                written = self._pool.finish(progress)
            elif self._builder is not None:
                written = [self._builder.finish(progress)]
            self._pool = self._builder = None
        lanes = np.frombuffer(self._lanes, np.uint8)
        documents = np.frombuffer(self._documents, np.uint32)
        fed: list[Fed] = []
        for lane, one in enumerate(written):
            if one is not None:
                size = int(np.count_nonzero(lanes == lane))
                fed.append(
                    Fed(self._names[lane], one, size, _mask(documents[dead[lanes[dead] == lane]], size))
                )
        return fed

    def abandon(self) -> None:
        """Stop, and let go of what was begun. What is left in the folder is for the caller to remove."""
        if self._pool is not None:
            self._pool.abandon()
        if self._builder is not None:
            self._builder.abandon()
        self._pool = self._builder = None
        self._waiting.clear()

    def _build(self, entry: Entry) -> None:
        if self._builder is None:
            from kashaf_index.bulk.builder import SegmentBuilder  # noqa: PLC0415 -- only when writing

            atomic.ensure_dir(self._scratch)
            self._builder = SegmentBuilder(self._folder / self._names[0], self._scratch, self._memory)
        document = self._builder.size
        self._builder.add(entry)
        self._placed((0, document))

    def _begin_pool(self) -> None:
        from kashaf_index.bulk.jobs import BuilderPool  # noqa: PLC0415 -- only when writing much

        atomic.ensure_dir(self._scratch)
        self._pool = BuilderPool(self._folder, self._names, self._scratch, self._memory)
        waiting, self._waiting = self._waiting, []
        for entry in waiting:
            self._placed(self._pool.add(entry))

    def _placed(self, place: tuple[int, int]) -> None:
        lane, document = place
        self._lanes.append(lane)
        self._documents.append(document)


def _mask(deleted: NDArray[np.uint32], size: int) -> Mask | None:
    if not len(deleted):
        return None
    mask = np.zeros(size, np.bool_)
    mask[deleted] = True
    return mask
