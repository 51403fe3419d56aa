"""`kashaf notes undo`, `redo` and `history`: what was done, here or in the explorer, and how a note came about."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from kashaf_tui.commands.notes.using import described, named, opened
from kashaf_tui.commands.output import drawn, dump_json, json_option, lines, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf.notes.past import Past
    from kashaf.storage.strict_json import Json


@click.command("undo")
@json_option
@click.pass_obj
def undo(session: Session, as_json: bool) -> None:
    """Take back the last change of the notes, of whatever session it was."""
    with opened(session) as store:
        change = store.undo()
    _tell(change, "undone", "there is nothing to undo", as_json)


@click.command("redo")
@json_option
@click.pass_obj
def redo(session: Session, as_json: bool) -> None:
    """Make the change again that was undone last."""
    with opened(session) as store:
        change = store.redo()
    _tell(change, "redone", "there is nothing to redo", as_json)


@click.command("history")
@click.argument("note_id", metavar="NOTE_ID")
@json_option
@click.pass_obj
def history(session: Session, note_id: str, as_json: bool) -> None:
    """Show every version of a note, also of a deleted one: when, who, and what was changed into what."""
    from kashaf.notes.past import history_of

    with opened(session, read_only=True) as store:
        kept = {one.note.id: one.note for one in store.trash()} | {note.id: note for note in store.notes()}
    past = history_of(kept[named(note_id, kept)])
    if as_json:
        dump_json([_document(one) for one in past])
        return
    drawn(row for one in past for row in _rows(one))


def _tell(change: Change | None, done: str, nothing: str, as_json: bool) -> None:
    if as_json:
        told = (
            None
            if change is None
            else {"what": change.what, "detail": change.detail, "notes": list(change.note_ids)}
        )
        dump_json({done: told})
    elif change is None:
        message(nothing)
    else:
        lines([f"{done}: {described(change)}"])


def _document(past: Past) -> dict[str, Json]:
    version = past.version
    return {
        "version": version.id,
        "parents": list(version.parents),
        "at": version.at,
        "author": version.author,
        "kept": past.kept,
        "changes": {one.field: {"before": one.before, "after": one.after} for one in past.changes},
    }


def _rows(past: Past) -> list[tuple[str, str]]:
    """A version: what is drawn before each line, and the line."""
    version = past.version
    merged = " (made from several)" if past.is_merge else ""
    head = ("", f"{version.at} {version.author or '?'} {version.id[:8]}{merged}")
    if not past.kept:
        return [head, ("  ", "what it changed is not kept")]
    if not version.parents:
        # Of the first version everything is new: what matters of it is what it said.
        shown = [one for one in past.changes if one.field in ("body", "tags", "kind") and one.after]
        return [head, *(("  ", f"{one.field}: {_value(one.after)}") for one in shown)]
    return [
        head,
        *(("  ", f"{one.field}: {_value(one.before)} → {_value(one.after)}") for one in past.changes),
    ]


def _value(value: Json) -> str:
    if isinstance(value, dict):
        told = value.get("quote") or value.get("title") or value.get("name") or value.get("query")
        return f"«{told}»" if told else json.dumps(value, ensure_ascii=False)
    if isinstance(value, list):
        return " ".join(map(str, value)) or "-"
    return "-" if value in ("", None) else str(value)
