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
_IN_TWO_PIECES: Final = 0.9  # when the second comes before the first


def pull_quotes(lines: Sequence[str], candidates: Sequence[int], prose: Sequence[int]) -> tuple[int, ...]:
    """Those of `candidates` (indexes of short lines) whose words stand again, in order, in a line of `prose`.

    A sentence that ends with a full stop is a paragraph, never a quote.
    """
    eligible = []
    for index in candidates[: 4 * MAX_CANDIDATES]:
        line = lines[index]
        if line.count(" ") > 2 * MAX_WORDS or line.rstrip(' »"”').endswith((".", ":", "؛")):
            continue
        quote = words(line)
        if MIN_WORDS <= len(quote) <= MAX_WORDS:
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
    longest = max(blocks, key=lambda block: block.size)
    if longest.size < _IN_ONE_PIECE * len(quote):
        return False
    if sum(block.size for block in blocks) >= _IN_ALL * len(quote):
        return True
    # The end of a sentence may be put in from an earlier one of the paragraph.
    said = f" {' '.join(paragraph)} "
    parts = (quote[: longest.a], quote[longest.a + longest.size :])
    moved = [len(part) for part in parts if len(part) >= _SHINGLE and f" {' '.join(part)} " in said]
    return longest.size + sum(moved) >= _IN_TWO_PIECES * len(quote)
