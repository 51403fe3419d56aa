"""Globs of files that an import does not look at."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from fnmatch import translate


def matcher(patterns: Sequence[str]) -> Callable[[str], bool]:
    """Whether one of the globs covers a path below a source, by the whole of it or by its last name."""
    if not patterns:
        return lambda _: False
    match = re.compile("|".join(map(translate, patterns))).match

    def covers(relative: str) -> bool:
        bare = relative.rstrip("/").rpartition("/")[2]
        return match(relative) is not None or match(bare) is not None

    return covers
