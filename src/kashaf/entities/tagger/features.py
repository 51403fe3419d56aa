"""The features of a word in its sequence: said once, for training and for the decoder.

Three kinds. Of a word alone, seen from its neighbours too (`describe`); of two neighbours (`joint_keys`,
`cluster_keys`, `bigram_keys`); of names that stand in the lexicon, several words long (`match_features`). The decoder
holds the weights of the first by word, of the second by pair, and looks up the third where a name can begin.
`feature_lists` writes all of them out for the trainer; both must agree, which a test sees to.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from kashaf.entities.page import bases
from kashaf.entities.tagger.cues import cue_kinds
from kashaf.entities.tagger.lexicon import Lexicon
from kashaf.text.letters import ARABIC_LETTERS

#: How far from a word its neighbours look at it: at offset -1 stands what a word tells of the one after it.
OFFSETS: Final = (-3, -2, -1, 0, 1, 2)
#: The word itself among them.
HERE: Final = OFFSETS.index(0)
#: Stands before and after every sequence.
EDGE: Final = ""

_AFFIXES: Final = (1, 2, 3, 4)


class Described(NamedTuple):
    """What is known of a word by itself.

    word: with every digit 0. keys: names of its features in the order of OFFSETS; the same name at another offset is
    another feature. joint: class of its definite article and of given name or surname, below JOINTS. cluster: its
    cluster of 256, from 1, or 0 when it has none.
    """

    word: str
    keys: tuple[tuple[str, ...], ...]
    joint: int
    cluster: int


JOINTS: Final = 9
#: Clusters that neighbours are paired by.
CLUSTERS: Final = 256


def describe(word: str, lexicon: Lexicon) -> Described:
    """Describe a folded word or mark; EDGE stands for what is outside the sequence."""
    if word == EDGE:
        return Described("", tuple(("E",) if abs(offset) < 3 else () for offset in OFFSETS), 0, 0)
    plain = plain_word(word)
    clusters = lexicon.clusters_of(plain)
    name = lexicon.name_class(plain)
    arabic = plain[0] in ARABIC_LETTERS
    definite = arabic and "ال" in plain[:3]
    cues = ["r" + kind for kind in cue_kinds(plain)]
    here = ["w=" + plain, "s=" + stem_of(plain), "h=" + shape_of(word), *cues]
    far = ["w=" + plain]
    if name:
        here.append("g=" + name)
    if clusters:
        fine = f"C={clusters[2]}"
        here += [fine, f"A={clusters[0]}", f"B={clusters[1]}"]
        far.append(fine)
    elif arabic:
        here.append("C?")
    own = ["b", *here]
    if arabic:
        own += _letters(plain)
        if definite:
            own.append("al")
    before, after, beside = tuple(far + cues), tuple(far), tuple(here)
    joint = (2 if definite else 1) * 3 if arabic else 0
    joint += "gs".index(name[0]) + 1 if name else 0
    keys = (tuple(cues), before, beside, tuple(own), beside, after)
    return Described(plain, keys, joint, clusters[1] + 1 if clusters else 0)


def _letters(word: str) -> Iterator[str]:
    """Features of an Arabic word's letters."""
    for size in _AFFIXES:
        if len(word) > size:
            yield "p=" + word[:size]
            yield "x=" + word[-size:]
    for three in dict.fromkeys(word[at : at + 3] for at in range(len(word) - 2)):
        yield "n=" + three
    variants = bases(word)[1:]
    if variants:
        yield "cl=" + word[0]
    for base, _ in variants:
        yield "v=" + base
    if word[-1] == "ي" and len(word) > 4:
        yield "ny"
    if word[-2:] == "يه":
        yield "nyh"


