"""Files read for an import: here or in other processes, and never more than one of them lost to a fault."""

from __future__ import annotations

import hashlib
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import BrokenExecutor, Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from itertools import islice
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final, cast

from kashaf.corpus import readers
from kashaf.corpus.limits import MAX_FILE_BYTES, MAX_STREAM_BYTES
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import Failure, Hints, Member, ReadResult
from kashaf.corpus.walk import Found, open_file
from kashaf.errors import BadInput, KashafError
from kashaf.text.sanitise import sanitise_line

#: A larger file of many articles is read one article at a time, in the process that imports.
LARGE_BYTES: Final = 4 * 2**20

# What a parser may throw at a file that nobody thought of. OSError is the disk's, and told apart.
_FAULTS: Final = (
    ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError, MemoryError,
)  # fmt: skip
_REASON_CHARS: Final = 200
_PIECE: Final = 2**20
_CHANGED: Final = "changed while it was read; import it again"


@dataclass(frozen=True, slots=True)
class Contents:
    """A file as it was when it was read.

    data: its bytes, or a memory map of them. format: the name of its reader. result: what is in it, when that was
    read at once.
    """

    sha256: str
    data: bytes
    format: str
    path_name: str
    options: ReadOptions
    hints: Hints | None = None
    result: ReadResult | None = None

    def items(self) -> Iterator[Member | Failure]:
        """The articles, and the records that failed. Raises BadInput where the rest cannot be read."""
        if self.result is not None:
            return iter((*self.result.members, *self.result.failures))
        return articles(self.path_name, self.data, self.sha256, self.options, self.hints)

    def count_lines(self) -> int:
        """Line breaks, and one."""
        size = len(self.data)
        pieces = (self.data[start : start + _PIECE] for start in range(0, size, _PIECE))
        return sum(piece.count(b"\n") for piece in pieces) + 1


def read(path_name: str, data: bytes, options: ReadOptions | None = None) -> ReadResult:
    """`readers.read`, with a fault in a reader said as BadInput: one file must not stop the others."""
    with _faults_as_bad_input(path_name):
        return readers.read(path_name, data, options)


def articles(
    path_name: str, data: bytes, sha256: str, options: ReadOptions, hints: Hints | None = None
) -> Iterator[Member | Failure]:
    """`readers.articles`, likewise."""
    with _faults_as_bad_input(path_name):
        yield from readers.articles(path_name, data, sha256=sha256, options=options, hints=hints)


@contextmanager
def _faults_as_bad_input(path_name: str) -> Iterator[None]:
    try:
        yield
    except _faults() as error:
        if isinstance(error, MemoryError):
            what, cure = "too little memory to read it", "Close other programs, or split the file"
        else:
            said = sanitise_line(str(error))[:_REASON_CHARS]
            what = f"its reader failed ({type(error).__name__}{': ' + said if said else ''})"
            cure = "Leave it out, or save it in another format"
        raise BadInput(what, where=sanitise_line(path_name), cure=cure) from error


def read_all(
    files: Sequence[Found], jobs: int, options: ReadOptions
) -> Iterator[tuple[Found, str | Contents]]:
    """`read_file` of each, in order; `jobs` at a time. Raises KashafError when a reading process is killed."""
    if jobs <= 1 or len(files) < 2:
        for found in files:
            yield found, read_file(found, options)
        return
    with ProcessPoolExecutor(jobs, initializer=_ignore_interrupts) as pool:
        remaining = iter(files)
        window: list[tuple[Found, Future[str | Contents]]] = []
        try:
            for found in islice(remaining, 4 * jobs):
                window.append((found, pool.submit(read_file, found, options)))
            while window:
                found, future = window.pop(0)
                outcome = future.result()
                for following in islice(remaining, 1):
                    window.append((following, pool.submit(read_file, following, options)))
                yield found, outcome
        except BrokenExecutor as error:
            raise KashafError(
                "a process that reads files was killed", cure="Free some memory, or use --jobs 1"
            ) from error
        finally:
            pool.shutdown(cancel_futures=True)


