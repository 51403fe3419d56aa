"""Segments and deletions that lie and are signed, asked through the search: an answer, or the error that says what to
do. Their readers by themselves are asked in test_segment_forged.py."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.codec_support import write
from tests.forging_support import answers, build_in_parts, parts_of, says_what_to_do, sign_files
from tests.lying_support import changes

from kashaf.errors import IndexDamaged, NotFound
from kashaf_index.model import Query
from kashaf_index.opening import current_generation
from kashaf_index.search import Searcher

SAMPLE = 2_000 if os.environ.get("KASHAF_CRASH") == "all" else 80


@pytest.fixture
def index_dir(tmp_path: Path) -> Path:
    return build_in_parts(tmp_path / "index")


def told(index_dir: Path) -> bool:
    try:
        answers(index_dir)
    except IndexDamaged as error:
        says_what_to_do(error, index_dir)
        return True
    except NotFound:
        # Ids that are not where they should be are not found.
        return True
    return False


def lies(arrays: dict[str, NDArray[Any]], chance: random.Random) -> Iterator[dict[str, NDArray[Any]]]:
    for name, values in arrays.items():
        for changed in changes(values, chance):
            yield arrays | {name: changed}
        yield {other: array for other, array in arrays.items() if other != name}


def test_signed_lies_make_no_other_error(index_dir: Path) -> None:
    chance = random.Random(20251122)
    folder = current_generation(index_dir)
    forged: list[tuple[Path, dict[str, NDArray[Any]], dict[str, Any], str]] = []
    for path in (*sorted(folder.glob("*.seg")), *sorted(folder.glob("*.del"))):
        arrays, meta, kind = parts_of(path)
        forged.extend((path, lying, meta, kind) for lying in lies(arrays, chance))
    found = 0
    for path, lying, meta, kind in chance.sample(forged, min(SAMPLE, len(forged))):
        whole = path.read_bytes()
        write(path, lying, meta, kind)
        sign_files(index_dir)
        found += told(index_dir)
        path.write_bytes(whole)
    assert found > SAMPLE // 5


def test_deletions_that_do_not_add_up_are_told(index_dir: Path) -> None:
    (path,) = current_generation(index_dir).glob("*.del")
    arrays, meta, kind = parts_of(path)
    whole = path.read_bytes()
    others: list[tuple[dict[str, NDArray[Any]], dict[str, Any], str]] = [
        ({"bits": ~arrays["bits"]}, meta, kind),
        ({"bits": arrays["bits"].astype(np.uint16)}, meta, kind),
        ({"bits": np.zeros(0, np.uint8)}, meta, kind),
        ({"bits": np.zeros(2, np.uint8)}, meta, kind),
        ({}, meta, kind),
        (arrays, {}, kind),
        (arrays, meta | {"deleted": 2}, kind),
        (arrays, meta | {"documents": 4}, kind),
        (arrays, meta | {"documents": True}, kind),
        (arrays, meta, "segment"),
    ]
    for lying, said, of_kind in others:
        write(path, lying, said, of_kind)
        sign_files(index_dir)
        with pytest.raises(IndexDamaged) as caught:
            answers(index_dir)
        says_what_to_do(caught.value, index_dir)
    path.write_bytes(whole)
    sign_files(index_dir)
    assert not told(index_dir)


@pytest.mark.parametrize("lie", [20251301, 20251131, 20230229, 20251100, 99999999, -20251101, 1101])
def test_a_date_that_is_none_is_told(index_dir: Path, lie: int) -> None:
    path = max(current_generation(index_dir).glob("*.seg"))
    arrays, meta, kind = parts_of(path)
    arrays["column.date"][-1] = lie
    write(path, arrays, meta, kind)
    sign_files(index_dir)
    with Searcher.open(index_dir) as searcher, pytest.raises(IndexDamaged) as caught:
        searcher.search(Query("*", sort="recency"))
    says_what_to_do(caught.value, index_dir)


def test_an_index_on_a_read_only_medium_is_searched(index_dir: Path, tmp_path: Path) -> None:
    right = answers(index_dir)
    stick = shutil.copytree(index_dir, tmp_path / "قرص للقراءة فقط")
    (stick / "writer.lock").unlink(missing_ok=True)
    entries = [*stick.rglob("*"), stick]
    before = sorted((str(path), path.stat().st_mtime_ns) for path in entries)
    for path in entries:
        path.chmod(0o500 if path.is_dir() else 0o400)
    try:
        assert answers(stick) == right
        assert sorted((str(path), path.stat().st_mtime_ns) for path in entries) == before
    finally:
        for path in entries:
            path.chmod(0o700)
