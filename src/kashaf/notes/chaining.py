"""A quote and its context found again in pieces: runs of them that stand in a text, chained in their order.

Short pieces (seeds) that stand in the text are extended as far as they agree, and chained, as aligners of genomes do
(Delcher et al., "Alignment of whole genomes", Nucleic Acids Research 27, 1999; Li, "Minimap2", Bioinformatics 34,
2018). So the ends of the quote are found within words that agree, and an aligner of letters, which would find some of
them everywhere, is asked only between two such runs. Seeds, runs and chains are limited in number: the work grows
with the text no faster than finding a seed in it does. Characters are those of `kashaf.notes.likeness`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from rapidfuzz.distance import Levenshtein

from kashaf.notes.likeness import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashaf.notes.model import WordsTarget

REACH: Final = 64  # code points of context on either side that are looked for
_SEED: Final = 7  # a run of fewer says nothing: many words of a language share it
_QUOTE_SEEDS: Final = 64
_COMMON: Final = 40  # a seed that stands more often tells nothing apart
_MOST_RUNS: Final = 256
_MOST_CHAINS: Final = 5
_JUMP_COST: Final = 0.15  # what a shift between two runs costs, in code points of agreement
_MOST_JUMP: Final = 24.0
WIDEST_INSERT: Final = 160  # put into a quote, beside as much as it has itself
_WIDEST_GAP: Final = 2000  # between two runs, to be aligned by letters


class Run(NamedTuple):
    """`length` characters that agree, from `needle` in the needle and `text` in the text."""

    needle: int
    text: int
    length: int


@dataclass(frozen=True, slots=True)
class Needle:
    """Context, quote, context, as they are compared; the quote is `[start, end)`."""

    text: str
    start: int
    end: int

    @classmethod
    def of(cls, target: WordsTarget) -> Needle:
        prefix, suffix = target.prefix[-REACH:], target.suffix[:REACH]
        whole = plain(prefix + target.quote + suffix)
        return cls(whole.text, whole.at(len(prefix)), whole.at(len(prefix) + len(target.quote)))

    def within(self, start: int, end: int) -> int:
        """How many characters of `[start, end)` are of the quote."""
        return max(0, min(end, self.end) - max(start, self.start))


def chains(needle: Needle, text: str) -> Iterator[list[Run]]:
    """Chains of the needle's runs in the text, the heaviest first; five at most, no two in one stretch of it."""
    for chain in _chains(_runs(needle, text), needle.end - needle.start + WIDEST_INSERT):
        if apart := _apart(chain, needle):
            yield apart


def covered(chain: Sequence[Run], start: int, end: int) -> int:
    """How many characters of the needle's `[start, end)` stand in runs."""
    return sum(max(0, min(end, run.needle + run.length) - max(start, run.needle)) for run in chain)


def first(needle: Needle, chain: Sequence[Run], text: str) -> int:
    """Where the quote begins in the text: what was put before it is not of it, what stands for its head is."""
    border = needle.start
    done_needle, done_text = None, 0
    for run in chain:
        if border < run.needle:
            if done_needle is None:
                return max(0, run.text - (run.needle - border))
            return _inside(needle, text, (done_needle, run.needle), (done_text, run.text), border, last=False)
        if border < run.needle + run.length:
            return run.text + border - run.needle
        done_needle, done_text = run.needle + run.length, run.text + run.length
    assert done_needle is not None
    return min(len(text), done_text + border - done_needle)


def last(needle: Needle, chain: Sequence[Run], text: str) -> int:
    """Where the quote ends in the text, likewise."""
    border = needle.end
    done_needle, done_text = None, 0
    for run in chain:
        if border <= run.needle:
            if done_needle is None:
                return max(0, run.text - (run.needle - border))
            return _inside(needle, text, (done_needle, run.needle), (done_text, run.text), border, last=True)
        if border <= run.needle + run.length:
            return run.text + border - run.needle
        done_needle, done_text = run.needle + run.length, run.text + run.length
    assert done_needle is not None
    return min(len(text), done_text + border - done_needle)


def _inside(
    needle: Needle, text: str, gap: tuple[int, int], hole: tuple[int, int], border: int, *, last: bool
) -> int:
    """Where a border between two runs is, by an alignment of the letters between them."""
    if border == gap[0] and not last:
        return hole[0]
    if border == gap[1] and last:
        return hole[1]
    if max(gap[1] - gap[0], hole[1] - hole[0]) > _WIDEST_GAP:
        return hole[1] if last else hole[0]
    at = border - gap[0]
    for step in Levenshtein.opcodes(needle.text[slice(*gap)], text[slice(*hole)]):
        if last and step.src_start < at <= step.src_end:
            whole = at == step.src_end
            return hole[0] + (
                step.dest_end if whole else min(step.dest_end, step.dest_start + at - step.src_start)
            )
        if not last and step.src_start <= at < step.src_end:
            return hole[0] + min(step.dest_end, step.dest_start + at - step.src_start)
    return hole[1] if last else hole[0]


