"""These tests open windows of real terminals: only `make test-terminals` runs them, by $KASHAF_TERMINALS."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.terminals.screen import Screen
from tests.terminals.seat import SHOTS, Report, Seat
from tests.terminals.terminals import KINDS, missing, version

CHOSEN = os.environ.get("KASHAF_TERMINALS", "").split()
collect_ignore_glob = [] if CHOSEN else ["test_*.py"]

_REPORT = Report()


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "seat" in metafunc.fixturenames:
        metafunc.parametrize("seat", CHOSEN, indirect=True, scope="session")


@pytest.fixture(scope="session")
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@pytest.fixture(scope="session")
def seat(
    request: pytest.FixtureRequest, screen: Screen, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Seat]:
    """A terminal's window, one at a time, for all tests of that terminal."""
    name: str = request.param
    if name not in KINDS:
        pytest.fail(f"unknown terminal {name!r}; known: {' '.join(KINDS)}")
    kind = KINDS[name]
    if lacking := missing(kind):
        pytest.fail(f"{name} was NOT looked at: install {' '.join(lacking)}")
    home: Path = tmp_path_factory.mktemp(name)
    _REPORT.note(name, "version", version(kind))
    with Seat(kind, screen, home, _REPORT) as seat:
        yield seat


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if _REPORT.rows:
        terminalreporter.section("what was seen")
        terminalreporter.write_line(_REPORT.table())
        terminalreporter.write_line(f"Look at the pictures in {os.path.relpath(SHOTS)}")
