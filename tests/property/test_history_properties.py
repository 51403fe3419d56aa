"""The query history over any queries, and over any bytes where its file should be."""

from __future__ import annotations

import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kashaf.history import QueryHistory

queries = st.tuples(
    st.text(max_size=30),
    st.integers(0, 10**9),
    st.sampled_from(["exact", "folded", "stem", "root"]),
    st.sampled_from(["all", "any"]),
)


@given(st.lists(queries, max_size=8), st.binary(max_size=80), st.integers(0, 400))
@settings(max_examples=60, deadline=None)
def test_what_was_added_is_read_back_and_a_torn_tail_changes_no_more_than_itself(
    added: list[tuple[str, int, str, str]], garbage: bytes, cut: int
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = QueryHistory(Path(folder))
        for text, hits, rung, match in added:
            kept.add(text, hits, rung=rung, match=match)
        before = kept.recent()
        assert len({(past.text, past.rung, past.match) for past in before}) == len(before)
        assert sum(past.times for past in before) <= len(added)
        assert kept.problems() == ()
        if before:
            data = kept.path.read_bytes()
            kept.path.write_bytes(data[: max(len(data) - cut, 0)])
            known = {(past.text, past.rung, past.match) for past in kept.recent()}
            assert known <= {(past.text, past.rung, past.match) for past in before}
        with kept.path.open("ab") as file:
            file.write(b"\n" + garbage)
        kept.add("بعد العطب", 1)
        assert kept.recent()[0].text == "بعد العطب"


@given(st.binary(max_size=300))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_and_can_be_added_to(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        kept = QueryHistory(Path(folder))
        kept.path.write_bytes(data)
        kept.recent()
        kept.matching("م")
        kept.problems()
        kept.add("ميناء", 2)
        assert kept.recent()[0].text == "ميناء"
        kept.forget()
        assert kept.recent() == ()
