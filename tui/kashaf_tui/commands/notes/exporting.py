"""`kashaf notes export`: notes carried out, in one of several formats."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kashaf.errors import UsageError
from kashaf.export.formats import FORMATS, find
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import emit, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable

    from kashaf.corpus.article import Article
    from kashaf.export.bundle import Bundle
    from kashaf.export.formats import Language
    from kashaf.notes.model import Note
    from kashaf.notes.store import NoteStore

_OUTPUT = click.Path(path_type=Path, dir_okay=False)


@click.command("export")
@click.option("--format", "name", type=click.Choice(list(FORMATS)), default="native", show_default=True)
@click.option("-o", "--output", type=_OUTPUT, help="Default: standard output.")
@click.option("--force", is_flag=True, help="Replace the file.")
@click.option("--article", metavar="ID", help="Only the notes in this article.")
@click.option(
    "--tag", "tags", multiple=True, help="Only notes with this code, or one below it; may be repeated."
)
@click.option("--language", type=click.Choice(["en", "ar"]), help="Of a dossier; default: the workspace's.")
@click.option(
    "--group", type=click.Choice(["code", "article"]), help="What a dossier goes by; default: code."
)
@click.option("--bom", is_flag=True, help="Begin a CSV file with the mark that Excel needs for Arabic.")
@click.pass_obj
def command(
    session: Session,
    name: str,
    output: Path | None,
    force: bool,
    article: str | None,
    tags: tuple[str, ...],
    language: str | None,
    group: str | None,
    bom: bool,
) -> None:
    """Export notes, all or some. The same notes give the same bytes.

    native: JSON for another Kashaf, which loses nothing; w3c: Web Annotations; csv: a table; markdown and html: a
    dossier to read; refi: a project for other qualitative tools.
    """
    form = find(name)
    if output is not None and output.exists() and not force:
        raise UsageError("the file exists", where=str(output), cure="Give another name, or --force")
    if output is None and form.binary and sys.stdout.isatty():
        raise UsageError("nothing for a terminal", where=form.name, cure="Give a file with -o")
    options: dict[str, object] = {"group": group} if group else {}
    if bom:
        options["bom"] = True
    with opened(session, read_only=True) as store:
        chosen = _bundle(session, store, article, tags, with_articles=name != "native")
    shown = cast("Language", language or session.workspace.settings.language)
    emit(form.write(chosen, shown, **options), output)


def _bundle(
    session: Session, store: NoteStore, article: str | None, tags: tuple[str, ...], *, with_articles: bool
) -> Bundle:
    """What was asked for. Deletions go along with all notes only: a part says nothing of the rest."""
    from kashaf.export.gathering import gather
    from kashaf.notes.codebook_file import of_workspace

    notes = _chosen(session, store, article, tags)
    return gather(
        notes,
        codebook=of_workspace(session.workspace).codebook,
        article=_articles(session) if with_articles and notes else None,
        ended=store.ended() if article is None and not tags else (),
    )


def _chosen(session: Session, store: NoteStore, article: str | None, tags: tuple[str, ...]) -> list[Note]:
    from kashaf.notes.codebook import is_within, normal_path

    wanted = [normal_path(tag) for tag in tags]
    notes = store.notes()
    if article is not None:
        noted = {note.article_id for note in notes}
        article_id = article if article in noted else session.searcher.resolve(article)
        notes = [note for note in notes if note.article_id == article_id]
    if wanted:
        notes = [
            note for note in notes if any(is_within(tag, above) for tag in note.tags for above in wanted)
        ]
    return notes


def _articles(session: Session) -> Callable[[str], Article | None] | None:
    """How to find an article by its id. Without an index nobody looks, and a message says so."""
    from kashaf.errors import IndexDamaged, IndexMissing

    try:
        searcher = session.searcher
        known = searcher.ids()
    except (IndexMissing, IndexDamaged) as error:
        message(f"where the words are now cannot be told: {error}")
        return None
    return lambda article_id: searcher.article(article_id) if article_id in known else None
