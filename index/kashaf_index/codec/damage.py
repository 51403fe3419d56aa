"""Whatever is wrong with an index is one error, IndexDamaged. An index is derived data: the cure is to rebuild it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from kashaf.errors import IndexDamaged
from kashaf.said import said

CURE_REBUILD: Final = said("Run `kashaf index --rebuild`: nothing you made is in the index")


def damaged(what: str, where: Path | str) -> IndexDamaged:
    """The error to raise over a file that is not what was written."""
    return IndexDamaged(what, where=str(where), cure=CURE_REBUILD)


def unreadable(error: OSError, where: Path | str) -> IndexDamaged:
    """The error to raise over a file that the system cannot read."""
    return damaged(said("a file cannot be read ({reason})", reason=reason(error)), where)


def reason(error: OSError) -> str:
    """What the system said, for a sentence."""
    return said(error.strerror) if error.strerror else type(error).__name__
