"""`kashaf show`: one article, with where everything about it was read."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from kashaf_tui.commands.output import dump_json, json_option, lines, paragraph
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.bidi.layout import Line
    from kashaf.corpus.article import Article
    from kashaf.entities.model import Mention


@click.command("show", short_help="Show an article.")
@click.argument("article_id", metavar="ID")
@json_option
@click.pass_obj
def command(session: Session, article_id: str, as_json: bool) -> None:
    """Show the article ID. The beginning of an id is enough when no other starts with it."""
    article = session.searcher.article(article_id)
    if as_json:
        from kashaf_index.mentions import mentions_of

        dump_json(as_dict(article, mentions_of(article, session.mentions, session.name_book)))
    else:
        lines(_text(article))


def as_dict(article: Article, mentions: tuple[Mention, ...]) -> dict[str, object]:
    """The documented JSON shape."""
    entities: dict[tuple[str, str], list[list[int]]] = {}
    for mention in mentions:
        entities.setdefault((mention.name, mention.type), []).append([mention.start, mention.end])
    data = article.metadata
    return {
        "id": article.id,
        "title": data.title,
        "source": data.outlet,
        "author": data.author,
        "published": data.published.isoformat() if data.published else None,
        "published_evidence": data.published_evidence,
        "language": data.language,
        "url": data.url,
        "path": article.provenance.path,
        "member": article.provenance.member,
        "sha256": article.provenance.sha256,
        "encoding": article.provenance.encoding,
        "warnings": list(article.provenance.warnings),
        "text": article.text,
        "entities": [
            {"name": name, "type": kind, "mentions": spans} for (name, kind), spans in entities.items()
        ],
    }


def _text(article: Article) -> Iterator[str | Line]:
    data = article.metadata
    width = min(shutil.get_terminal_size().columns, 100)
    date = f"{data.published.isoformat()} ({data.published_evidence})" if data.published else "no date stated"
    yield " · ".join(
        [data.outlet or "no outlet stated", *([data.author] if data.author else []), date, article.id]
    )
    yield f"{article.provenance.path} · {article.provenance.encoding}"
    yield from (f"warning: {warning}" for warning in article.provenance.warnings)
    for text in article.text.split("\n"):
        yield ""
        yield from paragraph(text, width)
