"""Fuzz target: any bytes as an archive."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from pathlib import Path

from kashaf.corpus.containers import is_container, unpack
from kashaf.corpus.walk import Found
from kashaf.errors import KashafError


def fuzz_containers(data: bytes) -> None:
    """Unpack `data`. Nothing but a KashafError may come of it, and nothing may be written beside the spool."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        path = root / "archive"
        path.write_bytes(data)
        spool = root / "spool"
        spool.mkdir()
        with suppress(KashafError):
            is_container(path)
            for found in unpack(Found(path, "archive", len(data)), spool, sha256=""):
                if not found.refusal and not found.path.is_relative_to(spool):
                    raise AssertionError(found.path)
        if {one.name for one in root.iterdir()} != {"archive", "spool"}:
            raise AssertionError(sorted(root.iterdir()))
