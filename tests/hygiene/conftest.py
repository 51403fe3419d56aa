"""A small workspace, made by the command line, for the tests that start processes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.hygiene.sources import ROOT

# One file of each format, so that every reader takes its turn.
FILES = (
    "marfa/nizaa-sadd-nawaris.txt",
    "hilal/walstrom-sarwan.html",
    "marsad/cholera-prevention.md",
    "dhifa/dhifa.jsonl",
    "mizan/silos.csv",
    "marfa/feed.xml",
    "marfa/nashra-qadima.pdf",
    "marsad/flu-season.docx",
    "mizan/prices-week-47.odt",
    "kharait/bulletin-12.epub",
    "hilal/hiwar.mhtml",
    "sidra/newsletter.eml",
    "dhifa/letters.mbox",
    "nabd/pages.warc.gz",
    "hilal/masaa.tar.gz",
)


@dataclass(frozen=True, slots=True)
class Case:
    """A workspace, the folder it was indexed from, and the id of one of its articles."""

    workspace: Path
    source: Path
    article: str


def kashaf(*arguments: str | Path) -> str:
    """Run the command line in a process of its own; its standard output. Fails the test when it fails."""
    done = subprocess.run(
        [sys.executable, "-m", "kashaf_tui", *map(str, arguments)],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=300,
        env=os.environ | {"KASHAF_WORKSPACE": ""},
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="session")
def indexed(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """Indexed once; the tests read it, or add to it what no other test looks at."""
    folder = tmp_path_factory.mktemp("hygiene")
    source = folder / "source"
    source.mkdir()
    for name in FILES:
        shutil.copy(ROOT / "sample_corpus" / name, source)
    kashaf("-w", folder / "case", "index", source)
    hits = json.loads(kashaf("-w", folder / "case", "search", "*", "--json"))["hits"]
    return Case(folder / "case", source, hits[0]["id"])
