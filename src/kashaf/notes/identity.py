"""Ids and times of notes: UUID version 7 (RFC 9562), and ISO 8601 UTC with seconds."""

from __future__ import annotations

import os
import threading
import time
import uuid
from datetime import UTC, datetime

_lock = threading.Lock()
_last = 0


def uuid7() -> str:
    """A new id, greater than every id this process made before, a clock set back notwithstanding.

    RFC 9562 section 6.2, method 1: 48 bits of milliseconds and a 12-bit counter that starts below 2048 at
    random each millisecond; a full counter borrows the next millisecond. 62 random bits follow.
    """
    global _last  # noqa: PLW0603 -- the last id is state of the process
    fresh = (time.time_ns() // 1_000_000 << 12) | (int.from_bytes(os.urandom(2)) & 0x7FF)
    with _lock:
        _last = ticks = max(fresh, _last + 1)
    random = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    number = (ticks >> 12) << 80 | 7 << 76 | (ticks & 0xFFF) << 64 | 0b10 << 62 | random
    return str(uuid.UUID(int=number))


def now() -> str:
    """The time as notes keep it: `2026-03-01T09:30:00Z`."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
