"""How far two coders agree: the same articles, the same codes, the same words?

Per code of the codebook: how many segments each coded, how much of what either marked both marked, and Cohen's κ,
which takes off what two coders would agree on by chance, over words and over paragraphs (J. Cohen, "A coefficient of
agreement for nominal scales", Educational and Psychological Measurement 20 (1), 1960, pp. 37-46). κ over words is the
stricter: it punishes a segment that begins a word earlier; κ over paragraphs only asks whether both saw the code.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kashaf.notes.anchoring import anchor_of
from kashaf.notes.codebook import ancestors
from kashaf.notes.past import history_of
from kashaf.notes.view import TAGS, texts
from kashaf.text.tokens import tokenise

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.model import Note

Span: TypeAlias = tuple[int, int]
Why: TypeAlias = Literal["", "no units", "no variation"]

_ANY: Final = ""
_FOUND: Final = ("exact", "moved")


@dataclass(frozen=True, slots=True)
class Kappa:
    """Units (words or paragraphs) by who gave them the code: both coders, one of them, or neither."""

    both: int = 0
    first: int = 0
    second: int = 0
    neither: int = 0

    @property
    def n(self) -> int:
        return self.both + self.first + self.second + self.neither

    @property
    def observed(self) -> float | None:
        """The share of units on which the coders agree; None without units."""
        return (self.both + self.neither) / self.n if self.n else None

    @property
    def value(self) -> float | None:
        """Cohen's κ, from -1 to 1; None where it is undefined, see `why`."""
        if self.why:
            return None
        yes = (self.both + self.first) * (self.both + self.second)
        no = (self.second + self.neither) * (self.first + self.neither)
        chance = (yes + no) / self.n**2
        return ((self.both + self.neither) / self.n - chance) / (1 - chance)

    @property
    def why(self) -> Why:
        """Why there is no κ: nothing was there to code, or both gave every unit one and the same answer."""
        if not self.n:
            return "no units"
        return "no variation" if self.n in (self.both, self.neither) else ""


@dataclass(frozen=True, slots=True)
class CodeAgreement:
    """One code, or all together when `code` is empty: then a word counts that any code was given.

    first, second: segments of either coder. shared, covered: code points that both marked, and that either did.
    """

    code: str
    first: int
    second: int
    shared: int
    covered: int
    words: Kappa
    paragraphs: Kappa

    @property
    def overlap(self) -> float | None:
        """Jaccard's index: of what either marked, the share that both did; None when nobody marked a thing."""
        return self.shared / self.covered if self.covered else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """articles: the ids of those that both coded; everything else is over these. codes: in alphabetical order.

    left_out: segments of the two coders whose words, or whose article, are not found any more.
    """

    articles: tuple[str, ...]
    overall: CodeAgreement
    codes: tuple[CodeAgreement, ...]
    left_out: tuple[int, int] = (0, 0)


def agreement(
    first: Iterable[Note], second: Iterable[Note], article: Callable[[str], Article | None]
) -> Agreement:
    """The agreement of two coders over the articles in which both gave a code to words.

    article: the article of an id as it is now, None when it is not there. A segment of a code is one also of the
    codes above it: who says `سلاح/كيماوي` says `سلاح`. Segments count where their words stand now.
    """
    coders = _by_article(first), _by_article(second)
    tallies: dict[str, _Tally] = {_ANY: _Tally()}
    coded: list[str] = []
    left_out = [0, 0]
    words = paragraphs = 0
    for article_id in sorted(coders[0].keys() & coders[1].keys()):
        found = article(article_id)
        segments: list[dict[str, list[Span]]] = []
        for number, notes in enumerate(coders):
            placed, lost = _segments(notes[article_id], found)
            segments.append(placed)
            left_out[number] += lost
        if found is None or not all(segments):
            continue
        coded.append(article_id)
        units = _Units(found)
        words += len(units.words)
        paragraphs += len(units.paragraphs)
        for code in segments[0].keys() | segments[1].keys():
            tally = tallies.setdefault(code, _Tally())
            tally.add(units, segments[0].get(code, ()), segments[1].get(code, ()))
    rows = {code: tally.row(code, words, paragraphs) for code, tally in sorted(tallies.items())}
    overall = rows.pop(_ANY)
    return Agreement(tuple(coded), overall, tuple(rows.values()), (left_out[0], left_out[1]))


