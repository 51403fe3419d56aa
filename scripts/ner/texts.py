"""Annotated articles written for training: `python -m scripts.ner.texts FILE...` checks them.

A file of `texts/` holds articles between lines of `===`; a line that starts with `#` is a comment. Names stand in
square brackets behind the letter of their type: `قال [P حسين مروة] إن [O بلدية صور]`. Glued letters stay outside.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

from scripts.ner.labelled import Labelled, parts

from kashaf.entities.page import Page, bases

FOLDER: Final = Path(__file__).parent / "texts"

_TYPES: Final = {"P": "PER", "L": "LOC", "O": "ORG"}
_BRACKETED: Final = re.compile(r"\[([PLO]) ([^\[\]\n]+)\]")
_BRACKET: Final = re.compile(r"[\[\]]")
_BETWEEN: Final = "==="


@dataclass(frozen=True, slots=True)
class Name:
    """A name's span in the text of its article, code points, and its label: PER, LOC or ORG."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Annotated:
    """An article: the line of its file on which it begins, from 1; its text without brackets; its names in order."""

    line: int
    text: str
    names: tuple[Name, ...]


class MarkupError(ValueError):
    """A bracket that is no name: says the line, from 1."""


def read_texts(folder: Path = FOLDER) -> list[Annotated]:
    """The articles of every file of a folder, files in the order of their names."""
    return [
        article
        for path in sorted(folder.glob("*.txt"))
        for article in parse(path.read_text(encoding="utf-8"))
    ]


def parse(content: str) -> list[Annotated]:
    """The articles of a file. Raises MarkupError."""
    lines = content.splitlines()
    cuts = [-1, *(at for at, line in enumerate(lines) if line.strip() == _BETWEEN), len(lines)]
    found = (_article(lines, before + 1, after) for before, after in pairwise(cuts))
    return [article for article in found if article.text]


def _article(lines: Sequence[str], begin: int, end: int) -> Annotated:
    text = ""
    names: list[Name] = []
    for number, line in enumerate(lines[begin:end], begin + 1):
        if not line.strip() or line.startswith("#"):
            continue
        last = 0
        for match in _BRACKETED.finditer(line):
            text += line[last : match.start()]
            name = match[2].strip()
            if not len(Page(name)):
                raise MarkupError(f"line {number}: a name without a word: {line[:60]}")
            names.append(Name(len(text), len(text) + len(name), _TYPES[match[1]]))
            text += name
            last = match.end()
        text += line[last:] + "\n"
        if wrong := _BRACKET.search(_BRACKETED.sub("", line)):
            raise MarkupError(f"line {number}: {wrong[0]} is no part of a name such as [O ...]: {line[:60]}")
    return Annotated(begin + 1, text, tuple(names))


def examples(articles: Sequence[Annotated]) -> list[Labelled]:
    """Every sequence of some articles; a word that a name overlaps is part of it, glued letters too."""
    return [part for article in articles for part in _labelled(article)]


def _labelled(article: Annotated) -> Iterator[Labelled]:
    page = Page(article.text)
    names = iter((*article.names, Name(len(article.text), len(article.text), "")))
    name = next(names)
    labels: list[str] = []
    begun = False
    for start, end in zip(page.starts, page.ends, strict=True):
        while name.end <= start and name.label:
            name, begun = next(names), False
        inside = name.start < end and bool(name.label)
        labels.append(f"{'I' if begun else 'B'}-{name.label}" if inside else "O")
        begun = begun or inside
    yield from parts(page, labels)


def _left_bare(article: Annotated) -> Iterator[str]:
    """Where words that are a name in an article stand in it outside every name, with their surroundings."""
    page = Page(article.text)
    inside = [
        any(name.start < end and start < name.end for name in article.names)
        for start, end in zip(page.starts, page.ends, strict=True)
    ]
    surfaces = {tuple(Page(article.text[name.start : name.end]).folds) for name in article.names}
    for words in sorted(surfaces):
        for at in range(len(page) - len(words) + 1):
            span = range(at, at + len(words))
            first = page.folds[at]
            if (
                not any(inside[index] for index in span)
                and any(base == words[0] for base, _ in bases(first))
                and tuple(page.folds[at + 1 : at + len(words)]) == words[1:]
            ):
                yield article.text[max(0, page.starts[at] - 30) : page.ends[span[-1]] + 30].replace(
                    "\n", " / "
                )


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", type=Path, nargs="*", default=sorted(FOLDER.glob("*.txt")))
    total: Counter[str] = Counter()
    faults = 0
    for path in parser.parse_args(arguments).files:
        try:
            articles = parse(path.read_text(encoding="utf-8"))
        except (MarkupError, UnicodeDecodeError) as error:
            print(f"{path.name}: {error}")
            faults += 1
            continue
        counts = Counter(name.label for article in articles for name in article.names)
        words = sum(len(Page(article.text)) for article in articles)
        total += counts + Counter(words=words, articles=len(articles))
        print(f"{path.name}: {len(articles)} articles, {words} words, {dict(counts)}")
        for article in articles:
            for bare in _left_bare(article):
                print(f"  line {article.line}: bare? {bare}")
    print(dict(total))
    return int(faults > 0)


if __name__ == "__main__":
    sys.exit(main())
