"""Write src/kashaf/bidi/_ucd.py from the Unicode Character Database.

    python scripts/generate_unicode_tables.py [FOLDER] [--check | --sample]

FOLDER holds the UCD text files as Unicode publishes them, with `extracted/` below it; the default is where
Debian's package `unicode-data` puts them. With --check nothing is written: the exit code is 1 when the module
in the tree is not what FOLDER would give. With --sample the conformance cases kept for the tests are written
instead: evenly spaced cases of BidiCharacterTest.txt and BidiTest.txt.

The tables are committed because `unicodedata` is of another Unicode version in every Python release, and the
columns of a line must not depend on the Python that runs it.
"""

from __future__ import annotations

import argparse
import gzip
import re
import sys
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

DEFAULT_FOLDER = Path("/usr/share/unicode")
TARGET = Path(__file__).resolve().parent.parent / "src" / "kashaf" / "bidi" / "_ucd.py"
SAMPLES = TARGET.parents[3] / "tests" / "unit" / "data"
# File of the database, file of the sample, and which of its 91,707 and 490,846 lines of cases: two thousand of each.
SAMPLED = (
    ("BidiCharacterTest.txt", "bidi_character_sample.txt.gz", 46),
    ("BidiTest.txt", "bidi_class_sample.txt.gz", 245),
)
CODE_POINTS = 0x110000
WHITE_SPACE_CLASSES = frozenset({"B", "S", "WS"})
NO_BREAK_SPACES = frozenset({0x00A0, 0x2007, 0x202F})
EMOJI_MODIFIERS = range(0x1F3FB, 0x1F400)
ARABIC_BLOCKS = (range(0x0600, 0x0700), range(0x0750, 0x0780), range(0x0870, 0x0900), range(0x10EC0, 0x10F00))
PRESENTATION_FORMS = (*range(0xFB50, 0xFC00), *range(0xFE80, 0xFEFD))
FORM_ORDER = ("<isolated>", "<final>", "<initial>", "<medial>")
LAM = 0x0644
HAMZA_MARKS = frozenset({0x0653, 0x0654, 0x0655})


def rows(path: Path) -> Iterator[tuple[str, list[str]]]:
    """(kind, fields) of each line that holds data; kind is "data" or "missing" (an @missing default)."""
    for line in path.read_text(encoding="utf-8").splitlines():
        missing = re.match(r"#\s*@missing:\s*(.*)", line)
        body = missing.group(1) if missing else line.partition("#")[0]
        if body.strip():
            yield ("missing" if missing else "data"), [field.strip() for field in body.split(";")]


def span(field: str) -> range:
    """`0600..06FF` or `0600` as a range of code points."""
    first, _, last = field.partition("..")
    return range(int(first, 16), int(last or first, 16) + 1)


def property_of(path: Path, default: str, long_names: dict[str, str]) -> list[str]:
    """Value of an enumerated property for every code point; later @missing lines overrule earlier ones."""
    values = [default] * CODE_POINTS
    found = list(rows(path))
    for kind in ("missing", "data"):
        for row_kind, fields in found:
            if row_kind == kind:
                value = long_names.get(fields[1], fields[1])
                for code in span(fields[0]):
                    values[code] = value
    return values


def binary_property(path: Path, name: str) -> set[int]:
    """Code points that have the binary property `name`."""
    return {
        code
        for kind, fields in rows(path)
        if kind == "data" and fields[1] == name
        for code in span(fields[0])
    }


def ranges(values: Sequence[str]) -> tuple[list[int], list[str]]:
    """Run-length form: values[i] holds from starts[i] up to starts[i + 1]."""
    starts: list[int] = []
    kept: list[str] = []
    for code, value in enumerate(values):
        if not kept or kept[-1] != value:
            starts.append(code)
            kept.append(value)
    return starts, kept


def cell_classes(folder: Path, bidi: Sequence[str]) -> list[str]:
    """What a code point does to the cells of a line: see the legend in `write_module`."""
    category = property_of(folder / "extracted/DerivedGeneralCategory.txt", "Cn", {"Unassigned": "Cn"})
    width = property_of(folder / "extracted/DerivedEastAsianWidth.txt", "N", {"Neutral": "N", "Wide": "W"})
    syllable = property_of(folder / "HangulSyllableType.txt", "NA", {})
    ignorable = binary_property(folder / "DerivedCoreProperties.txt", "Default_Ignorable_Code_Point")
    prepended = binary_property(folder / "PropList.txt", "Prepended_Concatenation_Mark")
    noncharacter = binary_property(folder / "PropList.txt", "Noncharacter_Code_Point")

    def classify(code: int) -> str:
        kind = category[code]
        wide = width[code] in ("W", "F")
        if kind == "Cs" or code in noncharacter:
            return "r"
        if kind in ("Zl", "Zp") or (kind == "Cc" and bidi[code] in WHITE_SPACE_CLASSES):
            return "s"
        if kind == "Zs":
            return "g" if code in NO_BREAK_SPACES else "S" if wide else "s"
        if kind == "Cc" or code in ignorable or code in EMOJI_MODIFIERS:
            return "n"
        if kind == "Cf" and code not in prepended:
            return "n"
        if kind in ("Mn", "Me", "Mc") or syllable[code] in ("V", "T"):
            return "t" if any(code in block for block in ARABIC_BLOCKS) else "m"
        return "2" if wide else "1"

    return [classify(code) for code in range(CODE_POINTS)]


