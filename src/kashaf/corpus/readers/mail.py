"""E-mail (RFC 5322): a message is an article, and so is every attachment in a format that is read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime
from pathlib import PurePosixPath
from typing import Final

from kashaf.corpus.article import Evidence, MetadataField
from kashaf.corpus.dates import parse_date
from kashaf.corpus.decode import Decoded, decode
from kashaf.corpus.limits import MAX_MAIL_DEPTH
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.mail_text import plain_blocks
from kashaf.corpus.readers.markup import plain_text
from kashaf.corpus.readers.mime import Part, decoded_words, head_of, header, leaves, parsed, raw_header
from kashaf.corpus.readers.model import Failure, Format, Hints, Member, Source
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise, sanitise_line

_SUFFIXES: Final = frozenset({".eml"})
_OF_MAIL: Final = frozenset(
    {"received", "message-id", "mime-version", "return-path", "delivered-to", "from", "date", "subject", "to",
     "x-mailer", "list-id", "content-type", "content-transfer-encoding"}
)  # fmt: skip
_SURELY: Final = frozenset({"received", "message-id", "mime-version", "return-path", "delivered-to"})
_NOT_READ: Final = (
    "image/",
    "audio/",
    "video/",
    "font/",
    "text/css",
    "text/calendar",
    "text/x-vcard",
    "text/vcard",
)
_SIGNED: Final = frozenset(
    {"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"}
)
_ENCRYPTED: Final = frozenset(
    {"application/pgp-encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime"}
)
_TNEF: Final = frozenset({"application/ms-tnef", "application/vnd.ms-tnef"})
_MAX_NAMED: Final = 5
_EMPTY: Final = Decoded("", "utf-8", 1.0)


def sniff(source: Source) -> bool:
    """Headers of mail at the beginning; where the suffix says nothing, also one that only a mail has."""
    head = head_of(source.data)
    if not head:
        return False
    known = _OF_MAIL & head.keys()
    if source.suffix in _SUFFIXES:
        return len(known) >= 2
    return len(known) >= 3 and bool(_SURELY & known) and bool({"from", "subject", "date"} & known)


def read(source: Source) -> Iterable[Member | Failure]:
    """The message, then its attachments in formats that are read, with the number of their part as key.

    Raises BadInput when there is neither text nor such an attachment.
    """
    return _message(source, parsed(bytes(source.data), source.path), "", 0)


@dataclass(slots=True)
class _Contents:
    """texts: of the message, in their order. ignored: names of attachments that are no articles."""

    texts: list[Part]
    attached: list[Part]
    ignored: list[str]


def _message(source: Source, message: Message, prefix: str, depth: int) -> Iterator[Member | Failure]:
    contents = _sorted(leaves(message, source.path))
    blocks, decoded = _body(contents.texts)
    attached = [
        outcome
        for part in contents.attached
        for outcome in _attached(source, part, f"{prefix}.{part.path}".lstrip("."), depth)
    ]
    if blocks:
        warnings = []
        if contents.ignored:
            more = len(contents.ignored) - _MAX_NAMED
            named = ", ".join(contents.ignored[:_MAX_NAMED]) + (f" and {more} more" if more > 0 else "")
            warnings.append(f"attachments not read: {named}")
        try:
            member = assemble(
                source.read_as(decoded or _EMPTY), blocks, _stated(message), key=prefix, warnings=warnings
            )
            yield replace(member, sha256=_digest(member)) if prefix else member
        except BadInput as error:
            if not attached:
                raise
            yield Failure(prefix or "1", error.what)
    elif not any(isinstance(one, Member) for one in attached):
        raise _nothing(source, contents, attached)
    yield from attached


def _sorted(parts: Iterable[Part]) -> _Contents:
    texts: list[Part] = []
    attached: list[Part] = []
    ignored: list[str] = []
    for part in parts:
        kind = part.media_type
        if (kind in {"text/plain", "text/html"} and not part.is_attachment and not part.name) or (
            kind == "text/plain" and not part.is_attachment and not PurePosixPath(part.name).suffix
        ):
            texts.append(part)
        elif kind in _SIGNED or (kind.startswith("message/") and kind != "message/rfc822"):
            continue
        elif kind.startswith(_NOT_READ):
            if part.is_attachment or part.name:
                ignored.append(part.name or kind)
        else:
            attached.append(part)
    return _Contents(texts, attached, ignored)


def _is_text(part: Part, kind: str) -> bool:
    if part.is_attachment or kind not in {"text/plain", "text/html"}:
        return False
    return not part.name or (kind == "text/plain" and not PurePosixPath(part.name).suffix)


def _body(texts: list[Part]) -> tuple[list[Block], Decoded | None]:
    """The lines of the message, and how the first part of them was encoded. Of alternatives the richest that holds
    something: HTML, which tells headings from text."""
    chosen: dict[tuple[str, str], tuple[list[Block], Decoded, str]] = {}
    for part in texts:
        group = next(
            (one for one in reversed(part.parents) if one[0] == "multipart/alternative"), ("", part.path)
        )
        decoded = decode(part.data(), declared=part.charset)
        blocks = _html_blocks(decoded.text) if part.media_type == "text/html" else _plain(part, decoded.text)
        before = chosen.get(group)
        if blocks and (before is None or (before[2] != part.media_type == "text/html")):
            chosen[group] = (blocks, decoded, part.media_type)
    found = list(chosen.values())
    return [block for blocks, _, _ in found for block in blocks], found[0][1] if found else None


def _plain(part: Part, text: str) -> list[Block]:
    flowed = str(part.message.get_param("format") or "").lower() == "flowed"
    spaced = str(part.message.get_param("delsp") or "").lower() != "yes"
    return plain_blocks(sanitise(text).text, flowed=flowed, spaced=spaced)


def _html_blocks(text: str) -> list[Block]:
    """The whole text of an HTML body: a letter has no chrome to be judged, and a newsletter is laid out in tables."""
    from kashaf.corpus.readers import html  # noqa: PLC0415
    from kashaf.corpus.readers.blocks import flow  # noqa: PLC0415

    markup = sanitise(text).text
    if not markup.strip():
        return []
    tree = html.parse(markup)
    if tree is None:
        return [Block(line) for line in plain_text(markup).split("\n") if line]
    return flow(tree)


def _stated(message: Message) -> Stated:
    evidences: list[Evidence] = []

    def found(
        name: MetadataField, header_name: str, value: str | None, confidence: float = 1.0
    ) -> str | None:
        if value:
            evidences.append(Evidence(name, f"header: {header_name}", confidence))
        return value or None

    title = found("title", "Subject", header(message, "Subject"))
    author = found("author", "From", _author(message), 0.9)
    outlet = found("outlet", "Organization", header(message, "Organization"), 0.8)
    url = found("url", "Archived-At", header(message, "Archived-At").strip("<>"), 0.9)
    language = found("language", "Content-Language", header(message, "Content-Language"), 0.8)
    sent = _sent(message)
    if sent is not None:
        evidences.append(Evidence("published", "header: Date", 1.0))
    return Stated(
        title=title,
        author=author,
        outlet=outlet,
        url=url,
        language=language,
        published=sent,
        evidence="header: Date" if sent is not None else "",
        evidences=tuple(evidences),
        may_hold_title=title is None,
        may_hold_date=sent is None,
    )


def _author(message: Message) -> str | None:
    """The name of the first sender, or the address of one who gives no name."""
    stated = raw_header(message, "From")
    try:
        pairs = getaddresses([stated])
    except (ValueError, LookupError, TypeError, AttributeError):
        pairs = []
    name, address = next((pair for pair in pairs if any(pair)), ("", ""))
    return sanitise_line(decoded_words(name)).strip("\"' ") or sanitise_line(address) or None


def _sent(message: Message) -> date | None:
    """The day by the sender's clock."""
    stated = header(message, "Date")
    try:
        return parsedate_to_datetime(stated).date()
    except (ValueError, TypeError, LookupError, OverflowError):
        found = parse_date(stated)
        return found.value if found is not None and found.granularity == "day" else None


