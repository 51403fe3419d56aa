"""A bundle of notes with everything an export asks for: where their words are now, and their articles."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from kashaf.export.bundle import Bundle
from kashaf.notes.anchoring import anchor_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kashaf.corpus.article import Article
    from kashaf.notes.codebook import Codebook
    from kashaf.notes.model import Ended, Note


def gather(
    notes: Iterable[Note],
    *,
    codebook: Codebook,
    article: Callable[[str], Article | None] | None = None,
    ended: Iterable[Ended] = (),
) -> Bundle:
    """The bundle of these notes, in the order of their ids.

    article: the article of an id as it is now, None when it is not in the workspace; it is asked once for each.
    Without it nobody knows the articles, and the bundle has no anchors. Raises what `article` raises.
    """
    chosen = tuple(sorted(notes, key=lambda note: note.id))
    if article is None:
        return Bundle(chosen, codebook, tuple(ended))
    known = cache(article)
    anchors = {note.id: anchor_of(note.target, known(note.article_id)) for note in chosen if note.article_id}
    return Bundle(chosen, codebook, tuple(ended), anchors, known)
