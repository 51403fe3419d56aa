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
    "ولاية منطقة إقليم ناحية قضاء مركز العاصمة ولايتي ولايات محافظات دولة مقاطعة بلدات مدن قرى مناطق ريفي"
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
_NO_PLACES: Final = _NOT_OF_NAMES | _HEADS | cues.PLACE_KINDS | cues.WEAK_PLACE_KINDS
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
    if word in GIVEN:
        return False
    return word in cues.NEVER or _goes_on(page, last)


def _goes_on(page: Page, index: int) -> bool:
    """Whether a word behind a name is what the sentence goes on with: a noun with ب, an accusative."""
    word = page.folds[index]
    if page.indefinite_accusative(index) or (word.endswith("هما") and len(word) > 5):
        return True
    lexicon = page.lexicon
    known = lexicon is None or word in lexicon.clusters or word in lexicon.single
    return not known and len(word) > 6 and word[0] == "ب" and word.endswith(("ين", "ات"))


_OBJECTS: Final = ("نا", "ها", "هم", "يه", "ني")
_CROWNED: Final = cues.word_set("الملك الملكة البابا السلطان القيصر الإمبراطور البطريرك الأمير")


def _place(page: Page, span: Span, known: Known) -> Iterator[Span]:
    first, last = span.first, span.last
    while first < last and is_one(page.folds[first], _NOT_OF_NAMES) and not _of_the_book(page, first, known):
        first += 1
    while last > first and (page.folds[last] in cues.NEVER or page.folds[last] in _SIDES):
        last -= 1
    if last == first + 1 and page.rare(first) and _is_nationality(page.folds[last]):
        last = first
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
        and span.chance < _SURE
        and looks_inflected(page, first)
        and page.folds[first][0] in "يتسن"
    ):
        return
    if (
        first == last
        and page.folds[first].endswith("يا")
        and "ال" + page.folds[first][:-1] in cues.ADJECTIVES
    ):
        return  # بحريا
    yield span._replace(first=first, last=last)


def _is_nationality(word: str) -> bool:
    """A definite adjective of nationality behind a place: `امساعد الليبية`."""
    return word.startswith("ال") and (word in _NATIONAL - _OF_MANY or (len(word) > 6 and word.endswith("يه")))


def _of_the_book(page: Page, first: int, known: Known) -> bool:
    """`شمال أفريقيا`, `جنوب السودان`: a side that begins a name of its own."""
    return known(f"{page.folds[first]} {page.folds[first + 1]}")


def _organization(page: Page, span: Span, known: Known) -> Iterator[Span]:
    first, last = span.first, span.last
    if (place := _place_of_people(page, first, last, known)) is not None:
        yield from _place(page, span._replace(first=place, last=last, type="place"), known)
        return
    before = page.fold_at(first - 1) if page.joined(first) else ""
    if is_one(before, cues.MINISTERS) and not is_one(page.folds[first], _HEADS):
        return
    while last > first and (page.folds[last] in _COMMON_ENDS or page.folds[last] in _TAIL):
        if page.folds[last] == _TODAY and page.doubt(last) >= _DOUBTLESS:
            break
        last -= 1
    if first < last and _is_verb(page, first):
        first += 1
    if first < last and _only_says_kind(page, first, last):
        first += 1
    if first < last and _is_described(page, first, last):
        last -= 1
    for index in range(first + 2, last):
        if _begins_another(page, index):
            yield from _organization(page, span._replace(first=first, last=index - 1), known)
            yield from _organization(page, span._replace(first=index, last=last), known)
            return
    if (person := _person_in(page, first, last)) is not None:
        yield from _organization(page, span._replace(first=first, last=person - 1), known)
        yield from _person(page, span._replace(first=person, last=last, type="person"), known)
        return
    if first == last:
        word = page.folds[first]
        if _no_name(word) or is_one(word, _HEADS):
            return
    if last == first + 1 and is_one(page.folds[first], _HEADS) and _describes(page, last):
        return
    for index in range(first + 1, last + 1):
        if is_one(page.folds[first], _HOUSES) and _is_place_in(page, index, last, known):
            last = index - 1  # «مستشفى شهداء الأقصى بدير البلح», but «مديرية الصحة بسوهاج»
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


