"""Other engines on the same texts and queries: `python peers.py ENGINE DOCS QUERIES` prints a TREC run.

DOCS and QUERIES are lines of an id, a tab and a text. Stands alone, so that any Python that has an engine can run it.
"""

from __future__ import annotations

import re
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

Texts = list[tuple[str, str]]
Run = Iterator[tuple[str, list[tuple[str, float]]]]
HITS = 100

_WORD = re.compile(r"\w+")


def whoosh(docs: Texts, queries: Texts) -> Run:
    """As its manual shows it: the standard analyser, BM25F, words joined by OR."""
    from whoosh.fields import ID, TEXT, Schema
    from whoosh.filedb.filestore import RamStorage
    from whoosh.qparser import OrGroup, QueryParser

    index = RamStorage().create_index(Schema(id=ID(stored=True), text=TEXT))
    writer = index.writer()
    for number, text in docs:
        writer.add_document(id=number, text=text)
    writer.commit()
    parser = QueryParser("text", index.schema, group=OrGroup)
    with index.searcher() as searcher:
        for number, text in queries:
            hits = searcher.search(parser.parse(" ".join(_words(text))), limit=HITS)
            yield number, [(hit["id"], hit.score) for hit in hits]


def fts5(docs: Texts, queries: Texts) -> Run:
    """SQLite's full-text search: unicode61, which takes marks off, and bm25."""
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE VIRTUAL TABLE docs USING fts5(id UNINDEXED, text, tokenize='unicode61 remove_diacritics 2')"
    )
    base.executemany("INSERT INTO docs VALUES (?, ?)", docs)
    for number, text in queries:
        wanted = " OR ".join(f'"{word}"' for word in _words(text))
        ask = "SELECT id, -bm25(docs) FROM docs WHERE docs MATCH ? ORDER BY bm25(docs), id LIMIT ?"
        yield number, base.execute(ask, (wanted, HITS)).fetchall() if wanted else []


def tantivy(docs: Texts, queries: Texts) -> Run:
    """Its Arabic stemmer (Snowball) and BM25."""
    import tantivy as engine

    name = "arabic"
    builder = engine.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("text", tokenizer_name=name)
    index = engine.Index(builder.build())
    analyser = engine.TextAnalyzerBuilder(engine.Tokenizer.simple()).filter(engine.Filter.lowercase())
    index.register_tokenizer(name, analyser.filter(engine.Filter.stemmer("arabic")).build())
    writer = index.writer()
    for number, text in docs:
        writer.add_document(engine.Document(id=number, text=text))
    writer.commit()
    index.reload()
    searcher = index.searcher()
    for number, text in queries:
        query = index.parse_query(" ".join(f'"{word}"' for word in _words(text)), ["text"])
        hits = searcher.search(query, HITS).hits
        yield number, [(searcher.doc(place)["id"][0], score) for score, place in hits]


def xapian(docs: Texts, queries: Texts) -> Run:
    """Its Arabic stemmer and BM25."""
    import xapian as engine

    with tempfile.TemporaryDirectory() as folder:
        stemmer = engine.Stem("arabic")
        base = engine.WritableDatabase(folder, engine.DB_CREATE_OR_OPEN)
        maker = engine.TermGenerator()
        maker.set_stemmer(stemmer)
        for number, text in docs:
            document = engine.Document()
            document.set_data(number)
            maker.set_document(document)
            maker.index_text(text)
            base.add_document(document)
        base.commit()
        for number, text in queries:
            parser = engine.QueryParser()
            parser.set_stemmer(stemmer)
            parser.set_stemming_strategy(parser.STEM_SOME)
            parser.set_database(base)
            asking = engine.Enquire(base)
            asking.set_query(parser.parse_query(" ".join(_words(text)), 0))
            hits = asking.get_mset(0, HITS)
            yield number, [(hit.document.get_data().decode(), hit.weight) for hit in hits]


ENGINES: dict[str, Callable[[Texts, Texts], Run]] = {
    "stock Whoosh": whoosh,
    "SQLite FTS5": fts5,
    "tantivy, Arabic": tantivy,
    "Xapian, Arabic": xapian,
}


def _words(text: str) -> list[str]:
    return _WORD.findall(text)


def _texts(name: str) -> Texts:
    rows = (line.partition("\t") for line in Path(name).read_text(encoding="utf-8").splitlines())
    return [(number, text) for number, _, text in rows]


def main() -> None:
    engine, docs, queries = sys.argv[1:]
    for number, hits in ENGINES[engine](_texts(docs), _texts(queries)):
        for rank, (found, score) in enumerate(hits, 1):
            print(number, "Q0", found, rank, score, engine.replace(" ", "-"))


if __name__ == "__main__":
    main()