def decompositions(folder: Path) -> dict[int, list[str]]:
    """Decomposition field of UnicodeData.txt, split at spaces."""
    return {
        int(fields[0], 16): fields[5].split() for _, fields in rows(folder / "UnicodeData.txt") if fields[5]
    }


def presentation_forms(decomposed: dict[int, list[str]]) -> dict[str, tuple[str, str, str, str]]:
    """Letter, or lam + alef as one string, -> its isolated, final, initial and medial form.

    A letter that does not join to the next has no initial and medial form: its isolated and final one stand in.
    """
    found: dict[str, list[str | None]] = {}
    for code in PRESENTATION_FORMS:
        fields = decomposed.get(code, [])
        letters = "".join(chr(int(field, 16)) for field in fields[1:])
        ligature = len(letters) == 2 and ord(letters[0]) == LAM and 0x0622 <= ord(letters[1]) <= 0x0627
        if fields and fields[0] in FORM_ORDER and (len(letters) == 1 or ligature):
            found.setdefault(letters, [None] * 4)[FORM_ORDER.index(fields[0])] = chr(code)
    forms: dict[str, tuple[str, str, str, str]] = {}
    for letters, (isolated, final, initial, medial) in found.items():
        first = isolated or letters
        last = final or first
        forms[letters] = (first, last, initial or first, medial or last)
    return forms


def hamza_compositions(
    decomposed: dict[int, list[str]], joining: Sequence[str], forms: Iterable[str]
) -> dict[str, str]:
    """Base + hamza or madda as marks -> the letter they compose to, where it joins as its base does."""
    pairs: dict[str, str] = {}
    for code, fields in decomposed.items():
        if code in ARABIC_BLOCKS[0] and len(fields) == 2 and int(fields[1], 16) in HAMZA_MARKS:
            base = int(fields[0], 16)
            if joining[base] == joining[code]:
                pairs[chr(base) + chr(int(fields[1], 16))] = chr(code)
    lam = chr(LAM)
    ligatures = {lam + pair: lam + whole for pair, whole in pairs.items() if lam + whole in forms}
    return pairs | ligatures


def numbers(name: str, values: Iterable[int]) -> str:
    body = textwrap.fill(", ".join(f"0x{value:X}" for value in values), 118)
    return f"{name} = (\n{body},\n)\n"


def mapping(name: str, kind: str, entries: Iterable[tuple[str, str]]) -> str:
    body = textwrap.fill(", ".join(f"{key}:{value}" for key, value in entries), 118, break_long_words=False)
    return f"{name}: {kind} = {{\n{body},\n}}\n"


def quoted(text: str) -> str:
    return ascii(text)


