"""`kashaf index`: import sources and bring the index up to date."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from kashaf_tui.commands.output import dump_json, json_option, message
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf_index.update import Updated

EXIT_SOME_FAILED = 3
LEAST_MEMORY: Final = 64 << 20
MOST_MEMORY: Final = 64 << 30

_SIZE: Final = re.compile(r"([0-9]{1,6})([MmGg]?)B?", re.ASCII)
_SHIFTS: Final = {"": 20, "M": 20, "G": 30}


def memory_size(_context: click.Context, _parameter: click.Parameter, value: str | None) -> int | None:
    """Bytes from what is typed as `800M` or `2G`, powers of 1024; a number alone is in megabytes."""
    if value is None:
        return None
    match = _SIZE.fullmatch(value.strip())
    if match is None:
        raise click.BadParameter(f"{value!r} is no size such as 512M or 2G")
    size = int(match[1]) << _SHIFTS[match[2].upper()]
    if not LEAST_MEMORY <= size <= MOST_MEMORY:
        raise click.BadParameter("give between 64M and 64G")
    return size


@click.command("index", short_help="Import articles and index them.")
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--jobs",
    type=click.IntRange(1, 64),
    help="Processes that read files and write the index. Default: as many as it pays for what is to be read.",
)
@click.option(
    "--memory",
    callback=memory_size,
    metavar="SIZE",
    help="What writing the index may take: 512M (the default), 2G. Processes share it.",
)
@click.option("--rebuild", is_flag=True, help="Build the index anew from the originals.")
@click.option("--link", is_flag=True, help="Do not copy originals: the sources stay where they are.")
@click.option(
    "--ignore", multiple=True, metavar="GLOB", help="Leave out files of this name or path. Repeatable."
)
@click.option("--dry-run", is_flag=True, help="Read everything, write nothing, and say what would happen.")
@click.option("--watch", is_flag=True, help="Stay, and import what arrives in SOURCES until Ctrl+C.")
@json_option
@click.pass_obj
def command(
    session: Session,
    sources: tuple[Path, ...],
    jobs: int | None,
    memory: int | None,
    rebuild: bool,
    link: bool,
    ignore: tuple[str, ...],
    dry_run: bool,
    watch: bool,
    as_json: bool,
) -> int:
    """Import the files, folders and archives SOURCES, and index what is new or changed.

    Without SOURCES: every source known so far, and those of kashaf.yaml. A source that is not plugged in keeps its
    articles. Ctrl+C keeps what is done. Exit code 3 when an input failed; the rest is done.
    """
    from kashaf_index.build import MEMORY
    from kashaf_index.update import Stopped, absolute, known_sources, update
    from kashaf_tui.commands.import_output import import_bar, stop_on_interrupt, summary

    if watch and (dry_run or rebuild):
        raise click.UsageError("--watch goes with neither --dry-run nor --rebuild")
    roots = [absolute(source) for source in sources]
    if not roots and not rebuild:
        roots = known_sources(session.workspace, session.catalogue)
        if not roots:
            message("No source is known yet. Run: kashaf index FOLDER")
            return 2
    if watch:
        from kashaf_tui.commands.watching import watch_folders

        return watch_folders(
            session, roots, jobs=jobs, memory=memory or MEMORY, link=link, ignore=ignore, as_json=as_json
        )
    with stop_on_interrupt() as stopped, import_bar() as show:
        try:
            updated = update(
                session.workspace,
                session.catalogue,
                roots,
                jobs=jobs,
                memory=memory or MEMORY,
                rebuild=rebuild,
                link=link,
                dry_run=dry_run,
                ignore=ignore,
                on_progress=show,
                cancelled=stopped,
            )
        except Stopped as stop:
            updated = stop.updated
    if as_json:
        dump_json(as_dict(updated))
    else:
        summary(updated.report)
    if updated.report.cancelled:
        message("stopped; what was read so far is kept. Run it again to go on")
        return Stopped.exit_code
    return EXIT_SOME_FAILED if updated.failed else 0


def as_dict(updated: Updated) -> dict[str, object]:
    """The documented JSON shape."""
    report = updated.report
    return {
        "added": updated.added,
        "updated": updated.updated,
        "unchanged": updated.unchanged,
        "removed": updated.removed,
        "failed": [{"path": failure.path, "reason": failure.reason} for failure in updated.failed],
        "unavailable": list(updated.absent),
        "articles": updated.articles,
        "seconds": round(updated.seconds, 3),
        "bytes": report.bytes,
        "dry_run": report.dry_run,
        "cancelled": report.cancelled,
        "encodings": dict(report.encodings),
        "duplicates": [{"id": copies.id, "paths": list(copies.paths)} for copies in report.duplicates],
        "warnings": report.counts["warnings"],
        "report": None if report.dry_run else report.id,
    }


def report(updated: Updated) -> None:
    """The same, in words."""
    from kashaf_tui.commands.import_output import summary

    summary(updated.report)
