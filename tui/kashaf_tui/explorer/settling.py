"""Notes whose words changed or are gone: what of them wants settling, where they may stand now, and how they do then.

Pure: articles are given, nothing is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, Literal

from kashaf.corpus.article import Article
from kashaf.notes.anchoring import Anchor, anchor_of, make_target
from kashaf.notes.model import ArticleTarget, Note, Target, WordsTarget
from kashaf.text.fold import fold
from kashaf_tui.explorer.marking import Span
from kashaf_tui.explorer.panes.differences import Block, Side
from kashaf_tui.explorer.side_by_side import around, bracketed, compared, paragraph_around
from kashaf_tui.explorer.wording import Wording

End = Literal["target", "other"]
_FOUND: Final = 20  # places that a search for words gives


@dataclass(frozen=True, slots=True)
class Proposal:
    """A place where the words may be now. score: from 0 to 1 how alike, None where nobody weighed it."""

    span: Span
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One end of a note that does not stand on its words. article: as it is now, None when it is not here."""

    note: Note
    end: End
    anchor: Anchor
    article: Article | None
    proposals: tuple[Proposal, ...] = field(default=())

    @property
    def key(self) -> tuple[str, End]:
        return self.note.id, self.end

    @property
    def target(self) -> Target | None:
        return self.note.target if self.end == "target" else self.note.other

    @property
    def words(self) -> WordsTarget | None:
        return self.target if isinstance(self.target, WordsTarget) else None

    @property
    def revision(self) -> str:
        """Of the article as it is now."""
        return self.article.text_sha256 if self.article is not None else ""

    def like(self, other: Item) -> bool:
        """Whether nothing happened to the note and its article in between."""
        return (self.note, self.end, self.revision) == (other.note, other.end, other.revision)

    def with_found(self, spans: Sequence[Span]) -> Item:
        """The same with places that were searched for before all others."""
        found = tuple(Proposal(span) for span in spans)
        known = tuple(one for one in self.proposals if one.span not in spans)
        return replace(self, proposals=found + known)


def ends_of(note: Note) -> Iterator[tuple[End, str]]:
    """The ends of a note that are in an article, and which article that is."""
    ends: list[tuple[End, Target | None]] = [("target", note.target), ("other", note.other)]
    for end, target in ends:
        if isinstance(target, WordsTarget | ArticleTarget):
            yield end, target.article_id


def item_of(note: Note, end: End, article: Article | None) -> Item | None:
    """What there is to settle at an end of a note, whose article is given as it is now; None when it stands well."""
    target = note.target if end == "target" else note.other
    assert target is not None
    anchor = anchor_of(target, article)
    if anchor.state not in ("changed", "orphan"):
        return None
    proposals: list[Proposal] = []
    if anchor.start is not None and anchor.end is not None:
        proposals.append(Proposal((anchor.start, anchor.end), anchor.score))
    proposals += [Proposal((one.start, one.end), one.score) for one in anchor.candidates]
    return Item(note, end, anchor, article, tuple(proposals))


def settled(item: Item, span: Span | None) -> Target | None:
    """What the end of the note is to be about: these words of its article, or the whole as it is now.

    None when there is nothing to choose.
    """
    if item.article is None:
        return None
    if isinstance(item.target, ArticleTarget):
        from kashaf.export.placing import whole  # noqa: PLC0415 -- of an export, which is seldom needed

        return whole(item.article)
    return make_target(item.article, *span) if span is not None else None


def places_of(article: Article, words: str) -> list[Span]:
    """Where words stand in an article, whatever their marks and variants of letters; the first twenty places."""
    wanted, folded = fold(words.strip()).text, fold(article.text)
    found: list[Span] = []
    at = folded.text.find(wanted) if wanted else -1
    while at >= 0 and len(found) < _FOUND:
        found.append(folded.source_span(at, at + len(wanted)))
        at = folded.text.find(wanted, at + len(wanted))
    return found


def blocks_of(item: Item, say: Wording) -> list[Block]:
    """The old words beside each proposal, and what stands around both; a selected block is a proposal."""
    words, article = item.words, item.article
    if words is None:
        title = item.target.title if isinstance(item.target, ArticleTarget) else ""
        now = article.title if article is not None else ""
        return [compared(title, now, say("whole article"))] if article is not None else [_alone(title)]
    before = (
        f"{words.prefix}{words.quote}{words.suffix}",
        (len(words.prefix), len(words.prefix + words.quote)),
    )
    shown: list[Block] = []
    for one in item.proposals if article is not None else ():
        assert article is not None
        block = compared(words.quote, article.text[slice(*one.span)], say("empty value"))
        # The same words with other surroundings are a proposal all the same.
        shown += [replace(block, kind="changed"), around(before, paragraph_around(article.text, one.span))]
    return shown or [_alone(words.quote), around(before, None)]


def _alone(text: str) -> Block:
    return Block("only_a", bracketed(text, ()), Side(""), sign="−")
