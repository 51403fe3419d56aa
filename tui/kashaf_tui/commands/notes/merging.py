"""`kashaf notes merge`: the notes of colleagues and ours made one."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import KashafError
from kashaf_tui.commands.notes.conflict_output import (
    CONFLICTS_REMAIN,
    as_dict,
    changed_fields,
    print_conflicts,
)
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import dump_json, is_terminal, json_option, lines, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.notes.agreement import Agreement
    from kashaf.notes.codebook import Merged
    from kashaf.notes.merge import MergeReport
    from kashaf.notes.model import Note
    from kashaf.notes.store import NoteStore

_SHOWN: Final = 20  # rows of a list on a terminal


@click.command("merge")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would be done, and change nothing.")
@json_option
@click.pass_obj
def command(session: Session, files: tuple[Path, ...], dry_run: bool, as_json: bool) -> None:
    """Merge the notes of each FILE: an export, or the folder or notes file of another workspace, which is only read.

    What both sides did holds. Where both set one field of one note, nothing is decided: both values are kept, and
    `kashaf notes settle` settles it. It does not matter who merges first, or how often. One `kashaf notes undo` takes
    it all back. Exit code 11 when notes of these files are in conflict.
    """
    from kashaf_tui.commands.notes.reading_others import read_others, take_codes

    others = [read_others(file) for file in files]
    notes = [note for one in others for note in one.notes]
    ended = [end for one in others for end in one.ended]
    with opened(session, read_only=dry_run) as store:
        ours = store.notes()
        report = store.compare(notes, ended) if dry_run else store.merge(notes, ended)
        codes: list[Merged] = []
        renamed: list[tuple[str, str]] = []
        with _said("the codebook is as it was"):
            codes += [take_codes(session, one.codes, dry_run=dry_run) for one in others]
            renamed += [] if dry_run else rename_codes(session, store)
    pairs = _agreement(
        session, ours, report, [(file.stem, one.notes) for file, one in zip(files, others, strict=True)]
    )
    if as_json:
        dump_json(_as_dict(report, codes, pairs, renamed))
    else:
        _print(report, codes, pairs, renamed, dry_run=dry_run)
    if report.contested:
        click.get_current_context().exit(CONFLICTS_REMAIN)


def rename_codes(session: Session, store: NoteStore) -> list[tuple[str, str]]:
    """Give codes that came under a former name the name that the codebook has for them now."""
    from kashaf.notes.codebook_file import of_workspace

    codebook = of_workspace(session.workspace).codebook
    renamed = [(tag, codebook.current(tag)) for tag in store.tags() if codebook.current(tag) != tag]
    for old, new in renamed:
        store.rename_tag(old, new)
    return renamed


def _agreement(
    session: Session, ours: Sequence[Note], report: MergeReport, theirs: Iterable[tuple[str, Sequence[Note]]]
) -> list[tuple[str, str, Agreement]]:
    """How far the sides agree: by author where the notes have several, else by workspace."""
    from kashaf_tui.commands.notes.agreement import between_authors, between_workspaces

    gone = {note.id for note in report.trash}
    merged = {note.id: note for note in (*ours, *report.live) if note.id not in gone}
    found: list[tuple[str, str, Agreement]] = []
    with _said("the agreement cannot be told"):
        if len({note.author for note in merged.values() if note.author}) > 1:
            found += between_authors(session, list(merged.values()))
        else:
            for name, notes in theirs:
                found += between_workspaces(session, ours, notes, name)
    return [pair for pair in found if pair[2].articles]


@contextmanager
def _said(what: str) -> Iterator[None]:
    """Say what went wrong after the notes were merged: it does not undo the merge, nor hide its report."""
    try:
        yield
    except KashafError as error:
        message(f"{what}: {error}")


def _as_dict(
    report: MergeReport,
    codes: Iterable[Merged],
    pairs: Iterable[tuple[str, str, Agreement]],
    renamed: Iterable[tuple[str, str]],
) -> dict[str, object]:
    from kashaf_tui.commands.notes.agreement import as_dict as agreement_dict

    return {
        "added": [note.id for note in report.added],
        "updated": [
            {"id": note.id, "fields": [name for name, _, _ in fields]} for note, _, fields in _updates(report)
        ],
        "unchanged": len(report.unchanged),
        "deleted": [note.id for note in report.deleted],
        "revived": [note.id for note in report.revived],
        "conflicts": [as_dict(one.note, one.conflicts, one.side) for one in report.contested],
        "codes": [code.path for merged in codes for code in merged.added],
        "renamed": [list(pair) for pair in renamed],
        "agreement": [agreement_dict(*pair) for pair in pairs],
    }


def _print(
    report: MergeReport,
    codes: Iterable[Merged],
    pairs: Iterable[tuple[str, str, Agreement]],
    renamed: Iterable[tuple[str, str]],
    *,
    dry_run: bool,
) -> None:
    from kashaf_tui.commands.notes.agreement import print_agreement

    lines([summary(report, dry_run=dry_run)])
    for heading, notes in (
        ("added", report.added),
        ("deleted", report.deleted),
        ("back from the trash", report.revived),
    ):
        if notes:
            _listed(heading, ["note", "quote", "tags", "by", "about", "id"], [_row(note) for note in notes])
    updates = [
        [note.id, by, *values] for note, by, fields in _updates(report) for values in fields or [("", "", "")]
    ]
    if updates:
        _listed("updated", ["id", "by", "field", "before", "after"], updates)
    if report.contested:
        lines(["", "in conflict:"])
        for one in report.contested:
            print_conflicts(one.note, one.conflicts, one.side)
        message("settle them with `kashaf notes settle ID --field FIELD --take VERSION`")
    for merged in codes:
        if merged.added:
            message(f"new in the codebook: {'، '.join(code.path for code in merged.added)}")
        for mine, _ in merged.differing:
            message(f"their codebook says otherwise of {mine.path}; yours stays")
    for old, new in renamed:
        message(f"renamed, as the codebook says: {old} → {new}")
    for pair in pairs:
        lines([""])
        print_agreement(*pair)


def summary(report: MergeReport, *, dry_run: bool = False) -> str:
    """The merge in a line."""
    counts = (
        (len(report.added), "added"),
        (sum(1 for _ in _updates(report)), "updated"),
        (len(report.unchanged), "unchanged"),
        (len(report.deleted), "deleted"),
        (len(report.revived), "back from the trash"),
        (len(report.contested), "in conflict"),
    )
    said = ", ".join(f"{count} {word}" for count, word in counts)
    return f"would be: {said}" if dry_run else said


def _row(note: Note) -> list[str]:
    return [note.body, note.quote, " ".join(note.tags), note.author, note.about, note.id]


def _listed(heading: str, columns: list[str], rows: Sequence[list[str]]) -> None:
    """A list under a heading: all of it in a pipe, its beginning on a terminal."""
    lines(["", f"{heading}:"])
    shown = rows[:_SHOWN] if is_terminal(sys.stdout) else rows
    table(columns, shown)
    if len(shown) < len(rows):
        lines([f"… and {len(rows) - len(shown)} more: `--json` and a pipe have them all"])


def _updates(report: MergeReport) -> Iterator[tuple[Note, str, list[tuple[str, str, str]]]]:
    """Notes, by whom, and which fields were changed from what to what; those in conflict are told of apart."""
    contested = {one.note.id: {conflict.field for conflict in one.conflicts} for one in report.contested}
    for one in report.updated:
        skipped = contested.get(one.after.id, set())
        fields = [field for field in changed_fields(one.before, one.after) if field[0] not in skipped]
        if fields or not skipped:
            known = {version.id for version in one.before.versions}
            by = dict.fromkeys(version.author for version in one.after.versions if version.id not in known)
            yield one.after, ", ".join(filter(None, by)), fields
