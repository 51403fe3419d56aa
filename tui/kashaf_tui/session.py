"""What a command or the explorer works on: the workspace and its stores, each opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.corpus.stories import Stories
    from kashaf.entities.book.curation import Curation
    from kashaf.entities.book.inforce import NameFiles, Names
    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.book.spellings import Spellings
    from kashaf.entities.tables.store import MentionStore
    from kashaf.errors import KashafError
    from kashaf.notes.model import Note
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace
    from kashaf_index.aliascache import AliasCache
    from kashaf_index.aliases import Aliases
    from kashaf_index.search import Searcher
    from kashaf_tui.passphrase import Asker

_Version = tuple[int, int, int]


class Session:
    """Lazy access to one workspace. Nothing is read before it is needed: start-up time is a feature."""

    def __init__(self, given: Path | None) -> None:
        self.given = given
        self._notes_read: tuple[tuple[_Version | None, _Version | None], list[Note]] | None = None
        self._stories_read: tuple[_Version | None, Stories] | None = None
        self._names_read: tuple[object, Names] | None = None

    @cached_property
    def workspace(self) -> Workspace:
        from kashaf.workspace import locate  # noqa: PLC0415

        return locate(self.given)

    @cached_property
    def catalogue(self) -> Catalogue:
        from kashaf.corpus.catalogue import Catalogue  # noqa: PLC0415

        return Catalogue(self.workspace.catalogue)

    @cached_property
    def searcher(self) -> Searcher:
        """Raises IndexMissing or IndexDamaged, each saying what to run."""
        return self.open_searcher()

    def open_searcher(self) -> Searcher:
        """The newest generation, with what a query may ask beside it. Raises IndexMissing or IndexDamaged."""
        from kashaf_index.joins import StoreJoins  # noqa: PLC0415
        from kashaf_index.search import Searcher  # noqa: PLC0415

        searcher = Searcher.open(self.workspace.index)
        searcher.joins = StoreJoins(lambda: self.mentions, lambda: self.name_book, self._all_notes)
        searcher.expander = self._expander()
        searcher.stories = self.stories
        return searcher

    def _expander(self) -> Aliases:
        from kashaf_index.aliases import Aliases  # noqa: PLC0415

        return Aliases(lambda: self.name_book, lambda: self.spellings, self._alias_cache())

    def _alias_cache(self) -> AliasCache:
        from kashaf.entities.book.shipped import NAMES, SPELLINGS  # noqa: PLC0415
        from kashaf_index.aliascache import AliasCache  # noqa: PLC0415

        workspace = self.workspace
        books = (NAMES, workspace.names_file, workspace.names_overlay, SPELLINGS, workspace.spellings_file)
        return AliasCache(workspace.derived / "aliases.json", books)

    @cached_property
    def spellings(self) -> Spellings:
        from kashaf.entities.book.spellings import Spellings  # noqa: PLC0415

        return Spellings.load(overlays=[self.workspace.spellings_file])

    @cached_property
    def name_files(self) -> NameFiles:
        """Where names are written, by hand and by the app."""
        from kashaf.entities.book.inforce import NameFiles  # noqa: PLC0415

        workspace = self.workspace
        return NameFiles(workspace.names_file, workspace.names_overlay, workspace.names_kept)

    @property
    def names(self) -> Names:
        """The names in force; read again only when a file is another one."""
        version = self.name_files.version
        if self._names_read is None or self._names_read[0] != version:
            self._names_read = version, self.name_files.load()
        return self._names_read[1]

    @property
    def names_known(self) -> Names | None:
        """The names in force if they are known without reading a file, else None."""
        known = self._names_read
        return known[1] if known is not None and known[0] == self.name_files.version else None

    @property
    def name_book(self) -> NameBook:
        """The newest name book, as the analyst has decided."""
        return self.names.book

    @property
    def name_problems(self) -> tuple[KashafError, ...]:
        """What is wrong with the name book's files, or passed over in them; the last good ones are used meanwhile."""
        return self.names.problems

    @cached_property
    def curation(self) -> Curation:
        """What the analyst may do to names; `apply_names` makes it true."""
        from kashaf.entities.book.curation import Curation  # noqa: PLC0415

        workspace = self.workspace
        return Curation(workspace.names_overlay, workspace.names_file, self.author, kept=workspace.names_kept)

    @cached_property
    def mentions(self) -> MentionStore:
        """What was read of the articles, under the names in force."""
        from kashaf.entities.tables.store import MentionStore  # noqa: PLC0415

        store = MentionStore(self.workspace.mentions)
        store.apply(self.names.rules, self.names.book)
        return store

    def apply_names(self) -> frozenset[str]:
        """Make names true everywhere at once, after a decision or a change of `names.yaml`.

        Returns the articles that are to be read again: a few are when it returns, many are pending. Any thread may
        call it, also while another process reads articles.
        """
        from kashaf_index.mentions import apply_names  # noqa: PLC0415

        names = self.names
        if "searcher" in self.__dict__:
            self.searcher.expander = self._expander()
        return apply_names(self.workspace.index, self.mentions, names)

    def notes(self, *, read_only: bool = False) -> NoteStore:
        """Raises StoreDamaged, naming the newest good backup."""
        from kashaf.notes.store import NoteStore  # noqa: PLC0415

        return NoteStore.open(
            self.workspace.notes_file, read_only=read_only, sealer=self.sealer, author=self.author
        )

    @cached_property
    def sealer(self) -> Asker:
        """Who knows the passphrase of encrypted notes, or asks for it."""
        from kashaf_tui.passphrase import Asker  # noqa: PLC0415

        return Asker()

    def unlock(self) -> None:
        """Ask for the passphrase of encrypted notes while there is a line to type it on; three times at most.

        What else is wrong with the notes is not said here. Raises NotesSealed.
        """
        from kashaf.errors import KashafError  # noqa: PLC0415
        from kashaf.notes.sealing import NotesSealed, is_sealed  # noqa: PLC0415
        from kashaf_tui.commands.output import message  # noqa: PLC0415

        if not is_sealed(self.workspace.notes_file):
            return
        for left in (2, 1, 0):
            try:
                self.notes(read_only=True).close()
            except NotesSealed as error:
                if not left:
                    raise
                self.sealer.forget()
                message(str(error))
            except KashafError:
                return
            else:
                return

    @cached_property
    def author(self) -> str:
        """Whose the notes are that are made here: as kashaf.yaml says, else who has logged in."""
        return self.workspace.settings.author or _login_name()

    def stories(self) -> Stories:
        """The newest stories; read again only when the file is another one."""
        from kashaf.corpus.stories import FILE, Stories  # noqa: PLC0415

        version = _version(self.workspace.stories / FILE)
        if self._stories_read is None or self._stories_read[0] != version:
            self._stories_read = version, Stories.load(self.workspace.stories)
        return self._stories_read[1]

    def _all_notes(self) -> list[Note]:
        """Every note as it stands on disk; read again only when the file is another one."""
        path = self.workspace.notes_file
        version = _version(path), _version(path.with_suffix(".journal"))
        if version == (None, None):
            return []
        if self._notes_read is None or self._notes_read[0] != version:
            with self.notes(read_only=True) as store:
                self._notes_read = version, store.notes()
        return self._notes_read[1]


def _login_name() -> str:
    """Empty when the system does not know it, as in a bare container."""
    from getpass import getuser  # noqa: PLC0415

    from kashaf.text.sanitise import sanitise_line  # noqa: PLC0415

    try:
        return sanitise_line(getuser())
    except (OSError, KeyError, ImportError):
        return ""


def _version(path: Path) -> _Version | None:
    """What tells a file from one that replaced it; None without one."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
