"""Numbers in digits and in words, with their scales: 1,250 · ١٬٢٥٠ · 12,5 · مئة وخمسين ألفا · مليون ونصف المليون."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from kashaf.entities.values import number_words as tables
from kashaf.entities.values.function_words import FUNCTION_WORDS
from kashaf.entities.values.words import Line, Word

_LONGEST: Final = 15  # digits; a float holds no more
_GROUPED: Final = re.compile(r"[1-9]\d{0,2}(?:([.,])\d{3})(?:\1\d{3})*")
_ASCII: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "01234567890123456789")
_UNSURE: Final = 0.8
_LESS_SURE: Final = 0.6
_TEEN: Final = 10
_TELLING: Final = 3
_PLACES: Final = 3


class Number(NamedTuple):
    """A number as it stands in a line.

    low, high: the same, but for `عشرات` (20 to 99) and its like, whose comparison is `about`.
    end: index after it. spelt: in words alone. scale: 1, or the last scale word's value. confidence: that the
    separators and endings mean what they are taken for.
    """

    low: float
    high: float
    end: int
    spelt: bool = False
    scale: int = 1
    confidence: float = 1.0


def digits(written: str) -> tuple[float, float] | None:
    """The value of digits with separators, and how sure that is; None for what is no number of prose.

    `1,250` and `1.250.000` are grouped; so is `1.250`, less surely, for some write a decimal point there.
    """
    if written.isdecimal():
        return (float(int(written)), 1.0) if len(written) <= _LONGEST else None
    plain = written.translate(_ASCII).replace("٬", ",").replace("ر", "٫")
    if sum(map(str.isdecimal, plain)) > _LONGEST:
        return None
    if "ر" in written:
        return _tunisian(plain)
    if "٫" in plain:
        whole, point, part = plain.partition("٫")
        if "٫" in part or "," in part or "." in part:
            return None
        whole = whole.replace(",", "").replace(".", "")
        return float(f"{whole}.{part}"), 1.0
    grouped = _GROUPED.fullmatch(plain)
    signs = {sign for sign in ",." if sign in plain}
    if grouped is not None:
        several = plain.count(grouped[1]) > 1
        sure = 1.0 if several or "٬" in written else _UNSURE if grouped[1] == "," else _LESS_SURE
        return float(plain.replace(grouped[1], "")), sure
    if len(signs) == 2:  # the last of the two is the decimal point
        point = max(signs, key=plain.rfind)
        (other,) = signs - {point}
        whole, _, part = plain.rpartition(point)
        if point in whole or _GROUPED.fullmatch(whole) is None or other in part:
            return None
        return float(f"{whole.replace(other, '')}.{part}"), 1.0
    (sign,) = signs
    if plain.count(sign) > 1:
        return None
    return float(plain.replace(sign, ".")), 1.0


def _tunisian(plain: str) -> tuple[float, float] | None:
    """`5ر656` and `656ر5`: the agency's decimal letter stands on either side, so only unequal parts can be told."""
    first, _, last = plain.partition("٫")
    if not (first.isdecimal() and last.isdecimal()) or max(len(first), len(last)) < _TELLING:
        return None
    whole, part = (first, last) if len(first) > len(last) else (last, first)
    return (float(f"{whole}.{part}"), _LESS_SURE) if len(part) < _TELLING else None


def read_number(line: Line, index: int) -> Number | None:
    """The number that begins at a word, or None. Linear in the length of the number."""
    word = line.words[index]
    if word.number:
        return _of_digits(line, index, word)
    base = word.base
    if base in tables.FRACTIONS:
        return _fraction(line, index, tables.FRACTIONS[base])
    if (some := _some(line, index)) is not None:
        return some
    if base in tables.CARDINALS:
        part = tables.PLURAL_FRACTIONS.get(line.words[index + 1].fold)
        if part is not None and 2 < tables.CARDINALS[base] < 10:
            return _fraction(line, index + 1, tables.CARDINALS[base] * part)
        return _spelt(line, index)
    return None


