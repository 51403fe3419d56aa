"""The articles put into the index since the last commit, in little memory: about 120 bytes an article.

Each has a number, in the order in which they were put; one that is put again, or removed, is dead under its old one.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf_index.generations.revision import Revision

_RECENT: Final = 1 << 16  # ids that a dict holds before they go into the sorted ones
_DIGEST: Final = 32
_NO_DIGEST: Final = bytes(_DIGEST)


class Fresh:
    """Which articles there are, under which numbers, and what they were made of."""

    def __init__(self) -> None:
        self._recent: dict[bytes, int] = {}
        self._ids: NDArray[np.bytes_] = np.empty(0, "S1")  # sorted
        self._numbers: NDArray[np.int64] = np.empty(0, np.int64)  # aligned
        self._dead = bytearray()
        self._digests = bytearray()  # of the file and of the text, one behind the other
        self._members = bytearray()
        self._member_ends = array("Q")
        self._stamps = _Names()
        self._scopes = _Names()
        self.live = 0
        """How many are not dead."""

    def __len__(self) -> int:
        """How many were put, dead ones too."""
        return len(self._dead)

    def add(self, article_id: str, revision: Revision) -> int:
        """Put an article; returns its number. One of its id dies."""
        self.kill(article_id)
        number = len(self._dead)
        self._dead.append(0)
        self._digests += _digest(revision.raw_sha256) + _digest(revision.text_sha256)
        self._members += revision.member.encode("utf-8", "surrogatepass")
        self._member_ends.append(len(self._members))
        self._stamps.append(revision.stamp)
        self._scopes.append(revision.scope)
        self._recent[article_id.encode("utf-8", "surrogatepass")] = number
        self.live += 1
        if len(self._recent) >= _RECENT:
            self._settle()
        return number

    def kill(self, article_id: str) -> bool:
        """Let the article die; False when there is none."""
        number = self.find(article_id)
        if number < 0:
            return False
        self._dead[number] = 1
        self.live -= 1
        return True

    def find(self, article_id: str) -> int:
        """The number of the live article; -1 when there is none."""
        key = article_id.encode("utf-8", "surrogatepass")
        number = self._recent.get(key, -1)
        if number < 0 and len(self._ids):
            at = self._at(key)
            number = int(self._numbers[at]) if at >= 0 else -1
        return -1 if number < 0 or self._dead[number] else number

    def dead(self) -> NDArray[np.int64]:
        """The numbers of the dead, ascending."""
        return np.flatnonzero(np.frombuffer(self._dead, np.uint8))

    def revision(self, number: int) -> Revision:
        first = 2 * _DIGEST * number
        text = first + _DIGEST
        start = self._member_ends[number - 1] if number else 0
        return Revision(
            _hexadecimal(self._digests[first:text]),
            _hexadecimal(self._digests[text : text + _DIGEST]),
            self._members[start : self._member_ends[number]].decode("utf-8", "surrogatepass"),
            self._stamps[number],
            self._scopes[number],
        )

    def items(self) -> Iterator[tuple[str, int]]:
        """Ids and numbers of the live ones. Not while they change."""
        for key, number in self._recent.items():
            if not self._dead[number]:
                yield key.decode("utf-8", "surrogatepass"), number
        recent = self._recent
        for key, number in zip(self._ids, self._numbers, strict=True):
            if not self._dead[number] and bytes(key) not in recent:
                yield bytes(key).decode("utf-8", "surrogatepass"), int(number)

    def _at(self, key: bytes) -> int:
        at = int(np.searchsorted(self._ids, np.asarray(key, dtype=self._ids.dtype)))
        # The needle may have been cut to the width of the others.
        return at if at < len(self._ids) and self._ids[at] == key else -1

    def _settle(self) -> None:
        """Move the recent ids to the sorted ones; of two numbers the later one stays."""
        recent = np.array(list(self._recent))
        ids = np.concatenate([self._ids, recent])
        numbers = np.concatenate([self._numbers, np.fromiter(self._recent.values(), np.int64, len(recent))])
        order = np.lexsort((numbers, ids))
        ids, numbers = ids[order], numbers[order]
        last = np.append(ids[1:] != ids[:-1], True)
        self._ids, self._numbers = ids[last], numbers[last]
        self._recent.clear()


class _Names:
    """A string for each number, of few different ones."""

    def __init__(self) -> None:
        self._ordinals = array("I")
        self._names: dict[str, int] = {}
        self._listed: list[str] = []

    def append(self, name: str) -> None:
        ordinal = self._names.get(name)
        if ordinal is None:
            ordinal = self._names[name] = len(self._listed)
            self._listed.append(name)
        self._ordinals.append(ordinal)

    def __getitem__(self, number: int) -> str:
        return self._listed[self._ordinals[number]]


def _digest(sha256: str) -> bytes:
    return bytes.fromhex(sha256) if sha256 else _NO_DIGEST


def _hexadecimal(digest: bytes | bytearray) -> str:
    return digest.hex() if digest != _NO_DIGEST else ""
