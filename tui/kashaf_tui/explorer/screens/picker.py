"""Choosing what to import: a folder to walk through, places to begin at, and a field for a path."""

from __future__ import annotations

import asyncio
import threading
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from textual import on

from kashaf.errors import Cancelled, KashafError
from kashaf_tui.explorer.background import start
from kashaf_tui.explorer.importer import Job
from kashaf_tui.explorer.listing import (
    Entry,
    Listing,
    beginning,
    common_beginning,
    list_folder,
    matching,
    needle,
    places,
    split_typed,
)
from kashaf_tui.explorer.panes.files import FileList, shown_name
from kashaf_tui.explorer.screens.help import HelpScreen
from kashaf_tui.explorer.screens.picker_parts import PickerParts
from kashaf_tui.explorer.widgets.paint import facts, isolated, path_words
from kashaf_tui.explorer.widgets.pieces_line import Piece, PieceLine
from kashaf_tui.explorer.widgets.row_list import RowList
from kashaf_tui.explorer.widgets.text_field import Changed, Submitted
from kashaf_tui.explorer.wording import Wording

if TYPE_CHECKING:
    from kashaf_tui.explorer.flows.importing import ImportFlow

_SLOW: Final = 0.25  # seconds before a folder is said to be read
_PLACES_SHOWN: Final = 6
_PLACE_ROOM: Final = 24  # code points of a place's name


