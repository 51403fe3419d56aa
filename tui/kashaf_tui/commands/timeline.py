"""`kashaf timeline`: dated statements on one axis, and figures about the same thing side by side."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import NotFound, UsageError
from kashaf_tui.commands.asking import chosen
from kashaf_tui.commands.output import dump_json, emit, json_option, message, progress_bar
from kashaf_tui.commands.timeline_tables import print_claims, print_statements
from kashaf_tui.commands.timeline_values import claim_dict, claims_csv, statement_dict, statements_csv
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    from kashaf.entities.statements.model import Claim, Source, Timeline

_DAY: Final = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?\Z", re.ASCII)


@click.command("timeline", short_help="Put dated statements on one axis; compare figures.")
@click.option("--search", "query", metavar="QUERY", help="Only the articles that match.")
@click.option("--article", metavar="ID", help="Only this article.")
@click.option("--from", "first", metavar="DATE", help="Only what may be on or after this day, month or year.")
@click.option("--to", "last", metavar="DATE", help="Only what may be on or before this day, month or year.")
@click.option("--claims", "with_claims", is_flag=True, help="Compare figures about the same thing instead.")
@click.option("--limit", type=click.IntRange(1), default=100, show_default=True, help="Rows at most.")
@click.option("--update", is_flag=True, help="First read the articles that have not been read yet.")
@json_option
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV: a row a statement, or a row a figure.")
@click.pass_obj
def command(
    session: Session,
    query: str | None,
    article: str | None,
    first: str | None,
    last: str | None,
    with_claims: bool,
    limit: int,
    update: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List every sentence that says when, by the time it is about.

    With --claims: figures of several articles for one thing (members, deaths, money), those in conflict first. With
    --from and --to, of articles published in that time.
    """
    if as_json and as_csv:
        raise UsageError("--json and --csv are two formats", cure="Give one of them")
    begin, end = _day(first, "--from", 0), _day(last, "--to", 1)
    if begin and end and begin > end:
        raise UsageError(f"--from {first} is after --to {last}", cure="Swap them")
    ids = chosen(session, query, article)
    _read(session, ids, update)
    source = _sources(session)
    claims: Sequence[Claim] = ()
    if with_claims:
        claims = _claims(session, ids, source, begin, end)
    if with_claims and not as_json:
        _say_more(len(claims), limit, "claims")
        claims = claims[:limit]
        if as_csv:
            emit(claims_csv(claims))
        else:
            print_claims(claims)
        return
    found = _timeline(session, ids, source, begin, end)
    _say_more(len(found), limit, "statements")
    if as_json:
        value: dict[str, object] = {
            "statements": [statement_dict(one) for one in found.dated[:limit]],
            "open": [statement_dict(one) for one in found.open[: max(0, limit - len(found.dated))]],
            "total": len(found),
            "claims": [claim_dict(one) for one in claims[:limit]] if with_claims else None,
        }
        dump_json(value)
    elif as_csv:
        emit(statements_csv([*found][:limit]))
    else:
        print_statements(found, limit)


# What is asked


def _day(text: str | None, option: str, end: int) -> date | None:
    """The first (0) or last (1) day of a day, month or year."""
    if text is None:
        return None
    from kashaf.entities.statements.periods import stretch

    match = _DAY.match(text)
    try:
        assert match is not None
        year, month, day = (int(part) if part else None for part in match.groups())
        first = date(year or 0, month or 1, day or 1)
    except (AssertionError, ValueError):
        cure = "Write 2025, 2025-11 or 2025-11-03"
        raise UsageError(f"{option} {text} is no day, month or year", cure=cure) from None
    return stretch(first, "day" if day else "month" if month else "year")[end]


def _read(session: Session, ids: frozenset[str] | None, update: bool) -> None:
    """See to it that articles have been read, or say that some have not."""
    from kashaf_index.mentions import update_mentions

    searcher = session.searcher
    if update:
        with progress_bar("Reading articles") as bar:
            update_mentions(searcher, session.mentions, session.name_book, bar.update)
        return
    waiting = frozenset(session.mentions.pending_ids(searcher.facts(), session.name_book))
    waiting = waiting if ids is None else waiting & ids
    if waiting:
        message(f"{len(waiting)} articles have not been read for dates and figures yet; --update does it")


def _sources(session: Session) -> Callable[[str], Source | None]:
    from kashaf.entities.statements.sources import source_of

    searcher, stories = session.searcher, session.stories()

    def source(id_: str) -> Source | None:
        try:
            return source_of(searcher.article(id_), stories.leader(id_))
        except NotFound:
            return None  # left the index since it was read

    return source


def _timeline(
    session: Session,
    ids: Collection[str] | None,
    source: Callable[[str], Source | None],
    first: date | None,
    last: date | None,
) -> Timeline:
    from kashaf.entities.statements.timeline import timeline

    rows = session.mentions.dates(ids=ids, first=first, last=last)
    return timeline(rows, source, first=first, last=last)


def _claims(
    session: Session,
    ids: Collection[str] | None,
    source: Callable[[str], Source | None],
    first: date | None,
    last: date | None,
) -> Sequence[Claim]:
    from kashaf.entities.statements.claims import candidates, claims_of

    store = session.mentions
    counted = [
        row
        for row in store.quantities(ids=ids)
        if (first is None and last is None)
        or (row.published is not None and (first or date.min) <= row.published <= (last or date.max))
    ]
    found = candidates(counted, store.named(ids=ids), story=session.stories().leader)
    dated = store.dates(ids=found.ids)
    with progress_bar("Comparing figures") as bar:
        return claims_of(found, dated, source, progress=bar.update)


def _say_more(found: int, limit: int, what: str) -> None:
    if found > limit:
        message(f"the first {limit} of {found} {what}; --limit shows more")
