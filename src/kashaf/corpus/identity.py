"""How an article gets its id: from its bytes and its place in the file, never from a path.

Two laptops that import the same file agree on the id without having met.
"""

from __future__ import annotations

import hashlib

_ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
ID_LENGTH = 12


def mint(raw_sha256: str, member: str = "", attempt: int = 0) -> str:
    """The id for a member of a file: 12 characters, 60 bits.

    raw_sha256: hexadecimal hash of the whole file at its first import.
    member: place inside a file of many articles, or empty.
    attempt: raised by the catalogue when the id is taken by an article that has since changed.
    """
    seed = f"{raw_sha256}\n{member}" + (f"\n{attempt}" if attempt else "")
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8]) >> 4
    return "".join(_ALPHABET[(number >> shift) & 31] for shift in range(55, -1, -5))


def text_sha256(text: str) -> str:
    """Hash of an article's text in UTF-8: names the revision that a note was written on."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()
