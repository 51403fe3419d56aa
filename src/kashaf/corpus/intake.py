"""The bytes of files, on their way to the catalogue: kept first, then read, with a count of how far it is."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from kashaf.corpus.keeping import Keeper
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.progress import Meter
from kashaf.corpus.readers import Member
from kashaf.corpus.reading import Contents, is_large, open_large, read_all, reason_of, refusal_of_large
from kashaf.corpus.unpacking import Archives
from kashaf.corpus.walk import Found, shown
from kashaf.errors import BadInput
from kashaf.storage.atomic import copy_file

_BYTES_A_CHAR: Final = 2  # of Arabic in UTF-8, about
_WORTH_PROCESSES: Final = 32 * 2**20  # bytes to read
_MOST_PROCESSES: Final = 8
_CHANGED: Final = "changed while it was read; import it again"


class Intake:
    """Reads the files of one import. keeper_of: where a file's bytes are to be kept, if they are."""

    def __init__(
        self,
        jobs: int | None,
        options: ReadOptions,
        archives: Archives,
        keeper_of: Callable[[Found], Keeper | None],
        meter: Meter,
    ) -> None:
        self._jobs = jobs
        self._options = options
        self._archives = archives
        self._keeper_of = keeper_of
        self._meter = meter
        self._hashes: dict[str, str] = {}
        self._counted: set[Path] = set()
        self._at: Found | None = None
        self._passed = 0

    def refusal(self, found: Found) -> str | None:
        """Why a file that does not fit in memory is not worth hashing; None for any other."""
        return refusal_of_large(found, self._options) if is_large(found) else None

    def expect(self, found: Found, sha256: str | None) -> None:
        """The file will be read, and had this hash."""
        if sha256 is not None and is_large(found):
            self._hashes[found.relative] = sha256

    def read(self, files: list[Found]) -> Iterator[tuple[Found, str | Contents]]:
        """The contents of each, or the reason why it has none. Those of a large file are good until the next.

        files: of one archive, or of none.
        """
        placed: dict[Path, Found] = {}
        small: list[Found] = []
        large: list[Found] = []
        for found in files:
            real = self._archives.real(found)
            if real is None:
                yield found, _CHANGED
                self._count(found)
                continue
            placed[real.path] = found
            (large if is_large(found) else small).append(real)
        for real, outcome in read_all(small, self._jobs_for(small), self._options):
            found = placed[real.path]
            if isinstance(outcome, Contents) and (keeper := self._keeper_of(found)):
                keeper.keep(outcome.sha256, outcome.data)
            self._begin(found)
            yield found, outcome
            self._count(found)
        for real in large:
            found = placed[real.path]
            self._begin(found)
            yield from self._read_large(found, real)
            self._count(found)

    def passed(self, member: Member) -> None:
        """An article of the file at hand was read. A large file's progress is told by them, about."""
        found = self._at
        if found is None or found.path in self._counted:
            return
        size = min(_BYTES_A_CHAR * len(member.draft.text), found.size - self._passed)
        self._passed += size
        self._meter.add(shown(found), files=0, size=size)

    def _jobs_for(self, files: list[Found]) -> int:
        """Processes cost half a second each; one is left to the index, which is written meanwhile."""
        if self._jobs is not None:
            return self._jobs
        if sum(found.size for found in files) < _WORTH_PROCESSES:
            return 1
        return max(1, min(_MOST_PROCESSES, (os.cpu_count() or 1) - 1))

    def _read_large(self, found: Found, real: Found) -> Iterator[tuple[Found, str | Contents]]:
        sha256 = self._hashes.get(found.relative)
        refusal = refusal_of_large(real, self._options)
        if refusal is not None or sha256 is None:
            yield found, refusal or "cannot be read"
            return
        keeper = self._keeper_of(found)
        copy = real.path
        try:
            if keeper is not None:
                copy = keeper.keep_file(sha256, real.path)
            elif not found.container:
                # A file that is cut short under a memory map kills the process.
                copy = self._archives.new_file()
                copy_file(real.path, copy, sha256=sha256)
        except BadInput:
            yield found, _CHANGED
            return
        try:
            with open_large(found, copy, sha256, self._options) as contents:
                yield found, contents
        except OSError as error:
            yield found, error.strerror or "cannot be read"
        except BadInput as error:
            yield found, reason_of(error)
        finally:
            if keeper is None and copy != real.path:
                copy.unlink(missing_ok=True)

    def _begin(self, found: Found) -> None:
        self._at, self._passed = found, 0

    def _count(self, found: Found) -> None:
        """What is read twice counts once."""
        if found.path not in self._counted:
            self._counted.add(found.path)
            self._meter.add(shown(found), size=found.size - (self._passed if self._at is found else 0))
