"""`kashaf index --watch`: stay, and import what arrives."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import Locked
from kashaf_tui.commands.import_output import import_bar, stop_on_interrupt
from kashaf_tui.commands.index import as_dict
from kashaf_tui.commands.output import dump_json_line, lines, message

if TYPE_CHECKING:
    from kashaf_index.update import Updated
    from kashaf_tui.session import Session


def watch_folders(
    session: Session,
    roots: Sequence[Path],
    *,
    jobs: int | None,
    memory: int,
    link: bool,
    ignore: Sequence[str],
    as_json: bool,
) -> int:
    """Import `roots`, then what arrives there, one line (or JSON line) an import, until Ctrl+C. Returns 0.

    A source that is not there yet is waited for. While another process imports, the next look tries again.
    """
    from kashaf_index.watching import arrivals

    message("Watching. Ctrl+C ends it; what is done is kept")
    with stop_on_interrupt() as stopped:
        for ready in arrivals(session.workspace, roots, ignore=ignore, stopped=stopped):
            there = [root for root in ready if root.exists()]
            updated = _import(session, there, jobs, memory, link, ignore, stopped) if there else None
            if updated is None:
                continue
            if as_json:
                dump_json_line(as_dict(updated))
            else:
                _say(updated)
            sys.stdout.flush()
    return 0


def _import(
    session: Session,
    roots: Sequence[Path],
    jobs: int | None,
    memory: int,
    link: bool,
    ignore: Sequence[str],
    stopped: Callable[[], bool],
) -> Updated | None:
    """One import. None when it was stopped while another process held the workspace."""
    from kashaf_index.update import Stopped, update
    from kashaf_index.watching import POLL_SECONDS, wait

    waiting = False
    while not stopped():
        try:
            with import_bar() as show:
                return update(
                    session.workspace,
                    session.catalogue,
                    roots,
                    jobs=jobs,
                    memory=memory,
                    link=link,
                    ignore=ignore,
                    on_progress=show,
                    cancelled=stopped,
                )
        except Stopped as stop:
            return stop.updated
        except Locked as error:
            if not waiting:
                message(str(error))
            waiting = True
            wait(POLL_SECONDS, stopped)
    return None


def _say(updated: Updated) -> None:
    for failure in updated.failed:
        message(f"failed: {failure.path}: {failure.reason}")
    lines(
        [
            f"{datetime.now().astimezone():%H:%M:%S}  {updated.added} added, {updated.updated} updated, "
            f"{updated.removed} removed, {len(updated.failed)} failed; {updated.articles} articles"
        ]
    )
