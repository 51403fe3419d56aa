"""Processes that read articles: the same readings as here, progress, a stop that keeps what is done."""

from __future__ import annotations

import io
import os
import shutil
import signal
from contextlib import redirect_stderr
from datetime import date
from multiprocessing.process import BaseProcess
from pathlib import Path

import orjson
import pytest

from kashaf.entities.model import DateMention, Mention, Quantity, Quotation, Reading
from kashaf.entities.tables.writing import Facts
from kashaf.errors import IndexMissing, KashafError
from kashaf.workspace import create
from kashaf_index import reading_jobs
from kashaf_index.mentions import pending, update_in_child, update_mentions
from kashaf_index.reading_worker import packed, unpacked
from kashaf_index.update import update
from kashaf_tui.session import Session


def test_readings_outlive_the_pipe() -> None:
    facts = Facts("a", "0" * 64, "2025-02-12", "صحيفة")
    reading = Reading(
        (Mention("توم", "person", 0, 3, "توم", "tagger", 0.5, "surname"),),
        (
            DateMention(4, 9, "أمس", "2025-02-11", date(2025, 2, 11), None, "day", anchored=True),
            DateMention(10, 12, "يوم", "", None, None, "day"),
        ),
        (Quantity(13, 20, "12 قتيلا", 12, 12.5, "about", "killed", "", "قتيلا", ("قتيل",)),),
        (Quotation(21, 30, True, "قال", 1, 3, "توم", "person", 0, 3, 0.9),),
    )
    message = orjson.loads(orjson.dumps(packed([(facts, reading)])))
    assert list(unpacked(message)) == [(facts, reading)]


class Stream(io.StringIO):
    """What an app with a screen of its own puts in the place of standard error."""

    def fileno(self) -> int:
        return -1


ARTICLES = 8


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Session:
    """A small corpus, read by this process; not to be written to."""
    folder = tmp_path_factory.mktemp("jobs")
    for number in range(ARTICLES):
        text = (
            f"عنوان {number}\n\nقال الخبير عدنان الشيخاني في دمشق إن الرحلة {number} وصلت يوم 12 شباط 2025.\n"
        )
        (folder / f"{number}.txt").write_text(text, "utf-8")
    session = Session(create(folder / "case").root)
    update(session.workspace, session.catalogue, [folder / f"{number}.txt" for number in range(ARTICLES)])
    update_mentions(session.searcher, session.mentions, session.name_book)
    return session


@pytest.fixture
def session(whole: Session, tmp_path: Path) -> Session:
    session = Session(shutil.copytree(whole.workspace.root, tmp_path / "case"))
    session.mentions.path.unlink()
    return session


def test_a_child_brings_the_store_up_to_date(session: Session, whole: Session) -> None:
    seen: list[tuple[int, int]] = []
    with redirect_stderr(Stream()):
        update_in_child(session.workspace, lambda done, total: seen.append((done, total)))
    assert pending(session.searcher, session.mentions, session.name_book) == 0
    assert seen[0][0] == 0
    assert seen[-1][0] == seen[-1][1] == session.searcher.count
    assert session.mentions.table() == whole.mentions.table() != []


def test_several_processes_read_what_one_would(session: Session, whole: Session) -> None:
    seen: list[int] = []
    update_mentions(
        session.searcher,
        session.mentions,
        session.name_book,
        lambda done, _total: seen.append(done),
        jobs=2,
        workspace=session.workspace,
    )
    assert seen == list(range(session.searcher.count + 1))
    assert session.mentions.table() == whole.mentions.table()
    for id_ in sorted(whole.mentions.known_ids()):
        assert session.mentions.reading(id_) == whole.mentions.reading(id_)


def test_stopped_and_gone_on(session: Session) -> None:
    done = 0

    def count(articles: int, _total: int) -> None:
        nonlocal done
        done = articles

    def read(limit: int) -> None:
        update_mentions(
            session.searcher,
            session.mentions,
            session.name_book,
            count,
            lambda: done >= limit,
        )

    read(3)
    left = pending(session.searcher, session.mentions, session.name_book)
    assert 0 < left <= session.searcher.count - 3
    done = 0
    read(10_000)
    assert pending(session.searcher, session.mentions, session.name_book) == 0


def test_a_child_that_is_stopped_keeps_what_is_done(session: Session) -> None:
    update_in_child(session.workspace, cancelled=lambda: True)
    update_in_child(session.workspace)
    assert pending(session.searcher, session.mentions, session.name_book) == 0


def test_a_child_says_what_is_wrong(session: Session) -> None:
    for path in session.workspace.index.iterdir():
        if path.is_file():
            path.unlink()
    with pytest.raises(IndexMissing) as caught:
        update_in_child(session.workspace)
    assert caught.value.cure


def test_a_child_that_is_killed_is_said(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    start = reading_jobs._start

    def start_and_kill(process: BaseProcess) -> None:
        start(process)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)

    monkeypatch.setattr(reading_jobs, "_start", start_and_kill)
    with pytest.raises(KashafError, match="killed"):
        update_in_child(session.workspace)


def test_no_process_can_be_started(session: Session, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_process: object) -> None:
        raise OSError(11, "Resource temporarily unavailable")

    monkeypatch.setattr(reading_jobs, "_start", refuse)
    with pytest.raises(KashafError, match="cannot start"):
        update_in_child(session.workspace)
