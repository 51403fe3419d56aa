"""An install stays small, and docs/dependencies.md names all that it brings."""

from __future__ import annotations

import subprocess
import sys

from scripts import dependencies
from tests.hygiene.sources import ROOT

MOST_BYTES = 200_000_000


def test_an_install_with_every_format_is_small() -> None:
    rows = dependencies.installed()
    assert {"textual", "lxml", "trafilatura"} <= {row.name for row in rows}
    assert sum(row.size for row in rows) <= MOST_BYTES


def test_every_direct_dependency_says_why() -> None:
    assert not [row.name for row in dependencies.installed() if len(row.why) < 12]


def test_the_page_names_what_an_install_brings() -> None:
    checked = subprocess.run(
        [sys.executable, str(ROOT / "scripts" / "dependencies.py"), "--check"],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stdout
