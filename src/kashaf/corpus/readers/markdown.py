"""Markdown with YAML front matter, reduced to the plain lines a reader wants to see (CommonMark 0.31 in spirit)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from kashaf.corpus.article import Evidence, Kind, MetadataField
from kashaf.corpus.fields import FieldNames, Fields, Named, Role
from kashaf.corpus.limits import check_lines
from kashaf.corpus.readers.assemble import Block, Stated, assemble
from kashaf.corpus.readers.model import Format, Member, Source
from kashaf.errors import BadInput
from kashaf.yaml_safe import load_yaml

_LINES: Final[Mapping[MetadataField, Role]] = {
    "title": "title",
    "standfirst": "standfirst",
    "outlet": "outlet",
    "author": "author",
    "language": "language",
    "url": "url",
}
_SUFFIXES: Final = frozenset({".md", ".markdown", ".mdown", ".mkd"})
_FRONT: Final = re.compile(
    r"\ufeff?---[ \t]*\r?\n(.{0,65536}?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL
)
_KEY_LINE: Final = re.compile(r"^\s{0,3}([^\s:#\-][^:\n]{0,40}?)\s*:(?:\s+(.*))?$")
_HEADING: Final = re.compile(r"^\s{0,3}#{1,6}\s+(.*)$")
_RULE: Final = re.compile(r"^\s{0,3}([-*_=])(?:\s*\1){1,}\s*$")
_UNDERLINE: Final = re.compile(r"^\s{0,3}(?:=+|-{2,})\s*$")
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
    blocks = _reduced(text[front.end() :] if front is not None else text, first)
    stated = _stated(FieldNames(source.options.fields).of(record) if record else None)
    if stated.title is None and blocks and blocks[0].kind == "heading":
        where = f"line {blocks[0].number}, heading"
        stated = replace(
            stated, title=blocks[0].text, evidences=(*stated.evidences, Evidence("title", where, 0.95))
        )
        blocks = blocks[1:]
    return (assemble(source, blocks, stated, warnings=warnings),)


def _stated(fields: Fields | None) -> Stated:
    if fields is None:
        return Stated()
    lines = {name: fields.line(role) for name, role in _LINES.items()}
    published, updated = fields.day("date"), fields.day("updated")
    named: dict[MetadataField, Named] = {name: found[1] for name, found in lines.items() if found is not None}
    named |= {"published": published[1]} if published else {}
    named |= {"updated": updated[1]} if updated else {}
    evidences = [Evidence(name, f"front matter: {one.name}", one.confidence) for name, one in named.items()]
    values = {name: found[0] if found is not None else None for name, found in lines.items()}
    return Stated(
        title=values["title"],
        outlet=values["outlet"],
        author=values["author"],
        language=values["language"],
        url=values["url"],
        standfirst=values["standfirst"],
        published=published[0] if published else None,
        evidence=f"front matter: {published[1].name}" if published else "",
        updated=updated[0] if updated else None,
        evidences=tuple(evidences),
    )


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


def _reduced(text: str, first: int) -> list[Block]:
    """Plain lines with the number of each in the file, and what its marks say of it."""
    found: list[tuple[list[str], int, Kind | None]] = []
    going_on = fenced = False
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), first):
        if _FENCE.match(raw):
            fenced, going_on = not fenced, False
            continue
        if fenced:
            found.append(([raw], number, "paragraph"))
            continue
        if going_on and found[-1][2] is None and len(raw) <= _MAX_MARK_CHARS and _UNDERLINE.match(raw):
            found[-1] = (found[-1][0], found[-1][1], "heading")
            going_on = False
            continue
        if not raw.strip() or _is_mark(raw):
            going_on = False
            continue
        title = _HEADING.match(raw)
        line, kind, whole = _line(raw) if title is None else (_inline(title[1].rstrip("# ")), "heading", True)
        same_quote = kind == "quote" and going_on and found[-1][2] == "quote"
        if going_on and (not whole or same_quote):
            found[-1][0].append(line.strip())
        elif line.strip():
            found.append(([line.strip()], number, kind))
        else:
            continue
        # Lines of one paragraph belong together unless a line ends in a hard break.
        alone = kind in ("heading", "caption") or raw.lstrip().startswith("|")
        going_on = not alone and not raw.endswith(("  ", "\\"))
    return [Block(" ".join(lines), kind, number) for lines, number, kind in found]


def _is_mark(raw: str) -> bool:
    """Lines that draw or define and say nothing: rules, table borders, link definitions."""
    return len(raw) <= _MAX_MARK_CHARS and any(mark.match(raw) for mark in (_RULE, _TABLE_RULE, _DEFINITION))


def _line(raw: str) -> tuple[str, Kind | None, bool]:
    """A line without its marks, what they say of it, and whether it begins something new rather than going on with
    a paragraph."""
    quoted = _QUOTE.sub("", raw)
    kind: Kind | None = "quote" if quoted != raw else None
    if quoted.lstrip().startswith("|"):
        cells = [cell.strip() for cell in quoted.strip().strip("|").split("|")]
        return _inline(" – ".join(cells)), kind or "paragraph", True
    if _ITEM.match(quoted):
        return "- " + _inline(_ITEM.sub("", quoted)), kind or "item", True
    if _IMAGE.match(quoted):
        return _inline(quoted).strip(), "caption", True
    numbered = _NUMBERED.match(quoted) is not None
    return _inline(quoted).rstrip("\\ "), kind or ("item" if numbered else None), numbered or kind is not None


def _inline(text: str) -> str:
    if len(text) > _MAX_INLINE_CHARS or _SPECIAL.search(text) is None:
        return text
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    return text


FORMAT = Format("markdown", sniff, read)
