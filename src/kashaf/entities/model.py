"""What the entities room hands out: what one article says of whom, when and how many, and rows of the corpus's lists.

All spans are `[start, end)` in code points of `Article.text`; a `form` is the text there.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

EntityType = Literal["person", "place", "organization"]
MentionType = Literal["person", "place", "organization", "date"]
#: What found a mention: the name book, the tagger, a cue word, a gazetteer, the article's own earlier words.
Source = Literal["book", "tagger", "cue", "gazetteer", "in-article"]
#: Why a form bears the name it is listed under. `""`: it is the name itself, or spelt like it.
#: alias: the book says so. surname, short form, acronym, title: the article said the full name with it.
#: spelling, article, sound, particle: across the corpus, by a variant spelling, the definite article, a class of
#: transliteration (غ ج ق), or بن and ال left out. analyst: merged or renamed by hand.
Link = Literal[
    "",
    "alias",
    "surname",
    "short form",
    "acronym",
    "title",
    "spelling",
    "article",
    "sound",
    "particle",
    "analyst",
]

ENTITY_TYPES: tuple[EntityType, ...] = ("person", "place", "organization")
MENTION_TYPES: tuple[MentionType, ...] = (*ENTITY_TYPES, "date")


class EntityKey(NamedTuple):
    """What names an entity of the corpus: its type and the name that lists show."""

    type: MentionType
    name: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One place in an article where an entity is named, or a date stands.

    name: as lists show it: the book's canonical name, or the fullest form in the article; for a date its EDTF value.
    confidence: from 0 to 1, that the span, the type and the name are right. link: why the form bears the name.
    """

    name: str
    type: MentionType
    start: int
    end: int
    form: str
    source: Source
    confidence: float = 1.0
    link: Link = ""


Granularity = Literal["day", "week", "month", "season", "year", "decade", "century", "interval"]


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date as written, and what it is worth.

    edtf: in the Extended Date/Time Format (ISO 8601-2:2019, level 1, and level 2 for what is open within a year):
        `2025-10-24`, `2025-10`, `202X`, `XXXX-10-24` when no year is said and none can be known,
        `2025-10-01/2025-11-06`, `2015~` for about, `1995%` for a value that the calendar makes approximate.
        Empty when two readings are as good as each other: nothing is guessed.
    earliest, latest: first and last day that it may mean, None where it is open.
    calendar: as written. anchored: counted from the day of publication (`أمس`), or of its year (`نوفمبر الماضي`).
    note: what makes it less than sure, in words; or empty.
    """

    start: int
    end: int
    form: str
    edtf: str
    earliest: date | None
    latest: date | None
    granularity: Granularity
    calendar: str = "gregorian"
    anchored: bool = False
    confidence: float = 1.0
    note: str = ""


Comparison = Literal["exactly", "about", "more than", "at least", "less than", "at most", "between"]
#: What a number counts. `ordinal`: the place in a row (`الدولة الـ90`). `other`: the counted word alone says it.
Counting = Literal[
    "killed", "wounded", "missing", "arrested", "displaced", "captured", "rescued",
    "people", "fighters", "members", "votes", "money", "percent", "distance", "area", "weight",
    "volume", "temperature", "energy", "duration", "age", "speed", "times", "ordinal", "other",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with what it counts: `أكثر من 80 دولة`, `نحو 12 قتيلا`, `مليون ونصف المليون دولار`.

    start, end: of number and counted words together. low, high: the same but for `between`, and for `about` of vague
    words (عشرات الآلاف: 20,000 to 99,999). A percentage is of `of`, and `counted` may be empty.
    unit: the ISO 4217 code of money, the symbol of a measure (`km`, `kg`, `%`, `h`), or empty.
    counted: the counted words as written, without the number, one line; `of` is their folded light stems, by which
    figures of two articles are compared.
    """

    start: int
    end: int
    form: str
    low: float
    high: float
    comparison: Comparison
    counting: Counting
    unit: str
    counted: str
    of: tuple[str, ...]
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Quotation:
    """Something that somebody is said to have said.

    start, end: the words quoted or reported, without quotation marks. direct: they stand in quotation marks.
    verb: the verb of saying or `وفق`, with its span. Empty with span (0, 0) when there is none.
    speaker: the entity's name as lists show it, its type, and the span of the words that name it (which may be a
    pronoun's antecedent sentences before); name and type empty when nobody is named.
    """

    start: int
    end: int
    direct: bool
    verb: str
    verb_start: int
    verb_end: int
    speaker: str
    speaker_type: EntityType | Literal[""]
    speaker_start: int
    speaker_end: int
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read out of one article, each in order of the text.

    mentions: entities and those dates that have a value, without overlap. dates: every date.
    """

    mentions: tuple[Mention, ...] = ()
    dates: tuple[DateMention, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    quotations: tuple[Quotation, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityRow:
    """One entity of a set of articles.

    articles, mentions: how many of each. variants: the forms it was met in and how often, most frequent first.
    last: day of publication of the newest of the articles. trend: its articles by month, the last twelve months of
    the corpus, oldest first. surprise: log-likelihood ratio (Dunning 1993) of its articles in the set against the
    rest of the corpus, negative when it is rarer in the set; 0 for the whole corpus.
    """

    name: str
    type: MentionType
    articles: int
    mentions: int
    variants: tuple[tuple[str, int], ...]
    last: date | None = None
    trend: tuple[int, ...] = ()
    surprise: float = 0.0
