"""The catalogue: which articles the workspace has, by which bytes, and where those bytes were last seen.

An append-only file of JSON lines; a later line about the same thing wins. It is precious: ids are minted once
and can't be derived again after a source changed. A last line without its newline is an append that was cut off
and was never acknowledged; anything else unreadable raises StoreDamaged and the file is left as it is.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, fields, replace
from pathlib import Path
from typing import Final

from kashaf.corpus.corrections import CORRECTED_FIELDS, Correction
from kashaf.corpus.identity import mint
from kashaf.corpus.readers.model import Hints
from kashaf.errors import DiskTrouble, StoreDamaged
from kashaf.storage.atomic import append_lines, write_text

_HEADER = {"kashaf": "catalogue", "version": 2}
_READABLE = (1, 2)  # before 2 there were no containers and no corrections


@dataclass(frozen=True, slots=True)
class Source:
    """A folder or file that was imported. `root` is where it was last seen; ids never depend on it."""

    id: str
    root: str


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an article's bytes lie: source id, path relative to the source, member within the file."""

    source: str
    path: str
    member: str


@dataclass(frozen=True, slots=True)
class Revision:
    """One state of an article's bytes.

    raw_sha256: of the whole file; member: the article's key in it; member_sha256: of the article's own bytes.
    path: the file's name at import (readers take its suffix as a hint); imported: ISO 8601, UTC; version: of the
    tool. container and container_sha256: the archive it lay in, if any, and hints: what that said of the file.
    """

    raw_sha256: str
    member: str
    member_sha256: str
    path: str
    imported: str
    version: str
    container: str = ""
    container_sha256: str = ""
    hints: Hints | None = None


_REVISION: Final = tuple(one.name for one in fields(Revision) if one.name != "hints")


@dataclass(frozen=True, slots=True)
class Entry:
    """An article's identity. The last revision is the current one; without a place it is removed.

    corrections: the analyst's, one a field at most.
    """

    id: str
    revisions: tuple[Revision, ...]
    places: frozenset[Place]
    corrections: tuple[Correction, ...] = ()

    @property
    def current(self) -> Revision:
        return self.revisions[-1]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file (by its bytes) held: `(member key, article id, member hash)`, and what could not be read."""

    sha256: str
    members: tuple[tuple[str, str, str], ...]
    failures: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ContainerRecord:
    """What an archive (by its bytes) held: path within it and SHA-256 of each file, and what could not be read."""

    sha256: str
    members: tuple[tuple[str, str], ...]
    failures: tuple[tuple[str, str], ...] = ()


class Catalogue:
    """The catalogue in memory. Changes are staged, and become durable together at `save`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.reload()

    def reload(self) -> None:
        """Read the file again. What is staged and not saved is dropped."""
        self.sources: dict[str, Source] = {}
        self.files: dict[str, FileRecord] = {}
        self.containers: dict[str, ContainerRecord] = {}
        self._entries: dict[str, Entry] = {}
        self._by_member: dict[str, str] = {}
        self._by_place: dict[Place, str] = {}
        self._staged: list[Mapping[str, object]] = []
        self._rewrite = False  # the file ends in half a line, or has an older header
        self._lines = 0
        self._load()

    def __len__(self) -> int:
        return len(self._entries)

    def get(self, article_id: str) -> Entry | None:
        return self._entries.get(article_id)

    def entries(self) -> Iterator[Entry]:
        """Every article ever imported, also those removed since."""
        return iter(self._entries.values())

    def present(self) -> Iterator[Entry]:
        """The articles that still have a place, whether their source is plugged in or not."""
        return (entry for entry in self._entries.values() if entry.places)

    def with_bytes(self, member_sha256: str) -> Entry | None:
        """The article whose current revision has exactly these bytes."""
        article_id = self._by_member.get(member_sha256)
        return self._entries[article_id] if article_id else None

    def at(self, place: Place) -> Entry | None:
        article_id = self._by_place.get(place)
        return self._entries[article_id] if article_id else None

    def paths(self) -> set[tuple[str, str]]:
        """Source id and path of every file that holds a present article."""
        return {(place.source, place.path) for place in self._by_place}

    def places_of(self, source_id: str) -> list[Place]:
        return [place for place in self._by_place if place.source == source_id]

    def mint_id(self, raw_sha256: str, member: str) -> str:
        attempt = 0
        while (article_id := mint(raw_sha256, member, attempt)) in self._entries:
            attempt += 1
        return article_id

    def put(self, entry: Entry) -> None:
        if self._entries.get(entry.id) != entry:
            self._index(entry)
            self._staged.append({"article": _entry_json(entry)})

    def put_file(self, record: FileRecord) -> None:
        if self.files.get(record.sha256) != record:
            self.files[record.sha256] = record
            self._staged.append({"file": _file_json(record)})

    def put_container(self, record: ContainerRecord) -> None:
        if self.containers.get(record.sha256) != record:
            self.containers[record.sha256] = record
            self._staged.append({"container": asdict(record)})

    def put_source(self, source: Source) -> None:
        if self.sources.get(source.id) != source:
            self.sources[source.id] = source
            self._staged.append({"source": asdict(source)})

    def new_source(self, root: str) -> Source:
        source = Source(f"s{len(self.sources) + 1}", root)
        self.put_source(source)
        return source

    def drop_place(self, place: Place) -> None:
        """Take a place from its article; without any place the article counts as removed."""
        entry = self.at(place)
        if entry is not None:
            self.put(replace(entry, places=entry.places - {place}))

    def save(self) -> None:
        """Make everything staged durable. Raises DiskTrouble, and keeps it staged."""
        if not self._staged:
            return
        if self._rewrite or not self._lines or not self._path.exists() or self._worth_compacting():
            write_text(self._path, "".join(_line(value) + "\n" for value in self._snapshot()))
            self._rewrite = False
            self._lines = self._live()
        else:
            append_lines(self._path, [_line(value) for value in self._staged])
            self._lines += len(self._staged)
        self._staged.clear()

    def _worth_compacting(self) -> bool:
        return self._lines + len(self._staged) > 2 * self._live() + 1000

    def _live(self) -> int:
        return len(self._entries) + len(self.files) + len(self.containers) + len(self.sources)

    def _snapshot(self) -> Iterator[Mapping[str, object]]:
        yield dict(_HEADER)
        yield from ({"source": asdict(source)} for source in self.sources.values())
        yield from ({"file": _file_json(record)} for record in self.files.values())
        yield from ({"container": asdict(record)} for record in self.containers.values())
        yield from ({"article": _entry_json(entry)} for entry in self._entries.values())

    def _index(self, entry: Entry) -> None:
        old = self._entries.get(entry.id)
        if old is not None:
            for place in old.places - entry.places:
                self._by_place.pop(place, None)
            if self._by_member.get(old.current.member_sha256) == entry.id:
                del self._by_member[old.current.member_sha256]
        self._entries[entry.id] = entry
        self._by_member[entry.current.member_sha256] = entry.id
        for place in entry.places:
            self._by_place[place] = entry.id

    def _load(self) -> None:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return
        except OSError as error:
            raise DiskTrouble(error.strerror or "cannot be read", where=str(self._path)) from error
        lines = data.split(b"\n")
        self._rewrite = lines.pop() != b""
        for number, line in enumerate(lines, 1):
            try:
                self._take(json.loads(line), number)
            except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
                raise StoreDamaged(
                    f"line {number} cannot be read",
                    where=str(self._path),
                    cure="Put a copy of the file back from your backup; nothing was changed",
                ) from error
        self._lines = len(lines)

    def _take(self, value: dict[str, object], number: int) -> None:
        if number == 1:
            if value.get("kashaf") != "catalogue" or value.get("version") not in _READABLE:
                raise ValueError("no catalogue of this version")
            self._rewrite |= value != _HEADER
        elif "article" in value:
            self._index(_entry(value["article"]))
        elif "file" in value:
            record = _file_record(value["file"])
            self.files[record.sha256] = record
        elif "container" in value:
            container = _container_record(value["container"])
            self.containers[container.sha256] = container
        elif "source" in value:
            source = _source(value["source"])
            self.sources[source.id] = source
        else:
            raise ValueError("no record")


