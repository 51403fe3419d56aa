"""`kashaf entities`: who and where, over the corpus, an article or a search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.asking import chosen
from kashaf_tui.commands.output import dump_json, emit, json_option, message, progress_bar, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from kashaf.entities.book.namebook import NameBook
    from kashaf.entities.model import EntityKey, EntityRow, MentionType
    from kashaf.entities.tables.rows import Sort, Variant

HEADER: Final = ("name", "type", "articles", "mentions", "last", "surprise", "english", "variants")


@click.command("entities", short_help="List people, places and organisations.")
@click.option(
    "--type", "kind", type=click.Choice(["person", "place", "organization", "date"]), help="Only these."
)
@click.option("--article", metavar="ID", help="Only those of this article.")
@click.option("--search", "query", metavar="QUERY", help="Only those of the articles that match.")
@click.option(
    "--named", metavar="WORDS", default="", help="Only those with these words, or parts, in a name."
)
@click.option(
    "--sort",
    type=click.Choice(["articles", "mentions", "recent", "surprise"]),
    default="articles",
    show_default=True,
    help="surprise: the most telling of --search or --article against the rest of the corpus.",
)
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Rows at most.")
@click.option("--update", is_flag=True, help="First read the articles that have not been read for entities.")
@click.option(
    "--jobs", type=click.IntRange(1), help="Processes that --update reads with. As many as pay, unless said."
)
@json_option
@click.option(
    "--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8; cells that look like formulas get a ')."
)
@click.pass_obj
def command(
    session: Session,
    kind: MentionType | None,
    article: str | None,
    query: str | None,
    named: str,
    sort: Sort,
    limit: int,
    update: bool,
    jobs: int | None,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List the entities with the number of articles and mentions, and the spellings they were found under."""
    from kashaf.entities.model import EntityKey
    from kashaf_index.mentions import pending, update_mentions

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    searcher, store, book = session.searcher, session.mentions, session.name_book
    for problem in session.name_problems:
        message(str(problem))
    if update:
        with progress_bar("Reading entities") as bar:
            update_mentions(searcher, store, book, bar.update, jobs=jobs, workspace=session.workspace)
    elif waiting := pending(searcher, store, book):
        message(f"{waiting} articles have not been read for entities yet; --update does it")
    ids = chosen(session, query, article)
    rows = store.table(kind, ids=ids, limit=limit, sort=sort, containing=named, lean=True)
    keys = [EntityKey(row.type, row.name) for row in rows]
    variants = store.variants(keys, ids)
    if as_json:
        dump_json([as_dict(row, variants[key], book) for row, key in zip(rows, keys, strict=True)])
    elif as_csv:
        emit(_csv(rows, variants, book))
    else:
        table(
            ["name", "type", "articles", "mentions", "spellings"],
            (
                [
                    row.name,
                    row.type,
                    str(row.articles),
                    str(row.mentions),
                    "، ".join(dict.fromkeys(variant.form for variant in variants[key])),
                ]
                for row, key in zip(rows, keys, strict=True)
            ),
            numbers=(2, 3),
        )


def as_dict(row: EntityRow, variants: Sequence[Variant], book: NameBook) -> dict[str, object]:
    """The documented JSON shape."""
    return {
        "name": row.name,
        "type": row.type,
        "articles": row.articles,
        "mentions": row.mentions,
        "variants": [{"form": one.form, "count": one.mentions, "why": one.link} for one in variants],
        "last": row.last.isoformat() if row.last else None,
        "surprise": row.surprise,
        "english": _english(row, book),
    }


def _english(row: EntityRow, book: NameBook) -> str | None:
    """The English name of the book, None when it has none."""
    return next((one.english for one in book.find(row.name) if one.type == row.type and one.english), None)


def _csv(rows: Sequence[EntityRow], variants: Mapping[EntityKey, Sequence[Variant]], book: NameBook) -> bytes:
    from kashaf.entities.model import EntityKey
    from kashaf.export.csv_rows import csv_bytes

    return csv_bytes(
        HEADER,
        [
            [
                row.name,
                row.type,
                row.articles,
                row.mentions,
                row.last.isoformat() if row.last else "",
                row.surprise,
                _english(row, book) or "",
                "; ".join(f"{one.form} ({one.mentions})" for one in variants[EntityKey(row.type, row.name)]),
            ]
            for row in rows
        ],
    )
