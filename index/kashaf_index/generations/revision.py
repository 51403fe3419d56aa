"""What an article in the index was made of."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kashaf.corpus.article import Article


@dataclass(frozen=True, slots=True)
class Revision:
    """What an article in the index was made of: hashes of its file and of its text, its member in the file, and
    what its lines and metadata were read under (see `Article.stamp` and `Provenance.scope`)."""

    raw_sha256: str
    text_sha256: str
    member: str
    stamp: str = ""
    scope: str = ""

    @classmethod
    def of(cls, article: Article) -> Revision:
        source = article.provenance
        return cls(source.sha256, article.text_sha256, source.member, article.stamp, source.scope)
