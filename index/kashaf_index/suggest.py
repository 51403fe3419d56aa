"""Other queries in place of one that finds nothing or little: another keyboard, another script, another spelling.

Every correction is searched before it is offered, so none leads nowhere. The best one runs by itself where
`Query.correct` allows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from math import log10
from typing import TYPE_CHECKING, Final

from kashaf.errors import Cancelled
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import tokenise
from kashaf_index.completion import Completion, completions
from kashaf_index.model import Correction, Query, Results
from kashaf_index.query.ast import Together
from kashaf_index.query.parser import parse
from kashaf_index.respelling import PER_DECADE, SLIP, Kind, Option, options
from kashaf_index.rewording import LONGEST, MOST_WORDS, QueryWord, Reworded, rewordable
from kashaf_index.vocabulary import Vocabulary, vocabulary_of

if TYPE_CHECKING:
    from kashaf_index.search import Searcher

__all__ = [
    "FEW",
    "Completion",
    "completions",
    "corrected",
    "corrections",
    "did_you_mean",
    "search_with_help",
    "total",
]

#: Queries of no more hits than this may have been misspelt too.
FEW: Final = 3
_MANY_TIMES: Final = 10  # more hits there must be for a query that does find something
_MOST: Final = 5  # corrections offered
_TRIED: Final = 16  # searches for them
_MOST_UNKNOWN: Final = 6  # words that are in no article: more is another language than the index has

# What a correction that runs by itself may cost, and letters a word must have: read off lists of slips, and of words
# that a corpus lacks (كوفيد is no وفي, covid no قفد).
_SURE: Final[dict[Kind, int]] = {"layout": 2, "transliteration": 4, "spelling": 7}
_SHORTEST: Final[dict[Kind, int]] = {"layout": 2, "transliteration": 3, "spelling": 4}

Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class _Proposal:
    kind: Kind
    text: str
    price: int
    unlikely: float
    sure: bool
    """Whether it may run without being asked for: a slip of the hand, and no word of the corpus is exchanged."""


def corrections(searcher: Searcher, query: Query, cancelled: Stop = lambda: False) -> tuple[Correction, ...]:
    """Queries that find more than this one, best first: at most five, none for a pasted text.

    A query of several words keeps those that are in the index, its operators and its fields. Raises Cancelled.
    """
    if not query.text.strip() or len(query.text) > LONGEST:
        return ()
    hits = total(searcher, query, cancelled)
    better = _better(searcher, query, hits, cancelled)
    found = [Correction(proposal.kind, proposal.text) for proposal, _ in better[: _MOST - 1]]
    return (*found, *_any(searcher, query, hits, cancelled))


def _any(searcher: Searcher, query: Query, hits: int, cancelled: Stop) -> Iterator[Correction]:
    """Some of the words instead of all, when that finds more."""
    if query.match == "all" and isinstance(parse(query.text).root, Together):
        with_any = Correction("any", query.text)
        if total(searcher, corrected(query, with_any), cancelled) > hits:
            yield with_any


def did_you_mean(searcher: Searcher, query: Query, cancelled: Stop = lambda: False) -> Correction | None:
    """What was probably meant by a query of no or few hits, when that finds much more. Raises Cancelled."""
    hits = total(searcher, query, cancelled)
    if not hits:
        return next(iter(corrections(searcher, query, cancelled)), None)
    if hits > FEW:
        return None
    for proposal, count in _better(searcher, query, hits, cancelled):
        if count >= _MANY_TIMES * hits and (proposal.kind != "spelling" or proposal.price <= SLIP):
            return Correction(proposal.kind, proposal.text)
    return None


def corrected(query: Query, correction: Correction) -> Query:
    """The query that a correction stands for: the same but for its words, or for how many of them must match."""
    if correction.kind == "any":
        return replace(query, text=correction.text, match="any")
    return replace(query, text=correction.text)


def search_with_help(searcher: Searcher, query: Query, cancelled: Stop = lambda: False) -> Results:
    """Search; where nothing is found and `query.correct` allows it, the best sure correction runs by itself.

    It is then named in `Results.corrected`, and `Results.query` is the query that ran. A guess is never run: it
    stands in `Results.suggestions`. Raises what `search` raises.
    """
    results = searcher.search(query, cancelled)
    if results.total or not query.correct or len(query.text) > LONGEST:
        return results
    better = [proposal for proposal, _ in _better(searcher, query, 0, cancelled)]
    sure = (Correction(proposal.kind, proposal.text) for proposal in better if proposal.sure)
    for correction in chain(sure, _any(searcher, query, 0, cancelled)):
        instead = searcher.search(corrected(query, correction), cancelled)
        return replace(instead, corrected=correction, seconds=results.seconds + instead.seconds)
    guesses = (Correction(proposal.kind, proposal.text) for proposal in better[:_MOST])
    return replace(results, suggestions=tuple(guesses))


def total(searcher: Searcher, query: Query, cancelled: Stop = lambda: False) -> int:
    """Articles that a query finds at its rung. Raises Cancelled."""
    if cancelled():
        raise Cancelled
    counted = replace(query, limit=0, offset=0, sort="date", facets=False, correct=False)
    return searcher.search(counted, cancelled).total


def _better(searcher: Searcher, query: Query, hits: int, cancelled: Stop) -> list[tuple[_Proposal, int]]:
    """Proposals that find more than `hits`, best first, each with what it finds."""
    found: dict[str, tuple[_Proposal, int]] = {}
    proposals = _proposals(searcher, query, hits, cancelled)
    for proposal in islice(proposals, _TRIED):
        # From the stem rung up, words of one stem find the same articles.
        words = [fold_word(token.exact) for token in tokenise(proposal.text)]
        key = " ".join(map(stem, words) if query.rung in {"stem", "root"} else words)
        if key not in found:
            count = total(searcher, replace(query, text=proposal.text), cancelled)
            if count > hits:
                found[key] = proposal, count
    order = list(PER_DECADE)

    def rank(item: tuple[_Proposal, int]) -> tuple[int, float, str]:
        proposal, count = item
        # The words' own frequencies were weighed already; what they find together counts half.
        unlikely = proposal.unlikely - PER_DECADE[proposal.kind] * log10(count) / 2
        return order.index(proposal.kind), unlikely, proposal.text

    return sorted(found.values(), key=rank)


def _proposals(searcher: Searcher, query: Query, hits: int, cancelled: Stop) -> Iterator[_Proposal]:
    """Corrections to try, the likeliest first."""
    typed = rewordable(query.text)
    words = typed.words
    if not words or len(words) > MOST_WORDS:
        return
    vocabulary = vocabulary_of(searcher)
    named = _named(searcher, words)
    unknown = [
        word
        for word in words
        if word not in named and not _is_known(searcher, vocabulary, query, word, cancelled)
    ]
    if len(unknown) > _MOST_UNKNOWN:
        return
    suspects = {word: options(vocabulary, word.text, cancelled) for word in unknown}
    if not suspects and hits <= FEW:
        # Each is a word of some article, but one may not be the word that was meant.
        suspects = {
            word: options(vocabulary, word.text, cancelled, known=True)
            for word in words
            if fold_word(word.text) not in STOP_WORDS
        }
        for word, found in suspects.items():
            for other in found:
                yield replace(_proposal(typed, other.kind, {word: other}), sure=False)
        return
    suspects = {word: found for word, found in suspects.items() if found}
    for kind in PER_DECADE:
        # The best of this kind for every word that has one, and the best of another for the rest.
        ranked = {word: sorted(found, key=lambda one: one.kind != kind) for word, found in suspects.items()}
        if not any(found[0].kind == kind for found in ranked.values()):
            continue
        best = {word: found[0] for word, found in ranked.items()}
        yield _proposal(typed, kind, best)
        for word, found in ranked.items():
            for other in found[1:]:
                if other.kind == kind:
                    yield _proposal(typed, kind, {**best, word: other})


def _proposal(typed: Reworded, kind: Kind, changes: dict[QueryWord, Option]) -> _Proposal:
    text = typed.with_changes({word: option.text for word, option in changes.items()})
    chosen = changes.values()
    sure = all(_is_slip(word.text, option) for word, option in changes.items())
    return _Proposal(kind, text, sum(one.price for one in chosen), sum(one.unlikely for one in chosen), sure)


def _is_slip(word: str, option: Option) -> bool:
    """Short words have too many neighbours to be sure of one."""
    if option.price > _SURE[option.kind] or min(len(word), len(option.text)) < _SHORTEST[option.kind]:
        return False
    return option.kind != "transliteration" or 2 * option.price <= len(option.text) + 1


def _named(searcher: Searcher, words: Sequence[QueryWord]) -> set[QueryWord]:
    """Words of a name or of a group of spellings: rightly written, though no article here has them."""
    if searcher.expander is None:
        return set()
    folded = tuple(fold_word(word.text) for word in words)
    return {word for found in searcher.expander.expansions(folded) for word in words[found.start : found.end]}


def _is_known(
    searcher: Searcher, vocabulary: Vocabulary, query: Query, word: QueryWord, cancelled: Stop
) -> bool:
    """Whether any article has the word, at the query's rung."""
    folded = [fold_word(token.exact) for token in tokenise(word.text)]
    listed = all(one in STOP_WORDS or vocabulary.frequency(one) for one in folded)
    if folded and listed and query.rung != "exact":
        return True
    return bool(folded) and total(searcher, Query(f'"{word.text}"', rung=query.rung), cancelled) > 0
