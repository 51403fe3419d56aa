"""How commands take a query: what of it cannot be used is said on stderr, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import message

if TYPE_CHECKING:
    from kashaf_index.query.parser import Parsed

rung_option: Final = click.option(
    "--rung",
    type=click.Choice(["exact", "folded", "stem", "root"]),
    default="stem",
    show_default=True,
    help="How far a word may be from the query's: as written, without marks and variants, by its stem, by its root.",
)
match_option: Final = click.option(
    "--match",
    type=click.Choice(["all", "any"]),
    default="all",
    show_default=True,
    help="Whether an article must hold all words.",
)


def understood(query: str) -> Parsed:
    """The query as it is read. Raises UsageError when nothing in it can be searched."""
    from kashaf_index.query.parser import parse

    parsed = parse(query)
    if parsed.root is None:
        raise UsageError(parsed.warnings[0])
    for mistake in parsed.mistakes:
        message(f"character {mistake.start + 1}: {mistake.message}")
    return parsed
