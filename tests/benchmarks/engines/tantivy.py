"""tantivy with its Arabic stemmer (Snowball) and BM25: one text field with positions, outlet and date as columns."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import tantivy
from tests.benchmarks.corpus import Raw
from tests.benchmarks.engines.common import TOP, Clock, Work, size_of, timed
from tests.benchmarks.queries import Asked, load

_ANALYSER: Final = "arabic_stems"
_HEAP: Final = 256 << 20


def index(corpus: str, count: str, folder: str) -> Mapping[str, float]:
    """One writing thread; what it merges in the background is waited for."""
    Path(folder).mkdir(parents=True)
    clock = Clock()
    with clock.running():
        made = tantivy.Index(_schema(), path=folder)
        made.register_tokenizer(_ANALYSER, _analyser())
        writer = made.writer(_HEAP, 1)

    def add(article: Raw) -> None:
        writer.add_document(
            tantivy.Document(
                id=article.id,
                title=article.title,
                text=article.text,
                outlet=article.outlet,
                author=article.author,
                date=article.date,
            )
        )

    clock.feed(corpus, int(count), add)
    with clock.running():
        writer.commit()
        writer.wait_merging_threads()
    return clock.values() | {"bytes": size_of(Path(folder))}


def query(queries: str, folder: str) -> Mapping[str, float]:
    return timed(lambda: _Opened(folder), load(queries))


class _Opened:
    def __init__(self, folder: str) -> None:
        self._analyser = _analyser()
        self._index = tantivy.Index.open(folder)
        self._index.register_tokenizer(_ANALYSER, self._analyser)
        self._searcher = self._index.searcher()
        self._schema = self._index.schema

    def prepare(self, asked: Asked) -> Work | None:
        if asked.kind == "facets":
            return lambda: self._facets(asked)
        if asked.kind == "page":
            return lambda: self._snippets(asked, self._searcher.search(self._query(asked), TOP))
        if asked.kind == "snippets":
            hits = self._searcher.search(self._query(asked), TOP)
            return lambda: self._snippets(asked, hits)
        return lambda: self._ids(asked)

    def close(self) -> None:
        pass

    def _ids(self, asked: Asked) -> list[str]:
        hits = self._searcher.search(self._query(asked), TOP).hits
        return [self._searcher.doc(place)["id"][0] for _, place in hits]

    def _facets(self, asked: Asked) -> object:
        """Outlets alone: numbers cannot be counted by month."""
        return self._searcher.aggregate(
            self._query(asked), {"outlets": {"terms": {"field": "outlet", "size": 100}}}
        )

    def _snippets(self, asked: Asked, found: Any) -> list[str]:
        maker = tantivy.SnippetGenerator.create(self._searcher, self._query(asked), self._schema, "text")
        return [maker.snippet_from_doc(self._searcher.doc(place)).to_html() for _, place in found.hits]

    def _query(self, asked: Asked) -> Any:
        must, may, never = tantivy.Occur.Must, tantivy.Occur.Should, tantivy.Occur.MustNot
        if asked.kind == "prefix":
            return tantivy.Query.regex_query(self._schema, "text", re.escape(asked.words[0]) + ".*")
        terms = self._analyser.analyze(" ".join(asked.words))
        if asked.kind in ("phrase", "stem phrase") and len(terms) > 1:
            return tantivy.Query.phrase_query(self._schema, "text", terms)
        words = [tantivy.Query.term_query(self._schema, "text", term) for term in terms]
        match asked.kind:
            case "and2" | "mix all":
                clauses = [(must, word) for word in words]
            case "not":
                clauses = [(must, words[0]), *((never, word) for word in words[1:])]
            case "month" | "year":
                days = tantivy.Query.range_query(
                    self._schema, "date", tantivy.FieldType.Integer, asked.first, asked.last
                )
                clauses = [*((must, word) for word in words), (must, days)]
            case _:
                clauses = [(may, word) for word in words]
        return tantivy.Query.boolean_query(clauses)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    for name in ("id", "title", "author"):
        builder.add_text_field(name, stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("outlet", stored=True, fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", stored=True, tokenizer_name=_ANALYSER)
    builder.add_integer_field("date", stored=True, indexed=True, fast=True)
    return builder.build()


def _analyser() -> Any:
    plain = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple()).filter(tantivy.Filter.lowercase())
    return plain.filter(tantivy.Filter.stemmer("arabic")).build()
