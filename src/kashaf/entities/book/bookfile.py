"""A name book's file: read, checked, and said back in values."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kashaf.entities.model import EntityType
from kashaf.entities.page import folded_words
from kashaf.errors import BadInput, DiskTrouble
from kashaf.text.sanitise import sanitise_line
from kashaf.yaml_safe import load_yaml

_SECTIONS: Final[dict[str, EntityType]] = {
    "people": "person",
    "places": "place",
    "organizations": "organization",
}
_KEYS: Final = frozenset({"name", "aliases", "ambiguous", "hide"})
_LONGEST: Final = 200
_MOST_WORDS: Final = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written. `hide`: the name is taken out of the books below."""

    name: str
    type: EntityType
    aliases: tuple[str, ...]
    ambiguous: frozenset[str]
    hide: bool


@dataclass(frozen=True, slots=True)
class Layer:
    """One file: its entries in order, its hidden phrases, and the hash of its bytes."""

    entries: tuple[Entry, ...]
    hidden: tuple[str, ...]
    sha256: str


def read_layer(path: Path) -> Layer:
    """Read a name book's file.

    Raises DiskTrouble when it cannot be read; BadInput, naming the file and the entry, when it is not UTF-8, not
    YAML, or not of the form that `names.yaml` describes.
    """
    where = path.name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DiskTrouble(f"cannot read the name book: {error.strerror}", where=where) from error
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("the name book is not UTF-8", where=where, cure="Save it as UTF-8") from error
    document = load_yaml(text, where=where)
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise BadInput(
            "a name book is a set of lists", where=where, cure="Begin with `people:`, `places:` or so"
        )
    entries: list[Entry] = []
    hidden: list[str] = []
    for section, items in document.items():
        if section not in _SECTIONS and section != "hide":
            allowed = ", ".join((*_SECTIONS, "hide"))
            raise BadInput(f"unknown list `{section}`", where=where, cure=f"The lists are {allowed}")
        for number, item in enumerate(_list(items, where, str(section)), start=1):
            place = f"{where}, {section}, entry {number}"
            if section == "hide":
                hidden.append(_surface(item, place))
            else:
                entries.append(_entry(item, _SECTIONS[section], place))
    return Layer(tuple(entries), tuple(hidden), hashlib.sha256(data).hexdigest())


def _entry(item: object, kind: EntityType, where: str) -> Entry:
    if not isinstance(item, dict):
        return Entry(_surface(item, where), kind, (), frozenset(), hide=False)
    for key in item:
        if key not in _KEYS:
            raise BadInput(
                f"unknown key `{key}`", where=where, cure=f"The keys are {', '.join(sorted(_KEYS))}"
            )
    if "name" not in item:
        raise BadInput("an entry without a name", where=where, cure="Give it `name:`")
    name = _surface(item["name"], where)
    aliases = tuple(_surface(alias, where) for alias in _list(item.get("aliases"), where, "aliases"))
    ambiguous = frozenset(
        _surface(alias, where) for alias in _list(item.get("ambiguous"), where, "ambiguous")
    )
    if unknown := ambiguous - {name, *aliases}:
        raise BadInput(
            f"ambiguous «{min(unknown)}» is no name of «{name}»",
            where=where,
            cure="Write it in `aliases` too",
        )
    hide = item.get("hide", False)
    if not isinstance(hide, bool):
        raise BadInput("`hide` is true or false", where=where)
    return Entry(name, kind, aliases, ambiguous, hide)


def _list(items: object, where: str, what: str) -> list[object]:
    if items is None:
        return []
    if not isinstance(items, list):
        raise BadInput(f"`{what}` is a list", where=where, cure="Write [one, two] or a dash before each")
    return items


def _surface(item: object, where: str) -> str:
    """A name as written, cleaned for one line; numbers are read as the digits they are written with."""
    if isinstance(item, bool) or not isinstance(item, str | int):
        raise BadInput("a name is a word or several", where=where, cure="Put it in quotation marks")
    surface = sanitise_line(str(item))
    words = len(folded_words(surface))
    if not words:
        raise BadInput("a name without a letter", where=where, cure="Write the name or take the entry out")
    if len(surface) > _LONGEST or words > _MOST_WORDS:
        raise BadInput("a name that is too long", where=where, cure=f"Keep it under {_MOST_WORDS} words")
    return surface
