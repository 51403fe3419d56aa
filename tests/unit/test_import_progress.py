"""Rate and time left: smooth, and silent until they mean something."""

from __future__ import annotations

from pathlib import Path

import pytest

from kashaf.corpus.catalogue import Catalogue
from kashaf.corpus.progress import Meter, Outlook, Pace, Progress
from kashaf.workspace import create
from kashaf_index.update import update
from kashaf_tui.commands.import_output import duration_words, progress_words, size_words


def at(seconds: float, size: int, files: int = 0, total: int = 1000) -> Progress:
    return Progress(files, 10, size, total, "x", "reading", seconds)


def test_nothing_is_said_before_it_is_known() -> None:
    pace = Pace()
    assert pace.at(at(0, 0)) == Outlook()
    assert pace.at(at(0.5, 100)) == Outlook()
    outlook = pace.at(at(2, 200, 4))
    assert outlook.bytes_a_second == 100
    assert outlook.files_a_second == 2
    assert outlook.seconds_left == 8


def test_the_rate_is_that_of_the_last_seconds() -> None:
    pace = Pace()
    for second in range(20):
        pace.at(at(second, second * 10))
    for second in range(20, 40):
        outlook = pace.at(at(second, 200 + (second - 20) * 30))
    assert outlook.bytes_a_second == pytest.approx(30, rel=0.01)


def test_what_stands_still_has_no_end() -> None:
    pace = Pace()
    pace.at(at(0, 0))
    outlook = pace.at(at(5, 0))
    assert (outlook.bytes_a_second, outlook.seconds_left) == (0, None)


def test_a_new_step_begins_anew() -> None:
    pace = Pace()
    pace.at(at(0, 0))
    pace.at(at(5, 500))
    assert pace.at(Progress(0, 0, 0, 0, "", "indexing", 6)) == Outlook()
    outlook = pace.at(Progress(0, 0, 0, 0, "", "indexing", 9))
    assert (outlook.bytes_a_second, outlook.seconds_left) == (None, None)


def test_without_bytes_files_tell() -> None:
    pace = Pace()
    pace.at(Progress(0, 100, step="catching up", seconds=0))
    assert pace.at(Progress(50, 100, step="catching up", seconds=5)).seconds_left == 5


@pytest.mark.parametrize(
    ("progress", "done"),
    [(at(0, 250), 0.25), (at(0, 2000), 1.0), (Progress(1, 4), 0.25), (Progress(), None), (Progress(5), None)],
)
def test_the_part_that_is_done(progress: Progress, done: float | None) -> None:
    assert progress.done == done


def test_a_screen_is_told_ten_times_a_second_and_of_the_end() -> None:
    told: list[Progress] = []
    now = 0.0
    meter = Meter(told.append, lambda: now)
    meter.begin("reading", 1000, 1000)
    for number in range(1000):
        now = number / 1000
        meter.add("x", size=1)
    assert 8 <= len(told) <= 13
    assert (told[-1].files, told[-1].bytes, told[-1].done) == (1000, 1000, 1.0)
    assert [one.seconds for one in told] == sorted(one.seconds for one in told)
    meter.more(5, 50)
    meter.add("y", files=0, size=25)
    meter.begin("indexing")
    assert told[-1].step == "indexing"


def test_words() -> None:
    pace = Pace()
    pace.at(at(0, 0))
    assert progress_words(at(0, 0, 1), Outlook()) == "1/10  0 B of 1.0 kB  time left unknown"
    assert progress_words(at(5, 500, 5), pace.at(at(5, 500, 5))) == "5/10  500 B of 1.0 kB  100 B/s  5 s left"
    assert progress_words(Progress(3, step="listing"), Outlook()) == "3"
    assert [size_words(size) for size in (0, 999, 1500, 123_456_789, 4 * 10**9, 10**13)] == [
        "0 B", "999 B", "1.5 kB", "123 MB", "4.0 GB", "10000 GB",
    ]  # fmt: skip
    assert [duration_words(seconds) for seconds in (0.4, 59.4, 200, 7500)] == [
        "0 s", "59 s", "3 min 20 s", "2 h 5 min",
    ]  # fmt: skip


def test_writing_and_merging_the_index_are_told_in_articles_and_bytes(tmp_path: Path) -> None:
    workspace = create(tmp_path / "case")
    stick = tmp_path / "stick"
    stick.mkdir()
    told: list[Progress] = []
    for number in range(5):
        (stick / f"{number}.txt").write_text(
            f"عنوان رقم {number}\n\nنص قصير عن الميناء رقم {number}.\n", encoding="utf-8"
        )
        told.clear()
        update(workspace, Catalogue(workspace.catalogue), [stick], on_progress=told.append)
    for step, articles in (("indexing", 1), ("merging", 5)):
        of_step = [one for one in told if one.step == step and one.total_files]
        first, last = of_step[0], of_step[-1]
        assert (first.files, first.bytes, first.total_files) == (0, 0, articles)
        assert (last.files, last.bytes, last.done) == (articles, last.total_bytes, 1.0)
        assert last.total_bytes > 100
        assert f"{articles}/{articles}" in progress_words(last, Outlook())
