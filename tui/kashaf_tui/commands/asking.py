"""How commands take a query: what of it cannot be used is said on stderr, with its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import message

if TYPE_CHECKING:
    from kashaf_index.model import Results
    from kashaf_index.query.parser import Parsed
    from kashaf_tui.session import Session

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
group_option: Final = click.option(
    "--group",
    is_flag=True,
    help="Take copies of one text as one: the best of them is shown, and stories are counted, not articles.",
)


def chosen(session: Session, query: str | None, article: str | None) -> frozenset[str] | None:
    """The ids of the articles that match and are meant; None for all. Raises NotFound and UsageError."""
    searcher = session.searcher
    ids: frozenset[str] | None = None
    if article is not None:
        ids = frozenset({searcher.article(article).id})
    if query is not None:
        from kashaf_index.model import Query

        understood(query)
        found = frozenset(searcher.matching_ids(Query(query)))
        ids = found if ids is None else ids & found
    return ids


def counted(results: Results) -> str:
    """How many articles or stories were found, at each rung too."""
    ladder = " · ".join(f"{rung} {count}" for rung, count in results.rungs.items())
    if results.stories is None:
        return f"{results.total} articles · {ladder}"
    return f"{results.stories} stories in {results.articles} articles · {ladder}"


def understood(query: str) -> Parsed:
    """The query as it is read. Raises UsageError when nothing in it can be searched."""
    from kashaf_index.query.parser import parse

    parsed = parse(query)
    if parsed.root is None:
        raise UsageError(parsed.warnings[0])
    for mistake in parsed.mistakes:
        message(f"character {mistake.start + 1}: {mistake.message}")
    return parsed