def write_module(folder: Path) -> str:
    """Text of _ucd.py."""
    version = re.search(r"-(\d+\.\d+\.\d+)\.txt", (folder / "BidiBrackets.txt").read_text(encoding="utf-8"))
    if version is None:
        sys.exit(f"{folder}: BidiBrackets.txt does not name its Unicode version")
    bidi = property_of(
        folder / "extracted/DerivedBidiClass.txt",
        "L",
        {
            "Left_To_Right": "L",
            "Right_To_Left": "R",
            "Arabic_Letter": "AL",
            "European_Terminator": "ET",
            "Boundary_Neutral": "BN",
        },
    )
    joining = property_of(folder / "extracted/DerivedJoiningType.txt", "U", {"Non_Joining": "U"})
    bidi_starts, bidi_values = ranges(bidi)
    joining_starts, joining_values = ranges(joining)
    cell_starts, cell_values = ranges(cell_classes(folder, bidi))
    names = sorted(set(bidi_values))
    decomposed = decompositions(folder)
    forms = presentation_forms(decomposed)
    compositions = hamza_compositions(decomposed, joining, forms)
    mirrors = [(f[0], f[1]) for kind, f in rows(folder / "BidiMirroring.txt") if kind == "data"]
    brackets = [tuple(f) for kind, f in rows(folder / "BidiBrackets.txt") if kind == "data"]

    def char(field: str) -> str:
        return quoted(chr(int(field, 16)))

    def bracket_key(code: str) -> str:
        """Canonically equivalent brackets pair with one another (BD14-BD16, note on U+2329)."""
        singleton = decomposed.get(int(code, 16), [])
        return char(singleton[0] if len(singleton) == 1 else code)

    parts = [
        '"""Tables of the Unicode Character Database: generated by scripts/generate_unicode_tables.py.\n\n'
        "Data copyright 1991-2022 Unicode, Inc., under the Unicode licence: https://www.unicode.org/license.txt\n"
        '"""\n',
        f'UNICODE_VERSION = "{version.group(1)}"\n',
        "# Run-length tables: the i-th value holds from the i-th start up to the next start.",
        "# Bidi_Class; a value is an index into BIDI_NAMES, as a letter counted from A.",
        f"BIDI_NAMES = {tuple(names)!r}".replace("'", '"'),
        numbers("BIDI_STARTS", bidi_starts),
        f'BIDI_VALUES = "{"".join(chr(ord("A") + names.index(value)) for value in bidi_values)}"\n',
        "# Joining_Type, by its one-letter alias.",
        numbers("JOINING_STARTS", joining_starts),
        f'JOINING_VALUES = "{"".join(joining_values)}"\n',
        "# What a character does to the cells of a line: 1, 2 a base of one or two cells; s, S a breaking space of",
        "# one or two cells; g a no-break space; m a combining mark; t an Arabic one; n nothing is drawn for it;",
        "# r it cannot be encoded or is no character: U+FFFD is drawn.",
        numbers("CELL_STARTS", cell_starts),
        f'CELL_VALUES = "{"".join(cell_values)}"\n',
        "# Bidi_Mirroring_Glyph.",
        mapping("MIRROR", "dict[str, str]", [(char(a), char(b)) for a, b in mirrors]),
        "# Paired brackets: bracket -> the opening bracket that stands for its pair.",
        mapping("OPENING", "dict[str, str]", [(char(a), bracket_key(a)) for a, _, t in brackets if t == "o"]),
        mapping("CLOSING", "dict[str, str]", [(char(a), bracket_key(b)) for a, b, t in brackets if t == "c"]),
        "# Letter, or lam and alef, -> isolated, final, initial and medial presentation form.",
        mapping(
            "FORMS",
            "dict[str, tuple[str, str, str, str]]",
            [(quoted(k), f"({','.join(map(quoted, v))})") for k, v in sorted(forms.items())],
        ),
        "# Letter and hamza or madda as marks -> composed letter; lam-alef likewise.",
        mapping(
            "COMPOSED", "dict[str, str]", [(quoted(k), quoted(v)) for k, v in sorted(compositions.items())]
        ),
    ]
    return "\n".join(parts)


def write_sample(source: Path, target: Path, every: int) -> int:
    """Write one line of cases in `every`, with the @ lines that hold for it. Returns their number.

    The same input gives the same bytes.
    """
    lines = source.read_text(encoding="utf-8").splitlines()
    kept = [lines[0], *(line for line in lines[:12] if "\u00a9" in line or "terms of use" in line)]
    kept.append(f"# Modified: every {every}th case only.")
    settings: dict[str, str] = {}
    seen = count = 0
    for line in lines:
        if line.startswith("@"):
            settings[line.partition(":")[0]] = line
        elif line and not line.startswith("#"):
            if seen % every == 0:
                kept += [*settings.values(), line]
                settings.clear()
                count += 1
            seen += 1
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress("\n".join([*kept, ""]).encode(), mtime=0))
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT_FOLDER)
    modes = parser.add_mutually_exclusive_group()
    modes.add_argument("--check", action="store_true", help="compare, do not write")
    modes.add_argument("--sample", action="store_true", help="write the samples of the conformance tests")
    arguments = parser.parse_args()
    if arguments.sample:
        for source, target, every in SAMPLED:
            count = write_sample(arguments.folder / source, SAMPLES / target, every)
            print(f"wrote {count} lines of cases to {SAMPLES / target}")
        return 0
    module = write_module(arguments.folder)
    if arguments.check:
        same = TARGET.read_text(encoding="utf-8") == module
        print("up to date" if same else f"{TARGET} is not what {arguments.folder} gives")
        return 0 if same else 1
    TARGET.write_text(module, encoding="utf-8")
    print(f"wrote {TARGET} ({len(module)} characters)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
