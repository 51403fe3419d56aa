"""Markup to plain text without a tree: for fragments, and for pages too broken or too deep for a parser.

One pass, no recursion, linear in the length of the markup whatever it holds.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Final

_TAG: Final = re.compile(r"<!--|<(/?)([a-zA-Z][a-zA-Z0-9-]{0,30})(?:\s[^<>]{0,5000})?/?>")
_BLOCKS: Final = frozenset(
    re.findall(
        r"\S+",
        "address article aside blockquote body br dd div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header"
        " hr li main nav ol option p pre section table td th title tr ul",
    )
)
_UNSEEN: Final = frozenset(
    {"script", "style", "template", "noscript", "svg", "head", "iframe", "textarea", "select"}
)
_FURNITURE: Final = frozenset({"nav", "footer", "aside", "form", "button", "figure"})
_FRAGMENT: Final = re.compile(
    r"</(?:p|div|span|a|b|i|strong|em|h\d|li|ul|ol|br|blockquote)>|<(?:br|p)\s?/?>", re.IGNORECASE
)
_ENTITY: Final = re.compile(
    r"&(?:#\d{2,6}|#x[0-9a-fA-F]{2,6}|quot|amp|lt|gt|nbsp|[lr][ds]quo|[lr]aquo|hellip|[mn]dash);"
)


def without_tags(text: str) -> str:
    """A field's value as plain text: tags and entities are resolved if it holds any, else it comes back as is."""
    if _FRAGMENT.search(text):
        return plain_text(text)
    return unescape(text) if _ENTITY.search(text) else text


def plain_text(markup: str) -> str:
    """The text of a page or fragment, a line a block; furniture (navigation, footers, forms) left out."""
    return _walk(markup, _UNSEEN | _FURNITURE) or _walk(markup, _UNSEEN)


def visible_text(markup: str) -> str:
    """The text of a page with its furniture, a line a block."""
    return _walk(markup, _UNSEEN)


def _walk(markup: str, skipped: frozenset[str]) -> str:
    pieces: list[str] = []
    position = 0
    skipping, depth = "", 0
    comments = True
    while (tag := _TAG.search(markup, position)) is not None:
        if not skipping:
            pieces.append(" ".join(markup[position : tag.start()].split("\n")))
        position = tag.end()
        if tag[0] == "<!--":
            end = markup.find("-->", position) if comments else -1
            comments = end >= 0  # one search for an end that is not there is enough
            position = end + 3 if end >= 0 else position
            continue
        closing, name = bool(tag[1]), tag[2].lower()
        if skipping:
            if name == skipping:
                depth += -1 if closing else 1
                skipping = skipping if depth > 0 else ""
        elif name in skipped and not closing and not tag[0].endswith("/>"):
            skipping, depth = name, 1
        if name in _BLOCKS and not skipping:
            pieces.append("\n")
    if not skipping:
        pieces.append(" ".join(markup[position:].split("\n")))
    lines = (" ".join(line.split()) for line in unescape("".join(pieces)).split("\n"))
    return "\n".join(line for line in lines if line)
