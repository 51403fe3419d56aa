"""The lines above and below the panes: title, facts of the article, and keys with the status."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import Literal

from textual.strip import Strip
from textual.widget import Widget

from kashaf.bidi.layout import Options, cell_width
from kashaf_tui.explorer.action import ALONE, Action, Place, footer_key
from kashaf_tui.explorer.actions import actions_of
from kashaf_tui.explorer.widgets.paint import Align, line_strip

Base = Literal["rtl", "ltr"]

#: Of what works everywhere: what makes sense while there is no article.
_WITHOUT_ARTICLES = frozenset({"help", "app.command_palette", "app.leave"})


def _row(strips: Sequence[Strip], base: Base) -> Strip:
    """Strips beside each other, the first where a line of the interface begins."""
    return Strip.join(strips if base == "ltr" else reversed(strips))


class Bar(Widget):
    """One line with a text on the left and one on the right, the other way round in a right-to-left interface.

    The right one is cut last. With `mirrored` False the sides are sides: for what is said of an Arabic article.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = "Bar { height: 1; }"

    def __init__(
        self,
        left: str = "",
        *,
        base: Base = "ltr",
        mirrored: bool = True,
        id: str | None = None,  # noqa: A002 -- Textual's name
    ) -> None:
        super().__init__(id=id)
        self.left = left
        self._options = Options(base=base)
        self._from: Base = base if mirrored else "ltr"
        self.right = ""

    def show(self, left: str | None = None, right: str | None = None) -> None:
        """Change what is given."""
        self.left = self.left if left is None else left
        self.right = self.right if right is None else right
        self.refresh()

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        right = min(width, cell_width(self.right) + 1) if self.right else 0
        near: Align = "left" if self._from == "ltr" else "right"
        return _row(
            [line_strip(self.left, width - right, base, align=near, options=self._options), self._end(right)],
            self._from,
        )

    def _end(self, width: int) -> Strip:
        """The text on the far side, `width` cells wide."""
        far: Align = "right" if self._from == "ltr" else "left"
        return line_strip(self.right, width, self.rich_style, align=far, options=self._options)


class KeyBar(Bar):
    """The keys of the place that has the focus, and what the app is doing."""

    COMPONENT_CLASSES = {"keys--key"}  # noqa: RUF012 -- Textual reads it from the class

    def __init__(self, language: str, *, id: str | None = None) -> None:  # noqa: A002 -- Textual's name
        super().__init__(id=id, base="rtl" if language == "ar" else "ltr")
        self._language = language
        self._place: Place = "search"
        self._without: Container[str] = ()

    def show_place(self, place: Place, without: Container[str] = ()) -> None:
        """The keys of a place, except for the ids `without` that do nothing now."""
        self._place = place
        self._without = without
        self.refresh()

    def _actions(self) -> Iterator[Action]:
        """Help first, then the place's own: what is cut off for want of room works everywhere and is in the help."""
        if self._place == "everywhere":
            return
        if self._place in ALONE:
            yield from (action for action in actions_of(self._place) if action.id not in self._without)
            return
        everywhere = [action for action in actions_of("everywhere") if action.short]
        if self._place == "beginning":
            everywhere = [action for action in everywhere if action.id in _WITHOUT_ARTICLES]
        yield everywhere[0]
        yield from actions_of(self._place)
        yield from everywhere[1:]

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, base)
        room = width - (cell_width(self.right) + 2 if self.right else 0)
        key_style = base + self.get_component_rich_style("keys--key", partial=True)
        near: Align = "left" if self._from == "ltr" else "right"
        strips: list[Strip] = []
        used = 0
        for action in self._actions():
            text = action.short_label(self._language)
            if not text:
                continue
            key = f" {footer_key(action, typing=self._place == 'search')} "
            size = cell_width(key) + cell_width(text) + 1
            if used + size > room:
                break
            strips += [
                line_strip(key, cell_width(key), key_style),
                line_strip(text, cell_width(text) + 1, base, align=near),
            ]
            used += size
        return _row([*strips, self._end(max(0, width - used))], self._from)
