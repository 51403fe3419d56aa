"""From the command line into the full screen and back. The only module outside the explorer that starts it."""

from __future__ import annotations

import os
import sys

from kashaf.errors import KashafError, UsageError
from kashaf_tui.commands.output import message
from kashaf_tui.session import Session
from kashaf_tui.terminal import remembered
from kashaf_tui.terminal.choosing import choose, override, settled
from kashaf_tui.terminal.probe import Question
from kashaf_tui.terminal.restore import TerminalGuard


def explore(session: Session, terminal_profile: str | None = None) -> int:
    """Run the explorer until it is left. Returns the exit code.

    terminal_profile: a name of `choosing.CHOICES` that the command line gives.
    Raises UsageError when standard input or output is no terminal or the environment names an unknown profile,
    NotesSealed without the passphrase of encrypted notes, and what opening the workspace raises.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise UsageError("the explorer needs a terminal", cure="For scripts there is `kashaf search --json`")
    if os.environ.get("TERM", "") in ("", "dumb"):
        raise UsageError(
            "the explorer needs a full-screen terminal; TERM is dumb", cure="Set TERM, or use `kashaf search`"
        )
    session.unlock()
    asked_for = override(terminal_profile, os.environ)
    # kitty's keyboard protocol drops characters that an Arabic layout gives.
    os.environ.setdefault("TEXTUAL_DISABLE_KITTY_KEY", "1")
    with Question(os.environ) as question:
        if not settled(asked_for):
            question.ask()
        from kashaf_tui.explorer.app import ExplorerApp  # noqa: PLC0415 -- Textual is not paid for before this
        from kashaf_tui.explorer.collector import calm_collector  # noqa: PLC0415

        calm_collector()

        # A slow terminal has had the time of the import too.
        answers = question.look()
        known = remembered.load()
        display = choose(answers, os.environ, asked_for, known)
        if not display.rgb:
            os.environ.pop("COLORTERM", None)
        app = ExplorerApp(session, display, late_replies=not answers.complete)
    trouble: KashafError | None = None
    with TerminalGuard(app.leave_now, lambda: app.display_profile.profile.stop) as guard:
        try:
            app.run(mouse=display.mouse)
        finally:
            app.keep_place()
            try:
                app.close_stores()
            except KashafError as error:
                trouble = error
    for text in (known.trouble, str(trouble) if trouble else "", app.farewell):
        if text:
            message(f"kashaf: {text}")
    if app.crash_file is not None:
        message(f"kashaf: stopped by a fault of its own. Details: {app.crash_file}")
        return 1
    if guard.signalled is not None:
        return 128 + guard.signalled
    if app.wants_demo and trouble is None:
        from kashaf_tui.commands.demo import prepare  # noqa: PLC0415 -- only for who asks for it

        return explore(prepare(None)[0], terminal_profile)
    return trouble.exit_code if trouble else app.return_code or 0
