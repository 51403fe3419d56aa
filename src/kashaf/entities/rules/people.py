"""People by cue: titles before a name, and given names that begin one."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, bases, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.booknames import describes, speech_beside
from kashaf.entities.rules.given_names import GIVEN, STRONG, is_woman
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found, form_of

_LONGEST = 8
#: How many words a title may stand before a name that is in no list.
_FAR: Final = 6
#: What the tagger must give a word that it leaves out.
_DOUBT: Final = 0.08
_GLUED_ARTICLES = ("بال", "وال", "فال", "كال", "لل")
_ABBREVIATED_DOCTOR = "د"
_OPENERS = cues.TITLES | GIVEN | {_ABBREVIATED_DOCTOR, "عبد"}
_ANY_TITLE = cues.CONSTRUCT_TITLES | cues.TITLES
_COMPOUND_ENDS = frozenset({"الله", "الدين", "الاسلام"})


def person_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """People that a title or a given name announces."""
    index = 0
    while index < len(page):
        if not is_one(page.folds[index], _OPENERS):
            index += 1
            continue
        found = first_found(_RULES, page, taken, index)
        if found is None:
            index += 1
            continue
        yield found
        index = found.last + 1
    if page.lexicon is not None:
        yield from _rare_names(page, taken)


def _rare_names(page: Page, taken: Taken) -> Iterator[Candidate]:
    done = -1
    for title, word in enumerate(page.folds):
        if is_one(word, _ANY_TITLE):
            for index in range(max(title, done) + 1, min(title + _FAR, len(page) - 1)):
                done = index
                if (found := rare_name(page, taken, index)) is not None:
                    yield found._replace(rule="rare_name")
                    break


def title_name(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«المبعوث الأميركي الخاص إلى سوريا توم براك»: a title, adjectives, perhaps a place, then the name.

    Right after the title itself a name may be unknown; after adjectives it must begin with a given name, unless a
    comma sets it apart.
    """
    word = page.folds[index]
    if word == _ABBREVIATED_DOCTOR:
        return _doctor(page, taken, index)
    title = next((base for base, _ in bases(word) if base in cues.TITLES), None)
    if title is None or taken.at(index) or (page.joined(index) and page.folds[index - 1] in cues.PARTICLES):
        return None
    start = index + 1
    while page.joined(start) and describes(page.folds[start]) and not taken.at(start):
        start += 1
    if page.joined(start) and page.folds[start] in cues.LOCATIVES and taken.type_at(start + 1) == "place":
        start += 1
        while taken.type_at(start) == "place":
            start += 1
    if not 0 < start < len(page):
        return None
    apart = page.gaps[start].strip() in {"،", ","}
    if not (page.joined_or_opened(start) or (apart and start > index + 1)):
        return None
    unknown = title in cues.NAMING_TITLES and (start == index + 1 or apart)
    last = name_end(page, taken, start, unknown=unknown)
    return _person(page, start, last) if last is not None else None


