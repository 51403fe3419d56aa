"""What two articles of a story say otherwise, as JSON and as lines of text."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kashaf.corpus.story_diff import Difference, differences
from kashaf_tui.commands.output import highlighted, paragraph

if TYPE_CHECKING:
    from kashaf.bidi.layout import Line
    from kashaf.corpus.article import Article


def as_dict(a: Article, b: Article) -> dict[str, object]:
    """The documented JSON shape: spans are offsets in the text of `a` and of `b`."""
    return {
        "a": {"id": a.id, "source": a.metadata.outlet},
        "b": {"id": b.id, "source": b.metadata.outlet},
        "differences": [
            {
                **_spans(one, a, b),
                **({"parts": [_spans(part, a, b) for part in one.parts]} if one.parts else {}),
            }
            for one in differences(a, b)
        ],
    }


def _spans(one: Difference, a: Article, b: Article) -> dict[str, object]:
    (start_a, end_a), (start_b, end_b) = one.span_a, one.span_b
    return {
        "kind": one.kind,
        "a": [start_a, end_a],
        "b": [start_b, end_b],
        "text_a": a.text[start_a:end_a],
        "text_b": b.text[start_b:end_b],
    }


def as_text(a: Article, b: Article) -> Iterator[str | Line]:
    """What only one of them says, and what they word otherwise, the words in brackets; the rest is counted."""
    width = shutil.get_terminal_size().columns
    found = differences(a, b)
    counts: Counter[str] = Counter(one.kind for one in found)
    yield f"A {_named(a)}"
    yield f"B {_named(b)}"
    yield " · ".join(
        f"{counts[kind]} {words}"
        for kind, words in (
            ("same", "sentences in both"),
            ("moved", "elsewhere"),
            ("changed", "reworded"),
            ("only_a", "only in A"),
            ("only_b", "only in B"),
        )
    )
    for one in found:
        if one.kind in ("same", "moved"):
            continue
        yield ""
        if one.kind != "only_b":
            yield from _side("A", a.text, one.span_a, (part.span_a for part in _other(one)), width)
        if one.kind != "only_a":
            yield from _side("B", b.text, one.span_b, (part.span_b for part in _other(one)), width)
    yield ""


def _other(one: Difference) -> Iterator[Difference]:
    return (part for part in one.parts if part.kind != "same")


def _side(
    name: str, text: str, span: tuple[int, int], marked: Iterable[tuple[int, int]], width: int
) -> Iterator[str | Line]:
    start, end = span
    spans = [part for part in marked if part[0] < part[1]]
    yield f"{name}:"
    yield from paragraph(highlighted(text[start:end], start, spans), width)


def _named(article: Article) -> str:
    data = article.metadata
    date = data.published.isoformat() if data.published else "no date"
    return f"{data.outlet or 'no outlet'} · {date} · {article.title} · {article.id}"
