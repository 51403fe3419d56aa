"""What the subcommands share: the notes opened with what must be said of it, and notes named on the command line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from kashaf.errors import DiskTrouble, NotFound, UsageError
from kashaf.notes.code_paths import is_within
from kashaf.notes.model import CONFIDENCES as _CONFIDENCES
from kashaf.text.sanitise import is_clean, sanitise, sanitise_line
from kashaf_tui.commands.output import dump_json, message

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf.notes.model import Note
    from kashaf.notes.store import NoteStore
    from kashaf_tui.session import Session

#: What can be said of confidence on the command line, where not saying anything says nothing.
CONFIDENCES = tuple(filter(None, _CONFIDENCES))
_FEWEST = 8  # letters of an id that may stand for the whole

ids_argument = click.argument("ids", nargs=-1, required=True, metavar="NOTE_ID…")
author_option = click.option(
    "--author", default="", help="Who makes the change; default: as in kashaf.yaml, else your login name."
)


@contextmanager
def opened(session: Session, *, read_only: bool = False) -> Iterator[NoteStore]:
    """The notes, with what the user should know of the opening and of the writing on stderr."""
    with session.notes(read_only=read_only) as store:
        for notice in store.notices:
            message(notice)
        try:
            yield store
        except DiskTrouble as error:
            # The store keeps the change in memory, which ends with this process: only what the disk said is true.
            if store.unsaved and isinstance(error.__cause__, DiskTrouble):
                raise error.__cause__ from None
            raise
        for path in store.displaced:
            message(f"another program had put this in the place of the notes; it is kept: {path}")
    if store.backup_trouble is not None:
        message(f"the notes are saved, but no backup could be made: {store.backup_trouble}")


def noted_article(session: Session, given: str, noted: frozenset[str]) -> str:
    """The id that `given` means: of an article in the index, or of one that has notes and is there no more."""
    return given if given in noted else session.searcher.resolve(given)


def named(given: str, known: Iterable[str]) -> str:
    """The id that `given` means: one of those `known`, or the beginning of exactly one.

    Raises NotFound, and UsageError when several begin so.
    """
    found = []
    for one in known:
        if one == given:
            return one
        if len(given) >= _FEWEST and one.startswith(given):
            found.append(one)
    if not found:
        raise NotFound("no such note", where=given, cure="`kashaf notes list` shows the ids")
    if len(found) > 1:
        raise UsageError(f"{len(found)} notes begin so", where=given, cure="Write more of the id")
    return found[0]


def chosen(store: NoteStore, ids: Iterable[str], tag: str | None) -> list[str]:
    """The ids of the notes that are named, and of those with the tag or one below it.

    Raises as `named`, and UsageError for none.
    """
    notes = store.notes()
    known = [note.id for note in notes]
    wanted = [named(one, known) for one in ids]
    if tag is not None:
        wanted += [note.id for note in notes if any(is_within(one, tag) for one in note.tags)]
        if not wanted:
            raise NotFound("no note has this tag, or one below it", where=tag)
    if not wanted:
        raise UsageError("no notes are named", cure="Give ids, or --tag for all notes with a tag")
    return list(dict.fromkeys(wanted))


def cleaned(body: str, tags: Iterable[str], author: str) -> tuple[str, tuple[str, ...], str]:
    """The same without control characters, and a message when there were any."""
    given = tuple(tags)
    if not all(map(is_clean, (body, author, *given))):
        message("control characters were taken out of the note")
    return sanitise(body).text, tuple(map(sanitise_line, given)), sanitise_line(author)


def tell(notes: Iterable[Note], done: str, as_json: bool) -> None:
    """What was done to which notes: JSON of their ids, or a line."""
    ids = [note.id for note in notes]
    if as_json:
        dump_json({"notes": ids})
    else:
        click.echo(f"{counted(len(ids))} {done}")


def counted(number: int) -> str:
    return "1 note" if number == 1 else f"{number} notes"


def described(change: Change) -> str:
    """What a change did, in a line: `tagged 20 notes (سلاح)`."""
    words = {
        "add": "added",
        "edit": "edited",
        "tag": "tagged",
        "rename": "renamed a tag on",
        "delete": "deleted",
        "restore": "brought back",
        "merge": "merged",
        "import": "imported",
        "settle": "settled",
    }
    told = f"{words.get(change.what, change.what)} {counted(len(change.note_ids))}"
    return f"{told} ({change.detail})" if change.detail else told
