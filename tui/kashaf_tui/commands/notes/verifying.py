"""`kashaf notes verify`: every note against the articles and the files as they are now."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

import click

from kashaf_tui.commands.notes.using import counted, noted_article, opened
from kashaf_tui.commands.output import dump_json, json_option, message, progress_bar, table
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from kashaf.corpus.article import Article
    from kashaf.notes.anchoring import Anchor
    from kashaf.notes.checking import Checked, Original
    from kashaf.notes.model import Note

#: The exit code when a note is changed, orphan or missing, or a file behind one cannot vouch for it.
EXIT_UNSETTLED: Final = 10


@click.command("verify", short_help="Check every note against the files.")
@click.option("--article", metavar="ID", help="Only the notes of this article.")
@click.option("--tag", metavar="TAG", help="Only the notes with this tag, or one below it.")
@click.option("--words-only", is_flag=True, help="Do not read the files of the articles again.")
@json_option
@click.pass_obj
def command(session: Session, article: str | None, tag: str | None, words_only: bool, as_json: bool) -> int:
    """Look for the words of every note, both ends of a link, in the articles as they are now.

    exact: the same words at the same place. moved: the same words, certainly these, elsewhere. changed: other words,
    or other ones around them; to be confirmed. orphan: the words are gone, or cannot be told from look-alikes.
    missing: the article is not in the workspace, or cannot be read. An entity and a search are exact.

    The files are hashed and read again too. damaged: the workspace's copy is not what was imported. missing: the
    file is not there. unreadable: it no longer yields the article. other text: it yields another text than is
    searched; index again. other file: the article now comes from another file than when the note was made.

    Exit code 0 when every note is exact or moved and every file is there and yields its article, 10 otherwise.

    With --json: {"notes", "exact", "moved", "changed", "orphan", "missing", "problems": {PROBLEM: NOTES},
    "results": [{"id", "article", "state", "problems", "ends": [{"article", "state", "why", "start", "end", "score",
    "quote", "now", "candidates": [{"start", "end", "score"}]}]}]}. A link has two ends.
    """
    from kashaf.notes.checking import check, reread

    with opened(session, read_only=True) as store:
        wanted = article and noted_article(session, article, store.article_ids())
        notes = sorted(store.notes(wanted, tag=tag), key=lambda note: (note.article_id, note.place, note.id))
    originals: dict[str, Original] | None = None
    if not words_only:
        with progress_bar("Verifying", "articles") as bar:
            originals = reread(session.workspace, session.catalogue, _articles_of(notes), bar.update)
    checked = list(check(notes, _articles(session), originals))
    if as_json:
        dump_json(_document(checked))
    else:
        _print(checked)
    return 0 if all(map(_settled, checked)) else EXIT_UNSETTLED


def _settled(one: Checked) -> bool:
    return one.state in ("exact", "moved") and set(one.problems) <= {"other file"}


def _articles_of(notes: Iterable[Note]) -> set[str]:
    found = {note.article_id for note in notes}
    found |= {note.other.article_id for note in notes if note.other is not None}
    return found - {""}


def _articles(session: Session) -> Callable[[str], Article | None]:
    """How to get an article: from the index, or from the originals where there is no index that can be read."""
    from kashaf.errors import IndexDamaged, IndexMissing

    try:
        searcher = session.searcher
        known = searcher.ids()
    except (IndexMissing, IndexDamaged) as error:
        message(f"articles are read from the originals: {error}")
        return lambda article_id: _original(session, article_id)
    return lambda article_id: searcher.article(article_id) if article_id in known else None


def _original(session: Session, article_id: str) -> Article | None:
    from kashaf.corpus.loading import load_article
    from kashaf.errors import KashafError

    entry = session.catalogue.get(article_id)
    if entry is None or not entry.places:
        return None
    try:
        return load_article(session.workspace, session.catalogue, entry)
    except KashafError as error:
        message(str(error))
        return None


def _print(checked: list[Checked]) -> None:
    table(
        ["state", "quote", "now", "about", "problems", "id"],
        (
            [
                one.state,
                one.note.quote,
                one.now if one.anchor.state == "changed" else "",
                one.note.about,
                ", ".join(one.problems),
                one.note.id,
            ]
            for one in checked
            if not _settled(one)
        ),
    )
    states = Counter(one.state for one in checked)
    problems = Counter(problem for one in checked for problem in one.problems)
    said = [f"{count} {state}" for state, count in states.items()]
    said += [f"{count} with {problem}" for problem, count in sorted(problems.items())]
    message(f"{counted(len(checked))}{': ' + ', '.join(said) if said else ''}")


def _document(checked: list[Checked]) -> dict[str, object]:
    from kashaf.notes.checking import STATES

    states = Counter(one.state for one in checked)
    problems = Counter(problem for one in checked for problem in one.problems)
    counts: dict[str, object] = {state: states[state] for state in STATES}
    return {
        "notes": len(checked),
        **counts,
        "problems": dict(sorted(problems.items())),
        "results": [
            {
                "id": one.note.id,
                "article": one.note.article_id or None,
                "state": one.state,
                "problems": list(one.problems),
                "ends": _ends(one),
            }
            for one in checked
        ],
    }


def _ends(one: Checked) -> list[dict[str, object]]:
    ends = [_end(one.note.article_id, one.anchor, one.note.quote, one.now)]
    if one.other is not None and one.note.other is not None:
        ends.append(_end(one.note.other.article_id, one.other, one.note.other.quote, one.other_now))
    return ends


def _end(article_id: str, anchor: Anchor, quote: str, now: str) -> dict[str, object]:
    return {
        "article": article_id or None,
        "state": "missing" if anchor.why == "missing" else anchor.state,
        "why": anchor.why or None,
        "start": anchor.start,
        "end": anchor.end,
        "score": None if anchor.score is None else round(anchor.score, 3),
        "quote": quote or None,
        "now": now or None,
        "candidates": [
            {"start": place.start, "end": place.end, "score": round(place.score, 3)}
            for place in anchor.candidates
        ],
    }
