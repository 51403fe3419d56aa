"""`kashaf entities`: who and where, over the corpus, an article or a search."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kashaf_tui.commands.asking import understood
from kashaf_tui.commands.output import dump_json, json_option, message, progress_bar, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.entities.model import EntityRow, MentionType


@click.command("entities", short_help="List people, places and organisations.")
@click.option(
    "--type", "kind", type=click.Choice(["person", "place", "organization", "date"]), help="Only these."
)
@click.option("--article", metavar="ID", help="Only those of this article.")
@click.option("--search", "query", metavar="QUERY", help="Only those of the articles that match.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows at most.")
@click.option("--update", is_flag=True, help="First read the articles that have not been read for entities.")
@json_option
@click.pass_obj
def command(
    session: Session,
    kind: MentionType | None,
    article: str | None,
    query: str | None,
    limit: int,
    update: bool,
    as_json: bool,
) -> None:
    """List the entities with the number of articles and mentions, and the spellings they were found under."""
    from kashaf_index.mentions import pending, update_mentions

    searcher = session.searcher
    if update:
        with progress_bar("Reading entities") as bar:
            update_mentions(searcher, session.mentions, session.name_book, bar.update)
    elif waiting := pending(searcher, session.mentions, session.name_book):
        message(f"{waiting} articles have not been read for entities yet; --update does it")
    ids: frozenset[str] | None = None
    if article is not None:
        ids = frozenset({searcher.article(article).id})
    if query is not None:
        from kashaf_index.model import Query

        understood(query)
        found = frozenset(searcher.matching_ids(Query(query)))
        ids = found if ids is None else ids & found
    rows = session.mentions.table(kind, ids=ids, limit=limit)
    if as_json:
        dump_json([as_dict(row) for row in rows])
    else:
        table(
            ["name", "type", "articles", "mentions", "spellings"],
            (
                [
                    row.name,
                    row.type,
                    str(row.articles),
                    str(row.mentions),
                    "، ".join(form for form, _ in row.variants),
                ]
                for row in rows
            ),
            numbers=(2, 3),
        )


def as_dict(row: EntityRow) -> dict[str, object]:
    """The documented JSON shape."""
    return {
        "name": row.name,
        "type": row.type,
        "articles": row.articles,
        "mentions": row.mentions,
        "variants": [{"form": form, "count": count} for form, count in row.variants],
    }
