"""Labelled text: token⇥label files, read through the same words as articles are.

A sentence is joined to a text, the text is read as a page, and labels go to the page's words and marks by offset. One
set parts glued letters from words (و قال, ه for its pronoun); `glued` puts them together again, as the press writes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kashaf.entities.page import Page
from kashaf.entities.tagger.sequences import sequences
from kashaf.text.letters import ARABIC_LETTERS

Token = tuple[str, str]

_BEFORE: Final = frozenset("وفبلك") | {"ال", "س"}
_BEHIND: Final = frozenset({"ه", "ها", "هم", "هما", "هن", "نا", "ي", "ك", "كم", "ني", "ء"})
#: Final letters as they are written before a pronoun.
_BOUND: Final = {"ة": "ت", "ى": "ا"}
_NO_WORD: Final = re.compile(r"[$#=]+")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A sequence as the tagger reads it, with a label for each word and mark."""

    words: tuple[str, ...]
    labels: tuple[str, ...]


def read_tokens(path: Path) -> list[list[Token]]:
    """The sentences of a token⇥label file; a blank line ends one."""
    sentences: list[list[Token]] = []
    current: list[Token] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        word, _, label = line.partition("\t")
        if word:
            current.append((word, label or "O"))
        elif current:
            sentences.append(current)
            current = []
    return [*sentences, current] if current else sentences


def glued(tokens: Sequence[Token]) -> list[Token]:
    """The sentence with parted particles and pronouns put back: (و, قال) is وقال, (ل, الاتحاد) is للاتحاد."""
    joined: list[Token] = []
    front = ""
    for index, (word, label) in enumerate(tokens):
        if _stands_before(tokens, index):
            front += word
        elif not front and joined and _stands_behind(joined[-1][0], word, label):
            joined[-1] = (_bound(joined[-1][0]) + word, joined[-1][1])
        else:
            joined.append((_mended(_prefixed(front, word)), label))
            front = ""
    return joined


def _stands_before(tokens: Sequence[Token], index: int) -> bool:
    word, label = tokens[index]
    if word not in _BEFORE or label != "O" or index + 1 == len(tokens):
        return False
    following = tokens[index + 1][0]
    return following[0] in ARABIC_LETTERS and following not in _BEHIND


def _stands_behind(before: str, word: str, label: str) -> bool:
    return word in _BEHIND and before[-1] in ARABIC_LETTERS and not label.startswith("B-")


def _bound(word: str) -> str:
    return word[:-1] + _BOUND.get(word[-1], word[-1])


def _prefixed(front: str, word: str) -> str:
    return front + "ل" + word[2:] if front.endswith("ل") and word.startswith("ال") else front + word


def _mended(word: str) -> str:
    """The word without the second article that the set writes: لالاتحاد is للاتحاد."""
    return "لل" + word[3:].removeprefix("ل") if word.startswith("لال") else word


def labelled(tokens: Sequence[Token], kept: frozenset[str]) -> Iterator[Labelled]:
    """The sequences of one sentence, with O for labels whose type is not in `kept`."""
    tokens = [token for token in tokens if not _NO_WORD.fullmatch(token[0])]
    starts: list[int] = []
    length = 0
    for word, _ in tokens:
        starts.append(length)
        length += len(word) + 1
    page = Page(" ".join(word for word, _ in tokens))
    owner: list[int] = []
    token = 0
    for start in page.starts:
        while token + 1 < len(starts) and starts[token + 1] <= start:
            token += 1
        owner.append(token)
    labels: list[str] = []
    before = -1
    for token in owner:
        label = tokens[token][1]
        if label[2:] not in kept:
            label = "O"
        elif token == before:
            label = "I-" + label[2:]
        labels.append(label)
        before = token
    yield from parts(page, labels)


def parts(page: Page, labels: Sequence[str]) -> Iterator[Labelled]:
    """The sequences of a page, given the label of each of its words."""
    for part in sequences(page):
        found = [labels[index] if index >= 0 else "" for index in part.indexes]
        yield Labelled(part.words, tuple(_valid(found)))


def read_sets(paths: Iterable[Path], kept: frozenset[str], *, glue: bool = False) -> list[Labelled]:
    """Every sequence of some files; with `glue`, those sentences once more whose parted particles were joined."""
    sets: list[Labelled] = []
    for path in paths:
        sets += from_tokens(read_tokens(path), kept, glue=glue)
    return sets


def from_tokens(
    sentences: Iterable[Sequence[Token]], kept: frozenset[str], *, glue: bool = False
) -> list[Labelled]:
    """Every sequence of some sentences, as `read_sets`."""
    found: list[Labelled] = []
    for tokens in sentences:
        found += labelled(tokens, kept)
        if glue and len(joined := glued(tokens)) < len(tokens):
            found += labelled(joined, kept)
    return found


def _valid(labels: Sequence[str]) -> Iterator[str]:
    """Labels in which a mark inside a name belongs to it, and I follows only what it continues."""
    before = "O"
    for index, label in enumerate(labels):
        following = label or next((later for later in labels[index + 1 :] if later), "O")
        continues = following.startswith("I-") and following[2:] == before[2:]
        if not label:
            before = following if continues else "O"
        else:
            before = "B-" + label[2:] if label.startswith("I-") and not continues else label
        yield before
