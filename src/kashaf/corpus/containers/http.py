"""HTTP messages as web archives keep them (RFC 9112): fields, and the body with its encodings undone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Final

from kashaf.corpus.containers.codecs import GZIP, Codec, Decompressor, Inflate, expand, faults
from kashaf.corpus.containers.meter import BOMB, MemberRefused, Meter, is_bomb
from kashaf.corpus.containers.stream import Block, Stream
from kashaf.corpus.limits import MAX_HEADER_BYTES

_LINE: Final = 64 * 1024
_VALUE_CHARS: Final = 4000
_TYPE_CHARS: Final = 300
_CHUNK_SIZE: Final = re.compile(rb"\s*([0-9A-Fa-f]{1,12})\s*(?:;[^\n]*)?\r?\n")
_STATUS: Final = re.compile(rb"HTTP/\d(?:\.\d)? +(\d{3})\b")
_CHARSET: Final = re.compile(r";\s*charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE)
_MEDIA_TYPE: Final = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,100}")
_MAX_ENCODINGS: Final = 2
_CUT: Final = "cut off: not all of it was saved"


def read_fields(source: Stream | Block) -> dict[str, str] | None:
    """Fields up to the empty line, by their names in lower case; the first of a name counts. None: too long."""
    fields: dict[str, list[str]] = {}
    last: list[str] = []
    room = MAX_HEADER_BYTES
    while (line := source.line(_LINE)) not in {b"", b"\n", b"\r\n"}:
        room -= len(line)
        if room < 0 or not line.endswith(b"\n"):
            return None
        text = line.decode("utf-8", "replace")
        if text[0] in " \t":
            last.append(text.strip())
            continue
        name, colon, value = text.partition(":")
        last = [value.strip()]
        if colon:
            fields.setdefault(name.strip().lower(), last)
    return {name: " ".join(values)[:_VALUE_CHARS] for name, values in fields.items()}


def status_of(block: Block) -> int:
    """The status of the response that begins here, or 0."""
    match = _STATUS.match(block.line(_LINE))
    return int(match[1]) if match else 0


def media_type(stated: str) -> str | None:
    """`text/html` of a Content-Type field."""
    match = _MEDIA_TYPE.match(stated.strip())
    return match[0].lower() if match else None


def charset(stated: str) -> str | None:
    """The charset of a Content-Type field."""
    match = _CHARSET.search(stated[:_TYPE_CHARS])
    return match[1] if match else None


def body(fields: dict[str, str], block: Block, meter: Meter) -> Iterator[bytes]:
    """The body as the page's author sent it. Raises MemberRefused when its encodings cannot be undone."""
    coded = [name.strip().lower() for name in fields.get("content-encoding", "").split(",")]
    codings = [name for name in coded if name not in {"", "identity", "none", "utf-8"}]
    pieces: Iterator[bytes] = iter(block)
    if "chunked" in fields.get("transfer-encoding", "").lower():
        pieces = _dechunked(block)
    if len(codings) > _MAX_ENCODINGS:
        raise MemberRefused("its Content-Encoding is too long")
    for name in reversed(codings):
        if name not in {"gzip", "x-gzip", "deflate"}:
            raise MemberRefused(f"its Content-Encoding is not known ({name:.20})")
        pieces = _decoded(pieces, name)
    return _limited(pieces, block.left, meter) if codings else pieces


def _dechunked(block: Block) -> Iterator[bytes]:
    """Chunks joined. Many tools undo them and keep the field: what does not begin like a chunk is given as it is."""
    first = True
    while line := block.line(_LINE):
        match = _CHUNK_SIZE.fullmatch(line)
        if match is None:
            if first:
                yield line
                yield from block
            elif line.strip():
                raise MemberRefused("damaged: its chunks do not fit")
            continue
        first = False
        left = int(match[1], 16)
        if not left:
            return
        while left:
            piece = block.read(min(left, _LINE))
            if not piece:
                raise MemberRefused(_CUT)
            left -= len(piece)
            yield piece
    if not first:
        raise MemberRefused(_CUT)


def _decoded(pieces: Iterator[bytes], name: str) -> Iterator[bytes]:
    first = next(pieces, b"")
    if not first:
        return
    codec = GZIP if name != "deflate" else Codec((b"\x00",), lambda: _deflate(first), ())
    if codec is GZIP and not first.startswith(GZIP.magic):
        yield first
        yield from pieces
        return
    try:
        yield from expand(chain([first], pieces), codec)
    except EOFError as error:
        raise MemberRefused(_CUT) from error
    except faults() as error:
        raise MemberRefused("damaged: its Content-Encoding cannot be undone") from error


def _deflate(first: bytes) -> Decompressor:
    """zlib's format as the standard has it, or bare deflate as some servers send it."""
    is_zlib = first[0] & 0x0F == 8 and int.from_bytes(first[:2]) % 31 == 0
    return Inflate(15 if is_zlib else -15)


def _limited(pieces: Iterable[bytes], packed: int, meter: Meter) -> Iterator[bytes]:
    size = 0
    for piece in pieces:
        size += len(piece)
        if is_bomb(size, packed):
            raise MemberRefused(BOMB)
        meter.spend(len(piece))
        yield piece
