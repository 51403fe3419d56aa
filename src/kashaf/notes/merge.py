"""Two workspaces made one: by note the union of both pasts, and what that union shows.

The union is commutative, associative and idempotent, so that it does not matter who merges with whom, in which order
or how often. Nothing is decided by a clock, and no value is lost: see `kashaf.notes.view`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, TypeAlias

from kashaf.errors import BadInput
from kashaf.notes.codec import NOTE_FIELDS, with_content
from kashaf.notes.gate import clean_note
from kashaf.notes.model import Ended, Note, Version
from kashaf.notes.versions import DELETED, emptied, first, united, verify
from kashaf.notes.view import Alternative, Conflict, conflicts, is_deleted, shown
from kashaf.text.sanitise import sanitise_line

Side: TypeAlias = Literal["ours", "theirs", "both"]

_CURE: Final = "Ask for the file anew: it was damaged, or changed by hand"


@dataclass(frozen=True, slots=True)
class Updated:
    """A note that the merge changed."""

    before: Note
    after: Note


@dataclass(frozen=True, slots=True)
class Contested:
    """A note that has something to settle. ours, theirs: the versions that each side knew before they met."""

    note: Note
    conflicts: tuple[Conflict, ...]
    ours: frozenset[str]
    theirs: frozenset[str]

    def side(self, alternative: Alternative) -> Side:
        """Whose an alternative is; of both when both had it before, from a merge of earlier."""
        if alternative.version not in self.theirs:
            return "ours"
        return "both" if alternative.version in self.ours else "theirs"


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What a merge makes of our notes.

    live, trash, ended: what to write there; its id leaves the two others. Ids that do not change are in none.
    added, updated, deleted, revived: the same as the analyst sees it. deleted: gone to the trash; revived: back from
    it, or from being deleted for good. unchanged: ids of notes that came and told nothing new.
    contested: the notes that came and now have something to settle, those with nothing new in them as well.
    """

    live: tuple[Note, ...] = ()
    trash: tuple[Note, ...] = ()
    ended: tuple[Ended, ...] = ()
    added: tuple[Note, ...] = ()
    updated: tuple[Updated, ...] = ()
    deleted: tuple[Note, ...] = ()
    revived: tuple[Note, ...] = ()
    unchanged: tuple[str, ...] = ()
    contested: tuple[Contested, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.live or self.trash or self.ended)

    @property
    def conflicts(self) -> tuple[Note, ...]:
        """The notes of `contested`."""
        return tuple(one.note for one in self.contested)


def merge_records(
    notes: Iterable[Note],
    trash: Iterable[Note],
    ended: Iterable[Ended],
    their_notes: Iterable[Note],
    their_ended: Iterable[Ended],
) -> MergeReport:
    """What merging theirs into ours (our notes, those in the trash, the ends of those deleted for good) makes.

    A note without versions, of a schema-1 file, is its own first version, and is cleaned of control characters.
    Raises BadInput for a version that is not what its id says, for versions in a circle or from unknown ones, and
    for values that no note can have: nothing of the file is taken then.
    """
    ours = _Ours({note.id: note for note in notes}, _newest(trash), {end.id: end.versions for end in ended})
    theirs: dict[str, _Theirs] = {}
    for given in their_notes:
        note = given if given.versions else first(clean_note(given))
        theirs.setdefault(note.id, _Theirs(note.id)).add(note.versions, note.created)
    for end in their_ended:
        if not is_deleted(end.versions):
            raise BadInput("the end of a note that nobody deleted", where=end.id, cure=_CURE)
        theirs.setdefault(end.id, _Theirs(end.id)).add(emptied(end.versions), "")
    merged = _Merge(ours)
    for note_id in sorted(theirs):
        merged.take(theirs[note_id])
    return merged.report()


@dataclass(frozen=True, slots=True)
class _Ours:
    notes: Mapping[str, Note]
    trash: Mapping[str, Note]
    ended: Mapping[str, tuple[Version, ...]]

    def past(self, note_id: str) -> tuple[Version, ...]:
        held = self.notes.get(note_id) or self.trash.get(note_id)
        if held is None:
            return self.ended.get(note_id, ())
        return held.versions or first(held).versions

    def created(self, note_id: str) -> str:
        held = self.notes.get(note_id) or self.trash.get(note_id)
        return "" if held is None else held.created


