"""Whether a segment's tables agree with one another, and its postings with the articles that it stores."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kashaf.corpus.article import Article
from kashaf.corpus.identity import text_sha256
from kashaf.said import said
from kashaf_index.analysis import LEAD, SEPARATOR, ladder, positions
from kashaf_index.codec.damage import damaged
from kashaf_index.codec.numbers import spread
from kashaf_index.codec.segment import SegmentFile
from kashaf_index.generations.deletions import Mask
from kashaf_index.stored import article_of

Opened = Sequence[tuple[SegmentFile, Mask | None]]
#: Positions of each term of a document.
Words = Mapping[bytes, Sequence[int]]

#: So many words are read again from their exact form, at most about twice.
_READ_AGAIN: Final = 1 << 14
_TERMS: Final = 1 << 16
#: Postings that are looked through at once.
_POSTINGS: Final = 1 << 19


def check_dictionary(segment: SegmentFile) -> None:
    """Whether the words ascend, the table of folds leads to each of them, and some that are read again are so.

    Raises IndexDamaged.
    """
    words, folds = segment.dictionary("words"), segment.folds
    wrong = damaged(said("the table of words is not what was written"), segment.path)
    ranges = folds.words(0, len(folds))
    owner = np.full(len(words), -1, np.int64)
    sizes = ranges[:, 1] - ranges[:, 0]
    places = spread(ranges[:, 0], sizes)
    if len(places) != len(words):
        raise wrong
    owner[places] = np.repeat(np.arange(len(folds)), sizes)
    if len(owner) and int(owner.min()) < 0:
        raise wrong
    names = folds.terms(0, len(folds))
    each = max(len(words) // _READ_AGAIN, 1)
    last: list[bytes] = []
    for start in range(0, len(words), _TERMS):
        terms = words.terms(start, start + _TERMS)
        if any(one >= other for one, other in pairwise([*last, *terms])):
            raise wrong
        last = terms[-1:]
        for fold, term in zip(owner[start : start + _TERMS].tolist(), terms, strict=True):
            readings = term.split(b"\0")
            if len(readings) != 4 or readings[2] != names[fold]:
                raise wrong
        if not all(map(_is_read_so, terms[::each])):
            raise wrong


def _is_read_so(term: bytes) -> bool:
    try:
        return ladder(term.decode().split(SEPARATOR)[-1]).term() == term
    except ValueError:
        return False


def files_of(opened: Opened) -> dict[str, str]:
    """The hash of the file of each article, by id; deleted ones are left out. Raises IndexDamaged."""
    found: dict[str, str] = {}
    for segment, deleted in opened:
        hashes = segment.raw_all("raw_sha256")
        live = np.flatnonzero(~deleted) if deleted is not None else np.arange(segment.size)
        ids = segment.ids()
        for document in live.tolist():
            found[ids[document]] = hashes[document].tobytes().hex()
    return found


def compare_sample(opened: Opened, size: int, seed: str) -> tuple[int, list[str]]:
    """Read some articles again: how many, and the ids of those of which the index says otherwise.

    Both ways: every word of the article is found where it stands, and no word that does not. Raises IndexDamaged.
    """
    documents = [
        (number, document)
        for number, (segment, deleted) in enumerate(opened)
        for document in range(segment.size)
        if deleted is None or not deleted[document]
    ]
    chosen = random.Random(seed).sample(documents, min(size, len(documents)))  # noqa: S311 -- a sample, no secret
    wrong: list[str] = []
    for number, (segment, _) in enumerate(opened):
        of_segment = sorted(document for which, document in chosen if which == number)
        if of_segment:
            wrong += _compare(segment, of_segment)
    return len(chosen), wrong


def _compare(segment: SegmentFile, documents: Sequence[int]) -> list[str]:
    articles = {document: article_of(segment, document) for document in documents}
    wrong = {document for document in documents if not _is_described(segment, document, articles[document])}
    for field in ("text", "lead", "title", "author"):
        found = _words_of(segment, field, documents)
        for document in documents:
            if found[document] != _expected(articles[document], field):
                wrong.add(document)
    return [segment.id(document) for document in sorted(wrong)]


def _is_described(segment: SegmentFile, document: int, article: Article) -> bool:
    published = article.metadata.published
    day = published.year * 10000 + published.month * 100 + published.day if published else 0
    return (
        segment.id(document) == article.id
        and int(segment.numbers("date")[document]) == day
        and int(segment.numbers("length")[document]) == positions(article.text)[1]
        and segment.raw("text_sha256", document).hex() == text_sha256(article.text)
    )


def _expected(article: Article, field: str) -> Words:
    if field == "title":
        # A title that the article does not state is made of its first words, which are in the text.
        return positions(article.metadata.title if article.body_start else "")[0]
    if field == "author":
        return positions(article.metadata.author or "")[0]
    found = positions(article.text)[0]
    if field == "text":
        return found
    lead = {term: [at for at in places if at < LEAD] for term, places in found.items()}
    return {term: places for term, places in lead.items() if places}


def _words_of(
    segment: SegmentFile, field: str, documents: Sequence[int]
) -> dict[int, dict[bytes, list[int]]]:
    """All that the field's postings say of the documents."""
    found: dict[int, dict[bytes, list[int]]] = {document: {} for document in documents}
    postings, words = segment.postings(field), segment.dictionary_of(field)
    if postings is None:
        return found
    within = np.zeros(segment.size, np.bool_)
    within[list(documents)] = True
    for lo, hi in _pieces(postings.sizes(0, len(words))):
        terms = np.arange(lo, hi, dtype=np.int64)
        docs, places, numbers = postings.places_labelled(np.stack((terms, terms + 1), axis=1), within, terms)
        order = np.lexsort((places, numbers))
        rows = zip(docs[order].tolist(), places[order].tolist(), numbers[order].tolist(), strict=True)
        for document, place, number in rows:
            found[document].setdefault(words.term(number), []).append(place)
    return found


def _pieces(sizes: NDArray[np.int64]) -> list[tuple[int, int]]:
    """The terms cut so that a piece has about `_POSTINGS` postings."""
    pieces = np.cumsum(sizes) // _POSTINGS
    cuts = [0, *(np.flatnonzero(np.diff(pieces)) + 1).tolist(), len(sizes)]
    return [(lo, hi) for lo, hi in pairwise(cuts) if lo < hi]
