"""`kashaf imports`: what earlier imports did."""

from __future__ import annotations

import click

from kashaf_tui.commands.output import drawn, dump_json, json_option, message, table
from kashaf_tui.session import Session


@click.command("imports", short_help="Show what earlier imports did.")
@click.argument("name", metavar="[ID|last]", required=False)
@json_option
@click.pass_obj
def command(session: Session, name: str | None, as_json: bool) -> int:
    """List the imports whose reports are kept (the newest 50), or show one: what was added, what was refused and
    why, encodings, copies and warnings.
    """
    from kashaf.corpus import report as reports
    from kashaf_tui.commands.import_output import whole

    if name is not None:
        report = reports.load(session.workspace, name)
        if as_json:
            dump_json(report.as_dict())
        else:
            drawn(whole(report))
        return 0
    found = list(reports.load_all(session.workspace))
    if as_json:
        keys = ("id", "started", "seconds", "bytes", "files", "sources", "cancelled", "articles", "counts")
        dump_json([{key: report.as_dict()[key] for key in keys} for report in found])
        return 0
    if not found:
        message("No import is kept yet")
    table(
        ["Import", "Added", "Updated", "Removed", "Failed", "Warnings", "Sources"],
        [
            [
                report.id,
                *(str(report.counts[key]) for key in ("added", "updated", "removed", "failed", "warnings")),
                " ".join(report.sources),
            ]
            for report in found
        ],
        numbers=range(1, 6),
    )
    return 0
