"""`kashaf kwic`: the query's words in their contexts, the words beside them, and how often they come."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.asking import group_option, match_option, rung_option, understood
from kashaf_tui.commands.output import dump_json, emit, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf_index.collocates import Form, Measure
    from kashaf_index.kwic import LineSort
    from kashaf_index.model import Query, Rung
    from kashaf_tui.commands.kwic_reports import Report

_SORTS = [
    "order",
    "node",
    *(f"{side}{n}" for side in ("before", "after") for n in (1, 2, 3)),
    "date",
    "outlet",
]


@click.command("kwic", short_help="Show the query's words in context.")
@click.argument("query")
@click.option(
    "--width", type=click.IntRange(5, 500), default=40, show_default=True, help="Context, in characters."
)
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=200, show_default=True, help="Lines or words at most."
)
@click.option(
    "--sort",
    type=click.Choice(_SORTS),
    default="order",
    show_default=True,
    help="The order of the lines: of the hits and their text; or by the match, by the first, second or third word "
    "before or after it, by date, by outlet.",
)
@rung_option
@match_option
@group_option
@click.option(
    "--collocates", "what", flag_value="collocates", help="List the words beside the matches instead."
)
@click.option("--frequencies", "what", flag_value="frequencies", help="Count by outlet and month instead.")
@click.option(
    "--window",
    type=click.IntRange(0, 20),
    nargs=2,
    default=(5, 5),
    show_default=True,
    help="Collocates: words before and after a match.",
)
@click.option(
    "--measure",
    type=click.Choice(["ll", "mi"]),
    default="ll",
    show_default=True,
    help="Collocates: sort by log-likelihood (Dunning 1993) or mutual information (Church and Hanks 1990).",
)
@click.option(
    "--form",
    type=click.Choice(["folded", "stem"]),
    default="folded",
    show_default=True,
    help="Collocates: what counts as one word.",
)
@click.option(
    "--minimum",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    help="Collocates: times beside a match.",
)
@click.option("--no-stop-words", is_flag=True, help="Collocates: leave stop words out.")
@json_option
@click.option(
    "--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8; cells that look like formulas get a ')."
)
@click.option("--bom", is_flag=True, help="CSV: begin with a byte order mark, for Excel.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write JSON or CSV to a file."
)
@click.pass_obj
def command(
    session: Session,
    query: str,
    width: int,
    limit: int,
    sort: LineSort,
    rung: Rung,
    match: Literal["all", "any"],
    group: bool,
    what: str | None,
    window: tuple[int, int],
    measure: Measure,
    form: Form,
    minimum: int,
    no_stop_words: bool,
    as_json: bool,
    as_csv: bool,
    bom: bool,
    output: Path | None,
) -> None:
    """Show each match of QUERY between its left and right context; of Arabic, the left one is read first.

    Words are sorted as they are spelt, folded, with their article and proclitics.
    """
    from kashaf_index.model import Query

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    if (bom or output) and not (as_csv or (as_json and not bom)):
        raise UsageError(f"{'--bom' if bom else '--output'} needs {'--csv' if bom else '--json or --csv'}")
    understood(query)
    asked = Query(query, rung=rung, match=match, group=group)
    report: Report
    if what == "collocates":
        report = _collocates(
            session, asked, window, measure, form, minimum, limit, stop_words=not no_stop_words
        )
    elif what == "frequencies":
        report = _frequencies(session, asked)
    else:
        report = _concordance(session, asked, width, limit, sort)
    if as_json:
        dump_json(report.json(), output)
    elif as_csv:
        from kashaf.export.csv_rows import csv_bytes

        emit(csv_bytes(report.header, report.rows(), bom=bom), output)
    else:
        report.show()
    if report.more:
        message(report.more)


def _concordance(session: Session, query: Query, width: int, limit: int, sort: LineSort) -> Report:
    from kashaf_index.kwic import concordance
    from kashaf_tui.commands.kwic_reports import LinesReport

    return LinesReport(concordance(session.searcher, query, width=width, limit=limit, sort=sort))


def _collocates(
    session: Session,
    query: Query,
    window: tuple[int, int],
    measure: Measure,
    form: Form,
    minimum: int,
    limit: int,
    *,
    stop_words: bool,
) -> Report:
    from kashaf_index.collocates import collocates
    from kashaf_tui.commands.kwic_reports import WordsReport

    before, after = window
    found = collocates(session.searcher, query, before, after, measure, form, minimum, limit, stop_words)
    return WordsReport(query, window, measure, form, found)


def _frequencies(session: Session, query: Query) -> Report:
    from kashaf_index.frequencies import frequencies
    from kashaf_tui.commands.kwic_reports import CountsReport

    return CountsReport(query, frequencies(session.searcher, query))
