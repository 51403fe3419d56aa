"""What a user installs: built offline by the build backend itself, looked into, and never installed."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.hygiene.offline import offline
from tests.hygiene.sources import PACKAGES, ROOT, files

from kashaf import __version__

pytest.importorskip("hatchling", reason="hatchling comes with the extra `dev`")

_INFO = f"kashaf-{__version__}.dist-info"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's file."""
    folder = tmp_path_factory.mktemp("wheel")
    hooked = offline(folder / "offline")
    # `python -m hatchling` is the backend in this environment: no isolation, nothing to download.
    done = hooked.python("-m", "hatchling", "build", "-t", "wheel", "-d", folder / "dist", cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert hooked.attempts == []
    (built,) = (folder / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def content(wheel: Path) -> Mapping[str, bytes]:
    """Path in the wheel to bytes."""
    with zipfile.ZipFile(wheel) as archive:
        return {name: archive.read(name) for name in archive.namelist() if not name.endswith("/")}


def test_the_wheel_holds_the_three_packages_the_samples_and_nothing_else(
    content: Mapping[str, bytes],
) -> None:
    expected = {
        f"{package}/{path.relative_to(folder).as_posix()}"
        for package, folder in PACKAGES.items()
        for path in files(folder)
    }
    samples = ROOT / "sample_corpus"
    expected |= {
        f"kashaf_tui/sample_corpus/{path.relative_to(samples).as_posix()}" for path in files(samples)
    }
    found = {name for name in content if not name.startswith(f"{_INFO}/")}
    assert found - expected == set()
    assert expected - found == set()


@pytest.mark.parametrize(
    "name",
    [
        *(f"{package}/py.typed" for package in PACKAGES),
        "kashaf/corpus/chrome.yaml",
        "kashaf/entities/book/names.yaml",
        "kashaf/entities/book/spellings.yaml",
        "kashaf/entities/tagger/data/NOTICE",
        "kashaf/entities/tagger/data/common.npz",
        "kashaf/entities/tagger/data/lexicon.npz",
        "kashaf/entities/tagger/data/model.npz",
        "kashaf/export/schemas/native-1.schema.json",
        "kashaf_tui/explorer/styles/explorer.tcss",
        "kashaf_tui/locale/ar/LC_MESSAGES/kashaf.mo",
        "kashaf_tui/locale/ar/LC_MESSAGES/kashaf.po",
        "kashaf_tui/sample_corpus/.kashafignore",
        "kashaf_tui/sample_corpus/hilal/masaa.tar.gz",
        "kashaf_tui/sample_corpus/malaeb/أرشيف الموسم.zip",
        "kashaf_tui/sample_corpus/marfa/nashra-qadima.pdf",
        "kashaf_tui/sample_corpus/queries.yaml",
        "kashaf_tui/sample_corpus/sada/manara_files/saved_resource.html",
        "kashaf_tui/sample_corpus/sidra/sidra.jsonl",
        f"{_INFO}/licenses/LICENSE",
    ],
)
def test_what_is_no_module_is_there_too(name: str, content: Mapping[str, bytes]) -> None:
    assert name in content


def test_the_files_are_those_of_the_checkout(content: Mapping[str, bytes]) -> None:
    for package, folder in PACKAGES.items():
        for path in files(folder):
            assert content[f"{package}/{path.relative_to(folder).as_posix()}"] == path.read_bytes(), path


def test_the_command_is_the_entry_point(content: Mapping[str, bytes]) -> None:
    lines = content[f"{_INFO}/entry_points.txt"].decode().splitlines()
    assert "kashaf = kashaf_tui.__main__:main" in lines


def test_no_file_tells_where_it_was_built(content: Mapping[str, bytes]) -> None:
    places = {str(ROOT), str(Path.home()), sys.prefix, sysconfig.get_paths()["purelib"]} - {"/"}
    # With the slash: the home of the superuser is no part of `text/root.py`.
    told = [name for name, data in content.items() if any(f"{place}/".encode() in data for place in places)]
    assert told == []


# Run from another folder with the unpacked wheel in front: the data must be found in it, not in the checkout.
_USE = """
import sys
from pathlib import Path
import kashaf, kashaf_index, kashaf_tui
from kashaf.corpus.chrome import shipped_rules
from kashaf.entities.book.namebook import NameBook
from kashaf_tui.catalogue import catalogue
from kashaf_tui.commands.demo import sample_corpus
here = Path(sys.argv[1]).resolve()
places = [Path(package.__file__) for package in (kashaf, kashaf_index, kashaf_tui)]
for place in (*places, sample_corpus()):
    assert here in place.resolve().parents, place
assert shipped_rules()
assert NameBook.load(overlays=[])
assert catalogue("ar").gettext("Results") != "Results"
"""


def test_the_unpacked_wheel_runs_from_anywhere(wheel: Path, tmp_path: Path) -> None:
    unpacked, elsewhere = tmp_path / "unpacked", tmp_path / "elsewhere"
    elsewhere.mkdir()
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(unpacked)
    environment = os.environ | {"PYTHONPATH": str(unpacked)}
    for arguments in (["-c", _USE, str(unpacked)], ["-m", "kashaf_tui", "--version"]):
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=elsewhere,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        assert done.returncode == 0, done.stderr
    assert done.stdout == f"kashaf {__version__}\n"
