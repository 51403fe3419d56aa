"""What an examination finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal, get_args

from kashaf.errors import KashafError
from kashaf_index.codec.damage import reason

#: problem: something does not work, or answers wrongly. warning: it works, and something should be done all the same.
Status = Literal["ok", "warning", "problem"]
STATUSES: Final[tuple[Status, ...]] = get_args(Status)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    area: `index`, `notes`, `workspace` or `terminal`. check: what was looked at, a name for scripts. what: what is
    so, for the user. where: a path, or empty. cure: what to do, empty when nothing is.
    """

    area: str
    check: str
    status: Status
    what: str
    where: str = ""
    cure: str = ""


def ok(area: str, check: str, what: str) -> Finding:
    return Finding(area, check, "ok", what)


def trouble(area: str, check: str, error: KashafError | OSError, status: Status = "problem") -> Finding:
    """What an error says, as a finding."""
    if isinstance(error, KashafError):
        return Finding(area, check, status, error.what, error.where, error.cure)
    return Finding(area, check, status, reason(error), str(error.filename or ""))
