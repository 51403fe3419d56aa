"""What one word of a query may have been meant for: on another keyboard, in another script, in another spelling."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from math import log10
from typing import Final, Literal, NamedTuple

from kashaf.text.clitics import PROCLITICS
from kashaf.text.distance import UNIT
from kashaf.text.fold import fold_word
from kashaf.text.keyboards import to_arabic, to_latin
from kashaf.text.letters import ARABIC_LETTERS
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf.text.transliteration import buckwalter, is_latin, parted, readings
from kashaf_index.vocabulary import PER_DECADE as SPELLING_DECADE
from kashaf_index.vocabulary import PER_DECADE_LATIN, Vocabulary

Kind = Literal["layout", "transliteration", "spelling"]

#: The price of one easy slip; see kashaf.text.distance, whose prices those of spellings are.
SLIP: Final = 6

_EACH: Final = 3  # options of each kind
_LOOKED_AT: Final = 8
# What a stemmer takes off, and what it must leave: a word behind the second kind is asked for without it.
_ARTICLES: Final = ("ال", "وال", "بال", "كال", "فال", "لل", "و")
_PREFIXES: Final = tuple(dict.fromkeys((*_ARTICLES, *PROCLITICS)))
_SHORTEST: Final = 4  # letters of a word behind a prefix
_SHORTEST_LATIN: Final = 3
_PLAIN: Final = 5  # the price of reading a word as Buckwalter's that is as well a Latin spelling

#: Kinds in the order in which they are offered, and what ten times as many articles weigh against a price.
PER_DECADE: Final[dict[Kind, float]] = {
    "layout": 0.5,
    "transliteration": PER_DECADE_LATIN,
    "spelling": SPELLING_DECADE,
}


@dataclass(frozen=True, slots=True)
class Option:
    """Other words for one.

    price: how far they lie from what was typed. unlikely: that and how rare they are. Both are comparable among
    options of one kind.
    """

    kind: Kind
    text: str
    price: int
    unlikely: float


def options(
    vocabulary: Vocabulary,
    text: str,
    cancelled: Callable[[], bool] = lambda: False,
    *,
    known: bool = False,
) -> list[Option]:
    """Other words for a run of characters, the likeliest of each kind first; all are in the vocabulary.

    known: the word exists, and only easy slips are looked for. Raises Cancelled.
    """
    ways: dict[Kind, Iterator[_Way]] = {
        "layout": _other_layouts(vocabulary, text),
        "transliteration": _other_scripts(vocabulary, text, known),
        "spelling": _other_spellings(vocabulary, text, known, cancelled),
    }
    found: dict[str, Option] = {}
    for kind in PER_DECADE:
        for way in islice(ways[kind], _EACH):
            found.setdefault(fold_word(way.text), Option(kind, way.text, way.price, way.unlikely(kind)))
    return list(found.values())


class _Way(NamedTuple):
    text: str
    price: int
    frequency: int

    def unlikely(self, kind: Kind) -> float:
        return self.price - PER_DECADE[kind] * log10(self.frequency + 1)


def _other_layouts(vocabulary: Vocabulary, text: str) -> Iterator[_Way]:
    for price, reading in enumerate((*to_arabic(text), *to_latin(text))):
        words = [fold_word(token.exact) for token in tokenise(reading)]
        frequency = min(map(vocabulary.frequency, words), default=0)
        # One or two letters are some word in any language.
        if len(reading) > 2 and frequency:
            yield _Way(" ".join(map(vocabulary.shown, words)), price, frequency)


def _other_scripts(vocabulary: Vocabulary, text: str, known: bool) -> Iterator[_Way]:
    if not ARABIC_LETTERS.isdisjoint(text):
        return
    latin = is_latin(text)
    found: list[_Way] = []
    if latin and len(text) >= (_SHORTEST if known else _SHORTEST_LATIN):
        for words in parted(text):
            rows = [_sounding(vocabulary, word) for word in words]
            if all(rows):
                best = [row[0] for row in rows]
                together = " ".join(way.text for way in best)
                found.append(
                    _Way(together, sum(way.price for way in best), min(way.frequency for way in best))
                )
        found += _sounding(vocabulary, text)
    read = fold_word(buckwalter(text) or "")
    if frequency := vocabulary.frequency(read):
        plain = latin and text[1:].islower()
        found.append(_Way(vocabulary.shown(read), _PLAIN if plain else 0, frequency))
    yield from sorted(found, key=lambda way: way.unlikely("transliteration"))


def _sounding(vocabulary: Vocabulary, text: str) -> list[_Way]:
    """Words for one Latin spelling, the likeliest first."""
    found: dict[str, _Way] = {}
    for latin, article in readings(text):
        for one in vocabulary.sounding(latin, _EACH, article=article):
            price = one.price + (2 if one.folded in STOP_WORDS else 0)
            if one.shown not in found or price < found[one.shown].price:
                found[one.shown] = _Way(one.shown, price, one.frequency)
    return sorted(found.values(), key=lambda way: way.unlikely("transliteration"))


def _other_spellings(
    vocabulary: Vocabulary, text: str, known: bool, cancelled: Callable[[], bool]
) -> Iterator[_Way]:
    """The run with its one or two unknown words, or when it is known with all, spelt as in the vocabulary."""
    tokens = list(tokenise(text))
    if not tokens or tokens[0].start:  # it begins with a sign: no spelling, but another keyboard
        return
    wrong = [token for token in tokens if known or not vocabulary.frequency(fold_word(token.exact))]
    if not 0 < len(wrong) <= 2:
        return
    rows = [_near(vocabulary, fold_word(token.exact), known, cancelled) for token in wrong]
    if not all(rows):
        return
    for number in range(max(map(len, rows))):
        parts: list[str] = []
        at = 0
        ways = [row[min(number, len(row) - 1)] for row in rows]
        for token, way in zip(wrong, ways, strict=True):
            parts += [text[at : token.start], way.text]
            at = token.end
        spelling = "".join([*parts, text[at : tokens[-1].end]])
        yield _Way(spelling, sum(way.price for way in ways), min(way.frequency for way in ways))


def _near(vocabulary: Vocabulary, folded: str, known: bool, cancelled: Callable[[], bool]) -> list[_Way]:
    whole = vocabulary.near(folded, _LOOKED_AT, cancelled)
    found = [_Way(one.shown, one.price, one.frequency) for one in whole if one.price <= SLIP or not known]
    if not known and (not whole or whole[0].price > SLIP):
        # The slip may be behind a conjunction or an article with which the index does not know the word.
        for prefix in _PREFIXES:
            rest = folded[len(prefix) :]
            if folded.startswith(prefix) and len(rest) >= _SHORTEST:
                found += [
                    _Way(
                        prefix + one.shown if prefix in _ARTICLES else one.shown, one.price + 1, one.frequency
                    )
                    for one in vocabulary.near(rest, 1, cancelled)
                    if one.price <= UNIT
                ]
        found.sort(key=lambda way: way.unlikely("spelling"))
    return _unlike(found)[:_EACH]


def _unlike(ways: list[_Way]) -> list[_Way]:
    """The ways without those that differ from an earlier one by particles in front only."""
    kept: list[_Way] = []
    seen: set[str] = set()
    for way in ways:
        folded = fold_word(way.text)
        bare = {folded, *(folded.removeprefix(prefix) for prefix in _PREFIXES)}
        if bare.isdisjoint(seen):
            kept.append(way)
        seen |= bare
    return kept
