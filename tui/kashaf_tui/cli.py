"""The command group: which commands there are, and how an error becomes a message and an exit code."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

import click

from kashaf import __version__
from kashaf.errors import DiskTrouble, KashafError
from kashaf_tui.airgap import seal
from kashaf_tui.commands.lazy import LazyGroup
from kashaf_tui.fault import report_faults
from kashaf_tui.session import Session

# Order is that of a first day's work. Each command lives in the module of its name.
COMMANDS = (
    "init", "index", "imports", "search", "kwic", "show", "stories", "correct", "entities", "quotes", "timeline",
    "notes", "verify", "doctor", "stats", "terminals", "demo",
)  # fmt: skip


class ReaderGone(Exception):
    """Whoever read our output has stopped, as `head` does."""


class Commands(LazyGroup):
    """The whole command line."""

    def invoke(self, ctx: click.Context) -> object:
        """Raises ReaderGone for a broken pipe, which click would turn into exit code 1."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise ReaderGone from error


@click.group(
    cls=Commands,
    package="kashaf_tui.commands",
    modules={name: name for name in COMMANDS},
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 done, 1 failed, 2 wrong usage, 3 some inputs failed and the rest is done (or the doctor "
    "found a problem), 4 not found, 5 no index, 6 index damaged, 7 precious file damaged, 8 locked, 9 disk trouble, "
    "10 notes whose words changed or are gone, 11 notes in conflict, 130 stopped.",
)
@click.option(
    "-w",
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="The workspace. Default: $KASHAF_WORKSPACE, the nearest folder upwards with a kashaf.yaml, "
    "or your data folder.",
)
@click.option(
    "--terminal-profile",
    type=click.Choice(["auto", "app", "lrm", "alt", "kitty", "mlterm"]),
    help="How Arabic is kept in order on this terminal. Default: $KASHAF_TERMINAL_PROFILE, what was remembered, "
    "or what is detected; see `kashaf terminals`.",
)
@click.version_option(__version__, "-V", "--version", message="kashaf %(version)s")
@click.pass_context
def cli(ctx: click.Context, workspace: Path | None, terminal_profile: str | None) -> None:
    """Explore Arabic articles offline: search, read, annotate. Without a command: the full-screen explorer."""
    ctx.obj = Session(workspace)
    if ctx.invoked_subcommand is None:
        from kashaf_tui.launch import explore  # noqa: PLC0415 -- the only way to Textual

        ctx.exit(explore(ctx.obj, terminal_profile))


def run() -> int:
    """Run the command line. Every KashafError becomes one message on stderr and its own exit code."""
    seal()
    report_faults()
    _complete_streams()
    for stream in (sys.stdout, sys.stderr):
        # JSON is UTF-8 by contract, whatever the locale says.
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    try:
        result = cli.main(prog_name="kashaf", standalone_mode=False)
    except KashafError as error:
        return _fail(str(error), error.exit_code)
    except click.ClickException as error:
        return _refuse(error)
    except (click.Abort, KeyboardInterrupt):
        return _fail("stopped", 130)
    except ReaderGone:
        # Python would complain once more when it flushes at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except MemoryError:
        return _fail(
            "the machine has too little memory left. Close other programs, or give `kashaf index` --memory", 1
        )
    except OSError as error:
        # A full disk behind `>`, a folder that is gone: no fault of the program, so no traceback.
        where = f"{error.filename}: " if error.filename else ""
        return _fail(f"{where}{error.strerror or error}", DiskTrouble.exit_code)
    return result if isinstance(result, int) else 0


def _complete_streams() -> None:
    """Put the null device where a standard stream was closed (`>&-`); else the next file opened gets its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 -- open to the end


def _refuse(error: click.ClickException) -> int:
    """click's own words, which may quote an argument: a file name that the shell put there."""
    from kashaf.text.sanitise import sanitise  # noqa: PLC0415 -- only on the way out

    words = io.StringIO()
    error.show(words)
    click.echo(sanitise(words.getvalue()).text, err=True, nl=False)
    return error.exit_code


def _fail(text: str, exit_code: int) -> int:
    from kashaf_tui.commands.output import message  # noqa: PLC0415 -- only on the way out

    message(f"kashaf: {text}")
    return exit_code
