"""Places by cue: the word for what kind of place it is, before its name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, bases, is_one, letters_before
from kashaf.entities.rules import cues
from kashaf.entities.rules.people import looks_inflected
from kashaf.entities.rules.spans import Candidate, Rules, Taken, first_found, form_of

_HEADS: Final = cues.PLACE_HEADS | cues.PLACE_KINDS | cues.WEAK_PLACE_HEADS | cues.WEAK_PLACE_KINDS
_WEAK: Final = cues.WEAK_PLACE_HEADS | cues.WEAK_PLACE_KINDS
_DOUBT: Final = 0.15
_HALF_SEEN: Final = 0.25
#: What it must give a head before a place that it knows: «معسكر أنطاليا» is a camp in Antalya.
_KNOWN_HEAD: Final = 0.1
_COUNTING = cues.word_set("كل أي أكبر أصغر أول آخر أقرب أهم أقدم ثاني ثالث بعض")
_OFTEN_INDEFINITE = cues.word_set("نهر مخيم جزيرة جبل بحيرة مطار معبر جمهورية مملكة إمارة سلطنة")
_HALF = frozenset({"شبه"})
# Indefinite words that follow a head and describe it: مدينة كبيرة, قرية صغيرة.
_DESCRIBING = cues.word_set(
    """كبير صغير جديد قديم مشترك آخر كامل واحد خاص عام مجاور بديل مؤقت آمن
    كبيره صغيره جديده قديمه كامله واحده أخرى ساحليه جبليه حدوديه صناعيه سياحيه تاريخيه اثريه سكنيه نائيه
    مجاوره باكملها باسرها كل بعض عده عديده مختلفه ما هناك تقع يقع تضم تسكنها يسكنها ثانيه محاصره مدمره
    محرره مهمه كثيره مهجوره ماهوله تابعه عائمه مجاوره مجاور وسط يسمي تسمي يقطنها اسمها تدعي المدينه
    المنطقه البلده القريه العاصمه المحافظه البلد البلاد الدوله السد النهر البحر المطار الجزيره الساحل
    العالم المستقبل الاحلام الملاهي الغد الفاضله"""
)


def place_candidates(page: Page, taken: Taken) -> Iterator[Candidate]:
    """Places that a head announces."""
    for index, word in enumerate(page.folds[:-1]):
        if not is_one(word, _HEADS):
            continue
        found = first_found(_RULES, page, taken, index)
        if found is not None:
            yield found


def headed_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«بلدة وادي السدر», «مدينة الفيروز»: the name alone, without its head."""
    if taken.at(index) or not is_one(page.folds[index], cues.PLACE_HEADS):
        return None
    start = index + 1
    if not page.joined_or_opened(start):
        return None
    last = place_end(page, taken, start)
    if last is None or (last == start and not _stands_alone(page, index, start)):
        return None
    return Candidate(start, last, 0, form_of(page, start, last), "place", "cue")


def _stands_alone(page: Page, head: int, index: int) -> bool:
    """Whether one word after a head is a name: definite, or set apart («بلدة أطمة بريف …»), and not «كل قرية …»."""
    if page.folds[index].startswith("ال"):
        return True
    if page.joined(head) and page.folds[head - 1] in _COUNTING:
        return False
    if not page.joined(index + 1):
        return True
    following = page.folds[index + 1]
    return following in cues.NEVER or following in cues.ADJECTIVES or following[0] == "ب"


