"""Tables of folds that hold no words, and highlighters that are kept for the next query."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from kashaf_index.analysis import ladder
from kashaf_index.codec.segment import SegmentFile, SegmentWriter
from kashaf_index.hits import KEPT, Highlighters
from kashaf_index.query.compile import compile_query
from kashaf_index.query.lexicon import Lexicon
from kashaf_index.query.parser import parse
from kashaf_index.query.plan import Unit, positive_units
from kashaf_index.query.slots import FuzzySlot, PatternSlot
from kashaf_index.vocabulary import Vocabulary

GOOD = ladder("كتاب").term()


def segment_of(path: Path, terms: list[bytes]) -> SegmentFile:
    writer = SegmentWriter(path)
    writer.documents = 1
    writer.dictionary("words", folds=True).append(sorted(terms))
    postings = writer.postings("text", "words")
    count = len(terms)
    postings.append(
        np.arange(count), np.ones(count, np.uint32), np.zeros(count, np.uint32), np.ones(count, np.uint32)
    )
    writer.finish()
    return SegmentFile.open(path)


@pytest.mark.parametrize(
    "term",
    [b"a\0b\0c", b"a\0b\0c\0d\0e", "كتب\0كتاب\0".encode() + b"\xff\xd9\0x"],
    ids=["three readings", "five readings", "no text"],
)
def test_a_term_that_is_none_is_an_error(tmp_path: Path, term: bytes) -> None:
    segment = segment_of(tmp_path / "bad.seg", [GOOD, term])
    with pytest.raises(ValueError, match=r"four readings|decode|UTF-8"):
        Vocabulary.of([segment])
    segment.container.close()


def test_bytes_that_are_no_text_are_an_error_where_they_are_looked_at(tmp_path: Path) -> None:
    segment = segment_of(tmp_path / "bad.seg", [GOOD, "كتب\0كتاب\0".encode() + b"\xff\xd9\0x"])
    lexicon = Lexicon("text", [segment])
    with pytest.raises(ValueError, match="decode"):
        lexicon.followed(FuzzySlot(ladder("كتاب"), 1))
    # They are not among the words that begin so.
    assert lexicon.followed(PatternSlot(("كتا", ""), ("كتا", ""))) == (None, 1)
    segment.container.close()


def test_without_segments_or_a_field_there_are_no_words(tmp_path: Path) -> None:
    slot = PatternSlot(("كتا", ""), ("كتا", ""))
    assert Lexicon("text", []).followed(slot) == (None, 0)
    assert Lexicon("text", []).ranges(slot) == ()
    assert len(Vocabulary.of([])) == 0
    segment = segment_of(tmp_path / "one.seg", [GOOD])
    assert Lexicon("author", [segment]).followed(slot) == (None, 0)
    segment.container.close()


def units_of(text: str) -> tuple[Unit, ...]:
    root = parse(text).root
    assert root is not None
    return tuple(positive_units(compile_query(root, "all")))


def test_highlighters_of_the_last_queries_are_kept() -> None:
    kept = Highlighters()
    first = kept.of(units_of("كتاب"))
    for number in range(KEPT - 1):
        kept.of(units_of(f"كتاب {number}"))
    assert kept.of(units_of("كتاب")) is first
    for number in range(KEPT):
        kept.of(units_of(f"وزير {number}"))
    assert kept.of(units_of("كتاب")) is not first