def _doctor(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«د. غادة شمسان»: the letter with a full stop or a slash."""
    start = index + 1
    if start >= len(page) or page.gaps[start].strip() not in {".", "/", "./"}:
        return None
    last = name_end(page, taken, start, unknown=True)
    return _person(page, start, last) if last is not None else None


def rare_name(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«المتحدثة باسم الهيئة جمانة الغلاي»: two words that are in no list, the second definite or rare too, and a
    title within the five words before."""
    second = index + 1
    if not page.rare(index) or page.folds[index].startswith("ال") or not page.joined(second):
        return None
    if taken.at(index) or taken.at(second) or not (_may_be_name(page, index) and _may_be_name(page, second)):
        return None
    if looks_inflected(page, index) or looks_inflected(page, second):
        return None
    word = page.folds[second]
    if not page.rare(second) and not (page.tags and page.doubt(second) >= _DOUBT and word.startswith("ال")):
        return None
    for back in range(index - 1, max(index - _FAR, -1), -1):
        if not page.joined_or_opened(back + 1) and page.gaps[back + 1].strip() not in {"،", ","}:
            return None
        if is_one(page.folds[back], _ANY_TITLE):
            return _person(page, index, second) if _ends_there(page, second) else None
        if page.folds[back] in cues.VERBS:
            return None
    return None


def _given_at(page: Page, index: int, word: str) -> bool:
    """Whether a word is a given name; علي is told from على by how it is written."""
    return word in GIVEN and not (word == "علي" and page.exacts[index].endswith("ى"))


def given_name(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«وائل علوان»: a given name and what follows it. A name that is also a word needs a cue before it."""
    if page.joined(index) and page.folds[index - 1] in {"بن", "ابن", "بنت"}:
        return None
    for base, skip in bases(page.folds[index]):
        if not _given_at(page, index, base) and not _opens_compound(page, index, base):
            continue
        if skip and base not in STRONG:
            continue
        last = name_end(page, taken, index, unknown=False, skip=skip)
        if last is None:
            continue
        if base in STRONG or base == "عبد" or _announced(page, index, last):
            return _person(page, index, last, skip)
    return None


def _opens_compound(page: Page, index: int, base: str) -> bool:
    return base == "عبد" and page.joined(index + 1) and page.fold_at(index + 1).startswith("ال")


def _announced(page: Page, first: int, last: int) -> bool:
    """A governing title within the four words before, or a verb of saying beside: «رئيسة هيئة الانتخابات …»."""
    second = page.folds[first + 1]
    telling = second in GIVEN or second in cues.PARTICLES or second.startswith("ال")
    if telling and speech_beside(page, first, last):
        return True
    for back in range(first - 1, max(first - 6, -1), -1):
        if not page.joined_or_opened(back + 1):
            return False
        if is_one(page.folds[back], _ANY_TITLE):
            return telling or back == first - 1
        if page.folds[back] in cues.NEVER:
            return False
    return False


def name_end(page: Page, taken: Taken, start: int, *, unknown: bool, skip: int = 0) -> int | None:
    """The last word of a person's name that begins at a word, or None when none does.

    unknown: the name need not begin with a given name. A name has two words at least; a particle (بن, أبو) and the
    word after it are one. After the given names comes one word that is no given name, or two definite ones.
    """
    if taken.at(start) or start >= len(page):
        return None
    first = page.folds[start][skip:]
    known = _given_at(page, start, first) or first == "عبد"
    if not known and not (unknown and _may_be_name(page, start)):
        return None
    if first in cues.PARTICLES and not known and first not in {"ابو", "ام", "مار", "سان"}:
        return None
    if not known and (first.startswith("ال") or not _unlike_a_word(page, start)):
        return None
    last, others, parts = start, 0 if known else 1, 1
    at = start + 1
    after_particle = first in cues.PARTICLES
    while at - start < _LONGEST and page.joined(at) and not _blocked(taken, at):
        word = page.folds[at]
        if word in cues.PARTICLES and word not in GIVEN:
            after_particle = True
            at += 1
            continue
        if after_particle or word in _COMPOUND_ENDS:
            if not _may_be_name(page, at):
                break
            parts += 0 if page.folds[at - 1] == "عبد" or word in _COMPOUND_ENDS else 1
        elif _given_at(page, at, word):
            if others > (0 if known else 1):
                break
            parts += 1
        elif word.startswith("ال"):
            if not _may_be_name(page, at) or (others and not _definite_surname(page, at)):
                break
            others += 1
            parts += 1
        else:
            after_unit = parts > 1 and page.folds[at - 2] in cues.PARTICLES
            if after_unit or others > (0 if known else 1):
                break
            if not _may_be_name(page, at) or not _unlike_a_word(page, at):
                break
            others += 1
            parts += 1
        last, after_particle = at, False
        at += 1
        if others >= 3 or (others == 2 and word.startswith("ال")):
            break
    if parts < 2 or (not known and not _ends_there(page, last)):
        return None
    return last


def _ends_there(page: Page, last: int) -> bool:
    """Whether something that is no name follows: a mark, a verb, a particle, an adjective, or a word with و."""
    if not page.joined(last + 1):
        return True
    following = page.folds[last + 1]
    return following in cues.NEVER or following in cues.ADJECTIVES or following[0] == "و"


def _blocked(taken: Taken, index: int) -> bool:
    held = taken.at(index)
    return held is not None and held.type != "person"


def _definite_surname(page: Page, index: int) -> bool:
    """A definite word behind a surname: «الخطابي الوراق», «زوبع الحرداني», but no adjective after a definite."""
    word = page.folds[index]
    if page.folds[index - 1].startswith("ال"):
        return not word.endswith(("ي", "يه"))
    return word.endswith("ي")


def looks_inflected(page: Page, index: int) -> bool:
    """Whether a word has the beginning of a verb or the ending of one, of a dual, a plural or an accusative."""
    word = page.folds[index]
    return word.startswith(_VERBAL) or word.endswith(_INFLECTED) or page.indefinite_accusative(index)


_VERBAL: Final = ("سي", "ست", "ي", "ت", "اج", "ات", "اح")
_INFLECTED: Final = ("ين", "ات", "ون", "ها", "هم", "ني", "وا", "ته", "نا")


def _may_be_name(page: Page, index: int) -> bool:
    word = page.folds[index]
    return (
        len(word) > 1
        and "\u0621" <= word[0] <= "\u064a"
        and word not in cues.NEVER
        and word not in cues.ADJECTIVES
        and word not in cues.TITLES
        and word not in cues.CONSTRUCT_TITLES
        and word not in cues.PLACE_CUES
        and word not in cues.DEFINITE_HEADS
        and not page.indefinite_accusative(index)
        and (
            not word.startswith(_GLUED_ARTICLES)
            or (word.startswith("فال") and page.folds[index - 1] in GIVEN)
        )
    )


def _unlike_a_word(page: Page, index: int) -> bool:
    """Whether an indefinite word looks more like a surname than like the verb or the noun that goes on."""
    word = page.folds[index]
    if len(word) < 4 and not _ends_there(page, index):
        return False
    if len(word) < 3 or (
        word[0] == _third_person(page.folds[index - 1]) and len(word) > 3 and not word.endswith("و")
    ):
        return False
    if word[0] in "ولب" and len(word) > 3:
        rest = word[1:]
        if rest in cues.NEVER or rest in GIVEN or rest in cues.TITLES or rest in cues.CONSTRUCT_TITLES:
            return False
        if word.startswith("بو"):
            return True
        return word[0] == "ب" and not rest.startswith("ال") and not word.endswith(("ه", "ات", "ين"))
    if word.startswith("سي") and len(word) > 4 and page.folds[index - 1] not in GIVEN:
        return False
    return not word.endswith(("ه", "ات", "ين", "ون")) or page.folds[index - 1] in GIVEN


def _third_person(given: str) -> str:
    """The letter that a verb in the present begins with after a given name."""
    return "ت" if is_woman(given) else "ي"


def _person(page: Page, first: int, last: int, skip: int = 0) -> Candidate:
    return Candidate(first, last, skip, form_of(page, first, last, skip), "person", "cue")


_RULES: Final[Rules] = (
    ("title_name", title_name),
    ("given_name", given_name),
)
