"""`kashaf search`: the ladder of matching, from the command line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from kashaf.errors import UsageError
from kashaf_tui.commands.asking import counted, group_option, match_option, rung_option, understood
from kashaf_tui.commands.output import (
    drawn,
    dump_json,
    dump_json_line,
    highlighted,
    json_option,
    lines,
    message,
    paragraph,
)
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf.bidi.layout import Line
    from kashaf_index.model import Correction, Hit, HitStory, Query, Results, Rung
    from kashaf_index.query.parser import Mistake, Parsed


@click.command("search", short_help="Search the articles.")
@click.argument("query", required=False)
@rung_option
@match_option
@click.option(
    "--sort",
    type=click.Choice(["relevance", "recency", "date"]),
    default="relevance",
    show_default=True,
    help="The order of the hits: best first, best with newer ones lifted, or newest first.",
)
@click.option("--limit", type=click.IntRange(0, 10_000), default=20, show_default=True, help="Hits at most.")
@click.option("--offset", type=click.IntRange(0), default=0, show_default=True, help="Hits to pass over.")
@click.option("--facets", is_flag=True, help="Count the hits by outlet, month and language.")
@group_option
@click.option("--no-correct", is_flag=True, help="Search nothing else when nothing is found.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Answer the queries of a file: one a line, or JSON Lines with `id` and `query`.",
)
@click.option("--trec", is_flag=True, help="With --batch: print a TREC run, for evaluation.")
@click.option("--tree", is_flag=True, help="Show how the query is read, and search nothing.")
@json_option
@click.pass_obj
def command(
    session: Session,
    query: str | None,
    rung: Rung,
    match: Literal["all", "any"],
    sort: Literal["relevance", "recency", "date"],
    limit: int,
    offset: int,
    facets: bool,
    group: bool,
    no_correct: bool,
    batch: Path | None,
    trec: bool,
    tree: bool,
    as_json: bool,
) -> None:
    """Search for QUERY, words or more:

    \b
    "a phrase"   -without   one OR other   (groups)   one NEAR/5 other
    begin*  *end  mid*dle   near~  nearer~2   =as-written   root:word
    title: source: author: person: place: org: tag: note: has:note lang:ar similar:ID
    date:2025-10  date:2025-10..2025-11  after:2025  before:2025-11-10

    All names are understood in Arabic too. `*` means every article. Each hit says which rung of the ladder matched,
    and why; what of the query could not be used is said, and the rest is searched.
    """
    from kashaf_index.model import Query

    if (query is None) == (batch is None):
        raise UsageError("give a query, or a file of queries with --batch", cure="`kashaf search --help`")
    if (trec and (batch is None or as_json)) or (tree and batch is not None):
        raise UsageError("--trec goes with --batch, and neither with --json nor --tree", cure="Leave one out")
    asked = Query(
        query or "",
        rung=rung,
        match=match,
        sort=sort,
        limit=limit,
        offset=offset,
        facets=facets,
        correct=not no_correct,
        group=group,
    )
    if batch is not None:
        _batch(session, batch, asked, trec=trec, as_json=as_json)
        return
    assert query is not None
    parsed = understood(query)
    if tree:
        _show_tree(query, parsed, as_json)
        return
    from kashaf_index.suggest import search_with_help

    results = search_with_help(session.searcher, asked)
    for notice in results.notices:
        message(notice)
    if results.corrected:
        how = "any of the words" if results.corrected.kind == "any" else results.corrected.text
        message(f"nothing was found; searched instead: {how}")
    if results.suggestions:
        message(f"did you mean: {' · '.join(one.text for one in results.suggestions)}")
    if as_json:
        dump_json(as_dict(results, query, parsed.mistakes))
    else:
        lines(_text(results))


def _batch(session: Session, path: Path, query: Query, *, trec: bool, as_json: bool) -> None:
    from kashaf_index.query.parser import parse
    from kashaf_tui.commands import batch

    asked, wrong = batch.read_queries(path)
    if trec:
        batch.run_trec(session.searcher, asked, query)
    elif as_json:
        for one, results in batch.answers(session.searcher, asked, query):
            dump_json_line({"id": one.id, **as_dict(results, one.text, parse(one.text).mistakes)})
    else:
        batch.print_text(batch.answers(session.searcher, asked, query))
    batch.finish(wrong)


def _show_tree(query: str, parsed: Parsed, as_json: bool) -> None:
    from kashaf_index.query.tree import branches

    assert parsed.root is not None
    rows = branches(parsed.root)
    if as_json:
        tree = [row.boughs + row.label for row in rows]
        dump_json({"query": query, "tree": tree, "mistakes": _mistakes(parsed.mistakes)})
    else:
        drawn(rows)


def as_dict(results: Results, query: str, mistakes: tuple[Mistake, ...] = ()) -> dict[str, object]:
    """The documented JSON shape; all spans are offsets in the article's text. query: as typed, whatever ran."""
    value: dict[str, object] = {
        "query": query,
        "corrected": _correction(results.corrected) if results.corrected else None,
        "suggestions": [_correction(one) for one in results.suggestions],
        "mistakes": _mistakes(mistakes),
        "notices": list(results.notices),
        "total": results.total,
        "rungs": dict(results.rungs),
    }
    if results.stories is None:
        value["hits"] = [_hit(hit) for hit in results.hits]
    else:
        value |= {"stories": results.stories, "articles": results.articles}
        value["hits"] = [{**_hit(hit), "story": _story(hit.story)} for hit in results.hits]
    if results.facets is not None:
        value["facets"] = {name: [list(row) for row in rows] for name, rows in results.facets.items()}
    value["seconds"] = round(results.seconds, 4)
    return value


