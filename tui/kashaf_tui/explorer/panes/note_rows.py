"""What the list of notes is made of: a note with what is known of its place, and the heading of a group."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final, overload

from kashaf.notes.anchoring import Anchor
from kashaf.notes.model import Note, Target


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a note is now. state: that of the anchor, or "missing" when its article is not in the workspace.

    target: what was looked for; a note that was put elsewhere since stands there, and not where this says.
    """

    state: str
    target: Target
    anchor: Anchor | None = None


@dataclass(frozen=True, slots=True)
class NoteRow:
    """A note in the list. standing: None while its article has not been looked at. order: what groups the list."""

    note: Note
    standing: Standing | None = None
    marked: bool = False
    order: str = "made"

    @property
    def state(self) -> str | None:
        """What is known of its place."""
        return self.standing.state if self.standing is not None else None


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of a group of notes. closed: the notes of it are not listed."""

    key: str
    name: str
    count: int
    closed: bool = False


#: Lines of the list that a note takes, and that a heading takes.
NOTE, HEADING = 3, 1
LookUp = Callable[[Note], Standing | None]


class Rows(Sequence[NoteRow | Group]):
    """Many notes, each made a row of only when it is drawn or asked for."""

    def __init__(
        self,
        items: Sequence[Note | Group],
        look_up: LookUp = lambda _: None,
        marked: Collection[str] = (),
        order: str = "made",
    ) -> None:
        self.items: Final = items
        self._look_up = look_up
        self._marked = marked
        self._order = order

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, at: int) -> NoteRow | Group: ...

    @overload
    def __getitem__(self, at: slice) -> list[NoteRow | Group]: ...

    def __getitem__(self, at: int | slice) -> NoteRow | Group | list[NoteRow | Group]:
        if isinstance(at, slice):
            return [self._row(item) for item in self.items[at]]
        return self._row(self.items[at])

    def _row(self, item: Note | Group) -> NoteRow | Group:
        if isinstance(item, Group):
            return item
        return NoteRow(item, self._look_up(item), item.id in self._marked, self._order)

    def tops(self) -> Sequence[int]:
        """The first line of each row, and after them the number of all lines."""
        if self._order == "made":
            return range(0, NOTE * len(self.items) + 1, NOTE)
        heights = (HEADING if isinstance(item, Group) else NOTE for item in self.items)
        return tuple(accumulate(heights, initial=0))

    def find(self, key: tuple[str, str]) -> int | None:
        """The place of a note or a group: ("note", its id) or ("group", its key)."""
        kind, name = key
        if kind == "group":
            wanted = (
                at for at, item in enumerate(self.items) if isinstance(item, Group) and item.key == name
            )
        else:
            wanted = (at for at, item in enumerate(self.items) if isinstance(item, Note) and item.id == name)
        return next(wanted, None)
