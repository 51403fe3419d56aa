"""Where a note's words are now. A note never slides in silence: what is not certain is said to be not.

Hypothesis's matcher weighs quote, prefix, suffix and position and takes the best place however bad
(`match-quote.ts`), so a note hops to a look-alike when its own words are corrected. Here a place must earn
`exact` or `moved` by the words on both sides of it, and be the only one that does.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from kashaf.errors import UsageError
from kashaf.notes.model import CONTEXT, ArticleTarget, Target, WordsTarget
from kashaf.notes.places import REPEATING, RESEMBLING, Words, places, repeats, telling_reach
from kashaf.text.sanitise import sanitise_line

if TYPE_CHECKING:
    from kashaf.corpus.article import Article

State: TypeAlias = Literal["exact", "moved", "changed", "orphan"]
Why: TypeAlias = Literal["", "spelling", "words", "around", "text", "alike", "gone", "missing"]

_CANDIDATES: Final = 3


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place that an orphan may have come from: `[start, end)`, and from 0 to 1 how much speaks for it."""

    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a target is in a text.

    exact: the same words at the same offsets. moved: the same words, certainly these, elsewhere.
    changed: the words, or what stands around them, are no longer the same; `[start, end)` is a proposal for
    the analyst to confirm, without offsets for a whole article. orphan: not found, or not to be told from
    look-alikes; no offsets.

    The rest is evidence, and does not make two anchors differ.
    score: for a proposal, from 0 to 1 how much speaks for it; None otherwise.
    why: of `changed`, what did: the quote's spelling only (marks, letter forms, white space, quotation marks),
    its words, what stands around it, the text of a whole article; or nothing, but other places are alike to the
    last letter. Of `orphan`: several places are alike, the words are gone, or the article is missing.
    candidates: for an orphan, places to choose from, the best first, three at most.
    """

    state: State
    start: int | None = None
    end: int | None = None
    score: float | None = field(default=None, compare=False)
    why: Why = field(default="", compare=False)
    candidates: tuple[Candidate, ...] = field(default=(), compare=False)


def make_target(article: Article, start: int, end: int) -> WordsTarget:
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
    from kashaf.notes.likeness import readable  # noqa: PLC0415 -- start-up counts
    from kashaf.notes.matching import has_look_alikes  # noqa: PLC0415 -- likewise

    ground = readable(article.text)
    # Also of what is a look-alike only when it is respelt: respelling is looked past later.
    first, last = ground.at(start), ground.at(end)
    respelt = telling_reach(ground.text, first, last) if first < last else CONTEXT
    target = _target(article, start, end, max(telling_reach(article.text, start, end), respelt))
    if max(len(target.prefix), len(target.suffix)) <= CONTEXT and has_look_alikes(target, article.text):
        return _target(article, start, end, RESEMBLING)
    return target


def _target(article: Article, start: int, end: int, reach: int) -> WordsTarget:
    about = article.metadata
    prefix, suffix = article.text[max(0, start - reach) : start], article.text[end : end + reach]
    if reach >= REPEATING and not repeats(prefix, suffix):
        # Cut by both edges of the text to the length that means no look-alikes.
        prefix, suffix = prefix[-CONTEXT + 1 :], suffix[: CONTEXT - 1]
    return WordsTarget(
        article_id=article.id,
        text_sha256=article.text_sha256,
        start=start,
        end=end,
        quote=article.text[start:end],
        prefix=prefix,
        suffix=suffix,
        title=sanitise_line(about.title),
        outlet=sanitise_line(about.outlet or ""),
        published=about.published.isoformat() if about.published else "",
        source_sha256=article.provenance.sha256,
        paragraph=paragraph_of(article, start),
    )


def paragraph_of(article: Article, offset: int) -> int:
    """The number of the paragraph that an offset is in: 0 for the title, then from 1, blank lines left out."""
    lines = article.text[article.body_start : max(offset, article.body_start)].split("\n")
    return sum(bool(line.strip()) for line in lines[:-1]) + 1 if offset >= article.body_start else 0


def anchor_of(target: Target, article: Article | None) -> Anchor:
    """Where a target of any kind is in its article as it is now, None when there is none.

    A note on a whole article is exact while the text is that which it was written on, and then changed: the
    old text is not kept, so nobody but the analyst can say whether the note still holds. An entity and a search
    stand on no text, and are exact.
    """
    match target:
        case WordsTarget():
            if article is None:
                return Anchor("orphan", why="missing")
            return resolve(target, article.text, article.text_sha256)
        case ArticleTarget():
            if article is None:
                return Anchor("orphan", why="missing")
            if article.text_sha256 == target.text_sha256:
                return Anchor("exact")
            return Anchor("changed", why="text")
    return Anchor("exact")


def resolve(target: WordsTarget, text: str, text_sha256: str) -> Anchor:
    """Find the target in `text`, the article's text now, whose hash is `text_sha256`.

    `exact` and `moved` always point at the very words of the quote.
    """
    if text_sha256 == target.text_sha256 and text[target.start : target.end] == target.quote:
        return Anchor("exact", target.start, target.end)
    return _certain(target, text) or _respelt(target, text) or _proposed(target, text)


def _certain(target: WordsTarget, text: str) -> Anchor | None:
    """The only place of the very words that what stands around leaves no doubt of, when there is one."""
    words = Words.of(target.quote, target.prefix, target.suffix, target.start)
    certain = [place for place in places(words, text) if place.certain]
    whole = [place for place in certain if place.agreement == words.whole]
    here = next((place for place in whole if place.start == target.start), None)
    if here is not None:
        if len(whole) == 1:
            return Anchor("exact", here.start, here.end)
        return Anchor("changed", here.start, here.end, score=1.0, why="alike")
    if len(certain) == 1:
        return _claimed(target, text, certain[0].start, certain[0].end)
    return None


def _respelt(target: WordsTarget, text: str) -> Anchor | None:
    """The very words, where they are the only certain place when the spelling of all around them is left aside."""
    from kashaf.notes.likeness import plain, readable  # noqa: PLC0415 -- seldom needed, and start-up counts

    ground = readable(text)
    raw = Words.of(target.quote, target.prefix, target.suffix, target.start)
    around = plain(raw.prefix + raw.quote + raw.suffix)
    start, end = around.at(len(raw.prefix)), around.at(len(raw.prefix) + len(raw.quote))
    if start >= end:
        return None
    words = replace(raw, quote=around.text[start:end], prefix=around.text[:start], suffix=around.text[end:])
    certain = [place for place in places(words, ground.text) if place.certain]
    if len(certain) != 1:
        return None
    first = ground.offsets[certain[0].start]
    if not text.startswith(target.quote, first):
        return None
    return _claimed(target, text, first, first + len(target.quote))


def _claimed(target: WordsTarget, text: str, start: int, end: int) -> Anchor | None:
    """The claim that the very words are there, unless another place has as much to say for itself.

    It has when it is nearly as like, or keeps more of what stood on either side, or all of it on both: of words that
    were corrected, and of their look-alike or copy elsewhere, it is that which has the very words.
    """
    from kashaf.notes.matching import RIVAL, matches  # noqa: PLC0415 -- likewise
    from kashaf.text.fold import fold_word  # noqa: PLC0415 -- likewise

    if end < len(text) and text[end] != target.suffix[:1] and not fold_word(text[end]):
        return None  # the last letter has a sign that it had not: it is another letter
    if (target.prefix[-1:] + target.quote[0]).isspace() and target.prefix:
        return None  # of spaces that run across the edge, nobody can tell which are gone
    if (target.quote[-1] + target.suffix[:1]).isspace() and target.suffix:
        return None
    found = matches(target, text)
    own = next((one for one in found if one.start < end and start < one.end), None)
    if own is None:
        return None
    for one in found:
        if one is not own and (
            one.score > own.score - RIVAL
            or one.before > own.before
            or one.after > own.after
            or one.before == one.after == 1
        ):
            return None
    return Anchor("exact" if start == target.start else "moved", start, end)


def _proposed(target: WordsTarget, text: str) -> Anchor:
    """The place that speaks for itself, when no other one speaks nearly as loud; else an orphan."""
    from kashaf.notes.matching import chosen, is_accepted, matches  # noqa: PLC0415 -- likewise

    found = matches(target, text)
    best = chosen(target, found, text)
    if best is None:
        candidates = tuple(Candidate(one.start, one.end, one.score) for one in found[:_CANDIDATES])
        return Anchor(
            "orphan", why="alike" if any(map(is_accepted, found)) else "gone", candidates=candidates
        )
    why: Why = "words"
    if best.same:
        why = "around" if text[best.start : best.end] == target.quote else "spelling"
    return Anchor("changed", best.start, best.end, score=best.score, why=why)
