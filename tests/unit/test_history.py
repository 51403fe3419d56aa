"""The query history: what it keeps, in which order, and what it does with a damaged file."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kashaf import history
from kashaf.errors import Locked
from kashaf.history import LONGEST, PastQuery, QueryHistory
from kashaf.storage.atomic import append_line
from kashaf.storage.lock import Lock

NOON = datetime(2025, 11, 10, 12, tzinfo=UTC)


def texts(kept: QueryHistory) -> list[str]:
    return [past.text for past in kept.recent()]


def test_the_last_run_comes_first_and_a_query_is_listed_once(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path / "state")
    for minute, (text, hits) in enumerate([("ميناء", 3), ("مدرسة", 5), ("ميناء", 4)]):
        kept.add(text, hits, now=NOON + timedelta(minutes=minute))
    assert kept.recent() == (
        PastQuery("ميناء", "stem", "all", "2025-11-10T12:02:00Z", hits=4, times=2),
        PastQuery("مدرسة", "stem", "all", "2025-11-10T12:01:00Z", hits=5, times=1),
    )
    assert texts(QueryHistory(tmp_path / "state")) == ["ميناء", "مدرسة"]
    assert [past.text for past in kept.recent(1)] == ["ميناء"]


def test_other_rungs_and_matches_are_other_queries(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3)
    kept.add("ميناء", 1, rung="exact")
    kept.add("ميناء", 9, match="any")
    assert [(past.rung, past.match, past.hits) for past in kept.recent()] == [
        ("stem", "any", 9),
        ("exact", "all", 1),
        ("stem", "all", 3),
    ]


def test_times_are_kept_in_utc(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3, now=datetime.fromisoformat("2025-11-10T01:30:00+03:00"))
    assert kept.recent()[0].at == "2025-11-09T22:30:00Z"


@pytest.mark.parametrize("text", ["", "  ", "\n\t", "\x00", "ا" * (LONGEST + 1), "ا" * 1_000_000])
def test_nothing_and_pasted_texts_are_not_remembered(tmp_path: Path, text: str) -> None:
    kept = QueryHistory(tmp_path / "state")
    kept.add(text, 3)
    assert kept.recent() == ()
    assert not (tmp_path / "state").exists()


def test_a_query_stays_on_its_line(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add(' ميناء\nجديد\u2028"و\\" \ud800\x1b[2J ', 1)
    assert texts(kept) == ['ميناء جديد "و\\"   [2J']
    assert kept.path.read_bytes().count(b"\n") == 1


def test_matching_is_by_fold_and_beginnings_come_first(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    for text in ("وزارة الإقتصاد", "الاقتصاد العالمي", "ميناء"):
        kept.add(text, 1)
    kept.add("أسعار الاقتصاد", 1)
    found = [past.text for past in kept.matching("الإقتصاد")]
    assert found == ["الاقتصاد العالمي", "أسعار الاقتصاد", "وزارة الإقتصاد"]
    assert [past.text for past in kept.matching("الإقتصاد", 1)] == found[:1]
    assert kept.matching("لا شيء كهذا") == ()


def test_forgetting_one_and_all(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3)
    kept.add("ميناء", 3, rung="exact")
    kept.add("مدرسة", 5)
    kept.forget(" ميناء ")
    assert texts(kept) == ["مدرسة"]
    kept.forget()
    assert kept.recent() == ()
    assert "مدرسة" not in kept.path.read_text(encoding="utf-8")


def test_it_is_bounded_and_keeps_the_counts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "LIMIT", 5)
    monkeypatch.setattr(history, "_SPARE_LINES", 3)
    kept = QueryHistory(tmp_path)
    for number in range(40):
        kept.add("دائم", number)
        kept.add(f"استعلام {number}", 1)
    assert len(kept.path.read_bytes().splitlines()) <= 8
    assert texts(kept)[:2] == ["استعلام 39", "دائم"]
    assert kept.recent()[1] == PastQuery("دائم", "stem", "all", kept.recent()[1].at, hits=39, times=40)


BAD_LINES = [
    b"{",
    b"null",
    b"[]",
    b'"text"',
    b'{"text":"a"}',
    b"\xff\xfe",
    b'{"text":1,"rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":1,"times":1}',
    b'{"text":"a","rung":"stem","match":"all","at":"soon","hits":1,"times":1}',
    b'{"text":"a","rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":-1,"times":1}',
    b'{"text":"a","rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":true,"times":1}',
    b'{"text":"a","rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":1,"times":0}',
    b'{"text":"\\u001b[2J","rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":1,"times":1}',
    b'{"text":"\\ud800","rung":"stem","match":"all","at":"2025-11-10T12:00:00Z","hits":1,"times":1}',
    b"[" * 100_000,
    b"1" * 5000,
]


@pytest.mark.parametrize("line", BAD_LINES, ids=range(len(BAD_LINES)))
def test_a_line_that_is_none_is_said_and_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: bytes
) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3)
    with kept.path.open("ab") as file:
        file.write(line + b"\n")
    kept.add("مدرسة", 5)
    assert texts(kept) == ["مدرسة", "ميناء"]
    (problem,) = kept.problems()
    assert "1 lines" in problem
    assert str(kept.path) in problem
    monkeypatch.setattr(history, "LIMIT", 1)
    monkeypatch.setattr(history, "_SPARE_LINES", 1)
    kept.add("سوق", 1)
    assert texts(kept) == ["سوق"]
    assert kept.problems() == ()
    assert kept.unreadable.read_text(encoding="utf-8") == line.decode("utf-8", "replace") + "\n"


def test_a_torn_last_line_costs_nothing_but_itself(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3)
    kept.add("مدرسة", 5)
    data = kept.path.read_bytes()
    for cut in range(len(data) - 1, 0, -7):
        kept.path.write_bytes(data[:cut])
        assert texts(kept) in ([], ["ميناء"], ["مدرسة", "ميناء"])
        kept.add("سوق", 1)
        assert texts(kept)[0] == "سوق"
        assert texts(kept)[1:] in ([], ["ميناء"], ["مدرسة", "ميناء"])


def test_a_line_without_its_end_was_run(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    kept.add("ميناء", 3)
    kept.path.write_bytes(kept.path.read_bytes().rstrip(b"\n"))
    assert texts(kept) == ["ميناء"]


def test_two_processes_write_in_turn(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "_WAIT_SECONDS", 0.05)
    kept = QueryHistory(tmp_path)
    with Lock(kept.path, "remembering a query"), pytest.raises(Locked):
        kept.add("ميناء", 3)
    kept.add("ميناء", 3)
    assert texts(kept) == ["ميناء"]


def test_unknown_keys_of_a_later_version_are_unreadable_here_and_not_lost(tmp_path: Path) -> None:
    kept = QueryHistory(tmp_path)
    append_line(kept.path, '{"text":"a","colour":"red"}')
    kept.add("ميناء", 3)
    assert texts(kept) == ["ميناء"]
    assert b"colour" in kept.path.read_bytes()
    kept.forget("ميناء")
    assert "colour" in kept.unreadable.read_text(encoding="utf-8")
