"""A fault of ours is told in one line; its details go to a file that can be sent to whoever mends it."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from types import TracebackType

DEBUG = "KASHAF_DEBUG"


def report_faults() -> None:
    """From now on an exception that nobody caught is written to a file instead of over the terminal.

    With KASHAF_DEBUG set in the environment Python's own report is shown.
    """
    if not os.environ.get(DEBUG):
        sys.excepthook = _report


def _report(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    details = "".join(traceback.format_exception(kind, error, trace))
    try:
        descriptor, path = tempfile.mkstemp(prefix="kashaf-fault-", suffix=".log")
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(details)
    except OSError:
        path = f"set {DEBUG}=1 and do it again to see them"
    sys.stderr.write(f"kashaf: stopped by a fault of its own ({kind.__name__}). Details: {path}\n")
