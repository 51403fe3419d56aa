"""Pictures of the explorer: at rest, after something was done in it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.color import ColorSystem
from tests.explorer_support import Analyst
from textual.pilot import Pilot

from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

Compare = Callable[..., bool]

#: Every size in both languages, as parameters of a fixture and their ids.
SIZES = [(80, 24), (120, 40)]
LOOKS = [(size, language) for language in ("en", "ar") for size in SIZES]


def look_id(look: tuple[tuple[int, int], str]) -> str:
    (width, height), language = look
    return f"{width}x{height}-{language}"


def pictured(
    snap_compare: Compare, root: Path, size: tuple[int, int], act: Callable[[Analyst], Awaitable[None]]
) -> bool:
    """Whether the screen is as it was agreed, in a workspace whose index has a fixed age, after `act` on it."""
    session = Session(root)
    session.searcher.created = "2026-01-02T03:04:05+00:00"
    app = ExplorerApp(session)
    app.console._color_system = ColorSystem.TRUECOLOR  # whatever terminal the tests are started from

    async def before(pilot: Pilot[int]) -> None:
        analyst = Analyst(app, pilot)
        await analyst.settle()
        await act(analyst)
        await pilot.pause(0.4)
        await analyst.settle()

    run_before: Callable[[Pilot[int]], Awaitable[None]] = before
    try:
        return snap_compare(app, terminal_size=size, run_before=run_before)
    finally:
        app.close_stores()
