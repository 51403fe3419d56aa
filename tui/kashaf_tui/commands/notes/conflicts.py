"""`kashaf notes conflicts`: what analysts set apart from each other, and nobody has settled."""

from __future__ import annotations

import click

from kashaf_tui.commands.notes.conflict_output import CONFLICTS_REMAIN, as_dict, print_conflicts
from kashaf_tui.commands.notes.using import counted, opened
from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.session import Session


@click.command("conflicts")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """List the notes in conflict, the values side by side. Exit code 11 when there are any."""
    from kashaf.notes.view import conflicts

    with opened(session, read_only=True) as store:
        found = [(note, conflicts(note)) for note in store.conflicted()]
    if as_json:
        dump_json([as_dict(*one) for one in found])
    else:
        for one in found:
            print_conflicts(*one)
        message(f"{counted(len(found))} in conflict" if found else "no note is in conflict")
    if found:
        click.get_current_context().exit(CONFLICTS_REMAIN)
