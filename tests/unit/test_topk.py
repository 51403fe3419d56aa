"""The first hits out of many: by rounded score, equal ones by id."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.array_support import Paper, open_segments

from kashaf_index.matching import topk
from kashaf_index.matching.topk import ordered, ranked, rounded


class _Ids:
    """Ids that fall while document numbers rise, each given to nobody else."""

    def __init__(self, count: int) -> None:
        self.id_ranks = np.arange(count)[::-1].copy()
        self.asked: set[int] = set()

    def id(self, doc: int) -> str:
        self.asked.add(doc)
        return f"{self.id_ranks[doc]:06}"

    def first_by_id(self, docs: np.ndarray, count: int) -> np.ndarray:
        assert docs.tolist() == sorted(docs.tolist())
        return np.array(sorted(docs.tolist(), key=self.id)[:count], np.int64)


_scores = st.lists(
    st.one_of(
        st.sampled_from((0.0, 1.0, 1.0000004, 1.0000005, 1.00000051, 2.5, 7.1234565)),
        st.floats(0, 50, allow_subnormal=False),
    ),
    max_size=60,
)


@given(_scores, st.integers(0, 30), st.integers(0, 30))
@pytest.mark.parametrize("page", [5, 2048])
def test_a_page_is_a_slice_of_all_in_order(page: int, scores: list[float], start: int, length: int) -> None:
    ids = _Ids(1000)
    docs = np.array(sorted(random.Random(len(scores)).sample(range(1000), len(scores))), np.int64)
    expected = sorted(
        (
            (-round(score, topk.DIGITS), ids.id(doc), doc)
            for doc, score in zip(docs.tolist(), scores, strict=True)
        )
    )[start : start + length]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(topk, "_PAGE", page)
        found, values = ranked(ids, docs, np.array(scores, np.float64), start, start + length)
    assert found.tolist() == [doc for _, _, doc in expected]
    assert values.tolist() == [-score for score, _, _ in expected]


@given(_scores.map(lambda values: np.array(values, np.float64)))
def test_rounding_is_python_s(values: np.ndarray) -> None:
    assert rounded(values).tolist() == [round(value, topk.DIGITS) for value in values.tolist()]


def test_halves_round_as_python_rounds_them() -> None:
    values = np.array([at / 2_000_000 for at in range(1, 4000)])
    assert rounded(values).tolist() == [round(value, topk.DIGITS) for value in values.tolist()]


def test_only_the_ids_of_equal_hits_are_asked_for() -> None:
    ids = _Ids(10_000)
    docs = np.arange(10_000)
    scores = np.arange(10_000).astype(np.float64)
    scores[9998] = scores[9999]
    found, _ = ranked(ids, docs, scores, 0, 10)
    assert found.tolist() == [9999, *range(9998, 9989, -1)]
    assert ids.asked <= {9998, 9999, 9990}


def test_by_date_the_undated_come_last() -> None:
    ids = _Ids(4)
    dates = np.array([20250101, 0, 20250102, 0], np.float64)
    assert ordered(ids, np.arange(4), dates, 0, 9)[0].tolist() == [2, 0, 3, 1]


# Ids of documents over several segments


@settings(max_examples=25, deadline=None)
@given(
    parts=st.lists(st.integers(0, 40), min_size=1, max_size=3),
    deleted=st.sets(st.integers(0, 100), max_size=20),
    count=st.integers(0, 60),
    seed=st.integers(0, 99),
)
def test_the_smallest_ids_over_segments(
    tmp_path_factory: pytest.TempPathFactory, parts: list[int], deleted: set[int], count: int, seed: int
) -> None:
    chance = random.Random(seed)
    known = iter(chance.sample(range(10_000), sum(parts)))
    papers = [[Paper(f"{next(known):04}", "نص") for _ in range(part)] for part in parts]
    flat = [paper.id for part in papers for paper in part]
    gone = [name for at, name in enumerate(flat) if at in deleted]
    with (
        pytest.MonkeyPatch.context() as patch,
        open_segments(tmp_path_factory.mktemp("ids"), papers, gone) as reader,
    ):
        patch.setattr("kashaf_index.matching.documents._FEW_IDS", chance.choice((3, 256)))
        some = np.array(sorted(chance.sample(range(len(flat)), len(flat) // 2)), np.int64)
        assert [flat[doc] for doc in reader.first_by_id(some, count).tolist()] == sorted(
            flat[doc] for doc in some.tolist()
        )[:count]
        assert [flat[doc] for doc in np.argsort(reader.id_ranks).tolist()] == sorted(flat)
        assert reader.ids_of(some[::-1]) == [flat[doc] for doc in some[::-1].tolist()]
        left = set(flat) - set(gone)
        for name in flat:
            found = reader.find(name)
            assert (found >= 0) == (name in left)
            assert found < 0 or flat[found] == name == reader.id(found)
        assert reader.find("nothing") == -1
        asked = {"0000", *flat[::3]}
        assert [flat[doc] for doc in reader.numbered(asked).tolist()] == [
            name for name in flat if name in asked & left
        ]
        assert reader.beginning("1", 1000) == sorted(name for name in left if name.startswith("1"))
        assert set(reader.numbers) == set(reader.texts) == set(reader.revisions()) == left


def test_a_beginning_is_cut_at_the_limit(tmp_path: Path) -> None:
    with open_segments(tmp_path, [[Paper(f"1{at}", "نص") for at in range(9)]]) as reader:
        assert reader.beginning("1", 3) == ["10", "11", "12"]
        assert reader.beginning("2", 3) == []
