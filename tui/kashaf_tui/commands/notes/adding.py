"""`kashaf notes add`: a note on words of an article, on an article, on an entity, on a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from kashaf.errors import NotFound, UsageError
from kashaf.notes.model import KINDS, STATUSES
from kashaf_tui.commands.notes.using import CONFIDENCES, author_option, cleaned, opened
from kashaf_tui.commands.output import dump_json, json_option
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.model import EntityTarget, SearchTarget, Target, WordsTarget

_TYPES = ("person", "place", "organization")


@click.command("add")
@click.argument("article_id", metavar="[ID]", required=False)
@click.option("--quote", help="The words to anchor to; they must stand in the text exactly once.")
@click.option("--span", metavar="S:E", help="Or their offsets in the article's text.")
@click.option(
    "--entity", metavar="NAME", help="A note on a person, place or organisation, not on an article."
)
@click.option(
    "--type", "entity_type", type=click.Choice(_TYPES), help="Of the entity, where the name is not enough."
)
@click.option("--search", "query", metavar="QUERY", help="A note on a search, not on an article.")
@click.option(
    "--rung", type=click.Choice(["exact", "folded", "stem", "root"]), default="stem", help="Of the search."
)
@click.option("--match", type=click.Choice(["all", "any"]), default="all", help="Of the search.")
@click.option("--to", "far", metavar="ID:S:E", help="A link: the words at its other end, in that article.")
@click.option("--note", "body", default="", help="What you have to say; without it words are highlighted.")
@click.option("--tag", "tags", multiple=True, help="A tag; give the option once for each.")
@click.option(
    "--kind", type=click.Choice(KINDS), help="Default: note where there is something said, else highlight."
)
@click.option("--confidence", type=click.Choice(CONFIDENCES), default=None, help="How sure you are.")
@click.option("--status", type=click.Choice(STATUSES), default="open", show_default=True)
@author_option
@json_option
@click.pass_obj
def command(
    session: Session,
    article_id: str | None,
    quote: str | None,
    span: str | None,
    entity: str | None,
    entity_type: str | None,
    query: str | None,
    rung: str,
    match: str,
    far: str | None,
    body: str,
    tags: tuple[str, ...],
    kind: Any,
    confidence: Any,
    status: Any,
    author: str,
    as_json: bool,
) -> None:
    """Add a note to the article ID: to words of it with --quote or --span, else to the article as a whole."""
    from kashaf.notes.codec import target_document

    if sum(given is not None for given in (article_id, entity, query)) != 1:
        raise UsageError("a note is on one thing", cure="Give the ID of an article, or --entity, or --search")
    target: Target
    if article_id is not None:
        target = _in_article(session, article_id, quote, span)
    elif quote is not None or span is not None:
        raise UsageError("--quote and --span go with the ID of an article")
    elif entity is not None:
        target = _entity(session, entity, entity_type)
    else:
        target = _search(query or "", rung, match)
    body, tags, author = cleaned(body, tags, author)
    with opened(session) as store:
        note = store.add(
            target,
            body=body,
            tags=tags,
            kind=kind,
            confidence=confidence or "",
            status=status,
            author=author,
            other=None if far is None else _far_end(session, far),
        )
    if not as_json:
        click.echo(note.id)
    elif note.words is not None:
        start, end = note.place
        dump_json(
            {"id": note.id, "article": note.article_id, "start": start, "end": end, "quote": note.quote}
        )
    else:
        dump_json({"id": note.id, "target": target_document(note.target)})


def _in_article(session: Session, article_id: str, quote: str | None, span: str | None) -> Target:
    from kashaf.notes.anchoring import make_target
    from kashaf.notes.model import ArticleTarget

    article = session.searcher.article(article_id)
    if quote is not None or span is not None:
        return make_target(article, *span_of(article, quote, span))
    published = article.metadata.published
    return ArticleTarget(
        article.id,
        article.text_sha256,
        article.title,
        article.metadata.outlet or "",
        published.isoformat() if published else "",
        article.provenance.sha256,
    )


def _entity(session: Session, name: str, entity_type: str | None) -> EntityTarget:
    """The entity of that name: in the name book, or as found in the articles. Raises NotFound, UsageError."""
    from kashaf.notes.model import EntityTarget

    found: set[tuple[str, str]] = {(one.canonical, one.type) for one in session.name_book.find(name)}
    found |= {(row.name, row.type) for row in session.mentions.table() if row.name == name}
    found = {one for one in found if one[1] in _TYPES and entity_type in (None, one[1])}
    if not found and entity_type is not None:
        return EntityTarget(name, entity_type)
    if not found:
        raise NotFound(
            "no such entity", where=name, cure="`kashaf entities` shows them; or say what it is with --type"
        )
    if len(found) > 1:
        kinds = ", ".join(f"{one} ({kind})" for one, kind in sorted(found))
        raise UsageError(
            f"the name is that of several: {kinds}", where=name, cure="Add --type, or write it in full"
        )
    return EntityTarget(*found.pop())


def _search(query: str, rung: str, match: str) -> SearchTarget:
    from kashaf.notes.model import SearchTarget
    from kashaf.text.sanitise import sanitise_line

    line = sanitise_line(query)
    if not line:
        raise UsageError("the query is empty")
    return SearchTarget(line, rung, match)


def _far_end(session: Session, given: str) -> WordsTarget:
    from kashaf.notes.anchoring import make_target

    article_id, colon, span = given.partition(":")
    if not colon:
        raise UsageError(f"`{given}` is no end of a link", cure="Write it as ID:120:134")
    article = session.searcher.article(article_id)
    return make_target(article, *span_of(article, None, span))


def span_of(article: Article, quote: str | None, span: str | None) -> tuple[int, int]:
    """The span that `--quote` or `--span` means. Raises UsageError for neither, both, or what is not there."""
    if (quote is None) == (span is None):
        raise UsageError("give either --quote or --span")
    if span is not None:
        try:
            start, end = (int(part) for part in span.split(":"))
        except ValueError as error:
            raise UsageError(f"`{span}` is no span", cure="Write it as 120:134") from error
        if not 0 <= start < end <= len(article.text):
            raise UsageError(
                f"the span is not within the text of {len(article.text)} characters", where=article.id
            )
        return start, end
    assert quote is not None
    start = article.text.find(quote) if quote else -1
    if start < 0:
        raise UsageError(
            "the quote does not stand in the article", where=article.id, cure="Copy it from `kashaf show`"
        )
    if article.text.find(quote, start + 1) >= 0:
        raise UsageError(
            "the quote stands there more than once", where=article.id, cure="Quote more words, or give --span"
        )
    return start, start + len(quote)
