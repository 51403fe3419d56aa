"""TinyDB's tables over documents in memory: what a change does is gathered, and nothing is copied but that."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING, Any

from tinydb.table import Table

from kashaf.notes.journal import Batch

if TYPE_CHECKING:
    from kashaf.notes.lines import Document, Tables


class LiveTable(Table):
    """A TinyDB table that works on the storage's documents themselves: no change costs a copy of them all."""

    def _read_table(self) -> dict[str, Mapping[str, Any]]:
        return self._storage.table(self.name)  # type: ignore[attr-defined,no-any-return]  # always DurableStorage

    def _update_table(self, updater: Callable[[Any], None]) -> None:
        self._storage.change(self.name, updater)  # type: ignore[attr-defined]  # always DurableStorage
        self.clear_cache()


class Recorder(MutableMapping[int, "Document"]):
    """A table as TinyDB's updaters want it; what they do to it is gathered beside it."""

    def __init__(self, documents: Mapping[str, Document], pending: dict[str, Document | None]) -> None:
        self._documents = documents
        self._pending = pending

    def __getitem__(self, key: int) -> Document:
        document = self._pending.get(str(key), self._documents.get(str(key)))
        if document is None or self._pending.get(str(key), document) is None:
            raise KeyError(key)
        # The updater may change it in place.
        return self._pending.setdefault(str(key), dict(document)) or {}

    def __contains__(self, key: object) -> bool:
        name = str(key)
        return self._pending[name] is not None if name in self._pending else name in self._documents

    def __setitem__(self, key: int, document: Document) -> None:
        self._pending[str(key)] = document

    def __delitem__(self, key: int) -> None:
        if key not in self:
            raise KeyError(key)
        self._pending[str(key)] = None

    def __iter__(self) -> Iterator[int]:
        yield from (int(key) for key in self._documents if self._pending.get(key, True) is not None)
        yield from (
            int(key)
            for key, document in self._pending.items()
            if document is not None and key not in self._documents
        )

    def __len__(self) -> int:
        return sum(1 for _ in self)


def batch_of(pending: Mapping[str, Mapping[str, Document | None]], tables: Tables) -> Batch:
    """What differs between the tables and what was done to them."""
    put: dict[str, dict[str, Document]] = {}
    drop: dict[str, list[str]] = {}
    for name, documents in pending.items():
        live: Mapping[str, Document] = tables.get(name, {})
        for key, document in documents.items():
            if document is None:
                if key in live:
                    drop.setdefault(name, []).append(key)
            elif live.get(key) != document:
                put.setdefault(name, {})[key] = document
    return Batch(put, drop)


def become(wanted: Mapping[str, Document], table: MutableMapping[int, Document]) -> None:
    for number in list(table):
        if str(number) not in wanted:
            del table[number]
    for key, document in wanted.items():
        table[int(key)] = document
