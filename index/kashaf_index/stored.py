"""An article as the one string that Whoosh stores, and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any, Final

from kashaf.corpus.article import Article, Evidence, Kind, Metadata, Provenance, RemovedLine

_DAYS: Final = ("published", "updated")
_LETTERS: Final[dict[Kind, str]] = {
    "title": "t", "standfirst": "s", "heading": "h", "paragraph": "p", "item": "i", "quote": "q", "caption": "c",
}  # fmt: skip
_KINDS: Final = {letter: kind for kind, letter in _LETTERS.items()}


def dump_article(article: Article) -> str:
    """Deterministic JSON of the whole article."""
    value = {
        "id": article.id,
        "text": article.text,
        "body_start": article.body_start,
        "text_sha256": article.text_sha256,
        "kinds": "".join(_LETTERS[kind] for kind in article.kinds),
        "metadata": asdict(article.metadata)
        | {name: day.isoformat() if day else None for name, day in _days(article.metadata).items()},
        "provenance": asdict(article.provenance),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_article(stored: str) -> Article:
    """Raises ValueError, KeyError or TypeError for what `dump_article` did not write."""
    value: dict[str, Any] = json.loads(stored)
    metadata: dict[str, Any] = value["metadata"]
    days = {name: date.fromisoformat(metadata[name]) if metadata[name] else None for name in _DAYS}
    evidence = (Evidence(**one | {"span": _span(one["span"])}) for one in metadata["evidence"])
    provenance: dict[str, Any] = value["provenance"]
    return Article(
        id=value["id"],
        text=value["text"],
        metadata=Metadata(**metadata | days | {"evidence": tuple(evidence)}),
        provenance=Provenance(
            **provenance
            | {
                "warnings": tuple(provenance["warnings"]),
                "removed": tuple(RemovedLine(**line) for line in provenance["removed"]),
            }
        ),
        body_start=value["body_start"],
        text_sha256=value["text_sha256"],
        kinds=tuple(_KINDS[letter] for letter in value["kinds"]),
    )


def _days(metadata: Metadata) -> dict[str, date | None]:
    return {"published": metadata.published, "updated": metadata.updated}


def _span(value: list[int] | None) -> tuple[int, int] | None:
    return (value[0], value[1]) if value else None


def revision(article: Article) -> str:
    """Names the article's content for the index: it changes with the text, the metadata or the provenance."""
    return hashlib.sha256(dump_article(article).encode("utf-8", "surrogatepass")).hexdigest()
