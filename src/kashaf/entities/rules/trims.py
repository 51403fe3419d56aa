"""What the tagger takes into a name and does not belong there: titles, verbs, kinds of places, the next name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kashaf.entities.page import Page, bases, is_one
from kashaf.entities.rules import cues
from kashaf.entities.rules.given_names import GIVEN, STRONG
from kashaf.entities.rules.glued import Known
from kashaf.entities.rules.people import looks_inflected
from kashaf.entities.rules.phrases import after_adjectives, after_complement
from kashaf.entities.rules.tagged import Span

#: Kinds of places that are not part of a name, as the tagger was not always taught.
_KINDS: Final = cues.PLACE_HEADS | cues.word_set(
    "ولاية منطقة إقليم ناحية قضاء العاصمة ولايتي ولايات محافظات دولة مقاطعة بلدات مدن قرى مناطق ريفي"
)
_SIDES: Final = cues.word_set("شمال جنوب شرق غرب شمالي جنوبي شرقي غربي وسط أنحاء ضواحي")
_NOT_OF_NAMES: Final = _KINDS | _SIDES
_NATIONAL: Final = frozenset(word for word in cues.NATIONALITIES if not word.endswith("ا")) - {"مالي"}
_BARE_HEADS: Final = cues.QUOTED_HEADS | cues.word_set("قوات جيش وزارة مجلس محكمة سفارة")
_HEADS: Final = _BARE_HEADS | cues.DESCRIBED_HEADS | {"ال" + head for head in _BARE_HEADS}
_ARMED: Final = cues.word_set(
    "لواء كتائب كتيبة سرايا فيلق فصيل حركة حزب ميليشيا مليشيا جماعة تنظيم عصائب شركة"
)
_COMMON_ENDS: Final = cues.NEVER | cues.TITLES
_NO_PLACES: Final = _NOT_OF_NAMES | _HEADS
_BEFORE_NAMES: Final = cues.TITLES | cues.CONSTRUCT_TITLES | cues.SPEECH | cues.POSSESSED_TITLES


def trimmed(page: Page, span: Span, known: Known) -> Iterator[Span]:
    """A span of the tagger without what is no part of the name: none, one or several spans."""
    if span.type != "organization" and span.first < span.last and is_one(page.folds[span.first], _ARMED):
        span = span._replace(type="organization")
    if span.first < span.last and _is_land(page, span):
        return
    if span.type == "person":
        yield from _person(page, span, known)
    elif span.type == "place":
        yield from _place(page, span, known)
    else:
        yield from _organization(page, span, known)


def _is_land(page: Page, span: Span) -> bool:
    """`الحدود السورية`, `الشمال السوري`: a part of a country by its adjective, no name."""
    return (
        span.last == span.first + 1
        and is_one(page.folds[span.first], _LANDS)
        and is_one(page.folds[span.last], _NATIONAL)
    )


_LANDS: Final = cues.word_set(
    "الحدود الأراضي الدولة الشمال الجنوب الشرق الغرب الشعب الاقتصاد المدن البلدات القرى المناطق السواحل الأجواء"
)


def _person(page: Page, span: Span, known: Known) -> Iterator[Span]:
    first, last = span.first, span.last
    while (
        first < last
        and is_one(page.folds[first], _BEFORE_NAMES)
        and not (page.folds[first] in GIVEN and page.folds[first + 1] not in GIVEN)
    ):
        first += 1
    while last > first and _ends_a_name(page, first, last):
        last -= 1
    if not _like_a_person(page, span, first, last):
        return
    if first == last and span.chance < _SURE_OF_SURNAMES and is_one(page.folds[first], cues.COMMON_SURNAMES):
        return
    last = _whole_name(page, first, last)
    if first == last and _no_name(page.folds[first]):
        return
    for index in range(first + 1, last + 1):
        word = page.folds[index]
        if word[0] == "و" and word[1:] in STRONG and word not in GIVEN:
            yield span._replace(first=first, last=index - 1)
            first = index
    word = page.folds[last]
    if last - first > 1 and word[0] in "بل" and len(word) > 4 and known(word[1:]) and not known(word):
        yield span._replace(first=first, last=last - 1)
        yield span._replace(first=last, last=last, type="place")
        return
    yield span._replace(first=first, last=last)


def _like_a_person(page: Page, span: Span, first: int, last: int) -> bool:
    """Whether some word is a name of people or in no list; the tagger is believed without only when it is sure."""
    if page.lexicon is None or span.chance >= _SURE:
        return True
    single = page.lexicon.single
    return any(
        page.rare(index) or any(base in single or base in GIVEN for base, _ in bases(page.folds[index]))
        for index in range(first, last + 1)
    )


_SURE: Final = 0.7
#: What the tagger must give a surname that is a common word, alone.
_SURE_OF_SURNAMES: Final = 0.9


def _whole_name(page: Page, first: int, last: int) -> int:
    """The last word of a name with what the tagger left out: the rare word behind it (`هنريك والستروم`), or a surname
    in ال and ي, with one name between or none (`ضياء زوبع مصلح الحرداني`)."""
    at = last + 1
    for surname in (at, at + 1):
        if surname == at + 1 and not (page.joined(at) and _is_a_name(page, at)):
            break
        if page.joined(surname) and _is_surname(page, surname) and first < last:
            return surname
    if page.joined(at) and page.rare(at) and len(page.folds[at]) > 2 and not looks_inflected(page, at):
        inside = first < last or not page.folds[at].startswith("وال") or page.rare(at, 1)
        return at if inside and not page.folds[at].startswith(("بال", "فال", "كال", "لل")) else last
    return last


def _is_a_name(page: Page, index: int) -> bool:
    word = page.folds[index]
    if word in cues.NEVER or is_one(word, cues.TITLES):
        return False
    return word in GIVEN or (page.lexicon is not None and word in page.lexicon.single)


def _is_surname(page: Page, index: int) -> bool:
    """Whether a word is a surname in ال and ي of a place or a tribe, and no adjective that the press uses."""
    word = page.folds[index]
    if not (word.startswith("ال") and word.endswith("ي") and len(word) > 5) or word in cues.ADJECTIVES:
        return False
    return page.rare(index) or (
        page.lexicon is not None and word in page.lexicon.single and word not in cues.NEVER
    )


def _ends_a_name(page: Page, first: int, last: int) -> bool:
    """Whether the last word of a person's name is no part of it: a particle, a verb, an ordinal but of a king."""
    word = page.folds[last]
    if word in cues.ORDINALS and last - first > 1:
        return not is_one(page.fold_at(first - 1), _CROWNED)
    if word.startswith(("ت", "ي", "ن")) and word.endswith(_OBJECTS) and len(word) > 4:
        return page.lexicon is None or word not in page.lexicon.single
    return word in cues.NEVER and word not in GIVEN


