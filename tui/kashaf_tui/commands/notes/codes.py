"""`kashaf notes codes`: the codebook, with the number of notes of each code, and what may be done to it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import BadInput, UsageError
from kashaf_tui.commands.notes.using import counted, opened
from kashaf_tui.commands.output import drawn, dump_json, emit, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from kashaf.notes.codebook import Code, Codebook, Count
    from kashaf.notes.codebook_file import CodebookFile
    from kashaf.notes.store import NoteStore


@click.group("codes", invoke_without_command=True, short_help="The codes to tag with, as a tree.")
@json_option
@click.pass_context
def command(context: click.Context, as_json: bool) -> None:
    """Show the codes as a tree, with how many notes bear each or one below it.

    Tags that are in no codebook stand at the end.
    """
    if context.invoked_subcommand is None:
        _show(context.find_object(Session), as_json)


def _show(session: Session | None, as_json: bool) -> None:
    assert session is not None
    from kashaf.notes.codebook import tally
    from kashaf.notes.codebook_file import of_workspace

    loaded = of_workspace(session.workspace)
    for problem in loaded.problems:
        message(str(problem))
    with opened(session, read_only=True) as store:
        counts = tally(note.tags for note in store.notes())
    codebook = loaded.codebook
    stale = {tag: codebook.current(tag) for tag in counts if codebook.current(tag) != tag}
    if stale:
        message(
            f"{len(stale)} tags bear a name of before a renaming; `kashaf notes codes rename` retags them"
        )
    if as_json:
        dump_json(_document(codebook, counts))
    else:
        drawn(_tree(codebook, counts))


def _document(codebook: Codebook, counts: Mapping[str, Count]) -> dict[str, object]:
    from kashaf.notes.codebook import Count

    listed = [
        {
            "code": code.path,
            "colour": codebook.colour_of(code.path),
            "description": code.description,
            "examples": list(code.examples),
            "hidden": code.hidden,
            "in_codebook": codebook.find(code.path) is not None,
            "notes": counts.get(code.path, Count()).own,
            "notes_with_below": counts.get(code.path, Count()).all,
        }
        for code in _all(codebook, counts).tree()
    ]
    return {"codes": listed, "renamed": dict(codebook.renamed)}


def _all(codebook: Codebook, counts: Mapping[str, Count]) -> Codebook:
    """The codes, and behind them the tags that are none."""
    from kashaf.notes.codebook import Code, Codebook

    others = (Code(tag) for tag in sorted(counts) if codebook.find(tag) is None)
    return Codebook((*codebook.codes, *others))


def _tree(codebook: Codebook, counts: Mapping[str, Count]) -> Iterator[tuple[str, str]]:
    """Lines with their boughs."""
    from kashaf.notes.codebook import Count

    everything = _all(codebook, counts)
    below: dict[str, list[Code]] = {}
    for code in everything.tree():
        below.setdefault(code.parent, []).append(code)

    def lines(parent: str, boughs: str) -> Iterator[tuple[str, str]]:
        for code in below.get(parent, ()):
            last = code is below[parent][-1]
            own = "" if not parent else boughs + ("└ " if last else "├ ")
            yield own, _line(codebook, code, counts.get(code.path, Count()))
            yield from lines(code.path, "" if not parent else boughs + ("  " if last else "│ "))

    return lines("", "")


def _line(codebook: Codebook, code: Code, count: Count) -> str:
    from kashaf.notes.code_colours import name_of

    own = f" ({count.own} on it itself)" if count.own != count.all else ""
    facts = [
        f"{count.all}{own}",
        name_of(code.colour),
        "hidden" if code.hidden else "",
        "" if codebook.find(code.path) is not None else "in no codebook",
        code.description,
    ]
    return " · ".join([code.name, *filter(None, facts)])


@command.command("add")
@click.argument("path")
@click.option("--colour", "--color", default="", help="A name such as orange, or #rrggbb.")
@click.option("--description", default="", help="When it is given, and when not.")
@click.option("--example", "examples", multiple=True, help="Words that deserve it; once for each.")
@click.pass_obj
def add(session: Session, path: str, colour: str, description: str, examples: tuple[str, ...]) -> None:
    """Add the code PATH, such as weapons/chemical; or change what is said of one that is there."""
    from dataclasses import replace

    from kashaf.notes.code_colours import PALETTE
    from kashaf.notes.code_colours import colour as colour_of
    from kashaf.notes.codebook import Code, check_path

    value = colour_of(colour)
    if value is None:
        raise UsageError(f"`{colour}` is no colour", cure=f"Use one of {', '.join(PALETTE)}, or #rrggbb")
    file = _file(session)
    path = check_path(path)
    there = file.codebook.find(path)
    if there is None:
        file.add(Code(path, value, description, examples))
    else:
        file.change(
            replace(
                there,
                colour=value or there.colour,
                description=description or there.description,
                examples=examples or there.examples,
            )
        )
    click.echo(path)


@command.command("hide")
@click.argument("path")
@click.option("--show", is_flag=True, help="Show it again.")
@click.pass_obj
def hide(session: Session, path: str, show: bool) -> None:
    """Offer the code PATH, and those below it, no longer for tagging. Notes keep it."""
    _file(session).hide(path, not show)


@command.command("rename")
@click.argument("old", required=False)
@click.argument("new", required=False)
@click.pass_obj
def rename(session: Session, old: str | None, new: str | None) -> None:
    """Rename a code or a tag, with all below it, and retag the notes in one change.

    When NEW is there already, the two become one. Without OLD and NEW: retag notes that still bear a name of before
    an earlier renaming, as those of a colleague may.
    """
    from kashaf.notes.codebook import check_path

    if (old is None) is not (new is None):
        raise UsageError("rename takes an old name and a new one", cure="`kashaf notes codes rename OLD NEW`")
    with opened(session) as store:
        file = _file(session)
        if old is None or new is None:
            pairs = _stale(store, file)
        else:
            path, target = check_path(old), check_path(new)
            if file.codebook.find(path) is None and not any(_bears(store, one) for one in {old, path}):
                raise UsageError("no such code, and no note bears it", where=old, cure="`kashaf notes codes`")
            # The codebook first: were the notes not reached, `rename` alone finds out and goes on.
            file.rename(path, target)
            pairs = [(one, target) for one in dict.fromkeys((old, path))]
        ids = {note.id for before, after in pairs for note in store.rename_tag(before, after)}
    click.echo(f"{counted(len(ids))} retagged")


def _stale(store: NoteStore, file: CodebookFile) -> list[tuple[str, str]]:
    codebook = file.codebook
    return [(tag, codebook.current(tag)) for tag in store.tags() if codebook.current(tag) != tag]


def _bears(store: NoteStore, path: str) -> bool:
    from kashaf.notes.codebook import is_within

    return any(is_within(tag, path) for tag in store.tags())


@command.command("export")
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: standard output."
)
@click.option("--force", is_flag=True, help="Replace the file.")
@click.pass_obj
def export(session: Session, output: Path | None, force: bool) -> None:
    """Write the codebook as it is now in the form of codebook.yaml, for a colleague, or to go on by hand."""
    from kashaf.notes.codebook_yaml import written

    if output is not None and output.exists() and not force:
        raise UsageError("the file exists", where=str(output), cure="Give another name, or --force")
    emit(written(_file(session).codebook).encode("utf-8"), output)


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_obj
def bring(session: Session, file: Path, as_json: bool) -> None:
    """Add the codes of FILE, a colleague's codebook.yaml, that are unknown here. Differences are only reported."""
    from kashaf.notes.codebook_yaml import parse
    from kashaf.storage.atomic import read_bytes
    from kashaf.yaml_safe import MAX_BYTES

    data = read_bytes(file, limit=MAX_BYTES)
    if data is None:
        raise BadInput("no such file", where=str(file))
    try:
        written = parse(data.decode("utf-8-sig"), file.name)
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8", where=str(file), cure="Save it as UTF-8") from error
    for problem in written.problems:
        message(str(problem))
    ours = _file(session)
    merged = ours.codebook.merged(written.codebook)
    if merged.added:
        ours.add(*merged.added)
    if as_json:
        dump_json(
            {
                "added": [code.path for code in merged.added],
                "differing": [
                    {"ours": _said(mine), "theirs": _said(theirs)} for mine, theirs in merged.differing
                ],
                "problems": [str(problem) for problem in written.problems],
            }
        )
        return
    for mine, theirs in merged.differing:
        message(f"{mine.path}: kept as it is here; theirs says {_facts(theirs)}; ours {_facts(mine)}")
    click.echo(f"{len(merged.added)} added, {len(merged.differing)} differ")


def _said(code: Code) -> dict[str, object]:
    return {
        "code": code.path,
        "colour": code.colour,
        "description": code.description,
        "examples": list(code.examples),
    }


def _facts(code: Code) -> str:
    from kashaf.notes.code_colours import name_of

    parts = (name_of(code.colour), code.description, "; ".join(code.examples))
    return " · ".join(filter(None, parts)) or "nothing"


def _file(session: Session) -> CodebookFile:
    """The codebook, with what was passed over of it said."""
    from kashaf.notes.codebook_file import CodebookFile

    file = CodebookFile(session.workspace)
    for problem in file.loaded.problems:
        message(str(problem))
    return file
