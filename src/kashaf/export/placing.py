"""The words that foreign annotations are about, found in our articles; what is not certain is said to be not.

A page as others saw it and the article cleaned of it have the same words, other white space, and other things
around them. So words are looked for without their white space; whether a place is the right one is
`kashaf.notes.anchoring`'s to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kashaf.export.foreign import Spot, Unusable
from kashaf.export.library import Library, article_id_of
from kashaf.export.w3c import ARTICLE
from kashaf.notes.anchoring import Anchor, anchor_of, make_target, resolve
from kashaf.notes.model import CONTEXT, LONGEST_CONTEXT, ArticleTarget, WordsTarget
from kashaf.text.sanitise import sanitise, sanitise_line

if TYPE_CHECKING:
    from kashaf.corpus.article import Article

#: The revision of words that were taken from no text of ours.
NO_REVISION: Final = "0" * 64

_TELLING: Final = 8  # letters of context that tell a place from its look-alikes
_NOTHING: Final = "…"

_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Placed:
    """The target made of a spot, and where its words are."""

    target: WordsTarget | ArticleTarget
    anchor: Anchor

    @property
    def anchored(self) -> bool:
        return self.anchor.state in ("exact", "moved")


def place(spot: Spot, library: Library) -> Placed:
    """The target for a spot. Raises Unusable, with the reason, when there is no article to put it in."""
    found = library.find(spot)
    if not found:
        return _elsewhere(spot)
    placed = [_placed(spot, article) for known in found if (article := library.get(known)) is not None]
    if len(placed) > 1:
        certain = [one for one in placed if one.anchored]
        if len(certain) != 1 or not spot.quote:
            raise Unusable(f"{len(placed)} articles answer to {spot.sources[0] if spot.sources else 'it'}")
        return certain[0]
    if not placed:
        return _elsewhere(spot)
    return placed[0]


def _elsewhere(spot: Spot) -> Placed:
    """What can be kept of an annotation whose article is not here: all, if it says which text of ours it was."""
    known = next((one for one in spot.sources if one.startswith(ARTICLE)), "")
    if known and _SHA256.fullmatch(spot.text_sha256) and (not spot.quote or spot.position is not None):
        target = _told(spot, article_id_of(known))
        return Placed(target, anchor_of(target, None))
    name = spot.sources[0] if spot.sources else "nothing"
    raise Unusable(f"no article here answers to {sanitise_line(name[:200])}")


def _told(spot: Spot, article_id: str) -> WordsTarget | ArticleTarget:
    """The target as it is said to be, with the revision that it names."""
    title, outlet = sanitise_line(spot.title), sanitise_line(spot.outlet)
    published = spot.published if _DATE.fullmatch(spot.published) else ""
    file_sha256 = spot.file_sha256 if _SHA256.fullmatch(spot.file_sha256) else ""
    if not spot.quote:
        return ArticleTarget(article_id, spot.text_sha256, title, outlet, published, file_sha256)
    assert spot.position is not None
    start = spot.position[0]
    return WordsTarget(
        article_id=article_id,
        text_sha256=spot.text_sha256,
        start=start,
        end=start + len(spot.quote),
        quote=spot.quote,
        prefix=spot.prefix[-LONGEST_CONTEXT:],
        suffix=spot.suffix[:LONGEST_CONTEXT],
        title=title,
        outlet=outlet,
        published=published,
        source_sha256=file_sha256,
    )


def _placed(spot: Spot, article: Article) -> Placed:
    revision = spot.text_sha256 if _SHA256.fullmatch(spot.text_sha256) else ""
    if not spot.quote and spot.position is None:
        return Placed(whole(article), Anchor("exact"))
    if revision == article.text_sha256 and spot.position is not None:
        start, end = spot.position
        if 0 <= start < end <= len(article.text) and spot.quote in ("", article.text[start:end]):
            return Placed(make_target(article, start, end), Anchor("exact", start, end))
    if not spot.quote:
        raise Unusable("it gives only the position of its words, and not in the text that is here")
    if revision and spot.position is not None and spot.position[1] - spot.position[0] == len(spot.quote):
        told = _told(spot, article.id)
        return Placed(told, anchor_of(told, article))
    return _found(spot, article)


def whole(article: Article) -> ArticleTarget:
    """The target of a note on the whole article."""
    about = article.metadata
    return ArticleTarget(
        article.id,
        article.text_sha256,
        sanitise_line(about.title),
        sanitise_line(about.outlet or ""),
        about.published.isoformat() if about.published else "",
        article.provenance.sha256,
    )


def _found(spot: Spot, article: Article) -> Placed:
    """Words of a page that is not our text: taken anew from the article where they are found for certain."""
    quote = sanitise(spot.quote).text
    prefix, suffix = sanitise(spot.prefix).text, sanitise(spot.suffix).text
    if not quote.strip():
        raise Unusable("its words are nothing but white space")
    span = _certain(quote, prefix, suffix, article.text)
    if span is not None:
        return Placed(make_target(article, *span), Anchor("exact", *span))
    words = quote.strip()
    # At the end of the text: nobody knows where the words stood, and no place may be preferred.
    target = replace(
        _nowhere(words, prefix, suffix, len(article.text)),
        article_id=article.id,
        title=sanitise_line(article.title),
        outlet=sanitise_line(article.metadata.outlet or ""),
        published=article.metadata.published.isoformat() if article.metadata.published else "",
        source_sha256=article.provenance.sha256,
    )
    return Placed(target, anchor_of(target, article))


def _certain(quote: str, prefix: str, suffix: str, text: str) -> tuple[int, int] | None:
    """Where the quote stands in `text`, if only one place can be meant.

    Pages part paragraphs by nothing, lines of their source by line breaks: blanks are left out of the search, and
    must then agree where the text has them within a line.
    """
    bare, starts = _bare(text)
    words, before, after = _bare(quote)[0], _bare(prefix)[0], _bare(suffix)[0]
    places = _told_place(words, before, after, bare)
    found = places[0] if len(places) == 1 else None
    if found is None and (before or after):
        anchor = resolve(_nowhere(words, before, after, len(bare)), bare, "")
        if anchor.state in ("exact", "moved"):
            found = anchor.start
    if found is None:
        return None
    start, end = starts[found], starts[found + len(words) - 1] + 1
    return (start, end) if _same_gaps(quote.strip(), text[start:end]) else None


def _told_place(words: str, before: str, after: str, text: str) -> list[int]:
    """Two places at most where the words stand with all that is said to stand around them: as the model has it.

    A few letters around words that stand there twice are no proof, and give none.
    """
    around = before + words + after
    found: list[int] = []
    at = text.find(around)
    while at >= 0 and len(found) < 2:
        found.append(at + len(before))
        at = text.find(around, at + 1)
    if 0 < len(before) + len(after) < _TELLING and text.find(words) != text.rfind(words):
        return []
    return found


def _nowhere(quote: str, prefix: str, suffix: str, start: int) -> WordsTarget:
    """A target that no place is nearer to.

    Anchors take a context that is short for one cut by the edge of the text. Those of others may be short anywhere:
    they are filled up with what stands nowhere.
    """
    return WordsTarget(
        article_id="",
        text_sha256=NO_REVISION,
        start=start,
        end=start + len(quote),
        quote=quote,
        prefix=prefix[-CONTEXT:].rjust(CONTEXT, _NOTHING),
        suffix=suffix[:CONTEXT].ljust(CONTEXT, _NOTHING),
        title="",
        outlet="",
        published="",
        source_sha256="",
    )


@lru_cache(maxsize=8)
def _bare(text: str) -> tuple[str, tuple[int, ...]]:
    """A text without white space, and where each of its code points stands in the whole."""
    starts = tuple(at for at, char in enumerate(text) if not char.isspace())
    return "".join(text[at] for at in starts), starts


def _same_gaps(quote: str, words: str) -> bool:
    """Whether words of the same letters are parted alike; between lines of ours they may be parted or not."""
    theirs, ours = _gaps(quote), _gaps(words)
    return all(own == "\n" or bool(own) == bool(other) for own, other in zip(ours, theirs, strict=True))


def _gaps(text: str) -> list[str]:
    """For each letter what stands before it: nothing, a blank, or the end of a line."""
    gaps: list[str] = []
    gap = ""
    for char in text:
        if char.isspace():
            gap = "\n" if char == "\n" or gap == "\n" else " "
        else:
            gaps.append(gap)
            gap = ""
    return gaps
