"""What happened to those who are counted: مقتل 12, اعتقلت قوات الأمن 5 أشخاص, 20 شخصا لقوا حتفهم. Also `عدد … 24`."""

from __future__ import annotations

from typing import Final, NamedTuple

from kashaf.entities.model import Counting
from kashaf.entities.values import counted_words
from kashaf.entities.values.tables import folded
from kashaf.entities.values.words import Line

_STOPS: Final = frozenset(".؛:؟!?;")
_NOUN_REACH: Final = 2
_VERB_REACH: Final = 7
_NUMBER_OF_REACH: Final = 8
_BETWEEN: Final = 5
_AFTER_REACH: Final = 3


def governing(line: Line, first: int, end: int, reach: int = _VERB_REACH) -> Counting | None:
    """What the words before (at most `reach` of them) and after `[first, end)` of a quantity say happened."""
    words = line.words
    if (counting := counted_words.AFTER.get(words[end].fold)) is not None:
        return counting
    for place in range(first - 1, max(first - reach, 0) - 1, -1):
        word = words[place]
        if word.fold in _STOPS or (word.fold == "،" and first - place > _NOUN_REACH):
            break
        if word.number and place < first - 1:
            break
        counting = counted_words.GOVERNORS.get(word.base)
        if counting is not None and (first - place <= _NOUN_REACH or _only_fillers(line, place + 1, first)):
            return counting
        counting = counted_words.VERBS.get(word.base)
        if counting is not None and word.clitic in {"", "و", "ف"}:
            return counting
    for place in range(end, end + _AFTER_REACH):
        word = words[place]
        if word.fold in _STOPS or word.fold == "،":
            break
        counting = counted_words.AFTER.get(word.fold)
        if counting is not None:
            return counting
    return None


_FILLERS: Final = folded("على عن ما أكثر من نحو حوالي و ال أولية حصيلة نهائية")


def _only_fillers(line: Line, first: int, end: int) -> bool:
    words = line.words
    return all(
        words[place].fold in _FILLERS or words[place].base in counted_words.GOVERNORS
        for place in range(first, end)
    )


class NumberOf(NamedTuple):
    """`عدد أعضائه إلى 24`: what is counted before the number, and the index of `عدد`."""

    first: int
    noun: int
    counting: Counting


_SUFFIXES: Final = ("هما", "هم", "هن", "ها", "نا", "ه")
_LINKS: Final = folded(
    "إلى هو يبلغ بلغ بلغت تبلغ ب بنحو نحو حوالي أكثر من البالغ وصل يصل ليصل يقدر قدر ليبلغ ارتفع يتجاوز تجاوز"
    " يقارب فاق على يزيد ليرتفع ال زهاء قرابة كان حتى الآن"
)


def number_of(line: Line, first: int) -> NumberOf | None:
    """The noun whose number is told: `البالغ عدد أعضائه 24`, `وعددهم 17 بحارا` (without a noun: -1)."""
    words = line.words
    for place in range(first - 1, max(first - _NUMBER_OF_REACH, -1), -1):
        word = words[place]
        if word.fold in _STOPS or word.number:
            return None
        if word.base not in counted_words.NUMBER_OF:
            continue
        if word.base != "عدد":
            return NumberOf(place, -1, "other") if first - place <= 3 else None
        noun = place + 1
        if noun >= first or not words[noun].fold or words[noun].fold in _LINKS:
            return None
        between = [words[at].fold for at in range(noun + 1, first)]
        linked = any(one in _LINKS or one.startswith(("ب", "ي", "ل")) for one in between)
        if len(between) > _BETWEEN or (between and not linked and words[place - 1].base not in _LINKS):
            return None
        return NumberOf(place, noun, _noun_counting(words[noun].fold))
    return None


def _noun_counting(fold: str) -> Counting:
    plain = fold.removeprefix("ال")
    for form in (plain, *(plain.removesuffix(suffix) for suffix in _SUFFIXES if plain.endswith(suffix))):
        # أعضائه is folded اعضايه: the hamza of the noun alone is on the line
        for whole in (
            form,
            form.removesuffix("ي") + "ء",
            form.removesuffix("و") + "ء",
            form.removesuffix("ا") + "ي",
        ):
            if (counting := counted_words.NOUNS.get(whole)) is not None:
                return counting
    return "other"
