"""Where the passphrase of encrypted notes comes from: a file that KASHAF_PASSPHRASE_FILE names, or the terminal.

Never an argument, which every process of the machine can read.
"""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Final

import click

from kashaf.errors import DiskTrouble, UsageError
from kashaf.notes.sealing import NotesSealed

VARIABLE: Final = "KASHAF_PASSPHRASE_FILE"
NEW_VARIABLE: Final = "KASHAF_NEW_PASSPHRASE_FILE"


class Asker:
    """Asks for the passphrase once, and remembers it until the process ends."""

    def __init__(self) -> None:
        self._known: str | None = None

    def passphrase(self, path: Path) -> str:
        """See `kashaf.notes.sealing.Sealer`. Raises NotesSealed where nobody can be asked."""
        if self._known is None:
            self._known = from_file(VARIABLE)
        if self._known is None:
            # Within the full screen there is no line to type it on: there the notes have a thread of their own.
            if not sys.stdin.isatty() or threading.current_thread() is not threading.main_thread():
                raise NotesSealed(
                    "the notes are encrypted, and there is no terminal to ask for the passphrase",
                    where=str(path),
                    cure=f"Write it to a file that only you can read, and name that file in {VARIABLE}",
                )
            self._known = str(click.prompt("Passphrase of the notes", hide_input=True, err=True))
        return self._known

    def forget(self) -> None:
        """Ask again the next time: it was not the right one."""
        self._known = None


def new(variable: str = VARIABLE) -> str:
    """A passphrase to be: of a file, or typed twice. Raises UsageError where nobody can be asked, DiskTrouble."""
    given = from_file(variable)
    if given is not None:
        return given
    if not sys.stdin.isatty():
        raise UsageError(
            "there is no terminal to ask for the passphrase",
            cure=f"Write it to a file that only you can read, and name that file in {variable}",
        )
    return str(click.prompt("New passphrase", hide_input=True, confirmation_prompt=True, err=True))


def from_file(variable: str) -> str | None:
    """The first line of the file that the variable names; None when it names none. Raises DiskTrouble, UsageError."""
    name = os.environ.get(variable)
    if not name:
        return None
    try:
        line = Path(name).read_text(encoding="utf-8-sig").split("\n", 1)[0].rstrip("\r")
    except OSError as error:
        raise DiskTrouble(error.strerror or "cannot be read", where=name) from error
    except UnicodeDecodeError as error:
        raise UsageError("the passphrase is not UTF-8", where=name) from error
    if not line:
        raise UsageError("the first line, the passphrase, is empty", where=name)
    return line
