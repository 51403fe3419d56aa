"""The book laid over the tagger: what both say of the same words, and which of them is believed where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from kashaf.entities.book.namebook import NameBook
from kashaf.entities.page import Page, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.glued import Known, beginnings, glued_letters
from kashaf.entities.rules.spans import Candidate, Taken, form_of
from kashaf.entities.rules.tagged import Labeller, Span, tagged_spans
from kashaf.entities.rules.trims import trimmed
from kashaf.entities.tagger.tagger import Tagger

_KIND_NOUNS: Final = cues.QUOTED_HEADS


def tagged_candidates(page: Page, book: NameBook, tagger: Labeller) -> list[Candidate]:
    """The tagger's names, trimmed, each without the letters glued to it."""
    spans = list(tagged_spans(page, tagger))
    if not spans:
        return []
    known = _known(book, tagger)
    seen = frozenset(page.folds)
    return [_candidate(page, one, known, seen) for span in spans for one in trimmed(page, span, known)]


def _known(book: NameBook, tagger: Labeller) -> Known:
    starts = beginnings(book)
    if not isinstance(tagger, Tagger):
        return starts.__contains__
    single, names = tagger.lexicon.single, tagger.lexicon.names
    return lambda words: words in starts or words in single or words in names


def _candidate(page: Page, span: Span, known: Known, seen: frozenset[str]) -> Candidate:
    skip = glued_letters(page.folds[span.first], known, seen)
    name = form_of(page, span.first, span.last, skip)
    return Candidate(span.first, span.last, skip, name, span.type, "tagger", "tagger", span.chance)


def overlaid(page: Page, tagged: Sequence[Candidate], from_book: Sequence[Candidate]) -> list[Candidate]:
    """Both, without overlaps. A name of the book keeps its words but where the tagger sees more of a name."""
    book = Taken(from_book)
    longer = [one for one in tagged if _sees_more(page, one, _under(book, one))]
    held = Taken(longer)
    kept = [one for one in from_book if held.free(one.first, one.last)]
    taken = Taken([*longer, *kept])
    return [*longer, *kept, *(one for one in tagged if taken.free(one.first, one.last))]


def _under(book: Taken, one: Candidate) -> list[Candidate]:
    found = {id(held): held for index in range(one.first, one.last + 1) if (held := book.at(index))}
    return list(found.values())


def _sees_more(page: Page, one: Candidate, under: Iterable[Candidate]) -> bool:
    """Whether a name of the tagger holds names of the book as parts of a longer one."""
    parts = list(under)
    if not parts or any(part.type is None for part in parts):
        return False
    if any(part.first < one.first or part.last > one.last or part.length == one.length for part in parts):
        return False
    return all(_is_part(page, one, part) for part in parts)


def _is_part(page: Page, one: Candidate, part: Candidate) -> bool:
    if one.type == "organization":
        if part.first == one.first:
            if part.type == "organization":
                return one.chance > _SURE and _is_longer_name(page, part)
            return part.length == 1 and one.chance > _SURE
        kind_noun = part.first == one.first + 1 and is_one(page.folds[one.first], _KIND_NOUNS)
        return not (part.type == "organization" and part.last == one.last and kind_noun)
    if one.type == "person":
        return part.length == 1 and part.type != "organization"
    if part.type == "place" and part.first == one.first:
        return one.last == part.last + 1 and page.folds[one.last] in cues.DIRECTIONS
    return part.type == "place" and part.length == 1


def _is_longer_name(page: Page, part: Candidate) -> bool:
    """«أوراسكوم فودز», «خفر السواحل الليبي», but not «هواوي الصينية»: what the tagger sees behind an organisation
    of the book belongs to its name, unless it is an adjective of nationality behind a name of one word."""
    following = page.folds[part.last + 1]
    return part.length > 1 or following not in cues.NATIONALITIES


_SURE: Final = 0.7
