"""`kashaf stats`: what the workspace holds."""

from __future__ import annotations

import click

from kashaf_tui.commands.output import dump_json, json_option, table
from kashaf_tui.session import Session


@click.command("stats", short_help="Say what the workspace holds.")
@json_option
@click.pass_obj
def command(session: Session, as_json: bool) -> None:
    """Count the articles, stories, outlets, months and notes of the workspace."""
    from kashaf_index.model import Query

    searcher = session.searcher
    results = searcher.search(Query("*", limit=0, facets=True))
    counted = searcher.search(Query("*", limit=0, group=True))
    facets = results.facets or {}
    months = sorted(month for month, _ in facets.get("month", ()) if month)
    dated = sum(count for month, count in facets.get("month", ()) if month)
    value: dict[str, object] = {
        "articles": results.total,
        "stories": counted.stories if not counted.notices else None,
        "outlets": [list(row) for row in facets.get("outlet", ())],
        "undated": results.total - dated,
        "first_month": months[0] if months else None,
        "last_month": months[-1] if months else None,
        "notes": len(session.notes(read_only=True).notes()),
        "generation": searcher.generation,
    }
    if as_json:
        dump_json(value)
        return
    table(["", ""], ([key.replace("_", " "), _text(item)] for key, item in value.items()))


def _text(value: object) -> str:
    if isinstance(value, list):
        return " · ".join(f"{name} {count}" for name, count in value)
    return "none" if value is None else str(value)
