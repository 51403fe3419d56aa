"""`kashaf search --batch`: many queries in one process, for fifty questions of an analyst and for evaluation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import BadInput
from kashaf.text.sanitise import is_clean
from kashaf_tui.commands.asking import counted
from kashaf_tui.commands.output import lines, message, progress_bar

if TYPE_CHECKING:
    from kashaf_index.model import Query, Results
    from kashaf_index.search import Searcher

_RUN = "kashaf"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query with its id: the one it was given, or its line's number from 1."""

    id: str
    text: str


def read_queries(path: Path) -> tuple[list[Asked], list[str]]:
    """The queries of a file, and what is wrong with the lines that hold none.

    One query a line; a file whose first line is a JSON object is JSON Lines with `query` (or `text`) and `id`.
    Raises BadInput for a file that cannot be read or holds no query.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise BadInput(
            error.strerror or "cannot be read", where=str(path), cure="Give a file of queries"
        ) from error
    except UnicodeDecodeError as error:
        raise BadInput("not UTF-8", where=str(path), cure="Save the queries as UTF-8") from error
    numbered = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    as_json = bool(numbered) and numbered[0][1].startswith("{")
    asked: list[Asked] = []
    wrong: list[str] = []
    ids: set[str] = set()
    for number, line in numbered:
        one = _record(number, line) if as_json else Asked(str(number), line)
        if isinstance(one, Asked) and one.id in ids:
            wrong.append(f"{path.name}, line {number}: the id {one.id} again")
        elif isinstance(one, Asked):
            ids.add(one.id)
            asked.append(one)
        else:
            wrong.append(f"{path.name}, line {number}: {one}")
    if not asked:
        raise BadInput(
            wrong[0] if wrong else "no query in it", where=str(path), cure="Write one query a line"
        )
    return asked, wrong


def _record(number: int, line: str) -> Asked | str:
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return "not JSON"
    if not isinstance(value, dict):
        return "not a JSON object"
    text = value.get("query", value.get("text"))
    name = value.get("id", number)
    if not isinstance(text, str) or not text.strip():
        return "no `query` in it"
    if isinstance(name, bool) or not isinstance(name, str | int) or not str(name).strip():
        return "`id` is neither text nor a number"
    if any(char.isspace() for char in str(name)) or not is_clean(str(name)):
        return "`id` holds a space or a character that is not printed"
    return Asked(str(name), text)


def run_trec(searcher: Searcher, asked: list[Asked], query: Query) -> None:
    """A TREC run on stdout: query id, Q0, article id, rank from 1, score, name of the run."""
    from kashaf_index.query.parser import parse

    with progress_bar("Searching", "queries") as bar:
        for done, one in enumerate(asked):
            bar.update(done, len(asked), one.id)
            for warning in parse(one.text).warnings:
                message(f"{one.id}: {warning}")
            for rank, (article_id, score) in enumerate(searcher.ranking(replace(query, text=one.text)), 1):
                click.echo(f"{one.id} Q0 {article_id} {rank} {score:.6f} {_RUN}")


def answers(searcher: Searcher, asked: list[Asked], query: Query) -> Iterator[tuple[Asked, Results]]:
    """Each query with its results, in the order of the file."""
    from kashaf_index.suggest import search_with_help

    with progress_bar("Searching", "queries") as bar:
        for done, one in enumerate(asked):
            bar.update(done, len(asked), one.id)
            yield one, search_with_help(searcher, replace(query, text=one.text))


def print_text(found: Iterator[tuple[Asked, Results]]) -> None:
    """A block for each query: its numbers, and its hits by title."""
    for one, results in found:
        rows = [f"{one.id}. {one.text}", counted(results)]
        rows += [*results.warnings, *results.notices]
        if results.corrected:
            kind = results.corrected.kind
            rows.append(
                f"searched instead: {'any of the words' if kind == 'any' else results.corrected.text}"
            )
        rows += [f"{rank}. {hit.title} · {hit.rung} · {hit.id}" for rank, hit in enumerate(results.hits, 1)]
        lines([*rows, ""])


def finish(wrong: list[str]) -> None:
    """Say what was left out; leave with 3 when anything was, as `index` does."""
    for one in wrong:
        message(one)
    if wrong:
        click.get_current_context().exit(BadInput.exit_code)