def joint_keys(left: int, right: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Features of two neighbours' joint classes: at the left one, at the right one."""
    at_left: list[str] = []
    at_right: list[str] = []
    if left // 3 and right // 3:
        at_left.append(f"a>{left // 3}{right // 3}")
        at_right.append(f"a<{left // 3}{right // 3}")
    if left % 3 and right % 3:
        at_left.append(f"g>{left % 3}{right % 3}")
        at_right.append(f"g<{left % 3}{right % 3}")
    return tuple(at_left), tuple(at_right)


def cluster_keys(left: int, right: int) -> tuple[str, str] | None:
    """Features of two neighbours' clusters: at the left one, at the right one; None when either has none."""
    return (f"c>{left}|{right}", f"c<{left}|{right}") if left and right else None


def bigram_keys(left: str, right: str) -> tuple[str, str]:
    """Features of two neighbouring words: at the left one, at the right one."""
    return f"w>{left}|{right}", f"w<{left}|{right}"


def match_features(
    words: Sequence[str], starts: Sequence[int], lexicon: Lexicon
) -> Iterator[tuple[int, int, str]]:
    """(position, column of OFFSETS, feature) for each name of the lexicon that begins at one of `starts`, ascending.

    words: with every digit 0. The longest at each place, without overlap within one list of the lexicon.
    """
    size = len(words)
    for kind, first, length, note in lexicon.matches(words, starts):
        begins, inside = f"mB{kind}{min(length, 3)}{note}", f"mI{kind}{note}"
        if first:
            yield first, HERE, f"m{kind}|{words[first - 1]}"
            yield first - 1, HERE + 1, begins
        yield first, HERE, begins
        for position in range(first, first + length):
            if position > first:
                yield position, HERE, inside
                yield position - 1, HERE + 1, inside
            if position + 1 < size:
                yield position + 1, HERE - 1, inside if position > first else f"mB{kind}{note}"


def feature_lists(
    words: Sequence[str], lexicon: Lexicon, known: Callable[[str], Described]
) -> list[list[str]]:
    """Every feature of every word of one sequence, for the trainer. `known` describes a word."""
    size = len(words)
    if not size:
        return []
    described = [known(word) for word in words]
    edge = known(EDGE)
    lists: list[list[str]] = [[] for _ in words]
    for position, features in enumerate(lists):
        for column, offset in enumerate(OFFSETS):
            seen = described[position + offset] if 0 <= position + offset < size else edge
            features.extend(placed(key, column) for key in seen.keys[column])
    for position in range(1, size):
        left, right = described[position - 1], described[position]
        pairs = [bigram_keys(left.word, right.word)]
        if clusters := cluster_keys(left.cluster, right.cluster):
            pairs.append(clusters)
        for at_left, at_right in pairs:
            lists[position - 1].append(at_left)
            lists[position].append(at_right)
        of_left, of_right = joint_keys(left.joint, right.joint)
        lists[position - 1].extend(of_left)
        lists[position].extend(of_right)
    for position, column, key in match_features([word.word for word in described], range(size), lexicon):
        lists[position].append(placed(key, column))
    return lists


def placed(key: str, column: int) -> str:
    """A feature's name for the trainer, the offset it is seen from in front."""
    return f"{OFFSETS[column]}{key}"


_DIGITS: Final = str.maketrans("123456789", "000000000")


def plain_word(word: str) -> str:
    """A folded word with every digit 0."""
    return word.translate(_DIGITS)


def stem_of(word: str) -> str:
    """A word without one glued conjunction, one preposition and the article, while more than three letters stay."""
    if len(word) > 4 and word[0] in "وف":
        word = word[1:]
    if len(word) > 4 and word.startswith("لل"):
        word = word[2:]
    elif len(word) > 4 and word[0] in "بلك":
        word = word[1:]
    if len(word) > 4 and word.startswith("ال"):
        word = word[2:]
    return word


@lru_cache(maxsize=1 << 12)
def shape_of(word: str) -> str:
    """The script of a word and its length, roughly; a mark is itself."""
    first = word[0]
    if first in ARABIC_LETTERS:
        return f"A{min(len(word), 6)}"
    if first.isdigit():
        return f"D{min(len(word), 5)}" if word.isdigit() else "Dx"
    return f"L{min(len(word), 4)}" if first.isalpha() else "P" + first
