"""What trafilatura would not keep of a page's main text: noted before it judges, and put back after.

It drops figures with their captions, and now and then a standfirst or a paragraph that stands by itself; what is
put back is only what the page itself marks as part of its article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Final

from kashaf.corpus.article import Kind
from kashaf.corpus.readers.assemble import Block
from kashaf.corpus.readers.blocks import finder

_CAPTION: Final = re.compile(
    r"(?<![a-z])(?:wp|image|img|photo|picture|media|fig|figure|article)[-_]{0,2}caption(?![a-z])|figcaption",
    re.IGNORECASE,
)
_STANDFIRST: Final = re.compile(
    r"(?<![a-z])(?:lead|lede|standfirst|stand-first|dek|deck|chapeau|summary|excerpt|sub-?title|sub-?headline"
    r"|abstract|synopsis)(?![a-z])",
    re.IGNORECASE,
)
_APART: Final = re.compile(
    r"(?<![a-z])(?:related|comments?|share|sharing|social|promo|sidebar|widget|newsletter|teaser|card|more-?news"
    r"|read-?more|recommend\w*|recirc\w*|most-?read|trending|tags|author-?(?:bio|box)|advert\w*|breadcrumbs?)(?![a-z])",
    re.IGNORECASE,
)
_APART_TAGS: Final = frozenset(
    {"aside", "nav", "footer", "form", "figure", "button", "li", "table", "blockquote"}
)
_STANDFIRST_CHARS: Final = (20, 700)
_CAPTION_CHARS: Final = 600
_PROSE_CHARS: Final = 60
_PROSE_END: Final = re.compile(r"[.؟!…][\"'»”)\]]*$")
_MAX_MARKED: Final = 2_000
_MOST_CHARS: Final = 20_000


@dataclass(frozen=True, slots=True)
class Marked:
    """kinds: of lines, by their text. lines: of the article as the page marks it, in their order: what may have to
    be put back, each with whether it stands before all others."""

    kinds: dict[str, Kind] = field(default_factory=dict)
    lines: tuple[str, ...] = ()


def prepare(tree: Any) -> Marked:
    """Note captions, standfirst and marked paragraphs; figures with a caption become paragraphs of it, and the
    lines of preformatted text are parted. Changes the tree."""
    marked = Marked()
    for figure in list(tree.iter("figure"))[:_MAX_MARKED]:
        _unfold_figure(figure, marked.kinds)
    for element in finder(_WITH_CLASS)(tree)[:_MAX_MARKED]:
        _note_class(element, marked.kinds)
    for pre in list(tree.iter("pre"))[:_MAX_MARKED]:
        _part_lines(pre)
    return Marked(marked.kinds, tuple(dict.fromkeys(_prose(tree, marked.kinds))))


_WITH_CLASS: Final = (
    "(//p|//div|//span|//h2|//h3|//h4|//section|//small|//summary)[@class or @itemprop or @data-testid]"
)


def restore(blocks: Sequence[Block], marked: Marked) -> list[Block]:
    """The blocks, with the marked lines that are not in them after the line that they follow on the page."""
    known = "\n".join(block.text for block in blocks)
    lost = [line for line in marked.lines if line not in known]
    if not lost or len(lost) == len(
        marked.lines
    ):  # none, or trafilatura found another article than the marked one
        return list(blocks)
    after: dict[str, list[str]] = {}
    place = ""
    missing = set(lost)
    for line in marked.lines:
        if line in missing:
            after.setdefault(place, []).append(line)
        else:
            place = line
    told: list[Block] = []
    if "" in after:  # before the first known line, which the title may precede
        first = next((i for i, block in enumerate(blocks) if block.kind != "heading"), 0)
        told = [*blocks[:first], *map(Block, after.pop("")), *blocks[first:]]
    else:
        told = list(blocks)
    for line, following in after.items():
        at = next((i for i, block in enumerate(told) if line in block.text), len(told) - 1)
        told[at + 1 : at + 1] = map(Block, following)
    return told


def _unfold_figure(figure: Any, kinds: dict[str, Kind]) -> None:
    captions = list(figure.iter("figcaption"))
    if figure.find(".//table") is not None or figure.find(".//blockquote") is not None:
        figure.tag = "div"
    for caption in captions[:20]:
        text = squeezed(caption)
        if not text or len(text) > _CAPTION_CHARS:
            continue
        kinds.setdefault(text, "caption")
        if figure.tag == "figure" and len(captions) == 1 and not _is_apart(figure):
            tail = figure.tail
            figure.clear()
            figure.tag, figure.text, figure.tail = "p", text, tail
        else:
            _become_paragraph(caption, text)


def _note_class(element: Any, kinds: dict[str, Kind]) -> None:
    label = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('data-testid') or ''}"
    said = _says(label)
    if said is None:
        return
    caption = said == "caption"
    if next(element.iter("figure", "article", "h1", "li", "img"), None) is not None or _is_apart(element):
        return
    text = squeezed(element)
    if caption and text and len(text) <= _CAPTION_CHARS:
        kinds.setdefault(text, "caption")
        _become_paragraph(element, text)
    elif not caption and _STANDFIRST_CHARS[0] <= len(text) <= _STANDFIRST_CHARS[1]:
        kinds.setdefault(text, "standfirst")


@lru_cache(4096)
def _says(label: str) -> Kind | None:
    """What the class of an element says of it."""
    if _CAPTION.search(label):
        return "caption"
    return "standfirst" if _STANDFIRST.search(label) else None


def _become_paragraph(element: Any, text: str) -> None:
    """Plain, without the class by which trafilatura would drop it."""
    tail = element.tail
    element.clear()
    element.tag, element.text, element.tail = "p", text, tail


def _part_lines(pre: Any) -> None:
    """Preformatted text without elements: verse, mostly. Its line ends become breaks."""
    text = pre.text or ""
    if len(pre) or "\n" not in text.strip():
        return
    lines = text.strip("\n").split("\n")[:10_000]
    pre.tag, pre.text = "p", lines[0]
    for line in lines[1:]:
        pre.append(pre.makeelement("br"))
        pre[-1].tail = line


def _prose(tree: Any, kinds: dict[str, Kind]) -> Iterator[str]:
    """The paragraphs of the one element that the page marks as the body of its article."""
    bodies = finder("//*[@itemprop='articleBody']")(tree) or list(tree.iter("article"))
    if len(bodies) != 1:
        return
    leads = [
        text
        for element in bodies[0].iterancestors("article", "main")
        for text in _leads(element, bodies[0], kinds)
    ][:1]
    yield from leads
    for paragraph in list(bodies[0].iter("p"))[:_MAX_MARKED]:
        text = squeezed(paragraph)
        wanted = len(text) >= _PROSE_CHARS and _PROSE_END.search(text) is not None
        wanted = wanted or kinds.get(text) in {"standfirst", "caption"}
        if wanted and not _is_apart(paragraph, until=bodies[0]):
            yield text


def _leads(place: Any, body: Any, kinds: dict[str, Kind]) -> Iterator[str]:
    """A standfirst that stands beside the body, in the header of the article."""
    if "standfirst" not in kinds.values():
        return
    for element in place.iter("p", "div", "h2", "h3"):
        if element is body:
            return
        if len(element) == 0 and kinds.get(squeezed(element)) == "standfirst":
            yield squeezed(element)


def _is_apart(element: Any, until: Any = None) -> bool:
    """Whether an element stands in what the page puts beside its article."""
    for parent in element.iterancestors():
        if parent is until:
            return False
        if parent.tag in _APART_TAGS or _says_apart(parent.get("class") or ""):
            return True
    return False


@lru_cache(4096)
def _says_apart(label: str) -> bool:
    return _APART.search(label) is not None


def squeezed(element: Any) -> str:
    """The text of an element on one line, and no more of it than anything here asks for."""
    pieces: list[str] = []
    length = 0
    for piece in element.itertext():
        pieces.append(piece)
        length += len(piece)
        if length > _MOST_CHARS:
            break
    return " ".join("".join(pieces).split())