@dataclass(slots=True)
class _Theirs:
    """What came of one note: more than once, in a file that holds it twice, is as good as once."""

    id: str
    versions: tuple[Version, ...] = ()
    created: str = ""

    def add(self, versions: tuple[Version, ...], created: str) -> None:
        self.versions = united(self.id, self.versions, versions) if self.versions else versions
        self.created = _earlier(self.created, created)


@dataclass(slots=True)
class _Merge:
    ours: _Ours
    live: list[Note] = field(default_factory=list)
    trash: list[Note] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)
    added: list[Note] = field(default_factory=list)
    updated: list[Updated] = field(default_factory=list)
    deleted: list[Note] = field(default_factory=list)
    revived: list[Note] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    contested: list[Contested] = field(default_factory=list)

    def take(self, theirs: _Theirs) -> None:
        note_id = theirs.id
        live, thrown = self.ours.notes.get(note_id), self.ours.trash.get(note_id)
        past = self.ours.past(note_id)
        created = _earlier(self.ours.created(note_id), theirs.created)
        union, fresh = past, list[Version]()
        if past != theirs.versions:
            fresh = _fresh(theirs.versions, past)
            verify(note_id, fresh)
            _check_authors(note_id, fresh)
            union = united(note_id, past, theirs.versions)
        if is_deleted(union):
            if live is None and thrown is None and (past or not theirs.created):
                # What we have let go of does not come back to fill the trash.
                self._bury(Ended(note_id, emptied(union)))
            else:
                note = shown(note_id, union, created)
                _check(note, fresh)
                self._throw_away(note, live, thrown)
            return
        note = live if live and union is past and live.created == created else shown(note_id, union, created)
        _check(note, fresh)
        if note == live:
            self.unchanged.append(note_id)
        else:
            self.live.append(note)
            if live is not None:
                self.updated.append(Updated(live, note))
            elif past:
                self.revived.append(note)
            else:
                self.added.append(note)
        found = conflicts(note)
        if found:
            known = frozenset(version.id for version in past)
            came = frozenset(version.id for version in theirs.versions)
            self.contested.append(Contested(note, found, known, came))

    def _bury(self, end: Ended) -> None:
        if self.ours.ended.get(end.id) == end.versions:
            self.unchanged.append(end.id)
        else:
            self.ended.append(end)

    def _throw_away(self, note: Note, live: Note | None, thrown: Note | None) -> None:
        if note == thrown and live is None:
            self.unchanged.append(note.id)
            return
        self.trash.append(note)
        if live is not None:
            self.deleted.append(note)

    def report(self) -> MergeReport:
        return MergeReport(
            tuple(self.live),
            tuple(self.trash),
            tuple(self.ended),
            tuple(self.added),
            tuple(self.updated),
            tuple(self.deleted),
            tuple(self.revived),
            tuple(self.unchanged),
            tuple(self.contested),
        )


def _fresh(versions: Iterable[Version], known: Iterable[Version]) -> list[Version]:
    """The versions that tell us something."""
    ours = {version.id: version for version in known}
    return [version for version in versions if ours.get(version.id) != version]


def _check(note: Note, fresh: Iterable[Version]) -> None:
    """Raise BadInput unless all that these versions set is what `note` could show."""
    for version in fresh:
        where = f"{note.id}, version {version.id[:8]}"
        changes = dict(version.changes or {})
        if not isinstance(changes.pop(DELETED, False), bool):
            raise BadInput("neither deleted nor not", where=where, cure=_CURE)
        candidate = with_content(note, changes, where=where)
        if not NOTE_FIELDS.isdisjoint(candidate.extra):
            raise BadInput("a field that hides another", where=f"{where}.extra", cure=_CURE)
        if clean_note(candidate) != candidate:
            raise BadInput("control characters", where=where, cure=_CURE)


def _check_authors(note_id: str, fresh: Iterable[Version]) -> None:
    if any(sanitise_line(version.author) != version.author for version in fresh):
        raise BadInput("control characters in an author's name", where=note_id, cure=_CURE)


def _newest(trash: Iterable[Note]) -> dict[str, Note]:
    """By id; of a note that was thrown away more than once the first in the list, which was the last."""
    found: dict[str, Note] = {}
    for note in trash:
        found.setdefault(note.id, note)
    return found


def _earlier(one: str, two: str) -> str:
    return min(filter(None, (one, two)), default="")
