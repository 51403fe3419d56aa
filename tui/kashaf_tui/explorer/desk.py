"""The notes behind the explorer: written off the UI thread, one change after the other, and said when saved."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Final, Literal, TypedDict, TypeVar, Unpack

from kashaf.errors import DiskTrouble, KashafError, Locked
from kashaf.notes.codebook import Codebook
from kashaf.notes.model import Confidence, Kind, NewNote, Note, Status, Target, WordsTarget
from kashaf_tui.explorer.codes import Codes
from kashaf_tui.explorer.verdicts import Verdicts
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.history import Change
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace

T = TypeVar("T")

News = Literal["", "changed", "free"]
"""What a window that may only read has to tell: nothing, that the writer saved, or that nobody writes any more."""

HELD: Final = "notes"
LOOKS_A_PROBE: Final = 5


class Fields(TypedDict, total=False):
    """What of a note may be changed."""

    target: Target
    other: WordsTarget | None
    body: str
    tags: Sequence[str]
    kind: Kind
    confidence: Confidence
    status: Status


class Desk:
    """One note store and the thread that owns it. Questions and changes are awaited; errors are KashafErrors.

    A change is queued when its method is called, not when it is awaited: `close` waits for the queue.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "notes")
        self._store: NoteStore | None = None
        self._trouble: KashafError | None = None
        self._locked_out = False
        self._news = False
        self._looks = 0
        self._told = False
        self._pending = 0
        self._guard = threading.Lock()
        self.codebook = Codebook()
        #: On the lines of the concordance; they outlive the app.
        self.verdicts = Verdicts(session.workspace.state)
        self.codes = Codes(session.workspace)

    # How it stands

    @property
    def author(self) -> str:
        """Who takes notes here: as the settings say, else the name that is logged in."""
        return self._session.author

    @property
    def workspace(self) -> Workspace:
        return self._session.workspace

    @property
    def trouble(self) -> KashafError | None:
        """Why there are no notes at all, if there are none."""
        return self._trouble

    @property
    def pending(self) -> bool:
        """Whether a change is still on its way to the disk."""
        return self._pending > 0

    @property
    def read_only_reason(self) -> str:
        """Why notes cannot be changed; empty when they can."""
        if self._store is not None:
            return self._store.read_only_reason
        return str(self._trouble) if self._trouble is not None else ""

    @property
    def locked_out(self) -> bool:
        """Whether notes cannot be changed because somebody else may."""
        return self._locked_out

    @property
    def unsaved(self) -> bool:
        """Whether the disk refused a change that is now in memory only."""
        return self._store is not None and self._store.unsaved

    # Reading

    async def open(self) -> None:
        """Raises StoreDamaged, naming the newest good backup; there are then no notes, and none can be made."""
        await self._run(self._opened)
        await self.reload_codebook()

    async def notes(self, article_id: str | None = None) -> list[Note]:
        return await self._run(
            lambda: [] if self._store is None else self._fresh(self._store).notes(article_id)
        )

    async def notices(self) -> tuple[str, ...]:
        """What the user should know of the opening, a line each; told once."""
        told, self._told = self._told, True
        return () if told else await self.ask(lambda store: store.notices)

    async def ask(self, work: Callable[[NoteStore], T]) -> T:
        """Anything that changes nothing."""
        return await self._run(lambda: work(self._fresh(self._opened())))

    async def reload_codebook(self) -> Codebook:
        """The codebook as it is on disk now. Raises DiskTrouble."""

        def load() -> Codebook:
            from kashaf.notes.codebook_file import of_workspace  # noqa: PLC0415 -- not before first paint

            return of_workspace(self._session.workspace).codebook

        self.codebook = await self._run(load)
        return self.codebook

    # Changes

    def change(self, work: Callable[[NoteStore], T]) -> asyncio.Future[T]:
        """Queue a change now, so that leaving right after the key cannot forget it. Who awaits may be cancelled."""
        with self._guard:
            self._pending += 1
        future = self._thread.submit(lambda: work(self._opened()))
        future.add_done_callback(self._done)
        return asyncio.shield(asyncio.wrap_future(future))

    @contextmanager
    def busy(self) -> Iterator[None]:
        """A change is being made ready: leaving waits for it as for one that is queued."""
        with self._guard:
            self._pending += 1
        try:
            yield
        finally:
            self._done(None)

    def add(self, note: NewNote) -> asyncio.Future[Note]:
        signed = self._signed(note)
        return self.change(lambda store: store.add_many([signed])[0])

    def add_many(self, notes: Iterable[NewNote]) -> asyncio.Future[list[Note]]:
        """One change, whatever their number."""
        signed = [self._signed(note) for note in notes]
        return self.change(lambda store: store.add_many(signed))

    def edit(self, note_id: str, **changes: Unpack[Fields]) -> asyncio.Future[Note]:
        return self.change(lambda store: store.edit(note_id, author=self.author, **changes))

    def retag(
        self, ids: Iterable[str], *, add: Iterable[str] = (), remove: Iterable[str] = ()
    ) -> asyncio.Future[list[Note]]:
        """Give tags to notes and take others away, in one change."""
        given = tuple(ids), tuple(add), tuple(remove)
        return self.change(
            lambda store: store.retag(given[0], add=given[1], remove=given[2], author=self.author)
        )

    def trash(self, *note_ids: str) -> asyncio.Future[object]:
        return self.change(lambda store: store.delete(*note_ids))

    def undo(self) -> asyncio.Future[Change | None]:
        """What was taken back; None when there was no change."""
        return self.change(lambda store: store.undo())

    def redo(self) -> asyncio.Future[Change | None]:
        return self.change(lambda store: store.redo())

    def save(self) -> asyncio.Future[None]:
        """Try again to bring to disk what it refused. Raises DiskTrouble."""
        return self.change(lambda store: store.save())

    def _signed(self, note: NewNote) -> NewNote:
        return note if note.author else replace(note, author=self.author)

    def _done(self, _: object) -> None:
        with self._guard:
            self._pending -= 1

    # Another window

    async def look(self) -> News:
        """What happened to notes that another window holds."""

        def look() -> News:
            store = self._store
            if store is None or not self._locked_out:
                return ""
            self._fresh(store)
            news, self._news = self._news, False
            if news:
                return "changed"
            from kashaf.storage.lock import Lock  # noqa: PLC0415 -- only where another window is open

            # To find out is to take the lock for a moment, in which nobody else could: seldom, while its holder
            # has signed it. One that was killed leaves its name behind.
            self._looks += 1
            signed = store.path.with_name(store.path.name + ".owner").exists()
            if signed and self._looks % LOOKS_A_PROBE:
                return ""
            return "free" if Lock(store.path, HELD).owner() is None else ""

        return await self._run(look)

    def take_over(self) -> asyncio.Future[bool]:
        """Become the one who writes, if nobody else is. Raises what opening the notes raises."""

        def take_over(store: NoteStore) -> bool:
            if not self._locked_out:
                return not store.read_only
            try:
                mine = type(store).open(store.path, author=self.author, sealer=self._session.sealer)
            except Locked:
                return False
            self._store, self._locked_out = mine, False
            return True

        return self.change(take_over)

    def _fresh(self, store: NoteStore) -> NoteStore:
        """The store as the writer last saved it. That there was news is kept for whoever looks next."""
        if self._locked_out and store.refresh():
            self._news = True
        return store

    # The thread

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> NoteStore:
        """The store, opened by whoever comes first on its thread. Raises what opening it raised."""
        from kashaf.notes.store import NoteStore  # noqa: PLC0415 -- TinyDB is not paid for before first paint

        if self._trouble is not None:
            raise self._trouble
        if self._store is None:
            path, author = self._session.workspace.notes_file, self.author
            sealer = self._session.sealer
            try:
                try:
                    self._store = NoteStore.open(path, author=author, sealer=sealer)
                except Locked:
                    self._store = NoteStore.open(path, or_read_only=True, author=author, sealer=sealer)
                    self._locked_out = self._store.read_only
                except DiskTrouble:
                    self._store = NoteStore.open(path, or_read_only=True, author=author, sealer=sealer)
            except KashafError as error:
                self._trouble = error
                raise
        return self._store

    def close(self) -> None:
        """Save what is unsaved and give the lock back. Raises DiskTrouble when that fails."""
        try:
            if self._store is not None:
                self._thread.submit(self._store.close).result()
        finally:
            self._thread.shutdown(wait=True)
