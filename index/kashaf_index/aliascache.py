"""The names and spellings of a workspace's books, kept ready beside the index: parsing the books takes longer than
most searches do.

Derived: what does not fit the books, or is damaged, is made again from them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from kashaf.entities.page import folded_words
from kashaf.errors import DiskTrouble
from kashaf.storage.atomic import write_bytes
from kashaf.text.sanitise import is_clean
from kashaf_index.generations.fingerprint import fingerprint

if TYPE_CHECKING:
    from kashaf.entities.book.namebook import Name, NameBook
    from kashaf.entities.book.spellings import Spellings

#: Folded words in a row.
Words = tuple[str, ...]

_KEYS: Final = {"key", "names", "stems", "words"}
_LARGEST: Final = 64 << 20  # bytes
_MODE: Final = 0o600


@dataclass(frozen=True, slots=True)
class Known:
    """What a query can be expanded by.

    names: of each name how it is called, and the folded words of those of its surfaces that stand for nobody else.
    stems, words: see `Spellings`.
    """

    names: tuple[tuple[str, tuple[Words, ...]], ...]
    stems: Mapping[str, tuple[str, ...]]
    words: Mapping[Words, tuple[Words, ...]]

    @classmethod
    def of(cls, book: NameBook, spellings: Spellings) -> Known:
        names = tuple((name.canonical, _surfaces(name)) for name in book.names)
        return cls(names, spellings.stems, spellings.words)


def _surfaces(name: Name) -> tuple[Words, ...]:
    surfaces = (name.canonical, *name.aliases)
    return tuple(
        folded_words(surface) for surface in dict.fromkeys(surfaces) if surface not in name.ambiguous
    )


class AliasCache:
    """A file at `path`, for what was read of `books`, some of which may not be there."""

    def __init__(self, path: Path, books: Sequence[Path]) -> None:
        self._path = path
        self._books = tuple(books)

    def known(self, read: Callable[[], Known]) -> Known:
        """What was kept, if it is of the books as they are now; else what `read` reads, which is then kept.

        Raises what `read` raises.
        """
        key = self._key()
        if key is not None and (kept := self._load(key)) is not None:
            return kept
        known = read()
        # Unless a book was changed while it was read.
        if key is not None and key == self._key():
            self._save(key, known)
        return known

    def _key(self) -> str | None:
        """Names the books' contents and how words are folded; None when a book cannot be read."""
        digest = hashlib.sha256(fingerprint().encode())
        for path in self._books:
            try:
                digest.update(hashlib.sha256(path.read_bytes()).digest())
            except FileNotFoundError:
                digest.update(b"none")
            except OSError:
                return None
        return digest.hexdigest()

    def _load(self, key: str) -> Known | None:
        try:
            if self._path.stat().st_size > _LARGEST:
                return None
            value = orjson.loads(self._path.read_bytes())
            if not isinstance(value, dict) or value.keys() != _KEYS or value["key"] != key:
                return None
            return _known(value)
        except (OSError, ValueError, TypeError):
            return None

    def _save(self, key: str, known: Known) -> None:
        value = {
            "key": key,
            "names": known.names,
            "stems": list(known.stems.items()),
            "words": list(known.words.items()),
        }
        try:
            write_bytes(self._path, orjson.dumps(value), mode=_MODE, durable=False)
        except DiskTrouble:
            # Read-only media, a full disk: the next search reads the books again.
            return


def _known(value: Mapping[str, Any]) -> Known:
    """Raises ValueError and TypeError for what was not saved."""
    names = tuple((_text(name), _rows(rows)) for name, rows in _list(value["names"]))
    # They are shown on a terminal.
    shown = [name for name, _ in names]
    stems = {_text(one): tuple(map(_text, _list(others))) for one, others in _list(value["stems"])}
    words = {_row(one): _rows(others) for one, others in _list(value["words"])}
    shown += [word for others in stems.values() for word in others]
    shown += [word for rows in words.values() for row in rows for word in row]
    if not is_clean("\n".join(shown)):
        raise ValueError("a name is not fit to be shown")
    return Known(names, stems, words)


def _list(value: Any) -> Iterable[Any]:
    if type(value) is not list:
        raise TypeError("a list was expected")
    return value


def _rows(value: Any) -> tuple[Words, ...]:
    return tuple(map(_row, _list(value)))


def _row(value: Any) -> Words:
    return tuple(map(_text, _list(value)))


def _text(value: Any) -> str:
    if type(value) is not str:
        raise TypeError("a text was expected")
    return value
