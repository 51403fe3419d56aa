"""Pull quotes: a sentence of the article printed a second time, large, between its paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import Final

from kashaf.corpus.chrome import normal_form

_WORD: Final = re.compile(r"[^\W_]+")
_SHINGLE: Final = 4
MIN_WORDS: Final = 8
MAX_WORDS: Final = 40
MAX_CANDIDATES: Final = 200
_MAX_PARAGRAPH_WORDS: Final = 1_500
# Of the quote's words: in one piece, and in all. Editors shorten a sentence and put the speaker before it.
_IN_ONE_PIECE: Final = 0.6
_IN_ALL: Final = 0.8


def pull_quotes(lines: Sequence[str], candidates: Sequence[int], prose: Sequence[int]) -> tuple[int, ...]:
    """Those of `candidates` (indexes of short lines) whose words stand again, in order, in a line of `prose`.

    A sentence that ends with a full stop is a paragraph, never a quote.
    """
    eligible = []
    for index in candidates[: 4 * MAX_CANDIDATES]:
        quote = words(lines[index])
        if MIN_WORDS <= len(quote) <= MAX_WORDS and not lines[index].rstrip(' »"”').endswith((".", ":", "؛")):
            eligible.append((index, quote))
    if not eligible or len(eligible) > MAX_CANDIDATES:
        return ()
    paragraphs = {index: words(lines[index])[:_MAX_PARAGRAPH_WORDS] for index in prose}
    wanted = {shingle for _, quote in eligible for shingle in _shingles(quote)}
    places: dict[tuple[str, ...], list[int]] = {}
    for index, paragraph in paragraphs.items():
        for shingle in wanted.intersection(_shingles(paragraph)):
            places.setdefault(shingle, []).append(index)
    return tuple(index for index, quote in eligible if _stands_in(index, quote, paragraphs, places))


def words(text: str) -> list[str]:
    """The words of a line, folded as `chrome.normal_form` folds them."""
    return _WORD.findall(normal_form(text))


def _shingles(sequence: list[str]) -> set[tuple[str, ...]]:
    return {tuple(sequence[i : i + _SHINGLE]) for i in range(len(sequence) - _SHINGLE + 1)}


def _stands_in(
    index: int, quote: list[str], paragraphs: dict[int, list[str]], places: dict[tuple[str, ...], list[int]]
) -> bool:
    votes = Counter(place for shingle in _shingles(quote) for place in places.get(shingle, ()))
    votes.pop(index, None)
    if not votes:
        return False
    paragraph = paragraphs[votes.most_common(1)[0][0]]
    blocks = SequenceMatcher(None, quote, paragraph, autojunk=False).get_matching_blocks()
    longest = max(block.size for block in blocks)
    return longest >= _IN_ONE_PIECE * len(quote) and sum(b.size for b in blocks) >= _IN_ALL * len(quote)
