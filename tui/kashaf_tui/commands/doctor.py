"""`kashaf doctor`: what is wrong with a workspace and the terminal it is shown in, and what to do about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import click

from kashaf_tui.commands.index import EXIT_SOME_FAILED
from kashaf_tui.commands.output import drawn, dump_json, json_option, progress_bar
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashaf_index.doctor.finding import Finding


@click.command("doctor", short_help="Examine index, notes, workspace and terminal.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> int:
    """Examine the index, the notes, the workspace and the terminal, and say what to do about what is wrong.

    The index: every file against its checksums, its articles against the catalogue, the words of a sample of articles
    against their texts. The notes: whether they can be read, and their words found. The workspace: its settings, its
    folders, the room on its disk, a sample of the originals (`kashaf verify` hashes all). The terminal: what it is
    taken for. Nothing is changed.

    ok: as it should be. warning: it works, and something should be done all the same. problem: something does not
    work. Exit code 3 when there is a problem.

    With --json: {"status", "ok", "warning", "problem", "findings": [{"area", "check", "status", "what", "where",
    "cure"}]}: the worst status, how many findings have which, and what was found, where, and what to do.
    """
    from kashaf_index.doctor.finding import STATUSES

    findings = list(_findings(session))
    counts = Counter(finding.status for finding in findings)
    worst = max((finding.status for finding in findings), key=STATUSES.index, default="ok")
    if as_json:
        dump_json(
            {"status": worst}
            | {status: counts[status] for status in STATUSES}
            | {"findings": [_as_dict(finding) for finding in findings]}
        )
    else:
        drawn(row for finding in findings for row in _rows(finding))
        said = ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status])
        drawn([("", ""), ("", said)])
    return EXIT_SOME_FAILED if counts["problem"] else 0


def _findings(session: Session) -> Iterator[Finding]:
    from kashaf_tui.commands import doctor_places as places
    from kashaf_tui.commands import doctor_stores as stores

    workspace, found = places.opened(session)
    yield from found
    if workspace is not None:
        yield from places.folders(workspace)
        catalogue, found = places.catalogue(workspace)
        yield from found
        with progress_bar("Examining", "steps") as bar:
            if catalogue is not None:
                yield from places.originals(workspace, catalogue, bar.update)
            yield from stores.index(workspace, catalogue, bar.update)
            yield from stores.notes(session, workspace)
    yield from places.terminal(click.get_current_context().find_root().params.get("terminal_profile"))


def _rows(finding: Finding) -> Iterator[tuple[str, str]]:
    where = f" ({finding.where})" if finding.where else ""
    yield f"{finding.status:<8} {finding.area:<10} ", f"{finding.what}{where}"
    if finding.cure:
        yield " " * 20 + "→ ", finding.cure


def _as_dict(finding: Finding) -> dict[str, object]:
    return {
        "area": finding.area,
        "check": finding.check,
        "status": finding.status,
        "what": finding.what,
        "where": finding.where or None,
        "cure": finding.cure or None,
    }
