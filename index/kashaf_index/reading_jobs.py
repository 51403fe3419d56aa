"""Processes that read articles, as their parent sees them (`reading_worker` is what they do)."""

from __future__ import annotations

import multiprocessing
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import redirect_stderr, suppress
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import TYPE_CHECKING, Any, Final, Self

import orjson

from kashaf.entities.model import Reading
from kashaf.entities.tables.writing import Facts
from kashaf.errors import KashafError
from kashaf.said import said
from kashaf_index.bulk.worker import raised
from kashaf_index.reading_worker import read_articles, unpacked, update_store

if TYPE_CHECKING:
    from types import TracebackType

    from kashaf.workspace import Workspace

#: Articles of a message, and messages on their way to a process: while one is written into the store others go on.
_BATCH: Final = 25
_WINDOW: Final = 2
_TURN: Final = 0.1  # seconds between two looks whether the user has stopped it
_PATIENCE: Final = 5.0  # seconds

_Target = Callable[[Connection, Connection, Mapping[str, str]], None]


def paths_of(workspace: Workspace) -> dict[str, str]:
    """Where a process finds what it works on."""
    return {
        "index": str(workspace.index),
        "mentions": str(workspace.mentions),
        "names": str(workspace.names_file),
        "overlay": str(workspace.names_overlay),
        "kept": str(workspace.names_kept),
    }


class _Process:
    def __init__(self, target: _Target, paths: Mapping[str, str]) -> None:
        # A fork would copy threads' locks as they happen to stand.
        context = multiprocessing.get_context("spawn")
        orders, self._orders = context.Pipe(duplex=False)
        self.answers, answers = context.Pipe(duplex=False)
        self.on_way = 0
        self._process = context.Process(target=target, args=(orders, answers, dict(paths)), daemon=True)
        try:
            _start(self._process)
        except (OSError, ValueError) as error:
            raise KashafError(
                said("cannot start a process that reads articles: {reason}", reason=str(error)),
                cure=said("Close other programs, or run `kashaf entities --update --jobs 1`"),
            ) from error
        finally:
            # The child has its own copies: when it ends, nobody holds these ends any more.
            orders.close()
            answers.close()

    def send(self, value: object) -> None:
        # One that has ended says why when it is listened to.
        with suppress(OSError):
            self._orders.send_bytes(orjson.dumps(value))
        self.on_way += 1

    def listen(self) -> dict[str, Any]:
        """The next answer. Raises what the process failed with, KashafError when it was killed."""
        try:
            answer: dict[str, Any] = orjson.loads(self.answers.recv_bytes())
        except (EOFError, OSError) as error:
            raise KashafError(
                said("a process that reads articles was killed"),
                cure=said("Free some memory, or use --jobs 1"),
            ) from error
        if "error" in answer:
            raise raised(answer)
        return answer

    def end(self, patience: float = _PATIENCE) -> None:
        """Hang up and wait for the process; kill it when that takes long."""
        self._orders.close()
        self._process.join(patience)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        self.answers.close()
        self._process.close()


def _start(process: BaseProcess) -> None:
    # The tracker gets this process's standard error, which an app with a screen of its own has put a stand-in for.
    with redirect_stderr(sys.__stderr__):
        resource_tracker.ensure_running()
    # Ctrl+C reaches all processes of a terminal; the one that waits for the others answers it.
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)


class ReaderPool:
    """Several processes that read articles of one index with one book. A context manager; leaving it ends them."""

    def __init__(self, jobs: int, paths: Mapping[str, str]) -> None:
        self._processes: list[_Process] = []
        try:
            for _ in range(jobs):
                self._processes.append(_Process(read_articles, paths))
        except BaseException:
            self.close()
            raise

    def readings(self, ids: Sequence[str], cancelled: Callable[[], bool]) -> Iterator[tuple[Facts, Reading]]:
        """Readings as they come, until all are there or it is cancelled. Raises what reading raises."""
        left = deque(ids[at : at + _BATCH] for at in range(0, len(ids), _BATCH))
        by_answers = {process.answers: process for process in self._processes}
        while not cancelled():
            for process in self._processes:
                while left and process.on_way < _WINDOW:
                    process.send(left.popleft())
            busy = [process.answers for process in self._processes if process.on_way]
            if not busy:
                return
            for answers in wait(busy, _TURN):
                process = by_answers[answers]  # type: ignore[index]  # only these are waited for
                answer = process.listen()
                process.on_way -= 1
                yield from unpacked(answer)

    def close(self) -> None:
        """End the processes: at once when they are in the midst of something."""
        for process in self._processes:
            process.end(0.0 if process.on_way else _PATIENCE)
        self._processes.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def run_child(
    workspace: Workspace, on_progress: Callable[[int, int], None], cancelled: Callable[[], bool]
) -> None:
    """See `mentions.update_in_child`."""
    process = _Process(update_store, paths_of(workspace))
    asked = False
    try:
        while True:
            if not asked and cancelled():
                process.send("stop")
                asked = True
            if not process.answers.poll(_TURN):
                continue
            answer = process.listen()
            if "done" in answer:
                return
            on_progress(*answer["progress"])
    finally:
        process.end()
