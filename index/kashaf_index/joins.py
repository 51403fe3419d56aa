"""Conditions on what lies beside the index: who is named in an article, and what the analyst noted of it.

Sets of article ids are asked for at query time, so that correcting a name or adding a note re-indexes nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import TYPE_CHECKING, Literal, Protocol

from kashaf.entities.model import EntityType
from kashaf.notes.codebook import SEPARATOR
from kashaf.text.fold import fold_word
from kashaf.text.tokens import tokenise
from kashaf_index.analysis import STEM, ladder
from kashaf_index.query.slots import WordSlot

if TYPE_CHECKING:
    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.tables.store import MentionStore
    from kashaf.entities.tables.writing import Revision
    from kashaf.notes.model import Note

JoinedField = Literal["person", "place", "organization", "tag", "note", "noted"]


class Joins(Protocol):
    """Answers conditions that the index knows nothing of."""

    def ids(self, field: JoinedField, value: str) -> frozenset[str]:
        """The ids of the articles of which it is true; empty when nothing is known by that value.

        person, place, organization: mentioned under any name. tag: a note bears it, or a code below it. note: a
        note holds these words.
        noted: there is a note, whatever the value.
        """
        ...

    def unread(self, revisions: Mapping[str, Revision]) -> int:
        """Of these articles, by id, those that nobody has been looked for in yet."""
        ...


class StoreJoins:
    """Joins over the mention store, the name book and the notes, each opened when first asked for."""

    def __init__(
        self,
        mentions: Callable[[], MentionStore],
        book: Callable[[], NameBook],
        notes: Callable[[], Iterable[Note]],
    ) -> None:
        self._mentions = mentions
        self._book = book
        self._notes = notes

    def ids(self, field: JoinedField, value: str) -> frozenset[str]:
        """See `Joins`. Raises what opening and reading the stores raises."""
        if field in ("person", "place", "organization"):
            return self._naming(field, value)
        wanted = _words(value)
        match field:
            case "tag":
                path = _path(value)
                return _articles(
                    note
                    for note in self._notes()
                    if any(_path(tag)[: len(path)] == path for tag in note.tags)
                )
            case "note":
                return _articles(note for note in self._notes() if wanted and _holds(note.body, wanted))
            case _:
                return _articles(self._notes())

    def unread(self, revisions: Mapping[str, Revision]) -> int:
        """See `Joins`. Raises what opening and reading the stores raises."""
        return self._mentions().pending(revisions, self._book())

    def _naming(self, kind: EntityType, value: str) -> frozenset[str]:
        """Under any name: as listed or as found, by an alias of the book or its English name, or by a part of one."""
        store = self._mentions()
        names = {value, *(name.canonical for name in self._book().find(value) if name.type == kind)}
        found = frozenset(chain.from_iterable(store.articles_of(name, kind) for name in sorted(names)))
        # A part of a name, such as a surname.
        return found or store.articles_with(value, kind)


def _articles(notes: Iterable[Note]) -> frozenset[str]:
    return frozenset(note.article_id for note in notes if note.article_id)


def _path(tag: str) -> tuple[str, ...]:
    """The codes that a tag is made of, the widest first: whoever asks for `سلاح` wants `سلاح/كيماوي` too."""
    return tuple(" ".join(fold_word(part).split()) for part in tag.split(SEPARATOR))


def _words(text: str) -> tuple[WordSlot, ...]:
    return tuple(WordSlot(ladder(token.exact)) for token in tokenise(text))


def _holds(body: str, wanted: tuple[WordSlot, ...]) -> bool:
    """Whether the words stand in a row in a note, at the stem rung."""
    words = [ladder(token.exact) for token in tokenise(body)]
    return any(
        all(
            (accepted := slot.accepts(word)) is not None and accepted[0] <= STEM
            for slot, word in zip(wanted, words[at:], strict=False)
        )
        for at in range(len(words) - len(wanted) + 1)
    )
