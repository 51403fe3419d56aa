"""What the picker knows of folders: order, kinds, links, hidden and hostile names, filters, places."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.errors import Cancelled, DiskTrouble
from kashaf_tui.explorer.listing import (
    Entry,
    beginning,
    common_beginning,
    list_folder,
    matching,
    needle,
    places,
    split_typed,
)


def names(entries: object) -> list[str]:
    assert isinstance(entries, list | tuple)
    return [entry.name for entry in entries]


def entries_of(*given_names: str) -> list[Entry]:
    return [Entry(name, Path("/x") / name, "file", needle=needle(name)) for name in given_names]


def test_folders_come_first_and_numbers_by_value(tmp_path: Path) -> None:
    for name in ("b.txt", "page10.html", "page9.html", "أخبار.txt"):
        (tmp_path / name).touch()
    for name in ("zebra", "مجلد"):
        (tmp_path / name).mkdir()
    listing = list_folder(tmp_path)
    assert names(listing.entries) == ["zebra", "مجلد", "b.txt", "page9.html", "page10.html", "أخبار.txt"]
    assert [entry.kind for entry in listing.entries][:2] == ["folder", "folder"]


def test_hidden_names_are_counted_and_shown_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / ".secret").touch()
    (tmp_path / "seen.txt").touch()
    assert names(list_folder(tmp_path).entries) == ["seen.txt"]
    assert list_folder(tmp_path).hidden == 1
    assert names(list_folder(tmp_path, hidden=True).entries) == [".secret", "seen.txt"]


def test_archives_links_and_devices_are_named_as_such(tmp_path: Path) -> None:
    (tmp_path / "press.tar.gz").write_bytes(b"x" * 12)
    (tmp_path / "folder").mkdir()
    (tmp_path / "to-folder").symlink_to("folder")
    (tmp_path / "nowhere").symlink_to("gone")
    (tmp_path / "loop").symlink_to("loop")
    os.mkfifo(tmp_path / "pipe")
    found = {entry.name: entry for entry in list_folder(tmp_path).entries}
    assert (found["press.tar.gz"].kind, found["press.tar.gz"].size) == ("archive", 12)
    assert (found["to-folder"].kind, found["to-folder"].target) == ("folder", "folder")
    assert (found["nowhere"].kind, found["nowhere"].target) == ("broken", "gone")
    assert found["loop"].kind == "broken"
    assert found["pipe"].kind == "special"
    assert not found["pipe"].importable
    assert not found["nowhere"].importable


def test_a_name_that_is_no_unicode_keeps_its_bytes(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9 \xcd.txt"
    try:
        Path(os.fsdecode(raw)).touch()
    except OSError:
        pytest.skip("this file system takes Unicode names only")
    (entry,) = list_folder(tmp_path).entries
    assert os.fsencode(entry.path) == raw


@pytest.mark.parametrize("path", ["missing", "a-file", "no\0path", "x" * 5000])
def test_what_cannot_be_listed_says_why(tmp_path: Path, path: str) -> None:
    (tmp_path / "a-file").touch()
    with pytest.raises(DiskTrouble) as caught:
        list_folder(tmp_path / path)
    assert caught.value.where
    assert str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_of_somebody_else_says_who_may(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    with pytest.raises(DiskTrouble, match="You may not read this folder"):
        list_folder(tmp_path / "closed")


def test_listing_can_be_stopped(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(Cancelled):
        list_folder(tmp_path, stop=lambda: True)


def test_names_are_found_without_marks_and_variants() -> None:
    entries = entries_of("تقرير الأمم.pdf", "الامم.html", "Report.PDF", "other")
    assert names(matching(entries, "الأمم")) == ["الامم.html", "تقرير الأمم.pdf"]
    assert names(matching(entries, "report")) == ["Report.PDF"]
    assert names(matching(entries, "")) == names(entries)


def test_completion_takes_the_name_as_it_stands_before_its_variants() -> None:
    entries = entries_of("أخبار", "اخبار", "اخر")
    assert names(beginning(entries, "اخ")) == ["اخبار", "اخر"]
    assert names(beginning(entries_of("أخبار"), "اخ")) == ["أخبار"]
    assert common_beginning(["اخبار", "اخر"]) == "اخ"
    assert common_beginning([]) == ""


@given(st.lists(st.text(max_size=8), min_size=1, max_size=6))
@settings(max_examples=150)
def test_the_common_beginning_begins_every_name_and_is_the_longest(given_names: list[str]) -> None:
    common = common_beginning(given_names)
    assert all(name.startswith(common) for name in given_names)
    longer = {name[: len(common) + 1] for name in given_names}
    assert len(longer) > 1 or common in given_names


@pytest.mark.parametrize(
    ("typed", "folder", "name"),
    [
        ("", "/here", ""),
        ("new", "/here", "new"),
        ("sub/new", "/here/sub", "new"),
        ("/media/stick/", "/media/stick", ""),
        ("/", "/", ""),
        ("/أخبار/عاج", "/أخبار", "عاج"),
        ("../up", "/", "up"),
    ],
)
def test_a_typed_path_is_a_folder_and_the_beginning_of_a_name(typed: str, folder: str, name: str) -> None:
    assert split_typed(typed, Path("/here")) == (Path(folder), name)


@given(st.text(max_size=40))
@settings(max_examples=150)
def test_any_typed_path_is_taken_apart(typed: str) -> None:
    folder, name = split_typed(typed, Path("/here"))
    assert folder.is_absolute()
    assert "/" not in name


def test_places_are_home_sticks_and_what_was_imported_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, stick, old = tmp_path / "me", tmp_path / "media/me/STICK", tmp_path / "old.zip"
    for folder in (home, stick, tmp_path / "media/me/not-mounted"):
        folder.mkdir(parents=True)
    old.touch()
    (home / "page.html").touch()
    monkeypatch.setattr(os.path, "ismount", lambda path: Path(path) == stick)
    found = places(
        home, [old, tmp_path / "gone", home / "page.html"], [str(tmp_path / "media"), str(tmp_path / "none")]
    )
    assert [entry.path for entry in found] == [home, stick, old]
    assert [entry.kind for entry in found] == ["place", "place", "archive"]