def read_file(found: Found, options: ReadOptions) -> str | Contents:
    """The contents of a file that fits in memory, or the reason why it has none."""
    if found.size > MAX_FILE_BYTES:
        return f"larger than {MAX_FILE_BYTES // 2**20} MB; split it"
    try:
        with open_file(found.path) as file:
            data = file.read(MAX_FILE_BYTES + 1)
        if len(data) > MAX_FILE_BYTES:
            return _CHANGED
        with _faults_as_bad_input(found.relative):
            sha256 = hashlib.sha256(data).hexdigest()
            source = readers.source_of(
                found.relative, data, sha256=sha256, options=options, hints=found.hints
            )
            chosen = readers.format_of(source)
            contents = Contents(sha256, data, chosen.name, found.relative, options, found.hints)
            if chosen.streams and len(data) > LARGE_BYTES:
                return contents
            items = list(chosen.read(source))
    except OSError as error:
        return error.strerror or "cannot be read"
    except MemoryError:
        return "too little memory to read it"
    except KashafError as error:
        return reason_of(error)
    if not items:
        return "no article in it"
    result = ReadResult(
        tuple(one for one in items if isinstance(one, Member)),
        tuple(one for one in items if isinstance(one, Failure)),
    )
    return Contents(sha256, data, chosen.name, found.relative, options, found.hints, result)


def is_large(found: Found) -> bool:
    """Whether the file is one for `open_large`."""
    return found.size > MAX_FILE_BYTES


def refusal_of_large(found: Found, options: ReadOptions) -> str | None:
    """Why a file that does not fit in memory cannot be read; None when it can. Looks at its beginning only."""
    if found.size > MAX_STREAM_BYTES:
        return f"larger than {MAX_STREAM_BYTES // 2**30} GB; split it"
    try:
        with open_large(found, found.path, "0" * 64, options) as _:
            return None
    except OSError as error:
        return error.strerror or "cannot be read"
    except KashafError as error:
        return reason_of(error)


@contextmanager
def open_large(found: Found, copy: Path, sha256: str, options: ReadOptions) -> Iterator[Contents]:
    """The contents of a file of many articles, read from `copy`, which nobody cuts short meanwhile.

    Raises OSError, and BadInput for a file that no format reads piece by piece.
    """
    with open_file(copy) as file, mmap(file.fileno(), 0, access=ACCESS_READ) as mapped:
        data = cast(bytes, mapped)
        with _faults_as_bad_input(found.relative):
            source = readers.source_of(
                found.relative, data, sha256=sha256, options=options, hints=found.hints
            )
            chosen = readers.format_of(source)
        yield Contents(sha256, data, chosen.name, found.relative, options, found.hints)


def fields_of(contents: Contents) -> str:
    """What the fields of a file of records are taken for, in words; empty for any other file."""
    from kashaf.corpus.readers.mapping import MAPPED, mapping_of  # noqa: PLC0415 -- it imports its readers

    if contents.format not in MAPPED:
        return ""
    try:
        with _faults_as_bad_input(contents.path_name):
            found = mapping_of(
                readers.source_of(
                    contents.path_name, contents.data, sha256=contents.sha256, options=contents.options
                )
            )
    except BadInput:
        return ""
    return sanitise_line(str(found or ""))


def reason_of(error: KashafError) -> str:
    """What a report says of a file that was refused."""
    return f"{error.what}. {error.cure}" if error.cure else error.what


def hash_file(path: Path) -> str | None:
    """The SHA-256 of the file, or None when it cannot be read."""
    try:
        with open_file(path) as file:
            return hashlib.file_digest(cast(BufferedReader, file), "sha256").hexdigest()
    except OSError:
        return None


def _faults() -> tuple[type[BaseException], ...]:
    """`_FAULTS`, and lxml's own if a reader brought lxml in: it is not imported to ask."""
    etree = sys.modules.get("lxml.etree")
    return (*_FAULTS, etree.LxmlError) if etree is not None else _FAULTS


def _ignore_interrupts() -> None:
    """Ctrl-C reaches every process of the terminal; the one that waits for the others answers it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
