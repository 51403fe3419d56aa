"""PDF documents: text from the places of the letters, read in a process of its own (see `pdf_worker`).

Nothing of a document runs: PDFium is built without JavaScript and forms, attachments are not looked at.
"""

from __future__ import annotations

import atexit
import json
import os
import re
import select
import subprocess
import sys
import threading
import time
from collections.abc import Iterable
from dataclasses import replace
from functools import cache
from typing import IO, Any, Final

from kashaf.corpus.article import Evidence, RemovedLine
from kashaf.corpus.decode import Decoded
from kashaf.corpus.limits import MAX_PDF_PAGES
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.corpus.readers.properties import sane_author, sane_title
from kashaf.errors import BadInput
from kashaf.text.sanitise import sanitise_line

_MAGIC: Final = b"%PDF-"
_HEAD: Final = 1024  # readers look this far for the mark (ISO 32000, annex H)
_SECONDS: Final = 330.0  # more than the worker allows itself
_LENGTH_BYTES: Final = 8
_PIECE: Final = 1 << 16
_MAX_ANSWER: Final = 200_000_000
_RULE: Final = "page-header"
_MASTHEAD: Final = re.compile(r"(?:صحيفة|جريدة|مجلة|وكالة|موقع|نشرة|شبكة|منصة|بوابة)(?: \w+){1,4}")
_BELOW: Final = 2
_REASONS: Final = {
    "password": ("PDF with a password", "Open it with its password and save it without one"),
    "damaged": ("damaged PDF", "Copy the file again from where it came"),
}


def sniff(source: Source) -> bool:
    head = bytes(source.data[:_HEAD])
    return head.startswith(_MAGIC) or (
        _MAGIC in head
        and (source.suffix == ".pdf" or not head[: head.find(_MAGIC)].strip(b"\0\xef\xbb\xbf \r\n\t"))
    )


def read(source: Source) -> Iterable[Member]:
    """One article a document. Raises BadInput for one that is damaged, protected, without text or over the limits."""
    found = _worker().ask(bytes(source.data), source.path)
    if (error := found.get("error")) is not None:
        if error == "pages":
            what = f"PDF of {found['pages']:,} pages; the limit is {MAX_PDF_PAGES:,}"
            raise BadInput(what, where=source.path, cure="Split the file and import the parts")
        what, cure = _REASONS[error]
        raise BadInput(what, where=source.path, cure=cure)
    blocks = [Block(text, kind, page) for text, kind, page in found["blocks"]]
    if not blocks and not found["title"]:
        raise BadInput(
            "PDF with no text in it: pages are pictures",
            where=source.path,
            cure="Have its text recognised (OCR) and save it with that",
        )
    stated = _stated(found, source.path)
    masthead = _masthead(blocks[: found["above"] + _BELOW]) if found["title"] else None
    if masthead is not None:
        evidence = Evidence("outlet", "page 1: beside the headline", 0.7)
        stated = replace(stated, outlet=masthead.text, evidences=(*stated.evidences, evidence))
        found["removed"].insert(0, (masthead.text, 1, 0, "site-name"))
    kept = [block for block in blocks if block is not masthead]
    member = assemble(source.read_as(Decoded("", "utf-8", 1.0)), kept, stated, warnings=found["warnings"])
    return (_with_removed(member, blocks, found["removed"]),)


def _masthead(around: list[Block]) -> Block | None:
    """A line above or right below the headline that calls itself a newspaper."""
    return next((block for block in around if _MASTHEAD.fullmatch(block.text)), None)


def _stated(found: dict[str, Any], path: str) -> Stated:
    """A headline in large letters counts before the title in the properties. When the file was made or changed is
    not when its article was published."""
    evidences: list[Evidence] = []
    title = found["title"]
    if title:
        evidences.append(Evidence("title", "page 1: largest letters", 0.8))
    elif (title := sane_title(found["meta"].get("Title"), path)) is not None:
        evidences.append(Evidence("title", "property: Title", 0.6))
    author = sane_author(found["meta"].get("Author"))
    if author is not None:
        evidences.append(Evidence("author", "property: Author", 0.5))
    return Stated(title=title, author=author, evidences=tuple(evidences))


