"""Columns: a value for every document.

column.C           numbers: any integer type
column.C           ordinals: u8, u16 or u32, into the names `column.C.names.blob` and `.at` (UTF-8)
column.C           bytes: u8, so many for every document
ids.blob, ids.at   the documents' ids (UTF-8)
ids.order u32      the documents by id, those of one id by number
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.blobs import Blobs, BlobWriter, encode, inconsistent, stored_array
from kashaf_index.codec.container import Container, ContainerWriter

Kind = Literal["number", "ordinal", "bytes"]
KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
PREFIX: Final = "column."


@dataclass(frozen=True, slots=True)
class ColumnShape:
    """What a column holds. `size` is the bytes of a document in a column of bytes, else 1."""

    kind: Kind
    size: int = 1


class ColumnsWriter:
    """Writes columns, each whole."""

    def __init__(self, out: ContainerWriter) -> None:
        self._out = out
        self.shapes: dict[str, ColumnShape] = {}

    def numbers(self, column: str, values: NDArray[Any]) -> None:
        """Values of an integer type, which is kept."""
        self._write(column, ColumnShape("number"), values)

    def ordinals(self, column: str, values: NDArray[Any], names: Sequence[str]) -> None:
        """`values` are places in `names`. Raises ValueError when there is no such place."""
        if len(values) and not 0 <= int(values.min()) <= int(values.max()) < len(names):
            raise ValueError(f"{column}: an ordinal has no name")
        dtype = next(
            dtype for dtype in (np.uint8, np.uint16, np.uint32) if len(names) <= np.iinfo(dtype).max + 1
        )
        self._write(column, ColumnShape("ordinal"), values.astype(dtype))
        writer = BlobWriter(self._out, f"{PREFIX}{column}.names")
        writer.append([encode(name) for name in names])
        writer.finish()

    def raw(self, column: str, values: NDArray[np.uint8]) -> None:
        """Bytes, shape (documents, size)."""
        shape = ColumnShape("bytes", values.shape[1])
        self._write(column, shape, np.ascontiguousarray(values).reshape(-1))

    def ids(self, ids: Sequence[str]) -> None:
        """The ids of the documents; several may have the same."""
        encoded = [encode(one) for one in ids]
        writer = BlobWriter(self._out, "ids")
        writer.append(encoded)
        writer.finish()
        order = sorted(range(len(encoded)), key=encoded.__getitem__)
        self._out.append("ids.order", np.array(order, np.uint32))

    def _write(self, column: str, shape: ColumnShape, values: NDArray[Any]) -> None:
        if column in self.shapes:
            raise ValueError(f"{column} is there already")
        if values.dtype.kind not in "ui":
            raise ValueError(f"{column} is not of whole numbers")
        self._out.append(f"{PREFIX}{column}", values)
        self.shapes[column] = shape


class Column:
    """One column. Arrays that are returned are read-only views."""

    def __init__(self, container: Container, column: str, shape: ColumnShape, documents: int) -> None:
        name = f"{PREFIX}{column}"
        self._container = container
        self._name = name
        self._shape = shape
        self._values = stored_array(container, name, documents * shape.size)
        if shape.kind == "bytes" and self._values.dtype != np.uint8:
            raise inconsistent(container, name)
        self._names: list[str] | None = None

    def values(self) -> NDArray[Any]:
        """All values: shape (documents,), or (documents, size) in a column of bytes."""
        values = self._values.all()
        return values.reshape(-1, self._shape.size) if self._shape.kind == "bytes" else values

    def raw(self, document: int) -> bytes:
        size = self._shape.size
        return self._values.slice(document * size, (document + 1) * size).tobytes()

    def names(self) -> list[str]:
        """The names that the ordinals stand for."""
        if self._names is None:
            blobs = Blobs(self._container, f"{self._name}.names")
            names = blobs.texts(0, blobs.count)
            values = self._values.all()
            if len(values) and int(values.max()) >= len(names):
                raise inconsistent(self._container, self._name)
            self._names = names
        return self._names


class Ids:
    """The documents' ids, and the documents by id."""

    def __init__(self, container: Container, documents: int) -> None:
        self._container = container
        self._blobs = Blobs(container, "ids", documents)
        self._order = stored_array(container, "ids.order", documents)
        self._documents = documents

    def one(self, document: int) -> str:
        return self._blobs.texts(document, document + 1)[0]

    def all(self) -> list[str]:
        return self._blobs.texts(0, self._documents)

    def some(self, documents: NDArray[np.int64]) -> list[str]:
        """The ids of these documents, in their order."""
        return self._blobs.texts_of(documents)

    def order(self) -> NDArray[np.uint32]:
        """The documents by id, those of one id by number: a view."""
        return self._order.all()

    def find(self, wanted: str) -> int:
        """The last document of that id, -1 when there is none."""
        sought = encode(wanted)
        lo, hi = 0, self._documents
        while lo < hi:
            middle = (lo + hi) // 2
            if self._blobs.one(self._order.item(middle)) <= sought:
                lo = middle + 1
            else:
                hi = middle
        if lo:
            document = self._order.item(lo - 1)
            if self._blobs.one(document) == sought:
                return document
        return -1
