"""Which files a folder holds: what is passed over, what is refused, what changes meanwhile."""

from __future__ import annotations

import os
from itertools import islice
from pathlib import Path

import pytest

from kashaf.corpus.saved_pages import pages_of
from kashaf.corpus.walk import Found, ignores, open_file, shown, walk

NOWHERE = Path("/nowhere")


def tree(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")


def relatives(root: Path) -> list[str]:
    return [one.relative for one in walk(root, exclude=NOWHERE) if not one.refusal]


def refusals(root: Path) -> dict[str, str]:
    return {one.relative: one.refusal for one in walk(root, exclude=NOWHERE) if one.refusal}


def test_files_come_in_order_a_folder_s_own_first(tmp_path: Path) -> None:
    tree(tmp_path, "b/2.txt", "b/a/1.txt", "a/1.txt", "z.txt", "c.txt")
    assert relatives(tmp_path) == ["c.txt", "z.txt", "a/1.txt", "b/2.txt", "b/a/1.txt"]


def test_what_is_hidden_or_left_behind_is_passed_over(tmp_path: Path) -> None:
    tree(
        tmp_path, ".x", ".git/a", "__MACOSX/a", "d/Thumbs.db", "d/Desktop.ini", "d/a.txt", "case/kashaf.yaml"
    )
    assert relatives(tmp_path) == ["d/a.txt"]
    assert not refusals(tmp_path)


@pytest.mark.parametrize(
    "name",
    ["خبر_files", "خبر_ملفات", "خبر-Dateien", "خبر_fichiers", "خبر.files", "خبر_FILES", "خبر_archivos"],
)
def test_a_saved_page_s_folder_is_passed_over_only_beside_its_page(tmp_path: Path, name: str) -> None:
    tree(
        tmp_path,
        f"with/{name}/frame.html",
        "with/خبر.html",
        f"without/{name}/frame.html",
        "without/other.html",
    )
    assert relatives(tmp_path) == ["with/خبر.html", "without/other.html", f"without/{name}/frame.html"]


def test_a_folder_is_no_page(tmp_path: Path) -> None:
    tree(tmp_path, "a.html/1.txt", "a_files/2.txt")
    assert relatives(tmp_path) == ["a.html/1.txt", "a_files/2.txt"]
    assert pages_of("_files") == pages_of("press") == ()


def test_links_loops_and_fifos_are_refused_and_not_entered(tmp_path: Path) -> None:
    tree(tmp_path, "a/1.txt")
    (tmp_path / "a/loop").symlink_to(tmp_path)
    (tmp_path / "a/itself").symlink_to(tmp_path / "a/itself")
    (tmp_path / "a/passwd").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / "a/pipe")
    assert relatives(tmp_path) == ["a/1.txt"]
    assert set(refusals(tmp_path)) == {"a/loop", "a/itself", "a/passwd", "a/pipe"}


@pytest.mark.parametrize("root", ["/dev/null", "/dev/zero"])
def test_a_device_is_refused(root: str) -> None:
    ((_, reason),) = refusals(Path(root)).items()
    assert reason == "not a regular file"
    with pytest.raises(OSError, match="not a regular file"):
        open_file(Path(root))


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(OSError, match="not a regular file"):
        open_file(tmp_path / "pipe")
    (tmp_path / "link").symlink_to("/etc/passwd")
    with pytest.raises(OSError, match="link"):
        open_file(tmp_path / "link")


def test_what_vanishes_meanwhile_becomes_a_reason(tmp_path: Path) -> None:
    tree(tmp_path, "1.txt", "2.txt", "later/3.txt")
    found = walk(tmp_path, exclude=NOWHERE)
    assert next(found).relative == "1.txt"
    (tmp_path / "2.txt").unlink()
    (tmp_path / "later/3.txt").unlink()
    (tmp_path / "later").rmdir()
    rest = list(found)
    assert [(one.relative, bool(one.refusal), one.folder) for one in rest] == [
        ("2.txt", True, False),
        ("later", True, True),
    ]


def test_a_very_deep_folder_is_walked(tmp_path: Path) -> None:
    here = tmp_path
    for _ in range(1200):
        here /= "d"
        here.mkdir()
    (here / "a.txt").write_text("x")
    assert len(relatives(tmp_path)) == 1
    # Whoever sweeps up after tests would call itself too often.
    (here / "a.txt").unlink()
    while here != tmp_path:
        here.rmdir()
        here = here.parent


def test_folders_are_listed_when_they_are_reached(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, *(f"{folder}/{number}.txt" for folder in range(5) for number in range(20)))
    listed: list[str] = []
    scandir = os.scandir

    def counted(path: str) -> object:
        listed.append(path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", counted)
    assert len(list(islice(walk(tmp_path, exclude=NOWHERE), 21))) == 21
    assert len(listed) == 3  # the root, and two folders


def test_patterns_apply_to_paths_and_bare_names_and_go_on_in_archives(tmp_path: Path) -> None:
    tree(tmp_path, "a.txt", "drafts/b.txt", "c.tmp", "d.txt")
    (tmp_path / ".kashafignore").write_text(
        "# comment\ndrafts/*\n*.tmp\n\npress.zip/old/*\n", encoding="utf-8"
    )
    assert relatives(tmp_path) == ["a.txt", "d.txt"]
    ignored = ignores(tmp_path)
    assert ignored("press.zip/old/a.html")
    assert ignored("press.zip/new/a.tmp")
    assert not ignored("press.zip/new/a.html")
    assert not ignores(tmp_path / "none")("a.tmp")


def test_a_member_is_shown_by_its_place_in_its_archive(tmp_path: Path) -> None:
    member = Found(tmp_path / "0", "a.zip/خبر\n.txt", container="a.zip")
    assert shown(member) == "a.zip/خبر .txt"
    assert shown(Found(tmp_path / "a.txt", "a.txt")) == str(tmp_path / "a.txt")
