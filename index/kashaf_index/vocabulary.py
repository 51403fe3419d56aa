"""The words of an index with their frequencies, for whoever helps an analyst to find the right one.

Read once a generation, as arrays, and kept in memory: a word costs its letters and some twenty bytes. Frequencies are
numbers of articles, added up over the spellings of a fold and over deleted articles until they are merged away: good
to rank by, while what is shown is counted by a search.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import nullcontext
from functools import cached_property
from math import log10
from typing import TYPE_CHECKING, Final, NamedTuple, Self
from weakref import WeakKeyDictionary

import numpy as np

from kashaf.errors import Cancelled
from kashaf.said import said
from kashaf.text.distance import UNIT, allowed, distance, letters, pairs
from kashaf.text.transliteration import latin_keys, price
from kashaf_index.opening import damaged
from kashaf_index.words.sounds import ARTICLE, Sounds
from kashaf_index.words.spellings import Reading, Written, written
from kashaf_index.words.table import Numbers, greatest

if TYPE_CHECKING:
    from kashaf_index.codec.segment import SegmentFile
    from kashaf_index.search import Searcher

_FIELD: Final = "text"
_POLL: Final = 256
_TRIED: Final = 1500  # words measured for one correction
#: What a tenfold frequency weighs against a price of `kashaf.text.distance` and of `transliteration.price`.
PER_DECADE: Final = 3.0
PER_DECADE_LATIN: Final = 1.0
_ARTICLE_PRICE: Final = 2


class Candidate(NamedTuple):
    """A word of the vocabulary: folded, as it is mostly written, its frequency, and how far from what was asked."""

    folded: str
    shown: str
    frequency: int
    price: int = 0


class Vocabulary:
    """Folded words of the text, in order. Read-only once built, but for what is computed when first asked for."""

    def __init__(self, found: Written) -> None:
        self._words = found.words
        self._frequencies = found.totals
        self._odd = found.odd
        self._spellings = found.spellings

    @classmethod
    def of(cls, segments: Sequence[SegmentFile], reading: Reading = nullcontext) -> Self:
        """The words of some segments. Raises IndexDamaged, and ValueError for a term that is none.

        reading: entered for a few milliseconds at a time, so that others can read or close the segments in between.
        """
        return cls(written(segments, _FIELD, reading))

    def __len__(self) -> int:
        return len(self._words)

    def __iter__(self) -> Iterator[str]:
        return iter(self._words)

    def frequency(self, folded: str) -> int:
        """In how many articles a folded word is; 0 for one that is in none."""
        at = self._words.find(_utf8(folded))
        return int(self._frequencies[at]) if at >= 0 else 0

    def shown(self, folded: str) -> str:
        """A folded word as it is mostly written."""
        at = self._words.find(_utf8(folded))
        return self._shown(at, folded) if at >= 0 else folded

    def beginning(self, folded: str, limit: int) -> list[Candidate]:
        """Words that begin so, the most frequent first."""
        first, last = self._words.beginning(_utf8(folded))
        return self._candidates(first + greatest(self._frequencies[first:last], limit))

    def near(self, folded: str, limit: int, cancelled: Callable[[], bool] = lambda: False) -> list[Candidate]:
        """Words that a slip could have turned into `folded`, the likeliest first, itself not among them.

        Raises Cancelled.
        """
        bound = allowed(folded)
        if not bound:
            return []
        one_slip = bound <= UNIT
        spread, most_letters, most_pairs = (1, 2, 6) if one_slip else (2, 4, 8)
        close = self._words.near(len(folded), letters(folded), spread, most_letters)
        apart = np.bitwise_count(self._words.taken(close).pairs ^ np.uint64(pairs(folded)))
        close, apart = close[apart <= most_pairs], apart[apart <= most_pairs]
        if len(close) > _TRIED:
            order = np.lexsort((close, -self._frequencies[close].astype(np.int64), apart))
            close = close[order[:_TRIED]]
        found: list[tuple[float, str, int, int]] = []
        for tried, (at, word) in enumerate(zip(close.tolist(), self._words.some(close), strict=True)):
            if tried % _POLL == 0 and cancelled():
                raise Cancelled
            if word != folded and (paid := distance(folded, word, bound)) is not None:
                found.append((self._unlikely(at, paid, PER_DECADE), word, at, paid))
        return self._best(found, limit)

    def sounding(self, latin: str, limit: int, *, article: bool = False) -> list[Candidate]:
        """Words that a Latin spelling (`transliteration.latin_word`) may stand for, the likeliest first.

        article: the spelling had an article, which was taken off; words with one are then preferred.
        """
        dearest = 1 + len(latin) // 2
        close = self._sounds.words(latin_keys(latin))
        found: list[tuple[float, str, int, int]] = []
        for at, word in zip(close.tolist(), self._words.some(close), strict=True):
            # A word with an article, asked for without one or the other way round, is a little further off.
            ways = [(price(latin, word), _ARTICLE_PRICE if article else 0)]
            if word.startswith(ARTICLE):
                ways.append((price(latin, word[len(ARTICLE) :]), 0 if article else _ARTICLE_PRICE))
            paid = min((way + more for way, more in ways if way is not None and way <= dearest), default=None)
            if paid is not None:
                found.append((self._unlikely(at, paid, PER_DECADE_LATIN), word, at, paid))
        return self._best(found, limit)

    def _unlikely(self, at: int, paid: int, per_decade: float) -> float:
        return paid - per_decade * log10(int(self._frequencies[at]) + 1)

    def _best(self, found: list[tuple[float, str, int, int]], limit: int) -> list[Candidate]:
        """found: how unlikely each word is, the word, its number and price."""
        best = sorted(found)[:limit]
        plain = self._candidates(np.array([at for _, _, at, _ in best], np.int64))
        return [one._replace(price=paid) for one, (_, _, _, paid) in zip(plain, best, strict=True)]

    def _candidates(self, numbers: Numbers) -> list[Candidate]:
        words = zip(
            numbers.tolist(), self._words.some(numbers), self._frequencies[numbers].tolist(), strict=True
        )
        return [Candidate(word, self._shown(at, word), frequency) for at, word, frequency in words]

    def _shown(self, at: int, folded: str) -> str:
        place = bisect_left(self._odd, at)
        if place < len(self._odd) and self._odd[place] == at:
            return self._spellings[place].decode("utf-8")
        return folded

    @cached_property
    def _sounds(self) -> Sounds:
        return Sounds(self._words)


def _utf8(text: str) -> bytes:
    # A lone surrogate is in no word.
    return text.encode("utf-8", "surrogatepass")


_building: Final = threading.Lock()
_built: Final[WeakKeyDictionary[Searcher, Vocabulary]] = WeakKeyDictionary()


def vocabulary_of(searcher: Searcher) -> Vocabulary:
    """The vocabulary of the searcher's generation, read when first asked for. Raises IndexDamaged.

    Others may search meanwhile.
    """
    with _building:
        known = _built.get(searcher)
        if known is None:
            with searcher.reading() as reader:
                folder, segments = reader.folder, [one.file for one in reader.segments]
            try:
                known = _built[searcher] = Vocabulary.of(segments, searcher.reading)
            except ValueError as error:
                raise damaged(said("the index holds a term that is none"), folder) from error
        return known