class PickerScreen(PickerParts):
    """Gives nothing back: what is chosen is begun here."""

    def __init__(self, say: Wording, flow: ImportFlow, folder: Path) -> None:
        super().__init__(say)
        self._flow = flow
        self.folder: Path | None = folder
        """The one that is listed; None while places are."""
        self._last = folder
        self._listing = Listing(folder, ())
        self._known: tuple[Entry, ...] = ()
        self._filter = ""
        self._hidden = False
        self._reading = False
        self._stop = threading.Event()

    def on_mount(self) -> None:
        self.keys.show_place("add")
        self.set_focus(self.files)
        self._tell()
        self.go(self._last)
        start(self, partial(self._find_places, show=False), "places")

    def on_unmount(self) -> None:
        self._stop.set()

    # Reading folders

    def go(self, folder: Path, select: Path | None = None, typed: str = "") -> None:
        """List a folder, with an entry of it selected or those that begin with `typed`."""
        self._stop.set()
        self._stop = threading.Event()
        self.folder, self._filter = folder, typed
        self._last = folder
        if not self.field.has_focus:
            self._show_path()
        self._reading = True
        self.files.show([], keep=False)
        self.set_timer(_SLOW, self._say_reading)
        work = partial(self._list, folder, select, self._stop)
        start(self, work, "listing", exclusive=True)

    async def _list(self, folder: Path, select: Path | None, stop: threading.Event) -> None:
        read = partial(list_folder, folder, hidden=self._hidden, stop=stop.is_set)
        try:
            listing = await asyncio.to_thread(read)
        except Cancelled:
            return
        except KashafError as error:
            self._reading = False
            self._listing = Listing(folder, _first(folder))
            self.files.show([], self.say.told(error))
            self._tell()
            return
        self._reading = False
        self._listing = Listing(folder, (*_first(folder), *listing.entries), listing.hidden)
        self._fill(select)

    def _say_reading(self) -> None:
        if self._reading:
            self.files.show([], self.say("reading folder"))

    async def _find_places(self, *, show: bool) -> None:
        def find() -> tuple[Entry, ...]:
            return places(Path.home(), self._flow.importer.recent())

        self._known = await asyncio.to_thread(find)
        if show and self.folder is None:
            self._reading = False
            self._listing = Listing(Path("/"), self._known)
            self._fill(None)
        self._show_places()

    # Showing

    def _fill(self, select: Path | None = None) -> None:
        """Show the entries that the filter lets through; the one that was selected stays so."""
        entries = self._listing.entries
        if self._filter and self.field.has_focus:
            rows = beginning(entries, self._filter)
        elif self._filter:
            own = [entry for entry in entries if entry.kind not in ("up", "here")]
            rows = list(matching(own, self._filter))
        else:
            rows = list(entries)
        empty = self.say("no places") if self.folder is None else self.say("empty folder")
        if self._filter:
            empty = self.say("no match", text=isolated(shown_name(self._filter)))
        self.files.show(rows, empty, keep=select is None and not self._filter)
        if select is not None:
            self.files.select(next((at for at, row in enumerate(rows) if row.path == select), 0))
        elif self.files.selected == 0 and not self._filter and self.folder is not None:
            # The first entry of its own, where there is one.
            self.files.select(min(len(_first(self.folder)), max(0, len(rows) - 1)))
        self._tell()

    def _show_path(self) -> None:
        shown = "" if self.folder is None else str(self.folder).rstrip("/") + "/"
        self.field.set(shown_name(shown) if shown else "")
        self.field.buffer.move(len(self.field.value))
        self.field.lay_anew()

    def _show_places(self) -> None:
        pieces = [Piece(self.say("places are") + " ")]
        for at, entry in enumerate(self._known[:_PLACES_SHOWN]):
            name = self.say("home") if entry.path == Path.home() else entry.path.name or "/"
            look = "place--here" if entry.path == self.folder else ""
            pieces += [Piece(isolated(shown_name(name)[:_PLACE_ROOM]), str(at), look), Piece("  ")]
        self.places_line.put(pieces)

    def _tell(self) -> None:
        """The lines around the list."""
        say, row = self.say, self.files.current
        marked = len(self.files.marks)
        own = sum(entry.kind not in ("up", "here") for entry in self._listing.entries)
        right = [say("entries", n=own)]
        if self._listing.hidden:
            right.append(say("not shown", n=self._listing.hidden))
        if marked:
            right.insert(0, say("marked files", n=marked))
        title = say("add") if self.folder is not None else f"{say('add')} · {say('places title')}"
        self.head.show(title, facts(right))
        parts = []
        if self._filter and not self.field.has_focus:
            parts.append(say("filter", text=isolated(shown_name(self._filter))))
        if row is not None and row.kind == "broken":
            parts += [say("link to", path=path_words(row.target)), say("broken link")]
        elif row is not None and row.target:
            parts.append(say("link to", path=path_words(row.target)))
            parts.append(say("link inside"))
        elif not own and self._listing.hidden:
            parts.append(say("only hidden", n=self._listing.hidden))
        elif row is not None:
            parts.append(isolated(shown_name(row.name)))
        self.about.show(" " + facts(parts) if parts else "")
        self.how.show(" " + say("will link" if self._flow.link else "will copy"))
        self._show_places()

    # What is typed, chosen and marked

    @on(FileList.Typed)
    def _on_typed(self, message: FileList.Typed) -> None:
        self._filter += message.character
        self._fill()

    @on(FileList.Erased)
    def _on_erased(self) -> None:
        if self._filter:
            self._filter = self._filter[:-1]
            self._fill()
        else:
            self._up()

    def _up(self) -> None:
        if self.folder is None:
            return
        above = self.folder.parent
        if above == self.folder:
            self.action_places()
        else:
            self.go(above, select=self.folder)

    @on(RowList.Moved)
    def _on_moved(self) -> None:
        self._tell()

    @on(FileList.Marked)
    def _on_marked(self, message: FileList.Marked) -> None:
        self._toggle(message.entry)

    def _toggle(self, entry: Entry) -> None:
        marks = self.files.marks
        if entry.path in marks:
            del marks[entry.path]
        elif not entry.importable:
            self._flow.tell(self.say("broken link" if entry.kind == "broken" else "not importable"))
        else:
            marks[entry.path] = entry
        self.files.refresh()
        self._tell()

    @on(RowList.Chosen)
    def _on_chosen(self) -> None:
        entry = self.files.current
        if entry is None:
            return
        if entry.kind == "up":
            self._up()
        elif entry.opens:
            self.go(entry.path)
        else:
            self._toggle(entry)

    @on(PieceLine.Chosen)
    def _on_place_chosen(self, message: PieceLine.Chosen) -> None:
        entry = self._known[int(message.means)]
        if entry.opens:
            self.go(entry.path)
        else:
            self.go(entry.path.parent, select=entry.path)
        self.set_focus(self.files)

    # The field

    @on(Changed)
    def _on_changed(self, message: Changed) -> None:
        folder, name = split_typed(message.value, self._last)
        if folder != self.folder:
            self.go(folder, typed=name)
        else:
            self._filter = name
            self._fill()

    @on(Submitted)
    def _on_submitted(self, message: Submitted) -> None:
        """Go to the folder that was typed; a file that was typed is marked."""
        folder, name = split_typed(message.value, self._last)
        if not name:
            self._leave(folder)
            return
        found = [entry for entry in self._listing.entries if entry.name == name]
        if not found:
            found = [entry for entry in self._listing.entries if entry.needle == needle(name)]
        if found and found[0].opens:
            self._leave(found[0].path)
        elif found:
            self._toggle(found[0])
            self._leave(folder, found[0].path)
        else:
            self._flow.tell(self.say("nothing at", path=path_words(message.value)))

    def _leave(self, folder: Path, select: Path | None = None) -> None:
        self.set_focus(self.files)
        self.go(folder, select)

    def action_leave_field(self) -> None:
        """Back to the list, where it was."""
        self.set_focus(self.files)
        if self.folder is None:
            self.action_places()
        else:
            self.go(self.folder)

    def action_into_list(self) -> None:
        """Into the list, as it was narrowed by what was typed."""
        self.set_focus(self.files)
        self.call_after_refresh(self._tell)

    def action_complete(self) -> None:
        """As much of the name as is certain; once more of it where there is one only."""
        value = self.field.value
        folder, name = split_typed(value, self._last)
        if folder != self._listing.folder or self._reading:
            return
        own = [entry for entry in self._listing.entries if entry.kind not in ("up", "here")]
        found = beginning(own, name)
        if not found:
            self._flow.tell(self.say("nothing begins so"))
            return
        common = found[0].name if len(found) == 1 else common_beginning([entry.name for entry in found])
        if len(common) < len(name):
            common = name
        ending = "/" if len(found) == 1 and found[0].opens else ""
        completed = value[: len(value) - len(name)] + common + ending
        if completed == value:
            self.action_into_list()
            return
        self.field.set(completed)
        self.field.buffer.move(len(completed))
        self.field.lay_anew()
        self._on_changed(Changed(self.field, completed))

    # Keys of the screen

    def action_start(self) -> None:
        self._begin(dry_run=False)

    def action_look(self) -> None:
        self._begin(dry_run=True)

    def _begin(self, *, dry_run: bool) -> None:
        chosen = list(self.files.marks.values()) or ([self.files.current] if self.files.current else [])
        wanted = [entry for entry in chosen if entry.importable]
        if not wanted:
            self._flow.tell(self.say("not importable"))
            return
        roots = tuple(entry.path for entry in wanted)
        self._flow.begin(Job(roots, link=self._flow.link, dry_run=dry_run))

    def action_link(self) -> None:
        self._flow.link = not self._flow.link
        self._tell()

    def action_hidden(self) -> None:
        self._hidden = not self._hidden
        if self.folder is not None:
            current = self.files.current
            self.go(self.folder, select=current.path if current is not None else None)

    def action_places(self) -> None:
        """What is mounted now, and where articles came from before."""
        self._stop.set()
        self.folder, self._filter = None, ""
        self._reading = True
        self.set_focus(self.files)
        self._show_path()
        self.files.show([], keep=False)
        start(self, partial(self._find_places, show=True), "places", exclusive=True)

    def action_path(self) -> None:
        self._filter = ""
        self.set_focus(self.field)

    def action_help(self) -> None:
        self.app.push_screen(HelpScreen(self.say, "add"))

    def action_back(self) -> None:
        if self._filter:
            self._filter = ""
            self._fill()
        else:
            self._flow.folder = self._last
            self.dismiss()


def _first(folder: Path) -> tuple[Entry, ...]:
    """The lines before a folder's own entries: the folder above, and the folder itself."""
    here = Entry(".", folder, "here")
    return (here,) if folder.parent == folder else (Entry("..", folder.parent, "up"), here)
