"""Work beside the event loop, begun only if there still is one."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from textual.dom import DOMNode
from textual.worker import WorkType


def start(
    node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str, *, exclusive: bool = False
) -> None:
    """Run `work` as a worker of `node`. Of a node that is going away it is not even called."""
    given: WorkType[None] = work
    node.run_worker(given, group=group, exclusive=exclusive)
