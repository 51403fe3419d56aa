"""`kashaf index`: import sources and bring the index up to date."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf_tui.commands.output import dump_json, json_option, message, progress_bar
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf_index.update import Updated

EXIT_SOME_FAILED = 3


@click.command("index", short_help="Import articles and index them.")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that read files."
)
@click.option("--rebuild", is_flag=True, help="Build the index anew from the originals.")
@click.option("--link", is_flag=True, help="Do not copy originals: the sources stay where they are.")
@json_option
@click.pass_obj
def command(
    session: Session, sources: tuple[Path, ...], jobs: int, rebuild: bool, link: bool, as_json: bool
) -> int:
    """Import the files and folders SOURCES, and index what is new or changed.

    Without SOURCES: every source known so far, and those of kashaf.yaml. A source that is not plugged in keeps its
    articles. Exit code 3 when an input failed; the rest is done.
    """
    from kashaf_index.update import absolute, known_sources, update

    roots = [absolute(source) for source in sources]
    if not roots and not rebuild:
        roots = known_sources(session.workspace, session.catalogue)
        if not roots:
            message("No source is known yet. Run: kashaf index FOLDER")
            return 2
    with progress_bar("Indexing", "files") as bar:
        updated = update(
            session.workspace,
            session.catalogue,
            roots,
            jobs=jobs,
            rebuild=rebuild,
            link=link,
            on_progress=bar.update,
        )
    if as_json:
        dump_json(as_dict(updated))
    else:
        report(updated)
    return EXIT_SOME_FAILED if updated.failed else 0


def as_dict(updated: Updated) -> dict[str, object]:
    """The documented JSON shape."""
    return {
        "added": updated.added,
        "updated": updated.updated,
        "unchanged": updated.unchanged,
        "removed": updated.removed,
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in updated.failed],
        "unavailable": list(updated.absent),
        "articles": updated.articles,
        "seconds": round(updated.seconds, 3),
    }


def report(updated: Updated) -> None:
    """The same, in words."""
    for failure in updated.failed:
        message(f"failed: {failure.path}: {failure.reason}")
    for root in updated.absent:
        message(f"not there, its articles are kept: {root}")
    click.echo(
        f"{updated.articles} articles: {updated.added} added, {updated.updated} updated, "
        f"{updated.unchanged} unchanged, {updated.removed} removed, {len(updated.failed)} failed "
        f"({updated.seconds:.1f} s)"
    )
