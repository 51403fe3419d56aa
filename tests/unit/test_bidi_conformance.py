"""Unicode's own conformance cases for UAX #9, levels and order, of the version the tables are of.

The files are read where they lie in the folder named by KASHAF_UNICODE_DATA or where Debian's `unicode-data` puts
them: all of BidiCharacterTest.txt and, with KASHAF_BIDI=all, all of BidiTest.txt, which takes a minute. What
is not there, or not asked for, is stood in for by the committed samples.
"""

from __future__ import annotations

import gzip
import os
from itertools import cycle
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from kashaf.bidi._ucd import CLOSING, OPENING, UNICODE_VERSION
from kashaf.bidi.levels import REMOVED, levels
from kashaf.bidi.order import line_levels, visual_order
from kashaf.bidi.properties import BIDI_CLASS

if TYPE_CHECKING:
    from collections.abc import Iterator

DATA = Path(__file__).parent / "data"
FOLDER = Path(os.environ.get("KASHAF_UNICODE_DATA") or "/usr/share/unicode")
EVERYTHING = os.environ.get("KASHAF_BIDI") == "all"
CASES = (192_642, 192_582, 192_481, 192_536)  # of the long run: its 770,241, in parts for several processes
BASES = {"0": 0, "1": 1, "2": None}
BASES_OF_BIT = {1: None, 2: 0, 4: 1}
PER_CLASS = 5


def sample(name: str) -> str:
    return gzip.decompress((DATA / name).read_bytes()).decode()


def whole(name: str) -> str:
    """The file of the database; skips the test where it is missing or of another version."""
    path = FOLDER / name
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    # Later versions reassign classes; their cases are not for these tables.
    if f"-{UNICODE_VERSION}.txt" not in text.partition("\n")[0]:
        pytest.skip(f"no {name} of Unicode {UNICODE_VERSION} in {FOLDER}")
    return text


def outcome(text: str, base: int | None) -> tuple[int, str, str]:
    """Base, levels and order as the files write them."""
    found = levels(text, base)
    on_line = line_levels(found)
    drawn = [i for i, level in enumerate(on_line) if level != REMOVED]
    order = [drawn[place] for place in visual_order(bytes([on_line[i] for i in drawn]))]
    written = " ".join("x" if level == REMOVED else str(level) for level in on_line)
    return found.base, written, " ".join(map(str, order))


def character_failures(text: str) -> tuple[int, list[str]]:
    """Number of cases of BidiCharacterTest.txt, and those that came out otherwise."""
    count = 0
    failed = []
    for line in text.splitlines():
        if not line or line.startswith("#"):
            continue
        count += 1
        code_points, direction, base, *expected = line.split(";")
        case = "".join(chr(int(code, 16)) for code in code_points.split())
        if outcome(case, BASES[direction]) != (int(base), *expected):
            failed.append(line)
    return count, failed


def members() -> dict[str, cycle[str]]:
    """A few characters of each class, to be used in turn: the cases are of classes, not of characters."""
    found: dict[str, list[str]] = {}
    for char in map(chr, range(0xE1000)):
        known = found.setdefault(BIDI_CLASS[char], [])
        if len(known) < PER_CLASS and char not in OPENING and char not in CLOSING:
            known.append(char)
    return {name: cycle(chars) for name, chars in found.items()}


def class_cases(text: str) -> Iterator[tuple[str, int, list[str]]]:
    """Classes, bits of the bases, levels and order of each line of BidiTest.txt."""
    expected = ["", ""]
    for line in text.splitlines():
        if line.startswith(("@Levels:", "@Reorder:")):
            expected[line.startswith("@R")] = " ".join(line.partition(":")[2].split())
        elif line and line[0] not in "#@":
            classes, _, bits = line.partition(";")
            yield classes, int(bits, 16), expected[:]


def class_failures(text: str, part: int = 0, parts: int = 1) -> tuple[int, list[str]]:
    """Number of cases of BidiTest.txt, a line for each base, and those that came out otherwise."""
    chars = members()
    count = 0
    failed = []
    for number, (classes, bits, expected) in enumerate(class_cases(text)):
        if number % parts != part:
            continue
        case = "".join([next(chars[name]) for name in classes.split()])
        for bit, base in BASES_OF_BIT.items():
            if bits & bit:
                count += 1
                if list(outcome(case, base)[1:]) != expected:
                    failed.append(f"{classes};{bit}")
    return count, failed


def test_every_case_of_the_character_test() -> None:
    count, failed = character_failures(whole("BidiCharacterTest.txt"))
    assert failed[:10] == []
    assert count == 91_707


@pytest.mark.skipif(not EVERYTHING, reason="the long run is `make test-bidi`")
@pytest.mark.parametrize("part", range(len(CASES)))
def test_every_case_of_the_class_test(part: int) -> None:
    count, failed = class_failures(whole("BidiTest.txt"), part, len(CASES))
    assert failed[:10] == []
    assert count == CASES[part]


def test_the_sample_of_the_character_test() -> None:
    text = sample("bidi_character_sample.txt.gz")
    assert UNICODE_VERSION in text.partition("\n")[0]
    count, failed = character_failures(text)
    assert failed == []
    assert count == 1_994


def test_the_sample_of_the_class_test() -> None:
    text = sample("bidi_class_sample.txt.gz")
    assert UNICODE_VERSION in text.partition("\n")[0]
    count, failed = class_failures(text)
    assert failed == []
    assert count > 2_004
