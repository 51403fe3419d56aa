"""The explorer as a Textual app: what is left when screens and flows have taken theirs."""

from __future__ import annotations

import asyncio
import os
import re
import traceback
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import ClassVar

from textual.app import App
from textual.driver import Driver

from kashaf.bidi.layout import visual
from kashaf.errors import KashafError
from kashaf.storage.atomic import ensure_dir, write_text
from kashaf_tui.explorer import place
from kashaf_tui.explorer.copying import Copying
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.driver import ExplorerDriver
from kashaf_tui.explorer.early_keys import EarlyKeys
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.flows.importing import ImportFlow
from kashaf_tui.explorer.flows.revising import ReviseFlow
from kashaf_tui.explorer.guard import Guarded
from kashaf_tui.explorer.importer import Importer
from kashaf_tui.explorer.layouts import LAYOUTS
from kashaf_tui.explorer.palette import ActionProvider, Palette
from kashaf_tui.explorer.place import LastPlace
from kashaf_tui.explorer.reviser import Reviser
from kashaf_tui.explorer.screens.display import DisplayScreen, Looks
from kashaf_tui.explorer.screens.main import MainScreen
from kashaf_tui.explorer.which_layout import layout_for
from kashaf_tui.explorer.widgets.mirror import RTL
from kashaf_tui.explorer.wording import Wording
from kashaf_tui.session import Session
from kashaf_tui.terminal.profiles import PLAIN, Display

_KEEP_PLACE_EVERY = 20.0  # seconds: what a kill may cost of the place; notes are saved at once
_KEEP_DRAFT_EVERY = 2.0  # seconds: what a kill may cost of a note that is being written
_SVG_IN_ORDER = "text { unicode-bidi: bidi-override; direction: ltr }"


