"""Nothing leaves the machine: every command, and the explorer, under a hook that refuses and records attempts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hygiene.conftest import Case
from tests.hygiene.offline import Offline, offline

Kashaf = Callable[..., str]


@pytest.fixture
def hooked(tmp_path: Path) -> Offline:
    return offline(tmp_path / "offline")


@pytest.mark.parametrize(
    "code",
    [
        "import socket; socket.getaddrinfo('localhost', 80)",
        "import socket; socket.socket().connect(('127.0.0.1', 9))",
        "import socket; socket.socket().bind(('127.0.0.1', 0))",
        "import socket; socket.socket(socket.AF_INET6)",
        "import urllib.request; urllib.request.urlopen('http://localhost:9/')",
        "import os, sys; os.execv(sys.executable, ['x', '-c', 'import socket; socket.gethostbyname(chr(97))'])",
    ],
)
def test_the_hook_sees_an_attempt(code: str, hooked: Offline) -> None:
    hooked.python("-c", f"try:\n {code}\nexcept OSError: pass")
    assert hooked.attempts


def test_commands_reach_for_no_network(indexed: Case, hooked: Offline, tmp_path: Path) -> None:
    case = tmp_path / "case"

    def kashaf(*arguments: str | Path) -> str:
        done = hooked.python("-m", "kashaf_tui", "-w", case, *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    # Two processes, because readers may run in children; trafilatura reads the HTML page.
    assert json.loads(kashaf("index", indexed.source, "--jobs", "2", "--json"))["added"]
    hits = json.loads(kashaf("search", "السد", "--json"))["hits"]
    assert hits
    article = hits[0]["id"]
    kashaf("kwic", "السد")
    kashaf("show", article, "--json")
    kashaf("entities", "--update", "--json")
    kashaf("notes", "add", article, "--span", "0:4", "--note", "للمراجعة")
    kashaf("notes", "list")
    kashaf("notes", "export", "-o", tmp_path / "notes.json")
    kashaf("notes", "import", tmp_path / "notes.json")
    kashaf("stats")
    assert hooked.attempts == []


_EXPLORE = """
import asyncio, sys
from pathlib import Path
from kashaf_tui.explorer.app import ExplorerApp
from kashaf_tui.session import Session

async def explore():
    app = ExplorerApp(Session(Path(sys.argv[1])))
    try:
        async with app.run_test(size=(120, 40)) as pilot:
            results = app.screen_stack[1].results
            for _ in range(600):
                await pilot.pause(0.05)
                if results.rows:
                    break
            assert results.rows
            await pilot.press("f4", "f5", "f6", "f2")
            await app.workers.wait_for_complete()
    finally:
        app.close_stores()

asyncio.run(explore())
"""


def test_the_explorer_reaches_for_no_network(indexed: Case, hooked: Offline, tmp_path: Path) -> None:
    case = shutil.copytree(indexed.workspace, tmp_path / "case")
    done = hooked.python("-c", _EXPLORE, case)
    assert done.returncode == 0, done.stderr
    assert hooked.attempts == []
