"""Files gone wrong: what copying, cutting and malice do to a file, the same for the same seed of chance."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Final

_TOKENS: Final = (
    b"", b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\r", b"\n\n", b"\t", b"<", b"</p>", b"<!--", b"]]>", b"&#x202e;",
    b"&lol;",
    b"{", b"[" * 300, b"}", b'"', b"\\u0000", b"\\ud800", b"99999999999999999999", b"-1", b"%s", b"\x1b[2J", b"--",
    b"\xd8", b"\xd9\x80" * 50, b"\xe2\x80\xae", b"PK\x05\x06", b"From ", b"=?utf-8?b?////?=", b"endobj",
    b"/Length 999999999",
)  # fmt: skip
_LONGEST: Final = 200_000


def mutations(seeds: Sequence[bytes], count: int, chance: Random) -> Iterator[bytes]:
    """`count` files made of one or two seeds, each changed a few times."""
    for _ in range(count):
        data = bytearray(chance.choice(seeds)[:_LONGEST])
        for _ in range(chance.choice((1, 1, 2, 4, 16))):
            chance.choice(_CHANGES)(data, seeds, chance)
        yield bytes(data[:_LONGEST])


def _place(data: bytearray, chance: Random) -> int:
    return chance.randrange(len(data) + 1)


def _flip(data: bytearray, _seeds: Sequence[bytes], chance: Random) -> None:
    if data:
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(data: bytearray, _seeds: Sequence[bytes], chance: Random) -> None:
    at = _place(data, chance)
    del data[at : at + chance.choice((1, 7, 300, len(data)))]


def _say_again(data: bytearray, _seeds: Sequence[bytes], chance: Random) -> None:
    at = _place(data, chance)
    piece = bytes(data[at : at + chance.choice((1, 16, 400))])
    data[at:at] = piece * chance.choice((1, 3, 40))


def _insert(data: bytearray, _seeds: Sequence[bytes], chance: Random) -> None:
    at = _place(data, chance)
    data[at:at] = chance.choice(_TOKENS)


def _splice(data: bytearray, seeds: Sequence[bytes], chance: Random) -> None:
    other = chance.choice(seeds)
    del data[_place(data, chance) :]
    data += other[chance.randrange(len(other) + 1) :][:_LONGEST]


def _overwrite(data: bytearray, _seeds: Sequence[bytes], chance: Random) -> None:
    at = _place(data, chance)
    token = chance.choice(_TOKENS)
    data[at : at + len(token)] = token


_CHANGES: Final[tuple[Callable[[bytearray, Sequence[bytes], Random], None], ...]] = (
    _flip, _flip, _cut, _say_again, _insert, _insert, _splice, _overwrite,
)  # fmt: skip
