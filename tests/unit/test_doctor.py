"""`kashaf doctor`: what is whole is said to be, what is not is named with its cure, and nothing is touched."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import namedtuple
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.cli_support import Ran, kashaf, spawn
from tests.index_corpus import ARTICLES
from tests.notes_support import article, note

from kashaf.corpus.identity import text_sha256
from kashaf.notes.anchoring import make_target
from kashaf.notes.store import NoteStore
from kashaf.storage.lock import Lock
from kashaf_index.build import IndexWriter
from kashaf_index.codec.container import Container, ContainerWriter
from kashaf_index.doctor import examining
from kashaf_index.doctor.examining import examine
from kashaf_index.doctor.finding import Finding
from kashaf_tui.commands import doctor_places

INDEX = Path(".kashaf", "index")


def doctor(root: Path, *arguments: str) -> Ran:
    return kashaf("-w", root, "doctor", *arguments)


def told(root: Path, status: str | None = None) -> dict[tuple[str, str], dict[str, Any]]:
    """The findings by area and check; only those of a status."""
    ran = doctor(root, "--json")
    assert ran.code == (3 if ran.json["problem"] else 0)
    return {
        (one["area"], one["check"]): one
        for one in ran.json["findings"]
        if status is None or one["status"] == status
    }


def the_segment(root: Path) -> Path:
    (path,) = (root / INDEX).glob("gen-*/*.seg")
    return path


# What is whole


def test_a_sound_workspace(case: Path) -> None:
    found = told(case)
    assert {one["status"] for one in found.values()} == {"ok"}
    assert {area for area, _ in found} == {"workspace", "index", "notes", "terminal"}
    assert {check for area, check in found if area == "index"} == {
        "manifest", "files", "words", "articles", "sample", "queries",
    }  # fmt: skip
    ran = doctor(case)
    assert (ran.code, ran.messages) == (0, "")
    assert ran.text.splitlines()[-1] == f"{len(found)} ok"


def snapshot(root: Path) -> dict[str, tuple[int, str]]:
    return {
        str(path.relative_to(root)): (path.stat().st_mtime_ns, hashlib.sha256(path.read_bytes()).hexdigest())
        for path in sorted(root.rglob("*"))
        if path.is_file()
    }


def test_nothing_is_touched(case: Path) -> None:
    (case / INDEX / "gen-000009.part").mkdir()
    with the_segment(case).open("r+b") as file:
        file.write(b"?")
    before = snapshot(case)
    doctor(case)
    assert snapshot(case) == before


def test_where_there_is_no_workspace_none_is_made(tmp_path: Path) -> None:
    root = tmp_path / "nothing"
    assert told(root, "problem")["workspace", "settings"]["cure"] == f"Run `kashaf init {root}`"
    assert not root.exists()
    ran = spawn("doctor", "--json", cwd=tmp_path, env={**os.environ, "XDG_DATA_HOME": str(tmp_path / "data")})
    assert ran.code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_new_workspace_only_wants_articles(tmp_path: Path) -> None:
    root = tmp_path / "new"
    assert kashaf("init", root).code == 0
    assert {key: one["cure"] for key, one in told(root, "warning").items()} == {
        ("index", "manifest"): "Run `kashaf index FOLDER`"
    }
    assert told(root, "problem") == {}


# The index


def test_no_index_of_articles_that_are_there(case: Path) -> None:
    shutil.rmtree(case / ".kashaf")
    assert told(case, "problem").keys() == {("index", "manifest")}


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0x20
    path.write_bytes(data)


def halve(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


@pytest.mark.parametrize("hurt", [flip, halve, Path.unlink, lambda path: path.write_bytes(b"")])
def test_a_file_that_is_not_as_written(case: Path, hurt: Callable[[Path], object]) -> None:
    path = the_segment(case)
    hurt(path)
    found = told(case, "problem")
    assert found.keys() == {("index", "files")}
    assert found["index", "files"]["where"] == str(path)
    assert "kashaf index --rebuild" in found["index", "files"]["cure"]
    assert str(path) in doctor(case).text


@pytest.mark.parametrize("name", ["current.json", "gen-000001/manifest.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"[", b"\xff\x00", b"[[[["])
def test_descriptions_that_are_not_as_written(case: Path, name: str, content: bytes) -> None:
    (case / INDEX / name).write_bytes(content)
    assert told(case, "problem").keys() == {("index", "manifest")}


def test_a_file_that_does_not_belong_there(case: Path) -> None:
    (the_segment(case).parent / "extra.txt").touch()
    assert told(case, "problem")["index", "files"]["where"].endswith("extra.txt")


def test_another_analysis(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examining, "fingerprint", lambda: "another")
    found = told(case)
    assert found["index", "fingerprint"]["status"] == "problem"
    assert found["index", "files"]["status"] == "ok"
    assert ("index", "sample") not in found


def test_what_a_killed_writer_left(case: Path) -> None:
    (case / INDEX / "gen-000009.part").mkdir()
    (case / INDEX / "current.json.part").touch()
    found = told(case, "warning")["index", "leftovers"]
    assert "gen-000009.part" in found["what"]
    assert "current.json.part" in found["what"]


def test_an_index_that_is_being_updated(case: Path) -> None:
    (case / INDEX / "gen-000009.part").mkdir()
    with Lock(case / INDEX / "writer", "updating the index"):
        found = told(case, "warning")
    assert found.keys() == {("index", "lock")}
    assert str(os.getpid()) in found["index", "lock"]["what"]


def rewritten(root: Path, change: Callable[[dict[str, NDArray[Any]]], object]) -> None:
    """Change arrays of the index's segment, with checksums and hashes that fit."""
    path = the_segment(root)
    with Container.open(path) as container:
        arrays = {name: container.array(name).all().copy() for name in container.names}
        meta = container.meta
    change(arrays)
    path.unlink()
    writer = ContainerWriter(path, "segment")
    for name, values in arrays.items():
        writer.append(name, values)
    written = writer.finish(meta)
    manifest = path.parent / "manifest.json"
    value = json.loads(manifest.read_text(encoding="utf-8"))
    value["files"][0] |= {"size": written.size, "sha256": written.sha256}
    data = json.dumps(value).encode()
    manifest.write_bytes(data)
    pointer = path.parent.parent / "current.json"
    said = json.loads(pointer.read_text(encoding="utf-8"))
    pointer.write_text(json.dumps(said | {"manifest_sha256": hashlib.sha256(data).hexdigest()}))


