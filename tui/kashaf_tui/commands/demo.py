"""`kashaf demo`: the sample corpus in a scratch workspace."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from kashaf.errors import NotFound
from kashaf_tui.commands.import_output import import_bar
from kashaf_tui.commands.index import as_dict, report
from kashaf_tui.commands.output import dump_json, json_option, progress_bar
from kashaf_tui.session import Session

if TYPE_CHECKING:
    from kashaf_index.update import Updated


def sample_corpus() -> Path:
    """The articles that come with the project: inside the installed package, or beside it in a checkout."""
    package = Path(__file__).parents[1]
    for candidate in (package / "sample_corpus", package.parents[1] / "sample_corpus"):
        if candidate.is_dir():
            return candidate
    raise NotFound(
        "the sample corpus is not installed", cure="Install kashaf again, or index a folder of your own"
    )


def prepare(given: Path | None) -> tuple[Session, Updated]:
    """The scratch workspace, the user's own unless `given`, with the sample corpus indexed and its entities read."""
    import platformdirs

    from kashaf.storage.atomic import write_text
    from kashaf.workspace import CONFIG_NAME
    from kashaf_index.mentions import update_mentions
    from kashaf_index.update import update

    root = given or Path(platformdirs.user_data_dir("kashaf", appauthor=False)) / "demo"
    fresh = not (root / CONFIG_NAME).exists()
    session = Session(root)
    if fresh:
        book = (sample_corpus() / "names.yaml").read_text(encoding="utf-8")
        write_text(session.workspace.names_file, book)
    with import_bar() as show:
        updated = update(
            session.workspace,
            session.catalogue,
            [sample_corpus()],
            on_progress=show,
        )
    with progress_bar("Reading entities") as bar:
        update_mentions(session.searcher, session.mentions, session.name_book, bar.update)
    return session, updated


@click.command("demo", short_help="Try it on the sample corpus.")
@click.option("--no-ui", is_flag=True, help="Index the sample corpus and say what was indexed; open nothing.")
@json_option
@click.pass_obj
def command(session: Session, no_ui: bool, as_json: bool) -> int:
    """Index the sample corpus into a scratch workspace, and open the explorer on it.

    The scratch workspace is kept between runs; `-w DIR` names another.
    """
    session, updated = prepare(session.given)
    if as_json:
        dump_json(as_dict(updated))
    else:
        report(updated)
        click.echo(f"workspace: {session.workspace.root}")
    if no_ui:
        return 3 if updated.failed else 0
    from kashaf_tui.launch import explore

    return explore(session, click.get_current_context().find_root().params.get("terminal_profile"))
