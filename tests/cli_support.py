"""The `kashaf` command as a user meets it: in a process of its own, or within this one where that is enough."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
import unicodedata
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest import mock

from kashaf_tui import cli

#: What this program itself may send to a terminal: BDSM, and rich's colours and progress bar.
OUR_SEQUENCES = (r"\x1b\[8[lh]", r"\x1b\[[0-9;]*m", r"\x1b\[\?25[lh]", r"\x1b\[2K", r"\x1b\[1A", r"\r")
_BIDI_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Ran:
    """How a command ended, and what it wrote."""

    code: int
    out: bytes
    err: bytes

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def messages(self) -> str:
        return self.err.decode()

    @property
    def json(self) -> Any:
        """stdout as JSON; fails when anything else stands there."""
        return json.loads(self.out)


def kashaf(*arguments: str | Path) -> Ran:
    """`kashaf ARGUMENTS` in this process, through the same `run` as the entry point; output is no terminal."""
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="ascii", write_through=True) for _ in range(2))
    with (
        mock.patch.object(sys, "argv", ["kashaf", *map(str, arguments)]),
        # Both are for good, and would hold for the tests after this one.
        mock.patch.object(cli, "seal"),
        mock.patch.object(cli, "report_faults"),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        code = cli.run()
    return Ran(code, *(_written(stream) for stream in (out, err)))


def _written(stream: io.TextIOWrapper) -> bytes:
    stream.flush()
    assert isinstance(stream.buffer, io.BytesIO)
    return stream.buffer.getvalue()


def environment(**changes: str | None) -> dict[str, str]:
    """This process's, without what would steer the command; None takes a variable out."""
    steering = {"KASHAF_WORKSPACE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"}
    kept: Mapping[str, str | None] = {k: v for k, v in os.environ.items() if k not in steering}
    return {name: value for name, value in {**kept, **changes}.items() if value is not None}


def spawn(
    *arguments: str | bytes | Path,
    cwd: Path | None = None,
    env: dict[str, str] | None = None,
    seconds: float = 60,
) -> Ran:
    """`kashaf ARGUMENTS` in a process of its own, with pipes."""
    done = subprocess.run(
        [sys.executable, "-m", "kashaf_tui", *arguments],
        cwd=cwd,
        env=environment() if env is None else env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=seconds,
        check=False,
    )
    return Ran(done.returncode, done.stdout, done.stderr)


def unsafe(text: str) -> list[str]:
    """The characters of `text` that a terminal could obey or be misled by, newlines and tabs aside."""
    found = {
        char
        for char in text
        if char not in "\n\t" and (unicodedata.category(char) in {"Cc", "Cs", "Cn"} or char in _BIDI_CONTROLS)
    }
    return sorted(map(ascii, found))
