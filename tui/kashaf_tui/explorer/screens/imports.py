"""The import under way, the report of one, and the list of those that the workspace keeps."""

from __future__ import annotations

import asyncio
import json
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final, Literal

from textual import on
from textual.app import ComposeResult

from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf_tui.clipboard import Copied
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.bindings import bindings_for
from kashaf_tui.explorer.copying import how_copied
from kashaf_tui.explorer.panes.imports import ImportRows
from kashaf_tui.explorer.panes.report_items import OPEN, PARTS, Item, list_items, plain_text, report_items
from kashaf_tui.explorer.progress_words import bar, progress_facts, time_words
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.sized import Sized
from kashaf_tui.explorer.widgets.bars import Bar, KeyBar
from kashaf_tui.explorer.widgets.mirror import Framed
from kashaf_tui.explorer.widgets.paint import facts, left_to_right, path_words
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf.corpus.report import ImportReport
    from kashaf_tui.explorer.flows.importing import ImportFlow

View = Literal["live", "report", "list"]

LOOK_EVERY: Final = 0.25  # seconds between two looks at an import under way
_BAR: Final = 40  # cells
_PATH: Final = 200  # code points of the file at hand


#: Keys that do nothing in a view.
_UNUSED: Final[dict[View, frozenset[str]]] = {
    "live": frozenset({"open", "screen.every", "screen.copy(1)", "screen.export", "screen.really"}),
    "report": frozenset({"screen.stop", "screen.really"}),
    "list": frozenset({"screen.every", "screen.export", "screen.really", "screen.stop"}),
}


class Lines(Framed, ImportRows):
    BINDINGS: ClassVar = bindings_for("imports")


