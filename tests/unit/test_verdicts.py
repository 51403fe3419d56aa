"""The journal of decisions on concordance lines: what is written is there again, whatever else is in the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.errors import DiskTrouble
from kashaf.storage import syscalls
from kashaf_tui.explorer import verdicts
from kashaf_tui.explorer.verdicts import FILE, Decision, LineKey, Manner, Verdicts, of_query, standing

KEY: LineKey = ("a1", "f" * 64, 3, 9)
OTHER: LineKey = ("a2", "e" * 64, 0, 4)


def test_decisions_are_read_again(tmp_path: Path) -> None:
    kept = Verdicts(tmp_path / "state")
    kept.put("سد", {KEY: Decision("accepted", "note", made=True), OTHER: Decision("rejected")})
    kept.put("ماء", {KEY: Decision("skipped")})
    kept.set_manner("سد", Manner(("سلاح/كيماوي", "x"), "sentence"))
    kept.flush()
    again = Verdicts(tmp_path / "state")
    again.load()
    assert (
        again.of("سد")
        == kept.of("سد")
        == {
            KEY: Decision("accepted", "note", made=True),
            OTHER: Decision("rejected"),
        }
    )
    assert again.of("ماء") == {KEY: Decision("skipped")}
    assert again.of("غيره") == {}
    assert again.manner("سد") == Manner(("سلاح/كيماوي", "x"), "sentence")
    assert again.manner("ماء") == Manner()


def test_what_was_taken_back_stays_so(tmp_path: Path) -> None:
    kept = Verdicts(tmp_path)
    kept.put("سد", {KEY: Decision("rejected")})
    kept.put("سد", {KEY: None, OTHER: None})
    kept.flush()
    again = Verdicts(tmp_path)
    again.load()
    assert again.of("سد") == {}


def test_nothing_is_written_without_a_change(tmp_path: Path) -> None:
    kept = Verdicts(tmp_path)
    kept.put("سد", {KEY: None})
    kept.set_manner("سد", Manner())
    kept.flush()
    assert not (tmp_path / FILE).exists()


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"\x00" * 50,
        b'{"query": 5, "line": ["a", "b", 0, 1], "verdict": "accepted"}',
        b'{"query": "q", "line": ["a", "b", 0], "verdict": "accepted"}',
        b'{"query": "q", "line": ["a", "b", 4, 2], "verdict": "accepted"}',
        b'{"query": "q", "line": ["a", "b", true, 2.5], "verdict": "accepted"}',
        b'{"query": "q", "line": ["a", "b", 0, 1], "verdict": "accepted", "note": 7}',
        b'{"query": "q", "codes": "x", "unit": "match"}',
        b'{"query": "q", "codes": [1], "unit": "match"}',
        b'{"query": "q", "codes": [], "unit": "whole"}',
        b"[" * 19_000,
        b'{"query": "q", "codes": ["' + b"x" * 30_000 + b'"], "unit": "match"}',
    ],
)
def test_a_line_that_is_none_is_passed_over(tmp_path: Path, line: bytes) -> None:
    kept = Verdicts(tmp_path)
    kept.put("سد", {KEY: Decision("rejected")})
    kept.flush()
    path = tmp_path / FILE
    path.write_bytes(line + b"\n" + path.read_bytes() + line)  # the last one torn
    again = Verdicts(tmp_path)
    again.load()
    assert again.of("سد") == {KEY: Decision("rejected")}
    assert again.of("q") == {}
    assert again.manner("q") == Manner()
    again.put("سد", {OTHER: Decision("skipped")})
    again.flush()
    third = Verdicts(tmp_path)
    third.load()
    assert third.of("سد") == {KEY: Decision("rejected"), OTHER: Decision("skipped")}


def test_what_the_disk_refused_goes_with_the_next_flush(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    kept = Verdicts(tmp_path)
    kept.put("سد", {KEY: Decision("rejected")})
    with monkeypatch.context() as patch:
        patch.setattr(syscalls, "fsync", refuse)
        with pytest.raises(DiskTrouble):
            kept.flush()
    assert kept.of("سد") == {KEY: Decision("rejected")}
    kept.flush()
    again = Verdicts(tmp_path)
    again.load()
    assert again.of("سد") == kept.of("سد")


def test_a_long_journal_is_written_afresh(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verdicts, "_SPARE", 20)
    kept = Verdicts(tmp_path)
    for turn in range(100):
        kept.put("سد", {KEY: Decision("rejected" if turn % 2 else "skipped")})
        kept.flush()
    assert len((tmp_path / FILE).read_text(encoding="ascii").splitlines()) < 30
    again = Verdicts(tmp_path)
    again.load()
    assert again.of("سد") == {KEY: Decision("rejected")}


def test_an_accepted_line_stands_while_its_note_does() -> None:
    decisions = {KEY: Decision("accepted", "n1"), OTHER: Decision("rejected")}
    assert standing(decisions, frozenset({"n1"})) == decisions
    assert standing(decisions, frozenset()) == {OTHER: Decision("rejected")}


def test_a_query_is_its_words() -> None:
    assert of_query("  سد   النهضة ") == "سد النهضة"


keys = st.tuples(st.sampled_from(["a", "b"]), st.just("f" * 64), st.integers(0, 3), st.integers(4, 6))
decided = st.one_of(
    st.none(),
    st.builds(Decision, st.just("accepted"), st.text(max_size=5), st.booleans()),
    st.sampled_from([Decision("rejected"), Decision("skipped")]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=6), keys, decided), max_size=30), st.data())
def test_any_sequence_is_read_as_it_ended(
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, LineKey, Decision | None]],
    data: st.DataObject,
) -> None:
    folder = tmp_path_factory.mktemp("journal")
    kept = Verdicts(folder)
    for query, key, decision in steps:
        kept.put(query, {key: decision})
        if data.draw(st.booleans()):
            kept.flush()
    kept.flush()
    again = Verdicts(folder)
    again.load()
    for query in {query for query, _, _ in steps}:
        expected = {key: one if one.note else Decision(one.verdict) for key, one in kept.of(query).items()}
        assert again.of(query) == expected
