"""Words of names as linking sees them: units, what they share with their variant spellings, and how two differ."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from kashaf.entities.page import folded_words
from kashaf.entities.rules.given_names import GIVEN
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem

if TYPE_CHECKING:
    from kashaf.entities.book.spellings import Spellings

Words = tuple[str, ...]
#: How two words differ and are one all the same; `` when they are the same word.
Difference = Literal["", "spelling", "sound", "short form"]

_ARTICLE: Final = "ال"
#: Between the names of a person: left out by some newspapers.
PARTICLES: Final = frozenset({"بن", "ابن", "بنت", "ال"})
_GLUED: Final = frozenset(
    {"عبد", "ابو", "بو", "ام", "ذو", "نور", "سيف", "صلاح", "عز", "محي", "خير", "نصر", "جار"}
)

# Consonants that Arabic newspapers choose between for one sound of another language.
_CLASSES: Final = ("غجقك", "تطث", "سصز", "دضذظ")
_CLASS: Final = {letter: group[0] for group in _CLASSES for letter in group}
_VOWELS: Final = frozenset("اويىء")
_LEAST: Final = 4  # letters of a word that may be spelt by its sound

_FOREIGN_NAMES: Final = """
    جون جوني جورجي جيمس جيم جان جاك جوزيف جيريمي جاريد جاستن جيفري مايكل مايك مارك ماركو مارتن ماكس ماتيو ماثيو ماريا
    ماري توم توماس توني تيم تيد بوب بيتر بيت بيل بنيامين براد برايان باراك باربرا ديفيد دافيد دانيال دانييل دان دونالد
    ديك دميتري ديمتري روبرت روجر رون رونالد ريتشارد ستيف ستيفن ستيفان سيرغي سكوت ساندرا فلاديمير فولوديمير فيليب
    فيكتور فيليبو فرانك فرانسوا فرانسيس فريد كارل كارلوس كارين كاثرين كايا كريس كريستيان كريستوفر كيفن ليو ليونيل لويس
    لوكا لورا نيكولا نيكولاس نانسي هنري هنريك هيلاري هارولد هانس هيلين وليام ويليام والتر يان يوهان أنطونيو أنجيلا
    أنغيلا أندريه أندرو أندرياس ألكسندر ألكسي إليزابيث إيلون إيفان إيمانويل إريك إدوارد أوليفر أولاف أوسكار ألبرت
    ألفريد أليكس آلان باول بول باولو بيدرو خوان خوسيه روبرتو سيمون غابرييل غريغ غراهام غوستاف فريدريك إيهود شمعون
    هاكان تشارلز تشاك شارل
"""
# A line each: a given name and its short forms.
_SHORT_NAMES: Final = """
    توم توماس
    بيل وليام ويليام
    مايك مايكل
    بوب روبرت
    جيم جيمس
    ستيف ستيفن ستيفين
    ديف ديفيد دافيد
    كريس كريستوفر
    نيك نيكولاس
    أليكس ألكسندر
    دان دانيال دانييل
    توني أنتوني أنطوني
    تيد إدوارد
    مات ماثيو
    رون رونالد
    جو جوزيف
    بيني بنيامين
    تشاك تشارلز
    آندي أندرو
    غريغ غريغوري
    بيت بيتر
