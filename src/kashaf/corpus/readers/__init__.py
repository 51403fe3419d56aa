"""Files to articles: one module a format.

To add a format, write a module with a `FORMAT` and name it in `_FORMATS`, the pickier before the plainer.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from kashaf.corpus.limits import MAX_FILE_BYTES, check_file
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers.model import Failure, Format, Hints, Member, ReadResult, Source
from kashaf.text.sanitise import sanitise_line

__all__ = ["Failure", "Hints", "Member", "ReadResult", "articles", "format_of", "read", "source_of"]

# Binary formats are asked before any text is decoded.
_FORMATS: Final = (
    "mhtml", "mail", "pdf", "docx", "odt", "epub", "office",
    "jsonl", "feed", "table", "html", "markdown", "text",
)  # fmt: skip


def articles(
    path_name: str,
    data: bytes,
    *,
    sha256: str | None = None,
    options: ReadOptions | None = None,
    hints: Hints | None = None,
) -> Iterator[Member | Failure]:
    """The articles of a file, one by one, and the records of a file of many that could not be read.

    path_name: the file's name as the analyst knows it; only its suffix is used, and only as a hint.
    data: the whole file, or a memory map of it. sha256: of `data`, when it is known.
    Raises BadInput, at once or on the way, when the file or the rest of it cannot be read: reason and cure.
    """
    source = source_of(path_name, data, sha256=sha256, options=options, hints=hints)
    return iter(format_of(source).read(source))


def source_of(
    path_name: str,
    data: bytes,
    *,
    sha256: str | None = None,
    options: ReadOptions | None = None,
    hints: Hints | None = None,
) -> Source:
    """What `articles` makes of its arguments. Raises BadInput for an empty file."""
    path = sanitise_line(path_name.replace("\\", "/")) or "unnamed"
    if len(data) == 0:
        check_file(0, where=path)
    if len(data) <= MAX_FILE_BYTES:
        data = bytes(data)  # a memory map has fewer methods
    return Source(
        path=path,
        suffix=PurePosixPath(path).suffix.lower(),
        data=data,
        sha256=sha256 or hashlib.sha256(data).hexdigest(),
        options=options or ReadOptions(),
        hints=hints or Hints(),
    )


def read(
    path_name: str, data: bytes, options: ReadOptions | None = None, hints: Hints | None = None
) -> ReadResult:
    """All of `articles` at once. Raises BadInput."""
    found = list(articles(path_name, data, options=options, hints=hints))
    return ReadResult(
        tuple(one for one in found if isinstance(one, Member)),
        tuple(one for one in found if isinstance(one, Failure)),
    )


def format_of(source: Source) -> Format:
    """The format that the file is read as. Raises BadInput for a binary file that no format knows."""
    if len(source.data) > MAX_FILE_BYTES:
        for one in _formats():
            if one.streams and one.sniff(source):
                return one
        check_file(len(source.data), where=source.path)
    return next(one for one in _formats() if one.sniff(source))


@cache
def _formats() -> tuple[Format, ...]:
    found = [_format(name) for name in _FORMATS]
    return (*(one for one in found if one.binary), *(one for one in found if not one.binary))


def _format(name: str) -> Format:
    chosen = import_module(f"{__name__}.{name}").FORMAT
    assert isinstance(chosen, Format)
    return chosen
