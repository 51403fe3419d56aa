"""Where a note's words are now. A note never slides in silence: what is not certain is said to be not.

Hypothesis's matcher weighs quote, prefix, suffix and position and takes the best place however bad
(`match-quote.ts`), so a note hops to a look-alike when its own words are corrected. Here a place must earn
`exact` or `moved` by the words on both sides of it, and be the only one that does.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kashaf.errors import UsageError
from kashaf.notes.model import CONTEXT, LONGEST_CONTEXT, Target
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from kashaf.corpus.article import Article

State: TypeAlias = Literal["exact", "moved", "changed", "orphan"]

# Judged by hand on press prose. Formulas such as "said the ministry's spokesman" fill one side of a name again
# and again, hence both sides must agree unless the quote itself is a whole phrase.
_SIDE: Final = 8  # code points that make a side agree
_BOTH: Final = 32  # code points that both sides together must reach
_PHRASE: Final = 32  # a quote this long needs one whole side only
_HINT: Final = 16  # agreement enough to propose a place, never to claim it
_CANDIDATES: Final = 2000  # a quote more frequent than this is looked for with its whole context only


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a target is in a text.

    exact: the same words at the same offsets. moved: the same words, certainly these, elsewhere.
    changed: the words, or what stands around them, are no longer the same; `[start, end)` is a proposal for
    the analyst to confirm. orphan: not found, or not to be told from look-alikes; no offsets.
    """

    state: State
    start: int | None = None
    end: int | None = None


def make_target(article: Article, start: int, end: int) -> Target:
    """The target for `[start, end)` of the article's text, with what the article says of itself.

    Where the article repeats itself, prefix and suffix grow until they tell the place from its look-alikes.
    Raises UsageError when that is no span of it.
    """
    if not 0 <= start < end <= len(article.text):
        raise UsageError(
            f"no span {start}:{end} in a text of {len(article.text)} characters",
            where=article.id,
            cure="Give start and end with 0 <= start < end",
        )
    about = article.metadata
    reach = _telling_reach(article.text, start, end)
    return Target(
        article_id=article.id,
        text_sha256=article.text_sha256,
        start=start,
        end=end,
        quote=article.text[start:end],
        prefix=article.text[max(0, start - reach) : start],
        suffix=article.text[end : end + reach],
        title=sanitise_line(about.title),
        outlet=sanitise_line(about.outlet or ""),
        published=about.published.isoformat() if about.published else "",
        source_sha256=article.provenance.sha256,
    )


def _telling_reach(text: str, start: int, end: int) -> int:
    """How many code points on each side make the span unlike any other of the text; the most when none do."""
    reach = CONTEXT
    while reach < LONGEST_CONTEXT:
        around = text[max(0, start - reach) : end + reach]
        first = text.find(around)
        if text.find(around, first + 1) < 0:
            break
        reach *= 2
    return reach


