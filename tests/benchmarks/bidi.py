"""How long 1,000 lines take to lay out, beside python-bidi (Rust) with arabic-reshaper (Python).

The peer reorders and shapes a string and no more; ours also knows cells, widths and where each came from. Ours
remembers the shapes of words, as it does when it runs: the first time a word is met is in the measurement.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import wrap
from time import process_time

from tests.benchmarks.articles import load
from tests.benchmarks.process import run
from tests.benchmarks.table import Row

LINES = 1000
_COLUMNS = 78
_PEER = "python-bidi + arabic-reshaper"
_SHAPER = "arabic-reshaper alone, no order"


def measure(folder: Path) -> list[Row]:
    """Different lines, each once: nothing that was laid out before is remembered."""
    ours, peer = run("bidi", "ours", folder).values, run("bidi", "peer", folder).values
    return [
        Row(f"{LINES:,} lines to visual order", "ms", ours["visual"], peer["visual"], _PEER),
        Row(
            f"{LINES:,} paragraphs, wrapped at {_COLUMNS}",
            "ms",
            ours["wrapped"],
            peer["paragraphs"],
            f"{_PEER}, unwrapped",
        ),
        Row(f"{LINES:,} paragraphs, with every cell", "ms", ours["cells"], peer["shaped"], _SHAPER),
    ]


def ours(folder: str) -> Mapping[str, float]:
    """By `kashaf.bidi`."""
    from kashaf.bidi.layout import lay_out, visual

    lines, paragraphs = _texts(folder)
    return {
        "visual": _milliseconds(visual, lines),
        "wrapped": _milliseconds(lambda text: lay_out(text, _COLUMNS), paragraphs),
        "cells": _milliseconds(lambda text: [line.cells for line in lay_out(text, _COLUMNS)], paragraphs),
    }


def peer(folder: str) -> Mapping[str, float]:
    """By the two libraries that terminal programs use."""
    import arabic_reshaper
    from bidi import get_display

    def show(text: str) -> object:
        return get_display(arabic_reshaper.reshape(text))

    lines, paragraphs = _texts(folder)
    return {
        "visual": _milliseconds(show, lines),
        "paragraphs": _milliseconds(show, paragraphs),
        "shaped": _milliseconds(arabic_reshaper.reshape, paragraphs),
    }


def _milliseconds(lay_out: Callable[[str], object], texts: list[str]) -> float:
    lay_out("تهيئة")
    started = process_time()
    for text in texts:
        lay_out(text)
    return (process_time() - started) * 1000


def _texts(folder: str) -> tuple[list[str], list[str]]:
    """Lines of a screen's width, and paragraphs; no two alike, because ours remembers lines."""
    paragraphs = dict.fromkeys(
        text for article in load(Path(folder)) for text in article.text.split("\n")[1:]
    )
    lines = dict.fromkeys(line for text in paragraphs for line in wrap(text, _COLUMNS))
    return list(lines)[:LINES], list(paragraphs)[:LINES]
