"""The queries of the engines, chosen from the corpus by how many articles their words stand in.

A word is taken for its stem: its articles are those of any word with that stem, and it is written in its commonest
form. An engine that does not stem finds fewer, and is faster for it.
"""

from __future__ import annotations

import calendar
import json
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Final

from tests.benchmarks.corpus import FIRST_YEAR, YEARS, path, read

FILE: Final = "queries.json"
EACH: Final = 30
#: What each kind asks for.
KINDS: Final[Mapping[str, str]] = {
    "rare": "a word of 2 to 10 articles in 10,000",
    "common": "a word of about 45 % of the articles",
    "and2": "two words, both",
    "not": "a frequent word without a common one",
    "or3": "three words, any",
    "or3 common": "three words, any, one of them common",
    "prefix": "words that begin with four letters",
    "phrase": "two words side by side, as written",
    "stem phrase": "two words side by side, by their stems",
    "month": "a frequent word, of one month",
    "year": "a frequent word, of one year",
    "mix any": "three words, ranked by everything an engine ranks by",
    "mix all": "the same, all required",
    "facets": "or3 common: no hits, but how many at each rung, outlet, month and language",
    "snippets": "20 hits of or3, known already: their texts fetched, cut and marked",
    "page": "or3 with 20 snippets: what is asked until it can be shown",
}
SAMPLE: Final = 10_000
"""Articles that are looked at."""

_RARE: Final = (2, 0.001)  # articles at least; share at most
_FEW: Final = 5
_MIDDLE: Final = (0.01, 0.05)
_HIGH: Final = (0.1, 0.3)
_COMMON: Final = 0.45
_PHRASE: Final = 0.005  # what either word of a phrase stands in at least
_PREFIX: Final = 4
_PLAIN: Final = re.compile("[\u0621-\u064a]{3,}")


@dataclass(frozen=True, slots=True)
class Asked:
    """A query. kind: of KINDS. words: each without marks; of a prefix, its letters. first, last: days as yyyymmdd."""

    kind: str
    words: tuple[str, ...]
    first: int = 0
    last: int = 0


def choose(folder: str, smallest: str, largest: str, seed: str) -> Mapping[str, float]:
    """Write queries for the corpora of `smallest` to `largest` articles: the same for all of them."""
    articles = read(path(Path(folder)), min(int(largest), SAMPLE))
    asked = chosen((article.text for article in articles), int(smallest), int(seed))
    (Path(folder) / FILE).write_text(json.dumps([asdict(one) for one in asked]), encoding="utf-8")
    return {"queries": len(asked)}


def load(folder: str | Path) -> list[Asked]:
    """The queries that `choose` wrote."""
    values = json.loads((Path(folder) / FILE).read_text(encoding="utf-8"))
    return [Asked(**value | {"words": tuple(value["words"])}) for value in values]


def chosen(texts: Iterable[str], smallest: int, seed: int) -> list[Asked]:
    """EACH queries of every kind. What is rare or a phrase stands in the first `smallest` texts.

    Raises LookupError when the texts have no words of a kind.
    """
    chance = random.Random(seed)
    spread = _Spread.of(texts, smallest)

    def some(low: float, high: float, *, near: bool = False) -> list[str]:
        found = [
            stem
            for stem, share in spread.share.items()
            if low <= share < high
            and (not near or stem in spread.near)
            and _PLAIN.fullmatch(spread.form[stem])
        ]
        if not found:
            raise LookupError(f"no word stands in {low:.2%} to {high:.2%} of the articles")
        return sorted(found)

    least, most = _RARE
    rare = some(least / spread.size, max(most, _FEW / spread.size), near=True)
    middle, high = some(*_MIDDLE), some(*_HIGH)
    common = sorted(some(0, 1), key=lambda stem: abs(spread.share[stem] - _COMMON))[:10]
    long = [stem for stem in middle if len(stem) >= _PREFIX]

    def word(stems: Sequence[str]) -> str:
        return spread.form[chance.choice(stems)]

    def three(*bands: Sequence[str]) -> tuple[str, ...]:
        return tuple(map(word, bands))

    asked: list[Asked] = []
    for number in range(EACH):
        any3, with_common = three(middle, middle, high), three(middle, high, common)
        mixed = three(middle, high, high)
        month = number % 12 + 1, chance.randrange(YEARS) + FIRST_YEAR
        phrase = chance.choice(spread.phrases)
        asked += [
            Asked("rare", (spread.near[chance.choice(rare)],)),
            Asked("common", (spread.form[common[number % len(common)]],)),
            Asked("and2", three(middle, high)),
            Asked("not", three(high, common)),
            Asked("or3", any3),
            Asked("or3 common", with_common),
            Asked("prefix", (chance.choice(long)[:_PREFIX],)),
            Asked("phrase", phrase),
            Asked("stem phrase", phrase),
            Asked("month", three(high), *_days(month[1], month[0], month[0])),
            Asked("year", three(high), *_days(month[1], 1, 12)),
            Asked("mix any", mixed),
            Asked("mix all", mixed),
            Asked("facets", with_common),
            Asked("snippets", any3),
            Asked("page", any3),
        ]
    return asked


def _days(year: int, first: int, last: int) -> tuple[int, int]:
    """From the first day of a month to the last of another."""
    end = calendar.monthrange(year, last)[1]
    return year * 10_000 + first * 100 + 1, year * 10_000 + last * 100 + end


@dataclass(slots=True)
class _Spread:
    """Stems of a sample. share: of the texts. form: commonest surface. near: a surface in the first texts.

    phrases: of the first texts.
    """

    size: int = 0

    share: dict[str, float] = field(default_factory=dict)
    form: dict[str, str] = field(default_factory=dict)
    near: dict[str, str] = field(default_factory=dict)
    phrases: list[tuple[str, str]] = field(default_factory=list)

    @classmethod
    def of(cls, texts: Iterable[str], smallest: int) -> _Spread:
        from kashaf.text.tokens import WORD

        spread, memo = cls(), _Stems()
        articles: Counter[str] = Counter()
        forms: defaultdict[str, Counter[str]] = defaultdict(Counter)
        seen: dict[tuple[str, str], None] = {}
        for text in texts:
            words = WORD.findall(text)
            stems = {word: memo[word] for word in set(words)}
            here = {stem for stem in stems.values() if stem}
            articles.update(here)
            for word, stem in stems.items():
                forms[stem][word] += 1
            if spread.size < smallest:
                spread.near |= {stem: word for word, stem in sorted(stems.items()) if stem}
                seen |= dict.fromkeys(_pairs(words, stems))
            spread.size += 1
        spread.share = {stem: count / spread.size for stem, count in articles.items()}
        spread.form = {
            stem: max(found, key=lambda word: (found[word], word)) for stem, found in forms.items()
        }
        spread.phrases = [pair for pair in seen if all(spread.share[memo[word]] >= _PHRASE for word in pair)]
        return spread


def _pairs(words: Sequence[str], stems: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    for left, right in pairwise(words):
        if stems[left] and stems[right] and _PLAIN.fullmatch(left) and _PLAIN.fullmatch(right):
            yield left, right


class _Stems(dict[str, str]):
    """The stem of a surface; empty for a word that queries set aside."""

    def __missing__(self, surface: str) -> str:
        from kashaf.text.fold import fold_word
        from kashaf.text.stem import stem
        from kashaf.text.stopwords import STOP_WORDS

        folded = fold_word(surface)
        found = self[surface] = "" if folded in STOP_WORDS else stem(folded)
        return found
