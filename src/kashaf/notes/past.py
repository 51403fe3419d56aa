"""How a note came to be what it is: who changed what, when, from what to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kashaf.notes.versions import DELETED, is_line
from kashaf.notes.view import view

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashaf.notes.model import Note, Version
    from kashaf.storage.strict_json import Json


@dataclass(frozen=True, slots=True)
class Changed:
    """One field before and after a version, in JSON's form; None before of the first.

    before: what the note showed to who made the version, so that of a conflict settled it is the value shown.
    """

    field: str
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class Past:
    """A version and what it changed. kept: False when what it changed has been let go of."""

    version: Version
    changes: tuple[Changed, ...]
    kept: bool

    @property
    def is_merge(self) -> bool:
        """Whether it was made from versions of several analysts."""
        return len(self.version.parents) > 1


def history_of(note: Note) -> tuple[Past, ...]:
    """Every version of the note, parents before children, with the values before and after each."""
    past: list[Past] = []
    ancestors: dict[str, frozenset[str]] = {}
    line = is_line(note.versions)
    before: dict[str, Json] = {}
    for version in note.versions:
        if not line:
            above = [ancestors[parent] | {parent} for parent in version.parents]
            ancestors[version.id] = frozenset[str]().union(*above)
            before = _state([one for one in note.versions if one.id in ancestors[version.id]])
        changes = version.changes or {}
        past.append(
            Past(
                version,
                tuple(Changed(name, before.get(name), after) for name, after in changes.items()),
                version.changes is not None,
            )
        )
        if line:
            before |= changes
    return tuple(past)


def _state(versions: Sequence[Version]) -> dict[str, Json]:
    if not versions:
        return {}
    state = view(versions)
    fields: Mapping[str, Json] = state.fields
    return {**fields, DELETED: state.deleted}
