"""The codebook of a workspace: what the analyst wrote by hand, and what was done in the app since.

`CASE/codebook.yaml` is hand-written and never touched. `CASE/state/codebook.yaml` is a list of deeds in the order
they were done: codes added, recoloured, described, renamed, hidden. They are done again on what is written by hand
each time both are read. Which wins is the analyst's latest deed: a colour or description set in the app holds until
the hand-written one is changed, because the deed remembers what it replaced. Undoing takes the last deed away.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.errors import BadInput, KashafError, UsageError
from kashaf.notes.codebook import SEPARATOR, Code, Codebook, check_path, join
from kashaf.notes.codebook_deeds import (
    MAX_DEEDS,
    Added,
    Deed,
    Hidden,
    Renamed,
    Set,
    clean_code,
    done,
    from_bytes,
    replayed,
    to_text,
    updated,
)
from kashaf.notes.codebook_yaml import Written, parse
from kashaf.said import said
from kashaf.storage.atomic import ensure_dir, read_bytes, write_text
from kashaf.storage.lock import Lock
from kashaf.yaml_safe import MAX_BYTES

if TYPE_CHECKING:
    from kashaf.workspace import Workspace

NAME: Final = "codebook.yaml"
_PATIENCE: Final = 10.0  # seconds for another window to finish a deed


@dataclass(frozen=True, slots=True)
class Loaded:
    """The codebook as it is now. problems: what was passed over in either file, for the analyst to mend.

    deeds: what was done in the app. by_hand: the hand-written codes by the paths they have now.
    """

    codebook: Codebook
    problems: tuple[KashafError, ...] = ()
    deeds: tuple[Deed, ...] = ()
    by_hand: dict[str, Code] = field(default_factory=dict, hash=False)


def of_workspace(workspace: Workspace) -> Loaded:
    """The codebook of a workspace. Raises DiskTrouble."""
    return load(workspace.codebook_file, workspace.state / NAME)


def load(by_hand: Path, overlay: Path) -> Loaded:
    """Read both files, either of which need not be there.

    Raises DiskTrouble. What cannot be understood is passed over and reported.
    """
    written = _by_hand(by_hand)
    problems = written.problems
    deeds: tuple[Deed, ...] = ()
    try:
        deeds = _deeds(overlay)
    except BadInput as error:
        problems = (*problems, error)
    return replace(_loaded(written, deeds), problems=problems)


def _by_hand(path: Path) -> Written:
    try:
        return _parsed(read_bytes(path, limit=MAX_BYTES) or b"", path.name)
    except BadInput as error:
        return Written(Codebook(), (error,))


@lru_cache(maxsize=2)
def _parsed(data: bytes, name: str) -> Written:
    """Remembered: every deed is done to what is written by hand, which rarely changes."""
    try:
        return parse(data.decode("utf-8-sig"), name)
    except UnicodeDecodeError:
        problem = BadInput(said("not UTF-8"), where=name, cure=said("Save it as UTF-8"))
        return Written(Codebook(), (problem,))


def _deeds(path: Path) -> tuple[Deed, ...]:
    return from_bytes(read_bytes(path, limit=MAX_BYTES) or b"", str(path))


def _loaded(written: Written, deeds: tuple[Deed, ...]) -> Loaded:
    codebook, hand = replayed(written.codebook, deeds)
    return Loaded(codebook, written.problems, deeds, hand)


# Changes


class CodebookFile:
    """A workspace's codebook with its deeds. Each is on the disk when the call returns."""

    def __init__(self, workspace: Workspace) -> None:
        """Raises DiskTrouble."""
        self._by_hand = workspace.codebook_file
        self._overlay = workspace.state / NAME
        self._undone: list[Deed] = []
        self.loaded = load(self._by_hand, self._overlay)

    @property
    def codebook(self) -> Codebook:
        return self.loaded.codebook

    def reload(self) -> Codebook:
        """Read again what another window, or an editor, may have written. Raises DiskTrouble."""
        self.loaded = load(self._by_hand, self._overlay)
        return self.codebook

    def add(self, *codes: Code) -> Codebook:
        """Raises UsageError for a path that is none, or already a code; otherwise as `do`."""
        clean = tuple(clean_code(code) for code in codes)
        for code in clean:
            if self.codebook.find(code.path) is not None:
                raise UsageError(
                    said("there is such a code"), where=code.path, cure=said("Give it another name")
                )
        return self.do(Added(clean))

    def change(self, code: Code) -> Codebook:
        """Give the code of that path its colour, description and examples. Raises UsageError when it is unknown."""
        return self.do(Set(clean_code(code)))

    def rename(self, old: str, new: str) -> Codebook:
        """Rename a code, or a tag that is none, with all under it. The notes are the note store's to retag."""
        return self.do(Renamed(check_path(old), check_path(new)))

    def move(self, path: str, under: str) -> Codebook:
        """Put a code under another, or at the top for nothing."""
        return self.rename(path, join(under, path.rpartition(SEPARATOR)[2]))

    def hide(self, path: str, hidden: bool = True) -> Codebook:
        return self.do(Hidden(path, hidden))

    def do(self, deed: Deed) -> Codebook:
        """Do and keep a deed.

        Raises UsageError when it cannot be done, BadInput when the overlay cannot be read (it is left as it is),
        DiskTrouble and Locked; nothing is changed then.
        """
        with self._locked():
            now = self._read()
            if isinstance(deed, Set):
                path = deed.code.path
                code = updated(now.codebook.known(path), self.codebook.known(path), deed.code)
                deed = Set(code, now.by_hand.get(path))
            if len(now.deeds) >= MAX_DEEDS:
                raise UsageError(
                    said("over {n} changes to the codebook", n=MAX_DEEDS),
                    where=str(self._overlay),
                    cure=said("Write it out with `kashaf notes codes export`, and begin anew from that"),
                )
            done(now.codebook, deed, now.by_hand)
            self._write((*now.deeds, deed))
        self._undone.clear()
        return self.codebook

    def undo(self) -> Deed | None:
        """Take the last deed back, whoever did it and when; None when there is none. Raises as `do`."""
        with self._locked():
            now = self._read()
            if not now.deeds:
                return None
            self._write(now.deeds[:-1])
        self._undone.append(now.deeds[-1])
        return now.deeds[-1]

    @property
    def next_redo(self) -> Deed | None:
        """What was undone last by this object, and would be done again."""
        return self._undone[-1] if self._undone else None

    def redo(self) -> Deed | None:
        """Do again what was undone last by this object; None when there is nothing. Raises as `do`."""
        if not self._undone:
            return None
        left = self._undone[:-1]
        deed = self._undone[-1]
        self.do(deed)
        self._undone = left
        return deed

    @contextmanager
    def _locked(self) -> Iterator[None]:
        ensure_dir(self._overlay.parent)
        lock = Lock(self._overlay, said("changing the codebook"))
        lock.acquire(blocking=True, timeout=_PATIENCE)
        try:
            yield
        finally:
            lock.release()

    def _read(self) -> Loaded:
        """Both files as they are now. Raises BadInput, so that an overlay that was not understood is never lost."""
        return _loaded(_by_hand(self._by_hand), _deeds(self._overlay))

    def _write(self, deeds: tuple[Deed, ...]) -> None:
        write_text(self._overlay, to_text(deeds))
        self.loaded = _loaded(_by_hand(self._by_hand), deeds)