"""


class Spelt:
    """What `spellings.yaml` calls one: words, and stems with whatever stands around them."""

    def __init__(self, words: frozenset[frozenset[str]], stems: frozenset[frozenset[str]]) -> None:
        self._words = words
        self._stems = stems

    @classmethod
    def of(cls, spellings: Spellings) -> Spelt:
        words = (
            frozenset({one[0], other[0]})
            for one, others in spellings.words.items()
            for other in others
            if len(one) == len(other) == 1
        )
        stems = (frozenset({one, other}) for one, others in spellings.stems.items() for other in others)
        return cls(frozenset(words), frozenset(stems))

    def alike(self, one: str, other: str) -> bool:
        """Whether two folded words are variant spellings, with the article or without."""
        if frozenset({bare(one), bare(other)}) in self._words:
            return one.startswith(_ARTICLE) == other.startswith(_ARTICLE)
        mine, theirs = stem(one), stem(other)
        if frozenset({mine, theirs}) not in self._stems:
            return False
        return one.replace(mine, " ", 1) == other.replace(theirs, " ", 1)


def _folded(names: str) -> frozenset[str]:
    return frozenset(map(fold_word, names.split()))


_FOREIGN: Final = _folded(_FOREIGN_NAMES)
_SHORT: Final = tuple(_folded(line) for line in _SHORT_NAMES.split("\n") if line.strip())


@lru_cache(maxsize=1 << 16)
def units(name: str) -> Words:
    """The folded words of a name; what is written apart or glued (عبد الله, أبو الميزان) is one."""
    found: list[str] = []
    for word in folded_words(name):
        if found and found[-1] in _GLUED:
            found[-1] += word
        else:
            found.append(word)
    return tuple(found)


@lru_cache(maxsize=1 << 16)
def bare(word: str) -> str:
    """A word without the article, when enough is left of it."""
    return word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word


@lru_cache(maxsize=1 << 16)
def skeleton(word: str) -> str:
    """What all variants of a word share: classes of its consonants, with no vowels but a first one."""
    word = bare(word)
    kept: list[str] = []
    last = len(word) - 1
    for at, letter in enumerate(word.replace("تش", "ش")):
        if letter in _VOWELS or (letter == "ه" and at == last > 2):
            if not at:
                kept.append("ا" if letter == "ء" else letter)
            continue
        kind = _CLASS.get(letter, letter)
        if not kept or kept[-1] != kind:
            kept.append(kind)
    return "".join(kept) or word


@lru_cache(maxsize=1 << 14)
def short_group(word: str) -> str:
    """What a given name and its short form share: `توم` for توم and توماس; the word itself without such a form."""
    return next((min(group) for group in _SHORT if word in group), word)


@lru_cache(maxsize=1 << 14)
def short_skeleton(word: str) -> str:
    """The skeleton that all variants of a given name and of its short forms share."""
    mine = skeleton(word)
    groups = ({skeleton(member) for member in group} for group in _SHORT)
    return next((min(group) for group in groups if mine in group), mine)


@lru_cache(maxsize=1 << 14)
def is_arab(word: str) -> bool:
    """Whether a folded word is a given name of Arabs, whose vowels tell people apart (سالم, سليم)."""
    return word in GIVEN and word not in _FOREIGN


@lru_cache(maxsize=1 << 16)
def difference(one: str, other: str, spelt: Spelt) -> Difference | None:
    """How two words differ, None when they are two words.

    By sound only words of four letters and more, none of them a given name of Arabs: consonants of one class, or at
    most two long vowels more or less.
    """
    if one == other:
        return ""
    if short_group(one) == short_group(other):
        return "short form"
    if spelt.alike(one, other) or _doubled(one) == _doubled(other):
        return "spelling"
    if min(len(one), len(other)) < _LEAST or is_arab(one) or is_arab(other):
        return None
    if skeleton(one) != skeleton(other):
        return None
    vowels = abs(sum(letter in _VOWELS for letter in one) - sum(letter in _VOWELS for letter in other))
    return "sound" if vowels <= 2 else None


def by_consonant(one: str, other: str) -> bool:
    """Whether two words of one skeleton differ in a consonant: what only words of other languages do."""
    return _consonants(one) != _consonants(other)


def _consonants(word: str) -> str:
    return "".join(letter for letter in word if letter not in _VOWELS)


def _doubled(word: str) -> str:
    """A word with its doubled letters single, and its last ه an ا: ميكولا, ميكولاا; غوتا, غوته."""
    single = [letter for at, letter in enumerate(word) if not at or letter != word[at - 1]]
    if len(single) > 3 and single[-1] == "ه":
        single[-1] = "ا"
    return "".join(single)
