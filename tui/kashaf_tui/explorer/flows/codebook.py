"""The codebook from the main screen: opened, changed on the notes' thread, and the notes of a code shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from kashaf.errors import KashafError
from kashaf.notes.codebook import Code, Codebook, Count, tally
from kashaf.notes.codebook_deeds import Added, Deed, Hidden, Renamed, Set
from kashaf_tui.explorer.codes import Codes
from kashaf_tui.explorer.desk import Desk
from kashaf_tui.explorer.engine import Engine
from kashaf_tui.explorer.messages import Trouble
from kashaf_tui.explorer.panes.codes import shown_path

if TYPE_CHECKING:
    from kashaf.notes.store import NoteStore
    from kashaf_tui.explorer.screens.codebook import CodebookScreen
    from kashaf_tui.explorer.screens.main import MainScreen

T = TypeVar("T")


class CodebookFlow:
    """Belongs to the main screen. A change is made like one of the notes: queued, saved, said."""

    def __init__(self, screen: MainScreen, engine: Engine, desk: Desk) -> None:
        self._screen = screen
        self._engine = engine
        self._desk = desk
        self._shown: CodebookScreen | None = None

    @property
    def _codes(self) -> Codes:
        return self._desk.codes

    def open(self) -> None:
        from kashaf_tui.explorer.screens.codebook import CodebookScreen  # noqa: PLC0415 -- not before first paint

        self._shown = CodebookScreen(self._screen.say, self)
        self._screen.app.push_screen(self._shown)

    async def load(self) -> tuple[Codebook, tuple[KashafError, ...]]:
        """The codebook as it is on disk now, and what was passed over of it."""
        try:
            loaded = (await self._desk.ask(self._codes.load)).loaded
        except KashafError as error:
            self._screen.post_message(Trouble(error, "codebook"))
            return self._desk.codebook, ()
        self._desk.codebook = loaded.codebook
        return loaded.codebook, loaded.problems

    def counts(self) -> dict[str, Count]:
        """How many notes bear each tag, and each code above one."""
        return tally(note.tags for note in self._screen.noting.notes)

    def show_notes(self, code: str) -> None:
        """The notes of a code, and of those below it, in their pane."""
        self._screen.noting.only(code)

    # Changes

    def add(self, code: Code) -> None:
        word = self._say("code added", code=code.path)
        self._make(lambda store: self._codes.add(store, code), word, select=code.path)

    def change(self, code: Code) -> None:
        self._make(lambda store: self._codes.change(store, code), self._say("code changed", code=code.path))

    def hide(self, path: str, hidden: bool) -> None:
        word = self._say("code now hidden" if hidden else "code now shown", code=path)
        self._make(lambda store: self._codes.hide(store, path, hidden), word)

    def rename(self, old: str, new: str) -> None:
        author = self._desk.author
        word = self._say("code renamed", old=old, new=new)
        self._make(
            lambda store: self._codes.rename(store, old, new, author), word, self._retagged, select=new
        )

    def undo(self) -> None:
        self._take_back(self._codes.undo, "code undone", "nothing to take back")

    def redo(self) -> None:
        author = self._desk.author
        self._take_back(lambda store: self._codes.redo(store, author), "code redone", "nothing to do again")

    def _take_back(self, work: Callable[[NoteStore], Deed | None], done: str, nothing: str) -> None:
        def words(deed: Deed | None) -> str:
            return self._say(nothing) if deed is None else self._say(done, what=self._deed_words(deed))

        self._make(work, "", words, select=_path_of)

    def _make(
        self,
        work: Callable[[NoteStore], T],
        word: str,
        outcome: Callable[[T], str] | None = None,
        *,
        select: str | Callable[[T], str] = "",
    ) -> None:
        """Make a change, then show the codebook and say what was done.

        outcome: more to say of it. select: the code to go on with.
        """
        screen = self._shown

        async def make() -> None:
            # A wrapper, so that an outcome of None is told from a refusal.
            done = await self._screen.noting.make(
                lambda: self._desk.change(lambda store: (work(store),)), word
            )
            if screen is None or done is None:
                return
            said = " · ".join(filter(None, (word, outcome(done[0]) if outcome is not None else "")))
            await screen.refreshed(said, select(done[0]) if callable(select) else select)

        self._screen.run_worker(make(), group="codebook")

    def _retagged(self, notes: int) -> str:
        return self._say("retagged", n=notes) if notes else ""

    def _deed_words(self, deed: Deed) -> str:
        match deed:
            case Renamed(old, new):
                return self._say("deed rename", old=old, new=new)
            case Hidden(path, hidden):
                return self._say("deed hide" if hidden else "deed show", code=path)
            case Set(code):
                return self._say("deed set", code=code.path)
            case Added(codes):
                return self._say("deed add", code=", ".join(code.path for code in codes[:3]))

    def _say(self, key: str, **values: object) -> str:
        shown = {
            name: shown_path(one) if isinstance(one, str) and name != "what" else one
            for name, one in values.items()
        }
        return self._screen.say(key, **shown)


def _path_of(deed: Deed | None) -> str:
    """The code that a deed was about, as it is called before it; the screen knows if there is none."""
    match deed:
        case Renamed(old):
            return old
        case Hidden(path):
            return path
        case Set(code):
            return code.path
    return ""
