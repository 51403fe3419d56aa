"""A plain Whoosh index of articles: stock codec, stock writer, pickled table of contents, stock matchers.

Slow, simple, and nothing of the engine's own: what the engine answers is compared with what is read here. Documents
are numbered from 0 over all segments in the order in which the articles were given.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import pairwise
from pathlib import Path
from typing import Any

from whoosh import fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import TermNotFound

from kashaf.corpus.article import Article
from kashaf.text.tokens import WORD, exact_forms
from kashaf_index.analysis import ladder, outlet_key

#: A text's first tokens, title included.
LEAD = 60

Positions = dict[bytes, list[int]]


class PackedPositions(formats.Format):  # type: ignore[misc]  # Whoosh has no types
    """Positions as plain 32-bit integers."""

    def word_values(
        self, value: Positions, analyzer: object, **kwargs: object
    ) -> Iterable[tuple[bytes, int, float, bytes]]:
        return [(term, len(at), float(len(at)), array("I", at).tobytes()) for term, at in value.items()]

    def decode_positions(self, value: bytes) -> list[int]:
        return array("I", value).tolist()

    def decode_frequency(self, value: bytes) -> int:
        return len(self.decode_positions(value))

    def decode_weight(self, value: bytes) -> float:
        return float(self.decode_frequency(value))


class WordsField(fields.FieldType):  # type: ignore[misc]  # Whoosh has no types
    """Analysed words with positions. Takes what `positions` found."""

    def __init__(self) -> None:
        super().__init__(format=PackedPositions(), analyzer=None, scorable=True, stored=False)

    def index(self, value: Positions, **kwargs: object) -> list[tuple[bytes, int, float, bytes]]:
        return list(self.format.word_values(value, None))

    def to_bytes(self, value: str | bytes) -> bytes:
        return value if isinstance(value, bytes) else value.encode()


def positions(text: str) -> tuple[Positions, int]:
    """Each term's positions in the text, and the number of tokens."""
    found: Positions = {}
    count = 0
    for surface in WORD.findall(text):
        for exact in exact_forms(surface):
            found.setdefault(ladder(exact).term(), []).append(count)
            count += 1
    return found, count


def title_of(article: Article) -> str:
    """The title that is indexed: none when the article does not state one."""
    return article.metadata.title if article.body_start else ""


class StockIndex:
    """The articles in `folder`, which is empty, in so many segments; those of the ids are deleted afterwards."""

    def __init__(
        self, folder: Path, articles: Sequence[Article], deleted: Set[str] = frozenset(), segments: int = 1
    ) -> None:
        words = WordsField()
        schema = fields.Schema(
            id=fields.ID(unique=True),
            text=words,
            lead=words,
            title=words,
            author=words,
            outlet=fields.ID(),
        )
        index = FileStorage(str(folder)).create_index(schema)
        bounds = [round(part * len(articles) / segments) for part in range(segments + 1)]
        for first, last in pairwise(bounds):
            writer = index.writer()
            for article in articles[first:last]:
                writer.add_document(**_document(article))
            writer.commit(merge=False)
        if deleted:
            writer = index.writer()
            for article_id in deleted:
                writer.delete_by_term("id", article_id)
            writer.commit(merge=False)
        self.articles = tuple(articles)
        self.live = frozenset(doc for doc, article in enumerate(articles) if article.id not in deleted)
        self._index = index
        self._reader: Any = index.reader()
        assert self._reader.doc_count_all() == len(articles)
        assert self._reader.doc_count() == len(self.live)

    def close(self) -> None:
        self._reader.close()

    def searcher(self) -> Any:
        """Whoosh's own searcher, with its own BM25F."""
        return self._index.searcher()

    def terms(self, field: str) -> list[bytes]:
        """Every term of the field, those of deleted articles too."""
        return list(self._reader.lexicon(field)) if self.articles else []

    def frequency(self, field: str, term: bytes) -> int:
        """The number of articles that the term is in, deleted ones too."""
        return int(self._reader.doc_frequency(field, term))

    def postings(self, field: str, term: bytes) -> Iterator[tuple[int, list[int]]]:
        """Live documents in order, each with the term's positions (none in a field of keys)."""
        try:
            matcher = self._reader.postings(field, term)
        except TermNotFound:
            return
        placed = field != "outlet"
        while matcher.is_active():
            at = matcher.value_as("positions") if placed else []
            assert not placed or len(at) == matcher.weight()
            yield matcher.id(), at
            matcher.next()


def _document(article: Article) -> dict[str, object]:
    text, _ = positions(article.text)
    author, outlet = article.metadata.author, article.metadata.outlet
    return {
        "id": article.id,
        "text": text,
        "lead": {term: near for term, at in text.items() if (near := [one for one in at if one < LEAD])},
        "title": positions(title_of(article))[0],
        "author": positions(author)[0] if author else None,
        "outlet": outlet_key(outlet) if outlet else None,
    }