def _of_digits(line: Line, index: int, word: Word) -> Number | None:
    found = digits(word.number)
    if found is None:
        return None
    value, sure = found
    number = Number(value, value, index + 1, confidence=sure)
    scaled = _scaled(line, number)
    return scaled if scaled is number else _more(line, scaled)


def _scaled(line: Line, number: Number) -> Number:
    """The number with the scale word that follows it: 25 مليون."""
    value = tables.CARDINALS.get(line.words[number.end].fold, 0)
    if value not in _SCALES:
        return number
    # 4.1 thousand millions in binary are half a millionth short
    low, high = round(number.low * value, _PLACES), round(number.high * value, _PLACES)
    return number._replace(low=low, high=high, end=number.end + 1, scale=value)


def _more(line: Line, number: Number) -> Number:
    """The number with what is added to it: 3 ملايين و200 ألف, مليون ونصف المليون."""
    while True:
        words = line.words
        index = _joined(line, number.end)
        if index < 0 and number.scale > 1 and len(words[number.end].number) == _TELLING:
            index = number.end  # 80 ألف 696
        if index < 0:
            return number
        word = words[index]
        if word.base in tables.FRACTIONS:
            end = index + 1
            after = words[end].fold
            named = tables.CARDINALS.get(after) or tables.DEFINITE_SCALES.get(after)
            if named == number.scale > 1:
                end += 1
            elif named:
                return number
            part = tables.FRACTIONS[word.base] * number.scale
            return number._replace(low=number.low + part, high=number.high + part, end=end)
        if number.scale == 1:
            return number
        added = _plain(line, index)
        if added is None or added.low >= number.scale or added.low != int(added.low):
            return number
        if added.low < 100 and word.number and number.scale >= 1000 and added.scale == 1:
            return number  # `3 آلاف و5 جرحى` names two things
        number = number._replace(
            low=number.low + added.low, high=number.high + added.high, end=added.end, scale=added.scale
        )


def _plain(line: Line, index: int) -> Number | None:
    """Digits with a scale, or words up to it: one summand."""
    word = line.words[index]
    if word.number:
        found = digits(word.number)
        return None if found is None else _scaled(line, Number(found[0], found[0], index + 1))
    return _spelt(line, index) if word.base in tables.CARDINALS else None


def _joined(line: Line, index: int) -> int:
    """The index of the word that و joins to the one before, or -1. The و may stand apart."""
    word = line.words[index]
    if word.fold == "و":
        return index + 1 if line.words[index + 1].heads else -1
    return index if word.clitic == "و" else -1


_DUAL_OR_ONE: Final = frozenset({"الفا", "مليونا", "مليارا"})
_SCALES: Final = frozenset({10**3, 10**6, 10**9, 10**12})
_DOUBLES: Final = {2 * scale: scale for scale in _SCALES}


def _spelt(line: Line, index: int) -> Number | None:
    """A number in words: hundreds, units and tens in this order, with scales that grow smaller."""
    words = line.words
    total = 0.0
    group = 0
    empty = True  # no word of the present group yet
    last_scale = 10**15
    scale = 1
    at = index
    end = index
    sure = 1.0
    while True:
        word = words[at]
        first = at == index
        value = tables.CARDINALS.get(word.base if first or word.clitic == "و" else word.fold)
        joined = first or word.clitic == "و" or words[at - 1].fold == "و"
        if value is None:
            break
        if value in _SCALES:
            if value >= last_scale or (joined and not first and not empty):
                break
            if first and word.fold in tables.PLURAL_SCALES:
                return None
            if not joined and empty:
                break
            if first and word.base in _DUAL_OR_ONE and _is_dual(line, at):
                group, sure = 2, _UNSURE
            total += (group or 1) * value
            last_scale = scale = value
            group, empty = 0, True
        elif value in _DOUBLES:
            if not (joined and empty and _DOUBLES[value] < last_scale):
                break
            total += value
            last_scale = scale = _DOUBLES[value]
        else:
            taken = _in_group(line, at, value, group, empty, joined)
            if taken is None:
                break
            group, end_of_word = taken
            at = end_of_word - 1
            empty = False
        at += 1
        end = at
        if words[at].fold == "و" and words[at + 1].base in tables.CARDINALS:
            at += 1
    if end == index:
        return None
    number = Number(
        total + group, total + group, end, spelt=True, scale=scale if empty else 1, confidence=sure
    )
    number = _with_half(line, number)
    word = words[number.end]
    if word.number or (word.fold == "و" and words[number.end + 1].number):
        number = _more(line, number)
    return number


