"""Pack gazetteers, word clusters and the name book into the tagger's lexicon."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import numpy as np

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.page import folded_words
from kashaf.entities.tagger.features import plain_word
from kashaf.entities.tagger.lexicon import NAME_CLASSES, NOTE_SHIFT, NOTES, PERSON, PLACE, PREFIX, Lexicon

_TYPES: Final = {"person": "P", "place": "L", "organization": "O"}


def build_lexicon(gazetteer: Path, clusters: Path, book: NameBook) -> Lexicon:
    """The lexicon of `gazetteer.json`, `clusters.open.json` and a name book."""
    facts = json.loads(gazetteer.read_text(encoding="utf-8"))
    cluster_words, rows = _clusters(json.loads(clusters.read_text(encoding="utf-8")))
    return Lexicon(
        clusters=cluster_words,
        cluster_table=rows,
        single=_single(facts["given"], facts["surname"]),
        names=_names(facts["loc"], facts["full"], book),
    )


def commonest(clusters: Path, count: int) -> list[str]:
    """The words of the clusters file, which has them by falling frequency, as pages have them."""
    words = json.loads(clusters.read_text(encoding="utf-8"))
    return [key for word in words if " " not in (key := key_of(word) or word)][:count]


def key_of(name: str) -> str:
    """A name as the lexicon keeps it."""
    return " ".join(plain_word(word) for word in folded_words(name))


def _clusters(
    table: dict[str, list[int]],
) -> tuple[dict[str, int], np.ndarray[tuple[int, int], np.dtype[np.int16]]]:
    words: dict[str, int] = {}
    rows: list[list[int]] = []
    for word, classes in table.items():
        key = key_of(word) or word
        if " " not in key and key not in words:
            words[key] = len(rows)
            rows.append(classes)
    return words, np.array(rows, dtype=np.int16).reshape(-1, 3)


def _single(given: dict[str, int], surnames: dict[str, int]) -> dict[str, int]:
    counts: dict[str, tuple[int, int]] = {}
    for column, table in enumerate((given, surnames)):
        for name, count in table.items():
            key = key_of(name)
            if key and " " not in key:
                pair = counts.get(key, (0, 0))
                counts[key] = (pair[0] + count, pair[1]) if column == 0 else (pair[0], pair[1] + count)
    classes: dict[str, int] = {}
    for key, (first, last) in counts.items():
        level = "3" if first + last > 20 else "2" if first + last > 3 else "1"
        classes[key] = NAME_CLASSES.index(("g" if first >= last else "s") + level)
    return classes


def _names(places: dict[str, object], people: list[str], book: NameBook) -> dict[str, int]:
    names: dict[str, int] = {}

    def add(key: str, bits: int) -> None:
        if key:
            names[key] = names.get(key, 0) | bits
            words = key.split()
            for end in range(1, len(words)):
                part = " ".join(words[:end])
                names[part] = names.get(part, 0) | PREFIX

    for place in places:
        add(key_of(place), PLACE)
    for person in people:
        add(key_of(person), PERSON)
    for key, note in _notes(book).items():
        add(key, NOTES.index(note) << NOTE_SHIFT)
    return names


def _notes(book: NameBook) -> dict[str, str]:
    """What the book says of each surface: its type, `X` when several bear it, and `a` when it needs a cue."""
    claims: dict[str, set[str]] = {}
    unsure: set[str] = set()
    for name in book.names:
        for surface in (name.canonical, *name.aliases):
            key = key_of(surface)
            claims.setdefault(key, set()).add(_TYPES[name.type])
            if surface in name.ambiguous:
                unsure.add(key)
    return {
        key: (types.pop() if len(types) == 1 else "X") + ("a" if key in unsure else "")
        for key, types in claims.items()
    }
