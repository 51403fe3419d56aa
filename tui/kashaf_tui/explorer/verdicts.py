"""What the analyst decided on the lines of a search, line by line: kept on disk, so that tomorrow goes on where today
ended.

A journal in the workspace's state: a line a decision, the last one on a line of text counts. Only who may write the
notes may write here: one lock guards both.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal, get_args

from kashaf.storage.atomic import append_lines, ensure_dir, read_journal, write_text

FILE: Final = "annotating.jsonl"
_LONGEST: Final = 20_000  # bytes of a line of the journal that are read
_SPARE: Final = 2_000  # lines that were decided anew since, before the journal is written afresh

Verdict = Literal["accepted", "rejected", "skipped"]
Unit = Literal["match", "sentence"]
LineKey = tuple[str, str, int, int]
"""A match: the id of its article, the hash of the text, and where it stands there, `[start, end)`."""


@dataclass(frozen=True, slots=True)
class Decision:
    """note: the id of the note that an accepted line has. made: whether accepting it made that note."""

    verdict: Verdict
    note: str = ""
    made: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How lines are accepted: what is highlighted of them, and with which codes."""

    codes: tuple[str, ...] = ()
    unit: Unit = "match"


@dataclass(slots=True)
class _Queue:
    """All that is known of one query."""

    decisions: dict[LineKey, Decision] = field(default_factory=dict)
    manner: Manner = Manner()


class Verdicts:
    """By the words of the query: another rung or filter shows more lines or fewer, and asks the same of each.

    Changes are in memory at once, and on disk after `flush`. Safe to use from two threads.
    """

    def __init__(self, state: Path) -> None:
        """state: the folder for what the app decided; it need not be there."""
        self._path = state / FILE
        self._guard = threading.RLock()
        self._queues: dict[str, _Queue] = {}
        self._waiting: list[str] = []
        self._loaded = False
        self._lines = 0

    def load(self) -> None:
        """Read the journal, unless that was done. What cannot be read counts as undecided. Raises DiskTrouble."""
        with self._guard:
            if self._loaded:
                return
            for line in read_journal(self._path).lines:
                self._lines += 1
                self._take(line)
            self._loaded = True

    def _take(self, line: bytes) -> None:
        if len(line) > _LONGEST:
            return
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            return
        if not isinstance(value, dict) or not isinstance(query := value.get("query"), str):
            return
        if "line" not in value:
            codes = value.get("codes")
            unit = next((unit for unit in get_args(Unit) if unit == value.get("unit")), None)
            if unit and isinstance(codes, list) and all(isinstance(code, str) for code in codes):
                self._queue(query).manner = Manner(tuple(codes), unit)
            return
        key = _key(value["line"])
        verdict = next((one for one in get_args(Verdict) if one == value.get("verdict")), None)
        note = value.get("note", "")
        if key is None or not isinstance(note, str):
            return
        if verdict is None:
            self._queue(query).decisions.pop(key, None)
        else:
            self._queue(query).decisions[key] = Decision(verdict, note, value.get("made") is True)

    def _queue(self, query: str) -> _Queue:
        return self._queues.setdefault(query, _Queue())

    # What is known

    def of(self, query: str) -> Mapping[LineKey, Decision]:
        """The decisions on the lines of a query; not to be kept over a change."""
        with self._guard:
            return self._queue(query).decisions

    def manner(self, query: str) -> Manner:
        with self._guard:
            return self._queue(query).manner

    # What is decided

    def put(self, query: str, decisions: Mapping[LineKey, Decision | None]) -> None:
        """Decide; None takes a decision back. Raises DiskTrouble when earlier ones cannot be read."""
        with self._guard:
            self.load()
            known = self._queue(query).decisions
            for key, decision in decisions.items():
                if known.get(key) == decision:
                    continue
                if decision is None:
                    del known[key]
                else:
                    known[key] = decision
                self._waiting.append(_line(query, key, decision))

    def set_manner(self, query: str, manner: Manner) -> None:
        """Raises DiskTrouble, as `put`."""
        with self._guard:
            self.load()
            queue = self._queue(query)
            if queue.manner != manner:
                queue.manner = manner
                self._waiting.append(_manner_line(query, manner))

    def flush(self) -> None:
        """Bring to disk what was put. Raises DiskTrouble; it then stays, and goes with the next flush."""
        with self._guard:
            waiting = list(self._waiting)
            if not waiting:
                return
            ensure_dir(self._path.parent)
            live = sum(len(queue.decisions) + 1 for queue in self._queues.values())
            if self._lines + len(waiting) > 2 * live + _SPARE:
                lines = list(self._all())
                write_text(self._path, "".join(f"{line}\n" for line in lines))
                self._lines = len(lines)
            else:
                append_lines(self._path, waiting)
                self._lines += len(waiting)
            del self._waiting[: len(waiting)]

    def _all(self) -> Iterator[str]:
        for query, queue in self._queues.items():
            if queue.manner != Manner():
                yield _manner_line(query, queue.manner)
            for key, decision in queue.decisions.items():
                yield _line(query, key, decision)


def standing(decisions: Mapping[LineKey, Decision], alive: frozenset[str]) -> dict[LineKey, Decision]:
    """The decisions that hold: an accepted line whose note is gone is undecided, whoever took the note away."""
    return {
        key: one for key, one in list(decisions.items()) if one.verdict != "accepted" or one.note in alive
    }


def of_query(text: str) -> str:
    """What a query is called here: its words."""
    return " ".join(text.split())


def _key(value: object) -> LineKey | None:
    match value:
        case [str(article), str(text), int(start), int(end)] if 0 <= start < end:
            return article, text, start, end
    return None


def _line(query: str, key: LineKey, decision: Decision | None) -> str:
    value: dict[str, object] = {"query": query, "line": key, "verdict": ""}
    if decision is not None:
        value["verdict"] = decision.verdict
        if decision.note:
            value |= {"note": decision.note, "made": decision.made}
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))


def _manner_line(query: str, manner: Manner) -> str:
    value = {"query": query, "codes": manner.codes, "unit": manner.unit}
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
