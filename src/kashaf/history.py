"""Queries that were run: when, with which outcome, and how often. The most recent comes first.

A journal of JSON lines in the workspace's `state/`. Each line is one run; the same query at the same rung and match
is listed once. A line that cannot be read (a power cut tore it, a hand edited it) is passed over and said, and moved
to `queries.jsonl.unreadable` when the journal is next compacted: nothing is thrown away unseen.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from kashaf.said import said
from kashaf.storage.atomic import append_line, append_lines, read_journal, write_text
from kashaf.storage.lock import Lock
from kashaf.text.fold import fold_word

NAME: Final = "queries.jsonl"
#: Distinct queries that are kept.
LIMIT: Final = 1000
#: Longer queries are pasted articles: they are searched and not remembered. In code points.
LONGEST: Final = 500
_SPARE_LINES: Final = 1000
_WAIT_SECONDS: Final = 2.0
_AT: Final = "%Y-%m-%dT%H:%M:%SZ"
_CONTROLS: Final = frozenset({"Cc", "Cs", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class PastQuery:
    """A query as it was last run.

    at: ISO 8601 UTC with seconds. hits: articles it found then. times: how often it was run.
    """

    text: str
    rung: str
    match: str
    at: str
    hits: int
    times: int = 1


class QueryHistory:
    """The query history of one workspace. A missing file reads as empty; any process may add to it.

    Every method reads the file as it is now. Methods raise DiskTrouble when the disk refuses.
    """

    def __init__(self, state: Path) -> None:
        """state: `Workspace.state`; made at the first query."""
        self.path = state / NAME
        self.unreadable = state / f"{NAME}.unreadable"

    def add(
        self,
        text: str,
        hits: int,
        *,
        rung: str = "stem",
        match: str = "all",
        now: datetime | None = None,
    ) -> None:
        """Remember a query that was run, without the spaces at its ends. An empty or very long one is not kept.

        Raises Locked when another process keeps the history busy for two seconds.
        """
        plain = _plain(text)
        if not plain or len(plain) > LONGEST:
            return
        at = (now or datetime.now(UTC)).astimezone(UTC).strftime(_AT)
        lock = Lock(self.path, said("remembering a query"))
        lock.acquire(blocking=True, timeout=_WAIT_SECONDS)
        try:
            append_line(self.path, _line(PastQuery(plain, rung, match, at, max(hits, 0))))
            self._compact()
        finally:
            lock.release()

    def recent(self, limit: int | None = None) -> tuple[PastQuery, ...]:
        """Distinct queries, the last run first."""
        known, _ = self._read()
        return tuple(reversed(known))[:limit]

    def matching(self, typed: str, limit: int | None = None) -> tuple[PastQuery, ...]:
        """Those that hold what is typed, however it is spelt: first those that begin so, each the last run first."""
        wanted = fold_word(_plain(typed))
        found = [(past, fold_word(past.text).find(wanted)) for past in self.recent()]
        ordered = sorted((item for item in found if item[1] >= 0), key=lambda item: item[1] > 0)
        return tuple(past for past, _ in ordered)[:limit]

    def forget(self, text: str | None = None) -> None:
        """Forget a query at every rung, or all of them. Raises Locked as `add` does."""
        lock = Lock(self.path, said("forgetting queries"))
        lock.acquire(blocking=True, timeout=_WAIT_SECONDS)
        try:
            known, bad = self._read()
            plain = None if text is None else _plain(text)
            self._rewrite([past for past in known if plain is not None and past.text != plain], bad)
        finally:
            lock.release()

    def problems(self) -> tuple[str, ...]:
        """What is wrong with the file, in words for the user; empty when nothing is."""
        _, bad = self._read()
        if not bad:
            return ()
        return (said("{n} lines of the query history cannot be read: {path}", n=len(bad), path=self.path),)

    def _read(self) -> tuple[list[PastQuery], list[bytes]]:
        """Distinct queries, the last run last; and the lines that are none."""
        journal = read_journal(self.path)
        known: dict[tuple[str, str, str], PastQuery] = {}
        bad: list[bytes] = []
        # A whole line without its end is a query that was run: only the end was lost.
        for line in (*journal.lines, *([journal.torn] if journal.torn else [])):
            past = _parsed(line)
            if past is None:
                if line.strip():
                    bad.append(line)
                continue
            key = (past.text, past.rung, past.match)
            before = known.pop(key, None)
            if before is not None:
                past = PastQuery(
                    past.text, past.rung, past.match, past.at, past.hits, past.times + before.times
                )
            known[key] = past
        return list(known.values()), bad

    def _compact(self) -> None:
        if len(read_journal(self.path).lines) > LIMIT + _SPARE_LINES:
            known, bad = self._read()
            self._rewrite(known[-LIMIT:], bad)

    def _rewrite(self, kept: Iterable[PastQuery], bad: list[bytes]) -> None:
        if bad:
            append_lines(self.unreadable, [line.decode("utf-8", "replace") for line in bad])
        write_text(self.path, "".join(f"{_line(past)}\n" for past in kept))


def _plain(text: str) -> str:
    """Control characters and half characters as spaces, spaces at the ends off: what one line of JSON can hold."""
    shown = "".join(" " if unicodedata.category(char) in _CONTROLS else char for char in text[: 4 * LONGEST])
    return shown.strip()


def _line(past: PastQuery) -> str:
    return json.dumps(asdict(past), ensure_ascii=False, separators=(",", ":"))


def _parsed(line: bytes) -> PastQuery | None:
    try:
        value = json.loads(line.decode("utf-8"))
        past = PastQuery(**value)
        datetime.strptime(past.at, _AT)  # noqa: DTZ007 -- only its form is looked at
    except (ValueError, TypeError, RecursionError):
        return None
    strings = (past.text, past.rung, past.match, past.at)
    numbers = (past.hits, past.times)
    if not all(type(item) is str for item in strings) or not all(type(item) is int for item in numbers):
        return None
    if not past.text or past.text != _plain(past.text) or past.hits < 0 or past.times < 1:
        return None
    return past
