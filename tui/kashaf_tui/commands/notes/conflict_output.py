"""Notes in conflict, as JSON and side by side."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Final

import click

from kashaf_tui.commands.output import in_visual_order, is_terminal, lines, paragraph, table

if TYPE_CHECKING:
    from kashaf.notes.model import Note
    from kashaf.notes.view import Alternative, Conflict
    from kashaf.storage.strict_json import Json

    Side = Callable[[Alternative], str]

#: The exit code of commands after which notes wait to be settled.
CONFLICTS_REMAIN: Final = 11
SHOWN: Final = 8  # digits of a version

_GAP: Final = 3
_NARROWEST: Final = 24


def as_dict(note: Note, found: Sequence[Conflict], side: Side | None = None) -> dict[str, object]:
    """The documented JSON shape of a note in conflict. side: whose an alternative is, when that is known."""
    return {
        "id": note.id,
        "about": note.about,
        "quote": note.quote,
        "conflicts": [
            {
                "field": conflict.field,
                "alternatives": [
                    {
                        "version": one.version,
                        "author": one.author,
                        "at": one.at,
                        **({"side": side(one)} if side else {}),
                        "value": one.value,
                    }
                    for one in conflict.alternatives
                ],
            }
            for conflict in found
        ],
    }


def print_conflicts(note: Note, found: Sequence[Conflict], side: Side | None = None) -> None:
    """Every field in conflict with its alternatives side by side; tab-separated when stdout is no terminal."""
    if not is_terminal(sys.stdout):
        table(
            [],
            (
                [note.id, conflict.field, one.version, side(one) if side else "", one.author, one.at, text]
                for conflict in found
                for one in conflict.alternatives
                for text in ["; ".join(_value(note, conflict.field, one))]
            ),
        )
        return
    width = shutil.get_terminal_size().columns
    for text in (f"{note.id} · {note.about}", note.quote and f"«{note.quote}»"):
        lines(paragraph(text, width) if text else ())
    for conflict in found:
        lines(["", f"{conflict.field}:"])
        _side_by_side([_block(note, conflict.field, one, side) for one in conflict.alternatives])
    lines([""])


def told(field: str, value: Json) -> str:
    """A field's value in words, in one text of several lines."""
    match field, value:
        case "deleted", bool():
            return "delete the note" if value else "keep the note"
        case (("target" | "other"), dict()):
            return _target(value)
        case "tags", list():
            return "، ".join(map(str, value)) or "no tags"
        case _, None:
            return "none"
        case _, str():
            return value or "nothing"
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def changed_fields(before: Note, after: Note) -> list[tuple[str, str, str]]:
    """The fields that two states of a note do not share: name, before and after in words."""
    from kashaf.notes.codec import content

    old, new = content(before), content(after)
    return [
        (name, told(name, old.get(name)), told(name, new.get(name)))
        for name in dict.fromkeys((*new, *old))
        if old.get(name) != new.get(name)
    ]


def _target(value: dict[str, Json]) -> str:
    match value.get("type", "words"):
        case "words":
            return f"«{value.get('quote')}» {value.get('start')}:{value.get('end')} · {_article(value)}"
        case "article":
            return _article(value)
        case "entity":
            return f"{value.get('name')} ({value.get('entity_type')})"
    return f"{value.get('query')} ({value.get('rung')}, {value.get('match')})"


def _article(value: dict[str, Json]) -> str:
    return str(value.get("title") or value.get("article_id"))


def _block(note: Note, field: str, one: Alternative, side: Side | None) -> list[str]:
    """Lines of text that tell an alternative: whose it is, and the value."""
    who = [*([side(one)] if side else []), one.author or "nobody named", one.at.replace("T", " ").rstrip("Z")]
    return [f"{one.version[:SHOWN]} · {' · '.join(who)}", *_value(note, field, one)]


def _value(note: Note, field: str, one: Alternative) -> list[str]:
    """The value in lines; of an edit that a deletion did not know, what it set."""
    texts = told(field, one.value).split("\n")
    if field == "deleted" and one.value is False:
        version = next(version for version in note.versions if version.id == one.version)
        changes = dict(version.changes or {})
        changes.pop(field, None)
        texts += [f"{name}: {told(name, value)}" for name, value in changes.items()]
    return texts


def _side_by_side(blocks: Sequence[Sequence[str]]) -> None:
    """As many blocks beside each other as have room, the rest below; right-to-left lines lean to the right."""
    total = shutil.get_terminal_size().columns
    fitting = max(1, min(len(blocks), (total + _GAP) // (_NARROWEST + _GAP)))
    width = (total + _GAP) // fitting - _GAP
    with in_visual_order(sys.stdout):
        for start in range(0, len(blocks), fitting):
            columns = [list(_cells(block, width)) for block in blocks[start : start + fitting]]
            height = max(map(len, columns))
            for row in range(height):
                cells = [column[row] if row < len(column) else " " * width for column in columns]
                click.echo((" " * _GAP).join(cells).rstrip())


def _cells(block: Iterable[str], width: int) -> Iterable[str]:
    from kashaf.bidi.layout import lay_out
    from kashaf.text.sanitise import sanitise_line

    for text in block:
        for line in lay_out(sanitise_line(text), width):
            room = " " * max(0, width - line.width)
            yield room + line.text if line.rtl else line.text + room
