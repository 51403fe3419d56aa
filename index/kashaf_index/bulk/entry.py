"""An article as the bulk writer takes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

#: Fields whose words are read from an entry; `lead` is made of `text`.
READ: Final = ("text", "title", "author")
LEAD_FIELD: Final = "lead"
#: Fields of the dictionary `words`, with positions.
WORDS: Final = ("text", LEAD_FIELD, "title", "author")
#: Fields of one key an article, each with a dictionary of its own name.
KEYS: Final = ("outlet", "language")

#: Columns of names, and of 32 bytes.
NAMES: Final = ("outlet", "language", "member", "stamp", "scope")
DIGESTS: Final = ("raw_sha256", "text_sha256")
DIGEST: Final = 32


@dataclass(frozen=True, slots=True)
class Entry:
    """One article.

    title: as the article states it, else empty. outlet: as written; outlet_key: what its spellings share
    (`analysis.outlet_key`). date: yyyymmdd, 0 for none. raw_sha256, text_sha256: hexadecimal, or empty.
    stored: the article's JSON.
    """

    id: str
    text: str
    title: str
    author: str
    outlet: str
    outlet_key: str
    language: str
    date: int
    raw_sha256: str
    text_sha256: str
    member: str
    stamp: str
    scope: str
    stored: bytes
