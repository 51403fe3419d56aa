"""A name book's file: read, checked, and said back in values. Its form is described at the top of `names.yaml`."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, cast

from kashaf.entities.book.surfaces import spelling_of
from kashaf.entities.model import EntityType
from kashaf.errors import BadInput, DiskTrouble
from kashaf.said import said
from kashaf.text.sanitise import is_clean, sanitise_line
from kashaf.yaml_safe import load_with_lines

SECTIONS: Final[dict[str, EntityType]] = {
    "people": "person",
    "places": "place",
    "organizations": "organization",
}
_KEYS: Final = frozenset(
    {"name", "aliases", "ambiguous", "hide", "english", "note", "org_too", "of", "articles", "by", "at"}
)
_LONGEST: Final = 200
_LONGEST_NOTE: Final = 2000
_MOST_WORDS: Final = 16
#: Of most names: each of their own would take more room than the name.
_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry as written.

    ambiguous: those of its names that need a cue. hide: the name is taken out of the books below. english: its name
    there, or empty. org_too: the name of a country stands for its government, too. of, articles: the entry is who is
    called `of` in these articles; empty and none for all others. line: in the file, from 1.
    """

    name: str
    type: EntityType
    aliases: tuple[str, ...] = ()
    ambiguous: frozenset[str] = frozenset()
    hide: bool = False
    english: str = ""
    note: str = ""
    org_too: bool = False
    of: str = ""
    articles: tuple[str, ...] = ()
    by: str = ""
    at: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Layer:
    """One file: its entries in order, its hidden phrases, and the hash of its bytes."""

    entries: tuple[Entry, ...] = ()
    hidden: tuple[str, ...] = ()
    sha256: str = ""


def read_layer(path: Path) -> Layer:
    """Read a name book's file.

    Raises DiskTrouble when it cannot be read; BadInput, naming the file, the line and the cure, when it is not UTF-8,
    not YAML, or not of the form that `names.yaml` describes.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise DiskTrouble(
            said("cannot read the name book: {reason}", reason=said(error.strerror or str(error))),
            where=path.name,
        ) from error
    return parse_layer(data, path.name)


@lru_cache(maxsize=4)
def parse_layer(data: bytes, where: str) -> Layer:
    """The bytes of a name book. Raises BadInput as `read_layer` does."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise BadInput(
            said("the name book is not UTF-8"), where=_at(where, line), cure=said("Save it as UTF-8")
        ) from error
    document, lines = load_with_lines(text, where=where, depth=2)
    if document is None:
        document = {}
    if not isinstance(document, dict):
        raise BadInput(
            said("a name book is a set of lists"),
            where=_at(where, 1),
            cure=said("Begin with `people:`, `places:` or so"),
        )
    entries: list[Entry] = []
    hidden: list[str] = []
    for section, items in document.items():
        top = _at(where, lines.get((str(section),), 0))
        if section not in SECTIONS and section != "hide":
            allowed = ", ".join((*SECTIONS, "hide"))
            raise BadInput(
                said("unknown list `{name}`", name=section),
                where=top,
                cure=said("The lists are {names}", names=allowed),
            )
        for number, item in enumerate(_list(items, top, str(section))):
            line = lines.get((str(section), number), 0)
            place = f"{where}, {section}, entry {number + 1}" if not line else _at(where, line)
            if section == "hide":
                hidden.append(_surface(item, place))
            else:
                entries.append(_entry(item, SECTIONS[section], place, line))
    _check(entries, where)
    return Layer(tuple(entries), tuple(hidden), hashlib.sha256(data).hexdigest())


def _at(where: str, line: int) -> str:
    return f"{where}, line {line}" if line else where


def _entry(item: object, kind: EntityType, where: str, line: int) -> Entry:
    if not isinstance(item, dict):
        return Entry(_surface(item, where), kind, line=line)
    for key in item:
        if key not in _KEYS:
            raise BadInput(
                said("unknown key `{name}`", name=key),
                where=where,
                cure=said("The keys are {names}", names=", ".join(sorted(_KEYS))),
            )
    if "name" not in item:
        raise BadInput(said("an entry without a name"), where=where, cure=said("Give it `name:`"))
    name = _surface(item["name"], where)
    aliases = tuple(_surface(alias, where) for alias in _list(item.get("aliases"), where, "aliases"))
    ambiguous = frozenset(
        _surface(alias, where) for alias in _list(item.get("ambiguous"), where, "ambiguous")
    )
    if unknown := ambiguous - {name, *aliases}:
        raise BadInput(
            said("ambiguous «{one}» is no name of «{name}»", one=min(unknown), name=name),
            where=where,
            cure=said("Write it in `aliases` too"),
        )
    of = _surface(item["of"], where) if item.get("of") is not None else ""
    articles = tuple(_line(one, where, "articles") for one in _list(item.get("articles"), where, "articles"))
    if bool(of) != bool(articles):
        raise BadInput(
            said("`of` and `articles` go together"),
            where=where,
            cure=said("Say whose name it is, and the ids of the articles in which it is this one"),
        )
    return Entry(
        name,
        kind,
        aliases,
        ambiguous,
        _flag(item, "hide", where),
        _line(item.get("english"), where, "english"),
        _line(item.get("note"), where, "note"),
        _flag(item, "org_too", where),
        of,
        articles,
        _line(item.get("by"), where, "by"),
        _line(item.get("at"), where, "at"),
        line,
    )


