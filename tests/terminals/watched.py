"""Run in a terminal: the explorer as `kashaf` starts it, which also writes down what it means to show.

    python -m tests.terminals.watched FILE [arguments of kashaf]

FILE holds the composed rows before any guard, what has the focus, the analyst's place and the process id, anew
after every change. SIGUSR1 shows a toast. With $KASHAF_FAULT set, the help key is a fault of ours.

Nothing of Textual is imported before `kashaf` does it: it reads the environment when it is imported.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import kashaf_tui.launch
from kashaf.bidi.layout import visual
from kashaf_tui.__main__ import main as kashaf
from kashaf_tui.terminal.restore import TerminalGuard

if TYPE_CHECKING:
    from rich.segment import Segment
    from textual.pilot import Pilot

    from kashaf_tui.explorer.app import ExplorerApp

_TOAST = "حُفظت الملاحظة رقم 3 في notes.json"
_EVERY = 0.1  # seconds
_TARGET = Path(sys.argv[1])


class WatchedGuard(TerminalGuard):
    """What `kashaf` puts around the explorer: the first that knows the app before it runs."""

    def __init__(self, on_signal: Callable[[], None], *more: Any) -> None:
        super().__init__(on_signal, *more)
        app: ExplorerApp = on_signal.__self__  # type: ignore[attr-defined]
        app.run = partial(app.run, auto_pilot=watch)  # type: ignore[arg-type, method-assign]
        if os.environ.get("KASHAF_FAULT"):
            from kashaf_tui.explorer.screens.main import MainScreen

            MainScreen.action_help = _fault  # type: ignore[method-assign]


def _fault(self: object) -> NoReturn:
    raise RuntimeError("asked for")


async def watch(pilot: Pilot[int]) -> None:
    """Write down what is meant, until the app has ended."""
    from textual.widgets import Input

    app: ExplorerApp = pilot.app  # type: ignore[assignment]

    def toast() -> None:
        app.notify(visual(_TOAST), timeout=60, markup=False)

    asyncio.get_running_loop().add_signal_handler(signal.SIGUSR1, toast)
    written = ""
    while app.is_running:
        for field in app.screen.query(Input):
            field.cursor_blink = False  # the palette's; what blinks is never still
        if (state := _state(app)) != written:
            written = state
            new = _TARGET.with_suffix(".new")
            new.write_text(state, encoding="utf-8")
            new.replace(_TARGET)
        await asyncio.sleep(_EVERY)


def _state(app: ExplorerApp) -> str:
    from textual._context import visible_screen_stack

    place = app._main.place() if app._main is not None else None
    # As the app's own updates do: without it a window is drawn, and kept, with nothing behind it.
    visible_screen_stack.set(app._background_screens)
    strips = app.screen._compositor.render_strips()
    state = {
        "pid": os.getpid(),
        "screen": type(app.screen).__name__,
        "focus": app.focused.id if app.focused is not None else None,
        "place": asdict(place) if place is not None else {},
        "query": app._main.box.value if app._main is not None else "",
        "size": list(app.size),
        "rows": [[_plainly(segment) for segment in strip if not segment.control] for strip in strips],
    }
    return json.dumps(state)


def _plainly(segment: Segment) -> list[object]:
    style = segment.style
    if style is None:
        return [segment.text, False, False, 0, False]
    underline = 2 if style.underline2 else int(bool(style.underline))
    return [segment.text, bool(style.bold), bool(style.italic), underline, bool(style.reverse)]


def main() -> None:
    vars(kashaf_tui.launch)["TerminalGuard"] = WatchedGuard
    sys.argv[:] = ["kashaf", *sys.argv[2:]]
    kashaf()


if __name__ == "__main__":
    main()
