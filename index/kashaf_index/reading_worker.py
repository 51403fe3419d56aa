"""What processes that read articles do: one reads what it is sent, another brings a whole store up to date.

Messages are bytes of JSON. A process ends when the pipe from its parent does.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Final

import orjson

from kashaf.entities.model import DateMention, Mention, Quantity, Quotation, Reading
from kashaf.entities.tables.writing import Facts, facts_of
from kashaf.errors import KashafError
from kashaf.said import said
from kashaf_index.bulk.worker import told

#: Behind whoever sits before the screen.
_NICE: Final = 10
_SELDOM: Final = 0.3  # seconds
#: Of the collector, as `kashaf` itself has it: what a reader has loaded stays, and reading leaves hardly any cycles.
THRESHOLDS: Final = (50_000, 10, 10)

Tell = Callable[[dict[str, Any]], None]


def read_articles(ids: Connection, answers: Connection, paths: Mapping[str, str]) -> None:
    """The process: reads the articles whose ids it is sent, a list at a time, until the parent hangs up."""

    def work(tell: Tell) -> None:
        from kashaf.entities.mentions import read_article  # noqa: PLC0415
        from kashaf_index.search import Searcher  # noqa: PLC0415

        book = _names(paths).book.for_reading
        with Searcher.open(Path(paths["index"])) as searcher:
            while (wanted := _received(ids)) is not None:
                articles = [searcher.article(article_id) for article_id in wanted]
                tell(packed((facts_of(article), read_article(article, book)) for article in articles))

    _run(answers, work)


def _received(ids: Connection) -> list[str] | None:
    """The next list of ids; None when the parent has hung up."""
    try:
        wanted: list[str] = orjson.loads(ids.recv_bytes())
    except (EOFError, OSError):
        return None
    return wanted


def update_store(orders: Connection, answers: Connection, paths: Mapping[str, str]) -> None:
    """The process: brings the store up to date, telling how far it is; any word from the parent stops it."""
    stopped = threading.Event()

    def listen() -> None:
        with suppress(EOFError, OSError):
            orders.recv_bytes()
        stopped.set()

    def work(tell: Tell) -> None:
        from kashaf.entities.tables.store import MentionStore  # noqa: PLC0415
        from kashaf_index.mentions import update_mentions  # noqa: PLC0415
        from kashaf_index.search import Searcher  # noqa: PLC0415

        names = _names(paths)
        store = MentionStore(Path(paths["mentions"]))
        with Searcher.open(Path(paths["index"])) as searcher:
            # What is decided meanwhile is applied by who decides.
            store.begin_with(names.rules)
            update_mentions(searcher, store, names.book, _seldom(tell), stopped.is_set)

    threading.Thread(target=listen, daemon=True).start()
    _run(answers, work)


def _seldom(tell: Tell) -> Callable[[int, int], None]:
    """Progress as messages, a few a second: each of them is drawn."""
    told_at = 0.0

    def progress(done: int, total: int) -> None:
        nonlocal told_at
        now = time.monotonic()
        if done in (0, total) or now - told_at >= _SELDOM:
            told_at = now
            tell({"progress": [done, total]})

    return progress


def _names(paths: Mapping[str, str]) -> Any:
    from kashaf.entities.book.inforce import NameFiles  # noqa: PLC0415

    return NameFiles(Path(paths["names"]), Path(paths["overlay"]), Path(paths["kept"])).load()


def _run(answers: Connection, work: Callable[[Tell], None]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*THRESHOLDS)
    with suppress(OSError):
        os.nice(_NICE)

    def tell(answer: dict[str, Any]) -> None:
        # A parent that has hung up learns nothing more.
        with suppress(OSError):
            answers.send_bytes(orjson.dumps(answer))

    try:
        work(tell)
        tell({"done": True})
    except KashafError as error:
        tell(told(error))
    except Exception as error:
        # A fault of ours: the parent raises it, instead of a traceback across the screen.
        reason = f"{type(error).__name__}: {error}"
        what = said("a process that reads articles failed ({reason})", reason=reason)
        tell(told(KashafError(what, cure=said("Use --jobs 1"))))
        raise SystemExit(1) from error


# Readings as bytes


def packed(readings: Iterable[tuple[Facts, Reading]]) -> dict[str, Any]:
    """Readings as a message."""
    return {"readings": [[list(facts), reading] for facts, reading in readings]}


def unpacked(answer: Mapping[str, Any]) -> Iterator[tuple[Facts, Reading]]:
    """The inverse of `packed`, when it has been JSON on the way."""
    for facts, reading in answer["readings"]:
        yield Facts(*facts), _reading(reading)


def _reading(plain: Mapping[str, Any]) -> Reading:
    return Reading(
        tuple(Mention(**one) for one in plain["mentions"]),
        tuple(
            DateMention(**(one | {"earliest": _day(one["earliest"]), "latest": _day(one["latest"])}))
            for one in plain["dates"]
        ),
        tuple(Quantity(**(one | {"of": tuple(one["of"])})) for one in plain["quantities"]),
        tuple(Quotation(**one) for one in plain["quotations"]),
    )


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
