"""Messages that lie over whatever screen is shown, and go by themselves."""

from __future__ import annotations

from typing import Literal, TypeVar

from textual.app import App

from kashaf.bidi.layout import Options, lay_out
from kashaf_tui.explorer.widgets.mirror import base_of

Result = TypeVar("Result")

# A toast of Textual's is 60 cells wide, or half the screen; so many of them are its edges.
_WIDTH, _EDGES = 60, 5
_SECONDS = 8.0


Severity = Literal["information", "warning", "error"]


def toast(app: App[Result], text: str, severity: Severity = "information") -> None:
    """Show a text, wrapped and in visual order. It is never read as markup."""
    width = max(10, min(_WIDTH, app.size.width // 2) - _EDGES)
    options = Options(base="rtl" if base_of(app) == "rtl" else "auto")
    lines = [line for part in text.split("\n") for line in lay_out(part, width, options)]
    shown = ["".join(cell.text for cell in line.cells) for line in lines]
    app.notify("\n".join(shown), severity=severity, timeout=_SECONDS, markup=False)
