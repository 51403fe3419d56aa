"""Files read for an import: here or in other processes, and never more than one of them lost to a fault."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Final

from kashaf.corpus import readers
from kashaf.corpus.limits import MAX_FILE_BYTES
from kashaf.corpus.readers import ReadResult
from kashaf.corpus.walk import Found
from kashaf.errors import BadInput, KashafError
from kashaf.text.sanitise import sanitise_line

# What a parser may throw at a file that nobody thought of. OSError is the disk's, and told apart.
_FAULTS: Final = (
    ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, MemoryError,
)  # fmt: skip
_REASON_CHARS: Final = 200


@dataclass(frozen=True, slots=True)
class Contents:
    """A file as it was when it was read: the SHA-256 of its bytes, the bytes, and what is in them."""

    sha256: str
    data: bytes
    result: ReadResult


def read(path_name: str, data: bytes) -> ReadResult:
    """`readers.read`, with a fault in a reader said as BadInput: one file must not stop the others."""
    try:
        return readers.read(path_name, data)
    except _faults() as error:
        if isinstance(error, MemoryError):
            what, cure = "too little memory to read it", "Close other programs, or split the file"
        else:
            said = sanitise_line(str(error))[:_REASON_CHARS]
            what = f"its reader failed ({type(error).__name__}{': ' + said if said else ''})"
            cure = "Leave it out, or save it in another format"
        raise BadInput(what, where=sanitise_line(path_name), cure=cure) from error


def read_all(files: Sequence[Found], jobs: int) -> Iterator[tuple[Found, str | Contents]]:
    """`read_file` of each, in order; `jobs` at a time. Raises KashafError when a reading process is killed."""
    if jobs <= 1 or len(files) < 2:
        for found in files:
            yield found, read_file(found)
        return
    with ProcessPoolExecutor(jobs, initializer=_ignore_interrupts) as pool:
        remaining = iter(files)
        window: list[tuple[Found, Future[str | Contents]]] = []
        try:
            for found in islice(remaining, 4 * jobs):
                window.append((found, pool.submit(read_file, found)))
            while window:
                found, future = window.pop(0)
                outcome = future.result()
                for following in islice(remaining, 1):
                    window.append((following, pool.submit(read_file, following)))
                yield found, outcome
        except BrokenExecutor as error:
            raise KashafError(
                "a process that reads files was killed", cure="Free some memory, or use --jobs 1"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def read_file(found: Found) -> str | Contents:
    """The file's contents, or the reason why it has none."""
    if found.size > MAX_FILE_BYTES:
        return f"larger than {MAX_FILE_BYTES // 2**20} MB; split it"
    try:
        data = found.path.read_bytes()
        result = read(found.relative, data)
    except OSError as error:
        return error.strerror or "cannot be read"
    except MemoryError:
        return "too little memory to read it"
    except KashafError as error:
        return f"{error.what}. {error.cure}" if error.cure else error.what
    if not result.members and not result.failures:
        return "no article in it"
    return Contents(hashlib.sha256(data).hexdigest(), data, result)


def hash_file(path: Path) -> str | None:
    """The SHA-256 of the file, or None when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return None


def _faults() -> tuple[type[BaseException], ...]:
    """`_FAULTS`, and lxml's own if a reader brought lxml in: it is not imported to ask."""
    etree = sys.modules.get("lxml.etree")
    return (*_FAULTS, etree.LxmlError) if etree is not None else _FAULTS


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that waits for the others answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
