"""The tree of a query drawn as lines, for whoever wonders how it was read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from kashaf.said import said
from kashaf_index.query.ast import (
    Either,
    Entity,
    Everything,
    Exact,
    Fuzzy,
    HasNote,
    InField,
    Lang,
    Near,
    Node,
    Not,
    NoteText,
    Outlet,
    Pattern,
    Phrase,
    Published,
    Root,
    Similar,
    Tagged,
    Together,
    Word,
)


class Branch(NamedTuple):
    """A line of the tree: the boughs before it, and what the node asks, which can be translated."""

    boughs: str
    label: str


def tree(node: Node) -> tuple[str, ...]:
    """The tree as lines of text, the outermost node first."""
    return tuple(boughs + label for boughs, label in branches(node))


def branches(node: Node) -> tuple[Branch, ...]:
    """The lines of the tree, each in two parts."""
    return tuple(_drawn(node, "", ""))


def _drawn(node: Node, first: str, rest: str) -> Iterator[Branch]:
    yield Branch(first, _label(node))
    children = _children(node)
    for at, child in enumerate(children, 1):
        last = at == len(children)
        yield from _drawn(child, rest + ("└─ " if last else "├─ "), rest + ("   " if last else "│  "))


def _children(node: Node) -> tuple[Node, ...]:
    match node:
        case Together(items) | Either(items):
            return items
        case Near(items, _):
            return items
        case Not(item) | InField(_, item):
            return (item,)
        case _:
            return ()


def _label(node: Node) -> str:
    match node:
        case Together():
            return said("side by side")
        case Either():
            return said("any of")
        case Near(_, distance):
            return said("within {n} words of each other", n=distance)
        case Not():
            return said("without")
        case InField("title", _):
            return said("in the title")
        case InField():
            return said("in the author's name")
        case Everything():
            return said("every article")
        case _:
            return _term(node)


def _term(node: Node) -> str:
    match node:
        case Word(text):
            return said("word {text}", text=text)
        case Phrase(text):
            return said("phrase {text}", text=text)
        case Exact(item):
            return said("as written {text}", text=item.text)
        case Root(text):
            return said("words of the root of {text}", text=text)
        case Pattern(text):
            return said("words like {text}", text=text)
        case Fuzzy(text, distance):
            return said("{text}, up to {n} letters off", text=text, n=distance)
        case _:
            return _condition(node)


def _condition(node: Node) -> str:
    match node:
        case Outlet(name):
            return said("outlet {name}", name=name)
        case Published(first, last):
            return _published(first, last)
        case Lang(tag):
            return said("in the language {tag}", tag=tag)
        case Entity("person", name):
            return said("mentions the person {name}", name=name)
        case Entity("place", name):
            return said("mentions the place {name}", name=name)
        case Entity(_, name):
            return said("mentions the organisation {name}", name=name)
        case Tagged(tag):
            return said("has a note with the tag {tag}", tag=tag)
        case HasNote():
            return said("has a note")
        case NoteText(text):
            return said("has a note that says {text}", text=text)
        case Similar(id_):
            return said("is like the article {id}", id=id_)
        case _:
            raise TypeError(type(node).__name__)


def _published(first: date | None, last: date | None) -> str:
    if first is None or last is None:
        if last is not None:
            return said("published until {day}", day=last.isoformat())
        return said("published from {day} on", day=first.isoformat() if first else "")
    return said("published from {first} to {last}", first=first.isoformat(), last=last.isoformat())
