"""Counts whose number is in the word's own form, and places in a row: قتيلان, مقتل مدني, العضو التسعين, $5."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from kashaf.entities.model import Comparison, Counting, Quantity
from kashaf.entities.values import comparisons, counted_words, number_words, parts_of_units, time_words, units
from kashaf.entities.values.centuries import ordinal_at
from kashaf.entities.values.context import Context
from kashaf.entities.values.counted import counted_at, is_age
from kashaf.entities.values.governors import governing
from kashaf.entities.values.lexicon import NUMBER
from kashaf.entities.values.numbers import Number, read_number
from kashaf.entities.values.stems import stems
from kashaf.entities.values.words import Line, Word

#: A quantity or None, and the index to go on from.
Read = tuple[Quantity | None, int]

_SURE: Final = 0.95
_GOOD: Final = 0.85
_FAIR: Final = 0.7
_SMALLEST_ORDINAL: Final = 11  # smaller ones tell of kings and floors
_LAST_HOUR: Final = 12
_PLURAL_ENDINGS: Final = ("ات", "ين", "ون")
# أفعال, مفاعل, تفاعيل, فواعل, فعائل, in folded letters.
_BROKEN_PLURAL: Final = re.compile("ال(?:ا..ا[^ه]|[تم].ا.ي?[^ه]|.وا.ي?[^ه]|..اي[^ه])$")
_NO_ROWS: Final = frozenset({"القرن", "الساعه"})
_TO: Final = frozenset({"الي", "حتي"})


def count_at(line: Line, index: int, floor: int) -> Read | None:
    """The count that a word is or begins; None when it is none."""
    word = line.words[index]
    if word.fold in units.SIGNS or word.fold in units.PERCENT:
        return _signed(line, index, floor)
    if word.base in units.DUALS and word.clitic not in {"ب", "وب"}:
        return _two_units(line, index)
    if word.base in counted_words.DUALS:
        return _two(line, index)
    if word.base in counted_words.GOVERNORS and line.words[index + 1].fold in counted_words.SINGLE:
        return _one_person(line, index)
    if word.fold in number_words.DEFINITE_NUMBERS and (counted := _definite(line, index, floor)) is not None:
        return counted
    if word.fold in number_words.DEFINITE_ORDINALS or word.fold in number_words.UNIT_ORDINALS:
        return _spelt_ordinal(line, index, floor)
    return _one_and_more(line, index) if word.base in units.SINGLES else None


def _quantity(
    line: Line,
    first: int,
    end: int,
    ends: tuple[float, float],
    counting: Counting,
    unit: str,
    counted: tuple[int, int],
    sure: float,
    comparison: Comparison = "exactly",
) -> Read:
    start, stop = line.begin(first), line.ends[end - 1]
    noun, after = counted
    written = line.text[line.begin(noun) : line.ends[after - 1]] if noun < after else ""
    of = stems(line, noun, after)
    return Quantity(
        start, stop, line.text[start:stop], *ends, comparison, counting, unit, written, of, sure
    ), end


def _signed(line: Line, index: int, floor: int) -> Read | None:
    """`$5 مليون`, `%50`."""
    words = line.words
    if not words[index + 1].number or not line.tight(index + 1) or words[index - 1].number:
        return None
    number = read_number(line, index + 1)
    if number is None:
        return None
    symbol = units.SIGNS.get(words[index].fold, "%")
    compared = comparisons.before(line, index)
    comparison, first = compared if compared is not None and compared[1] >= floor else ("exactly", index)
    counting: Counting = "percent" if symbol == "%" else "money"
    ends = (number.low, number.high)
    return _quantity(line, first, number.end, ends, counting, symbol, (0, 0), _GOOD, comparison)


def _two_units(line: Line, index: int) -> Read:
    """`عامين`, `ساعتين ونصف`, `أسبوعين إلى ثلاثة أسابيع`."""
    words = line.words
    unit, end = units.DUALS[words[index].base], index + 1
    value = 2.0
    if (whole := parts_of_units.continued(line, end, value, unit.symbol)) is not None:
        return _measured(line, index, unit, whole)
    if words[end].fold in _TO and (number := read_number(line, end + 1)) is not None:
        counted = counted_at(line, number.end, number)
        if counted is not None and (counted.counting, counted.unit) == unit and number.low > value:
            ends = (value, number.high)
            return _quantity(
                line, index, counted.end, ends, *unit, (counted.first, counted.end), _GOOD, "between"
            )
    if is_age(line, index, end):
        unit = units.Unit("age", unit.symbol)
    return _quantity(line, index, end, (value, value), *unit, (index, index + 1), _GOOD)


def _one_and_more(line: Line, index: int) -> Read | None:
    """`ساعة و20 دقيقة`, `عام ونصف العام`."""
    unit = units.measure(line.words[index].base)
    end = index + 1 + (line.words[index + 1].fold in {"واحده", "واحد", "واحدا"})
    whole = None if unit is None else parts_of_units.continued(line, end, 1, unit.symbol)
    return None if unit is None or whole is None else _measured(line, index, unit, whole)


def _measured(line: Line, index: int, unit: units.Unit, whole: parts_of_units.Whole) -> Read:
    counting: Counting = "age" if unit.symbol == "yr" and is_age(line, index, whole.end) else unit.counting
    comparison: Comparison = "about" if whole.about else "exactly"
    ends = (whole.value, whole.value)
    counted = (index, whole.end)
    found, end = _quantity(line, index, whole.end, ends, counting, whole.unit, counted, _GOOD, comparison)
    return (None if found is None else replace(found, of=stems(line, index, index + 1))), end


def _two(line: Line, index: int) -> Read:
    """`قتيلان`, `جنديين`, `شخصين اثنين`."""
    words = line.words
    counting = counted_words.DUALS[words[index].base][1]
    end = index + 1
    sure = _GOOD
    if words[end].fold in {"اثنين", "اثنان", "اثنتين", "اثنتان"}:
        end, sure = end + 1, _SURE
    if counting in {"people", "fighters", "members"}:
        counting = governing(line, index, end) or counting
    return _quantity(line, index, end, (2, 2), counting, "", (index, index + 1), sure)


def _one_person(line: Line, index: int) -> Read | None:
    """`مقتل مدني`; not where more follow: `مقتل مدني وجنديين`."""
    noun, behind = index + 1, line.words[index + 2]
    if behind.number or behind.fold in {"و", "او"} or (behind.clitic == "و" and behind.heads & NUMBER):
        return None
    counting = counted_words.GOVERNORS[line.words[index].base]
    return _quantity(line, noun, noun + 1, (1, 1), counting, "", (noun, noun + 1), _FAIR)


def _spelt_ordinal(line: Line, index: int, floor: int) -> Read | None:
    """`العضو التسعين`, `الدولة الحادية عشرة`, `في التاسعة عشرة من عمره`."""
    words = line.words
    ordinal = ordinal_at(Context(line, None, lambda _context, _index: None), index)
    if ordinal is None:
        return None
    value, end = float(ordinal[0]), ordinal[1]
    of_life = words[end].fold == "من" and words[end + 1].base in time_words.AGES
    if value < _SMALLEST_ORDINAL and not of_life:
        return None
    in_years = (
        words[index - 1].fold in {"في", "وفي"} and value > _LAST_HOUR and _is_feminine(words[index].fold)
    )
    if in_years or of_life:
        return _quantity(line, index, end, (value, value), "age", "yr", (0, 0), _GOOD)
    place = index - 1
    if words[place].fold.endswith(("ي", "يه")) and words[place - 1].fold.startswith("ال") and place > floor:
        place -= 1  # المؤتمر العالمي الثالث عشر
    noun = words[place]
    plain = _definite_noun(noun)
    if place < floor or not plain.startswith("ال") or len(plain) < 4 or noun.base in _NO_ROWS:
        return None
    if _is_plural(noun.base, plain):
        return None
    sure = _GOOD if noun.base in counted_words.RANKED else _FAIR
    return _quantity(line, place, end, (value, value), "ordinal", "", (place, place + 1), sure)


def _definite(line: Line, index: int, floor: int) -> Read | None:
    """`البحارة السبعة`, `الأشهر الستة`: how many those are of whom the text has spoken."""
    place = index - 1
    noun = line.words[place]
    plain = _definite_noun(noun)
    if place < floor or not plain.startswith("ال") or not _is_plural(noun.base, plain):
        return None
    value = float(number_words.DEFINITE_NUMBERS[line.words[index].fold])
    singular = plain.removeprefix("ال")
    unit = units.unit_at((singular, "", ""))
    counting, symbol = unit[0] if unit is not None else (counted_words.NOUNS.get(singular, "other"), "")
    counted = (place, index)
    return _quantity(line, place, index + 1, (value, value), counting, symbol, counted, _FAIR)


def _definite_noun(noun: Word) -> str:
    """A word with the article that لل has swallowed, and without other letters glued to it."""
    if noun.base.startswith("ال"):
        return noun.base
    return "ال" + noun.fold[2:] if noun.fold.startswith("لل") else noun.fold


def _is_plural(base: str, plain: str) -> bool:
    if base in counted_words.RANKED:
        return False
    listed = base in counted_words.PLURALS or base in time_words.LAST_TIMES
    return listed or plain.endswith(_PLURAL_ENDINGS) or _BROKEN_PLURAL.match(plain) is not None


def _is_feminine(fold: str) -> bool:
    return fold.endswith(("ه", "ي"))


def ranked(line: Line, index: int, number: Number, floor: int) -> Read:
    """`الدولة الـ90`, `العضو رقم 90`: a place in a row; behind a plural (`الدول الـ27`) how many they are."""
    words = line.words
    place, end = index - 2, number.end
    if number.low != number.high:
        return None, end
    if line.words[end].fold == "من" and line.words[end + 1].base in time_words.AGES:
        return _quantity(line, index, end, (number.low, number.high), "age", "yr", (0, 0), _GOOD)
    if place < floor:
        return None, end
    noun = words[place]
    plain = _definite_noun(noun)
    if not plain.startswith("ال") or len(plain) < 4:
        return None, number.end
    plural = _is_plural(noun.base, plain)
    if plural and words[index - 1].base == "رقم":
        return None, number.end
    counting: Counting = (
        "ordinal" if not plural else counted_words.NOUNS.get(plain.removeprefix("ال"), "other")
    )
    sure = _SURE if noun.base in counted_words.RANKED or plural else _FAIR
    ends = (number.low, number.high)
    return _quantity(line, place, number.end, ends, counting, "", (place, place + 1), sure)
