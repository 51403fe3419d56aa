"""Web archives (WARC 1.0 and 1.1, ISO 28500): what was fetched whole and may hold text, each under its address.

Written here because the libraries do not fit: warcio says what is wrong on stderr, in the middle of the explorer's
screen, and holds a chunk of up to 2 GB in memory; FastWARC brings 11 MB with Brotli and a command line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import unquote, urlsplit

from kashaf.corpus.containers import http
from kashaf.corpus.containers.entry import Entry
from kashaf.corpus.containers.meter import MemberRefused
from kashaf.corpus.containers.stream import Block, Stream
from kashaf.corpus.readers.model import Hints
from kashaf.text.sanitise import sanitise_line

_LINE: Final = 64 * 1024
_VERSION: Final = re.compile(rb"WARC/[01]\.\d{1,2}\r?\n")
_LENGTH: Final = re.compile(r"\d{1,18}")
_URL_CHARS: Final = 2000
# Crawlers keep their own logs, thumbnails and extracts under other schemes: `metadata:`, `urn:`.
_ADDRESSES: Final = ("http://", "https://", "ftp://", "file://")
_OFFICE: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# What may hold articles, and the endings of its files, the usual one first.
_TEXTS: Final[dict[str, tuple[str, ...]]] = {
    "text/html": (".html", ".htm", ".xhtml", ".shtml"),
    "application/xhtml+xml": (".xhtml", ".html", ".htm"),
    "text/plain": (".txt", ".text", ".md", ".csv", ".tsv", ".log"),
    "text/markdown": (".md", ".markdown"),
    "text/csv": (".csv",),
    "text/tab-separated-values": (".tsv",),
    "application/json": (".json",),
    "application/ld+json": (".json",),
    "application/feed+json": (".json",),
    "application/x-ndjson": (".jsonl", ".ndjson"),
    "application/jsonl": (".jsonl",),
    "text/xml": (".xml", ".rss", ".atom", ".rdf"),
    "application/xml": (".xml", ".rss", ".atom", ".rdf"),
    "application/rss+xml": (".xml", ".rss"),
    "application/atom+xml": (".xml", ".atom"),
    "application/rdf+xml": (".xml", ".rdf"),
    "application/pdf": (".pdf",),
    _OFFICE: (".docx",),
    "application/vnd.oasis.opendocument.text": (".odt",),
    "application/epub+zip": (".epub",),
    "message/rfc822": (".eml",),
    "multipart/related": (".mhtml", ".mht"),
}
# Files that sites keep for machines.
_FOR_MACHINES: Final = frozenset({"/robots.txt", "/ads.txt", "/app-ads.txt", "/humans.txt", "/security.txt"})


def sniff(head: bytes) -> bool:
    """Whether it begins with the version line of a record."""
    return _VERSION.match(head) is not None


def entries(stream: Stream) -> Iterator[Entry]:
    """Pages of status 200 that may hold text, resources and converted texts; other records are passed over.

    The time of the crawl is no date of publication, and is left.
    """
    lost = False
    while line := stream.line(_LINE):
        if _VERSION.fullmatch(line) is None:
            if line.strip() and not lost:
                lost = True
                yield Entry("damaged", refusal="bytes that are no record were passed over")
            continue
        lost = False
        fields = http.read_fields(stream)
        length = _LENGTH.fullmatch((fields or {}).get("content-length", ""))
        if fields is None or length is None:
            lost = True
            yield Entry("damaged", refusal="a record of no stated length was passed over")
            continue
        record = Block(stream, int(length[0]))
        yield from _record(stream, fields, record)
        record.skip()


def _record(stream: Stream, fields: dict[str, str], record: Block) -> Iterator[Entry]:
    kind = fields.get("warc-type", "").lower()
    url = sanitise_line(fields.get("warc-target-uri", "").strip("<> "))[:_URL_CHARS]
    if kind not in {"response", "resource", "conversion"} or not url.lower().startswith(_ADDRESSES):
        return
    if "warc-segment-number" in fields:
        yield Entry(_name(url, ""), refusal="in several segments, which are not joined")
        return
    inner = fields
    if kind == "response":
        if http.media_type(fields.get("content-type", "")) != "application/http":
            return
        if http.status_of(record) != 200:
            return
        answered = http.read_fields(record)
        if answered is None:
            yield Entry(_name(url, ""), refusal="damaged: its header is too long")
            return
        inner = answered
    stated = inner.get("content-type", "") or fields.get("warc-identified-payload-type", "")
    media = http.media_type(stated)
    if (media or "text/html") not in _TEXTS or _path(url) in _FOR_MACHINES or not record.left:
        return
    name = _name(url, media or "")
    hints = Hints(http.charset(stated), url, media)
    try:
        chunks = iter(record) if kind != "response" else http.body(inner, record, stream.meter)
    except MemberRefused as refusal:
        yield Entry(name, refusal=refusal.what)
    else:
        yield Entry(name, chunks, hints=hints)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _name(url: str, media: str) -> str:
    """The address as a path: host, path, query; with an ending that tells what it is."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url.replace("/", "_")
    path = unquote(parts.path)
    name = f"{parts.netloc}/{path.strip('/')}" if path.strip("/") else f"{parts.netloc}/index"
    if parts.query:
        name += "?" + unquote(parts.query).replace("/", "_").replace("\\", "_")
    endings = _TEXTS.get(media, ())
    if endings and PurePosixPath(name).suffix.lower() not in endings:
        name += endings[0]
    return name