_OBJECTS: Final = ("نا", "ها", "هم", "يه", "ني")
_DEFINITE_ADJECTIVES: Final = frozenset(word for word in cues.ADJECTIVES if word.startswith("ال"))
_CROWNED: Final = cues.word_set("الملك الملكة البابا السلطان القيصر الإمبراطور البطريرك الأمير")


def _place(page: Page, span: Span, known: Known) -> Iterator[Span]:
    first, last = span.first, span.last
    while first < last and is_one(page.folds[first], _NOT_OF_NAMES) and not _of_the_book(page, first, known):
        first += 1
    while last > first and (page.folds[last] in cues.NEVER or page.folds[last] in cues.DIRECTIONS):
        last -= 1
    for index in range(first + 1, last + 1):
        word = page.folds[index]
        if word[0] == "و" and len(word) > 3 and (word.startswith("وال") or known(word[1:])):
            if not _no_name(page.folds[first]) or index - first > 1:
                yield span._replace(first=first, last=index - 1)
            first = index
    if first == last and (_no_name(page.folds[first]) or is_one(page.folds[first], _NO_PLACES)):
        return
    if (
        first == last
        and page.folds[first].endswith("يا")
        and "ال" + page.folds[first][:-1] in cues.ADJECTIVES
    ):
        return  # بحريا
    yield span._replace(first=first, last=last)


