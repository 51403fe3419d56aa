"""Imports behind the explorer: one at a time, on a thread of its own; searches go on over the old generation."""

from __future__ import annotations

import asyncio
import os
import threading
import time
import traceback
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.corpus.progress import Outlook, Pace, Progress
from kashaf.errors import KashafError, Locked
from kashaf.said import said
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.report import ImportReport

_BREATH: Final = 0.002  # seconds that the interface gets while an import runs
_BREATHE_EVERY: Final = 0.02
_RECENT: Final = 8  # imports whose sources are offered as places


@dataclass(frozen=True, slots=True)
class Job:
    """What to import. link: originals stay where they are. dry_run: only say what would be imported."""

    roots: tuple[Path, ...]
    link: bool = False
    dry_run: bool = False


class Importer:
    """The import under way, if there is one, and what became of the last one."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._thread = ThreadPoolExecutor(1, "import")
        self._cancel = threading.Event()
        self._pace = Pace()
        self._breathed = 0.0
        self.job: Job | None = None
        self.progress = Progress(step="listing")
        self.report: ImportReport | None = None
        """Of the last import that ended in this session."""
        self.error: KashafError | None = None
        """Why the last one failed; None when it did not."""

    @property
    def running(self) -> bool:
        return self.job is not None

    @property
    def stopping(self) -> bool:
        """Whether it was told to stop, and has not done so yet."""
        return self.running and self._cancel.is_set()

    @property
    def outlook(self) -> Outlook:
        return self._pace.at(self.progress)

    async def run(self, job: Job) -> ImportReport:
        """Carry out an import. Raises Locked while another one runs, here or in another process, and KashafError."""
        if self.job is not None:
            raise Locked(
                said("an import is running"), cure=said("Wait for its end, or stop it (F12, then x)")
            )
        self.job, self.error = job, None
        self.progress, self._pace = Progress(step="listing"), Pace()
        self._cancel = threading.Event()
        work = self._thread.submit(self._import, job)
        try:
            await asyncio.wait([asyncio.wrap_future(work)])
        finally:
            self.job = None
        if (fault := work.exception()) is not None:
            self.error = (
                fault if isinstance(fault, KashafError) else await asyncio.to_thread(self._log, fault)
            )
            raise self.error from fault
        self.report = work.result()
        return self.report

    def _log(self, fault: BaseException) -> KashafError:
        """A fault of ours in an import must not end the explorer: its details are kept, and where is told."""
        path = self._session.workspace.derived / "import-fault.log"
        try:
            ensure_dir(path.parent)
            write_text(path, "".join(traceback.format_exception(fault)))
        except KashafError as error:
            return error
        what = said("a fault of Kashaf's own ({kind})", kind=type(fault).__name__)
        return KashafError(what, where=str(path), cure=said("Its details are in that file"))

    def _import(self, job: Job) -> ImportReport:
        from kashaf.corpus.catalogue import Catalogue  # noqa: PLC0415 -- not before first paint
        from kashaf_index.update import Stopped, absolute, update  # noqa: PLC0415

        workspace = self._session.workspace
        # A catalogue of its own: this is another thread.
        try:
            updated = update(
                workspace,
                Catalogue(workspace.catalogue),
                [absolute(root) for root in job.roots],
                link=job.link,
                dry_run=job.dry_run,
                on_progress=self._on_progress,
                cancelled=self._cancelled,
            )
        except Stopped as stopped:
            updated = stopped.updated
        return updated.report

    def _on_progress(self, progress: Progress) -> None:
        """Called on the import's thread: no more than a value for the screen to look at."""
        self.progress = progress

    def _cancelled(self) -> bool:
        """Called on the import's thread between two pieces of work, where the interface gets its turn."""
        if time.monotonic() - self._breathed > _BREATHE_EVERY:
            time.sleep(_BREATH)
            self._breathed = time.monotonic()
        return self._cancel.is_set()

    def cancel(self) -> None:
        """Stop soon. What is imported stays."""
        self._cancel.set()

    def reports(self) -> list[ImportReport]:
        """Those of earlier imports that the workspace keeps, the newest first. Reads files."""
        from kashaf.corpus.report import load_all  # noqa: PLC0415 -- not before first paint

        return list(load_all(self._session.workspace))

    def recent(self) -> list[Path]:
        """Sources of the workspace, and of its newest imports. Reads files."""
        from itertools import islice  # noqa: PLC0415

        from kashaf.corpus.report import load_all  # noqa: PLC0415 -- not before first paint

        workspace = self._session.workspace
        # Not Path.expanduser, which raises for `~name` of nobody here.
        given = [workspace.root / os.path.expanduser(source) for source in workspace.settings.sources]  # noqa: PTH111
        kept = [Path(source) for one in islice(load_all(workspace), _RECENT) for source in one.sources]
        return list(dict.fromkeys([*kept, *given]))

    def close(self) -> None:
        """Stop, and wait until it has."""
        self.cancel()
        self._thread.shutdown(wait=True)
