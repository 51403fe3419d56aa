"""What a command or the explorer works on: the workspace and its stores, each opened when first asked for."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Catalogue
    from kashaf.entities.namebook import NameBook
    from kashaf.entities.store import MentionStore
    from kashaf.notes.store import NoteStore
    from kashaf.workspace import Workspace
    from kashaf_index.search import Searcher


class Session:
    """Lazy access to one workspace. Nothing is read before it is needed: start-up time is a feature."""

    def __init__(self, given: Path | None) -> None:
        self.given = given

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
        from kashaf_index.search import Searcher  # noqa: PLC0415

        return Searcher.open(self.workspace.index)

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
