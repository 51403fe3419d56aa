"""Places without a head: a rare word behind a preposition of place, and words in a row with places."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from kashaf.entities.page import Page, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN
from kashaf.entities.rules.kindred import kindred
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found, form_of
from kashaf.entities.tagger.lexicon import PLACE, PREFIX, Lexicon

_BEFORE: Final = cues.word_set(
    """في وفي ففي قرب باتجاه وباتجاه شمال جنوب شرق غرب شمالي جنوبي شرقي غربي محيط بمحيط أطراف ضواحي أهالي
    سكان أبناء أهل ريف بريف وريف"""
)
_BEFORE_ROWS: Final = _BEFORE | cues.word_set("إلى من بين وإلى ومن وبين")
# Endings of possessed nouns, plurals and duals, and of words that describe: no town bears them often.
_ENDINGS: Final = ("ها", "هم", "هن", "نا", "كم", "هما", "ات", "ين", "ون", "ته", "تي", "يا", "وا", "هه")
_DESCRIBING: Final = ("ي", "يه", "تين")
#: What the tagger must give a word that it leaves out.
_DOUBT: Final = 0.15
_VERBAL_NOUNS: Final = ("است", "ان", "افت", "احت", "اقت", "مست", "متن")
_VERBAL: Final = ("ي", "ت", "ن", "است", "سي", "ست")


def located_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Places that the words around them show."""
    before = ""
    for index, word in enumerate(page.folds):
        if before in _BEFORE_COMPOUNDS:
            rules = _RULES
        elif before in _JOINING or page.gaps[index] in _COMMAS:
            back = index - 2 if before in _JOINING else index - 1
            rules = _OF_ROWS if taken.type_at(back) == "place" else _NONE
        else:
            rules = _NONE
        before = word
        if rules is _NONE and (word[0] == "و" or is_one(word, cues.SURE_COMPOUND_STARTS)):
            rules = _OTHERS
        if rules and index and len(word) > 2 and "\u0621" <= word[0] <= "\u064a" and not taken.at(index):
            found = first_found(rules, page, taken, index)
            if found is not None:
                yield found


def rare_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في معراب», «محيط فنوغيل»: an unknown indefinite word behind a preposition of place, and the phrase ends."""
    word = page.folds[index]
    if not page.joined(index) or page.folds[index - 1] not in _BEFORE or word.startswith("ال"):
        return None
    if not page.rare(index) or not may_be_place(page, index) or not _phrase_ends(page, taken, index):
        return None
    if page.exacts[index].endswith(("ه", "ي", "ك")) or word.startswith(_VERBAL_NOUNS):
        return None
    return _place(page, index)


def doubted_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«إلى المناقل», «في ماي تشاو»: a word or two behind a preposition of place, in which the tagger half sees a
    name."""
    if not page.tags or page.doubt(index) < _HALF_SEEN or not page.joined(index):
        return None
    if page.folds[index - 1] not in _TOWARDS or not may_be_place(page, index) or page.tags[index][0] != "O":
        return None
    last = index + 1
    if not page.joined(last) or taken.at(last) is not None or page.doubt(last) < _HALF_SEEN:
        last = index
    elif not may_be_place(page, last):
        return None
    if _governs(page, taken, last) or page.folds[index] in cues.DEFINITE_HEADS:
        return None
    if last == index and not _phrase_ends(page, taken, index):
        return None
    return Candidate(index, last, 0, form_of(page, index, last), "place", "cue")


def _governs(page: Page, taken: Taken, index: int) -> bool:
    """Whether a name follows that no letter is glued to: «في مستقبل دارفور»."""
    held = taken.at(index + 1) if page.joined(index + 1) else None
    return held is not None and not held.skip


_HALF_SEEN: Final = 0.25
_TOWARDS: Final = cues.word_set(
    "في وفي ففي إلى وإلى قرب باتجاه شمال جنوب شرق غرب شمالي جنوبي شرقي غربي قبالة"
)


