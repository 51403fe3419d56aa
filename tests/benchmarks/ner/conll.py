"""Tokens with BIO labels, set as articles, and strict entity-level F1 of a finder of mentions on them.

Conventions, all of them:

- A set is lines `token<TAB>label`, sentences parted by a blank line. It does not say where articles end: runs of
  `PER_ARTICLE` sentences are one article, each sentence a paragraph of it.
- Tokens are set as a newspaper sets them: closing marks and `،` `.` stand at the word before, opening marks at the
  word after, a straight quotation mark opens and closes in turn within its sentence. Everything else is parted by a
  space, the conjunction و too where a set writes it as a token.
- A mention stands for the tokens that it overlaps. One that leaves a glued clitic out covers its token therefore.
- Tokens that are quotation marks or brackets do not count at the edges of a span, the set's or ours.
- Only PER, LOC and ORG are judged: what a set calls MISC is nothing, and dates are nobody's.
- An entity is right when first token, last token and type are (CoNLL 2003).
- I- after O or after another type begins an entity, as conlleval reads it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.model import Mention

PER_ARTICLE: Final = 20
LABELS: Final = {"person": "PER", "place": "LOC", "organization": "ORG"}
MARKS: Final = frozenset("\"'“”„«»‘’`()[]{}") | {"''", "``"}
_OPENING: Final = frozenset("([{«“„‘")
_CLOSING: Final = frozenset(")]}»”’.،,؛;:؟?!%…")
_STRAIGHT: Final = frozenset("\"'")

Sentence = tuple[tuple[str, str], ...]
"""Tokens with their labels."""
Finder = Callable[[Article], Iterable[Mention]]


class Span(NamedTuple):
    """Tokens first..end (end exclusive) of one sentence, with PER, LOC or ORG."""

    first: int
    end: int
    label: str


@dataclass(slots=True)
class Strict:
    """Counts by label: entities of the set, of ours, and right ones."""

    gold: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)

    def add(self, gold: set[Span], found: set[Span]) -> None:
        """One sentence."""
        self.gold.update(span.label for span in gold)
        self.found.update(span.label for span in found)
        self.right.update(span.label for span in gold & found)

    def measures(self, label: str | None = None) -> tuple[float, float, float]:
        """Precision, recall and F1 in percent, of one label or over all (micro)."""
        counts = [c.total() if label is None else c[label] for c in (self.right, self.found, self.gold)]
        return prf(*counts)


def prf(right: int, found: int, gold: int) -> tuple[float, float, float]:
    """Precision, recall, F1 in percent; 0 where there is nothing to divide by."""
    precision = 100 * right / found if found else 0.0
    recall = 100 * right / gold if gold else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def read(path: Path) -> list[Sentence]:
    """The sentences of a set."""
    sentences: list[Sentence] = []
    rows: list[tuple[str, str]] = []
    for line in [*path.read_text(encoding="utf-8").split("\n"), ""]:
        if line.strip():
            token, _, label = line.rstrip("\r").rpartition("\t")
            rows.append((token, label))
        elif rows:
            sentences.append(tuple(rows))
            rows = []
    return sentences


def labelled(labels: Iterable[str]) -> Iterator[Span]:
    """The entities that BIO labels mark, of whatever type."""
    first, kind, index = 0, "", -1
    for index, label in enumerate(labels):
        prefix, _, named = label.partition("-")
        if kind and (prefix != "I" or named != kind):
            yield Span(first, index, kind)
            kind = ""
        if named and not kind:
            first, kind = index, named
    if kind:
        yield Span(first, index + 1, kind)


def set_as_text(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """A sentence as a newspaper prints it, and where each token stands in it."""
    parts: list[str] = []
    places: list[tuple[int, int]] = []
    at, glue, opened = 0, True, set[str]()
    for token in tokens:
        opens = token in _OPENING or (token in _STRAIGHT and token not in opened)
        closes = not opens and (token in _CLOSING or token in _STRAIGHT)
        if token in _STRAIGHT:
            opened ^= {token}
        if not (glue or closes):
            parts.append(" ")
            at += 1
        parts.append(token)
        places.append((at, at + len(token)))
        at += len(token)
        glue = opens
    return "".join(parts), places


def trimmed(span: Span, tokens: Sequence[str]) -> Span | None:
    """The span without quotation marks and brackets at its edges; None when nothing is left."""
    first, end = span.first, span.end
    while first < end and tokens[first] in MARKS:
        first += 1
    while end > first and tokens[end - 1] in MARKS:
        end -= 1
    return Span(first, end, span.label) if first < end else None


def found_in(sentences: Sequence[Sentence], find: Finder) -> list[set[Span]]:
    """What a finder of mentions sees in sentences that are one article, by sentence."""
    lines = [set_as_text([token for token, _ in sentence]) for sentence in sentences]
    text = "\n".join(line for line, _ in lines)
    article = Article("set", text, Metadata(""), Provenance("set", "", ""))
    mentions = [mention for mention in find(article) if mention.type in LABELS]
    spans: list[set[Span]] = []
    start = 0
    for (line, places), sentence in zip(lines, sentences, strict=True):
        tokens = [token for token, _ in sentence]
        of_sentence: set[Span] = set()
        for mention in mentions:
            if not start <= mention.start < start + len(line):
                continue
            covered = [
                index
                for index, (first, end) in enumerate(places)
                if first < mention.end - start and mention.start - start < end
            ]
            if covered and (span := trimmed(Span(covered[0], covered[-1] + 1, LABELS[mention.type]), tokens)):
                of_sentence.add(span)
        spans.append(of_sentence)
        start += len(line) + 1
    return spans


def strict(sentences: Sequence[Sentence], find: Finder, *, per_article: int = PER_ARTICLE) -> Strict:
    """Strict counts of a finder of mentions on a set, or on a part of one (a fold)."""
    score = Strict()
    for at in range(0, len(sentences), per_article):
        batch = sentences[at : at + per_article]
        for sentence, found in zip(batch, found_in(batch, find), strict=True):
            tokens = [token for token, _ in sentence]
            gold = {
                span
                for one in labelled(label for _, label in sentence)
                if one.label in LABELS.values() and (span := trimmed(one, tokens))
            }
            score.add(gold, found)
    return score