def shifted(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["text.0.positions"] += np.uint16(1)


def other_counts(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["title.0.docs"][:] = arrays["title.0.docs"][::-1]


def other_days(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["column.date"][:] = 20200101


@pytest.mark.parametrize("change", [shifted, other_counts, other_days])
def test_words_that_are_not_those_of_the_articles(
    case: Path, change: Callable[[dict[str, NDArray[Any]]], None]
) -> None:
    rewritten(case, change)
    assert told(case, "problem")["index", "sample"]["cure"]


def folds_swapped(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["folds.first"][[0, 1]] = arrays["folds.first"][[1, 0]]


def a_fold_less(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["folds.count"][0] += 1


def words_misspelt(arrays: dict[str, NDArray[Any]]) -> None:
    last = len(arrays["words.blob"]) - 1
    arrays["words.blob"][last] ^= 1


@pytest.mark.parametrize("change", [folds_swapped, a_fold_less, words_misspelt])
def test_tables_of_words_that_contradict_themselves(
    case: Path, change: Callable[[dict[str, NDArray[Any]]], None]
) -> None:
    rewritten(case, change)
    assert told(case, "problem").keys() == {("index", "words")}


def stored_elsewhere(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["stored.size"] += np.uint32(1)


def hashes_shortened(arrays: dict[str, NDArray[Any]]) -> None:
    arrays["column.raw_sha256"] = arrays["column.raw_sha256"][:-1]


def test_values_that_contradict_one_another(case: Path) -> None:
    rewritten(case, stored_elsewhere)
    assert told(case, "problem").keys() == {("index", "sample")}
    rewritten(case, hashes_shortened)
    assert told(case, "problem").keys() == {("index", "articles")}


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """An index of two segments with a deleted article."""
    index = tmp_path / "index"
    with IndexWriter(index, merging=False) as writer:
        for one in ARTICLES:
            writer.put(one)
        writer.commit()
        text = ARTICLES[0].text + "\nوعاد الصيادون"
        writer.put(replace(ARTICLES[0], text=text, text_sha256=text_sha256(text)))
        writer.commit()
    return index


def files(**changes: str | None) -> dict[str, str]:
    found: dict[str, str | None] = {one.id: one.provenance.sha256 for one in ARTICLES}
    return {name: value for name, value in (found | changes).items() if value is not None}


def statuses(index: Path, articles: Mapping[str, str] | None) -> list[tuple[str, str]]:
    return [(one.check, one.status) for one in examine(index, articles)]


def warnings(index: Path, articles: Mapping[str, str]) -> list[Finding]:
    return [one for one in examine(index, articles) if one.status != "ok"]


def test_several_segments_and_deleted_articles(small: Path) -> None:
    whole = [(check, "ok") for check in ("manifest", "files", "words", "articles", "sample", "queries")]
    assert statuses(small, files()) == whole
    assert statuses(small, None) == [one for one in whole if one[0] != "articles"]


def test_every_damaged_file_is_named(small: Path) -> None:
    paths = sorted(small.glob("gen-000002/*.seg"))
    assert len(paths) == 2
    for path in paths:
        flip(path)
    found = [one for one in examine(small, files()) if one.status == "problem"]
    assert sorted(one.where for one in found) == [str(path) for path in paths]


def test_the_index_against_the_catalogue(small: Path) -> None:
    first = ARTICLES[0].id
    (lacking,) = warnings(small, files(abcdef="0" * 64))
    assert "not in the index: 1 (abcdef)" in lacking.what
    (surplus,) = warnings(small, files(**{first: None}))
    assert f"no more imported: 1 ({first})" in surplus.what
    (other,) = warnings(small, files(**{first: "0" * 64}))
    assert f"another file: 1 ({first})" in other.what
    assert {one.cure for one in (lacking, surplus, other)} == {"Run `kashaf index`"}


def test_progress_is_told(small: Path) -> None:
    steps: list[tuple[int, int]] = []
    list(examine(small, files(), lambda done, total, _what: steps.append((done, total))))
    assert steps == [(number, len(steps)) for number in range(len(steps))]


# The workspace


def test_settings_that_cannot_be_read_do_not_end_it(case: Path) -> None:
    (case / "kashaf.yaml").write_text("interface: [", encoding="utf-8")
    found = told(case)
    assert found["workspace", "settings"]["status"] == "problem"
    assert found["index", "sample"]["status"] == "ok"


@pytest.mark.parametrize("name", ["names.yaml", "spellings.yaml", "chrome.yaml"])
def test_lists_that_cannot_be_read(case: Path, name: str) -> None:
    (case / name).write_text("- [\n", encoding="utf-8")
    assert name in told(case, "problem")["workspace", "lists"]["where"]


def test_a_catalogue_that_is_torn(case: Path) -> None:
    path = case / "catalogue.jsonl"
    path.write_bytes(path.read_bytes().replace(b"{", b"<", 3))
    found = told(case)
    assert found["workspace", "catalogue"]["status"] == "problem"
    assert found["index", "sample"]["status"] == "ok"
    assert ("index", "articles") not in found


def test_a_read_only_workspace(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda _path, mode: not mode & os.W_OK)
    found = told(case)
    assert found["workspace", "folders"]["status"] == "warning"
    assert {one["status"] for one in found.values()} == {"ok", "warning"}


@pytest.mark.parametrize(("free", "status"), [(1 << 20, "problem"), (doctor_places.LITTLE, "ok")])
def test_a_disk_that_is_nearly_full(
    case: Path, monkeypatch: pytest.MonkeyPatch, free: int, status: str
) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage(1 << 40, 0, free))
    assert told(case)["workspace", "room"]["status"] == status


def test_originals_that_are_not_what_was_imported(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor_places, "SAMPLE", 1_000)
    path = min((case / "originals").rglob("*.raw"))
    path.chmod(0o600)
    flip(path)
    found = told(case, "problem")["workspace", "originals"]
    assert found["what"] == "is not what was imported"
    assert found["cure"]


# The notes


@pytest.fixture
def noted(case: Path) -> Path:
    text = article("0a1b2c3d4e5f")
    quoted = replace(note(1, body="ملاحظة"), target=make_target(text, 0, 9))
    with NoteStore.open(case / "notes" / "notes.json") as store:
        store.merge([quoted])
    return case


def test_notes_whose_words_are_gone(noted: Path) -> None:
    found = told(noted)
    assert found["notes", "store"]["what"] == "notes that can be read: 1"
    assert found["notes", "words"]["cure"] == "Run `kashaf notes verify`"
    assert found["notes", "backups"]["status"] == "ok"


def test_notes_that_are_torn(noted: Path) -> None:
    halve(noted / "notes" / "notes.json")
    found = told(noted, "problem")["notes", "store"]
    assert found["where"] == str(noted / "notes" / "notes.json")
    assert "restore" in found["cure"]


def test_backups_that_are_torn(noted: Path) -> None:
    (copy,) = (noted / "notes" / "backups").iterdir()
    copy.chmod(0o600)
    halve(copy)
    assert told(noted, "warning")["notes", "backups"]["where"] == str(copy)


def test_notes_in_another_window(noted: Path) -> None:
    with NoteStore.open(noted / "notes" / "notes.json"):
        assert str(os.getpid()) in told(noted)["notes", "lock"]["what"]


# The terminal


def test_a_profile_that_there_is_none_of(case: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KASHAF_TERMINAL_PROFILE", "sideways")
    assert "sideways" in told(case, "problem")["terminal", "profile"]["what"]


# Whatever is damaged


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def garbled(path: Path) -> None:
    data = bytearray(path.read_bytes())
    for place in range(0, len(data), 37):
        data[place] ^= 0x81
    path.write_bytes(data)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("hurt", [halve, emptied, garbled, a_folder])
def test_no_damage_ends_it(tmp_path: Path, hurt: Callable[[Path], None]) -> None:
    """One file after the other, of all that a workspace has: findings, and never an error."""
    text = "سوق السمك يفتح أبوابه\n\nقال رئيس البلدية إن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين كاملتين.\n"
    (tmp_path / "souq.txt").write_text(text, encoding="utf-8")
    whole = tmp_path / "whole"
    assert kashaf("init", whole).code == 0
    assert kashaf("-w", whole, "index", tmp_path / "souq.txt").code == 0
    hit = kashaf("-w", whole, "search", "السمك", "--json").json["hits"][0]["id"]
    assert (
        kashaf("-w", whole, "notes", "add", hit, "--quote", "سوق السمك سيعود", "--note", "ملاحظة").code == 0
    )
    names = [path.relative_to(whole) for path in sorted(whole.rglob("*")) if path.is_file()]
    assert len(names) > 10
    for name in names:
        root = tmp_path / "case"
        shutil.copytree(whole, root)
        (root / name).chmod(0o600)
        hurt(root / name)
        ran = doctor(root, "--json")
        assert ran.code in (0, 3)
        assert ran.json["findings"]
        shutil.rmtree(root)
