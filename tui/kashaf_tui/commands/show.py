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
    from kashaf.corpus.catalogue import Entry
    from kashaf.entities.model import Mention


@click.command("show", short_help="Show an article.")
@click.argument("article_id", metavar="ID")
@click.option(
    "--removed", is_flag=True, help="Show what was taken out of its file, and what stood around it."
)
@json_option
@click.pass_obj
def command(session: Session, article_id: str, removed: bool, as_json: bool) -> None:
    """Show the article ID. The beginning of an id is enough when no other starts with it."""
    article = session.searcher.article(article_id)
    if removed:
        from kashaf.corpus.loading import with_everything

        article = with_everything(session.workspace, session.catalogue, article)
    if as_json:
        from kashaf_index.mentions import mentions_of

        found = mentions_of(article, session.mentions, session.name_book)
        dump_json(as_dict(article, found, session.catalogue.get(article.id)))
    else:
        lines(_removed(article) if removed else _text(article))


def as_dict(article: Article, mentions: tuple[Mention, ...], entry: Entry | None) -> dict[str, object]:
    """The documented JSON shape. entry: what the catalogue knows of the article."""
    entities: dict[tuple[str, str], list[list[int]]] = {}
    for mention in mentions:
        entities.setdefault((mention.name, mention.type), []).append([mention.start, mention.end])
    data, source = article.metadata, article.provenance
    return {
        "id": article.id,
        "title": data.title,
        "source": data.outlet,
        "author": data.author,
        "published": data.published.isoformat() if data.published else None,
        "published_evidence": data.published_evidence,
        "updated": data.updated.isoformat() if data.updated else None,
        "standfirst": data.standfirst,
        "dateline": data.dateline,
        "language": data.language,
        "url": data.url,
        "evidence": [
            {
                "field": one.field,
                "where": one.where,
                "confidence": one.confidence,
                "span": list(one.span) if one.span else None,
            }
            for one in data.evidence
        ],
        "path": source.path,
        "member": source.member,
        "sha256": source.sha256,
        "container": source.container or None,
        "container_sha256": source.container_sha256 or None,
        "encoding": source.encoding,
        "confidence": source.confidence,
        "warnings": list(source.warnings),
        "imported": entry.current.imported if entry else None,
        "version": entry.current.version if entry else None,
        "corrections": [
            {"field": one.field, "value": one.value, "when": one.when}
            for one in (entry.corrections if entry else ())
        ],
        "text_sha256": article.text_sha256,
        "text": article.text,
        "paragraphs": [[one.kind, one.start, one.end] for one in article.paragraphs()],
        "removed": [
            {"text": one.text, "line": one.line, "rule": one.rule, "at": one.at} for one in source.removed
        ],
        "entities": [
            {"name": name, "type": kind, "mentions": spans} for (name, kind), spans in entities.items()
        ],
    }


def _removed(article: Article) -> Iterator[str]:
    for one in article.provenance.removed:
        yield f"line {one.line} · {one.rule} · {one.text}"


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