def by_coder(notes: Iterable[Note], name: Callable[[str], str] = str) -> dict[str, list[Note]]:
    """What each analyst coded, in alphabetical order: notes with those of their tags that this analyst gave them.

    Who gave a tag is told by the versions; nobody's tags are under an empty name. A note without tags is whose it
    is. name: what a tag is called now: who only renamed a code has coded nothing.
    """
    found: dict[str, list[Note]] = {}
    for note in notes:
        for coder, tags in _given(note, name).items():
            found.setdefault(coder, []).append(replace(note, tags=tags))
    return dict(sorted(found.items()))


def _given(note: Note, name: Callable[[str], str]) -> dict[str, tuple[str, ...]]:
    tags = tuple(dict.fromkeys(map(name, note.tags)))
    coders: dict[str, set[str]] = {tag: set() for tag in tags}
    for past in history_of(note):
        for changed in past.changes:
            if changed.field != TAGS:
                continue
            before = {name(tag) for tag in texts(changed.before)}
            for tag in map(name, texts(changed.after)):
                if tag in coders and tag not in before:
                    coders[tag].add(past.version.author)
    # What a version of which only the end is known gave is put down to who made the note.
    by: dict[str, list[str]] = {coder: [] for tag in tags for coder in coders[tag] or {note.author}} or {
        note.author: []
    }
    for coder, given in by.items():
        given += [tag for tag in tags if coder in (coders[tag] or {note.author})]
    return {coder: tuple(given) for coder, given in by.items()}


def _by_article(notes: Iterable[Note]) -> dict[str, list[Note]]:
    """Notes that give codes to words, by article."""
    found: dict[str, list[Note]] = {}
    for note in notes:
        if note.words is not None and note.tags:
            found.setdefault(note.article_id, []).append(note)
    return found


def _segments(notes: Iterable[Note], article: Article | None) -> tuple[dict[str, list[Span]], int]:
    """Spans by code, all of them under the empty one as well, and the number of notes whose words are not there."""
    spans: dict[str, list[Span]] = {}
    lost = 0
    for note in notes:
        anchor = anchor_of(note.target, article)
        if anchor.state not in _FOUND or anchor.start is None or anchor.end is None:
            lost += 1
            continue
        codes = {code for tag in note.tags for code in (tag, *ancestors(tag))}
        for code in (_ANY, *codes):
            spans.setdefault(code, []).append((anchor.start, anchor.end))
    return spans, lost


class _Units:
    """Where the words and the paragraphs of an article are, in order; paragraphs without text are none."""

    def __init__(self, article: Article) -> None:
        self.words: Sequence[Span] = [(word.start, word.end) for word in tokenise(article.text)]
        self.paragraphs: Sequence[Span] = [
            (one.start, one.end) for one in article.paragraphs() if one.start < one.end
        ]


@dataclass(slots=True)
class _Tally:
    """What was counted of one code so far. words, paragraphs: given the code by both, the first, the second only."""

    first: int = 0
    second: int = 0
    shared: int = 0
    covered: int = 0
    words: list[int] = field(default_factory=lambda: [0, 0, 0])
    paragraphs: list[int] = field(default_factory=lambda: [0, 0, 0])

    def add(self, units: _Units, one: Sequence[Span], two: Sequence[Span]) -> None:
        self.first += len(one)
        self.second += len(two)
        covered = _length([*one, *two])
        self.covered += covered
        self.shared += _length(one) + _length(two) - covered
        for counts, of in ((self.words, units.words), (self.paragraphs, units.paragraphs)):
            mine, yours = _touched(of, one), _touched(of, two)
            for number, touched in enumerate((mine & yours, mine - yours, yours - mine)):
                counts[number] += len(touched)

    def row(self, code: str, words: int, paragraphs: int) -> CodeAgreement:
        return CodeAgreement(
            code,
            self.first,
            self.second,
            self.shared,
            self.covered,
            _kappa(self.words, words),
            _kappa(self.paragraphs, paragraphs),
        )


def _kappa(counts: Sequence[int], total: int) -> Kappa:
    return Kappa(counts[0], counts[1], counts[2], total - sum(counts))


def _length(spans: Sequence[Span]) -> int:
    """Code points in at least one of the spans."""
    length = reached = 0
    for start, end in sorted(spans):
        length += max(0, end - max(start, reached))
        reached = max(reached, end)
    return length


def _touched(units: Sequence[Span], spans: Sequence[Span]) -> set[int]:
    """The numbers of the units of which at least one code point lies in a span."""
    return {
        number
        for start, end in spans
        for number in range(
            bisect_right(units, start, key=lambda unit: unit[1]),
            bisect_left(units, end, key=lambda unit: unit[0]),
        )
    }
