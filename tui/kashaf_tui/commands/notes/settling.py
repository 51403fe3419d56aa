"""`kashaf notes settle`: say which value stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import NotFound, UsageError
from kashaf_tui.commands.notes.conflict_output import CONFLICTS_REMAIN, SHOWN, told
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.model import Note
    from kashaf.notes.settling import Choice
    from kashaf.notes.store import NoteStore
    from kashaf.notes.view import Alternative, Conflict

_WORDS: Final = ("ours", "theirs", "newest", "oldest", "both", "keep", "delete")


@click.command("settle")
@click.argument("note_id", metavar="ID")
@click.option("--field", "name", help="The field; not needed when one word settles all that are in conflict.")
@click.option(
    "--take",
    metavar="VERSION|WORD",
    help="The version whose value shall stand (the beginning of its id is enough), or: ours, theirs (by the "
    "author), newest, oldest, both (texts one after the other), keep or delete (the note).",
)
@click.option("--text", help="Or a text of your own, for the field body.")
@json_option
@click.pass_obj
def command(
    session: Session, note_id: str, name: str | None, take: str | None, text: str | None, as_json: bool
) -> None:
    """Settle what is in conflict in the note ID, or the note whose id begins so. It can be undone.

    `kashaf notes conflicts` lists fields, versions and values. Exit code 11 when the note still has conflicts.
    """
    from kashaf.notes.view import conflicts, is_deleted

    if (take is None) == (text is None):
        raise UsageError("give either --take or --text")
    with opened(session) as store:
        note = _find(store, note_id)
        found = {conflict.field: conflict for conflict in conflicts(note)}
        wanted = _fields(found, name, take)
        choices = {field: _choice(found[field], take, text, store.author) for field in wanted}
        settled = store.settle(note.id, choices)
    left = conflicts(settled)
    deleted = is_deleted(settled.versions)
    if as_json:
        dump_json(
            {
                "id": settled.id,
                "settled": wanted,
                "left": [conflict.field for conflict in left],
                "deleted": deleted,
            }
        )
    else:
        click.echo(settled.id)
        for field in wanted:
            message(f"{field}: {_stands(settled, field)}")
        if left:
            message(f"still in conflict: {', '.join(conflict.field for conflict in left)}")
    if left and not deleted:
        click.get_current_context().exit(CONFLICTS_REMAIN)


def _find(store: NoteStore, given: str) -> Note:
    found = [note for note in store.conflicted() if note.id.startswith(given)]
    exact = store.find(given)
    if exact is not None and exact not in found:
        raise UsageError("the note is not in conflict", where=given)
    if len(found) != 1:
        raise NotFound(
            "no note in conflict has this id" if not found else "several ids begin so",
            where=given,
            cure="See `kashaf notes conflicts`",
        )
    return found[0]


def _fields(found: Mapping[str, Conflict], name: str | None, take: str | None) -> list[str]:
    """The fields meant: the one named, else all, when it is one or the word fits several."""
    if name is not None:
        if name not in found:
            raise UsageError(f"`{name}` is not in conflict", cure=f"In conflict: {', '.join(found)}")
        return [name]
    if take in ("keep", "delete") and "deleted" in found:
        return ["deleted"]
    if len(found) == 1 or take in ("ours", "theirs", "newest", "oldest"):
        return list(found)
    raise UsageError(f"several fields are in conflict: {', '.join(found)}", cure="Name one with --field")


def _choice(conflict: Conflict, take: str | None, text: str | None, author: str) -> Choice:
    from kashaf.notes.settling import Put, Take

    if take is None:
        if conflict.field != "body":
            raise UsageError("a text of your own is for the field body", where=conflict.field)
        return Put(text)
    if take not in _WORDS:
        return Take(take)
    if take == "both":
        return Put(_joined(conflict))
    return Take(_named(conflict, take, author).version)


def _joined(conflict: Conflict) -> str:
    texts = [one.value for one in conflict.alternatives if isinstance(one.value, str)]
    if conflict.field != "body" or len(texts) < len(conflict.alternatives):
        raise UsageError("both can stand in the field body only", where=conflict.field)
    return "\n\n".join(filter(None, texts))


def _named(conflict: Conflict, word: str, author: str) -> Alternative:
    fitting: dict[str, Callable[[Alternative], bool]] = {
        "ours": lambda one: one.author == author,
        "theirs": lambda one: one.author != author,
        "oldest": lambda one: one == conflict.alternatives[0],
        "newest": lambda one: one == conflict.alternatives[-1],
        "keep": lambda one: one.value is False,
        "delete": lambda one: one.value is True,
    }
    found: Sequence[Alternative] = [one for one in conflict.alternatives if fitting[word](one)]
    if len(found) != 1:
        versions = ", ".join(f"{one.version[:SHOWN]} ({one.author})" for one in conflict.alternatives)
        raise UsageError(
            f"`{word}` fits {len(found)} of the alternatives",
            where=conflict.field,
            cure=f"Take one of {versions}",
        )
    return found[0]


def _stands(note: Note, field: str) -> str:
    from kashaf.notes.view import view

    state = view(note.versions)
    return told(field, state.deleted if field == "deleted" else state.fields.get(field))