def _only_says_kind(page: Page, first: int, last: int) -> bool:
    """Whether a name goes without the head before it: صحيفة الدانة always, شركة and its like before a word that is in
    no list (`شركة لاجون فيو`)."""
    head, following = page.folds[first], page.folds[first + 1]
    if is_one(head, _KINDS_OF_OUTLETS):
        return True
    if not is_one(head, _KINDS_OF_BODIES) or following.startswith("ال") or page.folds[last].startswith("لل"):
        return False
    return page.rare(first + 1) or (first + 1 == last and is_one(head, _FIRMS)) or following in cues.LETTERS


_KINDS_OF_OUTLETS: Final = cues.word_set("صحيفة جريدة موقع مجلة منصة قناة صحيفتي قناتي")
_FIRMS: Final = cues.word_set("شركة شركتي")
_KINDS_OF_BODIES: Final = _FIRMS | cues.word_set(
    "مجموعة منظمة تحالف مكتب نادي فريق كتلة مختبر مصنع شبكة متجر مطعم"
)


def _is_described(page: Page, first: int, last: int) -> bool:
    """Whether an adjective of nationality ends a name that is complete without it: `لاكتاليس الفرنسية`, and
    `الوحدة الإماراتي`, which does not agree with the noun."""
    word = page.folds[last]
    if word not in _NATIONAL or not word.startswith("ال") or word in _OF_MANY:
        return False
    if page.folds[first].startswith("ال"):
        return last == first + 1 and page.folds[first].endswith("ه") and not word.endswith("ه")
    if is_one(page.folds[first], _HEADS | cues.WEAK_HEADS | cues.PLACED_HEADS | cues.GUARDS):
        return False
    return all(page.rare(at) or page.folds[at] in cues.LETTERS for at in range(first, last))


_OF_MANY: Final = cues.word_set("الدولي الدولية العربي العربية الغربي الغربية الشرقي الشرقية المالي المالية")


def _begins_another(page: Page, index: int) -> bool:
    """`جامعة سبها وغرفة التجارة`: a head of a body with و."""
    word = page.folds[index]
    return word[0] == "و" and word[1:] in _OTHERS and word not in cues.NEVER


_OTHERS: Final = (cues.QUOTED_HEADS | cues.WEAK_HEADS | cues.DEFINITE_HEADS) - cues.PROCESSES


def _person_in(page: Page, first: int, last: int) -> int | None:
    """Where a person's name begins behind a definite head: `الهيئة صلاح الفرنواني`."""
    if not is_one(page.folds[first], cues.DEFINITE_HEADS):
        return None
    for at in range(first + 1, last):
        word = page.folds[at]
        if word in GIVEN and not word.startswith("ال") and not page.folds[at + 1].startswith("لل"):
            return at
    return None


def _place_of_people(page: Page, first: int, last: int, known: Known) -> int | None:
    """Where the place begins of whose people the tagger makes a body: `ممثلو إقليم الساحل`, `بمركز بني مزار`."""
    start = first + 1
    if first == last or not is_one(page.folds[first], _OF_PEOPLE):
        return None
    headed = start < last and is_one(page.folds[start], _KINDS)
    return start if headed or known(" ".join(page.folds[start : last + 1])) else None


_OF_PEOPLE: Final = cues.word_set(
    "ممثلو ممثلي نواب أهالي سكان أبناء مسؤولو مسؤولي وجهاء شيوخ سلطات حصة مركز أعيان"
)
#: «المصري اليوم», where the tagger is sure enough.
_TODAY: Final = "اليوم"
_DOUBTLESS: Final = 0.6
_PLAIN: Final = cues.word_set(
    "مشترك مشتركة كبير كبيرة صغير صغيرة جديد جديدة مختص مختصة خاص خاصة متخصصة معارض معارضة"
)


_HOUSES: Final = cues.word_set("مستشفى مدرسة كلية جامعة معهد مسرح")


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
