"""Which of the formats that we read a file is in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kashaf.errors import BadInput
from kashaf.export import hypothesis, native, w3c_import
from kashaf.export.foreign import MAX_BYTES, Read
from kashaf.storage.strict_json import loads

if TYPE_CHECKING:
    from kashaf.storage.strict_json import Json

Readable: TypeAlias = Literal["native", "w3c", "hypothesis"]
READABLE: Final[tuple[Readable, ...]] = get_args(Readable)


def read(data: bytes, *, where: str, form: Readable | None = None) -> native.NativeFile | Read:
    """What a file holds. form: the format that it is in; None to go by what it looks like.

    Raises BadInput for a file that is none, or damaged; single annotations that are of no use are in `Read.refused`.
    """
    if form in (None, "hypothesis") and hypothesis.is_csv(data):
        if len(data) > MAX_BYTES:
            raise BadInput(f"over {MAX_BYTES // 1024 // 1024} MiB", where=where, cure="Split the file")
        return hypothesis.read_csv(data, where=where)
    document = loads(data, where=where, max_bytes=MAX_BYTES)
    form = form or _looks(document)
    match form:
        case "native":
            return native.read(document, where=where)
        case "w3c":
            return w3c_import.read(document, where=where)
        case "hypothesis":
            return hypothesis.read(document, where=where)
    raise BadInput(
        "no notes that Kashaf can read",
        where=where,
        cure="Give a native export, W3C Web Annotations, or annotations of Hypothesis",
    )


def _looks(document: Json) -> Readable | None:
    if isinstance(document, dict) and document.get("format") == native.FORMAT:
        return "native"
    if w3c_import.is_w3c(document):
        return "w3c"
    return "hypothesis" if hypothesis.is_hypothesis(document) else None
