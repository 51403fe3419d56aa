"""What an article teaches of its own names: surnames, acronyms, short forms, names seen again without a cue."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from kashaf.entities.model import EntityType, Link
from kashaf.entities.page import Page, bases
from kashaf.entities.rules import cues
from kashaf.entities.rules.acronyms import is_acronym
from kashaf.entities.rules.booknames import surname_stands, title_before
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.spans import Candidate, Taken, form_of

Words = tuple[str, ...]

#: From this probability on a name of one word that the tagger saw is looked for in the rest of the article.
_SURE: Final = 0.9
#: Of the mentions of one name, the share that must agree on a type for the others to take it.
_MAJORITY: Final = 0.6


class Lesson(NamedTuple):
    """Words that stand for an entity in this article: who taught them, and what they are of its name."""

    teacher: Candidate
    link: Link


def echoes(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """The settled candidates under the article's fullest names, and what they let one find.

    Names are looked for first, in all the article; then what stands for them: a surname or a given name with it, an
    acronym in brackets, the quoted part or the end of an organisation's name. What two entities share stands for
    neither. Candidates may overlap: where a name that was learnt lies in a longer one of the tagger, both are given.
    """
    agreed = agree(page, settled)
    linked = link(page, extended(page, agreed))
    lessons = learn(page, linked)
    named = [_named(page, one, lessons) for one in linked]
    if named != linked:
        lessons = learn(page, named)  # nobody is taught by a name that was none
    return [*named, *_recognise(page, Taken(named), lessons)]


def agree(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """The same words are of one type in one article: the type that the surer mentions give them."""
    votes: dict[Words, Counter[EntityType]] = defaultdict(Counter)
    fixed: dict[Words, EntityType] = {}
    for one in settled:
        if one.type is not None:
            words = words_of(page, one)
            if one.source == "book":
                fixed.setdefault(words, one.type)
            votes[words][one.type] += 1
    if all(len(types) == 1 for types in votes.values()):
        return list(settled)
    return [_retyped(one, votes[words_of(page, one)], fixed.get(words_of(page, one))) for one in settled]


def _retyped(one: Candidate, votes: Counter[EntityType], fixed: EntityType | None) -> Candidate:
    if one.type is None or one.source == "book" or len(votes) < 2:
        return one
    if fixed is not None:
        return one._replace(type=fixed)
    kind, count = votes.most_common(1)[0]
    return one._replace(type=kind) if count > votes.total() * _MAJORITY else one


def extended(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """People with the surname behind their names that somebody else in the article bears too, with one word between
    or none: «ضياء زوبع مصلح الحرداني» where «عبد الله الحرداني» stands."""
    named = [one for one in settled if one.type == "person" and one.length > 1 and one.source != "book"]
    surnames = {page.folds[one.last] for one in named}
    surnames = {word for word in surnames if word.startswith("ال") and word not in cues.ADJECTIVES}
    if not surnames:
        return list(settled)
    taken = Taken(settled)
    grown = {id(one): _with_surname(page, taken, one, surnames) for one in named}
    return [grown.get(id(one), one) for one in settled]


def _with_surname(page: Page, taken: Taken, one: Candidate, surnames: set[str]) -> Candidate:
    if page.folds[one.last] in surnames:
        return one
    for last in (one.last + 1, one.last + 2):
        if not page.joined(last) or taken.at(last) is not None or page.folds[last] in cues.NEVER:
            break
        if page.folds[last] in surnames:
            return one._replace(last=last, name=form_of(page, one.first, last, one.skip))
    return one


def link(page: Page, settled: Sequence[Candidate]) -> list[Candidate]:
    """Who is named by less than the fullest name in the article takes that name.

    A person by the first and the last word of it, or by a surname that one person has; an organisation by two words
    or more that stand in the name of one only.
    """
    fullest: dict[tuple[str, str], Candidate] = {}
    for one in settled:
        if one.type == "person" and one.length > 1:
            words = words_of(page, one)
            ends = _ends(words)
            best = fullest.get(ends)
            if best is None or (one.source == "book", one.length) > (best.source == "book", best.length):
                fullest[ends] = one
    bearers: dict[Words, set[str]] = defaultdict(set)
    for one in fullest.values():
        words = words_of(page, one)
        bearers[_surname(words)].add(one.name)
        if words[0] not in _HALVES:
            bearers[words[:1]].add(one.name)
    longer: dict[Words, set[str]] = defaultdict(set)
    for one in settled:
        if one.type == "organization" and one.length > 2:
            words = words_of(page, one)
            for first in range(len(words) - 1):
                for past in range(first + 2, len(words) + 1):
                    if past - first < len(words):
                        longer[words[first:past]].add(one.name)

    def renamed(one: Candidate) -> Candidate:
        if one.source == "book" or one.type not in {"person", "organization"}:
            return one
        words = words_of(page, one)
        if one.type == "person":
            if one.length > 1 and (full := fullest.get(_ends(words))) is not None:
                name = full.name
                return one if name == one.name else one._replace(name=name, link="short form")
            names = bearers.get(words, set())
            if len(names) != 1:
                return one
            return one._replace(name=min(names), link=_surname_link(page, one.first))
        names = longer.get(words, set()) if one.length > 1 else set()
        return one._replace(name=min(names), link="short form") if len(names) == 1 else one

    return [renamed(one) for one in settled]


def _ends(words: Words) -> tuple[str, str]:
    """The given name of a person and the last word: عبد and أبو name nobody without what follows them."""
    given = words[0] + words[1] if words[0] in _HALVES and len(words) > 2 else words[0]
    return given, words[-1]


_HALVES: Final = frozenset({"عبد", "ابو", "ام", "ابن", "بن", "بنت", "ال"})


def _surname_link(page: Page, first: int) -> Link:
    return "title" if title_before(page, first) else "surname"


def learn(page: Page, linked: Sequence[Candidate]) -> dict[Words, Lesson]:
    """Words and the entity that they stand for in this article."""
    lessons: dict[Words, Lesson] = {}
    surnames: dict[Words, set[str]] = defaultdict(set)
    tails: dict[Words, set[str]] = defaultdict(set)
    teachers: dict[Words, Candidate] = {}
    for one in linked:
        words = words_of(page, one)
        if one.type == "person" and one.length > 1:
            surname = _surname(words)
            surnames[surname].add(one.name)
            teachers.setdefault(surname, one)
        elif one.type == "organization":
            if (acronym := acronym_after(page, one.last)) is not None:
                lessons.setdefault((page.folds[acronym],), Lesson(one, "acronym"))
            if (quoted := _quoted_part(page, one)) is not None:
                lessons.setdefault(quoted, Lesson(one, "short form"))
            for tail in _tails(page, one, words):
                tails[tail].add(one.name)
                teachers.setdefault(tail, one)
        if one.source != "book" and (one.length > 1 or one.type == "place" or one.chance >= _SURE):
            for spelling in _spellings(words):
                lessons.setdefault(spelling, Lesson(one, one.link))
    kinds: tuple[tuple[dict[Words, set[str]], Link], ...] = ((surnames, "surname"), (tails, "short form"))
    for found, why in kinds:
        for words, names in found.items():
            if len(names) == 1:
                lessons.setdefault(words, Lesson(teachers[words], why))
    return lessons


def _spellings(words: Words) -> Iterator[Words]:
    """A name with its عبد apart and glued."""
    yield words
    for index, word in enumerate(words):
        if word == "عبد" and index + 1 < len(words):
            yield (*words[:index], word + words[index + 1], *words[index + 2 :])
        elif word.startswith("عبدال") and len(word) > 6:
            yield (*words[:index], "عبد", word[3:], *words[index + 1 :])


def _tails(page: Page, one: Candidate, words: Words) -> Iterator[Words]:
    """Ends of an organisation's name that stand for it: two definite words or more, or the name without its head."""
    if one.source == "book" or len(words) < 2 or words[0].startswith("ال"):
        return
    rest = words[1:]
    if rest[0].startswith("ال") if len(rest) > 1 else page.rare(one.last):
        yield rest