def _is_dual(line: Line, at: int) -> bool:
    """Whether the noun that a dual governs stands behind: `ألفا جندي`, not `مليارا و200 مليون`, `ألفا في السنة`."""
    if line.form(at, at + 1).endswith(("ً", "ًا")):
        return False
    behind = line.words[at + 1]
    fold = behind.fold
    letters = "ء" <= fold[:1] <= "ي" and fold not in FUNCTION_WORDS and not behind.clitic
    return letters and not fold.startswith(("ال", "لل", "و", "ل", "ف"))


def _in_group(
    line: Line, at: int, value: int, group: int, empty: bool, joined: bool
) -> tuple[int, int] | None:
    """The value below a thousand with one more word, and the index after the word; None when it does not fit."""
    words = line.words
    if value >= 100:
        return (value, at + 1) if empty and joined else None
    if not joined:
        return None
    if value >= 20:
        return (group + value, at + 1) if group % 100 < 10 else None
    if group % 100:
        return None
    following = words[at + 1].fold
    if value < 10 and following in tables.TEN_MARKS:
        return group + value + _TEEN, at + 2
    if 3 <= value < 10 and empty and tables.CARDINALS.get(following) == 100:
        return value * 100, at + 2
    return group + value, at + 1


def _with_half(line: Line, number: Number) -> Number:
    """With the half, third or quarter that و joins."""
    index = _joined(line, number.end)
    if index < 0 or line.words[index].base not in tables.FRACTIONS:
        return number
    return _more(line, number)


def _fraction(line: Line, index: int, part: float) -> Number | None:
    """`نصف مليون`, `ثلثي السكان`: a part of what follows."""
    after = line.words[index + 1].fold
    scale = tables.CARDINALS.get(after) or tables.DEFINITE_SCALES.get(after)
    if scale in _SCALES:
        return Number(part * scale, part * scale, index + 2, spelt=True, scale=scale)
    return Number(part, part, index + 1, spelt=True)


def _some(line: Line, index: int) -> Number | None:
    """`عشرات`, `مئات الآلاف`, `بضع مئات`, `آلاف`: from the least to the most that they may mean."""
    words = line.words
    base = words[index].base
    if base in tables.SOME:
        inner = _some(line, index + 1) if words[index + 1].base not in tables.SOME else None
        if inner is not None:
            unit = inner.low // 2
            return Number(3 * unit, 9 * unit, inner.end, spelt=True, scale=inner.scale)
        if words[index + 1].fold in tables.TEN_MARKS:  # بضعة عشر
            return Number(13, 19, index + 2, spelt=True)
        value = tables.CARDINALS.get(words[index + 1].fold, 0)
        if value in {100, *_SCALES}:
            return Number(3 * value, 9 * value, index + 2, spelt=True, scale=value)
        return Number(3, 9, index + 1, spelt=True)
    if base in tables.TENS_OF or base in tables.DEFINITE_TENS_OF:
        low, high = 20, 99
    elif base in tables.HUNDREDS_OF or base in tables.DEFINITE_HUNDREDS_OF:
        low, high = 200, 999
    else:
        value = tables.PLURAL_SCALES.get(base) or tables.DEFINITE_PLURAL_SCALES.get(base) or 0
        return Number(2 * value, 10 * value - 1, index + 1, spelt=True, scale=value) if value else None
    following = words[index + 1].fold
    value = tables.DEFINITE_PLURAL_SCALES.get(following) or tables.PLURAL_SCALES.get(following) or 1
    if value > 1:
        return Number(low * value, (high + 1) * value - 1, index + 2, spelt=True, scale=value)
    return Number(low, high, index + 1, spelt=True)
