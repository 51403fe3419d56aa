"""What the screen of quotations is made of: its view, its list and its field."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.panes.quotes import QuoteList
from kashaf_tui.explorer.quote_groups import Kind, Order
from kashaf_tui.explorer.quoting import Scope
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.text_field import TextInput


@dataclass(frozen=True, slots=True)
class View:
    """What is listed and how. speaker: the only one listed, by `speaker_key`. before: what Esc goes back to."""

    scope: Scope
    typed: str = ""
    order: Order = "speaker"
    kind: Kind = ""
    speaker: str = ""
    closed: frozenset[str] = frozenset()
    selected: object = None
    before: View | None = None


class Shown(Framed, QuoteList):
    BINDINGS: ClassVar = bindings_for("quotes")


class QuoteFilter(TextInput):
    """Words that the quotations listed have."""

    BINDINGS: ClassVar = bindings_for("quote filter")
