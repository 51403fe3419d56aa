"""Any corpus, however it is cut into batches, runs and segments, is indexed as plain Python would."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.bulk_support import build, entry, mask, model, read

from kashaf_index.bulk import builder, memo, merging, union
from kashaf_index.bulk.builder import Entry
from kashaf_index.codec import slabs
from kashaf_index.codec.segment import SegmentFile

_WORDS = [
    "قسد",
    "والسوريين",
    "سورية",
    "سوريا",
    "كتاب",
    "كتب",
    "الكتاب",
    "في",
    "ﷺ",
    "BBC",
    "٣٫٥",
    "ـ",
    "مسؤولة",
    "café",
]
_TEXT = st.one_of(
    st.lists(st.sampled_from(_WORDS), max_size=90).map(" ".join),
    st.lists(st.sampled_from(_WORDS), max_size=12).map("،".join),
    st.text(st.sampled_from("ابت ةـ\u200cًab1_.\n"), max_size=60),
    st.sampled_from(["", " ", "\u0000", "ا" * 70]),
)
_SHORT = st.one_of(st.just(""), st.lists(st.sampled_from(_WORDS), max_size=4).map(" ".join))
_NAME = st.sampled_from(["", "سانا", "رويترز", "Reuters", "عنب بلدي"])
_OTHER = st.fixed_dictionaries(
    {},
    optional={
        "title": _SHORT,
        "author": _SHORT,
        "outlet": _NAME,
        "language": st.sampled_from(["ar", "en", ""]),
        "date": st.integers(0, 99991231),
        "member": st.text(max_size=5),
        "stamp": _NAME,
        "scope": _NAME,
        "id": st.sampled_from(["واحد", "اثنان", "x"]),
    },
)
_CORPUS = st.lists(st.tuples(_TEXT, _OTHER), max_size=24).map(
    lambda drawn: [entry(number, text, other) for number, (text, other) in enumerate(drawn)]
)
_SIZES = st.fixed_dictionaries(
    {
        "batch": st.sampled_from([1, 40, 1 << 17]),
        "piece": st.sampled_from([3, 30, 1 << 20]),
        "memory": st.sampled_from([1, 4000, 1 << 20]),
        "at_once": st.sampled_from([1, 30, 1 << 20]),
        "terms": st.sampled_from([1, 3, 1 << 15]),
        "limit": st.sampled_from([1, 12, 1 << 20]),
        "slab": st.sampled_from([4, 1 << 16]),
        "copied": st.sampled_from([2, 1 << 12]),
    }
)


@contextmanager
def _cut(sizes: dict[str, int]) -> Iterator[Path]:
    """Make everything that is bounded as small as `sizes` say."""
    with pytest.MonkeyPatch.context() as patch, tempfile.TemporaryDirectory() as folder:
        patch.setattr(builder, "BATCH", sizes["batch"])
        patch.setattr(builder, "PIECE", sizes["piece"])
        patch.setattr(union, "_AT_ONCE", sizes["at_once"])
        patch.setattr(union, "_LEAST", sizes["at_once"])
        patch.setattr(union, "_TERMS", sizes["terms"])
        patch.setattr(memo, "LIMIT", sizes["limit"])
        patch.setattr(slabs, "SLAB", sizes["slab"])
        patch.setattr(merging, "_COPIED", sizes["copied"])
        yield Path(folder)


@settings(max_examples=80, deadline=None)
@given(_CORPUS, _SIZES)
def test_a_segment_says_what_its_entries_say(entries: list[Entry], sizes: dict[str, int]) -> None:
    with _cut(sizes) as folder:
        build(folder / "one.seg", entries, sizes["memory"])
        assert read(folder / "one.seg") == model(entries)
        assert [path.name for path in folder.iterdir()] == ["one.seg"]


@settings(max_examples=40, deadline=None)
@given(st.lists(_CORPUS, min_size=1, max_size=3), _SIZES, st.data())
def test_merged_segments_say_what_is_left_of_them(
    corpora: list[list[Entry]], sizes: dict[str, int], data: st.DataObject
) -> None:
    left: list[Entry] = []
    with _cut(sizes) as folder:
        sources = []
        for number, entries in enumerate(corpora):
            path = folder / f"{number}.seg"
            build(path, entries)
            deleted = data.draw(st.none() | st.sets(st.sampled_from(range(len(entries) or 1))))
            some = sorted(deleted) if deleted and entries else []
            sources.append(
                (SegmentFile.open(path), mask(len(entries), some) if deleted is not None else None)
            )
            left += [one for document, one in enumerate(entries) if document not in some]
        try:
            merging.merge(sources, folder / "all.seg", sizes["memory"])
        finally:
            for file, _ in sources:
                file.close()
        assert read(folder / "all.seg") == model(left)
