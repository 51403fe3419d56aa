"""ZIP archives, and never the documents that are ZIP archives inside."""

from __future__ import annotations

import os
import stat
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import BinaryIO, Final

from kashaf.corpus.containers import zip_directory
from kashaf.corpus.containers.codecs import CHUNK, PIECE, Decompressor, Inflate, bz2, faults, lzma_of_zip
from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.meter import BOMB, MemberRefused, Meter, is_bomb
from kashaf.corpus.containers.names import code_page
from kashaf.corpus.containers.zip_directory import Directory, Stated
from kashaf.corpus.limits import MAX_ARCHIVE_FILES

_MAGIC: Final = (zip_directory.LOCAL, b"PK\x05\x06", b"PK\x07\x08PK\x03\x04")
_DOCUMENT_ENTRIES: Final = 2000  # more files than any document has
_WEB_ARCHIVES: Final = b"archive/"
_OFFICE: Final = b"[Content_Types].xml"
_DOCUMENT_STARTS: Final = (
    b"mimetype",
    _OFFICE,
    b"_rels/",
    b"docProps/",
    b"word/",
    b"META-INF/",
)  # of one that was cut
_STORED, _DEFLATED, _BZIP2, _LZMA = 0, 8, 12, 14
_METHODS: Final = (_STORED, _DEFLATED, _BZIP2, _LZMA)
_LOCAL_BYTES: Final = 30
_DESCRIPTOR_BYTES: Final = 24
_NAMES_BYTES: Final = 60_000
_CUT: Final = "cut off: its archive ends early"
_DAMAGED: Final = "damaged: it cannot be unpacked"


def sniff(head: bytes, file: BinaryIO) -> bool:
    """Whether it is an archive, and no DOCX, XLSX, EPUB or ODT."""
    return begins(head) and not _is_document(file)


def begins(head: bytes) -> bool:
    """Whether it begins like an archive, or a document that is one inside."""
    return head.startswith(_MAGIC)


def entries(file: BinaryIO, listing: BinaryIO, meter: Meter) -> Iterator[Entry]:
    """The files of an archive in the order of its directory; of one that was cut, those that are whole.

    file and listing: the archive, opened twice.
    """
    directory = zip_directory.find(file)
    if directory is None:
        yield from _cut(file, meter)
        return
    survey = _survey(listing, directory)
    if survey.overlaps:
        meter.refuse("its files overlap, as a bomb's do")
    for stated in zip_directory.entries(listing, directory):
        meter.step()
        if survey.is_web and not stated.name.startswith(_WEB_ARCHIVES):
            continue
        if stated.at < directory.start:
            yield from _entry(file, stated, survey.page, meter)
        else:
            yield Entry(_name(stated, survey.page), refusal=_DAMAGED)
    if listing.tell() < directory.start + directory.size:
        meter.refuse("damaged: its list of files cannot be read to the end")


def _entry(file: BinaryIO, stated: Stated, page: str, meter: Meter) -> Iterator[Entry]:
    name = _name(stated, page)
    if name.endswith(("/", "\\")) or stat.S_ISDIR(stated.mode):
        return
    reason = _reason(stated)
    if reason:
        yield Entry(name, refusal=reason)
    else:
        yield Entry(name, _bytes(file, stated, meter))


def _reason(stated: Stated) -> str:
    kind = stat.S_IFMT(stated.mode)
    if stat.S_ISLNK(kind):
        return "a symbolic link; links are not followed"
    if kind and not stat.S_ISREG(kind):
        return "not a regular file"
    if stated.encrypted:
        return "encrypted: unpack it with its password and import the files"
    if stated.method not in _METHODS:
        return f"compressed in a way that is not known (method {stated.method})"
    return ""


def _bytes(file: BinaryIO, stated: Stated, meter: Meter) -> Iterator[bytes]:
    """The file's bytes. Raises MemberRefused when they are not what the directory says."""
    found = zip_directory.local(file, stated.at)
    if found is None:
        raise MemberRefused(_DAMAGED)
    file.seek(found[1])
    size = crc = 0
    for piece in _plain(_packed(file, stated.packed, meter), stated.method, stated.size):
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if size > stated.size:
            raise MemberRefused("damaged: larger than its archive says")
        if is_bomb(size, stated.packed):
            raise MemberRefused(BOMB)
        meter.spend(len(piece))
        yield piece
    if size != stated.size or crc != stated.crc:
        raise MemberRefused("damaged: not what was packed")


def _packed(file: BinaryIO, size: int, meter: Meter) -> Iterator[bytes]:
    while size:
        chunk = file.read(min(CHUNK, size))
        if not chunk:
            raise MemberRefused(_CUT, cut=True)
        meter.check()
        size -= len(chunk)
        yield chunk


def _plain(chunks: Iterator[bytes], method: int, size: int) -> Iterator[bytes]:
    if method == _STORED:
        yield from chunks
        return
    try:
        yield from _up_to(_expanded(chunks, method), size)
    except faults() as error:
        raise MemberRefused(_DAMAGED) from error


def _up_to(pieces: Iterable[bytes], size: int) -> Iterator[bytes]:
    """The pieces up to the first that goes over `size`: LZMA need not mark its end, and what follows is no file."""
    for piece in pieces:
        yield piece
        size -= len(piece)
        if size <= 0:
            return


