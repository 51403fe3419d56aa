"""What `kashaf doctor` finds in the index and in the notes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Final

from kashaf.errors import IndexDamaged, IndexMissing, KashafError
from kashaf.said import said
from kashaf_index.doctor.examining import examine
from kashaf_index.doctor.finding import Finding, ok, trouble

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace
    from kashaf_tui.session import Session

_AREA: Final = "notes"
_CURE: Final = said("Run `kashaf notes verify`")


def index(
    workspace: Workspace, catalogue: Catalogue | None, on_progress: Callable[[int, int, str], None]
) -> Iterator[Finding]:
    """The index against itself and against the catalogue."""
    articles = None
    if catalogue is not None:
        articles = {entry.id: entry.current.raw_sha256 for entry in catalogue.present()}
    try:
        yield from examine(workspace.index, articles, on_progress)
    except (KashafError, OSError) as error:
        yield trouble("index", "reading", error)


def notes(session: Session, workspace: Workspace) -> Iterator[Finding]:
    """Whether the notes can be read, agree with one another and with the articles, and have a backup."""
    from kashaf.notes.recovery import backups
    from kashaf.notes.sealing import NotesSealed
    from kashaf.storage.lock import Lock

    path = workspace.notes_file
    owner = Lock(path, "").owner()
    if owner is not None:
        what = said(
            "the notes are in use by process {pid} on {host} since {since}",
            pid=owner.pid,
            host=owner.host,
            since=owner.since,
        )
        yield ok(_AREA, "lock", what)
    try:
        with session.notes(read_only=True) as store:
            yield from _content(session, store)
        copies = backups(path)
    except NotesSealed as error:
        # That nobody gave the passphrase is no fault of the notes.
        yield trouble(_AREA, "store", error, "warning")
        return
    except (KashafError, OSError) as error:
        yield trouble(_AREA, "store", error)
        return
    torn = [copy for copy in copies if copy.notes is None]
    if torn:
        what = said("damaged backups: {count} of {of}", count=len(torn), of=len(copies))
        cure = said("`kashaf notes restore --list` shows the whole backups there are")
        yield Finding(_AREA, "backups", "warning", what, str(torn[0].path), cure)
    elif copies:
        yield ok(
            _AREA,
            "backups",
            said("backups: {count}, the last of {made}", count=len(copies), made=copies[0].made),
        )


def _content(session: Session, store: NoteStore) -> Iterator[Finding]:
    for notice in store.notices:
        yield Finding(_AREA, "store", "warning", notice)
    found = store.notes()
    yield ok(_AREA, "store", said("notes that can be read: {count}", count=len(found)))
    conflicted = store.conflicted()
    if conflicted:
        what = said("notes in conflict: {count}", count=len(conflicted))
        yield Finding(_AREA, "conflicts", "warning", what, cure=said("Run `kashaf notes conflicts`"))
    if not found:
        return
    from kashaf.notes.checking import STATES, check

    try:
        searcher = session.searcher
        known = searcher.ids()
        checked = check(found, lambda one: searcher.article(one) if one in known else None)
        states = Counter(one.state for one in checked)
    except (IndexMissing, IndexDamaged):
        # Said of the index already.
        return
    lost = ", ".join(f"{states[state]} {state}" for state in STATES[2:] if states[state])
    if lost:
        what = said("words of notes are not where they were: {states}", states=lost)
        yield Finding(_AREA, "words", "warning", what, cure=_CURE)
    else:
        yield ok(_AREA, "words", said("the words of every note are found"))
