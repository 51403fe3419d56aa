"""MHTML (RFC 2557): a page that a browser saved in one file, its parts side by side as in a mail."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from email.message import Message
from typing import Final

from kashaf.corpus.limits import check_lines
from kashaf.corpus.readers import html
from kashaf.corpus.readers.mime import Part, head_of, header, leaves, parsed, raw_header
from kashaf.corpus.readers.model import Format, Hints, Member, Source
from kashaf.errors import BadInput

_SUFFIXES: Final = frozenset({".mht", ".mhtml"})
_PAGES: Final = frozenset({"text/html", "application/xhtml+xml"})
_SAVED_BY: Final = re.compile(r"saved by", re.IGNORECASE)
_LETTER: Final = frozenset({"to", "received", "delivered-to", "return-path"})


def sniff(source: Source) -> bool:
    """Of a saved page, not of a mail with pictures in it."""
    head = head_of(source.data)
    kind = head.get("content-type", "").lower()
    if not kind.startswith(("multipart/related", "text/html", "application/xhtml+xml")):
        return False
    if source.suffix in _SUFFIXES or "snapshot-content-location" in head:
        return True
    if _LETTER & head.keys():
        return False
    return _SAVED_BY.search(head.get("from", "")) is not None or "content-location" in head


def read(source: Source) -> Iterable[Member]:
    """The article of the page. Its parts besides the page itself (pictures, styles, frames) are not looked at, and
    the day it was saved is not its own.

    Raises BadInput when there is no page in it.
    """
    message = parsed(bytes(source.data), source.path)
    root = _root(message, list(leaves(message, source.path)))
    if root is None:
        raise BadInput("saved page without its page", where=source.path, cure="Save the page again")
    address = raw_header(message, "Snapshot-Content-Location") or raw_header(root.message, "Content-Location")
    url = address.strip() if address.strip().startswith(("http://", "https://")) else None
    part = replace(
        source,
        data=root.data(),
        suffix=".html",
        hints=Hints(
            root.charset, url or source.hints.url, root.media_type, header(message, "Subject") or None
        ),
    )
    check_lines(part.decoded.text, where=source.path)
    return (html.page(part, part.decoded.text),)


def _root(message: Message, parts: list[Part]) -> Part | None:
    """The part that `start` names, else the first page."""
    start = message.get_param("start")
    pages = [part for part in parts if part.media_type in _PAGES]
    if isinstance(start, str):
        named = [
            part
            for part in pages
            if raw_header(part.message, "Content-ID").strip("<> ") == start.strip("<> ")
        ]
        pages = named or pages
    return next(iter(pages), None)


FORMAT = Format("mhtml", sniff, read, binary=True)
