"""The life of a note: each change is a version made from earlier ones, as in a version control system.

What two analysts changed apart from each other is two versions with one parent; a merge is the union of versions
(`kashaf.notes.merge`), and what the union shows is `kashaf.notes.view`. Ids are hashes, so both sides name a version
alike without having met, and a version that is not what its id says is known for it.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.notes.codec import content
from kashaf.notes.model import Ended, Note, Version

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kashaf.storage.strict_json import Json

#: The field of a version that puts the note into the trash (true) or takes it out again (false).
DELETED: Final = "deleted"

_CURE: Final = "Ask for the file anew: it was damaged, or changed by hand"


def first(note: Note) -> Note:
    """The note with its first version, which sets every field as it is now, at the time it was last modified.

    The same note gives the same version everywhere: notes of before there were versions meet again.
    """
    return replace(note, versions=(made(note.id, (), note.modified, note.author, content(note)),))


def amended(before: Note, after: Note, *, at: str, author: str, deleted: bool | None = None) -> Note | None:
    """`after`, an edited `before`, with one version more, which joins all heads; None when nothing was changed.

    A field in conflict that the edit changes is settled by it; the conflicts of other fields stay.
    deleted: also say that the note went into the trash, or came out of it.
    """
    old, new = content(before), content(after)
    changes: dict[str, Json] = {
        name: new.get(name, {}) for name in (*new, *old) if new.get(name, {}) != old.get(name, {})
    }
    if deleted is not None:
        changes[DELETED] = deleted
    if not changes:
        return None
    version = made(before.id, heads(before.versions), at, author, changes)
    return replace(after, modified=at, versions=(*before.versions, version))


def ended(note: Note) -> Ended:
    """What others are told of a deleted note, and what is left of it when the trash is emptied."""
    return Ended(note.id, emptied(note.versions))


def emptied(versions: Iterable[Version]) -> tuple[Version, ...]:
    """The versions without what they said, but for whether they deleted the note."""
    return tuple(replace(version, changes=_deletion(version.changes)) for version in versions)


def heads(versions: Iterable[Version]) -> tuple[str, ...]:
    """The ids of the versions that no other was made from, sorted."""
    versions = tuple(versions)
    parents = {parent for version in versions for parent in version.parents}
    return tuple(sorted(version.id for version in versions if version.id not in parents))


def is_line(versions: Sequence[Version]) -> bool:
    """Whether each version was made from the one before it: nobody worked apart from the others."""
    return all(
        version.parents == ((versions[number - 1].id,) if number else ())
        for number, version in enumerate(versions)
    )


def united(note_id: str, *pasts: Iterable[Version]) -> tuple[Version, ...]:
    """All versions of several pasts of one note, in the order of `ordered`.

    A version whose content somebody has let go of is taken from whoever kept it. Raises BadInput for two versions
    of one id neither of which is what the id says, and see `ordered`.
    """
    found: dict[str, Version] = {}
    for past in pasts:
        for version in past:
            known = found.get(version.id)
            found[version.id] = version if known is None else _fuller(note_id, known, version)
    return ordered(note_id, found.values())


def ordered(note_id: str, versions: Iterable[Version]) -> tuple[Version, ...]:
    """Versions in the one order that everybody keeps: parents before children, then by id (Kahn 1962).

    A version made from all heads comes last, so appending one keeps the order.
    Raises BadInput for a version made from an unknown one, or from itself.
    """
    known = {version.id: version for version in versions}
    waiting = {version.id: len(set(version.parents)) for version in known.values()}
    children: dict[str, list[str]] = {}
    for version in known.values():
        for parent in set(version.parents):
            if parent not in known:
                raise BadInput("a version made from one that is missing", where=note_id, cure=_CURE)
            children.setdefault(parent, []).append(version.id)
    ready = [version_id for version_id, parents in waiting.items() if not parents]
    heapq.heapify(ready)
    found: list[Version] = []
    while ready:
        version = known[heapq.heappop(ready)]
        found.append(version)
        for child in children.get(version.id, ()):
            waiting[child] -= 1
            if not waiting[child]:
                heapq.heappush(ready, child)
    if len(found) < len(known):
        raise BadInput("versions made from each other in a circle", where=note_id, cure=_CURE)
    return tuple(found)


def verify(note_id: str, versions: Iterable[Version]) -> None:
    """Raise BadInput when a version is not what its id says. One that was emptied cannot be told from others."""
    for version in versions:
        if version.changes != _deletion(version.changes) and not _genuine(note_id, version):
            raise BadInput("a version is not what its id says", where=note_id, cure=_CURE)


def made(
    note_id: str, parents: tuple[str, ...], at: str, author: str, changes: Mapping[str, Json]
) -> Version:
    """A version, with the id that follows from the rest."""
    return Version(_id(note_id, parents, at, author, changes), parents, at, author, changes)


def _id(
    note_id: str, parents: tuple[str, ...], at: str, author: str, changes: Mapping[str, Json] | None
) -> str:
    return hashlib.sha256(canonical([note_id, list(parents), at, author, changes])).hexdigest()[:32]


def canonical(value: object) -> bytes:
    """A JSON value as bytes: the same for the same value, whatever the order of its keys."""
    return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode("ascii")


def _genuine(note_id: str, version: Version) -> bool:
    return version.id == _id(note_id, version.parents, version.at, version.author, version.changes)


def _deletion(changes: Mapping[str, Json] | None) -> dict[str, Json] | None:
    return {DELETED: changes[DELETED]} if changes and DELETED in changes else None


def _fuller(note_id: str, one: Version, two: Version) -> Version:
    if one == two and one.changes == two.changes:
        return one
    for version in (one, two):
        if _genuine(note_id, version):
            return version
    if (one.parents, one.at, one.author) == (two.parents, two.at, two.author):
        if one.changes is None:
            return two
        if two.changes is None:
            return one
    raise BadInput("two versions of one id", where=note_id, cure=_CURE)
