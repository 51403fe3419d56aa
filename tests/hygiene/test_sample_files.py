"""The files of the sample corpus that a script makes are what it makes, and the README beside them names all."""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
from pathlib import Path

from scripts.sample_files import content
from tests.hygiene.sources import ROOT, files

from kashaf.corpus.catalogue import Catalogue
from kashaf.workspace import Workspace
from kashaf.yaml_safe import load_yaml

SAMPLE = ROOT / "sample_corpus"
README = (SAMPLE / "README.md").read_text("utf-8")


def test_the_made_files_are_what_the_script_makes() -> None:
    checked = subprocess.run(
        [sys.executable, "-m", "scripts.sample_files", "--check"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (checked.returncode, checked.stdout) == (0, ""), checked.stderr


def test_an_archive_is_compared_by_what_is_in_it() -> None:
    """Two compressors give two files of one content, and one changed letter another."""
    data = (SAMPLE / "hilal" / "masaa.tar.gz").read_bytes()
    inner = gzip.decompress(data)
    changed = inner.replace("خزائن".encode(), "خزانة".encode())
    assert changed != inner
    assert content(gzip.compress(inner, 1, mtime=7)) == content(data)
    assert content(changed) != content(data)


def test_the_readme_names_every_made_file_and_every_folder() -> None:
    said = set(re.findall(r"`([^`\s][^`]*)`", README))
    made = {
        path.relative_to(SAMPLE).as_posix()
        for path in files(SAMPLE)
        if path.parent != SAMPLE
        and path.suffix not in {".txt", ".md", ".html", ".jsonl", ".css"}
        and not path.name.endswith(".gold.yaml")
    }
    assert made - said == set()
    assert {f"{path.name}/" for path in SAMPLE.iterdir() if path.is_dir()} - said == set()


def test_the_readme_counts_right(indexed_sample: Path) -> None:
    articles, judged = map(int, re.findall(r"\b(\d+) (?:Arabic press articles|judged queries)", README))
    assert articles == len(list(Catalogue(Workspace(indexed_sample).catalogue).present()))
    queries = load_yaml((SAMPLE / "queries.yaml").read_text("utf-8"), where="queries.yaml")
    assert isinstance(queries, list)
    assert judged == len(queries)
