"""The lines below the query: the ladder of rungs with their counts, and the filters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final

from kashaf.bidi.layout import cell_width, crop
from kashaf_tui.explorer.widgets.pieces_line import Piece, PieceLine

#: What a click means that is no rung and no filter.
MORE: Final = "+"
_LONGEST_NAME: Final = 28  # cells


class Ladder(PieceLine):
    """The rungs with the number of articles each would give; the chosen one in brackets. A click chooses."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"ladder--chosen", "ladder--more"}

    def show(self, rungs: Sequence[tuple[str, str, str, bool]], more: str = "") -> None:
        """`rungs`: id, name, count, chosen. more: the words that ask for filters, if they belong here."""
        pieces = [
            Piece(f"[{name} {count}] ", rung, "ladder--chosen")
            if chosen
            else Piece(f" {name} {count}  ", rung)
            for rung, name, count, chosen in rungs
        ]
        self.put([*pieces, *([Piece(f" {more} ", MORE, "ladder--more")] if more else [])])
        # The line is as wide as what it says; the rest of the row is for what there is to say of the query.
        padding = self.styles.padding.width
        if self.styles.width is None or self.styles.width.value != self.needs + padding:
            self.styles.width = self.needs + padding


class FilterLine(PieceLine):
    """The filters of the search as words, each with the sign that takes it away; then the way to more."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filters--one", "filters--more"}

    def show(self, filters: Sequence[tuple[str, str]], more: str) -> None:
        """`filters`: fragment of the query language, and its words."""
        named = [
            Piece(f" {crop(words, _LONGEST_NAME)} ✕ ", fragment, "filters--one")
            for fragment, words in filters
        ]
        self.put([*named, Piece(f" {more} ", MORE, "filters--more")])

    def _fitting(self, room: int) -> Sequence[Piece]:
        """The filters that fit, and how many others there are: those are in the pane, where a click leads."""
        *filters, more = self._pieces or [Piece("")]
        shown: list[Piece] = []
        for at, piece in enumerate(filters):
            left = len(filters) - at - 1
            end = more if not left else Piece(f" +{left} ", MORE, "filters--more")
            if sum(cell_width(one.text) + 1 for one in [*shown, piece]) + cell_width(end.text) > room:
                more = Piece(f" +{left + 1} ", MORE, "filters--more")
                break
            shown.append(piece)
        return [part for piece in shown for part in (piece, Piece(" "))] + [more]
