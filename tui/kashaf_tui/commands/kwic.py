"""`kashaf kwic`: the query's words in their contexts, one a line."""

from __future__ import annotations

import click

from kashaf_tui.commands.output import dump_json, json_option, lines
from kashaf_tui.session import Session


@click.command("kwic", short_help="Show the query's words in context.")
@click.argument("query")
@click.option(
    "--width", type=click.IntRange(5, 500), default=40, show_default=True, help="Context, in characters."
)
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Lines at most."
)
@json_option
@click.pass_obj
def command(session: Session, query: str, width: int, limit: int, as_json: bool) -> None:
    """Show each match of QUERY between its left and right context, in the order of the text."""
    from kashaf_index.kwic import kwic
    from kashaf_index.model import Query

    found = kwic(session.searcher, Query(query), width=width, limit=limit)
    if as_json:
        dump_json(
            [
                {
                    "id": line.id,
                    "title": line.title,
                    "source": line.outlet,
                    "published": line.published.isoformat() if line.published else None,
                    "left": line.left,
                    "node": line.node,
                    "right": line.right,
                    "start": line.start,
                    "end": line.end,
                }
                for line in found
            ]
        )
    else:
        lines(f"{line.left} [{line.node}] {line.right}" for line in found)
