"""How far an import is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from kashaf.corpus.walk import Found, display


@dataclass(frozen=True, slots=True)
class Progress:
    """Files and bytes looked at so far, of those known to be there."""

    files: int
    total_files: int
    bytes: int
    total_bytes: int
    path: str


class Meter:
    """Progress through the files: what is known counts as done, and what is read twice counts once."""

    def __init__(self, files: Sequence[Found], unknown: Sequence[Found]) -> None:
        self._left = {found.path: found.size for found in unknown}
        self._total_files = len(files)
        self._total_bytes = sum(found.size for found in files)
        self._bytes = self._total_bytes - sum(found.size for found in unknown)

    def at(self, found: Found) -> Progress:
        """Count the file, which has been read."""
        self._bytes += self._left.pop(found.path, 0)
        files = self._total_files - len(self._left)
        return Progress(files, self._total_files, self._bytes, self._total_bytes, display(found.path))
