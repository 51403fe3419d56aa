"""What a note shows, told from its versions alone: the same set of versions shows the same note everywhere.

Each field is a multi-value register (Shapiro et al., "A comprehensive study of convergent and commutative
replicated data types", INRIA RR-7506, 2011, section 3.2.2): a value stands until a version that was made from it
replaces it. Two values that stand are a conflict: the newer by its clock is shown until somebody settles it, and both
are kept. Tags are an observed-remove set (there, section 3.3.5): what one adds and what another removes both hold.
A deletion that did not know of an edit is a conflict, and the note stays.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput
from kashaf.notes.codec import NOTE_FIELDS, target_from, with_content
from kashaf.notes.model import MAX_TAGS, Note, Version
from kashaf.notes.versions import DELETED, canonical, heads, is_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from kashaf.storage.strict_json import Json

TAGS: Final = "tags"
KIND: Final = "kind"
OTHER: Final = "other"
LINK: Final = "link"


@dataclass(frozen=True, slots=True)
class Alternative:
    """One of the values of a field in conflict, and the version that set it; of a deletion, true or false."""

    version: str
    author: str
    at: str
    value: Json


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field that versions of several analysts, made apart, have set to several values; the oldest first."""

    field: str
    alternatives: tuple[Alternative, ...]


@dataclass(frozen=True, slots=True)
class View:
    """fields: by name, in JSON's form, without those that nobody has set. deleted: whether the note is in the trash.

    author: who made the note. modified: the time of its latest head.
    """

    fields: Mapping[str, Json]
    deleted: bool
    conflicts: tuple[Conflict, ...]
    author: str
    modified: str


def view(versions: Sequence[Version]) -> View:
    """What versions, in the order of `versions.ordered`, show. Raises ValueError when there is none."""
    if not versions:
        raise ValueError("a note without versions")
    if is_line(versions):
        fields: dict[str, Json] = {}
        for version in versions:
            fields |= version.changes or {}
        deleted = fields.pop(DELETED, False) is True
        return View(fields, deleted, (), versions[0].author, versions[-1].at)
    return _Graph(versions).view()


def is_deleted(versions: Sequence[Version]) -> bool:
    """Whether the note is in the trash. A deletion that somebody's edit stands against is none."""
    if not any(version.changes and DELETED in version.changes for version in versions):
        return False
    return view(versions).deleted


def shown(note_id: str, versions: Sequence[Version], created: str) -> Note:
    """The note of these versions. Raises BadInput when they make none."""
    state = view(versions)
    fields = dict(state.fields)
    if "target" not in fields:
        raise BadInput("a note without its first version", where=note_id)
    blank = Note(
        id=note_id,
        target=target_from(fields["target"], where=f"{note_id}.target"),
        body="",
        tags=(),
        kind="note",
        author=state.author,
        created=created,
        modified=state.modified,
        versions=tuple(versions),
    )
    note = with_content(blank, fields, where=note_id)
    if not NOTE_FIELDS.isdisjoint(note.extra):
        raise BadInput("a field that hides another", where=f"{note_id}.extra")
    return note


def conflicts(note: Note) -> tuple[Conflict, ...]:
    """What there is to settle in a note: by field, in alphabetical order, a deletion first."""
    return () if is_line(note.versions) or not note.versions else view(note.versions).conflicts


def standing(versions: Sequence[Version], name: str) -> tuple[Alternative, ...]:
    """The values of a field that no later version has replaced, the oldest first: more than one are a conflict."""
    return _Graph(versions).alternatives(name)


