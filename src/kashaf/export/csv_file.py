"""Notes as a table for a spreadsheet: one row a note. `docs/exchange.md` describes the columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kashaf.export.csv_rows import csv_bytes
from kashaf.notes.model import ArticleTarget, EntityTarget, SearchTarget, WordsTarget

if TYPE_CHECKING:
    from kashaf.export.bundle import Bundle
    from kashaf.export.csv_rows import Value
    from kashaf.notes.model import Note

COLUMNS: Final = (
    "id",
    "kind",
    "about",
    "quote",
    "body",
    "tags",
    "confidence",
    "status",
    "author",
    "created",
    "modified",
    "versions",
    "state",
    "words_now",
    "article_id",
    "title",
    "outlet",
    "published",
    "paragraph",
    "start",
    "end",
    "start_now",
    "end_now",
    "prefix",
    "suffix",
    "text_sha256",
    "source_sha256",
    "linked_quote",
    "linked_article_id",
    "linked_title",
    "linked_start",
    "linked_end",
)


def write(bundle: Bundle, language: str = "en", *, bom: bool = False) -> bytes:  # noqa: ARG001 -- has no language
    """The table, in the order of the notes' ids. bom: with the byte order mark that Excel asks for."""
    notes = sorted(bundle.notes, key=lambda note: note.id)
    return csv_bytes(COLUMNS, (_row(note, bundle) for note in notes), bom=bom)


def _row(note: Note, bundle: Bundle) -> list[Value]:
    target = note.target
    row: dict[str, Value] = {
        "id": note.id,
        "kind": note.kind,
        "body": note.body,
        # Tags are of one line, so that a line break parts them beyond doubt.
        "tags": "\n".join(note.tags),
        "confidence": note.confidence,
        "status": note.status,
        "author": note.author,
        "created": note.created,
        "modified": note.modified,
        "versions": len(note.versions),
    }
    match target:
        case EntityTarget():
            row |= {"about": target.type or "entity", "title": target.name}
        case SearchTarget():
            row |= {"about": "search", "title": target.query}
        case WordsTarget() | ArticleTarget():
            row |= {
                "about": "words" if isinstance(target, WordsTarget) else "article",
                "article_id": target.article_id,
                "title": target.title,
                "outlet": target.outlet,
                "published": target.published,
                "text_sha256": target.text_sha256,
                "source_sha256": target.source_sha256,
                **_now(note, bundle),
            }
    if isinstance(target, WordsTarget):
        row |= {
            "quote": target.quote,
            "paragraph": target.paragraph,
            "start": target.start,
            "end": target.end,
            "prefix": target.prefix,
            "suffix": target.suffix,
        }
    if note.other is not None:
        row |= {
            "linked_quote": note.other.quote,
            "linked_article_id": note.other.article_id,
            "linked_title": note.other.title,
            "linked_start": note.other.start,
            "linked_end": note.other.end,
        }
    return [row.get(column) for column in COLUMNS]


def _now(note: Note, bundle: Bundle) -> dict[str, Value]:
    """Where the words are now, and what they are, as far as somebody looked."""
    anchor = bundle.anchors.get(note.id)
    if anchor is None:
        return {}
    found: dict[str, Value] = {
        "state": "missing" if anchor.why == "missing" else anchor.state,
        "start_now": anchor.start,
        "end_now": anchor.end,
    }
    article = bundle.article(note.article_id)
    if article is not None and anchor.start is not None:
        found["words_now"] = article.text[anchor.start : anchor.end]
    return found
