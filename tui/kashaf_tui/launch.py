"""From the command line into the full screen and back. The only module outside the explorer that starts it."""

from __future__ import annotations

import os
import sys

from kashaf.errors import KashafError, UsageError
from kashaf_tui.commands.output import message
from kashaf_tui.session import Session
from kashaf_tui.terminal.restore import TerminalGuard


def explore(session: Session) -> int:
    """Run the explorer until it is left. Returns the exit code.

    Raises UsageError when standard input or output is no terminal, and what opening the workspace raises.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the explorer needs a terminal", cure="For scripts there is `kashaf search --json`")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError(
            "the explorer needs a full-screen terminal; TERM is dumb", cure="Set TERM, or use `kashaf search`"
        )
    # kitty's keyboard protocol drops characters that an Arabic layout gives.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    from kashaf_tui.explorer.app import ExplorerApp  # noqa: PLC0415 -- Textual is not paid for before this

    app = ExplorerApp(session)
    trouble: KashafError | None = None
    with TerminalGuard(app.leave_now) as guard:
        try:
            app.run()
        finally:
            app.keep_place()
            try:
                app.close_stores()
            except KashafError as error:
                trouble = error
    for text in (str(trouble) if trouble else "", app.farewell):
        if text:
            message(f"kashaf: {text}")
    if app.crash_file is not None:
        message(f"kashaf: stopped by a fault of its own. Details: {app.crash_file}")
        return 1
    if guard.signalled is not None:
        return 128 + guard.signalled
    return trouble.exit_code if trouble else app.return_code or 0
