"""Figures before they are compared: what each counts, which sentence it stands in, and who is named there."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache
from itertools import islice
from typing import Final, NamedTuple

from kashaf.entities.model import Counting, DateMention, EntityKey, Quantity
from kashaf.entities.statements.model import Figure, Source
from kashaf.entities.statements.sentences import one_line, sentence_at
from kashaf.entities.tables.rows import Named
from kashaf.text.fold import fold_word
from kashaf.text.segments import Span
from kashaf.text.stem import stem
from kashaf.text.tokens import WORD


def _stems(words: str) -> frozenset[str]:
    return frozenset(stem(fold_word(word)) for word in words.split())


#: Who is counted when it is only said that people are.
_ANYBODY: Final = _stems(
    "شخص أشخاص فرد أفراد إنسان ضحية ضحايا قتيل قتلى قتيلا شهيد شهداء جريح جرحى مصاب مصابين مصابون إصابة مفقود "
    "مفقودين معتقل معتقلين موقوف موقوفين محتجز محتجزين نازح نازحين مهجر مهجرين أسير أسرى ناج ناجين روح نسمة حالة "
    "حالات وفاة وفيات"
)
#: What the members of a body of states are counted as.
_MEMBERS: Final = _stems("عضو عضوا أعضاء عضوة عضوية دولة دول دولتان دولتين بلد بلدا بلدان")
#: Words that say that all members are counted, before the number and near it.
_WHOLE: Final = _stems(
    "عدد عددهم عددها ضم يضم تضم ضمت يتكون تتكون مكون المكون مكونة يتألف تتألف مؤلف المؤلف مؤلفة انضم انضمت تنضم ينضم "
    "انضمام انضمامها انضمامه بلغ يبلغ البالغ ارتفع ليرتفع أصبح أصبحت ليصبح لتصبح صارت تأسس تأسست يشارك تشارك شاركت "
    "مشاركة"
)
#: Words that say so of a definite number, or after one.
_JOINS: Final = _stems("انضم انضمت تنضم ينضم انضمام انضمامها انضمامه المنضمة المنضمين")
#: Right before the number of a part.
_AMONG: Final = _stems("بينها بينهم بينهن منها منهم بينهما ضمنها ضمنهم")
_MORE: Final = frozenset({"أكثر", "اكثر", "أزيد", "أقل", "اقل"})
_OF_MEMBERS: Final = _stems("عضو عضوا أعضاء الأعضاء")
#: All that may stand between a body and the number of its members where no verb says what it is.
_ADJOINING: Final = frozenset({"له", "لها", "وله", "ولها", "لديه", "لديها", "فيه", "فيها"})
_BETWEEN: Final = 1  # words between a number and its body: «23 عضوا في التحالف»
_BEFORE: Final = 8  # words
_AFTER: Final = 4
#: Letters with their marks: rougher than WORD, and faster.
_LETTERS: Final = re.compile(r"[^\W\d_][\w\u0640\u064b-\u0652]*")
_UNSPECIFIC: Final[frozenset[Counting]] = frozenset({"other", "people", "ordinal", "members"})
#: What happens once and is counted once: figures of other weeks are of other events.
EVENTS: Final[frozenset[Counting]] = frozenset(
    {"killed", "wounded", "missing", "arrested", "displaced", "captured", "rescued"}
)


class Subject(NamedTuple):
    """What figures must have in common before anything else is looked at."""

    counting: str
    unit: str
    head: str


MEMBERS: Final = Subject("members", "", "")


def subjects(quantity: Quantity) -> tuple[Subject, ...]:
    """What a quantity may be a figure of; of several, its sentence decides."""
    head = quantity.of[0] if quantity.of else ""
    if quantity.counting in EVENTS and (not head or head in _ANYBODY):
        head = ""
    if quantity.unit or quantity.counting not in _UNSPECIFIC:
        return (Subject(quantity.counting, quantity.unit, head),)
    plain = () if not head or quantity.counting == "ordinal" else (Subject("other", "", head),)
    if quantity.counting == "members" and not head:
        return (MEMBERS,)
    return (*plain, MEMBERS) if head in _MEMBERS else plain


def _is_one(surface: str, stems: frozenset[str]) -> bool:
    return any(one in stems for one in _possible_stems(surface))


@lru_cache(maxsize=1 << 14)
def _possible_stems(surface: str) -> tuple[str, ...]:
    """A word's stem, and those without a preposition or conjunction glued before it."""
    folded = fold_word(surface)
    bare = folded[1:] if len(folded) > 3 and folded[0] in "لبفوك" else folded
    return tuple({stem(folded), stem(bare)}) if folded else ()


class Place(NamedTuple):
    """Where an entity is named."""

    start: int
    end: int
    key: EntityKey