def _with_removed(member: Member, blocks: list[Block], removed: list[Any]) -> Member:
    """The member with the lines that repeat at the edges of its pages among those that were taken out."""
    if not removed:
        return member
    text = member.draft.text
    gone: list[RemovedLine] = []
    place = 0
    for line, page, before, *rule in removed:
        following = sanitise_line(blocks[before].text) if before < len(blocks) else ""
        at = text.find(following, place) if following else len(text)
        place = at if at >= 0 else place
        gone.append(RemovedLine(sanitise_line(line), page, rule[0] if rule else _RULE, place))
    origin = member.draft.provenance
    merged = sorted((*origin.removed, *gone), key=lambda one: one.at)
    return replace(member, draft=replace(member.draft, provenance=replace(origin, removed=tuple(merged))))


class _Worker:
    """The process that opens PDFs, started when it is first needed and again when it has died.

    It belongs to the process that started it: a copy made by a fork starts its own.
    """

    def __init__(self) -> None:
        self.process: subprocess.Popen[bytes] | None = None
        self.owner = 0
        self.inherited: list[subprocess.Popen[bytes] | None] = []
        self.lock = threading.Lock()

    def ask(self, data: bytes, where: str) -> dict[str, Any]:
        """What the worker says of a PDF. Raises BadInput when it dies of it or takes too long."""
        answer: bytes | None = None
        with self.lock:
            try:
                answer = self._exchange(self._running(), data)
            except (OSError, ValueError) as error:
                raise _too_hard(where) from error
            finally:
                if answer is None:  # also when somebody interrupted: what comes now answers nothing
                    self.close()
        if answer is None:
            raise _too_hard(where)
        found: dict[str, Any] = json.loads(answer)
        return found

    def _running(self) -> subprocess.Popen[bytes]:
        if self.owner != os.getpid():
            self.inherited.append(self.process)  # held, so that nobody takes it for lost
            self.process, self.owner = None, os.getpid()
        if self.process is None or self.process.poll() is not None:
            self.close()
            # -P: nothing is imported from the folder that Kashaf was started in.
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", "kashaf.corpus.readers.pdf_worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
        return self.process

    def _exchange(self, process: subprocess.Popen[bytes], data: bytes) -> bytes | None:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(len(data).to_bytes(_LENGTH_BYTES, "big"))
        process.stdin.write(data)
        process.stdin.flush()
        deadline = time.monotonic() + _SECONDS
        head = _receive(process.stdout, _LENGTH_BYTES, deadline)
        if head is None or (size := int.from_bytes(head, "big")) > _MAX_ANSWER:
            return None
        return _receive(process.stdout, size, deadline)

    def close(self) -> None:
        process, self.process = self.process, None
        if process is None:
            return
        process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                try:
                    stream.close()
                except OSError:  # what was not sent yet cannot be sent any more
                    continue
        process.wait()


def _receive(stream: IO[bytes], size: int, deadline: float) -> bytes | None:
    """So many bytes, or None when the other side ends or the time does."""
    pieces = bytearray()
    handle = stream.fileno()
    while len(pieces) < size:
        ready, _, _ = select.select([handle], [], [], max(0.0, deadline - time.monotonic()))
        piece = os.read(handle, min(_PIECE, size - len(pieces))) if ready else b""
        if not piece:
            return None
        pieces += piece
    return bytes(pieces)


@cache
def _worker() -> _Worker:
    worker = _Worker()
    atexit.register(worker.close)
    return worker


def _too_hard(where: str) -> BadInput:
    return BadInput(
        "PDF that takes too much time or memory, or is damaged",
        where=where,
        cure="Print it to a new PDF and import that",
    )


FORMAT = Format("pdf", sniff, read, binary=True)