def compound_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في مرسى الريحان», «ببير الحناء»: the first word of a place's name and a definite noun, behind a preposition;
    a few first words need none."""
    last = index + 1
    skip = letters_before(page.folds[index], cues.SURE_COMPOUND_STARTS)
    if skip is None or not page.joined(last) or taken.at(last) is not None:
        return None
    located = (page.joined(index) and page.folds[index - 1] in _BEFORE_COMPOUNDS) or skip
    if not located and page.folds[index] not in cues.SUREST_COMPOUND_STARTS:
        return None
    word = page.folds[last]
    if not word.startswith("ال") or len(word) < 5 or word in cues.NO_COMPOUNDS or word in cues.ADJECTIVES:
        return None
    if word.endswith(("ات", "يه", "ين")) or word in cues.NEVER:
        return None
    return Candidate(index, last, skip, form_of(page, index, last, skip), "place", "cue")


_BEFORE_COMPOUNDS: Final = _BEFORE_ROWS | cues.word_set("قبالة بلدية ناحية محافظ باتجاه نحو حتى قضاء")


def row_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في العديسة ومركبا»: a rare word with و behind a place or before one, or any between two of them."""
    word = page.folds[index]
    if word[0] != "و" or len(word) < 4 or not page.joined(index):
        return None
    if not may_be_place(page, index, 1) or is_verbal(word[1:]):
        return None
    before = taken.at(index - 1)
    if before is None or before.type != "place":
        return _place(page, index, 1) if _before_another(page, taken, index) else None
    between = (
        taken.type_at(index + 1) == "place" and page.joined(index + 1) and page.folds[index + 1][0] == "و"
    )
    doubted = bool(page.tags) and page.doubt(index) >= _DOUBT
    if between or doubted or (page.rare(index, 1) and page.rare(index) and _phrase_ends(page, taken, index)):
        return _place(page, index, 1)
    return None


def _is_listed(page: Page, index: int, skip: int) -> bool:
    """Whether a word without `skip` letters is a place of the tagger's lists, or of the company of places."""
    lexicon, word = page.lexicon, page.folds[index][skip:]
    if not isinstance(lexicon, Lexicon) or word in _COMMON:
        return False
    company = word in kindred(lexicon)
    return company or (bool(lexicon.names.get(word, 0) & PLACE) and word not in lexicon.clusters)


def _before_another(page: Page, taken: Taken, index: int) -> bool:
    """«… وكبكابية ومليط»: a rare word with و right before a place with و."""
    following = taken.at(index + 1)
    if following is None or following.type != "place" or following.skip != 1 or not page.joined(index + 1):
        return False
    return page.rare(index) and page.rare(index, 1)


