"""The tree of a query, as written: no analysis yet. Every node prints back to the text it is parsed from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Word:
    """One run of characters; it becomes a phrase when analysis finds several words in it (`3.5`)."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Prefix:
    """Words that begin so: `text` without the asterisk."""

    text: str

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row. `text` holds no quotation mark."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Title:
    """Only in the title."""

    item: Word | Prefix | Phrase

    def __str__(self) -> str:
        return f"title:{self.item}"


@dataclass(frozen=True, slots=True)
class Outlet:
    """Only from the outlet of this name, however it is spelt; never a part of a name."""

    name: str

    def __str__(self) -> str:
        return f'outlet:"{self.name}"'


@dataclass(frozen=True, slots=True)
class Published:
    """Published from `first` to `last`, both included; None: that side is open. Undated articles never match."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        first, last = (day.isoformat() if day else "" for day in (self.first, self.last))
        return f"date:{first}..{last}"


@dataclass(frozen=True, slots=True)
class Everything:
    """Every article."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that `item`, judged at the folded rung, does not match."""

    item: Node

    def __str__(self) -> str:
        return f"-({self.item})" if isinstance(self.item, (Not, Together, Either)) else f"-{self.item}"


@dataclass(frozen=True, slots=True)
class Together:
    """Items side by side, at least two: how many must match is the query's `match`."""

    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(map(_enclosed, self.items))


@dataclass(frozen=True, slots=True)
class Either:
    """Items with OR between them, at least two."""

    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({item})" if isinstance(item, Either) else str(item) for item in self.items)


Node = Word | Prefix | Phrase | Title | Outlet | Published | Everything | Not | Together | Either


def _enclosed(node: Node) -> str:
    return f"({node})" if isinstance(node, (Together, Either)) else str(node)
