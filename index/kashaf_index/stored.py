"""An article as the one string that Whoosh stores, and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from kashaf.corpus.article import Article, Metadata, Provenance, RemovedLine


def dump_article(article: Article) -> str:
    """Deterministic JSON of the whole article."""
    value = {
        "id": article.id,
        "text": article.text,
        "body_start": article.body_start,
        "text_sha256": article.text_sha256,
        "metadata": asdict(article.metadata)
        | {"published": article.metadata.published.isoformat() if article.metadata.published else None},
        "provenance": asdict(article.provenance),
    }
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def load_article(stored: str) -> Article:
    """Raises ValueError, KeyError or TypeError for what `dump_article` did not write."""
    value: dict[str, Any] = json.loads(stored)
    metadata: dict[str, Any] = value["metadata"]
    published: str | None = metadata["published"]
    provenance: dict[str, Any] = value["provenance"]
    return Article(
        id=value["id"],
        text=value["text"],
        metadata=Metadata(**metadata | {"published": date.fromisoformat(published) if published else None}),
        provenance=Provenance(
            **provenance
            | {
                "warnings": tuple(provenance["warnings"]),
                "removed": tuple(RemovedLine(**line) for line in provenance["removed"]),
            }
        ),
        body_start=value["body_start"],
        text_sha256=value["text_sha256"],
    )


def revision(article: Article) -> str:
    """Names the article's content for the index: it changes with the text, the metadata or the provenance."""
    return hashlib.sha256(dump_article(article).encode("utf-8", "surrogatepass")).hexdigest()
