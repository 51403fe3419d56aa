"""Tables of words made one, by sorting keys of some bytes all at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.words.table import Numbers, WordTable

_KEY: Final = 32  # bytes by which words are ordered in one go; few are longer


def union(tables: Sequence[WordTable]) -> tuple[WordTable, list[Numbers]]:
    """One table of the words of all, and for each table the number there of each of its words."""
    if len(tables) == 1:
        return tables[0], [np.arange(len(tables[0]))]
    sizes = np.concatenate([table.sizes for table in tables])
    keys = np.concatenate([first_bytes(table) for table in tables])
    numbers = np.empty(len(sizes), np.int64)
    rows = np.flatnonzero(sizes <= _KEY)
    # Each table is in order already, which a merging sort makes use of.
    rows = rows[np.argsort(keys[rows], kind="stable")]
    keys = keys[rows]
    new = np.ones(len(rows), np.bool_)
    new[1:] = keys[1:] != keys[:-1]
    numbers[rows] = np.cumsum(new) - 1
    keys, lengths = keys[new], sizes[rows[new]]
    short = keys.view(np.uint8).reshape(-1, _KEY)[np.arange(_KEY) < lengths[:, np.newaxis]]
    whole = WordTable(short, offsets(lengths))
    if len(rows) < len(sizes):
        whole = _with_long(tables, whole, keys, sizes, numbers)
    return whole, np.split(numbers, np.cumsum([len(table) for table in tables])[:-1])


def first_bytes(table: WordTable) -> NDArray[np.bytes_]:
    """Each word's first bytes, as a key to sort and compare by; longer words may share one."""
    sizes = table.sizes
    keys = np.zeros((len(table), _KEY), np.uint8)
    blob = table.blob[: int(table.at[-1])]
    over = np.flatnonzero(sizes > _KEY)
    if len(over):
        begins = np.ones(len(blob), np.bool_)
        begins[spread(table.at[over].astype(np.int64) + _KEY, sizes[over] - _KEY)] = False
        blob = blob[begins]
    keys[np.arange(_KEY) < sizes[:, np.newaxis]] = blob
    return keys.view(f"S{_KEY}").ravel()


def _with_long(
    tables: Sequence[WordTable],
    short: WordTable,
    keys: NDArray[np.bytes_],
    sizes: Numbers,
    numbers: Numbers,
) -> WordTable:
    """The union with the words that are longer than a key. keys: those of `short`. Completes `numbers`."""
    over = np.flatnonzero(sizes > _KEY)
    firsts = offsets(np.array([len(table) for table in tables]))
    of = np.searchsorted(firsts, over, side="right") - 1
    long = [tables[table][row] for table, row in zip(of.tolist(), (over - firsts[of]).tolist(), strict=True)]
    words = sorted(set(long))
    # A short word that equals a long one's beginning comes before it.
    cuts = np.searchsorted(keys, np.array([word[:_KEY] for word in words], keys.dtype), side="right")
    rest = sizes <= _KEY
    numbers[rest] += np.searchsorted(cuts, numbers[rest], side="right")
    place = {word: cut + at for at, (word, cut) in enumerate(zip(words, cuts.tolist(), strict=True))}
    numbers[over] = [place[word] for word in long]
    at = short.at[cuts].astype(np.int64)
    pieces = np.split(short.blob, at)
    for number, word in enumerate(words):
        pieces.insert(2 * number + 1, np.frombuffer(word, np.uint8))
    lengths = np.insert(short.sizes, cuts, [len(word) for word in words])
    return WordTable(np.concatenate(pieces), offsets(lengths))