def _of_the_book(page: Page, first: int, known: Known) -> bool:
    """`شمال أفريقيا`, `جنوب السودان`: a side that begins a name of its own."""
    return known(f"{page.folds[first]} {page.folds[first + 1]}")


def _organization(page: Page, span: Span, known: Known) -> Iterator[Span]:
    first, last = span.first, span.last
    before = page.fold_at(first - 1) if page.joined(first) else ""
    if is_one(before, cues.MINISTERS) and not is_one(page.folds[first], _HEADS):
        return
    while last > first and (page.folds[last] in _COMMON_ENDS or page.folds[last] in _TAIL):
        last -= 1
    if first < last and _is_verb(page, first):
        first += 1
    if first == last:
        word = page.folds[first]
        if _no_name(word) or is_one(word, _HEADS):
            return
    if last == first + 1 and is_one(page.folds[first], _HEADS) and _describes(page, last):
        return
    for index in range(first + 1, last + 1):
        if _is_place_in(page, index, last, known):
            last = index - 1  # «مستشفى شهداء الأقصى بدير البلح»
            break
    if last == span.last and page.folds[first] not in cues.TITLES:
        last = _stretched(page, first, last)
    yield span._replace(first=first, last=last)


def _describes(page: Page, index: int) -> bool:
    """`جمعية زراعية`, `صندوق مشترك`: an indefinite adjective, so that the head is no name."""
    word = page.folds[index]
    if word.startswith("ال") or page.rare(index):
        return False
    return "ال" + word in cues.ADJECTIVES or word.endswith("يه") or word in _PLAIN


_PLAIN: Final = cues.word_set(
    "مشترك مشتركة كبير كبيرة صغير صغيرة جديد جديدة مختص مختصة خاص خاصة متخصصة معارض معارضة"
)


def _is_place_in(page: Page, index: int, last: int, known: Known) -> bool:
    """Whether a word with ب and all behind it are a known name without the ب, and none with it."""
    words = " ".join(page.folds[index : last + 1])
    return words[0] == "ب" and known(words[1:]) and not known(page.folds[index]) and not known(words)


def _stretched(page: Page, first: int, last: int) -> int:
    """The last word of a body with the adjective or the complement behind it in which the tagger half sees a name."""
    at = last + 1
    if not page.joined(at) or not is_one(page.folds[first], _GROWING):
        return last
    if page.folds[at] in _NATIONAL and page.folds[last] in _NATIONAL and page.folds[at].startswith("ال"):
        return at  # «بنك بيمو السعودي الفرنسي»
    if page.doubt(at) < _DOUBT:
        return last
    return max(after_adjectives(page, at, 1), after_complement(page, at)) - 1


#: What the tagger must give a word that it leaves out.
_DOUBT: Final = 0.1
_GROWING: Final = _HEADS | cues.WEAK_HEADS | cues.DESCRIBED_HEADS


def _is_verb(page: Page, index: int) -> bool:
    """«وتملك الدلتا الرقمية»: an indefinite word in ي or ت, before a definite one, that is no head of a body."""
    word = page.folds[index].removeprefix("و")
    if is_one(word, cues.VERBS):
        return True
    return (
        word[:1] in {"ي", "ت"}
        and not is_one(word, _HEADS)
        and not page.rare(index)
        and page.folds[index][0] == "و"
        and page.folds[index + 1].startswith("ال")
    )


_TAIL: Final = cues.word_set(
    """الماضي الماضية الحالي الحالية المقبل المقبلة الجاري الجارية الثاني الثانية الإرهابي الإرهابية المتطرف
    المتطرفة المحظور المحظورة السابق السابقة الأخير الأخيرة التابع التابعة الجديد الجديدة القديم القديمة"""
)


def _no_name(word: str) -> bool:
    """Whether a folded word alone is never a name: a common word, an adjective of nationality, a lone letter."""
    return len(word) < 2 or (word in cues.NEVER and word not in GIVEN) or is_one(word, _NATIONAL)
