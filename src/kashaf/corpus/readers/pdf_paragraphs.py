"""Lines of pages to paragraphs: what repeats at the edges of pages goes, lines that run on are joined."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, takewhile
from typing import Final

from kashaf.corpus.article import Kind
from kashaf.corpus.readers.blocks import CELLS
from kashaf.corpus.readers.pdf_layout import Line

_EDGE_LINES: Final = 2
_EDGE_WORDS: Final = 14
_SAME_HEIGHT: Final = 6.0  # points
_PAGE_NUMBER: Final = re.compile(
    r"[\s\-–—|.()\[\]]*(?:(?:صفحة|الصفحة|ص|page|p)\.?\s*)?\d{1,4}(?:\s*(?:/|من|of)\s*\d{1,4})?[\s\-–—|.()\[\]]*",
    re.IGNORECASE,
)
_DIGITS: Final = re.compile(r"\d+")
_ENDED: Final = re.compile(r"[.؟!?:؛…][\"'»”)\]]*$")
_ITEM: Final = re.compile(r"(?:[•▪◦●■□–*·➢✓]\s*|\(?\d{1,2}[.)\-]\s+)(?=\S)")
_BULLET: Final = re.compile(r"[•▪◦●■□·➢✓]\s*")
_HYPHEN: Final = re.compile(r"[a-zà-ž]-$")
_SHORT: Final = 0.3  # of its column; a line that ends so early ends a paragraph
_LARGER: Final = 1.14
_TITLE_LARGER: Final = 1.3
_TITLE_AMONG: Final = 6
_HEADING_CHARS: Final = 200
_TITLE_CHARS: Final = 300


@dataclass(frozen=True, slots=True)
class Page:
    """Lines in reading order. number: from 1."""

    number: int
    lines: tuple[Line, ...]
    rtl: bool


@dataclass(slots=True)
class Paragraph:
    """size: of its letters. page: where it begins."""

    text: str
    size: float
    page: int
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Removed:
    """A line left out. before: the paragraph that it stood before, its index; their number for the end."""

    text: str
    page: int
    before: int


@dataclass(slots=True)
class Text:
    paragraphs: list[Paragraph] = field(default_factory=list)
    removed: list[Removed] = field(default_factory=list)
    title: str | None = None
    above: int = 0  # how many paragraphs stand before the title


def paragraphs(pages: Sequence[Page]) -> Text:
    """The text of a document; what stands out by its size are headings, the largest at the beginning its title."""
    repeated = _repeated(pages)
    text = Text()
    last: tuple[Line, float, float] | None = None
    body = _body_size(pages)
    for page in pages:
        top, foot = _furniture(page, repeated)
        text.removed += [Removed(line.text, page.number, len(text.paragraphs)) for line in top]
        kept = [line for line in page.lines if line not in top and line not in foot]
        last = _join(text.paragraphs, page, kept, last, body)
        text.removed += [Removed(line.text, page.number, len(text.paragraphs)) for line in foot]
    for paragraph in text.paragraphs:
        paragraph.kind = _kind(paragraph, body)
    _take_title(text, body)
    return text


def _edges(lines: Sequence[Line]) -> tuple[list[Line], list[Line]]:
    """The lines at the top and at the foot of a page that may be its furniture, the outermost first."""
    by_height = sorted(lines, key=lambda line: -line.y)
    return by_height[:_EDGE_LINES], by_height[: -_EDGE_LINES - 1 : -1]


def _shape(line: Line) -> tuple[str, int]:
    """Its words, whatever its numbers, and its height on the page."""
    return _DIGITS.sub("#", line.text), round(line.y / _SAME_HEIGHT)


def _repeated(pages: Sequence[Page]) -> set[tuple[str, int]]:
    """What stands at the edge of many pages; left and right ones may differ."""
    if len(pages) < 2:
        return set()
    counts = Counter(
        shape
        for page in pages
        for shape in {_shape(line) for side in _edges(page.lines) for line in side if _may_repeat(line)}
    )
    least = max(2, len(pages) * 0.3)
    return {shape for shape, count in counts.items() if count >= least}


def _may_repeat(line: Line) -> bool:
    return line.text.count(" ") < _EDGE_WORDS and any(map(str.isalpha, line.text))


def _furniture(page: Page, repeated: set[tuple[str, int]]) -> tuple[list[Line], list[Line]]:
    """What repeats, and the number of the page, up to the first line that is neither: at the top, and at the foot."""
    top, foot = _edges(page.lines)
    found = [list(takewhile(lambda line: _is_furniture(line, repeated), side)) for side in (top, foot)]
    return found[0], [line for line in reversed(found[1]) if line not in found[0]]


def _is_furniture(line: Line, repeated: set[tuple[str, int]]) -> bool:
    if _PAGE_NUMBER.fullmatch(line.text):
        return True
    return _may_repeat(line) and _shape(line) in repeated


def _join(
    made: list[Paragraph],
    page: Page,
    lines: Sequence[Line],
    last: tuple[Line, float, float] | None,
    body: float,
) -> tuple[Line, float, float] | None:
    """Add the lines of a page. last: the line before with the edges of its column."""
    columns: dict[int, list[Line]] = {}
    for line in lines:
        columns.setdefault(line.column, []).append(line)
    for column in columns.values():
        left, right = min(line.x0 for line in column), max(line.x1 for line in column)
        leading = _leading(column)
        before: Line | None = None
        for line in column:
            if before is not None:
                goes_on = _goes_on(
                    before, line, (left, right), leading, rtl=page.rtl, large=line.size >= _LARGER * body
                )
            else:
                goes_on = last is not None and _goes_over(last, line, rtl=page.rtl)
            if goes_on and made:
                made[-1].text = _joined(made[-1].text, line.text)
            else:
                made.append(Paragraph(line.text, line.size, page.number))
            before = line
        if before is not None:
            last = (before, left, right)
    return last


def _leading(column: Sequence[Line]) -> float:
    """The distance of lines within a paragraph: that of the nearest quarter."""
    steps = sorted(one.y - other.y for one, other in pairwise(column) if one.y > other.y)
    return steps[len(steps) // 4] if steps else 0.0


def _goes_on(
    before: Line, line: Line, edges: tuple[float, float], leading: float, *, rtl: bool, large: bool
) -> bool:
    """Whether two lines of a column are of one paragraph."""
    step = before.y - line.y
    if CELLS in before.text or CELLS in line.text:
        return False
    if abs(before.size - line.size) > 0.1 * before.size or _ITEM.match(line.text):
        return False
    if step > 2.2 * before.size:
        return False
    if step > 1.3 * leading and step > 1.35 * before.size:
        return False
    if large:
        return True
    indent = edges[1] - line.x1 if rtl else line.x0 - edges[0]
    was = edges[1] - before.x1 if rtl else before.x0 - edges[0]
    if indent - was > 0.7 * line.size and _ENDED.search(before.text):
        return False
    return not _has_room(before, line, edges, rtl=rtl)


def _goes_over(last: tuple[Line, float, float], line: Line, *, rtl: bool) -> bool:
    """Whether a paragraph goes on in the next column or on the next page."""
    before, left, right = last
    if (
        abs(before.size - line.size) > 0.1 * before.size
        or _ENDED.search(before.text)
        or _ITEM.match(line.text)
    ):
        return False
    return not _has_room(before, line, (left, right), rtl=rtl)


def _has_room(before: Line, line: Line, edges: tuple[float, float], *, rtl: bool) -> bool:
    """Whether the first word of a line would have fitted on the one before: that one ended a paragraph then."""
    room = before.x0 - edges[0] if rtl else edges[1] - before.x1
    if room <= line.first + 0.45 * before.size:
        return False
    return _ENDED.search(before.text) is not None or room > _SHORT * (edges[1] - edges[0])


def _joined(text: str, line: str) -> str:
    if _HYPHEN.search(text) and line[:1].islower():
        return text[:-1] + line
    return f"{text} {line}"


def _body_size(pages: Sequence[Page]) -> float:
    counts: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            counts[round(line.size * 2) / 2] += len(line.text)
    return counts.most_common(1)[0][0] if counts else 0.0


def _kind(paragraph: Paragraph, body: float) -> Kind | None:
    if _ITEM.match(paragraph.text):
        paragraph.text = (
            _BULLET.sub("", paragraph.text, count=1) if _BULLET.match(paragraph.text) else paragraph.text
        )
        return "item"
    short = len(paragraph.text) <= _HEADING_CHARS
    return "heading" if short and paragraph.size >= _LARGER * body else None


def _take_title(text: Text, body: float) -> None:
    """The largest letters near the beginning, where they are much larger than those of the text."""
    among = [one for one in text.paragraphs[:_TITLE_AMONG] if one.page == 1]
    largest = max(among, key=lambda one: one.size, default=None)
    if largest is None or largest.size < _TITLE_LARGER * body or not 8 <= len(largest.text) <= _TITLE_CHARS:
        return
    at = text.paragraphs.index(largest)
    text.title, text.above = largest.text, at
    del text.paragraphs[at]
    text.removed = [Removed(one.text, one.page, one.before - (one.before > at)) for one in text.removed]
