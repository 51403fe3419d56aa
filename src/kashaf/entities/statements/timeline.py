"""Every sentence with a date, on one axis; what several articles tell in the same words is told once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from kashaf.entities.model import DateMention
from kashaf.entities.statements.model import Source, Statement, Telling, Timeline
from kashaf.entities.statements.sentences import key_of, one_line, sentence_at, words_of
from kashaf.entities.tables.rows import Dated
from kashaf.text.fold import fold_word
from kashaf.text.segments import Span
from kashaf.text.stem import stem

#: A sentence with fewer spaces is taken for the same in another text only when that is a copy.
_LONG_ENOUGH: Final = 5
#: Content words that two sentences of copies share, of all that either has, from which on they are one.
_ALIKE: Final = 0.7
#: Content words beside the date of publication, up to which a line is the dateline.
_DATELINE: Final = 3
_LINE: Final = 120  # code points
_OF_DATES: Final = frozenset(
    stem(fold_word(word)) for word in ("الموافق", "تاريخ", "نشر", "تحديث", "يوم", "ميلادي")
)


@dataclass(frozen=True, slots=True)
class _Told:
    """A telling with what it is compared by."""

    telling: Telling
    story: str
    text: str
    key: str


def timeline(
    rows: Iterable[Dated],
    source: Callable[[str], Source | None],
    *,
    first: date | None = None,
    last: date | None = None,
    progress: Callable[[int], None] = lambda _done: None,
    cancelled: Callable[[], bool] = lambda: False,
) -> Timeline:
    """The statements of dates, sorted; the same for the same rows in any order.

    source: the article of an id, or None when it is gone; asked once for each.
    first, last: only what may lie in these days; nothing open then. progress: called with the articles done.
    cancelled: asked between articles; what was found until then is returned.
    """
    whole = first is None and last is None
    told = [
        one
        for one in _told(rows, source, progress, cancelled)
        if whole or _within(one.telling.mention, first, last)
    ]
    told.sort(key=_order)
    statements = [
        Statement(tellers[0].text, tuple(one.telling for one in _one_each(tellers)))
        for tellers in _folded(told)
    ]
    dated = [one for one in statements if one.day is not None]
    dated.sort(key=_place)
    # Sorted by publication already.
    return Timeline(tuple(dated), tuple(one for one in statements if one.day is None))


def _told(
    rows: Iterable[Dated],
    source: Callable[[str], Source | None],
    progress: Callable[[int], None],
    cancelled: Callable[[], bool],
) -> Iterator[_Told]:
    ordered = sorted(rows, key=_row_order)
    for done, (id_, of_article) in enumerate(groupby(ordered, key=lambda row: row.article_id), 1):
        if cancelled():
            return
        article = source(id_)
        if article is not None:
            yield from _of_article(article, [row.date for row in of_article])
        progress(done)


def _of_article(article: Source, mentions: Sequence[DateMention]) -> Iterator[_Told]:
    length = len(article.text)
    by_sentence: dict[Span, list[DateMention]] = {}
    for mention in mentions:
        if mention.end <= length:
            span = sentence_at(article.text, mention.start, mention.end)
            by_sentence.setdefault(span, []).append(mention)
    for (start, end), dates in by_sentence.items():
        text = one_line(article.text[start:end])
        is_line = {article.text[start - 1 : start], article.text[end : end + 1]} <= {"", "\n"}
        beside = _beside(text, start, dates) if is_line and len(text) <= _LINE else _LINE
        key = key_of(text)
        for mention in {_value(mention): mention for mention in reversed(dates)}.values():
            if not _is_dateline(mention, article, beside):
                telling = Telling(
                    article.id, article.title, article.outlet, article.published, start, end, mention
                )
                yield _Told(telling, article.story, text, key)


def _beside(text: str, start: int, dates: Iterable[DateMention]) -> int:
    """How many content words a line has beside its dates."""
    spans = [(one.start - start, one.end - start) for one in dates]
    return len(words_of(text, spans).keys() - _OF_DATES)


def _is_dateline(mention: DateMention, article: Source, beside: int) -> bool:
    """Whether a line says nothing but dates, or little else and this one is the day of publication."""
    published = mention.earliest == mention.latest == article.published
    return not beside or (published and article.published is not None and beside <= _DATELINE)


def _row_order(row: Dated) -> tuple[object, ...]:
    return row.article_id, row.date.start, row.date.end, row.date.edtf


def _within(mention: DateMention, first: date | None, last: date | None) -> bool:
    low, high = mention.earliest, mention.latest
    if (low is None and high is None) or not mention.edtf:
        return False
    return (last is None or low is None or low <= last) and (first is None or high is None or first <= high)


def _folded(told: Iterable[_Told]) -> Iterator[list[_Told]]:
    """The tellings of each statement, those of a statement in order."""
    same: dict[object, list[_Told]] = {}
    for one in told:
        alone = one.story if one.text.count(" ") < _LONG_ENOUGH else ""
        same.setdefault((_value(one.telling.mention), alone, one.key), []).append(one)
    in_story: dict[object, list[list[_Told]]] = {}
    for tellers in same.values():
        in_story.setdefault((tellers[0].story, _value(tellers[0].telling.mention)), []).append(tellers)
    found = [tellers for several in in_story.values() for tellers in _joined(several)]
    for tellers in found:
        tellers.sort(key=_order)
    return iter(found)


def _joined(several: list[list[_Told]]) -> list[list[_Told]]:
    """Sentences of one story and one date, those that are nearly the same put together."""
    if len({tellers[0].telling.article_id for tellers in several}) < 2:
        return several
    kept: list[tuple[frozenset[str], list[_Told]]] = []
    for tellers in several:
        first, words = tellers[0], frozenset(words_of(tellers[0].text))
        for other, known in kept:
            if known[0].telling.article_id != first.telling.article_id and _share(words, other) >= _ALIKE:
                known.extend(tellers)
                break
        else:
            kept.append((words, tellers))
    return [tellers for _, tellers in kept]


def _one_each(tellers: Iterable[_Told]) -> Iterator[_Told]:
    """The first of each article: a headline is repeated in the body."""
    seen: set[str] = set()
    for one in tellers:
        if one.telling.article_id not in seen:
            seen.add(one.telling.article_id)
            yield one


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / (len(one | other) or 1)


def _value(mention: DateMention) -> tuple[str, date | None]:
    return mention.edtf or mention.form, mention.earliest


def _order(one: _Told) -> tuple[object, ...]:
    telling = one.telling
    return (
        telling.published or date.max,
        telling.article_id,
        telling.start,
        telling.mention.start,
        telling.mention.end,
        telling.mention.edtf,
    )


def _place(one: Statement) -> tuple[object, ...]:
    """By first day; what is over sooner comes later, so that a year stands before its days."""
    first = one.first
    return (
        one.day,
        -(one.mention.latest or date.max).toordinal(),
        first.published or date.max,
        first.article_id,
        first.start,
        first.mention.start,
    )
