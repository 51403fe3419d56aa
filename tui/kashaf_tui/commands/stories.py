"""`kashaf stories`: which articles are one text, who had it first, and what each says otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.output import dump_json, json_option, lines, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.corpus.article import Article
    from kashaf.corpus.stories import Held, Stories
    from kashaf_index.search import Searcher


@click.command("stories", short_help="Show which articles are copies of one text.")
@click.argument("ids", nargs=-1, metavar="[ID [OTHER]]")
@click.option(
    "--limit", type=click.IntRange(1, 100_000), default=20, show_default=True, help="Stories at most."
)
@click.option("--diff", is_flag=True, help="Show what each copy says otherwise than ID, or OTHER alone.")
@json_option
@click.pass_obj
def command(session: Session, ids: tuple[str, ...], limit: int, diff: bool, as_json: bool) -> None:
    """List the stories of most articles; or, of the article ID, those of its story in the order they were seen.

    A story is one text that several articles have: as it is, lightly edited, or cut a little. An article that holds
    a much shorter one is no copy of it; the two are named beside each other.
    """
    allowed = (1, 2) if diff else (0, 1)
    if len(ids) not in allowed:
        raise UsageError("stories takes one ID, and --diff one or two", cure="`kashaf stories --help`")
    searcher, stories = session.searcher, session.stories()
    if (missing := searcher.count - stories.articles) > 0:
        message(f"{missing} articles have not been compared with others yet: `kashaf index` does it")
    found = tuple(searcher.article(one) for one in ids)
    if not found:
        _list(searcher, stories, limit, as_json)
    elif diff:
        _differences(searcher, stories, found, as_json)
    else:
        _show(searcher, stories, found[0], as_json)


def _list(searcher: Searcher, stories: Stories, limit: int, as_json: bool) -> None:
    grouping = searcher.grouping()
    biggest = grouping.biggest(limit) if grouping else []
    rows = [(story, searcher.article(story.first.id)) for story in biggest]
    if as_json:
        listed = [
            {
                "id": article.id,
                "title": article.title,
                "articles": len(story.articles),
                "outlets": _outlets(article, story.outlets),
                "first": {"source": article.metadata.outlet, "published": _day(article)},
            }
            for story, article in rows
        ]
        dump_json({"articles": stories.articles, "stories": stories.count, "listed": listed})
        return
    for story, article in rows:
        outlets = len(_outlets(article, story.outlets))
        counts = f"{len(story.articles)} articles · {outlets} {'outlet' if outlets == 1 else 'outlets'}"
        lines([article.title, f"{counts} · first {_facts(article)}", ""])


def _show(searcher: Searcher, stories: Stories, article: Article, as_json: bool) -> None:
    members = _members(searcher, stories, article)
    story = stories.story_of(article.id)
    likeness = {copy.id: (copy.kind, copy.similarity) for copy in story.copies} if story else {}
    held = [one for one in stories.held_with(article.id) if _present(searcher, one)]
    if as_json:
        value = {
            "id": members[0].id,
            "kind": story.kind if story else None,
            "articles": [
                {
                    "id": one.id,
                    "title": one.title,
                    "source": one.metadata.outlet,
                    "published": _day(one),
                    "path": one.provenance.path,
                    "kind": likeness[one.id][0] if one.id in likeness else "first",
                    "similarity": likeness[one.id][1] if one.id in likeness else 1.0,
                }
                for one in members
            ],
            "held": [
                {"shorter": one.shorter, "longer": one.longer, "share": one.share, "words": one.run}
                for one in held
            ],
        }
        dump_json(value)
        return
    for number, one in enumerate(members, 1):
        alike = _alike(*likeness[one.id]) if one.id in likeness else "first"
        lines([f"{number}. {one.title}", f"{_facts(one)} · {alike}", ""])
    shown = {one.id for one in members}
    for pair in held:
        holds = pair.longer in shown
        other = searcher.article(pair.shorter if holds else pair.longer)
        share = f"{pair.share:.0%} of the shorter one's words, {pair.run} in a row"
        lines([f"{'Holds' if holds else 'Held by'}: {other.title}", f"{_facts(other)} · {share}", ""])


def _differences(searcher: Searcher, stories: Stories, found: tuple[Article, ...], as_json: bool) -> None:
    from kashaf_tui.commands.story_differences import as_dict, as_text

    one = found[0]
    others = found[1:] or [other for other in _members(searcher, stories, one) if other.id != one.id]
    if not others:
        message("no other article has this text")
    if as_json:
        dump_json([as_dict(one, other) for other in others])
    else:
        for other in others:
            lines(as_text(one, other))


def _members(searcher: Searcher, stories: Stories, article: Article) -> list[Article]:
    """The articles of the story that the index holds, in first-seen order."""
    story = stories.story_of(article.id)
    known = searcher.ids()
    return [searcher.article(id_) for id_ in (story.articles if story else (article.id,)) if id_ in known]


def _present(searcher: Searcher, one: Held) -> bool:
    return {one.shorter, one.longer} <= searcher.ids()


def _outlets(first: Article, others: tuple[str, ...]) -> list[str]:
    return [*([first.metadata.outlet] if first.metadata.outlet else []), *others]


def _facts(article: Article) -> str:
    return f"{article.metadata.outlet or 'no outlet'} · {_day(article) or 'no date'} · {article.id}"


def _alike(kind: str, similarity: float) -> str:
    return "same words" if kind == "exact" else f"{similarity:.0%}"


def _day(article: Article) -> str | None:
    return article.metadata.published.isoformat() if article.metadata.published else None
