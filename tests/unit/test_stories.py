"""The store of stories: what it says, what it keeps over updates, and what becomes of it when it is damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kashaf.corpus import stories, story_files
from kashaf.corpus.identity import text_sha256
from kashaf.corpus.stories import FILE, Held, Refreshed, Stories, StoryArticle
from kashaf.errors import Cancelled, DiskTrouble

WORDS = [f"كلمة{letter}{other}" for letter in "ابتثجحخدذرزسش" for other in "صضطظعغفقكلمن"]
WIRE = " ".join(WORDS[:100])
OTHER = " ".join(WORDS[100:])


def item(name: str, text: str, day: str = "", imported: str = "2026-01-01T00:00:00Z") -> StoryArticle:
    return StoryArticle(name, text, text_sha256(text), day, imported)


def members(folder: Path) -> set[tuple[str, ...]]:
    return {story.articles for story in Stories.load(folder).stories}


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir()}


EDITED = WIRE.replace(WORDS[3], "أخرى")


def test_copies_are_one_story_in_first_seen_order(tmp_path: Path) -> None:
    told = stories.update(
        tmp_path,
        [
            item("undated", EDITED),
            item("third", f"{WIRE}.", "2025-03-03"),
            item("first", WIRE, "2025-03-01"),
            item("second", WIRE, "2025-03-02"),
            item("alone", OTHER, "2025-03-01"),
            item("later", WIRE, "2025-03-02", "2026-02-01T00:00:00Z"),
        ],
    )
    kept = Stories.load(tmp_path)
    (story,) = kept.stories
    assert story.id == "first"
    assert story.articles == ("first", "second", "later", "third", "undated")
    assert story.kind == "near"
    assert [copy.kind for copy in story.copies] == ["exact", "exact", "exact", "near"]
    assert story.copies[-1].similarity == pytest.approx(0.94, abs=0.01)
    assert kept.story_of("third") is story
    assert kept.story_of("alone") is None
    assert (kept.leader("undated"), kept.leader("alone"), kept.leader("unknown")) == (
        "first",
        "alone",
        "unknown",
    )
    assert (kept.articles, kept.count) == (6, 2)
    assert (told.articles, told.stories, told.compared, told.copied) == (6, 2, 6, 4)
    assert [(one.id, one.of, one.kind) for one in told.copies] == [
        ("later", "first", "exact"),
        ("second", "first", "exact"),
        ("third", "first", "exact"),
        ("undated", "first", "near"),
    ]


def test_a_chain_of_changes_ends_where_the_first_is_no_longer_alike(tmp_path: Path) -> None:
    drifting = [" ".join(WORDS[start : start + 100]) for start in (0, 25, 50)]
    stories.update(tmp_path, [item(f"a{at}", text) for at, text in enumerate(drifting)])
    assert members(tmp_path) == {("a0", "a1")}


def test_a_brief_in_a_long_article_is_held_not_a_copy(tmp_path: Path) -> None:
    brief = " ".join(WORDS[:40])
    stories.update(
        tmp_path, [item("long", f"{OTHER} {brief}", "2025-01-02"), item("brief", brief, "2025-01-01")]
    )
    kept = Stories.load(tmp_path)
    assert kept.stories == ()
    assert kept.held == (Held("brief", "long", 1.0, 40),)
    assert kept.held_with("long") == kept.held_with("brief") == kept.held


def test_texts_without_a_word_are_no_copies_of_each_other(tmp_path: Path) -> None:
    stories.update(tmp_path, [item("a", "…"), item("b", "***"), item("c", "")])
    assert members(tmp_path) == set()


def test_changed_moved_and_gone_articles_are_compared_again(tmp_path: Path) -> None:
    stories.update(tmp_path, [item("a", WIRE, "2025-01-01"), item("b", WIRE, "2025-01-02"), item("c", OTHER)])
    stories.update(tmp_path, [item("b", WIRE, "2024-01-01"), item("c", EDITED)])
    assert members(tmp_path) == {("b", "a", "c")}
    stories.update(tmp_path, [item("b", OTHER, "2024-01-01")])
    assert members(tmp_path) == {("a", "c")}
    stories.update(tmp_path, [], ["a", "unknown"])
    assert members(tmp_path) == set()
    assert stories.known(tmp_path).keys() == {"b", "c"}


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    articles = [item("a", WIRE), item("b", WIRE)]
    stories.update(tmp_path, articles)
    before = {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()}
    assert stories.update(tmp_path, articles) == Refreshed(2, 1, 0, 0, ())
    assert {file: file.stat().st_mtime_ns for file in tmp_path.iterdir()} == before


def test_a_cancelled_update_leaves_what_was_there(tmp_path: Path) -> None:
    stories.update(tmp_path, [item("a", WIRE), item("b", WIRE)])
    before = {file.name: file.read_bytes() for file in tmp_path.iterdir()}
    for limit in (1, 3):
        asked = 0

        def cancelled(limit: int = limit) -> bool:
            nonlocal asked
            asked += 1
            return asked > limit

        with pytest.raises(Cancelled):
            stories.update(tmp_path, [item("c", OTHER), item("d", EDITED)], ["a"], cancelled=cancelled)
        assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == before


def test_many_small_segments_become_one(tmp_path: Path) -> None:
    for at in range(12):
        stories.update(tmp_path, [item(f"a{at:02}", WIRE)])
        assert len(list(tmp_path.glob(f"*{story_files.SUFFIX}"))) <= 9
    assert members(tmp_path) == {tuple(f"a{at:02}" for at in range(12))}


def test_what_is_dropped_leaves_the_disk(tmp_path: Path) -> None:
    stories.update(tmp_path, [item(f"a{at}", f"{WIRE} {at}") for at in range(10)])
    (segment,) = tmp_path.glob(f"*{story_files.SUFFIX}")
    size = segment.stat().st_size
    stories.update(tmp_path, [], [f"a{at}" for at in range(8)])
    (segment,) = tmp_path.glob(f"*{story_files.SUFFIX}")
    assert segment.stat().st_size < size / 2
    assert members(tmp_path) == {("a8", "a9")}


def test_an_empty_folder_and_a_missing_one_have_no_stories(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "none"):
        assert Stories.load(folder) == Stories()
        assert stories.known(folder) == {}
    assert not (tmp_path / "none").exists()


def flipped(path: Path, at: int) -> None:
    data = bytearray(path.read_bytes())
    data[min(at, len(data) - 1)] ^= 0x20
    path.write_bytes(data)


@pytest.mark.parametrize("which", [FILE, story_files.SUFFIX])
def test_a_store_damaged_anywhere_is_made_again(tmp_path: Path, which: str) -> None:
    articles = [item("a", WIRE), item("b", WIRE), item("c", OTHER)]
    stories.update(tmp_path, articles)
    size = next(file for file in tmp_path.iterdir() if file.name.endswith(which)).stat().st_size
    for at in (*range(0, size, 29), size - 1):
        (file,) = (file for file in tmp_path.iterdir() if file.name.endswith(which))
        flipped(file, at)
        if which == FILE:
            assert Stories.load(tmp_path) == Stories()
        assert stories.known(tmp_path) == {}
        stories.update(tmp_path, articles)
        assert members(tmp_path) == {("a", "b")}
        assert len(names(tmp_path)) == 2


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"kashaf": "signatures"},
        {"crc32": 0},
    ],
)
def test_a_foreign_file_is_none(tmp_path: Path, change: dict[str, object]) -> None:
    stories.update(tmp_path, [item("a", WIRE), item("b", WIRE)])
    header, payload = (tmp_path / FILE).read_bytes().split(b"\n", 1)
    (tmp_path / FILE).write_bytes(json.dumps({**json.loads(header), **change}).encode() + b"\n" + payload)
    assert Stories.load(tmp_path) == Stories()


@pytest.mark.parametrize("data", [b"", b"\n", b"[]\n{}", b"{\n", b"\xff", b"[" * 100_000])
def test_no_bytes_are_too_odd_to_be_read(tmp_path: Path, data: bytes) -> None:
    (tmp_path / FILE).write_bytes(data)
    assert Stories.load(tmp_path) == Stories()
    stories.update(tmp_path, [item("a", WIRE), item("b", WIRE)])
    assert members(tmp_path) == {("a", "b")}


def test_a_missing_segment_makes_everything_new(tmp_path: Path) -> None:
    stories.update(tmp_path, [item("a", WIRE)])
    for segment in tmp_path.glob(f"*{story_files.SUFFIX}"):
        segment.unlink()
    assert stories.known(tmp_path) == {}


def test_a_state_that_names_files_elsewhere_opens_none(tmp_path: Path) -> None:
    Stories(articles=1, segments=("../../secret.signatures",)).save(tmp_path)
    assert stories.known(tmp_path) == {}


def test_leftovers_of_a_kill_are_swept_and_other_files_stay(tmp_path: Path) -> None:
    (tmp_path / f"0123{story_files.SUFFIX}").write_bytes(b"half")
    (tmp_path / ".stories.json.ab.tmp").write_bytes(b"half")
    (tmp_path / "readme").write_text("mine", encoding="utf-8")
    stories.update(tmp_path, [item("a", WIRE)])
    assert len(names(tmp_path)) == 3
    assert "readme" in names(tmp_path)


def test_a_folder_that_is_a_file_is_trouble(tmp_path: Path) -> None:
    (tmp_path / "stories").write_text("", encoding="utf-8")
    with pytest.raises(DiskTrouble):
        stories.update(tmp_path / "stories", [item("a", WIRE)])
