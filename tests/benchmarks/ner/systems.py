"""What is measured: the shipped pipeline, and as its peer the shipped book alone, without tagger and rules."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from kashaf.corpus.article import Article
from kashaf.entities.book.namebook import NameBook
from kashaf.entities.model import Mention, Reading
from kashaf.entities.page import Page
from kashaf.entities.rules.booknames import book_candidates

Reader = Callable[[Article], Reading]
ENTITIES: Final = Path(__file__).parents[3] / "src" / "kashaf" / "entities"


def pipeline(book: NameBook | None = None, *, tagger: bool = True) -> Reader:
    """The shipped pipeline with the shipped book, or with another one."""
    names = book or NameBook.load()
    mentions: Any = import_module("kashaf.entities.mentions")
    if not hasattr(mentions, "read_article"):
        return lambda article: Reading(mentions.find_mentions(article, names))
    model = import_module("kashaf.entities.tagger.tagger").Tagger.shipped() if tagger else None
    return lambda article: mentions.read_article(article, names, model)


def book_alone(book: NameBook | None = None) -> Reader:
    """The names of the book where they stand, and nothing else."""
    names = book or NameBook.load()

    def read(article: Article) -> Reading:
        page = Page(article.text)
        found = []
        for candidate in book_candidates(page, names):
            if candidate.type is not None:
                start, end = page.span(candidate.first, candidate.last, candidate.skip)
                found.append(
                    Mention(candidate.name, candidate.type, start, end, page.text[start:end], "book")
                )
        return Reading(tuple(found))

    return read


def shipped_bytes() -> int:
    """What the entities room adds to the wheel that is no code: book, model, lists."""
    return sum(
        path.stat().st_size
        for path in ENTITIES.rglob("*")
        if path.is_file() and path.suffix not in {".py", ".pyc", ".md"}
    )
