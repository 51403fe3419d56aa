"""The words of texts that some slot of a query accepts, out of many texts at once.

A text has hundreds of words of which a few are asked for. Words are found and told apart by arrays; one never seen
goes to a slot only when it has the letters that the slot cannot do without.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from kashaf.text.clitics import with_proclitics
from kashaf.text.distance import letters
from kashaf.text.fold import fold_word
from kashaf.text.tokens import exact_forms
from kashaf_index.bulk.hashing import LONGEST, HashTable, hashes
from kashaf_index.bulk.tokens import Words, find_words
from kashaf_index.codec.numbers import offsets, spread
from kashaf_index.found import Span
from kashaf_index.query.slots import Accepted, FuzzySlot, PatternSlot, Slot
from kashaf_index.words.table import Bits, Numbers

#: Of one word: the numbers of the slots that accept it, and how.
Verdict = Mapping[int, Accepted]
#: A word's place among those of its text, its span, and its verdict, which may be empty.
Judged = tuple[int, Span, Verdict]

_LIMIT: Final = 1 << 18  # surfaces remembered; a dozen bytes each
_LONG_LIMIT: Final = 1 << 20  # characters of long ones remembered, which are kept whole
_ALL: Final = (1 << 64) - 1
_WEAK: Final = str.maketrans("", "", "اوي")
_UNKNOWN: Final = -1
_NONE: Final = 0  # the number of the verdict on a word that nothing accepts


class Surfaces:
    """Remembers the words that it was shown; for any thread.

    verdicts: of a surface, for each of the words that it stands for (a ligature may be several) those slots that
    accept it, by their numbers in `slots`.
    """

    def __init__(self, slots: Sequence[Slot], verdicts: Callable[[str], tuple[Verdict, ...]]) -> None:
        self._verdicts = verdicts
        self._needed = _Needed.of(slots)
        self._lock = threading.Lock()
        self._forget()

    def accepted(self, texts: Sequence[str]) -> list[list[Judged]]:
        """Of each text the words that are accepted, in its order, and maybe some that are not."""
        words = find_words(texts)
        with self._lock:
            if len(self._known) > _LIMIT or self._held > _LONG_LIMIT:
                self._forget()
            numbers = self._numbers(words)
            met = np.flatnonzero(numbers)
            judged = [self._judged[number] for number in numbers[met].tolist()]
        bases = words.bases.tolist()
        firsts = offsets(words.counts)
        of = np.searchsorted(firsts, met, side="right") - 1
        found: list[list[Judged]] = [[] for _ in texts]
        more = [0] * len(texts)  # words that ligatures stood for beyond the first, by text
        spans = zip(
            of.tolist(),
            (met - firsts[of]).tolist(),
            words.starts[met].tolist(),
            words.ends[met].tolist(),
            judged,
            strict=True,
        )
        for text, place, start, end, verdicts in spans:
            base = bases[text]
            for verdict in verdicts:
                found[text].append((place + more[text], (start - base, end - base), verdict))
                more[text] += 1
            more[text] -= 1
        return found

    def _forget(self) -> None:
        self._known = HashTable()
        self._long: dict[str, int] = {}
        self._held = 0  # characters in it
        self._judged: list[tuple[Verdict, ...]] = [()]

    def _numbers(self, words: Words) -> NDArray[np.int32]:
        """By word the number of its verdicts, `_NONE` for one word that nothing accepts."""
        keys = hashes(words.codes, words.starts, words.ends)
        numbers = self._known.find(keys)
        for long in np.flatnonzero(words.ends - words.starts > LONGEST).tolist():
            # Their hash tells only how they begin.
            surface = words.surface(long)
            if surface not in self._long:
                self._long[surface] = self._judge(surface)
                self._held += len(surface)
            numbers[long] = self._long[surface]
        new = np.flatnonzero(numbers == _UNKNOWN)
        if len(new):
            new = new[np.argsort(keys[new])]
            first = np.append(True, keys[new[1:]] != keys[new[:-1]])
            distinct = new[first]
            judged = np.zeros(len(distinct), np.int32)
            for row in np.flatnonzero(self._needed.may_accept(_letters(words, distinct))).tolist():
                judged[row] = self._judge(words.surface(int(distinct[row])))
            self._known.add(keys[distinct], judged)
            numbers[new] = judged[np.cumsum(first) - 1]
        return numbers

    def _judge(self, surface: str) -> int:
        verdicts = self._verdicts(surface)
        if len(verdicts) == 1 and not verdicts[0]:
            return _NONE
        self._judged.append(verdicts)
        return len(self._judged) - 1


class _Needed(NamedTuple):
    """What slots cannot do without: one of the sets of letters, or letters close to those of a fuzzy word.

    sets: bits as of `kashaf.text.distance.letters`. close: bits, and in how many a word may differ.
    """

    sets: tuple[int, ...]
    close: tuple[tuple[int, int], ...]

    @classmethod
    def of(cls, slots: Sequence[Slot]) -> _Needed:
        sets: dict[int, None] = {}
        close: dict[tuple[int, int], None] = {}
        for slot in slots:
            if isinstance(slot, PatternSlot):
                first, *others = slot.folded
                forms = (first, *(form for form, _ in slot.behind_proclitics()))
                sets[_shared(forms) | letters("".join(others))] = None
                continue
            # A root is what is left of a word, but that weak letters change; and so for a word of its stem.
            sets[letters(slot.reading.root.translate(_WEAK))] = None
            sets[_shared([form for form, _ in with_proclitics(slot.reading.folded)])] = None
            if isinstance(slot, FuzzySlot):
                folded = slot.reading.folded
                close[letters(folded), 2 * slot.distance] = None
                if 2 * len(folded) > LONGEST:  # words are cut there, and letters beyond do not count
                    sets[0] = None
        return cls(tuple(sets), tuple(close))

    def may_accept(self, bits: Bits) -> NDArray[np.bool_]:
        """Which words of these letters some slot may accept; for all bits it always may."""
        may: NDArray[np.bool_] = np.equal(bits, np.uint64(_ALL))
        for needed in map(np.uint64, self.sets):
            may |= bits & needed == needed
        for wanted, most in self.close:
            may |= np.bitwise_count(bits ^ np.uint64(wanted)) <= most
        return may


def _shared(forms: Sequence[str]) -> int:
    """The letters that all forms have."""
    bits = _ALL
    for form in forms:
        bits &= letters(form)
    return bits


def _letters(words: Words, which: Numbers) -> Bits:
    """The folded letters of some words; all bits for one that may stand for several."""
    starts = words.starts[which]
    lengths = words.ends[which] - starts
    codes = words.codes[spread(starts, lengths)]
    bits = _Letters.of(codes)
    return np.bitwise_or.reduceat(bits, offsets(lengths)[:-1]) if len(which) else bits


class _Letters:
    """By code point, the bits of its fold; all bits for what was not met yet, or stands for several words."""

    _known: Bits = np.full(0x700, _ALL, np.uint64)

    @classmethod
    def of(cls, codes: NDArray[np.uint16] | NDArray[np.uint32]) -> Bits:
        known = cls._known
        top = int(codes.max(initial=0))
        if top >= len(known):
            known = np.append(known, np.full(top + 1 - len(known), _ALL, np.uint64))
        bits = known[codes]
        new = codes[bits == np.uint64(_ALL)]
        if not len(new):
            return bits
        known = known.copy()
        for code in set(new.tolist()):
            forms = exact_forms(chr(code))
            known[code] = letters("".join(map(fold_word, forms))) if len(forms) == 1 else _ALL
        cls._known = known
        return known[codes]
