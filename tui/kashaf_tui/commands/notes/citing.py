"""`kashaf notes cite`: the citation card of a note, or of words of an article."""

from __future__ import annotations

import shutil
import sys
from typing import TYPE_CHECKING

import click

from kashaf.errors import IndexDamaged, IndexMissing, NotFound, UsageError
from kashaf_tui.commands.notes.adding import span_of
from kashaf_tui.commands.notes.using import named, opened
from kashaf_tui.commands.output import dump_json, is_terminal, json_option, lines, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kashaf.corpus.article import Article
    from kashaf.notes.citation import Citation


@click.command("cite", short_help="Print a citation card.")
@click.argument("note_id", required=False)
@click.option("--article", metavar="ID", help="Instead of a note: words of this article.")
@click.option("--quote", metavar="TEXT", help="The words; they must stand in the text exactly once.")
@click.option("--span", metavar="S:E", help="Or their offsets in the article's text.")
@click.option("--language", type=click.Choice(["en", "ar"]), help="Default: that of the interface.")
@json_option
@click.pass_obj
def command(
    session: Session,
    note_id: str | None,
    article: str | None,
    quote: str | None,
    span: str | None,
    language: str | None,
    as_json: bool,
) -> None:
    """Say where the words of NOTE_ID are from, and by which hashes that can be proved.

    Outlet, headline, date and where it was read, article, paragraph (0 is the title), offsets, file or address, and
    the SHA-256 of the raw file and of the text. A note is cited as of the revision that it was made on.

    With --json: {"article_id", "note_id", "outlet", "headline", "author", "published", "published_evidence",
    "paragraph", "span": [S, E], "quote", "sha256", "text_sha256", "path", "member", "url", "container",
    "container_sha256"}, null for what is not known.
    """
    from kashaf.notes.citation import as_document, card

    if (note_id is None) == (article is None):
        raise UsageError("cite either a note or words of an article", cure="Give NOTE_ID, or --article ID")
    if article is not None:
        citation = _of_words(session, article, quote, span)
    elif note_id is not None and quote is None and span is None:
        citation = _of_note(session, note_id)
    else:
        raise UsageError("--quote and --span go with --article")
    if as_json:
        dump_json(as_document(citation))
    else:
        _print(card(citation, language or session.workspace.settings.language))


def _of_words(session: Session, article_id: str, quote: str | None, span: str | None) -> Citation:
    from kashaf.notes.citation import cite

    article = session.searcher.article(article_id)
    return cite(article, *span_of(article, quote, span))


def _of_note(session: Session, note_id: str) -> Citation:
    from kashaf.notes.citation import cite_note

    with opened(session, read_only=True) as store:
        note = store.get(named(note_id, (one.id for one in store.notes())))
    return cite_note(note, _article(session, note.article_id))


def _article(session: Session, article_id: str) -> Article | None:
    """What is known of the article beyond what the note keeps, where it can be read."""
    try:
        return session.searcher.article(article_id) if article_id else None
    except NotFound:
        return None
    except (IndexMissing, IndexDamaged) as error:
        message(f"nothing more is known than the note keeps: {error}")
        return None


def _print(card: Iterable[str]) -> None:
    """As it is on a pipe, isolates included; laid out on a terminal, which gets no control of any kind."""
    if not is_terminal(sys.stdout):
        for line in card:
            click.echo(line)
        return
    from kashaf.bidi.layout import lay_out

    width = min(shutil.get_terminal_size().columns, 100)
    lines(row for line in card for row in lay_out(line, width))
