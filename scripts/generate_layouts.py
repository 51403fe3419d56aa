"""Write src/kashaf/text/_layouts.py from the keyboard layouts of xkeyboard-config.

    python scripts/generate_layouts.py [--symbols FOLDER] [--keysyms FILE] [--check]

FOLDER holds the symbols files of xkb (Debian: package xkb-data), FILE is keysymdef.h, which says what characters
their names mean (Debian: package x11proto-dev). With --check nothing is written: the exit code is 1 when the
module in the tree is not what they give.

The tables are committed because most machines that run Kashaf have neither file, and none that is reached by ssh
has those of the keyboard in use.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from pathlib import Path

SYMBOLS = Path("/usr/share/X11/xkb/symbols")
KEYSYMS = Path("/usr/include/X11/keysymdef.h")
VERSION_FILES = ("pkgconfig/xkeyboard-config.pc", "pkgconfig/xkeyboard-config-2.pc")
TARGET = Path(__file__).resolve().parent.parent / "src" / "kashaf" / "text" / "_layouts.py"

# The Latin layouts first, then the Arabic ones that are laid over them. Left out: buckwalter, where a letter lies on
# the Latin key of its sound; olpc and ergoarabic, which no engraved keyboard has; synonyms (qwerty, iq, sy, ma, dz).
LAYOUTS = (
    "us(basic)",
    "fr(basic)",
    "ara(basic)",
    "ara(basic_ext)",
    "ara(digits)",
    "ara(azerty)",
    "ara(azerty_digits)",
    "ara(mac)",
)
# xkb's names of the keys that type, from the left, and the row of 105-key boards' extra key beside Shift.
ROWS = (
    ("TLDE", *(f"AE{n:02}" for n in range(1, 13))),
    tuple(f"AD{n:02}" for n in range(1, 13)),
    (*(f"AC{n:02}" for n in range(1, 12)), "BKSL"),
    ("LSGT", *(f"AB{n:02}" for n in range(1, 11))),
)
# What pc(pc105), which every layout is laid over, has on the one key above that Latin layouts leave to it.
BASE = {"LSGT": ("<", ">")}
NOTHING = " "

Keys = dict[str, tuple[str, str]]


def read_keysyms(path: Path) -> dict[str, str]:
    """Name of a keysym, without XK_ -> its character, for all that the header gives a Unicode value."""
    pattern = re.compile(r"#define XK_(\w+)\s+0x[0-9a-fA-F]+\s*/\*[ (<]*U\+([0-9A-F]{4,6})")
    lines = path.read_text(encoding="utf-8").splitlines()
    return {found[1]: chr(int(found[2], 16)) for found in map(pattern.match, lines) if found}


def character(name: str, keysyms: dict[str, str]) -> str:
    """What a keysym types, or NOTHING. U1234 and 0x1001234 are Unicode by value (X protocol, appendix A)."""
    if found := re.fullmatch(r"U([0-9A-Fa-f]{4,6})|0x100([0-9A-Fa-f]{4,5})", name):
        return chr(int(found[1] or found[2], 16))
    return keysyms.get(name, NOTHING)


class Symbols:
    """The sections of the symbols files, with their includes resolved."""

    def __init__(self, folder: Path, keysyms: dict[str, str]) -> None:
        self._folder = folder
        self._keysyms = keysyms

    def keys(self, name: str) -> Keys:
        """Key -> what it types without and with Shift, in `file(section)` or the default section of `file`.

        Later definitions overrule earlier ones, included or not, as xkb's default merge mode has it.
        """
        file, _, section = name.rstrip(")").partition("(")
        found: Keys = {}
        statement = re.compile(r'include\s+"([^"]+)"|key\s+<(\w+)>\s*\{[^\[\]]*\[([^\]]*)\]')
        for include, key, levels in statement.findall(self._body(file, section)):
            if include:
                found |= self.keys(include)
            else:
                names = [level.strip() for level in levels.split(",")]
                plain, shifted = ([character(level, self._keysyms) for level in names] + [NOTHING] * 2)[:2]
                found[key] = (plain, shifted)
        return found

    def _body(self, file: str, section: str) -> str:
        path = self._folder / file
        text = re.sub(r"//.*", "", path.read_text(encoding="utf-8")) if path.is_file() else ""
        text = re.sub(r"\[Group\d\]", "", text)
        parts = re.split(r'((?:\w+\s+)*)xkb_symbols\s+"([\w-]+)"', text)
        for flags, name, body in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
            if name == section or (not section and "default" in flags.split()):
                return body.partition("\n};")[0]
        return ""


def version(symbols: Path) -> str:
    """Version of xkeyboard-config, from the pkg-config file that is installed with it; or empty."""
    share = symbols.parent.parent.parent
    for name in VERSION_FILES:
        if (share / name).is_file():
            found = re.search(r"Version: (\S+)", (share / name).read_text(encoding="utf-8"))
            return found[1] if found else ""
    return ""


def quoted(text: str) -> str:
    """As the formatter would write it: double quotes unless the text is full of them, Arabic by code point."""
    if '"' in text and "'" not in text:
        return "'" + json.dumps(text)[1:-1].replace('\\"', '"') + "'"
    return json.dumps(text)


def write_module(symbols: Path, keysyms: Path) -> str:
    """Text of _layouts.py."""
    source = Symbols(symbols, read_keysyms(keysyms))
    lines = [
        '"""Keyboard layouts of xkeyboard-config: generated by scripts/generate_layouts.py."""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import Final",
        "",
        f'XKB_VERSION: Final = "{version(symbols)}"',
        "",
        "# Layout -> its four rows from the top, each as it types without and with Shift. The same place is the same",
        "# physical key in every layout; a blank is a key that types nothing.",
        "LAYOUTS: Final[dict[str, tuple[tuple[str, str], ...]]] = {",
    ]
    for layout in LAYOUTS:
        keys = source.keys(layout)
        if not keys:
            sys.exit(f"{symbols}: has no {layout}")
        if not layout.startswith("ara"):
            keys = BASE | keys
        lines.append(f'    "{layout}": (')
        for row in ROWS:
            typed = [keys.get(key, (NOTHING, NOTHING)) for key in row]
            plain, shifted = (quoted("".join(pair[level] for pair in typed)) for level in (0, 1))
            one_line = f"        ({plain}, {shifted}),"
            if len(one_line) <= 110:
                lines.append(one_line)
            else:
                lines += ["        (", f"            {plain},", f"            {shifted},", "        ),"]
        lines.append("    ),")
    return "\n".join([*lines, "}", ""])


def main() -> int:
    """Write or compare the module; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--symbols", type=Path, default=SYMBOLS, help=f"default: {SYMBOLS}")
    parser.add_argument("--keysyms", type=Path, default=KEYSYMS, help=f"default: {KEYSYMS}")
    parser.add_argument("--check", action="store_true", help="compare, do not write")
    arguments = parser.parse_args()
    for path in (arguments.symbols / "ara", arguments.keysyms):
        if not path.is_file():
            sys.exit(f"{path}: no such file; install xkb-data and x11proto-dev, or say where they are")
    module = write_module(arguments.symbols, arguments.keysyms)
    if arguments.check:
        same = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == module
        print("up to date" if same else f"{TARGET} is not what {arguments.symbols} gives")
        return 0 if same else 1
    TARGET.write_text(module, encoding="utf-8")
    print(f"wrote {TARGET} ({len(module)} characters)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
