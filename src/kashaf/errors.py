"""One base error. Every error that reaches a user says what happened, where, and what to do.

Exit codes follow the command line's contract: 1 for a failure, 2 for wrong usage, 3 when some inputs failed
and the rest is done, and one of its own for each kind of damage so that scripts can tell them apart.
"""

from __future__ import annotations

from typing import ClassVar

from kashaf.said import said


class KashafError(Exception):
    """What happened, where it happened (a path or an id, or empty), and what the user can do about it."""

    exit_code: ClassVar[int] = 1

    def __init__(self, what: str, *, where: str = "", cure: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.cure = cure

    def __str__(self) -> str:
        head = said("{where}: {what}", where=self.where, what=self.what) if self.where else self.what
        return said("{head}. {cure}", head=head, cure=self.cure) if self.cure else head


class UsageError(KashafError):
    """The request itself is wrong: a span out of range, a date that is no date."""

    exit_code = 2


class NotFound(KashafError):
    """No article, note or entity answers to that name."""

    exit_code = 4


class BadInput(KashafError):
    """A file that cannot become an article, or a settings file that cannot be read."""

    exit_code = 3


class IndexMissing(KashafError):
    """The workspace has no index yet."""

    exit_code = 5


class IndexDamaged(KashafError):
    """The index on disk is not what was written. It is derived data: rebuilding it loses nothing."""

    exit_code = 6


class StoreDamaged(KashafError):
    """A precious file (notes, catalogue) is torn. It is kept aside and never overwritten."""

    exit_code = 7


class Locked(KashafError):
    """Another process holds the lock."""

    exit_code = 8


class DiskTrouble(KashafError):
    """The operating system refused to read or write: full disk, no permission, a stick pulled out."""

    exit_code = 9


class Cancelled(KashafError):
    """The user stopped the work. What was done until then is kept."""

    exit_code = 130

    def __init__(self, what: str = "stopped", *, where: str = "", cure: str = "") -> None:
        super().__init__(what, where=where, cure=cure)
