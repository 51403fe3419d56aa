"""`kashaf search`: the ladder of matching, from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

import click

from kashaf_tui.commands.output import dump_json, highlighted, json_option, lines, message, paragraph
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.bidi.layout import Line
    from kashaf_index.model import Hit, Results, Rung


@click.command("search", short_help="Search the articles.")
@click.argument("query")
@click.option(
    "--rung",
    type=click.Choice(["exact", "folded", "stem"]),
    default="stem",
    show_default=True,
    help="How far a word may be from the query's: as written, without marks and variants, or by its stem.",
)
@click.option(
    "--match",
    type=click.Choice(["all", "any"]),
    default="all",
    show_default=True,
    help="Whether an article must hold all words.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "date"]),
    default="relevance",
    show_default=True,
    help="The order of the hits.",
)
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True, help="Hits at most.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="Hits to pass over.")
@click.option("--facets", is_flag=True, help="Count the hits by outlet and month.")
@json_option
@click.pass_obj
def command(
    session: Session,
    query: str,
    rung: Rung,
    match: Literal["all", "any"],
    sort: Literal["relevance", "date"],
    limit: int,
    offset: int,
    facets: bool,
    as_json: bool,
) -> None:
    """Search for QUERY: words, "phrases", -without, OR, (groups), outlet:NAME, date:2025-10, date:2025-01..2025-03.

    `*` means every article. Each hit says which rung of the ladder matched, and why.
    """
    from kashaf_index.model import Query

    results = session.searcher.search(
        Query(query, rung=rung, match=match, sort=sort, limit=limit, offset=offset, facets=facets)
    )
    for warning in results.warnings:
        message(warning)
    if as_json:
        dump_json(as_dict(results))
    else:
        lines(_text(results))


def as_dict(results: Results) -> dict[str, object]:
    """The documented JSON shape; all spans are offsets in the article's text."""
    value: dict[str, object] = {
        "query": results.query.text,
        "total": results.total,
        "rungs": dict(results.rungs),
        "hits": [_hit(hit) for hit in results.hits],
    }
    if results.facets is not None:
        value["facets"] = {name: [list(row) for row in rows] for name, rows in results.facets.items()}
    value["seconds"] = round(results.seconds, 4)
    return value


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "source": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "score": round(hit.score, 4),
        "rung": hit.rung,
        "why": [{"term": why.term, "words": list(why.words), "rule": why.rule} for why in hit.why],
        "path": hit.path,
        "snippets": [
            {"text": snippet.text, "start": snippet.start, "spans": [list(span) for span in snippet.spans]}
            for snippet in hit.snippets
        ],
    }


def _text(results: Results) -> Iterator[str | Line]:
    width = shutil.get_terminal_size().columns
    ladder = " · ".join(f"{rung} {count}" for rung, count in results.rungs.items())
    yield f"{results.total} articles · {ladder}"
    for number, hit in enumerate(results.hits, results.query.offset + 1):
        yield ""
        yield f"{number}. {hit.title}"
        date = hit.published.isoformat() if hit.published else "no date"
        yield f"{hit.outlet or 'no outlet'} · {date} · {hit.rung} · {hit.id}"
        for snippet in hit.snippets:
            yield from paragraph(highlighted(snippet.text, snippet.start, snippet.spans), width)