class ExplorerApp(EarlyKeys[int], Copying[int], Guarded[int], App[int]):
    """Opens on the main screen, and keeps the analyst's place when it is left."""

    CSS_PATH: ClassVar = "styles/explorer.tcss"
    COMMANDS: ClassVar = {ActionProvider}
    COMMAND_PALETTE_BINDING: ClassVar = "ctrl+p"
    TITLE = "kashaf"

    def __init__(self, session: Session, display: Display = PLAIN, *, late_replies: bool = False) -> None:
        """late_replies: whether the terminal may still answer what it was asked before the start."""
        super().__init__()
        self.display_profile = display
        self.late_replies = late_replies
        self._session = session
        self._settings = session.workspace.settings
        self.clipboard_folder = session.workspace.derived
        self._last = place.load(session.workspace.state)
        self.keyboard = layout_for(self._last.keyboard, os.environ)
        self._engine = Engine(session)
        self._desk = Desk(session)
        self.importing = ImportFlow(self, Importer(session))
        self.revising = ReviseFlow(self, Reviser(session), self._engine)
        self.wants_demo = False
        self._asked_to_leave = False
        self._leaving = False
        self._resumed = False
        self._ended = False
        self._event_loop: asyncio.AbstractEventLoop | None = None
        self._main: MainScreen | None = None
        self.looks = replace(Looks.of(self._settings, self._last), keyboard=self.keyboard.name)
        self.say = Wording(self.looks.language)
        self.crash_file: Path | None = None
        self.farewell = ""

    def on_mount(self) -> None:
        self._event_loop = asyncio.get_running_loop()
        if self._ended:
            # A signal came before there was a loop to tell.
            self.exit()
            return
        self.theme = self.looks.theme
        self.push_screen(self._main_screen(self._last))
        self.set_interval(_KEEP_PLACE_EVERY, self.keep_place)
        self.set_interval(_KEEP_DRAFT_EVERY, self._keep_draft)

    def _main_screen(self, last: LastPlace) -> MainScreen:
        """The main screen in the language of the moment, which begins at `last`."""
        self.set_class(self.say.base == "rtl", RTL)
        self._main = MainScreen(
            self._session.workspace,
            self.say,
            self._engine,
            self._desk,
            last,
            self.importing,
            self.revising,
        )
        self._main.article.options = self.looks.options
        return self._main

    @property
    def main(self) -> MainScreen | None:
        """The screen below all others, of the language of the moment."""
        return self._main

    @property
    def export_folder(self) -> Path:
        return self._session.workspace.exports

    def _keep_draft(self) -> None:
        if self._main is not None:
            self._main.noting.keep_draft()

    @property
    def language(self) -> str:
        return self.say.language

    def export_screenshot(self, *, title: str | None = None, simplify: bool = False) -> str:
        """The screen as SVG that names no address, fetches no font, and that no browser turns round once more."""
        svg = super().export_screenshot(title=title, simplify=simplify)
        svg = re.sub(r"@font-face\s*\{.*?\}\s*|<!--.*?-->\s*", "", svg, flags=re.DOTALL)
        return svg.replace("<style>", f"<style>{_SVG_IN_ORDER}", 1)

    def action_display(self) -> None:
        """The menu of language, theme, tashkeel, digits and terminal, over the main screen."""
        if self._main is not None and self.screen is self._main:
            self.looks = replace(self.looks, tashkeel=self._main.article.options.marks)
            self.push_screen(self._display_screen())

    def _display_screen(self) -> DisplayScreen:
        from kashaf_tui.explorer.calibration import calibrate  # noqa: PLC0415 -- not before first paint

        return DisplayScreen(self.say, self.looks, self.show_as, partial(calibrate, self))

    def show_as(self, looks: Looks) -> None:
        """Show everything so, now and at the next start."""
        self.looks, before = looks, self.looks
        self.theme = looks.theme
        self.keyboard = LAYOUTS[looks.keyboard]
        if looks.language != before.language:
            self.call_later(self._speak)
        elif self._main is not None and looks.options != before.options:
            self._main.article.set_options(looks.options)

    async def _speak(self) -> None:
        """Begin the screens anew in another language, where the analyst is; stores and threads go on."""
        here = self._here() or self._last
        self.say = Wording(self.looks.language)
        choosing = self.screen is not self._main
        while self.screen is not self._main:
            await self.pop_screen()
        await self.switch_screen(self._main_screen(here))
        if choosing:
            await self.push_screen(self._display_screen())

    def action_command_palette(self) -> None:
        """The palette over the main screen, asking in the language of the interface."""
        if self.screen is self._main:
            self.push_screen(Palette(placeholder=visual(self.say("palette"))))

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
        elif not self.importing.may_leave() or not self.revising.may_leave():
            return
        elif self._desk.unsaved and not self._asked_to_leave:
            self._asked_to_leave = True
            main.status.say(self.say("unsaved"), until_replaced=True)
        else:
            self.exit(0)

    def action_demo(self) -> None:
        """Leave for the demo: the sample articles must not mix with the analyst's own."""
        self.wants_demo = True
        self.action_leave()

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
        self._ended = True
        if self._event_loop is not None and self._event_loop.is_running():
            self._event_loop.call_soon_threadsafe(self.exit)

    def get_driver_class(self) -> type[Driver]:
        """Ours, which switches the terminal's own bidi off and on again."""
        return ExplorerDriver

    def keep_place(self) -> None:
        """Write down where the analyst is. A disk that refuses must not keep anyone from leaving."""
        self._keep_draft()
        here = self._here()
        if here is None or here == self._last:
            return
        try:
            place.save(self._session.workspace.state, here)
        except KashafError as error:
            self.farewell = str(error)
        else:
            self._last = here

    def _here(self) -> LastPlace | None:
        """Where the analyst is, and what they chose otherwise than kashaf.yaml and the system say."""
        here = self._main.place() if self._main is not None else None
        if here is None:
            return None
        looks, given = self.looks, self._settings
        return replace(
            here,
            theme=self.theme,
            language="" if looks.language == given.language else looks.language,
            digits="" if looks.digits == given.digits else looks.digits,
            keyboard="" if self.keyboard is layout_for("", os.environ) else self.keyboard.name,
        )

    def close_stores(self) -> None:
        """After the screen is gone: end the threads, save what is unsaved. Raises DiskTrouble when that fails."""
        self.importing.importer.close()
        self.revising.reviser.close()
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
