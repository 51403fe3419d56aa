"""Settling what analysts set apart from each other: a version made from all heads says which value stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from kashaf.errors import UsageError
from kashaf.notes.gate import clean_body
from kashaf.notes.versions import DELETED, heads, made
from kashaf.notes.view import KIND, LINK, OTHER, Conflict, conflicts, shown, standing
from kashaf.said import said

if TYPE_CHECKING:
    from kashaf.notes.model import Note
    from kashaf.storage.strict_json import Json


@dataclass(frozen=True, slots=True)
class Take:
    """Settle for the value that this version set; the beginning of its id is enough."""

    version: str


@dataclass(frozen=True, slots=True)
class Put:
    """Settle for another value, in JSON's form."""

    value: Json


Choice: TypeAlias = Take | Put


def settle(note: Note, choices: Mapping[str, Choice], *, at: str, author: str) -> Note:
    """The note with one version more, made from all heads, that sets these fields. Other conflicts stay.

    Where the deletion was chosen, `is_deleted` says so of the result. Raises UsageError for a field that is in
    no conflict, a version that is none of its alternatives, and control characters; BadInput for a value of a
    wrong form.
    """
    contested = {conflict.field: conflict for conflict in conflicts(note)}
    changes: dict[str, Json] = {}
    for name, choice in choices.items():
        if name not in contested:
            fields = ", ".join(contested) or said("none")
            raise UsageError(
                said("`{name}` is not in conflict", name=name),
                cure=said("In conflict: {fields}", fields=fields),
            )
        changes[name] = (
            _taken(contested[name], choice) if isinstance(choice, Take) else _put(name, choice.value)
        )
    if not changes:
        raise UsageError(said("nothing was chosen"))
    _with_its_end(note, changes, contested)
    # A clock set back must not make the settlement older than what it settles.
    version = made(note.id, heads(note.versions), max(at, note.modified), author, changes)
    return shown(note.id, (*note.versions, version), note.created)


def _with_its_end(note: Note, changes: dict[str, Json], contested: Mapping[str, Conflict]) -> None:
    """Settle the kind and the other end of a link together: who settles one of them says something of the other."""
    if KIND not in changes and OTHER not in changes:
        return
    if KIND not in changes:
        changes[KIND] = _kind_for(note, changes[OTHER], contested.get(KIND))
    if changes[KIND] != LINK:
        changes[OTHER] = None
    elif OTHER not in changes and note.other is None:
        ends = [one for one in standing(note.versions, OTHER) if one.value is not None]
        if len(ends) != 1:
            raise UsageError(
                said("a link leads from words to other words"), cure=said("Choose its other end as well")
            )
        changes[OTHER] = ends[0].value
    elif changes.get(OTHER, note.other) is None:
        raise UsageError(
            said("a link leads from words to other words"), cure=said("Choose its other end as well")
        )


def _kind_for(note: Note, other: Json, contest: Conflict | None) -> Json:
    if other is not None:
        return LINK
    if note.kind != LINK:
        return note.kind
    kinds = [one.value for one in contest.alternatives if one.value != LINK] if contest else []
    return kinds[-1] if kinds else "note"


def _taken(conflict: Conflict, choice: Take) -> Json:
    found = [
        alternative
        for alternative in conflict.alternatives
        if choice.version and alternative.version.startswith(choice.version)
    ]
    if len(found) != 1:
        known = ", ".join(alternative.version[:8] for alternative in conflict.alternatives)
        raise UsageError(
            said("`{version}` is no version, or more than one, of the conflict", version=choice.version),
            where=conflict.field,
            cure=said("Take one of {versions}", versions=known),
        )
    return found[0].value


def _put(name: str, value: Json) -> Json:
    if name == DELETED and not isinstance(value, bool):
        raise UsageError(said("a note is deleted or it is not"), where=name)
    return clean_body(value) if name == "body" and isinstance(value, str) else value
