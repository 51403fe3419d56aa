"""What may be meant by the beginning of a word in the search box: earlier queries, names, words, values of fields."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Final, Literal, Protocol

from kashaf.errors import Cancelled
from kashaf.text.fold import fold_word
from kashaf.text.stem import stem
from kashaf_index.analysis import outlet_key
from kashaf_index.model import Query
from kashaf_index.rewording import FIELD_NAMES, LONGEST, Typed, typed_at
from kashaf_index.vocabulary import vocabulary_of

if TYPE_CHECKING:
    from kashaf_index.analysis import Rung
    from kashaf_index.search import Searcher

CompletionKind = Literal["history", "person", "place", "organization", "outlet", "language", "field", "word"]

_LONGEST_WORD: Final = 64
_EACH: Final = 3  # of history and names together with words
_FIELDS_SHOWN: Final = 1
_WIDER: Final = 6  # times as many words are looked at as are shown: many share a stem
_ENTITIES: Final = ("person", "place", "organization")


class Named(Protocol):
    """A name with the number of articles it is in, as `kashaf.entities.model.EntityRow` is one."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> str: ...
    @property
    def articles(self) -> int: ...


class Past(Protocol):
    """A query that was run, as `kashaf.history.PastQuery` is one."""

    @property
    def text(self) -> str: ...
    @property
    def hits(self) -> int: ...


@dataclass(frozen=True, slots=True)
class Completion:
    """Text to put in place of [start, end) of what was typed.

    count: articles it finds: for a word at the rung asked for, for a past query what it found then; None where that
    means nothing.
    """

    kind: CompletionKind
    text: str
    start: int
    end: int
    count: int | None = None


def completions(
    searcher: Searcher,
    text: str,
    cursor: int,
    entities: Iterable[Named] = (),
    history: Sequence[Past] = (),
    limit: int = 8,
    *,
    rung: Rung = "stem",
    cancelled: Callable[[], bool] = lambda: False,
) -> tuple[Completion, ...]:
    """Completions at a cursor (in code points), earlier queries first, then names, then words by their articles.

    entities: by number of articles, the most first. history: the last run first. Where nothing is typed it is the
    history. Raises Cancelled and IndexDamaged.
    """
    typed = typed_at(text, cursor)
    if len(typed.begun) > _LONGEST_WORD:
        return ()
    if typed.field not in {"", "title"}:
        return tuple(islice(_values(searcher, typed, entities), limit))
    share = limit if not typed.begun else _EACH
    found = list(islice(_past(text, cursor, history), share))
    if typed.begun:
        found += islice(_names(typed, entities), _EACH)
        fields = list(islice(_fields(typed), _FIELDS_SHOWN))
        found += _words(searcher, typed, limit - len(found) - len(fields), rung, cancelled)
        found += fields
    return tuple(found[:limit])


def _past(text: str, cursor: int, history: Sequence[Past]) -> Iterator[Completion]:
    if cursor > LONGEST:
        return
    before = fold_word(text[:cursor].lstrip())
    for past in history:
        if past.hits and past.text != text and fold_word(past.text).startswith(before):
            yield Completion("history", past.text, 0, len(text), past.hits)


def _names(typed: Typed, entities: Iterable[Named], kind: str | None = None) -> Iterator[Completion]:
    begun = fold_word(typed.begun)
    for entity in entities:
        if entity.type not in _ENTITIES or (kind and entity.type != kind):
            continue
        if _begins(entity.name, begun):
            yield Completion(
                entity.type,  # type: ignore[arg-type]  # one of the three, looked at above
                _quoted(entity.name, typed, always=kind is not None),
                typed.start,
                typed.end,
                entity.articles,
            )


def _begins(name: str, begun: str) -> bool:
    """Whether the name, or a word of it, begins so; the article in front may be left out."""
    folded = fold_word(name)
    return folded.startswith(begun) or f" {begun}" in folded or f" ال{begun}" in f" {folded}"


def _words(
    searcher: Searcher, typed: Typed, limit: int, rung: Rung, cancelled: Callable[[], bool]
) -> list[Completion]:
    vocabulary = vocabulary_of(searcher)
    found: list[Completion] = []
    stems: set[str] = set()
    for word in vocabulary.beginning(fold_word(typed.begun), limit * _WIDER):
        if len(found) >= limit:
            break
        # From the stem rung up, words of one stem find the same articles.
        reading = stem(word.folded) if rung in {"stem", "root"} else word.folded
        if cancelled():
            raise Cancelled
        if reading not in stems and word.shown != typed.begun:
            stems.add(reading)
            counted = Query(f'"{word.shown}"', rung=rung, sort="date", limit=0)
            count = searcher.search(counted, cancelled).total
            if count:
                found.append(Completion("word", word.shown, typed.start, typed.end, count))
    return sorted(found, key=lambda one: -(one.count or 0))


def _fields(typed: Typed) -> Iterator[Completion]:
    if len(typed.begun) > 1 and not typed.quoted and not typed.field:
        begun = fold_word(typed.begun)
        for name in FIELD_NAMES:
            if fold_word(name).startswith(begun):
                yield Completion("field", f"{name}:", typed.start, typed.end)


def _values(searcher: Searcher, typed: Typed, entities: Iterable[Named]) -> Iterator[Completion]:
    """Values of the field in which the cursor stands."""
    begun = fold_word(typed.begun)
    if typed.field in _ENTITIES:
        yield from _names(typed, entities, typed.field)
    elif typed.field == "outlet":
        for name, count in _outlets(searcher):
            if _begins(name, begun):
                yield Completion("outlet", _quoted(name, typed, always=True), typed.start, typed.end, count)
    elif typed.field == "lang":
        with searcher.reading() as reader:
            found = Counter(reader.languages.counted(reader.live))
        for tag, count in found.most_common():
            if tag and tag.casefold().startswith(begun):
                yield Completion("language", tag, typed.start, typed.end, count)


def _outlets(searcher: Searcher) -> list[tuple[str, int]]:
    """Outlets with their articles, the most first: one that is spelt in several ways once, as it mostly is."""
    found: dict[str, tuple[str, int]] = {}
    for name, count in searcher.outlets():
        shown, before = found.get(outlet_key(name), (name, 0))
        found[outlet_key(name)] = shown, before + count
    return sorted(found.values(), key=lambda item: -item[1])


def _quoted(name: str, typed: Typed, *, always: bool) -> str:
    """A name as one value of a field, or as a phrase."""
    plain = name.replace('"', " ").strip()
    if typed.quoted:
        return plain
    return f'"{plain}"' if always or " " in plain else plain