def _check(entries: list[Entry], where: str) -> None:
    """Raises BadInput for a name that is written twice, and for aliases that run in a circle."""
    canonical: dict[tuple[EntityType, str], Entry] = {}
    for entry in entries:
        key = (entry.type, spelling_of(entry.name))
        other = canonical.get(key)
        if other is not None and not entry.of and not other.of:
            raise BadInput(
                said("«{name}» is written twice, first on line {line}", name=entry.name, line=other.line),
                where=_at(where, entry.line),
                cure=said("Make one entry of the two"),
            )
        canonical.setdefault(key, entry)
    above: dict[tuple[EntityType, str], tuple[EntityType, str]] = {}
    for key, entry in canonical.items():
        for alias in entry.aliases:
            below = (entry.type, spelling_of(alias))
            if below != key and below in canonical and alias not in entry.ambiguous:
                above.setdefault(below, key)
    for start, over in above.items():
        step, seen = over, {start}
        while step in above and step not in seen:
            seen.add(step)
            step = above[step]
        if step == start:
            circle = " ← ".join(canonical[key].name for key in (*sorted(seen), min(seen)))
            raise BadInput(
                said("aliases in a circle: {names}", names=circle),
                where=_at(where, max(canonical[key].line for key in seen)),
                cure=said("Let one of them be the name and the others its aliases"),
            )


def _flag(item: dict[Any, Any], key: str, where: str) -> bool:
    value = item.get(key, False)
    if not isinstance(value, bool):
        raise BadInput(said("`{name}` is true or false", name=key), where=where)
    return value


def _list(items: object, where: str, what: str) -> list[object]:
    if items is None:
        return []
    if not isinstance(items, list):
        raise BadInput(
            said("`{name}` is a list", name=what),
            where=where,
            cure=said("Write [one, two] or a dash before each"),
        )
    return items


def _line(item: object, where: str, what: str) -> str:
    """A line of text, a day or an hour, as text; empty for nothing."""
    if item is None:
        return ""
    if isinstance(item, datetime | date):
        return item.isoformat()
    if isinstance(item, bool) or not isinstance(item, str | int):
        raise BadInput(
            said("`{name}` is a line of text", name=what), where=where, cure=said("Put it in quotation marks")
        )
    text = sanitise_line(str(item))
    if len(text) > _LONGEST_NOTE:
        raise BadInput(said("`{name}` is too long", name=what), where=where, cure=said("Shorten it"))
    return text


def _surface(item: object, where: str) -> str:
    """A name as written, cleaned for one line; numbers are read as the digits they are written with."""
    if isinstance(item, bool) or not isinstance(item, str | int):
        raise BadInput(
            said("a name is a word or several"), where=where, cure=said("Put it in quotation marks")
        )
    surface = sanitise_line(str(item))
    spelling = spelling_of(surface)
    if not spelling:
        raise BadInput(
            said("a name without a letter"),
            where=where,
            cure=said("Write the name or take the entry out"),
        )
    if len(surface) > _LONGEST or spelling.count(" ") >= _MOST_WORDS:
        raise BadInput(
            said("a name that is too long"),
            where=where,
            cure=said("Keep it under {n} words", n=_MOST_WORDS),
        )
    return surface


# The form in which the last good book is kept


def to_plain(layer: Layer) -> dict[str, Any]:
    """A layer in plain values, for JSON."""
    return {
        "sha256": layer.sha256,
        "hidden": list(layer.hidden),
        "entries": [
            [one.name, one.type, one.aliases, sorted(one.ambiguous), one.hide, one.english, one.note, one.org_too,
             one.of, one.articles, one.by, one.at, one.line]
            for one in layer.entries
        ],
    }  # fmt: skip


def from_plain(value: Mapping[str, Any]) -> Layer:
    """The inverse of `to_plain`. Raises ValueError, TypeError, KeyError for what it has not made."""
    entries = []
    shown: list[str] = []
    for name, kind, aliases, ambiguous, hide, english, note, org_too, of, articles, by, at, line in value[
        "entries"
    ]:
        if kind not in SECTIONS.values() or not isinstance(line, int):
            raise ValueError("not an entry")
        if not all(isinstance(several, list) for several in (aliases, ambiguous, articles)):
            raise TypeError("not an entry")
        texts = (name, english, note, of, by, at, *aliases, *ambiguous, *articles)
        if {*map(type, texts)} != {str} or not name:
            raise TypeError("not an entry")
        shown += (name, *texts)
        entries.append(
            Entry(name, cast("EntityType", kind), tuple(aliases), frozenset(ambiguous) if ambiguous else _NONE,
                  hide is True, english, note, org_too is True, of, tuple(articles), by, at, line)
        )  # fmt: skip
    hidden = value["hidden"]
    if not all(isinstance(one, str) for one in hidden):
        raise TypeError("not hidden phrases")
    if not is_clean("\n".join((*shown, *hidden))):
        raise ValueError("a name is not fit to be shown")
    return Layer(tuple(entries), tuple(hidden), str(value["sha256"]))