class ImportsScreen(Sized):
    """One list in three views. What is under way is looked at, never waited for."""

    def __init__(self, say: Wording, flow: ImportFlow) -> None:
        super().__init__(say)
        self._flow = flow
        self.view: View = "live" if flow.importer.running else "report"
        self.report: ImportReport | None = None
        self._reports: list[ImportReport] = []
        self._open: set[str] = set(OPEN)
        self.head = Bar(base=say.base, id="head")
        self.rows = Lines(id="imports")
        self.keys = KeyBar(say.language, id="keys")

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.rows
        yield self.keys
        yield self.too_small

    @property
    def main_widget(self) -> Lines:
        return self.rows

    def on_mount(self) -> None:
        self.rows.focus()
        self.set_interval(LOOK_EVERY, self._look)
        if self.view == "live":
            self._show()
        else:
            self.rows.show_items([], self.say("reading reports"))
            start(self, self._read, "reports", exclusive=True)

    async def _read(self) -> None:
        self._reports = await asyncio.to_thread(self._flow.importer.reports)
        if self.view != "live":
            newest = self._flow.importer.report
            if self.report is None:
                self.report = self._reports[0] if self._reports else newest
            self._show()

    # Views

    def show_live(self) -> None:
        """The import that has just begun."""
        self.view = "live"
        self._show()

    def show_end(self, report: ImportReport | None) -> None:
        """The import that was looked at is over; one that failed has left no report."""
        if self.view == "live":
            self.view, self.report = "report", report
            self._open = set(OPEN | {"added"} if report is not None and report.dry_run else OPEN)
            self._show(keep=False)
        start(self, self._read, "reports", exclusive=True)

    def _look(self) -> None:
        if self.view == "live":
            self._show()

    def _show(self, *, keep: bool = True) -> None:
        say = self.say
        unused = set(_UNUSED[self.view])
        if self.view == "report" and self.report is not None and self.report.dry_run:
            unused.discard("screen.really")
        self.keys.show_place("imports", unused)
        match self.view:
            case "live":
                self.head.show(say("import"), "")
                self.rows.show_items(self._live())
            case "report" if self.report is not None:
                self.head.show(say("report look" if self.report.dry_run else "report"), "")
                self.rows.show_items(list(report_items(say, self.report, self._open)), keep=keep)
            case _:
                self.head.show(say("imports"), "")
                items = [*self._failure(), *list_items(say, self._reports)]
                self.rows.show_items(items, say("no imports"), keep=keep)

    def _failure(self) -> list[Item]:
        """Why the last import left no report."""
        error = self._flow.importer.error
        if error is None:
            return []
        where = path_words(error.where) if error.where else ""
        lines = filter(None, (self.say.told(error.what), where, self.say.told(error.cure)))
        return [Item(self.say("import failed")), *(Item(line, level=1) for line in lines), Item("")]

    def _live(self) -> list[Item]:
        importer, say = self._flow.importer, self.say
        job, progress = importer.job, importer.progress
        if job is None:
            return []
        doing = "stopping" if importer.stopping else "looking" if job.dry_run else "importing"
        sources = [Item(path_words(str(root)), level=1) for root in job.roots[:5]]
        if len(job.roots) > len(sources):
            sources.append(Item(f"+ {len(job.roots) - len(sources):,}", level=1))
        seconds = time_words(say, progress.seconds)
        counted = [] if not progress.total_bytes or not progress.total_files else [
            say("of files", done=f"{progress.files:,}", all=f"{progress.total_files:,}")
        ]  # fmt: skip
        return [
            Item(say(doing)),
            *sources,
            Item(""),
            Item(facts([say(f"step {progress.step}"), *counted, say("took", time=seconds)])),
            Item(
                bar(progress.done, min(_BAR, max(10, self.size.width - 8)))
                if progress.done is not None
                else ""
            ),
            Item(facts(progress_facts(say, progress, importer.outlook))),
            Item(path_words(progress.path[:_PATH])),
            Item(""),
            Item(say("live keys")),
        ]

    # Keys

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        item = self.rows.item
        if item is None or self.view == "live":
            return
        if item.part:
            self._open ^= {item.part}
            self._show()
        elif item.report:
            self.report = next(one for one in self._reports if one.id == item.report)
            self.view, self._open = "report", set(OPEN)
            self._show(keep=False)
        elif item.article and self.report is not None and self.report.dry_run:
            self._flow.tell(self.say("not imported yet"))
        elif item.article:
            self.dismiss()
            self.app.call_later(partial(self._flow.read, item.article))

    def action_every(self) -> None:
        """Open every part, or close them when they are open."""
        if self.view == "report":
            self._open = set() if self._open >= set(PARTS) else set(PARTS)
            self._show()

    def action_copy(self, whole: int) -> None:
        """The selected line, or the whole report, or the whole list."""
        text = self.rows.item.copied if self.rows.item is not None else ""
        if whole and self.view == "report" and self.report is not None:
            text = plain_text(self.say, self.report)
        elif whole:
            text = "\n".join(row.item.copied for row in self.rows.rows if row.first)
        if text.strip():
            self.app.copy_to_clipboard(text)
        else:
            self._flow.tell(self.say("nothing to copy"))

    def show_copied(self, copied: Copied) -> None:
        self._flow.tell(how_copied(copied, self.say))

    def action_export(self) -> None:
        if self.report is not None and self.view == "report":
            start(self, partial(self._export, self.report), "export")

    async def _export(self, report: ImportReport) -> None:
        folder = self._flow.export_folder
        path = folder / f"import-{report.id}.json"

        def write() -> None:
            ensure_dir(folder)
            text = json.dumps(report.as_dict(), ensure_ascii=False, indent=1)
            # What a file name had that is no Unicode.
            write_text(path, text.encode("utf-8", "backslashreplace").decode() + "\n")

        try:
            await asyncio.to_thread(write)
        except KashafError as error:
            self._flow.tell(self.say.told(error), "error")
        else:
            shown = left_to_right(f"{folder.name}/{path.name}")
            self._flow.tell(self.say("report exported", path=shown))

    def action_really(self) -> None:
        """What was only looked at is imported."""
        if self.view == "report" and self.report is not None and self.report.dry_run:
            self._flow.again(self.report)

    def action_stop(self) -> None:
        self._flow.stop()

    def action_earlier(self) -> None:
        """The list, or back from it."""
        if self._flow.importer.running and self.view == "list":
            self.view = "live"
        elif self.view == "list" and self.report is not None:
            self.view = "report"
        else:
            self.view = "list"
        self._show(keep=False)
        if self.view == "list" and self.report is not None:
            ids = [row.item.report if row.first else "" for row in self.rows.rows]
            self.rows.select(ids.index(self.report.id) if self.report.id in ids else 0)

    def action_add(self) -> None:
        if self._flow.importer.running:
            self._flow.tell(self.say("second import"), "warning")
        else:
            self.dismiss()
            self.app.call_later(self._flow.pick)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "imports"))

    def action_back(self) -> None:
        self.dismiss()
