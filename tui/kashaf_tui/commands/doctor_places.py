"""What `kashaf doctor` finds in the workspace's folders, and about the terminal."""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.verifying import verify
from kashaf.errors import BadInput, KashafError
from kashaf.said import said
from kashaf.workspace import CONFIG_NAME, Workspace, open_workspace
from kashaf_index.doctor.finding import Finding, Status, ok, trouble
from kashaf_tui.commands.output import is_terminal

if TYPE_CHECKING:
    from kashaf.corpus.catalogue import Entry
    from kashaf_tui.session import Session

#: Files of the articles whose hashes are compared.
SAMPLE: Final = 20
#: Less room than this, in bytes, and notes may not be saved.
LITTLE: Final = 64 << 20
#: An index that is built anew stands beside the one it replaces.
_ROOM: Final = 2

_AREA: Final = "workspace"


def opened(session: Session) -> tuple[Workspace | None, list[Finding]]:
    """The workspace, and what is wrong with its settings, with which it is opened as if it had none.

    None is made where there is none.
    """
    root = _root(session.given)
    try:
        workspace = open_workspace(root)
    except BadInput as error:
        return Workspace(root), [trouble(_AREA, "settings", error)]
    except KashafError as error:
        return None, [trouble(_AREA, "settings", error)]
    return workspace, [ok(_AREA, "settings", said("{path} is readable", path=root / CONFIG_NAME))]


def _root(given: Path | None) -> Path:
    """Where `kashaf.workspace.locate` looks, without making anything there."""
    if given is None and os.environ.get("KASHAF_WORKSPACE"):
        given = Path(os.environ["KASHAF_WORKSPACE"])
    if given is not None:
        return Path(os.path.abspath(os.path.expanduser(given)))  # noqa: PTH100, PTH111 -- as `locate` does
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / CONFIG_NAME).is_file():
            return folder
    import platformdirs

    return Path(platformdirs.user_data_dir("kashaf", appauthor=False)) / "workspace"


def folders(workspace: Workspace) -> Iterator[Finding]:
    """The files that are written by hand, the folders, and the room on their disk."""
    yield from _hand_written(workspace)
    used = (
        workspace.root,
        workspace.notes_file.parent,
        workspace.state,
        workspace.derived,
        workspace.index,
    )
    locked = [str(path) for path in used if path.is_dir() and not os.access(path, os.W_OK | os.X_OK)]
    if locked:
        what = said("nothing can be written here: the workspace can be searched and read, not changed")
        cure = said("Copy the workspace to a disk that can be written to, to add articles or notes")
        yield Finding(_AREA, "folders", "warning", what, locked[0], cure)
    else:
        yield ok(_AREA, "folders", said("the folders can be written to"))
    try:
        free = shutil.disk_usage(workspace.root).free
        held = sum(path.stat().st_size for path in workspace.index.rglob("*") if path.is_file())
    except OSError as error:
        yield trouble(_AREA, "room", error)
        return
    wanted = max(LITTLE, _ROOM * held)
    if free >= wanted:
        yield ok(_AREA, "room", said("there is room on the disk"))
        return
    what = said(
        "{free} MB are free on the disk; building the index anew may take {wanted}",
        free=free >> 20,
        wanted=wanted >> 20,
    )
    status: Status = "problem" if free < LITTLE else "warning"
    yield Finding(_AREA, "room", status, what, str(workspace.root), said("Make room on the disk"))


def _hand_written(workspace: Workspace) -> Iterator[Finding]:
    from kashaf.corpus.lines import LineDecisions
    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.book.spellings import Spellings
    from kashaf.notes import codebook_file

    found: list[Finding] = []
    readers: tuple[Callable[[], object], ...] = (
        lambda: NameBook.load(None, [workspace.names_file]),
        lambda: Spellings.load(None, [workspace.spellings_file]),
        lambda: LineDecisions.load(workspace.state, workspace.chrome_file),
    )
    for read in readers:
        try:
            read()
        except KashafError as error:
            found.append(trouble(_AREA, "lists", error))
    try:
        problems: Sequence[KashafError] = codebook_file.of_workspace(workspace).problems
    except KashafError as error:
        problems = [error]
    # What is wrong in it is passed over, and the rest is used.
    found += [trouble(_AREA, "codebook", problem, "warning") for problem in problems]
    yield from found or [ok(_AREA, "lists", said("the lists written by hand are readable"))]


def catalogue(workspace: Workspace) -> tuple[Catalogue | None, list[Finding]]:
    """The catalogue, None when it cannot be read, and what was found in it."""
    try:
        found = Catalogue(workspace.catalogue)
    except KashafError as error:
        return None, [trouble(_AREA, "catalogue", error)]
    count = sum(1 for _ in found.present())
    return found, [ok(_AREA, "catalogue", said("articles in the catalogue: {count}", count=count))]


class _Some(Catalogue):
    """A part of a catalogue, to be verified."""

    def __init__(self, whole: Catalogue, entries: Sequence[Entry]) -> None:
        self.sources = whole.sources
        self._some = entries

    def present(self) -> Iterator[Entry]:
        return iter(self._some)


def originals(
    workspace: Workspace, whole: Catalogue, on_progress: Callable[[int, int, str], None]
) -> Iterator[Finding]:
    """A sample of the originals against their hashes. Another sample each time."""
    entries = list(whole.present())
    chosen = random.sample(entries, min(SAMPLE, len(entries)))
    try:
        found = list(verify(workspace, _Some(whole, chosen), on_progress))
    except (KashafError, OSError) as error:
        yield trouble(_AREA, "originals", error)
        return
    for status, what, cure in (
        ("damaged", said("is not what was imported"), said("Bring it back from a copy of the workspace")),
        ("missing", said("is gone"), said("Bring it back from a copy of the workspace")),
        ("changed", said("is another file than was imported"), said("Run `kashaf index`")),
    ):
        for one in found:
            if one.status == status:
                yield Finding(
                    _AREA, "originals", "problem" if status != "changed" else "warning", what, one.path, cure
                )
    away = sum(one.status == "unavailable" for one in found)
    if away:
        what = said(
            "originals in a source that is not plugged in: {count} of {of}", count=away, of=len(found)
        )
        yield Finding(_AREA, "originals", "warning", what, cure=said("Plug it in to have them checked"))
    intact = sum(one.status == "intact" for one in found)
    if intact and intact == len(found):
        what = said("originals as imported: {count}; `kashaf verify` looks at all", count=intact)
        yield ok(_AREA, "originals", what)


def terminal(option: str | None) -> Iterator[Finding]:
    """What this terminal is taken for."""
    from kashaf_tui.terminal import choosing, remembered
    from kashaf_tui.terminal.probe import Question

    known = remembered.load()
    if known.trouble:
        yield Finding("terminal", "remembered", "warning", known.trouble)
    try:
        asked_for = choosing.override(option, os.environ)
    except KashafError as error:
        yield trouble("terminal", "profile", error)
        return
    if not (is_terminal(sys.stdout) and sys.stdin.isatty()):
        yield ok("terminal", "profile", said("not looked at: the output is no terminal"))
        return
    with Question(os.environ) as question:
        answers = question.ask()
    used = choosing.choose(answers, os.environ, asked_for, known)
    what = said("{terminal}: {why}", terminal=used.identity, why=used.why)
    if not used.certain:
        cure = said("Run `kashaf terminals`, and remember the profile in which the sentence reads right")
        yield Finding("terminal", "profile", "warning", what, cure=cure)
    elif used.advice:
        yield Finding("terminal", "profile", "warning", what, cure=used.advice)
    else:
        yield ok("terminal", "profile", what)
