"""Golden files: bytes that were agreed.

`KASHAF_GOLDEN=update pytest tests/golden` writes them anew; look at the diff before you commit.
"""

from __future__ import annotations

import os
from pathlib import Path


def assert_golden(path: Path, data: bytes) -> None:
    """Compare `data` with the golden file at `path`, or put it there when the files are to be written anew."""
    if os.environ.get("KASHAF_GOLDEN") == "update":
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
    assert data == path.read_bytes(), f"not as in {path.name}"
