"""The body of a record: plain text, HTML, or lists of paragraphs and of the blocks that editors keep."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from kashaf.corpus.article import Kind
from kashaf.corpus.readers.assemble import Block
from kashaf.corpus.readers.markup import plain_text, without_tags
from kashaf.text.sanitise import sanitise

_TAGS: Final = re.compile(
    r"</(?:p|div|span|a|b|i|strong|em|h\d|li|ul|ol|br|blockquote|section|figure|table)>|<(?:br|p)\s?/?>",
    re.IGNORECASE,
)
_STRUCTURE: Final = re.compile(r"<(?:h[1-6]|li|blockquote|figcaption|table)\b", re.IGNORECASE)
_TEXT_NAMES: Final = (
    "rendered",
    "text",
    "html",
    "value",
    "plain",
    "content",
    "body",
    "data",
    "#text",
    "$t",
    "@value",
)
_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(
        ("heading", "header", "h1", "h2", "h3", "h4", "h5", "h6", "subheading", "subtitle"), "heading"
    ),
    **dict.fromkeys(("list-item", "listitem", "list_item", "li", "item", "bullet"), "item"),
    **dict.fromkeys(("quote", "blockquote", "pullquote"), "quote"),
    **dict.fromkeys(("caption", "figcaption", "image", "photo", "picture", "video"), "caption"),
}
_MAX_BLOCKS: Final = 100_000
_DEPTH: Final = 6

# Pieces of a line in exports of messengers.
_INLINE: Final = frozenset(
    re.findall(
        r"\S+",
        "link text_link bold italic underline strikethrough mention hashtag cashtag email phone code plain spoiler"
        " custom_emoji mention_name bot_command",
    )
)


def body_of(value: object) -> str | list[Block]:
    """The text of a body: as it is, or its lines where the value says what they are (markup, lists of blocks)."""
    if isinstance(value, str):
        return text_of(value)
    blocks: list[Block] = []
    _gather(value, None, blocks, _DEPTH)
    if blocks and all(block.kind is None for block in blocks):
        return "\n".join(block.text for block in blocks)
    return blocks


def text_of(text: str) -> str | list[Block]:
    """A text that may be a fragment of HTML."""
    if "<" not in text or _TAGS.search(text) is None:
        plain = without_tags(text) if "&" in text else text
        return "" if plain.isspace() else plain
    if _STRUCTURE.search(text) is not None and (blocks := _flow(text)):
        return blocks
    return plain_text(text)


def _flow(fragment: str) -> list[Block]:
    """The lines of a fragment and their kinds; empty when the parser cannot have it."""
    from lxml import etree  # noqa: PLC0415 -- slow to import
    from lxml import html as lxml_html  # noqa: PLC0415

    from kashaf.corpus.readers.blocks import flow  # noqa: PLC0415

    try:
        parser = lxml_html.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
        tree: Any = lxml_html.document_fromstring(f"<body>{sanitise(fragment).text}</body>", parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return []
    # libxml2 drops what is nested too deep: that text is in the fragment and not in the tree.
    blocks = flow(tree)
    return blocks if sum(len(block.text) for block in blocks) * 4 > len(plain_text(fragment)) else []


def _gather(value: object, kind: Kind | None, blocks: list[Block], depth: int) -> None:
    """Lists of paragraphs, rendered objects, and the blocks of editors (`{"type": "header", "text": …}`)."""
    if not depth or len(blocks) > _MAX_BLOCKS:
        return
    if isinstance(value, str):
        found = text_of(value)
        if isinstance(found, str):
            blocks.extend(Block(line, kind) for line in found.split("\n") if line and not line.isspace())
        else:
            blocks.extend(Block(block.text, block.kind or kind) for block in found)
    elif isinstance(value, list):
        if _is_run(value):
            _gather("".join(_inline(item) for item in value[:_MAX_BLOCKS]), kind, blocks, depth - 1)
            return
        for item in value[:_MAX_BLOCKS]:
            _gather(item, kind, blocks, depth - 1)
    elif isinstance(value, dict):
        said = value.get("type") or value.get("kind") or value.get("tag")
        own = _KINDS.get(said.lower()) if isinstance(said, str) else None
        if own is None and isinstance(said, str) and said.lower() == "list":
            own = "item"
        for name in (*_TEXT_NAMES, "items", "children", "caption"):
            inner = value.get(name)
            if isinstance(inner, (str, list, dict)) and inner:
                _gather(inner, own or kind, blocks, depth - 1)
                return


def _is_run(items: list[object]) -> bool:
    """Whether a list is one text in pieces rather than a list of paragraphs."""
    marked = [item for item in items if isinstance(item, dict)]
    return 0 < len(marked) < len(items) and all(item.get("type") in _INLINE for item in marked)


def _inline(item: object) -> str:
    """A run of a text that is given in pieces: words, and objects for its links and names."""
    if isinstance(item, str):
        return item
    inner = item.get("text") if isinstance(item, dict) else None
    return inner if isinstance(inner, str) else ""
