"""A short run of every fuzz target, the same in every run; `make fuzz` goes on for as long as it is told to."""

from __future__ import annotations

from random import Random

import pytest
from tests.fuzz.mutate import mutations
from tests.fuzz.targets import seeds, targets

FILES = 40
ODD = (
    b"",
    b"\0",
    b"\xff" * 64,
    b"\xd8\xa7" * 500,
    b"<" * 5_000,
    b"[" * 5_000,
    b"\n" * 5_000,
    b"PK\x03\x04",
    b"%PDF-1.7\n",
)


@pytest.mark.parametrize("name", targets())
def test_no_bytes_bring_a_reader_down(name: str) -> None:
    target, begin = targets()[name], seeds(name)
    assert begin
    for data in (*ODD, *begin, *mutations(begin, FILES, Random(name))):
        target(data)


def test_mutations_repeat() -> None:
    begin = seeds("fuzz_text")
    assert list(mutations(begin, 20, Random(7))) == list(mutations(begin, 20, Random(7)))
    assert len(set(mutations(begin, 20, Random(7)))) > 15