def _line(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _entry_json(entry: Entry) -> dict[str, object]:
    value: dict[str, object] = {
        "id": entry.id,
        "revisions": [_revision_json(revision) for revision in entry.revisions],
        "places": [[place.source, place.path, place.member] for place in sorted(entry.places)],
    }
    if entry.corrections:
        value["corrections"] = [[one.field, one.value, one.when] for one in entry.corrections]
    return value


def _mapping(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError("no mapping")
    return value


def _rows(value: object) -> Iterable[list[str]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise TypeError("no rows")
    return value


def _entry(value: object) -> Entry:
    fields = _mapping(value)
    revisions = fields["revisions"]
    if not isinstance(revisions, list) or not revisions:
        raise TypeError("no revisions")
    return Entry(
        id=str(fields["id"]),
        revisions=tuple(map(_revision, revisions)),
        places=frozenset(Place(source, path, member) for source, path, member in _rows(fields["places"])),
        corrections=tuple(map(_correction, _rows(fields.get("corrections", [])))),
    )


def _file_json(record: FileRecord) -> dict[str, object]:
    return {"sha256": record.sha256, "members": record.members, "failures": record.failures}


def _revision_json(revision: Revision) -> dict[str, object]:
    """Most files lie in no archive: their lines need not say so. Not asdict, which copies every string."""
    said: dict[str, object] = {
        name: value
        for name in _REVISION
        if (value := getattr(revision, name)) or not name.startswith("container")
    }
    if revision.hints is not None and (hints := {k: v for k, v in asdict(revision.hints).items() if v}):
        said["hints"] = hints
    return said


def _revision(row: object) -> Revision:
    said = dict(_mapping(row))
    hints = said.pop("hints", None)
    return Revision(
        **{key: str(item) for key, item in said.items()},
        hints=Hints(**{key: str(item) for key, item in _mapping(hints).items()}) if hints else None,
    )


def _correction(row: list[str]) -> Correction:
    name, value, when = row
    if name not in CORRECTED_FIELDS:
        raise ValueError("no correction")
    return Correction(name, value, when)


def _container_record(value: object) -> ContainerRecord:
    fields = _mapping(value)
    return ContainerRecord(
        sha256=str(fields["sha256"]),
        members=tuple((path, sha) for path, sha in _rows(fields["members"])),
        failures=tuple((path, reason) for path, reason in _rows(fields["failures"])),
    )


def _file_record(value: object) -> FileRecord:
    fields = _mapping(value)
    return FileRecord(
        sha256=str(fields["sha256"]),
        members=tuple((key, article_id, sha) for key, article_id, sha in _rows(fields["members"])),
        failures=tuple((member, reason) for member, reason in _rows(fields["failures"])),
    )


def _source(value: object) -> Source:
    fields = _mapping(value)
    return Source(id=str(fields["id"]), root=str(fields["root"]))