def resolve(target: Target, text: str, text_sha256: str) -> Anchor:
    """Find the target in `text`, the article's text now, whose hash is `text_sha256`.

    `exact` and `moved` always point at the very words of the quote.
    """
    if text_sha256 == target.text_sha256 and text[target.start : target.end] == target.quote:
        return Anchor("exact", target.start, target.end)
    places = _places(target, text)
    return (
        _certain(target, places)
        or _between(target, text)
        or _folded(target, text)
        or _hint(target, places)
        or Anchor("orphan")
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """An occurrence and how many code points around it agree with the target's context."""

    start: int
    end: int
    before: int
    after: int
    before_agrees: bool
    after_agrees: bool
    one_whole: bool

    @classmethod
    def of(cls, prefix: str, suffix: str, text: str, start: int, end: int) -> _Place:
        before = _common(prefix[::-1], text[max(0, start - len(prefix)) : start][::-1])
        after = _common(suffix, text[end : end + len(suffix)])
        # A context cut short by the edge of the text agrees when it is whole and still at an edge. That edge may
        # have become the edge of a line, but lines are many: then the other side must agree to its last letter.
        reach = max(CONTEXT, len(prefix), len(suffix))
        whole_before, whole_after = before == len(prefix), after == len(suffix)
        short_before = whole_before and before < reach
        short_after = whole_after and after < reach
        at_start = short_before and start == before
        at_end = short_after and end + after == len(text)
        at_line = short_before and whole_after and after >= CONTEXT and text.endswith("\n", 0, start - before)
        at_line_end = (
            short_after and whole_before and before >= CONTEXT and text.startswith("\n", end + after)
        )
        return cls(
            start,
            end,
            before,
            after,
            before_agrees=before >= _SIDE or at_start or at_line,
            after_agrees=after >= _SIDE or at_end or at_line_end,
            one_whole=(whole_before and before >= CONTEXT)
            or (whole_after and after >= CONTEXT)
            or at_start
            or at_end,
        )

    @property
    def agreement(self) -> int:
        return self.before + self.after

    def certain(self, target: Target) -> bool:
        """True when the context leaves no doubt."""
        whole = _whole(target)
        both = self.before_agrees and self.after_agrees
        if max(len(target.prefix), len(target.suffix)) > CONTEXT:  # the article repeats itself
            return both and self.agreement == whole
        one = len(target.quote) >= _PHRASE and self.one_whole
        return (both and self.agreement >= min(_BOTH, whole)) or (
            one and self.agreement >= min(CONTEXT, whole)
        )


def _whole(target: Target) -> int:
    """Code points of context that the target has."""
    return len(target.prefix) + len(target.suffix)


def _places(target: Target, text: str) -> list[_Place]:
    quote, prefix, suffix = target.quote, target.prefix, target.suffix
    if text.count(quote) <= _CANDIDATES:
        starts = list(_occurrences(text, quote))
    else:
        starts = [found + len(prefix) for found in _occurrences(text, prefix + quote + suffix)]
    return [_Place.of(prefix, suffix, text, start, start + len(quote)) for start in starts]


def _certain(target: Target, places: Sequence[_Place]) -> Anchor | None:
    """The verdict on the places of the very words, when there is one."""
    whole = _whole(target)
    certain = [place for place in places if place.certain(target)]
    here = next((place for place in places if place.start == target.start), None)
    if len(certain) > 1:
        best = max(place.agreement for place in certain)
        certain = [place for place in certain if place.agreement == best]
        # Look-alikes down to the last code point: only standing still tells them apart.
        if best == whole and here in certain:
            certain = [here]
        elif best < whole or len(certain) > 1:
            return Anchor("orphan")
    if len(certain) == 1:
        place = certain[0]
        return Anchor("exact" if place.start == target.start else "moved", place.start, place.end)
    if here is not None and here.one_whole:
        return Anchor("exact", here.start, here.end)
    return None


def _hint(target: Target, places: Sequence[_Place]) -> Anchor | None:
    """The one place of the very words that some context speaks for: a proposal."""
    hints = [place for place in places if place.agreement >= _HINT or place.start == target.start]
    return Anchor("changed", hints[0].start, hints[0].end) if len(hints) == 1 else None


def _folded(target: Target, text: str) -> Anchor | None:
    """The one place that differs from the quote in vowel signs, letter forms or digits only: a proposal."""
    from kashaf.text.fold import fold  # noqa: PLC0415 -- seldom needed, and start-up counts

    folded, quote = fold(text), fold(target.quote).text
    prefix, suffix = fold(target.prefix).text, fold(target.suffix).text
    if not quote.strip():
        return None
    hints = [
        place
        for start in _occurrences(folded.text, quote)
        if (place := _Place.of(prefix, suffix, folded.text, start, start + len(quote))).agreement >= _HINT
        or place.agreement == len(prefix) + len(suffix)
    ]
    if len(hints) != 1:
        return None
    start, end = folded.source_span(hints[0].start, hints[0].end)
    return Anchor("changed", start, end)


def _between(target: Target, text: str) -> Anchor | None:
    """What now stands between the old neighbours of the quote, when they are found once: a proposal."""
    prefix, suffix = target.prefix[-_HINT:], target.suffix[:_HINT]
    longest = 2 * len(target.quote) + 64
    gaps = []
    if len(prefix) == _HINT:
        starts = [found + len(prefix) for found in _occurrences(text, prefix)]
    else:
        starts = [len(prefix)] if text.startswith(prefix) else []
    for start in starts:
        if len(suffix) == _HINT:
            end = text.find(suffix, start, start + longest + len(suffix))
        else:
            end = len(text) - len(suffix) if text.endswith(suffix) else -1
        if start <= end <= start + longest:
            gaps.append((start, end))
    if len(gaps) != 1 or not text[slice(*gaps[0])].strip():
        return None
    return Anchor("changed", *gaps[0])


def _occurrences(text: str, words: str) -> Iterator[int]:
    found = text.find(words)
    while found >= 0:
        yield found
        found = text.find(words, found + 1)


def _common(first: str, second: str) -> int:
    length = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        length += 1
    return length
