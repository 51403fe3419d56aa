"""Markdown with YAML front matter, reduced to the plain lines a reader wants to see (CommonMark 0.31 in spirit)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Final

from kashaf.corpus import fields
from kashaf.corpus.limits import check_lines
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.errors import BadInput
from kashaf.yaml_safe import load_yaml

_SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_FRONT: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.{0,65536}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_KEY_LINE: Final = re.compile(r"^\s{0,3}([^\s:#\-][^:\n]{0,40}?)\s*:(?:\s+(.*))?$")
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.*)$")
_RULE: Final = re.compile(r"^\s{0,3}([-*_=])(?:\s*\1){1,}\s*$")
_QUOTE: Final = re.compile(r"^\s{0,3}(?:>\s?)+")
_IMAGE: Final = re.compile(r"^\s*!\[[^\]\n]{0,300}\]\([^()\n]{0,500}\)\s*$")
_ITEM: Final = re.compile(r"^\s*[*+-]\s+")
_NUMBERED: Final = re.compile(r"^\s*\d{1,3}[.)]\s+")
_FENCE: Final = re.compile(r"^\s{0,3}(?:`{3,}|~{3,})")
_TABLE_RULE: Final = re.compile(r"^[\s|:-]*-{2}[\s|:-]*$")
_DEFINITION: Final = re.compile(r"^\s{0,3}\[(?!\^)[^\]]{1,200}\]:\s+\S+.*$")
_INLINE: Final = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"<!--[^<>]{0,2000}-->", ""),
        (r"!\[([^\]\n]{0,300})\](?:\([^()\n]{0,500}\)|\[[^\]\n]{0,200}\])", r"\1"),
        (r"\[\^[^\]\n]{1,40}\]:?", ""),
        (
            r"\[([^\[\]\n]{1,500})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,200}\)[^()\n]{0,200})?\)|\[[^\]\n]{0,200}\])",
            r"\1",
        ),
        (r"<((?:https?://|mailto:)[^<>\s]{1,500})>", r"\1"),
        (r"</?[a-zA-Z][a-zA-Z0-9-]{0,20}(?:\s[^<>]{0,500})?/?>", ""),
        (r"(`+)([^`\n]{1,500})\1", r"\2"),
        (r"(\*{1,3})(?=[^\s*])([^*\n]{1,2000})(?<=\S)\1", r"\2"),
        (r"(?<!\w)(_{1,3})(?=[^\s_])([^_\n]{1,2000})(?<=\S)\1(?!\w)", r"\2"),
        (r"~~(?=\S)([^~\n]{1,2000})(?<=\S)~~", r"\1"),
        (r"\\([!-/:-@\[-`{-~])", r"\1"),
    )
)
_SPECIAL: Final = re.compile(r"[*_`~\\\[\]<>!]")
_MAX_MARK_CHARS: Final = 1_000
_MAX_INLINE_CHARS: Final = 50_000  # longer lines keep their marks: the patterns are for paragraphs


def sniff(source: Source) -> bool:
    if source.suffix in _SUFFIXES:
        return True
    front = _FRONT.match(source.decoded.text)
    return front is not None and any(_KEY_LINE.match(line) for line in front[1].split("\n")[:5])


def read(source: Source) -> Iterable[Member]:
    """One article a file."""
    text = source.decoded.text
    check_lines(text, where=source.path)
    front = _FRONT.match(text)
    record, warnings = _front_matter(front[1], source.path) if front is not None else ({}, ())
    first = text[: front.end()].count("\n") + 1 if front is not None else 1
    lines, numbers, heading = _reduced(text[front.end() :] if front is not None else text, first)
    dated = fields.date_field(record)
    stated = Stated(
        title=fields.line_field(record, "title") or heading,
        outlet=fields.line_field(record, "outlet"),
        author=fields.line_field(record, "author"),
        published=dated[0] if dated else None,
        evidence=f"front matter: {dated[1]}" if dated else "",
        language=fields.line_field(record, "language"),
        url=fields.line_field(record, "url"),
    )
    blocks = [Block(line, None, number) for line, number in zip(lines, numbers, strict=True)]
    return (assemble(source, blocks, stated, warnings=warnings),)


def _front_matter(text: str, where: str) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """Keys and values. What is not valid YAML within limits is read line by line: `العنوان: كذا: وكذا` is common."""
    try:
        loaded = load_yaml(text, where=f"{where}, front matter")
    except BadInput as error:
        values = {
            m[1].strip("\"' "): (m[2] or "").strip("\"' ")
            for m in map(_KEY_LINE.match, text.split("\n"))
            if m
        }
        return values, (f"front matter read line by line: {error.what}",)
    if not isinstance(loaded, dict):
        return {}, ("front matter without keys",)
    return {str(name): value for name, value in loaded.items()}, ()


def _reduced(text: str, first: int) -> tuple[list[str], list[int], str | None]:
    """Plain lines, the number of each in the file, and the first heading when nothing stands before it."""
    paragraphs: list[list[str]] = []
    numbers: list[int] = []
    heading: str | None = None
    open_paragraph = fenced = False
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), first):
        if _FENCE.match(raw):
            fenced, open_paragraph = not fenced, False
            continue
        if fenced:
            paragraphs.append([raw])
            numbers.append(number)
            continue
        if not raw.strip() or _is_mark(raw):
            open_paragraph = False
            continue
        title = _HEADING.match(raw)
        line, whole = _line(raw) if title is None else (_inline(title[1].rstrip("# ")), True)
        if title is not None and not paragraphs:
            heading = line
        if open_paragraph and not whole:
            paragraphs[-1].append(line.strip())
        elif line.strip():
            paragraphs.append([line.strip()])
            numbers.append(number)
        # Lines of one paragraph belong together unless a line ends in a hard break.
        alone = title is not None or raw.lstrip().startswith("|") or _IMAGE.match(raw) is not None
        open_paragraph = not alone and not raw.endswith(("  ", "\\"))
    return [" ".join(lines) for lines in paragraphs], numbers, heading


def _is_mark(raw: str) -> bool:
    """Lines that draw or define and say nothing: rules, table borders, link definitions."""
    return len(raw) <= _MAX_MARK_CHARS and any(mark.match(raw) for mark in (_RULE, _TABLE_RULE, _DEFINITION))


def _line(raw: str) -> tuple[str, bool]:
    """A line without its marks, and whether it begins something new rather than going on with a paragraph."""
    quoted = _QUOTE.sub("", raw)
    if quoted.lstrip().startswith("|"):
        cells = [cell.strip() for cell in quoted.strip().strip("|").split("|")]
        return _inline(" – ".join(cells)), True
    if _ITEM.match(quoted):
        return "- " + _inline(_ITEM.sub("", quoted)), True
    return _inline(quoted).rstrip("\\ "), bool(_NUMBERED.match(quoted)) or quoted != raw


def _inline(text: str) -> str:
    if len(text) > _MAX_INLINE_CHARS or _SPECIAL.search(text) is None:
        return text
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


FORMAT = Format("markdown", sniff, read)
