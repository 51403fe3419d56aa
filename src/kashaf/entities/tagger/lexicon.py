"""What the tagger knows of words and names beside its weights: clusters, given names and surnames, places, the book.

Packed by `scripts/ner/pack.py` into one file of plain arrays; where each part comes from stands in `data/NOTICE`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from kashaf.entities.page import bases
from kashaf.entities.tagger.arrays import join_words, read_arrays, split_words, write_arrays

#: Bits of an entry: more words may follow; it is a place; it is a person's full name; above them the book's note.
PREFIX: Final = 1
PLACE: Final = 2
PERSON: Final = 4
NOTE_SHIFT: Final = 3
#: Notes of the book by their number: type, and `a` for a name that needs a cue; X when several types claim it.
NOTES: Final = ("", "P", "L", "O", "Pa", "La", "Oa", "X", "Xa")
#: Classes of single names by their number: given name or surname, and how frequent.
NAME_CLASSES: Final = ("", "g1", "g2", "g3", "s1", "s2", "s3")

#: (kind, position, words, note); kind is L place, F full name, K book.
NameMatch = tuple[str, int, int, str]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Read-only once made, so threads may share it. Keys are folded words, digits made 0.

    clusters: word to its row of `cluster_table` (three clusterings of 64, 256 and 1024 classes). single: word to its
    number in NAME_CLASSES. names: name or beginning of one, its words with spaces between, to its bits.
    """

    clusters: Mapping[str, int]
    cluster_table: npt.NDArray[np.int16]
    single: Mapping[str, int]
    names: Mapping[str, int]

    def clusters_of(self, word: str) -> tuple[int, int, int] | None:
        """The clusters of a word, else of what is left of it without glued letters, else None."""
        for base, _ in bases(word):
            row = self.clusters.get(base)
            if row is not None:
                first, second, third = self.cluster_table[row].tolist()
                return first, second, third
        return None

    def name_class(self, word: str) -> str:
        """The class of a given name or surname, with or without glued letters; empty for another word."""
        for base, _ in bases(word):
            if number := self.single.get(base):
                return NAME_CLASSES[number]
        return ""

    def begins(self, word: str) -> bool:
        """Whether a name of several words or of one begins with this word, with or without glued letters."""
        return any(base in self.names for base, _ in bases(word))

    def matches(self, words: Sequence[str], starts: Iterable[int]) -> Iterator[NameMatch]:
        """Names that begin at `starts` (ascending), the longest at each, none inside another of its kind."""
        names = self.names
        size = len(words)
        free_place = free_person = free_book = 0
        for start in starts:
            place = person = book = 0
            note = 0
            for base, _ in bases(words[start]):
                current, length = base, 1
                while bits := names.get(current, 0):
                    if bits & PLACE and length > place:
                        place = length
                    if bits & PERSON and length > person:
                        person = length
                    if bits >> NOTE_SHIFT and length > book:
                        book, note = length, bits >> NOTE_SHIFT
                    if not bits & PREFIX or start + length >= size:
                        break
                    current = f"{current} {words[start + length]}"
                    length += 1
            if place and start >= free_place:
                free_place = start + place
                yield "L", start, place, ""
            if person and start >= free_person:
                free_person = start + person
                yield "F", start, person, ""
            if book and start >= free_book:
                free_book = start + book
                yield "K", start, book, NOTES[note]


def read_lexicon(path: Path) -> Lexicon:
    """Read a packed lexicon. Raises Damaged when the file is not one, DiskTrouble when it cannot be read."""
    arrays = read_arrays(
        path, ("cluster_words", "cluster_table", "single_words", "single", "name_words", "names")
    )
    cluster_words = split_words(arrays["cluster_words"])
    single_words = split_words(arrays["single_words"])
    name_words = split_words(arrays["name_words"])
    return Lexicon(
        clusters=dict(zip(cluster_words, range(len(cluster_words)), strict=True)),
        cluster_table=arrays["cluster_table"].astype(np.int16),
        single=dict(zip(single_words, arrays["single"].tolist(), strict=True)),
        names=dict(zip(name_words, arrays["names"].tolist(), strict=True)),
    )


def write_lexicon(path: Path, lexicon: Lexicon) -> None:
    """Pack a lexicon: the same contents give the same bytes."""
    words = sorted(lexicon.clusters)
    single = sorted(lexicon.single)
    names = sorted(lexicon.names)
    rows = lexicon.cluster_table[[lexicon.clusters[word] for word in words]].reshape(-1, 3)
    write_arrays(
        path,
        {
            "cluster_words": join_words(words),
            "cluster_table": rows,
            "single_words": join_words(single),
            "single": np.array([lexicon.single[word] for word in single], dtype=np.uint8),
            "name_words": join_words(names),
            "names": np.array([lexicon.names[word] for word in names], dtype=np.uint8),
        },
    )
