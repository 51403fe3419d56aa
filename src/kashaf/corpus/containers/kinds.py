"""The kinds of archives, known by their content alone.

To add a kind that is read forward, write a module with `sniff(head)` and `entries(stream)`, and name it in
`_FORWARD`.
"""

from __future__ import annotations

from types import ModuleType
from typing import BinaryIO, Final

from kashaf.corpus.containers import mboxes, tars, warcs, zips
from kashaf.corpus.containers.codecs import codec_of

_FORWARD: Final[tuple[ModuleType, ...]] = (tars, warcs, mboxes)
HEAD_BYTES: Final = 4096


def is_archive(file: BinaryIO) -> bool:
    """As `containers.is_container`, of an open file."""
    file.seek(0)
    head = file.read(HEAD_BYTES)
    return zips.sniff(head, file) or codec_of(head) is not None or forward(head) is not None


def may_be_archive(head: bytes) -> bool:
    """Whether a file with these first `HEAD_BYTES` may be an archive: documents are not told apart."""
    return zips.begins(head) or codec_of(head) is not None or forward(head) is not None


def forward(head: bytes) -> ModuleType | None:
    """The kind that is read forward and begins like this."""
    return next((kind for kind in _FORWARD if kind.sniff(head)), None)
