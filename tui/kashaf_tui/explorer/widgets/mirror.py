"""The right-to-left interface: which way lines run, and vertical scroll bars on the left of their pane.

The app carries the class `-rtl` while its interface is right-to-left; the style sheet mirrors the panes by it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual.dom import DOMNode
from textual.geometry import Region, Spacing
from textual.strip import Strip
from textual.widget import Widget

if TYPE_CHECKING:
    _Widget = Widget
else:
    # Textual looks for styles, component classes and bindings in the first base that is a node: it must not be ours.
    _Widget = object

RTL: Final = "-rtl"


def runs_rtl(node: DOMNode) -> bool:
    """Whether the interface that `node` is part of runs from right to left."""
    return node.is_attached and node.app.has_class(RTL)


def base_of(node: DOMNode) -> Literal["rtl", "auto"]:
    """The direction of a line that the interface itself says; left-to-right interfaces leave it to the line."""
    return "rtl" if runs_rtl(node) else "auto"


class Mirrored(_Widget):
    """Stands first among the bases of a widget of the line API: its lines know nothing of the scroll bar's side.

    Textual 8.2.8 keeps the bar's room at the right in three places (`scrollbar_gutter` for content and mouse
    offsets, `_get_scrollable_region` and `_arrange_scrollbars` for the compositor) and draws a line from the left
    edge of the room that the bar shares; each of them is turned round here.
    """

    @property
    def scrollbar_gutter(self) -> Spacing:
        top, right, bottom, left = super().scrollbar_gutter
        return Spacing(top, left, bottom, right) if runs_rtl(self) else Spacing(top, right, bottom, left)

    def _get_scrollable_region(self, region: Region) -> Region:
        inner = super()._get_scrollable_region(region)
        return _across(inner, region) if runs_rtl(self) else inner

    def _arrange_scrollbars(self, region: Region) -> Iterable[tuple[Widget, Region]]:
        for bar, place in super()._arrange_scrollbars(region):
            yield bar, _across(place, region) if runs_rtl(self) else place

    def render_line(self, y: int) -> Strip:
        strip = super().render_line(y)
        if (room := self.scrollbar_size_vertical) and runs_rtl(self):
            return Strip.join([Strip.blank(room, self.rich_style), strip])
        return strip


class Framed(Mirrored):
    """Mirrored, for what has most of a screen to itself: in a border, which shows the focus (see the style sheet)."""

    DEFAULT_CLASSES: ClassVar[str] = "framed"


def _across(inner: Region, outer: Region) -> Region:
    """`inner` as far from the left edge of `outer` as it was from the right one."""
    return Region(outer.x + outer.right - inner.right, inner.y, inner.width, inner.height)
