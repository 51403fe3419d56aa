"""The explorer as a Textual app: what is left when screens and flows have taken theirs."""

from __future__ import annotations

import asyncio
import re
import traceback
from dataclasses import replace
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.command import CommandPalette

from kashaf.bidi.layout import Options, visual
from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf_tui.explorer import place
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.palette import ActionProvider
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.session import Session

DARK, LIGHT = "textual-dark", "textual-light"
_KEEP_PLACE_EVERY = 20.0  # seconds: what a kill may cost of the place; notes are saved at once
_KEEP_DRAFT_EVERY = 2.0  # seconds: what a kill may cost of a note that is being written
_SVG_IN_ORDER = "text { unicode-bidi: bidi-override; direction: ltr }"
# ECMA-48 BDSM: what we send is in visual order, so a terminal with a bidi of its own must leave it alone.
_EXPLICIT, _IMPLICIT = "\x1b[8l", "\x1b[8h"


class ExplorerApp(App[int]):
    """Opens on the main screen, and keeps the analyst's place when it is left."""

    CSS_PATH: ClassVar = "styles/explorer.tcss"
    COMMANDS: ClassVar = {ActionProvider}
    COMMAND_PALETTE_BINDING: ClassVar = "ctrl+p"
    TITLE = "kashaf"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._settings = session.workspace.settings
        self._engine = Engine(session)
        self._desk = Desk(session)
        self._last = place.load(session.workspace.state)
        self._asked_to_leave = False
        self._leaving = False
        self._resumed = False
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._main: MainScreen | None = None
        self.language = self._settings.language
        self.say = Wording(self.language)
        self.crash_file: Path | None = None
        self.farewell = ""

    def on_mount(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        self.theme = self._last.theme if self._last.theme in (DARK, LIGHT) else DARK
        if self._driver is not None:
            self._driver.write(_EXPLICIT)
        workspace = self._session.workspace
        self._main = MainScreen(workspace, self.say, self._engine, self._desk, self._last)
        self._main.article.options = self._options()
        self.push_screen(self._main)
        self.set_interval(_KEEP_PLACE_EVERY, self.keep_place)
        self.set_interval(_KEEP_DRAFT_EVERY, self._main.noting.keep_draft)

    def _options(self) -> Options:
        marks = self._last.tashkeel or self._settings.tashkeel
        return Options(
            marks="keep" if marks == "keep" else "strip",
            digits={"arabic": "arabic", "european": "european"}.get(self._settings.digits, "keep"),  # type: ignore[arg-type]
        )

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG that fetches no font from anywhere and that no browser turns round once more."""
        svg = super().export_screenshot(title=title, simplify=simplify)
        svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
        return svg.replace("<style>", f"<style>{_SVG_IN_ORDER}", 1)

    def action_display(self) -> None:
        """Light or dark."""
        self.theme = LIGHT if self.theme == DARK else DARK

    def action_command_palette(self) -> None:
        """The palette over the main screen, asking in the language of the interface."""
        if self.screen is self._main:
            self.push_screen(CommandPalette(placeholder=visual(self.say("palette"))))

    async def action_quit(self) -> None:
        """Textual's own key to quit reaches through every window: it must ask no less than ours."""
        self.action_leave()

    def action_leave(self) -> None:
        """Leave: not before what is on its way is saved, and not without asking when something would be lost."""
        main = self._main
        if main is None:
            self.exit(0)
        elif (editor := main.noting.writing) is not None and not editor.warned:
            editor.warn()
        elif self._desk.pending:
            self._leaving = True
        elif self._desk.unsaved and not self._asked_to_leave:
            self._asked_to_leave = True
            main.status.say(self.say("unsaved"), until_replaced=True)
        else:
            self.exit(0)

    def on_notes_shown(self) -> None:
        """A change is saved: go on leaving, if that was waited for. The first time: go on with an unfinished note."""
        self._asked_to_leave = False
        if self._main is not None and not self._resumed:
            self._resumed = True
            self._main.noting.resume()
        elif self._leaving:
            self._leaving = False
            self.action_leave()

    def leave_now(self) -> None:
        """From a signal handler: end at once. Queued changes are still saved, and a note being written is kept."""
        if self._event_loop is not None and self._event_loop.is_running():
            self._event_loop.call_soon_threadsafe(self.exit)

    def on_unmount(self) -> None:
        if self._driver is not None:
            self._driver.write(_IMPLICIT)

    def keep_place(self) -> None:
        """Write down where the analyst is. A disk that refuses must not keep anyone from leaving."""
        if self._main is not None:
            self._main.noting.keep_draft()
        if self._main is None or (here := self._main.place()) is None:
            return
        here = replace(here, theme=self.theme)
        if here == self._last:
            return
        try:
            place.save(self._session.workspace.state, here)
        except KashafError as error:
            self.farewell = str(error)
        else:
            self._last = here

    def close_stores(self) -> None:
        """After the screen is gone: end the threads, save what is unsaved. Raises DiskTrouble when that fails."""
        self._engine.close()
        self._desk.close()

    def _fatal_error(self) -> None:
        """A fault of ours: the details go to a file, not over the analyst's terminal."""
        folder = self._session.workspace.derived
        try:
            ensure_dir(folder)
            write_text(folder / "crash.log", traceback.format_exc())
            self.crash_file = folder / "crash.log"
        except KashafError as error:
            self.farewell = str(error)
        self._close_messages_no_wait()
