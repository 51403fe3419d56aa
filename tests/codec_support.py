"""Containers to damage, and what is read out of them."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import IndexDamaged
from kashaf_index.codec.container import Container, ContainerWriter, Written
from kashaf_index.codec.damage import CURE_REBUILD

META: dict[str, Any] = {"fields": {"text": {"positions": True}}, "outlet": "الميزان", "n": 3, "share": 0.5}


def arrays() -> dict[str, NDArray[Any]]:
    """Arrays that begin, end and stand across the borders of blocks; one without elements."""
    chance = np.random.default_rng(20251110)
    return {
        "ids.blob": chance.integers(0, 256, 3_001).astype(np.uint8),
        "text.0.docs": chance.integers(0, 1 << 16, 15_000).astype(np.uint16),
        "empty": np.empty(0, np.uint32),
        "date": chance.integers(-(1 << 31), 1 << 31, 777).astype(np.int32),
        "text.0.start": np.arange(5_000, dtype=np.uint32),
        "wide": chance.integers(0, 1 << 63, 100).astype(np.uint64),
        "weight": chance.random(33),
    }


def write(
    path: Path, values: Mapping[str, NDArray[Any]], meta: Mapping[str, Any] = META, kind: str = "segment"
) -> Written:
    writer = ContainerWriter(path, kind)
    for name, array in values.items():
        writer.append(name, array)
    return writer.finish(meta)


def content(path: Path) -> tuple[str, dict[str, Any], dict[str, tuple[str, bytes]]]:
    """All that a container says: its kind, its description, and type and bytes of every array."""
    with Container.open(path) as container:
        read = {name: container.array(name) for name in container.names}
        values = {name: (array.dtype.str, array.all().tobytes()) for name, array in read.items()}
        return container.kind, container.meta, values


def names_the_file(error: IndexDamaged, path: Path) -> None:
    """The error says where and what to do."""
    assert (error.where, error.cure) == (str(path), CURE_REBUILD)


@contextmanager
def may_be_told(path: Path) -> Iterator[None]:
    """The block succeeds, or ends in the error that names the file and the cure."""
    try:
        yield
    except IndexDamaged as error:
        names_the_file(error, path)


def is_right(path: Path) -> bool:
    """Whether the container of `arrays` at `path` can be read whole, and then is right; else it says what to do."""
    try:
        found = content(path)
    except IndexDamaged as error:
        names_the_file(error, path)
        return False
    values = {name: (array.dtype.newbyteorder("<").str, array.tobytes()) for name, array in arrays().items()}
    assert found == ("segment", META, values)
    return True


def open_files() -> int:
    """How many files this process has open, without those of objects that nobody has any more."""
    gc.collect()
    return len(list(Path("/dev/fd").iterdir()))
