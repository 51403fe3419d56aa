"""The notes behind the explorer: written off the UI thread, one change after the other, and said when saved."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Literal, TypeVar

from kashaf.corpus.article import Article
from kashaf.errors import KashafError
from kashaf.notes.anchoring import make_target, resolve
from kashaf.notes.model import Note
from kashaf_tui.explorer.panes.notes import NoteRow
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore

T = TypeVar("T")


class Desk:
    """One note store and the thread that owns it. Questions and changes are awaited; errors are KashafErrors.

    A change is queued when its method is called, not when it is awaited: `close` waits for the queue.
    """

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "notes")
        self._store: NoteStore | None = None
        self._trouble: KashafError | None = None
        self._pending = 0
        self._guard = threading.Lock()
        #: Of the concordance's lines, for this session: by article, offset and words.
        self.verdicts: dict[tuple[str, int, str], Literal["accepted", "rejected"]] = {}

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
    def unsaved(self) -> bool:
        """Whether the disk refused a change that is now in memory only."""
        return self._store is not None and self._store.unsaved

    async def open(self) -> None:
        """Raises StoreDamaged, naming the newest good backup; there are then no notes, and none can be made."""
        await self._run(self._opened)

    async def notes(self, article_id: str | None = None) -> list[Note]:
        return await self._run(lambda: [] if self._store is None else self._store.notes(article_id))

    def add(
        self, article: Article, span: tuple[int, int], body: str, tags: Iterable[str]
    ) -> asyncio.Future[object]:
        target = make_target(article, *span)
        return self._change(lambda: self._opened().add(target, body=body, tags=tags))

    def edit(self, note_id: str, body: str, tags: Iterable[str]) -> asyncio.Future[object]:
        return self._change(lambda: self._opened().edit(note_id, body=body, tags=tags))

    def trash(self, note_id: str) -> asyncio.Future[object]:
        return self._change(lambda: self._opened().delete(note_id))

    def undo(self) -> asyncio.Future[object]:
        """False when there was no change to take back."""
        return self._change(lambda: self._opened().undo() is not None)

    def redo(self) -> asyncio.Future[object]:
        return self._change(lambda: self._opened().redo() is not None)

    async def export(self) -> tuple[bytes, int]:
        """All notes as native JSON, and how many they are."""

        def export() -> tuple[bytes, int]:
            from kashaf.export.native import to_json  # noqa: PLC0415 -- rarely needed

            notes = self._opened().notes()
            return to_json(notes), len(notes)

        return await self._run(export)

    def _change(self, work: Callable[[], object]) -> asyncio.Future[object]:
        """Queue a change now, so that leaving right after the key cannot forget it. Who awaits may be cancelled."""
        with self._guard:
            self._pending += 1
        future = self._thread.submit(work)
        future.add_done_callback(self._done)
        return asyncio.shield(asyncio.wrap_future(future))

    def _done(self, _: object) -> None:
        with self._guard:
            self._pending -= 1

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> NoteStore:
        """The store, opened by whoever comes first on its thread. Raises what opening it raised."""
        from kashaf.notes.store import NoteStore  # noqa: PLC0415 -- TinyDB is not paid for before first paint

        if self._trouble is not None:
            raise self._trouble
        if self._store is None:
            try:
                self._store = NoteStore.open(self._session.workspace.notes_file, or_read_only=True)
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


def place(note: Note, article: Article) -> tuple[NoteRow, tuple[int, int] | None]:
    """The note with the state of its anchor in the article as it is now, and the span to draw, if any."""
    anchor = resolve(note.target, article.text, article.text_sha256)
    span = (anchor.start, anchor.end) if anchor.start is not None and anchor.end is not None else None
    return NoteRow(note, anchor.state), span
