"""A container: named arrays and a description of them in one file that is checked as it is read.

Nothing in it is evaluated: numbers are numbers, and the description is JSON within limits. See layout.py for what
stands where, and docs/index-format.md for the whole.
"""

from __future__ import annotations

import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Self

import numpy as np
from numpy.typing import NDArray

from kashaf.errors import BadInput
from kashaf.said import said
from kashaf.storage import strict_json
from kashaf.storage.strict_json import Json as JsonValue
from kashaf_index.codec import layout
from kashaf_index.codec.arrays import StoredArray
from kashaf_index.codec.blocks import Blocks, open_file, read_at
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.layout import Extent, Footer
from kashaf_index.codec.writing import ContainerWriter, Written

if TYPE_CHECKING:
    from types import TracebackType

__all__ = ["Container", "ContainerWriter", "JsonValue", "StoredArray", "Written"]


class Container:
    """An open container. What is wrong with the file, now or later, raises IndexDamaged that names it.

    kind: what the arrays are, as "segment". size: bytes of the file. A file that is replaced or removed while it is
    open is read on; one that is cut short or overwritten is damaged.
    """

    def __init__(
        self,
        path: Path,
        kind: str,
        blocks: Blocks,
        extents: dict[str, Extent],
        meta: dict[str, JsonValue],
        size: int,
    ) -> None:
        self.path: Final = path
        self.kind: Final = kind
        self.meta: Final = meta
        self.size: Final = size
        self._blocks = blocks
        self._extents = extents
        self._arrays: dict[str, StoredArray] = {}

    @classmethod
    def open(cls, path: Path, kind: str | None = None) -> Self:
        """Open the file at `path`, which must be of `kind` when one is given. Reads its ends only.

        Raises IndexDamaged, also for another version of the format.
        """
        descriptor, size = open_file(path)
        blocks: Blocks | None = None
        try:
            found, footer = _read_ends(descriptor, size, path)
            if kind is not None and found != kind:
                raise damaged(said("the file is of another kind: {kind}", kind=found), path)
            blocks = Blocks(descriptor, path, footer.table, _read_table(descriptor, footer, path))
            space = blocks.space
            end = footer.directory + footer.directory_length
            blocks.load(space, 0, 1)
            blocks.load(space, footer.directory // layout.BLOCK, layout.blocks_of(footer.table))
            if bytes(space.memory[: layout.HEADER.size]) != layout.pack_header(found):
                raise damaged(said("the file's content is not what was written"), path)
            extents, meta = _parse(bytes(space.memory[footer.directory : end]), footer, path)
        except BaseException:
            if blocks is None:
                os.close(descriptor)
            else:
                blocks.close()
            raise
        return cls(path, found, blocks, extents, meta, size)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the arrays, in the order in which they stand in the file."""
        return tuple(self._extents)

    @property
    def held(self) -> int:
        """Bytes of memory that what was read takes at present."""
        return self._blocks.held

    def extent(self, name: str) -> Extent:
        """Where in the file an array stands. Raises IndexDamaged when there is none of that name."""
        try:
            return self._extents[name]
        except KeyError:
            raise damaged(said("the file lacks a part: {name}", name=name), self.path) from None

    def array(self, name: str) -> StoredArray:
        """The array `name`. Raises IndexDamaged when there is none."""
        array = self._arrays.get(name)
        if array is None:
            # Two threads may make it twice; all keep one of them.
            array = self._arrays.setdefault(name, StoredArray(self._blocks, self.extent(name)))
        return array

    def __contains__(self, name: object) -> bool:
        return name in self._extents

    def trim(self, budget: int) -> None:
        """Forget all that was read when it takes more than `budget` bytes of memory.

        Views that were handed out stay right, and keep alive the memory that they look at.
        """
        if self._blocks.held > budget:
            self._blocks.renew()
            for array in list(self._arrays.values()):
                array.renew()

    def verify(self) -> None:
        """Read and check every block, in little memory. Raises IndexDamaged."""
        self._blocks.verify()

    def close(self) -> None:
        """Give the file back. What is in memory stays readable, the rest raises ValueError."""
        self._blocks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _read_ends(descriptor: int, size: int, path: Path) -> tuple[str, Footer]:
    least = layout.HEADER.size + layout.FOOTER.size
    if not least <= size <= layout.MAX_SIZE:
        raise damaged(said("the file's size is not what was written"), path)
    try:
        kind = layout.unpack_header(read_at(descriptor, 0, layout.HEADER.size, path))
        end = read_at(descriptor, size - layout.FOOTER.size, layout.FOOTER.size, path)
        return kind, layout.unpack_footer(end, size)
    except layout.OtherVersion as error:
        raise damaged(said("the index is of another version"), path) from error
    except layout.Malformed as error:
        raise damaged(said("the file is no whole part of an index"), path) from error


def _read_table(descriptor: int, footer: Footer, path: Path) -> NDArray[np.uint32]:
    data = read_at(descriptor, footer.table, 4 * footer.blocks, path)
    if zlib.crc32(data) != footer.table_sum:
        raise damaged(said("the file's content is not what was written"), path)
    return np.frombuffer(data, "<u4")


def _parse(data: bytes, footer: Footer, path: Path) -> tuple[dict[str, Extent], dict[str, JsonValue]]:
    """The directory: a JSON object of `arrays` and `meta`."""
    try:
        value = strict_json.loads(
            data, where=str(path), max_bytes=layout.MAX_DIRECTORY, max_depth=layout.MAX_DEPTH
        )
    except BadInput as error:
        raise damaged(said("the file's directory is not readable"), path) from error
    if isinstance(value, dict) and value.keys() == {"arrays", "meta"}:
        arrays, meta = value["arrays"], value["meta"]
        if isinstance(arrays, dict) and isinstance(meta, dict):
            extents: dict[str, Extent] = {}
            end = layout.HEADER.size
            for name, entry in arrays.items():
                extent = _extent(name, entry)
                # Arrays stand one behind the other: none can lie over another or point beyond.
                if extent is None or extent.offset != layout.aligned(end):
                    break
                extents[name] = extent
                end = extent.end
            else:
                if layout.aligned(end) == footer.directory:
                    return extents, meta
    raise damaged(said("the file's directory is not readable"), path)


def _extent(name: str, entry: Any) -> Extent | None:
    if not layout.is_name(name) or not isinstance(entry, list) or len(entry) != 3:
        return None
    dtype, offset, count = entry
    if not isinstance(dtype, str) or dtype not in layout.DTYPES:
        return None
    # bool is an int to isinstance.
    if type(offset) is not int or type(count) is not int or not 0 <= count <= layout.MAX_SIZE:
        return None
    return Extent(dtype, offset, count)
