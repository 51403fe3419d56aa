"""Segments built by several processes at once, one each: so nothing is merged at the end, and two are twice as fast.

A process gets entries in batches over a pipe and answers over another: how many batches it has taken up, how far
it is, what it has written or why it cannot. It ends when the pipe from its parent does.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Sequence
from contextlib import suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Final

import orjson

from kashaf.errors import KashafError
from kashaf.said import said
from kashaf.storage import syscalls
from kashaf_index.bulk.batches import pack
from kashaf_index.bulk.builder import Entry, SegmentBuilder
from kashaf_index.bulk.union import OnProgress
from kashaf_index.bulk.worker import FINISH, raised, work
from kashaf_index.codec.writing import Written

#: Bytes of a batch, roughly, and batches on their way to a process at most: while one makes a run, others go on.
_BATCH: Final = 1 << 19
_WINDOW: Final = 16
_PATIENCE: Final = 1.0  # seconds


class BuilderPool:
    """Builds a segment in `folder` for each of `names`, each in a process of its own when there are several.

    scratch: a folder for runs. memory: bytes for all together. Entries go round; which one goes where depends on
    nothing but their order. Raises DiskTrouble as `SegmentBuilder` does, and KashafError when a process is killed.
    """

    def __init__(self, folder: Path, names: Sequence[str], scratch: Path, memory: int) -> None:
        paths = [folder / name for name in names]
        share = memory // len(names)
        self._here = SegmentBuilder(paths[0], scratch, memory) if len(names) == 1 else None
        self._scratch = scratch
        self._sizes = [0] * len(names)
        self._batch: list[Entry] = []
        self._held = 0
        self._turn = 0
        self._processes: list[_Process] = []
        if self._here is None:
            try:
                # Ctrl+C reaches all processes of a terminal; the one that waits for the others answers it. Blocked
                # signals stay so in a child, from its first moment on.
                resource_tracker.ensure_running()
                blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
                try:
                    for path in paths:
                        self._processes.append(_Process(path, scratch, share))
                finally:
                    signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
            except BaseException:
                self.abandon()
                raise

    def add(self, entry: Entry) -> tuple[int, int]:
        """Add an entry; returns the place of its segment in `names`, and its document number there."""
        lane = self._turn
        document = self._sizes[lane]
        if self._here is not None:
            self._here.add(entry)
        else:
            self._batch.append(entry)
            # A character takes a byte or two, and the text is in what is stored again.
            self._held += len(entry.text) + len(entry.stored)
            if self._held >= _BATCH:
                self._send()
        self._sizes[lane] += 1
        return lane, document

    def finish(self, progress: OnProgress | None = None) -> list[Written | None]:
        """Write the segments, durably; None for one that has got no entry, of which there is no file."""
        if self._here is not None:
            if not self._sizes[0]:
                self._here.abandon()
                return [None]
            return [self._here.finish(progress)]
        try:
            self._send()
            busy = [process for process, size in zip(self._processes, self._sizes, strict=True) if size]
            for process in busy:
                process.ask()
            while waiting := [process for process in busy if process.written is None]:
                for process in _ready(waiting):
                    process.listen()
                if progress is not None:
                    progress(sum(one.done for one in busy), sum(one.total for one in busy))
            return [process.written for process in self._processes]
        except BaseException:
            paths = [process.path for process in self._processes]
            self.abandon()
            # Some may be done already: all of them, or none.
            for path in paths:
                with suppress(OSError):
                    syscalls.unlink(str(path))
            raise
        finally:
            self.abandon()

    def abandon(self) -> None:
        """Stop the processes. What they have not finished is gone; so are their runs."""
        if self._here is not None:
            self._here.abandon()
        for process in self._processes:
            process.hang_up()
        for process in self._processes:
            process.end(self._scratch)
        self._processes.clear()

    def _send(self) -> None:
        """Send the batch to the process whose turn it is, once that has room for it."""
        if self._batch:
            try:
                self._processes[self._turn].send(pack(self._batch))
            except BaseException:
                self.abandon()
                raise
        self._batch = []
        self._held = 0
        self._turn = (self._turn + 1) % len(self._sizes)


def _ready(processes: Sequence[_Process]) -> list[_Process]:
    """Those that have something to say; waits for one."""
    by_answers = {process.answers: process for process in processes}
    return [by_answers[answers] for answers in wait(list(by_answers)) if isinstance(answers, Connection)]


class _Process:
    """A process that builds a segment, as its parent sees it."""

    def __init__(self, path: Path, scratch: Path, memory: int) -> None:
        # A fork would copy threads' locks as they happen to stand.
        context = multiprocessing.get_context("spawn")
        entries, self._entries = context.Pipe(duplex=False)
        self.answers, answers = context.Pipe(duplex=False)
        self.path = path
        self._on_way = 0
        self.done = 0
        self.total = 0
        self.written: Written | None = None
        self._process = context.Process(
            target=work, args=(entries, answers, str(path), str(scratch), memory), daemon=True
        )
        try:
            self._process.start()
        finally:
            # The child has its own copies: when it ends, nobody holds these ends any more.
            entries.close()
            answers.close()

    def send(self, batch: bytes) -> None:
        while self._on_way >= _WINDOW or self.answers.poll():
            self.listen()
        self._put(batch)
        self._on_way += 1

    def ask(self) -> None:
        """Ask for the segment."""
        self._put(FINISH)

    def _put(self, message: bytes) -> None:
        try:
            self._entries.send_bytes(message)
        except OSError:
            # It has ended: it may have said why.
            while True:
                self.listen()

    def listen(self) -> None:
        """Take the next answer. Raises what the process failed with, KashafError when it was killed."""
        try:
            answer: dict[str, Any] = orjson.loads(self.answers.recv_bytes())
        except (EOFError, OSError) as error:
            raise KashafError(
                said("a process that writes the index was killed"),
                cure=said("Free some memory, or use --jobs 1"),
            ) from error
        if "error" in answer:
            raise raised(answer)
        if "written" in answer:
            self.written = Written(*answer["written"])
        elif "progress" in answer:
            self.done, self.total = answer["progress"]
        else:
            self._on_way -= 1

    def hang_up(self) -> None:
        self._entries.close()
        self.answers.close()

    def end(self, scratch: Path) -> None:
        """Wait for the process, which has been hung up on; kill it when that takes long."""
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        if self._process.exitcode:
            left = [
                *scratch.glob(f"{self.path.name}.*.run"),
                *self.path.parent.glob(f".{self.path.name}.*.tmp"),
            ]
            for path in left:
                with suppress(OSError):
                    syscalls.unlink(str(path))
        self._process.close()
