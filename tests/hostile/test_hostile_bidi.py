"""Text made to break layout: nothing raised, nothing lost, nothing but printable text out, and linear work.

Work is counted, not timed: lines of Python run in `kashaf.bidi`, and bytes allocated, for a text and for one twice
as long. What regular expressions do cannot be counted; a quadratic one would take hours on a text of `LONG`.
"""

from __future__ import annotations

import sys
import tracemalloc
import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from kashaf.bidi import shaping
from kashaf.bidi.direction import direction
from kashaf.bidi.layout import Line, Options, cell_width, crop, lay_out, lay_out_line, visual
from kashaf.bidi.properties import BIDI_CLASS, CACHE_LIMIT, CELL_CLASS, JOINING_TYPE, MIRRORED
from kashaf.bidi.resolve import BRACKET_DEPTH
from kashaf.bidi.shaping import MAX_MARKS

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import FrameType

LRE, RLE, LRO, RLO, PDF = "\u202a", "\u202b", "\u202d", "\u202e", "\u202c"
LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"
FATHA, ZWSP, ZWJ, LRM, SHY = "\u064e", "\u200b", "\u200d", "\u200e", "\u00ad"
NEVER_PRINTED = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI", "B", "S", "BN"})

# Texts of about `n` code points.
TEXTS: dict[str, Callable[[int], str]] = {
    "lone surrogates": lambda n: "\ud800ن\udfff" * (n // 3),
    "noncharacters": lambda n: "\uffff\ufdd0" * (n // 2),
    "marks on one letter": lambda n: "ب" + FATHA * n,
    "marks on nothing": lambda n: FATHA * n,
    "marks everywhere": lambda n: ("ب" + FATHA + "\u0301") * (n // 3),
    "zero width flood": lambda n: "ن" + (ZWSP + ZWJ + LRM + "\ufeff") * (n // 4) + "ن",
    "soft hyphens between": lambda n: ("a" + SHY + "ن") * (n // 3),
    "open isolates": lambda n: FSI * n,
    "open isolates and text": lambda n: (RLI + "a" + LRI + "ن") * (n // 4),
    "closed isolates": lambda n: PDI * n,
    "isolates side by side": lambda n: (FSI + "ن" + PDI) * (n // 3),
    "isolates in one another": lambda n: (FSI + "x") * (n // 3) + PDI * (n // 3),
    "first strong far away": lambda n: (FSI + "...") * (n // 4) + "ن",
    "open overrides": lambda n: RLO * n + "ن",
    "open overrides and text": lambda n: (RLO + "a" + LRO + "ن") * (n // 4),
    "closed embeddings": lambda n: PDF * n,
    "embeddings to and fro": lambda n: (RLE + "a" + PDF + LRE + "ن" + PDF) * (n // 6),
    "deep levels to and fro": lambda n: ((RLE + LRE) * 62 + "aن" + PDF * 124 + "ن") * (n // 251 + 1),
    "deep brackets": lambda n: "ن" + "(a" * (n // 3) + ")" * (n // 3),
    "empty brackets": lambda n: "ن" + "()" * (n // 2),
    "brackets of the other direction": lambda n: "ن" + "(a)[b] " * (n // 7),
    "brackets far apart": lambda n: "[" * BRACKET_DEPTH + " " * n + "a" + "]" * BRACKET_DEPTH,
    "brackets without end": lambda n: "ن" + ")" * (n // 2) + "(" * (n // 2),
    "separators": lambda n: "ن" + "1," * (n // 2),
    "terminators": lambda n: "ن" + "$" * n + "x1",
    "terminators and numbers": lambda n: "a" + "$1+" * (n // 3),
    "neutrals": lambda n: "a" + "!" * n + "ن",
    "neutrals between": lambda n: "a!ن!" * (n // 4),
    "numbers between": lambda n: "ن1a٢" * (n // 4),
    "white space": lambda n: " " * n,
    "white space before the end": lambda n: "ن" + " " * n + "ن",
    "every kind of white space": lambda n: " \t\u00a0\u2028\n\u3000" * (n // 6),
    "one word": lambda n: "ن" * n,
    "one Latin word": lambda n: "a" * n,
    "tatweel": lambda n: "ن" + "ـ" * n,
    "lam-alef": lambda n: "لا" * (n // 2),
    "wide": lambda n: "中" * n,
    "digits": lambda n: "0" * n,
    "handle": lambda n: "@" + "a" * n,
    "hashtags": lambda n: "#a" * (n // 2),
    "brackets in an address": lambda n: "www.(" * (n // 5),
    "open brackets in an address": lambda n: "http://" + "(" * n,
    "addresses": lambda n: "ن www.a.b " * (n // 10),
    "mail": lambda n: "a@a." * (n // 4),
    "half a mail address": lambda n: "a." * (n // 2),
    "slashes": lambda n: "/" * n,
    "path": lambda n: "/a" * (n // 2),
    "spaced paths": lambda n: " /a" * (n // 3),
    "backslashes": lambda n: "\\" * n,
    "paths of Windows": lambda n: "C:\\a" * (n // 4),
    "dates": lambda n: "ن 2025-11-03 " * (n // 13),
    "half a date": lambda n: "2025-" * (n // 5),
    "telephone": lambda n: "+1" + " 22" * (n // 3),
    "telephones": lambda n: " +1" * (n // 3),
    "version": lambda n: "1" + ".1" * (n // 2) + "-",
    "abbreviation": lambda n: "A." * (n // 2) + "A",
    "pluses": lambda n: "a+" * (n // 2),
    "escape sequences": lambda n: "\x1b[31mن\x07\x9b" * (n // 8),
}
SHORT, LONG = 1_500, 100_000

each_text = pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)


def check(line: Line) -> None:
    """What is printed is printable, and each code point of the line is in one cell."""
    at = line.start
    for start, end in sorted((cell.start, cell.end) for cell in line.cells):
        assert start == at < end
        at = end
    assert at == line.end
    assert all(0 <= cell.level <= 127 for cell in line.cells)
    check_printed(line.text)


def check_printed(text: str) -> None:
    text.encode("utf-8")
    for char in set(text):
        assert unicodedata.category(char) not in {"Cc", "Cs", "Zl", "Zp"}
        assert BIDI_CLASS[char] not in NEVER_PRINTED


@each_text
@pytest.mark.parametrize("chosen", [Options(), Options("keep", "arabic", "rtl", "strip")])
def test_nothing_is_lost_and_nothing_raised(make: Callable[[int], str], chosen: Options) -> None:
    text = make(SHORT)
    lines = lay_out(text, 20, chosen)
    assert (lines[0].start, lines[-1].end) == (0, len(text))
    assert all(line.end == following.start for line, following in pairwise(lines))
    for line in (*lines, lay_out_line(text, chosen)):
        check(line)
    check_printed(visual(text, chosen))
    assert cell_width(crop(text, 20, options=chosen), chosen) <= 20


@each_text
def test_a_long_text_is_laid_out(make: Callable[[int], str]) -> None:
    text = make(LONG)
    lines = lay_out(text, 80)
    assert lines[-1].end == len(text)
    assert direction(text) in ("rtl", "ltr")
    assert cell_width(text) >= lines[0].width


def steps(text: str) -> int:
    """Lines of `kashaf.bidi` that run while the text is laid out every way there is."""
    count = 0

    def local(_frame: FrameType, event: str, _argument: object) -> object:
        nonlocal count
        count += event == "line"
        return local

    def called(frame: FrameType, _event: str, _argument: object) -> object:
        return local if "/bidi/" in frame.f_code.co_filename.replace("\\", "/") else None

    shaping._piece.cache_clear()
    visual.cache_clear()
    before = sys.gettrace()
    sys.settrace(called)  # type: ignore[arg-type]  # typeshed wants the exact type of a recursive function
    try:
        lay_out(text, 20)
        visual(text, Options(digits="arabic"))
        crop(text, 20)
        direction(text)
    finally:
        sys.settrace(before)
    return count


@each_text
def test_twice_the_text_is_twice_the_work(make: Callable[[int], str]) -> None:
    once = steps(make(SHORT))
    twice = steps(make(2 * SHORT))
    assert twice <= 2.5 * once + 200  # quadratic work would be four times as much


def peak(text: str) -> int:
    tracemalloc.start()
    try:
        lines = lay_out(text, 80)
        assert lines
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ["one word", "dates", "neutrals between", "isolates side by side", "wide"])
def test_twice_the_text_is_twice_the_memory(name: str) -> None:
    once, twice = (peak(TEXTS[name](length)) for length in (20_000, 40_000))
    assert twice <= 2.4 * once
    assert twice <= 40_000 * 400


def test_lines_that_are_never_looked_at_have_no_cells() -> None:
    text = TEXTS["dates"](20_000)
    tracemalloc.start()
    try:
        lines = lay_out(text, 80)
        before = tracemalloc.get_traced_memory()[0]
        assert sum(len(line.cells) for line in lines)
        after = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
    assert after > 2 * before


def test_ten_thousand_marks_are_one_cell_with_a_few_of_them() -> None:
    text = "ب" + (FATHA + "\u0651") * 5_000 + "ب"
    line = lay_out_line(text, Options(marks="keep"))
    assert line.width == 2
    assert [(cell.start, cell.end) for cell in line.cells] == [(10_001, 10_002), (0, 10_001)]
    assert len(line.cells[1].text) == 1 + MAX_MARKS
    assert line.column_of(9_999) == 1


def test_a_flood_of_zero_width_characters_is_no_cell() -> None:
    text = "ن" + TEXTS["zero width flood"](10_000)[1:-1]
    assert [line.text for line in lay_out(text, 10)] == ["\ufee7"]  # ZWJ joins


@pytest.mark.parametrize("pair", [(RLE, PDF), (LRE, PDF), (RLO, PDF), (LRI, PDI), (RLI, PDI), (FSI, PDI)])
@pytest.mark.parametrize("depth", [124, 125, 126, 5_000])
def test_nesting_beyond_the_limit_ends_where_it_began(pair: tuple[str, str], depth: int) -> None:
    text = "ab " + pair[0] * depth + "نص ab" + pair[1] * depth + " cd"
    line = lay_out_line(text)
    check(line)
    assert line.text.startswith("ab ")
    assert line.text.endswith(" cd")
    assert max(cell.level for cell in line.cells) <= 127


@pytest.mark.parametrize("controls", [RLO, RLE + RLO, RLI + RLO, FSI, PDI + PDF, LRO * 130])
def test_controls_left_open_do_not_reach_the_next_paragraph(controls: str) -> None:
    assert lay_out_line(controls + "ab\nab").text.endswith("ab")


def test_caches_do_not_grow_with_the_text() -> None:
    for start in range(0, 0x20000, 0x1000):
        lay_out_line(" ".join(map(chr, range(start, start + 0x1000))))
    for table in (BIDI_CLASS, CELL_CLASS, JOINING_TYPE, MIRRORED):
        assert len(table) <= CACHE_LIMIT
    assert shaping._piece.cache_info().maxsize is not None
