"""MIME (RFC 2045 to 2049) as mails and saved pages use it: headers in any charset, parts within limits.

The parser is the standard library's under its old policy: it takes what is broken as it is, and does not build a
syntax tree of every header, whose time grows with the square of its length.
"""

from __future__ import annotations

import binascii
import quopri
import re
from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import Message
from typing import Final

from kashaf.corpus.decode import declared_charset, decode
from kashaf.corpus.limits import MAX_MAIL_DEPTH, MAX_MAIL_PARTS
from kashaf.errors import BadInput, KashafError
from kashaf.text.sanitise import sanitise_line

_HEADER: Final = re.compile(rb"([!-9;-~]{1,76}):[ \t]?([^\r\n]*(?:\r?\n[ \t][^\r\n]*)*)(?:\r?\n|$)")
_HEAD_BYTES: Final = 65_536
_HEADER_CHARS: Final = 20_000
_MAX_COMPARISONS: Final = 50_000_000
_BOUNDARY: Final = re.compile(rb"boundary\s*=", re.IGNORECASE)
_WORD: Final = re.compile(r"=\?([\w.:+-]{1,40})(?:\*[\w-]{1,20})?\?([bBqQ])\?([^?\s]*)\?=")
_BETWEEN_WORDS: Final = re.compile(r"(\?=)\s+(?==\?[\w.:+*-]{1,61}\?[bBqQ]\?)")


@dataclass(frozen=True, slots=True)
class Part:
    """A leaf of the tree. path: `2.1`, as IMAP counts (RFC 3501), `1` for a message of one part.

    alternative: the paths of the multipart/alternative and multipart/related parts that it stands in.
    """

    path: str
    message: Message
    parents: tuple[tuple[str, str], ...]

    @property
    def media_type(self) -> str:
        return self.message.get_content_type()

    @property
    def is_attachment(self) -> bool:
        return self.message.get_content_disposition() == "attachment"

    @property
    def name(self) -> str:
        """The file name it states, or empty; no path in it."""
        try:
            stated = self.message.get_filename() or ""
        except (ValueError, LookupError, TypeError, AttributeError):
            return ""
        return sanitise_line(decoded_words(stated)).replace("\\", "/").rpartition("/")[2][:200]

    @property
    def charset(self) -> str | None:
        """As Python calls it; None when it states none that can be used."""
        try:
            stated = self.message.get_param("charset")
        except (ValueError, LookupError, TypeError, AttributeError):
            return None
        if isinstance(stated, tuple):
            stated = stated[2]
        return usable_charset(stated) if isinstance(stated, str) else None

    def data(self) -> bytes:
        """The bytes, freed of their transfer encoding. What cannot be freed of it stays as it is."""
        try:
            payload = self.message.get_payload(decode=True)
        except (ValueError, LookupError, TypeError, AttributeError):
            payload = None
        return payload if isinstance(payload, bytes) else b""


def head_of(data: bytes) -> dict[str, str]:
    """The headers that a file begins with, names in lower case, the first of each; empty when it begins otherwise."""
    start = 3 if data[:3] == b"\xef\xbb\xbf" else 0
    head = bytes(data[start : start + _HEAD_BYTES])
    found: dict[str, str] = {}
    place = 0
    while (match := _HEADER.match(head, place)) is not None:
        found.setdefault(match[1].decode("ascii").lower(), match[2].decode("latin-1"))
        place = match.end()
    # Lines that only look like headers run on into what is none.
    ended = place >= len(head) or head[place : place + 1] in {b"\n", b"\r"}
    return found if ended else {}


def parsed(data: bytes, where: str) -> Message:
    """Raises BadInput when its parts are nested beyond all measure."""
    # Every line is held against the boundaries of all parts that are open.
    boundaries = len(_BOUNDARY.findall(data))
    if boundaries > MAX_MAIL_PARTS or boundaries * data.count(b"\n") > _MAX_COMPARISONS:
        raise _over_limit(where)
    try:
        return message_from_bytes(data, policy=policy.compat32)
    except RecursionError as error:
        raise BadInput("parts nested too deep", where=where, cure="Save its text by itself") from error


def leaves(message: Message, where: str) -> Iterator[Part]:
    """The parts that hold something, in their order; an attached message is a leaf.

    Raises BadInput over the limits of depth and count.
    """
    pending: list[tuple[Message, str, tuple[tuple[str, str], ...]]] = [(message, "", ())]
    count = 0
    while pending:
        current, path, parents = pending.pop()
        count += 1
        if count > MAX_MAIL_PARTS or len(parents) > MAX_MAIL_DEPTH:
            raise _over_limit(where)
        inner = current.get_payload() if current.is_multipart() else None
        if isinstance(inner, list) and current.get_content_maintype() == "multipart":
            held = (*parents, (current.get_content_type(), path))
            steps = [(part, f"{path}.{number}".lstrip("."), held) for number, part in enumerate(inner, 1)]
            pending.extend(
                (part, name, above) for part, name, above in reversed(steps) if isinstance(part, Message)
            )
        else:
            yield Part(path or "1", current, parents)


def header(message: Message, name: str) -> str:
    """A header's value in words, on one line; empty when it is not there."""
    return sanitise_line(decoded_words(raw_header(message, name)))


def raw_header(message: Message, name: str) -> str:
    """A header as it stands; bytes beyond ASCII are read as the text they make likely."""
    value = next((text for key, text in message.raw_items() if key.lower() == name.lower()), "")
    return _text(str(value)[:_HEADER_CHARS])


def decoded_words(text: str) -> str:
    """Encoded words (RFC 2047) as text. A letter may be torn between two of them: those of one charset are joined
    before they are decoded."""
    if "=?" not in text:
        return text
    text = _BETWEEN_WORDS.sub(r"\1", text)
    pieces: list[str] = []
    place = 0
    held, held_charset = b"", ""
    for match in _WORD.finditer(text):
        if match.start() > place or match[1].lower() != held_charset:
            pieces.append(_decoded(held, held_charset))
            held = b""
        pieces.append(text[place : match.start()])
        held += _word_bytes(match[2], match[3])
        held_charset = match[1].lower()
        place = match.end()
    return "".join([*pieces, _decoded(held, held_charset), text[place:]])


def usable_charset(name: str) -> str | None:
    """A charset as Python calls it, if it is one that a page may declare."""
    stated = name.strip("\"' ").encode("ascii", "ignore")
    return declared_charset(b'<meta charset="' + stated + b'">') if stated else None


def _word_bytes(encoding: str, payload: str) -> bytes:
    raw = payload.encode("ascii", "ignore")
    if encoding in "qQ":
        return quopri.decodestring(raw, header=True)
    try:
        return b64decode(raw + b"=" * (-len(raw) % 4))
    except (binascii.Error, ValueError):
        return b""


def _decoded(data: bytes, charset: str) -> str:
    if not data:
        return ""
    try:
        return decode(data, declared=usable_charset(charset)).text
    except KashafError:
        return ""


def _text(value: str) -> str:
    if value.isascii():
        return value
    raw = value.encode("utf-8", "surrogateescape")
    try:
        return decode(raw).text
    except KashafError:
        return value.encode("ascii", "replace").decode("ascii")


def _over_limit(where: str) -> BadInput:
    return BadInput(
        f"mail of over {MAX_MAIL_PARTS} parts, or nested over {MAX_MAIL_DEPTH} levels",
        where=where,
        cure="Save its text by itself",
    )
