"""What a command or the explorer works on: the workspace and its stores, each opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.corpus.stories import Stories
    from kashaf.entities.namebook import NameBook
    from kashaf.entities.spellings import Spellings
    from kashaf.entities.store import MentionStore
    from kashaf.notes.model import Note
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace
    from kashaf_index.search import Searcher

_Version = tuple[int, int, int]


class Session:
    """Lazy access to one workspace. Nothing is read before it is needed: start-up time is a feature."""

    def __init__(self, given: Path | None) -> None:
        self.given = given
        self._notes_read: tuple[_Version, list[Note]] | None = None
        self._stories_read: tuple[_Version | None, Stories] | None = None

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
        from kashaf_index.aliases import Aliases  # noqa: PLC0415
        from kashaf_index.joins import StoreJoins  # noqa: PLC0415
        from kashaf_index.search import Searcher  # noqa: PLC0415

        searcher = Searcher.open(self.workspace.index)
        searcher.joins = StoreJoins(lambda: self.mentions, lambda: self.name_book, self._all_notes)
        searcher.expander = Aliases(lambda: self.name_book, lambda: self.spellings)
        searcher.stories = self.stories
        return searcher

    @cached_property
    def spellings(self) -> Spellings:
        from kashaf.entities.spellings import Spellings  # noqa: PLC0415

        return Spellings.load(overlays=[self.workspace.spellings_file])

    @cached_property
    def name_book(self) -> NameBook:
        from kashaf.entities.namebook import NameBook  # noqa: PLC0415

        return NameBook.load(overlays=[self.workspace.names_file])

    @cached_property
    def mentions(self) -> MentionStore:
        from kashaf.entities.store import MentionStore  # noqa: PLC0415

        return MentionStore(self.workspace.mentions)

    def notes(self, *, read_only: bool = False) -> NoteStore:
        """Raises StoreDamaged, naming the newest good backup."""
        from kashaf.notes.store import NoteStore  # noqa: PLC0415

        return NoteStore.open(self.workspace.notes_file, read_only=read_only)

    def stories(self) -> Stories:
        """The newest stories; read again only when the file is another one."""
        from kashaf.corpus.stories import FILE, Stories  # noqa: PLC0415

        version = _version(self.workspace.stories / FILE)
        if self._stories_read is None or self._stories_read[0] != version:
            self._stories_read = version, Stories.load(self.workspace.stories)
        return self._stories_read[1]

    def _all_notes(self) -> list[Note]:
        """Every note as it stands on disk; read again only when the file is another one."""
        version = _version(self.workspace.notes_file)
        if version is None:
            return []
        if self._notes_read is None or self._notes_read[0] != version:
            with self.notes(read_only=True) as store:
                self._notes_read = version, store.notes()
        return self._notes_read[1]


def _version(path: Path) -> _Version | None:
    """What tells a file from one that replaced it; None without one."""
    try:
        stat = path.stat()
    except OSError:
        return None
    return stat.st_ino, stat.st_mtime_ns, stat.st_size
