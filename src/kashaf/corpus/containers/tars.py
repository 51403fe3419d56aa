"""tar, after POSIX.1-2001 (pax) with GNU's long names.

Headers are parsed by `tarfile`; its reading of archives is not used: it keeps every member in memory, believes the
size of any extended header, and takes quadratic time over some (CVE-2024-6232).
"""

from __future__ import annotations

import re
import tarfile
from collections.abc import Iterator
from typing import Final

from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.names import decoded
from kashaf.corpus.containers.stream import Block, Stream
from kashaf.corpus.limits import MAX_HEADER_BYTES

_BLOCK: Final = 512
_LONG: Final = frozenset({tarfile.GNUTYPE_LONGNAME, tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE})
# Of no interest, with data to pass over: global headers, long link names, volume labels, lists of a folder.
_PASSED_OVER: Final = frozenset({tarfile.XGLTYPE, tarfile.GNUTYPE_LONGLINK, b"V", b"D", b"N"})
_FILES: Final = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE})
_WITHOUT_DATA: Final = {
    tarfile.SYMTYPE: "a symbolic link; links are not followed",
    tarfile.LNKTYPE: "a hard link; links are not followed",
    tarfile.CHRTYPE: "a device",
    tarfile.BLKTYPE: "a device",
    tarfile.FIFOTYPE: "a FIFO",
}
_SPARSE: Final = "a sparse file"
_FIELD: Final = re.compile(rb"([1-9]\d{0,6}) ([^=\n]{1,100})=")


def sniff(head: bytes) -> bool:
    """Whether the first block is a header. Its checksum is no accident."""
    if len(head) < _BLOCK:
        return False
    try:
        return bool(_header(head[:_BLOCK]).name)
    except (tarfile.TarError, ValueError):
        return False


def entries(stream: Stream) -> Iterator[Entry]:
    """The files of an archive in their order."""
    fields: dict[str, bytes] = {}
    while stream.peek(1):
        block = stream.exactly(_BLOCK)
        if not any(block):
            return
        try:
            header = _header(block)
        except (tarfile.TarError, ValueError):
            stream.meter.refuse("damaged: a file's header cannot be read; the rest was left out")
        size = _size(fields, header.size)
        kind = header.type
        if size < 0:
            stream.meter.refuse("damaged: a file of negative size; the rest was left out")
        if kind in _LONG:
            if size > MAX_HEADER_BYTES:
                stream.meter.refuse("damaged: a file's header is too long; the rest was left out")
            data = stream.exactly(size)
            _skip_padding(stream, size)
            fields |= {"path": data.rstrip(b"\0")} if kind == tarfile.GNUTYPE_LONGNAME else _pax_fields(data)
            continue
        name = decoded(fields.get("path") or header.name.encode("latin-1"))
        sparse = any(field.startswith("GNU.sparse.") for field in fields)
        fields = {}
        if kind == tarfile.DIRTYPE:
            continue
        if kind in _WITHOUT_DATA:
            yield Entry(name, refusal=_WITHOUT_DATA[kind])
            continue
        if kind == tarfile.GNUTYPE_SPARSE:
            _skip_map(stream, block)
        member = Block(stream, size)
        if kind in _FILES and not sparse:
            yield Entry(name, iter(member))
        elif kind == tarfile.GNUTYPE_SPARSE or sparse:
            yield Entry(name, refusal=_SPARSE)
        elif kind not in _PASSED_OVER:
            yield Entry(name, refusal="of a kind that is not known")
        member.skip()
        _skip_padding(stream, size)


def _header(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, "latin-1", "strict")


def _size(fields: dict[str, bytes], stated: int) -> int:
    written = fields.get("size", b"")
    return int(written) if written.isdigit() and len(written) < 20 else stated


def _pax_fields(data: bytes) -> dict[str, bytes]:
    """Records `length key=value\\n`, the length being that of the whole record."""
    fields: dict[str, bytes] = {}
    at = 0
    while (match := _FIELD.match(data, at)) is not None:
        end = at + int(match[1])
        if end > len(data) or end <= match.end():
            break
        fields[match[2].decode("latin-1")] = data[match.end() : end - 1]
        at = end
    return fields


def _skip_padding(stream: Stream, size: int) -> None:
    padding = -size % _BLOCK
    if padding and len(stream.peek(padding)) == padding:
        stream.exactly(padding)


def _skip_map(stream: Stream, header: bytes) -> None:
    """GNU's list of holes, which may go on after the header."""
    more = header[482]
    while more:
        more = stream.exactly(_BLOCK)[504]
