"""`kashaf notes agreement`: how far coders agree, code by code."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.notes.using import opened
from kashaf_tui.commands.output import dump_json, json_option, lines, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.agreement import Agreement, CodeAgreement, Kappa
    from kashaf.notes.model import Note

    Pair = tuple[str, str, Agreement]

_MOST_PAIRS: Final = 10
_NONE: Final = "–"


@click.command("agreement")
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--between", nargs=2, metavar="A B", help="Two authors; without it every two who coded.")
@json_option
@click.pass_obj
def command(session: Session, file: Path | None, between: tuple[str, str] | None, as_json: bool) -> None:
    """Compare coders over the articles that both coded: segments, overlap and Cohen's kappa for each code.

    Compares who gave which codes among the notes here. With FILE (an export, a notes file or the folder of another
    workspace) the notes that only we have with those that only it has.
    """
    from kashaf_tui.commands.notes.reading_others import read_others

    with opened(session, read_only=True) as store:
        ours = store.notes()
    theirs = list(read_others(file).notes) if file is not None else []
    if between is not None:
        pairs = between_authors(session, [*ours, *_apart(theirs, ours)], between)
    elif file is not None:
        pairs = between_workspaces(session, ours, theirs, file.stem)
    else:
        pairs = between_authors(session, ours)
    if as_json:
        dump_json([as_dict(*pair) for pair in pairs])
        return
    if not pairs:
        message("there are no two coders: notes are told apart by their authors")
    for pair in pairs:
        print_agreement(*pair)


def between_authors(
    session: Session, notes: Sequence[Note], names: tuple[str, str] | None = None
) -> list[Pair]:
    """Every two authors among the notes, or the two named. Raises UsageError for a name that nobody has."""
    from kashaf.notes.agreement import agreement, by_coder

    coders = by_coder(notes, _names(session))
    for name in names or ():
        if name not in coders:
            known = ", ".join(filter(None, coders)) or "nobody"
            raise UsageError(f"no notes by `{name}`", cure=f"There are notes by: {known}")
    chosen = [names] if names else list(combinations(filter(None, coders), 2))
    if len(chosen) > _MOST_PAIRS:
        raise UsageError(
            f"{len(coders)} coders make {len(chosen)} pairs", cure="Name two of them with --between"
        )
    article = articles(session) if chosen else None
    return [(a, b, agreement(coders[a], coders[b], article)) for a, b in chosen if article is not None]


def between_workspaces(
    session: Session, ours: Sequence[Note], theirs: Sequence[Note], called: str
) -> list[Pair]:
    """The notes that only we have against those that only the other workspace has. Nothing without both."""
    from kashaf.notes.agreement import agreement

    name = _names(session)
    mine, yours = (
        [replace(note, tags=tuple(dict.fromkeys(map(name, note.tags)))) for note in notes]
        for notes in (_apart(ours, theirs), _apart(theirs, ours))
    )
    shared = len(ours) - len(mine)
    if shared:
        message(f"left out, for both workspaces have them: {shared} notes")
    if not mine or not yours:
        return []
    return [("here", called, agreement(mine, yours, articles(session)))]


def articles(session: Session) -> Callable[[str], Article | None]:
    """The article of an id as the index has it. Raises IndexMissing or IndexDamaged."""
    searcher = session.searcher
    known = searcher.ids()
    return lambda article_id: searcher.article(article_id) if article_id in known else None


def as_dict(first: str, second: str, found: Agreement) -> dict[str, object]:
    """The documented JSON shape."""
    return {
        "between": [first, second],
        "articles": list(found.articles),
        "left_out": list(found.left_out),
        "overall": _row(found.overall),
        "codes": [{"code": row.code, **_row(row)} for row in found.codes],
    }


def print_agreement(first: str, second: str, found: Agreement) -> None:
    """A table: a line for all codes together, and one for each."""
    words, paragraphs = found.overall.words.n, found.overall.paragraphs.n
    # Who they are is theirs to say: what they call themselves heads no column.
    lines([f"A is {first}, B is {second}"])
    lines(
        [
            f"articles that both coded: {len(found.articles)}, with words: {words:,}, paragraphs: {paragraphs:,}"
        ]
    )
    if any(found.left_out):
        message(
            f"left out, for their words are not found: {found.left_out[0]} and {found.left_out[1]} segments"
        )
    if not found.articles:
        return
    table(
        ["code", "A", "B", "overlap", "κ words", "κ paragraphs"],
        (
            [
                row.code or "(any code)",
                str(row.first),
                str(row.second),
                _number(row.overlap),
                _number(row.words.value),
                _number(row.paragraphs.value),
            ]
            for row in (found.overall, *found.codes)
        ),
        numbers=range(1, 6),
    )
    if any(row.paragraphs.why or row.words.why for row in (found.overall, *found.codes)):
        message(f"{_NONE}: κ is undefined where both gave every unit the same answer")


def _apart(notes: Iterable[Note], others: Iterable[Note]) -> list[Note]:
    known = {note.id for note in others}
    return [note for note in notes if note.id not in known]


def _names(session: Session) -> Callable[[str], str]:
    """What the codebook calls a tag now."""
    from kashaf.notes.codebook_file import of_workspace

    return of_workspace(session.workspace).codebook.current


def _row(row: CodeAgreement) -> dict[str, object]:
    return {
        "segments": [row.first, row.second],
        "shared": row.shared,
        "covered": row.covered,
        "overlap": row.overlap,
        "words": _kappa(row.words),
        "paragraphs": _kappa(row.paragraphs),
    }


def _kappa(kappa: Kappa) -> dict[str, object]:
    return {
        "n": kappa.n,
        "both": kappa.both,
        "first": kappa.first,
        "second": kappa.second,
        "neither": kappa.neither,
        "observed": kappa.observed,
        "kappa": kappa.value,
        "undefined": kappa.why or None,
    }


def _number(value: float | None) -> str:
    # Adding nought makes a negative nought a plain one.
    return _NONE if value is None else f"{round(value, 2) + 0.0:.2f}"
