"""Kinds of paragraphs as the reader shows them: which hang beside a mark, and which have a style of their own."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import Final

from kashaf.corpus.article import Article, Kind

HANG: Final = 2
"""Cells for the mark of a paragraph that has one."""
MARKS: Final[dict[Kind, tuple[str, str]]] = {"item": ("•", " "), "quote": ("│", "│")}
"""The mark on the first row of such a paragraph, and on those below."""
STYLED: Final[frozenset[Kind]] = frozenset({"standfirst", "heading", "quote", "caption"})
_SHOWN: Final = STYLED | frozenset(MARKS)
_NARROWEST: Final = 16  # cells of a page in which marks have room


@dataclass(frozen=True, slots=True)
class Kinds:
    """The paragraphs of a text that are not plain, in its order: where they begin and end, and what they are."""

    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    kinds: tuple[Kind, ...] = ()

    @classmethod
    def of(cls, article: Article) -> Kinds:
        """Those of an article. Linear in its text, if it has any."""
        if _SHOWN.isdisjoint(article.kinds):
            return NONE
        found = [one for one in article.paragraphs() if one.kind in _SHOWN]
        return cls(
            tuple(one.start for one in found),
            tuple(one.end for one in found),
            tuple(one.kind for one in found),
        )

    def at(self, offset: int) -> Kind:
        """The kind of the paragraph that holds `offset`."""
        index = bisect_right(self.starts, offset) - 1
        return self.kinds[index] if index >= 0 and offset <= self.ends[index] else "paragraph"

    def begins(self, offset: int) -> bool:
        """Whether one of them begins at `offset`."""
        index = bisect_right(self.starts, offset) - 1
        return index >= 0 and self.starts[index] == offset

    def hang(self, offset: int, width: int) -> int:
        """Cells that the mark of the paragraph at `offset` takes of a page of `width` cells."""
        if not self.starts or width < _NARROWEST:
            return 0
        return HANG if self.at(offset) in MARKS else 0


NONE: Final = Kinds()
