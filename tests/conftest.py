"""What tests of several folders share: the sample corpus, indexed once a session."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from kashaf.corpus.catalogue import Catalogue
from kashaf.entities.namebook import NameBook
from kashaf.entities.store import MentionStore
from kashaf.workspace import create
from kashaf_index.mentions import update_mentions
from kashaf_index.search import Searcher
from kashaf_index.update import update

SAMPLE = Path(__file__).parents[1] / "sample_corpus"


@pytest.fixture(scope="session")
def indexed_sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace as `kashaf demo` leaves it; not to be written to."""
    workspace = create(tmp_path_factory.mktemp("sample") / "demo")
    update(workspace, Catalogue(workspace.catalogue), [SAMPLE])
    with Searcher.open(workspace.index) as searcher:
        book = NameBook.load(overlays=[workspace.names_file])
        update_mentions(searcher, MentionStore(workspace.mentions), book)
    return workspace.root


@pytest.fixture
def case(indexed_sample: Path, tmp_path: Path) -> Path:
    """A workspace of the test's own."""
    return shutil.copytree(indexed_sample, tmp_path / "demo")
