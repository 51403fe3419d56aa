"""`kashaf notes delete`, `undelete`, `trash` and `purge`: the trash, and what is in it."""

from __future__ import annotations

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.notes.using import author_option, chosen, counted, ids_argument, named, opened, tell
from kashaf_tui.commands.output import dump_json, json_option, table
from kashaf_tui.session import Session


@click.command("delete")
@click.argument("ids", nargs=-1, metavar="NOTE_ID…")
@click.option("--tag", "selected", metavar="TAG", help="All notes with this tag, or one below it.")
@author_option
@json_option
@click.pass_obj
def delete(session: Session, ids: tuple[str, ...], selected: str | None, author: str, as_json: bool) -> None:
    """Move notes to the trash, from where `undelete` brings them back."""
    with opened(session) as store:
        notes = store.delete(*chosen(store, ids, selected), author=author)
    tell(notes, "moved to the trash", as_json)


@click.command("undelete")
@ids_argument
@author_option
@json_option
@click.pass_obj
def undelete(session: Session, ids: tuple[str, ...], author: str, as_json: bool) -> None:
    """Bring notes back from the trash."""
    with opened(session) as store:
        known = [one.note.id for one in store.trash()]
        wanted = [named(one, known) for one in ids]
        store.restore(*wanted, author=author)
        notes = [store.get(one) for one in dict.fromkeys(wanted)]
    tell(notes, "brought back", as_json)


@click.command("trash")
@json_option
@click.pass_obj
def trash(session: Session, as_json: bool) -> None:
    """List the deleted notes, the last one first."""
    from kashaf.notes.codec import to_document

    with opened(session, read_only=True) as store:
        thrown = store.trash()
    if as_json:
        dump_json([{"deleted": one.deleted, "note": to_document(one.note)} for one in thrown])
        return
    table(
        ["deleted", "note", "quote", "tags", "about", "id"],
        (
            [
                one.deleted,
                one.note.body,
                one.note.quote,
                " ".join(one.note.tags),
                one.note.about,
                one.note.id,
            ]
            for one in thrown
        ),
    )


@click.command("purge")
@click.argument("ids", nargs=-1, metavar="NOTE_ID…")
@click.option("--all", "everything", is_flag=True, help="The whole trash.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def purge(session: Session, ids: tuple[str, ...], everything: bool, yes: bool, as_json: bool) -> None:
    """Forget deleted notes for good. This cannot be undone.

    Only that they ended is kept, so that a merge does not bring them back. Backups made before still hold them.
    """
    if bool(ids) == everything:
        raise UsageError("which notes?", cure="Give their ids, or --all for the whole trash")
    with opened(session) as store:
        known = [one.note.id for one in store.trash()]
        wanted = known if everything else [named(one, known) for one in ids]
        if wanted and not yes:
            click.confirm(f"Forget {counted(len(wanted))} for good?", abort=True, err=True)
        store.purge(wanted)
    if as_json:
        dump_json({"notes": wanted})
    else:
        click.echo(f"{counted(len(wanted))} forgotten")
