"""A tree of markup (HTML, XHTML, or what trafilatura made of a page) to the lines of an article and their kinds.

One pass over the tree, no recursion. A table of data becomes one line a row; a table that only lays out the page
is read cell by cell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from typing import Any, Final

from kashaf.corpus.article import Kind
from kashaf.corpus.readers.assemble import Block

CELLS: Final = " — "  # between the cells of a row; not a bar, which would read like a menu

_KINDS: Final[Mapping[str, Kind]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6", "head"), "heading"),
    **dict.fromkeys(("li", "item", "dt", "dd"), "item"),
    **dict.fromkeys(("blockquote", "quote", "q-block"), "quote"),
    **dict.fromkeys(("figcaption", "caption"), "caption"),
}
_BLOCKS: Final = frozenset(
    re.findall(
        r"\S+",
        "address article aside body center dir div dl details fieldset figure footer form header hgroup hr html"
        " legend list main menu nav ol optgroup option p pre section summary table tbody tfoot thead title ul"
        " ab document",
    )
) | frozenset(_KINDS)
_BREAKS: Final = frozenset({"br", "lb"})
_LINES: Final = frozenset({"pre", "textarea"})  # a line break in them is one
_UNSEEN: Final = frozenset(
    re.findall(
        r"\S+",
        "script style template noscript svg math-annotation iframe object embed audio video canvas map select"
        " textarea button input datalist rp graphic metadata",
    )
)
_ROWS: Final = frozenset({"tr", "row"})
_CELLS: Final = frozenset({"td", "th", "cell"})
_SKIPPED_NAMES: Final = frozenset({"head"})  # of HTML; of a TEI tree it is a heading
_OF_LAYOUT: Final = frozenset(
    {"table", "head", "list", "h1", "h2", "h3", "h4", "ul", "ol", "article", "section"}
)
_LONG_CELL: Final = 200
_HIDDEN: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)


def local_name(element: Any) -> str:
    """The name of an element without its namespace, lower case; empty for a comment or an instruction."""
    tag = element.tag
    if not isinstance(tag, str):
        return ""
    return (tag.rpartition("}")[2] if "}" in tag else tag).lower()


@cache
def finder(path: str) -> Callable[[Any], list[Any]]:
    """An XPath, compiled once."""
    from lxml import etree  # noqa: PLC0415 -- slow to import

    found: Callable[[Any], list[Any]] = etree.XPath(path)
    return found


def flow(root: Any, *, html: bool = True, unseen: frozenset[str] = frozenset()) -> list[Block]:
    """The lines below `root` in their order, with what their element says of them.

    html: `head` is the head of a page and is left out; else it is a heading (TEI, as trafilatura uses it).
    unseen: names of elements to be left out besides scripts, forms' fields and the like.
    """
    return list(_Walk(root, _UNSEEN | unseen | (_SKIPPED_NAMES if html else frozenset())))


def flow_text(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks)


class _Walk:
    def __init__(self, root: Any, unseen: frozenset[str]) -> None:
        self.root = root
        self.unseen = unseen
        self.pieces: list[str] = []
        self.kinds: list[Kind | None] = [None]
        self.row: list[str] | None = None
        self.data_tables = 0  # how many tables of data are open
        self.tables: list[bool] = []
        self.lines = 0

    def __iter__(self) -> Iterator[Block]:
        from lxml import etree  # noqa: PLC0415 -- slow to import

        walk = etree.iterwalk(self.root, events=("start", "end", "comment", "pi"))
        for event, element in walk:
            if event == "start":
                name = local_name(element)
                if name in self.unseen or _is_hidden(element):
                    # Its end still comes, where its tail is read.
                    walk.skip_subtree()
                    continue
                yield from self._start(name, element)
                if element.text:
                    yield from self._text(element.text)
                continue
            if event == "end":
                name = local_name(element)
                if not (name in self.unseen or _is_hidden(element)):
                    yield from self._end(name)
            if element.tail and element is not self.root:
                yield from self._text(element.tail)
        yield from self._flush()

    def _start(self, name: str, element: Any) -> Iterator[Block]:
        if name == "table":
            yield from self._flush()
            self.tables.append(not self.data_tables and _is_data(element))
            self.data_tables += self.tables[-1]
        elif name in _ROWS and self.data_tables:
            yield from self._flush()
            self.row = []
        elif name in _CELLS:
            if self.row is None:
                yield from self._flush()
        elif name in _BREAKS:
            yield from self._break()
        elif name in _BLOCKS:
            yield from self._break()
            if name in _KINDS and not self.data_tables:
                self.kinds.append(_KINDS[name])
        if name in _LINES:
            self.lines += 1

    def _end(self, name: str) -> Iterator[Block]:
        if name == "table":
            yield from self._flush()
            if self.tables:
                self.data_tables -= self.tables.pop()
        elif name in _ROWS and self.row is not None:
            self._cell()
            cells, self.row = self.row, None
            yield from self._given(CELLS.join(cells))
        elif name in _CELLS:
            if self.row is None:
                yield from self._flush()
            else:
                self._cell()
        elif name in _BLOCKS:
            yield from self._break()
            if name in _KINDS and not self.data_tables and len(self.kinds) > 1:
                self.kinds.pop()
        if name in _LINES:
            self.lines -= 1

    def _text(self, text: str) -> Iterator[Block]:
        if self.lines and self.row is None and "\n" in text:
            for line in text.split("\n"):
                yield from self._flush()
                self.pieces.append(line)
        else:
            self.pieces.append(text)

    def _break(self) -> Iterator[Block]:
        if self.row is None:
            yield from self._flush()
        else:
            self.pieces.append(" ")

    def _cell(self) -> None:
        text = " ".join("".join(self.pieces).split())
        self.pieces.clear()
        if text and self.row is not None:
            self.row.append(text)

    def _flush(self) -> Iterator[Block]:
        if self.pieces:
            text = " ".join("".join(self.pieces).split())
            self.pieces.clear()
            yield from self._given(text)

    def _given(self, text: str) -> Iterator[Block]:
        if text:
            yield Block(text, self.kinds[-1])


def _is_data(table: Any) -> bool:
    """Whether rows of a table are rows: two columns somewhere, short cells, and in them no table, heading or list,
    nor more than a paragraph each."""
    wide = False
    cells = spare = 0
    for element in table.iter():
        name = local_name(element)
        if name in _OF_LAYOUT and element is not table:
            return False
        if name in _ROWS:
            wide = wide or sum(local_name(child) in _CELLS for child in element) > 1
        elif name in _CELLS:
            cells += 1
            if _length(element) > _LONG_CELL:
                return False
        spare += name == "p"
    return wide and spare <= cells


def _length(element: Any) -> int:
    total = 0
    for text in element.itertext():
        total += len(text.strip())
        if total > _LONG_CELL:
            break
    return total


def _is_hidden(element: Any) -> bool:
    get = element.get
    if get("hidden") is not None:
        return True
    style = get("style")
    return style is not None and _HIDDEN.search(style) is not None


def row_blocks(cells: list[list[Block]]) -> list[Block]:
    """A row of a document's table: one line when its cells are short, else what stands in them one after another."""
    texts = [" ".join(block.text for block in cell) for cell in cells]
    if sum(map(bool, texts)) > 1 and all(len(text) <= _LONG_CELL for text in texts):
        return [Block(CELLS.join(filter(None, texts)))]
    return [block for cell in cells for block in cell]
