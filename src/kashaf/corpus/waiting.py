"""Changed files, whose articles wait until every other file has claimed what it knows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from kashaf.corpus.reading import Contents, is_large
from kashaf.corpus.rows import Survey
from kashaf.corpus.walk import Found

HELD_CHARS: Final = 16_000_000


@dataclass(slots=True)
class Waiting:
    """held: as read, while there is room; again: to be read once more. awaited: the bytes of what waits; copies: new
    files that hold such bytes too, and take the article that the changed file gives them. room: in code points.
    """

    held: list[tuple[Found, Contents, Survey]] = field(default_factory=list)
    again: list[Found] = field(default_factory=list)
    copies: list[Found] = field(default_factory=list)
    awaited: set[str] = field(default_factory=set)
    room: int = HELD_CHARS

    def hold(self, found: Found, contents: Contents, survey: Survey) -> None:
        self.awaited |= survey.left
        size = survey.chars + len(contents.data)
        # The bytes of a large file are gone once it is closed.
        if survey.items is not None and not is_large(found) and size <= self.room:
            self.room -= size
            self.held.append((found, contents, survey))
        else:
            self.again.append(found)
