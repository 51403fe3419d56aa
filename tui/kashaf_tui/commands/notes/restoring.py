"""`kashaf notes restore`: a backup in the place of damaged notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, json_option, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.notes.recovery import Backup


@click.command("restore")
@click.option("--from", "given", metavar="BACKUP", help="This one: its name as in --list, or a file.")
@click.option("--list", "listing", is_flag=True, help="List the whole backups and leave the notes alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def command(session: Session, given: str | None, listing: bool, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of damaged notes: the newest whole one, or the one you name.

    What is whole of the journal is put on top of it, so that nothing is lost that was saved since. What the backup
    replaces is kept. Whole notes are replaced only by a backup that you name, and then by that backup alone.
    """
    from kashaf.notes.recovery import backups, choose, restore_backup
    from kashaf.notes.sealing import is_sealed

    path = session.workspace.notes_file
    was_sealed = is_sealed(path)
    found = backups(path)
    for backup in found:
        if backup.notes is None:
            message(f"damaged, passed over: {backup.path.name}")
    if listing:
        _list_backups([backup for backup in found if backup.notes is not None], as_json)
        return
    chosen = choose(path, found, given)
    _ask(path, chosen, named=given is not None, yes=yes)
    restored = restore_backup(path, chosen.path, session.sealer)
    if was_sealed and not is_sealed(path):
        message(
            "the notes are in the clear now, as the backup is: `kashaf notes encrypt` encrypts them again"
        )
    if as_json:
        kept = None if restored.kept is None else restored.kept.name
        dump_json(
            {
                "backup": chosen.path.name,
                "made": chosen.made,
                "notes": restored.notes,
                "changes": restored.changes,
                "lost": restored.lost,
                "kept": kept,
            }
        )
        return
    on_top = f", and {_changes(restored.changes)} of the journal on top" if restored.changes else ""
    message(f"restored {chosen.path.name} with {_number(chosen.notes)}{on_top}")
    if restored.changes:
        message(f"there are now {_number(restored.notes)}")
    if restored.lost:
        message(f"{_changes(restored.lost)} could not be read, and the history for undo was let go of")
    if restored.kept is not None:
        message(f"what stood there is kept: {restored.kept}")


def _list_backups(whole: Sequence[Backup], as_json: bool) -> None:
    if as_json:
        dump_json([{"name": one.path.name, "made": one.made, "notes": one.notes} for one in whole])
    else:
        table(
            ["backup", "made", "notes"],
            ([one.path.name, one.made, str(one.notes)] for one in whole),
            numbers=[2],
        )


def _ask(path: Path, chosen: Backup, *, named: bool, yes: bool) -> None:
    """Let the user confirm, or stop. Raises UsageError when whole notes would go for a backup not named."""
    from kashaf.notes.recovery import inspect, journal_is_whole

    current = inspect(path)
    if current is None:
        message("the notes file is missing")
    elif current.notes is None:
        message("the notes file is damaged; it will be kept aside")
    elif not journal_is_whole(path):
        message("the notes file is whole, but its journal is damaged; it will be kept aside")
    elif not named:
        raise UsageError(
            f"the notes file is whole, with {_number(current.notes)}",
            where=str(path),
            cure="Name the backup that you want instead with --from; --list shows them",
        )
    else:
        message(f"the notes file is whole, with {_number(current.notes)}; it will be kept as a backup")
    if not yes:
        made = chosen.made.replace("T", " ").removesuffix("Z")
        what = "the notes file" if chosen.path == path else "the backup"
        click.confirm(f"Restore {what} of {made} UTC with {_number(chosen.notes)}?", abort=True, err=True)


def _changes(number: int) -> str:
    return "1 change" if number == 1 else f"{number} changes"


def _number(notes: int | None) -> str:
    return f"{notes} note" if notes == 1 else f"{notes} notes"
