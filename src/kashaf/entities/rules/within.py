"""What an article teaches of its own names: surnames, acronyms, short forms, names seen again without a cue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from kashaf.entities.page import Page, bases
from kashaf.entities.rules import cues
from kashaf.entities.rules.booknames import surname_stands
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.spans import Candidate, Taken

Words = tuple[str, ...]


def echoes(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """The settled candidates under the article's fullest names, and what they let one find.

    A full name stands for its surname and for its given name with the surname; an organisation for the acronym in
    brackets behind it and for its name in quotation marks. A surname that two people share stands for neither.
    """
    linked = link(page, settled)
    taken = Taken(linked)
    lessons = learn(page, linked)
    return [*linked, *_recognise(page, taken, lessons)]


def link(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """Who is named by less than the fullest name in the article takes that name.

    A person by the first and the last word of it, an organisation by how it begins, when only one does.
    """
    fullest: dict[tuple[str, str], Candidate] = {}
    for one in settled:
        if one.type == "person" and one.length > 1:
            ends = (page.folds[one.first][one.skip :], page.folds[one.last])
            best = fullest.get(ends)
            if best is None or (one.source == "book", one.length) > (best.source == "book", best.length):
                fullest[ends] = one
    longer: dict[Words, set[str]] = defaultdict(set)
    for one in settled:
        if one.type == "organization" and one.source == "cue":
            words = _words(page, one)
            for length in range(2, len(words)):
                longer[words[:length]].add(one.name)

    def renamed(one: Candidate) -> Candidate:
        if one.source == "book" or one.length == 1:
            return one
        if one.type == "person":
            return one._replace(name=fullest[page.folds[one.first][one.skip :], page.folds[one.last]].name)
        names = longer.get(_words(page, one), set()) if one.type == "organization" else set()
        return one._replace(name=min(names)) if len(names) == 1 else one

    return [renamed(one) for one in settled]


def learn(page: Page, linked: Sequence[Candidate]) -> dict[Words, Candidate]:
    """Words and the entity that they stand for in this article."""
    lessons: dict[Words, Candidate] = {}
    surnames: dict[Words, set[str]] = defaultdict(set)
    teachers: dict[Words, Candidate] = {}
    for one in linked:
        words = _words(page, one)
        if one.type == "person" and one.length > 1:
            surname = _surname(words)
            surnames[surname].add(one.name)
            teachers.setdefault(surname, one)
        elif one.type == "organization":
            if (acronym := acronym_after(page, one.last)) is not None:
                lessons.setdefault((page.folds[acronym],), one)
            if (quoted := _quoted_part(page, one)) is not None:
                lessons.setdefault(quoted, one)
        if one.source != "book" and (one.length > 1 or one.type == "place"):
            lessons.setdefault(words, one)
    for surname, names in surnames.items():
        if len(names) == 1:
            lessons.setdefault(surname, teachers[surname])
    return lessons


def acronym_after(page: Page, last: int) -> int | None:
    """The word in brackets right behind a name, when it reads like an acronym: «قوات سوريا الديمقراطية (قسد)»."""
    index = last + 1
    if index >= len(page) or page.opener(index) not in {"(", "["} or not page.enclosed(index, index):
        return None
    if page.gaps[index].strip(" \"”»'\u00a0") not in {"(", "["}:
        return None
    word = page.folds[index]
    arabic = "\u0621" <= word[0] <= "\u064a"
    if not 2 <= len(word) <= 8 or word in cues.NEVER or word.isdecimal():
        return None
    if arabic and (word.startswith("ال") or word in cues.ADJECTIVES or len(word) < 3):
        return None
    written = page.text[page.starts[index] : page.ends[index]]
    return index if arabic or written.isupper() else None


def _recognise(page: Page, taken: Taken, lessons: dict[Words, Candidate]) -> Iterator[Candidate]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in lessons:
        lengths[words[0]].add(len(words))
    longest_first = {first: sorted(found, reverse=True) for first, found in lengths.items()}
    index = 0
    while index < len(page):
        found = _recognise_at(page, taken, lessons, longest_first, index)
        if found is not None:
            yield found
        index = found.last + 1 if found else index + 1


def _recognise_at(
    page: Page, taken: Taken, lessons: dict[Words, Candidate], lengths: dict[str, list[int]], index: int
) -> Candidate | None:
    for base, skip in bases(page.folds[index]):
        for length in lengths.get(base, ()):
            last = index + length - 1
            teacher = lessons.get((base, *page.folds[index + 1 : last + 1]))
            if teacher is None or last >= len(page) or not taken.free(index, last):
                continue
            if not all(page.joined(at) for at in range(index + 1, last + 1)):
                continue
            if _stands(page, index, last, skip, teacher):
                return Candidate(index, last, skip, teacher.name, teacher.type, "in-article")
    return None


def _stands(page: Page, first: int, last: int, skip: int, teacher: Candidate) -> bool:
    """Whether words that an entity lent its name stand for it here."""
    if page.indefinite_accusative(last):
        return False
    if teacher.type == "person":
        return surname_stands(page, first, last, skip)
    if first != last:
        return True
    if teacher.type == "place":
        glued = skip and page.folds[first][skip - 1] in "بل"
        before = page.fold_at(first - 1) if page.joined(first) else ""
        return bool(glued) or (skip == 0 and before in cues.LOCATIVES)
    return skip == 0 or len(page.folds[first]) - skip > 2


def _words(page: Page, one: Candidate) -> Words:
    words = page.folds[one.first : one.last + 1]
    first = next((base for base, skip in bases(words[0]) if skip == one.skip and base != words[0]), words[0])
    return (first if one.skip or words[0].startswith("لل") else words[0], *words[1:])


def _surname(words: Words) -> Words:
    """The last word of a name with the particles before it: «بن يدر», «أبو الميزان», «عبد الله»."""
    at = len(words) - 1
    while at > 1 and words[at - 1] in cues.PARTICLES and words[at - 1] not in GIVEN:
        at -= 1
    return words[at:]


def _quoted_part(page: Page, one: Candidate) -> Words | None:
    """What stands in quotation marks inside an organisation's name."""
    for index in range(one.first + 1, one.last + 1):
        opener = page.opener(index)
        if opener and opener not in {"(", "["}:
            for last in range(index, one.last + 1):
                if page.closed_after(last, opener) is not None:
                    return tuple(page.folds[index : last + 1])
    return None
