"""What an import did, kept in the workspace: the newest fifty, one JSON file each in `state/imports`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from kashaf.errors import BadInput, NotFound
from kashaf.storage.atomic import ensure_dir, read_bytes, unlink, write_text
from kashaf.workspace import Workspace

KEPT: Final = 50
LISTED: Final = 1000  # of a kind; the counts are of all
COUNTED: Final = ("added", "updated", "unchanged", "removed", "failed", "duplicates", "warnings")

_MOST_BYTES: Final = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Changed:
    """An article that was added or updated."""

    id: str
    path: str
    title: str


@dataclass(frozen=True, slots=True)
class Refused:
    """What could not be imported, and why, in words for the analyst."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Copies:
    """The same bytes at several places: one article."""

    id: str
    paths: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warned:
    """An article that was read, and something about it that the analyst may want to look at."""

    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Mapped:
    """What fields were taken for, in words: in a file of records, and in others like it. files: how many."""

    path: str
    text: str
    files: int = 1


@dataclass(frozen=True, slots=True)
class ImportReport:
    """An import. Lists hold the first `LISTED` of their kind, `counts` say how many there were of each.

    id: the UTC time it began, `20260131T120000Z`. counts: added, updated, unchanged, removed (articles), failed,
    duplicates, warnings. encodings: files by encoding; formats: articles by format; near: articles that are one
    story with an earlier one. cancelled: it was stopped, and what was done until then is kept.
    """

    id: str
    started: str
    seconds: float = 0.0
    bytes: int = 0
    files: int = 0
    sources: tuple[str, ...] = ()
    dry_run: bool = False
    cancelled: bool = False
    articles: int = 0
    counts: Mapping[str, int] = field(default_factory=dict)
    added: tuple[Changed, ...] = ()
    updated: tuple[Changed, ...] = ()
    duplicates: tuple[Copies, ...] = ()
    near: int = 0
    failed: tuple[Refused, ...] = ()
    encodings: Mapping[str, int] = field(default_factory=dict)
    warnings: tuple[Warned, ...] = ()
    formats: Mapping[str, int] = field(default_factory=dict)
    fields: tuple[Mapped, ...] = ()
    unavailable: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """JSON's shape of it."""
        return asdict(self)


def from_dict(value: Mapping[str, Any]) -> ImportReport:
    """Back from `as_dict`. Raises KeyError, TypeError, ValueError or AttributeError for anything else."""
    lists = {"added": Changed, "updated": Changed, "failed": Refused, "warnings": Warned}
    known = {name: item for name, item in value.items() if name in ImportReport.__dataclass_fields__}
    for name, kind in lists.items():
        known[name] = tuple(kind(**item) for item in value[name])
    known["fields"] = tuple(Mapped(**item) for item in value.get("fields", ()))
    known["duplicates"] = tuple(Copies(item["id"], tuple(item["paths"])) for item in value["duplicates"])
    for name in ("sources", "unavailable"):
        known[name] = tuple(map(str, value[name]))
    for name in ("counts", "encodings", "formats"):
        known[name] = {str(key): int(number) for key, number in value[name].items()}
    return ImportReport(**known)


def folder(workspace: Workspace) -> Path:
    return workspace.state / "imports"


def new_id(workspace: Workspace, now: datetime | None = None) -> str:
    """A name for an import that begins now. Two in one second are told apart by `-2`."""
    stamp = f"{now or datetime.now(UTC):%Y%m%dT%H%M%SZ}"
    number = max((number for known, number in map(_order, ids(workspace)) if known == stamp), default=0)
    return f"{stamp}-{number + 1}" if number else stamp


def save(workspace: Workspace, report: ImportReport) -> None:
    """Keep the report durably, and the newest `KEPT` of all. Raises DiskTrouble."""
    ensure_dir(folder(workspace))
    text = json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
    # Half a character becomes an escape, which JSON reads as what it was.
    write_text(_path(workspace, report.id), text.encode("utf-8", "backslashreplace").decode() + "\n")
    for name in ids(workspace)[KEPT:]:
        unlink(_path(workspace, name))


def ids(workspace: Workspace) -> list[str]:
    """The imports whose reports are kept, the newest first."""
    try:
        found = [
            path.stem
            for path in folder(workspace).iterdir()
            if path.suffix == ".json" and path.stem[0] != "."
        ]
    except OSError:
        return []
    return sorted(found, key=_order, reverse=True)


def _order(name: str) -> tuple[str, int]:
    stamp, _, number = name.partition("-")
    return stamp, int(number) if number.isdecimal() else 1


def load(workspace: Workspace, name: str = "last") -> ImportReport:
    """A kept report, `last` for the newest. Raises NotFound, and BadInput for a file that holds none."""
    known = ids(workspace)
    wanted = known[0] if name == "last" and known else name
    if wanted not in known:
        where = "" if name == "last" else name
        raise NotFound("no import is kept under that name", where=where, cure="See: kashaf imports")
    path = _path(workspace, wanted)
    data = read_bytes(path, limit=_MOST_BYTES) or b""
    try:
        return from_dict(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadInput("not a report of an import", where=str(path), cure="Remove the file") from error


def load_all(workspace: Workspace) -> Iterator[ImportReport]:
    """The kept reports, the newest first; one that cannot be read is passed over."""
    for name in ids(workspace):
        try:
            yield load(workspace, name)
        except (BadInput, NotFound):
            continue


def _path(workspace: Workspace, name: str) -> Path:
    return folder(workspace) / f"{name}.json"


class Notes:
    """Gathers what a report says, with memory that has a bound."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.encodings: Counter[str] = Counter()
        self.formats: Counter[str] = Counter()
        self.added: list[Changed] = []
        self.updated: list[Changed] = []
        self.duplicates: dict[str, list[str]] = {}
        self.failed: list[Refused] = []
        self.warnings: list[Warned] = []
        self.absent: list[str] = []
        self.fields: dict[str, Mapped] = {}

    def changed(self, kind: str, article: Changed) -> None:
        listed = self.added if kind == "added" else self.updated
        if len(listed) < LISTED:
            listed.append(article)

    def refused(self, path: str, reason: str) -> None:
        self.counts["failed"] += 1
        self.failed.append(Refused(path, reason))

    def copies(self, article_id: str, first: str, other: str) -> None:
        """The bytes of an article, which lie at `first`, lie at `other` too."""
        self.counts["duplicates"] += 1
        if article_id in self.duplicates or len(self.duplicates) < LISTED:
            self.duplicates.setdefault(article_id, [first]).append(other)

    def mapped(self, path: str, text: str) -> None:
        """The fields of a file were taken for `text`; nothing for a file without fields."""
        known = self.fields.get(text)
        if known is not None:
            self.fields[text] = replace(known, files=known.files + 1)
        elif text and len(self.fields) < LISTED:
            self.fields[text] = Mapped(path, text)

    def warn(self, path: str, texts: Iterable[str]) -> None:
        for text in texts:
            self.counts["warnings"] += 1
            if len(self.warnings) < LISTED:
                self.warnings.append(Warned(path, text))