def _expanded(chunks: Iterator[bytes], method: int) -> Iterator[bytes]:
    first = next(chunks, b"")
    machine: Decompressor
    if method == _LZMA:
        # Two bytes of version, two of the size of the properties, which is five, and those.
        if len(first) < 9 or first[2:4] != b"\x05\x00":
            raise EOFError
        machine, first = lzma_of_zip(first[4:9]), first[9:]
    else:
        machine = bz2() if method == _BZIP2 else Inflate(-15)
    data = first
    while True:
        piece = machine.decompress(data, PIECE)
        if piece:
            yield piece
        if machine.eof:
            return
        data = next(chunks, b"") if machine.needs_input else b""
        if machine.needs_input and not data:
            raise EOFError


def _cut(file: BinaryIO, meter: Meter) -> Iterator[Entry]:
    """An archive without a directory: file after file, each as long as its own header or its data says."""
    at = 4 if file.seek(0) == 0 and file.read(4) == b"PK\x07\x08" else 0
    while (found := zip_directory.local(file, at)) is not None:
        meter.step()
        stated, data_at = found
        page = code_page([stated.name])
        if not stated.streamed:
            yield from _entry(file, stated, page, meter)
            at = data_at + stated.packed
            continue
        if _reason(stated) or stated.method == _STORED:
            break
        member = _Streamed(file, data_at, stated.method, meter)
        yield Entry(_name(stated, page), iter(member))
        at = member.end()
    meter.refuse("cut off: its list of files is missing, and so may be files")


class _Streamed:
    """A file whose size follows its data, where the data itself tells where it ends."""

    def __init__(self, file: BinaryIO, at: int, method: int, meter: Meter) -> None:
        self._file = file
        self._at = at
        self._meter = meter
        self._machine: Decompressor = bz2() if method == _BZIP2 else Inflate(-15)

    def __iter__(self) -> Iterator[bytes]:
        packed = size = 0
        data = b""
        try:
            while not self._machine.eof:
                if self._machine.needs_input:
                    self._meter.check()
                    self._file.seek(self._at)
                    data = self._file.read(CHUNK)
                    if not data:
                        raise EOFError
                    self._at += len(data)
                    packed += len(data)
                piece = self._machine.decompress(data, PIECE)
                data = b""
                size += len(piece)
                if is_bomb(size, packed):
                    raise MemberRefused(BOMB)
                self._meter.spend(len(piece))
                yield piece
        except EOFError as error:
            raise MemberRefused(_CUT, cut=True) from error
        except faults() as error:
            raise MemberRefused(_DAMAGED) from error

    def end(self) -> int:
        """Where the next header begins, past what states the sizes; the end of the file when that is not known."""
        try:
            for _ in self:
                pass
        except MemberRefused:
            return self._file.seek(0, os.SEEK_END)
        start = self._at - len(self._machine.unused_data)
        self._file.seek(start)
        step = self._file.read(_DESCRIPTOR_BYTES + len(zip_directory.LOCAL)).find(zip_directory.LOCAL)
        return start + step if step >= 0 else self._file.seek(0, os.SEEK_END)


@dataclass(frozen=True, slots=True)
class _Survey:
    """What is known of an archive before its first file is unpacked.

    overlaps: a file's data lies in another's, or in the directory (David Fifield, A better zip bomb, 2019).
    page: the code page of the names that are not said to be UTF-8. is_web: it is a WACZ, whose indexes and lists of
    pages are about the pages, which are in its WARC files.
    """

    overlaps: bool
    page: str
    is_web: bool


def _survey(listing: BinaryIO, directory: Directory) -> _Survey:
    spans: list[tuple[int, int]] = []
    names: list[bytes] = []
    room = _NAMES_BYTES
    has_package = has_pages = False
    for one in islice(zip_directory.entries(listing, directory), MAX_ARCHIVE_FILES + 1):
        if one.at < directory.start:
            spans.append((one.at, one.at + _LOCAL_BYTES + one.packed))
        if room > 0 and not one.is_utf8 and not one.name.isascii():
            names.append(one.name)
            room -= len(one.name)
        has_package = has_package or one.name == b"datapackage.json"
        has_pages = has_pages or (one.name.startswith(_WEB_ARCHIVES) and b".warc" in one.name)
    spans.sort()
    spans.append((directory.start, directory.start))
    overlaps = any(end > start for (_, end), (start, _) in pairwise(spans))
    return _Survey(overlaps, code_page(names), has_package and has_pages)


def _name(stated: Stated, page: str) -> str:
    return stated.name.decode("utf-8" if stated.is_utf8 else page, "replace")


def _is_document(file: BinaryIO) -> bool:
    directory = zip_directory.find(file)
    if directory is None:
        found = zip_directory.local(file, 0)
        return found is not None and found[0].name.startswith(_DOCUMENT_STARTS)
    names = {one.name for one in islice(zip_directory.entries(file, directory), _DOCUMENT_ENTRIES)}
    return (
        _OFFICE in names
        or {b"mimetype", b"META-INF/container.xml"} <= names
        or {b"mimetype", b"META-INF/manifest.xml"} <= names
        or {b"mimetype", b"content.xml"} <= names
    )