def _correction(one: Correction) -> dict[str, object]:
    return {"kind": one.kind, "text": one.text}


def _mistakes(mistakes: tuple[Mistake, ...]) -> list[dict[str, object]]:
    return [{"message": one.message, "start": one.start, "end": one.end} for one in mistakes]


def _hit(hit: Hit) -> dict[str, object]:
    return {
        "id": hit.id,
        "title": hit.title,
        "source": hit.outlet,
        "published": hit.published.isoformat() if hit.published else None,
        "score": round(hit.score, 4),
        "rung": hit.rung,
        "why": [{"term": why.term, "words": list(why.words), "rule": why.rule} for why in hit.why],
        "path": hit.path,
        "snippets": [
            {"text": snippet.text, "start": snippet.start, "spans": [list(span) for span in snippet.spans]}
            for snippet in hit.snippets
        ],
    }


def _story(story: HitStory | None) -> dict[str, object] | None:
    if story is None:
        return None
    first = story.first
    return {
        "articles": list(story.articles),
        "outlets": list(story.outlets),
        "first": {
            "id": first.id,
            "source": first.outlet,
            "published": first.published.isoformat() if first.published else None,
        },
    }


def _others(hit: Hit) -> str:
    """What a hit's line says of the copies that it stands for."""
    story = hit.story
    if story is None:
        return ""
    seen = ""
    if story.first.id != hit.id:
        date = story.first.published.isoformat() if story.first.published else "no date"
        seen = f" · first {story.first.outlet or 'no outlet'} {date}"
    copies, outlets = len(story.articles) - 1, len(story.outlets)
    some = f"+{copies} {'copy' if copies == 1 else 'copies'}"
    if outlets:
        more = f" ({some})" if copies != outlets else ""
        some = f"+{outlets} {'outlet' if outlets == 1 else 'outlets'}{more}"
    return f" · {some}{seen}"


def _text(results: Results) -> Iterator[str | Line]:
    width = shutil.get_terminal_size().columns
    yield counted(results)
    for number, hit in enumerate(results.hits, results.query.offset + 1):
        yield ""
        yield f"{number}. {hit.title}"
        date = hit.published.isoformat() if hit.published else "no date"
        yield f"{hit.outlet or 'no outlet'} · {date} · {hit.rung} · {hit.id}{_others(hit)}"
        for snippet in hit.snippets:
            yield from paragraph(highlighted(snippet.text, snippet.start, snippet.spans), width)
