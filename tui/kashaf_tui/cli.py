"""The command group: which commands there are, and how an error becomes a message and an exit code."""

from __future__ import annotations

import importlib
import os
import sys
from pathlib import Path

import click

from kashaf import __version__
from kashaf.errors import KashafError
from kashaf_tui.airgap import seal
from kashaf_tui.session import Session

# Order is that of a first day's work. Each command lives in the module of its name.
COMMANDS = ("init", "index", "search", "kwic", "show", "entities", "notes", "stats", "demo")


class LazyGroup(click.Group):
    """Imports a command's module when it is called or its help is shown, not before."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 -- click's signature
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command = importlib.import_module(f"kashaf_tui.commands.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some inputs failed and the rest is done, 4 not found, "
    "5 no index, 6 index damaged, 7 precious file damaged, 8 locked, 9 disk trouble.",
)
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The workspace. Default: $KASHAF_WORKSPACE, the nearest folder upwards with a kashaf.yaml, "
    "or your data folder.",
)
@click.version_option(__version__, "-V", "--version", message="kashaf %(version)s")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None) -> None:
    """Explore Arabic articles offline: search, read, annotate. Without a command: the full-screen explorer."""
    ctx.obj = Session(workspace)
    if ctx.invoked_subcommand is None:
        from kashaf_tui.launch import explore  # noqa: PLC0415 -- the only way to Textual

        ctx.exit(explore(ctx.obj))


def run() -> int:
    """Run the command line. Every KashafError becomes one message on stderr and its own exit code."""
    seal()
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 by contract, whatever the locale says.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        result = cli.main(prog_name="kashaf", standalone_mode=False)
    except KashafError as error:
        return _fail(str(error), error.exit_code)
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except BrokenPipeError:
        # The reader of our pipe has gone; Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return result if isinstance(result, int) else 0


def _fail(message: str, exit_code: int) -> int:
    from kashaf.text.sanitise import sanitise_line  # noqa: PLC0415 -- only on the way out

    click.echo(f"kashaf: {sanitise_line(message)}", err=True)
    return exit_code
