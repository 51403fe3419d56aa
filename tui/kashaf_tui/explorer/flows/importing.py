"""Adding articles: begun in the picker, carried out in the background, told in the status line and in a report."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from kashaf.errors import KashafError
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.importer import Importer, Job
from kashaf_tui.explorer.progress_words import report_facts, status_words
from kashaf_tui.explorer.toasts import Severity, toast
from kashaf_tui.explorer.widgets.paint import facts

if TYPE_CHECKING:
    from kashaf.corpus.report import ImportReport
    from kashaf_tui.explorer.app import ExplorerApp
    from kashaf_tui.explorer.screens.imports import ImportsScreen


class ImportFlow:
    """Belongs to the app: an import outlives the screens it is looked at on."""

    def __init__(self, app: ExplorerApp, importer: Importer) -> None:
        self._app = app
        self.importer = importer
        self.link = False
        self.folder: Path | None = None
        """Where the picker was left."""
        self.last: Job | None = None
        """What the newest report of this session is of."""
        self._asked_to_leave = False
        self._asked_to_stop = False
        self._leaving = False

    # Screens

    def pick(self) -> None:
        """Open the picker; while an import runs, show that instead."""
        from kashaf_tui.explorer.screens.picker import PickerScreen  # noqa: PLC0415 -- not before first paint

        if self.importer.running:
            self.tell(self._app.say("second import"), "warning")
            self.watch()
            return
        folder = self.folder or Path.cwd()
        self._app.push_screen(PickerScreen(self._app.say, self, folder))

    def watch(self) -> None:
        """Show the import under way, or else the report of the newest one."""
        from kashaf_tui.explorer.screens.imports import ImportsScreen  # noqa: PLC0415 -- not before first paint

        if not isinstance(self._app.screen, ImportsScreen):
            self._app.push_screen(ImportsScreen(self._app.say, self))

    @property
    def _watching(self) -> ImportsScreen | None:
        from kashaf_tui.explorer.screens.imports import ImportsScreen  # noqa: PLC0415 -- not before first paint

        screen = self._app.screen
        return screen if isinstance(screen, ImportsScreen) else None

    @property
    def export_folder(self) -> Path:
        return self._app.export_folder

    def read(self, article_id: str) -> None:
        """Show an article of a report in the reader."""
        if self._app.main is not None:
            self._app.main.reading.open(article_id)
            self._app.main.panes.go("article")

    # An import

    def again(self, report: ImportReport) -> None:
        """Import what was only looked at."""
        last = self.last if self.importer.report == report else None
        roots = last.roots if last is not None else tuple(map(Path, report.sources))
        self.begin(Job(roots, link=self.link))

    def begin(self, job: Job) -> None:
        """Start it in the background and show how it goes. A second one is refused."""
        if self.importer.running:
            self.tell(self._app.say("second import"), "warning")
            return
        self._asked_to_leave = self._asked_to_stop = False
        self.folder = job.roots[0].parent
        start(self._app, partial(self._run, job), "import")
        self._app.call_later(self._show_running)

    async def _show_running(self) -> None:
        """The import's screen in the place of the picker."""
        main = self._app.main
        while main is not None and self._app.screen is not main and not self._watching:
            await self._app.pop_screen()
        self.watch()
        if (screen := self._watching) is not None:
            screen.show_live()

    async def _run(self, job: Job) -> None:
        say = self._app.say
        try:
            report = await self.importer.run(job)
        except KashafError as error:
            self.tell(f"{say('import failed')}: {say.told(error)}", "error")
            self._ended(None)
        else:
            self.last = job
            if report.cancelled:
                self.tell(say("import stopped"))
            self._ended(report)

    def _ended(self, report: ImportReport | None) -> None:
        """The newest generation is what is searched from here on; the report is shown to whoever waits for it."""
        main, say = self._app.main, self._app.say
        word = ""
        if report is not None and self._watching is None:
            key = "look ended" if report.dry_run else "import ended"
            word = say(key, facts=facts(report_facts(say, report)))
        if main is not None:
            main.status.progress("", of="import")
            if report is None or not report.dry_run:
                main.opening.renew(word)
            elif word:
                main.status.say(word)
        if (screen := self._watching) is not None:
            screen.show_end(report)
        if self._leaving:
            self._app.action_leave()

    def show_progress(self) -> None:
        """In the status line of the main screen."""
        main, importer = self._app.main, self.importer
        if main is None or not importer.running:
            return
        said = (
            self._app.say("stopping")
            if importer.stopping
            else status_words(self._app.say, importer.progress, importer.outlook)
        )
        main.status.progress(said, of="import")

    # Stopping and leaving

    def stop(self) -> None:
        """Stop the import: the first time it is asked, the second time done."""
        if not self.importer.running:
            self.tell(self._app.say("no import runs"))
        elif self._asked_to_stop:
            self.importer.cancel()
            self.show_progress()
        else:
            self._asked_to_stop = True
            self.tell(self._app.say("stop asked"), "warning")

    def may_leave(self) -> bool:
        """Whether no import would be cut short; asks once, then stops it and leaves when it has ended."""
        if not self.importer.running or self._leaving:
            return True
        if self._asked_to_leave:
            self._leaving = True
            self.importer.cancel()
            self.tell(self._app.say("stopping"))
        else:
            self._asked_to_leave = True
            self.tell(self._app.say("leave asked"), "warning")
        return False

    def tell(self, text: str, severity: Severity = "information") -> None:
        """Say something over whatever screen is shown."""
        toast(self._app, text, severity)
