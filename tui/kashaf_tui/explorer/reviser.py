"""What the analyst decides about articles: lines brought back or dropped, metadata corrected, and all of it undone.

One change at a time, on a thread of its own: it is written down first, then the articles it touches are read again.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Literal, TypeVar

from kashaf.corpus.article import Article
from kashaf.errors import Cancelled, KashafError, Locked
from kashaf.said import said
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue, Entry
    from kashaf.corpus.corrections import CorrectedField, Correction
    from kashaf.corpus.lines import Decision, LineDecisions
    from kashaf_index.update import Updated

T = TypeVar("T")

Scope = Literal["article", "outlet"]
Verdict = Literal["keep", "drop"]


@dataclass(frozen=True, slots=True)
class LineChange:
    """A line of an article, kept or dropped from now on, in this article or in all of its outlet."""

    article: Article
    line: str
    verdict: Verdict
    scope: Scope


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field of an article's metadata, corrected; None takes its correction back."""

    article: Article
    field: CorrectedField
    correction: Correction | None


Change = LineChange | FieldChange


@dataclass(frozen=True, slots=True)
class Revised:
    """What a change came to. articles: how many were read again; failed: how many could not be."""

    articles: int
    failed: int = 0
    undone: bool = False


@dataclass(frozen=True, slots=True)
class Dossier:
    """What is known of an article besides itself. entry: None for one that the catalogue has lost."""

    article: Article
    entry: Entry | None
    decisions: LineDecisions


class Reviser:
    """Changes and the way back. Errors are KashafErrors; a change that failed has not happened."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "revise")
        self._cancel = threading.Event()
        self._back: list[Callable[[], Updated]] = []
        self.running = False
        self.done = (0, 0)
        """Articles read again so far, and how many there are to read."""

    async def run(self, change: Change | None) -> Revised | None:
        """Carry out a change, or take the last one back (None); None when there is none to take back.

        Raises Locked while another change or an import runs, BadInput, NotFound, DiskTrouble.
        """
        if self.running:
            raise Locked(said("articles are being read again"), cure=said("Wait until it is done"))
        if change is None and not self._back:
            return None
        self.running, self.done = True, (0, 0)
        try:
            work = partial(self._change, change) if change is not None else self._take_back
            updated = await self._run(work)
        finally:
            self.running = False
        return Revised(updated.updated, len(updated.failed), undone=change is None)

    def _change(self, change: Change) -> Updated:
        if isinstance(change, LineChange):
            return self._decide(change)
        return self._correct(change)

    def _take_back(self) -> Updated:
        updated = self._back[-1]()
        self._back.pop()
        return updated

    # Lines

    def _decide(self, change: LineChange) -> Updated:
        from kashaf.corpus import lines  # noqa: PLC0415 -- not before first paint

        source, state = change.article.provenance, self._session.workspace.state
        here = lines.article_scope(source.sha256, source.member)
        scope = here if change.scope == "article" else source.scope
        known = lines.LineDecisions.load(state)
        before = [(one, known.of(change.line, one)) for one in dict.fromkeys((scope, here))]
        with_here = change.scope == "outlet" and known.of(change.line, here) is not None
        decide = lines.keep if change.verdict == "keep" else lines.drop

        def do() -> None:
            if with_here:
                # What was said of this article alone would stand above what is said of all.
                lines.forget(state, change.line, here)
            decide(state, change.line, scope)

        def undo() -> None:
            for where, decision in before:
                self._restore(change.line, where, decision)

        ids = [change.article.id] if change.scope == "article" else self._of_scope(scope, change.article.id)
        updated = self._written(do, undo, ids)
        self._back.append(lambda: self._written(undo, do, ids))
        return updated

    def _restore(self, line: str, scope: str, decision: Decision | None) -> None:
        from kashaf.corpus import lines  # noqa: PLC0415 -- not before first paint

        state = self._session.workspace.state
        lines.forget(state, line, scope)
        if decision is not None:
            lines.record(state, [decision])

    def _written(self, do: Callable[[], None], undo: Callable[[], None], ids: list[str]) -> Updated:
        """Write a decision down and read the articles again. When these cannot be read, it is taken back."""
        do()
        try:
            return self._reread(ids)
        except Cancelled:
            raise  # the app is being left: the next import makes up for it
        except KashafError:
            with suppress(KashafError):
                undo()
            raise

    def _of_scope(self, scope: str, article_id: str) -> list[str]:
        """The articles for which lines are decided together."""
        from kashaf_index.search import Searcher  # noqa: PLC0415 -- not before first paint

        with Searcher.open(self._session.workspace.index) as searcher, searcher.reading() as reader:
            found = [id_ for id_, revision in reader.revisions().items() if revision.scope == scope]
        return found or [article_id]

    def _reread(self, ids: list[str]) -> Updated:
        from kashaf.corpus.progress import Progress  # noqa: PLC0415 -- not before first paint
        from kashaf_index.update import reread  # noqa: PLC0415

        def progress(now: Progress) -> None:
            if now.step == "catching up":
                self.done = now.files, now.total_files

        return reread(
            self._session.workspace,
            self._catalogue(),
            ids,
            on_progress=progress,
            cancelled=self._cancel.is_set,
        )

    # Metadata

    def _correct(self, change: FieldChange) -> Updated:
        catalogue = self._catalogue()
        entry = catalogue.get(change.article.id)
        corrections = entry.corrections if entry is not None else ()
        before = next((one for one in corrections if one.field == change.field), None)

        def write(correction: Correction | None) -> Updated:
            from kashaf_index.correcting import correct  # noqa: PLC0415 -- not before first paint

            given = [correction] if correction is not None else []
            forget = [change.field] if correction is None else []
            return correct(self._session.workspace, self._catalogue(), change.article.id, given, forget)

        updated = write(change.correction)
        self._back.append(lambda: write(before))
        return updated

    def _catalogue(self) -> Catalogue:
        """One of its own: this is another thread."""
        from kashaf.corpus.catalogue import Catalogue  # noqa: PLC0415 -- not before first paint

        return Catalogue(self._session.workspace.catalogue)

    async def dossier(self, article: Article) -> Dossier:
        """Raises BadInput for a file of decisions that cannot be read, StoreDamaged and DiskTrouble."""

        def load() -> Dossier:
            from kashaf.corpus.lines import LineDecisions  # noqa: PLC0415 -- not before first paint
            from kashaf.corpus.loading import with_everything  # noqa: PLC0415

            workspace, catalogue = self._session.workspace, self._catalogue()
            decisions = LineDecisions.load(workspace.state)
            return Dossier(
                with_everything(workspace, catalogue, article), catalogue.get(article.id), decisions
            )

        return await asyncio.to_thread(load)

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def close(self) -> None:
        """Stop, and wait until it has. What was decided stays so; the next import reads what was not read yet."""
        self._cancel.set()
        self._thread.shutdown(wait=True)