def kind_of_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«نهر الدالية», «سد النوارس»: the head belongs to the name. A plain definite noun must follow it."""
    base, skip = next(
        ((base, skip) for base, skip in bases(page.folds[index]) if base in cues.PLACE_KINDS), ("", 0)
    )
    start = index + 1
    if not base or not page.joined(start) or taken.at(index):
        return None
    held = taken.at(start)
    if held is not None:
        named = held.type == "place" or (held.type == "person" and base in cues.PLACES_NAMED_FOR_PEOPLE)
        if not named or held.first != start or held.skip:
            return None
        last: int | None = held.last
        if base == "جزيره":
            return None
    else:
        last = place_end(page, taken, start)
    if last is None or (skip and base in {"سد", "وادي"}):
        return None
    if last == start and not held and not page.folds[start].startswith("ال"):
        plausible = base in _OFTEN_INDEFINITE and not page.folds[start].endswith("ي")
        if not plausible or not _stands_alone(page, index, start):
            return None
    if page.joined(last + 1) and page.folds[last + 1] == "الدولي" and base in {"مطار", "ميناء", "معبر"}:
        last += 1
    if base == "جزيره" and not skip and page.joined(index) and (half := _half(page, index)) is not None:
        index, skip = index - 1, half
    return Candidate(index, last, skip, form_of(page, index, last, skip), "place", "cue")


def _half(page: Page, index: int) -> int | None:
    """Glued letters of a شبه before جزيرة, or None."""
    return letters_before(page.folds[index - 1], _HALF)


def weak_place(page: Page, taken: Taken, index: int) -> Candidate | None:
    """«منطقة الضمير», «ساحة النجمة»: a head that common nouns follow more often, with a rare word behind it or one
    in which the tagger half sees a name. Heads of areas are no part of the name."""
    skip = letters_before(page.folds[index], _WEAK)
    start = index + 1
    if skip is None or taken.at(index) or not page.joined_or_opened(start):
        return None
    whole = letters_before(page.folds[index], cues.WEAK_PLACE_KINDS) is not None
    held = taken.at(start)
    if held is not None:
        person = letters_before(page.folds[index], cues.PLACES_NAMED_FOR_PEOPLE) is not None
        named = held.type == "place" or (held.type == "person" and person and held.length > 1)
        if not whole or not named or held.first != start or held.skip or page.doubt(index) < _KNOWN_HEAD:
            return None
        return Candidate(index, held.last, skip, form_of(page, index, held.last, skip), "place", "cue")
    doubted = bool(page.tags) and max(page.doubt(index), page.doubt(start)) >= _DOUBT
    half_seen = bool(page.tags) and page.doubt(start) >= _HALF_SEEN and _stands_alone(page, index, start)
    if not (page.rare(start) or half_seen or (doubted and page.folds[start].startswith("ال"))):
        return None
    if looks_inflected(page, start):
        return None
    last = place_end(page, taken, start)
    if last is None:
        return None
    first, skip = (index, skip) if whole else (start, 0)
    return Candidate(first, last, skip, form_of(page, first, last, skip), "place", "cue")


def place_end(page: Page, taken: Taken, start: int) -> int | None:
    """The last word of a place's unknown name, or None when what follows a head is no name."""
    if taken.at(start):
        return None
    word = page.folds[start]
    if not is_place_like(page, start):
        return None
    if not word.startswith("ال") and (word[0] in "وي" and len(word) > 3 and word not in cues.COMPOUND_STARTS):
        return None
    following = start + 1
    goes_on = page.joined(following) and not taken.at(following) and is_place_like(page, following)
    if word in cues.COMPOUND_STARTS:
        return following if goes_on else None
    if word.startswith("ال"):
        return None if _nisba(word) else start
    if goes_on and page.folds[following].startswith("ال") and not page.folds[following].endswith("ه"):
        return None  # «مدينة رجال الأعمال» is a phrase as often as «معضمية القلمون» is a name
    return start if len(word) > 2 else None


def is_place_like(page: Page, index: int, skip: int = 0) -> bool:
    """Whether a word, without `skip` glued letters, may begin the name of an unknown place."""
    word = page.folds[index][skip:]
    return (
        len(word) > 1
        and "\u0621" <= word[0] <= "\u064a"
        and (word not in cues.NEVER or word in cues.COMPOUND_STARTS)
        and word not in cues.ADJECTIVES
        and word not in cues.DIRECTIONS
        and word not in _DESCRIBING
        and word not in cues.PLACE_HEADS
        and word not in cues.QUOTED_HEADS
        and not page.indefinite_accusative(index)
        and not (word.endswith("يه") and not word.startswith("ال"))
        and not word.startswith(("بال", "وال", "فال", "كال", "لل"))
        and not (word[0] == "و" and word[1:] in cues.NEVER)
    )


def _nisba(word: str) -> bool:
    """A definite word that is an adjective by its form or by the lists."""
    return word in cues.ADJECTIVES or word in cues.DIRECTIONS


_RULES: Final[Rules] = (
    ("headed_place", headed_place),
    ("kind_of_place", kind_of_place),
    ("weak_place", weak_place),
)
