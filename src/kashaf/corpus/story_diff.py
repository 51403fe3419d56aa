"""What two articles of one story say alike and otherwise, sentence by sentence, then word by word.

Sentences and words are compared folded (`kashaf.text.fold`): tashkeel, alef forms, digits and punctuation make no
difference. Sentences that both have are aligned by a longest common subsequence (rapidfuzz computes it bit-parallel,
after Hyyrö, "Bit-Parallel LCS-length Computation Revisited", 2004); those that both have elsewhere are moved; of the
rest those are paired that share half of their words, in order, the most alike (Needleman and Wunsch, 1970).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final, Literal

from rapidfuzz.distance import Indel

from kashaf.corpus.article import Article
from kashaf.text.fold import fold_word
from kashaf.text.segments import sentences
from kashaf.text.tokens import WORD, exact_forms

Span = tuple[int, int]
DifferenceKind = Literal["same", "moved", "changed", "only_a", "only_b"]

_ALIKE: Final = 0.5
_MOST_WEIGHED: Final = 40_000  # pairs of sentences, of which the most alike are chosen
_MOST_ALIGNED: Final = 25_000_000  # pairs of sentences or words, of which the equal ones are aligned


@dataclass(frozen=True, slots=True)
class Difference:
    """A sentence of one article or of both; within a changed sentence, some of its words.

    same: in both; moved: in both, elsewhere among the others; changed: worded otherwise; only_a, only_b: in one.
    span_a, span_b: where, in each article's text; in the one that lacks it empty, where it would stand.
    parts: of a changed sentence, its words in order: same, changed, only_a and only_b.
    """

    kind: DifferenceKind
    span_a: Span
    span_b: Span
    parts: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class _Piece:
    """A sentence or a word: its span, what it is compared by, and the words of a sentence."""

    span: Span
    key: tuple[str, ...]
    words: tuple[_Piece, ...] = ()


_Pieces = Sequence[_Piece]


def differences(a: Article, b: Article) -> tuple[Difference, ...]:
    """The sentences of both articles in the order of `a`, those that only `b` has where they stand between.

    Sentences without a word are left out. Articles of thousands of sentences are compared in bounded time, and less
    closely: what is not aligned counts as moved, or as of one alone.
    """
    left, right = _sentences(a.text), _sentences(b.text)
    blocks = list(_blocks(left, right))
    moved = _moved(left, right, blocks)
    found: list[Difference] = []
    end_a = end_b = 0
    for block in blocks:
        for one, other in _rows(left, right, block, moved):
            kind, span_a, span_b = _kind(one, other), (end_a, end_a), (end_b, end_b)
            if one is not None:
                span_a, end_a = one.span, one.span[1]
            if other is not None:
                span_b = other.span
            if one is not None and other is not None and kind == "changed":
                found.append(Difference(kind, span_a, span_b, _words(one, other)))
            elif kind == "same" and not block.equal:
                found.append(Difference("moved", span_a, span_b))
                continue
            else:
                found.append(Difference(kind, span_a, span_b))
            end_b = span_b[1]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Block:
    """Runs of pieces of both sides that belong together. equal: pairwise the same."""

    equal: bool
    left: range
    right: range


def _blocks(left: _Pieces, right: _Pieces) -> Iterator[_Block]:
    """Both sides from the beginning to the end, as blocks that are equal and blocks that are not."""
    numbers: dict[tuple[str, ...], int] = {}
    ours, theirs = ([numbers.setdefault(piece.key, len(numbers)) for piece in side] for side in (left, right))
    if len(ours) * len(theirs) > _MOST_ALIGNED:
        yield _Block(False, range(len(ours)), range(len(theirs)))
        return
    begin_a = begin_b = at_a = at_b = 0
    for step in Indel.opcodes(ours, theirs):
        if step.tag == "equal":
            if begin_a < at_a or begin_b < at_b:
                yield _Block(False, range(begin_a, at_a), range(begin_b, at_b))
            yield _Block(True, range(step.src_start, step.src_end), range(step.dest_start, step.dest_end))
            begin_a, begin_b = step.src_end, step.dest_end
        at_a, at_b = step.src_end, step.dest_end
    if begin_a < at_a or begin_b < at_b:
        yield _Block(False, range(begin_a, at_a), range(begin_b, at_b))


def _moved(left: _Pieces, right: _Pieces, blocks: Sequence[_Block]) -> dict[int, int]:
    """Sentences of both sides that are equal and not aligned, the first with the first."""
    waiting: dict[tuple[str, ...], list[int]] = {}
    for at in chain.from_iterable(block.right for block in blocks if not block.equal):
        waiting.setdefault(right[at].key, []).append(at)
    for places in waiting.values():
        places.sort(reverse=True)
    ours = chain.from_iterable(block.left for block in blocks if not block.equal)
    return {at: waiting[left[at].key].pop() for at in ours if waiting.get(left[at].key)}


def _rows(
    left: _Pieces, right: _Pieces, block: _Block, moved: Mapping[int, int]
) -> Iterator[tuple[_Piece | None, _Piece | None]]:
    """The sentences of a block, paired where they can be, in the order of the left side."""
    if block.equal:
        yield from ((left[one], right[other]) for one, other in zip(block.left, block.right, strict=True))
        return
    arrived = set(moved.values())
    ours = [at for at in block.left if at not in moved]
    theirs = [at for at in block.right if at not in arrived]
    paired = _paired([left[at] for at in ours], [right[at] for at in theirs])
    partner = {ours[one]: theirs[other] for one, other in paired}
    done = 0
    for at in block.left:
        if at in moved:
            yield left[at], right[moved[at]]
        elif at in partner:
            while theirs[done] != partner[at]:
                yield None, right[theirs[done]]
                done += 1
            done += 1
            yield left[at], right[partner[at]]
        else:
            yield left[at], None
    yield from ((None, right[at]) for at in theirs[done:])


def _paired(left: _Pieces, right: _Pieces) -> list[tuple[int, int]]:
    """Pairs of alike sentences in the order of both sides, of all such choices the one of most likeness."""
    if not left or not right or len(left) * len(right) > _MOST_WEIGHED:
        return []
    alike = [
        [Indel.normalized_similarity(one.key, other.key, score_cutoff=_ALIKE) for other in right]
        for one in left
    ]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for one in reversed(range(len(left))):
        for other in reversed(range(len(right))):
            with_both = alike[one][other] + best[one + 1][other + 1]
            best[one][other] = max(best[one + 1][other], best[one][other + 1], with_both)
    pairs: list[tuple[int, int]] = []
    one = other = 0
    while one < len(left) and other < len(right):
        if alike[one][other] and best[one][other] == alike[one][other] + best[one + 1][other + 1]:
            pairs.append((one, other))
            one, other = one + 1, other + 1
        elif best[one][other] == best[one + 1][other]:
            one += 1
        else:
            other += 1
    return pairs


def _words(one: _Piece, other: _Piece) -> tuple[Difference, ...]:
    """The words of a sentence of each side, runs of them together."""
    parts: list[Difference] = []
    end_a, end_b = one.span[0], other.span[0]
    for block in _blocks(one.words, other.words):
        ours, theirs = _run(one.words, block.left), _run(other.words, block.right)
        kind: DifferenceKind = "same" if block.equal else _kind(ours, theirs)
        parts.append(
            Difference(kind, ours.span if ours else (end_a,) * 2, theirs.span if theirs else (end_b,) * 2)
        )
        end_a, end_b = parts[-1].span_a[1], parts[-1].span_b[1]
    return tuple(parts)


def _run(words: _Pieces, places: range) -> _Piece | None:
    """Words in a row as one piece; None for none."""
    if not places:
        return None
    run = words[places.start : places.stop]
    return _Piece((run[0].span[0], run[-1].span[1]), tuple(chain.from_iterable(word.key for word in run)))


def _kind(one: _Piece | None, other: _Piece | None) -> DifferenceKind:
    if one is None:
        return "only_b"
    if other is None:
        return "only_a"
    return "same" if one.key == other.key else "changed"


def _sentences(text: str) -> list[_Piece]:
    found: list[_Piece] = []
    for start, end in sentences(text):
        words: list[_Piece] = []
        for match in WORD.finditer(text, start, end):
            if key := tuple(fold for one in exact_forms(match.group()) if (fold := fold_word(one))):
                words.append(_Piece(match.span(), key))
        if words:
            key = tuple(chain.from_iterable(word.key for word in words))
            found.append(_Piece((start, end), key, tuple(words)))
    return found
