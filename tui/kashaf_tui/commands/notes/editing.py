"""`kashaf notes edit`, `tag` and `untag`: what notes say, and what they are tagged with."""

from __future__ import annotations

from typing import Any

import click

from kashaf.errors import UsageError
from kashaf.notes.model import KINDS, STATUSES
from kashaf_tui.commands.notes.using import (
    CONFIDENCES,
    author_option,
    chosen,
    cleaned,
    named,
    opened,
    tell,
)
from kashaf_tui.commands.output import json_option
from kashaf_tui.session import Session


@click.command("edit")
@click.argument("note_id", metavar="NOTE_ID")
@click.option("--note", "body", default=None, help="What it says from now on.")
@click.option(
    "--tag", "tags", multiple=True, help="Its tags from now on: once for each; one empty tag takes all away."
)
@click.option("--kind", type=click.Choice(KINDS))
@click.option("--confidence", type=click.Choice(("none", *CONFIDENCES)))
@click.option("--status", type=click.Choice(STATUSES))
@author_option
@json_option
@click.pass_obj
def edit(
    session: Session,
    note_id: str,
    body: str | None,
    tags: tuple[str, ...],
    kind: Any,
    confidence: Any,
    status: Any,
    author: str,
    as_json: bool,
) -> None:
    """Change a note. What is not given stays; what it said before is in its history."""
    clean_body, clean_tags, author = cleaned(body or "", tags, author)
    with opened(session) as store:
        note = store.edit(
            named(note_id, (note.id for note in store.notes())),
            body=None if body is None else clean_body,
            tags=clean_tags if tags else None,
            kind=kind,
            confidence="" if confidence == "none" else confidence,
            status=status,
            author=author,
        )
    tell([note], "edited", as_json)


@click.command("tag")
@click.argument("ids", nargs=-1, metavar="NOTE_ID…")
@click.option("--add", "added", multiple=True, required=True, metavar="TAG", help="Once for each tag.")
@click.option("--tag", "selected", metavar="TAG", help="All notes with this tag, or one below it.")
@author_option
@json_option
@click.pass_obj
def tag(
    session: Session,
    ids: tuple[str, ...],
    added: tuple[str, ...],
    selected: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Give tags to notes, in one change: those named, or all with --tag."""
    _, tags, author = cleaned("", added, author)
    if not any(tags):
        raise UsageError("a tag needs a name")
    with opened(session) as store:
        notes = store.retag(chosen(store, ids, selected), add=tags, author=author)
    tell(notes, "tagged", as_json)


@click.command("untag")
@click.argument("ids", nargs=-1, metavar="NOTE_ID…")
@click.option(
    "--remove", "removed", multiple=True, metavar="TAG", help="Once for each tag; default: that of --tag."
)
@click.option("--tag", "selected", metavar="TAG", help="All notes with this tag, or one below it.")
@author_option
@json_option
@click.pass_obj
def untag(
    session: Session,
    ids: tuple[str, ...],
    removed: tuple[str, ...],
    selected: str | None,
    author: str,
    as_json: bool,
) -> None:
    """Take tags from notes, in one change: those named, or all with --tag."""
    gone = removed or (() if selected is None else (selected,))
    if not gone:
        raise UsageError("which tag?", cure="Name it with --remove")
    with opened(session) as store:
        notes = store.retag(chosen(store, ids, selected), remove=gone, author=author)
    tell(notes, "untagged", as_json)
