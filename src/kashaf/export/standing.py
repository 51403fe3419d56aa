"""Where the words of a note stand today, as an export may say it: never at a place where they are not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, get_args

from kashaf.notes.anchoring import anchor_of
from kashaf.notes.model import ArticleTarget, WordsTarget

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor, Why

State: TypeAlias = Literal["exact", "moved", "changed", "orphan", "missing"]
STATES: Final[tuple[State, ...]] = get_args(State)


@dataclass(frozen=True, slots=True)
class Standing:
    """state: as in `notes.anchoring`; missing when the article is not at hand, so that nobody could look.

    place: `[start, end)` of the words as marked, for `exact` and `moved` only. proposal: `[start, end)` of what
    may have become of them, and `now` the words there, for `changed` only, and not for every one. A whole article
    has neither. why: as of `Anchor`.
    """

    state: State
    why: Why = ""
    place: tuple[int, int] | None = None
    proposal: tuple[int, int] | None = None
    now: str = ""

    @property
    def shown(self) -> tuple[int, int] | None:
        """What to look at in the article as it is now."""
        return self.place or self.proposal


def standing(
    target: WordsTarget | ArticleTarget, article: Article | None, anchor: Anchor | None = None
) -> Standing:
    """Where `target` stands in the article as it is now.

    anchor: what an earlier look found; without one, or when it does not fit the text, this looks itself.
    """
    if article is None:
        return Standing("missing")
    if anchor is None or not _fits(anchor, target, article):
        anchor = anchor_of(target, article)
    if anchor.start is None or anchor.end is None:
        return Standing(anchor.state, anchor.why)
    place = (anchor.start, anchor.end)
    if anchor.state in {"exact", "moved"}:
        return Standing(anchor.state, anchor.why, place=place)
    return Standing(anchor.state, anchor.why, proposal=place, now=article.text[slice(*place)])


def _fits(anchor: Anchor, target: WordsTarget | ArticleTarget, article: Article) -> bool:
    """Whether the anchor can be of this target in this text: it may be of an earlier one."""
    if isinstance(target, ArticleTarget):
        return anchor.state == ("exact" if article.text_sha256 == target.text_sha256 else "changed")
    if anchor.start is None or anchor.end is None:
        return anchor.state in {"changed", "orphan"} and anchor.why != "missing"
    if not 0 <= anchor.start <= anchor.end <= len(article.text):
        return False
    same = article.text[anchor.start : anchor.end] == target.quote
    return anchor.state == "changed" or (same and anchor.state in {"exact", "moved"})
