"""Which notes the list shows, and in what order: filtered by what is typed, sorted and grouped. Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, get_args

from kashaf.notes.codebook import is_within
from kashaf.notes.model import ArticleTarget, EntityTarget, Note, SearchTarget
from kashaf.text.fold import fold_word
from kashaf_tui.explorer.panes.note_rows import Group, LookUp, Standing

Order = Literal["made", "article", "code", "date", "kind", "status", "state"]
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
FIELDS: Final = ("tag", "kind", "state", "status", "confidence", "author", "article")
_KINDS: Final = ("highlight", "note", "question", "claim", "link")
_STATUSES: Final = ("open", "disputed", "confirmed", "closed")
_STATES: Final = ("changed", "orphan", "missing", "moved", "exact", "")
_TERM: Final = re.compile(r'(-?)(?:(\w+):)?("[^"]*"|\S+)')


@dataclass(frozen=True, slots=True)
class View:
    """filter: as typed. closed: the names of groups whose notes are not listed."""

    order: Order = "made"
    backwards: bool = False
    filter: str = ""
    closed: frozenset[str] = frozenset()

    def next_order(self) -> View:
        at = ORDERS.index(self.order) + 1
        return replace(self, order=ORDERS[at % len(ORDERS)], closed=frozenset())

    def toggled(self, group: str) -> View:
        return replace(self, closed=self.closed ^ {group})


@dataclass(frozen=True, slots=True)
class Listed:
    """items: groups and notes in the order of the list. shown: the notes that pass the filter, each once."""

    items: list[Note | Group]
    shown: list[Note]
    unknown: str = ""


Word = Callable[[str], str]
"""What the interface calls a kind, a state or a status."""


def listed(notes: Sequence[Note], look_up: LookUp, view: View, word: Word, nothing: str) -> Listed:
    """What the list shows. nothing: the name of the group of those without what is grouped by."""
    wanted, unknown = _wanted(view.filter, look_up, word)
    shown = [note for note in notes if all(test(note) for test in wanted)] if wanted else list(notes)
    if view.order == "made":
        return Listed([*(reversed(shown) if view.backwards else shown)], shown, unknown)
    groups: dict[str, list[Note]] = {}
    names: dict[str, str] = {}
    for note in shown:
        for key, name in _groups(note, view.order, look_up, word, nothing):
            groups.setdefault(key, []).append(note)
            names[key] = name
    items: list[Note | Group] = []
    for key in sorted(groups, key=lambda one: _rank(view.order, one, names[one]), reverse=view.backwards):
        inside = groups[key]
        if view.order == "article":
            inside = sorted(inside, key=lambda note: (note.place, note.id))
        closed = key in view.closed
        items.append(Group(key, names[key], len(inside), closed))
        if not closed:
            items += inside
    return Listed(items, shown, unknown)


def _groups(note: Note, order: Order, look_up: LookUp, word: Word, nothing: str) -> Iterable[tuple[str, str]]:
    """Key and name of the groups that a note is in."""
    match order:
        case "article":
            key = note.article_id or f"{type(note.target).__name__} {note.about}"
            return ((key, note.about or note.article_id),)
        case "code":
            return ((tag, f"#{tag}") for tag in note.tags) if note.tags else (("", nothing),)
        case "date":
            return ((note.modified[:10], note.modified[:10]),)
        case "kind":
            return ((note.kind, word(f"kind {note.kind}")),)
        case "status":
            return ((note.status, word(f"status {note.status}")),)
        case _:
            standing = look_up(note)
            state = standing.state if standing is not None else ""
            return ((state, word(f"state {state}") if state else nothing),)


def _rank(order: Order, key: str, name: str) -> tuple[int, str]:
    match order:
        case "kind":
            return _place(_KINDS, key), ""
        case "status":
            return _place(_STATUSES, key), ""
        case "state":
            return _place(_STATES, key), ""
        case _:
            return int(not key), fold_word(name)


def _place(order: Sequence[str], key: str) -> int:
    return order.index(key) if key in order else len(order)


# The filter


Test = Callable[[Note], bool]


def _wanted(text: str, look_up: LookUp, word: Word) -> tuple[list[Test], str]:
    """What a note must pass, and the first field that there is none of.

    Words are looked for in body, quote, tags and what the note is about, all folded; `tag:`, `kind:`, `state:`,
    `status:`, `confidence:`, `author:` and `article:` in that alone; `-` before either means without it.
    """
    tests: list[Test] = []
    unknown = ""
    for minus, field, given in _TERM.findall(text):
        value = fold_word(given.strip('"'))
        if field and field.lower() not in FIELDS:
            unknown = unknown or field
            value = fold_word(f"{field}:{given}")
        test = _test(field.lower() if field.lower() in FIELDS else "", value, look_up, word)
        tests.append(_not(test) if minus else test)
    return tests, unknown


def _not(test: Test) -> Test:
    return lambda note: not test(note)


def _test(field: str, value: str, look_up: LookUp, word: Word) -> Test:
    match field:
        case "tag":
            path = value.lstrip("#")
            return lambda note: any(_tagged(fold_word(tag), path) for tag in note.tags)
        case "kind":
            return lambda note: _named(value, note.kind, word(f"kind {note.kind}"))
        case "status":
            return lambda note: _named(value, note.status, word(f"status {note.status}"))
        case "confidence":
            return lambda note: (
                bool(note.confidence)
                and _named(value, note.confidence, word(f"confidence {note.confidence}"))
            )
        case "state":
            return lambda note: _in_state(value, look_up(note), word)
        case "author":
            return lambda note: value in fold_word(note.author)
        case "article":
            return lambda note: value in fold_word(note.about) or note.article_id.startswith(value)
        case _:
            return lambda note: value in haystack(note)


def _tagged(tag: str, path: str) -> bool:
    return is_within(tag, path) or path in tag.split("/") or tag.rpartition("/")[2].startswith(path)


def _named(value: str, key: str, name: str) -> bool:
    return bool(value) and (key.startswith(value) or fold_word(name).startswith(value))


def _in_state(value: str, standing: Standing | None, word: Word) -> bool:
    return standing is not None and _named(value, standing.state, word(f"state {standing.state}"))


def haystack(note: Note) -> str:
    """All of a note that words are looked for in, folded. The fold remembers it."""
    return fold_word("\n".join((note.body, note.quote, " ".join(note.tags), note.about)))


def warm(notes: Iterable[Note]) -> None:
    """Have the haystacks of notes folded before anybody searches them."""
    for note in notes:
        haystack(note)


def counts(notes: Iterable[Note]) -> Counter[str]:
    """The notes of each tag."""
    return Counter(tag for note in notes for tag in note.tags)


def where(note: Note) -> Literal["words", "article", "entity", "search"]:
    """What sort of thing a note is on."""
    match note.target:
        case ArticleTarget():
            return "article"
        case EntityTarget():
            return "entity"
        case SearchTarget():
            return "search"
    return "words"
