"""What a terminal answers, taken apart."""

from __future__ import annotations

import os

import pytest

from kashaf_tui.terminal.probe import Answers, Question, may_ask, parse, without_replies


def test_all_answers_are_read() -> None:
    data = b"\x1b[8;2$y\x1b[>41;379;0c\x1bP>|XTerm(379)\x1b\\\x1b[5;9R\x1b[5;10R\x1b[?64;1;22c"
    assert parse(data, 0.25) == Answers(
        asked=True,
        mode_8=2,
        da1=(64, 1, 22),
        da2=(41, 379, 0),
        name="XTerm(379)",
        mark_width=1,
        seconds=0.25,
    )


def test_silence_is_an_answer_that_is_not_complete() -> None:
    assert parse(b"") == Answers(asked=True)
    assert not parse(b"").complete
    assert parse(b"\x1b[?c").complete
    assert Answers().complete


def test_keys_between_the_answers_do_no_harm() -> None:
    answers = parse("ت\x1b[A\x1b[8;1$yq\x1b[<0;1;1M\x1b[?1;2cس".encode())
    assert (answers.mode_8, answers.da1) == (1, (1, 2))


def test_a_mark_at_the_end_of_a_line_has_no_width() -> None:
    assert parse(b"\x1b[1;80R\x1b[2;1R\x1b[?6c").mark_width is None
    assert parse(b"\x1b[1;80R\x1b[?6c").mark_width is None


@pytest.mark.parametrize(
    ("data", "keys", "begun", "last"),
    [
        (b"jk", b"jk", b"", False),
        (b"j\x1b[8;1$yk", b"jk", b"", False),
        (b"j\x1b[?64;1ck", b"jk", b"", True),
        (b"j\x1bP>|kitty(0", b"j", b"\x1bP>|kitty(0", False),
        (b"j\x1b[>1;40", b"j", b"\x1b[>1;40", False),
        (b"j\x1b", b"j", b"\x1b", False),
        (b"\x1b[A\x1b[8~", b"\x1b[A\x1b[8~", b"", False),
        (b"\x1b[1;2R", b"\x1b[1;2R", b"", False),
        (b"\x1b[?2026;2$y", b"\x1b[?2026;2$y", b"", False),
    ],
)
def test_late_replies_are_told_from_keys(data: bytes, keys: bytes, begun: bytes, last: bool) -> None:
    assert without_replies(data) == (keys, begun, last)


@pytest.mark.parametrize(
    ("term", "may"), [("xterm", True), ("dumb", False), ("", False), ("linux", False), ("screen", True)]
)
def test_who_may_be_asked(term: str, may: bool) -> None:
    assert may_ask({"TERM": term}) == may
    assert not may_ask({})


def test_without_a_type_nothing_is_asked() -> None:
    with Question({"TERM": "dumb"}) as question:
        assert question.ask() == question.look() == Answers()


@pytest.mark.parametrize(
    ("term", "marked"),
    [("xterm", True), ("screen", False), ("screen.xterm-256color", False), ("tmux", False)],
)
def test_a_multiplexer_is_sent_no_mark(term: str, marked: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """screen writes it into the last column of the line before, and loses count of the lines in mlterm."""
    master, line = os.openpty()
    opened = os.open
    monkeypatch.setattr(os, "open", lambda path, flags: opened(os.ttyname(line), flags))
    try:
        with Question({"TERM": term}) as question:
            question.ask(budget=0)
            sent = os.read(master, 4096)
    finally:
        os.close(line)
        os.close(master)
    assert ("\u200e".encode() in sent) == marked
    assert sent.endswith(b"\x1b[c")
