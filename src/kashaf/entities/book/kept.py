"""The last good reading of a hand-written file, kept as derived data: what works on while the file is being mended.

It is also read faster than the file. One file in `CASE/.kashaf/names/` for each; any of them may be deleted.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Generic, TypeVar

import orjson

from kashaf.errors import BadInput, DiskTrouble
from kashaf.storage.atomic import ensure_dir, read_bytes, write_bytes
from kashaf.yaml_safe import MAX_BYTES

T = TypeVar("T")

#: Of the form of what is kept, and of what is taken for right.
_VERSION: Final = 1
_FAULTS: Final = (ValueError, TypeError, KeyError, AttributeError, RecursionError)


class Kept(Generic[T]):
    """What was last read of `path` without a fault, in `folder`; nothing is kept when that is None."""

    def __init__(
        self,
        path: Path,
        folder: Path | None,
        name: str,
        parse: Callable[[bytes], T],
        to_plain: Callable[[T], Mapping[str, Any]],
        from_plain: Callable[[Mapping[str, Any]], T],
    ) -> None:
        self._path = path
        self._copy = folder / f"{name}.json" if folder else None
        self._parse = parse
        self._to_plain = to_plain
        self._from_plain = from_plain

    def read(self) -> tuple[T | None, BadInput | None]:
        """The file's value, None without a file; when it has a fault the last good one, and the fault.

        The last good one is None when none is kept. Raises DiskTrouble.
        """
        try:
            data = read_bytes(self._path, limit=MAX_BYTES)
        except BadInput as error:
            return self._last(""), error
        if data is None:
            return None, None
        sha256 = hashlib.sha256(data).hexdigest()
        kept = self._last(sha256)
        if kept is not None:
            return kept, None
        try:
            value = self._parse(data)
        except BadInput as error:
            return self._last(""), error
        self._keep(sha256, value)
        return value, None

    def _last(self, sha256: str) -> T | None:
        """What is kept, of a file of this hash or of any; None when it is of another."""
        if self._copy is None:
            return None
        with suppress(DiskTrouble, *_FAULTS):
            value = orjson.loads(read_bytes(self._copy) or b"")
            if value["version"] == _VERSION and sha256 in ("", value["sha256"]):
                return self._from_plain(value["value"])
        return None

    def _keep(self, sha256: str, value: T) -> None:
        if self._copy is None:
            return
        # Read-only media, a full disk: the next one reads the file again.
        with suppress(DiskTrouble):
            ensure_dir(self._copy.parent)
            kept = {"version": _VERSION, "sha256": sha256, "value": self._to_plain(value)}
            write_bytes(self._copy, orjson.dumps(kept), durable=False)
