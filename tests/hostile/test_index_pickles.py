"""Payloads in every place that stock Whoosh would unpickle, and stock indexes in the place of ours: nothing runs."""

from __future__ import annotations

import gc
import json
import pickle  # noqa: TID251 -- to plant what must not run
import re
import shutil
from pathlib import Path

import pytest
from tests.forging_support import (
    CHANGED,
    Payload,
    answers,
    build_in_parts,
    commit,
    is_right,
    says_what_to_do,
    sign_files,
    sign_manifest,
)
from tests.index_corpus import ARTICLES

from kashaf.errors import IndexDamaged
from kashaf_index.generations.manifest import MANIFEST, POINTER
from kashaf_index.opening import current_generation, read_manifest


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_in_parts(tmp_path_factory.mktemp("template") / "index")


@pytest.fixture(scope="module")
def right(template: Path) -> object:
    return answers(template)


@pytest.fixture
def index_dir(template: Path, tmp_path: Path) -> Path:
    return shutil.copytree(template, tmp_path / "index")


@pytest.fixture
def marker(tmp_path: Path) -> Path:
    """What a payload makes when it runs."""
    return tmp_path / "ran"


@pytest.fixture
def stock(tmp_path: Path, marker: Path) -> list[Path]:
    """The files of a stock Whoosh index in which every pickle is a payload."""
    from whoosh import fields, index

    folder = tmp_path / "stock"
    folder.mkdir()
    schema = fields.Schema(
        id=fields.ID(stored=True, unique=True),
        text=fields.TEXT(stored=True, phrase=True, chars=True),
        key=fields.KEYWORD(stored=True, sortable=True),
        day=fields.NUMERIC(stored=True, sortable=True),
    )
    with index.create_in(folder, schema).writer() as writer:
        for article in ARTICLES:
            writer.add_document(id=article.id, text=article.text, key="a b", day=3)
    payload = pickle.dumps(Payload(marker), 2)
    found = []
    for path in sorted(folder.iterdir()):
        # A pickle of protocol 2 or later, up to its STOP.
        data, count = re.subn(
            rb"(?s)\x80[\x02-\x05][\x80-\xff(}\]c\x8c\x95KX].*?\.", lambda _: payload, path.read_bytes()
        )
        path.write_bytes(data)
        found.append((path.suffix, count))
    # Its table of contents has schema and segments; the rest is in one compound file.
    assert dict(found)[".toc"] >= 2
    assert dict(found)[".seg"] >= 5
    return sorted(folder.iterdir())


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("something was unpickled")


@pytest.fixture
def nothing_unpickles(stock: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    assert stock
    for name in ("load", "loads", "Unpickler", "_load", "_loads", "_Unpickler"):
        monkeypatch.setattr(pickle, name, _refuse)
        if not name.startswith("_"):
            monkeypatch.setattr(f"_pickle.{name}", _refuse)


@pytest.mark.usefixtures("nothing_unpickles")
def test_an_index_is_written_and_read_without_pickles(tmp_path: Path) -> None:
    index_dir = build_in_parts(tmp_path / "index")
    answers(index_dir)
    commit(index_dir, [CHANGED])
    answers(index_dir)


@pytest.mark.usefixtures("nothing_unpickles")
@pytest.mark.parametrize("signed", [False, True])
def test_a_stock_index_in_place_of_ours_is_refused_and_runs_nothing(
    index_dir: Path, right: object, stock: list[Path], marker: Path, signed: bool
) -> None:
    folder = current_generation(index_dir)
    ours = [folder / file.name for file in read_manifest(index_dir).files]
    for theirs in stock:
        for place in ours:
            whole = place.read_bytes()
            shutil.copy(theirs, place)
            if signed:
                sign_files(index_dir)
            assert not is_right(index_dir, right)
            place.write_bytes(whole)
        sign_files(index_dir)
        # Beside ours, and under the names it has with Whoosh.
        shutil.copy(theirs, folder / theirs.name)
        assert not is_right(index_dir, right)
        if signed:
            entry = {"name": theirs.name, "size": theirs.stat().st_size, "sha256": "0" * 64}
            whole = (folder / MANIFEST).read_bytes()
            listed = json.loads(whole)
            listed["files"].append(entry)
            (folder / MANIFEST).write_text(json.dumps(listed))
            sign_manifest(index_dir)
            assert not is_right(index_dir, right)
            (folder / MANIFEST).write_bytes(whole)
            sign_manifest(index_dir)
        (folder / theirs.name).unlink()
        # Where Whoosh itself would look.
        shutil.copy(theirs, index_dir / theirs.name)
    assert is_right(index_dir, right)
    assert not marker.exists()


@pytest.mark.usefixtures("nothing_unpickles")
def test_an_index_of_the_earlier_version_is_recognised_and_runs_nothing(
    tmp_path: Path, stock: list[Path], marker: Path
) -> None:
    index_dir = tmp_path / "index"
    shutil.copytree(stock[0].parent, index_dir / "gen-000001")
    manifest = {
        "format": 1,
        "generation": "gen-000001",
        "created": "2025-11-10T10:00:00+00:00",
        "articles": len(ARTICLES),
        "fingerprint": "3-0123456789abcdef",
        "files": [{"name": path.name, "size": path.stat().st_size, "sha256": "0" * 64} for path in stock],
    }
    (index_dir / "gen-000001" / MANIFEST).write_text(json.dumps(manifest))
    (index_dir / POINTER).write_text(json.dumps({"generation": "gen-000001"} | {"manifest_sha256": ""}))
    sign_manifest(index_dir)
    with pytest.raises(IndexDamaged, match="earlier version") as caught:
        answers(index_dir)
    says_what_to_do(caught.value, index_dir)
    assert "kashaf index`" in caught.value.cure
    commit(index_dir, ARTICLES)
    answers(index_dir)
    assert not marker.exists()


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_the_payloads_are_working_ones(stock: list[Path], marker: Path) -> None:
    from whoosh import index

    with pytest.raises(Exception):  # noqa: B017, PT011 -- whatever Whoosh says of None in place of a schema
        index.open_dir(stock[0].parent)
    # Whoosh leaves files open when it fails over their content.
    gc.collect()
    assert marker.exists()
