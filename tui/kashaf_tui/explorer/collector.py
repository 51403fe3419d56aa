"""The garbage collector, for a program whose frames must not wait for it."""

from __future__ import annotations

import gc
from typing import Final

_THRESHOLDS: Final = (700, 10, 100)


def calm_collector() -> None:
    """Leave what is loaded out of all collections, and look through what is old more seldom.

    A full collection goes through every object there is, 30 ms and more once Textual is loaded, and scrolling asks
    for one in every second. Call it once, when all modules are loaded and before the first frame.
    """
    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
