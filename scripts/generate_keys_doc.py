"""Write docs/keys.md from the explorer's action registry.

    python scripts/generate_keys_doc.py [--check]

With --check nothing is written: the exit code is 1 when the page in the tree is not what the registry gives.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Container, Iterable, Iterator
from pathlib import Path

from kashaf_tui.explorer.action import PLACES, Place, key_name
from kashaf_tui.explorer.actions import actions_of
from kashaf_tui.explorer.bindings import character_of, characters_of
from kashaf_tui.explorer.layouts import LAYOUTS, PC, Layout, keycaps
from kashaf_tui.explorer.which_layout import VARIABLE

TARGET = Path(__file__).resolve().parent.parent / "docs" / "keys.md"

_HEADINGS: dict[Place, str] = {
    "everywhere": "Everywhere",
    "search": "In the search box",
    "results": "In the results",
    "article": "In an article",
    "entities": "In the entities",
    "notes": "In the notes",
    "facets": "In the facets",
    "concordance": "In the concordance",
    "beginning": "In an empty workspace",
    "add": "Choosing what to add",
    "imports": "In imports and their reports",
    "removed": "In the lines removed from a file",
    "details": "In the details of an article",
    "editing": "Correcting a value",
    "story": "In the articles of a story",
    "differences": "In the differences of two articles",
    "note filter": "In the line that notes are filtered by",
    "export": "Choosing the format of an export",
    "tagging": "In the list of tags to give",
    "codebook": "In the codebook",
    "asking": "In a line that asks for a code",
    "agreeing": "In a question",
    "board": "On the board of notes to settle",
    "finding": "In a line of words to look for",
    "trash": "In the trash",
    "history": "In the history of a note",
    "conflicts": "In the conflicts of a merge",
    "citation": "In a citation",
    "all entities": "In the entities of all articles",
    "name filter": "In the line that entities are filtered by",
    "entity": "On the page of an entity",
    "meeting": "Where entities meet",
    "merging": "Choosing whom a name is the same as",
    "splitting": "Parting two of one name",
    "naming": "Writing a name",
    "typing": "Choosing the type of a name",
    "quotes": "In the quotations",
    "quote filter": "In the line that quotations are filtered by",
    "timeline": "On the line of time",
    "claims": "In the claims",
}
_INTRODUCTION = (
    "F1 shows the keys of the place you are in. A letter types where there is something to type; there the function",
    "keys, Tab and Escape do the rest. Arrows move the way they point, in either direction of writing.",
    "",
    "Every key works under an Arabic layout as it is. After each stands what it types under Arabic 101, with `⇧` for",
    "Shift; other keyboards are [below](#under-an-arabic-layout).",
)
_LAYOUTS = (
    "A key is read by its place: what it types on the Arabic layout stands for what it types on the Latin one of",
    "the same keyboard. Only a sign that is itself a key of the place means itself, wherever it lies. The same",
    "letter lies in other places on other keyboards, and what a terminal sends does not say on which. Kashaf goes by",
    "the layout that the system is set up for, else by the country of the locale. `a` in the menu of F9 chooses",
    f"another, for the next start too; `{VARIABLE}` in the environment goes before all that. It is one of",
    "",
    *(f"- `{layout.name}`: {layout.about}" for layout in LAYOUTS.values()),
    "",
    "A dash: no key of that keyboard is read so. What it does has another key there.",
)
# Fields and windows have keys of their own, which are not in the registry because nobody looks them up.
_FIELDS = (
    (("left", "right"), "a letter to the left or right"),
    (("ctrl+left", "ctrl+right"), "a word to the left or right"),
    (("home", "end"), "beginning or end of the line"),
    (("ctrl+home", "ctrl+end"), "beginning or end of the text"),
    (("up", "down", "pageup", "pagedown"), "a line or a page up or down, in a note"),
    (("shift+left", "shift+end"), "with Shift each of these selects"),
    (("backspace", "ctrl+h"), "delete the letter before, marks first"),
    (("delete",), "delete the letter after"),
    (("ctrl+w", "ctrl+backspace", "ctrl+delete"), "delete a word"),
    (("ctrl+u",), "delete everything"),
    (("ctrl+z", "ctrl+y"), "undo, redo"),
    (("ctrl+x", "ctrl+c", "ctrl+v", "ctrl+a"), "cut, copy, paste, select all"),
)
_NOTE_WINDOW = (
    (("f2", "ctrl+s"), "save the note; in the field for tags Enter does it too"),
    (("tab",), "to the next field; in the tags, complete the tag"),
    (("f3", "f4"), "undo, redo"),
    (("f5", "f6", "f7", "f8"), "copy, cut, paste, select all"),
    (("f9", "f10", "f11"), "kind, confidence, status: the next one"),
    (("f12",), "choose tags from the list"),
    (("escape",), "close; asks once when something would be lost"),
)
_TEXT_WINDOW = (
    (("down", "j"), "a line down"),
    (("up", "k"), "a line up"),
    (("escape", "q", "enter"), "close"),
)
_PATH_FIELD = (
    (("tab",), "complete the name, as far as it is certain"),
    (("down",), "into the list below, which shows what fits"),
    (("enter",), "go to the folder, or mark the file"),
    (("f2", "f3"), "import, or look first"),
    (("escape", "f7"), "back to the list, where it was"),
)
_WINDOWS = (
    ("the field for a path", _PATH_FIELD),
    ("a field", _FIELDS),
    ("the window of a note", _NOTE_WINDOW),
    ("a window of text", _TEXT_WINDOW),
)


def page() -> str:
    """The whole page."""
    lines = ["# Keys", "", *_INTRODUCTION, ""]
    lines += ["<!-- Written by scripts/generate_keys_doc.py from the action registry. Do not edit. -->", ""]
    for place in PLACES:
        actions = actions_of(place)
        keys = characters_of(place)
        rows = ((codes(action.keys, keys), action.english, action.arabic) for action in actions)
        lines += section(_HEADINGS[place], rows)
    for heading, table in _WINDOWS:
        lines += section(f"In {heading}", ((codes(keys), does) for keys, does in table))
    lines += ["## Under an Arabic layout", "", *_LAYOUTS, "", *layouts(), ""]
    return "\n".join(lines[:-1]) + "\n"


def section(heading: str, rows: Iterable[tuple[tuple[str, ...], *tuple[str, ...]]]) -> Iterator[str]:
    """A heading and a table: keys, then what they do, in English and where there is one in Arabic."""
    yield from (f"## {heading}", "")
    for number, (keys, *texts) in enumerate(rows):
        if not number:
            yield "| keys | does |" + (" |" if len(texts) > 1 else "")
            yield "|---|---|" + ("---|" if len(texts) > 1 else "")
        yield f"| {' '.join(keys)} | {' | '.join(texts)} |"
    yield ""


def codes(keys: Iterable[str], characters: Container[str] = ()) -> tuple[str, ...]:
    """Keys as code, each followed by what it is under Arabic 101 where `characters` are keys."""
    found: list[str] = []
    for key in keys:
        arabic = PC.shown(character_of(key), characters)
        found += [code(key), *([f"`{arabic}`"] if arabic else [])]
    return tuple(found)


def layouts() -> Iterator[str]:
    """A table of the characters that are keys anywhere, and how each layout types them."""
    yield "| key | " + " | ".join(layout.label for layout in LAYOUTS.values()) + " |"
    yield "|---" * (len(LAYOUTS) + 1) + "|"
    keys = frozenset[str]().union(*map(characters_of, PLACES))
    for character in sorted(keys, key=lambda one: (not one.isalpha(), one.lower(), one.isupper())):
        cells = (cell(layout, character, keys) for layout in LAYOUTS.values())
        yield f"| `{character}` | {' | '.join(cells)} |"


def cell(layout: Layout, character: str, keys: frozenset[str]) -> str:
    """How a layout types a character: the same character where it does so in the same place."""
    if shown := layout.shown(character, keys):
        return f"`{shown}`"
    typed = any(character in key.arabic for key in keycaps(layout.latin, layout.variants[0]))
    return f"`{character}`" if typed and layout.read(character, keys) == character else "–"


def code(key: str) -> str:
    """A key's name as code, with control and Shift written out."""
    if key.startswith("ctrl+"):
        name = key_name(key.removeprefix("ctrl+"))
        return f"`Ctrl+{name.upper() if len(name) == 1 else name}`"
    if key.startswith("shift+") and key_name(key) == key:
        return f"`⇧{key_name(key.removeprefix('shift+'))}`"
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
