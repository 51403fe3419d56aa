"""`kashaf notes list`: the notes, and where their words are now."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

import click

from kashaf.notes.code_paths import is_within
from kashaf.notes.model import KINDS, STATUSES
from kashaf_tui.commands.notes.using import CONFIDENCES, noted_article, opened
from kashaf_tui.commands.output import dump_json, json_option, message, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.checking import Checked
    from kashaf.notes.model import Note

_STATES: Final = ("exact", "moved", "changed", "orphan", "missing")
_SORTS: Final[dict[str, Callable[[Note], tuple[object, ...]]]] = {
    "created": lambda note: (note.id,),
    "modified": lambda note: (note.modified, note.id),
    "place": lambda note: (note.about, note.article_id, note.place, note.id),
    "kind": lambda note: (note.kind, note.id),
    "author": lambda note: (note.author, note.id),
    "tag": lambda note: (not note.tags, note.tags, note.id),
}


@click.command("list")
@click.option("--article", metavar="ID", help="Only those of this article.")
@click.option(
    "--tag", "tags", multiple=True, help="Only those with this tag, or one below it; several: with each."
)
@click.option("--kind", "kinds", type=click.Choice(KINDS), multiple=True)
@click.option("--status", "statuses", type=click.Choice(STATUSES), multiple=True)
@click.option("--confidence", "confidences", type=click.Choice(CONFIDENCES), multiple=True)
@click.option(
    "--state", "states", type=click.Choice(_STATES), multiple=True, help="What became of the words."
)
@click.option("--author", "authors", multiple=True, help="Only those that this analyst made.")
@click.option("--sort", type=click.Choice(list(_SORTS)), default="created", show_default=True)
@click.option("--reverse", is_flag=True, help="The last first.")
@json_option
@click.pass_obj
def command(
    session: Session,
    article: str | None,
    tags: tuple[str, ...],
    kinds: tuple[str, ...],
    statuses: tuple[str, ...],
    confidences: tuple[str, ...],
    states: tuple[str, ...],
    authors: tuple[str, ...],
    sort: str,
    reverse: bool,
    as_json: bool,
) -> None:
    """List the notes, each with what became of its words, as of `kashaf notes verify`; of a link the worse end."""
    with opened(session, read_only=True) as store:
        wanted = None if article is None else noted_article(session, article, store.article_ids())
        notes = [
            note
            for note in store.notes(wanted)
            if all(any(is_within(one, tag) for one in note.tags) for tag in tags)
            and _among(note.kind, kinds)
            and _among(note.status, statuses)
            and _among(note.confidence, confidences)
            and _among(note.author, authors)
        ]
    if sort != "created" or wanted is None:
        notes.sort(key=_SORTS[sort])
    if reverse:
        notes.reverse()
    found, titles = _checked(session, notes)
    if states:
        notes = [note for note in notes if note.id in found and found[note.id].state in states]
    if as_json:
        dump_json([_document(note, found.get(note.id)) for note in notes])
    else:
        _table(notes, found, titles)


def _table(notes: Iterable[Note], found: dict[str, Checked], titles: dict[str, str]) -> None:
    table(
        ["note", "state", "quote", "tags", "about", "id", "kind", "status"],
        (
            [
                note.body,
                found[note.id].state if note.id in found else "?",
                note.quote,
                " ".join(note.tags),
                titles.get(note.article_id, note.about),
                note.id,
                note.kind,
                note.status,
            ]
            for note in notes
        ),
    )


def _document(note: Note, checked: Checked | None) -> dict[str, object]:
    """The note without its past, which `kashaf notes history` tells."""
    from kashaf.notes.codec import to_document
    from kashaf.notes.view import conflicts

    document: dict[str, object] = dict(to_document(note))
    del document["versions"]
    document["changes"] = len(note.versions) - 1
    document["conflicts"] = [conflict.field for conflict in conflicts(note)]
    document["state"] = None if checked is None else checked.state
    document["anchor"] = None if checked is None else _as_dict(checked.anchor)
    if note.other is not None:
        document["other_anchor"] = (
            None if checked is None or checked.other is None else _as_dict(checked.other)
        )
    return document


def _among(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def _checked(session: Session, notes: Iterable[Note]) -> tuple[dict[str, Checked], dict[str, str]]:
    """By note id where its words are now, by article id its title now. Each article is read once.

    Without an index that can be read there are no anchors, and a message says why: notes are precious and must be
    shown when what is derived is gone.
    """
    from kashaf.errors import IndexDamaged, IndexMissing
    from kashaf.notes.checking import check

    if not notes:
        return {}, {}
    titles: dict[str, str] = {}
    together = sorted(notes, key=lambda note: note.article_id)
    try:
        known = session.searcher.ids()

        def article(article_id: str) -> Article | None:
            if article_id not in known:
                return None
            found = session.searcher.article(article_id)
            titles[article_id] = found.title
            return found

        return {one.note.id: one for one in check(together, article)}, titles
    except (IndexMissing, IndexDamaged) as error:
        message(f"where the words are now cannot be told: {error}")
        return {}, titles


def _as_dict(anchor: Anchor) -> dict[str, object]:
    return {"state": anchor.state, "start": anchor.start, "end": anchor.end}