def row_start(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«إلى طويلة وكبكابية ومليط», «أبناء توات وقورارة»: behind a preposition, before a place joined with و. A rare
    word may stand before another rare one that no one knows either; a definite one must be rare."""
    word = page.folds[index]
    if not page.joined(index) or page.folds[index - 1] not in _BEFORE_ROWS or not may_be_place(page, index):
        return None
    following = taken.at(index + 1)
    if not page.joined(index + 1) or page.folds[index + 1][0] != "و":
        return None
    rare = page.rare(index)
    if following is not None:
        good = following.type == "place" and following.skip == 1 and following.first == index + 1
        return _place(page, index) if good and (rare or not word.startswith("ال")) else None
    if rare and page.rare(index + 1) and page.rare(index + 1, 1) and may_be_place(page, index + 1, 1):
        return _place(page, index)
    return None


def _place(page: Page, index: int, skip: int = 0) -> Candidate:
    return Candidate(index, index, skip, form_of(page, index, index, skip), "place", "cue")


def _phrase_ends(page: Page, taken: Taken, index: int) -> bool:
    """Whether a mark, a particle, a verb, an adjective, a number, or a word with و or ب comes behind a word."""
    if not page.joined(index + 1) or taken.at(index + 1):
        return True
    following = page.folds[index + 1]
    return (
        following in cues.NEVER
        or following in cues.ADJECTIVES
        or following in cues.DIRECTIONS
        or following[0] in "وبفل"
        or following[0].isdecimal()
        or _describes(following)
    )


def _describes(word: str) -> bool:
    return word.startswith("ال") and word.endswith(_DESCRIBING)


def may_be_place(page: Page, index: int, skip: int = 0) -> bool:
    """Whether a word, without `skip` glued letters, may be the whole name of a place that nobody knows."""
    word = page.folds[index][skip:]
    return (
        len(word) > 2
        and word not in cues.NEVER
        and word not in cues.ADJECTIVES
        and word not in cues.DIRECTIONS
        and word not in GIVEN
        and word not in cues.PLACE_CUES
        and word not in cues.QUOTED_HEADS
        and not (len(word) > 4 and word.endswith(_ENDINGS))
        and not (word.startswith("ال") and word.endswith(_DESCRIBING) and not page.rare(index, skip))
        and not word.startswith(("بال", "وال", "فال", "كال", "لل"))
        and not page.indefinite_accusative(index)
    )


def is_verbal(word: str) -> bool:
    """Whether a word may be a verb: of the lists, in the present, or in the past with an ending."""
    return word in cues.VERBS or word.startswith(_VERBAL) or word.endswith(("ت", "وا", "ته", "ناه"))


def kindred_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في حلفا», «من الخالدية»: a word of the company of places behind a preposition, at the end of a phrase."""
    if not isinstance(page.lexicon, Lexicon):
        return None
    word = page.folds[index]
    if not page.joined(index) or page.folds[index - 1] not in _BEFORE_COMPOUNDS:
        return None
    if word not in kindred(page.lexicon) or not may_be_place(page, index):
        return None
    if page.tags and page.doubt(index) < (_KIN_DEFINITE if word.startswith("ال") else _KIN):
        return None
    ends = not _governs(page, taken, index) and _phrase_ends(page, taken, index)
    return _place(page, index) if ends else None


_KIN: Final = 0.02
_KIN_DEFINITE: Final = 0.1

_COMMAS: Final = frozenset({"، ", "،", ", ", ","})
_JOINING: Final = cues.word_set("أو ثم وربما وحتى")


def gazetteer_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«من العباسية تقلي»: a place of the tagger's lists behind a preposition, of words that are common in no other
    use."""
    if not isinstance(page.lexicon, Lexicon) or not page.joined(index):
        return None
    if page.folds[index - 1] not in _BEFORE_COMPOUNDS:
        return None
    last = _listed(page, taken, index, page.lexicon.names)
    if last is None or is_one(page.folds[index], cues.PLACE_CUES):
        return None
    if page.tags and max(page.doubt(at) for at in range(index, last + 1)) < _LISTED:
        return None
    word = page.folds[index]
    if last == index and (
        not may_be_place(page, index)
        or word in cues.COMPOUND_STARTS
        or word in _COMMON
        or (word in page.lexicon.clusters and word not in kindred(page.lexicon))
    ):
        return None
    return Candidate(index, last, 0, form_of(page, index, last), "place", "cue")


_LISTED: Final = 0.02
_COMMON: Final = cues.word_set("صدد شبه جوار ديربي زيارت")


def _listed(page: Page, taken: Taken, index: int, names: Mapping[str, int]) -> int | None:
    """The last word of the longest place of the tagger's lists that begins at a word."""
    current, at, last = page.folds[index], index, None
    while bits := names.get(current, 0):
        if bits & PLACE:
            last = at
        at += 1
        if not bits & PREFIX or not page.joined(at) or taken.at(at):
            break
        current = f"{current} {page.folds[at]}"
    return last


def row_comma(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«في شندي، المتمة», «في القائم أو راوة»: behind a place and a comma, أو or ثم, and of the lists of places."""
    before = index - 1
    if page.joined(index):
        if page.folds[before] not in _JOINING or not _near(page, before):
            return None
        before -= 1
    elif not _near(page, index):
        return None
    held = taken.at(before)
    if held is None or held.type != "place" or not may_be_place(page, index) or is_verbal(page.folds[index]):
        return None
    if page.tags and page.doubt(index) < _LISTED:
        return None
    return _place(page, index) if _is_listed(page, index, 0) and _phrase_ends(page, taken, index) else None


def _near(page: Page, index: int) -> bool:
    """Whether a space or a comma alone stands before a word."""
    return page.joined(index) or page.gaps[index] in _COMMAS


_NONE: Final[Rules] = ()
_ROW_COMMA: Final[Rules] = (("row_comma", row_comma),)
_OTHERS: Final[Rules] = (("compound_place", compound_place), ("row_place", row_place))
_OF_ROWS: Final = _ROW_COMMA + _OTHERS
#: Behind a preposition.
_RULES: Final[Rules] = (
    ("gazetteer_place", gazetteer_place),
    ("doubted_place", doubted_place),
    ("kindred_place", kindred_place),
    ("rare_place", rare_place),
    ("compound_place", compound_place),
    ("row_place", row_place),
    ("row_start", row_start),
)
