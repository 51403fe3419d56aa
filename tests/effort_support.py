"""Whether work grows with its input alone, said without a clock: a busy machine takes longer, and does no more.

`effort` counts the lines of Python that ran and the functions of C that were called. What such a function does within
one call is not counted: for patterns, copies and searches there is `bounded`, with an input so large that work in its
square would take hours.
"""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, TypeVar

T = TypeVar("T")

#: Seconds of this process's own time, which other processes do not use up.
_NET = 60.0
#: Four times the input: 4 is linear, 16 quadratic; a twelfth of the work in the square is seen.
_TIMES = 4
_MOST = 5.0
#: What an input too short to be judged may cost.
_LEAST = 2_000


def effort(work: Callable[[], object]) -> int:
    """How many lines of Python and calls of C functions `work` takes in this thread.

    A loop on one line counts once a turn. The figure is the same on every run of one interpreter, but for what
    caches already hold: run the work before it is counted where that matters.
    """
    count = 0

    def on_line(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal count
        count += event == "line"
        return on_line

    def on_call(frame: FrameType, event: str, arg: object) -> None:
        nonlocal count
        count += event == "c_call"

    # What measures coverage, or a debugger, goes on afterwards.
    tracing, profiling = sys.gettrace(), sys.getprofile()
    sys.settrace(on_line)
    sys.setprofile(on_call)
    try:
        work()
    finally:
        sys.settrace(tracing)
        sys.setprofile(profiling)
    return count


def assert_linear(make: Callable[[int], T], work: Callable[[T], object], size: int) -> None:
    """Four times the input takes about four times the effort; were it quadratic, sixteen times.

    make: an input of a size; it is not counted. work: what is judged; it runs on the larger input first, so that
    caches are full.
    """
    less, more = make(size), make(size * _TIMES)
    work(more)
    few, many = effort(lambda: work(less)), effort(lambda: work(more))
    assert many < _MOST * max(few, _LEAST), f"{few} steps become {many} for {_TIMES} times the input"


@contextmanager
def bounded() -> Iterator[None]:
    """A net under work on an input so large that anything worse than linear would not end today.

    It counts this process's time, so that a busy machine cannot tear it. Between two steps of Python, or within a
    pattern, it ends the test; a single call of other C code has to return first.
    """

    def over(number: int, frame: FrameType | None) -> None:
        raise AssertionError(f"{_NET:.0f} s of work, and no end")

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, _NET)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