def acronym_after(page: Page, last: int) -> int | None:
    """The acronym in brackets right behind a name: «قوات سوريا الديمقراطية (قسد)»."""
    index = last + 1
    return index if index < len(page) and is_acronym(page, index) else None


def _named(page: Page, one: Candidate, lessons: dict[Words, Lesson]) -> Candidate:
    """A name of the tagger with a word too many (`وتملك الدلتا الرقمية`, `أورتاغوس حملت`) without it, when the rest
    stands for an entity of its type in this article."""
    if one.source != "tagger" or one.length < 2:
        return one
    words = words_of(page, one)
    if one.chance >= _SURE or (words in lessons and lessons[words].teacher.source != "tagger"):
        return one
    for first, last, skip, rest in (
        (one.first + 1, one.last, 0, words[1:]),
        (one.first, one.last - 1, one.skip, words[:-1]),
    ):
        lesson = lessons.get(rest)
        if lesson is None or lesson.link not in {"surname", "short form"}:
            continue
        if lesson.teacher.type == one.type and lesson.teacher.first != one.first:
            name = lesson.teacher.name
            return one._replace(first=first, last=last, skip=skip, name=name, link=lesson.link)
    return one


def _recognise(page: Page, taken: Taken, lessons: dict[Words, Lesson]) -> Iterator[Candidate]:
    lengths: dict[str, set[int]] = defaultdict(set)
    for words in lessons:
        lengths[words[0]].add(len(words))
    longest_first = {first: sorted(found, reverse=True) for first, found in lengths.items()}
    index = 0
    while index < len(page):
        found = None
        for base, skip in bases(page.folds[index]):
            if base in longest_first and taken.at(index) is None:
                found = _recognise_at(page, taken, lessons, longest_first[base], index, base, skip)
                if found is not None:
                    yield found
                    break
        index = found.last + 1 if found else index + 1


