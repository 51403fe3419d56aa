"""Articles to import annotations onto, and what becomes of them."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

from tests.notes_support import TEXT, article

from kashaf.corpus.article import Article
from kashaf.corpus.identity import text_sha256
from kashaf.export.arriving import Arrivals, arrivals
from kashaf.export.foreign import Read
from kashaf.export.library import Library
from kashaf.export.sniffing import Readable, read
from kashaf.notes.model import Note

NOW = "2026-01-01T00:00:00Z"
PAGE = "https://almarfa.example/news/42"
QUOTE = {"type": "TextQuoteSelector", "exact": "مليوني دينار"}
ANNO = "http://www.w3.org/ns/anno.jsonld"


def on_the_web(text: str = TEXT, article_id: str = "0a1b2c3d4e5f", url: str | None = PAGE) -> Article:
    made = article(text, article_id)
    return replace(made, metadata=replace(made.metadata, url=url))


def well() -> Article:
    """Another article, with an address of its own."""
    text = "بئر القرية\nحفر أهالي القرية بئرا جديدة بعد أن جفت العين القديمة في الصيف الماضي."
    made = on_the_web(text, "9z8y7x6w5v4u", "http://www.alain.example/well/")
    return replace(made, provenance=replace(made.provenance, sha256="7" * 64))


def library(*articles: Article, given: str = "") -> Library:
    known = {one.id: one for one in articles or (on_the_web(), well())}
    return Library(known.get, {one.id: one.text_sha256 for one in known.values()}, given=given)


def imported(
    document: Any,
    *,
    articles: Library | None = None,
    ours: tuple[Note, ...] = (),
    deleted: dict[str, Note | None] | None = None,
    form: Readable | None = None,
) -> Arrivals:
    """What becomes of a JSON document, or of the bytes of a file."""
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    found = read(data, where="f", form=form)
    assert isinstance(found, Read)
    return arrivals(
        found,
        articles or library(),
        ours={note.id: note for note in ours},
        deleted=deleted or {},
        now=NOW,
    )


def one(document: Any, **options: Any) -> Note:
    """The only note that a document becomes; nothing is refused."""
    found = imported(document, **options)
    assert found.refused == ()
    (note,) = found.notes
    return note


def revised(made: Article, text: str) -> Article:
    return replace(made, text=text, text_sha256=text_sha256(text))


def annotation(**fields: Any) -> dict[str, Any]:
    """An annotation on words that stand once in the article at `PAGE`."""
    return {
        "@context": ANNO,
        "id": "https://x.example/annotations/1",
        "type": "Annotation",
        "body": {"type": "TextualBody", "value": "غريب"},
        "target": {"source": PAGE, "selector": QUOTE},
    } | fields


def selecting(selector: Any, **fields: Any) -> dict[str, Any]:
    return annotation(target={"type": "SpecificResource", "source": PAGE, "selector": selector}, **fields)
