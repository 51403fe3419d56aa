"""`python -m tests.benchmarks.ner.rules`: how often each rule is right, on its own. Asserts nothing.

On the training sets of KASHAF_NER_DATA and on the seen half of the gold. A rule is asked about every page with the
book and no tagger beside it, so that it is measured where it would act alone; the rules that ask for the tagger's
doubts are measured with it, on the development sets and the gold alone. Right is overlap with an entity of the
rule's type, since the sets differ in where a name begins and ends; exact is the share with the same bounds.

--heads: the same by the word that a rule begins with. --wrong RULE: where it was wrong. --confidence: of the whole
pipeline, what share of mentions with a confidence was right, in steps of a tenth.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from tests.benchmarks.ner import gold as golds
from tests.benchmarks.ner.conll import LABELS, PER_ARTICLE, Sentence, labelled, read, set_as_text, trimmed
from tests.benchmarks.ner.matching import trim

from kashaf.corpus.article import Article, Metadata, Provenance
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.mentions import FINDERS, read_article
from kashaf.entities.page import Page
from kashaf.entities.rules.booknames import book_candidates
from kashaf.entities.rules.located import located_candidates
from kashaf.entities.rules.overlay import overlaid, tagged_candidates
from kashaf.entities.rules.registry import RULES
from kashaf.entities.rules.spans import Candidate, Taken
from kashaf.entities.rules.tagged import Labeller
from kashaf.entities.tagger.tagger import Tagger

TRAINING: Final = ("newsfane.train", "aqmar_liu.train", "wojood_sample.train.plo")
DEVELOPMENT: Final = ("aqmar_liu.dev", "wojood_sample.val.plo")
_TYPES: Final = {label: kind for kind, label in LABELS.items()}

Named = tuple[int, int, str]


class Marked(NamedTuple):
    """A text with its entities: start, end, type. ignored: spans that are not judged."""

    text: str
    named: frozenset[Named]
    ignored: tuple[tuple[int, int], ...] = ()


def marked_set(name: str) -> Iterator[Marked]:
    """A set of KASHAF_NER_DATA as articles of some sentences; nothing when it is not there."""
    path = Path(os.environ.get("KASHAF_NER_DATA", "")) / f"{name}.conll"
    sentences = read(path) if path.is_file() else []
    for at in range(0, len(sentences), PER_ARTICLE):
        yield _marked(sentences[at : at + PER_ARTICLE])


def _marked(sentences: Sequence[Sentence]) -> Marked:
    lines: list[str] = []
    named: set[Named] = set()
    start = 0
    for sentence in sentences:
        tokens = [token for token, _ in sentence]
        line, places = set_as_text(tokens)
        for one in labelled(label for _, label in sentence):
            if one.label in _TYPES and (span := trimmed(one, tokens)):
                named.add(
                    (start + places[span.first][0], start + places[span.end - 1][1], _TYPES[span.label])
                )
        lines.append(line)
        start += len(line) + 1
    return Marked("\n".join(lines), frozenset(named))


@cache
def _sample() -> dict[str, Article]:
    with tempfile.TemporaryDirectory(prefix="kashaf-rules-") as name:
        return golds.sample_articles(Path(name) / "case")


def marked_gold() -> Iterator[Marked]:
    """The articles of the seen half, those of the sample corpus among them."""
    for gold in golds.load("seen", sample=_sample()):
        text = gold.article.text
        named = frozenset(
            (*trim(text, span), entity.type) for entity in gold.entities for span in entity.spans
        )
        yield Marked(text, named, gold.ignored)


class Tried(NamedTuple):
    """A candidate with its text, whether it overlaps an entity of its type, and whether it is one."""

    candidate: Candidate
    head: str
    around: str
    overlaps: bool
    exact: bool


def tried(texts: Iterator[Marked], book: NameBook, tagger: Labeller | None) -> Iterator[Tried]:
    """Every candidate of every rule, before they come to terms with each other."""
    for marked in texts:
        page = Page(marked.text)
        page.lexicon = Tagger.shipped().lexicon
        tagged = tagged_candidates(page, book, tagger) if tagger else []
        held = overlaid(page, tagged, book_candidates(page, book, tagged))
        taken = Taken(held)
        proposed = [one for finder in (*FINDERS, located_candidates) for one in finder(page, taken)]
        for one in [*proposed, *(one for one in held if one.source == "book" and not tagger)]:
            if one.type is None:
                continue
            start, end = trim(page.text, page.span(one.first, one.last, one.skip))
            if any(first < end and start < last for first, last in marked.ignored):
                continue
            overlaps = any(
                first < end and start < last and kind == one.type for first, last, kind in marked.named
            )
            around = page.text[max(start - 40, 0) : end + 30].replace("\n", " ")
            yield Tried(one, page.folds[one.first], around, overlaps, (start, end, one.type) in marked.named)


def by_rule(book: NameBook) -> Iterator[Tried]:
    """Every rule where it is to be measured."""
    for name in TRAINING:
        for one in tried(marked_set(name), book, None):
            if not RULES[one.candidate.rule].doubts:
                yield one
    tagger = Tagger.shipped()
    for name in DEVELOPMENT:
        for one in tried(marked_set(name), book, tagger):
            if RULES[one.candidate.rule].doubts:
                yield one
    for one in tried(marked_gold(), book, None):
        if not RULES[one.candidate.rule].doubts:
            yield one
    for one in tried(marked_gold(), book, tagger):
        if RULES[one.candidate.rule].doubts:
            yield one


def rows(found: Sequence[Tried], key: Callable[[Tried], str]) -> Iterator[tuple[str, ...]]:
    """Name, count, precision by overlap and exactly."""
    groups: dict[str, list[Tried]] = defaultdict(list)
    for one in found:
        groups[key(one)].append(one)
    for name, ones in sorted(groups.items()):
        right, exact = sum(one.overlaps for one in ones), sum(one.exact for one in ones)
        yield name, str(len(ones)), f"{right / len(ones):.2f}", f"{exact / len(ones):.2f}"


def confidence(book: NameBook) -> Iterator[tuple[str, ...]]:
    """Of the pipeline's mentions by their confidence: how many, and what share has the right bounds and type."""
    count: Counter[int] = Counter()
    right: Counter[int] = Counter()
    over: Counter[int] = Counter()
    for texts in (marked_gold(), *(marked_set(name) for name in DEVELOPMENT)):
        for marked in texts:
            article = Article("set", marked.text, Metadata(""), Provenance("set", "", ""))
            for one in read_article(article, book).mentions:
                start, end = trim(marked.text, (one.start, one.end))
                if one.type == "date" or any(a < end and start < b for a, b in marked.ignored):
                    continue
                step = min(int(one.confidence * 20), 19)
                count[step] += 1
                right[step] += (start, end, one.type) in marked.named
                over[step] += any(a < end and start < b and kind == one.type for a, b, kind in marked.named)
    for step in sorted(count):
        share, wide = right[step] / count[step], over[step] / count[step]
        yield f"{step / 20:.2f}-{(step + 1) / 20:.2f}", str(count[step]), f"{wide:.2f}", f"{share:.2f}"


def table(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows of text with their columns aligned, the first one left."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.rjust(width) if at else cell.ljust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    )


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.benchmarks.ner.rules", description=__doc__.splitlines()[0]
    )
    parser.add_argument("--heads", action="store_true", help="by the first word too, from five on")
    parser.add_argument("--wrong", metavar="RULE", help="where a rule was wrong")
    parser.add_argument("--confidence", action="store_true", help="what the pipeline's confidence is worth")
    arguments = parser.parse_args()
    book = NameBook.load()
    if arguments.confidence:
        print(table([("confidence", "mentions", "overlap", "exact"), *confidence(book)]))
        return
    found = list(by_rule(book))
    if arguments.wrong:
        for one in found:
            if one.candidate.rule == arguments.wrong and not one.overlaps:
                print(one.candidate.name, one.around, sep="\t")
        return
    print(table([("rule", "count", "precision", "exact"), *rows(found, lambda one: one.candidate.rule)]))
    if arguments.heads:
        heads = [
            row for row in rows(found, lambda one: f"{one.candidate.rule} {one.head}") if int(row[1]) > 4
        ]
        print(table([("head", "count", "precision", "exact"), *heads]))


if __name__ == "__main__":
    main()
