"""`kashaf verify` finds the one file that is not what was imported, and says which articles rest on it."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest
from tests.cli_support import kashaf

from kashaf.corpus.originals import Originals
from kashaf.errors import BadInput, StoreDamaged

LINES = ("أفرغت السفينة حمولتها صباح اليوم على الرصيف الثالث.", "فتح السدّ بواباته بعد أسبوع من المطر الغزير.")


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number, line in enumerate(LINES):
        (stick / f"{number}.txt").write_text(f"عنوان الخبر رقم {number}\n\n{line}\n", encoding="utf-8")
    return stick


def original(case: Path, name: str) -> Path:
    paths = sorted(case.glob("originals/*/*.raw"))
    return next(path for path in paths if name in path.read_text("utf-8"))


def test_intact_originals_are_counted(tmp_path: Path, stick: Path) -> None:
    case = tmp_path / "case"
    kashaf("-w", case, "index", stick)
    ran = kashaf("-w", case, "verify", "--json")
    assert ran.code == 0
    assert (ran.json["files"], ran.json["intact"], ran.json["problems"]) == (2, 2, [])


@pytest.mark.parametrize("harm", ["flip", "cut", "empty", "delete"])
def test_a_damaged_original_is_named_with_its_articles(tmp_path: Path, stick: Path, harm: str) -> None:
    case = tmp_path / "case"
    kashaf("-w", case, "index", stick)
    path = original(case, "السدّ")
    data = path.read_bytes()
    path.chmod(0o600)
    if harm == "delete":
        path.unlink()
        (stick / "1.txt").unlink()
    else:
        path.write_bytes(
            {"flip": data[:-9] + b"x" + data[-8:], "cut": data[: len(data) // 2], "empty": b""}[harm]
        )
    ran = kashaf("-w", case, "verify", "--json")
    assert ran.code == 3
    (problem,) = ran.json["problems"]
    assert problem["status"] == ("missing" if harm == "delete" else "damaged")
    assert problem["path"] == "1.txt"
    (hit,) = kashaf("-w", case, "search", "السد", "--json").json["hits"]
    assert problem["articles"] == [hit["id"]]
    assert f"{problem['status']}: 1.txt" in kashaf("-w", case, "verify").messages


def test_linked_files_are_looked_up_where_they_lie(tmp_path: Path, stick: Path) -> None:
    case = tmp_path / "case"
    kashaf("-w", case, "index", "--link", stick)
    assert kashaf("-w", case, "verify").code == 0
    (stick / "0.txt").write_text("نصّ آخر تماماً", encoding="utf-8")
    (stick / "1.txt").unlink()
    found = {one["path"]: one["status"] for one in kashaf("-w", case, "verify", "--json").json["problems"]}
    assert found == {"0.txt": "changed", "1.txt": "missing"}
    stick.rename(tmp_path / "elsewhere")
    found = {one["path"]: one["status"] for one in kashaf("-w", case, "verify", "--json").json["problems"]}
    assert set(found.values()) == {"unavailable"}


def test_a_large_file_is_kept_by_streaming_and_only_as_it_was_hashed(tmp_path: Path) -> None:
    data = "أفرغت السفينة حمولتها.\n".encode() * 100_000
    path = tmp_path / "big.txt"
    path.write_bytes(data)
    originals = Originals(tmp_path / "originals")
    sha256 = hashlib.sha256(data).hexdigest()
    originals.keep_file(sha256, path)
    with originals.opened(sha256) as kept:
        assert kept is not None
        assert kept[:] == data
    with pytest.raises(BadInput):
        originals.keep_file("0" * 64, path)
    assert not originals.has("0" * 64)
    assert not list((tmp_path / "originals").rglob("*.tmp"))
    with originals.opened("f" * 64) as nothing:
        assert nothing is None
    originals.path(sha256).write_bytes(data[:-1])
    with pytest.raises(StoreDamaged), originals.opened(sha256):
        pass
