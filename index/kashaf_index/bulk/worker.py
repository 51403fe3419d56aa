"""What a process of `jobs.BuilderPool` does: a segment of the entries that it gets, or an error in words."""

from __future__ import annotations

import queue
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import orjson

from kashaf import errors
from kashaf.errors import KashafError
from kashaf.said import Said, said
from kashaf_index.bulk.batches import unpack
from kashaf_index.bulk.builder import SegmentBuilder

#: The message that asks for the segment.
FINISH: Final = b""

_Tell = Callable[[dict[str, Any]], None]


def work(entries: Connection, answers: Connection, path: str, scratch: str, memory: int) -> None:
    """The process: builds a segment of what comes until it is asked for it or the parent hangs up."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    batches: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()

    def receive() -> None:
        # A thread of its own, so that the parent can send on while this process makes a run.
        with suppress(EOFError, OSError):
            while True:
                batches.put(entries.recv_bytes())
        batches.put(None)

    threading.Thread(target=receive, daemon=True).start()

    def tell(answer: dict[str, Any]) -> None:
        # A parent that has hung up learns nothing more.
        with suppress(OSError):
            answers.send_bytes(orjson.dumps(answer))

    try:
        _build(batches, tell, SegmentBuilder(Path(path), Path(scratch), memory))
    except KashafError as error:
        tell(told(error))
    except MemoryError:
        what, cure = (
            said("too little memory to write the index"),
            said("Close other programs, or use --jobs 1"),
        )
        tell(told(KashafError(what, where=path, cure=cure)))
    except Exception as error:
        # A fault of ours: the parent raises it, instead of a traceback across the screen.
        reason = f"{type(error).__name__}: {error}"
        what = said("a process that writes the index failed ({reason})", reason=reason)
        tell(told(KashafError(what, where=path, cure=said("Use --jobs 1"))))
        raise SystemExit(1) from error


def _build(batches: queue.SimpleQueue[bytes | None], tell: _Tell, builder: SegmentBuilder) -> None:
    try:
        while batch := batches.get():
            for entry in unpack(batch):
                builder.add(entry)
            tell({})
        if batch is not None:
            written = builder.finish(lambda done, total: tell({"progress": [done, total]}))
            tell({"written": [written.size, written.sha256]})
    finally:
        builder.abandon()


def told(error: KashafError) -> dict[str, Any]:
    """The inverse of `raised`."""
    return {
        "error": type(error).__name__,
        "what": _spoken(error.what),
        "where": str(error.where),
        "cure": _spoken(error.cure),
    }


def raised(answer: dict[str, Any]) -> KashafError:
    """What the process raised, in words that can still be translated."""
    kind: type[KashafError] = getattr(errors, answer["error"], KashafError)
    return kind(_heard(answer["what"]), where=answer["where"], cure=_heard(answer["cure"]))


def _spoken(text: object) -> Any:
    """The text as JSON, with its template."""
    if isinstance(text, Said):
        return [text.template, {name: _spoken(value) for name, value in text.values.items()}]
    return text if isinstance(text, int) else str(text)


def _heard(spoken: Any) -> Any:
    """The inverse of `_spoken`."""
    if isinstance(spoken, list):
        template, values = spoken
        return said(template, **{name: _heard(value) for name, value in values.items()})
    return spoken
