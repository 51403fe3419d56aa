"""Articles as sources of statements."""

from __future__ import annotations

from kashaf.corpus.article import Article
from kashaf.entities.statements.model import Source
from kashaf.text.sanitise import sanitise_line


def source_of(article: Article, story: str = "") -> Source:
    """An article as the timeline needs it. story: what it shares with the copies of its text; its id without any."""
    about = article.metadata
    return Source(
        article.id,
        sanitise_line(article.title),
        sanitise_line(about.outlet or ""),
        about.published,
        article.text,
        story or article.id,
    )
