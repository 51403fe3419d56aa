"""`kashaf notes import`: notes that another program, or another workspace, wrote."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from kashaf_tui.commands.notes.conflict_output import CONFLICTS_REMAIN
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kashaf.export.arriving import Arrivals, Loose
    from kashaf.export.foreign import Read, Refused
    from kashaf.export.native import NativeFile
    from kashaf.export.sniffing import Readable
    from kashaf.notes.merge import MergeReport
    from kashaf.notes.model import Ended, Note
    from kashaf.notes.store import NoteStore

_FORMATS = ("auto", "native", "w3c", "hypothesis")


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--format", "form", type=click.Choice(_FORMATS), default="auto", show_default=True)
@click.option("--article", metavar="ID", help="All of it is about this article, whatever the file calls it.")
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing.")
@json_option
@click.pass_context
def command(
    context: click.Context, file: Path, form: str, article: str | None, dry_run: bool, as_json: bool
) -> None:
    """Import notes: of another Kashaf, W3C Web Annotations, or annotations of Hypothesis.

    Nothing that is here is overwritten: what differs is merged, and what cannot be merged is kept as a conflict for
    you to settle. Importing a file again adds nothing.

    Exit codes: 3 when something was refused (the rest is done), 11 when there are conflicts to settle.
    """
    from kashaf.errors import BadInput, NotFound, UsageError
    from kashaf.export import sniffing
    from kashaf.export.foreign import MAX_BYTES
    from kashaf.export.native import NativeFile
    from kashaf.storage.atomic import read_bytes
    from kashaf_tui.commands.notes.merging import rename_codes

    session: Session = context.obj
    data = read_bytes(file, limit=MAX_BYTES)
    if data is None:
        raise NotFound("no such file", where=str(file))
    found = sniffing.read(data, where=str(file), form=None if form == "auto" else cast("Readable", form))
    if isinstance(found, NativeFile) and article is not None:
        raise UsageError("a native file says itself which articles it is about", cure="Leave --article out")
    with opened(session, read_only=dry_run) as store:
        arrived = None if isinstance(found, NativeFile) else _arrivals(session, store, found, article)
        notes, ended = _given(found, arrived)
        report = store.compare(notes, ended) if dry_run else store.merge(notes, ended)
        renamed = [] if dry_run else rename_codes(session, store)
    codes = _codes(session, found, dry_run) if isinstance(found, NativeFile) else ()
    refused = arrived.refused if arrived is not None else ()
    notices = () if isinstance(found, NativeFile) else found.notices
    for notice in notices:
        message(notice)
    if as_json:
        dump_json(_as_dict(report, arrived, codes, dry_run) | {"renamed": [list(pair) for pair in renamed]})
    else:
        _print(report, arrived, codes, dry_run)
        for old, new in renamed:
            message(f"renamed, as the codebook says: {old} is now {new}")
    if refused:
        context.exit(BadInput.exit_code)
    if report.contested:
        context.exit(CONFLICTS_REMAIN)


def _given(found: NativeFile | Read, arrived: Arrivals | None) -> tuple[Sequence[Note], Sequence[Ended]]:
    from kashaf.export.native import NativeFile

    if isinstance(found, NativeFile):
        return found.notes, found.ended
    assert arrived is not None
    return arrived.notes, ()


def _arrivals(session: Session, store: NoteStore, found: Read, article: str | None) -> Arrivals:
    """The annotations as notes on articles of the workspace. Raises IndexMissing: they need a place."""
    from kashaf.export.arriving import arrivals
    from kashaf.export.library import Library
    from kashaf.notes.identity import now

    searcher = session.searcher
    known = searcher.ids()
    library = Library(
        lambda article_id: searcher.article(article_id) if article_id in known else None,
        searcher.revisions(),
        given=searcher.resolve(article) if article is not None else "",
    )
    deleted: dict[str, Note | None] = {end.id: None for end in store.ended()}
    deleted |= {thrown.note.id: thrown.note for thrown in reversed(store.trash())}
    ours = {note.id: note for note in store.notes()}
    return arrivals(found, library, ours=ours, deleted=deleted, now=now())


def _codes(session: Session, found: NativeFile, dry_run: bool) -> tuple[str, ...]:
    """The codes of the file that our codebook does not have are added to it. Returns their paths."""
    from kashaf.errors import KashafError
    from kashaf_tui.commands.notes.reading_others import take_codes

    try:
        return tuple(code.path for code in take_codes(session, found.codes, dry_run=dry_run).added)
    except KashafError as error:
        # The notes are in, and bear their tags: only colours and descriptions did not come along.
        message(f"the codes were not taken over: {error}")
        return ()


def _as_dict(
    report: MergeReport, arrived: Arrivals | None, codes: Sequence[str], dry_run: bool
) -> dict[str, object]:
    loose = arrived.loose if arrived is not None else ()
    refused = arrived.refused if arrived is not None else ()
    return {
        "added": len(report.added),
        "updated": len(report.updated),
        "unchanged": _unchanged(report, arrived),
        "deleted": len(report.deleted),
        "revived": len(report.revived),
        "stay_deleted": len(arrived.deleted) if arrived is not None else 0,
        "conflicts": [note.id for note in report.conflicts],
        "not_anchored": [
            {
                "id": one.note.id,
                "state": _state(one),
                "quote": one.note.quote,
                "article": one.note.article_id,
            }
            for one in loose
        ],
        "refused": [{"where": one.where, "what": one.what, "reason": one.reason} for one in refused],
        "codes": list(codes),
        "dry_run": dry_run,
    }


def _print(report: MergeReport, arrived: Arrivals | None, codes: Sequence[str], dry_run: bool) -> None:
    loose: Sequence[Loose] = arrived.loose if arrived is not None else ()
    refused: Sequence[Refused] = arrived.refused if arrived is not None else ()
    parts = [
        f"{len(report.added)} added",
        f"{len(report.updated)} updated",
        f"{_unchanged(report, arrived)} unchanged",
    ]
    for number, what in (
        (len(report.deleted), "deleted"),
        (len(report.revived), "brought back"),
        (len(arrived.deleted) if arrived is not None else 0, "deleted here before, and left so"),
        (len(report.conflicts), "in conflict"),
        (len(loose), "whose words were not found for certain"),
        (len(refused), "refused"),
        (len(codes), "codes added"),
    ):
        if number:
            parts.append(f"{number} {what}")
    click.echo(("would be: " if dry_run else "") + ", ".join(parts))
    for note in report.conflicts:
        message(f"in conflict: {note.id}; see `kashaf notes conflicts`")
    for one in loose:
        # The id first: a digit behind Arabic words would be drawn before them.
        message(f"{_state(one)}: {one.note.id} «{one.note.quote or one.note.about}»")
    for refusal in refused:
        message(f"refused: {refusal.where}: {refusal.reason} ({refusal.what})")


def _unchanged(report: MergeReport, arrived: Arrivals | None) -> int:
    known = len(arrived.known) - len(arrived.deleted) if arrived is not None else 0
    return len(report.unchanged) + known


def _state(loose: Loose) -> str:
    return "missing" if loose.anchor.why == "missing" else loose.anchor.state
