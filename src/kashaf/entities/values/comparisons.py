"""Words that bound a number: أكثر من, نحو, ما لا يقل عن, على الأقل."""

from __future__ import annotations

from typing import Final

from kashaf.corpus.date_words import key
from kashaf.entities.model import Comparison
from kashaf.entities.values.words import Line


def _table(*listed: tuple[Comparison, str]) -> dict[tuple[str, ...], Comparison]:
    return {
        tuple(map(key, phrase.split())): comparison
        for comparison, phrases in listed
        for phrase in phrases.split("|")
    }


_BEFORE: Final = _table(
        ("more than", "أكثر من|أزيد من|ما يزيد على|ما يزيد عن|يزيد على|يزيد عن|تزيد على|تزيد عن|زاد على|زاد عن"
                      "|زادت على|زادت عن"
                      "|ما يفوق|يفوق|تفوق|فاق|فاقت|يتجاوز|تتجاوز|تجاوز|تجاوزت|تجاوزوا|ما يتجاوز|يتخطى|تخطى|تخطت"
                      "|فوق|يربو على|ما يربو على|ما ينيف على"),
        ("about", "نحو|حوالي|قرابة|زهاء|ما يقارب|يقارب|تقارب|ما يقرب من|يقرب من|تقريبا|بحدود|في حدود|يقدر بنحو|يناهز"
                  "|ناهز|ما يناهز|تناهز|ناهزت"),
        ("at least", "ما لا يقل عن|لا يقل عن|لا تقل عن|على الأقل|لا يقلون عن"),
        ("less than", "أقل من|ما يقل عن|يقل عن|تقل عن|دون|ما دون|أدنى من"),
        ("at most", "لا يتجاوز|لا تتجاوز|ما لا يتجاوز|لم يتجاوز|لم تتجاوز|لا يزيد على|لا يزيد عن|لا تزيد على|لا"
                    " تزيد عن|لا يتعدى"
                    "|لا تتعدى|ما لا يزيد على|ما لا يزيد عن|على الأكثر|لا يفوق|كحد أقصى"),
)  # fmt: skip
_BEHIND: Final = _table(
        ("at least", "على الأقل|أو أكثر|أو يزيد|فأكثر|فما فوق|كحد أدنى"),
        ("about", "تقريبا"),
        ("at most", "على الأكثر|كحد أقصى|أو أقل|فأقل|فما دون"),
)  # fmt: skip
_LONGEST: Final = 4


def before(line: Line, index: int) -> tuple[Comparison, int] | None:
    """The comparison whose words end right before a word, and the index of its first word; the longest wins."""
    words = line.words
    for length in range(min(_LONGEST, index), 0, -1):
        first = index - length
        phrase = (words[first].base, *(words[place].fold for place in range(first + 1, index)))
        if (comparison := _BEFORE.get(phrase)) is not None:
            return comparison, first
    return None


def beginning(line: Line, index: int) -> tuple[Comparison, int] | None:
    """The comparison whose words begin at a word that nothing is glued to, and the index after it."""
    if line.words[index].skip:
        return None
    for end in range(index + _LONGEST, index, -1):
        found = before(line, end)
        if found is not None and found[1] == index:
            return found[0], end
    return None


def behind(line: Line, index: int) -> tuple[Comparison, int] | None:
    """The comparison whose words begin at a word, and the index after it."""
    words = line.words
    for length in (2, 1):
        phrase = tuple(words[place].fold for place in range(index, index + length))
        if (comparison := _BEHIND.get(phrase)) is not None:
            return comparison, index + length
    return None
