"""Many files, of which some are bad, and sources that change under the import."""

from __future__ import annotations

import os
import random
import resource
import zipfile
from pathlib import Path

import pytest

from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.progress import Progress
from kashaf.workspace import Workspace, create
from kashaf_index.update import update

WORDS = (
    "سفينة", "مرفأ", "رصيف", "شحنة", "قمح", "تاجر", "مدينة", "سوق", "عامل", "رافعة", "قبطان", "بحر", "موج", "ريح",
)  # fmt: skip


def good(number: int) -> str:
    """A text that is like none of the others."""
    chosen = random.Random(number)
    body = " ".join(chosen.choice(WORDS) + str(chosen.randrange(1000)) for _ in range(30))
    return f"وصول الشحنة رقم {number} إلى المرفأ\n\nقال الربان إن {body}.\n"


BAD = (
    b"", b"\n \n", b"\x00\x01\x02" * 50, b"\x89PNG\r\n\x1a\n" + bytes(64), b'{"title": "x", "content": "',
    b"PK\x03\x04" + b"\xff" * 60, b"\x1f\x8b\x08\x00" + b"\xff" * 60, b"%PDF-1.7\n", b"<html></html>",
)  # fmt: skip


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return create(tmp_path / "case")


def test_thousands_of_files_of_which_some_are_bad(workspace: Workspace, tmp_path: Path) -> None:
    """As 10,000 with 300; `KASHAF_HEAVY=1` makes it those."""
    total, bad = (10_000, 300) if os.environ.get("KASHAF_HEAVY") else (400, 12)
    stick = tmp_path / "stick"
    for number in range(total):
        folder = stick / str(number % 7)
        folder.mkdir(parents=True, exist_ok=True)
        if number * bad % total < bad:
            (folder / f"{number}.bad").write_bytes(BAD[number * bad // total % len(BAD)])
        else:
            (folder / f"{number}.txt").write_text(good(number), encoding="utf-8")
    result = update(workspace, Catalogue(workspace.catalogue), [stick])
    assert (result.added, result.articles, len(result.failed)) == (total - bad, total - bad, bad)
    assert all(one.path.endswith(".bad") and one.reason for one in result.failed)
    again = update(workspace, Catalogue(workspace.catalogue), [stick])
    assert (again.unchanged, again.failed) == (total - bad, result.failed)


def test_files_that_vanish_grow_or_are_replaced_during_the_import(
    workspace: Workspace, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(60):
        (stick / f"{number:02}.txt").write_text(good(number), encoding="utf-8")
    with zipfile.ZipFile(stick / "z.zip", "w") as archive:
        archive.writestr("a.txt", good(98))
    outside = tmp_path / "outside.txt"
    outside.write_text(good(99), encoding="utf-8")
    done: set[str] = set()

    def spoil(now: Progress) -> None:
        if now.step == "hashing" and not done:
            done.add("spoilt")
            (stick / "50.txt").unlink()
            (stick / "51.txt").unlink()
            (stick / "51.txt").symlink_to(outside)
            (stick / "52.txt").unlink()
            os.mkfifo(stick / "52.txt")
            (stick / "53.txt").write_text(good(53) + "زيادة " * 100_000, encoding="utf-8")
            (stick / "54.txt").unlink()
            (stick / "54.txt").mkdir()
            with (stick / "55.txt").open("wb") as file:
                file.truncate(200 * 2**20)
            (stick / "z.zip").write_bytes(b"PK\x03\x04")

    result = update(workspace, Catalogue(workspace.catalogue), [stick], on_progress=spoil)
    names = {Path(one.path).name for one in result.failed}
    assert {"50.txt", "51.txt", "52.txt", "54.txt", "55.txt", "z.zip"} == names
    assert result.added == 55
    assert all(one.reason for one in result.failed)


def test_the_stick_is_pulled_out_in_the_midst(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(20):
        (stick / f"{number:02}.txt").write_text(good(number), encoding="utf-8")
    update(workspace, Catalogue(workspace.catalogue), [stick])
    for number in range(20, 40):
        (stick / f"{number:02}.txt").write_text(good(number), encoding="utf-8")

    def pull(now: Progress) -> None:
        if now.step == "reading" and stick.exists():
            stick.rename(tmp_path / "away")

    result = update(workspace, Catalogue(workspace.catalogue), [stick], on_progress=pull)
    assert (result.removed, result.unchanged, result.articles) == (0, 20, 20)
    assert len(result.failed) == 20
    (tmp_path / "away").rename(stick)
    assert update(workspace, Catalogue(workspace.catalogue), [stick]).added == 20


def test_few_files_are_open_at_a_time(workspace: Workspace, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    for number in range(120):
        (stick / f"{number:03}.txt").write_text(good(number), encoding="utf-8")
        with zipfile.ZipFile(stick / f"{number:03}.zip", "w") as archive:
            archive.writestr("a.txt", good(1000 + number))
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 100), hard))
    try:
        result = update(workspace, Catalogue(workspace.catalogue), [stick])
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert (result.added, result.failed) == (240, ())
