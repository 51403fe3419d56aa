"""Numbers of a line with what they count. A number that counts nothing the line names is none of these: counters of
views, telephones, scores, hours, articles of laws and names that hold a number (الفرقة 84)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from kashaf.entities.model import Comparison, Counting, Quantity
from kashaf.entities.values import comparisons, counted_words, number_ranges, parts_of_units
from kashaf.entities.values.counted import Counted, counted_at, is_age, share_of
from kashaf.entities.values.governors import NumberOf, governing, number_of
from kashaf.entities.values.lexicon import COUNTER, NUMBER
from kashaf.entities.values.no_numbers import after_no_number, is_label, may_be_year
from kashaf.entities.values.numbers import Number, read_number
from kashaf.entities.values.stems import bare_noun, stems
from kashaf.entities.values.tables import folded
from kashaf.entities.values.unwritten import Read, count_at, ranked
from kashaf.entities.values.words import Line

_ARTICLES: Final = frozenset({"ال", "بال", "وال", "لل", "كال", "فال", "ولل", "وبال"})
_NO_SPORT: Final = folded("نهائي النهائي نهائيا")
_PARTS: Final = frozenset({0.25, 1 / 3, 0.5, 2 / 3, 0.75})
_OF_THEM: Final = folded("بينهم بينها بينهما منهم منها ضمنهم")
_OF_THEM_REACH: Final = 5
_HAPPENED: Final[frozenset[Counting]] = frozenset(
    {"killed", "wounded", "missing", "arrested", "displaced", "captured", "rescued"}
)
_TO_ANYBODY: Final[frozenset[Counting]] = frozenset({"killed", "wounded", "rescued"})
_OPEN: Final[frozenset[Counting]] = frozenset({"other", "people", "fighters", "members"})
#: What a bare number behind `مقابل` counts again: `63 صوتا مقابل 41`.
_BARE_AGAIN: Final[frozenset[Counting]] = _HAPPENED | _OPEN | {"votes"}
_SURE: Final = 0.95
_GOOD: Final = 0.85
_FAIR: Final = 0.7
_BARE: Final = 0.6
_BARE_REACH: Final = 3
_LEAST: Final = 0.55


def read_quantities(line: Line, taken: Sequence[tuple[int, int]]) -> list[Quantity]:
    """The quantities of a line outside the words `taken` (ranges of indices in order), in order, without overlap."""
    found: list[Quantity] = []
    reader = _Reader(line)
    beyond = line.count + 1
    spans = iter(taken)
    start, end = next(spans, (beyond, beyond))
    index = 0
    while index < line.count:
        if index >= start:
            index = reader.floor = max(index, end)
            start, end = next(spans, (beyond, beyond))
            continue
        if not line.words[index].heads & (NUMBER | COUNTER):
            index += 1
            continue
        reader.ceiling = min(start, line.count)
        quantity, after = reader.at(index)
        if after > start:
            index += 1
            continue
        if quantity is not None:
            found.append(quantity)
            reader.floor = after
            reader.last = (after, quantity.counting)
        index = max(after, index + 1)
    return found


class _Reader:
    """Reads one line.

    floor: the first word that no date or quantity before holds. ceiling: the first that the next date holds. last:
    the index after the last quantity, and what it counts.
    """

    __slots__ = ("ceiling", "floor", "last", "line", "words")

    def __init__(self, line: Line) -> None:
        self.line = line
        self.words = line.words
        self.floor = 0
        self.ceiling = line.count
        self.last: tuple[int, Counting] | None = None

    def at(self, index: int) -> Read:
        """The quantity that begins at a word, and the index to go on from."""
        word = self.words[index]
        if word.heads & COUNTER and not word.number:
            special = count_at(self.line, index, self.floor)
            if special is not None:
                return special
            if not word.heads & NUMBER:
                return None, index + 1
        if word.number and (skipped := after_no_number(self.line, index)):
            return None, skipped
        number = read_number(self.line, index)
        if number is None:
            return None, self._past_scale(index)
        ranged = number_ranges.continued(self.line, index, number, self.ceiling)
        number, between = (number, False) if ranged is None else (ranged, True)
        if number.end > self.ceiling:
            return None, index + 1
        return self._counting(index, number, between)

    def _past_scale(self, index: int) -> int:
        """The index after a number of no certain value and its scale, which is none by itself: `3ر5 مليون`."""
        end = index + 1
        scaled = self.words[index].number and self.words[end].heads & NUMBER and not self.words[end].skip
        return end + 1 if scaled and not self.words[end].number else end

    def _counting(self, index: int, number: Number, between: bool) -> Read:
        """The quantity of a number, from the words around it."""
        words, end = self.words, number.end
        counted = counted_at(self.line, end, number) if end < self.ceiling else None
        if counted is not None and counted.end > self.ceiling:
            counted = None
        before = words[index - 1].fold
        definite = index > self.floor and before in _ARTICLES and bool(words[index].number)
        if counted is None and (definite or words[index - 1].base == "رقم"):
            return ranked(self.line, index, number, self.floor)
        if number.spelt and number.low in _PARTS and not self._is_part(counted, end):
            return None, end
        first, comparison = self._compared(index - definite, number, between)
        told = number_of(self.line, first) if counted is None or not counted.unit else None
        what = self._what(index, first, number, counted)
        if what is None and (told is None or is_label(self.line, first)):
            return None, end
        counting, sure = what or ("other", _FAIR)
        if sure < _LEAST:
            return None, end
        return self._read(first, number, comparison, counting, sure, counted, told)

    def _read(
        self,
        first: int,
        number: Number,
        comparison: Comparison,
        counting: Counting,
        sure: float,
        counted: Counted | None,
        told: NumberOf | None,
    ) -> Read:
        line = self.line
        end, unit, written = number.end, "", ""
        low, high = number.low, number.high
        of: tuple[str, ...] = ()
        if counting == "percent":
            assert counted is not None
            unit = counted.unit
            written, of, end = share_of(line, counted.end, first, self.ceiling)
        elif counted is not None:
            end, unit = counted.end, counted.unit
            whole = None
            if counted.unit and low == high:
                whole = parts_of_units.continued(line, end, low, counted.unit)
            if whole is not None and whole.end <= self.ceiling:
                low = high = whole.value
                unit, end = whole.unit, whole.end
                comparison = "about" if whole.about and comparison == "exactly" else comparison
            written, of = line.form(counted.first, end), stems(line, counted.first, counted.end)
        elif told is not None and told.noun >= 0:
            of = stems(line, told.noun, told.noun + 1, bare_noun)
        if told is not None and counting in _OPEN and told.counting != "other":
            counting = told.counting
        after = comparisons.behind(line, end) if comparison in {"exactly", "between"} else None
        if after is not None and after[1] <= self.ceiling:
            comparison, end = (after[0] if comparison == "exactly" else comparison), after[1]
        start, stop = line.begin(first), line.ends[end - 1]
        form = line.text[start:stop]
        return Quantity(start, stop, form, low, high, comparison, counting, unit, written, of, sure), end

    def _compared(self, first: int, number: Number, between: bool) -> tuple[int, Comparison]:
        """The index of the first word with the comparison before the number, and the comparison."""
        if between:
            return first - (self.words[first - 1].base == "بين" and first > self.floor), "between"
        found = comparisons.before(self.line, first)
        if found is not None and found[1] >= self.floor:
            return found[1], found[0]
        return first, "exactly" if number.low == number.high else "about"

    def _is_part(self, counted: Counted | None, end: int) -> bool:
        """Whether a half is a half of something: not the half-final."""
        fold = self.words[end].fold
        return counted is not None and fold not in _NO_SPORT and (bool(counted.unit) or fold.startswith("ال"))

    def _what(
        self, index: int, first: int, number: Number, counted: Counted | None
    ) -> tuple[Counting, float] | None:
        """What is counted and how sure that is; None when it is nothing."""
        sure = number.confidence
        line, words = self.line, self.words
        alone = number.spelt and number.low == number.high and number.low <= 1 and number.low not in _PARTS
        if alone and (counted is None or not counted.unit):
            return None
        if counted is None:
            if words[first - 1].fold == "مقابل" and self.last is not None and self._is_last(first - 1):
                return (self.last[1], min(sure, _FAIR)) if self.last[1] in _BARE_AGAIN else None
            happened = governing(line, first, number.end, _BARE_REACH)
            if happened is None and words[first - 1].base.startswith("ال"):
                happened = counted_words.NOUNS.get(words[first - 1].base)
            if happened is None and (number.scale > 1 or comparisons.before(line, index) is not None):
                happened, sure = "other", min(sure, _BARE)
            return None if happened is None or is_label(line, first) else (happened, min(sure, _FAIR))
        counting = counted.counting
        if counted.unit == "yr" and is_age(line, index, counted.end):
            return "age", min(sure, _GOOD)
        if counted.unit or counting == "money":
            return counting, min(sure, _SURE)
        if words[index - 1].fold == "كل":  # `أربعة من كل عشرة أطفال`
            return None
        if not counted.known and may_be_year(line, index, first, number):
            return None
        if counting in _OPEN and words[counted.first].fold not in counted_words.THINGS:
            happened = governing(line, first, counted.end)
            if happened is not None and (counted.known or happened in _TO_ANYBODY):
                return happened, min(sure, _GOOD)
            if happened is None and counted.known and (inherited := self._inherited(first)) is not None:
                return inherited, min(sure, _FAIR)
        return counting, min(sure, _SURE if counted.known else _FAIR)

    def _is_last(self, end: int) -> bool:
        """Whether the last quantity ends before a word, or before the comma that stands before it."""
        comma = self.words[end - 1].fold == "،"
        return self.last is not None and self.last[0] == end - comma

    def _inherited(self, first: int) -> Counting | None:
        """What happened to those counted before: `مقتل 3 جنود و5 مدنيين`, `قتلت 49 مدنيا، بينهم 11 طفلا`."""
        if self.last is None or self.last[1] not in _HAPPENED:
            return None
        after, counting = self.last
        if self.words[first - 1].fold == "و" and after == first - 1:
            return counting
        if 0 < first - after <= _OF_THEM_REACH and self.words[first - 1].base in _OF_THEM:
            return counting
        return None
