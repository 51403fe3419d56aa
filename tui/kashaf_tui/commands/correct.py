"""`kashaf correct`: title, day, outlet or author as the analyst knows them."""

from __future__ import annotations

import click

from kashaf.corpus.corrections import CORRECTED_FIELDS, CorrectedField, correction
from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.commands.show import as_dict
from kashaf_tui.session import Session


@click.command("correct", short_help="Correct an article's title, day, outlet or author.")
@click.argument("article_id", metavar="ID")
@click.option("--title", help="The title, as lists show it; the text keeps the words it has.")
@click.option("--date", "published", help="The day of publication; empty for «not stated».")
@click.option("--outlet", help="The outlet; empty for «not stated».")
@click.option("--author", help="The author; empty for «not stated».")
@click.option(
    "--forget",
    multiple=True,
    type=click.Choice(CORRECTED_FIELDS),
    help="Take a correction back: what was read counts again.",
)
@json_option
@click.pass_obj
def command(
    session: Session,
    article_id: str,
    title: str | None,
    published: str | None,
    outlet: str | None,
    author: str | None,
    forget: tuple[CorrectedField, ...],
    as_json: bool,
) -> None:
    """Correct the metadata of the article ID. Corrections are kept in the catalogue, and win over what was read."""
    from kashaf_index.correcting import correct

    given: dict[CorrectedField, str | None] = {
        "title": title,
        "published": published,
        "outlet": outlet,
        "author": author,
    }
    corrections = [correction(name, value) for name, value in given.items() if value is not None]
    if not corrections and not forget:
        raise UsageError("nothing to correct", cure="Give --title, --date, --outlet, --author or --forget")
    article = session.searcher.article(article_id)
    correct(session.workspace, session.catalogue, article.id, corrections, forget)
    with session.open_searcher() as searcher:
        article = searcher.article(article.id)
        if as_json:
            from kashaf_index.mentions import mentions_of

            found = mentions_of(article, session.mentions, session.name_book)
            dump_json(as_dict(article, found, session.catalogue.get(article.id)))
            return
    data = article.metadata
    day = data.published.isoformat() if data.published else "no date stated"
    message(f"corrected: {data.title} · {data.outlet or 'no outlet stated'} · {data.author or '–'} · {day}")