def _attached(source: Source, part: Part, key: str, depth: int) -> Iterator[Member | Failure]:
    kind, name = part.media_type, part.name
    if kind in _TNEF or name.lower() == "winmail.dat":
        yield Failure(
            key, f"{name or 'winmail.dat'}: Outlook's own format; have it sent again as HTML or text"
        )
        return
    if kind in _ENCRYPTED:
        yield Failure(key, "encrypted mail; decrypt it and save it again")
        return
    if kind == "message/rfc822":
        inner = part.message.get_payload()
        letter = inner[0] if isinstance(inner, list) and inner else None
        if isinstance(letter, Message):
            yield from _letter(source, letter, key, depth + 1)
        return
    data = part.data()
    if not data.strip():
        return
    hints = Hints(charset=part.charset, media_type=kind)
    suffix = PurePosixPath(name).suffix.lower() or (".html" if kind == "text/html" else "")
    held = replace(source, data=data, suffix=suffix, hints=hints)
    try:
        yield from _document(held, key, depth + 1)
    except BadInput as error:
        yield Failure(key, f"{name}: {error.what}" if name else error.what)


def _letter(source: Source, message: Message, key: str, depth: int) -> Iterator[Member | Failure]:
    if depth > MAX_MAIL_DEPTH:
        yield Failure(key, f"mails attached to mails over {MAX_MAIL_DEPTH} times")
        return
    try:
        yield from _message(source, message, key, depth)
    except BadInput as error:
        yield Failure(key, error.what)


def _document(source: Source, key: str, depth: int) -> Iterator[Member | Failure]:
    from kashaf.corpus.readers import format_of  # noqa: PLC0415 -- which lists this module

    chosen = format_of(source)
    digest = hashlib.sha256(source.data).hexdigest()
    if chosen is FORMAT:
        yield from _letter(source, parsed(bytes(source.data), source.path), key, depth)
        return
    for outcome in chosen.read(source):
        if isinstance(outcome, Failure):
            yield Failure(f"{key}/{outcome.member}", outcome.reason)
            continue
        place = f"{key}/{outcome.key}" if outcome.key else key
        draft = outcome.draft
        origin = replace(draft.provenance, member=place)
        own = outcome.sha256 if outcome.sha256 != source.sha256 else digest
        yield Member(replace(draft, provenance=origin), place, own)


def _digest(member: Member) -> str:
    """Of an attached message: of its text, because its bytes are no more at hand as they were sent."""
    return hashlib.sha256(member.draft.text.encode("utf-8", "surrogatepass")).hexdigest()


def _nothing(source: Source, contents: _Contents, attached: list[Member | Failure]) -> BadInput:
    failed = next((one for one in attached if isinstance(one, Failure)), None)
    if failed is not None:
        return BadInput(
            f"mail without text; {failed.reason}", where=source.path, cure="Save the attachment by itself"
        )
    what = "mail whose only content is " + contents.ignored[0] if contents.ignored else "mail without text"
    return BadInput(what, where=source.path, cure="Save the mail again, with its text")


FORMAT = Format("mail", sniff, read, binary=True)
