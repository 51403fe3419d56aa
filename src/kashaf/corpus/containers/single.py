"""One compressed file, by gzip (RFC 1952), bzip2 or xz."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePosixPath

from kashaf.corpus.containers.codecs import GZIP, PIECE, Codec
from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.stream import Stream

_NAMED = 8
_EXTRA = 4


def entries(stream: Stream, name: str, codec: Codec, head: bytes) -> Iterator[Entry]:
    """The one file. name: the archive's. head: the archive's first bytes."""
    yield Entry(_inner_name(name, codec, head), _all(stream), partial=True)


def _all(stream: Stream) -> Iterator[bytes]:
    while piece := stream.read(PIECE):
        yield piece


def _inner_name(name: str, codec: Codec, head: bytes) -> str:
    """The archive's name without its ending; what gzip remembers of it, when that knows more."""
    path = PurePosixPath(name)
    stem = path.stem if path.suffix.lower() in codec.names else path.name
    remembered = _remembered(head) if codec is GZIP else ""
    return remembered if remembered and (not PurePosixPath(stem).suffix or stem == path.name) else stem


def _remembered(head: bytes) -> str:
    """RFC 1952, 2.3: a name in Latin-1, which is UTF-8 in truth, ended by a zero."""
    if len(head) < 12 or not head[3] & _NAMED:
        return ""
    at = 10
    if head[3] & _EXTRA:
        at += 2 + int.from_bytes(head[10:12], "little")
    name, zero, _ = head[at : at + 256].partition(b"\0")
    return name.decode("utf-8", "replace") if zero else ""