class _Graph:
    """Versions with what each was made from: above[i] has bit j where version j is an ancestor of version i."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._versions = versions
        numbers = {version.id: number for number, version in enumerate(versions)}
        self._above: list[int] = []
        for version in versions:
            above = 0
            for parent in version.parents:
                number = numbers[parent]
                above |= self._above[number] | 1 << number
            self._above.append(above)
        self._writes: dict[str, list[int]] = {}
        for number, version in enumerate(versions):
            for name in version.changes or ():
                self._writes.setdefault(name, []).append(number)

    def view(self) -> View:
        fields: dict[str, Json] = {}
        found: list[Conflict] = []
        deleted, contest = self._deletion()
        if contest is not None:
            found.append(contest)
        for name in sorted(self._writes.keys() - {DELETED, TAGS}):
            alternatives = self.alternatives(name)
            fields[name] = _newest(alternatives).value
            if len(alternatives) > 1:
                found.append(Conflict(name, alternatives))
        self._link_or_not(fields)
        if TAGS in self._writes:
            tags = self._tags()
            alternatives = self.alternatives(TAGS)
            if len(tags) <= MAX_TAGS:
                fields[TAGS] = list(tags)
            else:
                fields[TAGS] = _newest(alternatives).value
                found.append(Conflict(TAGS, alternatives))
        roots = [version for version in self._versions if not version.parents]
        tops = set(heads(self._versions))
        return View(
            fields,
            deleted,
            tuple(found),
            min(roots, key=lambda version: (version.at, version.id)).author,
            max(version.at for version in self._versions if version.id in tops),
        )

    def _standing(self, numbers: Sequence[int]) -> list[int]:
        """Those of these versions, in order, that none of them was made from."""
        covered = 0
        standing: list[int] = []
        for number in reversed(numbers):
            if not covered >> number & 1:
                standing.append(number)
            covered |= self._above[number]
        return standing[::-1]

    def _written(self, number: int, name: str) -> Json:
        return (self._versions[number].changes or {})[name]

    def _alternative(self, number: int, value: Json) -> Alternative:
        version = self._versions[number]
        return Alternative(version.id, version.author, version.at, value)

    def alternatives(self, name: str) -> tuple[Alternative, ...]:
        """Each value that stands, once, by the version that set it first."""
        standing = [
            self._alternative(number, self._written(number, name))
            for number in self._standing(self._writes.get(name, ()))
        ]
        different: dict[bytes, Alternative] = {}
        for alternative in sorted(standing, key=_age):
            different.setdefault(canonical(alternative.value), alternative)
        return tuple(different.values())

    def _tags(self) -> tuple[str, ...]:
        """The tags that some version added and none that knew of it took away.

        In the order of the lists that stand, the oldest list first.
        """
        touched: dict[str, list[int]] = {}
        added: set[tuple[str, int]] = set()
        for number in self._writes[TAGS]:
            new = dict.fromkeys(texts(self._written(number, TAGS)))
            for tag, by in touched.items():
                seen = [one for one in by if self._above[number] >> one & 1]
                if tag not in new and any((tag, one) in added for one in self._standing(seen)):
                    by.append(number)
            for tag in new:
                by = touched.setdefault(tag, [])
                seen = [one for one in by if self._above[number] >> one & 1]
                if not any((tag, one) in added for one in self._standing(seen)):
                    by.append(number)
                    added.add((tag, number))
        present = {
            tag for tag, by in touched.items() if any((tag, one) in added for one in self._standing(by))
        }
        standing = sorted(
            self._standing(self._writes[TAGS]),
            key=lambda number: (self._versions[number].at, self._versions[number].id),
        )
        listed = dict.fromkeys(
            tag for number in standing for tag in texts(self._written(number, TAGS)) if tag in present
        )
        return (*listed, *sorted(present - listed.keys()))

    def _link_or_not(self, fields: dict[str, Json]) -> None:
        """A link has another end, and nothing else has: made so where several analysts changed one of the two each.

        The end that is not shown stands all the same, and is shown once the note is settled to be a link.
        """
        if fields.get(KIND) != LINK:
            if OTHER in fields:
                fields[OTHER] = None
        elif fields.get(OTHER) is None:
            ends = [one for one in self.alternatives(OTHER) if one.value is not None]
            fields |= {OTHER: _newest(ends).value} if ends else {KIND: "note"}

    def _deletion(self) -> tuple[bool, Conflict | None]:
        """Whether the note is deleted, and what stands against that."""
        standing = self._standing(self._writes.get(DELETED, ()))
        deletions = [number for number in standing if self._written(number, DELETED) is True]
        if not deletions:
            return False, None
        against = [number for number in standing if number not in deletions] or self._unseen(deletions)
        if not against:
            return True, None
        both = [
            _newest([self._alternative(number, value) for number in numbers])
            for numbers, value in ((deletions, True), (against, False))
        ]
        return False, Conflict(DELETED, tuple(sorted(both, key=_age)))

    def _unseen(self, deletions: Sequence[int]) -> list[int]:
        """Edits that no deletion knew of, and that did not know of every deletion either."""
        seen = 0
        for deletion in deletions:
            seen |= self._above[deletion] | 1 << deletion
        return [
            number
            for number, version in enumerate(self._versions)
            if version.changes
            and version.changes.keys() - {DELETED}
            and not seen >> number & 1
            and any(not self._above[number] >> deletion & 1 for deletion in deletions)
        ]


def _age(alternative: Alternative) -> tuple[str, str]:
    return alternative.at, alternative.version


def _newest(alternatives: Iterable[Alternative]) -> Alternative:
    return max(alternatives, key=_age)


def texts(value: Json) -> list[str]:
    """The strings of a list in JSON's form, such as tags; nothing for what is none."""
    return [tag for tag in value if isinstance(tag, str)] if isinstance(value, list) else []
