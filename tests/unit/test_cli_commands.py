"""Every command explains itself, and every ending has its exit code and its cure."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from tests.cli_support import environment, kashaf, spawn

from kashaf_tui.cli import COMMANDS, cli

ARTICLE = (
    "سوق السمك يفتح أبوابه\n\nقال رئيس البلدية إن سوق السمك سيعود إلى العمل بعد ترميم دام سنتين كاملتين.\n"
)

#: Holds a lock until its input ends.
_HOLD = """
import sys
from pathlib import Path
from kashaf.storage.lock import Lock
with Lock(Path(sys.argv[1]), "testing"):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    folder = tmp_path / "stick"
    folder.mkdir()
    (folder / "souq.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


@pytest.fixture
def indexed(tmp_path: Path, stick: Path) -> Path:
    root = tmp_path / "case"
    assert kashaf("-w", root, "index", stick).code == 0
    return root


def subcommands() -> list[tuple[str, ...]]:
    context = click.Context(cli)
    found: list[tuple[str, ...]] = []
    for name in COMMANDS:
        command = cli.get_command(context, name)
        assert command is not None
        found.append((name,))
        if isinstance(command, click.Group):
            found += [(name, inner) for inner in command.list_commands(context)]
    return found


# Help


def test_help_lists_the_commands_in_the_order_of_a_first_day() -> None:
    for ran in (kashaf("--help"), kashaf("-h")):
        assert ran.code == 0
        listed = re.findall(r"^  (\w+)  ", ran.text.split("Commands:")[1], re.MULTILINE)
        assert tuple(listed) == COMMANDS
        assert "Exit codes:" in ran.text


@pytest.mark.parametrize("path", subcommands(), ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    ran = kashaf(*path, "--help")
    assert (ran.code, ran.messages) == (0, "")
    lines = ran.text.splitlines()
    assert lines[0].startswith(f"Usage: kashaf [OPTIONS] {path[0]}") or lines[0].startswith("Usage: kashaf")
    assert re.match(r"  [A-Z].{9,}[.:]?", lines[2]), ran.text


@pytest.mark.parametrize("path", subcommands(), ids=" ".join)
def test_every_option_says_what_it_is_for(path: tuple[str, ...]) -> None:
    command: click.Command | None = cli
    for name in path:
        assert isinstance(command, click.Group)
        command = command.get_command(click.Context(cli), name)
    assert command is not None
    options = [option for option in command.params if isinstance(option, click.Option)]
    assert [option.name for option in options if not option.help and path[0] != "notes"] == []


def test_printing_commands_have_json() -> None:
    for name in ("index", "search", "kwic", "show", "entities", "stats", "demo"):
        assert "--json" in kashaf(name, "--help").text


def test_version() -> None:
    for option in ("--version", "-V"):
        ran = spawn(option)
        assert ran.code == 0
        assert re.fullmatch(r"kashaf \d+\.\d+\.\d+\S*\n", ran.text)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_shell_completion(shell: str) -> None:
    if shell == "bash" and not Path("/bin/bash").exists():
        pytest.skip("click asks bash for its version")
    done = subprocess.run(
        [sys.executable, "-m", "kashaf_tui"],
        env=environment(_KASHAF_COMPLETE=f"{shell}_source"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert f"_KASHAF_COMPLETE={shell}_complete" in done.stdout
    completed = subprocess.run(
        [sys.executable, "-m", "kashaf_tui"],
        env=environment(_KASHAF_COMPLETE="bash_complete", COMP_WORDS="kashaf se", COMP_CWORD="1"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert completed.stdout == "plain,search\n"


# Exit codes


def test_nothing_found_is_no_failure(indexed: Path) -> None:
    ran = kashaf("-w", indexed, "search", "قطار", "--json")
    assert (ran.code, ran.json["total"], ran.json["hits"]) == (0, 0, [])
    assert kashaf("-w", indexed, "kwic", "قطار", "--json").json == []
    assert kashaf("-w", indexed, "entities", "--search", "قطار", "--json").json == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["search"], "give a query"),
        (["search", "x", "--rung", "bad"], "--rung"),
        (["search", "x", "--limit", "many"], "--limit"),
        (["search", "x", "--offset", "-1"], "--offset"),
        (["search", "x", "--nosuch"], "--nosuch"),
        (["search", "date:2025-13"], "2025-13"),
        (["search", "date:soon"], "date:2025-11-10"),
        (["kwic", "date:2025-02-30"], "2025-02-30"),
        (["kwic", "x", "--width", "1"], "--width"),
        (["entities", "--type", "animal"], "--type"),
        (["entities", "--search", "date:soon"], "soon"),
        (["index", "--jobs", "0"], "--jobs"),
        (["nosuch"], "nosuch"),
        (["show"], "Missing argument 'ID'"),
    ],
    ids=" ".join,
)
def test_wrong_usage(indexed: Path, arguments: list[str], says: str) -> None:
    ran = kashaf("-w", indexed, *arguments)
    assert (ran.code, ran.out) == (2, b"")
    assert says in ran.messages
    assert "Traceback" not in ran.messages


def test_without_any_source_it_says_how_to_name_one(tmp_path: Path) -> None:
    ran = kashaf("-w", tmp_path / "case", "index")
    assert ran.code == 2
    assert "kashaf index FOLDER" in ran.messages


def test_the_explorer_needs_a_terminal(indexed: Path) -> None:
    ran = spawn("-w", indexed)
    assert (ran.code, ran.out) == (2, b"")
    assert "kashaf search --json" in ran.messages


@pytest.mark.parametrize("command", [["show"], ["entities", "--article"]], ids=" ".join)
def test_an_unknown_id(indexed: Path, command: list[str]) -> None:
    ran = kashaf("-w", indexed, *command, "zzzzzzzzzzzz")
    assert (ran.code, ran.out) == (4, b"")
    assert "zzzzzzzzzzzz" in ran.messages
    assert "kashaf search" in ran.messages


def test_the_beginning_of_an_id_is_enough(indexed: Path) -> None:
    known = kashaf("-w", indexed, "search", "*", "--json").json["hits"][0]["id"]
    assert kashaf("-w", indexed, "show", known[:4].upper(), "--json").json["id"] == known


@pytest.mark.parametrize(
    "arguments",
    [["search", "x"], ["kwic", "x"], ["show", "x"], ["entities"], ["stats"]],
    ids=" ".join,
)
def test_no_index_yet(tmp_path: Path, arguments: list[str]) -> None:
    ran = kashaf("-w", tmp_path / "case", *arguments, "--json")
    assert (ran.code, ran.out) == (5, b"")
    assert "kashaf index" in ran.messages


def damage_pointer(index: Path) -> None:
    (index / "current.json").write_text("{", encoding="utf-8")


def damage_files(index: Path) -> None:
    (segment,) = index.glob("gen-*/*.seg")
    segment.write_bytes(segment.read_bytes()[:-1])


def lose_generation(index: Path) -> None:
    for path in index.glob("gen-*/*"):
        path.unlink()


@pytest.mark.parametrize("damage", [damage_pointer, damage_files, lose_generation])
@pytest.mark.parametrize("sources", ["named", "none"])
def test_a_damaged_index_says_its_cure_and_the_cure_works(
    indexed: Path, stick: Path, damage: object, sources: str
) -> None:
    before = kashaf("-w", indexed, "search", "السمك", "--json").json["hits"]
    assert callable(damage)
    damage(indexed / ".kashaf" / "index")
    for arguments in (["search", "x"], ["kwic", "x"], ["show", "x"], ["entities"], ["stats"]):
        ran = kashaf("-w", indexed, *arguments)
        assert (ran.code, ran.out) == (6, b"")
        assert "kashaf index --rebuild" in ran.messages
    again = kashaf("-w", indexed, "index", "--rebuild", *([stick] if sources == "named" else []), "--json")
    assert (again.code, again.json["articles"]) == (0, 1)
    assert kashaf("-w", indexed, "search", "السمك", "--json").json["hits"] == before


@pytest.mark.parametrize("lock", ["catalogue.jsonl", ".kashaf/index/writer"])
def test_locked_by_another_process(indexed: Path, stick: Path, lock: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(indexed / lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == b"held\n"
        ran = kashaf("-w", indexed, "index", stick, "--json")
        assert (ran.code, ran.out) == (8, b"")
        assert f"process {holder.pid}" in ran.messages
        assert "testing" in ran.messages
        # Reading waits for nobody.
        assert kashaf("-w", indexed, "search", "السمك", "--json").json["total"] == 1
        holder.communicate()
    assert kashaf("-w", indexed, "index", stick).code == 0


def test_a_file_in_the_way_of_the_workspace(tmp_path: Path, stick: Path) -> None:
    (tmp_path / "file").touch()
    ran = kashaf("-w", tmp_path / "file" / "case", "index", stick)
    assert (ran.code, ran.out) == (9, b"")
    assert str(tmp_path / "file") in ran.messages


@pytest.mark.parametrize("blocked", [".kashaf", "originals"])
def test_a_file_in_the_way_of_what_is_written(tmp_path: Path, stick: Path, blocked: str) -> None:
    root = tmp_path / "case"
    assert kashaf("init", root).code == 0
    (root / blocked).touch()
    ran = kashaf("-w", root, "index", stick, "--json")
    assert (ran.code, ran.out) == (9, b"")
    assert str(root / blocked) in ran.messages


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_read_only_workspace_can_be_searched_but_not_written(indexed: Path, stick: Path) -> None:
    (stick / "more.txt").write_text(ARTICLE.replace("السمك", "الخضار"), encoding="utf-8")
    folders = [indexed, *(path for path in indexed.rglob("*") if path.is_dir())]
    for folder in folders:
        folder.chmod(0o500)
    try:
        assert kashaf("-w", indexed, "search", "السمك", "--json").json["total"] == 1
        ran = kashaf("-w", indexed, "index", stick)
        assert ran.code == 9
        assert "writable" in ran.messages
    finally:
        for folder in folders:
            folder.chmod(0o700)


def test_what_the_system_refuses_is_no_traceback(indexed: Path, tmp_path: Path) -> None:
    ran = spawn("-w", "x" * 300, "search", "*", cwd=tmp_path)
    assert ran.code == 9
    assert "Traceback" not in ran.messages
    assert ran.messages.count("\n") == 1


def test_a_working_folder_that_is_gone(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    leave = "import os, sys; os.chdir(sys.argv[1]); os.rmdir(sys.argv[1]); sys.argv[1:] = ['search', '*']; "
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            leave + "from kashaf_tui.__main__ import main; main()",
            str(tmp_path / "gone"),
        ],
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (9, "")
    assert "Traceback" not in done.stderr


def test_interrupted(indexed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kashaf_index.search.Searcher.search", interrupt)
    ran = kashaf("-w", indexed, "search", "x", "--json")
    assert (ran.code, ran.out, ran.messages.strip()) == (130, b"", "kashaf: stopped")


# The demo


def test_demo_says_what_it_indexed_and_finds_it_unchanged_afterwards(tmp_path: Path) -> None:
    env = environment(XDG_DATA_HOME=str(tmp_path), HOME=str(tmp_path), KASHAF_WORKSPACE=str(tmp_path / "no"))
    first = spawn("demo", "--no-ui", env=env)
    assert first.code == 0, first.messages
    assert re.search(r"^81 articles: 81 added, 0 updated, 0 unchanged, 0 removed, 0 failed", first.text)
    place = re.search(r"workspace: (.+)$", first.text.strip())
    assert place is not None
    assert Path(place[1]).is_relative_to(tmp_path)
    second = spawn("demo", "--no-ui", "--json", env=env)
    assert (second.code, second.json["added"], second.json["unchanged"]) == (0, 0, 81)
    assert not (tmp_path / "no").exists()


def test_demo_can_be_given_a_workspace(tmp_path: Path) -> None:
    ran = kashaf("-w", tmp_path / "trial", "demo", "--no-ui")
    assert ran.code == 0
    assert f"workspace: {tmp_path / 'trial'}" in ran.text
    assert kashaf("-w", tmp_path / "trial", "entities", "--json").json
