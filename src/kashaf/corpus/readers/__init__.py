"""Files to articles: one module a format.

To add a format, write a module with a `FORMAT` and name it in `_FORMATS`, the pickier before the plainer.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import PurePosixPath
from typing import Final

from kashaf.corpus.decode import declared_charset, decode
from kashaf.corpus.limits import check_file
from kashaf.corpus.readers.model import Failure, Format, Member, ReadResult, Source
from kashaf.text.sanitise import sanitise_line

__all__ = ["Failure", "Member", "ReadResult", "read"]

_FORMATS: Final = ("jsonl", "html", "markdown", "text")


def read(path_name: str, data: bytes) -> ReadResult:
    """Read the articles of a file.

    path_name: the file's name as the analyst knows it; only its suffix is used, and only as a hint.
    data: the whole file.
    Raises BadInput when the file as a whole cannot be read, with the reason and the cure. A record of a file of
    many that cannot be read is a `Failure` of the result; the others are read.
    """
    path = sanitise_line(path_name.replace("\\", "/")) or "unnamed"
    check_file(len(data), where=path)
    source = Source(
        path=path,
        suffix=PurePosixPath(path).suffix.lower(),
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        decoded=decode(data, declared=declared_charset(data), where=path),
    )
    return next(chosen for chosen in map(_format, _FORMATS) if chosen.sniff(source)).read(source)


def _format(name: str) -> Format:
    chosen = import_module(f"{__name__}.{name}").FORMAT
    assert isinstance(chosen, Format)
    return chosen
