"""Segments whose checksums are right and whose content is not: whoever can write the file can sign it too. A reader
answers something or says that the file is damaged; it does not stumble, and it does not run away."""

from __future__ import annotations

import copy
import os
import random
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.codec_support import names_the_file, write
from tests.lying_support import changes
from tests.slow_segments import write_segment

from kashaf.errors import IndexDamaged
from kashaf_index.bulk.entry import Entry
from kashaf_index.codec import slabs
from kashaf_index.codec.container import Container
from kashaf_index.codec.segment import SegmentFile

_TEXT = "وزير الاقتصاد يفتح سوق الزيت في المرفأ القديم والناس كتبوا عن الكتاب والمكتبة قرب البحر"
_WORDS = _TEXT.split(" ")

ALL = os.environ.get("KASHAF_CRASH") == "all"
SAMPLE = 80

Parts = tuple[dict[str, NDArray[Any]], dict[str, Any]]
Questions = Iterator[Callable[[], object]]


def entry(number: int) -> Entry:
    chance = random.Random(number)
    text = " ".join(chance.choices(_WORDS, k=20 + 300 * (number == 3))) + f" كلمة{number}"
    return Entry(
        id=f"{number:012x}",
        text=text,
        title=text[:20],
        author="سعاد" if number % 2 else "",
        outlet=f"الميزان {number % 3}",
        outlet_key=f"الميزان {number % 3}",
        language="ar",
        date=20251100 + number,
        raw_sha256="0" * 64,
        text_sha256="1" * 64,
        member="",
        stamp="",
        scope="",
        stored=text.encode() * 2,
    )


@pytest.fixture(scope="module", params=[1 << 16, 4], ids=["one slab", "slabs"])
def parts(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The arrays of a good segment, and its description."""
    path = tmp_path_factory.mktemp("segment") / "a.seg"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slabs, "SLAB", request.param)
        write_segment(path, [entry(number) for number in range(10)])
    with Container.open(path) as container:
        return {name: container.array(name).all().copy() for name in container.names}, container.meta


def asked_of_dictionary(name: str, segment: SegmentFile) -> Questions:
    dictionary = segment.dictionary(name)
    count = len(dictionary)
    for number in (0, count // 2, count - 1) if count else ():
        yield partial(dictionary.term, number)
    yield partial(dictionary.terms, 0, count)
    yield partial(dictionary.joined, 0, count)
    for word in (b"", "ك".encode(), "زيت\0زيت".encode(), b"\xff"):
        yield partial(dictionary.find, word)
        yield partial(dictionary.lower, word)
        yield partial(dictionary.beginning, word)
    yield partial(dictionary.gathered, np.array([[0, count // 2], [count // 2 + 1, count]]).clip(0, count))


def asked_of_folds(segment: SegmentFile) -> Questions:
    folds = segment.folds
    yield partial(folds.words, 0, len(folds))
    yield partial(folds.words_of, np.arange(0, len(folds), 2))
    yield partial(folds.terms, 0, len(folds))


def asked_of_field(field: str, segment: SegmentFile) -> Questions:
    postings = segment.postings(field)
    assert postings is not None
    count = len(segment.dictionary_of(field))
    everything = np.array([[0, count]])
    single = np.stack([np.arange(0, count, 2), np.arange(0, count, 2) + 1], axis=1).clip(0, count)
    some = np.arange(segment.size) % 2 == 0
    for ranges in (everything, single, single[:2], single[:0]):
        yield partial(postings.read, ranges)
        yield partial(postings.stretches, ranges, np.arange(len(ranges)))
        if postings.shape.positions:
            yield partial(postings.places, ranges, None)
            yield partial(postings.places, ranges, some)
            yield partial(postings.places_labelled, ranges, some, np.arange(len(ranges)))
    yield partial(postings.frequency, 0, count)
    yield partial(postings.occurrences, 0, count)
    yield partial(postings.frequencies, np.arange(count))
    yield partial(postings.sizes, 0, count)
    yield partial(postings.chunk, 0, count)
    if postings.shape.positions:
        yield partial(postings.occurrence_sizes, 0, count)


def asked_of_column(column: str, segment: SegmentFile) -> Questions:
    kind = segment.columns[column].kind
    if kind == "ordinal":
        yield partial(segment.names, column)
    elif kind == "bytes":
        yield partial(segment.raw_all, column)
        yield partial(segment.raw, column, max(segment.size - 1, 0))
    else:
        yield partial(segment.numbers, column)


def asked_of_documents(segment: SegmentFile) -> Questions:
    for document in {0, segment.size // 2, segment.size - 1} if segment.size else set():
        yield partial(segment.stored, document)
        yield partial(segment.id, document)
    yield segment.ids
    yield segment.id_order
    yield partial(segment.find_id, f"{4:012x}")
    yield partial(segment.find_id, "none")


def questioned(path: Path) -> int:
    """Ask all that one can ask of a segment; how often the answer was that the file is damaged."""
    try:
        segment = SegmentFile.open(path)
    except IndexDamaged as error:
        names_the_file(error, path)
        return 1
    damaged = 0
    with segment:
        groups: list[Callable[[SegmentFile], Questions]] = [
            *(partial(asked_of_dictionary, name) for name in segment.dictionaries),
            *(partial(asked_of_field, name) for name in segment.fields),
            *(partial(asked_of_column, name) for name in segment.columns),
            asked_of_folds,
            asked_of_documents,
        ]
        for questions in groups:
            try:
                for question in questions(segment):
                    try:
                        question()
                    except IndexDamaged as error:
                        names_the_file(error, path)
                        damaged += 1
            except IndexDamaged as error:
                names_the_file(error, path)
                damaged += 1
    return damaged


def test_a_good_segment_is_not_damaged(parts: Parts, tmp_path: Path) -> None:
    write(tmp_path / "a.seg", parts[0], parts[1])
    assert questioned(tmp_path / "a.seg") == 0


def test_any_array_may_lie(parts: Parts, tmp_path: Path) -> None:
    arrays, meta = parts
    chance = random.Random(20251122)
    path = tmp_path / "a.seg"
    forged: list[dict[str, NDArray[Any]]] = []
    for name, values in arrays.items():
        forged.extend(arrays | {name: changed} for changed in changes(values, chance))
        forged.append({other: array for other, array in arrays.items() if other != name})
    told = 0
    tried = forged if ALL else chance.sample(forged, SAMPLE)
    for lying in tried:
        write(path, lying, meta)
        told += questioned(path) > 0
    assert told > len(tried) // 3


def test_the_description_may_lie(parts: Parts, tmp_path: Path) -> None:
    arrays, meta = parts
    chance = random.Random(20251122)
    path = tmp_path / "a.seg"
    values: tuple[Any, ...] = (0, 1, -1, 3, 1 << 16, 1 << 40, 10**30, "x", "words", None, True, [], {}, 0.5)
    forged: list[dict[str, Any]] = []
    for where in places(meta):
        for value in values:
            changed = copy.deepcopy(meta)
            holder: Any = changed
            for key in where[:-1]:
                holder = holder[key]
            holder[where[-1]] = value
            forged.append(changed)
        changed = copy.deepcopy(changed)
        holder.pop(where[-1])
        forged.append(changed)
    told = 0
    tried = forged if ALL else chance.sample(forged, SAMPLE)
    for lying in tried:
        write(path, arrays, lying)
        told += questioned(path) > 0
    assert told > len(tried) // 2


def places(value: Any, above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    for key, inner in value.items():
        yield (*above, key)
        if isinstance(inner, dict):
            yield from places(inner, (*above, key))
