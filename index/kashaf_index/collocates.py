"""Words that stand beside a query's matches more often than chance would put them there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import log, log2
from typing import Final, Literal, get_args

from kashaf.errors import Cancelled, UsageError
from kashaf.text.stopwords import STOP_WORDS
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.analysis import FOLDED, RUNGS, SEPARATOR, STEM, ladder
from kashaf_index.contexts import Progress, nodes, words_after, words_before
from kashaf_index.found import Span
from kashaf_index.matching.postings import tokens
from kashaf_index.model import Query
from kashaf_index.reading import IndexReader
from kashaf_index.search import Searcher

Measure = Literal["ll", "mi"]
Form = Literal["folded", "stem"]
MEASURES: Final[tuple[Measure, ...]] = get_args(Measure)
FORMS: Final[tuple[Form, ...]] = get_args(Form)
_RUNG_OF: Final = {"folded": FOLDED, "stem": STEM}
_POLL: Final = 128


@dataclass(frozen=True, slots=True)
class Collocate:
    """A word beside the matches.

    word: its commonest spelling there. form: what it was counted by, folded or stem. count: how many of its tokens
    stand in a window; before, after: on which side of a match (between two matches it is both). corpus: its tokens
    in the whole index, those that are matches themselves left out. expected: how many of them chance would put into
    the windows. ll, mi: see `log_likelihood` and `mutual_information`. stop: it is a stop word.
    """

    word: str
    form: str
    count: int
    before: int
    after: int
    corpus: int
    expected: float
    ll: float
    mi: float
    stop: bool


@dataclass(frozen=True, slots=True)
class Collocates:
    """words: the first of them by the measure. total: how many passed. window: tokens that stand in any window.

    corpus: tokens of the whole index without those of the matches, `matches` in number.
    """

    words: tuple[Collocate, ...]
    total: int
    matches: int
    window: int
    corpus: int


def collocates(
    searcher: Searcher,
    query: Query,
    before: int = 5,
    after: int = 5,
    measure: Measure = "ll",
    form: Form = "folded",
    minimum: int = 2,
    limit: int = 100,
    stop_words: bool = True,
    cancelled: Callable[[], bool] = lambda: False,
    progress: Progress = lambda _done, _total: None,
) -> Collocates:
    """The words within `before` and `after` words of a match that come there at least `minimum` times and more often
    than expected, the strongest first; equal ones by count, then by form.

    A token within the windows of two matches counts once; tokens of the matches themselves never do. The words are
    compared with the whole index, whatever the query leaves out. Raises as `Searcher.search` does, and UsageError
    for a measure or form that does not exist or a negative number.
    """
    _check(measure, form, before, after, minimum, limit)
    tally = _Tally(_RUNG_OF[form])
    for article, spans in nodes(searcher, query, cancelled, progress):
        tally.add(article.text, spans, before, after)
    found: list[Collocate] = []
    with searcher.reading() as reader:
        corpus = int(reader.lengths[reader.live].sum()) - tally.in_nodes.total()
        window = tally.beside.total()
        for at, (key, count) in enumerate(tally.beside.items()):
            if at % _POLL == 0 and cancelled():
                raise Cancelled
            stop = 2 * tally.stops[key] > count
            if count < max(1, minimum) or (stop and not stop_words):
                continue
            in_corpus = tally.corpus(reader, key)
            expected = window * in_corpus / corpus
            if count > expected:
                numbers = (count, window, in_corpus, corpus)
                ll, mi = log_likelihood(*numbers), mutual_information(*numbers)
                sides = (tally.before[key], tally.after[key])
                word = tally.spelling(key)
                found.append(Collocate(word, key, count, *sides, in_corpus, expected, ll, mi, stop))
    found.sort(key=lambda one: (-(one.ll if measure == "ll" else one.mi), -one.count, one.form))
    return Collocates(tuple(found[:limit]), len(found), tally.matches, window, corpus)


def log_likelihood(count: int, window: int, in_corpus: int, corpus: int) -> float:
    """G2 of Dunning ("Accurate Methods for the Statistics of Surprise and Coincidence", 1993): twice the sum of
    O ln(O/E) over the table of this word and other words, in the windows and outside of them.

    count: the word's tokens in the windows, which hold `window` tokens; in_corpus: its tokens of all `corpus` ones.
    Above 3.84, 6.63, 10.83 and 15.13 chance is at fault in less than 5, 1, .1 and .01 % of cases.
    """
    cells = (
        (count, window, in_corpus),
        (window - count, window, corpus - in_corpus),
        (in_corpus - count, corpus - window, in_corpus),
        (corpus - window - in_corpus + count, corpus - window, corpus - in_corpus),
    )
    total = sum(
        observed * log(observed * corpus / (row * column)) for observed, row, column in cells if observed > 0
    )
    return max(0.0, 2 * total)


def mutual_information(count: int, window: int, in_corpus: int, corpus: int) -> float:
    """log2(O/E), the association ratio of Church and Hanks ("Word Association Norms, Mutual Information, and
    Lexicography", 1990) with the tokens of all windows as the span. It favours rare words. Numbers as above, and
    count > 0.
    """
    return log2(count * corpus / (window * in_corpus))


class _Tally:
    """Counts tokens beside matches, by their reading at one rung: a folded word or a stem."""

    def __init__(self, rung: int) -> None:
        self._rung = rung
        self.beside: Counter[str] = Counter()
        self.before: Counter[str] = Counter()
        self.after: Counter[str] = Counter()
        self.stops: Counter[str] = Counter()
        self.in_nodes: Counter[str] = Counter()
        self.matches = 0
        self._spellings: dict[str, Counter[str]] = {}
        self._prefixes: dict[str, bytes] = {}
        self._read: dict[str, tuple[tuple[str, bool], ...]] = {}

    def add(self, text: str, spans: Sequence[Span], before: int, after: int) -> None:
        """Count what stands around the matches of one text, which are in its order."""
        left: dict[int, str] = {}
        right: dict[int, str] = {}
        inside: dict[int, str] = {}
        for start, end in spans:
            left |= {word.start(): word.group() for word in words_before(text, start, before)}
            right |= {word.start(): word.group() for word in words_after(text, end, after)}
            inside |= {word.start(): word.group() for word in WORD.finditer(text, start, end)}
        self.matches += len(spans)
        for at, surface in (left | right).items():
            if at in inside:
                continue
            for form, stop in self._forms(surface):
                self.beside[form] += 1
                self.before[form] += at in left
                self.after[form] += at in right
                self.stops[form] += stop
                self._spellings.setdefault(form, Counter())[surface] += 1
        for surface in inside.values():
            self.in_nodes.update(form for form, _ in self._forms(surface))

    def spelling(self, form: str) -> str:
        """The commonest spelling; of equally common ones the first by code point."""
        return min(self._spellings[form].items(), key=lambda item: (-item[1], item[0]))[0]

    def corpus(self, reader: IndexReader, form: str) -> int:
        """Tokens of the form in the index, those of matches left out."""
        in_all = tokens(reader, "text", self._prefixes[form])
        return max(self.beside[form], in_all - self.in_nodes[form])

    def _forms(self, surface: str) -> tuple[tuple[str, bool], ...]:
        """The forms of a surface's tokens, nearly always one, and whether each is a stop word."""
        known = self._read.get(surface)
        if known is None:
            forms: list[tuple[str, bool]] = []
            for reading in map(ladder, exact_forms(surface)):
                # A term begins with the readings from the widest to this rung's.
                parts = reading[: len(RUNGS) - self._rung]
                self._prefixes[parts[-1]] = SEPARATOR.join([*parts, ""]).encode()
                forms.append((parts[-1], reading.folded in STOP_WORDS))
            known = tuple(forms)
            self._read[surface] = known
        return known


def _check(measure: str, form: str, *numbers: int) -> None:
    for name, value, known in (("measure", measure, MEASURES), ("form", form, FORMS)):
        if value not in known:
            raise UsageError(f"{value} is not a {name}", cure=f"Use one of {', '.join(known)}")
    if min(numbers) < 0:
        raise UsageError("a window, a count or a limit cannot be negative", cure="Use 0 or more")
