"""Unicode's own conformance cases for UAX #9, of the version the tables are of.

The whole of BidiCharacterTest.txt is run where it lies in the folder named by KASHAF_UNICODE_DATA or where
Debian's `unicode-data` puts it; else the committed sample of it.
"""

from __future__ import annotations

import gzip
import os
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.bidi._ucd import UNICODE_VERSION
from kashaf.bidi.levels import levels
from kashaf.bidi.order import line_levels, visual_order

if TYPE_CHECKING:
    from collections.abc import Iterator

SAMPLE = Path(__file__).parent / "data" / "bidi_character_sample.txt.gz"
DEBIAN = "/usr/share/unicode"
BASES = {"0": 0, "1": 1, "2": None}


def source() -> tuple[str, int]:
    """Text of the test file and the least number of cases it must hold."""
    folder = Path(os.environ.get("KASHAF_UNICODE_DATA") or DEBIAN)
    path = folder / "BidiCharacterTest.txt"
    if path.is_file():
        text = path.read_text(encoding="utf-8")
        # Later versions reassign classes; their cases are not for these tables.
        if f"-{UNICODE_VERSION}.txt" in text.partition("\n")[0]:
            return text, 90_000
    return gzip.decompress(SAMPLE.read_bytes()).decode(), 1_900


def cases(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield line.split(";")


def failures(text: str) -> tuple[int, list[str]]:
    """Number of cases run and those whose base, levels or visual order came out otherwise."""
    count = 0
    failed = []
    for code_points, direction, base, expected_levels, expected_order in cases(text):
        count += 1
        case = "".join(chr(int(code, 16)) for code in code_points.split())
        found = levels(case, BASES[direction])
        on_line = line_levels(case, found.levels, found.base)
        drawn = [(i, level) for i, level in enumerate(on_line) if level is not None]
        order = [drawn[place][0] for place in visual_order([level for _, level in drawn])]
        as_written = " ".join("x" if level is None else str(level) for level in on_line)
        if (str(found.base), as_written, " ".join(map(str, order))) != (
            base,
            expected_levels,
            expected_order,
        ):
            failed.append(f"{code_points};{direction}")
    return count, failed


def test_every_case_of_the_unicode_test_file() -> None:
    text, least = source()
    count, failed = failures(text)
    assert failed[:10] == []
    assert count >= least


def test_the_committed_sample_is_of_the_tables_version() -> None:
    text = gzip.decompress(SAMPLE.read_bytes()).decode()
    assert UNICODE_VERSION in text.partition("\n")[0]
    count, failed = failures(text)
    assert failed == []
    assert count >= 1_900
