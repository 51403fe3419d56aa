"""Where notes stand in an article as it is now, remembered: to look for words that changed takes a while."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final

from kashaf.notes.anchoring import Anchor, anchor_of
from kashaf.notes.codebook import sign_of
from kashaf.notes.model import ArticleTarget, Note, WordsTarget
from kashaf_tui.explorer.widgets.noted import SIGNS, Noted

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.codebook import Codebook

_KEPT: Final = 50_000


class Places:
    """Safe to ask from any thread: whoever looks first remembers it for all."""

    def __init__(self) -> None:
        self._known: dict[tuple[WordsTarget | ArticleTarget, str], Anchor] = {}
        self._drawn_in: tuple[str, str] = "", ""
        self._drawn_by: Codebook | None = None
        self._drawn: dict[str, tuple[Note, tuple[Noted, ...]]] = {}

    def anchor(self, target: WordsTarget | ArticleTarget, article: Article) -> Anchor:
        """Where a target in this article is in its text of today."""
        key = target, article.text_sha256
        found = self._known.get(key)
        if found is None:
            found = anchor_of(target, article)
            if len(self._known) >= _KEPT:
                self._known.clear()
            self._known[key] = found
        return found

    def look(self, notes: Iterable[Note], article: Article) -> None:
        """Look for all ends that are in the article, so that asking for them later takes no time."""
        for note in notes:
            for end in _ends(note, article.id):
                self.anchor(end, article)

    def drawn(self, notes: Iterable[Note], article: Article, codebook: Codebook) -> tuple[Noted, ...]:
        """What the reader draws of notes: every end that is found in the article, in the order of the text.

        For the event loop. Of the article drawn last it is remembered: of many notes a change is in few.
        """
        drawn_in = article.id, article.text_sha256
        old = self._drawn if self._drawn_in == drawn_in and self._drawn_by is codebook else {}
        drawn: dict[str, tuple[Note, tuple[Noted, ...]]] = {}
        for note in notes:
            known = old.get(note.id)
            if known is None or known[0] is not note:
                known = note, tuple(self._ends_of(note, article, codebook))
            drawn[note.id] = known
        self._drawn_in, self._drawn_by, self._drawn = drawn_in, codebook, drawn
        every = (one for _, ends in drawn.values() for one in ends)
        return tuple(sorted(every, key=lambda one: (one.start, -one.end)))

    def _ends_of(self, note: Note, article: Article, codebook: Codebook) -> Iterator[Noted]:
        for end in _ends(note, article.id):
            anchor = self.anchor(end, article)
            if isinstance(end, WordsTarget) and anchor.start is not None and anchor.end is not None:
                colours = tuple(codebook.colour_of(tag) for tag in note.tags)
                sign = sign_of(note.tags[0]) if note.tags else SIGNS[note.kind]
                yield Noted(note.id, anchor.start, anchor.end, sign, colours, anchor.state == "changed")


def _ends(note: Note, article_id: str) -> Iterator[WordsTarget | ArticleTarget]:
    for end in (note.target, note.other):
        if isinstance(end, WordsTarget | ArticleTarget) and end.article_id == article_id:
            yield end
