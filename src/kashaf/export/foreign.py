"""Annotations as other programs wrote them, before anybody looked for their words in our articles."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final, TypeAlias

from kashaf.errors import BadInput
from kashaf.said import said

if TYPE_CHECKING:
    from kashaf.notes.model import Confidence, EntityTarget, Kind, SearchTarget, Status

MAX_ANNOTATIONS: Final = 200_000
MAX_BYTES: Final = 256 * 1024 * 1024

_UUID = re.compile(r"(?:urn:uuid:)?([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})")
_FRACTION = re.compile(r"(:\d\d)\.\d+")


@dataclass(frozen=True, slots=True)
class Spot:
    """What an annotation says it is about: words of a page, or a page.

    sources: what the page is called, the best first: addresses, ids of ours. text_sha256: of the very text that the
    position counts in, or empty. quote: empty for the whole page. position: `[start, end)`, code points of that text.
    title, outlet, published, file_sha256: what is said of the page, or empty.
    """

    sources: tuple[str, ...]
    quote: str = ""
    prefix: str = ""
    suffix: str = ""
    position: tuple[int, int] | None = None
    text_sha256: str = ""
    file_sha256: str = ""
    title: str = ""
    outlet: str = ""
    published: str = ""


Aim: TypeAlias = "Spot | EntityTarget | SearchTarget"


@dataclass(frozen=True, slots=True)
class Foreign:
    """One annotation with one target. id: a UUID that is the same whenever it is read.

    where: its place in the file. created, modified: as notes keep them, or empty where nobody said.
    reply_to: the id of the annotation that it answers, or empty. other: the other end of a link.
    origin: its own name, where it was made by another program that may change it; else empty.
    """

    id: str
    where: str
    aim: Aim
    body: str = ""
    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    author: str = ""
    created: str = ""
    modified: str = ""
    confidence: Confidence = ""
    status: Status = "open"
    other: Spot | None = None
    reply_to: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Refused:
    """An annotation that could not become a note: where it stands in the file, what it says in short, and why."""

    where: str
    what: str
    reason: str


@dataclass(frozen=True, slots=True)
class Read:
    """What was found in a file. notices: what the analyst should know of the file as a whole."""

    annotations: tuple[Foreign, ...]
    refused: tuple[Refused, ...] = ()
    notices: tuple[str, ...] = ()


class Unusable(Exception):
    """An annotation that cannot become a note; the reason, in words for the analyst."""


def stable_id(name: str) -> str:
    """The UUID that a name holds, else one made of it (version 5, RFC 9562), the same each time."""
    found = _UUID.fullmatch(name)
    return found[1].lower() if found else str(uuid.uuid5(uuid.NAMESPACE_URL, name))


def moment(value: object) -> str:
    """A time of ISO 8601 as notes keep it, UTC with seconds; one without a zone is taken for UTC. Empty for none."""
    if not isinstance(value, str) or len(value) > 64:
        return ""
    try:
        read = datetime.fromisoformat(_FRACTION.sub(r"\1", value.strip()))
        read = read.replace(tzinfo=UTC) if read.tzinfo is None else read.astimezone(UTC)
    except (ValueError, OverflowError):
        return ""
    return f"{read.year:04}{read:-%m-%dT%H:%M:%SZ}"


def in_short(text: str) -> str:
    """The beginning of a text, in one line, for a report."""
    from kashaf.text.sanitise import sanitise_line  # noqa: PLC0415 -- only when something is refused

    line = sanitise_line(text[:400])
    return line if len(line) <= 60 else line[:59] + "…"


def check_number(count: int, where: str) -> None:
    """Raises BadInput for more annotations than one file may have."""
    if count > MAX_ANNOTATIONS:
        raise BadInput(
            said("over {n} annotations", n=MAX_ANNOTATIONS), where=where, cure=said("Split the file")
        )
