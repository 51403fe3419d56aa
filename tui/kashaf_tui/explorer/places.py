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

    def of_note(self, note: Note, article: Article) -> Anchor:
        """Where a note in this article stands; one on nothing that can move stands exactly."""
        if isinstance(note.target, WordsTarget | ArticleTarget):
            return self.anchor(note.target, article)
        return Anchor("exact")

    def look(self, notes: Iterable[Note], article: Article) -> None:
        """Look for all ends that are in the article, so that asking for them later takes no time."""
        for note in notes:
            for end in _ends(note, article.id):
                self.anchor(end, article)

    def drawn(self, notes: Iterable[Note], article: Article, codebook: Codebook) -> tuple[Noted, ...]:
        """What the reader draws of notes: every end that is found in the article, in the order of the text."""
        return tuple(sorted(self._drawn(notes, article, codebook), key=lambda one: (one.start, -one.end)))

    def _drawn(self, notes: Iterable[Note], article: Article, codebook: Codebook) -> Iterator[Noted]:
        for note in notes:
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
