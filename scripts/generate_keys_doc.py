"""Write docs/keys.md from the explorer's action registry.

    python scripts/generate_keys_doc.py [--check]

With --check nothing is written: the exit code is 1 when the page in the tree is not what the registry gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from kashaf_tui.explorer.actions import PLACES, Place, actions_of, key_name

TARGET = Path(__file__).resolve().parent.parent / "docs" / "keys.md"

_HEADINGS: dict[Place, str] = {
    "everywhere": "Everywhere",
    "search": "In the search box",
    "results": "In the results",
    "article": "In an article",
    "entities": "In the entities",
    "notes": "In the notes",
}
_INTRODUCTION = (
    "F1 shows the keys of the place you are in. A letter types where there is something to type; there the function",
    "keys, Tab and Escape do the rest. Arrows move the way they point, in either direction of writing.",
)
# Fields and windows have keys of their own, which are not in the registry because nobody looks them up.
_FIELDS = (
    (("left", "right"), "a letter to the left or right"),
    (("ctrl+left", "ctrl+right"), "a word to the left or right"),
    (("home", "end"), "beginning or end of the line"),
    (("up", "down"), "a line up or down, in a note"),
    (("backspace", "ctrl+h"), "delete the letter before, marks first"),
    (("delete",), "delete the letter after"),
    (("ctrl+w",), "delete the word before"),
    (("ctrl+u",), "delete everything"),
)
_NOTE_WINDOW = (
    (("f2", "ctrl+s"), "save the note; in the field for tags Enter does it too"),
    (("tab",), "from the text to the tags"),
    (("escape",), "close; asks once when something would be lost"),
)
_TEXT_WINDOW = (
    (("down", "j"), "a line down"),
    (("up", "k"), "a line up"),
    (("escape", "q", "enter"), "close"),
)


def page() -> str:
    """The whole page."""
    lines = ["# Keys", "", *_INTRODUCTION, ""]
    lines += ["<!-- Written by scripts/generate_keys_doc.py from the action registry. Do not edit. -->", ""]
    for place in PLACES:
        actions = actions_of(place)
        lines += section(
            _HEADINGS[place], ((action.keys, action.english, action.arabic) for action in actions)
        )
    lines += section("In a field", _FIELDS)
    lines += section("In the window of a note", _NOTE_WINDOW)
    lines += section("In a window of text", _TEXT_WINDOW)
    return "\n".join(lines[:-1]) + "\n"


def section(heading: str, rows: Iterable[tuple[tuple[str, ...], *tuple[str, ...]]]) -> Iterator[str]:
    """A heading and a table: keys, then what they do, in English and where there is one in Arabic."""
    yield from (f"## {heading}", "")
    for number, (keys, *texts) in enumerate(rows):
        if not number:
            yield "| keys | does |" + (" |" if len(texts) > 1 else "")
            yield "|---|---|" + ("---|" if len(texts) > 1 else "")
        yield f"| {' '.join(map(code, keys))} | {' | '.join(texts)} |"
    yield ""


def code(key: str) -> str:
    """A key's name as code, with control written out."""
    if key.startswith("ctrl+"):
        name = key_name(key.removeprefix("ctrl+"))
        return f"`Ctrl+{name.upper()}`"
    return f"`{key_name(key)}`"


def main() -> int:
    """Write or compare the page; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument(
        "--check", action="store_true", help="write nothing; fail when the page is out of date"
    )
    arguments = parser.parse_args()
    text = page()
    if arguments.check:
        return int(not TARGET.is_file() or TARGET.read_text(encoding="utf-8") != text)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
