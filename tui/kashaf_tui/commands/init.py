"""`kashaf init`: make a folder a workspace."""

from __future__ import annotations

from pathlib import Path

import click

from kashaf.workspace import create
from kashaf_tui.commands.output import message


@click.command("init", short_help="Make a workspace.")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False))
def command(directory: Path) -> None:
    """Make DIRECTORY a workspace. What lies there already stays as it is."""
    workspace = create(directory)
    message(f"Workspace at {workspace.root}. Next: kashaf -w {directory} index FOLDER")
