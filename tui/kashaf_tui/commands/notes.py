"""`kashaf notes`: add, list, export, import and restore notes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, emit, json_option, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.model import Note
    from kashaf.notes.recovery import Backup


@click.group("notes", short_help="Work with notes.")
def command() -> None:
    """Notes on exact words of an article."""


@command.command("add")
@click.argument("article_id", metavar="ID")
@click.option("--quote", help="The words to anchor to; they must stand in the text exactly once.")
@click.option("--span", metavar="S:E", help="Or their offsets in the article's text.")
@click.option("--note", "body", default="", help="What you have to say; without it the note is a highlight.")
@click.option("--tag", "tags", multiple=True, help="A tag; give the option once for each.")
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
        wanted = None if article is None else _article_id(session, article, store.article_ids())
        notes = store.notes(wanted)
    anchors, titles = _anchors(session, notes)
    if as_json:
        dump_json([{**to_document(note), "anchor": _as_dict(anchors.get(note.id))} for note in notes])
        return
    table(
        ["note", "state", "quote", "tags", "article", "id"],
        (
            [
                note.body,
                anchors[note.id].state if note.id in anchors else "?",
                note.target.quote,
                " ".join(note.tags),
                titles.get(note.target.article_id, note.target.title),
                note.id,
            ]
            for note in notes
        ),
    )


def _article_id(session: Session, given: str, noted: frozenset[str]) -> str:
    """The id that `given` means: of an article in the index, or of one that has notes and is there no more."""
    return given if given in noted else session.searcher.resolve(given)


def _anchors(session: Session, notes: Sequence[Note]) -> tuple[dict[str, Anchor], dict[str, str]]:
    """By note id where its words are now, by article id its title now. Each article is read once.

    Without an index that can be read there are no anchors, and a message says why: notes are precious and must be
    shown when what is derived is gone.
    """
    from kashaf.errors import IndexDamaged, IndexMissing
    from kashaf.notes.anchoring import Anchor, resolve

    of_article: dict[str, list[Note]] = {}
    for note in notes:
        of_article.setdefault(note.target.article_id, []).append(note)
    anchors: dict[str, Anchor] = {}
    titles: dict[str, str] = {}
    if not notes:
        return anchors, titles
    try:
        known = session.searcher.ids()
        for article_id, its_notes in of_article.items():
            if article_id not in known:
                anchors |= dict.fromkeys((note.id for note in its_notes), Anchor("orphan"))
                continue
            article = session.searcher.article(article_id)
            titles[article_id] = article.title
            for note in its_notes:
                anchors[note.id] = resolve(note.target, article.text, article.text_sha256)
    except (IndexMissing, IndexDamaged) as error:
        message(f"where the words are now cannot be told: {error}")
    return anchors, titles


def _as_dict(anchor: Anchor | None) -> dict[str, object] | None:
    return None if anchor is None else {"state": anchor.state, "start": anchor.start, "end": anchor.end}


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
        emit(to_json(store.notes()), output)


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


@command.command("restore")
@click.option("--from", "given", metavar="BACKUP", help="This one: its name as in --list, or a file.")
@click.option("--list", "listing", is_flag=True, help="List the whole backups and leave the notes alone.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@json_option
@click.pass_obj
def restore(session: Session, given: str | None, listing: bool, yes: bool, as_json: bool) -> None:
    """Put a backup in the place of damaged notes: the newest whole one, or the one you name.

    What it replaces is kept. Whole notes are replaced only by a backup that you name.
    """
    from kashaf.notes.recovery import backups, choose, restore_backup

    path = session.workspace.notes_file
    found = backups(path)
    for backup in found:
        if backup.notes is None:
            message(f"damaged, passed over: {backup.path.name}")
    if listing:
        _list_backups([backup for backup in found if backup.notes is not None], as_json)
        return
    chosen = choose(path, found, given)
    _ask(path, chosen, named=given is not None, yes=yes)
    restored = restore_backup(path, chosen.path)
    if as_json:
        kept = None if restored.kept is None else restored.kept.name
        dump_json({"backup": chosen.path.name, "made": chosen.made, "notes": chosen.notes, "kept": kept})
        return
    message(f"restored {chosen.path.name} with {_number(chosen.notes)}")
    if restored.kept is not None:
        message(f"what stood there is kept: {restored.kept}")


def _list_backups(whole: Sequence[Backup], as_json: bool) -> None:
    if as_json:
        dump_json([{"name": one.path.name, "made": one.made, "notes": one.notes} for one in whole])
    else:
        table(
            ["backup", "made", "notes"],
            ([one.path.name, one.made, str(one.notes)] for one in whole),
            numbers=[2],
        )


def _ask(path: Path, chosen: Backup, *, named: bool, yes: bool) -> None:
    """Let the user confirm, or stop. Raises UsageError when whole notes would go for a backup not named."""
    from kashaf.notes.recovery import inspect

    current = inspect(path)
    if current is None:
        message("the notes file is missing")
    elif current.notes is None:
        message("the notes file is damaged; it will be kept aside")
    elif not named:
        raise UsageError(
            f"the notes file is whole, with {_number(current.notes)}",
            where=str(path),
            cure="Name the backup that you want instead with --from; --list shows them",
        )
    else:
        message(f"the notes file is whole, with {_number(current.notes)}; it will be kept as a backup")
    if not yes:
        made = chosen.made.replace("T", " ").removesuffix("Z")
        click.confirm(f"Restore the backup of {made} UTC with {_number(chosen.notes)}?", abort=True, err=True)


def _number(notes: int | None) -> str:
    return f"{notes} note" if notes == 1 else f"{notes} notes"
