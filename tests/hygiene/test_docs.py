"""The documents name what there is: every command, every exit code, every key."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator

import click
import pytest
from scripts.generate_keys_doc import TARGET, code, codes, page
from tests.hygiene.sources import ROOT
from textual.binding import Binding

from kashaf.errors import KashafError
from kashaf_tui.cli import cli
from kashaf_tui.commands.notes.conflict_output import CONFLICTS_REMAIN
from kashaf_tui.commands.notes.verifying import EXIT_UNSETTLED
from kashaf_tui.explorer.action import Action
from kashaf_tui.explorer.actions import ACTIONS
from kashaf_tui.explorer.bindings import characters_of
from kashaf_tui.explorer.screens.note_editor import NoteEditor
from kashaf_tui.explorer.screens.text import TextLines, TextScreen

README = (ROOT / "README.md").read_text(encoding="utf-8")


def commands(group: click.Group, above: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command below `group` by its words: `search`, `notes add`."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*above, name))
        else:
            yield " ".join((*above, name)), command


COMMANDS = dict(commands(cli))


def errors(kind: type[KashafError] = KashafError) -> Iterator[type[KashafError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from errors(below)


#: Of errors, and of what is no error but worth a script's notice.
EXIT_CODES = sorted({0, *(kind.exit_code for kind in errors()), EXIT_UNSETTLED, CONFLICTS_REMAIN})


@pytest.mark.parametrize("name", COMMANDS)
def test_the_readme_shows_every_command(name: str) -> None:
    *group, last = name.split()
    lines = [line for line in README.splitlines() if " ".join(("kashaf", *group)) in line]
    # Alone, or after its group's others on the line: `kashaf notes list`, `export FILE`.
    words = f"(?:{group[0]} |`)" if group else r"kashaf (?:-{1,2}[\w-]+ (?:[A-Z]+ )?)*"
    assert any(re.search(rf"{words}{last}(?![\w-])", line) for line in lines)


@pytest.mark.parametrize("exit_code", EXIT_CODES)
def test_the_readme_explains_every_exit_code(exit_code: int) -> None:
    section = re.search(r"(?ims)^(?:#+ *)?[^\n]*exit codes?\b.*?(?=^#|\Z)", README)
    assert section, "the README has nothing about exit codes"
    assert re.search(rf"(?<![\w.]){exit_code}(?![\w.])", section[0])


def test_help_explains_every_exit_code() -> None:
    assert cli.epilog
    explained = {int(number) for number in re.findall(r"\b(\d+) [a-z]", cli.epilog)}
    assert explained == set(EXIT_CODES)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_helps_itself(name: str) -> None:
    command = COMMANDS[name]
    assert command.help
    assert command.get_short_help_str(80)
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            # Choices and metavariables can say it: `--type [person|place]`, `--article ID`.
            says = parameter.help or parameter.metavar or isinstance(parameter.type, click.Choice)
            assert says, " ".join(parameter.opts)


def test_the_page_of_keys_is_what_the_registry_gives() -> None:
    assert TARGET.read_text(encoding="utf-8") == page(), "run scripts/generate_keys_doc.py"


def test_the_check_says_so_by_its_exit_code() -> None:
    script = ROOT / "scripts" / "generate_keys_doc.py"
    subprocess.run([sys.executable, script, "--check"], check=True, timeout=60)


@pytest.mark.parametrize("action", ACTIONS, ids=lambda action: f"{action.place}.{action.id}")
def test_the_page_of_keys_has_every_action(action: Action) -> None:
    keys = " ".join(codes(action.keys, characters_of(action.place)))
    assert f"| {keys} | {action.english} | {action.arabic} |" in TARGET.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("heading", "owners"),
    [("the window of a note", (NoteEditor,)), ("a window of text", (TextScreen, TextLines))],
)
def test_the_page_of_keys_has_those_of_windows(heading: str, owners: tuple[type, ...]) -> None:
    text = TARGET.read_text(encoding="utf-8").partition(f"## In {heading}\n")[2].partition("\n## ")[0]
    for owner in owners:
        for binding in owner.__dict__["BINDINGS"]:
            assert isinstance(binding, Binding)
            assert all(code(key) in text for key in binding.key.split(",")), binding.key