def _recognise_at(
    page: Page,
    taken: Taken,
    lessons: dict[Words, Lesson],
    lengths: Sequence[int],
    index: int,
    base: str,
    skip: int,
) -> Candidate | None:
    for length in lengths:
        last = index + length - 1
        lesson = lessons.get((base, *page.folds[index + 1 : last + 1]))
        if lesson is None or last >= len(page) or not taken.free(index, last):
            continue
        if not all(page.joined(at) for at in range(index + 1, last + 1)):
            continue
        teacher = lesson.teacher
        if _stands(page, index, last, skip, lesson):
            link = lesson.link
            if link == "surname":
                link = _surname_link(page, index)
            elif not link and teacher.name != form_of(page, index, last, skip):
                link = "short form" if not teacher.link and teacher.length > length + 1 else teacher.link
            return Candidate(
                index, last, skip, teacher.name, teacher.type, "in-article", "echo", teacher.chance, link
            )
    return None


def _stands(page: Page, first: int, last: int, skip: int, lesson: Lesson) -> bool:
    """Whether words that an entity lent its name stand for it here."""
    teacher = lesson.teacher
    if page.indefinite_accusative(last):
        return False
    if teacher.type == "person":
        return surname_stands(page, first, last, skip)
    if first != last:
        return True
    if teacher.type == "place":
        glued = skip and page.folds[first][skip - 1] in "بل"
        before = page.fold_at(first - 1) if page.joined(first) else ""
        sure = teacher.chance >= _SURE and teacher.source == "tagger"
        return bool(glued) or (skip == 0 and before in cues.LOCATIVES) or (sure and page.rare(first, skip))
    if teacher.rule.startswith("quoted") and teacher.length == 1 and not page.rare(first, skip):
        return page.enclosed(first, last)  # «الغد» is a movement, the morrow is not
    return skip == 0 or len(page.folds[first]) - skip > 2


def words_of(page: Page, one: Candidate) -> Words:
    """The folded words of a candidate, the first without the letters glued to it, with the article that لل hides."""
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