class Names:
    """The entities of one article, found by place."""

    def __init__(self, named: Iterable[Named]) -> None:
        self._places = sorted(Place(one.start, one.end, EntityKey(one.type, one.name)) for one in named)
        self._starts = [one.start for one in self._places]
        heads: dict[str, set[EntityKey]] = {}
        for one in self._places:
            if one.key.type == "organization" and (head := _head(one.key.name)):
                heads.setdefault(head, set()).add(one.key)
        self._heads = {head: next(iter(keys)) for head, keys in heads.items() if len(keys) == 1}

    @property
    def bodies(self) -> frozenset[EntityKey]:
        """The bodies that the article may mean by the first word of their name."""
        return frozenset(self._heads.values())

    def within(self, start: int, end: int) -> list[Place]:
        """The mentions that lie wholly in a span."""
        low, high = bisect_left(self._starts, start), bisect_left(self._starts, end)
        return [one for one in self._places[low:high] if one.end <= end]

    def in_sentence(self, start: int, text: str) -> list[Place]:
        """The mentions in a sentence that begins at `start`, and the bodies meant by their first word.

        `التحالف` where the article names one body only whose name begins with `تحالف`.
        """
        found = self.within(start, start + len(text))
        for match in _LETTERS.finditer(text) if self._heads else ():
            body = self._heads.get(_definite(match.group()) or "")
            at = start + match.start()
            if body is not None and not any(one.start <= at < one.end for one in found):
                found.append(Place(at, start + match.end(), body))
        return found


@lru_cache(maxsize=1 << 14)
def _head(name: str) -> str:
    words = name.split()
    return fold_word(words[0]).removeprefix("ال") if len(words) > 1 else ""


@lru_cache(maxsize=1 << 14)
def _definite(surface: str) -> str | None:
    """A word without the article and the letters glued before it; None for a word without the article."""
    folded = fold_word(surface)
    for glued in ("ال", "وال", "بال", "لل", "ولل", "وبال", "فال", "كال"):
        if folded.startswith(glued) and len(folded) > len(glued) + 2:
            return folded.removeprefix(glued)
    return None


def body_of(places: Iterable[Place], quantity: Quantity, sentence: Span, text: str) -> EntityKey | None:
    """The organisation that a number of members is of: the last one named before it, or one right behind it.

    None where nothing says that all members are counted: `يضم 23 عضوا`, `العضو الـ90`, but not `وقع 5 أعضاء`.
    sentence: its span; text: the article's.
    """
    words = quantity.form.split()
    if (words[1:2] == ["من"] and words[0] not in _MORE) or set(quantity.of[1:]) - _OF_MEMBERS:
        return None  # five of the members; 36 European states
    bodies = [one for one in places if one.key.type == "organization"]
    before = max((one for one in bodies if one.end <= quantity.start), key=lambda one: one.end, default=None)
    behind = min((one for one in bodies if one.start >= quantity.end), default=None)
    if behind is not None:
        between = text[quantity.end : behind.start].split()
        joining = len(between) <= _AFTER and any(_is_one(word, _JOINS) for word in between)
        behind = behind if joining or len(between) <= _BETWEEN else None
    body = behind or before
    if body is None:
        return None
    adjoining = body is before and set(text[body.end : quantity.start].split()) <= _ADJOINING
    if adjoining and quantity.counting == "members":
        return body.key
    ahead = [match.group() for match in WORD.finditer(text, sentence[0], quantity.start)][-_BEFORE:]
    after = [match.group() for match in islice(WORD.finditer(text, quantity.end, sentence[1]), _AFTER)]
    if any(_is_one(word, _AMONG) for word in ahead[-3:]):
        return None
    whole = any(_is_one(word, _WHOLE) for word in ahead) or any(_is_one(word, _JOINS) for word in after)
    definite = words[0].startswith("ال") or "الـ" in quantity.form
    if not whole and definite:
        whole = any(_is_one(word, _JOINS | _OF_MEMBERS) for word in (*words, *ahead, *after))
    return body.key if whole else None


def figure(
    source: Source, quantity: Quantity, names: Names, dates: Sequence[DateMention], others: Sequence[Quantity]
) -> tuple[Figure, EntityKey | None]:
    """A quantity with its sentence, and the organisation that it is of if it counts members.

    dates, others: those of the article, in order.
    """
    start, end = sentence_at(source.text, quantity.start, quantity.end)
    text = one_line(source.text[start:end])
    places = names.in_sentence(start, text)
    when = _when(quantity, start, dates, others)
    if when is None and source.published is not None:
        when = source.published, source.published
    made = Figure(
        article_id=source.id,
        title=source.title,
        outlet=source.outlet,
        published=source.published,
        story=source.story,
        quantity=quantity,
        start=start,
        end=end,
        text=text,
        entities=frozenset(place.key for place in places),
        when=when,
    )
    return made, body_of(places, quantity, (start, end), source.text) if MEMBERS in subjects(
        quantity
    ) else None


def _when(
    quantity: Quantity, start: int, dates: Sequence[DateMention], others: Sequence[Quantity]
) -> tuple[date, date] | None:
    """The date that stands before the number in its sentence, with no other number between them."""
    before = [one for one in dates if start <= one.start and one.end <= quantity.start]
    if not before:
        return None
    near = max(before, key=lambda one: one.end)
    if any(near.end <= one.start and one.end <= quantity.start for one in others):
        return None
    return (near.earliest, near.latest) if near.earliest and near.latest else None
