"""`kashaf quotes`: who said what, over the corpus, an article or a search."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.asking import chosen
from kashaf_tui.commands.output import (
    dump_json,
    emit,
    is_terminal,
    json_option,
    lines,
    message,
    paragraph,
    progress_bar,
    table,
)
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kashaf.bidi.layout import Line
    from kashaf.entities.model import EntityKey
    from kashaf_tui.quoted import Utterance

HEADER: Final = (
    "speaker", "type", "verb", "direct", "text", "start", "end", "article", "title", "source", "published",
    "confidence", "form",
)  # fmt: skip


@click.command("quotes", short_help="List who said what.")
@click.option("--article", metavar="ID", help="Only those of this article.")
@click.option(
    "--speaker", metavar="NAME", help="Only by this person, place or organisation, under any of its names."
)
@click.option("--about", metavar="NAME", help="Only those in whose words this one is named.")
@click.option("--search", "query", metavar="QUERY", help="Only those of the articles that match.")
@click.option("--limit", type=click.IntRange(1), default=50, show_default=True, help="Quotations at most.")
@click.option("--update", is_flag=True, help="First read the articles that have not been read.")
@json_option
@click.option(
    "--csv", "as_csv", is_flag=True, help="Print CSV (UTF-8; cells that look like formulas get a ')."
)
@click.pass_obj
def command(
    session: Session,
    article: str | None,
    speaker: str | None,
    about: str | None,
    query: str | None,
    limit: int,
    update: bool,
    as_json: bool,
    as_csv: bool,
) -> None:
    """List quotations, direct and reported, with who is said to have said them; the newest article first.

    The form is the words that name the speaker, as in «a security source», who has no name.
    """
    from kashaf_index.mentions import pending, update_mentions
    from kashaf_tui.quoted import keys_called, of_article, read_here, select

    if as_json and as_csv:
        raise UsageError("--json and --csv exclude each other")
    searcher, store, book = session.searcher, session.mentions, session.name_book
    if update:
        with progress_bar("Reading articles") as bar:
            update_mentions(searcher, store, book, bar.update)
    one = searcher.article(article) if article is not None else None
    if one is not None and speaker is None and about is None and query is None:
        rows = [of_article(one, quotation) for quotation in read_here(one, store, book)][:limit]
    else:
        if not update and (waiting := pending(searcher, store, book)):
            message(f"{waiting} articles have not been read for quotations yet; --update does it")
        ids = chosen(session, query, article)

        def keys(name: str | None) -> tuple[EntityKey, ...] | None:
            if name is None:
                return None
            called = keys_called(store, book, name)
            if not called:
                message(f"nobody called {name} has been found in the articles")
            return called

        rows = select(searcher, store, ids=ids, speakers=keys(speaker), about=keys(about), limit=limit)
    if as_json:
        dump_json([as_dict(row) for row in rows])
    elif as_csv:
        from kashaf.export.csv_rows import csv_bytes

        emit(csv_bytes(HEADER, (_cells(row) for row in rows)))
    elif is_terminal(sys.stdout):
        lines(_shown(rows))
    else:
        table(list(HEADER), (_columns(row) for row in rows))


def as_dict(row: Utterance) -> dict[str, object]:
    """The documented JSON shape. `form`: the words that name the speaker; `spans`: where speaker and verb stand."""
    one = row.quotation
    return {
        "speaker": one.speaker or None,
        "type": one.speaker_type or None,
        "verb": one.verb or None,
        "direct": one.direct,
        "text": row.text,
        "start": one.start,
        "end": one.end,
        "article": row.article,
        "title": row.title,
        "source": row.outlet or None,
        "published": row.published.isoformat() if row.published else None,
        "confidence": one.confidence,
        "form": row.form or None,
        "spans": {
            "speaker": [one.speaker_start, one.speaker_end] if one.speaker_end else None,
            "verb": [one.verb_start, one.verb_end] if one.verb_end else None,
        },
    }


def _cells(row: Utterance) -> list[str | int | float | bool | None]:
    values = as_dict(row)
    return [values[name] for name in HEADER]  # type: ignore[misc]  # no span is among them


def _columns(row: Utterance) -> list[str]:
    one = row.quotation
    date = row.published.isoformat() if row.published else ""
    kind = "direct" if one.direct else "reported"
    return [row.speaker, one.verb, kind, row.line, row.outlet, date, row.article]


def _shown(rows: list[Utterance]) -> Iterator[str | Line]:
    """For a terminal: who and where, then the words, wrapped."""
    width = min(shutil.get_terminal_size().columns, 100)
    for row in rows:
        one = row.quotation
        date = row.published.isoformat() if row.published else "no date stated"
        yield " · ".join(
            [
                row.speaker or "nobody named",
                one.verb or "—",
                row.outlet or "no outlet stated",
                date,
                row.article,
            ]
        )
        yield from paragraph(f"«{row.line}»" if one.direct else row.line, width)
        yield ""
