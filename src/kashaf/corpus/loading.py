"""Articles read again from their originals: what makes the index and the mentions derived data."""

from __future__ import annotations

import hashlib
from pathlib import Path

from kashaf.corpus.article import Article, Draft
from kashaf.corpus.catalogue import Catalogue, Entry
from kashaf.corpus.identity import text_sha256
from kashaf.corpus.originals import Originals
from kashaf.corpus.readers import read
from kashaf.errors import BadInput, NotFound
from kashaf.workspace import Workspace


def identified(article_id: str, draft: Draft) -> Article:
    """The draft with its identity."""
    return Article(
        id=article_id,
        text=draft.text,
        metadata=draft.metadata,
        provenance=draft.provenance,
        body_start=draft.body_start,
        text_sha256=text_sha256(draft.text),
    )


def load_article(workspace: Workspace, catalogue: Catalogue, entry: Entry) -> Article:
    """The article's current revision.

    Raises NotFound when it was linked and its source is not there, BadInput when its bytes no longer yield it,
    StoreDamaged when the original on disk is not what was imported.
    """
    revision = entry.current
    data = Originals(workspace.originals).read(revision.raw_sha256)
    if data is None:
        data = _linked(catalogue, entry)
    if data is None:
        raise NotFound(
            "its source is not there", where=revision.path, cure="Plug the source in and index again"
        )
    for member in read(revision.path, data).members:
        if member.key == revision.member:
            return identified(entry.id, member.draft)
    raise BadInput(
        "the file no longer yields this article", where=revision.path, cure="Index its source again"
    )


def _linked(catalogue: Catalogue, entry: Entry) -> bytes | None:
    for place in sorted(entry.places):
        source = catalogue.sources.get(place.source)
        if source is None:
            continue
        root = Path(source.root)
        path = root / place.path if root.is_dir() else root
        try:
            data = path.read_bytes()
        except OSError:
            continue
        if hashlib.sha256(data).hexdigest() == entry.current.raw_sha256:
            return data
    return None