def _runs(needle: Needle, text: str) -> list[Run]:
    """Runs of the needle in the text, each as long as it goes; the longest ones, in the text's order."""
    words = needle.text
    seen: dict[int, int] = {}  # by the shift of a run, where it ends in the needle
    found: list[Run] = []
    for at in _seeds(needle):
        seed = words[at : at + _SEED]
        for place in _few(text, seed):
            shift = place - at
            if seen.get(shift, -1) >= at + _SEED:
                continue
            back = _agree_back(words, at, text, place)
            length = back + _SEED + _agree(words, at + _SEED, text, place + _SEED)
            found.append(Run(at - back, place - back, length))
            seen[shift] = at - back + length
    found.sort(key=lambda run: -run.length)
    return sorted(found[:_MOST_RUNS], key=lambda run: (run.text, run.needle))


def _seeds(needle: Needle) -> Iterator[int]:
    """Where seeds begin in the needle: every other place in the context, and evenly in the quote."""
    last = len(needle.text) - _SEED
    yield from range(0, min(needle.start, last + 1), 2)
    step = max(1, (needle.end - needle.start) // _QUOTE_SEEDS)
    yield from range(needle.start, min(needle.end, last + 1), step)
    yield from range(needle.end, last + 1, 2)


def _few(text: str, seed: str) -> list[int]:
    """Every place of the seed, or none when it stands everywhere."""
    found: list[int] = []
    at = text.find(seed)
    while at >= 0:
        found.append(at)
        if len(found) > _COMMON:
            return []
        at = text.find(seed, at + 1)
    return found


def _agree(one: str, at: int, other: str, place: int) -> int:
    """How many characters agree from here on."""
    length, step = 0, 16
    while step:
        piece = one[at + length : at + length + step]
        if len(piece) == step and other.startswith(piece, place + length):
            length += step
            step *= 2
        else:
            step //= 2
    return length


def _agree_back(one: str, at: int, other: str, place: int) -> int:
    """How many characters agree before here."""
    length = 0
    while length < at and length < place and one[at - length - 1] == other[place - length - 1]:
        length += 1
    return length


def _chains(runs: Sequence[Run], reach: int) -> Iterator[list[Run]]:
    """The runs as chains that follow needle and text alike, the heaviest first. reach: the widest gap in the text.

    What lies within a chain's stretch of the text belongs to no other.
    """
    left = list(runs)
    for _ in range(_MOST_CHAINS):
        if not left:
            return
        chain = _heaviest(left, reach)
        start, end = chain[0].text, chain[-1].text + chain[-1].length
        left = [run for run in left if run.text + run.length <= start or run.text >= end]
        yield chain


def _heaviest(runs: Sequence[Run], reach: int) -> list[Run]:
    weights: list[float] = []
    before: list[int] = []
    farthest = reach + max(run.length for run in runs)
    for index, run in enumerate(runs):
        best, link = float(run.length), -1
        for other in range(index - 1, -1, -1):
            earlier = runs[other]
            if run.text - earlier.text > farthest:
                break
            if earlier.needle >= run.needle or earlier.text >= run.text:
                continue
            if run.text - earlier.text - earlier.length > reach:
                continue
            overlap = max(
                0, earlier.needle + earlier.length - run.needle, earlier.text + earlier.length - run.text
            )
            if overlap >= run.length:
                continue
            shift = abs((run.text - run.needle) - (earlier.text - earlier.needle))
            weight = weights[other] + run.length - overlap - min(_MOST_JUMP, 1 + _JUMP_COST * shift)
            if weight > best:
                best, link = weight, other
        weights.append(best)
        before.append(link)
    at = max(range(len(runs)), key=weights.__getitem__)
    chain: list[Run] = []
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    return chain[::-1]


def _apart(chain: Sequence[Run], needle: Needle) -> list[Run]:
    """The chain without two runs that claim the same characters: of a deleted quote, the last letters may be those
    of the word before it. Context goes before quote."""
    apart: list[Run] = []
    for following in chain:
        run = following
        if apart:
            last = apart.pop()
            ends = last.needle + last.length
            if run.needle < ends:  # they part where the quote begins or ends, if that is there
                cut = next((at for at in (needle.end, needle.start) if run.needle <= at <= ends), run.needle)
                last, run = _upto(last, cut), _from(run, cut)
            over = last.text + last.length - run.text
            if over > 0:
                ends = last.needle + last.length
                if needle.within(ends - over, ends) < needle.within(run.needle, run.needle + over):
                    run = _from(run, run.needle + over)
                else:
                    last = _upto(last, ends - over)
            if last.length > 0:
                apart.append(last)
        if run.length > 0:
            apart.append(run)
    return apart


def _upto(run: Run, end: int) -> Run:
    """What of the run is before this place of the needle."""
    return run._replace(length=min(run.length, end - run.needle))


def _from(run: Run, start: int) -> Run:
    """What of the run is from this place of the needle on."""
    cut = max(0, start - run.needle)
    return Run(run.needle + cut, run.text + cut, run.length - cut)
