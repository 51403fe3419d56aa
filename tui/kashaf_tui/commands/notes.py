"""`kashaf notes`: add, list, export and import notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, emit, json_option, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.model import Note


@click.group("notes", short_help="Work with notes.")
def command() -> None:
    """Notes on exact words of an article."""


@command.command("add")
@click.argument("article_id", metavar="ID")
@click.option("--quote", help="The words to anchor to; they must stand in the text exactly once.")
@click.option("--span", metavar="S:E", help="Or their offsets in the article's text.")
@click.option("--note", "body", default="", help="What you have to say; without it the note is a highlight.")
@click.option("--tag", "tags", multiple=True)
@json_option
@click.pass_obj
def add(
    session: Session,
    article_id: str,
    quote: str | None,
    span: str | None,
    body: str,
    tags: tuple[str, ...],
    as_json: bool,
) -> None:
    """Add a note to the article ID."""
    from kashaf.notes.anchoring import make_target
    from kashaf.text.sanitise import is_clean, sanitise, sanitise_line

    article = session.searcher.article(article_id)
    start, end = _span(article, quote, span)
    if not all(map(is_clean, (body, *tags))):
        message("control characters were taken out of the note")
    with session.notes() as store:
        note = store.add(
            make_target(article, start, end),
            body=sanitise(body).text,
            tags=[sanitise_line(tag) for tag in tags],
        )
    if as_json:
        dump_json(
            {"id": note.id, "article": article.id, "start": start, "end": end, "quote": note.target.quote}
        )
    else:
        click.echo(note.id)


def _span(article: Article, quote: str | None, span: str | None) -> tuple[int, int]:
    if (quote is None) == (span is None):
        raise UsageError("give either --quote or --span")
    if span is not None:
        try:
            start, end = (int(part) for part in span.split(":"))
        except ValueError as error:
            raise UsageError(f"`{span}` is no span", cure="Write it as 120:134") from error
        if not 0 <= start < end <= len(article.text):
            raise UsageError(
                f"the span is not within the text of {len(article.text)} characters", where=article.id
            )
        return start, end
    assert quote is not None
    start = article.text.find(quote) if quote else -1
    if start < 0:
        raise UsageError(
            "the quote does not stand in the article", where=article.id, cure="Copy it from `kashaf show`"
        )
    if article.text.find(quote, start + 1) >= 0:
        raise UsageError(
            "the quote stands there more than once", where=article.id, cure="Quote more words, or give --span"
        )
    return start, start + len(quote)


@command.command("list")
@click.option("--article", metavar="ID", help="Only those of this article.")
@json_option
@click.pass_obj
def list_(session: Session, article: str | None, as_json: bool) -> None:
    """List the notes, each with the state of its anchor: exact, moved, changed or orphan."""
    from kashaf.notes.model import to_document

    with session.notes(read_only=True) as store:
        notes = store.notes(session.searcher.article(article).id if article else None)
    anchored = [(note, *_anchor(session, note)) for note in notes]
    if as_json:
        dump_json(
            [
                {
                    **to_document(note),
                    "anchor": {"state": anchor.state, "start": anchor.start, "end": anchor.end},
                }
                for note, anchor, _ in anchored
            ]
        )
    else:
        table(
            ["note", "state", "quote", "tags", "article", "id"],
            (
                [note.body, anchor.state, note.target.quote, " ".join(note.tags), title, note.id]
                for note, anchor, title in anchored
            ),
        )


def _anchor(session: Session, note: Note) -> tuple[Anchor, str]:
    from kashaf.errors import NotFound
    from kashaf.notes.anchoring import Anchor, resolve

    try:
        article = session.searcher.article(note.target.article_id)
    except NotFound:
        return Anchor("orphan", None, None), ""
    return resolve(note.target, article.text, article.text_sha256), article.title


@command.command("export")
@click.option("--format", "form", type=click.Choice(["native"]), default="native", show_default=True)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output."
)
@click.option("--force", is_flag=True, help="Replace the file.")
@click.pass_obj
def export(session: Session, form: str, output: Path | None, force: bool) -> None:  # noqa: ARG001 -- one form so far
    """Export all notes as JSON: the same notes give the same bytes."""
    from kashaf.export.native import to_json

    if output is not None and output.exists() and not force:
        raise UsageError("the file exists", where=str(output), cure="Give another name, or --force")
    with session.notes(read_only=True) as store:
        emit(to_json(store.notes(), {}), output)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--on-conflict", type=click.Choice(["ours", "theirs"]), default="ours", show_default=True)
@json_option
@click.pass_obj
def import_(session: Session, file: Path, on_conflict: str, as_json: bool) -> None:
    """Import notes that `kashaf notes export` wrote. A note that differs from ours is reported, never overwritten."""
    from kashaf.errors import DiskTrouble
    from kashaf.export.native import from_json
    from kashaf.notes.merge import OnConflict

    try:
        data = file.read_bytes()
    except OSError as error:
        raise DiskTrouble(error.strerror or "cannot be read", where=str(file)) from error
    choice: OnConflict = "theirs" if on_conflict == "theirs" else "ours"
    with session.notes() as store:
        report = store.import_notes(from_json(data, where=str(file)), on_conflict=choice)
    if as_json:
        dump_json(
            {
                "added": len(report.added),
                "unchanged": len(report.unchanged),
                "conflicts": [conflict.ours.id for conflict in report.conflicts],
            }
        )
    else:
        click.echo(
            f"{len(report.added)} added, {len(report.unchanged)} unchanged, {len(report.conflicts)} in conflict"
        )
        kept = "replaced" if choice == "theirs" else "kept"
        for conflict in report.conflicts:
            message(f"differs from ours, which was {kept}: {conflict.ours.id}")
