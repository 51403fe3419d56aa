"""The tree of a query, as written: no analysis yet. Every node prints back to the text it is parsed from.

Texts in nodes hold no quotation mark, control character or lone surrogate: the lexer sees to it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from kashaf_index.query.fields import reads_as_syntax

EntityKind = Literal["person", "place", "organization"]
WordsIn = Literal["title", "author"]

_ENTITY_FIELD: Final = {"person": "person", "place": "place", "organization": "org"}


@dataclass(frozen=True, slots=True)
class Word:
    """One run of characters; it becomes a phrase when analysis finds several words in it (`3.5`)."""

    text: str

    def __str__(self) -> str:
        return "\\" + self.text if reads_as_syntax(self.text) else self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in a row."""

    text: str

    def __str__(self) -> str:
        return f'"{self.text}"'


@dataclass(frozen=True, slots=True)
class Exact:
    """As written, mark by mark."""

    item: Word | Phrase

    def __str__(self) -> str:
        # Behind the equals sign nothing reads as an operator.
        return f"={self.item.text}" if isinstance(self.item, Word) else f"={self.item}"


@dataclass(frozen=True, slots=True)
class Root:
    """Every word of the same root as this one."""

    text: str

    def __str__(self) -> str:
        return f"root:{Word(self.text)}"


@dataclass(frozen=True, slots=True)
class Pattern:
    """Words that `text` fits, in which each asterisk stands for any letters or none."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words that become this one with so many letters added, lost, changed or swapped with their neighbour."""

    text: str
    distance: int

    def __str__(self) -> str:
        return f"{self.text}~{self.distance}"


@dataclass(frozen=True, slots=True)
class Near:
    """Items, at least two, in any order, each at most `distance` words from the next."""

    items: tuple[Single, ...]
    distance: int

    def __str__(self) -> str:
        return f" NEAR/{self.distance} ".join(map(str, self.items))


@dataclass(frozen=True, slots=True)
class InField:
    """Only in the title, or only in the author's name."""

    field: WordsIn
    item: Term

    def __str__(self) -> str:
        return f"{self.field}:({self.item})" if isinstance(self.item, Near) else f"{self.field}:{self.item}"


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
class Lang:
    """Only in this language: a BCP 47 tag in lower case, which stands for its regions too (`ar`: `ar-SY`)."""

    tag: str

    def __str__(self) -> str:
        return f"lang:{self.tag}"


@dataclass(frozen=True, slots=True)
class Entity:
    """Only articles that mention this person, place or organisation, under whatever name."""

    kind: EntityKind
    name: str

    def __str__(self) -> str:
        return f'{_ENTITY_FIELD[self.kind]}:"{self.name}"'


@dataclass(frozen=True, slots=True)
class Tagged:
    """Only articles with a note that bears this tag."""

    tag: str

    def __str__(self) -> str:
        return f'tag:"{self.tag}"'


@dataclass(frozen=True, slots=True)
class HasNote:
    """Only articles with a note."""

    def __str__(self) -> str:
        return "has:note"


@dataclass(frozen=True, slots=True)
class NoteText:
    """Only articles with a note in which these words stand in a row."""

    text: str

    def __str__(self) -> str:
        return f'note:"{self.text}"'


@dataclass(frozen=True, slots=True)
class Similar:
    """Only articles like the one of this id."""

    id: str

    def __str__(self) -> str:
        return f"similar:{self.id}"


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
        return f"-({self.item})" if isinstance(self.item, (Not, Near, Together, Either)) else f"-{self.item}"


@dataclass(frozen=True, slots=True)
class Together:
    """Items side by side, at least two: how many must match is the query's `match`."""

    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(
            f"({item})" if isinstance(item, (Together, Either)) else str(item) for item in self.items
        )


@dataclass(frozen=True, slots=True)
class Either:
    """Items with OR between them, at least two."""

    items: tuple[Node, ...]

    def __str__(self) -> str:
        return " OR ".join(f"({item})" if isinstance(item, Either) else str(item) for item in self.items)


Single = Word | Phrase | Exact | Root | Pattern | Fuzzy
#: What stands somewhere in a text.
Term = Single | Near
#: What an article is or is not; never a reason for a hit.
Condition = Outlet | Published | Lang | Entity | Tagged | HasNote | NoteText | Similar | Everything
Node = Term | InField | Condition | Not | Together | Either
