"""What cleaning and the Markdown reader are fuzzed with: any bytes; only KashafError may come out."""

from __future__ import annotations

from kashaf.corpus.chrome import shipped_rules
from kashaf.corpus.cleaning import clean, split_lines
from kashaf.corpus.kinds import kinds_of
from kashaf.corpus.lines import Decision, LineDecisions
from kashaf.corpus.options import ReadOptions
from kashaf.corpus.readers import read
from kashaf.errors import KashafError
from kashaf.text.sanitise import sanitise

_MAX = 64 * 1024


def fuzz_clean(data: bytes) -> None:
    """A page of text: nothing of it is lost, and everything has its kind and its place."""
    text = sanitise(data[:_MAX].decode("utf-8", "replace")).text
    lines = split_lines(text)
    cleaned = clean(lines, shipped_rules())
    numbers = [line.number for line in cleaned.kept] + [gone.line for gone in cleaned.removed]
    assert sorted(numbers) == [line.number for line in lines]
    assert len(kinds_of(cleaned.kept)) == len(cleaned.kept)
    decided = [
        Decision(line.text, "keep" if line.number % 2 else "drop", "*") for line in lines[:5] if line.text
    ]
    _read("fuzz.txt", data, ReadOptions(lines=LineDecisions(tuple(decided))))


def fuzz_markdown(data: bytes) -> None:
    """A Markdown file."""
    _read("fuzz.md", data, ReadOptions())


def _read(name: str, data: bytes, options: ReadOptions) -> None:
    try:
        members = read(name, data[:_MAX], options).members
    except KashafError:
        return
    for member in members:
        draft = member.draft
        assert len(draft.kinds) == draft.text.count("\n") + 1
        starts = {0, len(draft.text), *(i + 1 for i, c in enumerate(draft.text) if c == "\n")}
        assert all(gone.at in starts for gone in draft.provenance.removed)
        for one in draft.metadata.evidence:
            assert one.span is None or 0 <= one.span[0] <= one.span[1] <= len(draft.text)
