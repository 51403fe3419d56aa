"""One archive unpacked, with those in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final

from kashaf.corpus.containers import single, zips
from kashaf.corpus.containers.codecs import codec_of
from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.kinds import HEAD_BYTES, forward, is_archive, may_be_archive
from kashaf.corpus.containers.meter import ArchiveRefused, MemberRefused, Meter
from kashaf.corpus.containers.names import clean, is_left_out, numbered
from kashaf.corpus.containers.spool import Spool, closing, write
from kashaf.corpus.containers.stream import Stream
from kashaf.corpus.limits import MAX_ARCHIVE_DEPTH, MAX_STREAM_BYTES
from kashaf.corpus.saved_pages import pages_of
from kashaf.corpus.walk import Found, open_file

_GIB: Final = 1024**3
_TOO_LARGE: Final = f"larger than {MAX_STREAM_BYTES // _GIB} GB; split it"
_TOO_DEEP: Final = f"archives in each other deeper than {MAX_ARCHIVE_DEPTH}; unpack it and import the parts"
_RECORDS: Final = frozenset(
    {".jsonl", ".ndjson", ".csv", ".tsv", ".mbox", ".warc", ".gz", ".zip", ".tar", ".tgz"}
)
_EMPTY: Final = "an empty archive"


class Unpacking:
    """See `containers.unpack`."""

    def __init__(
        self,
        found: Found,
        into: Path,
        sha256: str,
        cancelled: Callable[[], bool],
        ignored: Callable[[str], bool],
    ) -> None:
        self._found = found
        self._sha256 = sha256
        self._ignored = ignored
        self._spool = Spool(into)
        self._meter = Meter(found.size, into, cancelled)
        self._taken_names: dict[str, int] = {}

    def run(self) -> Iterator[Found]:
        yield from self._archive(self._found.path, self._found.relative, 1, self._meter)

    def _archive(self, path: Path, relative: str, depth: int, meter: Meter) -> Iterator[Found]:
        """Raises ArchiveRefused for the archives around this one only."""
        try:
            with open_file(path) as file, open_file(path) as again:
                entries = _entries(file, again, PurePosixPath(relative).name, meter)
                yield from self._articles(self._members(entries, relative, depth, meter))
        except OSError as error:
            yield self._refused(relative, error.strerror or "cannot be read", folder=True)
        except ArchiveRefused as refusal:
            if refusal.meter is not meter:
                raise
            yield self._refused(relative, refusal.what, folder=True)

    def _articles(self, members: Iterator[Found]) -> Iterator[Found]:
        """Without what lies in the folder of a page that was saved as complete; the page may come after it."""
        pages: set[str] = set()
        held: list[tuple[Found, frozenset[str]]] = []
        stopped: ArchiveRefused | None = None
        try:
            for member in members:
                owners = frozenset(() if member.hints else _owners(member.relative))
                if owners:
                    held.append((member, owners))
                else:
                    pages.add(member.relative.lower())
                    yield member
        except ArchiveRefused as refusal:
            stopped = refusal
        for member, owners in held:
            if pages.isdisjoint(owners):
                yield member
            elif not member.refusal:
                self._spool.drop(member.path)
        if stopped is not None:
            raise stopped

    def _members(self, entries: Iterator[Entry], relative: str, depth: int, meter: Meter) -> Iterator[Found]:
        empty = True
        for entry in entries:
            empty = False
            meter.count()
            name = clean(entry.name) or "unnamed"
            if entry.hints is None and is_left_out(name):
                continue
            place = self._unique(f"{relative}/{name}")
            if self._ignored(place):
                continue
            if entry.refusal:
                yield self._refused(place, entry.refusal)
            else:
                yield from self._member(entry, place, depth, meter)
        if empty:
            yield self._refused(relative, _EMPTY)

    def _member(self, entry: Entry, place: str, depth: int, meter: Meter) -> Iterator[Found]:
        path, file = self._spool.create()
        size = 0
        head = b""
        kept = False
        stopped: ArchiveRefused | None = None
        try:
            with closing(file, path):
                for piece in entry.chunks:
                    size += len(piece)
                    if len(head) < HEAD_BYTES:
                        head += piece[: HEAD_BYTES - len(head)]
                    if size > MAX_STREAM_BYTES:
                        raise MemberRefused(_TOO_LARGE)
                    meter.write(len(piece))
                    write(file, piece, path)
            kept = True
        except MemberRefused as refusal:
            kept = refusal.cut and size > 0 and _keeps_parts(entry)
            yield self._refused(place, refusal.what)
        except ArchiveRefused as refusal:
            stopped = refusal
            kept = refusal.damaged and refusal.meter is meter and size > 0 and _keeps_parts(entry)
        finally:
            if not kept:
                self._spool.drop(path)
        if kept:
            yield from self._taken(path, place, size, head, entry, depth, meter)
        if stopped is not None:
            raise stopped

    def _taken(
        self, path: Path, place: str, size: int, head: bytes, entry: Entry, depth: int, meter: Meter
    ) -> Iterator[Found]:
        if not (may_be_archive(head) and _is_archive(path)):
            yield Found(
                path,
                place,
                size,
                container=self._found.relative,
                container_sha256=self._sha256,
                hints=entry.hints,
            )
            return
        try:
            if depth >= MAX_ARCHIVE_DEPTH:
                yield self._refused(place, _TOO_DEEP, folder=True)
            else:
                yield from self._archive(path, place, depth + 1, meter.inner(size))
        finally:
            self._spool.drop(path)

    def _unique(self, place: str) -> str:
        """The place, with a number when it is taken: names may come twice, and a folder be called like an archive."""
        number = self._taken_names.get(place, 0) + 1
        unique = place
        while number > 1 and (unique := numbered(place, number)) in self._taken_names:
            number += 1
        self._taken_names[place] = number
        self._taken_names.setdefault(unique, 1)
        return unique

    def _refused(self, relative: str, reason: str, *, folder: bool = False) -> Found:
        return Found(
            self._found.path,
            relative,
            refusal=reason,
            folder=folder,
            container=self._found.relative,
            container_sha256=self._sha256,
        )


def _keeps_parts(entry: Entry) -> bool:
    """Whether the beginning of a file whose end is missing is worth reading: not when it is one article."""
    return entry.partial or PurePosixPath(entry.name).suffix.lower() in _RECORDS


def _is_archive(path: Path) -> bool:
    with open_file(path) as file:
        return is_archive(file)


def _entries(file: BinaryIO, again: BinaryIO, name: str, meter: Meter) -> Iterator[Entry]:
    head = file.read(HEAD_BYTES)
    if zips.sniff(head, file):
        return zips.entries(file, again, meter)
    file.seek(0)
    codec = codec_of(head)
    stream = Stream(file, codec, meter)
    kind = forward(stream.peek(HEAD_BYTES))
    if kind is not None:
        entries: Iterator[Entry] = kind.entries(stream)
        return entries
    if codec is None:
        meter.refuse("no archive any more")
    return single.entries(stream, name, codec, head)


def _owners(relative: str) -> Iterator[str]:
    """The pages, in lower case, that one of the folders around a file may belong to."""
    for folder in PurePosixPath(relative).parents:
        for page in pages_of(folder.name):
            yield str(folder.parent / page).lower()
