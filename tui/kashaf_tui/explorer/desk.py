"""The notes behind the explorer: written off the UI thread, one change after the other, and said when saved."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

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
    """One note store and the thread that owns it. Every method is awaited; errors are KashafErrors."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "notes")
        self._store: NoteStore | None = None
        self._trouble: KashafError | None = None

    @property
    def read_only_reason(self) -> str:
        """Why notes cannot be changed; empty when they can."""
        if self._store is not None:
            return self._store.read_only_reason
        return str(self._trouble) if self._trouble is not None else ""

    @property
    def unsaved(self) -> bool:
        return self._store is not None and self._store.unsaved

    async def open(self) -> None:
        """Raises StoreDamaged, naming the newest good backup; there are then no notes, and none can be made."""

        def open_store() -> None:
            from kashaf.notes.store import NoteStore  # noqa: PLC0415 -- TinyDB is not paid for before first paint

            # Kept on this thread: the next call may be waiting for it already.
            try:
                self._store = NoteStore.open(self._session.workspace.notes_file, or_read_only=True)
            except KashafError as error:
                self._trouble = error
                raise

        await self._run(open_store)

    async def notes(self, article_id: str | None = None) -> list[Note]:
        return await self._run(lambda: [] if self._store is None else self._store.notes(article_id))

    async def add(self, article: Article, span: tuple[int, int], body: str, tags: Iterable[str]) -> Note:
        target = make_target(article, *span)
        return await self._run(lambda: self._opened().add(target, body=body, tags=tags))

    async def edit(self, note_id: str, body: str, tags: Iterable[str]) -> Note:
        return await self._run(lambda: self._opened().edit(note_id, body=body, tags=tags))

    async def trash(self, note_id: str) -> Note:
        return await self._run(lambda: self._opened().delete(note_id))

    async def undo(self) -> bool:
        """Whether there was a change to take back."""
        return await self._run(lambda: self._opened().undo() is not None)

    async def redo(self) -> bool:
        return await self._run(lambda: self._opened().redo() is not None)

    async def export(self) -> tuple[bytes, int]:
        """All notes as native JSON, and how many they are."""

        def export() -> tuple[bytes, int]:
            from kashaf.export.native import to_json  # noqa: PLC0415 -- rarely needed

            notes = self._opened().notes()
            return to_json(notes), len(notes)

        return await self._run(export)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _opened(self) -> NoteStore:
        """Raises what opening it raised."""
        if self._trouble is not None:
            raise self._trouble
        assert self._store is not None
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
